"""Learning from tags that persons gave: the shipped head stays, what it lacks is added, and worse is refused.

The new head is the shipped one plus a difference that is fitted by the same regression, with the shipped scores as a
start, on the persons' passages (weighted) together with our own examples, so that nothing already known is forgotten.
Words that only the persons' passages hold enter the vocabulary.

Before and after are measured on the persons' passages in FOLDS parts, each scored by a head that has not seen it, and
on our own examples, which show what was forgotten. It is worse when either mean reciprocal rank falls (our own: by more
than FORGOTTEN).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from waymark.engines.documents.tagging import settings
from waymark.engines.documents.tagging.corpus import Example, read_examples, without_none
from waymark.engines.documents.tagging.features import (
    CLASSES,
    OBJECTIVES,
    PieceTable,
    Vocabulary,
    piece_table,
    vocabulary,
)
from waymark.engines.documents.tagging.linear import HALF, Head, LanguageHead
from waymark.engines.documents.tagging.measuring import Figures, figures
from waymark.engines.documents.tagging.neighbours import Votes, joined, neighbours, votes
from waymark.engines.documents.tagging.rows import Rows
from waymark.engines.documents.tagging.solver import BIAS, Array, fit
from waymark.engines.documents.tagging.terms import Term, read_lexicons
from waymark.engines.documents.tagging.training import PENALTY, compiled_lexicons, head_of
from waymark.engines.documents.words.tokens import tokens
from waymark.gcm.errors import InputError

LEAST_TAGS = 20
"""Fewer passages than this say nothing about what is better."""

FOLDS = 5
FORGOTTEN = 0.005
"""So much of the mean reciprocal rank on our own examples may be lost."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What learning changed: figures on the persons' passages and on our own examples, before and after."""

    persons_before: Figures
    persons_after: Figures
    own_before: Figures
    own_after: Figures

    @property
    def worse(self) -> str:
        """Why the new head is refused, "" when it is not worse."""
        if self.persons_after.reciprocal < self.persons_before.reciprocal:
            return "the persons' own passages would be ranked worse"
        if self.own_after.reciprocal < self.own_before.reciprocal - FORGOTTEN:
            return "the shipped examples would be ranked worse"
        return ""


@dataclass(frozen=True, slots=True)
class Learned:
    """The new head, its evaluation, and whether the head is good enough to be kept."""

    head: Head
    evaluation: Evaluation

    @property
    def accepted(self) -> bool:
        """True when nothing got worse."""
        return not self.evaluation.worse


def learn(
    tags: Sequence[Example],
    base: Head,
    *,
    own: Sequence[Example] | None = None,
    terms: Mapping[str, tuple[Term, ...]] | None = None,
) -> Learned:
    """Fit `base` further on passages that persons tagged; the caller keeps the head only when it is accepted.

    `own` and `terms` are by default the shipped examples and terms. Raises InputError for fewer than LEAST_TAGS
    passages.
    """
    if len(tags) < LEAST_TAGS:
        raise InputError(
            f"{len(tags)} tagged passages",
            "they are too few to learn from and to tell better from worse",
            expected=f"at least {LEAST_TAGS} passages with an objective that a person gave",
            todo="Tag more passages first",
        )
    compiled = compiled_lexicons(read_lexicons() if terms is None else terms)
    persons = [replace(one, origin="person") for one in sorted(tags, key=_key)]
    examples = [*persons, *(read_examples() if own is None else own)]
    start = _grown(base, persons, sorted({one.language for one in examples}))
    rows = Rows(examples, compiled, {name: own.vocabulary for name, own in start.languages.items()}, start.table)
    before, near = _scores(start, rows), _votes(start, rows)
    kernel, wanted, weights = rows.kernel(), rows.wanted(), rows.weights()
    theirs, ours = range(len(persons)), range(len(persons), len(examples))
    dual = fit(kernel, wanted, weights, PENALTY, start=before)
    after = before + (kernel + BIAS) @ dual + _near(rows, near, np.arange(len(examples)), np.arange(len(persons)))
    for part in _parts(len(persons)):
        seen = np.setdiff1d(np.arange(len(examples)), part)
        partial = fit(kernel[np.ix_(seen, seen)], wanted[seen], weights[seen], PENALTY, start=before[seen])
        after[part] = before[part] + (kernel[np.ix_(part, seen)] + BIAS) @ partial
        after[part] += _near(rows, near, part, np.setdiff1d(np.arange(len(persons)), part))
    then = before + np.array([one.scores() for one in near])
    evaluation = Evaluation(
        _figures(then, rows, theirs),
        _figures(after, rows, theirs),
        _figures(then, rows, ours),
        _figures(after, rows, ours),
    )
    return Learned(_added(start, rows, dual, len(persons)), evaluation)


