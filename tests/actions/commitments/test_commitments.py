from datetime import date
from decimal import Decimal

import pytest

from tests.factories.commitments import commitment
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob, charlie, dora, emil, holder
from tests.factories.reports import LETTER
from tests.factories.workplans import area
from waymark.actions.commitments import (
    CommitmentFacts,
    MilestoneFacts,
    Partner,
    Served,
    agree,
    complete,
    drop,
    join,
    leave,
    match,
    propose,
    reach_milestone,
    set_milestone,
    start,
    supersede,
    tie,
)
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.events import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

DAY = date(2025, 1, 10)
LATER = date(2025, 6, 1)


def under_way() -> Commitment:
    return start(by=alice(), commitment=agree(by=bob(), commitment=commitment(), on=DAY), on=DAY)


def test_a_commitment_goes_its_way_and_each_step_keeps_day_reason_and_post() -> None:
    row = complete(by=alice(), commitment=under_way(), on=LATER, reason="All desks are open.")
    steps = [(change.from_state, change.to_state, change.date) for change in row.changes.all()]
    assert steps == [
        ("", "proposed", None),
        ("proposed", "agreed", DAY),
        ("agreed", "under_way", DAY),
        ("under_way", "completed", LATER),
    ]
    last = row.changes.last()
    assert last is not None
    assert (last.reason, last.post) == ({"en": "All desks are open."}, alice().post)
    assert row.since == LATER


def test_a_step_that_the_table_does_not_know_is_refused_and_leaves_nothing() -> None:
    row = commitment()
    with pytest.raises(RefusedError, match=r"cannot complete it\. Possible now: agree, drop, supersede"):
        complete(by=bob(), commitment=row, on=DAY)
    assert row.changes.count() == 1


def test_days_do_not_run_backwards() -> None:
    row = under_way()
    with pytest.raises(RefusedError, match="since 2025-01-10; it cannot become completed on 2025-01-09"):
        complete(by=alice(), commitment=row, on=date(2025, 1, 9))
    assert complete(by=alice(), commitment=Commitment.objects.get(), on=None).since is None


def test_who_decides_and_who_carries_on() -> None:
    row = commitment()
    for actor in (alice(), charlie(), emil()):
        with pytest.raises(RefusedError, match="may not agree, drop and supersede"):
            agree(by=actor, commitment=row, on=DAY)
    agree(by=dora(), commitment=row, on=DAY)
    with pytest.raises(RefusedError, match="may not start and complete"):
        start(by=emil(), commitment=row, on=DAY)
    start(by=alice(), commitment=row, on=DAY)
    with pytest.raises(RefusedError, match="may not start and complete"):
        complete(by=emil(), commitment=row, on=DAY)
    with pytest.raises(RefusedError, match="may not agree, drop and supersede"):
        drop(by=alice(), commitment=row, on=LATER, reason="Mine")
    with pytest.raises(RefusedError, match="may not agree, drop and supersede"):
        supersede(by=alice(), commitment=row, successor=row, on=LATER, reason="Mine")


def test_a_proposal_needs_a_carrier_and_the_right() -> None:
    given = {"network": network(), "code": "m", "facts": CommitmentFacts(kind="measure", title="M")}
    with pytest.raises(RefusedError, match="has no lead and no pledger"):
        propose(by=alice(), partners=[Partner(organisation(), "contributor")], **given)
    with pytest.raises(RefusedError, match="may not propose"):
        propose(by=emil(), partners=[Partner(organisation(), "lead")], **given)
    with pytest.raises(RefusedError, match="An amount of money and its currency are given together"):
        propose(by=alice(), partners=[Partner(organisation(), "lead", amount=Decimal(5))], **given)
    assert not Commitment.objects.exists()


def test_superseding_names_the_successor_in_the_same_network() -> None:
    row, better = commitment(), commitment("qor-m-002", work_area=area())
    with pytest.raises(RefusedError, match="give a reason"):
        supersede(by=bob(), commitment=row, successor=better, on=DAY, reason="")
    elsewhere = commitment("far", network=network("other-network"))
    for wrong in (row, elsewhere):
        with pytest.raises(RefusedError, match="cannot supersede"):
            supersede(by=bob(), commitment=row, successor=wrong, on=DAY, reason="Better one")
    done = supersede(by=bob(), commitment=row, successor=better, on=DAY, reason="Better one")
    assert (done.state, done.superseded_by) == ("superseded", better)
    assert list(better.supersedes.all()) == [done]


