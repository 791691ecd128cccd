"""The trained head: weights of words, pairs of words, pieces of words and concepts, used with numpy alone.

The score of a class is bias + words and pairs of the passage + their pieces + concepts + the votes of the nearest
training passages; the shares of the classes are the softmax of the scores. The words, pairs and pieces are words of the
passage: these are the reasons.
"""

import threading
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
    counted,
    damped,
    pairs,
)
from waymark.engines.documents.tagging.neighbours import Neighbours

HALF = NDArray[np.float16]

REMEMBERED = 30_000
"""So many stems of a language are kept with what their pieces add, before the memory is emptied."""


class Share(NamedTuple):
    """What one word or pair of words adds to the score of a class. `words` are stems."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of CLASSES for one passage, and what they are made of.

    `names` are its different stems, then its pairs of stems; `parts` is what each adds to each class.
    """

    scores: Floats
    names: Sequence[str]
    parts: Floats


@dataclass(frozen=True)
class LanguageHead:
    """The words of one language, their weights (f by c), and the training passages in it."""

    vocabulary: Vocabulary
    weights: HALF
    near: Neighbours


class _Memory:
    """What the pieces of the stems of one language add: a row a stem, made when it first comes; safe between threads.

    A row holds what the pieces add to each class and, last, the square of the stem's length.
    """

    def __init__(self, head: "Head", words: Vocabulary) -> None:
        self._head, self._words = head, words
        self._lock = threading.Lock()
        self._empty()

    def _empty(self) -> None:
        # One tuple, so that a reader never holds the numbers of one table and the rows of another.
        self._kept: tuple[dict[str, int], Floats] = ({}, np.zeros((REMEMBERED, len(CLASSES) + 1), np.float32))

    def rows(self, stems: Sequence[str]) -> Floats:
        """The rows of different stems, in order."""
        numbers, rows = self._kept
        found = [number for number in map(numbers.get, stems) if number is not None]
        if len(found) == len(stems):
            return rows[found]
        if len(stems) > REMEMBERED:
            return np.array([self._row(stem) for stem in stems])
        with self._lock:
            if len(self._kept[0]) + len(stems) > REMEMBERED:
                self._empty()
            numbers, rows = self._kept
            for stem in stems:
                if stem not in numbers:
                    rows[len(numbers)] = self._row(stem)
                    numbers[stem] = len(numbers)
            return rows[[numbers[stem] for stem in stems]]

    def _row(self, stem: str) -> Floats:
        places, values = self._head.table.row(stem)
        found = np.zeros(len(CLASSES) + 1, np.float32)
        if len(places):
            length = np.float32(self._words.of(stem))
            found[:-1] = length * (values @ self._head.pieces[places].astype(np.float32))
            found[-1] = length * length
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
            return Scores(scores, (), np.zeros((0, len(CLASSES)), np.float32))
        rows = self._memories[language].rows(list(counts))
        times = damped(counts.values())
        square = float((times * times) @ rows[:, -1])
        both = {**counts, **counted(pairs(tokens))}
        names, known = list(both), own.vocabulary.known(both)
        filled = [place for place, number in enumerate(known) if number is not None]
        numbers, often = [number for number in known if number is not None], list(both.values())
        places, values = own.vocabulary.valued(numbers, [often[place] for place in filled])
        parts = np.zeros((len(names), len(CLASSES)), np.float32)
        parts[: len(counts)] = rows[:, :-1] * (times / np.float32(square**0.5 or 1.0))[:, None]
        parts[filled] += own.weights[places].astype(np.float32) * values[:, None]
        near = own.near.votes(places, values).scores()
        return Scores(scores + near + parts.sum(axis=0), names, parts)


def shares(scores: Scores, columns: Sequence[int], most: int) -> list[list[Share]]:
    """For each class of `columns` the words that speak most for it, at most `most`, the heaviest first."""
    chosen = scores.parts[:, columns]
    count = len(chosen)
    best = np.argpartition(chosen, count - most, axis=0)[-most:] if count > most else np.arange(count)[:, None]
    best = np.broadcast_to(best, (min(count, most), len(columns)))
    weights = np.take_along_axis(chosen, best, axis=0)
    order = np.argsort(-weights, axis=0, kind="stable")
    rows, sizes = (
        np.take_along_axis(best, order, axis=0).T.tolist(),
        np.take_along_axis(weights, order, axis=0).T.tolist(),
    )
    return [
        [Share(scores.names[row], size) for row, size in zip(ranked, heavy, strict=True) if size > 0]
        for ranked, heavy in zip(rows, sizes, strict=True)
    ]
