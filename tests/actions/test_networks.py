from datetime import date

import pytest

from tests.factories.documents import document
from tests.factories.frameworks import provision
from tests.factories.meetings import meeting
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat
from tests.factories.people import alice, bob, charlie, dora, holder, person, post
from tests.factories.workplans import area, period, workplan
from waymark.actions.appointments import HoldingFacts, appoint, confirm_appointment, end_holding
from waymark.actions.commitments import Partner, Served
from waymark.actions.meetings import (
    AttendanceFacts,
    DecisionFacts,
    FollowUp,
    MeetingFacts,
    StatementFacts,
    decide,
    hold,
    note_attendance,
    record_statement,
)
from waymark.actions.networks import (
    GroupFacts,
    MembershipFacts,
    NetworkFacts,
    SeatFacts,
    admit,
    end_membership,
    found,
    join_group,
    set_up_group,
)
from waymark.actions.people import PersonFacts, PostFacts, create_post, enter_person
from waymark.actions.readers import name_readers
from waymark.actions.workplans import (
    AreaFacts,
    PeriodFacts,
    WorkplanFacts,
    add_area,
    lock_period,
    make_workplan,
    open_period,
)
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.networks import Membership
from waymark.records.people import PostHolding

pytestmark = pytest.mark.django_db

DAY = date(2025, 4, 1)


def test_only_the_operator_founds_networks() -> None:
    with pytest.raises(RefusedError, match="Ask the operator"):
        found(by=dora(), code="mine", facts=NetworkFacts(kind="un_network", level="national", name="Mine"))


def test_a_co_chair_admits_in_its_own_network_only() -> None:
    row = admit(
        by=dora(), network=network(), organisation=organisation(), facts=MembershipFacts(role="member", from_date=DAY)
    )
    assert row.urn == "urn:waymark:local:membership:qor-network.min-justice.member"
    with pytest.raises(RefusedError, match="may not admit members"):
        admit(
            by=dora(),
            network=network("other-network"),
            organisation=organisation(),
            facts=MembershipFacts(role="member"),
        )
    with pytest.raises(RefusedError, match="may not admit members"):
        admit(by=charlie(), network=network(), organisation=organisation(), facts=MembershipFacts(role="partner"))


def test_a_role_is_held_once_at_a_time_and_several_roles_together() -> None:
    operator = Actor.operator()
    first = admit(by=operator, network=network(), organisation=organisation(), facts=MembershipFacts(role="member"))
    admit(by=operator, network=network(), organisation=organisation(), facts=MembershipFacts(role="co_chair"))
    with pytest.raises(RefusedError, match="cannot be stored"):
        admit(by=operator, network=network(), organisation=organisation(), facts=MembershipFacts(role="member"))
    end_membership(by=operator, membership=first, on=DAY, reason="moved")
    again = admit(by=operator, network=network(), organisation=organisation(), facts=MembershipFacts(role="member"))
    assert again.code.endswith("member-2")
    with pytest.raises(RefusedError, match="has ended already"):
        end_membership(by=operator, membership=first, on=DAY, reason="again")
    with pytest.raises(RefusedError, match="needs a reason"):
        end_membership(by=operator, membership=again, on=DAY, reason="")
    end_membership(by=operator, membership=again, on=None, reason="not known when")
    with pytest.raises(RefusedError, match="has ended already"):
        end_membership(by=operator, membership=again, on=DAY, reason="again")


def test_members_of_a_day_leave_out_who_came_later_or_left_on_an_unknown_day() -> None:
    operator = Actor.operator()
    given = {"by": operator, "network": network()}
    admit(organisation=organisation("early"), facts=MembershipFacts(role="member", from_date=date(2020, 1, 1)), **given)
    admit(organisation=organisation("unknown-start"), facts=MembershipFacts(role="member"), **given)
    admit(organisation=organisation("late"), facts=MembershipFacts(role="member", from_date=date(2025, 4, 2)), **given)
    admit(organisation=organisation("left"), facts=MembershipFacts(role="member", to_date=date(2025, 3, 31)), **given)
    admit(organisation=organisation("last-day"), facts=MembershipFacts(role="member", to_date=DAY), **given)
    admit(organisation=organisation("vanished"), facts=MembershipFacts(role="member", end_unknown=True), **given)
    members = Membership.objects.filter(role="member").on(DAY)
    assert {row.organisation.code for row in members} == {"early", "unknown-start", "last-day"}


def test_groups_have_co_leads_and_members() -> None:
    group = set_up_group(by=dora(), network=network(), code="g1", facts=GroupFacts(name="Data", mandate="Count well"))
    join_group(by=dora(), group=group, organisation=secretariat(), facts=SeatFacts(co_lead=True))
    with pytest.raises(RefusedError):
        join_group(by=dora(), group=group, organisation=secretariat(), facts=SeatFacts())
    with pytest.raises(RefusedError, match="may not admit"):
        set_up_group(by=alice(), network=network(), code="g2", facts=GroupFacts(name="Mine"))
    with pytest.raises(RefusedError, match="may not admit"):
        join_group(by=alice(), group=group, organisation=organisation(), facts=SeatFacts())


