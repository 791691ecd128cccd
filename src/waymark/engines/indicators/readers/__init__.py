"""Readers of sources, one file per format; others join by the entry-point group `waymark.readers`.

An entry point names a class or function that gives a `Reader` (see `layout.py`). Order matters only where two layouts
could both fit: the more exact one stands first.
"""

from functools import cache
from importlib.metadata import entry_points

from waymark.engines.indicators.readers.ddf import DdfReader
from waymark.engines.indicators.readers.iom import GdidataReader, MissingMigrantsReader
from waymark.engines.indicators.readers.layout import Context, Reader
from waymark.engines.indicators.readers.sdmx import SdmxReader
from waymark.engines.indicators.readers.tidy import TidyReader
from waymark.engines.indicators.readers.undesa import UndesaReader
from waymark.engines.indicators.readers.unhcr import UnhcrReader
from waymark.engines.indicators.readers.unsd import unsd_long, unsd_workbook
from waymark.engines.indicators.readers.worldbank import WorldBankReader

GROUP = "waymark.readers"

__all__ = ["GROUP", "Context", "Reader", "readers"]


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader: ours, then those of installed packages in order of their name."""
    ours: tuple[Reader, ...] = (
        DdfReader(),
        unsd_long(),
        unsd_workbook(),
        SdmxReader(),
        WorldBankReader(),
        UndesaReader(),
        UnhcrReader(),
        GdidataReader(),
        MissingMigrantsReader(),
        TidyReader("tidy-csv", "csv", "Waymark's own layout, CSV"),
        TidyReader("tidy-xlsx", "sheet", "Waymark's own layout, workbook"),
        TidyReader("tidy-parquet", "parquet", "Waymark's own layout, Parquet"),
    )
    others = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return ours + tuple(entry.load()() for entry in others)
