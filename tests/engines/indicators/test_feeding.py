"""What a dataset feeds, and why rows feed nothing."""

from dataclasses import replace
from typing import Any

import pytest

from tests.engines.indicators.test_select import table
from waymark.engines.indicators.feeding import Fed, feeding, parts_of
from waymark.gcm.indicators import indicator

NEET = replace(indicator("sl_tlf_neet"), series="made:RATE", headline={"age": "15-24"})


def fed(*rows: dict[str, Any], others: tuple[dict[str, Any], ...] = (), newest: tuple[str, ...] = ()) -> Fed:
    (found,) = feeding(table(*rows), table(*others), [NEET], newest)
    return found


def test_rows_of_the_headline_and_of_its_groups_feed_the_indicator() -> None:
    found = fed({"year": 2020, "disagg": "age=15-24"}, {"year": 2020, "disagg": "age=15-24|sex=female"})
    assert (found.indicator, found.headline, found.groups, found.reasons) == ("sl_tlf_neet", 1, 1, ())


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"disagg": "age=25+"}, "no row has age 15-24; found: 25+"),
        ({"disagg": ""}, "no row has age 15-24; found: total"),
        ({"disagg": "age=15-24", "unit": "number"}, "the unit is number, the indicator counts in percent"),
        ({"disagg": "age=15-24", "unit": ""}, "the unit is not said, the indicator counts in percent"),
        ({"disagg": "age=15-24|location=urban|sex=female"}, "by two dimensions or more at once"),
    ],
)
def test_why_a_row_feeds_nothing(row: dict[str, Any], why: str) -> None:
    found = fed({"year": 2020, **row})
    assert (found.headline, found.groups, found.reasons) == (0, 0, ((why, 1),))


def test_many_values_found_are_counted_and_other_groups_say_what_the_headline_is() -> None:
    rows = [{"year": 2020, "disagg": f"age={age}"} for age in ("1", "2", "3", "4", "5", "6")]
    assert fed(*rows).reasons == (("no row has age 15-24; found: 1, 2, 3, 4 and 2 more", 6),)
    assert fed(*rows[:1], {"year": 2020, "disagg": "age=15-24"}).reasons == (("the headline is of age 15-24", 1),)


def test_a_series_without_an_indicator_comes_last_and_names_none() -> None:
    found = feeding(table({"year": 2020, "series": "a:B"}, {"year": 2020, "disagg": "age=25+"}), table(), [NEET], ())
    assert [(one.series, one.indicator, one.rows) for one in found] == [("made:RATE", "sl_tlf_neet", 1), ("a:B", "", 1)]


@pytest.mark.parametrize(("newest", "behind"), [(("late", "made-2026"), 1), (("made-2026", "late"), 0)])
def test_rows_behind_a_later_release_are_counted(newest: tuple[str, ...], behind: int) -> None:
    rows = [{"year": year, "disagg": "age=15-24"} for year in (2019, 2020)]
    found = fed(*rows, others=({"year": 2020, "disagg": "age=15-24", "dataset": "late"},), newest=newest)
    assert (found.headline, found.behind, found.by) == (2, behind, "late" if behind else "")


def test_a_year_that_only_one_file_has_comes_from_that_file() -> None:
    found = fed({"year": 2019, "disagg": "age=15-24"}, others=({"year": 2020, "disagg": "age=15-24", "dataset": "z"},))
    assert found.behind == 0


def test_parts_of_a_disaggregation() -> None:
    assert parts_of("age=15+|sex=female") == {"age": "15+", "sex": "female"}
    assert parts_of("") == {}


def test_a_share_of_another_release_than_its_total_feeds_nothing() -> None:
    known = [indicator("undesa_migrant_stock"), indicator("undesa_migrant_stock_share")]
    own = table(*({"series": "undesa:MIGRANT_STOCK_SHARE", "year": year, "dataset": "old"} for year in (2015, 2020)))
    total = table({"series": "undesa:MIGRANT_STOCK", "year": 2020, "dataset": "new", "unit": "number"})
    (found,) = feeding(own, total, known, ["new", "old"], {"old": "2020", "new": "2024"})
    assert (found.headline, found.reasons) == (
        1, (("another release gives the total that is shown (undesa:MIGRANT_STOCK)", 1),),
    )  # fmt: skip
