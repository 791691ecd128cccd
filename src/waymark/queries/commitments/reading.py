"""Commitments of a place as of a day: who, how far in each voice, what is due, overdue and without evidence.

What the record holds is read once by `rows`; here it is judged by the day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waymark.gcm.frameworks import objective_of_code
from waymark.gcm.scales import scale
from waymark.queries.commitments.rows import Change, CommitmentRow, CommitmentRows, Part, commitments_read
from waymark.queries.commitments.views import CommitmentView, ReportView
from waymark.queries.organisations.reading import OrganisationBook
from waymark.queries.wording import iso, said
from waymark.records.commitments import ParticipationRole, TiePurpose
from waymark.records.reports import ProgressReport, ReportingPeriod, Voice
from waymark.records.viewers import Viewer

FINAL = ("completed", "dropped", "superseded")
LEADING = (ParticipationRole.LEAD, ParticipationRole.PLEDGER)
SHOWN_FROM = 3
"""Ratings of contributors without an account are shown only from this many on, so that nobody can be picked out."""


@dataclass(frozen=True, slots=True)
class StateOnDay:
    """The state of a commitment on a day, since when, and the reason given."""

    state: str
    since: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Reports that one commitment owed up to a day, and how many of them did not come."""

    due: int
    missing: int


def commitments_of(
    place: str,
    *,
    viewer: Viewer,
    day: date,
    language: str,
    organisations: OrganisationBook,
    rows: CommitmentRows | None = None,
) -> tuple[CommitmentView, ...]:
    """All commitments of a place's networks that `viewer` may see and that existed on `day`, in order of their code.

    `rows` are those of `commitments_read`, when they were read before.
    """
    known = commitments_read(place, viewer) if rows is None else rows
    views = []
    for row in known.commitments:
        state = state_on(day, row.changes, language)
        if state is None:
            continue
        reports = submitted_by(day, row.reports)
        periods = [one for one in known.periods.get(row.network_id, ()) if one.due_date and one.due_date <= day]
        views.append(
            _view(
                row,
                state,
                day=day,
                language=language,
                organisations=organisations,
                reports=latest_reports(reports, known.evidence, organisations, language),
                duty=reports_owed(row, state, periods, row.participations, reports, organisations),
            )
        )
    return tuple(views)


def state_on(day: date, changes: Iterable[Change], language: str) -> StateOnDay | None:
    """The state of a commitment on `day` by its changes in order; None when it was first proposed later.

    A change on an unknown day counts as made before.
    """
    state = None
    for change in changes:
        if change.date is None or change.date <= day:
            state = StateOnDay(change.to_state, change.date, said(change.reason, language))
    return state


def submitted_by(day: date, reports: Iterable[ProgressReport]) -> list[ProgressReport]:
    """The reports that had been submitted on `day`."""
    return [report for report in reports if report.submitted_on is not None and report.submitted_on <= day]


def reports_owed(
    commitment: CommitmentRow,
    state: StateOnDay,
    periods: Iterable[ReportingPeriod],
    participations: Iterable[Part],
    reports: Iterable[ProgressReport],
    organisations: OrganisationBook,
) -> Duty:
    """How many reports the leading organisations owed up to the day, and how many are missing.

    One is owed for each period and leading organisation while the commitment runs: it began on or before the period's
    last day and had not ended before its first. A report of the successor counts for the body it took over from; a
    returned report is still missing.
    """
    given = {
        (report.period_id, organisations.carried_on_by(report.organisation_id))
        for report in reports
        if report.voice == Voice.IMPLEMENTER and report.state in ("submitted", "accepted")
    }
    ended = state.since if state.state in FINAL else None
    owed = set()
    for period in periods:
        began = commitment.start_date is None or commitment.start_date <= period.to_date
        if not began or (ended is not None and ended < period.from_date):
            continue
        for part in participations:
            starts = part.from_date is None or part.from_date <= period.to_date
            lasts = part.to_date is None or part.to_date >= period.to_date
            if part.role in LEADING and starts and lasts and not part.end_unknown:
                owed.add((period.id, organisations.carried_on_by(part.organisation_id)))
    return Duty(len(owed), len(owed - given))


def latest_reports(
    reports: Sequence[ProgressReport], evidence: Mapping[int, int], organisations: OrganisationBook, language: str
) -> tuple[ReportView, ...]:
    """For each voice and organisation the report of its latest period; voices in their fixed order, never averaged."""
    latest: dict[tuple[str, int], ProgressReport] = {}
    for report in sorted(reports, key=lambda r: (r.period.to_date, r.id)):
        latest[(report.voice, organisations.carried_on_by(report.organisation_id))] = report
    order = list(Voice.values)
    views = []
    for (voice, organisation), report in latest.items():
        step = scale(report.scale).step(report.rating) if report.rating else None
        views.append(
            ReportView(
                voice=voice,
                organisation=organisations.name(organisation),
                period=said(report.period.title, language),
                state=report.state,
                scale=report.scale,
                rating=step.label(language) if step else "",
                share=step.share if step else None,
                narrative=said(report.narrative, language),
                empty_reason=report.empty_reason,
                evidence=evidence.get(report.id, 0),
                date=iso(report.submitted_on),
            )
        )
    return tuple(sorted(views, key=lambda view: (order.index(view.voice), view.organisation)))


def contributor_ratings(ratings: Iterable[tuple[str, str]]) -> Counter[str]:
    """Published ratings by contributors (scale and step), counted by the name of the step, apart from the voices."""
    return Counter(scale(code).step(rating).label("en") for code, rating in ratings)


def _view(
    row: CommitmentRow,
    state: StateOnDay,
    *,
    day: date,
    language: str,
    organisations: OrganisationBook,
    reports: tuple[ReportView, ...],
    duty: Duty,
) -> CommitmentView:
    current = [
        part
        for part in row.participations
        if not part.end_unknown
        and (part.to_date is None or part.to_date >= day)
        and (part.from_date is None or part.from_date <= day)
    ]
    parts = current or row.participations
    named = [(part.role in LEADING, organisations.name(part.organisation_id)) for part in parts]
    ratings = contributor_ratings(row.ratings)
    rated = sum(ratings.values())
    return CommitmentView(
        urn=row.urn,
        code=row.code,
        title=said(row.title, language),
        kind=row.kind,
        state=state.state,
        reason=state.reason,
        state_date=iso(state.since),
        start=iso(row.start_date),
        due=iso(row.due_date),
        metric=said(row.metric, language),
        leads=tuple(dict.fromkeys(name for leading, name in named if leading)),
        partners=tuple(dict.fromkeys(name for leading, name in named if not leading)),
        objectives=tuple(
            sorted({number for tie in row.ties if (number := objective_of_code(tie.framework, tie.provision))})
        ),
        ties=tuple(sorted({(tie.framework, tie.provision) for tie in row.ties})),
        reports=reports,
        milestones_done=sum(1 for done in row.milestones if done and done <= day),
        milestones=len(row.milestones),
        overdue=state.state not in FINAL and row.due_date is not None and row.due_date < day,
        reports_due=duty.due,
        reports_missing=duty.missing,
        answers=tuple(sorted(tie.provision for tie in row.ties if tie.purpose == TiePurpose.ANSWERS)),
        matches=tuple(sorted(row.matches)),
        contributions=rated if rated >= SHOWN_FROM else 0,
        contribution_summary="; ".join(f"{label}: {n}" for label, n in sorted(ratings.items()))
        if rated >= SHOWN_FROM
        else "",
    )
