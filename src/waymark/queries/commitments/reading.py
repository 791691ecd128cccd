"""Commitments of a place as of a day: who, how far in each voice, what is due, overdue and without evidence.

Everything is read in a fixed number of queries, whatever the number of commitments.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from waymark.gcm.scales import scale
from waymark.queries.commitments.views import CommitmentView, ReportView
from waymark.queries.organisations.reading import OrganisationBook
from waymark.queries.wording import iso, said
from waymark.records.commitments import (
    Commitment,
    CommitmentChange,
    Milestone,
    Participation,
    ParticipationRole,
    Tie,
    TiePurpose,
)
from waymark.records.consultations import Contribution
from waymark.records.reports import Evidence, ProgressReport, ReportingPeriod, Voice
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
    place: str, *, viewer: Viewer, day: date, language: str, organisations: OrganisationBook
) -> tuple[CommitmentView, ...]:
    """All commitments of a place's networks that `viewer` may see and that existed on `day`, in order of their code."""
    rows = list(
        Commitment.objects.visible_to(viewer)
        .filter(network__place__code=place)
        .order_by("code")
        .prefetch_related("matches")
    )
    ids = [row.id for row in rows]
    states = states_on(day, viewer, ids, language)
    participations = _by_commitment(
        Participation.objects.visible_to(viewer).filter(commitment_id__in=ids).order_by("id")
    )
    reports = _by_commitment(
        ProgressReport.objects.visible_to(viewer)
        .filter(commitment_id__in=ids, submitted_on__lte=day)
        .exclude(state="draft")
        .select_related("period")
    )
    evidence = Counter(
        Evidence.objects.visible_to(viewer).filter(report__commitment_id__in=ids).values_list("report_id", flat=True)
    )
    ties = _by_commitment(
        Tie.objects.visible_to(viewer).filter(commitment_id__in=ids).select_related("provision__framework")
    )
    milestones = _by_commitment(Milestone.objects.visible_to(viewer).filter(commitment_id__in=ids))
    periods = defaultdict(list)
    for period in ReportingPeriod.objects.visible_to(viewer).filter(network__place__code=place, due_date__lte=day):
        periods[period.network_id].append(period)
    ratings = contributor_ratings(viewer, ids)
    views = []
    for row in rows:
        state = states.get(row.id)
        if state is None:
            continue
        duty = reports_owed(row, state, periods[row.network_id], participations[row.id], reports[row.id], organisations)
        views.append(
            _view(
                row,
                state,
                day=day,
                language=language,
                organisations=organisations,
                participations=participations[row.id],
                reports=latest_reports(reports[row.id], evidence, organisations, language),
                ties=ties[row.id],
                milestones=milestones[row.id],
                duty=duty,
                ratings=ratings.get(row.id, Counter()),
            )
        )
    return tuple(views)


def _by_commitment(rows: Iterable[object]) -> dict[int, list]:  # type: ignore[type-arg]  # rows of several nouns
    grouped: dict[int, list] = defaultdict(list)  # type: ignore[type-arg]
    for row in rows:
        grouped[row.commitment_id].append(row)  # type: ignore[attr-defined]  # every noun asked has it
    return grouped


def states_on(day: date, viewer: Viewer, commitments: list[int], language: str) -> dict[int, StateOnDay]:
    """The state of each commitment on `day`; one that was first proposed later is left out.

    A change on an unknown day counts as made before.
    """
    states: dict[int, StateOnDay] = {}
    changes = CommitmentChange.objects.visible_to(viewer).filter(commitment_id__in=commitments)
    for change in changes.order_by("commitment_id", "id"):
        if change.date is None or change.date <= day:
            states[change.commitment_id] = StateOnDay(change.to_state, change.date, said(change.reason, language))
    return states


def reports_owed(
    commitment: Commitment,
    state: StateOnDay,
    periods: list[ReportingPeriod],
    participations: list[Participation],
    reports: list[ProgressReport],
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
    reports: list[ProgressReport], evidence: Mapping[int, int], organisations: OrganisationBook, language: str
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


def contributor_ratings(viewer: Viewer, commitments: list[int]) -> dict[int, Counter[str]]:
    """Published ratings by contributors, counted apart from the three voices, per commitment and step."""
    ratings: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Contribution.objects.visible_to(viewer).filter(commitment_id__in=commitments, state="published")
    for commitment, scale_code, rating in rows.exclude(rating="").values_list("commitment_id", "scale", "rating"):
        ratings[commitment][scale(scale_code).step(rating).label("en")] += 1
    return ratings


def _view(
    row: Commitment,
    state: StateOnDay,
    *,
    day: date,
    language: str,
    organisations: OrganisationBook,
    participations: list[Participation],
    reports: tuple[ReportView, ...],
    ties: list[Tie],
    milestones: list[Milestone],
    duty: Duty,
    ratings: Counter[str],
) -> CommitmentView:
    current = [
        part
        for part in participations
        if not part.end_unknown
        and (part.to_date is None or part.to_date >= day)
        and (part.from_date is None or part.from_date <= day)
    ]
    named = [(part.role in LEADING, organisations.name(part.organisation_id)) for part in current or participations]
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
        objectives=tuple(sorted({number for tie in ties if (number := objective_of(tie))})),
        ties=tuple(sorted({(tie.provision.framework.code, tie.provision.code) for tie in ties})),
        reports=reports,
        milestones_done=sum(1 for m in milestones if m.done_on and m.done_on <= day),
        milestones=len(milestones),
        overdue=state.state not in FINAL and row.due_date is not None and row.due_date < day,
        reports_due=duty.due,
        reports_missing=duty.missing,
        answers=tuple(sorted(tie.provision.code for tie in ties if tie.purpose == TiePurpose.ANSWERS)),
        matches=tuple(sorted(match.code for match in row.matches.all())),
        contributions=rated if rated >= SHOWN_FROM else 0,
        contribution_summary="; ".join(f"{label}: {n}" for label, n in sorted(ratings.items()))
        if rated >= SHOWN_FROM
        else "",
    )


def objective_of(tie: Tie) -> int | None:
    """The objective of the Compact that a tie leads to, from a tie to it or to one of its actions; None for others."""
    if tie.provision.framework.code != "gcm":
        return None
    number = tie.provision.code.partition(".")[0]
    return int(number) if number.isdigit() else None
