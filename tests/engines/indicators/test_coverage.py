"""What a place has and lacks, per objective."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from waymark.engines.indicators.coverage import CoverageRow, coverage
from waymark.engines.indicators.schema import OBSERVATIONS
from waymark.gcm.indicators import indicators

AS_OF = date(2026, 5, 8)


@dataclass(frozen=True)
class Definition:
    code: str = "rate"
    series: str = "made:RATE"
    unit: str = "percent"
    objectives: tuple[int, ...] = (3,)
    headline: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    disaggregations: tuple[str, ...] = ("sex", "age")


def observations(*years: int, **more: Any) -> list[dict[str, Any]]:
    plain = {
        "dataset": "made-2026",
        "series": "made:RATE",
        "place": "QOR",
        "place_kind": "country",
        "disagg": "",
        "unit": "percent",
        "nature": "C",
        "value": 1.0,
        "qualifier": "",
        "bound": None,
        "break_before": False,
        "detail": "",
        "member": "",
        "row": 1,
    }
    return [{**plain, "year": year, "period": str(year), **more} for year in years]


def one(*groups: list[dict[str, Any]], definition: Definition | None = None) -> CoverageRow:
    table = pa.Table.from_pylist([row for group in groups for row in group], schema=OBSERVATIONS)
    (row,) = coverage(table, [definition or Definition()], "QOR", AS_OF)
    return row


def test_years_gaps_and_points() -> None:
    row = one(observations(2012, 2015, 2018, 2021))
    assert (row.first_year, row.latest_year, row.years) == (2012, 2021, (2012, 2015, 2018, 2021))
    assert row.gaps == (2013, 2014, 2016, 2017, 2019, 2020)
    assert (row.points_since_2015, row.rows, row.status) == (3, 4, "assessable")


@pytest.mark.parametrize(
    ("years", "status"),
    [
        ((), "none"),
        ((2014,), "too old"),
        ((2015,), "one point"),
        ((2010, 2023), "one point"),
        ((2015, 2020), "too old"),
        ((2015, 2021), "assessable"),
    ],
)
def test_status(years: tuple[int, ...], status: str) -> None:
    assert one(observations(*years)).status == status


def test_nothing_at_all() -> None:
    row = one(observations(2015, place="XXA"), observations(2015, series="made:OTHER"))
    assert (row.first_year, row.latest_year, row.gaps, row.rows, row.status) == (None, None, (), 0, "none")
    assert (row.disaggregations_present, row.disaggregations_missing) == ((), ("sex", "age"))


def test_breakdowns_present_and_missing() -> None:
    row = one(observations(2021), observations(2021, disagg="location=urban|sex=female"))
    assert (row.disaggregations_present, row.disaggregations_missing) == (("sex",), ("age",))
    assert (row.rows, row.years) == (2, (2021,))


def test_breakdowns_without_the_headline_have_no_years() -> None:
    row = one(observations(2015, 2021, disagg="sex=female"))
    assert (row.rows, row.years, row.status) == (2, (), "none")
    row = one(observations(2015, 2021, disagg="sex=female"), definition=Definition(headline={"sex": "female"}))
    assert row.status == "assessable"


def test_censored_values_are_counted_apart() -> None:
    row = one(observations(2015), observations(2021, value=None, qualifier="<", bound=5.0))
    assert (row.years, row.censored, row.status) == ((2015,), 1, "one point")


def test_rows_per_objective_sorted() -> None:
    table = pa.Table.from_pylist(observations(2015, 2021), schema=OBSERVATIONS)
    given = [Definition(code="b", objectives=(7, 2)), Definition(code="a", objectives=(7,), series="made:OTHER")]
    found = coverage(table, given, "QOR", AS_OF)
    assert [(row.objective, row.indicator) for row in found] == [(2, "b"), (7, "a"), (7, "b")]


def test_definitions_of_the_catalogue_have_what_coverage_reads() -> None:
    found = coverage(OBSERVATIONS.empty_table(), indicators(), "QOR", AS_OF)
    assert {row.indicator for row in found} == {item.code for item in indicators() if item.objectives}
    assert {row.status for row in found} == {"none"}
