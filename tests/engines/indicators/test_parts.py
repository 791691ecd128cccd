"""Totals that a source does not give: added up only where every part is there as a number, and saying so."""

from typing import Any

import pyarrow as pa
import pytest

from tests.engines.indicators.test_select import shown, table
from waymark.engines.indicators.parts import other_sums, with_totals
from waymark.engines.indicators.place_facts import ADDED_UP
from waymark.engines.indicators.select import alternatives, headline

SEXES = {"sex": ("female", "male")}
WOMEN: dict[str, Any] = {"disagg": "sex=female", "year": 2016, "unit": "number"}
MEN: dict[str, Any] = {**WOMEN, "disagg": "sex=male"}


def totals(*rows: dict[str, Any], parts: dict[str, tuple[str, ...]] = SEXES) -> list[tuple[Any, ...]]:
    """Year, value, dataset and row of each total."""
    return shown(headline(with_totals(table(*rows), {}, parts), {}), "year", "value", "dataset", "row")


def test_the_parts_of_a_year_make_its_total() -> None:
    assert totals({**WOMEN, "value": 5.0}, {**MEN, "value": 9.0}) == [(2016, 14.0, "made-2026", 1)]


def test_the_sum_names_its_parts() -> None:
    (said,) = headline(with_totals(table(WOMEN, MEN), {}, SEXES), {})["detail"].to_pylist()
    assert said == f"{ADDED_UP} 2 rows: sex=female and sex=male"


@pytest.mark.parametrize(
    "part",
    [
        {**MEN, "year": 2017},
        {**MEN, "unit": "percent"},
        {**MEN, "nature": "E"},
        {**MEN, "dataset": "made-2020"},
        {**MEN, "value": None, "qualifier": "<", "bound": 5.0},
        {**MEN, "value": None, "qualifier": "NV"},
        {**MEN, "disagg": "age=<18y|sex=male"},
    ],
    ids=["year", "unit", "nature", "dataset", "bound", "mark", "smaller part"],
)
def test_without_every_part_there_is_no_total(part: dict[str, Any]) -> None:
    assert totals(WOMEN, part) == []


def test_a_total_of_the_source_goes_before_a_sum() -> None:
    own = {"disagg": "", "year": 2016, "unit": "number", "value": 20.0, "dataset": "made-2020"}
    assert totals({**WOMEN, "value": 5.0}, {**MEN, "value": 9.0}, own) == [(2016, 20.0, "made-2020", 3)]


def test_parts_of_two_dimensions_are_all_their_pairs() -> None:
    pairs = [{**WOMEN, "disagg": f"age={age}|sex={sex}"} for age in ("<18y", "18+") for sex in ("female", "male")]
    ages = {**SEXES, "age": ("<18y", "18+")}
    assert [value for _, value, _, _ in totals(*pairs, parts=ages)] == [4.0]
    assert totals(*pairs[:3], parts=ages) == []


def test_a_break_in_a_part_is_one_in_the_sum() -> None:
    broken = with_totals(table(WOMEN, {**MEN, "break_before": True}), {}, SEXES)
    assert headline(broken, {})["break_before"].to_pylist() == [True]


def test_without_parts_nothing_is_added() -> None:
    rows = table(WOMEN, MEN)
    assert with_totals(rows, {}, {}) is rows


AGES = [
    {**WOMEN, "disagg": f"age={age}|sex={sex}", "value": value}
    for age, sex, value in (
        ("<18y", "female", 0.0),
        ("18+", "female", 0.0),
        ("<18y", "male", 4.0),
        ("18+", "male", 5.0),
    )
]
"""By sex and age 9; beside 3 women and 5 men it is another sum, as in a real file."""


def differing(*rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    whole = with_totals(table(*rows), {}, SEXES)
    found = alternatives(pa.concat_tables([whole, other_sums(whole, {}, SEXES)]), headline(whole, {}))
    return shown(found, "year", "chosen_value", "value")


def test_two_sums_of_one_source_that_differ_stand_side_by_side() -> None:
    parts = ({**WOMEN, "value": 3.0}, {**MEN, "value": 5.0})
    assert differing(*parts, *AGES) == [(2016, 8.0, 9.0)]
    assert differing({**WOMEN, "value": 4.0}, {**MEN, "value": 5.0}, *AGES) == []
    assert differing(*parts, *AGES[:3]) == []  # a part is missing
    other = [{**row, "disagg": row["disagg"].replace("18+", "15+")} for row in AGES]
    assert differing(*parts, *other) == []  # ages that overlap make no whole
