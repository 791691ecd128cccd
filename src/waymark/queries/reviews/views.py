"""What a review knows: one tree of frozen dataclasses, read once, from which every output is made.

Figures are kept as numbers with the source they came from; words are formatted later (papers).
Dates are ISO text, "" when unknown. `source` fields hold keys of `ReviewData.sources`.
"""

from dataclasses import dataclass, field

from waymark.gcm.recorded import RecordedReview
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.documents.views import EvidenceView
from waymark.queries.indicators.views import StatisticView, VintageView
from waymark.queries.networks.views import NetworkView, ParticipationView
from waymark.queries.sources.views import SourceView


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding of the review: progress, challenge, opportunity, emerging issue or next step."""

    kind: str
    text: str
    drafted_by: str
    confirmed: bool
    source: str
    mark: str = ""
    provision: str = ""  # "framework:code" of what it is about, "" for the whole review
    about: str = ""  # the same in words; "" for the whole review and for an objective of the Compact


@dataclass(frozen=True, slots=True)
class GapView:
    """Something missing, and what would be needed.

    `short` is the subject with what is special to it, for a list whose kind says the rest; "" for the subject alone.
    """

    kind: str  # "no figure", "held, not shown", "no disaggregation", "no evidence", ..., or why one is not assessed
    subject: str
    needed: str
    short: str = ""


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
    findings: tuple[FindingView, ...]
    gaps: tuple[GapView, ...]
    no_value: tuple[tuple[str, str, str, str], ...] = ()
    """Of indicators without any figure, where somebody said why: title, period, reason, source."""

    @property
    def known(self) -> bool:
        """Whether the record or the statistics hold anything on it."""
        return bool(self.statistics or self.commitments or self.evidence or self.findings or self.no_value)


@dataclass(frozen=True, slots=True)
class PrincipleView:
    """A guiding principle of the Compact, and what the record ties to it; `place` is where the text names it."""

    code: str
    title: str
    place: str
    commitments: tuple[tuple[str, str], ...]  # (code, title)
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """A text that is followed up beside the Compact; `provisions` counts its parts on record, 0 when none is."""

    code: str
    title: str
    issuer: str
    edition: str
    date: str
    provisions: int
    source: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class PositionView:
    """What the country or an organisation thinks of a text; `entered_from` is the paper from which it was entered."""

    holder: str
    subject: str
    stance: str
    date: str
    text: str
    source: str
    mark: str = ""
    note: str = ""
    entered_from: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """A recommendation of the last cycle and what became of it."""

    code: str
    text: str
    objectives: tuple[int, ...]
    stance: str  # what the country said: "supported", "supported in part", "noted", "" when nothing
    stance_text: str
    status: str  # "completed", "acted on", "planned", "dropped", "open"
    commitments: tuple[tuple[str, str, str], ...]  # (code, title, state)
    source: str


@dataclass(frozen=True, slots=True)
class AdviceView:
    """A recommendation that this review makes; `addressee` is who is asked to act, "" for the whole country."""

    code: str
    text: str
    objectives: tuple[int, ...]
    addressee: str
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
    newer: int = 0  # series with a figure of a later year than the previous cycle
    newer_before: tuple[int, int, int] = (0, 0, 0)  # of those, then: improving, not improving, at their limit
    newer_now: tuple[int, int, int] = (0, 0, 0)  # of those, now


@dataclass(frozen=True, slots=True)
class EditionNumber:
    """Which edition the files are to become, and which one it replaces: its number and day, and when it was withdrawn.

    `replaces` is None for a first edition.
    """

    number: int
    replaces: int | None = None
    replaces_of: str = ""
    replaces_withdrawn: str = ""


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
    findings: tuple[FindingView, ...]  # about the whole review or another text, not one objective
    recommended: tuple[AdviceView, ...]  # by this review itself
    methods: tuple[str, ...]
    sources: tuple[SourceView, ...]
    edition: EditionNumber | None = None  # None for a working copy
    principles: tuple[PrincipleView, ...] = ()
    texts: tuple[TextView, ...] = ()
    without_objective: int = 0  # commitments that are tied to no objective of the Compact
    contributions: int = 0  # of the public to consultations, published
    record: RecordedReview | None = None  # what another installation takes in of it; None without a review on record
    statistics: dict[str, StatisticView] = field(default_factory=dict)  # by indicator code
