"""Which rule decided between two figures of one year and one series: the one that is shown, and one that differs.

The rules are those of `select` and of `making`; here they are only told apart, so that a reader is told the true one.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

Row = Mapping[str, Any]

SPAN = re.compile(r"\d{4}-\d{4}$")


def decided(shown: Row, other: Row, counted: Sequence[pa.Table], chosen: pa.Table, released: Mapping[str, str]) -> str:
    """The rule by which `shown` counts and not `other`: a key of `place_facts.DECIDED`.

    `counted` are all ways of counting as `select.ways` orders them, `chosen` the one of them that is shown; `released`
    says of a dataset when it was released, where that is known.
    """
    if shown["nature"] == other["nature"]:
        return _within(shown, other, released)
    first, second = _place(shown, counted, chosen), _place(other, counted)
    if second < first:
        return "comparable"
    return "later" if _latest(counted[first]) > _latest(counted[second]) else "nature"


def _within(shown: Row, other: Row, released: Mapping[str, str]) -> str:
    """The rule within a way of counting, where all rows are of one nature."""
    if _kind(shown) != _kind(other):
        return "whole"
    if shown["dataset"] != other["dataset"]:
        one, two = (released.get(row["dataset"], "") for row in (shown, other))
        return "release" if one > two else "name"
    return "part" if shown["period"] != other["period"] else "row"


def _kind(row: Row) -> int:
    """0 for a whole year, 1 for a span of years, 2 for a part of one, as `select` ranks them."""
    if row["period"] == str(row["year"]):
        return 0
    return 1 if SPAN.match(row["period"]) else 2


def _place(row: Row, counted: Sequence[pa.Table], chosen: pa.Table | None = None) -> int:
    """Where the way of counting of a row stands: that of `chosen` where the row is in it, else the first with it."""
    if chosen is not None and _has(chosen, row):
        return next(place for place, line in enumerate(counted) if line is chosen)
    return next(place for place, line in enumerate(counted) if _has(line, row))


def _has(line: pa.Table, row: Row) -> bool:
    """Whether a way of counting has a row of this nature, unit and year."""
    first = line.slice(0, 1).to_pylist()[0]
    same = (first["nature"], first["unit"]) == (row["nature"], row["unit"])
    return same and row["year"] in line["year"].to_pylist()


def _latest(line: pa.Table) -> int:
    """The latest year of which a way of counting says a number or a bound."""
    said = line.filter(pc.or_(pc.is_valid(line["value"]), pc.is_valid(line["bound"])))
    return int(pc.max((said if len(said) else line)["year"]).as_py())
