"""Groups of a series: each dimension in its latest year, crossings added up where complete, what is withheld named."""

from dataclasses import replace
from typing import Any

import pytest

from tests.engines.indicators.test_select import table
from waymark.engines.indicators.groups import NOT_ADDITIVE, Groups, groups
from waymark.gcm.indicators import TRAITS, indicator, indicators

COUNT = replace(indicator("undesa_migrant_stock"), headline={}, traits=())
LATEST = {"year": 2024, "unit": "number", "nature": "C", "value": 10.0}
PROTECTED = ("protected_small_counts",)
WOMEN, MEN = {"disagg": "sex=female", "value": 4.0}, {"disagg": "sex=male", "value": 6.0}


def found(*rows: dict[str, Any], traits: tuple[str, ...] = ()) -> Groups:
    made = table(*({"unit": "number", "year": 2024, **row} for row in (LATEST, *rows)))
    latest = next(row for row in made.to_pylist() if not row["disagg"])
    return groups(replace(COUNT, traits=traits), made, latest)


def cells(*values: float | None) -> list[dict[str, Any]]:
    names = [f"origin={place}|sex={sex}" for place in ("afg", "alb") for sex in ("female", "male")]
    return [{"disagg": name, "value": value} for name, value in zip(names, values, strict=False)]


def said(one: Groups) -> dict[str, float | None]:
    return {group: figure.value for group, figure in one.shown}


def test_complete_crossings_are_added_up_for_each_dimension_and_say_so() -> None:
    one = found(*cells(1.0, 2.0, 3.0, 4.0))
    assert said(one) == {"origin=afg": 3.0, "origin=alb": 7.0, "sex=female": 4.0, "sex=male": 6.0}
    assert all(figure.detail.startswith("added up by Waymark from 2 rows") for _, figure in one.shown)
    assert one.crossed == ()


@pytest.mark.parametrize("values", [(1.0, 2.0, 3.0), (1.0, 2.0, 3.0, 5.0), (1.0, 2.0, 3.0, None)])
def test_crossings_that_do_not_make_up_the_total_are_not_added_up_but_named_as_held(values: tuple[Any, ...]) -> None:
    one = found(*cells(*values))
    assert (said(one), one.crossed) == ({}, ("origin", "sex"))


@pytest.mark.parametrize("trait", sorted(NOT_ADDITIVE))
def test_rates_and_shares_are_never_added_up(trait: str) -> None:
    assert trait in TRAITS
    assert said(found(*cells(1.0, 2.0, 3.0, 4.0), traits=(trait,))) == {}


def test_what_the_source_gives_by_one_dimension_goes_before_a_sum() -> None:
    one = found(*cells(1.0, 2.0, 3.0, 4.0), WOMEN, MEN)
    assert {group: figure.detail for group, figure in one.shown}["sex=female"] == ""


@pytest.mark.parametrize(("year", "ended"), [(2026, ()), (2024, ()), (2019, (("sex", 2019),))])
def test_a_dimension_has_its_own_latest_year_and_an_earlier_one_is_only_named(
    year: int, ended: tuple[Any, ...]
) -> None:
    one = found({**WOMEN, "year": year})
    assert [figure.year for _, figure in one.shown] == ([] if ended else [year])
    assert one.ended == ended


def test_small_counts_are_withheld_and_not_missing() -> None:
    one = found(WOMEN, traits=PROTECTED)
    assert (one.shown, one.withheld) == ((), ("sex",))
    both = found(WOMEN, MEN, traits=PROTECTED)
    assert (said(both), both.withheld) == ({"sex=male": 6.0}, ())


def test_every_count_with_an_origin_can_be_added_up() -> None:
    by_origin = [one for one in indicators() if "origin" in one.disaggregations and one.unit == "number"]
    assert by_origin
    assert not any(NOT_ADDITIVE & set(one.traits) for one in by_origin)
