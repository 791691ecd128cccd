"""What a review shows of a series: the way of counting that goes first, what stands beside it, the latest groups."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pyarrow.compute as pc
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.engines.indicators.test_select import table
from waymark.engines.indicators.derive import with_base
from waymark.engines.indicators.groups import groups
from waymark.engines.indicators.making import Known, leading_zeros, newest_datasets, up_to
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.place_facts import Figure, SeriesFacts
from waymark.engines.indicators.store import all_observations, bundled, vintage
from waymark.gcm.indicators import IndicatorDefinition, indicator, indicators

TOTAL = {"year": 2024, "unit": "percent"}
WOMEN = {"year": 2024, "disagg": "sex=female"}


def chosen(
    *rows: dict[str, Any], traits: tuple[str, ...] = (), newest: tuple[str, ...] = (), nature: str = "C"
) -> list[tuple[Any, ...]]:
    """Group, value, sign and bound of each group of 2024."""
    definition: Any = SimpleNamespace(headline_disagg="", traits=traits, unit="percent")
    found = groups(definition, table(*rows), {**TOTAL, "nature": nature}, newest).shown
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


STOCKS = [one for one in indicators() if "stock" in one.traits and one.disaggregations]


@pytest.mark.parametrize("definition", STOCKS, ids=lambda one: one.code)
@pytest.mark.parametrize("value", [0.0, 4.0])
def test_a_zero_that_a_publisher_filled_in_is_no_figure_of_a_group(
    definition: IndicatorDefinition, value: float
) -> None:
    named = {"series": definition.series, "unit": definition.unit, "nature": ""}
    base = definition.headline_disagg
    group = next(name for name in definition.disaggregations if f"{name}=" not in base)
    years = [{**named, "disagg": base, "year": year, "value": value} for year in (2023, 2024)]
    cell = {**named, "disagg": "|".join(sorted(filter(None, (base, f"{group}=made")))), "year": 2024, "value": value}
    facts = up_to("QOR", 2026, table(*years, cell), [definition], Known()).series[definition.code]
    assert [one.value for _, one in facts.groups] == ([value] if value else [])
    assert facts.filled == (set() if value else {2023, 2024})


RATE = replace(indicator("si_pov_day1"), series="made:RATE")
"""An indicator in per cent, whose headline is the total."""


def shown(*rows: dict[str, Any], newest: tuple[str, ...] = ()) -> SeriesFacts:
    return up_to("QOR", 2026, table(*rows), [RATE], Known(newest)).series[RATE.code]


def said(figures: tuple[Figure, ...]) -> list[tuple[int, float | None, str]]:
    return [(one.year, one.value, one.nature) for one in figures]


ESTIMATES = tuple({"year": year, "nature": "E", "value": float(year - 2000)} for year in range(2014, 2021))


@pytest.mark.parametrize("nature", ["C", "", "NA", "E"])
def test_one_later_figure_of_any_nature_leaves_the_known_ones_where_they_are(nature: str) -> None:
    alone = shown(*ESTIMATES)
    with_it = shown(*ESTIMATES, {"year": 2023, "nature": nature, "value": 30.0, "dataset": "added"})
    assert alone.measured is not None
    assert with_it.measured is not None
    assert with_it.measured.inputs["points"] >= alone.measured.inputs["points"] == 6
    assert said(with_it.chosen)[: len(ESTIMATES)] == said(alone.chosen)
    assert (2023, 30.0, nature) in said((*with_it.chosen, *with_it.after))


def test_a_new_way_of_counting_goes_first_as_soon_as_it_has_two_figures() -> None:
    own = [{"year": year, "value": float(year - 1990)} for year in (2021, 2022)]
    facts = shown(*ESTIMATES, *own)
    assert said(facts.chosen) == [(2021, 31.0, "C"), (2022, 32.0, "C")]
    assert [one.year for one in facts.before] == list(range(2014, 2021))
    assert facts.measured is not None
    assert facts.measured.inputs["break_year"] == 2021


def test_one_figure_after_a_marked_break_stands_after_those_before_it() -> None:
    rows = [{"year": 2018, "value": 4.0}, {"year": 2020, "value": 5.0}]
    facts = shown(*rows, {"year": 2023, "value": 9.0, "break_before": True})
    assert said(facts.chosen) == [(2018, 4.0, "C"), (2020, 5.0, "C")]
    assert said(facts.after) == [(2023, 9.0, "C")]
    assert facts.measured is not None
    assert (facts.measured.inputs["latest_year"], facts.measured.inputs["break_year"]) == (2020, None)


def test_where_no_way_has_two_figures_the_latest_goes_first() -> None:
    facts = shown({"year": 2016, "nature": "E", "value": 4.0}, {"year": 2023, "value": 9.0})
    assert (said(facts.chosen), said(facts.before)) == ([(2023, 9.0, "C")], [(2016, 4.0, "E")])


FIGURES = st.fixed_dictionaries(
    {
        "year": st.integers(2012, 2024),
        "nature": st.sampled_from(["C", "E", ""]),
        "value": st.integers(1, 99).map(float),
    }
)


@settings(max_examples=50, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    st.lists(FIGURES, min_size=1, max_size=8, unique_by=lambda row: (row["year"], row["nature"])),
    st.lists(FIGURES, max_size=5, unique_by=lambda row: (row["year"], row["nature"])),
    st.sampled_from([("known", "added"), ("added", "known")]),
)
def test_what_is_added_takes_no_known_figure_away_and_none_of_its_own_is_lost(
    known: list[dict[str, Any]], added: list[dict[str, Any]], newest: tuple[str, str]
) -> None:
    rows = [{**row, "dataset": "known"} for row in known], [{**row, "dataset": "added"} for row in added]
    before, after = shown(*rows[0], newest=newest), shown(*rows[0], *rows[1], newest=newest)
    seen = {
        (one.year, one.value)
        for one in (*after.chosen, *after.before, *after.after, *(other for _, other in after.others))
    }
    assert {(row["year"], row["value"]) for row in (*known, *added)} <= seen
    assert before.measured is not None
    assert after.measured is not None
    assert before.measured.inputs["points"] < 2 or after.measured.inputs["points"] >= 2


SHARE, STOCK = "undesa:MIGRANT_STOCK_SHARE", "undesa:MIGRANT_STOCK"
RELEASES = {"workbook-2020": "2020", "table-2020": "2020", "table-2024": "2024"}


def test_a_derived_figure_comes_from_the_release_of_its_base_or_is_left_out() -> None:
    shares = [{"series": SHARE, "year": year, "dataset": "workbook-2020"} for year in (2010, 2015, 2020)]
    stocks = [
        {"series": STOCK, "year": 2010, "dataset": "table-2020"},
        {"series": STOCK, "year": 2015, "dataset": "table-2020"},
        {"series": STOCK, "year": 2015, "dataset": "table-2024"},
    ]
    everything = table(*shares, *stocks)
    kept = with_base(table(*shares), everything, ["table-2024", "workbook-2020", "table-2020"], RELEASES)
    assert kept["year"].to_pylist() == [2010, 2020], "2015 has a newer total, 2020 has none to differ from"
    typed = table({"series": SHARE, "year": 2015, "dataset": "urn:value:1"})
    assert len(with_base(typed, everything, ["table-2024"], RELEASES)) == 1
    assert len(with_base(table(*stocks), everything, ["table-2024"], RELEASES)) == 3


# Which dataset is newer


def released(name: str, when: str, last: int) -> Manifest:
    return replace(bundled().datasets()[0], id=name, released=when, years=(1990, last))


@pytest.mark.parametrize(
    ("when", "last", "first"),
    [
        ("unknown", 2023, "a"),  # it holds a figure of 2023, so it is newer than a release of 2021
        ("unknown", 2019, "b"),
        ("2021-09-14", 2023, "b"),
        ("2021-09-16", 2015, "a"),
    ],
)
def test_a_dataset_of_unknown_release_is_as_new_as_its_last_year(when: str, last: int, first: str) -> None:
    known = {"a": released("a", when, last), "b": released("b", "2021-09-15", 2020)}
    assert newest_datasets(known)[0] == first


def test_lists_and_reviews_take_the_same_dataset_as_the_newest() -> None:
    known = {one.id: one for one in bundled().datasets()}
    order = newest_datasets(known)
    assert order == sorted(known, key=lambda name: (vintage(known[name]), name), reverse=True)
    newest = all_observations(bundled(), places=["GEO"])
    every = all_observations(bundled(), places=["GEO"], newest=False)
    for series in pc.unique(every["series"]).to_pylist():
        held = {*every.filter(pc.equal(every["series"], series))["dataset"].to_pylist()}
        shown_in_lists = {*newest.filter(pc.equal(newest["series"], series))["dataset"].to_pylist()}
        assert shown_in_lists == {min(held, key=order.index)}, series


def test_what_the_catalogue_says_of_the_cost_of_remittances_is_in_the_rows() -> None:
    table = all_observations(bundled(), series=["unsd:SI_RMT_COST", "wb:ATCR.CORR"], newest=False).to_pylist()
    to: dict[tuple[str, str], list[float]] = {}
    out: dict[tuple[str, str], list[float]] = {}
    for row in table:
        if row["series"] == "wb:ATCR.CORR" and row["value"] is not None and row["period"].endswith("Q3"):
            to.setdefault((row["place"], row["period"][:4]), []).append(row["value"])
            out.setdefault((row["disagg"].partition("=")[2].upper(), row["period"][:4]), []).append(row["value"])
    costs = [row for row in table if row["dataset"] == "unsd-sdg-2020-10" and row["series"] == "unsd:SI_RMT_COST"]
    cells = [
        ((row["place"], str(row["year"])), row["value"]) for row in costs if (row["place"], str(row["year"])) in to
    ]
    cells = [(key, cost) for key, cost in cells if len(key[0]) == 3 and key[0].isalpha()]

    def equal(prices: list[float] | None, cost: float) -> bool:
        return prices is not None and abs(round(sum(prices) / len(prices), 1) - cost) < 0.051

    received = [key for key, cost in cells if equal(to[key], cost)]
    only_sent = [key for key, cost in cells if equal(out.get(key), cost) and key not in received]
    assert (len(cells), len(received), only_sent) == (372, 169, [])
    caveats = " ".join(indicator("si_rmt_cost").caveats)
    assert f"Of {len(cells)} figures" in caveats
    assert f"{len(received)} equal" in caveats
