"""Reading order of fragments: nothing is lost, nothing is read twice, whatever their places."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.documents.parsers.pdf.furniture import roman
from waymark.engines.documents.parsers.pdf.glyphs import Fragment
from waymark.engines.documents.parsers.pdf.order import order


def fragment(text, left, top, *, width=None, size=10.0, **more):
    return Fragment(text, left, top, left + (width or 5 * len(text)), top + 1.2 * size, size, **more)


def words(lines):
    cells = [cell for line in lines for cell in ([part for cell in line.cells for part in cell] or [line.text])]
    return Counter(word for cell in cells for word in cell.split())


PLACED = st.lists(
    st.tuples(
        st.sampled_from(["1.", "•", "word", "two words", "a longer line of several words", "12", "وقت", "–"]),
        st.one_of(st.sampled_from([50.0, 60.0, 150.0, 220.0, 300.0]), st.floats(0, 400)),
        st.one_of(st.sampled_from([100.0, 112.0, 124.0, 136.0, 160.0]), st.floats(0, 500)),
        st.sampled_from([8.0, 10.0, 10.0, 20.0]),
        st.booleans(),
    ),
    max_size=25,
)
RULES = st.lists(st.tuples(st.floats(90, 200), st.floats(0, 200), st.floats(200, 400)), max_size=4).map(sorted)


@settings(max_examples=400)
@given(PLACED, RULES)
def test_every_word_is_read_once(placed, rules):
    fragments = []
    for number, (text, left, top, size, hole) in enumerate(placed):
        found = fragment(text if text in ("1.", "•", "–") else f"{text}{number}", left, top, size=size)
        if hole and " " in text:
            position = text.index(" ") + 1
            found.holes.append((position, left + 5 * position - 6, left + 5 * position))
        fragments.append(found)
    places = {(found.text, round(found.left), round(found.top)): found.text for found in fragments}
    expected = Counter(word for text in places.values() for word in text.split())
    assert words(order(fragments, rules)) == expected


def test_a_row_of_several_cells_alone_is_a_row():
    lines = order([fragment("Name", 50, 100), fragment("Place", 160, 100), fragment("Date", 280, 100)], [])
    assert [line.cells for line in lines] == [[["Name"], ["Place"], ["Date"]]]


def test_two_texts_far_apart_on_one_line_are_two_lines():
    lines = order([fragment("Strategy for all", 50, 100), fragment("Ministry of Labour", 280, 100)], [])
    assert [line.text for line in lines] == ["Strategy for all", "Ministry of Labour"]
    assert lines[0].region != lines[1].region


def test_a_column_that_begins_higher_than_its_neighbour():
    left = [fragment("a line of the left", 50, 100 + 12 * n) for n in range(8)]
    right = [fragment("a line to the right", 220, 124 + 12 * n) for n in range(6)]
    assert [line.text[-5:] for line in order(left + right, [])] == [" left"] * 8 + ["right"] * 6


@pytest.mark.parametrize(("text", "value"), [("iv", 4), ("ix", 9), ("xiv", 14), ("xl", 40), ("c", 100), ("xcix", 99)])
def test_roman_page_numbers(text, value):
    assert roman(text) == value
