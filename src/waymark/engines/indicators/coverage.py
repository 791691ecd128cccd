"""What statistics a place has and what is missing, per objective: gaps are a finding."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.assessment import TOO_OLD_AFTER
from waymark.engines.indicators.parts import with_totals
from waymark.engines.indicators.select import headline
from waymark.engines.indicators.statistics import BASELINE_YEAR

Status = Literal["none", "one point", "too old", "assessable"]


class Indicator(Protocol):
    """What coverage reads of a definition; `gcm.indicators.IndicatorDefinition` has all of it."""

    @property
    def code(self) -> str:
        """The definition's code."""

    @property
    def series(self) -> str:
        """The series as observations name it, "publisher:CODE"."""

    @property
    def unit(self) -> str:
        """The unit's code."""

    @property
    def objectives(self) -> Sequence[int]:
        """The objectives it serves."""

    @property
    def headline(self) -> Mapping[str, str]:
        """Dimensions and values of the series shown first; empty for the total."""

    @property
    def parts(self) -> Mapping[str, Sequence[str]]:
        """Dimensions whose values add up to a total that the source does not give."""

    @property
    def disaggregations(self) -> Sequence[str]:
        """The dimensions expected."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One indicator under one objective for a place.

    Years and points are those of the headline series with a number. `gaps` are the years between the first and the
    latest without one. `points_since_2015` counts from the baseline year. `censored` counts values given only as limits
    or as missing. `rows` counts everything held for series and place; more than `years` when there are breakdowns.
    `status`: "one point" since the baseline, "too old" when the latest value is more than five years older than the
    as-of year or lies before the baseline, "assessable" when a method has two points to go by.
    """

    objective: int
    indicator: str
    series: str
    first_year: int | None
    latest_year: int | None
    years: tuple[int, ...]
    gaps: tuple[int, ...]
    points_since_2015: int
    censored: int
    rows: int
    disaggregations_present: tuple[str, ...]
    disaggregations_missing: tuple[str, ...]
    status: Status


def coverage(observations: pa.Table, indicators: Iterable[Indicator], place: str, as_of: date) -> list[CoverageRow]:
    """One row per objective and indicator, sorted by both; an indicator without figures has a row of status "none".

    `observations` may hold other places and series; `as_of` decides what is too old.
    """
    here = observations.filter(pc.equal(observations["place"], place))
    found: list[CoverageRow] = []
    for indicator in indicators:
        rows = here.filter(pc.equal(here["series"], indicator.series))
        found.extend(_row(rows, indicator, objective, as_of) for objective in indicator.objectives)
    return sorted(found, key=lambda row: (row.objective, row.indicator))


def _row(rows: pa.Table, indicator: Indicator, objective: int, as_of: date) -> CoverageRow:
    """The coverage of one indicator by its rows for the place."""
    whole = with_totals(rows, indicator.headline, indicator.parts)
    shown = headline(whole, indicator.headline, unit=indicator.unit)
    measured = shown.filter(pc.is_valid(shown["value"]))
    years = tuple(sorted(set(measured["year"].to_pylist())))
    points = sum(year >= BASELINE_YEAR for year in years)
    present = {part.split("=")[0] for text in pc.unique(rows["disagg"]).to_pylist() for part in text.split("|") if part}
    return CoverageRow(
        objective=objective,
        indicator=indicator.code,
        series=indicator.series,
        first_year=years[0] if years else None,
        latest_year=years[-1] if years else None,
        years=years,
        gaps=tuple(year for year in range(years[0], years[-1]) if year not in years) if years else (),
        points_since_2015=points,
        censored=len(shown) - len(measured),
        rows=len(rows),
        disaggregations_present=tuple(name for name in indicator.disaggregations if name in present),
        disaggregations_missing=tuple(name for name in indicator.disaggregations if name not in present),
        status=_status(years, points, as_of),
    )


def _status(years: tuple[int, ...], points: int, as_of: date) -> Status:
    """The one word on whether the headline series can be assessed."""
    if not years:
        return "none"
    if points == 1:
        return "one point"
    if points == 0 or years[-1] < as_of.year - TOO_OLD_AFTER:
        return "too old"
    return "assessable"
