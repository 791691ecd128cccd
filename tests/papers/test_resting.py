"""What is said beside a category of what it rests on: figures of long ago, a tolerance of the method."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.papers.views import review, statistic
from waymark.engines.indicators.assessment import flags
from waymark.papers.resting import rests_on
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import StatisticView

EARLY, NEAR = "baseline of an earlier year: 2008", "within one point of the target"


def judged(*remarks: str, label: str = "On track", **given: Any) -> StatisticView:
    made = statistic("a", 43.4, 88.9, **given)
    (result,) = made.assessments
    result = replace(result, flags=remarks, label=label, base_year=2008, latest_year=2010)
    return replace(made, assessments=(result,))


def said(one: StatisticView) -> str:
    return plain(rests_on(Writer(review()), one))


def test_figures_of_before_the_baseline_year_and_the_tolerance_of_the_method_are_said() -> None:
    assert said(judged(EARLY)) == (
        "The method compares 2010 with 2008, since no two figures are of its baseline year or later."
    )
    assert said(judged(NEAR)) == "The method counts a figure within one point of such a target as met."
    assert said(judged(EARLY, NEAR)).count("The method") == 2


@pytest.mark.parametrize(
    "silent",
    [judged(), judged(EARLY, label=""), judged(EARLY, traits=("binary",)), judged(EARLY, context="outside"),
     judged(EARLY, direction="none"), judged("zero values: 2")],
)  # fmt: skip
def test_nothing_is_said_where_no_category_stands_or_nothing_is_to_be_said(silent: StatisticView) -> None:
    assert said(silent) == ""


def test_the_remarks_begin_as_assessments_write_them() -> None:
    row = {
        "last_met_year": 2010, "latest_year": 2010, "latest_end": 2010, "early": True, "base_year": 2008,
        "at_limit": False, "target": 100, "target_year": 2030, "latest_value": 99.5, "direction": "up",
        "break_year": None, "before_break": 0,
        "leading_zeros": 0, "censored": 0, "zeros": 0, "nature": "C", "points": 2, "ranges": False,
    }  # fmt: skip
    assert {EARLY, NEAR} <= set(flags(row, as_of=date(2012, 1, 1), unable=False))
