"""Tables of IOM's data package gdidata, and Missing Migrants figures.

Each table has its own exact header. Figures by origin, sex or cause get a total added up beside them; incidents of the
Missing Migrants Project become yearly numbers of dead and missing per place, which are minimum counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.blocks import Table
from waymark.engines.indicators.readers.layout import Context, Layout, as_strings, header_at, ragged
from waymark.engines.indicators.readers.sums import totals
from waymark.engines.indicators.rows import Column, Refused, Rows, relabel
from waymark.gcm.places import resolve_area


@dataclass(frozen=True, slots=True)
class Columns:
    """One table: its exact columns; which column is place, year and series; values, dimensions, totals.

    `added` marks a table whose rows repeat their key, because it leaves a dimension out; such rows are added up.
    """

    columns: tuple[str, ...]
    values: dict[str, str]
    unit: str = "number"
    scheme: str = "iso3"
    place: str = "geo"
    year: str = "t"
    variable: str = ""
    dims: tuple[str, ...] = ()
    totals: tuple[tuple[str, ...], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    nature: str = ""
    added: bool = False


LAYOUTS: tuple[Columns, ...] = (
    Columns(
        ("geo", "t", "from", "sex", "n", "type_b", "type_c", "type_r", "type_i"),
        {"n": "undesa:MIGRANT_STOCK"},
        dims=("from", "sex"),
        totals=(("from",), ("from", "sex")),
        names=(("from", "origin"),),
        nature="E",
    ),
    Columns(
        ("geo", "t", "cause", "sex", "age", "n"),
        {"n": "idmc:DISPLACEMENT_STOCK"},
        scheme="idmc",
        dims=("cause", "sex", "age"),
        totals=(("sex", "age"),),
    ),
    Columns(
        ("geo", "t", "cause", "n"),
        {"n": "idmc:DISPLACEMENT_FLOW"},
        scheme="idmc",
        dims=("cause",),
        totals=(("cause",),),
    ),
    Columns(
        ("geo", "t", "from", "group", "n"),
        {"n": "unhcr:PERSONS"},
        dims=("from", "group"),
        totals=(("from",),),
        names=(("from", "origin"),),
    ),
    Columns(("geo", "var", "t", "v"), {"v": "wb:"}, unit="", variable="var"),
    Columns(
        ("geo", "subgroup", "type", "t", "events", "affected", "deaths", "damages"),
        {"events": "emdat:EVENTS", "affected": "emdat:AFFECTED", "deaths": "emdat:DEATHS"},
        dims=("subgroup", "type"),
        totals=(("subgroup", "type"),),
        added=True,
    ),
    Columns(
        ("geo", "t", "nat", "sex", "n"),
        {"n": "eurostat:ASYLUM_APPLICANTS"},
        dims=("nat", "sex"),
        totals=(("nat", "sex"),),
    ),
)


class GdidataReader(Layout):
    """Reads the tables of gdidata that name a place and a year."""

    name, version = "iom-gdidata", "1"
    title = "IOM gdidata: UN DESA, IDMC, UNHCR, World Bank, EM-DAT, Eurostat tables"
    layout = "; ".join(", ".join(layout.columns) for layout in LAYOUTS)

    def recognise(self, table: Table) -> int | None:
        """The first row is exactly the header of one of the tables."""
        return 0 if table.head and any(tuple(table.head[0]) == layout.columns for layout in LAYOUTS) else None

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """The rows as they stand, then the totals."""
        layout = next(known for known in LAYOUTS if known.columns == tuple(table.head[header]))
        at = {name: position for position, name in enumerate(layout.columns)}
        labels = [at[name] for name in (layout.place, layout.year, layout.variable, *layout.dims) if name]
        read: dict[str, list[Rows]] = {name: [] for name in layout.values}
        for block in table.blocks(header, labels=labels, values=[at[name] for name in layout.values]):
            yield from ragged(block, table)
            for name, prefix in layout.values.items():
                variable = block.columns[at[layout.variable]] if layout.variable else ""
                rows = Rows(
                    series=relabel(variable, partial(series_code, prefix)),
                    place=block.columns[at[layout.place]],
                    scheme=layout.scheme,
                    period=block.columns[at[layout.year]],
                    value=block.columns[at[name]],
                    row=block.rows,
                    member=table.member,
                    column=name,
                    unit=layout.unit,
                    nature=layout.nature,
                    disagg={dict(layout.names).get(dim, dim): block.columns[at[dim]] for dim in layout.dims},
                )
                read[name].append(rows)
                yield from added_up(rows) if layout.added else [rows]
        for batches in read.values():
            for over in layout.totals:
                named = [dict(layout.names).get(dim, dim) for dim in over]
                total = totals(batches, over=named, words=f"rows by {' and '.join(named)}")
                if total is not None:
                    yield total


WDI_CODES = {"remin": "BX.TRF.PWKR.CD.DT", "remout": "BM.TRF.PWKR.CD.DT", "nmig": "SM.POP.NETM"}
"""Variables of table wdi whose World Bank code we know; the others keep gdidata's own name."""


