"""What the record holds on the commitments of a place or a network, read once; `reading` judges it by a day.

Three statements, whatever the number of commitments: they with what hangs on them, reports, reporting periods with who
owes a report when and who is excused. A fourth reads the papers from which reports were entered, where these are on
record.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from waymark.gcm.lists import Voice
from waymark.queries.nested import Nested, number_within, titles
from waymark.records.commitments import Commitment, CommitmentChange, Following, Milestone, Participation, Tie
from waymark.records.consultations import Contribution
from waymark.records.documents import Document
from waymark.records.frameworks import Provision
from waymark.records.reports import DueDate, Evidence, Excuse, ProgressReport, ReportingPeriod
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


class PeriodRow(NamedTuple):
    """A reporting period, by its days, and how many days its network has to answer a report."""

    id: int
    title: Mapping[str, str]
    from_date: date
    to_date: date
    keeper: str
    network__days_to_accept: int


class ReportRow(NamedTuple):
    """A report that was handed in. `paper_title` is None when its paper has none that the viewer may see.

    What it says is the text of its JSON: of the many that were read, the few that are shown are taken apart.
    """

    id: int
    commitment_id: int
    period_id: int
    period__to_date: date
    organisation_id: int
    keeper: str
    voice: str
    state: str
    scale: str
    rating: str
    empty_reason: str
    narrative_json: str
    submitted_on: date
    accept_by: date | None
    corrected_on: date | None
    corrects_id: int | None
    correction_json: str
    paper_date: date | None
    paper_words: str
    proofs: int | None
    paper_title: Mapping[str, str] | None


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
    reports: tuple[ReportRow, ...]


Owed = tuple[int, int]
"""Ids of a period and of an organisation that reports on it."""


@dataclass(frozen=True, slots=True)
class CommitmentRows:
    """The commitments by code, the reporting periods, by when who reports on them, and who is excused."""

    commitments: tuple[CommitmentRow, ...]
    periods: Mapping[int, PeriodRow]
    due: Mapping[Owed, date]
    excused: frozenset[Owed]


def commitments_read(place: str, viewer: Viewer, network: str = "") -> CommitmentRows:
    """All commitments of a place's networks that `viewer` may see, of all days.

    With the code of a network: those that it keeps or follows, each with the reports of its own desk, and those of its
    implementers at home.
    """
    asked = Commitment.objects.order_by().filter(_of_network(network) if network else Q(network__place__code=place))
    reports = defaultdict(list)
    for report in _reports(asked, viewer, network):
        reports[report.commitment_id].append(report)
    commitments = _commitments(asked, viewer, {key: tuple(rows) for key, rows in reports.items()})
    return CommitmentRows(commitments, *_periods(asked, viewer, network))


def _periods(
    asked: QuerySet[Commitment], viewer: Viewer, network: str
) -> tuple[dict[int, PeriodRow], dict[Owed, date], frozenset[Owed]]:
    """The periods of the networks that keep the commitments, and of the one that asks, with due dates and excuses."""
    due = Nested(DueDate.objects.visible_to(viewer), "period", ("organisation_id", "due_date"))
    excused = Nested(Excuse.objects.visible_to(viewer), "period", ("organisation_id",))
    kept = Q(network__in=asked.values("network")) | (Q(keeper=network) if network else Q())
    rows = ReportingPeriod.objects.visible_to(viewer).filter(kept).order_by()
    rows = rows.annotate(all_due=due.within(), all_excused=excused.within())
    periods: dict[int, PeriodRow] = {}
    days: dict[Owed, date] = {}
    free: set[Owed] = set()
    for *values, all_due, all_excused in rows.values_list(*PeriodRow._fields, "all_due", "all_excused"):
        period = PeriodRow(*values)
        periods[period.id] = period
        days.update({(period.id, body): day for body, day in due.read(all_due)})
        free.update((period.id, body) for (body,) in excused.read(all_excused))
    return periods, days, frozenset(free)


def _of_network(network: str) -> Q:
    follows = Following.objects.standing().filter(network__code=network, state="agreed")
    return Q(keeper=network) | Q(pk__in=follows.order_by().values("commitment"))


def _reports(asked: QuerySet[Commitment], viewer: Viewer, network: str) -> list[ReportRow]:
    """Reports that were handed in, with how much evidence each names."""
    rows = ProgressReport.objects.visible_to(viewer).filter(commitment__in=asked.values("pk"))
    rows = rows.filter(submitted_on__isnull=False).exclude(state__in=("draft", "released"))
    if network:
        rows = rows.filter(Q(keeper=network) | Q(voice=Voice.IMPLEMENTER, keeper=F("commitment__keeper")))
    rows = rows.annotate(
        proofs=number_within(Evidence.objects.visible_to(viewer), "report"),
        narrative_json=Cast("narrative", TextField()),
        correction_json=Cast("correction_reason", TextField()),
    )
    order = ("commitment_id", "period_id", "voice", "organisation_id", "id")
    found = list(rows.order_by(*order).values_list(*ReportRow._fields[:-1], "paper_id"))
    papers = titles(Document, viewer, {row[-1] for row in found if row[-1] is not None})
    return [ReportRow._make((*row[:-1], papers.get(row[-1]))) for row in found]


def _commitments(
    asked: QuerySet[Commitment], viewer: Viewer, reports: Mapping[int, tuple[ReportRow, ...]]
) -> tuple[CommitmentRow, ...]:
    changes = Nested(CommitmentChange.objects.visible_to(viewer), "commitment", ("date", "to_state", "reason"))
    parts = Nested(Participation.objects.visible_to(viewer), "commitment", Part._fields)
    tied = ("provision__framework__code", "provision__code", "purpose")
    told = Tie.objects.visible_to(viewer).filter(provision__in=Provision.objects.visible_to(viewer))
    ties = Nested(told, "commitment", tied)
    steps = Nested(Milestone.objects.visible_to(viewer), "commitment", ("done_on",))
    rated = Contribution.objects.visible_to(viewer).filter(state="published").exclude(rating="")
    ratings = Nested(rated, "commitment", ("scale", "rating"))
    matches = Nested(Commitment.objects.visible_to(viewer), "matched_by", ("code",))
    rows = asked.visible_to(viewer).order_by("code")  # type: ignore[attr-defined]  # every record's query has it
    gathered = {
        "all_changes": changes.within(), "all_parts": parts.within(), "all_ties": ties.within(),
        "all_steps": steps.within(), "all_ratings": ratings.within(), "all_matches": matches.within(),
    }  # fmt: skip
    rows = rows.annotate(**gathered)
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
        for row in rows.values_list(*kept, *gathered, named=True)
    )
