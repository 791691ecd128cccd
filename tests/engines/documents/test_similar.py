"""Near-duplicates: a new version is near, another chapter is not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.similar import KEPT, LEAST, NEAR, fingerprint, is_near, nearest, similarity

SYLLABLES = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "an", "er")]
BOILERPLATE = "This guide was prepared for networks on migration. It may be copied when the source is named. " * 2


def chapter(seed: int, words: int = 2000) -> str:
    """Invented words, frequent ones shared by all chapters and rarer ones their own; the first lines are the same."""
    common, own = random.Random(0), random.Random(seed)
    frequent = ["".join(common.choices(SYLLABLES, k=2)) for _ in range(60)]
    rare = ["".join(own.choices(SYLLABLES, k=3)) for _ in range(600)]
    weights = [3.0] * len(frequent) + [0.3] * len(rare)
    return BOILERPLATE + " ".join(own.choices(frequent + rare, weights, k=words))


def edited(text: str, share: float, seed: int = 1) -> str:
    """The text with this share of its words replaced, here and there: the hardest form of an edit."""
    pick = random.Random(seed)
    return " ".join(f"new{pick.randrange(10**6)}" if pick.random() < share else word for word in text.split())


def test_a_new_version_is_near() -> None:
    old = chapter(1)
    for share in (0.0, 0.02, 0.05, 0.08):
        assert is_near(fingerprint(old), fingerprint(edited(old, share)))
    assert 0.65 < similarity(fingerprint(old), fingerprint(edited(old, 0.05))) < 0.85


def test_a_rewritten_text_is_not() -> None:
    old = chapter(1)
    assert not is_near(fingerprint(old), fingerprint(edited(old, 0.15)))


def test_an_added_chapter_is_near_and_another_chapter_is_not() -> None:
    old = chapter(1)
    assert is_near(fingerprint(old), fingerprint(old + " " + chapter(2, 500)))
    assert similarity(fingerprint(old), fingerprint(chapter(2))) < 0.1
    assert not is_near(fingerprint(old), fingerprint(chapter(2)))


def test_form_does_not_count() -> None:
    text = chapter(3)
    other = "\n\n".join(text.upper().replace(".", " ;").split(" "))
    assert fingerprint(text) == fingerprint(other)


def test_the_order_of_words_counts() -> None:
    words = chapter(3).split()
    random.Random(5).shuffle(words)
    assert similarity(fingerprint(chapter(3)), fingerprint(" ".join(words))) < 0.1


def test_chinese_has_words_too() -> None:
    text = "各国承诺在移民的各个阶段保护移民的权利，不论其身份如何。政府应当提供准确、及时的信息，并且加强合作。"
    assert is_near(fingerprint(text), fingerprint(text.replace("准确", "可靠")))
    assert not is_near(
        fingerprint(text),
        fingerprint("地方当局登记所有新抵达者，并且每年公布关于工作许可的数据，供所有人查阅和下载使用。"),
    )


def test_a_known_value_is_the_same_everywhere() -> None:
    assert fingerprint("one two three four") == fingerprint("One, two — three: FOUR.")
    assert fingerprint("one two three four") == (3415112518972383517, 8438915325163840602)


def test_short_texts_are_near_only_when_equal() -> None:
    words = " ".join(f"w{number}" for number in range(LEAST + 1))
    short, changed = fingerprint(words), fingerprint(words.replace("w0 ", "v0 "))
    assert len(short) == LEAST - 1
    assert similarity(short, changed) > NEAR
    assert not is_near(short, changed)
    assert is_near(short, short)
    assert not is_near((), ())
    longer, edit = fingerprint(words + " end"), fingerprint(words.replace("w0 ", "v0 ") + " end")
    assert len(longer) == LEAST
    assert is_near(longer, edit)


def test_the_threshold_is_met_at_the_threshold() -> None:
    a, b = tuple(range(160)), tuple(range(40, 200))
    assert similarity(a, b) == NEAR
    assert is_near(a, b)
    assert not is_near(a, tuple(range(41, 200)))


def test_the_nearest_is_named() -> None:
    text = chapter(1)
    others = {
        "other": fingerprint(chapter(2)),
        "first": fingerprint(edited(text, 0.05)),
        "last": fingerprint(edited(text, 0.01)),
    }
    found = nearest(fingerprint(text), others)
    assert found is not None
    assert found[0] == "last"
    assert nearest(fingerprint(chapter(9)), others) is None
    assert nearest(fingerprint(text), {"b": fingerprint(text), "a": fingerprint(text)}) == ("a", 1.0)


@pytest.mark.parametrize("text", ["", "one", "one two", "…", "\ud800 half"])
def test_texts_without_runs(text: str) -> None:
    assert fingerprint(text) == ()
    assert similarity(fingerprint(text), fingerprint("one two three")) == 0.0


@given(st.text(max_size=500), st.text(max_size=500))
def test_similarity_is_a_share_and_even_handed(a: str, b: str) -> None:
    one, two = fingerprint(a), fingerprint(b)
    assert len(one) <= KEPT
    assert list(one) == sorted(set(one))
    assert all(0 <= value < 2**63 for value in one)
    assert 0.0 <= similarity(one, two) == similarity(two, one) <= 1.0
    assert similarity(one, one) == (1.0 if one else 0.0)
