"""A target that is our reading of words without a number is called ours wherever it is printed, and no other is."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.papers.views import review, statistic, view
from waymark.engines.printing.blocks import Paragraph
from waymark.engines.printing.reading import stacked
from waymark.gcm.indicators import NATIONAL, IndicatorDefinition, indicators
from waymark.papers.files import TABLES
from waymark.papers.statistics import old_sentence, statistic_blocks, statistic_figure
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.course import course
from waymark.queries.indicators.reading import defined
from waymark.queries.indicators.views import Observation, StatisticView
from waymark.queries.sources.views import SourceView

WITH_TARGET = [one for one in indicators() if one.target and not one.target.reference and "binary" not in one.traits]
OURS = "our proposal"
YEARBOOK = view(SourceView, key="", title="Yearbook")


def seen(definition: IndicatorDefinition) -> StatisticView:
    """A series of three figures of this definition, judged by nobody."""
    values = tuple(
        view(Observation, year=year, value=float(year - 2010), period=str(year)) for year in (2015, 2020, 2024)
    )
    assert definition.target is not None
    given = {
        **defined(definition), "course": course(definition, values, 2015, None), "target": definition.target.value,
        "target_year": definition.target.year,
    }  # fmt: skip
    made = statistic(given.pop("series"), 5.0, 10.0, 14.0, **given)
    (result,) = made.assessments
    result = replace(result, target=made.target, target_year=made.target_year)
    return replace(made, observations=values, assessments=(result,))


def places(one: StatisticView) -> dict[str, str]:
    """What is printed of a series, by the place where it is."""
    writer = Writer(review(statistics=(one,), sources=(YEARBOOK,)))
    figure = statistic_figure(writer, one)
    said = [plain(block.runs) for block in stacked(statistic_blocks(writer, one)) if isinstance(block, Paragraph)]
    return {
        "sentence": plain(old_sentence(writer, one)),
        "words of the picture": figure.alt,
        "picture": " ".join(words(figure.svg)),
        "narrow picture": " ".join(words(figure.narrow_svg)),
        "table": " ".join(plain(cell) for row in figure.table.rows for cell in row) if figure.table else "",
        "source": said[-1],
    }


def words(svg: str) -> list[str]:
    """The letters drawn in a picture, without its description."""
    root = ElementTree.fromstring(svg)
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("definition", WITH_TARGET, ids=lambda one: one.code)
def test_sentence_chart_table_and_data_say_whose_the_target_is(definition: IndicatorDefinition) -> None:
    assert definition.target is not None
    ours = definition.target.mark == "proposal"
    said = places(seen(definition))
    assert {name for name, words in said.items() if (OURS in words) is not ours} == set()


def test_the_target_of_a_network_is_not_called_ours() -> None:
    for definition in (one for one in WITH_TARGET if one.target and one.target.mark == "proposal"):
        own = replace(definition, series=f"{NATIONAL}QOR.RATE")
        assert {name for name, words in places(seen(own)).items() if OURS in words} == set()


@pytest.mark.parametrize("table", ["indicators", "assessments"])
@pytest.mark.parametrize("definition", WITH_TARGET, ids=lambda one: one.code)
def test_the_data_have_the_mark_of_the_target(definition: IndicatorDefinition, table: str) -> None:
    assert definition.target is not None
    _, columns, rows = TABLES[table]
    (row,) = rows(review(statistics=(seen(definition),)))
    assert dict(zip(columns, row, strict=True))["target_mark"] == definition.target.mark
