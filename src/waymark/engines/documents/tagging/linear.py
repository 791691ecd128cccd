"""The trained head: weights of words, pairs of words, pieces of words and concepts, used with numpy alone.

The score of a class is bias + words and pairs of the passage + their pieces + concepts; the shares of the classes are
the softmax of the scores. Each part of the sum but the last belongs to words of the passage: these are the reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from waymark.engines.documents.tagging.features import (
    CLASSES,
    Floats,
    PieceTable,
    Vocabulary,
    Whole,
    counted,
    damped,
    pairs,
)

HALF = NDArray[np.float16]

REMEMBERED = 50_000
"""So many stems of a language are kept with what their pieces add, before the memory is emptied."""


class Share(NamedTuple):
    """What one word or pair of words adds to the score of a class. `words` are stems."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of CLASSES for one passage, and what they are made of.

    `stems` are its different stems, `pieces` what the pieces of each add to each class; `places` are the numbers of its
    known words and pairs, `words` what each of these adds.
    """

    scores: Floats
    stems: Sequence[str]
    pieces: Floats
    places: Whole
    words: Floats


@dataclass(frozen=True)
class LanguageHead:
    """The words of one language and their weights (f by c)."""

    vocabulary: Vocabulary
    weights: HALF


class _Memory(dict[str, Floats]):
    """Stem → what its pieces add to each class, and the square of its length. Fills and empties itself."""

    def __init__(self, head: "Head", words: Vocabulary) -> None:
        super().__init__()
        self._head, self._words = head, words

    def __missing__(self, stem: str) -> Floats:
        places, values = self._head.table.row(stem)
        found = np.zeros(len(CLASSES) + 1, np.float32)
        if len(places):
            length = np.float32(self._words.of(stem))
            found[:-1] = length * (values @ self._head.pieces[places].astype(np.float32))
            found[-1] = length * length
        if len(self) >= REMEMBERED:
            self.clear()
        self[stem] = found
        return found


@dataclass(frozen=True)
class Head:
    """A trained head. `about` says what it was made from: hash of the inputs, counts, settings."""

    languages: Mapping[str, LanguageHead]
    table: PieceTable
    pieces: HALF
    """Weights of the pieces (f by c)."""
    concepts: Floats
    """Weights of the concepts (CONCEPT_FEATURES by c)."""
    bias: Floats
    about: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def _memories(self) -> dict[str, _Memory]:
        return {language: _Memory(self, own.vocabulary) for language, own in self.languages.items()}

    def score(self, tokens: Sequence[str], concepts: Floats, language: str) -> Scores:
        """The scores of a passage; a language without a vocabulary is scored by its concepts alone."""
        scores = self.bias + concepts @ self.concepts
        own = self.languages.get(language)
        counts = counted(tokens) if own else {}
        if own is None or not counts:
            nothing = np.zeros((0, len(CLASSES)), np.float32)
            return Scores(scores, (), nothing, np.zeros(0, np.int32), nothing)
        memory = self._memories[language]
        rows = np.array([memory[stem] for stem in counts])
        times = damped(counts.values(), len(counts))
        square = float((times * times) @ rows[:, -1])
        pieces = rows[:, :-1] * (times / np.float32(square**0.5 or 1.0))[:, None]
        places, values = own.vocabulary.features({**counts, **counted(pairs(tokens))})
        words = own.weights[places].astype(np.float32) * values[:, None]
        return Scores(scores + pieces.sum(axis=0) + words.sum(axis=0), tuple(counts), pieces, places, words)

    def shares(self, scores: Scores, column: int, language: str, most: int) -> list[Share]:
        """The words that speak most for a class, at most `most`, the heaviest first."""
        if not scores.stems:
            return []
        known = self.languages[language].vocabulary.words
        found: dict[str, float] = {}
        for row in _heaviest(scores.pieces[:, column], 2 * most):
            found[scores.stems[row]] = float(scores.pieces[row, column])
        for row in _heaviest(scores.words[:, column], 2 * most):
            word = known[scores.places[row]]
            found[word] = found.get(word, 0.0) + float(scores.words[row, column])
        best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
        return [Share(word, weight) for word, weight in best if weight > 0]


def _heaviest(parts: Floats, most: int) -> list[int]:
    """The places of the greatest values, at most `most`, in no order."""
    if len(parts) <= most:
        return list(range(len(parts)))
    return [int(place) for place in np.argpartition(parts, len(parts) - most)[-most:]]
