"""Signs that cannot be seen: refused where they make words other than they look, kept where languages need them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.files.signs import checked, checked_tree, fault
from waymark.gcm.errors import InputError


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "საქართველო",
        "می‌خواهم",  # a joiner that Persian needs
        "क्‍ष",
        "abc \u200fשלום\u200e 12",
        "\u061cعربي",
        "line\u2028line\ttab\r\nnew",
        "before \u2067שלום\u2069 after",
        "before \u202bשלום\u202c after",
        "\u2068a \u202ab\u202c c\u2069",
        "\u2066" * 125 + "\u2069" * 125,
    ],
)
def test_words_that_are_what_they_look(text: str) -> None:
    assert fault(text) is None
    assert checked(text) == text


@pytest.mark.parametrize(
    ("text", "at", "named"),
    [
        ("a\0b", 2, "U+0000 (zero sign)"),
        ("ab\ud83d", 3, "U+D83D (half of a surrogate pair)"),
        ("invoice\u202excod.exe", 8, "U+202E (right-to-left override)"),
        ("\u202dx\u202c", 1, "U+202D (left-to-right override)"),
        ("x \u2067open", 3, "U+2067 (right-to-left isolate)"),
        ("x \u2067open\nclosed\u2069", 3, "U+2067 (right-to-left isolate)"),
        ("x\u202c", 2, "U+202C (end of embedding)"),
        ("\u2066a\u202c\u2069", 3, "U+202C (end of embedding)"),
        ("first\nsecond \u202a", 14, "U+202A (left-to-right embedding)"),
        ("\u2066" * 126 + "\u2069" * 126, 126, "U+2066 (left-to-right isolate)"),
    ],
)
def test_a_sign_that_may_not_stand_is_named_with_its_place(text: str, at: int, named: str) -> None:
    found = fault(text)
    assert found is not None
    assert (found.at, found.named) == (at, named)
    with pytest.raises(InputError) as refused:
        checked(text, given="plan.xlsx", place="cell B4")
    assert str(refused.value).startswith(f"plan.xlsx, cell B4: sign {at} of ")
    assert named in str(refused.value)
    assert fault(str(refused.value)) is None


@pytest.mark.parametrize("sign", "\0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ud800\udfff")
def test_no_such_sign_stands_in_a_code(sign: str) -> None:
    assert fault(f"a{sign}b\u202c\u2069", code=True) is not None
    assert fault("a\u200fb", code=True) is None


def test_a_tree_is_checked_to_its_leaves() -> None:
    checked_tree({"a": [1, None, {"b": "fine \u2067x\u2069"}]})
    with pytest.raises(InputError, match=r"a\[2\]\.b: sign 1"):
        checked_tree({"a": [1, None, {"b": "\u202ex"}]})


@given(st.text())
def test_what_is_kept_can_be_written_and_shows_one_order(text: str) -> None:
    if fault(text) is None:
        assert text.encode().decode() == text
        assert not {"\0", "\u202d", "\u202e"} & set(text)
    if fault(text, code=True) is None:
        assert fault(text) is None
