"""Series whose source names only those with the wanted answer, and the years in which it does not name a place.

No row is then not the same as no, and not the same as yes: such a series cannot be seen to get worse.
"""

from collections.abc import Collection, Mapping, Sequence

import pyarrow.compute as pc

from waymark.engines.indicators.store import Observations, all_observations
from waymark.gcm.indicators import IndicatorDefinition
from waymark.gcm.traits import NAMED_ONLY


def years_named(
    stores: Sequence[Observations], definitions: Sequence[IndicatorDefinition]
) -> Mapping[str, frozenset[int]]:
    """Series → the years in which its source names any country, of those that name only the wanted answer."""
    series = [one.series for one in definitions if NAMED_ONLY in one.traits]
    if not series:
        return {}
    table = all_observations(*stores, series=series, newest=False)
    table = table.filter(pc.equal(table["place_kind"], "country"))
    found: dict[str, set[int]] = {name: set() for name in series}
    for name, year in zip(table["series"].to_pylist(), table["year"].to_pylist(), strict=True):
        found[name].add(year)
    return {name: frozenset(years) for name, years in found.items()}


def unnamed(years: Collection[int], named: frozenset[int], until: int) -> tuple[int, ...]:
    """The years after the first of `years`, up to `until`, in which others are named and the place is not."""
    return tuple(sorted(year for year in named if min(years) < year <= until and year not in years))
