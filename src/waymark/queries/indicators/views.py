"""Figures and assessments, as readers know them."""

from dataclasses import dataclass

from waymark.gcm.indicators import is_assessable


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
    breakdown: tuple[tuple[str, int, float | None, str, str, float | None], ...]
    """Of the latest year: disaggregation, year, value, source; where there is a bound, its sign and the bound."""
    alternatives: tuple[tuple[int, float, str], ...]  # (year, value, source) that were not chosen
    source: str
    missing: tuple[tuple[str, str, str], ...] = ()  # (period, why it has no value, source)
    after_break: tuple[Observation, ...] = ()  # counted another way, after the headline series ends; not compared
    joins: tuple[int, ...] = ()  # years whose observation is of another dataset or body than the one before it

    @property
    def assessed(self) -> bool:
        """Whether the default method could assess it."""
        return self.assessment is not None and is_assessable(self.assessment.improving, self.context)

    @property
    def assessment(self) -> AssessmentView | None:
        """What the default method says, which is the first asked for."""
        return self.assessments[0] if self.assessments else None


@dataclass(frozen=True, slots=True)
class VintageView:
    """How old the statistics are."""

    datasets: tuple[tuple[str, str], ...]  # (title, vintage or retrieval)
    latest_year: int | None
    series: int
    too_old: int
    without_data: int
    ended_early: int = 0  # series whose latest year is more than five years before the as-of date
