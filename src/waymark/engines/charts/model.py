"""What a chart shows, apart from how it is drawn. All are frozen, so that a chart can be a key of a cache.

Values are numbers as the source gives them; None is a missing value and makes a gap, never a zero. Labels are words in
the chart's `language`. `direction` mirrors the drawing for scripts written from right to left, but not the numbers.
"""

from dataclasses import dataclass
from math import isfinite
from typing import Literal

from waymark.gcm.language import Direction
from waymark.gcm.periods import parse_period

State = Literal["done", "under_way", "not_started", "dropped", "unknown"]

MOST_SERIES = 4
"""More lines than this cannot be told apart by labels alone (visual rules)."""


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One line: points as (year, value or None, whether it is an estimate); the subject, or context in grey.

    `periods` are (year, period) of points that stand for more or less than the year, such as (2015, "2015-2020"), as
    `gcm.periods` reads them; the label of the last value and the table show them. `breaks` are years from which on the
    points come from somewhere else than those before: the line is interrupted there, and a mark shows it.
    """

    label: str
    points: tuple[tuple[int, float | None, bool], ...]
    subject: bool = True
    periods: tuple[tuple[int, str], ...] = ()
    breaks: tuple[int, ...] = ()

    def period(self, year: int) -> str:
        """The period of the point of a year, in its canonical form; the year itself when none is given."""
        return parse_period(dict(self.periods).get(year, str(year))).text

    def __post_init__(self) -> None:
        years = [year for year, _, _ in self.points]
        if years != sorted(set(years)):
            raise ValueError(f"Series {self.label!r}: years must rise and not repeat, given {years}")
        _check_values(self.label, [value for _, value, _ in self.points])
        if strange := sorted({year for year, _ in self.periods} - set(years)):
            raise ValueError(
                f"Series {self.label!r}: periods are given for {strange}, which are no years of its points"
            )
        if strange := sorted(set(self.breaks) - set(years)):
            raise ValueError(f"Series {self.label!r}: breaks are given for {strange}, which are no years of its points")


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target that a source states: its value, the year it is due when there is one, and a word or two of label."""

    value: float
    year: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class LineChart:
    """Values over years. `unit`, a code of the observations, decides decimals; `unit_label` is what readers see.

    `valid_min` and `valid_max` are what a value can be at all: the axis stops there, as long as every value keeps to
    them. Percentages between 0 and 100 have these limits without being told.
    """

    title: str
    description: str
    unit_label: str
    series: tuple[ChartSeries, ...]
    target: TargetLine | None = None
    language: str = "en"
    direction: Direction = "ltr"
    unit: str = ""
    valid_min: float | None = None
    valid_max: float | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"A line chart shows 1 to {MOST_SERIES} series, given {len(self.series)}")
        if self.target is not None:
            _check_values(self.target.label, [self.target.value])


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar or dot: its label, its value (None when there is no figure), and whether it is the subject or context."""

    label: str
    value: float | None
    subject: bool = False
    estimated: bool = False
    year: int | None = None

    def __post_init__(self) -> None:
        _check_values(self.label, [self.value])


@dataclass(frozen=True, slots=True)
class BarChart:
    """Values side by side, always from zero, in the order given: callers never sort countries by result.

    `valid_min` and `valid_max` are as in `LineChart`.
    """

    title: str
    description: str
    unit_label: str
    bars: tuple[Bar, ...]
    language: str = "en"
    direction: Direction = "ltr"
    unit: str = ""
    valid_min: float | None = None
    valid_max: float | None = None


@dataclass(frozen=True, slots=True)
class DotChart:
    """A small set of values on a common scale that need not start at zero; limits as in `LineChart`."""

    title: str
    description: str
    unit_label: str
    bars: tuple[Bar, ...]
    language: str = "en"
    direction: Direction = "ltr"
    unit: str = ""
    valid_min: float | None = None
    valid_max: float | None = None


@dataclass(frozen=True, slots=True)
class StripCell:
    """Three facts about one objective, side by side and never combined into a grade.

    `completed` of `counted` commitments are completed as implementers say, and `state` is the shape of that; `dropped`
    and `superseded` ones are not among those counted. `evidence` says whether any is cited; `improving` of `assessable`
    statistics improve (None when none can be assessed). `href` opens the objective. Raises ValueError for counts that
    cannot be.
    """

    number: int
    label: str
    completed: int
    counted: int
    state: State
    evidence: bool
    improving: int | None = None
    assessable: int = 0
    href: str = ""
    dropped: int = 0
    superseded: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.completed <= self.counted or min(self.dropped, self.superseded) < 0:
            raise ValueError(
                f"Cell {self.number}: {self.completed} completed of {self.counted} counted, {self.dropped} dropped and "
                f"{self.superseded} superseded cannot be"
            )
        if self.assessable < 0 or (self.improving is not None and not 0 <= self.improving <= self.assessable):
            raise ValueError(
                f"Cell {self.number}: {self.improving} improving of {self.assessable} assessable cannot be"
            )

    @property
    def fill(self) -> float | None:
        """The share completed, from 0 to 1; None where no commitment counts, so that nobody can say."""
        return self.completed / self.counted if self.counted else None

    @property
    def share(self) -> str:
        """`3/5`, or an en dash when nothing can be assessed."""
        return f"{self.improving or 0}/{self.assessable}" if self.assessable else "–"


@dataclass(frozen=True, slots=True)
class ProgressStrip:
    """The signature: one cell per objective. `groups` are (label, numbers), such as the round tables of a forum."""

    title: str
    description: str
    cells: tuple[StripCell, ...]
    layout: Literal["row", "round-tables"] = "row"
    groups: tuple[tuple[str, tuple[int, ...]], ...] = ()
    language: str = "en"
    direction: Direction = "ltr"

    def __post_init__(self) -> None:
        numbers = sorted(cell.number for cell in self.cells)
        grouped = sorted(number for _, members in self.groups for number in members)
        if self.layout == "round-tables" and grouped != numbers:
            raise ValueError(f"Each cell belongs to exactly one group: cells {numbers}, grouped {grouped}")


Chart = LineChart | BarChart | DotChart | ProgressStrip


def _check_values(label: str, values: list[float | None]) -> None:
    """Refuse what cannot be drawn; a missing value is None."""
    for value in values:
        if value is not None and not isfinite(value):
            raise ValueError(f"{label!r}: {value} cannot be drawn; a missing value is None")