def test_a_post_has_one_holder_and_perhaps_somebody_acting() -> None:
    actor = bob()
    assert actor.post
    with pytest.raises(RefusedError, match="bob holds the post"):
        appoint(by=actor, post=actor.post, person=person("ivo"), facts=HoldingFacts())
    acting = appoint(
        by=actor, post=actor.post, person=person("ivo"), facts=HoldingFacts(acting=True, home=organisation())
    )
    assert acting.home == organisation()
    assert PostHolding.objects.on(DAY).get(post=actor.post).person == actor.person
    confirm_appointment(by=dora(), holding=acting)
    with pytest.raises(RefusedError):
        appoint(by=actor, post=actor.post, person=person("ivo"), facts=HoldingFacts(acting=True))
    past = appoint(by=actor, post=actor.post, person=person("jo"), facts=HoldingFacts(to_date=date(2020, 1, 1)))
    assert PostHolding.objects.on(DAY).filter(post=actor.post).count() == 2
    with pytest.raises(RefusedError, match="no longer holds"):
        end_holding(by=actor, holding=past, on=DAY)


def test_who_manages_people() -> None:
    assert enter_person(by=bob(), keeper=network(), code="kim", facts=PersonFacts(name="Kim")).name == {"en": "Kim"}
    assert create_post(
        by=bob(), network=network(), code="p9", facts=PostFacts(organisation=organisation(), duty="observer")
    ).pk
    seat = post("free", "observer", organisation())
    holding = appoint(by=bob(), post=seat, person=person("kim"), facts=HoldingFacts())
    for act in (
        lambda: enter_person(by=dora(), keeper=network(), code="lee", facts=PersonFacts(name="Lee")),
        lambda: create_post(
            by=dora(), network=network(), code="p8", facts=PostFacts(organisation=organisation(), duty="observer")
        ),
        lambda: appoint(by=dora(), post=seat, person=person("kim"), facts=HoldingFacts(acting=True)),
        lambda: end_holding(by=dora(), holding=holding, on=DAY),
        lambda: name_readers(by=dora(), record=network(), persons=[person("kim")]),
    ):
        with pytest.raises(RefusedError, match="may not create posts"):
            act()


def test_workplans_areas_and_periods() -> None:
    assert workplan().urn.endswith(":workplan:plan-2025")
    rights = add_area(by=bob(), workplan=area().workplan, facts=AreaFacts(title="Rights"))
    assert [area().position, rights.position] == [1, 2]
    span = PeriodFacts(title="P", from_date=DAY, to_date=DAY)
    for act in (
        lambda: make_workplan(by=dora(), network=network(), code="w", facts=WorkplanFacts(title="W")),
        lambda: add_area(by=dora(), workplan=workplan(), facts=AreaFacts(title="A")),
        lambda: open_period(by=dora(), network=network(), code="p", facts=span),
        lambda: lock_period(by=dora(), period=period()),
    ):
        with pytest.raises(RefusedError, match="may not make workplans"):
            act()


def test_a_meeting_keeps_who_came_what_was_said_and_what_was_decided() -> None:
    row = hold(
        by=bob(),
        network=network(),
        code="m1",
        facts=MeetingFacts(
            kind="annual",
            title={"en": "Annual meeting", "ka": "წლიური შეხვედრა"},
            date=DAY,
            provisions=[provision("5")],
            papers=[document("paper", classification="public")],
            minutes=document("minutes", network=network()),
        ),
    )
    chair = holder("dora", "co_chair", secretariat())
    came = note_attendance(by=bob(), meeting=row, facts=AttendanceFacts(post=chair.post, person=chair.person))
    note_attendance(by=bob(), meeting=row, facts=AttendanceFacts(organisation=organisation()))
    assert came.organisation == secretariat()
    said = record_statement(
        by=bob(),
        meeting=row,
        facts=StatementFacts(
            post=chair.post, summary="Labour routes matter.", language="ka", provisions=[provision("5")]
        ),
    )
    assert (said.position, said.language, said.organisation) == (1, "ka", secretariat())
    assert list(row.provisions.all()) == list(said.provisions.all()) == [provision("5")]
    decision = decide(
        by=bob(),
        meeting=row,
        follow_up=FollowUp(
            code="fu-1",
            partners=[Partner(organisation(), "lead")],
            ties=[Served(provision("5"))],
            due_date=date(2025, 9, 30),
        ),
        facts=DecisionFacts(text="Map the routes."),
    )
    assert decision.commitment is not None
    assert (decision.commitment.kind, decision.commitment.state) == ("follow_up", "agreed")
    assert decision.commitment.decisions.get() == decision
    assert decision.commitment.start_date == row.date, "nothing is owed for the time before the meeting decided it"
    assert decide(by=bob(), meeting=row, facts=DecisionFacts(text="Meet again.")).commitment is None


def test_a_meeting_refuses_empty_words_and_outsiders() -> None:
    row = meeting()
    with pytest.raises(RefusedError, match="needs a summary"):
        record_statement(by=bob(), meeting=row, facts=StatementFacts(summary="", organisation=organisation()))
    with pytest.raises(RefusedError, match="An attendance needs an organisation, a post or a person"):
        note_attendance(by=bob(), meeting=row, facts=AttendanceFacts())
    for act in (
        lambda: hold(by=alice(), network=network(), code="m2", facts=MeetingFacts(kind="annual", title="Mine")),
        lambda: note_attendance(by=alice(), meeting=row, facts=AttendanceFacts(organisation=organisation())),
        lambda: record_statement(
            by=alice(), meeting=row, facts=StatementFacts(summary="X", organisation=organisation())
        ),
        lambda: decide(by=alice(), meeting=row, facts=DecisionFacts(text="X")),
    ):
        with pytest.raises(RefusedError, match="may not make workplans, meetings"):
            act()
