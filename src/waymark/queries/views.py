"""What a review knows: one tree of frozen dataclasses, read once, from which every output is made.

Figures are kept as numbers with the source they came from; words are formatted later (queries/reports).
Dates are ISO text, "" when unknown. `source` fields hold keys of `ReviewData.sources`.
"""

from dataclasses import dataclass, field

from waymark.queries.document_views import EvidenceView, Suggestions


@dataclass(frozen=True, slots=True)
class SourceView:
    """One answer to "how do we know?": a dataset's series for one place, a document, or a record of the network."""

    key: str
    kind: str  # "dataset", "document", "record", "catalogue"
    publisher: str
    title: str
    series: str = ""
    years: str = ""  # years used, such as "2011–2017"
    retrieved: str = ""  # ISO date or "unknown"
    sha256: str = ""
    licence: str = ""
    address: str = ""
    locator: str = ""  # member and rows of the file, page, paragraph
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a series: year, value, nature of the value as its source says, and its cell in the file."""

    year: int
    value: float | None
    nature: str
    source: str
    row: int
    qualifier: str = ""
    bound: float | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """What one method says of one series; `category` is "" and `reason` set when it cannot say."""

    method: str
    version: str
    category: str
    improving: bool | None
    reason: str
    base_year: int | None
    base_value: float | None
    latest_year: int | None
    latest_value: float | None
    target: float | None
    target_year: int | None
    value: float | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatisticView:
    """One indicator's headline series for the place, with what each method says of it."""

    indicator: str
    series: str
    framework_code: str
    title: str
    short: str
    meaning: str
    unit: str
    unit_label: str
    direction: str
    target: float | None
    target_year: int | None
    target_source: str
    target_mark: str
    traits: tuple[str, ...]
    valid_min: float | None
    valid_max: float | None
    objectives: tuple[int, ...]
    context: str  # "" or "outside the Compact"
    caveats: str
    decision: str
    disagg: str
    observations: tuple[Observation, ...]
    before_break: tuple[Observation, ...]  # counted another way, before the headline series begins; not comparable
    assessments: tuple[AssessmentView, ...]
    breakdown: tuple[tuple[str, int, float, str], ...]  # (disaggregation, year, value, source) of the latest year
    alternatives: tuple[tuple[int, float, str], ...]  # (year, value, source) that were not chosen
    source: str

    @property
    def assessed(self) -> bool:
        """Whether the default method could assess it."""
        return bool(self.assessment and self.assessment.improving is not None and not self.context)

    @property
    def assessment(self) -> AssessmentView | None:
        """What the default method says, which is the first asked for."""
        return self.assessments[0] if self.assessments else None


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation under the name it had on the as-of date; `formerly` holds names that stand in the record."""

    urn: str
    name: str
    kind: str
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportView:
    """The latest accepted or submitted report of one organisation in one voice."""

    voice: str
    organisation: str
    period: str
    state: str
    scale: str
    rating: str  # label of the step, "" when none was given
    share: float | None  # completion that the scale gives the step, 0 to 1; None when the scale gives none
    narrative: str
    empty_reason: str
    evidence: int
    date: str


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment: who, what, by when, how far, in each voice apart."""

    urn: str
    code: str
    title: str
    kind: str
    state: str
    reason: str
    state_date: str
    start: str
    due: str
    metric: str
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    objectives: tuple[int, ...]
    ties: tuple[tuple[str, str], ...]  # (framework, provision)
    reports: tuple[ReportView, ...]
    milestones_done: int
    milestones: int
    overdue: bool
    reports_due: int
    reports_missing: int
    answers: tuple[str, ...]  # recommendations it follows
    matches: tuple[str, ...]  # matched pledges, by code
    contributions: int = 0  # ratings by organisations without an account; shown from three on
    contribution_summary: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding of the review: progress, challenge, opportunity, emerging issue or next step."""

    kind: str
    text: str
    drafted_by: str
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class GapView:
    """Something missing, and what would be needed."""

    kind: (
        str  # "no statistic", "too old", "one point", "no commitment", "no report", "no evidence", "no disaggregation"
    )
    subject: str
    needed: str


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """Everything known about one objective."""

    number: int
    title: str
    label: str
    label_mark: str
    paragraph: str
    asks: str
    sdg_targets: tuple[str, ...]
    round_table: int | None
    statistics: tuple[StatisticView, ...]
    without_data: tuple[str, ...]  # titles of indicators for which no figure is held
    questions: tuple[str, ...]  # yes, partly or no questions where no statistic suits
    commitments: tuple[CommitmentView, ...]
    evidence: tuple[EvidenceView, ...]
    suggestions: Suggestions
    findings: tuple[FindingView, ...]
    gaps: tuple[GapView, ...]

    @property
    def assessable(self) -> int:
        """How many of the objective's statistics the default method can assess."""
        return sum(1 for s in self.statistics if s.assessed)

    @property
    def improving(self) -> int:
        """How many of them improve."""
        return sum(1 for s in self.statistics if s.assessed and s.assessment and s.assessment.improving)


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting of the network as the public may see it."""

    date: str
    title: str
    place: str
    statements: tuple[tuple[str, str, str], ...]  # (speaker and post, words, source)
    decisions: tuple[str, ...]
    attendance: int | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of a network on the as-of date."""

    organisation: OrganisationView
    role: str
    since: str
    until: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A network or government body of the place."""

    urn: str
    name: str
    kind: str
    founded: str
    members: tuple[MemberView, ...]
    working_groups: tuple[str, ...]
    vacancies: tuple[str, ...]
    meetings: tuple[MeetingView, ...]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class PositionView:
    """What the country or an organisation thinks of a text."""

    holder: str
    subject: str
    stance: str
    date: str
    text: str
    source: str
    mark: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """A recommendation of the last cycle and what became of it."""

    code: str
    text: str
    objectives: tuple[int, ...]
    stance: str  # what the country said: "supported", "supported in part", "noted", "" when nothing
    stance_text: str
    status: str  # "acted on", "completed", "dropped", "open"
    commitments: tuple[tuple[str, str, str], ...]  # (code, title, state)
    source: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One of several conflicting statements about the same thing."""

    value: str
    source: str
    chosen: bool
    mark: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Sources that disagree, side by side, with the rule that chose one ("" when none was chosen)."""

    subject: str
    subject_words: str
    attribute: str
    claims: tuple[ClaimView, ...]
    rule: str
    objective: int | None = None


@dataclass(frozen=True, slots=True)
class FactView:
    """Something that one source says about a record of the place, with no other source against it."""

    subject_words: str
    attribute: str
    value: str
    date: str
    source: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One objective in the previous cycle and in this one, counted by the same rules."""

    objective: int
    commitments_before: int
    commitments_now: int
    completed_before: int
    completed_now: int
    improving_before: tuple[int, int]
    improving_now: tuple[int, int]
    findings_before: int
    findings_now: int
    too_old_before: int = 0
    too_old_now: int = 0


