"""The tagger: one interface to the tiers, loaded once and never changed afterwards."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from waymark.engines.documents.model import Scored
from waymark.engines.documents.tagging import settings, weights
from waymark.engines.documents.tagging.features import CONCEPT_FEATURES, OBJECTIVES, Floats, concepts
from waymark.engines.documents.tagging.lexicon import CompiledLexicon, Evidence, Spans, only_tokens
from waymark.engines.documents.tagging.linear import Head, Scores
from waymark.engines.documents.tagging.reasons import Reading
from waymark.engines.documents.tagging.related import ranking
from waymark.engines.documents.tagging.results import LEAST_LONG, LEAST_SCORE, Tagged
from waymark.engines.documents.tagging.settings import Settings, Tier
from waymark.engines.documents.tagging.solver import softmax
from waymark.engines.documents.tagging.terms import Term, read_lexicons
from waymark.engines.documents.words.language import language_of
from waymark.engines.documents.words.tokens import primary, spans
from waymark.gcm.frameworks import frameworks, provisions

HIGHEST_SCORE = 0.999
"""No score says more: a program is never certain."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The calibrated scores of one passage: of the objectives in their order, and of "none of them"."""

    objectives: Floats
    none: float
    nothing: bool


class Tagger:
    """Tags passages. Nothing it says depends on what it tagged before; safe to share between threads.

    A language's terms are compiled when its first passage comes.
    """

    def __init__(
        self,
        terms: Mapping[str, Sequence[Term]],
        head: Head | None = None,
        given: Settings | None = None,
        tier: Tier = "best",
    ) -> None:
        self.tier = tier
        self.head = None if tier == "lexicon" else head
        given = given or settings.shipped()
        self._settings = given.tiers[tier]
        self._measured = frozenset(given.measured)
        known = _known_codes()
        self._terms = {
            language: tuple(term for term in rows if term.code in known.get(term.framework, known["gcm"]))
            for language, rows in sorted(terms.items())
        }
        self._lexicons: dict[str, CompiledLexicon] = {}
        self._lock = threading.Lock()
        self._silence = np.zeros(CONCEPT_FEATURES, np.float32)

    @classmethod
    def load(cls, tier: Tier = "best", learned: Path | None = None) -> "Tagger":
        """The shipped tagger of a tier; `learned` is a file of weights that `learn` made from persons' tags.

        Raises InputError when the file cannot be read as weights.
        """
        head = None if tier == "lexicon" else weights.load(learned or weights.head_path())
        return cls(read_lexicons(), head, tier=tier)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it has terms for."""
        return tuple(self._terms)

    def lexicon(self, language: str) -> CompiledLexicon | None:
        """The terms of a language, or None where there are none."""
        found = self._lexicons.get(language)
        if found is None and language in self._terms:
            with self._lock:
                found = self._lexicons.setdefault(language, CompiledLexicon(self._terms[language], language))
        return found

    def tag_one(self, text: str, language: str = "") -> Tagged:
        """What one passage speaks to. `language` is a BCP 47 tag; "" asks the tagger to tell it from the text.

        In a language without terms nothing is said: no objective, and "none of them" is not the answer either.
        """
        language = primary(language) or primary(language_of(text)) or self._likely(text)
        lexicon = self.lexicon(language)
        if lexicon is None:
            return Tagged(language, ())
        cut = spans(text, language)
        if not cut:
            return Tagged(language, (), none=1.0, nothing=True)
        evidence = lexicon.find(cut)
        scores, judged = self._judge(cut, evidence, language)
        reading = Reading(text, cut, evidence, scores)
        ranked = _ranked(judged.objectives)
        objectives = tuple(
            Scored(OBJECTIVES[column], min(round(float(judged.objectives[column]), 4), HIGHEST_SCORE), reasons)
            for column, reasons in zip(ranked, reading.reasons(ranked), strict=True)
        )
        return Tagged(
            language=language,
            objectives=() if judged.nothing else objectives,
            targets=ranking("sdg", evidence, text, objectives),
            principles=ranking("principles", evidence, text, objectives),
            topics=ranking("pd-2022", evidence, text, objectives),
            none=round(judged.none, 4),
            nothing=judged.nothing,
            below=objectives if judged.nothing else (),
            measured=language in self._measured,
        )

    def _likely(self, text: str) -> str:
        """The language whose terms find most in a text that is too short to tell; "" when none finds anything."""
        weights = {
            language: sum(lexicon.find(spans(text, language)).scores.values())
            for language in self._terms
            if (lexicon := self.lexicon(language))
        }
        return max((language for language in weights if weights[language] > 0), key=weights.__getitem__, default="")

    def judge(self, text: str, language: str) -> Judged:
        """The calibrated scores of one passage alone, without reasons; `language` must have terms."""
        cut = spans(text, language)
        lexicon = self.lexicon(language)
        return self._judge(cut, lexicon.find(cut) if lexicon else Evidence(), language)[1]

    def _judge(self, cut: Spans, evidence: Evidence, language: str) -> tuple[Scores | None, Judged]:
        said = concepts(evidence)
        scores = (
            self.head.score(only_tokens(cut), said if self.tier == "best" else self._silence, language)
            if self.head
            else None
        )
        whole = settings.combined(self._settings, scores.scores if scores else None, said)
        shares = softmax(whole.astype(np.float64)).astype(np.float32)
        none = float(self._settings.none_curve(shares[-1:])[0])
        calibrated = self._settings.curve(language)(shares[:-1])
        return scores, Judged(calibrated, none, none >= self._settings.none_from)


def _ranked(scores: Floats) -> list[int]:
    """The columns of a ranking: those of LEAST_SCORE or more, at least LEAST_LONG, the highest first."""
    order = np.argsort(-scores, kind="stable")
    return [int(column) for place, column in enumerate(order) if place < LEAST_LONG or scores[column] >= LEAST_SCORE]


@cache
def _known_codes() -> dict[str, frozenset[str]]:
    """The codes of each framework that a term may speak for; of the Progress Declaration the topics."""
    known = {
        one.code: frozenset(each.code for each in provisions(one.code) if each.kind != "paragraph")
        for one in frameworks()
    }
    return {**known, "gcm": known["gcm"] | {"none", "context"}}
