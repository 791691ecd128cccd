"""World Bank tables: indicator CSV with its preamble, WDI bulk CSV, DataBank export, remittance corridors.

All are wide: one column per period, named "1960" or "1960 [YR1960]". A file called WDICSV.csv may be any of them, so
only the header counts. Exports end with lines of notes, which are rejected as such.
"""

from collections.abc import Iterator

from waymark.engines.indicators.blocks import Table
from waymark.engines.indicators.readers.layout import Context, Layout, footers, header_at, plain, positions, ragged
from waymark.engines.indicators.rows import Refused, Rows, relabel
from waymark.gcm.errors import InputError
from waymark.gcm.periods import parse_period

PUBLISHER = "wb"
CODES = ("indicatorcode", "seriescode")
PLACES = ("countrycode", "receivingcountriescode")
PLACE_NAMES = frozenset({"countryname", "receivingcountriesname"})
DIMENSIONS = {"sendingcountriescode": "sending"}


class WorldBankReader(Layout):
    """Reads the World Bank's wide tables."""

    name, version = "worldbank-csv", "1"
    title = "World Bank: indicator CSV, WDI bulk, DataBank export"
    layout = "Country Name, Country Code, Indicator or Series Name and Code, then one column per year"

    def recognise(self, table: Table) -> int | None:
        """The header names an area's code and a series' code and has at least one period."""
        return header_at(table, fits)

    def publisher_of(self, table: Table, header: int) -> str:
        """The World Bank, where codes and names of areas and series stand side by side as it gives them out."""
        names = positions(table.head[header]).keys()
        return PUBLISHER if names & {"indicatorname", "seriesname"} and names & PLACE_NAMES else ""

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """One batch per period column and block; a row is a cell."""
        names = table.head[header]
        at = positions(names)
        series = next(at[name] for name in CODES if name in at)
        place = next(at[name] for name in PLACES if name in at)
        dims = {DIMENSIONS[name]: position for name, position in at.items() if name in DIMENSIONS}
        years = periods(names)
        first = min(set(range(len(names))) - years.keys())
        labels = list(dict.fromkeys([first, series, place, *dims.values()]))
        for block in table.blocks(header, labels=labels, values=list(years)):
            yield from ragged(block, table)
            kept, notes = footers(block, place, table, first)
            yield from notes
            for position, period in years.items():
                yield Rows(
                    series=relabel(kept.columns[series], lambda code: f"{PUBLISHER}:{code.strip()}" if code else ""),
                    place=kept.columns[place],
                    scheme="worldbank",
                    period=period,
                    value=kept.columns[position],
                    row=kept.rows,
                    member=table.member,
                    column=names[position],
                    decimal=table.decimal,
                    disagg={name: kept.columns[dim] for name, dim in dims.items()},
                )


def fits(row: list[str]) -> bool:
    """Whether a row is the header of one of the layouts."""
    at = {plain(name) for name in row}
    return any(name in at for name in CODES) and any(name in at for name in PLACES) and bool(periods(row))


def periods(names: list[str]) -> dict[int, str]:
    """Position → period of each column whose name is one."""
    found = {}
    for position, name in enumerate(names):
        try:
            found[position] = parse_period(name).text if name[:1].isdigit() else ""
        except InputError:
            continue
    return {position: period for position, period in found.items() if period}
