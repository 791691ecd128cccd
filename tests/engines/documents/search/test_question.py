"""How questions are read: what each sign means, and what is said when one is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.search.question import (
    DEEPEST,
    MOST_LETTERS,
    MOST_PREFIXES,
    MOST_WORDS,
    Group,
    Not,
    Phrase,
    Word,
    read,
)
from waymark.gcm.errors import InputError

A, B, C = Word("a1"), Word("b1"), Word("c1")


@pytest.mark.parametrize(
    ("text", "parts", "plain"),
    [
        ("a1 b1", (A, B), True),
        ("a1 -b1", (A, Not(B)), True),
        ("a1 NOT b1", (A, Not(B)), True),
        ("a1 − b1", (A, B), True),
        ("a1 - b1", (A, B), True),
        ("well-being", (Word("well-being"),), True),
        ("A/RES/73/195", (Phrase(("a", "res", "73", "195")),), True),
        ("COVID-19 a1", (Phrase(("covid", "19")), A), True),
        ("a1 AND b1", (A, B), False),
        ("a1 OR b1", (Group((A, B), any=True),), False),
        ("a1 b1 OR c1", (Group((Group((A, B)), C), any=True),), False),
        ("a1 (b1 OR c1)", (A, Group((B, C), any=True)), False),
        ("-(a1 OR b1) c1", (Not(Group((A, B), any=True)), C), False),
        ("NOT NOT a1", (A,), True),
        ("NOT -a1", (A,), True),
        ("((a1))", (A,), False),
        ("a1 or b1 and", (A, Word("or"), B, Word("and")), True),
        ('"Right to Work"', (Phrase(("right", "to", "work")),), True),
        ("«droit au travail» a1", (Phrase(("droit", "au", "travail")), A), True),
        ("„a1 b1“ c1", (Phrase(("a1", "b1")), C), True),
        ("「移民」", (Phrase(("移", "民")),), True),
        ('-"a1 b1" c1', (Not(Phrase(("a1", "b1"))), C), True),
        ("migr*", (Word("migr", prefix=True),), True),
        ("移*", (Word("移", prefix=True),), True),
        ("*migr", (Word("migr"),), True),
        ("a1 & b1 !", (A, B), True),
        ('a1 ""', (A,), True),
    ],
)
def test_what_a_question_means(text, parts, plain):
    asked = read(text)
    assert asked.parts == parts
    assert asked.plain is plain
    assert asked.notes == ()


@pytest.mark.parametrize(
    ("text", "parts", "note"),
    [
        ('a1 "b1 c1', (A, Phrase(("b1", "c1"))), "A quotation mark was not closed"),
        ("(a1 b1", (Group((A, B)),), "A parenthesis was not closed"),
        ("a1) b1", (A, B), "A closing parenthesis without an opening one"),
        ("a1 OR", (A,), "OR needs a word on each side"),
        ("AND a1", (A,), "AND needs a word on each side"),
        ("a1 AND", (A,), "AND needs a word on each side"),
        ("a1 NOT", (A,), "NOT or - needs a word after it"),
        ("a1 ()", (A,), None),
        ("mi*nt", (Word("mi", prefix=True),), "A * is only read at the end"),
        ("m* a1", (Word("m"), A), "has fewer than 2 letters"),
    ],
)
def test_what_does_not_fit_is_passed_over_with_a_note(text, parts, note):
    asked = read(text)
    assert asked.parts == parts
    if note is not None:
        assert note in asked.notes[0]


@pytest.mark.parametrize("text", ["", "   ", "!!!", '""', "AND", "NOT", "-", "*", "()", "—", "\u0301", "ـ"])
def test_a_question_without_a_word_is_refused(text):
    with pytest.raises(InputError, match="it has no word to look for"):
        read(text)


def test_a_question_of_the_greatest_length_is_read_and_a_longer_one_refused():
    assert read("a" * MOST_LETTERS).parts
    with pytest.raises(InputError, match="it is too long"):
        read("a" * (MOST_LETTERS + 1))


def test_words_beyond_the_most_are_left_out():
    whole = read(" ".join(f"w{n}" for n in range(MOST_WORDS)))
    assert (len(whole.parts), whole.notes) == (MOST_WORDS, ())
    longer = read(" ".join(f"w{n}" for n in range(MOST_WORDS + 3)))
    assert len(longer.parts) == MOST_WORDS
    assert longer.notes == (f"Only the first {MOST_WORDS} words were looked for.",)
    assert read("移" * 100).parts


def test_only_some_beginnings_of_words_are_read():
    asked = read(" ".join(f"word{n}*" for n in range(MOST_PREFIXES + 2)))
    assert [part.prefix for part in asked.parts] == [True] * MOST_PREFIXES + [False] * 2
    assert "the others were read as whole words" in asked.notes[0]


def test_parentheses_have_an_end():
    deep = f"{'(' * DEEPEST}a1{')' * DEEPEST}"
    assert read(deep).parts == (A,)
    asked = read(f"b1 ({deep})")
    assert asked.parts == (B,)
    assert "deeper than" in asked.notes[0]
    assert read("b1 " + "(" * 300).parts == (B,)


@given(st.text(alphabet='ab1 "()-*“”«»ANDORT移ა\u0301', max_size=60))
def test_anything_is_read_or_refused(text):
    try:
        asked = read(text)
    except InputError:
        return
    assert asked.parts
