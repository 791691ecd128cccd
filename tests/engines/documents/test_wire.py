"""What comes through the wall is checked: only documents pass."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.cleaning import clean
from waymark.engines.documents.model import Block, Flag, Page, ParsedDocument
from waymark.engines.documents.wire import DocumentDecoder, encode
from waymark.engines.files.walls.lines import LONGEST_LINE, BreachError, line

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(clean)
BLOCK = st.builds(
    Block,
    kind=st.sampled_from(["heading", "paragraph", "item", "row"]),
    text=WORDS.filter(bool),
    page=st.integers(-1, 20_000),
    level=st.integers(0, 9),
    locator=WORDS,
)
PAGE = st.builds(Page, st.integers(0, 20_000), WORDS, st.lists(st.sampled_from(list(Flag)), unique=True).map(tuple))
DOCUMENT = st.builds(
    ParsedDocument,
    media_type=WORDS,
    blocks=st.lists(BLOCK, max_size=5).map(tuple),
    pages=st.lists(PAGE, max_size=4).map(tuple),
    title=WORDS,
    language=WORDS,
    parser=WORDS,
    notes=st.lists(WORDS, max_size=3).map(tuple),
)


@given(DOCUMENT, st.integers(1, 50))
def test_a_document_travels_whole_in_any_pieces(document: ParsedDocument, step: int) -> None:
    data = b"".join(encode(document))
    decoder = DocumentDecoder(10**6)
    for start in range(0, len(data), step):
        assert not decoder.ended
        decoder.feed(data[start : start + step])
    assert decoder.document() == document


def test_half_characters_become_question_marks() -> None:
    assert json.loads(line("x", "a\ud800b")) == ["x", "a?b"]


HEAD = line("document", "text/plain", "", "", "p", [])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[1, 2\n", "not a document"),
        (b"{}\n", "not a document"),
        (b"[" * 100_000 + b"\n", "not a document"),
        (b'["document"]\n', "not a document"),
        (HEAD + HEAD, "out of order"),
        (line("unknown"), "out of order"),
        (HEAD + line("end", 0, 1), "out of order"),
        (HEAD + line("end", 0, 0) + HEAD, "after its end"),
        (line("block", "paragraph", "", -1, 0, ""), "not a document"),
        (line("block", "paragraph", "x", -2, 0, ""), "not a document"),
        (line("block", "paragraph", "x", -1, True, ""), "not a document"),
        (line("block", "paragraph", "x", -1, 10**8, ""), "not a document"),
        (line("block", "script", "x", -1, 0, ""), "not a document"),
        (line("block", "paragraph", 5, -1, 0, ""), "not a document"),
        (line("page", 0, "i", ["no such flag"]), "not a document"),
        (line("page", 0, "i", "flags"), "not a document"),
        (line("document", "a", "b", "c", "d", ["x"] * 101), "not a document"),
        (b'["block","paragraph","\\ud800",-1,0,""]\n', "not a document"),
        (b"x" * (LONGEST_LINE + 1), "longer than 1 MB"),
    ],
)
def test_what_is_no_document_is_a_breach(data: bytes, words: str) -> None:
    with pytest.raises(BreachError, match=words):
        DocumentDecoder(10**7).feed(data)


def test_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BreachError, match="more than 1 MB"):
        DocumentDecoder(2**20).feed(b"\n".join([b"x" * 1000] * 1100))
    monkeypatch.setattr(DocumentDecoder, "most_lines", 3)
    decoder = DocumentDecoder(10**6)
    decoder.feed(line("page", 0, "", []) * 3)
    with pytest.raises(BreachError, match="more than 3"):
        decoder.feed(line("page", 0, "", []))


def test_line_breaks_are_taken_out() -> None:
    decoder = DocumentDecoder(10**6)
    decoder.feed(HEAD + line("block", "paragraph", " two\nlines\u2028and ", -1, 0, "a\nb") + line("end", 0, 1))
    document = decoder.document()
    assert document is not None
    assert document.blocks[0] == Block("paragraph", "two lines and", locator="a b")
