"""What is no number is never written as one: bounds and gaps among the observations of a series."""

from dataclasses import replace
from typing import Any

import pytest

from tests.papers.views import review, statistic, view
from waymark.papers import statistics
from waymark.papers.marks import is_old, mark_names
from waymark.papers.observations import measured, number_of
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import Observation, StatisticView


def writer_of(one: StatisticView) -> Writer:
    writer = Writer(review(statistics=(one,)))
    writer.numbers[""] = 1
    return writer


def bound(year: int, **given: Any) -> Observation:
    return view(Observation, year=year, qualifier="<", bound=2.5, **given)  # type: ignore[no-any-return]


def test_an_observation_without_a_number_is_no_zero() -> None:
    one = statistic("hunger", 3.0, 4.0)
    writer = writer_of(one)
    assert measured(writer, one, one.observations[0]).value == number_of(one, one.observations[0]) == 3.0
    for take in (lambda: measured(writer, one, bound(2017)), lambda: number_of(one, bound(2017))):
        with pytest.raises(ValueError, match="hunger: the observation of 2017 has no number"):
            take()


def test_a_zero_that_the_source_gives_is_one() -> None:
    one = statistic("hunger", 0.0)
    assert measured(writer_of(one), one, one.observations[0]).value == 0.0


def test_a_series_of_bounds_alone_is_as_old_as_its_latest() -> None:
    one = replace(statistic("hunger", 1.0), observations=(bound(2019), bound(2020)))
    assert is_old(writer_of(one), one)
    assert "old" in mark_names(writer_of(one), one)
    young = replace(one, observations=(bound(2020), bound(2021, period="2021")))
    assert not is_old(writer_of(young), young)


def test_a_bound_from_before_the_way_of_counting_changed_is_not_said_as_a_zero() -> None:
    one = statistic("hunger", 6.0, 7.0)
    numbers = tuple(view(Observation, year=year, value=value) for year, value in ((2012, 4.0), (2013, 5.0)))
    mixed = replace(one, before_break=(bound(2011), *numbers, bound(2014)))
    assert plain(statistics.counted_before(writer_of(mixed), mixed)) == (
        "Counted another way before 2015 (4 per cent in 2012 to 5 per cent in 2013), which does not compare."
    )
    bounds = replace(one, before_break=(bound(2013), bound(2014)))
    assert statistics.counted_before(writer_of(bounds), bounds) == ()
