"""Which figure counts: by year, nature and dataset, never by what it says."""

from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.indicators.schema import KEY, OBSERVATIONS
from waymark.engines.indicators.select import NATURES, alternatives, headline, newest_per_year, ways


def table(*rows: dict[str, Any]) -> pa.Table:
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
    }
    numbered = enumerate(rows, start=1)
    return pa.Table.from_pylist(
        [{**plain, "row": number, "period": str(row["year"]), **row} for number, row in numbered], schema=OBSERVATIONS
    )


def shown(found: pa.Table, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in found.to_pylist()]


def test_newest_dataset_wins_year_by_year() -> None:
    rows = table(
        {"dataset": "made-2024", "year": 2015, "value": 1.0},
        {"dataset": "made-2026", "year": 2015, "value": 2.0},
        {"dataset": "made-2024", "year": 2016, "value": 3.0},
    )
    found = newest_per_year(rows)
    assert shown(found, "year", "dataset", "value") == [(2015, "made-2026", 2.0), (2016, "made-2024", 3.0)]


def test_named_order_goes_before_the_order_of_ids() -> None:
    rows = table({"dataset": "b-2020", "year": 2015, "value": 1.0}, {"dataset": "a-2025", "year": 2015, "value": 2.0})
    assert shown(newest_per_year(rows), "value") == [(1.0,)]
    assert shown(newest_per_year(rows, ["a-2025", "not-there"]), "value") == [(2.0,)]


def test_whole_year_goes_before_span_and_part() -> None:
    periods = ["2015Q1", "2015-2019", "2015Q4", "2015"]
    rows = [{"year": 2015, "period": period, "value": float(n)} for n, period in enumerate(periods)]
    assert shown(newest_per_year(table(*rows)), "period") == [("2015",)]
    assert shown(newest_per_year(table(*rows[:3])), "period") == [("2015-2019",)]
    assert shown(newest_per_year(table(rows[0], rows[2])), "period") == [("2015Q4",)]


@pytest.mark.parametrize("newest", [("late", "early"), ("early", "late")])
def test_the_whole_year_goes_before_a_span_and_a_span_before_a_part_whatever_the_release(
    newest: tuple[str, str],
) -> None:
    periods = ("2015", "2015-2016", "2015S1", "2015-07")
    for better, worse in pairwise(periods[:3]):
        rows = [
            {"year": 2015, "period": better, "dataset": "early"},
            {"year": 2015, "period": worse, "dataset": "late"},
        ]
        assert shown(newest_per_year(table(*rows), newest), "period") == [(better,)]
    parts = [{"year": 2015, "period": part, "dataset": name} for part, name in zip(periods[2:], newest, strict=True)]
    assert shown(newest_per_year(table(*parts), newest), "dataset") == [(newest[0],)], "of parts the release decides"


def test_a_mark_that_there_is_no_figure_takes_none_away_and_a_bound_is_one() -> None:
    known = {"year": 2015, "dataset": "early", "value": 4.0}
    mark = {"year": 2015, "dataset": "late", "value": None, "qualifier": "NV"}
    bound = {"year": 2015, "dataset": "late", "value": None, "qualifier": "<", "bound": 5.0}
    assert shown(newest_per_year(table(known, mark), ["late", "early"]), "value") == [(4.0,)]
    assert shown(newest_per_year(table(known, bound), ["late", "early"]), "bound") == [(5.0,)]


def test_equal_rows_take_the_first_in_the_file() -> None:
    rows = table({"year": 2015, "value": 5.0, "row": 9}, {"year": 2015, "value": 6.0, "row": 3})
    assert shown(newest_per_year(rows), "value") == [(6.0,)]


keys = st.fixed_dictionaries(
    {
        "dataset": st.sampled_from(["a-1", "a-2", "b-1"]),
        "disagg": st.sampled_from(["", "sex=female"]),
        "nature": st.sampled_from(NATURES),
        "year": st.integers(2014, 2018),
        "value": st.one_of(st.none(), st.floats(-5, 5)),
    }
)


@given(st.lists(keys, max_size=30))
def test_one_row_per_key_and_year_and_every_one_kept(rows: list[dict[str, Any]]) -> None:
    given_rows = table(*rows)
    found = shown(newest_per_year(given_rows), *KEY, "year")
    assert found == sorted(set(shown(given_rows, *KEY, "year")))


