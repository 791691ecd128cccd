"""Finds the reader for a table by its content, and the tables of what was given."""

from collections.abc import Iterator
from dataclasses import dataclass

from waymark.engines.indicators.archives import Source
from waymark.engines.indicators.blocks import Table
from waymark.engines.indicators.readers import Reader, readers
from waymark.engines.indicators.tables import tables
from waymark.gcm.errors import InputError


@dataclass(frozen=True, slots=True)
class Found:
    """A table, the reader that knows its layout, and the row of its head that is the header."""

    table: Table
    reader: Reader
    header: int


def recognise(table: Table) -> Found | None:
    """The first reader that knows the table's layout."""
    while True:
        for reader in readers():
            header = reader.recognise(table)
            if header is not None:
                return Found(table, reader, header)
        if not table.deepen():
            return None


def found_tables(source: Source, notes: list[str]) -> Iterator[Found]:
    """The tables that some reader knows, member by member; what is left out is told in `notes`.

    Of several releases of the same workbook in one archive only the newest is given; its reader says which that is.
    Raises InputError when there is not one, with what was seen instead.
    """
    seen: list[Table] = []
    others: list[str] = []
    held: list[tuple[str, Found]] = []
    count = 0
    for member in source.members:
        before = count
        for table in tables(member):
            found = recognise(table)
            if found is None:
                seen.append(table)
            elif found.reader.release is None:
                count += 1
                yield found
            else:
                count += 1
                held.append((found.reader.release(table), found))
        if count == before and not (seen and any(reader.accompanies(seen[-1]) for reader in readers())):
            others.append(member.shown)
    newest = max((release for release, _ in held), default="")
    yield from (found for release, found in held if release == newest)
    older = sorted({found.table.member.split("#")[0] for release, found in held if release != newest})
    if older:
        notes.append(f"Older releases were left out: {', '.join(older)}; add them alone to store them")
    if not count:
        raise unrecognised(source, seen)
    if others:
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        notes.append(f"No layout we know, not read: {', '.join(others[:5])}{more}")


def unrecognised(source: Source, tables_seen: list[Table]) -> InputError:
    """The refusal of something that holds no table we know: it names the first row that was seen."""
    first = next((table.head[0] for table in tables_seen if table.head), [])
    row = ", ".join(cell[:30] for cell in first[:6])
    what = f'The first row is "{row[:160]}", which no reader knows' if row else "No table of statistics was found in it"
    expected = (
        "a table as the UN SDG database, UN DESA, UNHCR, the World Bank or IOM give it out, SDMX-CSV, or the tidy "
        "layout with series, place, year and value"
    )
    todo = "See docs/reference/source-formats.md for each layout, or put the figures into the tidy layout"
    place = f"{len(source.members)} members" if len(source.members) > 1 else ""
    return InputError(source.name, what, place=place, expected=expected, todo=todo)
