"""The tagger: one interface to the tiers, loaded once and never changed afterwards."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from waymark.engines.documents.language import language_of
from waymark.engines.documents.model import Reason, Scored
from waymark.engines.documents.tagging.lexicon import CompiledLexicon, Evidence, Target
from waymark.engines.documents.tagging.related import ranking
from waymark.engines.documents.tagging.results import LEAST_LONG, LEAST_SCORE, MOST_REASONS, Tagged
from waymark.engines.documents.tagging.terms import NONE, Term, read_lexicons
from waymark.engines.documents.tokens import spans

Tier = Literal["best", "lexicon", "linear"]

OBJECTIVES = tuple(str(number) for number in range(1, 24))
"""The codes of the 23 objectives, in order."""

DOUBT = 2.0
"""Evidence that the lexicon tier sets against every ranking: one strong word alone gives a score of a half."""


class Tagger:
    """Tags passages. Immutable after it is made; safe to share between threads."""

    def __init__(self, terms: Mapping[str, tuple[Term, ...]], tier: Tier = "best") -> None:
        self.tier = tier
        self._lexicons = {language: CompiledLexicon(rows, language) for language, rows in sorted(terms.items())}

    @classmethod
    def load(cls, tier: Tier = "best", learned: Path | None = None) -> "Tagger":
        """The shipped tagger of a tier; `learned` is a file of weights that `learn` made from persons' tags."""
        return cls(read_lexicons(), tier)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it has terms for."""
        return tuple(self._lexicons)

    def tag_one(self, text: str, language: str = "") -> Tagged:
        """What one passage speaks to. `language` is a BCP 47 tag; "" asks the tagger to tell it from the text."""
        language = _base(language) or _base(language_of(text))
        lexicon = self._lexicons.get(language)
        evidence = lexicon.find(spans(text, language)) if lexicon else Evidence()
        scores = {code: max(0.0, evidence.scores.get(Target("gcm", code), 0.0)) for code in OBJECTIVES}
        whole = sum(scores.values()) + DOUBT
        ranked = sorted(OBJECTIVES, key=lambda code: (-scores[code], int(code)))
        objectives = tuple(
            Scored(code, round(scores[code] / whole, 4), _reasons(evidence, code, text))
            for place, code in enumerate(ranked)
            if place < LEAST_LONG or scores[code] / whole >= LEAST_SCORE
        )
        against = max(0.0, evidence.scores.get(Target("gcm", NONE), 0.0))
        none = against / (against + whole)
        nothing = none >= 0.5 or (bool(text.strip()) and not evidence.scores and lexicon is not None)
        return Tagged(
            language=language,
            objectives=() if nothing else objectives,
            below=objectives if nothing else (),
            targets=ranking("sdg", evidence, text, objectives),
            principles=ranking("principles", evidence, text, objectives),
            topics=ranking("pd-2022", evidence, text, objectives),
            none=round(none, 4),
            nothing=nothing,
        )


def _base(language: str) -> str:
    return language.replace("_", "-").split("-", 1)[0].lower()


def _reasons(evidence: Evidence, code: str, text: str) -> tuple[Reason, ...]:
    return tuple(
        Reason(found.words(text), round(weight, 3), "lexicon")
        for weight, found in evidence.reasons(Target("gcm", code))[:MOST_REASONS]
    )
