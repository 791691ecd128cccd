"""Which figures are of a whole period: a file that ends within a year holds a part of that year alone.

Up to when a file is complete is said by its publisher, by the catalogue, or by who adds it (`Manifest.complete_to`);
where nobody says it, its years count as whole. A part of a year is no year: it is never a base, a latest figure or a
step. It stands beside them, with the month to which it goes.
"""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.manifest import Manifest
from waymark.gcm.periods import parse_period


def ends_of(manifests: Mapping[str, Manifest]) -> dict[str, str]:
    """Dataset → the month or day up to which it is complete, of those of which it is known."""
    return {name: known.complete_to for name, known in manifests.items() if known.complete_to}


def split(observations: pa.Table, ends: Mapping[str, str]) -> tuple[pa.Table, pa.Table]:
    """The rows of whole periods, and those of periods that end after their dataset does. `ends` as in `ends_of`."""
    if not ends or not observations.num_rows:
        return observations, observations.slice(0, 0)
    part = [
        dataset in ends and is_part(period, ends[dataset])
        for period, dataset in zip(observations["period"].to_pylist(), observations["dataset"].to_pylist(), strict=True)
    ]
    mask = pa.array(part, pa.bool_())
    return observations.filter(pc.invert(mask)), observations.filter(mask)


def is_part(period: str, end: str) -> bool:
    """Whether a period lasts longer than its dataset, which is complete to `end`, a day, a month or a year."""
    return parse_period(period).last_day > parse_period(end).last_day


def until(period: str, end: str) -> str:
    """The month or day to which a part of a period goes; "" where the dataset ends before it, so that nobody knows."""
    return end if parse_period(end).last_day >= parse_period(period).first_day else ""
