"""Languages: numbers, units, dates, lists and plurals as each language writes them; rounding that hides nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.gcm.errors import NotFoundError
from waymark.gcm.language import (
    LANGUAGES,
    MINUS,
    base_language,
    compact_number,
    decimals_apart,
    decimals_for,
    direction,
    format_date,
    format_number,
    format_period,
    format_quantity,
    join_list,
    language_name,
    plural,
    rounded,
    unit_kind,
    unit_words,
)

FINITE = st.floats(-1e12, 1e12, allow_nan=False)


def test_the_six_languages_of_the_united_nations_come_first():
    assert LANGUAGES[:6] == ("ar", "zh", "en", "fr", "ru", "es")
    assert [direction(language) for language in LANGUAGES] == ["rtl", *["ltr"] * 6]


def test_a_regional_tag_is_its_language_and_an_unknown_one_is_refused():
    assert base_language("en-GB") == "en"
    assert base_language("zh_Hans") == "zh"
    with pytest.raises(NotFoundError, match=r"'tlh'.*Expected: one of ar, zh, en"):
        base_language("tlh")


@pytest.mark.parametrize(
    ("language", "within", "name"),
    [("ka", "", "ქართული"), ("ka", "en", "Georgian"), ("ar", "fr", "arabe"), ("xx-none", "", "xx-none")],
)
def test_names_of_languages(language, within, name):
    assert language_name(language, within) == name


@pytest.mark.parametrize(
    ("language", "large", "four", "share", "cell"),
    [
        ("en", "1,234,567", "−1,234", "12.3 per cent", "12.3%"),
        ("fr", "1\xa0234\xa0567", "−1\xa0234", "12,3\xa0%", "12,3\xa0%"),
        ("es", "1.234.567", "−1234", "12,3\xa0%", "12,3\xa0%"),
        ("ru", "1\xa0234\xa0567", "−1\xa0234", "12,3\xa0%", "12,3\xa0%"),
        ("ka", "1\xa0234\xa0567", "−1234", "12,3%", "12,3%"),
        ("zh", "1,234,567", "−1,234", "12.3%", "12.3%"),
        ("ar", "1,234,567", "−1,234", "12.3%", "12.3%"),
    ],
)
def test_numbers_by_language(language, large, four, share, cell):
    assert format_number(1234567, language) == large
    assert format_number(-1234, language) == four
    assert format_quantity(12.34, "percent", language) == share
    assert format_quantity(12.34, "percent", language, place="table").replace("\u200e", "") == cell


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0.0, "percent", "0"),
        (12.0, "percent", "12"),
        (12.345, "percent", "12.3"),
        (2.25, "percent", "2.3"),
        (-2.25, "percent", "−2.3"),
        (0.0456, "percent", "0.046"),
        (0.81, "percent", "0.8"),
        (0.35, "rate", "0.35"),
        (4.126, "rate", "4.13"),
        (41.26, "rate", "41.3"),
        (412.6, "rate", "413"),
        (79368.4, "count", "79,368"),
        (0.4, "count", "0.4"),
        (1.5e-9, "index", "0.0000000015"),
        (1e15, "count", "1,000,000,000,000,000"),
        (-1.85e-185, "index", "−1.85e−185"),
    ],
)
def test_as_many_figures_as_mean_something(value, kind, text):
    assert format_number(value, "en", kind=kind) == text


def test_values_side_by_side_share_their_decimals():
    assert decimals_for((12.0, 12.5), "percent") == 1
    assert decimals_for((12.0, 13.0), "percent") == 0
    assert decimals_for((0.34, 45.6), "percent") == 1
    assert decimals_for((0.04, 45.6), "percent") == 2
    assert decimals_for((), "percent") == 0
    assert format_number(12, "en", 1) == "12.0"


def test_unknown_is_never_shown_as_a_number():
    for value in (float("nan"), float("inf"), float("-inf")):
        with pytest.raises(ValueError, match="show why it is unknown"):
            format_number(value, "en")


def test_zero_carries_no_sign():
    assert format_number(-0.001, "en", 1) == "0.0"


@pytest.mark.parametrize(
    ("unit", "kind", "text"),
    [
        ("percent", "percent", "4.1 per cent"),
        ("per_pop_u5", "percent", "4.1 per cent of children under 5"),
        ("percent_unheard", "percent", "4.1 per cent unheard"),
        ("number", "count", "4"),
        ("num_m", "index", "4.1 million"),
        ("per_100000_emp", "rate", "4.1 per 100,000 employees"),
        ("per_7_moons", "rate", "4.1 per 7 moons"),
        ("con_usd", "money", "4.1 constant US dollars"),
        ("cu_usd_m", "money", "4.1 million current US dollars"),
        ("usd_ppp", "money", "4.1 usd ppp"),
        ("index", "index", "4.1"),
        ("score", "index", "4.1"),
        ("bool", "index", "4.1"),
        ("", "index", "4.1"),
    ],
)
def test_units_in_words(unit, kind, text):
    assert unit_kind(unit) == kind
    assert format_quantity(4.1, unit, "en") == text


def test_words_of_the_indicator_replace_those_of_the_unit():
    assert format_quantity(79368, "number", "en", words="migrants") == "79,368 migrants"
    assert format_quantity(5.1, "percent", "en", words="of the amount sent") == "5.1 per cent of the amount sent"
    assert unit_words("number") == ""


def test_short_numbers_for_axes():
    assert compact_number(999_999, "en") == "999,999"
    assert compact_number(1_500_000, "en") == "1.5 million"
    assert compact_number(-2_000_000_000, "en") == "−2 billion"
    assert compact_number(-3e17, "en") == "−3e+17"
    assert compact_number(5e-7, "en") == "5e−07"
    assert compact_number(1_500_000, "zh") == "150万"
    assert compact_number(20_000_000, "fr") == "20 millions"


@pytest.mark.parametrize(
    ("iso", "language", "text"),
    [
        ("2022-12-08", "en", "8 December 2022"),
        ("2022-12-08", "fr", "8 décembre 2022"),
        ("2022-12-08", "zh", "2022年12月8日"),
        ("2022-12-08", "ka", "8 დეკემბერი, 2022"),
        ("2022-12", "en", "December 2022"),
        ("2022", "ru", "2022"),
        ("2015-2019", "en", "2015–2019"),
        ("2011Q1", "en", "Q1 2011"),
        ("2011Q4", "fr", "T4 2011"),
        ("2011S1", "en", "2011S1"),
    ],
)
def test_dates_and_periods(iso, language, text):
    assert format_date(iso, language) == text
    assert format_period(iso, language) == text


def test_lists_and_plurals():
    assert join_list(["a", "b", "c"], "en") == "a, b and c"
    assert join_list([], "en") == ""
    assert plural(1, {"one": "year", "other": "years"}, "en") == "year"
    assert plural(5, {"one": "year", "other": "years"}, "en") == "years"
    forms = {"one": "год", "few": "года", "many": "лет", "other": "года"}
    assert [plural(number, forms, "ru") for number in (1, 3, 5, 21)] == ["год", "года", "лет", "год"]


@given(FINITE, FINITE, st.sampled_from(["percent", "count", "money", "rate", "index"]))
def test_different_values_look_different_or_are_called_almost_unchanged(first, second, kind):
    decimals = decimals_apart(first, second, kind)
    if decimals is None:
        assert first != second
        return
    same = format_number(first, "en", decimals) == format_number(second, "en", decimals)
    assert same == (first == second)
    assert (rounded(first, decimals) < rounded(second, decimals)) == (first < second)


@given(FINITE, st.sampled_from(LANGUAGES), st.integers(0, 4))
def test_a_number_can_be_read_back(value, language, decimals):
    text = format_number(value, language, decimals)
    mark = format_number(0.5, language, 1)[1]
    plain = text.replace(MINUS, "-").replace(format_number(1234567, language)[1], "").replace(mark, ".")
    assert float(plain) == pytest.approx(float(rounded(value, decimals)))
