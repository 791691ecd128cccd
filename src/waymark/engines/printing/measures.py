"""Values as runs: a number with its unit, and the size of a change, rounded so that nothing is hidden or invented."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from waymark.engines.printing.blocks import Run, Runs
from waymark.engines.printing.phrases import PHRASES, plain_phrase, say, say_counted
from waymark.gcm.language import (
    compact_number,
    decimals_apart,
    decimals_for,
    format_number,
    format_quantity,
    machine,
    rounded,
    unit_kind,
    unit_words,
)

Relation = Literal["", "at_most", "at_least", "less_than", "more_than"]
Nature = Literal["", "C", "CA", "E", "G", "M", "N", "NA"]

_STAY_WHOLE = 1000
_LEAST_START = 20
"""Of a count that starts below it no share is said: 4 more after 4 are no doubling to report (a rule of ours)."""
_MOST_SHARE = 1000.0
"""Per cent. A share beyond a tenfold rise says only that the start was small, so the amount stands alone."""
_POWERS = {10**12: "trillion", 10**9: "billion", 10**6: "million"}
_MAGNITUDE = re.compile(r"(thousand|million|billion)s?\b")
_SCALE = re.compile(r"(score|index|step|rank|level),? (\S+?)(?: (\w+))? to (\S+)(?: (\w+))?")


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


def figure(
    measured: Measured, language: str, decimals: int | None = None, *, power: int | None = None, scale: bool = True
) -> Runs:
    """A value with its unit, its machine form and its citations.

    Money of a million and more is written short ("4.20 billion current US dollars"), in `power` when values stand side
    by side, else in its own. `scale` is false where the words of a scale ("on a scale from 0 to 3") were said before.
    """
    text = _quantity(
        measured.value, measured, language, decimals, _power([measured]) if power is None else power, scale
    )
    return (Run(text, "figure", value=machine(measured.value), cites=measured.cites),)


def _quantity(value: float, like: Measured, language: str, decimals: int | None, power: int, scale: bool) -> str:
    """A value as `like` is measured."""
    tail = _tail(like)
    words = scale_words(tail)
    if words is not None:
        number = format_number(value, language, decimals, unit_kind(like.unit))
        return f"{number} {words}" if scale else number
    if power == 1:
        return format_quantity(value, like.unit, language, decimals=decimals, words=like.words)
    if language in PHRASES:
        number = format_number(_scaled(value, power), language, decimals, "money")
        number = plain_phrase(_POWERS[power], language).format(figure=number)
    else:
        number = compact_number(value, language)
    return f"{number} {tail}".rstrip()


def scale_words(unit: str) -> str | None:
    """How a unit that is a scale stands after a number; None for other units.

    "on a scale from 0 to 3" stays as it is, "score 0 to 1" becomes "(score from 0 to 1)".
    """
    if unit.startswith("on a scale"):
        return unit
    found = _SCALE.fullmatch(unit)
    if found is None:
        return None
    kind, low, low_means, high, high_means = found.groups()
    low, high = (f"{end}, {means}," if means else end for end, means in ((low, low_means), (high, high_means)))
    named = "on a scale" if kind == "step" else kind
    return f"({named} from {low} to {high.rstrip(',')})"


def shared_power(first: Measured, second: Measured) -> int:
    """The power in which two amounts of money stand side by side: that of the larger one when the smaller is a tenth of
    it or more, else that of the smaller one, which is one (written out) below a million."""
    least, _ = sorted((first, second), key=lambda measured: abs(measured.value))
    power = _power([first, second])
    return power if not least.value or abs(least.value) * 10 >= power else _power([least])


def alike(latest: Measured, beside: Sequence[Measured]) -> tuple[int, int | None]:
    """The power and the decimals in which a latest value and others of its series stand side by side.

    Decimals are None where nothing stands beside the latest.
    """
    power = min((shared_power(one, latest) for one in beside), default=_power([latest]))
    shown, scaled = in_power(latest, power), [in_power(one, power) for one in beside]
    digits = decimals_beside(shown, scaled)
    if digits is None and beside:
        digits = decimals_for([shown.value, *(one.value for one in scaled)], unit_kind(latest.unit))
    return power, digits


def bare(measured: Measured, language: str, decimals: int | None, power: int = 1) -> Runs:
    """A value for a column whose unit stands beside it: the number alone, money with its power ("4.20 billion")."""
    kind = unit_kind(measured.unit)
    if power == 1 or language not in PHRASES:
        text = format_number(measured.value, language, decimals, kind)
    else:
        number = format_number(_scaled(measured.value, power), language, decimals, "money")
        text = plain_phrase(_POWERS[power], language).format(figure=number)
    return (Run(text, "figure", value=machine(measured.value), cites=measured.cites),)


def in_power(measured: Measured, power: int) -> Measured:
    """The same with its value in a power, exact on the number as written."""
    return replace(measured, value=_scaled(measured.value, power))


def _scaled(value: float, power: int) -> float:
    return float(Decimal(repr(value)) / power)


def _power(values: Sequence[Measured]) -> int:
    """The largest of a million, a billion and a trillion that the largest amount of money reaches; else one."""
    money = all(unit_kind(one.unit) == "money" and not _MAGNITUDE.match(_tail(one)) for one in values)
    size = max(abs(one.value) for one in values)
    return next((power for power in _POWERS if money and 10**15 > size >= power), 1)


def _tail(measured: Measured) -> str:
    """The words of a unit, as they would stand after the number."""
    return unit_words(measured.unit) if measured.words is None else measured.words


def decimals_beside(latest: Measured, others: Sequence[Measured]) -> int | None:
    """Decimals at which the latest value differs from each of the others as it should.

    One that even more decimals do not part from the latest is called almost the same and takes no part; None when that
    is so of all.
    """
    found = [decimals_apart(one.value, latest.value, unit_kind(latest.unit)) for one in others]
    return max((decimals for decimals in found if decimals is not None), default=None)


def decimals_of_change(base: Measured, latest: Measured, least: int) -> int:
    """`least`, or one more decimal where only then the shown difference of two values is the true one.

    Whole numbers of four digits and more stay whole: nobody reads the tenth of 880,606 dollars.
    """
    if unit_kind(base.unit) == "count" or (not least and max(abs(base.value), abs(latest.value)) >= _STAY_WHOLE):
        return least
    exact = float(_difference(base, latest))
    for decimals in (least, least + 1):
        if rounded(latest.value, decimals) - rounded(base.value, decimals) == rounded(exact, decimals):
            return decimals
    return least


def _difference(base: Measured, latest: Measured) -> Decimal:
    """The change, exact on the numbers as written."""
    return Decimal(repr(latest.value)) - Decimal(repr(base.value))


def change(base: Measured, latest: Measured, decimals: int, language: str, power: int = 1) -> Runs:
    """The size of a change: percentage points, or an amount (in `power`) with its share of a positive start."""
    exact = _difference(base, latest)
    size, value = float(abs(exact)), machine(float(exact))
    kind = unit_kind(base.unit)
    shown = _scaled(size, power)
    decimals = max(decimals, decimals_for((shown,), kind) if not rounded(shown, decimals) else 0)
    if kind == "percent":
        text = format_number(size, language, decimals)
        points = (Run(text, "figure", value=value),)
        return say_counted("points", language, 1 if text == "1" else 2, figure=points)
    text = _quantity(size, base, language, decimals, power, scale=False)
    amount = (Run(text, "figure", value=value),)
    if kind == "index" or base.value <= 0 or latest.value < 0:
        return amount
    share = float(exact / Decimal(repr(base.value)) * 100)
    if abs(share) > _MOST_SHARE or (kind == "count" and base.value < _LEAST_START):
        return amount
    said = (Run(format_quantity(abs(share), "percent", language), "figure", value=machine(round(share, 9))),)
    return say("share_of_start", language, amount=amount, share=said)
