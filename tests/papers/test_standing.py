"""How series stand: what is at its limit is counted apart, and the parts of a count add up."""

from dataclasses import replace
from typing import Any

from tests.papers.views import objective, review, statistic, view
from waymark.papers.front import main_counts, strip_cell
from waymark.papers.judging import judged
from waymark.papers.standing import limit_words, standing
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import StatisticView, VintageView
from waymark.queries.reviews.views import ReviewData
from waymark.queries.sources.views import SourceView

SOURCES = (view(SourceView, key="", title="Yearbook"),)


def limited(series: str, *values: float, **given: Any) -> StatisticView:
    made = statistic(series, *values, improving=False, **given)
    (result,) = made.assessments
    return replace(made, assessments=(replace(result, movement="at its limit"),))


FULL, YES = limited("Light", 100, 100), limited("Census", 1, 1, traits=("binary",))
BETTER, WORSE = statistic("Better", 10, 20), statistic("Worse", 20, 10, improving=False)
WORSE = replace(WORSE, assessments=tuple(replace(one, movement="worsened") for one in WORSE.assessments))
BETTER_WORDS, WORSE_WORDS = (
    "Better (20 per cent in 2016, 10 in 2015)",
    "1 worsens: Worse (10 per cent in 2016, 20 in 2015)",
)


def data(*statistics: StatisticView, early: int = 0) -> ReviewData:
    vintage = view(VintageView, series=len(statistics), ended_early=early)
    return review(objective(1, statistics=statistics), statistics=statistics, vintage=vintage, sources=SOURCES)


def headline(*statistics: StatisticView, early: int = 0) -> str:
    matter = judged(Writer(data(*statistics, early=early)))
    assert matter is not None
    return plain(matter.says)


def counted(*statistics: StatisticView) -> str:
    facts = {plain(label): plain(value) for label, value in main_counts(Writer(data(*statistics))).items}
    return facts["Statistics improving"]


def test_each_series_stands_in_one_part() -> None:
    old = replace(FULL, assessments=tuple(replace(one, old=True) for one in FULL.assessments))
    stand = standing([FULL, YES, BETTER, WORSE, old])
    assert (stand.improving, stand.others, stand.limit, stand.moving) == ((BETTER,), (WORSE,), (FULL, YES), 2)


def test_a_series_at_its_limit_is_no_failure_in_headline_counts_and_strip() -> None:
    assert ": Light, at its limit. Of 1 series" in headline(FULL)
    assert headline(WORSE).startswith(f"Of 1 series that can be judged none improves; {WORSE_WORDS}.")
    assert headline(FULL, BETTER, WORSE).startswith(
        f"Of 2 series that can be judged 1 improves: {BETTER_WORDS}; {WORSE_WORDS}; "
        "1 more is at its limit of 100 per cent: Light."
    )
    assert counted(FULL, BETTER, WORSE) == "1 of 2 that can be assessed; 1 is at its limit of 100 per cent"
    assert headline(BETTER).startswith(f"Of 1 series that can be judged 1 improves: {BETTER_WORDS}. ")
    assert counted(FULL) == "1 is at its limit of 100 per cent; no other with a recent figure can be assessed"
    assert counted(FULL, YES, WORSE) == "0 of 1 that can be assessed; 2 are at their limit"
    assert counted() == "none with a recent figure can be assessed"
    assert strip_cell(objective(1, statistics=(FULL,))).share == "–"
    assert strip_cell(objective(1, statistics=(FULL, BETTER, WORSE))).share == "1/2"


def test_a_limit_is_named_where_it_is_one_for_all_and_is_no_yes() -> None:
    writer = Writer(data(FULL))
    assert plain(limit_words(writer, (YES,))) == "1 is at its limit"
    assert plain(limit_words(writer, (FULL, limited("Water", 100, 100)))) == "2 are at their limit of 100 per cent"


def test_parts_of_the_count_by_age_add_up_to_all() -> None:
    old, new = statistic("Old", 10, 20), statistic("New", *range(10, 17))
    bound = replace(new, indicator="Bound", observations=tuple(replace(one, value=None) for one in new.observations))
    assert headline(old, new, early=1).endswith(
        " Of 2 series 1 ends more than five years ago; 1 reaches the last five years."
    )
    assert headline(old, new, bound, early=1).endswith(
        "1 reaches the last five years; 1 has no number in these years (New)."
    )
