"""Text of a cell → number, bound or reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.indicators.values import Value, decimal_of, parse_value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5.0),
        (" 5 ", 5.0),
        ("-3.25", -3.25),
        ("+2", 2.0),
        ("\u22123", -3.0),
        (".5", 0.5),
        ("7.", 7.0),
        ("1e3", 1000.0),
        ("1,234", 1234.0),
        ("12,345,678.9", 12345678.9),
        ("1 234", 1234.0),
        ("1\u00a0234\u202f567", 1234567.0),
        ("304470.0", 304470.0),
    ],
)
def test_numbers_as_text(text: str, number: float) -> None:
    assert parse_value(text) == Value(number=number)


@pytest.mark.parametrize("text", ["", "  ", "..", "...", "NA", "n/a", "-", "–", "~", "null", "NaN"])
def test_missing_values(text: str) -> None:
    assert parse_value(text).reason == "no-value"


@pytest.mark.parametrize(
    ("text", "qualifier", "bound"), [("<5", "<", 5.0), ("> 95", ">", 95.0), ("<2.5", "<", 2.5), ("<1,000", "<", 1000.0)]
)
def test_censored_values_keep_their_bound(text: str, qualifier: str, bound: float) -> None:
    assert parse_value(text) == Value(qualifier=qualifier, bound=bound)


@pytest.mark.parametrize("code", ["N", "NV"])
def test_codes_in_place_of_a_value_become_qualifiers(code: str) -> None:
    assert parse_value(code) == Value(qualifier=code)


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "12,5",
        "1,23",
        "1 23",
        "<",
        "<<5",
        "<abc",
        "5%",
        "inf",
        "1e999",
        "0x10",
        "1,234,5",
        "2015-01",
        "--5",
        "1_000",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_value(text).reason == "not-a-number"


@pytest.mark.parametrize("text", [">=80", "<= 5", "≥80", "≤5"])
def test_inclusive_bounds_are_refused_not_weakened(text: str) -> None:
    assert parse_value(text).reason == "inclusive-bound"


@pytest.mark.parametrize(
    ("text", "number"), [("12,5", 12.5), ("1.234,5", 1234.5), ("1.234", 1234.0), ("1 234,5", 1234.5), ("7", 7.0)]
)
def test_decimal_comma(text: str, number: float) -> None:
    assert parse_value(text, ",") == Value(number=number)


def test_decimal_point_in_a_file_with_commas_is_refused() -> None:
    assert parse_value("1.5", ",").reason == "not-a-number"


def test_an_unknown_decimal_sign_refuses_only_what_means_two_numbers() -> None:
    assert parse_value("1,234", "").reason == "ambiguous"
    assert parse_value("1.234", "").reason == "ambiguous"
    assert parse_value("12,5", "") == Value(number=12.5)
    assert parse_value("0.25", "") == Value(number=0.25)
    assert parse_value("12", "") == Value(number=12.0)


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (["1,234", "12,5"], ","),
        (["1,234", "0.25"], "."),
        (["1,234", "12"], ""),
        (["12,5", "0.25"], ""),
        (["<2,5", "abc"], ","),
        ([], ""),
    ],
)
def test_the_decimal_sign_is_told_from_the_values(texts: list[str], decimal: str) -> None:
    assert decimal_of(texts) == decimal


@given(st.floats(allow_nan=False, allow_infinity=False, width=64))
def test_every_written_number_is_read_back(number: float) -> None:
    assert parse_value(repr(number)).number == number


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_grouped_thousands_are_read_back_with_every_sign(number: int) -> None:
    assert parse_value(f"{number:,}").number == number
    assert parse_value(f"{number:,}".replace(",", " ")).number == number
    assert parse_value(f"{number:,}".replace(",", "."), ",").number == number


@given(st.text(max_size=12))
def test_any_text_has_exactly_one_meaning(text: str) -> None:
    value = parse_value(text)
    assert sum([value.number is not None, value.qualifier != "", value.reason != ""]) == 1
    assert (value.bound is not None) == (value.qualifier in ("<", ">"))
