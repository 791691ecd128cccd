"""DDF datapoints, as open-numbers publishes the SDG database: one CSV per series and set of dimensions.

Header: dimensions in alphabetical order with `geo_area`, `nature`, `units` and `year` among them, then the measure.
`observation_status` is an attribute of a value and splits no series.
"""

from collections.abc import Iterator

from waymark.engines.indicators.blocks import Table
from waymark.engines.indicators.readers.layout import Context, Layout, header_at, ragged
from waymark.engines.indicators.rows import Refused, Rows, relabel

NEEDED = frozenset({"geo_area", "nature", "units", "year"})
ATTRIBUTES = NEEDED | {"observation_status"}


class DdfReader(Layout):
    """Reads DDF datapoints of the SDG database, in a folder, a zip or alone."""

    name, version = "ddf", "1"
    title = "DDF datapoints of the UN SDG database"
    layout = "geo_area, nature, units, year, other dimensions, then one column named after the series"

    def recognise(self, table: Table) -> int | None:
        """The header has the four dimensions, and its last column is the measure."""
        return header_at(table, lambda row: set(row[:-1]) >= NEEDED and bool(row[-1]) and row[-1] not in NEEDED)

    def accompanies(self, table: Table) -> bool:
        """Lists of concepts and of entities."""
        first = table.head[0] if table.head else []
        return first[:2] == ["concept", "concept_type"] or (len(first) == 2 and first[1] == "name")

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """One batch per block."""
        names = table.head[header]
        at = {name: position for position, name in enumerate(names)}
        measure = len(names) - 1
        for block in table.blocks(header, labels=range(measure), values=[measure]):
            column = block.columns
            yield from ragged(block, table)
            yield Rows(
                series=f"unsd:{names[measure].upper()}",
                place=column[at["geo_area"]],
                scheme="m49",
                period=column[at["year"]],
                value=column[measure],
                row=block.rows,
                member=table.member,
                column=names[measure],
                unit=relabel(column[at["units"]], str.lower),
                nature=relabel(column[at["nature"]], nature_code),
                disagg={
                    name: column[place] for name, place in at.items() if place != measure and name not in ATTRIBUTES
                },
            )


def nature_code(code: str) -> str:
    """The SDMX nature in capitals, "" when it is not specified."""
    return "" if code.lower() in ("notspec", "") else code.upper()