@given(st.lists(keys, max_size=20), st.randoms(use_true_random=False))
def test_order_of_rows_decides_nothing(rows: list[dict[str, Any]], random: Any) -> None:
    numbered = [{**row, "row": number} for number, row in enumerate(rows)]
    mixed = random.sample(numbered, len(numbered))
    assert newest_per_year(table(*numbered)).equals(newest_per_year(table(*mixed)))


def test_headline_takes_the_latest_year() -> None:
    rows = table({"year": 2020, "nature": "C"}, {"year": 2022, "nature": "E", "value": 9.0})
    assert shown(headline(rows, {}), "year", "nature") == [(2022, "E")]


@pytest.mark.parametrize(("better", "worse"), [*pairwise(NATURES), ("NA", "X")])
def test_headline_of_one_latest_year_takes_the_nature_in_order(better: str, worse: str) -> None:
    rows = table({"year": 2022, "nature": worse, "value": 9.0}, {"year": 2022, "nature": better})
    assert shown(headline(rows, {}), "nature") == [(better,)]


def test_headline_counts_years_with_a_number() -> None:
    rows = table(
        {"year": 2020, "nature": "E"},
        {"year": 2018, "nature": "C"},
        {"year": 2023, "nature": "C", "value": None, "qualifier": "NV"},
    )
    assert shown(headline(rows, {}), "nature") == [("E",)]


def test_headline_has_the_dimensions_asked_for() -> None:
    rows = table({"year": 2022, "disagg": "age=15+|sex=female"}, {"year": 2022, "disagg": ""})
    assert shown(headline(rows, {"sex": "female", "age": "15+"}), "disagg") == [("age=15+|sex=female",)]
    assert shown(headline(rows, {}), "disagg") == [("",)]
    assert len(headline(rows, {"sex": "male"})) == 0


def test_a_figure_in_another_unit_than_that_of_the_indicator_does_not_count() -> None:
    rows = table({"year": 2023, "unit": "number"}, {"year": 2020, "unit": "percent"})
    assert shown(headline(rows, {}, unit="percent"), "unit") == [("percent",)]
    assert shown(headline(rows, {}), "unit") == [("number",)]
    assert shown(headline(rows, {}, unit="share"), "unit") == []


def test_ways_are_the_natures_and_what_lies_before_a_marked_break() -> None:
    rows = table(
        {"year": 2019, "nature": "E"},
        {"year": 2021, "nature": "E"},
        {"year": 2018},
        {"year": 2020, "break_before": True},
        {"year": 2022, "break_before": True},
    )
    found = [[year for (year,) in shown(line, "year")] for line in ways(rows, {})]
    assert found == [[2018, 2020, 2022], [2019, 2021], [2018, 2020], [2018]]
    assert ways(rows, {"sex": "male"}) == []


def test_headline_of_several_series_or_places_is_refused() -> None:
    rows = table({"year": 2022}, {"year": 2022, "place": "XXA"})
    with pytest.raises(ValueError, match="one place"):
        headline(rows, {})
    with pytest.raises(ValueError, match="one series"):
        headline(table({"year": 2022}, {"year": 2022, "series": "made:OTHER"}), {})


def test_alternatives_are_other_values_for_the_same_year() -> None:
    rows = table(
        {"year": 2020, "value": 10.0},
        {"year": 2020, "value": 12.0, "nature": "E"},
        {"year": 2020, "value": 10.0 + 1e-12, "nature": "G"},
        {"year": 2020, "value": 11.0, "dataset": "made-2024"},
        {"year": 2021, "value": 7.0},
        {"year": 2021, "value": None, "qualifier": "<", "nature": "E"},
        {"year": 2020, "value": 900.0, "unit": "number"},
        {"year": 2019, "value": 3.0, "nature": "E"},
    )
    chosen = headline(rows, {}, unit="percent")
    found = alternatives(rows, chosen)
    assert shown(found, "dataset", "nature", "value", "chosen_value") == [
        ("made-2024", "C", 11.0, 10.0),
        ("made-2026", "E", 12.0, 10.0),
    ]


def test_a_bound_of_a_later_year_is_the_latest_and_a_mark_is_not() -> None:
    rows = [
        {"year": 2021, "nature": "C", "value": 12.0},
        {"year": 2023, "nature": "C", "value": None, "qualifier": "<", "bound": 5.0},
        {"year": 2022, "nature": "E", "value": 9.0},
    ]
    assert shown(headline(table(*rows), {}), "year", "value", "bound") == [(2021, 12.0, None), (2023, None, 5.0)]
    rows[1] |= {"qualifier": "NV", "bound": None}
    assert shown(headline(table(*rows), {}), "year", "value", "bound") == [(2022, 9.0, None)]
