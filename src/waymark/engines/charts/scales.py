"""Axes: round steps for values, years that fit, and the words of a tick."""

from functools import lru_cache
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

from waymark.engines.charts.drawing import text_width
from waymark.gcm.language import compact_number, format_number, rounded

_LEAST_SIZE = 1e-300
"""Values smaller than this are drawn as zero."""
_LEAST_SPAN = 0.1
"""The least span of a line's axis, as a share of the largest value."""
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


@lru_cache(maxsize=1024)
def value_axis(least: float, most: float, *, from_zero: bool, whole: bool = False, steps: int = 5) -> Axis:
    """An axis of round steps around the values.

    `from_zero` always includes zero (bars). Lines include it when it is near: when leaving it out would save less than
    half of the height; and they span at least a tenth of the largest value, so that a wobble does not look like a
    fall. `whole` is for counts: no tick between whole numbers, and zero for counts below ten.
    """
    size = max(abs(least), abs(most))
    if not from_zero and most - least < size * _LEAST_SPAN:
        middle = (least + most) / 2
        least, most = middle - size * _LEAST_SPAN / 2, middle + size * _LEAST_SPAN / 2
    if from_zero or (whole and size < 10) or (least >= 0 and least <= most / 2) or (most <= 0 and most >= least / 2):
        least, most = min(least, 0.0), max(most, 0.0)
    if size < _LEAST_SIZE:
        least, most = 0.0, 1.0
    raw = (most - least) / steps
    power = 10.0 ** floor(log10(raw))
    step = next(power * round_part for round_part in (1, 2, 5, 10) if raw <= power * round_part * 1.000001)
    step = max(step, 1.0) if whole else step
    first, last = floor(least / step + 1e-9), ceil(most / step - 1e-9)
    decimals = max(0, -floor(log10(step) + 1e-9))
    ticks = tuple(
        round(number * step, decimals) if decimals < 15 else number * step for number in range(first, last + 1)
    )
    return Axis(ticks[0], ticks[-1], ticks, decimals)


def tick_text(axis: Axis, tick: float, language: str) -> str:
    """The words of a tick: written out below a million, short from there, powers of ten beyond reading."""
    if tick == 0:
        return "0"
    reach = max(abs(axis.low), abs(axis.high))
    if reach >= 1_000_000 or axis.decimals > 6:
        return compact_number(tick, language)
    return format_number(tick, language, axis.decimals)


def fitting(value: float, language: str, decimals: int, room: float) -> str:
    """A value written out, or in its short form when the written one is wider than `room` or would read as zero."""
    if value and not rounded(value, decimals):
        return compact_number(value, language)
    text = format_number(value, language, decimals)
    return text if text_width(text) <= room else compact_number(value, language)


@lru_cache(maxsize=1024)
def year_ticks(first: int, last: int, room: int) -> tuple[int, ...]:
    """At most about `room` years: the last, back in steps of 1, 2, 5, 10 …, and the first when it has room."""
    span = last - first
    step = next((step for step in _YEAR_STEPS if span / step < max(room, 1)), span or 1)
    ticks = tuple(reversed(range(last, first - 1, -step)))
    return ticks if ticks[0] - first < 0.8 * step else (first, *ticks)


def usual_interval(years: tuple[int, ...]) -> int:
    """The interval at which a series is published: the most common one, the smaller of equals; 1 when unknown."""
    intervals = [later - earlier for earlier, later in pairwise(years)]
    return min(set(intervals), key=lambda interval: (-intervals.count(interval), interval)) if intervals else 1
