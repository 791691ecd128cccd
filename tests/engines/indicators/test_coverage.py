"""What a place has and lacks, per objective, from the figures that a review shows."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.engines.indicators.test_select import table
from waymark.engines.indicators.coverage import CoverageRow, coverage
from waymark.engines.indicators.making import Known, up_to
from waymark.engines.indicators.methods import DEFAULT
from waymark.gcm.indicators import ObjectiveTie, indicator, indicators

AS_OF = date(2026, 5, 8)
TIE = ObjectiveTie(3, "proposal", "Waymark", "proposal")
RATE = replace(
    indicator("sl_tlf_neet"), code="rate", series="made:RATE", ties=(TIE,), headline={}, disaggregations=("sex", "age")
)
"""An indicator in per cent of which less is wanted, without a target."""


def observations(*years: int, **more: Any) -> list[dict[str, Any]]:
    return [{"year": year, "value": float(year - 2000), **more} for year in years]


def one(*groups: list[dict[str, Any]], **changes: Any) -> CoverageRow:
    known = replace(RATE, **changes)
    facts = up_to("QOR", 2026, table(*(row for group in groups for row in group)), [known], Known())
    (row,) = coverage(facts.series, [known], AS_OF, DEFAULT)
    return row


def test_years_gaps_and_datasets() -> None:
    row = one(observations(2012, 2015, dataset="a"), observations(2018, 2021, dataset="b"))
    assert row.years == (2012, 2015, 2018, 2021)
    assert row.gaps == (2013, 2014, 2016, 2017, 2019, 2020)
    assert (row.datasets, row.status, row.assessable) == (("a", "b"), "assessable", True)


@pytest.mark.parametrize(
    ("years", "status"),
    [((), "no figures"), ((2015,), "one point"), ((2015, 2020), "too old"), ((2015, 2021), "assessable")],
)
def test_status(years: tuple[int, ...], status: str) -> None:
    assert one(observations(*years)).status == status


def test_what_no_method_can_judge_is_not_assessable() -> None:
    assert one(observations(2015, 2021), direction="none", target=None).status == "direction none"
    assert one(observations(2015, 2021), context="outside the Compact").status == "context"


def test_groups_are_those_of_the_latest_year() -> None:
    row = one(observations(2015, 2021), observations(2021, disagg="sex=female"), observations(2015, disagg="age=25+"))
    assert (row.groups, row.groups_missing) == (("sex",), ("age",))


def test_figures_counted_another_way_are_beside() -> None:
    row = one(observations(2015, 2021), observations(2010, 2017, nature="E"))
    assert (row.years, row.beside) == ((2015, 2021), (2010, 2017))


def test_rows_per_objective_sorted() -> None:
    given = [
        replace(RATE, code="b", ties=(replace(TIE, objective=7), replace(TIE, objective=2))),
        replace(RATE, code="a", ties=(replace(TIE, objective=7),)),
    ]
    found = coverage({}, given, AS_OF, DEFAULT)
    assert [(row.objective, row.indicator) for row in found] == [(2, "b"), (7, "a"), (7, "b")]


def test_every_indicator_has_its_rows() -> None:
    found = coverage({}, indicators(), AS_OF, DEFAULT)
    assert {row.indicator for row in found} == {item.code for item in indicators() if item.objectives}
    assert {row.status for row in found} == {"no figures"}
