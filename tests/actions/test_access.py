"""Everybody tries what the other tests do not get done: the table of access says by hand who is let in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories.access import Given, name_of, wrongs
from tests.factories.classes import classify
from tests.factories.commitments import commitment
from tests.factories.consultations import consultation
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import alice, bob, dora, fatima, holder, person, post
from tests.factories.places import orvenia
from tests.factories.reports import LETTER, report
from tests.factories.reviews import DAY as REVIEWED
from tests.factories.reviews import published, review
from tests.factories.standing import standing
from tests.factories.two_writers import copies
from tests.factories.variants import NOTED, VARIANTS, abroad, known
from tests.factories.workplans import period
from tests.factories.world import world
from waymark.actions.acts import ACTS
from waymark.actions.amending import AMENDABLE, withdraw
from waymark.actions.appointments import HoldingFacts
from waymark.actions.commitments import Partner, agree, complete, drop, start, supersede
from waymark.actions.consultations import ContributionFacts, contribute
from waymark.actions.drafts import discard_draft, save_draft
from waymark.actions.facts import facts_of
from waymark.actions.organisations import OrganisationFacts
from waymark.actions.reports import (
    Filed,
    Report,
    accept,
    correct,
    draft,
    enter_reports,
    hand_in,
    release,
    revise,
    send_back,
    submit,
)
from waymark.actions.workplans import PeriodFacts
from waymark.records.actors import Actor
from waymark.records.organisations import Organisation
from waymark.records.proposals import ChangeProposal
from waymark.records.record import Record

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()
AMENDING = "waymark.actions.amending."


@pytest.fixture(scope="module")
def record(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Record]]:
    """A row of every noun, by the noun."""
    with standing(django_db_blocker, world) as rows:
        yield {row.noun: row for row in rows.values() if isinstance(row, Record)}


def calls(row: Record) -> Iterator[tuple[str, Given]]:
    """What is done to a row by name, with its arguments."""
    how, given = AMENDABLE[row.noun], {"by": OPERATOR, "row": row, "reason": "A slip"}
    yield "amend", {**given, "facts": facts_of(row, how.facts)}
    yield "withdraw", given
    if how.open:
        proposal = ChangeProposal(
            code=f"asked.{row.noun}.{row.pk}", subject=row.urn, seen=row.version, changes={}, reason={"en": "A slip"}
        )
        proposal.keeper = row.keeper
        proposal.save()
        for answer in ("accept_change", "decline_change"):
            yield answer, {"by": OPERATOR, "proposal": proposal, "answer": "As it is"}


@pytest.mark.parametrize("noun", sorted(AMENDABLE))
def test_every_noun_is_corrected_withdrawn_and_answered_for_by_those_in_the_table(
    noun: str, record: dict[str, Record]
) -> None:
    row = type(record[noun])._default_manager.get(pk=record[noun].pk)
    assert tried_by_all(row) == []


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.usefixtures("record")
def test_what_another_keeps_or_said_is_corrected_by_those_in_the_table(variant: str) -> None:
    assert tried_by_all(VARIANTS[variant]()) == []


@pytest.mark.usefixtures("record")
def test_a_period_moves_to_another_day_by_those_in_the_table() -> None:
    row = period()
    moved = replace(facts_of(row, PeriodFacts), due_date=date(2025, 8, 31))
    tries(f"{AMENDING}amend", {"by": OPERATOR, "row": row, "facts": moved, "reason": "A slip"})


def tried_by_all(row: Record) -> list[str]:
    """Who is let in, or refused, against the table, by all that is done to a row by name."""
    return [
        f"{name_of(AMENDING + act, given)}: {words}"
        for act, given in calls(row)
        for words in wrongs(AMENDING + act, ACTS[AMENDING + act], lambda given=given: copies(given))  # type: ignore[misc]
    ]


def tries(act: str, given: Given) -> None:
    """Let everybody try an act. Raises AssertionError where somebody is let in or refused against the table."""
    assert wrongs(act, ACTS[act], lambda: copies(given)) == [], name_of(act, given)


VOICES = [(alice, "implementer"), (bob, "secretariat"), (fatima, "civil_society")]


@pytest.mark.parametrize(("who", "voice"), VOICES)
@pytest.mark.usefixtures("in_office")
class TestReports:
    """What is done to a report in each voice, by its post and from a paper, each step by everybody."""

    def said(self, who: Any, voice: str, **fields: Any) -> Report:
        given = {"commitment": commitment("reported-on"), "period": period("p-1")} | fields
        return report(organisation=who().organisation, voice=voice, **given)

    def test_by_the_post_itself(self, who: Any, voice: str) -> None:
        said, scribe = self.said(who, voice), who()
        validator = self.validator(who, said)
        row = draft(by=scribe, report=said)
        release(by=validator, row=row)
        submit(by=scribe, row=row)
        send_back(by=self.other_officer(), row=row, form="incomplete")
        revise(by=scribe, row=row, report=said)
        submit(by=scribe, row=row)
        accept(by=self.other_officer(), row=row)
        correct(by=scribe, row=row, report=said, reason="Counted again")
        withdraw(by=scribe, row=hand_in(by=scribe, report=self.said(who, voice, period=period("p-2"))), reason="Twice")

    def test_from_a_paper(self, who: Any, voice: str) -> None:
        said = self.said(who, voice)
        row = enter_reports(by=bob(), filed=[Filed(said, LETTER)])[0]
        send_back(by=self.other_officer(), row=row, form="incomplete")
        revise(by=bob(), row=row, report=said)
        release(by=self.validator(who, said), row=row)
        submit(by=bob(), row=row)
        accept(by=self.other_officer(), row=row)
        new = correct(by=bob(), row=row, report=said, reason="A second letter", paper=LETTER)
        withdraw(by=bob(), row=new, reason="Twice")

    def validator(self, who: Any, said: Report) -> Actor:
        return holder("emil" if who is alice else "vera", "validator", said.organisation)

    def other_officer(self) -> Actor:
        return holder("kim", "secretariat_officer", organisation("second-office", "un"))


@pytest.mark.usefixtures("in_office")
def test_what_was_done_or_said_elsewhere_is_entered_by_those_in_the_table() -> None:
    first, second, third = (commitment(code) for code in ("paper-1", "paper-2", "paper-3"))
    agree(by=OPERATOR, commitment=first, on=LETTER.date, paper=LETTER)
    start(by=OPERATOR, commitment=first, on=LETTER.date, paper=LETTER)
    complete(by=OPERATOR, commitment=first, on=LETTER.date, paper=LETTER)
    drop(by=OPERATOR, commitment=second, on=LETTER.date, reason="No money", paper=LETTER)
    supersede(by=OPERATOR, commitment=third, successor=first, on=LETTER.date, reason="Joined", paper=LETTER)
    by_letter = ContributionFacts(text="More desks.", name="Ivo")
    contribute(by=OPERATOR, consultation=consultation(), on=date(2025, 2, 3), facts=by_letter, paper=LETTER)


@pytest.mark.usefixtures("in_office")
def test_only_its_holder_discards_a_draft() -> None:
    scribe = alice()
    assert scribe.post
    discard_draft(by=scribe, draft=save_draft(by=scribe, post=scribe.post, title="Text", body={}))


@pytest.mark.parametrize("paper", [None, LETTER])
@pytest.mark.parametrize("duty", ["focal_point", "co_chair", "validator", "other"])
def test_a_post_is_filled_by_those_in_the_table(duty: str, paper: Any) -> None:
    officer, seat = bob(), post(f"seat-{duty}", duty, organisation())
    given = {"by": officer, "post": seat, "person": person("ivo"), "facts": HoldingFacts(), "paper": paper}
    tries("waymark.actions.appointments.appoint", given)


def test_the_second_of_a_duty_is_not_entered_by_the_operator() -> None:
    dora()
    seat = post("second-chair", "co_chair", organisation())
    given = {"by": bob(), "post": seat, "person": person("ivo"), "facts": HoldingFacts(), "paper": LETTER}
    assert name_of("waymark.actions.appointments.appoint", given) == "appointments.appoint+paper"
    tries("waymark.actions.appointments.appoint", given)


@pytest.mark.parametrize("duty", ["focal_point", "other"])
def test_a_post_that_no_network_keeps_is_filled_by_those_in_the_table(duty: str) -> None:
    given = {"by": OPERATOR, "post": abroad(duty), "person": known(), "facts": HoldingFacts()}
    tries("waymark.actions.appointments.appoint", given)


@pytest.mark.parametrize("paper", [None, LETTER])
@pytest.mark.parametrize("within", [None, network])
@pytest.mark.parametrize("of", ["organisation", "place"])
def test_a_position_is_taken_by_those_in_the_table(of: str, within: Any, paper: Any) -> None:
    whose = {"organisation": organisation()} if of == "organisation" else {"place": orvenia()}
    kept = {"keeper": within()} if within else {}
    given = {"by": alice(), "on": provision(), "facts": NOTED, "paper": paper, **whose, **kept}
    tries("waymark.actions.positions.take_position", given)


ALSO = {
    "implementer": ("focal_point", lambda: organisation("min-labour")),
    "secretariat": ("secretariat_officer", secretariat),
    "civil_society": ("civil_society_reporter", society),
}
"""Voice → the post in which the only officer hands such a report in, as a person of two posts."""


@pytest.mark.parametrize("voice", ALSO)
@pytest.mark.parametrize("paper", [None, LETTER])
def test_what_the_only_officer_wrote_is_decided_on_by_those_in_the_table(paper: Any, voice: str) -> None:
    duty, body = ALSO[voice]
    led = commitment("led-elsewhere", partners=[Partner(organisation("min-labour"), "lead")])
    said = report(commitment=led, period=period("p-1"), organisation=body(), voice=voice)
    if paper:
        row = enter_reports(by=bob(), filed=[Filed(said, paper)])[0]
    else:
        row = hand_in(by=holder("bob", duty, body()), report=said)
    for act, given in (("accept", {}), ("send_back", {"form": "incomplete"})):
        asked = {"by": dora(), "row": row, **given}
        assert "of the only officer" in name_of(f"waymark.actions.reports.deciding.{act}", asked)
        tries(f"waymark.actions.reports.deciding.{act}", asked)


def test_what_is_strictly_confidential_is_corrected_by_those_in_the_table() -> None:
    row = organisation("sealed")
    classify(Organisation.objects.filter(pk=row.pk), "strictly_confidential")
    row.refresh_from_db()
    given = {
        "by": OPERATOR,
        "row": row,
        "facts": replace(facts_of(row, OrganisationFacts), website="https://x.example"),
    }
    tries(f"{AMENDING}propose_change", given | {"reason": "New"})


def test_an_edition_is_withdrawn_by_those_in_the_table() -> None:
    edition = published(review())
    for paper in (None, LETTER):
        given = {"by": dora(), "edition": edition, "reason": "A wrong figure", "on": REVIEWED, "paper": paper}
        tries("waymark.actions.reviews.publishing.withdraw_edition", given)
