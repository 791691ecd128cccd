"""A series by one more dimension than its headline, such as by sex: each dimension in its own latest year.

A dimension may have a later year than the headline, never an earlier one: groups of an earlier year are only named. The
groups of a dimension that the source gives crossed with another are added up, where all crossings of the year make up
its total: then none is missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.place_facts import ADDED_UP, Figure
from waymark.engines.indicators.select import ROUNDING, nature_rank, newest_per_year
from waymark.gcm.indicators import IndicatorDefinition

Row = dict[str, Any]

SMALL_COUNT = 5
"""Breakdowns of victims below this are not shown."""

NOT_ADDITIVE = frozenset({"rate", "index", "share", "binary", "categorical", "growth_rate", "parity"})
"""Traits of series of which a sum of groups says nothing."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The figures of each group; dimensions withheld as small counts; dimension → last year, of those that ended;
    dimensions that the source gives only crossed with another, so that they cannot be added up."""

    shown: tuple[tuple[str, Figure], ...] = ()
    withheld: tuple[str, ...] = ()
    ended: tuple[tuple[str, int], ...] = ()
    crossed: tuple[str, ...] = ()


def groups(
    definition: IndicatorDefinition,
    rows: pa.Table,
    latest: Row,
    newest_first: Sequence[str] = (),
    filled: frozenset[int] = frozenset(),
) -> Groups:
    """Values and bounds by one more dimension than the headline, each of its latest year from that of `latest` on.

    Of several for one group the rules of the headline choose: its unit alone, its nature before the others, of these
    the dataset released last. Small counts of victims are left out, so that nobody can be picked out. A zero of a year
    whose total the publisher `filled` with zero is no figure of any group either.
    """
    base = frozenset(filter(None, definition.headline_disagg.split("|")))
    said = pc.or_(pc.is_valid(rows["value"]), pc.is_valid(rows["bound"]))
    fitting = rows.filter(pc.and_(pc.equal(rows["unit"], latest["unit"]), said))
    if filled:
        years = pa.array(sorted(filled), pa.int16())
        nothing = pc.and_(pc.is_in(fitting["year"], years), pc.equal(fitting["value"], 0))
        fitting = fitting.filter(pc.invert(pc.fill_null(nothing, False)))
    per_nature = newest_per_year(fitting, newest_first).to_pylist()
    per_nature.sort(key=lambda row: (row["nature"] != latest["nature"], nature_rank(row["nature"])))
    found: dict[str, dict[int, dict[str, Row]]] = defaultdict(lambda: defaultdict(dict))
    crossed: set[str] = set()
    for row in [*per_nature, *added_up(definition, per_nature, base, latest)]:
        extra = frozenset(filter(None, row["disagg"].split("|"))) - base
        if base <= frozenset(row["disagg"].split("|")) and len(extra) == 1:
            (group,) = extra
            found[group.partition("=")[0]][row["year"]].setdefault(group, row)
        elif len(extra) > 1 and base <= frozenset(row["disagg"].split("|")) and row["year"] >= latest["year"]:
            crossed |= {part.partition("=")[0] for part in extra}
    chosen = _chosen(definition, found, latest["year"])
    known = {*chosen.withheld, *(group.partition("=")[0] for group, _ in chosen.shown)}
    ended = tuple((name, year) for name, year in chosen.ended if name not in crossed)
    return replace(chosen, ended=ended, crossed=tuple(sorted(crossed - known)))


def _chosen(definition: IndicatorDefinition, found: Mapping[str, Mapping[int, Mapping[str, Row]]], year: int) -> Groups:
    """Of each dimension its latest year, where that is not before the headline's."""
    shown: dict[str, Figure] = {}
    withheld, ended = [], []
    for dimension in sorted(found):
        last = max(found[dimension])
        if last < year:
            ended.append((dimension, last))
            continue
        kept = {
            group: figure_of(row)
            for group, row in found[dimension][last].items()
            if not ("protected_small_counts" in definition.traits and (row["value"] or 0) < SMALL_COUNT)
        }
        shown |= kept
        if not kept:
            withheld.append(dimension)
    return Groups(tuple(sorted(shown.items())), tuple(withheld), tuple(ended))


def figure_of(row: Row) -> Figure:
    """A row as a figure."""
    return Figure(*(row[name] for name in Figure._fields))


def added_up(definition: IndicatorDefinition, rows: Sequence[Row], base: frozenset[str], latest: Row) -> Iterable[Row]:
    """Sums of the crossings of two dimensions in the year and dataset of the latest figure, where they are complete.

    They are complete where they make up the latest figure itself; a crossing that is a bound makes no sum.
    """
    if definition.unit != "number" or NOT_ADDITIVE & set(definition.traits) or latest["value"] is None:
        return []
    crossed: dict[tuple[str, ...], list[tuple[tuple[str, ...], Row]]] = defaultdict(list)
    for row in rows:
        if any(row[name] != latest[name] for name in ("dataset", "year", "period", "nature")):
            continue
        parts = frozenset(filter(None, row["disagg"].split("|")))
        if base <= parts and len(parts - base) == 2:
            extra = tuple(sorted(parts - base))
            crossed[tuple(part.partition("=")[0] for part in extra)].append((extra, row))
    return [row for names, cells in crossed.items() if _complete(cells, latest) for row in _sums(names, cells, latest)]


def _complete(cells: Sequence[tuple[tuple[str, ...], Row]], latest: Row) -> bool:
    values = [row["value"] for _, row in cells]
    whole = float(latest["value"])
    return None not in values and abs(sum(values) - whole) <= ROUNDING * max(abs(whole), 1.0)


def _sums(names: tuple[str, ...], cells: Sequence[tuple[tuple[str, ...], Row]], latest: Row) -> Iterable[Row]:
    """The sum of each group of both dimensions; member and row are those of its first cell."""
    for place, other in ((0, names[1]), (1, names[0])):
        members: dict[str, list[Row]] = defaultdict(list)
        for extra, row in cells:
            members[extra[place]].append(row)
        for group, own in members.items():
            disagg = "|".join(sorted(filter(None, (*latest["disagg"].split("|"), group))))
            words = f"{ADDED_UP} {len(own)} rows by {other}"
            yield {**own[0], "disagg": disagg, "value": float(sum(row["value"] for row in own)), "detail": words}
