"""SDG indicators with several series, and whether a reader takes them for one thing.

Facts lie in `indicators/several-series.csv`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from waymark.gcm.files import read_table

Reading = Literal["one thing", "different things"]


@dataclass(frozen=True, slots=True)
class SeveralSeries:
    """How the series of one SDG indicator are read beside one another, and why: our reading, a proposal."""

    framework_code: str
    reading: Reading
    why: str
    mark: str


@cache
def several_series() -> dict[str, SeveralSeries]:
    """Every SDG indicator of which the catalogue defines several series, by its code."""
    rows = read_table("indicators", "several-series.csv")
    return {row["framework_code"]: SeveralSeries(**row) for row in rows}  # type: ignore[arg-type]  # a test reads them


def counts_one_thing(framework_code: str) -> bool:
    """Whether a reader takes several series of an SDG indicator for one thing; a test has every one of them read."""
    known = several_series().get(framework_code)
    return known is not None and known.reading == "one thing"
