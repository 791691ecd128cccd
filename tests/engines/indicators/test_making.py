"""The latest year by group: of several figures of one group the one that the rules of the total choose."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.engines.indicators.test_select import table
from waymark.engines.indicators.making import breakdown, leading_zeros

TOTAL = {"year": 2024, "unit": "percent"}
WOMEN = {"year": 2024, "disagg": "sex=female"}


def chosen(
    *rows: dict[str, Any], traits: tuple[str, ...] = (), newest: tuple[str, ...] = (), nature: str = "C"
) -> list[tuple[Any, ...]]:
    """Group, value, sign and bound of each group of 2024."""
    definition: Any = SimpleNamespace(headline_disagg="", traits=traits)
    found = breakdown(definition, table(*rows), {**TOTAL, "nature": nature}, newest)
    return [(extra, figure.value, figure.qualifier, figure.bound) for extra, figure in found]


@pytest.mark.parametrize("order", [("made-x", "a-late"), ("a-late", "made-x")])
def test_the_figure_released_last_counts(order: tuple[str, str]) -> None:
    rows = [{**WOMEN, "dataset": name, "value": float(n)} for n, name in enumerate(order)]
    assert chosen(*rows, newest=("a-late", "made-x")) == [("sex=female", float(order.index("a-late")), "", None)]


def test_the_nature_of_the_total_goes_before_the_release_then_the_others_in_order() -> None:
    rows = [{**WOMEN, "dataset": name, "nature": name, "value": n} for n, name in enumerate(("N", "E", "C"), start=1)]
    assert chosen(*rows, newest=("N", "C", "E"), nature="E") == [("sex=female", 2.0, "", None)]
    assert chosen(rows[0], rows[2], newest=("N", "C"), nature="E") == [("sex=female", 3.0, "", None)]


def test_groups_have_the_unit_of_the_total() -> None:
    assert chosen({**WOMEN, "unit": "number", "value": 900.0}) == []
    assert chosen({**WOMEN, "unit": "number", "value": 900.0}, {**WOMEN, "value": 9.0}) == [
        ("sex=female", 9.0, "", None)
    ]


def test_the_whole_year_of_a_group_goes_before_a_part() -> None:
    rows = ({**WOMEN, "period": "2024Q4", "value": 4.0}, {**WOMEN, "value": 10.0})
    assert chosen(*rows) == [("sex=female", 10.0, "", None)]


def test_a_bound_is_a_figure_and_a_mark_is_none() -> None:
    low = {**WOMEN, "value": None, "qualifier": "<", "bound": 5.0}
    mark = {"year": 2024, "disagg": "sex=male", "value": None, "qualifier": "NV"}
    assert chosen(low, mark) == [("sex=female", None, "<", 5.0)]
    assert chosen(low, mark, traits=("protected_small_counts",)) == []


@pytest.mark.parametrize(
    ("values", "nature", "filled"),
    [
        ((0.0, 0.0, 3.0, 0.0), "", {2015, 2016}),
        ((0.0, None, 3.0), "", {2015, 2016}),
        ((0.0, 0.0), "", {2015, 2016}),
        ((0.0, 0.0), "C", set()),
        ((3.0, 0.0), "", set()),
    ],
)
def test_zeros_of_a_publisher_before_any_count_are_no_figures(
    values: tuple[float | None, ...], nature: str, filled: set[int]
) -> None:
    rows = [{"year": year, "value": value, "nature": nature} for year, value in enumerate(values, start=2015)]
    assert leading_zeros(rows) == filled
