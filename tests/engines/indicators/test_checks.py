"""The checker: verdicts carried from distinct texts to rows, duplicates, arithmetic."""

import pyarrow as pa
import pytest

from waymark.engines.indicators.checks import Checker, range_words
from waymark.engines.indicators.coded import combined, sorted_order
from waymark.engines.indicators.rows import REASONS, Refused, Rows, reason_words
from waymark.engines.indicators.schema import OBSERVATIONS, REJECTS


def batch(values, *, place="GEO", period="2015", member="", column="value", first=2, **more):
    count = len(values)
    facts = {"series": "own:a", "place": place, "scheme": "any", "period": period, "unit": "number", **more}
    rows = pa.array(range(first, first + count), pa.int32())
    return Rows(value=pa.array(values, pa.string()), row=rows, member=member, column=column, **facts)


def checked(*batches):
    checker = Checker(dataset="d", file="f.csv")
    for rows in batches:
        checker.refuse(rows) if isinstance(rows, Refused) else checker.add(rows)
    result = checker.finish()
    assert result.rows_read == result.rows_stored + result.rows_rejected
    assert result.rejects.schema == REJECTS
    assert result.observations.cast(OBSERVATIONS).schema.equals(OBSERVATIONS)
    return result


def reasons(result):
    return [(row["row"], row["value"], row["reason"]) for row in result.rejects.to_pylist()]


def test_nothing_read_is_nothing_stored():
    result = checked()
    assert (result.rows_read, result.observations.num_rows, result.rejects.num_rows) == (0, 0, 0)


def test_an_empty_batch_counts_nothing():
    assert checked(batch([])).rows_read == 0


def test_identical_rows_are_duplicates_of_the_first():
    assert reasons(checked(batch(["1", "1", "1"]))) == [(3, "1", "duplicate:2"), (4, "1", "duplicate:2")]


def test_another_value_contradicts_the_first_which_is_kept():
    result = checked(batch(["1", "2"]))
    assert result.observations.column("value").to_pylist() == [1.0]
    assert reasons(result) == [(3, "2", "contradicts:2")]


def test_a_number_and_a_bound_contradict_each_other():
    assert reasons(checked(batch(["<5", "5", "<5", "<6", "N"]))) == [
        (3, "5", "contradicts:2"),
        (4, "<5", "duplicate:2"),
        (5, "<6", "contradicts:2"),
        (6, "N", "contradicts:2"),
    ]


def test_a_double_in_another_member_names_the_member():
    result = checked(batch(["1"], member="a.csv"), batch(["1"], member="b.csv", first=9))
    assert reasons(result) == [(9, "1", "duplicate:2 in a.csv")]


def test_parts_of_a_year_do_not_contradict_each_other():
    result = checked(batch(["1", "2", "3"], period=pa.array(["2015Q1", "2015Q2", "2015"])))
    assert result.observations.column("year").to_pylist() == [2015, 2015, 2015]
    assert result.rejects.num_rows == 0


def test_the_same_period_written_in_two_ways_is_a_double():
    assert reasons(checked(batch(["1", "1"], period=pa.array(["2015", "2015.0"])))) == [(3, "1", "duplicate:2")]


def test_nature_unit_and_disaggregation_start_another_series():
    result = checked(
        batch(["1"]),
        batch(["2"], nature="C"),
        batch(["3"], unit="index"),
        batch(["4"], disagg={"sex": "F"}),
        batch(["5"], disagg={"sex": "T"}),
    )
    assert result.observations.num_rows == 5


def test_rows_come_out_in_the_order_of_their_key():
    result = checked(
        batch(
            ["1", "2", "3", "4"],
            place=pa.array(["QOR", "ARM", "GEO", "ARM"]),
            period=pa.array(["2015", "2016", "2015", "2015"]),
        )
    )
    found = result.observations.select(["place", "year", "value"]).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        ("ARM", 2015, 4.0),
        ("ARM", 2016, 2.0),
        ("GEO", 2015, 3.0),
        ("QOR", 2015, 1.0),
    ]


def test_the_definition_rules_before_the_unit():
    cost = {"series": "unsd:SI_RMT_COST", "unit": "percent"}
    assert reasons(checked(batch(["-0.1", "0", "3"], period=pa.array(["2015", "2016", "2017"]), **cost))) == [
        (2, "-0.1", "out-of-range:0 to 100")
    ]


