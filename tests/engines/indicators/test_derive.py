"""Derived series: computed from the release that is shown as the publisher computes them, or named as held."""

import math
from typing import Any

import pytest

from tests.engines.indicators.test_select import table
from waymark.engines.indicators.making import Known, up_to
from waymark.engines.indicators.place_facts import PlaceFacts
from waymark.engines.indicators.store import bundled
from waymark.gcm.derivations import derivation, derived_from
from waymark.gcm.indicators import for_series, indicator

BASE = "undesa:MIGRANT_STOCK"
KNOWN = Known(["new", "old"], {"new": "2024", "old": "2020"})
SHARE, GROWTH, OF_ALL = CODES = (
    "undesa_migrant_stock_female_share",
    "undesa_migrant_stock_growth",
    "undesa_migrant_stock_share",
)


def stock(year: int, value: float, disagg: str = "", dataset: str = "new") -> dict[str, Any]:
    return {"series": BASE, "unit": "number", "year": year, "value": value, "disagg": disagg, "dataset": dataset}


def made(*rows: dict[str, Any]) -> PlaceFacts:
    return up_to("QOR", 2026, table(*rows), [indicator(code) for code in CODES], KNOWN)


PUBLISHED = [
    {"series": derived, "unit": "percent", "year": year, "value": 1.0, "dataset": "old"}
    for derived in sorted(derived_from())
    for year in (2015, 2020, 2024)
]
TOTALS = [stock(2015, 100.0), stock(2020, 110.0), stock(2024, 121.0)]


def test_a_share_and_a_change_come_from_the_parts_of_the_shown_release() -> None:
    facts = made(*PUBLISHED, *TOTALS, stock(2020, 44.0, "sex=female"), stock(2024, 60.5, "sex=female")).series
    share, growth = facts[SHARE].chosen, facts[GROWTH].chosen
    assert [(one.year, one.value, one.dataset) for one in share] == [(2020, 40.0, "new"), (2024, 50.0, "new")]
    assert [one.period for one in growth] == ["2015-2020", "2020-2024"]
    assert [one.value for one in growth] == pytest.approx([20 * math.log(1.1), 25 * math.log(1.1)])
    assert all(one.detail.startswith("computed by Waymark from") for one in (*share, *growth))


def test_what_cannot_be_computed_is_held_and_not_called_missing() -> None:
    assert made(*PUBLISHED, *TOTALS).held == {SHARE: "another release", OF_ALL: "another release"}
    assert made(*TOTALS).held == {}


def test_what_the_publisher_gives_for_the_release_shown_is_not_computed() -> None:
    old = [stock(2015, 100.0, dataset="old"), stock(2015, 40.0, "sex=female", "old")]
    facts = made(*PUBLISHED, *old).series[SHARE]
    assert [(one.value, one.detail) for one in facts.chosen if one.year == 2015] == [(1.0, "")]


@pytest.mark.parametrize("code", [SHARE, GROWTH])
def test_our_arithmetic_is_that_of_the_publisher(code: str) -> None:
    """Each published figure of the bundled release equals the one computed from the same release's parts."""
    series = indicator(code).series
    rows = bundled().observations(series=[series, BASE]).to_pylist()
    rows = [row for row in rows if row["dataset"] == "undesa-migrant-stock-2020"]
    parts = {(row["place"], row["year"], row["disagg"]): row["value"] for row in rows if row["series"] == BASE}
    kind, _, part = derivation(series).partition(":")
    compared = 0
    for row in (row for row in rows if row["series"] == series and not row["disagg"]):
        first = parts.get((row["place"], row["year"], ""))
        if kind == "share":
            other = parts.get((row["place"], row["year"], part))
            due = 100 * other / first if other and first else None
        else:
            start, end = (int(year) for year in row["period"].split("-"))
            last = parts.get((row["place"], end, ""))
            due = 100 * math.log(last / first) / (end - start) if last and first else None
        if due is not None:
            assert row["value"] == pytest.approx(due, abs=1e-6), row
            compared += 1
    assert compared > 1000


def test_every_derived_series_and_its_base_have_a_definition() -> None:
    assert all(for_series(series) and for_series(base) for series, base in derived_from().items())
