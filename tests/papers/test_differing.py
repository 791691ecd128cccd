"""Figures that differ and are taken for one: what tells them apart is said, and the rule that decided."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from tests.papers.views import review, statistic, view
from waymark.engines.indicators.place_facts import DECIDED
from waymark.engines.printing.blocks import BulletList, Paragraph, Table
from waymark.engines.printing.reading import stacked
from waymark.gcm.indicators import indicators
from waymark.gcm.natures import NATURES
from waymark.gcm.several import counts_one_thing, several_series
from waymark.papers.closing import conflicts
from waymark.papers.differing import LONGEST, differing_figures
from waymark.papers.statistics import old_sentence, statistic_blocks
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import AlternativeView, CourseView, Observation, StatisticView
from waymark.queries.sources.views import SourceView

YEARBOOK = view(SourceView, key="", title="Yearbook")


def other(year: int, value: float, **given: Any) -> AlternativeView:
    """A figure that is not shown."""
    return view(AlternativeView, year=year, value=value, **{"decided": DECIDED["nature"], **given})  # type: ignore[no-any-return]


def told(*statistics: StatisticView) -> tuple[list[list[str]], list[str]]:
    """The rows of the first table of the chapter and the lines of the list after it."""
    blocks = conflicts(Writer(review(statistics=statistics, sources=(YEARBOOK,))))
    table = next(block for block in blocks if isinstance(block, Table))
    listed = next(block for block in blocks if isinstance(block, BulletList))
    return [[plain(cell) for cell in row] for row in table.rows], [plain(item) for item in listed.items]


@pytest.mark.parametrize("nature", sorted(set(NATURES) - {"C"}))
def test_two_figures_of_one_dataset_are_told_apart_by_nature_and_note(nature: str) -> None:
    seen = tuple(view(Observation, year=year, value=9.0, nature="C", detail="Ministry") for year in (2015, 2016))
    given = statistic("Rate", 9.0, 9.0, alternatives=(other(2016, 11.0, nature=nature, detail="Bank"),))
    rows, rules = told(replace(given, observations=seen))
    assert [row[1:5] for row in rows] == [["2016", "9 per cent", "country data; Ministry", "11 per cent"]]
    assert rows[0][5].startswith(f"{NATURES[nature]}; Bank")
    assert rules == [f"Rate: {DECIDED['nature']} (our rule, a proposal)."]
    assert "release" not in rules[0]


def test_a_row_that_would_say_what_the_row_above_says_points_to_it() -> None:
    others = (other(2015, 5.0, nature="E"), other(2016, 5.0, nature="E"), other(2017, 5.0, nature="M"))
    rows, _ = told(statistic("A", 1.0, 2.0, 3.0, alternatives=others), statistic("B", 1.0, alternatives=others[:1]))
    assert [row[5].partition(";")[0] for row in rows] == ["estimated", "as above", "modelled", "estimated"]


@pytest.mark.parametrize("rule", DECIDED.values())
def test_the_rule_printed_is_the_one_that_decided(rule: str) -> None:
    rows, rules = told(statistic("Rate", 1.0, 2.0, alternatives=(other(2015, 5.0, decided=rule),)))
    assert len(rows) == 1
    assert rules == [f"Rate: {rule} (our rule, a proposal)."]


def test_series_of_one_rule_stand_in_one_line_and_series_of_several_in_each() -> None:
    one = statistic("A", 1.0, 2.0, alternatives=(other(2015, 5.0), other(2016, 5.0, decided=DECIDED["release"])))
    _, rules = told(one, statistic("B", 1.0, alternatives=(other(2015, 6.0),)))
    assert [rule.partition(":")[0] for rule in rules] == ["A, B", "A"]


@pytest.mark.parametrize(
    ("same", "rows"), [({}, 1), ({"nature": "E"}, 2), ({"detail": "x"}, 2), ({"period": "2015-2016"}, 2)]
)
def test_only_figures_that_say_the_same_of_themselves_share_a_row(same: dict[str, str], rows: int) -> None:
    found = differing_figures([statistic("A", 1.0, alternatives=(other(2015, 5.0), other(2015, 5.0, **same)))])
    assert len(found) == rows


@pytest.mark.parametrize("field", ["before_break", "after_break"])
def test_every_figure_that_is_printed_is_compared(field: str) -> None:
    beside = (view(Observation, year=2010, value=4.0),)
    given = statistic("A", 1.0, 2.0, alternatives=(other(2010, 5.0),), **{field: beside})
    assert [one.chosen.value for one in differing_figures([given])] == [4.0]


def test_a_difference_that_does_not_show_and_a_year_without_a_number_are_no_conflict() -> None:
    assert differing_figures([statistic("A", 1.0, alternatives=(other(2015, 1.0000001), other(2020, 3.0)))]) == []
    assert differing_figures([statistic("A", 0.073, alternatives=(other(2015, 0.07),))]) == []
    for one, two in ((0.073, 0.08), (5.3, 5.0), (1.1, 0.1)):
        assert differing_figures([statistic("A", one, alternatives=(other(2015, two),))])
    bound = view(Observation, year=2015, value=None, qualifier="<", bound=5.0)
    given = replace(statistic("A", 1.0, alternatives=(other(2015, 3.0),)), observations=(bound,))
    assert differing_figures([given]) == []


def test_a_long_note_is_cut_at_a_word_and_a_span_is_named() -> None:
    note = "office " * 40
    rows, _ = told(statistic("A", 1.0, alternatives=(other(2015, 5.0, detail=note, period="2015-2016", nature="E"),)))
    assert rows[0][5].startswith("estimated; of 2015-2016; office office")
    assert "office …" in rows[0][5]
    assert len(rows[0][5]) < LONGEST + 60


DEATHS = {"framework_code": "10.7.3", "unit": "number", "unit_label": "persons", "direction": "down"}


def pair(**given: Any) -> tuple[StatisticView, StatisticView]:
    """Two series of one SDG indicator with figures of the same years."""
    said = {**DEATHS, "course": COURSE} | given
    one = statistic("Deaths", 32.0, 59.0, **{**said, "meaning": "Deaths as published."})
    return one, statistic("Missing", 61.0, 59.0, **{**said, "meaning": "Deaths by incident."})


COURSE = view(CourseView, latest_year=2016, latest_value=59.0)


def test_two_series_of_one_indicator_stand_side_by_side_with_what_each_counts() -> None:
    blocks = conflicts(Writer(review(statistics=pair(), sources=(YEARBOOK,))))
    (table, _) = [block for block in blocks if isinstance(block, Table)]
    assert plain(table.caption) == "Two series of SDG indicator 10.7.3 that differ, in persons"
    assert [[plain(cell) for cell in row] for row in table.rows] == [["2015", "32", "61"]], "2016 is alike"
    (listed,) = [block for block in blocks if isinstance(block, BulletList)]
    assert [plain(item) for item in listed.items] == [
        "Deaths Deaths: Deaths as published.", "Missing Missing: Deaths by incident.",
    ]  # fmt: skip


def test_each_of_the_two_says_at_its_place_that_the_other_differs() -> None:
    one, two = pair()
    writer = Writer(review(statistics=(one, two), sources=(YEARBOOK,)))
    says = "Another series of the same SDG indicator, Missing, differs: 61 in 2015, where this one has 32; both stand"
    said = [plain(block.runs) for block in stacked(statistic_blocks(writer, one)) if isinstance(block, Paragraph)]
    assert any(says in words for words in said)
    assert says in plain(old_sentence(writer, one))
    assert "Deaths, differs: 32 in 2015, where this one has 61" in plain(old_sentence(writer, two))


@pytest.mark.parametrize("given", [{"framework_code": ""}, {"framework_code": "16.2.2"}])
def test_series_that_count_different_things_are_no_conflict(given: dict[str, str]) -> None:
    writer = Writer(review(statistics=pair(**given), sources=(YEARBOOK,)))
    assert "Another series" not in plain(old_sentence(writer, pair(**given)[0]))
    assert not any(isinstance(block, BulletList) for block in conflicts(writer))


def test_it_was_read_of_every_indicator_with_several_series_whether_they_count_one_thing() -> None:
    """A definition that shares its SDG code and its unit with another has to be read beside it."""
    codes = {
        one.framework_code
        for one, two in combinations(indicators(), 2)
        if one.framework_code and one.framework_code == two.framework_code
    }
    assert set(several_series()) == codes
    assert {one.reading for one in several_series().values()} == {"one thing", "different things"}
    assert all(one.why and one.mark == "proposal" for one in several_series().values())
    assert [code for code in sorted(codes) if counts_one_thing(code)] == ["10.7.3", "10.c.1"]
