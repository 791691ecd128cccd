"""Reporting periods made from a schedule, the due dates that follow who carries what, and excuses."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat
from tests.factories.people import alice, bob, dora, holder
from tests.factories.workplans import area, period, workplan
from waymark.actions.amending import amend, withdraw
from waymark.actions.commitments import CommitmentFacts, Partner, agree, complete, drop, join, leave, reopen, start
from waymark.actions.facts import facts_of
from waymark.actions.successions import SuccessionFacts, merge
from waymark.actions.workplans import (
    AreaFacts,
    ExcuseFacts,
    PeriodFacts,
    WorkplanFacts,
    add_area,
    excuse,
    extend,
    lock_period,
    open_period,
    reopen_period,
    schedule_periods,
)
from waymark.actions.workplans.due import bring_up_to_date
from waymark.gcm.errors import RefusedError
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.commitments import Commitment
from waymark.records.events import Event
from waymark.records.reports import DueDate, Excuse, ReportingPeriod

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

OPERATOR = Actor.operator()


def agreed(**fields: Any) -> Commitment:
    """A measure that is agreed since a day before all periods."""
    return agree(by=bob(), commitment=commitment(**fields), on=date(2024, 6, 1))


def scheduled(schedule: str, first: date, last: date, **more: Any) -> list[tuple[str, str, str]]:
    """The periods that a schedule makes: first day, last day, day on which reports are due."""
    rows = schedule_periods(by=bob(), network=network(), schedule=schedule, from_date=first, to_date=last, **more)
    return [(str(row.from_date), str(row.to_date), str(row.due_date)) for row in rows]


def due() -> set[tuple[str, str, str]]:
    """Who owes a report, on which period, by when."""
    rows = DueDate.objects.visible_to(OPERATOR_VIEWER).values_list("period__code", "organisation__code", "due_date")
    return {(period, body, str(day)) for period, body, day in rows}


def test_a_year_of_half_years_and_of_quarters() -> None:
    assert scheduled("half_year", date(2026, 1, 1), date(2026, 12, 31)) == [
        ("2026-01-01", "2026-06-30", "2026-07-30"),
        ("2026-07-01", "2026-12-31", "2027-01-30"),
    ]
    assert scheduled("quarter", date(2027, 1, 1), date(2027, 12, 31), days_to_report=15) == [
        ("2027-01-01", "2027-03-31", "2027-04-15"),
        ("2027-04-01", "2027-06-30", "2027-07-15"),
        ("2027-07-01", "2027-09-30", "2027-10-15"),
        ("2027-10-01", "2027-12-31", "2028-01-15"),
    ]
    assert scheduled("year", date(2028, 1, 1), date(2029, 12, 31)) == [
        ("2028-01-01", "2028-12-31", "2029-01-30"),
        ("2029-01-01", "2029-12-31", "2030-01-30"),
    ]
    codes = ReportingPeriod.objects.order_by("from_date", "-to_date").values_list("code", "schedule")
    assert list(codes)[:2] == [("qor-network.2026-H1", "half_year"), ("qor-network.2026-H2", "half_year")]


def test_only_whole_periods_and_those_not_there_yet_are_made() -> None:
    assert [one[0] for one in scheduled("half_year", date(2026, 1, 2), date(2027, 6, 30))] == [
        "2026-07-01",
        "2027-01-01",
    ]
    assert [one[0] for one in scheduled("half_year", date(2026, 1, 1), date(2027, 12, 31))] == [
        "2026-01-01",
        "2027-07-01",
    ]
    with pytest.raises(RefusedError, match="No whole period of that schedule"):
        scheduled("year", date(2026, 1, 2), date(2027, 12, 30))


def test_an_irregular_schedule_is_given() -> None:
    before = PeriodFacts(title="Before the forum", from_date=date(2026, 1, 1), to_date=date(2026, 3, 31))
    given = [replace(before, due_date=date(2026, 4, 10))]
    assert scheduled("irregular", date(2026, 1, 1), date(2026, 12, 31), irregular=given) == [
        ("2026-01-01", "2026-03-31", "2026-04-10")
    ]
    for span in ((date(2026, 2, 1), date(2026, 12, 31)), (date(2026, 1, 1), date(2026, 3, 30))):
        with pytest.raises(RefusedError, match="No whole period"):
            scheduled("irregular", *span, irregular=given)
    with pytest.raises(RefusedError, match="may not make workplans"):
        schedule_periods(
            by=dora(), network=network(), schedule="year", from_date=date(2026, 1, 1), to_date=date(2026, 12, 31)
        )


def test_due_dates_follow_who_carries_what_and_when() -> None:
    """After each act the rows are those that the rule asks for: nothing is left to be computed by a reader."""
    justice, labour = ("2025-h1", "min-justice", "2025-07-31"), ("2025-h1", "min-labour", "2025-07-31")
    period()
    assert due() == set()
    row = commitment(start_date=date(2025, 2, 1))
    assert due() == set(), "nobody owes a report on what is only proposed"
    agree(by=bob(), commitment=row, on=date(2024, 6, 1))
    assert due() == {justice}
    join(by=bob(), commitment=row, partner=Partner(organisation("min-labour"), "lead"))
    assert due() == {justice, labour}
    part = row.participations.get(organisation=organisation())
    leave(by=bob(), participation=part, on=date(2025, 6, 29))
    assert due() == {labour}
    amend(by=bob(), row=part, facts=replace(facts_of(part, Partner), to_date=date(2025, 6, 30)), reason="A day later")
    assert due() == {justice, labour}
    amended = replace(facts_of(row, CommitmentFacts), start_date=date(2025, 7, 1))
    amend(by=bob(), row=row, facts=amended, reason="It begins later")
    assert due() == set()
    amend(by=bob(), row=row, facts=replace(amended, start_date=date(2025, 6, 30)), reason="It does not")
    assert due() == {justice, labour}
    drop(by=bob(), commitment=row, on=date(2024, 12, 31), reason="No money")
    assert due() == set()
    reopen(by=bob(), commitment=row, on=date(2025, 1, 15), reason="There is money")
    assert due() == set(), "it is proposed again"
    agree(by=bob(), commitment=row, on=date(2025, 2, 1))
    assert due() == {justice, labour}
    withdraw(by=bob(), row=part, reason="Never took part")
    assert due() == {labour}
    withdraw(by=bob(), row=row, reason="Entered twice")
    assert due() == set()


def test_a_merger_moves_the_due_date_to_the_successor() -> None:
    agreed()
    period()
    facts = SuccessionFacts(date=date(2025, 4, 1), act="Act 7")
    (step,) = merge(by=OPERATOR, organisations=[organisation()], into=organisation("min-labour"), facts=facts)
    assert {body for _, body, _ in due()} == {"min-labour"}
    withdraw(by=OPERATOR, row=step, reason="It was never passed")
    assert {body for _, body, _ in due()} == {"min-justice"}


def test_only_who_leads_or_pledges_owes_a_report_and_only_in_its_own_network() -> None:
    row = agreed()
    join(by=bob(), commitment=row, partner=Partner(secretariat(), "contributor"))
    period()
    period("far", network("other-network"))
    assert due() == {("2025-h1", "min-justice", "2025-07-31")}


def test_a_due_date_follows_its_period_but_for_another_day_given_to_one() -> None:
    row = agreed()
    join(by=bob(), commitment=row, partner=Partner(organisation("min-labour"), "lead"))
    span = period()
    mine = DueDate.objects.get(organisation=organisation())
    with pytest.raises(RefusedError, match="give a reason"):
        extend(by=bob(), due=mine, to=date(2025, 9, 1), reason="")
    with pytest.raises(RefusedError, match="may not make workplans"):
        extend(by=alice(), due=mine, to=date(2025, 9, 1), reason="The flood")
    extend(by=bob(), due=mine, to=date(2025, 9, 1), reason="The flood")
    changed = replace(facts_of(span, PeriodFacts), due_date=date(2025, 8, 15))
    amend(by=bob(), row=span, facts=changed, reason="The forms came late")
    assert due() == {("2025-h1", "min-justice", "2025-09-01"), ("2025-h1", "min-labour", "2025-08-15")}
    amend(by=bob(), row=span, facts=replace(changed, to_date=date(2025, 1, 1), due_date=None), reason="No reports")
    assert due() == set()


def test_a_locked_period_stays_as_it_is_until_it_is_reopened_for_a_reason() -> None:
    row, span = agreed(), period()
    lock_period(by=bob(), period=span)
    join(by=bob(), commitment=row, partner=Partner(organisation("min-labour"), "lead"))
    assert {body for _, body, _ in due()} == {"min-justice"}
    for act, words in (
        (lambda: lock_period(by=bob(), period=span), "is locked already"),
        (lambda: extend(by=bob(), due=DueDate.objects.get(), to=date(2026, 1, 1), reason="The flood"), "is locked"),
        (lambda: amend(by=bob(), row=span, facts=facts_of(span, PeriodFacts), reason="A slip"), "is locked"),
        (lambda: withdraw(by=bob(), row=span, reason="A slip"), "is locked"),
        (lambda: reopen_period(by=bob(), period=span, reason=""), "give a reason"),
        (lambda: reopen_period(by=alice(), period=span, reason="Late figures"), "may not make workplans"),
    ):
        with pytest.raises(RefusedError, match=words):
            act()
    reopen_period(by=bob(), period=ReportingPeriod.objects.get(), reason="Late figures")
    assert {body for _, body, _ in due()} == {"min-justice", "min-labour"}
    with pytest.raises(RefusedError, match="is open already"):
        reopen_period(by=bob(), period=ReportingPeriod.objects.get(), reason="Late figures")
    words = Event.objects.get(verb="period.reopened").detail.words["changes"]
    assert words == {"reason": {"en": "Late figures"}}


def test_the_operator_gives_no_other_day_and_reopens_nothing() -> None:
    agreed()
    span = period()
    mine, later = DueDate.objects.get(), date(2026, 1, 1)
    other_day = replace(facts_of(span, PeriodFacts), due_date=later)
    for act in (
        lambda: extend(by=OPERATOR, due=mine, to=later, reason="The flood"),
        lambda: amend(by=OPERATOR, row=span, facts=other_day, reason="The flood"),
    ):
        with pytest.raises(RefusedError, match="decided by the network"):
            act()
    amend(by=OPERATOR, row=span, facts=replace(facts_of(span, PeriodFacts), title="Spring"), reason="A slip")
    lock_period(by=OPERATOR, period=span)
    with pytest.raises(RefusedError, match="decided by the network"):
        reopen_period(by=OPERATOR, period=span, reason="Late figures")
    assert due() == {("2025-h1", "min-justice", "2025-07-31")}


def test_bringing_up_to_date_again_changes_nothing() -> None:
    agreed()
    span = period()
    versions = list(DueDate.objects.values_list("urn", "version"))
    bring_up_to_date([span], span.keeper)
    assert list(DueDate.objects.values_list("urn", "version")) == versions != []


def test_an_organisation_is_excused_by_another_for_a_reason() -> None:
    agreed()
    span = period()
    facts = ExcuseFacts(organisation=organisation(), reason="The flood", date=date(2025, 7, 2))
    row = excuse(by=bob(), period=span, facts=facts)
    assert (row.person, row.date, row.keeper) == (bob().person, date(2025, 7, 2), "qor-network")
    with pytest.raises(RefusedError, match="is excused for this period already"):
        excuse(by=dora(), period=span, facts=facts)
    with pytest.raises(RefusedError, match="Nobody excuses iom-like who acts for it"):
        excuse(by=bob(), period=span, facts=replace(facts, organisation=secretariat()))
    with pytest.raises(RefusedError, match="may not agree, drop"):
        excuse(by=alice(), period=span, facts=replace(facts, organisation=organisation("min-labour")))
    with pytest.raises(RefusedError, match="needs a reason"):
        excuse(by=bob(), period=span, facts=replace(facts, organisation=organisation("min-labour"), reason=""))
    chair = holder("hana", "co_chair", organisation("min-health"))
    assert excuse(by=chair, period=span, facts=replace(facts, organisation=secretariat())).pk
    amend(by=bob(), row=row, facts=replace(facts, reason="The flood of June"), reason="A slip")
    with pytest.raises(RefusedError, match="stays its own"):
        amend(by=bob(), row=row, facts=replace(facts, organisation=secretariat()), reason="A slip")
    withdraw(by=bob(), row=row, reason="The flood was elsewhere")
    assert excuse(by=bob(), period=span, facts=facts).pk
    assert Excuse.objects.standing().count() == 2


def test_workplans_and_areas_are_corrected_and_withdrawn() -> None:
    plan = workplan()
    amend(by=bob(), row=plan, facts=WorkplanFacts(title="Joint workplan", adopted_on=date(2025, 1, 9)), reason="A slip")
    assert (plan.title, plan.from_date, plan.adopted_on) == ({"en": "Joint workplan"}, None, date(2025, 1, 9))
    work = area()
    amend(by=bob(), row=work, facts=AreaFacts(title="Figures"), reason="Plainer")
    commitment(work_area=work)
    with pytest.raises(RefusedError, match="may not make workplans"):
        withdraw(by=alice(), row=work, reason="Not ours")
    second = add_area(by=bob(), workplan=plan, facts=AreaFacts(title="Rights"))
    withdraw(by=bob(), row=second, reason="Entered twice")
    assert add_area(by=bob(), workplan=plan, facts=AreaFacts(title="Rights")).position == 3
    assert [one.title["en"] for one in plan.areas.standing()] == ["Figures", "Rights"]


def test_a_period_opened_by_itself_has_no_schedule() -> None:
    span = PeriodFacts(title="The summer", from_date=date(2025, 6, 1), to_date=date(2025, 8, 31))
    row = open_period(by=bob(), network=network(), code="summer", facts=span)
    assert (row.schedule, row.due_date, row.effective) == ("", None, "public")


def test_a_completed_commitment_is_reopened_under_way() -> None:
    row = commitment()
    for act, day in ((agree, 1), (start, 2), (complete, 3)):
        act(by=bob(), commitment=row, on=date(2025, 1, day))
    with pytest.raises(RefusedError, match="give a reason"):
        reopen(by=bob(), commitment=row, on=date(2025, 1, 9), reason="")
    with pytest.raises(RefusedError, match="may not agree, drop"):
        reopen(by=alice(), commitment=row, on=date(2025, 1, 9), reason="One office closed")
    with pytest.raises(RefusedError, match="it cannot become under way on 2025-01-02"):
        reopen(by=bob(), commitment=row, on=date(2025, 1, 2), reason="One office closed")
    reopen(by=bob(), commitment=row, on=date(2025, 1, 9), reason="One office closed")
    last = row.changes.order_by("id").last()
    assert last
    assert (row.state, last.from_state, last.person) == ("under_way", "completed", bob().person)
