"""Rows go through the wall as lists and come back as their class, or not at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.files.walls.lines import BreachError, line
from waymark.engines.files.walls.results import RowsDecoder
from waymark.engines.files.walls.typed import plain, typed


@dataclass(frozen=True)
class Inner:
    words: str
    day: date | None = None


@dataclass(frozen=True)
class Row:
    words: str
    count: int
    share: float | None
    sure: bool
    codes: tuple[str, ...] = ()
    inner: list[Inner] = field(default_factory=list)
    head: Mapping[str, str] = field(default_factory=dict)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ROW = st.builds(
    Row,
    words=WORDS,
    count=st.integers(-(2**53), 2**53),
    share=st.none() | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e308, max_value=1e308),
    sure=st.booleans(),
    codes=st.lists(WORDS, max_size=3).map(tuple),
    inner=st.lists(st.builds(Inner, WORDS, st.none() | st.dates()), max_size=3),
    head=st.dictionaries(WORDS, WORDS, max_size=3),
)


@given(ROW)
def test_a_row_comes_back_as_it_was(row: Row) -> None:
    assert typed(Row, json.loads(json.dumps(plain(row)))) == row


GOOD: list[Any] = ["a", 1, 0.5, True, ["x"], [["b", "2025-03-31"]], {"k": "v"}]


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, 1),
        (0, None),
        (0, "\ud800"),
        (1, True),
        (1, 1.0),
        (1, 2**53 + 1),
        (2, "0.5"),
        (2, float("nan")),
        (2, float("inf")),
        (2, True),
        (3, 1),
        (4, "x"),
        (4, [1]),
        (5, [["b"]]),
        (5, [["b", "31 March"]]),
        (5, [["b", None, "c"]]),
        (6, [["k", "v"]]),
        (6, {"k": 1}),
    ],
)
def test_what_is_of_another_kind_is_refused(at: int, value: Any) -> None:
    assert typed(Row, GOOD).codes == ("x",)
    with pytest.raises(ValueError, match="this is no Row"):
        typed(Row, [*GOOD[:at], value, *GOOD[at + 1 :]])


@pytest.mark.parametrize("value", [GOOD[:-1], [*GOOD, 1], {}, "row", None])
def test_a_row_has_all_its_fields_and_no_more(value: Any) -> None:
    with pytest.raises(ValueError, match="this is no Row"):
        typed(Row, value)


def test_a_class_that_cannot_travel_is_our_mistake() -> None:
    with pytest.raises(NotImplementedError):
        typed(set[str], [])


def test_rows_are_counted_and_of_a_known_name() -> None:
    decoder = RowsDecoder(10**6, {"inner": Inner}, "a test")
    decoder.feed(line("inner", "a", None) + line("inner", "b", "2025-01-02"))
    assert decoder.found == {"inner": [Inner("a"), Inner("b", date(2025, 1, 2))]}
    assert decoder.rows == 2
    with pytest.raises(BreachError, match="not a test"):
        decoder.feed(line("outer", "a", None))
