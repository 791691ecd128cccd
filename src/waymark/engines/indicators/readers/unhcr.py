"""UNHCR population figures: year, country of origin, country of asylum, then one column per group of people.

The ISO columns are used, because UNHCR's own codes look like ISO codes and are not (AUS is Austria). Beside the rows by
origin, a total per country of asylum is added up.
"""

from collections.abc import Iterator

from waymark.engines.indicators.blocks import Table
from waymark.engines.indicators.readers.layout import Context, Layout, header_at, positions, ragged
from waymark.engines.indicators.readers.sums import totals
from waymark.engines.indicators.rows import Refused, Rows

NEEDED = frozenset({"year", "cooiso", "coaiso", "refugees", "asylumseekers", "returnedrefugees", "stateless"})
MEASURES = {
    "refugees": "REFUGEES",
    "asylumseekers": "ASYLUM_SEEKERS",
    "returnedrefugees": "RETURNED_REFUGEES",
    "idps": "IDPS",
    "returnedidps": "RETURNED_IDPS",
    "stateless": "STATELESS",
    "ooc": "OTHERS_OF_CONCERN",
    "oip": "OTHER_PEOPLE_IN_NEED",
    "hst": "HOST_COMMUNITY",
}


class UnhcrReader(Layout):
    """Reads UNHCR's table of populations."""

    name, version = "unhcr-population", "1"
    title = "UNHCR, population figures"
    layout = "year, coo_iso, coa_iso, refugees, asylum_seekers and further groups"

    def recognise(self, table: Table) -> int | None:
        """The header has year, both ISO columns and four groups; the table of yearly flows has fewer."""
        return header_at(table, lambda row: positions(row).keys() >= NEEDED)

    def publisher_of(self, table: Table, header: int) -> str:
        """UNHCR, where its own codes of origin and asylum stand beside the ISO codes."""
        return "unhcr" if positions(table.head[header]).keys() >= {"coo", "coa"} else ""

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """One batch per group of people and block, then the totals; a row is a cell."""
        names = table.head[header]
        at = positions(names)
        measures = {at[name]: series for name, series in MEASURES.items() if name in at}
        read: dict[int, list[Rows]] = {position: [] for position in measures}
        for block in table.blocks(header, labels=[at["year"], at["cooiso"], at["coaiso"]], values=list(measures)):
            yield from ragged(block, table)
            for position, series in measures.items():
                rows = Rows(
                    series=f"unhcr:{series}",
                    place=block.columns[at["coaiso"]],
                    scheme="iso3",
                    period=block.columns[at["year"]],
                    value=block.columns[position],
                    row=block.rows,
                    member=table.member,
                    column=names[position],
                    decimal=table.decimal,
                    unit="number",
                    disagg={"origin": block.columns[at["cooiso"]]},
                )
                read[position].append(rows)
                yield rows
        for batches in read.values():
            total = totals(batches, over=["origin"], words="rows by origin")
            if total is not None:
                yield total
