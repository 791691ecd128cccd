"""Training passages as rows of features, and the likeness of every two of them."""

from collections.abc import Mapping, Sequence

import numpy as np

from waymark.engines.documents.tagging.corpus import WEIGHTS, Example
from waymark.engines.documents.tagging.features import (
    CLASSES,
    CONCEPT_FEATURES,
    Floats,
    Vocabulary,
    Whole,
    concepts,
    only_tokens,
    vocabulary,
)
from waymark.engines.documents.tagging.lexicon import CompiledLexicon
from waymark.engines.documents.tagging.solver import Array
from waymark.engines.documents.tokens import spans

CONCEPT_SCALE = 0.5
"""How much the concepts count beside the words: their values are multiplied by this before a head is fitted."""

_BLOCK = 4096


class Rows:
    """Passages with the features of their words (by language) and of their concepts, in the order given."""

    def __init__(
        self,
        examples: Sequence[Example],
        lexicons: Mapping[str, CompiledLexicon],
        vocabularies: Mapping[str, Vocabulary] | None = None,
    ) -> None:
        self.examples = tuple(examples)
        cut = [spans(one.text, one.language) for one in self.examples]
        tokens = [only_tokens(one) for one in cut]
        self.vocabularies = dict(vocabularies or self._vocabularies(tokens))
        self.words: list[tuple[Whole, Floats]] = [
            self.vocabularies[one.language].features(row)
            if one.language in self.vocabularies
            else (np.zeros(0, np.int32), np.zeros(0, np.float32))
            for one, row in zip(self.examples, tokens, strict=True)
        ]
        self.concepts = np.zeros((len(self.examples), CONCEPT_FEATURES), np.float32)
        for number, (one, row) in enumerate(zip(self.examples, cut, strict=True)):
            # Terms as passages would only show that the lexicon agrees with itself.
            if one.origin != "terms" and one.language in lexicons:
                self.concepts[number] = concepts(lexicons[one.language].find(row))

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

    def kernel(self, concept_scale: float = CONCEPT_SCALE) -> Array:
        """The inner products of all passages (n by n); the words of two languages have nothing in common."""
        scaled = self.concepts.astype(np.float64) * concept_scale
        whole = scaled @ scaled.T
        for language in sorted(self.vocabularies):
            members = self.members(language)
            whole[np.ix_(members, members)] += self._words_kernel(members, len(self.vocabularies[language].words))
        return whole

    def _words_kernel(self, members: Sequence[int], features: int) -> Array:
        whole = np.zeros((len(members), len(members)))
        for start in range(0, features, _BLOCK):
            block = np.zeros((len(members), _BLOCK), np.float32)
            for row, number in enumerate(members):
                places, values = self.words[number]
                inside = (places >= start) & (places < start + _BLOCK)
                block[row, places[inside] - start] = values[inside]
            whole += block @ block.T
        return whole

    def word_weights(self, language: str, dual: Array) -> Array:
        """The weights of a language's words (f by c) that a dual solution (n by c) stands for."""
        found = np.zeros((len(self.vocabularies[language].words), dual.shape[1]))
        for number in self.members(language):
            places, values = self.words[number]
            found[places] += values[:, None] * dual[number]
        return found
