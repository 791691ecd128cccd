"""Tables of the UN SDG database as its site gives them out: long CSV, workbook `Data_*.xlsx`, data-portal CSV.

The three differ in spelling ("GeoArea_Code", "geoAreaCode", "GeoAreaCode") and in how they name dimensions: pairs of a
code and a description column, or, in the data portal, names in square brackets.
"""

from collections.abc import Iterator
from functools import partial

import pyarrow as pa

from waymark.engines.indicators.blocks import Table
from waymark.engines.indicators.coded import combined
from waymark.engines.indicators.readers.ddf import nature_code
from waymark.engines.indicators.readers.layout import Context, Layout, header_at, plain, positions, ragged, snake
from waymark.engines.indicators.rows import Column, Refused, Rows, relabel

NEEDED = frozenset({"seriescode", "geoareacode", "value"})
YEARS = ("year", "timeperiod")
OWN = (
    {"goal", "goalcode"},
    {"target", "targetcode"},
    {"indicator", "indicatorcode"},
    {"seriesdescription", "seriesdesc"},
    {"geoareaname", "geoareadesc"},
)
"""Columns of the Division's own exports, in their spellings: what a table must have to prove that it is one."""

PAIRED_FACTS = frozenset(
    {
        "goal",
        "target",
        "indicator",
        "series",
        "geoarea",
        "nature",
        "units",
        "reportingtype",
        "parent",
        "observationstatus",
    }
)
"""Pairs of code and description that are no dimensions."""


class UnsdReader(Layout):
    """Reads long tables of the UN SDG database, whatever their spelling."""

    version = "1"

    def __init__(self, name: str, kind: str, title: str) -> None:
        self.name, self._kind, self.title = name, kind, title
        self.layout = "SeriesCode, GeoAreaCode, Year or TimePeriod, Value, and a code column for each dimension"

    def recognise(self, table: Table) -> int | None:
        """The header has the series, area, year and value in any of the spellings."""
        if table.kind != self._kind:
            return None
        return header_at(table, lambda row: positions(row).keys() >= NEEDED and any(y in positions(row) for y in YEARS))

    def publisher_of(self, table: Table, header: int) -> str:
        """The UN Statistics Division, where goal, target and the words beside the codes stand as it gives them out."""
        names = positions(table.head[header]).keys()
        return "unsd" if all(names & alike for alike in OWN) else ""

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """One batch per block."""
        names = table.head[header]
        at = positions(names)
        year = next(at[name] for name in YEARS if name in at)
        dims = dimensions(names)
        facts = {key: at.get(f"{key}code", at.get(key, -1)) for key in ("nature", "units", "reportingtype")}
        facts = {key: place for key, place in facts.items() if place >= 0}
        notes = [at[key] for key in ("source", "footnotes", "footnote") if key in at]
        labels = [at["seriescode"], at["geoareacode"], year, *dims.values(), *facts.values()]
        for block in table.blocks(header, labels=labels, values=[at["value"]], free=notes):
            column = block.columns
            yield from ragged(block, table)
            reporting = relabel(column[facts["reportingtype"]], national) if "reportingtype" in facts else ""
            yield Rows(
                series=relabel(column[at["seriescode"]], lambda code: f"unsd:{code.strip().upper()}" if code else ""),
                place=column[at["geoareacode"]],
                scheme="m49",
                period=column[year],
                value=column[at["value"]],
                row=block.rows,
                member=table.member,
                column=names[at["value"]],
                decimal=table.decimal,
                unit=relabel(column[facts["units"]], str.lower) if "units" in facts else "",
                nature=relabel(column[facts["nature"]], nature_code) if "nature" in facts else "",
                detail=joined([column[note] for note in notes], len(block.rows)),
                disagg={name: column[place] for name, place in dims.items()} | {"reporting_type": reporting},
            )


def dimensions(names: list[str]) -> dict[str, int]:
    """Name in snake case → position of the code column of each dimension."""
    at = positions(names)
    found = {}
    for position, name in enumerate(names):
        key = plain(name)
        if name.startswith("[") and key not in ("nature", "units", "reportingtype"):
            found[snake(name)] = position
        elif key.endswith("code") and key[:-4] not in PAIRED_FACTS and key[:-4] + "desc" in at:
            found[snake(name).removesuffix("_code")] = position
    return found


def national(code: str) -> str:
    """The reporting type where it is not the global one, which is the rule."""
    return "" if code.strip().upper() in ("G", "GLOBAL") else code


def joined(notes: list[pa.Array], count: int) -> Column:
    """Several columns of notes as one text: the parts that say something, with a semicolon between."""
    if not notes:
        return ""
    codes, texts = combined(notes, count)
    words = ["; ".join(dict.fromkeys(part.strip() for part in parts if part.strip())) for parts in texts]
    return pa.DictionaryArray.from_arrays(codes, pa.array(words, pa.string()))


unsd_long = partial(UnsdReader, "unsd-long-csv", "csv", "UN SDG database, long CSV")
unsd_workbook = partial(UnsdReader, "unsd-workbook", "sheet", "UN SDG database, workbook Data_*.xlsx")
