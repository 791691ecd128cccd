"""What a place or an organisation thinks of a text: said by its own post, or entered from a paper and shown so."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.frameworks import framework, provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob, charlie, emil, holder
from tests.factories.places import orvenia
from waymark.actions.amending import amend, propose_change, withdraw
from waymark.actions.facts import Paper, facts_of
from waymark.actions.positions import PositionFacts, take_position
from waymark.gcm.errors import RefusedError
from waymark.queries.organisations.reading import organisations_on
from waymark.queries.reviews.positions import positions_of
from waymark.queries.sources.reading import SourceBook
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.frameworks import Position

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()
DAY = date(2022, 8, 1)
LETTER = Paper(date(2022, 8, 3), words="Letter 12/4 of the Ministry")
NOTED = PositionFacts(stance="noted", date=DAY)


def test_an_organisation_says_it_by_the_holder_of_its_post() -> None:
    taken = take_position(by=emil(), on=provision(), organisation=organisation(), facts=NOTED)
    assert (taken.post, taken.person, taken.keeper) == (emil().post, emil().person, network().code)
    assert (taken.provision, taken.framework, taken.entered_for) == (provision(), None, False)
    again = take_position(by=emil(), on=provision(), organisation=organisation(), facts=NOTED)
    assert again.code == "min-justice.gcm:1.noted-2"


def test_nobody_says_it_for_another_body_without_a_paper() -> None:
    with pytest.raises(RefusedError, match="does not speak for min-labour"):
        take_position(by=alice(), on=provision(), organisation=organisation("min-labour"), facts=NOTED)
    with pytest.raises(RefusedError, match="may not take a position"):
        take_position(by=bob(), on=provision(), organisation=organisation(), facts=NOTED)
    with pytest.raises(RefusedError, match="says nothing for min-justice"):
        take_position(by=OPERATOR, on=provision(), organisation=organisation(), facts=NOTED)
    assert not Position.objects.exists()


def test_what_a_body_said_elsewhere_an_officer_enters_from_a_paper_and_it_is_shown_so() -> None:
    with pytest.raises(RefusedError, match="may not register"):
        take_position(by=alice(), on=framework(), organisation=organisation("min-labour"), paper=LETTER, facts=NOTED)
    taken = take_position(by=bob(), on=framework(), organisation=organisation(), paper=LETTER, facts=NOTED)
    assert (taken.entered_for, taken.paper_words, taken.post) == (True, "Letter 12/4 of the Ministry", bob().post)
    book = organisations_on(DAY, OPERATOR_VIEWER, "en")
    asked = {"viewer": OPERATOR_VIEWER, "day": DAY, "language": "en", "organisations": book}
    (shown,) = positions_of("QOR", **asked, sources=SourceBook())  # type: ignore[arg-type]
    assert shown.entered_from == "Letter 12/4 of the Ministry, 2022-08-03"


def test_a_vote_of_a_state_is_entered_from_a_paper_by_who_keeps_the_register() -> None:
    voted = PositionFacts(stance="voted_for", date=date(2018, 12, 19))
    record = Paper(date(2018, 12, 19), words="Record of the vote")
    with pytest.raises(RefusedError, match="What QOR did, such as a State's vote, is entered from a paper"):
        take_position(by=bob(), on=framework(), place=orvenia(), facts=voted)
    with pytest.raises(RefusedError, match="may not register"):
        take_position(by=alice(), on=framework(), place=orvenia(), paper=record, facts=voted)
    taken = take_position(by=bob(), on=framework(), place=orvenia(), paper=record, facts=voted)
    assert (taken.code, taken.keeper) == ("QOR.gcm.voted_for", network().code)
    assert take_position(by=OPERATOR, on=framework(), place=orvenia(), paper=record, facts=voted).keeper == ""


def test_a_position_is_that_of_a_place_or_of_an_organisation() -> None:
    for whose in ({}, {"place": orvenia(), "organisation": organisation()}):
        with pytest.raises(RefusedError, match="cannot be stored"):
            take_position(by=OPERATOR, on=framework(), paper=LETTER, facts=NOTED, **whose)  # type: ignore[arg-type]


def test_what_a_body_said_itself_only_its_own_post_corrects() -> None:
    taken = take_position(by=emil(), on=provision(), organisation=organisation(), facts=NOTED)
    other = replace(facts_of(taken, PositionFacts), stance="supported")
    rival = holder("zoe", "validator", organisation("min-labour"))
    for actor in (bob(), OPERATOR, rival, charlie()):
        with pytest.raises(RefusedError):
            amend(by=actor, row=taken, facts=other, reason="Mine")
        with pytest.raises(RefusedError):
            withdraw(by=actor, row=taken, reason="Mine")
    taken.refresh_from_db()
    assert propose_change(by=bob(), row=taken, facts=other, reason="The letter says so").state == "waiting"
    amend(by=emil(), row=taken, facts=other, reason="A slip of the pen")
    assert taken.stance == "supported"
    withdraw(by=emil(), row=taken, reason="Not decided yet")
    assert not Position.objects.visible_to(OPERATOR_VIEWER).exists()


def test_what_was_entered_for_a_body_an_officer_corrects() -> None:
    taken = take_position(by=bob(), on=framework(), organisation=organisation(), paper=LETTER, facts=NOTED)
    with pytest.raises(RefusedError, match="may not register"):
        amend(by=emil(), row=taken, facts=replace(NOTED, stance="supported"), reason="Mine")
    amend(by=bob(), row=taken, facts=replace(NOTED, stance="supported"), reason="The letter says supported")
    assert (taken.stance, taken.entered_for) == ("supported", True)
