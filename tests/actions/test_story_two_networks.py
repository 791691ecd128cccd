"""A ministry reports once, to the State commission. The UN network follows; its secretariat and its NGO speak there.

Each network accepts what is reported to it, and each review shows its own.
"""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import TODAY, alice, bob, dora, holder, known_to_all, person
from tests.factories.reports import PROOF, report
from tests.factories.workplans import period
from waymark.actions.amending import amend
from waymark.actions.commitments import (
    CommitmentFacts,
    MilestoneFacts,
    agree,
    agree_following,
    decline_following,
    drop,
    end_following,
    propose_following,
    set_milestone,
)
from waymark.actions.facts import facts_of
from waymark.actions.networks import MembershipFacts, admit
from waymark.actions.reports import accept, hand_in
from waymark.gcm.errors import RefusedError
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.organisations.reading import organisations_on
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment, CommitmentChange, Following, Milestone, Participation, Tie
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.reports import Evidence, ProgressReport
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

COMMISSION, UN = "qor-network", "un-network"
DAY = date(2026, 7, 31)


@dataclass(frozen=True)
class Two:
    """The measure at home, and who acts in the network that follows it."""

    measure: Commitment
    un: Network
    officer: Actor
    chair: Actor
    ngo: Actor
    agency: Organisation


@pytest.fixture
def two() -> Two:
    un = network(UN)
    agency = organisation("un-secretariat", "un")
    admit(by=Actor.operator(), network=un, organisation=agency, facts=MembershipFacts(role="secretariat"))
    measure = commitment(on=date(2025, 1, 1))
    agree(by=bob(), commitment=measure, on=date(2025, 1, 2))
    set_milestone(by=alice(), commitment=measure, facts=MilestoneFacts(title="First"))
    period("home")
    period("there", un)
    return Two(
        measure,
        un,
        holder("ursula", "secretariat_officer", agency, un),
        holder("carl", "co_chair", agency, un),
        holder("nino", "civil_society_reporter", society(), un),
        agency,
    )


def follow(two: Two) -> Following:
    asked = propose_following(by=two.officer, commitment=two.measure, network=two.un, on=date(2026, 1, 10))
    return agree_following(by=dora(), following=asked, on=date(2026, 1, 20))


def seen(code: str, day: date = DAY) -> tuple[CommitmentView, ...]:
    """What the review of a network reads of its commitments."""
    viewer = network_viewer(code)
    book = organisations_on(day, viewer, "en")
    return commitments_of("QOR", viewer=viewer, day=day, language="en", organisations=book, network=code)


def voices(code: str) -> list[tuple[str, str, str]]:
    return [(one.voice, one.rating, one.state) for item in seen(code) for one in item.reports]


def test_a_ministry_reports_once_and_each_review_shows_its_own(two: Two) -> None:
    follow(two)
    once = hand_in(by=alice(), report=report(period=period("home")))
    accept(by=bob(), row=once)
    own = report(
        period=period("there"), organisation=society(), voice="civil_society", rating="not-started", evidence=()
    )
    rated = hand_in(by=two.ngo, report=own)
    assert (rated.keeper, once.keeper) == (UN, COMMISSION)
    for nobody in (bob(), dora()):
        with pytest.raises(RefusedError, match="may not return and accept"):
            accept(by=nobody, row=rated)
    accept(by=two.officer, row=rated)
    theirs = replace(own, organisation=two.agency, voice="secretariat", rating="begun")
    accept(by=two.chair, row=hand_in(by=two.officer, report=theirs))
    at_home = replace(own, period=period("home"), organisation=secretariat(), voice="secretariat", rating="completed")
    accept(by=dora(), row=hand_in(by=bob(), report=replace(at_home, rating="mostly-done", evidence=(PROOF,))))
    assert voices(COMMISSION) == [
        ("implementer", "Partly done", "accepted"),
        ("secretariat", "Mostly done", "accepted"),
    ]
    assert voices(UN) == [
        ("implementer", "Partly done", "accepted"),
        ("secretariat", "Begun", "accepted"),
        ("civil_society", "Not started", "accepted"),
    ]
    (home,), (there,) = seen(COMMISSION), seen(UN)
    assert (home.code, home.milestones, home.state) == (there.code, there.milestones, there.state)
    assert (home.reports_due, home.reports_missing) == (there.reports_due, there.reports_missing) == (1, 0)


def test_the_implementer_reports_at_home_only(two: Two) -> None:
    follow(two)
    known_to_all(person())
    focal = holder("alice", "focal_point", organisation(), two.un)
    with pytest.raises(RefusedError, match="reports on it once, in the network qor-network"):
        hand_in(by=focal, report=report(period=period("there")))


def test_before_both_sides_agree_nothing_is_shown_and_nobody_reports_there(two: Two) -> None:
    viewer = network_viewer(UN)
    own = report(period=period("there"), organisation=society(), voice="civil_society", rating="begun")
    asked = propose_following(by=two.officer, commitment=two.measure, network=two.un)
    assert list(Following.objects.visible_to(viewer)) == [asked]
    for model in (Commitment, CommitmentChange, Tie, Milestone, Participation):
        assert not model._default_manager.visible_to(viewer).exists(), model.noun  # type: ignore[attr-defined]
    with pytest.raises(RefusedError, match="nor of one that follows it"):
        hand_in(by=two.ngo, report=own)
    agree_following(by=bob(), following=asked, on=DAY)
    for model in (Commitment, CommitmentChange, Tie, Milestone, Participation):
        assert model._default_manager.visible_to(viewer).exists(), model.noun  # type: ignore[attr-defined]
        assert not model._default_manager.visible_to(PUBLIC).exists(), model.noun  # type: ignore[attr-defined]
        assert not model._default_manager.visible_to(network_viewer("third")).exists()  # type: ignore[attr-defined]
    assert hand_in(by=two.ngo, report=own).pk


