"""YAML of a person: a bare word has one meaning, and nothing is built that is not said in so many words."""

from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.files.yaml_texts import YamlLimits, read_yaml
from waymark.gcm.errors import InputError


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("0123", "0123"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("2026-05-09", "2026-05-09"),
        ("9-May", "9-May"),
        (".inf", ".inf"),
        ("=", "="),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-7", -7),
        ("+7", 7),
        ("12.50", 12.5),
        ("1,250", "1,250"),
        ('"12"', "12"),
        ("[1, a]", [1, "a"]),
    ],
)
def test_a_bare_word_is_what_a_person_means_by_it(words: str, value: Any) -> None:
    read = read_yaml(f"word: {words}\n".encode())["word"]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("content", "problem", "place"),
    [
        (b"code: [", "this is not YAML", "line 1"),
        (b"a: 1\nb: 2\na: 3\n", "the name a stands twice", "line 3"),
        (b"a: &x [1]\nb: *x\n", "a part points to another one (*)", "line 2"),
        (b"a: &x 1\n<<: *x\n", "a part points to another one (*)", "line 2"),
        (b"? [a]\n: 1\n", "a name is not a word", "line 1"),
        (b"!!python/object/apply:os.system [ls]", "the tag tag:yaml.org,2002:python/object/apply:os.system means", ""),
        (b"a: !!set {b}\n", "the tag tag:yaml.org,2002:set means nothing here", "line 1"),
        (b"a: !!int 0x10\n", "the tag tag:yaml.org,2002:int means nothing here", "line 1"),
        (b"a: !!map [1]\n", "the tag tag:yaml.org,2002:map means nothing here", "line 1"),
        (b"a: 1\nb: ! 12\n", "means nothing here", "line 2"),
        (b"1: a\ntrue: b\n", "a name is not a word", "line 1"),
        (b"[" * 12 + b"]" * 12, "parts lie in one another more than 10 deep", "line 1"),
        (b"a: 1\n---\nb: 2\n", "this is not YAML", "line 2"),
        (b"code: \xff", "the text is not UTF-8", "line 1"),
        (b"a: \x07\n", "this is not YAML", ""),
        ("a: Permits\u202e given\n".encode(), "U+202E", ""),
    ],
)
def test_what_has_two_meanings_or_no_end_is_refused_with_its_line(content: bytes, problem: str, place: str) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(content)
    assert problem in str(caught.value)
    assert place in caught.value.place


def test_limits_are_named() -> None:
    with pytest.raises(InputError, match=r"it has 200,001 bytes; it was not read.*at most 200,000 bytes"):
        read_yaml(b"#" * 200_001)
    with pytest.raises(InputError, match="more than 2 deep"):
        read_yaml(b"a: [[1]]", YamlLimits(depth=2))
    assert read_yaml(b"a: [1]", YamlLimits(depth=2)) == {"a": [1]}


TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(codec="utf-8", categories=["L"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(TREES)
def test_what_a_program_writes_is_read_back(tree: Any) -> None:
    written = yaml.safe_dump(tree, allow_unicode=True, default_style='"' if isinstance(tree, str) else None)
    assert read_yaml(written.encode(), YamlLimits(depth=40)) == tree


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with suppress(InputError):
        read_yaml(data)
