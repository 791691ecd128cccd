"""Which way a series went, in facts that are kept apart: rise or fall, better or worse, and where it turned.

No method speaks here. A method's category stands beside it as that method's whole word.
"""

import re
from collections.abc import Sequence

from waymark.engines.indicators.methods import METHODS, UNABLE
from waymark.gcm.assessing import EVEN_SPLIT
from waymark.gcm.indicators import IndicatorDefinition
from waymark.gcm.language import decimals_apart, unit_kind
from waymark.queries.indicators.views import CourseView, Movement, Observation, Way

NEAR_LIMIT = 1.0
"""Percentage points from its limit within which a percentage counts as at it, as the methods count."""

NOTABLE_SHARE, NOTABLE_POINTS = 0.05, 1.0
"""From where on the highest or lowest figure is worth a sentence: how far it lies beyond base and latest, as a share of
the largest figure since the base, or, of percentages, in percentage points (our rule, a proposal)."""


def course(
    definition: IndicatorDefinition, observations: Sequence[Observation], base_year: int | None, restart: int | None
) -> CourseView | None:
    """The way from the base to the latest number and its last step; None without a number.

    `base_year` is the first year that a method compares, `restart` the year from which on figures compare at all.
    """
    known = [(one.year, one.value) for one in observations if one.value is not None]
    if not known:
        return None
    comparable = [(year, value) for year, value in known if restart is None or year >= restart] or known[-1:]
    latest_year, latest = comparable[-1]
    base = next((pair for pair in comparable[:-1] if pair[0] == base_year), None)
    previous = comparable[-2] if len(comparable) > 1 else None
    kind = definition.unit
    since = way(base[1], latest, kind) if base else ""
    last = way(previous[1], latest, kind) if previous else ""
    turned = None
    if base is not None:
        gone_back = {since, last} == {"rise", "fall"}
        extremes = [_turned(comparable, base[0], since)] if gone_back else []
        extremes.append(_beyond(comparable, base, latest))
        turned = next((pair for pair in extremes if notable(pair[1], (base[1], latest), kind)), None)
    return CourseView(
        base_year=base[0] if base else None,
        base_value=base[1] if base else None,
        previous_year=previous[0] if previous else None,
        previous_value=previous[1] if previous else None,
        latest_year=latest_year,
        latest_value=latest,
        since_base=since,
        last_step=last,
        turned_in=turned[0] if turned else None,
        turned_at=turned[1] if turned else None,
        movement=movement(definition, base[1], latest) if base else "",
    )


def way(first: float, last: float, unit: str) -> Way:
    """Rise, fall, or none: also for a difference that more decimals do not show."""
    if first == last or decimals_apart(first, last, unit_kind(unit)) is None:
        return "none"
    return "rise" if last > first else "fall"


def _turned(points: Sequence[tuple[int, float]], base_year: int, since: Way) -> tuple[int, float]:
    """The last year with the highest figure since the base of a series that rose, the lowest of one that fell."""
    sign = 1 if since == "rise" else -1
    return max((pair for pair in points if pair[0] >= base_year), key=lambda pair: (sign * pair[1], pair[0]))


def _beyond(points: Sequence[tuple[int, float]], base: tuple[int, float], latest: float) -> tuple[int, float]:
    """The figure since the base that lies furthest beyond base and latest, the last of equal ones."""
    low, high = sorted((base[1], latest))
    since = [pair for pair in points if pair[0] >= base[0]]
    return max(since, key=lambda pair: (max(pair[1] - high, low - pair[1]), pair[0]))


def notable(extreme: float, ends: tuple[float, float], unit: str) -> bool:
    """Whether an extreme lies far enough beyond both ends to be worth a sentence, as NOTABLE_SHARE and _POINTS say.

    "The lowest is 99.9 per cent" is not, where both ends are 100: nothing happened that a reader should know of.
    """
    low, high = sorted(ends)
    beyond = max(extreme - high, low - extreme)
    nearest = high if extreme > high else low
    if beyond <= 0 or way(nearest, extreme, unit) == "none":
        return False
    far = beyond >= NOTABLE_SHARE * max(abs(low), abs(high), abs(extreme))
    return far or (unit.startswith("percent") and beyond >= NOTABLE_POINTS)


def movement(definition: IndicatorDefinition, first: float, last: float) -> Movement:
    """Our word for what a change means: "" where neither more nor less is better in itself."""
    if definition.judged_direction == "none":
        return ""
    counted = "count_minimum" not in definition.traits  # else zero may mean that nobody counted
    if counted and _at_limit(definition, first) and _at_limit(definition, last):
        return "at its limit"
    if "even_split" in definition.traits:
        went = way(abs(first - EVEN_SPLIT), abs(last - EVEN_SPLIT), definition.unit)
    elif definition.direction == "parity":
        before, after = (max(value, 1 / value) if value > 0 else float("inf") for value in (first, last))
        went = way(before, after, definition.unit) if first > 0 and last > 0 else way(first, last, definition.unit)
    else:
        went = way(first, last, definition.unit)
    if went == "none":
        return "unchanged"
    return "improved" if (went == "rise") == (definition.direction == "up") else "worsened"


def _at_limit(definition: IndicatorDefinition, value: float) -> bool:
    """Whether a value can be no better: at its natural limit, or the wanted answer of a yes-or-no series."""
    if "binary" in definition.traits:
        return bool(value) == (definition.direction == "up")
    limit = definition.natural_limit
    if limit is None:
        return False
    return abs(value - limit) <= (NEAR_LIMIT if definition.unit.startswith("percent") else 0)


def label(method: str, category: str, *, target_stated: bool, ours: bool = False, answered: int | None = None) -> str:
    """A category as its method calls it, the whole word; "" for none.

    Where no source states a target, the words about one are left out and the label says so: some methods take the
    wanted end of a yes-or-no series, or parity, as a target. Of a target that is `ours`, words about one say so; of a
    yes-or-no series it says in which year the wanted answer was `answered`.
    """
    if not category or category == UNABLE:
        return ""
    words = METHODS[method].category(category).label
    if "target" not in words.casefold():
        return words
    if target_stated:
        return f"{words} (the target is our proposal)" if ours else words
    bare = re.sub(r"\btarget\b ?", "", re.sub(r"\btarget met or ", "", words, flags=re.I), flags=re.I).strip()
    why = "no target stated" if answered is None else f"the wanted answer was given in {answered}"
    return f"{bare[:1].upper()}{bare[1:]} ({why})"


def answered(definition: IndicatorDefinition, year: int | None, value: float | None) -> int | None:
    """The year of the latest figure where it is the wanted answer of a yes-or-no series; None for any other."""
    binary = "binary" in definition.traits and value is not None
    return year if binary and bool(value) == (definition.direction == "up") else None


def without_aim(flags: Sequence[str], *, target_stated: bool, ours: bool = False) -> tuple[str, ...]:
    """Remarks without those about a target, where no source states one; of a target that is `ours` they say so."""
    of_target = [bool(re.search(r"\btarget\b|^met\b", flag)) for flag in flags]
    return tuple(
        f"{flag} (our proposal)" if about and ours else flag
        for flag, about in zip(flags, of_target, strict=True)
        if target_stated or not about
    )
