"""Figures and assessments, as readers know them."""

from dataclasses import dataclass
from typing import Literal

from waymark.gcm.assessing import is_assessable
from waymark.gcm.indicators import NATIONAL
from waymark.gcm.periods import parse_period

Way = Literal["rise", "fall", "none", ""]
"""Which way a figure went; "" where there is nothing to compare."""
Movement = Literal["improved", "worsened", "unchanged", "at its limit", ""]
"""Our word for what a change means; "" where neither more nor less is better, or nothing can be compared."""


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
    detail: str = ""  # the publisher's own note, or how we added it up

    @property
    def end_year(self) -> int:
        """The year in which its period ends: of a span of years, the last. How old a figure is counts from it."""
        return parse_period(self.period).end_year if self.period else self.year


@dataclass(frozen=True, slots=True)
class AlternativeView:
    """A figure of a series that is not shown, and the rule by which another of its year is."""

    year: int
    value: float
    source: str
    nature: str
    period: str
    detail: str
    decided: str  # why the other one is shown, "" where the shown way of counting has none of this year


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """What one method says of one series; `category` is "" and `reason` set when it cannot say.

    `label` is the method's whole word for the category, `movement` ours for the change between the same two values.
    `improving`: the method's category counts as progress, and the value did move the wanted way.
    A result that is `old` rests on a figure more than five years older than the as-of date: shown with its age, and
    not counted.
    """

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
    label: str = ""
    movement: Movement = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class CourseView:
    """Which way the numbers of a series went: from the base to the latest, and in the last step before it.

    `turned_in` is the year of the highest (or lowest) figure since the base, where it lies far enough beyond both base
    and latest (`course.notable`): a turn where the last step goes against the whole way. `movement` is our word; the
    rise or fall is a fact of its own.
    """

    base_year: int | None
    base_value: float | None
    previous_year: int | None
    previous_value: float | None
    latest_year: int
    latest_value: float
    since_base: Way
    last_step: Way
    turned_in: int | None
    turned_at: float | None
    movement: Movement


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
    """Each dimension in its latest year: disaggregation, year, value, source; of a bound, its sign and the bound."""
    alternatives: tuple[AlternativeView, ...]  # figures that were not chosen
    source: str
    missing: tuple[tuple[str, str, str], ...] = ()  # (period, why it has no value, source)
    after_break: tuple[Observation, ...] = ()  # counted another way, after the headline series ends; not compared
    joins: tuple[int, ...] = ()  # years whose observation is of another dataset or body than the one before it
    disaggregations: tuple[str, ...] = ()  # by what its figures may be broken down, as the definition says
    slice: str = ""  # whom or what the headline counts, in words, when it is not the total
    axis: str = ""  # the unit with the slice named, for an axis or the head of a column
    added_up: bool = False  # whether figures are sums of ours, of parts that the source gives
    course: CourseView | None = None  # None without a number
    withheld: tuple[str, ...] = ()  # dimensions of which every group is a small count that is not shown
    ended: tuple[tuple[str, int], ...] = ()  # dimensions with groups of earlier years alone, and the last year
    crossed: tuple[str, ...] = ()  # dimensions given only together with another, so that no group stands alone
    doubts: tuple[str, ...] = ()  # those caveats that question what a figure means
    window: str = ""  # of "in the last ten years" in the title: "ten years"
    target_part: float | None = None  # the part of the base figure that the target is, where it is one
    target_short: str = ""  # where the target is stated, in few words
    computed_from: str = ""  # title of the series that we worked figures out from, "" where the source gives them all
    unnamed: tuple[int, ...] = ()
    """Where the source names only those with the wanted answer: years in which it names others, and not this place."""
    parts: tuple[tuple[str, Observation], ...] = ()
    """Later figures of a part of a year, never compared: the month or day to which each goes, "" where unknown."""

    @property
    def target_is_ours(self) -> bool:
        """Whether the target is our reading of words without a number, a proposal."""
        return self.target is not None and is_ours(self.series, self.target_mark)

    @property
    def assessed(self) -> bool:
        """Whether it counts: the default method gives a category, from a figure that is young enough."""
        found = self.assessment
        return found is not None and not found.old and is_assessable(found.improving, self.context)

    @property
    def too_old(self) -> bool:
        """Whether the default method gives a category that does not count for the age of the figure alone."""
        found = self.assessment
        return found is not None and found.old and is_assessable(found.improving, self.context)

    @property
    def assessment(self) -> AssessmentView | None:
        """What the default method says, which is the first asked for."""
        return self.assessments[0] if self.assessments else None


def is_ours(series: str, target_mark: str) -> bool:
    """Whether a target is our proposal, by its mark: that of an indicator that a network defined is the network's."""
    return target_mark == "proposal" and not series.startswith(NATIONAL)


@dataclass(frozen=True, slots=True)
class VintageView:
    """How old the statistics are."""

    datasets: tuple[tuple[str, str], ...]  # (title, vintage or retrieval)
    latest_year: int | None
    series: int
    too_old: int
    without_data: int
    held: int = 0  # of indicators whose figures are held and not shown
    ended_early: int = 0  # series whose latest year is more than five years before the as-of date
