"""The features of a passage that the trained head reads: words, pairs of words, and what the terms say.

Words: stems and pairs of neighbouring stems of one language, tf-idf with a damped count, the whole of length one.
Concepts: the evidence of the curated terms, the same for every language, so that one language helps another.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from waymark.engines.documents.tagging.lexicon import Evidence, Spans, Target
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


def words_and_pairs(tokens: Sequence[str]) -> list[str]:
    """The stems of a passage, then its pairs of neighbouring stems ("labour migrat"), in order."""
    return [*tokens, *map(" ".join, pairwise(tokens))]


def only_tokens(spans: Spans) -> list[str]:
    """The tokens of spans without their places."""
    return [token for token, _, _ in spans]


class Vocabulary:
    """The words and pairs of one language with their weights (idf). Immutable after it is made."""

    def __init__(self, words: Sequence[str], idf: Floats) -> None:
        self.words = tuple(words)
        self.idf = idf
        self.numbers = {word: number for number, word in enumerate(self.words)}

    def features(self, tokens: Sequence[str]) -> tuple[Whole, Floats]:
        """The numbers of a passage's known words, each once in order of first use, and their values (length one)."""
        counts: dict[int, int] = {}
        get, numbers = counts.get, self.numbers
        for word in words_and_pairs(tokens):
            number = numbers.get(word)
            if number is not None:
                counts[number] = get(number, 0) + 1
        places = np.fromiter(counts.keys(), np.int32, len(counts))
        times = np.fromiter(counts.values(), np.float32, len(counts))
        values = (np.float32(1.0) + np.log(times)) * self.idf[places]
        length = math.sqrt(float(values @ values)) or 1.0
        return places, (values / np.float32(length)).astype(np.float32)


def vocabulary(passages: Iterable[Sequence[str]], *, least: int = 2) -> Vocabulary:
    """The vocabulary of training passages: words and pairs that stand in at least `least` of them.

    idf is 1 + ln((1 + n) / (1 + passages with the word)), as is usual for smoothed tf-idf.
    """
    seen: dict[str, int] = {}
    count = 0
    for tokens in passages:
        count += 1
        for word in set(words_and_pairs(tokens)):
            seen[word] = seen.get(word, 0) + 1
    kept = sorted(word for word, times in seen.items() if times >= least)
    times = np.array([seen[word] for word in kept], np.float64)
    return Vocabulary(kept, (1.0 + np.log((1.0 + count) / (1.0 + times))).astype(np.float32))


def concepts(evidence: Evidence) -> Floats:
    """The evidence as CONCEPT_FEATURES values: ln(1 + evidence) of each concept, then each objective's share."""
    raw = np.zeros(len(CONCEPTS), np.float32)
    for target, score in evidence.scores.items():
        place = _PLACES.get(target)
        if place is not None and score > 0.0:
            raw[place] = score
    objectives = raw[: len(OBJECTIVES)]
    return np.concatenate([np.log1p(raw), objectives / (objectives.sum() + np.float32(DOUBT))])