def _key(one: Example) -> str:
    """Orders passages in a way that depends on nothing but their text, so that the parts are always the same."""
    return hashlib.sha256(f"{one.language} {one.text} {one.codes}".encode()).hexdigest()


def _parts(count: int) -> list[NDArray[np.intp]]:
    return [np.arange(part, count, FOLDS) for part in range(FOLDS)]


def _grown(base: Head, persons: Sequence[Example], languages: Sequence[str]) -> Head:
    """`base` with the words and pieces that only the persons' passages hold, the new ones without weight."""
    cut = {
        language: [tokens(one.text, language) for one in persons if one.language == language] for language in languages
    }
    found = piece_table([row for rows in cut.values() for row in rows])
    fresh = [place for place, piece in enumerate(found.pieces) if piece not in base.table.numbers]
    table = PieceTable(
        [*base.table.pieces, *(found.pieces[place] for place in fresh)],
        np.concatenate([base.table.idf, found.idf[fresh]]),
    )
    grown = {language: _grown_words(base.languages.get(language), rows) for language, rows in cut.items()}
    return replace(base, languages={**base.languages, **grown}, table=table, pieces=_longer(base.pieces, len(fresh)))


def _grown_words(base: LanguageHead | None, persons: Sequence[Sequence[str]]) -> LanguageHead:
    found = vocabulary(persons)
    if base is None:
        nobody = neighbours([], np.zeros((0, len(CLASSES)), np.float32), len(found.words))
        return LanguageHead(found, np.zeros((len(found.words), len(CLASSES)), np.float16), nobody)
    fresh = [place for place, word in enumerate(found.words) if word not in base.vocabulary.numbers]
    words = [*base.vocabulary.words, *(found.words[place] for place in fresh)]
    idf = np.concatenate([base.vocabulary.idf, found.idf[fresh]])
    grown = Vocabulary(words, idf, base.vocabulary.unseen)
    return LanguageHead(grown, _longer(base.weights, len(fresh)), base.near.longer(len(words)))


def _longer(weights: HALF, more: int) -> HALF:
    return np.concatenate([weights, np.zeros((more, weights.shape[1]), np.float16)])


def _scores(head: Head, rows: Rows) -> Array:
    """The head's scores of every passage, without the votes of its neighbours."""
    found = np.zeros((len(rows.examples), len(CLASSES)))
    for number, one in enumerate(rows.examples):
        found[number] = head.bias + rows.concepts[number] @ head.concepts
        for (places, values), weights in (
            (rows.words[number], head.languages[one.language].weights),
            (rows.pieces[number], head.pieces),
        ):
            found[number] += values @ weights[places].astype(np.float32)
    return found


def _votes(head: Head, rows: Rows) -> list[Votes]:
    """The votes of the head's own training passages for every passage."""
    return [
        head.languages[one.language].near.votes(*words) for one, words in zip(rows.examples, rows.words, strict=True)
    ]


def _near(rows: Rows, near: Sequence[Votes], asked: NDArray[np.intp], more: NDArray[np.intp]) -> Array:
    """What the votes add when the passages `more` vote too; a passage does not vote for itself."""
    likeness = rows.words_kernel()[np.ix_(asked, more)].astype(np.float32)
    likeness[asked[:, None] == more[None, :]] = 0.0
    shares = rows.wanted()[more].astype(np.float32)
    return np.array([(near[number] + votes(row, shares)).scores() for number, row in zip(asked, likeness, strict=True)])


def _figures(scores: Array, rows: Rows, chosen: range) -> Figures:
    """The figures of the default tier with these scores of the head, over passages that have an objective."""
    labels = {number: without_none(rows.examples[number].codes) for number in chosen}
    kept = [number for number, known in labels.items() if known]
    if not kept:
        return figures([], [])
    tier = settings.shipped().tiers["best"]
    whole = settings.combined(tier, scores[kept].astype(np.float32), rows.concepts[kept])
    order = np.argsort(-whole[:, : len(OBJECTIVES)], axis=1, kind="stable")
    return figures([[OBJECTIVES[place] for place in row] for row in order], [labels[number] for number in kept])


def _added(start: Head, rows: Rows, dual: Array, persons: int) -> Head:
    """`start` with the difference that a dual solution stands for."""
    more = head_of(rows, dual, {})
    languages = dict(start.languages)
    shares = rows.wanted()[:persons].astype(np.float32)
    for language, words in sorted(rows.vocabularies.items()):
        own, members = languages[language], [number for number in rows.members(language) if number < persons]
        theirs = neighbours([rows.words[number] for number in members], shares[members], len(words.words))
        languages[language] = LanguageHead(
            words, own.weights + more.languages[language].weights, joined(own.near, theirs)
        )
    return Head(
        languages,
        start.table,
        start.pieces + more.pieces,
        start.concepts + more.concepts,
        start.bias + more.bias,
        {**start.about, "persons": persons + int(start.about.get("persons", 0))},
    )
