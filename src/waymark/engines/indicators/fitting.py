"""Which rows of a series count for its indicator, and why the others count for nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence

from waymark.gcm.indicators import IndicatorDefinition

MOST_NAMED = 4
"""So many values are named as found; the rest is counted."""

NO_TOTAL = "no total"


def why_nothing(
    definition: IndicatorDefinition, combinations: Sequence[tuple[str, str, int]]
) -> tuple[tuple[str, int], ...]:
    """Why rows feed nothing, with how many: `combinations` are (unit, disaggregation, number of rows)."""
    base = parts_of(definition.headline_disagg)
    reasons: Counter[str] = Counter()
    for unit, disagg, count in combinations:
        _, reason = judged_rows(definition, base, unit, disagg, combinations)
        if reason:
            reasons[reason] += count
    return tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))


def judged_rows(
    definition: IndicatorDefinition,
    base: Mapping[str, str],
    unit: str,
    disagg: str,
    combinations: Sequence[tuple[str, str, int]],
) -> tuple[str, str]:
    """What rows of one unit and disaggregation count for ("headline", "groups" or ""), and why for nothing."""
    if unit != definition.unit:
        return "", f"the unit is {unit or 'not said'}, the indicator counts in {definition.unit}"
    parts = parts_of(disagg)
    further = [name for name in parts if name not in base]
    lacking = [name for name, value in base.items() if parts.get(name) != value]
    if lacking:
        named = " and ".join(f"{name} {base[name]}" for name in lacking)
        if any(parts_of(other).items() >= base.items() for _, other, _ in combinations):
            return "", f"the headline is of {named}"
        seen = {parts_of(other).get(name, "total") for _, other, _ in combinations for name in lacking}
        return "", f"no row has {named}; found: {_listed(sorted(seen))}"
    if len(further) > 1:
        return "", "by two dimensions or more at once"
    return ("groups" if further else "headline"), ""


def _listed(values: Sequence[str]) -> str:
    more = len(values) - MOST_NAMED
    return ", ".join(values[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def parts_of(disagg: str) -> dict[str, str]:
    """Dimension → value of a disaggregation: "age=15+|sex=female"."""
    return {name: value for name, _, value in (part.partition("=") for part in disagg.split("|")) if name}


def why_no_headline(definition: IndicatorDefinition, combinations: Sequence[tuple[str, str, int]]) -> str:
    """Why a series with rows has no headline: the reason of most of them; rows by one dimension alone lack a total."""
    reasons = why_nothing(definition, combinations)
    return reasons[0][0] if reasons else NO_TOTAL
