"""What the steps of a series say: an estimate carried forward at one rate, and the step that carries a change."""

from dataclasses import replace
from typing import Any

import pytest

from tests.papers.views import review, statistic, view
from waymark.gcm.indicators import TRAITS, indicators
from waymark.papers.marks import mark_names
from waymark.papers.statistics import our_word, statistic_sentence
from waymark.papers.steps import same_rate, step_sentence
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import CourseView, Observation, StatisticView
from waymark.queries.reviews.views import ReviewData
from waymark.queries.sources.views import SourceView

SOURCES = (view(SourceView, key="", title="Tables"),)


def data(*statistics: StatisticView) -> ReviewData:
    return review(statistics=statistics, sources=SOURCES)


def years(*points: tuple[int, float], traits: tuple[str, ...] = ("modelled",), **given: Any) -> StatisticView:
    made = statistic("a", *(value for _, value in points), traits=traits, unit="number", unit_label="persons", **given)
    shown = tuple(
        replace(one, year=year, period=str(year)) for one, (year, _) in zip(made.observations, points, strict=True)
    )
    course = view(
        CourseView, base_year=points[0][0], base_value=points[0][1], latest_year=points[-1][0],
        latest_value=points[-1][1], previous_year=points[-2][0], previous_value=points[-2][1], movement="",
    )  # fmt: skip
    return replace(made, observations=shown, course=course)


CARRIED = years((2015, 76687.0), (2020, 79363.0), (2024, 81572.0))
"""0.688 per cent a year, twice."""


def test_an_estimate_carried_forward_at_one_rate_is_said_and_its_last_step_is_no_news() -> None:
    rate = same_rate(CARRIED)
    assert rate is not None
    assert round(rate, 2) == 0.69
    said = plain(statistic_sentence(Writer(data(CARRIED)), CARRIED))
    assert (
        "The last two steps have the same rate (0.7 per cent a year), so the latest figure may be carried forward"
        in said
    )
    assert "The figure before" not in said


@pytest.mark.parametrize(
    "other",
    [
        years((2015, 76687.0), (2020, 79363.0), (2024, 82000.0)),  # another rate
        years((2015, 76687.0), (2020, 79363.0), (2024, 81572.0), traits=()),  # counted, not estimated
        years((2020, 79363.0), (2024, 81572.0)),  # one step
        years((2015, 500.0), (2020, 500.0), (2024, 500.0)),  # no change at all
        years((2015, 500.0), (2020, 0.0), (2024, 500.0)),
    ],
)
def test_another_course_is_not_called_carried_forward(other: StatisticView) -> None:
    assert same_rate(other) is None


def test_the_step_that_carries_most_of_a_change_is_said_in_the_chapter_too() -> None:
    jumped = years((2015, 1973.0), (2021, 1818.0), (2022, 27839.0), (2024, 31027.0), traits=())
    assert plain(step_sentence(Writer(data(jumped)), jumped)) == ("Most of the change came from 2021 to 2022.")
    even = years((2015, 10.0), (2018, 20.0), (2020, 30.0), (2021, 40.0), traits=())
    few = years((2015, 10.0), (2018, 12.0), (2021, 30.0), traits=())
    back = years((2015, 10.0), (2018, 12.0), (2020, 90.0), (2021, 40.0), traits=())
    for other in (even, few, back):
        assert step_sentence(Writer(data(other)), other) == ()


def test_figures_that_go_up_and_down_have_no_turn_and_no_word_of_ours_from_three_figures_on() -> None:
    made = years((2021, 276.0), (2022, 531.0), (2023, 227.0), traits=(), direction="down")
    assert made.course is not None
    course = replace(made.course, turned_in=2022, turned_at=531.0, movement="improved")
    (result,) = made.assessments
    result = replace(result, label="On track", method="unsd_progress_chart_2023", base_year=2021, latest_year=2023)
    judged = replace(made, course=course, assessments=(result,))
    said = plain(statistic_sentence(Writer(data(judged)), judged))
    assert "The figures go up and down between 227 (2023) and 531 (2022)" in said
    assert "The method compares 2021 and 2023 only. " in said
    assert "On track" in said
    assert "mproved" not in said
    assert "highest" not in said


def moved(movement: str, *, improving: bool | None, latest: float, label: str = "On track", **given: Any) -> str:
    made = statistic("a", 1.0, latest, improving=improving, **given)
    (result,) = made.assessments
    course = view(CourseView, movement=movement, latest_value=latest)
    return our_word(replace(made, course=course, assessments=(replace(result, label=label),)))


def test_our_word_and_the_method_speak_in_one_sense() -> None:
    assert moved("improved", improving=False, latest=2, label="Stagnation or regression") == "improved too little"
    assert moved("improved", improving=True, latest=2) == "improved"
    assert moved("improved", improving=None, latest=2, label="") == "improved"
    goal = {"target": 3.0, "target_year": 2030, "target_mark": "secondary", "direction": "down"}
    assert moved("worsened", improving=False, latest=3.0, **goal) == "worsened within the target"
    assert moved("worsened", improving=False, latest=3.1, **goal) == "worsened"
    assert moved("worsened", improving=False, latest=1.3, **goal | {"target_mark": "reference"}) == "worsened"
    assert moved("at its limit", improving=True, latest=1, traits=("binary",)) == ""
    assert moved("improved", improving=True, latest=1, traits=("binary",)) == "improved"


def seen(value: float, nature: str = "", traits: tuple[str, ...] = ()) -> list[str]:
    made = statistic("a", 5.0, value, traits=traits)
    last: Observation = replace(made.observations[-1], nature=nature)
    return mark_names(Writer(data(made)), replace(made, observations=(made.observations[0], last)))


def test_a_proxy_a_doubtful_zero_and_a_model_are_marked_beside_the_figure() -> None:
    assert "proxy" in seen(3, traits=("proxy",))
    assert "zero" in seen(0, traits=("count_minimum",))
    assert "zero" not in seen(1, traits=("count_minimum",))
    grown = statistic("a", 0.0, 27.0, traits=("count_minimum",), course=view(CourseView, base_value=0.0))
    assert "zero" in mark_names(Writer(data(grown)), grown), "the base is printed too"
    assert "zero" not in seen(0)
    assert "model" in seen(3, traits=("modelled",))
    assert "model" not in seen(3, nature="C", traits=("modelled",))
    assert seen(3, nature="E", traits=("modelled",)).count("estimate") == 1


def test_the_traits_of_every_definition_say_what_its_caveats_say() -> None:
    assert "proxy" in TRAITS
    for one in indicators():
        words = " ".join(one.caveats).casefold()
        assert ("proxy" in words) == ("proxy" in one.traits), one.code
        assert "is modelled" not in words or "modelled" in one.traits, one.code
        assert "zero may mean" not in words or "count_minimum" in one.traits, one.code
