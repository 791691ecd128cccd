"""Training passages as rows of features, and the likeness of every two of them."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from waymark.engines.documents.tagging.corpus import WEIGHTS, Example
from waymark.engines.documents.tagging.features import (
    CLASSES,
    CONCEPT_FEATURES,
    PieceTable,
    Vocabulary,
    concepts,
    counted,
    pairs,
    piece_table,
    vocabulary,
)
from waymark.engines.documents.tagging.lexicon import CompiledLexicon, only_tokens
from waymark.engines.documents.tagging.neighbours import Sparse
from waymark.engines.documents.tagging.solver import Array
from waymark.engines.documents.words.tokens import spans

CONCEPT_SCALE = 0.15
"""What concepts count beside pieces of words: their values are multiplied by this before a head is fitted."""
WORD_SCALE = 0.7
"""What words and pairs count beside pieces of words, in the same way."""

_BLOCK = 4096


class Rows:
    """Passages with the features of their words (by language), pieces and concepts, in the order given."""

    def __init__(
        self,
        examples: Sequence[Example],
        lexicons: Mapping[str, CompiledLexicon],
        vocabularies: Mapping[str, Vocabulary] | None = None,
        table: PieceTable | None = None,
    ) -> None:
        self.examples = tuple(examples)
        cut = [spans(one.text, one.language) for one in self.examples]
        tokens = [only_tokens(one) for one in cut]
        self.vocabularies = dict(vocabularies or self._vocabularies(tokens))
        self.table = table or piece_table(tokens)
        self.words: list[Sparse] = []
        self.pieces: list[Sparse] = []
        for one, row in zip(self.examples, tokens, strict=True):
            words = self.vocabularies[one.language]
            counts = counted(row)
            self.words.append(words.features({**counts, **counted(pairs(row))}))
            self.pieces.append(piece_row(counts, words, self.table))
        self.concepts = np.zeros((len(self.examples), CONCEPT_FEATURES), np.float32)
        for number, (one, place) in enumerate(zip(self.examples, cut, strict=True)):
            # Terms as passages would only show that the lexicon agrees with itself.
            if one.origin != "terms" and one.language in lexicons:
                self.concepts[number] = concepts(lexicons[one.language].find(place))

    def _vocabularies(self, tokens: Sequence[Sequence[str]]) -> dict[str, Vocabulary]:
        languages = sorted({one.language for one in self.examples})
        return {
            language: vocabulary(
                row for one, row in zip(self.examples, tokens, strict=True) if one.language == language
            )
            for language in languages
        }

    def wanted(self) -> Array:
        """The shares of CLASSES that each passage should get (n by c)."""
        shares = np.zeros((len(self.examples), len(CLASSES)))
        for number, one in enumerate(self.examples):
            for code, share in one.shares.items():
                shares[number, CLASSES.index(code)] = share
        return shares

    def weights(self) -> Array:
        """How much each passage counts."""
        return np.array([WEIGHTS[one.origin] for one in self.examples])

    def members(self, language: str) -> list[int]:
        """The numbers of the passages in one language."""
        return [number for number, one in enumerate(self.examples) if one.language == language]

    def kernel(self) -> Array:
        """The inner products of all passages (n by n); the words of two languages have nothing in common."""
        scaled = self.concepts.astype(np.float64) * CONCEPT_SCALE
        whole = scaled @ scaled.T + products(self.pieces, len(self.table.pieces))
        return np.asarray(whole + WORD_SCALE**2 * self.words_kernel())

    def words_kernel(self) -> Array:
        """The inner products of the words and pairs alone."""
        whole = np.zeros((len(self.examples), len(self.examples)))
        for language, words in sorted(self.vocabularies.items()):
            members = self.members(language)
            whole[np.ix_(members, members)] = products([self.words[number] for number in members], len(words.words))
        return whole

    def word_weights(self, language: str, dual: Array) -> Array:
        """The weights of a language's words (f by c) that a dual solution (n by c) stands for."""
        found = np.zeros((len(self.vocabularies[language].words), dual.shape[1]))
        for number in self.members(language):
            places, values = self.words[number]
            found[places] += values[:, None] * dual[number]
        return WORD_SCALE**2 * found

    def piece_weights(self, dual: Array) -> Array:
        """The weights of the pieces (f by c) that a dual solution stands for."""
        found = np.zeros((len(self.table.pieces), dual.shape[1]))
        for (places, values), share in zip(self.pieces, dual, strict=True):
            found[places] += values[:, None] * share
        return found

    def concept_weights(self, dual: Array) -> Array:
        """The weights of the concepts (f by c) that a dual solution stands for."""
        return CONCEPT_SCALE**2 * (self.concepts.astype(np.float64).T @ dual)


def piece_row(counts: Mapping[str, int], words: Vocabulary, table: PieceTable) -> Sparse:
    """The pieces of a passage: the sum of its stems' rows, each as long as its idf times its damped count.

    The sum is divided by the root of the sum of squares of these lengths, and so is of length one where no two stems
    share a piece.
    """
    found: dict[int, float] = {}
    square = 0.0
    for token, times in counts.items():
        places, values = table.row(token)
        if len(places):
            length = (1.0 + math.log(times)) * words.of(token)
            square += length * length
            for place, value in zip(places.tolist(), values.tolist(), strict=True):
                found[place] = found.get(place, 0.0) + length * value
    numbers = sorted(found)
    row = np.array([found[number] for number in numbers], np.float64) / (math.sqrt(square) or 1.0)
    return np.array(numbers, np.int32), row.astype(np.float32)


def products(rows: Sequence[Sparse], features: int) -> Array:
    """The inner products of sparse rows (n by n), taken over blocks of features so that memory stays small."""
    whole = np.zeros((len(rows), len(rows)))
    for start in range(0, features, _BLOCK):
        block = np.zeros((len(rows), _BLOCK), np.float32)
        for number, (places, values) in enumerate(rows):
            inside = (places >= start) & (places < start + _BLOCK)
            block[number, places[inside] - start] = values[inside]
        whole += block @ block.T
    return whole
