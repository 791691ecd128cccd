"""Breaks in a series: where its method, unit or nature changed, so that values before and after do not compare.

The rule is ours (a proposal): a break is where the source marks one (`break_before`), or where, for the same series,
place and disaggregation, one unit or nature ends and another begins later while none runs through. Units or natures
side by side are no break. Only values from the break on are assessed.
"""

from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.schema import KEY

BREAKS = pa.schema(
    [
        *((name, pa.string()) for name in KEY),
        ("break_year", pa.int16()),  # first year of the new way of counting
        ("kind", pa.string()),  # "marked", "unit" or "nature"
        ("before", pa.string()),  # the unit or nature that ended; "" when marked
        ("after", pa.string()),
    ]
)


def find_breaks(observations: pa.Table) -> pa.Table:
    """Every break of the observations as BREAKS, sorted by key and year; the key is that of the values after it."""
    found = [*_marked(observations), *_changed(observations)]
    found.sort(key=lambda row: (*(row[name] for name in KEY), row["break_year"], row["kind"]))
    return pa.Table.from_pylist(found, schema=BREAKS)


def _marked(observations: pa.Table) -> list[dict[str, Any]]:
    """Breaks that the source marks."""
    rows = observations.filter(observations["break_before"])
    groups = rows.group_by([*KEY, "year"], use_threads=False).aggregate([])
    return [
        {**{name: row[name] for name in KEY}, "break_year": row["year"], "kind": "marked", "before": "", "after": ""}
        for row in groups.to_pylist()
    ]


def _changed(observations: pa.Table) -> list[dict[str, Any]]:
    """Changes of unit or nature, from the first and last year with a number of each key."""
    rows = observations.filter(pc.is_valid(observations["value"]))
    spans = rows.group_by(list(KEY), use_threads=False).aggregate([("year", "min"), ("year", "max")])
    ordered = spans.sort_by([(name, "ascending") for name in KEY]).to_pylist()
    found = []
    for _, group in groupby(ordered, key=lambda row: (row["series"], row["place"], row["disagg"])):
        keys = list(group)
        for key in keys:
            former = _former(key, keys)
            if former is not None:
                kind = "unit" if former["unit"] != key["unit"] else "nature"
                names = {name: key[name] for name in KEY}
                change = {"kind": kind, "before": former[kind], "after": key[kind]}
                found.append({**names, "break_year": key["year_min"], **change})
    return found


def _former(key: dict[str, Any], keys: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The key that ended last before `key` began; None when there is none, or when another runs through."""
    start = key["year_min"]
    if any(other["year_min"] < start <= other["year_max"] for other in keys):
        return None
    ended = [other for other in keys if other["year_max"] < start]
    return max(ended, key=lambda other: (other["year_max"], other["unit"], other["nature"]), default=None)
