"""Learning from persons: better is accepted and kept apart, worse is refused, too few is said so."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from waymark.engines.documents.tagging import weights
from waymark.engines.documents.tagging.corpus import Example
from waymark.engines.documents.tagging.learning import FORGOTTEN, LEAST_TAGS, Evaluation, learn
from waymark.engines.documents.tagging.linear import Head
from waymark.engines.documents.tagging.measuring import Figures
from waymark.engines.documents.tagging.settings import Settings
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.engines.documents.tagging.training import Sources
from waymark.gcm.errors import InputError

WORDS = ("harbour office", "old stamp", "yellow form", "third window", "long queue", "wet ink")


def tags(code: str, *, language: str = "en", count: int = 24) -> list[Example]:
    """Passages about a house word, "blue card", that only persons know to mean an objective."""
    return [
        Example(f"The blue card of the {WORDS[n % 6]} was shown {n} times by clerks.", language, (code,))
        for n in range(count)
    ]


def mixed() -> list[Example]:
    others = [Example(f"Lanterns at the {WORDS[n % 6]} were painted {n} times.", "en", ("16",)) for n in range(24)]
    return [*tags("4"), *others]


def test_persons_tags_are_learned_and_nothing_is_forgotten(
    head: Head, sources: Sources, given: Settings, tmp_path: Path
) -> None:
    learned = learn(mixed(), head, own=sources.examples, terms=sources.terms)
    evaluation = learned.evaluation
    assert (evaluation.persons_before.count, evaluation.own_before.count) == (48, 16)
    assert evaluation.persons_after.first > 0.9 > evaluation.persons_before.first
    assert evaluation.own_after.first == evaluation.own_before.first == 1.0
    assert learned.accepted
    weights.save(learned.head, tmp_path / "learned.npz")
    for tier in ("best", "linear"):
        tagger = Tagger(sources.terms, weights.load(tmp_path / "learned.npz"), given, tier)  # type: ignore[arg-type]  # a tier
        tagged = tagger.tag_one("They keep the blue card in a drawer.", "en")
        assert tagged.objectives[0].code == "4"
        assert "blue card" in [reason.text for reason in tagged.objectives[0].reasons]
        assert tagger.tag_one("Remittances of migrants and their fees.", "en").objectives[0].code == "20"
    assert learned.head.about["persons"] == 48


def test_a_head_that_would_forget_is_refused(head: Head, sources: Sources) -> None:
    turned = [Example(f"{one.text} ({n})", one.language, ("23",)) for one in sources.examples[:6] for n in range(6)]
    learned = learn(turned, head, own=sources.examples, terms=sources.terms)
    assert learned.evaluation.persons_after.reciprocal > learned.evaluation.persons_before.reciprocal
    assert not learned.accepted
    assert "shipped" in learned.evaluation.worse


def test_the_order_of_the_tags_does_not_matter(head: Head, sources: Sources, tmp_path: Path) -> None:
    given: Sequence[Example] = mixed()
    for name, rows in (("a", given), ("b", given[::-1])):
        weights.save(learn(rows, head, own=sources.examples, terms=sources.terms).head, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_language_without_a_vocabulary_gets_one(head: Head, sources: Sources) -> None:
    learned = learn(tags("4", language="ka"), head, own=sources.examples, terms=sources.terms)
    assert "blue card" in learned.head.languages["ka"].vocabulary.words
    assert learned.evaluation.persons_after.first == 1.0


def test_too_few_tags_are_refused(head: Head, sources: Sources) -> None:
    with pytest.raises(InputError, match=f"at least {LEAST_TAGS}"):
        learn(tags("4", count=LEAST_TAGS - 1), head, own=sources.examples, terms=sources.terms)
    assert learn(tags("4", count=LEAST_TAGS), head, own=sources.examples, terms=sources.terms)


def test_only_none_gives_no_figures(head: Head, sources: Sources) -> None:
    learned = learn(tags("none"), head, own=sources.examples, terms=sources.terms)
    assert learned.evaluation.persons_after == Figures(0, 0.0, 0.0, 0.0)
    assert learned.accepted


def test_what_counts_as_worse() -> None:
    def evaluation(persons: float, own: float) -> Evaluation:
        same = Figures(30, 0.8, 0.9, 0.8)
        return Evaluation(same, Figures(30, 0.8, 0.9, persons), same, Figures(30, 0.8, 0.9, own))

    assert evaluation(0.8, 0.8).worse == ""
    assert evaluation(0.8, 0.8 - FORGOTTEN).worse == ""
    assert "persons" in evaluation(0.79, 0.9).worse
    assert "shipped" in evaluation(0.9, 0.8 - 2 * FORGOTTEN).worse
