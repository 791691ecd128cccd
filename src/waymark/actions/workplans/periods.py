"""What is done to reporting periods: open, make from a schedule, lock and reopen, give another day, excuse."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, check_named, take
from waymark.actions.log import log
from waymark.actions.storing import by_language, checked_code, free_code, fresh, held, store
from waymark.actions.workplans.due import bring_up_to_date
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_excuse, check_verb
from waymark.records.reports import DueDate, Excuse, ReportingPeriod, Schedule
from waymark.records.roles import Verb

MONTHS = {Schedule.QUARTER: 3, Schedule.HALF_YEAR: 6, Schedule.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFacts(Facts):
    """A period on which a network reports, and by when; without a day nobody owes a report on it."""

    title: Words
    from_date: date
    to_date: date
    due_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcuseFacts(Facts):
    """Which organisation need not report on a period, why, and since which day that is said."""

    organisation: Organisation
    reason: Words
    date: datetime.date | None = None


@act
def open_period(*, by: Actor, network: Network, code: str, facts: PeriodFacts) -> ReportingPeriod:
    """Open a reporting period of a network; reports on it are due on `due_date`."""
    check_verb(by, Verb.PLAN, network)
    return _open(by, network, code, facts, "")


def _open(by: Actor, network: Network, code: str, facts: PeriodFacts, schedule: str) -> ReportingPeriod:
    row = ReportingPeriod(
        network=network, code=checked_code(code, "reporting-period"), schedule=schedule, classification="public"
    )
    store(take(row, facts))
    bring_up_to_date([row], network.code)
    log(by, "period.opened", row, from_date=facts.from_date, to_date=facts.to_date, due_date=facts.due_date)
    return row


@act
def schedule_periods(
    *,
    by: Actor,
    network: Network,
    schedule: str,
    from_date: date,
    to_date: date,
    days_to_report: int = 30,
    irregular: Sequence[PeriodFacts] = (),
) -> list[ReportingPeriod]:
    """Open the periods of a schedule from a day to a day, each due so many days after it ends.

    The periods of half-years, quarters and years are those of the calendar. Those of an irregular schedule are given.
    A period that the network has already is left as it is. Raises RefusedError when no whole period lies between.
    """
    check_verb(by, Verb.PLAN, network)
    wanted = list(_calendar(Schedule(schedule), from_date, to_date, days_to_report)) or [
        (f"{facts.from_date}.{facts.to_date}", facts) for facts in irregular
    ]
    outside = [facts for _, facts in wanted if facts.from_date < from_date or facts.to_date > to_date]
    if not wanted or outside:
        raise RefusedError("period.none_between", network=network.code, first=from_date, last=to_date)
    known = set(network.periods.standing().values_list("from_date", "to_date"))
    return [
        _open(by, network, free_code(ReportingPeriod, f"{network.code}.{name}"), facts, schedule)
        for name, facts in wanted
        if (facts.from_date, facts.to_date) not in known
    ]


def _calendar(schedule: Schedule, first: date, last: date, days: int) -> Iterator[tuple[str, PeriodFacts]]:
    """The whole periods of the calendar between two days, each with its name."""
    months = MONTHS.get(schedule)
    if months is None:
        return
    year, number = first.year, 0
    while year <= last.year:
        starts = date(year, 1 + number * months, 1)
        number = (number + 1) % (12 // months)
        year += number == 0
        ends = date(year, 1 + number * months, 1) - timedelta(days=1)
        if starts < first or ends > last:
            continue
        name, title = _named(schedule, starts, 1 + (starts.month - 1) // months)
        due = ends + timedelta(days=days)
        yield name, PeriodFacts(title=title, from_date=starts, to_date=ends, due_date=due)


def _named(schedule: Schedule, starts: date, number: int) -> tuple[str, str]:
    if schedule is Schedule.YEAR:
        return f"{starts.year}", f"{starts.year}"
    if schedule is Schedule.QUARTER:
        return f"{starts.year}-Q{number}", f"Quarter {number} of {starts.year}"
    return f"{starts.year}-H{number}", f"{'First' if number == 1 else 'Second'} half of {starts.year}"


@act
def lock_period(*, by: Actor, period: ReportingPeriod) -> ReportingPeriod:
    """Lock a reporting period: it takes no further report, and no report on it is returned or corrected."""
    held(period)
    check_verb(by, Verb.PLAN, period)
    if period.locked:
        raise RefusedError("period.locked_already", period=period.code)
    period.locked = True
    store(period)
    log(by, "period.locked", period)
    return period


@act
def reopen_period(*, by: Actor, period: ReportingPeriod, reason: Words) -> ReportingPeriod:
    """Take reports on a locked period again, for a reason that stays on record: the network decides that."""
    held(period)
    _check_decides(by, period, period)
    if not period.locked:
        raise RefusedError("period.open_already", period=period.code)
    if not reason:
        raise RefusedError("period.reopen_without_reason", period=period.code)
    period.locked = False
    store(period)
    bring_up_to_date([period], period.keeper)
    log(by, "period.reopened", period, reason=by_language(reason))
    return period


@act
def extend(*, by: Actor, due: DueDate, to: date, reason: Words) -> DueDate:
    """Give one organisation another day to report on a period, for a reason that stays on record.

    The network decides that.
    """
    held(due)
    _check_decides(by, due, due.period)
    _check_open(due.period)
    if not reason:
        raise RefusedError("period.extend_without_reason", period=due.period.code, organisation=due.organisation.code)
    due.due_date, due.own_day = to, True
    store(due)
    log(by, "period.extended", due, to=to, reason=by_language(reason))
    return due


@act
def excuse(*, by: Actor, period: ReportingPeriod, facts: ExcuseFacts) -> Excuse:
    """Excuse an organisation from reporting on a period; it is never shown as missing then."""
    fresh(period)
    check_excuse(by, period, facts.organisation)
    check_named(by, period, facts)
    row = Excuse(
        period=period,
        code=free_code(Excuse, f"{period.code}.{facts.organisation.code}.excuse"),
        post=by.post,
        person=by.person,
        classification=period.classification,
    )
    store(take(row, facts))
    log(by, "period.excused", row, organisation=facts.organisation, reason=by_language(facts.reason))
    return row


def _check_decides(by: Actor, row: DueDate | ReportingPeriod, period: ReportingPeriod) -> None:
    """Refuse who may not decide by when a network reports: the operator opens its periods and decides nothing."""
    check_verb(by, Verb.PLAN, row)
    if by.kind == "operator":
        raise RefusedError("permission.decided_by_network", period=period.code, network=period.keeper)


def _check_open(period: ReportingPeriod) -> None:
    if period.locked:
        raise RefusedError("report.period_locked", period=period.code)


def _leave_period(_by: Actor, period: ReportingPeriod) -> None:
    _check_open(period)


def _check_period(period: ReportingPeriod, facts: PeriodFacts) -> None:
    """A locked period stays as it is."""
    _check_open(period)


def _ask_period(by: Actor, period: ReportingPeriod, facts: PeriodFacts) -> None:
    """Another day for all who report on a period is a decision of the network too."""
    if facts.due_date != period.due_date:
        _check_decides(by, period, period)


def _period_follows(_by: Actor, period: ReportingPeriod) -> None:
    if period.shown:
        bring_up_to_date([period], period.keeper)


def _check_right(by: Actor, row: Excuse) -> None:
    check_excuse(by, row.period, row.organisation)


def _check_excuse(row: Excuse, facts: ExcuseFacts) -> None:
    """An excuse stays that of its organisation."""
    if facts.organisation.pk != row.organisation_id:
        raise RefusedError("excuse.of_another", organisation=row.organisation.code, period=row.period.code)


AMENDS = {
    ReportingPeriod.noun: Amendable(
        PeriodFacts, Verb.PLAN, check=_check_period, ask=_ask_period, follow=_period_follows, leave=_leave_period
    ),
    Excuse.noun: Amendable(ExcuseFacts, _check_right, check=_check_excuse),
}
"""How what stands here is corrected."""
