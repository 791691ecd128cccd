"""What the figures say in a few lines: every series in one place, with what has to be known beside it."""

from dataclasses import replace
from typing import Any

import pytest

from tests.papers.views import objective, review, statistic, view
from waymark.engines.charts import ProgressStrip, chart_rows
from waymark.engines.charts.strip import cell_words
from waymark.engines.printing.blocks import BulletList
from waymark.papers import cautions
from waymark.papers.front import in_several, main_counts, strip_cell
from waymark.papers.marks import mark_names, remarks_of
from waymark.papers.matters import parts
from waymark.papers.statistics import latest_sentence, old_sentence, statistic_sentence
from waymark.papers.verdicts import REASONS, in_short, why_not
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import CourseView, StatisticView
from waymark.queries.reviews.views import ClaimView, ConflictView, ReviewData
from waymark.queries.sources.views import SourceView

SOURCES = tuple(view(SourceView, key=key) for key in ("", "one", "other"))
BY_STATUS = (
    ("migratory_status=migper", 2016, 55.0, "one", "", None),
    ("migratory_status=nonmig", 2016, 29.0, "one", "", None),
)
ALL = ("whole_population",)


def moved(name: str, *values: float, improving: bool | None = True, **given: Any) -> StatisticView:
    """A series with its course, and with our word for its change in the assessment."""
    word = {True: "improved", False: "worsened", None: "worsened"}[improving]
    first, last, peak = values[0], values[-1], max(values)
    course = view(
        CourseView, base_year=2015, base_value=first, latest_year=2014 + len(values), latest_value=last,
        since_base="rise" if last > first else "fall", last_step="rise" if last >= values[-2] else "fall",
        turned_in=2015 + values.index(peak) if peak > last else None, turned_at=peak if peak > last else None,
        previous_year=2013 + len(values), previous_value=values[-2], movement=word,
    )  # fmt: skip
    made = statistic(name, *values, improving=improving, title=name, course=course, **given)
    return replace(made, assessments=(replace(made.assessments[0], movement=word),))


def told(data: ReviewData) -> dict[str, str]:
    """The lines by their labels."""
    (block,) = in_short(Writer(data))
    assert isinstance(block, BulletList)
    return dict(plain(item).split(": ", 1) for item in block.items if ": " in plain(item))


def test_each_series_stands_in_one_line_and_each_not_judged_has_one_reason() -> None:
    unable = moved("Deaths", 0, 6, improving=None)
    unable = replace(unable, assessments=(replace(unable.assessments[0], reason="baseline zero", category=""),))
    series = (
        moved("Schools", 80, 90), moved("Births", 80, 95, 90, traits=ALL), moved("Jobs", 80, 70, improving=False),
        replace(slow := moved("Health", 80, 81, improving=False),
                assessments=(replace(slow.assessments[0], movement="improved"),)),
        unable, statistic("Stock", 1, 2, direction="none", improving=None),
        statistic("Refugees", 1, 2, context="outside the Compact"),
        statistic("E-mail", 1, improving=None),
    )  # fmt: skip
    one_point = replace(series[-1], assessments=(replace(series[-1].assessments[0], reason="one point"),))
    old = replace(old := moved("Old", 1, 2), assessments=(replace(old.assessments[0], old=True),))
    lines = told(review(statistics=(*series[:-1], one_point, old)))
    assert lines == {
        "Improving": "Schools.",
        "Improving, about the whole population, migrants not shown apart": "Births (lower than in 2016).",
        "Better, but too little for the method": "Health.",
        "Worsened": "Jobs.",
        "Worsened, but not assessed": "Deaths.",
        "Not assessed": "5 of 9 series. 1 without a better direction; 1 for context, outside the Compact; 1 with a "
        "category from a figure of more than five years ago; 1 with too few figures that compare; "
        "1 that the method cannot assess.",
    }


def test_a_series_that_goes_up_and_down_says_so_beside_its_name() -> None:
    wild = moved("Trips", 412, 161, 410)
    assert told(review(statistics=(wild,)))["Improving"] == "Trips (goes up and down)."


def test_with_nothing_judged_the_reasons_stand_all_the_same() -> None:
    (block,) = in_short(Writer(review(statistics=(statistic("Stock", 1, 2, direction="none", improving=None),))))
    assert isinstance(block, BulletList)
    assert [plain(item) for item in block.items] == [
        "No series of this place can be assessed with the figures held.",
        "Not assessed: 1 of 1 series. 1 without a better direction.",
    ]
    assert why_not(statistic("Any", 1, 2, assessments=())) == REASONS[-1]


def conflict(*, chosen: bool) -> ConflictView:
    claims = (
        view(ClaimView, value="91", source="one", chosen=chosen), view(ClaimView, value="68", source="other"),
    )  # fmt: skip
    subject = "urn:waymark:local:national-indicator:own"
    return view(ConflictView, subject=subject, attribute="in summer", claims=claims)


