"""Every example of how tags are made, run; and the reference page made from them, compared."""

from pathlib import Path

import pytest

from tests.spec.tags.examples import EXAMPLES, Example
from tests.spec.tags.reference import page
from waymark.engines.documents.tagging.tagger import Tagger


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


@pytest.mark.parametrize("example", [pytest.param(one, id=one.says) for one in EXAMPLES])
def test_example(tagger: Tagger, example: Example) -> None:
    tagged = tagger.tag_one(example.text, example.language)
    assert tagged.measured is example.measured
    if not example.first:
        assert tagged.objectives == ()
        return
    ranked = [one.code for one in tagged.objectives]
    assert ranked[0] == example.first
    assert set(example.also) <= set(ranked[:3])
    reasons = [reason.text for reason in tagged.objectives[0].reasons]
    assert set(example.reasons) <= set(reasons) or all(
        any(wanted in reason for reason in reasons) for wanted in example.reasons
    )
    for reason in reasons:
        assert all(part in " ".join(example.text.split()) for part in reason.split(" … "))
    assert set(example.targets) <= {one.code for one in tagged.targets}


def test_sentences_are_different_and_end() -> None:
    says = [example.says for example in EXAMPLES]
    assert len(set(says)) == len(says)
    assert all(words.endswith(".") for words in says)


def test_reference_page_is_not_stale() -> None:
    written = Path(__file__).parents[3] / "docs" / "reference" / "tags.md"
    assert written.read_text(encoding="utf-8") == page(), "run: make docs"
