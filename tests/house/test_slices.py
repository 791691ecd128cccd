"""An indicator whose headline is not the total says of whom or what it is, wherever it is named."""

import re

import pytest

from waymark.gcm.indicators import IndicatorDefinition, indicators, total_codes

WORDS = {
    ("age", "15+"): "aged 15 and over",
    ("age", "15-24"): "aged 15 to 24",
    ("age", "15-49"): "aged 15 to 49",
    ("age", "18-29"): "aged 18 to 29",
    ("age", "5-17"): "aged 5 to 17",
    ("age", "<5y"): "under five",
    ("cause", "conflict"): "by conflict",
    ("education_level", "lowsec"): "lower secondary school",
    ("quantile", "b50"): "below half of the median income",
    ("sex", "female"): "women",
    ("type_of_skill", "email"): "send e-mail",
    ("type_of_skill", "lite"): "literacy",
    ("type_of_skill", "skill_read"): "reading",
}
"""Dimension and value of a headline → words that must name it; a new pair needs a row here."""

SLICED = [item for item in indicators() if item.headline]
WHOLE = [item for item in indicators() if not item.headline]


def names(text: str, words: str) -> bool:
    return bool(re.search(rf"\b{re.escape(words)}\b", text, re.IGNORECASE))


@pytest.mark.parametrize("item", SLICED, ids=lambda item: item.code)
def test_the_slice_names_every_value_of_the_headline(item: IndicatorDefinition) -> None:
    assert item.slice, f"{item.code}: say in `slice` whom or what {item.headline_disagg} counts"
    for pair in item.headline.items():
        assert names(item.slice, WORDS[pair]), f"{item.code}: {item.slice!r} does not name {pair}"


@pytest.mark.parametrize("item", SLICED, ids=lambda item: item.code)
def test_title_short_meaning_and_axis_name_the_slice(item: IndicatorDefinition) -> None:
    for field in ("title", "short", "meaning"):
        assert names(getattr(item, field), item.slice), f"{item.code}: {field} does not name {item.slice!r}"
    assert names(item.sliced(item.unit_label), item.slice)


@pytest.mark.parametrize("item", WHOLE, ids=lambda item: item.code)
def test_a_total_has_no_slice_and_its_name_is_as_written(item: IndicatorDefinition) -> None:
    assert item.slice_words == ""
    assert item.sliced(item.title) == item.title


@pytest.mark.parametrize("item", [item for item in indicators() if item.parts], ids=lambda item: item.code)
def test_a_sum_of_parts_is_told_in_the_caveats(item: IndicatorDefinition) -> None:
    assert any("adds" in caveat for caveat in item.caveats), f"{item.code}: a caveat says that parts are added up"
    assert not set(item.parts) & set(item.headline)
    for name, values in item.parts.items():
        assert name in item.disaggregations
        assert len(set(values)) == len(values) > 1
        assert not {(name, value) for value in values} & total_codes()


def test_a_definition_that_names_no_slice_still_says_it() -> None:
    unnamed = SLICED[0]
    assert unnamed.sliced("Any title") == f"Any title, {unnamed.slice}"
