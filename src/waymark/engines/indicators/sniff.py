"""Finds the reader for a table by its content, and the tables of what was given."""

from collections.abc import Iterator
from dataclasses import dataclass

from waymark.engines.indicators.archives import EXPECTED, Source
from waymark.engines.indicators.readers import Reader, readers
from waymark.engines.indicators.tables import Table, tables
from waymark.gcm.errors import InputError


@dataclass(frozen=True, slots=True)
class Found:
    """A table, the reader that knows its layout, and the row of its head that is the header."""

    table: Table
    reader: Reader
    header: int


def recognise(table: Table) -> Found | None:
    """The first reader that knows the table's layout."""
    for reader in readers():
        header = reader.recognise(table)
        if header is not None:
            return Found(table, reader, header)
    return None


def found_tables(source: Source, notes: list[str]) -> Iterator[Found]:
    """The tables that some reader knows, member by member; what is left out is told in `notes`.

    Of several editions of the same workbook in one archive only the newest is given; its reader says which that is.
    Raises InputError when there is not one, with what was seen instead.
    """
    unknown: list[tuple[str, Table | None]] = []
    held: list[tuple[str, Found]] = []
    count = 0
    for member in source.members:
        known = False
        for table in tables(member):
            found = recognise(table)
            if found is None:
                unknown.append((table.member, table))
                continue
            known = True
            count += 1
            edition = getattr(found.reader, "edition", None)
            if edition is None:
                yield found
            else:
                held.append((edition(table), found))
        if not known and member.size and not any(name == member.shown for name, _ in unknown):
            unknown.append((member.shown, None))
    newest = max((edition for edition, _ in held), default="")
    yield from (found for edition, found in held if edition == newest)
    older = sorted({found.table.member.split("#")[0] for edition, found in held if edition != newest})
    if older:
        notes.append(f"Older editions were left out: {', '.join(older)}; add them alone to store them")
    if not count:
        raise unrecognised(source, unknown)
    others = sorted({name.split("#")[0] for name, _ in unknown if name} - {""})
    if others:
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        notes.append(f"No layout we know, not read: {', '.join(others[:5])}{more}")


def unrecognised(source: Source, unknown: list[tuple[str, Table | None]]) -> InputError:
    """The refusal of something that holds no table we know: it names the first row that was seen."""
    seen = next((table.head[0] for _, table in unknown if table is not None and table.head), [])
    row = ", ".join(cell[:30] for cell in seen[:6])
    what = f'The first row is "{row[:160]}", which no reader knows' if row else "No table of statistics was found in it"
    names = "; ".join(sorted({reader.title for reader in readers()}))
    todo = "See docs/reference/source-formats.md for each layout, or put the figures into the tidy layout"
    place = f"{len(source.members)} members" if len(source.members) > 1 else ""
    return InputError(
        source.name, what, place=place, expected=f"{EXPECTED}, in one of these layouts: {names}", todo=todo
    )
