"""The features of a passage that the trained head reads: words, pairs, pieces of words, and what the terms say.

Words: stems and pairs of neighbouring stems of one language; tf-idf with a damped count, the whole of length one.
Pieces: runs of four and five letters of the stems, the same for all languages, because "migra", "deten" or "consul"
speak across English, French and Spanish. A stem's pieces make one row of the length of the stem's idf, so that what a
stem adds can be kept and need not be worked out for every passage.
Concepts: the evidence of the curated terms, the same for every language, so that one language helps another.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from waymark.engines.documents.tagging.lexicon import Evidence, Target
from waymark.engines.documents.tagging.terms import CONTEXT, NONE

Floats = NDArray[np.float32]
Whole = NDArray[np.int32]

OBJECTIVES = tuple(str(number) for number in range(1, 24))
"""The codes of the 23 objectives, in order."""

CLASSES = (*OBJECTIVES, NONE)
"""What a passage may speak to: an objective, or none of them."""

PRINCIPLES = tuple(f"P.{letter}" for letter in "abcdefghij")
CONCEPTS = (*OBJECTIVES, NONE, CONTEXT, *PRINCIPLES)
"""The Compact's codes whose evidence is a feature; each gives its size and, for objectives, its share."""

CONCEPT_FEATURES = len(CONCEPTS) + len(OBJECTIVES)

_PLACES = {Target("gcm", code): place for place, code in enumerate(CONCEPTS)}
DOUBT = 2.0
"""Added to the whole evidence when shares are taken: one strong word alone gives a share of a half."""

PIECES = (4, 5)
"""Lengths of pieces; a stem shorter than the first has none."""


def pairs(tokens: Sequence[str]) -> list[str]:
    """The neighbouring stems of a passage, such as "labour migrat", in order."""
    return list(map(" ".join, pairwise(tokens)))


def pieces(token: str) -> list[str]:
    """The runs of PIECES letters of a stem, its ends marked, each once, in alphabetical order."""
    if len(token) < PIECES[0]:
        return []
    marked = f"^{token}$"
    return sorted({marked[at : at + size] for size in PIECES for at in range(len(marked) - size + 1)})


def counted(items: Iterable[str]) -> dict[str, int]:
    """How often each item comes, in order of first use."""
    return Counter(items)


def damped(times: Iterable[int]) -> Floats:
    """1 + ln of each count."""
    return np.float32(1.0) + np.log(np.array(list(times), np.float32))


class Vocabulary:
    """The words and pairs of one language with their weights (idf). Immutable after it is made.

    `unseen` is the idf of a word that no training passage holds.
    """

    def __init__(self, words: Sequence[str], idf: Floats, unseen: float) -> None:
        self.words = tuple(words)
        self.idf = idf
        self.unseen = unseen
        self.numbers = {word: number for number, word in enumerate(self.words)}

    def of(self, word: str) -> float:
        """The idf of a word."""
        number = self.numbers.get(word)
        return self.unseen if number is None else float(self.idf[number])

    def features(self, counts: Mapping[str, int]) -> tuple[Whole, Floats]:
        """The numbers of the known ones among counted words and pairs, in order, and their values (length one)."""
        known = self.known(counts)
        times = list(counts.values())
        return self.valued(
            [number for number in known if number is not None],
            [count for count, number in zip(times, known, strict=True) if number is not None],
        )

    def known(self, words: Iterable[str]) -> list[int | None]:
        """The number of each word, None for one that is not known."""
        return list(map(self.numbers.get, words))

    def valued(self, numbers: Sequence[int], times: Sequence[int]) -> tuple[Whole, Floats]:
        """Numbers of known words as an array, and their values when they come so many times (length one)."""
        places = np.array(numbers, np.int32)
        values = damped(times) * self.idf[places]
        return places, values / np.float32(math.sqrt(float(values @ values)) or 1.0)


def inverse(count: int, times: int) -> float:
    """The usual smoothed idf: 1 + ln((1 + passages) / (1 + passages with the word))."""
    return 1.0 + math.log((1.0 + count) / (1.0 + times))


def vocabulary(passages: Iterable[Sequence[str]], *, least: int = 2) -> Vocabulary:
    """The vocabulary of training passages: words and pairs that stand in at least `least` of them."""
    seen: dict[str, int] = {}
    count = 0
    for tokens in passages:
        count += 1
        for word in {*tokens, *pairs(tokens)}:
            seen[word] = seen.get(word, 0) + 1
    kept = sorted(word for word, times in seen.items() if times >= least)
    return Vocabulary(kept, np.array([inverse(count, seen[word]) for word in kept], np.float32), inverse(count, 0))


class PieceTable:
    """The pieces that count, with their idf. Immutable after it is made."""

    def __init__(self, known: Sequence[str], idf: Floats) -> None:
        self.pieces = tuple(known)
        self.idf = idf
        self.numbers = {piece: number for number, piece in enumerate(self.pieces)}

    def row(self, token: str) -> tuple[Whole, Floats]:
        """The numbers of a stem's known pieces and their values (length one); both empty when none is known."""
        known = [number for piece in pieces(token) if (number := self.numbers.get(piece)) is not None]
        places = np.array(known, np.int32)
        values = self.idf[places]
        return places, values / np.float32(math.sqrt(float(values @ values)) or 1.0)


def piece_table(passages: Iterable[Sequence[str]], *, least: int = 2) -> PieceTable:
    """The pieces of training passages in all languages that stand in at least `least` of them."""
    seen: dict[str, int] = {}
    count = 0
    for tokens in passages:
        count += 1
        for piece in {piece for token in set(tokens) for piece in pieces(token)}:
            seen[piece] = seen.get(piece, 0) + 1
    kept = sorted(piece for piece, times in seen.items() if times >= least)
    return PieceTable(kept, np.array([inverse(count, seen[piece]) for piece in kept], np.float32))


def concepts(evidence: Evidence) -> Floats:
    """The evidence as CONCEPT_FEATURES values: ln(1 + evidence) of each concept, then each objective's share."""
    raw = np.zeros(len(CONCEPTS), np.float32)
    for target, score in evidence.scores.items():
        place = _PLACES.get(target)
        if place is not None and score > 0.0:
            raw[place] = score
    objectives = raw[: len(OBJECTIVES)]
    return np.concatenate([np.log1p(raw), objectives / (objectives.sum() + np.float32(DOUBT))])
