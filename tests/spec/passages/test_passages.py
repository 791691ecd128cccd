"""Every example of how passages are made, run; and the reference page made from them, compared."""

from pathlib import Path

import pytest

from tests.spec.passages.examples import EXAMPLES, Example
from tests.spec.passages.reference import page
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.passages import cut
from waymark.engines.documents.words.language import language_of


@pytest.mark.parametrize("example", [pytest.param(one, id=one.says) for one in EXAMPLES])
def test_example(example: Example) -> None:
    made = cut(ParsedDocument("text/plain", example.blocks, example.pages), language_of=language_of)
    labels = {page.index: page.label for page in example.pages}
    assert [(len(p.text.split()), p.headings, p.page_label, p.flags) for p in made.passages] == [
        (one.words, one.headings, one.page, one.flags) for one in example.made
    ]
    for passage in made.passages:
        assert made.text[passage.start : passage.end] == passage.text
        assert passage.page_label == labels.get(passage.page, "")


def test_sentences_are_different_and_end() -> None:
    says = [example.says for example in EXAMPLES]
    assert len(set(says)) == len(says)
    assert all(words.endswith(".") for words in says)


def test_reference_page_is_not_stale() -> None:
    written = Path(__file__).parents[3] / "docs" / "reference" / "passages.md"
    assert written.read_text(encoding="utf-8") == page(), "run: make docs"
