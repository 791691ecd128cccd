"""JSON of persons: what would fill the memory, or mean two things, is refused with a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.files.json_texts import JsonLimits, read_json
from waymark.gcm.errors import InputError


def refusal(text: str | bytes, limits: JsonLimits | None = None) -> str:
    with pytest.raises(InputError) as refused:
        read_json(text, limits or JsonLimits())
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 200_000 + "]" * 200_000, "more than 50 deep"),
        ('{"a":' * 200_000, "more than 50 deep"),
        ("1" * 100_000, "a number has more than 100 digits"),
        ("[0." + "1" * 100_000 + "]", "a number has more than 100 digits"),
        ("1e999", "the number 1e999 is too large"),
        ("[NaN]", "NaN is no number of JSON"),
        ("[-Infinity]", "-Infinity is no number of JSON"),
        ('{"a": 1, "a": 2}', "the name 'a' stands twice in one object"),
        ('{"a": ["\\ud800"]}', "U+D800 (half of a surrogate pair)"),
        ('{"a": ["x", "a\\u0000b"]}', "a[1]: sign 2"),
        ('{"\\u202e": 1}', "U+202E (right-to-left override)"),
        ('{\n"a": tru}', "line 2: this is not JSON"),
        ("", "line 1: this is not JSON"),
        ('"a\nb"', "this is not JSON"),
        (b'{"a": "\xff"}', "line 1: the text is not UTF-8"),
    ],
)
def test_what_is_no_plain_json_is_refused_in_words(text: str | bytes, words: str) -> None:
    assert words in refusal(text)


def test_limits_are_reached_and_not_passed() -> None:
    limits = JsonLimits(size=40, depth=2, values=3, digits=5)
    assert read_json("[[12345]]", limits) == [[12345]]
    assert "more than 2 deep" in refusal("[[[]]]", limits)
    assert "more than 5 digits" in refusal("[123456]", limits)
    assert read_json("[1,2,3]", limits) == [1, 2, 3]
    assert "at most 3 values" in refusal("[1,2,3,4]", limits)
    assert read_json('"' + "x" * 38 + '"', limits) == "x" * 38
    assert "at most 0 MB" in refusal('"' + "x" * 39 + '"', limits)


def test_brackets_and_digits_in_texts_do_not_count() -> None:
    text = json.dumps({"a": "[" * 1000 + '\\"' + "1" * 1000, "b": '"[{'})
    assert read_json(text) == json.loads(text)


def test_a_mark_at_the_beginning_is_no_letter() -> None:
    assert read_json(b"\xef\xbb\xbf[1]") == [1]
    assert read_json("\ufeff[1]") == [1]


WORDS = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters="\0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
)
TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


@given(TREES, st.booleans())
def test_what_is_written_is_read(tree: object, ascii_only: bool) -> None:
    assert read_json(json.dumps(tree, ensure_ascii=ascii_only).encode()) == tree
