"""Which way a series went, and what it means: rise and fall apart from better and worse, turns, limits, bounds."""

from dataclasses import replace
from typing import Any

import pytest

from waymark.engines.indicators.methods import METHODS
from waymark.gcm.indicators import IndicatorDefinition, indicator
from waymark.queries.indicators.course import course, label, movement, notable, without_aim
from waymark.queries.indicators.views import CourseView, Observation

DOWN = indicator("sl_tlf_uem")


def seen(*values: tuple[int, float | None]) -> tuple[Observation, ...]:
    return tuple(Observation(year, value, "C", "made", 1, "" if value is not None else "<") for year, value in values)


def went(
    *values: tuple[int, float | None],
    base: int | None = 2015,
    restart: int | None = None,
    of: IndicatorDefinition = DOWN,
) -> CourseView:
    found = course(of, seen(*values), base, restart)
    assert found is not None
    return found


def defined(**more: Any) -> IndicatorDefinition:
    return replace(DOWN, **more)


def test_base_last_step_and_meaning_are_facts_apart() -> None:
    found = went((2015, 9.0), (2018, 7.0), (2020, 6.0))
    assert (found.base_year, found.previous_year, found.latest_year) == (2015, 2018, 2020)
    assert (found.since_base, found.last_step, found.movement) == ("fall", "fall", "improved")
    assert went((2015, 9.0), (2020, 6.0), of=defined(direction="up", natural_limit=None)).movement == "worsened"
    assert went((2015, 9.0), (2020, 6.0), of=defined(direction="none")).movement == ""


def test_a_series_that_turned_names_the_year_and_the_figure() -> None:
    found = went((2015, 9.0), (2017, 5.0), (2018, 6.0), (2020, 7.0))
    assert (found.since_base, found.last_step, found.turned_in, found.turned_at) == ("fall", "rise", 2017, 5.0)
    assert found.movement == "improved"
    assert went((2015, 9.0), (2018, 7.0), (2020, 6.0)).turned_in is None
    back = went((2015, 50.0), (2016, 1.0), (2018, 90.0), (2020, 80.0))
    assert (back.turned_in, back.turned_at) == (2018, 90.0), "where it turned, though another figure lies farther away"


@pytest.mark.parametrize(
    ("points", "named"),
    [
        (((2015, 4.0), (2019, 301.0), (2023, 5.0), (2024, 7.0)), (2019, 301.0)),
        (((2015, 9.0), (2017, 5.0), (2018, 7.0), (2020, 6.0)), (2017, 5.0)),
        (((2015, 5.0), (2017, 9.0), (2018, 1.0), (2020, 5.0)), (2018, 1.0)),
        (((2013, 50.0), (2015, 4.0), (2017, 5.0), (2024, 7.0)), (None, None)),
        (((2015, 4.0), (2017, 4.0), (2024, 7.0)), (None, None)),
        (((2015, 100.0), (2017, 99.9), (2024, 100.0)), (None, None)),
        (((2015, 100.0), (2017, 99.0), (2024, 100.0)), (2017, 99.0)),
        (((2015, 99.1), (2017, 98.2), (2024, 100.0)), (None, None)),
        (((2015, 2.0), (2017, 2.1), (2024, 2.0)), (None, None)),
        (((2015, 2.0), (2017, 2.2), (2024, 2.0)), (2017, 2.2)),
    ],
)
def test_a_figure_beyond_base_and_latest_is_named_also_where_nothing_turned(
    points: tuple[tuple[int, float], ...], named: tuple[int | None, float | None]
) -> None:
    found = went(*points)
    assert (found.turned_in, found.turned_at) == named


@pytest.mark.parametrize(
    ("extreme", "ends", "unit", "worth"),
    [
        (95.0, (100.0, 100.0), "number", True), (95.1, (100.0, 100.0), "number", False),
        (101.0, (100.0, 20.0), "percent", True), (100.9, (100.0, 20.0), "percent", False),
        (101.0, (100.0, 20.0), "number", False), (28.0, (7138.0, 30.0), "number", False),
        (-106.0, (-100.0, 50.0), "number", True), (-104.0, (-100.0, 50.0), "number", False),
        (60.0, (100.0, 20.0), "number", False), (0.0, (0.0, 0.0), "number", False),
        (4.0, (3.0, 3.0), "number", True),
    ],
)  # fmt: skip
def test_an_extreme_is_worth_a_sentence_from_a_share_of_the_level_or_a_percentage_point(
    extreme: float, ends: tuple[float, float], unit: str, worth: bool
) -> None:
    assert notable(extreme, ends, unit) is worth
    assert notable(extreme, (ends[1], ends[0]), unit) is worth