def test_a_disputed_series_says_so_wherever_it_stands() -> None:
    own = moved("Guardians", 35, 90, indicator="own")
    for conflicts, seen in (((), False), ((conflict(chosen=True),), False), ((conflict(chosen=False),), True)):
        data = review(statistics=(own,), conflicts=conflicts, sources=SOURCES)
        writer = Writer(data)
        said = "Sources disagree, in summer: 91 or 68; none is chosen."
        for sentence in (statistic_sentence, old_sentence):
            assert (said in plain(sentence(writer, own))) == seen
        for sentence in (statistic_sentence, old_sentence, latest_sentence):
            assert ("[sources disagree" in plain(sentence(writer, own))) == seen
        assert told(data)["Improving"] == ("Guardians (sources disagree)." if seen else "Guardians.")
        (count,) = [plain(v) for k, v in main_counts(writer).items if plain(k) == "Statistics improving"]
        assert count.endswith("; on 1 of those that improve, sources disagree") == seen


def test_a_series_whose_groups_show_migrants_is_not_called_whole_population() -> None:
    alone = moved("Injuries", 42, 31, traits=ALL)
    apart = replace(alone, breakdown=BY_STATUS)
    bound = replace(alone, breakdown=(*BY_STATUS[:1], ("migratory_status=nonmig", 2016, None, "one", "<", 5.0)))
    by_sex = replace(alone, breakdown=(("sex=female", 2016, 1.0, "one", "", None),))
    for one, whole in ((alone, True), (by_sex, True), (bound, True), (apart, False)):
        data = review(statistics=(one,), sources=SOURCES)
        writer = Writer(data)
        assert ("population" in mark_names(writer, one)) == whole == cautions.about_all(one)
        said = "By migration status, in 2016: migrants 55, non-migrants 29."
        assert (said in plain(statistic_sentence(writer, one))) == (not whole)
        (count,) = [plain(v) for k, v in main_counts(writer).items if plain(k) == "Statistics improving"]
        assert (
            "; 1 of those that improve is about the whole population and does not show migrants apart" in count
        ) == whole
    assert plain(parts(Writer(review(sources=SOURCES)), apart, 2016)) == "; migrants 55, non-migrants 29"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("met or within one point in 2018, lost",), "The target was met or within one point in 2018, and is not any "),
        (("met in 2018, lost",), "The target was met in 2018, and is not any more."),
        (("target met",), ""),
        ((), ""),
    ],
)
def test_a_target_that_was_lost_is_said_in_the_sentence(flags: tuple[str, ...], said: str) -> None:
    own = moved("Births", 80, 100, 90, target=100.0, target_year=2030)
    own = replace(own, assessments=(replace(own.assessments[0], flags=flags),))
    sentence = plain(statistic_sentence(Writer(review(statistics=(own,), sources=SOURCES)), own))
    assert said in sentence
    assert ("any more" in sentence) == bool(said)
    assert not any("lost" in remark for remark in remarks_of(own)), "once is enough"


@pytest.mark.parametrize(
    ("year", "values", "said"),
    [
        (2030, (5, 4), "The target is 0 per cent by 2030."),
        (2026, (5, 4), "The target is 0 per cent by 2026."),
        (2025, (5, 4), "The target was 0 per cent by 2025. The latest figure is of 2016, so whether it was met is not "
                       "known."),
        (2016, (5, 4), "The target was 0 per cent by 2016."),
    ],
)  # fmt: skip
def test_a_target_whose_year_is_over_was_one(year: int, values: tuple[float, ...], said: str) -> None:
    own = moved("Children", *values, target=0.0, target_year=year, direction="down")
    sentence = plain(statistic_sentence(Writer(review(statistics=(own,), sources=SOURCES)), own))
    assert said in sentence
    assert ("not known" in sentence) == said.endswith("known.")


def test_the_strip_says_in_words_what_its_statistics_are_about() -> None:
    own, whole = moved("Fees", 8, 6), moved("Schools", 80, 90, objectives=(1, 2), traits=ALL)
    data = review(
        objective(1, statistics=(own, whole)), objective(2, statistics=(whole,)), statistics=(own, whole),
        sources=SOURCES,
    )  # fmt: skip
    first, second = (strip_cell(data.objectives[place]) for place in range(2))
    assert (first.borrowed, first.whole) == (0, 1)
    assert (second.borrowed, second.whole) == (1, 1)
    said = cell_words(second)
    assert said.endswith(
        "1 of 1 statistics that can be assessed improve (1 told under another objective, 1 about the whole population)."
    )
    assert cell_words(strip_cell(objective(1, statistics=(own,)))).endswith(
        "1 of 1 statistics that can be assessed improve."
    )
    assert plain(in_several(Writer(data))) == "1 statistic counts under more than one objective."
    assert in_several(Writer(review(statistics=(own,)))) == ()
    strip = ProgressStrip("T", "D", (first, second))
    assert [row[-1].text for row in chart_rows(strip).rows] == [
        "2/2; 1 about the whole population", "1/1; 1 told under another objective, 1 about the whole population",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="2 borrowed and 0 of the whole population among 1 assessable"):
        replace(second, borrowed=2, whole=0)
