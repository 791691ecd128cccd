"""Where a series changes its way of counting."""

from typing import Any

import pyarrow as pa

from waymark.engines.indicators.breaks import BREAKS, find_breaks
from waymark.engines.indicators.schema import OBSERVATIONS


def rows_of(unit: str, nature: str, *years: int, marked: tuple[int, ...] = (), **more: Any) -> list[dict[str, Any]]:
    plain = {
        "dataset": "made-2026",
        "series": "made:RATE",
        "place": "QOR",
        "place_kind": "country",
        "disagg": "",
        "qualifier": "",
        "bound": None,
        "detail": "",
        "member": "",
        "row": 1,
        "value": 1.0,
    }
    return [
        {**plain, "unit": unit, "nature": nature, "year": y, "period": str(y), "break_before": y in marked, **more}
        for y in years
    ]


def found(*groups: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    table = find_breaks(pa.Table.from_pylist([row for group in groups for row in group], schema=OBSERVATIONS))
    assert table.schema.equals(BREAKS)
    names = ("unit", "nature", "break_year", "kind", "before", "after")
    return [tuple(row[name] for name in names) for row in table.to_pylist()]


def test_nothing_changes() -> None:
    assert found(rows_of("percent", "C", 2015, 2016)) == []


def test_marked_breaks_are_all_given() -> None:
    rows = rows_of("percent", "C", 2015, 2016, 2018, 2020, marked=(2016, 2020))
    assert found(rows) == [
        ("percent", "C", 2016, "marked", "", ""),
        ("percent", "C", 2020, "marked", "", ""),
    ]


def test_unit_that_follows_another() -> None:
    rows = [rows_of("number", "C", 2010, 2015), rows_of("percent", "C", 2016, 2018)]
    assert found(*rows) == [("percent", "C", 2016, "unit", "number", "percent")]


def test_nature_that_follows_another() -> None:
    assert found(rows_of("percent", "E", 2016), rows_of("percent", "C", 2015)) == [
        ("percent", "E", 2016, "nature", "C", "E")
    ]


def test_change_of_both_is_named_a_change_of_unit() -> None:
    assert found(rows_of("number", "C", 2015), rows_of("percent", "E", 2016)) == [
        ("percent", "E", 2016, "unit", "number", "percent")
    ]


def test_the_last_to_end_is_the_former() -> None:
    rows = [rows_of("number", "C", 2010), rows_of("index", "C", 2012), rows_of("percent", "C", 2015)]
    assert found(*rows) == [
        ("index", "C", 2012, "unit", "number", "index"),
        ("percent", "C", 2015, "unit", "index", "percent"),
    ]


def test_side_by_side_is_no_break() -> None:
    assert found(rows_of("percent", "C", 2015, 2020), rows_of("percent", "E", 2017, 2018)) == []
    assert found(rows_of("percent", "C", 2015, 2017), rows_of("percent", "E", 2017, 2020)) == []


def test_years_without_a_number_do_not_count() -> None:
    missing = rows_of("percent", "C", 2020, value=None, qualifier="NV")
    rows = [rows_of("percent", "C", 2015), missing, rows_of("percent", "E", 2017)]
    assert found(*rows) == [("percent", "E", 2017, "nature", "C", "E")]


def test_other_places_and_breakdowns_are_apart() -> None:
    rows = [rows_of("number", "C", 2010), rows_of("percent", "C", 2016, place="XXA")]
    assert found(*rows) == []
    assert found(rows_of("number", "C", 2010), rows_of("percent", "C", 2016, disagg="sex=female")) == []
