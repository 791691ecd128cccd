"""Axes: round steps for values, years that fit, and the words of a tick."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor, inf, log10
from statistics import median_high
from typing import NamedTuple

from waymark.engines.charts.drawing import text_width
from waymark.gcm.language import UnitKind, compact_number, decimals_for, format_number, rounded

_LEAST_SIZE = 1e-300
"""Values smaller than this are drawn as zero."""
_LEAST_SPAN = 0.1
"""The least span of a line's axis, as a share of the largest value."""
_SWING = 4.0
"""How far the mark of a broken axis swings to each side."""
_MILLION = 1_000_000
_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


class Axis(NamedTuple):
    """A value axis: its ends, its ticks and how many decimals they need."""

    low: float
    high: float
    ticks: tuple[float, ...]
    decimals: int

    def share(self, value: float) -> float:
        """Where a value lies from 0 (low) to 1 (high)."""
        return (value - self.low) / (self.high - self.low)


def limits(
    values: Sequence[float], kind: UnitKind, valid_min: float | None, valid_max: float | None
) -> tuple[float, float]:
    """What the values can be at all, infinite where nothing is known. A limit that a value breaks does not hold."""
    low = (0.0 if kind == "percent" else -inf) if valid_min is None else valid_min
    high = (100.0 if kind == "percent" else inf) if valid_max is None else valid_max
    return low if low <= min(values, default=low) else -inf, high if high >= max(values, default=high) else inf


@lru_cache(maxsize=1024)
def value_axis(
    least: float,
    most: float,
    *,
    from_zero: bool,
    whole: bool = False,
    steps: int = 5,
    valid: tuple[float, float] = (-inf, inf),
) -> Axis:
    """An axis of round steps around the values.

    `from_zero` always includes zero (bars). Lines include it when it is near: when leaving it out would save less than
    half of the height; and they span at least a tenth of the largest value, so that a wobble does not look like a
    fall. `whole` is for counts: no tick between whole numbers, and zero for counts below ten. `valid` are the limits of
    what can be (see `limits`): no tick stands beyond them.
    """
    size = max(abs(least), abs(most))
    if not from_zero and most - least < size * _LEAST_SPAN:
        middle = (least + most) / 2
        least, most = middle - size * _LEAST_SPAN / 2, middle + size * _LEAST_SPAN / 2
    if from_zero or (whole and size < 10) or (least >= 0 and least <= most / 2) or (most <= 0 and most >= least / 2):
        least, most = min(least, 0.0), max(most, 0.0)
    if size < _LEAST_SIZE:
        least, most = 0.0, 1.0
    least, most = max(least, valid[0]), min(most, valid[1])
    raw = (most - least) / steps
    power = 10.0 ** floor(log10(raw))
    step = next(power * round_part for round_part in (1, 2, 5, 10) if raw <= power * round_part * 1.000001)
    step = max(step, 1.0) if whole else step
    first, last = floor(least / step + 1e-9), ceil(most / step - 1e-9)
    decimals = max(0, -floor(log10(step) + 1e-9))
    ticks = tuple(
        round(number * step, decimals) if decimals < 15 else number * step for number in range(first, last + 1)
    )
    if ticks[0] < valid[0] or ticks[-1] > valid[1]:
        ticks = _within(ticks, step, valid)
        decimals = decimals_for(ticks, "index")
    return Axis(ticks[0], ticks[-1], ticks, decimals)


def _within(ticks: tuple[float, ...], step: float, valid: tuple[float, float]) -> tuple[float, ...]:
    """Ticks cut off at the limits, which become the ends; a tick too near to an end gives way to it."""
    low, high = max(ticks[0], valid[0]), min(ticks[-1], valid[1])
    inner = (tick for tick in ticks if low + 0.45 * step <= tick <= high - 0.45 * step)
    return (low, *inner, high)


def tick_text(axis: Axis, tick: float, language: str) -> str:
    """The words of a tick: written out below a million, short from there, powers of ten beyond reading."""
    if tick == 0:
        return "0"
    reach = max(abs(axis.low), abs(axis.high))
    if reach >= 1_000_000 or axis.decimals > 6:
        return compact_number(tick, language)
    return format_number(tick, language, axis.decimals)


def fitting(value: float, language: str, decimals: int, room: float, kind: UnitKind = "index") -> str:
    """A value written out, or in its short form when the written one is wider than `room` or would read as zero.

    Money of a million and more stands beside its mark in the short form that sentences have; in a table, which has
    all the room, it is written out.
    """
    short_money = kind == "money" and abs(value) >= _MILLION and room < inf
    if short_money or (value and not rounded(value, decimals)):
        return compact_number(value, language, kind)
    text = format_number(value, language, decimals)
    return text if text_width(text) <= room else compact_number(value, language, kind)


def broken(axis: Axis, valid: tuple[float, float] = (-inf, inf)) -> bool:
    """Whether an axis leaves out zero below its values, though the values could go that low."""
    return axis.low > max(0.0, valid[0])


@lru_cache(maxsize=1024)
def year_ticks(years: tuple[int, ...], room: int) -> tuple[int, ...]:
    """As many years of the data, which rise, as leave `room` gaps: the first, the last, and round ones between.

    Between them stand years that divide by the step (1, 2, 5, 10 …); where the data hold none of these, those that lie
    far enough apart. No tick names a year without a point.
    """
    first, last = years[0], years[-1]
    least = (last - first) / max(room, 1)
    step = next((step for step in _YEAR_STEPS if step >= least), _YEAR_STEPS[-1])
    inner = [year for year in years[1:-1] if min(year - first, last - year) >= least]
    chosen = _apart([year for year in inner if year % step == 0], least) or _apart(inner, least)
    return tuple(dict.fromkeys((first, *chosen, last)))


def _apart(years: Sequence[int], least: float) -> list[int]:
    """The years that lie at least so far from the one before."""
    chosen: list[int] = []
    for year in years:
        if not chosen or year - chosen[-1] >= least:
            chosen.append(year)
    return chosen


def zigzag(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """The points of the mark of a broken axis, between two points that lie above or beside each other."""
    (x, y), (u, v) = start, end
    aside = (_SWING, 0.0) if x == u else (0.0, _SWING)
    turns = ((0.0, 0), (0.25, -1), (0.5, 1), (0.75, -1), (1.0, 0))
    return [(x + share * (u - x) + side * aside[0], y + share * (v - y) + side * aside[1]) for share, side in turns]


def usual_interval(years: tuple[int, ...]) -> int:
    """The interval at which a series is published: the middle one, the longer of two in the middle; 1 when unknown.

    Of surveys at no fixed interval it is one that they have; only twice as long a one then leaves a figure out.
    """
    intervals = [later - earlier for earlier, later in pairwise(years)]
    return median_high(intervals) if intervals else 1


def gaps(years: tuple[int, ...]) -> frozenset[int]:
    """The years before which a figure is missing that the series normally has: at least one usual interval is left out.

    Five years after four are no gap, and neither are three after two; two after one are one.
    """
    usual = usual_interval(years)
    return frozenset(later for earlier, later in pairwise(years) if later - earlier >= 2 * usual)
