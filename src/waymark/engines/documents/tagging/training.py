"""How the head is trained: from open text only, the same input to the same weights.

`train` reads the examples, the catalogue's words, the terms and, when its file is given, the official text; fits one
multinomial logistic regression over all languages at once (words by language, concepts shared); and writes one file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from waymark.engines.documents.tagging import weights
from waymark.engines.documents.tagging.corpus import (
    Example,
    OfficialText,
    catalogue_examples,
    digest,
    official_examples,
    read_examples,
    term_examples,
)
from waymark.engines.documents.tagging.lexicon import CompiledLexicon
from waymark.engines.documents.tagging.linear import Head, LanguageHead
from waymark.engines.documents.tagging.neighbours import neighbours
from waymark.engines.documents.tagging.rows import Rows
from waymark.engines.documents.tagging.solver import BIAS, Array, fit
from waymark.engines.documents.tagging.terms import Term, read_lexicons

PENALTY = 0.05
"""The ridge penalty, chosen by leaving out one genre after another."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a head is trained on: passages in order, and the terms that give the concepts."""

    examples: tuple[Example, ...]
    terms: Mapping[str, tuple[Term, ...]]

    @property
    def digest(self) -> str:
        """A hash of all of it."""
        return digest(self.examples, self.terms)


def sources(
    official: Iterable[OfficialText] | None = None, *, examples: Path | None = None, lexicons: Path | None = None
) -> Sources:
    """The shipped sources (or those of other folders), with the official text when it is given.

    Raises InputError for a file that cannot be used.
    """
    terms = read_lexicons(lexicons)
    rows = [*read_examples(examples), *catalogue_examples(), *term_examples(terms)]
    if official is not None:
        rows += official_examples(official)
    return Sources(tuple(rows), terms)


def train(
    out: Path,
    official: Iterable[OfficialText] | None = None,
    *,
    examples: Path | None = None,
    lexicons: Path | None = None,
) -> Head:
    """Train the head on the shipped sources (or those of other folders) and write it to `out`; returns it."""
    shipped = sources(examples=examples, lexicons=lexicons)
    given = shipped if official is None else sources(official, examples=examples, lexicons=lexicons)
    head = fit_head(given, about={"shipped_inputs": shipped.digest})
    weights.save(head, out)
    return head


def fit_head(given: Sources, *, penalty: float = PENALTY, about: Mapping[str, Any] | None = None) -> Head:
    """The head of some sources. `about` adds to what the file says of itself."""
    compiled = compiled_lexicons(given.terms)
    rows = Rows(given.examples, compiled)
    dual = fit(rows.kernel(), rows.wanted(), rows.weights(), penalty)
    told = {
        "inputs": given.digest,
        "examples": counts(given.examples),
        "penalty": penalty,
        **(about or {}),
    }
    return head_of(rows, dual, told)


def head_of(rows: Rows, dual: Array, about: Mapping[str, Any]) -> Head:
    """The weights that a dual solution over `rows` stands for, rounded to half precision."""
    wanted = rows.wanted().astype(np.float32)
    languages = {}
    for language, words in sorted(rows.vocabularies.items()):
        members = rows.members(language)
        near = neighbours([rows.words[number] for number in members], wanted[members], len(words.words))
        languages[language] = LanguageHead(words, rows.word_weights(language, dual).astype(np.float16), near)
    return Head(
        languages,
        rows.table,
        rows.piece_weights(dual).astype(np.float16),
        rows.concept_weights(dual).astype(np.float32),
        (BIAS * dual.sum(axis=0)).astype(np.float32),
        about,
    )


def compiled_lexicons(terms: Mapping[str, Iterable[Term]]) -> dict[str, CompiledLexicon]:
    """The terms of each language, ready to be found."""
    return {language: CompiledLexicon(terms[language], language) for language in sorted(terms)}


def counts(examples: Sequence[Example]) -> dict[str, int]:
    """How many passages there are of each origin and language, such as {"example en": 250}."""
    found: dict[str, int] = {}
    for one in examples:
        key = f"{one.origin} {one.language}"
        found[key] = found.get(key, 0) + 1
    return dict(sorted(found.items()))