def series_code(prefix: str, variable: str) -> str:
    """The series of a value column: its prefix, and the variable's code where the table has one."""
    return prefix + WDI_CODES.get(variable, variable)


INCIDENTS = ("t", "m", "type", "route", "geo", "dead", "cause", "surv", "nat", "location", "lon", "lat")
AGGREGATED = ("year", "cause", "lon", "lat", "n")


class MissingMigrantsReader(Layout):
    """Reads the Missing Migrants Project: incidents with a place, or figures by cause without one."""

    name, version = "iom-missing-migrants", "1"
    title = "IOM Missing Migrants Project"
    layout = f"{', '.join(INCIDENTS)}; or {', '.join(AGGREGATED)}"

    def recognise(self, table: Table) -> int | None:
        """The header is exactly one of the two."""
        return header_at(table, lambda row: tuple(row) in (INCIDENTS, AGGREGATED))

    def publisher_of(self, table: Table, header: int) -> str:
        """IOM, of its incidents; figures by cause are a drawing's, and say no licence."""
        return "iom" if tuple(table.head[header]) == INCIDENTS else ""

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """Yearly sums: each observation stands for all rows added up in it."""
        names = table.head[header]
        incidents = tuple(names) == INCIDENTS
        time, value, cause = (0, 5, 6) if incidents else (0, 4, 1)
        labels = [time, cause, *([4] if incidents else [])]
        for block in table.blocks(header, labels=labels, values=[value]):
            yield from ragged(block, table)
            place: Column = block.columns[4] if incidents else "001"
            yield from added_up(
                Rows(
                    series="iom:MISSING_MIGRANTS" if incidents else "iom:MISSING_MIGRANTS_WORLD",
                    place=place,
                    scheme="iso3" if incidents else "m49",
                    period=relabel(block.columns[time], lambda text: text[:4]),
                    value=block.columns[value],
                    row=block.rows,
                    member=table.member,
                    column=names[value],
                    unit="number",
                    nature="C" if incidents else "",
                )
            )


def added_up(rows: Rows) -> Iterator[Rows]:
    """The rows added up per key, each sum standing for its rows; rows that cannot be added come apart, one by one."""
    usable = pc.match_substring_regex(rows.value, r"^[0-9]+(\.[0-9]+)?$")
    if not isinstance(rows.place, str):
        known = relabel(rows.place, lambda code: "yes" if resolve_area(code, scheme=rows.scheme) else "")
        usable = pc.and_(usable, pc.equal(as_strings(known), "yes"))
    if not pc.all(usable).as_py():
        yield filtered(rows, pc.invert(usable))
        rows = filtered(rows, usable)
    total = totals([rows], over=[], words="rows", counted=True)
    if total is not None:
        yield total


def filtered(rows: Rows, mask: pa.Array) -> Rows:
    """The rows for which the mask is true."""
    dims = {name: _filtered(column, mask) for name, column in rows.disagg.items()}
    place, period = _filtered(rows.place, mask), _filtered(rows.period, mask)
    value, row = rows.value.filter(mask), rows.row.filter(mask)
    return replace(rows, value=value, row=row, place=place, period=period, disagg=dims)


def _filtered(column: Column, mask: pa.Array) -> Column:
    """A column's texts for which the mask is true."""
    return column if isinstance(column, str) else column.filter(mask)