def test_the_followers_members_read_accepted_reports_with_their_evidence_and_no_others(two: Two) -> None:
    follow(two)
    viewer = network_viewer(UN)
    row = hand_in(by=alice(), report=report(period=period("home")))
    assert not ProgressReport.objects.visible_to(viewer).exists()
    assert not Evidence.objects.visible_to(viewer).exists()
    accept(by=bob(), row=row)
    assert list(ProgressReport.objects.visible_to(viewer)) == [row]
    assert Evidence.objects.visible_to(viewer).get().report == row
    seat = Viewer(networks=frozenset({UN}), seats=frozenset({(UN, "min-justice")}))
    hand_in(by=alice(), report=report(period=period("home-2")))
    assert list(ProgressReport.objects.visible_to(seat)) == [row], "a seat there opens nothing here"
    rated = report(period=period("there"), organisation=society(), voice="civil_society", rating="begun", evidence=())
    accept(by=two.officer, row=hand_in(by=two.ngo, report=rated))
    assert ProgressReport.objects.visible_to(network_viewer(COMMISSION)).filter(keeper=UN).count() == 0


def test_what_is_restricted_stays_at_home(two: Two) -> None:
    follow(two)
    facts = replace(facts_of(two.measure, CommitmentFacts), classification="restricted")
    amend(by=bob(), row=Commitment.objects.get(), facts=facts, reason="Names a witness")
    assert not Commitment.objects.visible_to(network_viewer(UN)).exists()
    assert not Milestone.objects.visible_to(network_viewer(UN)).exists()


def test_only_the_home_changes_the_commitment(two: Two) -> None:
    follow(two)
    facts = replace(facts_of(two.measure, CommitmentFacts), title="Theirs")
    for act in (
        lambda: amend(by=two.officer, row=two.measure, facts=facts, reason="Better"),
        lambda: drop(by=two.chair, commitment=two.measure, on=DAY, reason="Better"),
        lambda: set_milestone(by=two.officer, commitment=two.measure, facts=MilestoneFacts(title="Theirs")),
    ):
        with pytest.raises(RefusedError, match="in the network qor-network"):
            act()


def test_one_side_proposes_and_another_person_of_the_other_answers(two: Two) -> None:
    for actor in (alice(), two.ngo):
        with pytest.raises(RefusedError, match="may not agree, drop and supersede"):
            propose_following(by=actor, commitment=two.measure, network=two.un)
    with pytest.raises(RefusedError, match="is kept by qor-network already"):
        propose_following(by=bob(), commitment=two.measure, network=network())
    asked = propose_following(by=two.officer, commitment=two.measure, network=two.un)
    with pytest.raises(RefusedError, match="follows this commitment already, or is to follow"):
        propose_following(by=bob(), commitment=two.measure, network=two.un)
    with pytest.raises(RefusedError, match="in the network qor-network"):
        agree_following(by=two.chair, following=asked)
    known_to_all(two.officer.person)
    both = holder("ursula", "co_chair", organisation("min-labour"))
    with pytest.raises(RefusedError, match="Nobody agrees to his own proposal"):
        agree_following(by=both, following=asked)
    with pytest.raises(RefusedError, match="give a reason"):
        decline_following(by=dora(), following=asked, reason="")
    decline_following(by=dora(), following=asked, reason="Not yet adopted")
    assert (asked.state, asked.answered_by_person) == ("declined", dora().person)
    offered = propose_following(by=bob(), commitment=two.measure, network=two.un)
    with pytest.raises(RefusedError, match="in the network un-network"):
        agree_following(by=dora(), following=offered)
    agree_following(by=two.chair, following=offered, on=TODAY)
    assert (offered.state, offered.from_date, offered.keeper) == ("agreed", TODAY, COMMISSION)


def test_either_side_ends_it_and_what_was_reported_stays_there(two: Two) -> None:
    row = follow(two)
    own = report(period=period("there"), organisation=society(), voice="civil_society", rating="begun", evidence=())
    accept(by=two.officer, row=hand_in(by=two.ngo, report=own))
    with pytest.raises(RefusedError, match="may not agree, drop"):
        end_following(by=two.ngo, following=row, on=DAY, reason="Over")
    with pytest.raises(RefusedError, match="give a reason"):
        end_following(by=two.chair, following=row, on=DAY, reason="")
    end_following(by=two.chair, following=row, on=DAY, reason="The plan is over")
    assert not Commitment.objects.visible_to(network_viewer(UN)).exists()
    assert ProgressReport.objects.visible_to(network_viewer(UN)).get().keeper == UN
    with pytest.raises(RefusedError, match="nor of one that follows it"):
        hand_in(by=two.ngo, report=replace(own, period=period("there-2", two.un)))
    again = propose_following(by=two.officer, commitment=two.measure, network=two.un)
    assert again.code.endswith(".following-2")
