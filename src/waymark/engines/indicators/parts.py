"""Totals that a source does not give, added up from parts that make them up: only where every part is there.

Ours, and said so: `detail` of such a row names its parts. A year that lacks a part, or has one as a bound, has no
total: a sum of what is left would be a number of something else.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.place_facts import ADDED_UP
from waymark.gcm.indicators import disaggregation

_GROUP = ("dataset", "series", "place", "unit", "nature", "year", "period")


def with_totals(observations: pa.Table, headline: Mapping[str, str], parts: Mapping[str, Sequence[str]]) -> pa.Table:
    """The rows and, for each dataset, unit, nature and period without a row of the headline, the sum of its parts.

    `observations` are those of one series; `headline` and `parts` are as in its definition. The sum is made of the rows
    of one dataset alone; member and row are those of its first part. A year for which any dataset has a row of the
    headline in the same unit is left as it is.
    """
    if not parts or not observations.num_rows:
        return observations
    wanted = disaggregation(headline.items())
    names = [
        disaggregation([*headline.items(), *zip(parts, values, strict=True)]) for values in product(*parts.values())
    ]
    rows = observations.to_pylist()
    given = {(row["place"], row["unit"], row["year"]) for row in rows if row["disagg"] == wanted}
    groups: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = {}
    for row in rows:
        if row["disagg"] in names and (row["place"], row["unit"], row["year"]) not in given:
            groups.setdefault(tuple(row[name] for name in _GROUP), {}).setdefault(row["disagg"], row)
    sums = [_sum([found[name] for name in names], wanted) for found in groups.values() if _whole(found, names)]
    if not sums:
        return observations
    return pa.concat_tables([observations, pa.Table.from_pylist(sums, schema=observations.schema)])


def other_sums(observations: pa.Table, headline: Mapping[str, str], parts: Mapping[str, Sequence[str]]) -> pa.Table:
    """The same totals from parts of one dimension more, whose two values are all there is: below an age and from it on.

    A source whose finer parts give another sum than its parts contradicts itself; neither sum may hide the other.
    """
    given = observations.filter(pc.invert(pc.starts_with(observations["detail"], ADDED_UP)))
    found = [observations.slice(0, 0)]
    if parts:
        for dimension, values in _halves(pc.unique(given["disagg"]).to_pylist()):
            more = with_totals(given, headline, {**parts, dimension: values})
            found.append(more.slice(len(given)))
    return pa.concat_tables(found)


def _halves(disaggregations: Sequence[str]) -> list[tuple[str, tuple[str, str]]]:
    """Dimensions with the two values "below a number" and "from that number on": age, with <18y and 18+."""
    held = {tuple(part.split("=", 1)) for text in disaggregations for part in text.split("|") if "=" in part}
    below = [(name, value, value.strip("<y")) for name, value in sorted(held) if value.startswith("<")]
    return [(name, (value, f"{number}+")) for name, value, number in below if (name, f"{number}+") in held]


def _whole(found: Mapping[str, Mapping[str, Any]], names: Sequence[str]) -> bool:
    """Whether every part is there as a number."""
    return all(name in found and found[name]["value"] is not None for name in names)


def _sum(parts: Sequence[dict[str, Any]], disagg: str) -> dict[str, Any]:
    """The row of the total, made from the rows of its parts."""
    words = " and ".join(part["disagg"] for part in parts)
    return {
        **parts[0],
        "disagg": disagg,
        "value": float(sum(part["value"] for part in parts)),
        "break_before": any(part["break_before"] for part in parts),
        "detail": f"{ADDED_UP} {len(parts)} rows: {words}",
    }
