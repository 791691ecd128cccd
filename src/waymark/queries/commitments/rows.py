"""What the record holds on the commitments of a place, read once; `reading` judges it by a day.

Three statements, whatever the number of commitments: they with what hangs on them, reports, reporting periods.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from waymark.queries.nested import Nested, number_within
from waymark.records.commitments import Commitment, CommitmentChange, Milestone, Participation, Tie
from waymark.records.consultations import Contribution
from waymark.records.reports import Evidence, ProgressReport, ReportingPeriod
from waymark.records.viewers import Viewer


class Change(NamedTuple):
    """One change of state."""

    date: date | None
    to_state: str
    reason: Mapping[str, str]


class Part(NamedTuple):
    """An organisation that takes part, and from when to when."""

    role: str
    organisation_id: int
    from_date: date | None
    to_date: date | None
    end_unknown: bool


class Served(NamedTuple):
    """A provision that a commitment is tied to."""

    framework: str
    provision: str
    purpose: str


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment with all that hangs on it and that the viewer may see, each noun in the order of its ids.

    `milestones` are the days on which they were reached, None for one that is not. `ratings` are the scale and step of
    published contributions, `matches` the codes of the commitments it matches.
    """

    id: int
    network_id: int
    urn: str
    code: str
    kind: str
    title: Mapping[str, str]
    metric: Mapping[str, str]
    start_date: date | None
    due_date: date | None
    changes: tuple[Change, ...]
    participations: tuple[Part, ...]
    ties: tuple[Served, ...]
    milestones: tuple[date | None, ...]
    ratings: tuple[tuple[str, str], ...]
    matches: tuple[str, ...]
    reports: tuple[ProgressReport, ...]


@dataclass(frozen=True, slots=True)
class CommitmentRows:
    """The commitments of a place by code, the reporting periods of its networks, how much proof each report has."""

    commitments: tuple[CommitmentRow, ...]
    periods: Mapping[int, tuple[ReportingPeriod, ...]]
    evidence: Mapping[int, int]


def commitments_read(place: str, viewer: Viewer) -> CommitmentRows:
    """All commitments of a place's networks that `viewer` may see, of all days."""
    reports = defaultdict(list)
    evidence: dict[int, int] = {}
    for report in _reports(place, viewer):
        reports[report.commitment_id].append(report)
        evidence[report.id] = report.proofs or 0  # type: ignore[attr-defined]  # annotated
    periods = defaultdict(list)
    for period in ReportingPeriod.objects.visible_to(viewer).filter(network__place__code=place):
        periods[period.network_id].append(period)
    return CommitmentRows(
        _commitments(place, viewer, {key: tuple(rows) for key, rows in reports.items()}),
        {network: tuple(rows) for network, rows in periods.items()},
        evidence,
    )


def _reports(place: str, viewer: Viewer) -> list[ProgressReport]:
    """Reports that were submitted, with how much evidence each names."""
    rows = ProgressReport.objects.visible_to(viewer).filter(commitment__network__place__code=place)
    rows = rows.filter(submitted_on__isnull=False).exclude(state="draft").select_related("period")
    return list(rows.annotate(proofs=number_within(Evidence.objects.visible_to(viewer), "report")))


def _commitments(
    place: str, viewer: Viewer, reports: Mapping[int, tuple[ProgressReport, ...]]
) -> tuple[CommitmentRow, ...]:
    changes = Nested(CommitmentChange.objects.visible_to(viewer), "commitment", ("date", "to_state", "reason"))
    parts = Nested(Participation.objects.visible_to(viewer), "commitment", Part._fields)
    tied = ("provision__framework__code", "provision__code", "purpose")
    ties = Nested(Tie.objects.visible_to(viewer), "commitment", tied)
    steps = Nested(Milestone.objects.visible_to(viewer), "commitment", ("done_on",))
    rated = Contribution.objects.visible_to(viewer).filter(state="published").exclude(rating="")
    ratings = Nested(rated, "commitment", ("scale", "rating"))
    matches = Nested(Commitment.objects.visible_to(viewer), "matched_by", ("code",))
    rows = Commitment.objects.visible_to(viewer).filter(network__place__code=place).order_by("code")
    rows = rows.annotate(
        all_changes=changes.within(), all_parts=parts.within(), all_ties=ties.within(), all_steps=steps.within(),
        all_ratings=ratings.within(), all_matches=matches.within(),
    )  # fmt: skip
    kept = ("id", "network_id", "urn", "code", "kind", "title", "metric", "start_date", "due_date")
    return tuple(
        CommitmentRow(
            **{name: getattr(row, name) for name in kept},
            changes=tuple(Change(*one) for one in changes.read(row.all_changes)),
            participations=tuple(Part(*one) for one in parts.read(row.all_parts)),
            ties=tuple(Served(*one) for one in ties.read(row.all_ties)),
            milestones=tuple(done for (done,) in steps.read(row.all_steps)),
            ratings=tuple((scale, step) for scale, step in ratings.read(row.all_ratings)),
            matches=tuple(code for (code,) in matches.read(row.all_matches)),
            reports=reports.get(row.id, ()),
        )
        for row in rows.only(*kept)
    )
