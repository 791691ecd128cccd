"""The due dates of reports, made and brought up to date by the acts that change who carries what, and when.

An organisation owes a report on a period when a commitment that it carries runs then. A due date that no longer holds
is withdrawn and comes back when it holds again. The due dates of a locked period stay as they are.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from waymark.actions.storing import held_all, store, store_all
from waymark.records.commitments import CARRYING, Commitment, CommitmentChange, Participation
from waymark.records.duties import Running, carries_until
from waymark.records.reports import DueDate, ReportingPeriod

Owed = tuple[int, int]
"""Keys of a period and of the organisation that reports on it."""


def due_dates_follow(commitment: Commitment) -> None:
    """Bring the due dates of all who take or took part in a commitment up to date."""
    bodies = set(commitment.participations.values_list("organisation_id", flat=True))
    bring_up_to_date(_periods(commitment.keeper), commitment.keeper, bodies)


def due_dates_of_bodies(organisations: Collection[int]) -> None:
    """Bring the due dates of organisations (their keys) up to date in every network."""
    parts = Participation.objects.filter(organisation__in=organisations).order_by("keeper")
    for keeper in parts.values_list("keeper", flat=True).distinct():
        bring_up_to_date(_periods(keeper), keeper, organisations)


def bring_up_to_date(
    periods: Collection[ReportingPeriod], keeper: str, organisations: Collection[int] | None = None
) -> None:
    """Make the due dates of these periods what the commitments of a network ask for; None is every organisation."""
    ends = {period.pk: period for period in periods}
    if not ends:
        return
    wanted = _owed(periods, keeper, organisations)
    rows = DueDate.objects.filter(period__in=ends)
    if organisations is not None:
        rows = rows.filter(organisation__in=organisations)
    known = set()
    stale = []
    for row in rows:
        known.add((row.period_id, row.organisation_id))
        if _as_wanted(row, ends[row.period_id], wanted) != (row.due_date, row.withdrawn):
            stale.append(row.pk)
    for row in held_all(DueDate.objects.filter(pk__in=stale)) if stale else ():
        row.due_date, row.withdrawn = _as_wanted(row, ends[row.period_id], wanted)
        store(row)
    store_all(
        DueDate,
        [_made(ends[key[0]], key[1], *owed) for key, owed in wanted.items() if key not in known],
    )


def _as_wanted(row: DueDate, period: ReportingPeriod, wanted: Collection[Owed]) -> tuple[date, bool]:
    """The day and whether it is withdrawn, as it should be."""
    day = row.due_date if row.own_day or period.due_date is None else period.due_date
    return day, (row.period_id, row.organisation_id) not in wanted


def _made(period: ReportingPeriod, organisation: int, code: str, day: date) -> DueDate:
    return DueDate(
        period=period,
        organisation_id=organisation,
        code=f"{period.code}.{code}.due",
        due_date=day,
        classification=period.classification,
    )


def _periods(keeper: str) -> list[ReportingPeriod]:
    return list(ReportingPeriod.objects.standing().filter(keeper=keeper, locked=False))


def _owed(
    periods: Collection[ReportingPeriod], keeper: str, organisations: Collection[int] | None
) -> dict[Owed, tuple[str, date]]:
    """Who owes a report on which period: the code of the organisation, and the day of the period if it has one."""
    parts = Participation.objects.standing().filter(keeper=keeper, role__in=CARRYING, end_unknown=False)
    if organisations is not None:
        parts = parts.filter(organisation__in=organisations)
    found = list(parts.select_related("commitment", "organisation"))
    changes = defaultdict(list)
    for change in CommitmentChange.objects.filter(commitment__in={part.commitment_id for part in found}).order_by("id"):
        changes[change.commitment_id].append(change)
    owed: dict[Owed, tuple[str, date]] = {}
    for part in found:
        running = Running.of(part.commitment.start_date, changes[part.commitment_id])
        for period in periods:
            last = period.to_date
            carried = carries_until(last, part.from_date, part.to_date, end_unknown=part.end_unknown)
            if period.due_date is not None and carried and running.within(period.from_date, last):
                owed[period.pk, part.organisation_id] = part.organisation.code, period.due_date
    return owed
