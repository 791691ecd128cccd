"""Series worked out from another one, such as a share or a change: from the same release as their base, or by us.

A share or a change goes with the total of its own release; where another one gives the total of the year, a newer one
say, the two would not fit together. It is then computed from that release, by the publisher's own arithmetic, where the
release has the parts; what cannot be computed is left out.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.place_facts import COMPUTED
from waymark.engines.indicators.select import newest_per_year
from waymark.gcm.derivations import derivation, derived_from
from waymark.gcm.indicators import IndicatorDefinition

Row = dict[str, Any]


def with_base(
    rows: pa.Table, observations: pa.Table, newest_first: Sequence[str], releases: Mapping[str, str]
) -> pa.Table:
    """The rows of one series, of any places, without those worked out from another release than the one that is shown.

    `observations` hold the base.
    """
    base = derived_from().get(rows["series"][0].as_py()) if len(rows) else None
    if base is None:
        return rows
    shown = newest_per_year(_totals(observations, base), newest_first)
    named = ("place", "year", "dataset")
    triples = zip(*(shown[name].to_pylist() for name in named), strict=True)
    held = {(place, year): releases.get(dataset, dataset) for place, year, dataset in triples}
    keep = [
        dataset not in releases or held.get((place, year), releases[dataset]) == releases[dataset]
        for place, year, dataset in zip(*(rows[name].to_pylist() for name in named), strict=True)
    ]
    return rows.filter(pa.array(keep, pa.bool_()))


def with_computed(
    definition: IndicatorDefinition, rows: pa.Table, observations: pa.Table, newest_first: Sequence[str]
) -> pa.Table:
    """The rows of a derived series of one place and, for years without one, what the shown release's parts give.

    `rows` are those that `with_base` left; nothing is computed for another series.
    """
    rule, base = derivation(definition.series), derived_from().get(definition.series)
    if not rule or base is None:
        return rows
    given = {row["year"] for row in rows.to_pylist() if not row["disagg"]}
    stock = observations.filter(pc.equal(observations["series"], base))
    shown = newest_per_year(_totals(observations, base), newest_first).to_pylist()
    made = [
        {**row, "series": definition.series, "unit": definition.unit}
        for total in shown
        if total["year"] not in given and (row := _computed(rule, total, stock.to_pylist())) is not None
    ]
    return pa.concat_tables([rows, pa.Table.from_pylist(made, schema=rows.schema)]) if made else rows


def _totals(observations: pa.Table, base: str) -> pa.Table:
    return observations.filter(pc.and_(pc.equal(observations["series"], base), pc.equal(observations["disagg"], "")))


def _computed(rule: str, total: Row, rows: Sequence[Row]) -> Row | None:
    """What the rule gives for the year of a total, from the rows of its own dataset, unit and nature."""
    same = [row for row in rows if all(row[name] == total[name] for name in ("dataset", "unit", "nature"))]
    kind, _, part = rule.partition(":")
    if kind == "share":
        return _share(total, part, same)
    return _change(total, [row for row in same if not row["disagg"]])


def _share(total: Row, part: str, rows: Sequence[Row]) -> Row | None:
    """A part in per cent of its total."""
    found = [row for row in rows if row["disagg"] == part and row["period"] == total["period"]]
    if not found or found[0]["value"] is None or not total["value"]:
        return None
    value = 100.0 * found[0]["value"] / total["value"]
    return {**found[0], "disagg": "", "value": value, "detail": f"{COMPUTED} 2 rows: {part} and the total"}


def _change(total: Row, rows: Sequence[Row]) -> Row | None:
    """The mean yearly change to the next total, in per cent: the logarithm of their ratio, over the years between."""
    years = sorted(rows, key=lambda row: row["year"])
    after = next((later for one, later in pairwise(years) if one["year"] == total["year"]), None)
    if after is None or not total["value"] or not after["value"]:
        return None
    span = after["year"] - total["year"]
    period = f"{total['year']}-{after['year']}"
    value = 100.0 * math.log(after["value"] / total["value"]) / span
    return {**total, "period": period, "value": value, "detail": f"{COMPUTED} the totals of both years"}
