"""Other spellings: one mistake in a short word, two in a long one, never for a word that is used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.search.spelling import distance, spellings

USED = {"migration": 100, "migrations": 40, "policy": 50, "police": 9, "pay": 30, "remittance": 20, "ten1": 5}


def near(word, count=0, used=USED):
    return spellings(word, count, lambda first: [(term, n) for term, n in used.items() if term.startswith(first)])


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("migraton", ("migration", "migrations")),
        ("imgration", ("migration", "migrations")),
        ("migrtaion", ("migration", "migrations")),
        ("polcy", ("policy",)),
        ("polic", ("policy", "police")),
        ("remitence", ("remittance",)),
        ("polyic", ()),
        ("pacify", ()),
        ("pey", ()),
        ("ten2", ()),
        ("zzzzzz", ()),
    ],
)
def test_near_words(word, found):
    assert near(word) == found


def test_two_mistakes_only_in_a_long_word():
    assert near("migrotian") == ("migration",)
    assert near("plicia") == ()


@pytest.mark.parametrize(("count", "found"), [(0, ("policy",)), (2, ("policy",)), (3, ())])
def test_a_word_that_is_used_is_not_misspelled(count, found):
    assert near("polici", count, {"policy": 50}) == found


@pytest.mark.parametrize(("used", "found"), [(10, ("policy",)), (9, ())])
def test_the_other_spelling_must_be_used_much_more(used, found):
    assert near("polici", 1, {"policy": used}) == found


@pytest.mark.parametrize(
    ("first", "second", "far"),
    [
        ("a", "a", 0),
        ("ab", "ba", 1),
        ("abc", "ac", 1),
        ("abc", "axc", 1),
        ("abcd", "badc", 2),
        ("abc", "xyz", 3),
        ("", "ab", 2),
    ],
)
def test_distance(first, second, far):
    assert distance(first, second, 5) == far
    assert distance(second, first, 5) == far
    assert distance(first, second, 1) == min(far, 2)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_symmetric_and_bounded_by_length(first, second):
    far = distance(first, second, 10)
    assert far == distance(second, first, 10)
    assert abs(len(first) - len(second)) <= far <= max(len(first), len(second))
    assert (far == 0) == (first == second)