def test_a_unit_without_a_definition_rules_only_when_strict():
    assert checked(batch(["140"], unit="percent")).rows_stored == 1
    assert reasons(checked(batch(["140"], unit="percent", strict_units=True))) == [(2, "140", "out-of-range:0 to 100")]


def test_values_outside_the_usual_range_of_a_unit_are_counted_where_they_are_kept():
    series = pa.array(["own:a", "own:b", "unsd:BX_TRF_PWKR", "own:a", "own:c"])
    years = pa.array(["2011", "2012", "2013", "2014", "2015"])
    result = checked(batch(["140", "-1", "140", "50", "N"], series=series, period=years, unit="percent"))
    assert result.outside == {"own:a": 1, "own:b": 1}, "a definition with an open range rules its own series"
    assert checked(batch(["-3"], unit="percent")).outside == {"own:a": 1}


def test_several_batches_with_different_ranges():
    both = batch(["-1", "-1"], series=pa.array(["unsd:SI_RMT_COST", "own:a"]), unit="percent")
    assert reasons(checked(both)) == [(2, "-1", "out-of-range:0 to 100")]


def test_a_range_holds_beside_other_reasons():
    rows = batch(["-1", "x"], period=pa.array(["2015", "2016"]), series="unsd:SI_RMT_COST", unit="percent")
    assert reasons(checked(rows)) == [(2, "-1", "out-of-range:0 to 100"), (3, "x", "not-a-number")]


def test_the_power_of_ten_counts_for_bounds_too():
    result = checked(
        batch(["<5"], power="3"), batch(["2", "3"], power=pa.array(["1", "0"]), period=pa.array(["2016", "2017"]))
    )
    assert result.observations.select(["value", "bound"]).to_pylist() == [
        {"value": None, "bound": 5000.0},
        {"value": 20.0, "bound": None},
        {"value": 3.0, "bound": None},
    ]


def test_refused_rows_are_counted():
    refused = Refused(row=pa.array([7], pa.int32()), value=pa.array(["x"]), reason="ragged", member="m")
    result = checked(batch(["1"]), refused)
    assert (result.rows_read, result.rejected_by_reason) == (2, {"ragged": 1})


def test_sums_stand_for_their_rows():
    result = checked(
        batch(["10"], summed=pa.array([4], pa.int32())), batch(["3"], period="2016", summed=pa.array([0], pa.int32()))
    )
    assert (result.rows_read, result.rows_stored, result.observations.num_rows) == (4, 4, 2)


def test_a_break_is_marked():
    result = checked(batch(["1", "2"], period=pa.array(["2015", "2016"]), broken=pa.array(["", "B"])))
    assert result.observations.column("break_before").to_pylist() == [False, True]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0, 100, "0 to 100"), (0, None, "0 or more"), (None, 5, "5 or less"), (None, None, "any")],
)
def test_ranges_in_words(low, high, words):
    assert range_words(low, high) == words


def test_reasons_are_a_closed_list_with_words():
    assert reason_words("contradicts:12") == "contradicts row 12"
    assert reason_words("no-value") == "no value"
    assert all(words[0].islower() and not words.endswith(".") for words in REASONS.values())
    with pytest.raises(KeyError):
        reason_words("something")


def test_combinations_are_coded_once():
    codes, texts = combined([pa.array(["a", "b", "a"]), "x", pa.array(["1", "1", "2"]).dictionary_encode()], 3)
    assert [texts[code] for code in codes.to_pylist()] == [("a", "x", "1"), ("b", "x", "1"), ("a", "x", "2")]


def test_sorting_does_not_depend_on_keys_fitting_into_one_number():
    big = [
        pa.array([2**40, 0, 2**40], pa.int64()),
        pa.array([1, 2**40, 1], pa.int64()),
        pa.array([5, 1, 5], pa.int64()),
    ]
    order, same = sorted_order(big)
    assert (order.to_pylist(), same.to_pylist()) == ([1, 0, 2], [False, False, True])


def test_an_empty_cell_of_the_unit_is_that_of_the_indicator_and_codes_have_one_form(read, write):
    text = "series,place,year,value,unit\n" + "".join(
        f"{series},GEO,{year},5,{unit}\n"
        for year, (series, unit) in enumerate(
            [("unsd:SI_RMT_COST", "PT"), ("unsd:SI_RMT_COST", ""), ("births", ""), ("births", "IX")], start=2015
        )
    )
    observations, _, _ = read(write("x.csv", text))
    assert {row["year"]: row["unit"] for row in observations} == {
        2015: "percent",
        2016: "percent",
        2017: "",
        2018: "index",
    }
