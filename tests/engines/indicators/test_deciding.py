"""By which rule one of two figures of a year is shown: the true one, whatever told them apart."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.indicators.test_select import table
from waymark.engines.indicators.making import Known, up_to
from waymark.engines.indicators.place_facts import DECIDED, SeriesFacts
from waymark.gcm.indicators import indicator

RATE = indicator("si_pov_day1")
BASE = [{"year": 2015, "value": 1.0}, {"year": 2020, "value": 2.0}]
RELEASED = {"old": "2024-01", "new": "2026-01", "same": "2026-01", "undated": ""}


def made(rows: list[dict[str, Any]]) -> SeriesFacts:
    """The facts of a series with these rows, from datasets of RELEASED."""
    newest = tuple(sorted(RELEASED, key=lambda name: (RELEASED[name], name), reverse=True))
    given = [{"series": RATE.series, "unit": RATE.unit, "dataset": "new", **row} for row in rows]
    return up_to("QOR", 2026, table(*given), [RATE], Known(newest, released=RELEASED)).series[RATE.code]


def rules(*rows: dict[str, Any]) -> list[tuple[int, float, str]]:
    """Year, value and rule of every figure that is not shown."""
    return [(one.year, one.value or 0.0, rule) for rule, one in made([*BASE, *rows]).others]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([{"nature": "E", "year": 2020}], "nature"),
        ([{"nature": "NA", "year": 2019}, {"nature": "NA", "year": 2015}], "later"),
        ([{"dataset": "old", "year": 2020}], "release"),
        ([{"dataset": "undated", "year": 2020}], "release"),
        ([{"period": "2020-2021", "year": 2020}], "whole"),
        ([{"period": "2020Q4", "year": 2020}], "whole"),
        ([{"period": "2020Q4", "year": 2020, "dataset": "same"}], "whole"),
        ([{"year": 2020}], "row"),
        ([{"nature": "E", "year": 2020, "dataset": "same"}], "nature"),
    ],
)
def test_the_rule_is_the_one_that_decided(rows: list[dict[str, Any]], rule: str) -> None:
    found = rules(*({"value": 9.0, **row} for row in rows))
    assert {said for year, _, said in found if year in (2015, 2020)} == {rule}


def test_an_estimate_of_a_later_year_goes_before_the_countrys_own_data() -> None:
    found = rules(*({"nature": "E", "year": year, "value": 9.0} for year in (2015, 2020, 2021)))
    assert found == [(2015, 1.0, "later"), (2020, 2.0, "later")]


def test_of_datasets_released_alike_the_name_decides() -> None:
    assert rules({"year": 2020, "dataset": "same", "value": 9.0}) == [(2020, 2.0, "name")]


def test_of_parts_of_a_year_the_last_is_shown() -> None:
    quarters = [{"year": 2022, "period": f"2022Q{one}", "value": float(one)} for one in (1, 3, 2)]
    assert rules(*quarters) == [(2022, 1.0, "part"), (2022, 2.0, "part")]


def test_a_later_way_of_counting_with_one_figure_gives_way_and_that_is_the_rule() -> None:
    assert rules({"nature": "M", "year": 2020, "value": 9.0, "period": "2020"}) == [(2020, 9.0, "nature")]
    one_later = [{"nature": "E", "year": 2015, "value": None, "qualifier": "<", "bound": 3.0}]
    one_later += [{"nature": "E", "year": 2021, "value": 5.0}, {"nature": "E", "year": 2014, "value": 8.0}]
    found = made([{"year": 2014, "value": 3.0}, *BASE, *one_later])
    assert {one.nature for one in found.chosen} == {"C"}
    assert [(one.year, one.value, rule) for rule, one in found.others] == [(2014, 8.0, "comparable")]


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "year": st.integers(2014, 2018),
            "value": st.sampled_from((1.0, 2.0, 3.0)),
            "nature": st.sampled_from(("C", "E", "NA", "")),
            "dataset": st.sampled_from(sorted(RELEASED)),
            "part": st.sampled_from(("", "Q1", "Q4", "-2019")),
            "break_before": st.booleans(),
        }
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25)
@given(ROWS)
def test_every_figure_that_differs_has_a_rule_that_can_have_decided(rows: list[dict[str, Any]]) -> None:
    facts = made([{**row, "period": f"{row['year']}{row.pop('part')}"} for row in rows])
    shown = {one.year: one for one in (*facts.before, *facts.chosen, *facts.after)}
    for rule, other in facts.others:
        one = shown.get(other.year)
        if one is None:
            continue
        assert rule in DECIDED
        assert (rule in ("comparable", "later", "nature")) == (one.nature != other.nature)
        if rule == "release":
            assert RELEASED[one.dataset] > RELEASED[other.dataset]
        if rule in ("part", "row"):
            assert one.dataset == other.dataset
        if rule == "whole":
            assert one.period != other.period
