"""Cutting into passages: exact slices, sizes, headings, sentences, pages and flags."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.documents.model import SEPARATOR, Block, Flag, Page, ParsedDocument
from waymark.engines.documents.passages import MOST, cut, sentences, stored_text, weight

SENTENCE = "Each State should assess how its policies help migrants and what they need."
"""13 words."""


def document(*blocks, pages=()):
    return ParsedDocument("text/plain", tuple(blocks), tuple(pages))


def passages(*blocks, pages=(), language_of=lambda text: "en"):
    return cut(document(*blocks, pages=pages), language_of=language_of).passages


def paragraph(sentence_count, page=-1, **more):
    return Block("paragraph", " ".join([SENTENCE] * sentence_count), page, **more)


def test_the_stored_text_is_the_blocks_with_their_separator():
    text, starts = stored_text((Block("heading", "One", level=1), Block("paragraph", "Two.")))
    assert (text, starts) == ("One\n\nTwo.", [0, 5])
    assert SEPARATOR == "\n\n"


def test_a_passage_is_the_slice_of_the_stored_text_and_knows_its_headings():
    done = cut(
        document(
            Block("heading", "Part", level=1),
            Block("heading", "Chapter", level=2),
            paragraph(2, locator="paragraph 1"),
            Block("heading", "Other", level=2),
            paragraph(1, locator="paragraph 2"),
            Block("heading", "Part two", level=1),
            paragraph(1, locator="paragraph 3"),
        ),
        language_of=lambda text: "en",
    )
    assert [(found.headings, found.locator) for found in done.passages] == [
        (("Part", "Chapter"), "paragraph 1"),
        (("Part", "Other"), "paragraph 2"),
        (("Part two",), "paragraph 3"),
    ]
    assert [done.text[found.start : found.end] for found in done.passages] == [found.text for found in done.passages]
    assert done.passages[0].text == f"{SENTENCE} {SENTENCE}"
    assert [found.position for found in done.passages] == [0, 1, 2]


def test_text_without_headings_has_none_and_a_heading_alone_gives_no_passage():
    assert passages(paragraph(1))[0].headings == ()
    assert passages(Block("heading", "Alone", level=1)) == ()
    assert passages() == ()


def test_long_text_is_cut_at_sentences():
    found = passages(paragraph(60))
    assert all(one.text.endswith(".") and one.text.startswith("Each") for one in found)
    assert all(120 <= weight(one.text) <= 180 for one in found[:-1])


def test_blocks_are_put_together_up_to_the_size_and_cut_between_blocks():
    found = passages(*(paragraph(3) for _ in range(12)))
    assert [one.text.count(SENTENCE) for one in found] == [12, 12, 12]
    assert all(one.text.endswith(".") for one in found)


def test_a_short_remainder_joins_its_neighbour_under_the_same_heading_only():
    joined = passages(*(paragraph(3) for _ in range(4)), paragraph(2))
    assert [one.text.count(SENTENCE) for one in joined] == [14]
    apart = passages(*(paragraph(3) for _ in range(4)), Block("heading", "New", level=1), paragraph(2))
    assert [one.text.count(SENTENCE) for one in apart] == [12, 2]


def test_a_passage_ends_at_the_end_of_a_sentence_rather_than_of_a_page():
    # A sentence that goes on after the page break is two blocks; the passage does not end between them.
    broken = Block("paragraph", " ".join([SENTENCE] * 9) + " The second part of this sentence", 0)
    rest = Block("paragraph", "stands on the next page. " + " ".join([SENTENCE] * 9), 1)
    first = passages(broken, rest, pages=(Page(0), Page(1)))[0]
    assert first.text.endswith(".")


def test_a_sentence_longer_than_a_passage_is_cut_between_words():
    found = passages(Block("paragraph", " ".join(f"word{number}" for number in range(500))))
    assert [word for one in found for word in one.text.split()] == [f"word{number}" for number in range(500)]
    assert all(weight(one.text) <= MOST for one in found)


def test_chinese_passages_have_200_to_320_letters():
    sentence = "国家承诺收集和使用准确的数据，作为循证决策的依据。"
    found = passages(Block("paragraph", sentence * 60), language_of=lambda text: "zh")
    assert all(200 <= len(one.text) <= 330 for one in found[:-1])
    assert all(one.text.endswith("。") for one in found)


def test_a_chinese_sentence_without_end_is_cut():
    found = passages(Block("paragraph", "移" * 1500))
    assert "".join(one.text for one in found) == "移" * 1500
    assert all(len(one.text) <= 330 for one in found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("See para. 15 and art. 3 of it. Next one.", 2),
        ("Mr. Smith and Dr. Jones met. They spoke.", 2),
        ("Voir p. ex. le par. 4 du texte. Suite.", 2),
        ("The U.N. met in Geneva. It voted!", 2),
        ("Is it so? Yes. No!", 3),
        ("He said “Stop.” Then he left.", 2),
        ("It grew by 3.5 per cent. and fell.", 1),
        ("1. First item of the list. More of it.", 2),
        ("第一句。第二句！第三句？", 3),
        ("هل هذا صحيح؟ نعم.", 2),
        ("Согласно ст. 5 и т.д. это так. Да.", 2),
        ("no end at all", 1),
        ("Wait... what? Yes.", 2),
        ("", 0),
    ],
)  # fmt: skip
def test_sentences(text, count):
    spans = sentences(text)
    assert len(spans) == count, [text[start:end] for start, end in spans]


def test_pages_labels_and_flags_of_all_pages_touched():
    pages = (Page(0, "iii", (Flag.TABLE,)), Page(1, "iv", (Flag.OUTLINES,)), Page(2, "1", (Flag.CUT,)))
    [found] = passages(paragraph(2, 0), paragraph(2, 1), pages=pages)
    assert (found.page, found.page_label) == (0, "iii")
    assert found.flags == (Flag.OUTLINES, Flag.TABLE)


def test_the_language_of_the_document_is_that_of_most_passages():
    blocks = [Block("heading", "A", level=1), paragraph(2), Block("heading", "B", level=1), paragraph(1)]
    blocks += [Block("heading", "C", level=1), Block("paragraph", "Chaque État devrait évaluer ses politiques.")]
    done = cut(document(*blocks), language_of=lambda text: "fr" if "État" in text else "en")
    assert [one.language for one in done.passages] == ["en", "en", "fr"]
    assert done.language == "en"
    assert cut(document(), language_of=lambda text: "en").language == ""
    assert cut(document(paragraph(1)), language_of=lambda text: "").language == ""


LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=300).map(
    lambda text: " ".join(text.split())
)
BLOCKS = st.builds(
    lambda kind, text, page, level: Block(kind, text, page, level if kind == "heading" else 0),
    st.sampled_from(["heading", "paragraph", "paragraph", "item", "row"]),
    LINE.filter(bool),
    st.integers(0, 3),
    st.integers(1, 6),
)


@settings(max_examples=150)
@given(st.lists(BLOCKS, max_size=30), st.integers(1, 12))
def test_every_passage_is_a_slice_and_nothing_is_lost(blocks, times):
    blocks = [replace(one, text=" ".join([one.text] * (1 if one.kind == "heading" else times))) for one in blocks]
    done = cut(document(*blocks, pages=tuple(Page(index) for index in range(4))), language_of=lambda text: "en")
    assert all(done.text[one.start : one.end] == one.text for one in done.passages)
    assert all(one.text == one.text.strip() and one.text for one in done.passages)
    assert all(before.end <= after.start for before, after in pairwise(done.passages))
    _, starts = stored_text(tuple(blocks))
    for block, start in zip(blocks, starts, strict=True):
        inside = [one for one in done.passages if one.start < start + len(block.text) and one.end > start]
        if block.kind == "heading":
            assert not inside
        else:
            covered = "".join(
                done.text[max(one.start, start) : min(one.end, start + len(block.text))] for one in inside
            )
            assert "".join(covered.split()) == "".join(block.text.split())
            assert min(one.start for one in inside) <= start
