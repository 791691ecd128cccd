"""Every example of the specification, run; and the reference page made from it, compared."""

from pathlib import Path

import pyarrow as pa
import pytest

from tests.spec.methods.example import AS_OF, Result, observations
from tests.spec.methods.toc import CHAPTERS
from tests.spec.reference import page
from waymark.engines.indicators.assess import Assessment, SeriesRule, assess_rows
from waymark.engines.indicators.breaks import find_breaks
from waymark.engines.indicators.methods import METHODS

BY_SERIES = {
    f"made:{chapter.title}:{number}": example
    for chapter in CHAPTERS
    for number, example in enumerate(chapter.examples, start=1)
}


@pytest.fixture(scope="module")
def assessments() -> dict[tuple[str, str], Assessment]:
    """All examples assessed at once, as a country is: by series and method."""
    table = pa.concat_tables([observations(example, series) for series, example in BY_SERIES.items()])
    rules = [SeriesRule(series, **example.rule) for series, example in BY_SERIES.items()]
    found = assess_rows(table, rules, as_of=AS_OF, methods=tuple(METHODS), breaks=find_breaks(table))
    shown = {series: (example.unit, example.nature) for series, example in BY_SERIES.items()}
    return {(one.series, one.method): one for one in found if (one.unit, one.nature) == shown[one.series]}


def compare(one: Assessment, expected: Result) -> None:
    assert (one.category, one.reason) == (expected.category, expected.reason)
    if expected.value is not None:
        assert one.value == pytest.approx(expected.value, rel=2e-6, abs=1e-6)
    if expected.score is not None:
        assert one.score == pytest.approx(expected.score, rel=2e-6, abs=1e-6)
    if one.category == "unable":
        assert (one.value, one.score, one.improving) == (None, None, None)


@pytest.mark.parametrize("series", [pytest.param(name, id=example.says) for name, example in BY_SERIES.items()])
def test_example(assessments: dict[tuple[str, str], Assessment], series: str) -> None:
    example = BY_SERIES[series]
    found = {name: assessments[series, name] for name in METHODS}
    compare(found["unsd-progress-chart-2023"], example.unsd)
    compare(found["opensdg-2.4"], example.opensdg)
    assert found["unsd-progress-chart-2023"].flags == example.flags
    expected = example.flags if example.opensdg_flags is None else example.opensdg_flags
    assert found["opensdg-2.4"].flags == expected


def test_every_category_and_reason_has_an_example() -> None:
    results = [
        (name, result)
        for chapter in CHAPTERS
        for example in chapter.examples
        for name, result in (("unsd-progress-chart-2023", example.unsd), ("opensdg-2.4", example.opensdg))
    ]
    for name, method in METHODS.items():
        assert {r.category for n, r in results if n == name} - {"unable"} == {c.code for c in method.categories}
        assert {r.reason for n, r in results if n == name} - {""} == set(method.reasons)


def test_sentences_are_different_and_end() -> None:
    for chapter in CHAPTERS:
        says = [example.says for example in chapter.examples]
        assert len(set(says)) == len(says)
        assert all(words.endswith(".") for words in says)


def test_reference_page_is_not_stale() -> None:
    written = Path(__file__).parents[3] / "docs" / "reference" / "methods.md"
    assert written.read_text(encoding="utf-8") == page(), "run: make docs"
