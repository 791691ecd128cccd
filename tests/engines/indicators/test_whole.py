"""A part of a year is no year: never a base, a latest figure or a step, in whatever dataset it lies."""

import re
from typing import Any

import pytest

from tests.engines.indicators.test_making import RATE
from tests.engines.indicators.test_select import table
from waymark.engines.indicators.making import Known, up_to
from waymark.engines.indicators.publishers import known_files
from waymark.engines.indicators.store import bundled
from waymark.engines.indicators.whole import is_part, until
from waymark.gcm.indicators import for_series, indicators
from waymark.gcm.periods import parse_period


@pytest.mark.parametrize(
    ("period", "end", "part"),
    [
        ("2025", "2025-04", True),
        ("2024", "2025-04", False),
        ("2025", "2025-12", False),
        ("2025", "2025-12-30", True),
        ("2025", "2025", False),
        ("2025", "2024", True),
        ("2025-04", "2025-04", False),
        ("2025Q1", "2025-04", False),
        ("2025Q2", "2025-04", True),
        ("2025S1", "2025-04-30", True),
        ("2025-04-30", "2025-04", False),
        ("2020-2025", "2025-04", True),
        ("2023-02", "2023-02", False),
    ],
)
def test_a_period_is_whole_where_its_last_day_is_in_the_file(period: str, end: str, part: bool) -> None:
    assert is_part(period, end) is part


def test_to_when_a_part_goes_is_said_only_where_the_file_reaches_into_it() -> None:
    assert until("2025", "2025-04") == "2025-04"
    assert until("2025", "2024-12") == ""


ROWS: list[dict[str, Any]] = [
    {"year": 2016, "value": 4.0},
    {"year": 2024, "value": 7.0},
    {"year": 2025, "value": 34.0, "dataset": "short"},
]


@pytest.mark.parametrize("end", ["2025-04", "2025-04-30", "2024-12"])
def test_a_part_of_a_year_stands_beside_the_years_and_takes_no_part(end: str) -> None:
    facts = up_to("QOR", 2026, table(*ROWS), [RATE], Known(ends={"short": end})).series[RATE.code]
    assert [one.year for one in facts.chosen] == [2016, 2024]
    assert [(to, one.year, one.value) for to, one in facts.parts] == [(end if "2025" in end else "", 2025, 34.0)]
    assert facts.measured is not None
    assert facts.measured.inputs["latest_year"] == 2024


def test_where_nobody_says_when_a_file_ends_its_years_are_whole_and_another_file_may_have_the_year() -> None:
    assert [one.year for one in up_to("QOR", 2026, table(*ROWS), [RATE], Known()).series[RATE.code].chosen][-1] == 2025
    both = table(*ROWS, {"year": 2025, "value": 40.0, "dataset": "long"})
    facts = up_to("QOR", 2026, both, [RATE], Known(ends={"short": "2025-04"})).series[RATE.code]
    assert (facts.chosen[-1].value, facts.parts) == (40.0, ())


def test_every_file_that_says_that_it_ends_within_a_year_or_whose_last_year_is_in_doubt_has_an_end() -> None:
    doubtful = {one.series for one in indicators() if any("may be a mid-year figure" in words for words in one.caveats)}
    assert doubtful
    known = known_files()
    for manifest in bundled().datasets():
        assert manifest.complete_to == known[manifest.sha256].get("complete_to", "")
        within = re.search(r" to [A-Z][a-z]+ [0-9]{4}", manifest.title) is not None
        series = {one for one in doubtful if (found := for_series(one)) and found.publisher == manifest.publisher}
        assert bool(manifest.complete_to) or not (within or series), manifest.title
        if series or within:
            assert parse_period(manifest.complete_to).last_day < parse_period(str(manifest.years[1])).last_day