@dataclass(frozen=True, slots=True)
class ParticipationView:
    """Whole-of-government and whole-of-society: who takes part, by kind, counted from the record."""

    kind: str
    label: str
    members: int
    with_commitments: int
    with_reports: int


@dataclass(frozen=True, slots=True)
class VintageView:
    """How old the statistics are."""

    datasets: tuple[tuple[str, str], ...]  # (title, vintage or retrieval)
    latest_year: int | None
    series: int
    too_old: int
    without_data: int
    ended_early: int = 0  # series whose latest year is more than five years before the as-of date


@dataclass(frozen=True, slots=True)
class ReviewData:
    """The whole review of one place for one cycle and one audience, as of one date."""

    place: str
    place_name: str
    place_name_checked: bool  # against the United Nations' own names; a fictional name needs no check
    place_note: str
    m49: str
    regions: tuple[str, ...]
    cycle: str
    cycle_title: str
    cycle_dates: str
    previous_cycle: str
    previous_cycle_title: str
    as_of: str
    audience: str
    language: str
    marking: str
    publishing_body: str
    vintage: VintageView
    objectives: tuple[ObjectiveView, ...]
    networks: tuple[NetworkView, ...]
    participation: tuple[ParticipationView, ...]
    timeline: tuple[tuple[str, str, str], ...]  # (date, words, source)
    positions: tuple[PositionView, ...]
    recommendations: tuple[RecommendationView, ...]
    comparison: tuple[ComparisonRow, ...]
    conflicts: tuple[ConflictView, ...]
    facts: tuple[FactView, ...]  # single claims: strategies, events, and what was looked for and not found
    findings: tuple[FindingView, ...]  # about the whole review, not one objective
    methods: tuple[str, ...]
    sources: tuple[SourceView, ...]
    statistics: dict[str, StatisticView] = field(default_factory=dict)  # by indicator code

    def source_number(self, key: str) -> int:
        """The number of a source in the list of citations, from 1."""
        return next(n for n, source in enumerate(self.sources, 1) if source.key == key)