def test_the_last_carrier_of_an_open_commitment_does_not_leave() -> None:
    row = commitment()
    lead = row.participations.get()
    with pytest.raises(RefusedError, match="would have no lead"):
        leave(by=bob(), participation=lead, on=DAY)
    join(by=bob(), commitment=row, partner=Partner(organisation("min-labour"), "lead"))
    with pytest.raises(RefusedError, match="may not agree"):
        leave(by=alice(), participation=lead, on=DAY)
    assert leave(by=bob(), participation=lead, on=None).end_unknown
    assert not row.participations.open().filter(organisation=organisation()).exists()


def test_the_last_carrier_of_a_finished_commitment_may_leave() -> None:
    row = drop(by=bob(), commitment=commitment(), on=DAY, reason="No money")
    assert leave(by=bob(), participation=row.participations.get(), on=DAY).to_date == DAY


def test_a_finished_commitment_takes_no_partner() -> None:
    row = drop(by=bob(), commitment=commitment(), on=DAY, reason="No money")
    with pytest.raises(RefusedError, match="is dropped; it takes no changes"):
        join(by=bob(), commitment=row, partner=Partner(organisation("min-labour"), "lead"))
    with pytest.raises(RefusedError, match="may not propose"):
        join(by=emil(), commitment=row, partner=Partner(organisation(), "contributor"))


def test_ties_lead_to_provisions_of_any_framework_once() -> None:
    row = tie(by=alice(), commitment=commitment(), ties=[Served(provision("10.7", "sdg", "target"), "reported_under")])
    assert row.ties.count() == 2
    with pytest.raises(RefusedError, match="cannot be stored"):
        tie(by=alice(), commitment=row, ties=[Served(provision())])
    for stranger, words in ((emil(), "may not start"), (hana(), "Only a participant of qor-m-001")):
        with pytest.raises(RefusedError, match=words):
            tie(by=stranger, commitment=row, ties=[Served(provision("9"))])


def test_what_was_tied_elsewhere_is_entered_from_its_paper() -> None:
    row = commitment()
    with pytest.raises(RefusedError, match="The operator of the installation may not"):
        tie(by=Actor.operator(), commitment=row, ties=[Served(provision("9"))])
    tie(by=Actor.operator(), commitment=row, ties=[Served(provision("9"))], paper=LETTER)
    changes = Event.objects.get(verb="commitment.tied").detail.words["changes"]
    assert (changes["paper"], changes["paper_date"]) == (LETTER.words, str(LETTER.date))
    with pytest.raises(RefusedError, match="may not register"):
        tie(by=alice(), commitment=row, ties=[Served(provision("8"))], paper=LETTER)


def hana() -> Actor:
    """The focal point of a ministry that takes part in nothing."""
    return holder("hana", "focal_point", organisation("min-health"))


def test_milestones_are_reached_once_by_who_carries_them() -> None:
    row = commitment()
    first = set_milestone(by=alice(), commitment=row, facts=MilestoneFacts(title="Law drafted", due_date=LATER))
    second = set_milestone(by=bob(), commitment=row, facts=MilestoneFacts(title="Law passed"))
    assert [first.position, second.position] == [1, 2]
    assert reach_milestone(by=alice(), milestone=first, on=LATER).done_on == LATER
    with pytest.raises(RefusedError, match="was reached on 2025-06-01 already"):
        reach_milestone(by=alice(), milestone=first, on=LATER)
    for act in (
        lambda: set_milestone(by=emil(), commitment=row, facts=MilestoneFacts(title="Mine")),
        lambda: reach_milestone(by=emil(), milestone=second, on=LATER),
    ):
        with pytest.raises(RefusedError, match="may not start and complete"):
            act()


def test_a_participant_matches_or_who_decides() -> None:
    first = commitment("p1", kind="pledge")
    second = commitment("p2", kind="pledge", way="matching")
    for stranger, words in ((emil(), "may not start"), (hana(), "Only a participant of p2")):
        with pytest.raises(RefusedError, match=words):
            match(by=stranger, matching=second, matched=first)
    match(by=Actor.operator(), matching=second, matched=first, paper=LETTER)
    assert second.matches.get() == first
    with pytest.raises(RefusedError, match="cannot match"):
        match(by=bob(), matching=second, matched=commitment())
