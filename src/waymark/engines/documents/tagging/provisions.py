"""Provisions of any imported framework, ranked for a passage: by shared words and by the objectives both speak to.

Shared words: the cosine of tf-idf over stems, idf taken over the provisions. Objectives: the cosine of the two lists of
calibrated scores. A score is WORDS of the first and the rest of the second; where languages differ only the second
counts, cut to the same rest, because there is half as much to go by. Scores order; they are no shares.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from waymark.engines.documents.model import Reason, Scored
from waymark.engines.documents.tagging.features import (
    OBJECTIVES,
    Floats,
    Vocabulary,
    counted,
    pairs,
    vocabulary,
)
from waymark.engines.documents.tagging.lexicon import only_tokens
from waymark.engines.documents.tagging.results import LEAST_SCORE, MOST_REASONS
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.engines.documents.words.tokens import primary, spans

WORDS = 0.6
"""What shared words count beside shared objectives."""

LONGEST = 10
"""No ranking of provisions is longer unless asked."""


@dataclass(frozen=True, slots=True)
class ProvisionText:
    """A provision to be ranked: its code, its words (title, label, text) and their language (a BCP 47 tag)."""

    code: str
    words: str
    language: str


class ProvisionTagger:
    """Ranks the provisions of one framework for passages. Immutable after it is made."""

    def __init__(self, provisions: Sequence[ProvisionText], tagger: Tagger) -> None:
        self._tagger = tagger
        self._provisions = tuple(provisions)
        cut = [only_tokens(spans(one.words, one.language)) for one in self._provisions]
        languages = [primary(one.language) for one in self._provisions]
        self._members = {
            language: [place for place, known in enumerate(languages) if known == language]
            for language in sorted(set(languages))
        }
        self._words: dict[str, Vocabulary] = {}
        self._rows: dict[str, Floats] = {}
        for language, members in self._members.items():
            words = vocabulary([cut[place] for place in members], least=1)
            rows = np.zeros((len(members), len(words.words)), np.float32)
            for row, place in enumerate(members):
                numbers, values = words.features(_counts(cut[place]))
                rows[row, numbers] = values
            self._words[language], self._rows[language] = words, rows
        self._objectives = [_unit(tagger.judge(one.words, primary(one.language)).objectives) for one in provisions]

    def rank(self, text: str, language: str, longest: int = LONGEST) -> tuple[Scored, ...]:
        """The provisions that a passage speaks to, the best first, with the shared words of the passage as reasons.

        Where no word is shared the reasons are those of the objective that both speak to most.
        """
        language = primary(language)
        own = _unit(self._tagger.judge(text, language).objectives)
        scores = np.array([(1.0 - WORDS) * float(own @ other) for other in self._objectives], np.float32)
        shared: dict[int, Floats] = {}
        numbers = np.zeros(0, np.int32)
        if language in self._rows:
            numbers, values = self._words[language].features(_counts(only_tokens(spans(text, language))))
            products = self._rows[language][:, numbers] * values
            for row, place in enumerate(self._members[language]):
                shared[place] = products[row]
                scores[place] += WORDS * float(products[row].sum())
        best = [int(place) for place in np.argsort(-scores, kind="stable")[:longest] if scores[place] >= LEAST_SCORE]
        words = self._words[language].words if language in self._words else ()
        stems = [words[number] for number in numbers]
        return tuple(
            Scored(
                self._provisions[place].code,
                round(float(scores[place]), 4),
                _shared(text, language, stems, shared.get(place)) or self._common(text, language, own, place),
            )
            for place in best
        )

    def _common(self, text: str, language: str, own: Floats, place: int) -> tuple[Reason, ...]:
        both = OBJECTIVES[int(np.argmax(own * self._objectives[place]))]
        tagged = self._tagger.tag_one(text, language)
        return next((one.reasons for one in (*tagged.objectives, *tagged.below) if one.code == both), ())


def provision_tagger(provisions: Sequence[ProvisionText], tagger: Tagger) -> ProvisionTagger:
    """Make the provisions of an imported framework ready to be ranked for passages."""
    return ProvisionTagger(provisions, tagger)


def _counts(tokens: Sequence[str]) -> dict[str, int]:
    return {**counted(tokens), **counted(pairs(tokens))}


def _unit(values: Floats) -> Floats:
    length = float(np.linalg.norm(values))
    return values / np.float32(length) if length else values


def _shared(text: str, language: str, stems: Sequence[str], products: Floats | None) -> tuple[Reason, ...]:
    """The single words that passage and provision share, the heaviest first, as the passage writes them."""
    if products is None or not products.any():
        return ()
    weights = {
        stem: float(weight) for stem, weight in zip(stems, products, strict=True) if weight > 0 and " " not in stem
    }
    found: dict[str, Reason] = {}
    for token, start, end in spans(text, language):
        if token in weights and token not in found:
            found[token] = Reason(text[start:end], round(weights[token], 3), "words")
    return tuple(sorted(found.values(), key=lambda reason: -reason.weight))[:MOST_REASONS]