def test_where_the_turn_is_too_small_a_figure_far_beyond_the_other_end_is_named() -> None:
    found = went((2015, 421.0), (2016, 469.0), (2017, 365.0), (2018, 382.0), of=defined(unit="number"))
    assert (found.since_base, found.last_step, found.turned_in) == ("fall", "rise", 2016)


def test_a_turn_too_small_to_matter_is_the_last_step_alone() -> None:
    found = went((2015, 21.6), (2018, 22.0), (2020, 21.9))
    assert (found.since_base, found.last_step, found.turned_in) == ("rise", "fall", None)


def test_nothing_is_better_or_worse_while_it_is_not_checked_what_a_figure_means() -> None:
    assert went((2015, 9.0), (2020, 6.0), of=defined(direction_checked=False)).movement == ""


def test_of_equal_extremes_the_last_is_where_it_turned() -> None:
    assert went((2015, 9.0), (2016, 5.0), (2018, 5.0), (2020, 7.0)).turned_in == 2018


def test_figures_before_the_base_are_a_last_step_and_no_base() -> None:
    found = went((2010, 9.0), (2014, 7.0), base=None)
    assert (found.base_year, found.previous_year, found.since_base, found.last_step) == (None, 2010, "", "fall")
    assert found.movement == ""


def test_nothing_is_compared_across_a_break() -> None:
    found = went((2015, 9.0), (2017, 8.0), (2018, 20.0), restart=2018, base=2018)
    assert (found.base_year, found.previous_year, found.latest_year) == (None, None, 2018)


def test_a_bound_is_no_number_and_numbers_stay() -> None:
    found = went((2015, 9.0), (2020, 6.0), (2021, None))
    assert (found.latest_year, found.latest_value) == (2020, 6.0)
    assert course(DOWN, seen((2021, None)), None, None) is None


@pytest.mark.parametrize(
    ("more", "first", "last", "meant"),
    [
        ({"direction": "up", "natural_limit": 100.0}, 99.4, 99.9, "at its limit"),
        ({"direction": "up", "natural_limit": 100.0}, 98.0, 100.0, "improved"),
        ({"direction": "up", "natural_limit": 100.0}, 100.0, 98.0, "worsened"),
        ({"direction": "down", "natural_limit": None}, 5.0, 5.0, "unchanged"),
        ({"direction": "down", "natural_limit": None}, 5.0, 5.000001, "unchanged"),
        ({"direction": "up", "traits": ("binary",)}, 1.0, 1.0, "at its limit"),
        ({"direction": "up", "traits": ("binary",)}, 0.0, 0.0, "unchanged"),
        ({"direction": "up", "traits": ("binary",)}, 0.0, 1.0, "improved"),
        ({"direction": "up", "traits": ("binary",)}, 1.0, 0.0, "worsened"),
        ({"direction": "down", "traits": ("binary",)}, 0.0, 0.0, "at its limit"),
        ({"direction": "parity", "unit": "ratio", "natural_limit": None}, 0.8, 0.9, "improved"),
        ({"direction": "parity", "unit": "ratio", "natural_limit": None}, 0.9, 1.3, "worsened"),
        ({"direction": "parity", "unit": "ratio", "natural_limit": None}, 1.2, 1.1, "improved"),
    ],
)
def test_our_word_for_a_change(more: dict[str, Any], first: float, last: float, meant: str) -> None:
    assert movement(defined(**more), first, last) == meant


@pytest.mark.parametrize("method", METHODS)
def test_a_category_is_the_whole_word_of_its_method(method: str) -> None:
    for category in METHODS[method].categories:
        assert label(method, category.code, target_stated=True) == category.label
        bare = label(method, category.code, target_stated=False)
        assert "target" not in bare.replace("(no target stated)", "").casefold()
        assert ("target" in category.label.casefold()) == bare.endswith("(no target stated)")
        ours = label(method, category.code, target_stated=True, ours=True)
        assert ours.removesuffix(" (the target is our proposal)") == category.label
        assert ("target" in category.label.casefold()) == (ours != category.label)
    assert label(method, "", target_stated=True) == ""


def test_remarks_about_a_target_need_one() -> None:
    flags = ("more than five years old", "target met", "met in 2018, lost", "target year passed", "censored values: 1")
    assert without_aim(flags, target_stated=True) == flags
    assert without_aim(flags, target_stated=True, ours=True) == (
        flags[0], "target met (our proposal)", "met in 2018, lost (our proposal)", "target year passed (our proposal)",
        flags[4],
    )  # fmt: skip
    assert without_aim(flags, target_stated=False) == ("more than five years old", "censored values: 1")
