"""International Migrant Stock of UN DESA: workbooks of 2019 and 2020 (and those of the same shape).

Each sheet has blocks of years, named in a row above the years (2020: row 8 over header row 11; 2019: row 15 over row
16). What a block holds is told by its title. Names carry leading spaces and asterisks, so the area is taken from the
location code. Total population is in thousands, as the source gives it.
"""

import re
from collections.abc import Callable, Iterator

from waymark.engines.indicators.blocks import Table
from waymark.engines.indicators.readers.layout import Context, Layout, header_at, plain
from waymark.engines.indicators.readers.worldbank import periods
from waymark.engines.indicators.rows import Refused, Rows

BLOCKS: tuple[tuple[str, str, str], ...] = (
    (r"refugee.* as a percentage of the international migrant stock", "REFUGEE_SHARE_OF_STOCK", "percent"),
    (r"annual rate of change of the refugee", "REFUGEE_STOCK_GROWTH", "percent"),
    (r"refugee", "REFUGEE_STOCK", "number"),
    (r"female migrants as a percentage", "MIGRANT_STOCK_FEMALE_SHARE", "percent"),
    (r"annual rate of change of the migrant stock", "MIGRANT_STOCK_GROWTH", "percent"),
    (r"migrant stock as a percentage of the total population", "MIGRANT_STOCK_SHARE", "percent"),
    (r"population.*thousands", "TOTAL_POPULATION", "num_th"),
    (r"international migrant stock at mid-year", "MIGRANT_STOCK", "number"),
)
"""Words in a block's title → our series code and unit; the first that fits."""

SYMBOL = "POP/DB/MIG/Stock"
"""The symbol of the database, which the Division prints above its tables."""

CODE_NAMES = ("locationcode", "code")


class UndesaReader(Layout):
    """Reads UN DESA's workbooks of migrant stocks by destination."""

    name, version = "undesa-workbook", "1"
    title = "UN DESA, International Migrant Stock, workbook"
    layout = "name of area, notes, location code, type of data, then blocks of years titled by sex"

    def recognise(self, table: Table) -> int | None:
        """A row of repeated periods, with a location code in it or above it and at least one block we know."""
        if table.kind != "sheet":
            return None
        at = header_at(table, lambda row: len(periods(row)) >= 3)
        if at is None or code_column(table, at) is None or not any(blocks(table, at).values()):
            return None
        return at

    def publisher_of(self, table: Table, header: int) -> str:
        """UN DESA, where the sheet bears the symbol of its database."""
        return "undesa" if any(SYMBOL in cell for row in table.head for cell in row) else ""

    @property
    def release(self) -> Callable[[Table], str]:
        """The revision, so that an archive with several gives only the newest."""
        return revision

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """One batch per column; a row is a cell. Lines without a location code are headings, not rows."""
        place = code_column(table, header)
        assert place is not None, "recognised tables have a location code"
        names = table.head[header]
        detail = next((at for row in table.head[: header + 1] for at, n in enumerate(row) if "Type of data" in n), None)
        years = periods(names)
        labels = [place] + ([detail] if detail is not None else [])
        for block in table.blocks(header, labels=labels, values=list(years)):
            for position, period in years.items():
                known = blocks(table, header)[position]
                if known is None:
                    continue
                series, unit, sex = known
                yield Rows(
                    series=f"undesa:{series}",
                    place=block.columns[place],
                    scheme="undesa",
                    period=period,
                    value=block.columns[position],
                    row=block.rows,
                    member=table.member,
                    column=f"{names[position]}{f', {sex}' if sex else ''}",
                    unit=unit,
                    nature="E",
                    detail=block.columns[detail] if detail is not None else "",
                    disagg={"sex": sex},
                )


def code_column(table: Table, header: int) -> int | None:
    """The column of location codes, named in the header row or the one above."""
    for row in table.head[max(header - 1, 0) : header + 1]:
        for at, name in enumerate(row):
            if plain(name) in CODE_NAMES:
                return at
    return None


def blocks(table: Table, header: int) -> dict[int, tuple[str, str, str] | None]:
    """For each column of years: series, unit and sex ("" for both) of its block, None when the title is not known."""
    titles: dict[int, str] = {}
    for row in table.head[:header]:
        titles |= {at: cell for at, cell in enumerate(row) if at in periods(table.head[header]) and cell}
    found: dict[int, tuple[str, str, str] | None] = {}
    title = ""
    for at in sorted(periods(table.head[header])):
        title = titles.get(at, title)
        found[at] = meaning(title)
    return found


def meaning(title: str) -> tuple[str, str, str] | None:
    """Series, unit and sex that a block's title stands for."""
    words = title.lower()
    sex = "female" if re.search(r"females?\b", words) else "male" if re.search(r"\bmales?\b", words) else ""
    for pattern, series, unit in BLOCKS:
        if re.search(pattern, words):
            return series, unit, "" if series == "MIGRANT_STOCK_FEMALE_SHARE" else sex
    return None


def revision(table: Table) -> str:
    """The revision that the sheet names: "Rev.2020" → "2020"; "" when it names none."""
    found = re.search(r"Rev\.\s?(\d{4})", " ".join(cell for row in table.head for cell in row))
    return found[1] if found else ""
