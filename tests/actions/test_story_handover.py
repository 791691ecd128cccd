"""A focal point leaves with three drafts when two ministries merge."""

from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import TODAY, alice, bob, holder, on, person, post
from tests.factories.reports import report
from tests.factories.workplans import period
from waymark.actions.appointments import HoldingFacts, appoint, end_holding
from waymark.actions.drafts import hand_over_drafts, save_draft
from waymark.actions.networks import GroupFacts, MembershipFacts, SeatFacts, admit, join_group, set_up_group
from waymark.actions.people import close_post
from waymark.actions.reports import draft, submit
from waymark.actions.successions import SuccessionFacts, merge
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.drafts import Draft
from waymark.records.people import PostHolding
from waymark.records.reports import ProgressReport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

MERGER = date(2025, 7, 1)


@pytest.fixture
def before() -> Actor:
    """Alice is focal point of Justice, with a commitment to lead, a report begun and three drafts."""
    operator = Actor.operator()
    for code in ("min-justice", "min-labour"):
        admit(by=operator, network=network(), organisation=organisation(code), facts=MembershipFacts(role="member"))
    group = set_up_group(by=operator, network=network(), code="wg-data", facts=GroupFacts(name="Data"))
    join_group(by=operator, group=group, organisation=organisation(), facts=SeatFacts(co_lead=True))
    commitment()
    actor = alice()
    assert actor.post
    draft(by=actor, report=report())
    for number in range(3):
        save_draft(by=actor, post=actor.post, title=f"Text {number}", body={"en": "…"}, on=date(2025, 6, 1))
    return actor


def leave(actor: Actor) -> PostHolding:
    assert actor.holding
    merge(
        by=Actor.operator(),
        organisations=[organisation()],
        into=organisation("min-labour"),
        facts=SuccessionFacts(date=MERGER, act="Act 7"),
    )
    return end_holding(by=bob(), holding=actor.holding, on=date(2025, 6, 30))


def test_drafts_and_duties_stay_with_the_post_which_now_speaks_for_the_successor(before: Actor) -> None:
    leave(before)
    assert before.post
    seat = type(before.post).objects.get(pk=before.post.pk)
    assert seat.organisation.code == "min-labour"
    assert not seat.holdings.open().exists()  # vacant
    assert seat.drafts.count() == 3
    newcomer = Actor.holder(
        appoint(by=bob(), post=seat, person=person("ivo"), facts=HoldingFacts(from_date=MERGER)), TODAY
    )
    first = seat.drafts.all()[0]
    save_draft(by=newcomer, post=seat, title="Text, gone on with", body={}, draft=first, on=date(2025, 7, 2))
    row = ProgressReport.objects.get()
    assert row.organisation.code == "min-labour"
    assert submit(by=newcomer, row=row).state == "submitted"


def test_who_left_no_longer_writes(before: Actor) -> None:
    holding = leave(before)
    with pytest.raises(RefusedError, match="does not hold the post"):
        save_draft(by=Actor.holder(holding, TODAY), post=holding.post, title="Too late", body={}, on=date(2025, 7, 2))


def test_the_successor_takes_membership_seat_and_participation_and_the_old_ones_end(before: Actor) -> None:
    leave(before)
    old, new = organisation(), organisation("min-labour")
    assert not old.memberships.open().exists()
    assert new.memberships.open().filter(role="member").count() == 1
    assert new.working_groups.open().get().co_lead
    part = new.participations.open().get()
    assert (part.role, part.from_date) == ("lead", MERGER)
    assert old.participations.get().to_date == date(2025, 6, 30)
    assert old.names.get().to_date == date(2025, 6, 30)
    step = old.successions.get()
    assert (step.kind, step.to_organisation, step.act) == ("merged", new, "Act 7")


def test_what_the_successor_holds_already_is_not_doubled(before: Actor) -> None:
    new = organisation("min-labour")
    join_group(by=Actor.operator(), group=network().working_groups.get(), organisation=new, facts=SeatFacts())
    row = commitment()
    row.participations.create(
        code="x", urn="urn:waymark:local:participation:x", organisation=new, role="lead", classification="network"
    )
    holder("ivo", "focal_point", new)
    same = ProgressReport.objects.get()
    twin = draft(by=holder("ivo", "focal_point", new), report=report(organisation=new))
    leave(before)
    assert new.working_groups.open().count() == 1
    assert new.participations.open().count() == 1
    same.refresh_from_db()
    assert same.organisation.code == "min-justice"  # the successor has its own report for the period
    assert twin.organisation == new


def test_drafts_are_handed_over_within_the_network_only(before: Actor) -> None:
    assert before.post
    alternate = post("alt", "alternate", organisation())
    assert len(hand_over_drafts(by=bob(), from_post=before.post, to_post=alternate)) == 3
    assert set(Draft.objects.values_list("post__code", flat=True)) == {"alt"}
    elsewhere = post("far", "focal_point", organisation(), network("other-network"))
    with pytest.raises(RefusedError, match="different networks"):
        hand_over_drafts(by=bob(), from_post=alternate, to_post=elsewhere)


def test_a_post_with_drafts_is_closed_only_with_an_heir(before: Actor) -> None:
    assert before.post
    heir = post("heir", "focal_point", organisation("min-labour"))
    with pytest.raises(RefusedError, match="3 drafts belong to the post"):
        close_post(by=bob(), post=before.post, on=MERGER)
    close_post(by=bob(), post=before.post, on=MERGER, heir=heir)
    assert heir.drafts.count() == 3
    assert not before.post.holdings.open().exists()
    with pytest.raises(RefusedError, match="was closed on"):
        appoint(by=bob(), post=before.post, person=person("ivo"), facts=HoldingFacts())


def test_a_draft_is_written_by_its_post_only(before: Actor) -> None:
    assert before.post
    mine = before.post.drafts.all()[0]
    other = holder("ivo", "focal_point", organisation("min-labour"))
    assert other.post
    with pytest.raises(RefusedError, match="Only the holder of"):
        save_draft(by=other, post=before.post, title="Mine now", body={})
    with pytest.raises(RefusedError, match="belongs to the post"):
        save_draft(by=other, post=other.post, title="Mine now", body={}, draft=mine)


def test_a_report_of_a_period_before_the_merger_stays_the_old_body_s(before: Actor) -> None:
    row = ProgressReport.objects.get()
    submit(by=on(date(2025, 6, 20), before), row=row)
    leave(before)
    row.refresh_from_db()
    assert row.organisation.code == "min-justice"
    assert period().locked is False
