"""The highest or lowest figure is named where it says something: every series of real countries in the bundled data."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from waymark.engines.indicators.keeping import data_version
from waymark.engines.indicators.making import make
from waymark.engines.indicators.place_facts import SeriesFacts
from waymark.gcm.indicators import IndicatorDefinition, indicator
from waymark.queries.indicators.course import course
from waymark.queries.indicators.views import CourseView, Observation

PLACES = ("GEO", "ITA", "KEN", "MDA", "MEX", "PHL")


class Told(NamedTuple):
    """A series of a place: its course, and its figures since the base."""

    place: str
    definition: IndicatorDefinition
    course: CourseView
    values: tuple[float, ...]


def courses(place: str, code: str, facts: SeriesFacts) -> Iterator[Told]:
    """The course of a series that has a base."""
    seen = tuple(
        Observation(one.year, None if one.year in facts.filled else one.value, one.nature, "", one.row)
        for one in facts.chosen
    )
    inputs = facts.measured.inputs if facts.measured else {}
    found = course(indicator(code), seen, inputs.get("base_year"), inputs.get("break_year"))
    if found is not None and found.base_year is not None:
        values = tuple(one.value for one in seen if one.value is not None and one.year >= found.base_year)
        yield Told(place, indicator(code), found, values)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """Every series with a base of all PLACES."""
    now = data_version(tmp_path_factory.mktemp("none"))
    made = {place: make(place, [2026], now.stores, now.manifests)[2026] for place in PLACES}
    return [
        one
        for place, facts in made.items()
        for code, held in facts.series.items()
        for one in courses(place, code, held)
    ]


def beyond(one: Told) -> float:
    """How far the extremes of the figures lie beyond base and latest."""
    ends = (one.course.base_value or 0.0, one.course.latest_value)
    return max(max(one.values) - max(ends), min(ends) - min(one.values))


def test_what_is_named_would_be_seen_in_a_chart_and_what_is_not_would_hardly(told: list[Told]) -> None:
    """Of the height of a chart that starts at zero, or of the scale of percentages."""
    named = [one for one in told if one.course.turned_in is not None]
    silent = [one for one in told if one.course.turned_in is None and beyond(one) > 0]
    assert len(named) > 40
    assert len(silent) > 15
    for one in named:
        height = max(map(abs, one.values))
        points = one.definition.unit.startswith("percent") and beyond(one) >= 1
        assert points or beyond(one) >= height / 20, one
    for one in silent:
        assert beyond(one) <= max(map(abs, one.values)) / 19, one
        assert not one.definition.unit.startswith("percent") or beyond(one) < 1, one


def test_a_country_whose_figures_are_all_near_the_limit_reads_of_no_extreme(told: list[Told]) -> None:
    (electricity,) = [one for one in told if (one.place, one.definition.code) == ("GEO", "wb_eg_elc_accs_zs")]
    assert min(electricity.values) == 99.9
    assert electricity.course.turned_in is None


def test_the_figure_named_is_the_furthest_beyond(told: list[Told]) -> None:
    for one in told:
        if one.course.turned_at is not None:
            assert one.course.turned_at in (max(one.values), min(one.values)), one
