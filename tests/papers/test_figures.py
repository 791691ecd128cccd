"""A figure is written alike in every place: sentence, what matters first, label, alternative, tables, brief."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.papers.views import review, statistic, view
from waymark.engines.printing import svg
from waymark.engines.printing.html import render_html
from waymark.gcm.figures import Form, own_power
from waymark.gcm.language import UnitKind, unit_kind
from waymark.papers.brief import brief_paper
from waymark.papers.groups import breakdown_figures
from waymark.papers.matters import value
from waymark.papers.observations import form, number, shown_unit
from waymark.papers.statistics import statistic_figure, statistic_sentence
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import CourseView, StatisticView
from waymark.queries.sources.views import SourceView

UNITS = {
    "money": ("cu_usd", "current US dollars", (95_862_423.0, 290_312_000.0, 324_455_252.56)),
    "money, far apart": ("cu_usd", "current US dollars", (86_732.0, 290_312_000.0, 4_201_299_805.0)),
    "millions of money": ("cu_usd_m", "million current US dollars", (57.25, 801.4, 1017.3)),
    "percentage": ("percent", "per cent", (84.42, 90.0, 91.8)),
    "whole percentages": ("percent", "per cent", (84.0, 90.0, 91.8)),
    "a small percentage": ("percent", "per cent", (0.04, 12.0, 12.5)),
    "rate": ("per_100000", "per 100,000 people", (1.25, 3.0, 10.4)),
    "persons": ("number", "persons", (912.0, 1200.0, 3_718_200.0)),
    "index": ("index", "", (0.987, 1.1, 1.0)),
}
SPLIT = (("sex=female", 2017, 1.0), ("sex=male", 2017, 2.5))


def series(unit: str, words: str, values: tuple[float, ...], **given: Any) -> StatisticView:
    course = view(
        CourseView, latest_year=2014 + len(values), base_year=2015, previous_year=2013 + len(values), movement=""
    )
    groups = tuple((name, year, share * values[-1] / 2, "", "", None) for name, year, share in SPLIT)
    made = statistic("It", *values, unit=unit, unit_label=words, axis=words, title="It", course=course, **given)
    seen = tuple(replace(one, period=str(one.year)) for one in made.observations)
    return replace(made, observations=seen, breakdown=groups, valid_max=None)


def writer_of(item: StatisticView) -> Writer:
    return Writer(review(statistics=(item,), sources=(view(SourceView, key="", title="Yearbook"),)))


def shown(text: str) -> str:
    """A figure without its unit."""
    found = re.match(r"−?[\d,.]+(?: (?:m|b|tr)illion)?", text)
    assert found, text
    return found[0]


@pytest.mark.parametrize("case", UNITS)
def test_one_figure_is_written_alike_everywhere(case: str) -> None:
    item = series(*UNITS[case])
    writer = writer_of(item)
    latest = item.observations[-1]
    drawn = statistic_figure(writer, item)
    sentence = statistic_sentence(writer, item)
    said = {run.value: shown(run.text) for run in sentence if run.kind == "figure" and "per cent)" not in run.text}
    if item.unit == "cu_usd_m":
        said = {exact: text.removesuffix(" million") for exact, text in said.items()}  # a word of the unit
    own = said[repr(latest.value).removesuffix(".0")]
    assert plain(value(writer, item, latest)).startswith(own)
    assert shown(plain(number(writer, item, latest.value or 0))) == own
    assert own in drawn.alt
    for shape in (drawn.svg, drawn.narrow_svg):
        labels = [text for text in labels_of(shape) if text[1] == repr(latest.value).removesuffix(".0")]
        assert {shown(text) for text, _ in labels} == {own}
    assert drawn.table is not None
    kept = form(writer, item)
    for row, seen in zip(drawn.table.rows, item.observations, strict=True):
        whole = plain(row[1])
        assert whole == kept.text(seen.value or 0, "en", kind_of(item), whole=True)
        if kept.power == 1 and repr(seen.value).removesuffix(".0") in said:
            assert whole == said[repr(seen.value).removesuffix(".0")]


def kind_of(item: StatisticView) -> UnitKind:
    return unit_kind(shown_unit(item))


def labels_of(shape: str) -> list[tuple[str, str]]:
    """Text and machine form of the figures beside the marks of a chart, not those of its axis."""
    found = [one for one in svg.parse(shape).iter() if one.get("class") == "figure" and one.get("font-weight")]
    return [("".join(one.itertext()), one.get("data-value", "")) for one in found]


@pytest.mark.parametrize("case", UNITS)
def test_groups_are_written_as_the_whole(case: str) -> None:
    item = series(*UNITS[case])
    writer = writer_of(item)
    (figure,) = breakdown_figures(writer, item)
    kept, kind = form(writer, item), kind_of(item)
    bars = set(re.findall(r'class="figure" data-value="[^"]+">([^<]+)<', figure.svg))  # type: ignore[union-attr]
    assert {kept.text(row[2] or 0, "en", kind) for row in item.breakdown} <= bars
    told = [plain(row[1]) for row in figure.table.rows]  # type: ignore[union-attr]
    assert told == [kept.text(row[2] or 0, "en", kind, whole=True) for row in item.breakdown]


def test_the_brief_writes_a_figure_as_the_review_does() -> None:
    item = replace(series(*UNITS["money"]), objectives=(20,))
    later = {one.year: one.year + 7 for one in item.observations}
    seen = tuple(replace(one, year=later[one.year], period=str(later[one.year])) for one in item.observations)
    course = view(CourseView, latest_year=2024, base_year=2022, previous_year=2023)
    item = replace(item, observations=seen, course=course)
    data = writer_of(item).data
    page = render_html(brief_paper(data)).decode()
    assert "324.5 million" in page
    assert "324,455,253" not in page


def test_a_form_writes_every_size() -> None:
    millions = Form(10**6, 1)
    assert millions.text(324_455_252.56, "en", "money") == "324.5 million"
    assert millions.text(324_455_252.56, "en", "money", whole=True) == "324,455,253"
    assert millions.text(86_732.4, "en", "money") == "86,732", "less than a tenth of a million is written out"
    assert millions.text(0.0, "en", "money") == "0.0 million"
    assert Form(1, 1).text(0.04, "en", "percent") == "0.04", "no figure is rounded away to zero"
    assert Form(1, 1).text(95.0, "en", "percent") == "95.0"
    assert Form(10**9, 2).text(4.2e9, "ka", "money") == "4,20 მილიარდი"
    assert [own_power(size) for size in (1e15, 1e12, 1e9, 1e6, 999_999, 0)] == [1, 10**12, 10**9, 10**6, 1, 1]
