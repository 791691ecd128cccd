"""Figures that people typed, as they join the observations of one place: the definitions concerned, and their rows.

Nothing here loads more than the standard library; `making` turns the rows into an Arrow table.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from waymark.gcm.indicators import IndicatorDefinition

COUNTRY_DATA = "C"
"""The nature (SDMX) of what a body of the State says."""
NOT_SAID = "NA"
"""The nature (SDMX) of what anybody else says: not available."""

DIGEST_LENGTH = 16


class AddedRow(NamedTuple):
    """One typed figure; names as in the table of observations. `dataset` is the global id of its row in the record."""

    dataset: str
    series: str
    disagg: str
    unit: str
    year: int
    period: str
    value: float | None
    qualifier: str
    bound: float | None
    break_before: bool
    nature: str = COUNTRY_DATA


@dataclass(frozen=True, slots=True)
class Added:
    """What was typed for a place: the definitions of the indicators concerned, the rows, and when each was released."""

    definitions: tuple[IndicatorDefinition, ...] = ()
    rows: tuple[AddedRow, ...] = ()
    released: Mapping[str, str] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The last year with a figure, 0 when there is none."""
        return max((row.year for row in self.rows), default=0)

    def digest(self) -> str:
        """The hash of all that decides what is made of it: the rows, their release, and how each series is judged."""
        judged = [
            [
                one.code, one.series, one.unit, one.judged_direction, one.natural_limit, one.baseline.year, one.traits,
                sorted(one.headline.items()),
                [one.target.value, one.target.year, one.target.reference, one.target.relation]
                if one.target
                else None,
            ]
            for one in self.definitions
        ]  # fmt: skip
        text = json.dumps([judged, self.rows, sorted(self.released.items())], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
