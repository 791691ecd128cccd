"""SDMX-CSV 1.0 (first column DATAFLOW) and 2.0 (STRUCTURE, STRUCTURE_ID, ACTION), with the UN's 34 columns.

Dimensions are the columns between the fixed ones and TIME_PERIOD that are not attributes. UNIT_MULT is the power of ten
that values have to be multiplied by; OBS_STATUS "B" is a break in the series.
Source: SDMX-CSV field guides 1.0 and 2.0; UN Data platform, dataflow IAEG-SDGs:DF_SDG_GLH(1.24).
"""

from collections.abc import Iterator

import pyarrow.compute as pc

from waymark.engines.indicators.blocks import Block, Table
from waymark.engines.indicators.readers.ddf import nature_code
from waymark.engines.indicators.readers.layout import Context, Layout, as_strings, header_at, ragged
from waymark.engines.indicators.readers.unsd import joined, national
from waymark.engines.indicators.rows import Column, Refused, Rows, relabel

NEEDED = frozenset({"SERIES", "REF_AREA", "TIME_PERIOD", "OBS_VALUE"})
FIXED = NEEDED | {"REPORTING_TYPE", "DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ"}
GLOBAL_FLOW = "IAEG-SDGs:DF_SDG_GLH("
"""Agency and dataflow of the global SDG database; other offices write the same columns under a flow of their own."""

CODED = ("ACTION", "REPORTING_TYPE", "UNIT_MEASURE", "UNIT_MULT", "NATURE", "OBS_STATUS")
ATTRIBUTES = frozenset(
    [
        "OBS_STATUS",
        "UNIT_MULT",
        "UNIT_MEASURE",
        "BASE_PER",
        "NATURE",
        "TIME_DETAIL",
        "COMMENT_OBS",
        "TIME_COVERAGE",
        "UPPER_BOUND",
        "LOWER_BOUND",
        "SOURCE_DETAIL",
        "COMMENT_TS",
        "GEO_INFO_URL",
        "GEO_INFO_TYPE",
        "CUST_BREAKDOWN_LB",
        "DATA_LAST_UPDATE",
        "CONF_STATUS",
        "DECIMALS",
    ]
)


class SdmxReader(Layout):
    """Reads SDMX-CSV with one value per row."""

    name, version = "sdmx-csv", "1"
    title = "SDMX-CSV 1.0 or 2.0, UN layout"
    layout = "DATAFLOW or STRUCTURE first, then SERIES, REF_AREA, dimensions, TIME_PERIOD, OBS_VALUE and attributes"

    def recognise(self, table: Table) -> int | None:
        """The header starts as one of the two versions does and has series, area, time and value."""
        return header_at(
            table,
            lambda row: row[:1] in (["DATAFLOW"], ["STRUCTURE"]) and {name.split(":")[0] for name in row} >= NEEDED,
        )

    def publisher_of(self, table: Table, header: int) -> str:
        """The UN Statistics Division, where the first row names the dataflow of its SDG database."""
        names = table.head[header]
        first = table.head[header + 1] if len(table.head) > header + 1 else []
        at = names.index("STRUCTURE_ID") if "STRUCTURE_ID" in names else 0
        return "unsd" if len(first) > at and first[at].startswith(GLOBAL_FLOW) else ""

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """One batch per block. Rows of ACTION "D" (delete) are refused."""
        names = [name.split(":")[0] for name in table.head[header]]
        at = {name: position for position, name in enumerate(names) if name}
        dims = [name for name in at if name not in FIXED | ATTRIBUTES]
        labels = [at[name] for name in at if name in {*NEEDED, *dims, *CODED} and name != "OBS_VALUE"]
        notes = [at[name] for name in ("SOURCE_DETAIL", "COMMENT_OBS") if name in at]
        for block in table.blocks(header, labels=labels, values=[at["OBS_VALUE"]], free=notes):
            yield from ragged(block, table)
            kept = block
            if "ACTION" in at:
                kept, deleted = without_deleted(block, at, table)
                yield deleted

            def column(name: str, block: Block = kept) -> Column:
                return relabel(block.columns[at[name]], code) if name in at else ""

            yield Rows(
                series=relabel(column("SERIES"), lambda text: f"unsd:{text}" if text else ""),
                place=column("REF_AREA"),
                scheme="m49",
                period=column("TIME_PERIOD"),
                value=kept.columns[at["OBS_VALUE"]],
                row=kept.rows,
                member=table.member,
                column="OBS_VALUE",
                decimal=table.decimal,
                unit=relabel(column("UNIT_MEASURE"), str.lower),
                nature=relabel(column("NATURE"), nature_code),
                power=column("UNIT_MULT"),
                broken=column("OBS_STATUS"),
                detail=joined([kept.columns[note] for note in notes], len(kept.rows)),
                disagg={name.lower(): column(name) for name in dims}
                | {"reporting_type": relabel(column("REPORTING_TYPE"), national)},
            )


def code(text: str) -> str:
    """The code of a cell that may hold code and name ("268: Georgia")."""
    return text.split(":")[0].strip()


def without_deleted(block: Block, at: dict[str, int], table: Table) -> tuple[Block, Refused]:
    """The block without rows that the source marks as deleted, and those rows."""
    gone = pc.equal(as_strings(block.columns[at["ACTION"]]), "D")
    refused = Refused(
        row=block.rows.filter(gone),
        value=block.columns[at["OBS_VALUE"]].filter(gone),
        reason="deleted",
        member=table.member,
        column="ACTION",
    )
    kept = pc.invert(gone)
    return Block({p: c.filter(kept) for p, c in block.columns.items()}, block.rows.filter(kept)), refused
