"""Our own layout, for a country's statistics: one value per row, as CSV, XLSX or Parquet.

Needed: `series`, `place`, `year` (or `period`), `value`. Optional: `unit`, `nature`, `detail` (or `source`, `note`),
`break` ("yes" where the method changed), `disagg` ("age=15+|sex=female"); any further column is a dimension. Headers in
any case; title lines above the header do no harm. A series without a publisher ("births") is of the publisher "own".
"""

from collections.abc import Iterator

from waymark.engines.indicators.blocks import Block, Table
from waymark.engines.indicators.readers.layout import Context, Layout, header_at, positions, ragged, snake
from waymark.engines.indicators.readers.unsd import joined
from waymark.engines.indicators.rows import Column, Refused, Rows, relabel

YEARS = ("period", "year")
NOTES = ("detail", "source", "note", "notes")
IGNORED = frozenset({"dataset", "placekind", "qualifier", "bound", "member", "row", "placename", "seriesname", "name"})
"""Columns of our own stored tables and names for people; they are no dimensions."""

YES = frozenset({"yes", "true", "1", "b"})


class TidyReader(Layout):
    """Reads the tidy layout of a table, a sheet or a Parquet file."""

    version = "1"

    def __init__(self, name: str, kind: str, title: str) -> None:
        self.name, self._kind, self.title = name, kind, title
        self.layout = "series, place, year, value; optional unit, nature, detail, break, disagg and dimensions"

    def recognise(self, table: Table) -> int | None:
        """A row of the head names series, place, value, and year or period."""
        if table.kind != self._kind:
            return None
        return header_at(table, fits)

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """One batch per block and kind of area code."""
        names = table.head[header]
        at = positions(names)
        year = next(at[name] for name in YEARS if name in at)
        notes = [at[name] for name in NOTES if name in at]
        known = {
            at[name]
            for name in ("series", "place", "value", "unit", "nature", "break", "breakbefore", "disagg")
            if name in at
        }
        known |= {year, *notes, *(at[name] for name in (*YEARS, *IGNORED) if name in at)}
        dims = {snake(name): position for position, name in enumerate(names) if position not in known and name.strip()}
        used = {
            at[name] for name in ("series", "place", "unit", "nature", "break", "breakbefore", "disagg") if name in at
        }
        for block in table.blocks(header, labels=[*used, year, *dims.values()], values=[at["value"]], free=notes):
            yield from ragged(block, table)
            yield self._rows(block, table, names, year, dims, notes)

    def _rows(
        self, block: Block, table: Table, names: list[str], year: int, dims: dict[str, int], notes: list[int]
    ) -> Rows:
        """The block as rows."""
        at, column = positions(names), block.columns

        def optional(name: str) -> Column:
            return relabel(column[at[name]], lambda text: text.strip()) if name in at else ""

        broken = optional("break" if "break" in at else "breakbefore")
        return Rows(
            series=relabel(column[at["series"]], series_code),
            place=column[at["place"]],
            scheme="any",
            period=column[year],
            value=column[at["value"]],
            row=block.rows,
            member=table.member,
            column=names[at["value"]],
            decimal=table.decimal,
            unit=relabel(optional("unit"), lambda text: snake(text.replace("%", " percent "))),
            nature=relabel(optional("nature"), str.upper),
            detail=joined([column[note] for note in notes], len(block.rows)),
            broken=relabel(broken, lambda text: "B" if text.lower() in YES else ""),
            disagg={name: column[place] for name, place in dims.items()} | {"": optional("disagg")},
            strict_units=True,
        )


def fits(row: list[str]) -> bool:
    """Whether a row is a header of the tidy layout."""
    at = positions(row)
    return {"series", "place", "value"} <= at.keys() and any(name in at for name in YEARS)


def series_code(text: str) -> str:
    """The series with its publisher: "births" → "own:births"."""
    text = text.strip()
    return text if ":" in text or not text else f"own:{text}"
