"""From what data a migrant stock was derived stands with the country's figures, where the source marks it."""

import pytest

from tests.engines.indicators.test_select import table
from waymark.engines.indicators.making import Known, up_to
from waymark.gcm.indicators import indicator
from waymark.gcm.stock_types import REPLACED, SERIES, TYPES, is_type, type_words
from waymark.queries.indicators.reading import caveats

STOCK = indicator("undesa_migrant_stock")
ROW = {"series": SERIES, "unit": "number", "nature": "E", "value": 5.0, "disagg": ""}


def facts(*details: tuple[str, str, int]):
    rows = [{**ROW, "dataset": dataset, "detail": detail, "year": year} for dataset, detail, year in details]
    return up_to("QOR", 2026, table(*rows), [STOCK], Known(("new", "old"))).series[STOCK.code]


@pytest.mark.parametrize(
    ("details", "mark"),
    [
        ((("new", "added up by Waymark from 4 rows by sex", 2024), ("old", "B R", 2020)), ("B R", "old")),
        ((("old", "C", 2015), ("old", "B", 2020)), ("B", "old")),
        ((("new", "C", 2024), ("old", "B R", 2020)), ("C", "new")),
        ((("new", "", 2024),), ("", "")),
    ],
)
def test_the_newest_mark_of_the_place_counts_with_its_dataset(details, mark) -> None:
    made = facts(*details)
    assert made.data_type == mark


def test_the_mark_takes_the_place_of_what_is_said_in_general() -> None:
    class Named:
        title = "Stocks of 2020"

    made = facts(("old", "B R", 2020))
    said = caveats(STOCK, made, {"old": Named()})
    assert said.startswith("Of this country: derived from data on the foreign-born; refugees, asylum seekers")
    assert "(as marked in Stocks of 2020)" in said
    assert not any(words in said for words in REPLACED)
    plain = caveats(STOCK, facts(("new", "", 2024)), {})
    assert all(words in plain for words in REPLACED)


def test_general_words_are_those_of_the_definition_and_other_series_have_no_mark() -> None:
    assert set(REPLACED) <= set(STOCK.caveats)
    assert type_words("R B") == f"{TYPES['B']}; {TYPES['R']}"
    assert [is_type(text) for text in ("B", "C B R", "", "BR", "B X")] == [True, True, False, False, False]
    other = indicator("unhcr_refugees")
    rows = table({"series": other.series, "unit": "number", "year": 2024, "value": 3.0, "detail": "B"})
    assert up_to("QOR", 2026, rows, [other], Known()).series[other.code].data_type == ("", "")
