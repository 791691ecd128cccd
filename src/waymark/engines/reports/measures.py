"""Values as runs: a number with its unit, and the size of a change, rounded so that nothing is hidden or invented."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from waymark.engines.reports.blocks import Run, Runs
from waymark.engines.reports.phrases import say, say_counted
from waymark.gcm.language import (
    decimals_apart,
    decimals_for,
    format_number,
    format_quantity,
    machine,
    rounded,
    unit_kind,
)

Relation = Literal["", "at_most", "at_least", "less_than", "more_than"]
Nature = Literal["", "C", "CA", "E", "G", "M", "N", "NA"]


_MOST_SHARE = 1000.0
"""Per cent. A share beyond a tenfold rise says only that the start was small, so the amount stands alone."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One value of a series in one period. `unit` is a code of the observations; `words` replaces its English words
    ("migrants"); `nature` is the SDMX code of how the value came about; `cites` are citation numbers."""

    value: float
    unit: str
    period: str
    cites: tuple[int, ...] = ()
    words: str | None = None
    nature: Nature = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A target that a source states, in the unit of its series; `relation` when it is a bound."""

    value: float
    year: int | None = None
    relation: Relation = ""
    cites: tuple[int, ...] = ()


def figure(measured: Measured, language: str, decimals: int | None = None) -> Runs:
    """A value with its unit, its machine form and its citations."""
    text = format_quantity(measured.value, measured.unit, language, decimals=decimals, words=measured.words)
    return (Run(text, "figure", value=machine(measured.value), cites=measured.cites),)


def shared_decimals(base: Measured, latest: Measured) -> int | None:
    """Decimals at which two values differ as they should and their shown difference is the true one, where one more
    decimal can make it so; None when even more decimals do not part them."""
    kind = unit_kind(base.unit)
    least = decimals_apart(base.value, latest.value, kind)
    if least is None or kind == "count":
        return least
    exact = float(_difference(base, latest))
    for decimals in (least, least + 1):
        if rounded(latest.value, decimals) - rounded(base.value, decimals) == rounded(exact, decimals):
            return decimals
    return least


def _difference(base: Measured, latest: Measured) -> Decimal:
    """The change, exact on the numbers as written."""
    return Decimal(repr(latest.value)) - Decimal(repr(base.value))


def change(base: Measured, latest: Measured, decimals: int, language: str) -> Runs:
    """The size of a change: percentage points, or an amount with its share of a positive start."""
    exact = _difference(base, latest)
    size, value = float(abs(exact)), machine(float(exact))
    kind = unit_kind(base.unit)
    decimals = max(decimals, decimals_for((size,), kind) if not rounded(size, decimals) else 0)
    if kind == "percent":
        text = format_number(size, language, decimals)
        points = (Run(text, "figure", value=value),)
        return say_counted("points", language, 1 if text == "1" else 2, figure=points)
    text = format_quantity(size, base.unit, language, decimals=decimals, words=base.words)
    amount = (Run(text, "figure", value=value),)
    if kind == "index" or base.value <= 0 or latest.value < 0:
        return amount
    share = float(exact / Decimal(repr(base.value)) * 100)
    if abs(share) > _MOST_SHARE:
        return amount
    said = (Run(format_quantity(abs(share), "percent", language), "figure", value=machine(round(share, 9))),)
    return say("share_of_start", language, amount=amount, share=said)
