"""The reasons of a score: the words of the passage that decided, those of the terms first, then those of the head."""

from collections.abc import Sequence

from waymark.engines.documents.model import Reason
from waymark.engines.documents.tagging.features import OBJECTIVES
from waymark.engines.documents.tagging.lexicon import Evidence, Spans, Target
from waymark.engines.documents.tagging.linear import Scores, Share, shares
from waymark.engines.documents.tagging.results import MOST_REASONS
from waymark.engines.documents.words.language import SMALL_WORDS
from waymark.engines.documents.words.tokens import words as folded

FROM_TERMS = 4
"""So many reasons at most are terms when the head has reasons of its own."""

LEAST_SHARE = 0.05
"""A word of the head is a reason when it adds at least this to the score of its class."""

FILLERS = frozenset().union(
    *(SMALL_WORDS[language] for language in ("en", "fr", "es")),
    folded("can could may might must should would will has have had been being know because how why what so than then"),
    folded(
        "faire fait plus même ainsi donc aussi peut doit puede debe hace así también más და რომ და ან и что как 的 和"
    ),
)
"""Folded words that weigh in the head and tell a reader nothing; a reason of such words alone is not shown."""


class Reading:
    """One passage with everything that was found in it; gives the reasons of its objectives."""

    def __init__(self, text: str, cut: Spans, evidence: Evidence, scores: Scores | None) -> None:
        self.text, self.cut, self.evidence, self.scores = text, cut, evidence, scores
        self._first: dict[str, int] = {}
        self._known: dict[str, str] = {}

    def reasons(self, columns: Sequence[int]) -> list[tuple[Reason, ...]]:
        """For the objective of each column the words that speak for or against it, the terms first; none twice."""
        terms = [self._terms(column) for column in columns]
        if self.scores is None or not self.scores.names:
            return [tuple(found.values())[:MOST_REASONS] for found in terms]
        for place, (token, _, _) in enumerate(self.cut):
            self._first.setdefault(token, place)
        return [
            self._joined(found, heavy)
            for found, heavy in zip(terms, shares(self.scores, columns, MOST_REASONS), strict=True)
        ]

    def _terms(self, column: int) -> dict[str, Reason]:
        found: dict[str, Reason] = {}
        for weight, one in self.evidence.reasons(Target("gcm", OBJECTIVES[column])):
            words = one.words(self.text)
            found.setdefault(words, Reason(words, round(weight, 3), "lexicon"))
        return found

    def _joined(self, terms: dict[str, Reason], heavy: Sequence[Share]) -> tuple[Reason, ...]:
        chosen = dict(list(terms.items())[:FROM_TERMS])
        for share in heavy:
            if len(chosen) == MOST_REASONS or share.weight < LEAST_SHARE:
                break
            words = self._known.get(share.words)
            if words is None:
                words = self._words(share.words)
            if words and not any(words in known for known in chosen):
                chosen[words] = Reason(words, round(share.weight, 3), "linear")
        return tuple(chosen.values())

    def _words(self, stems: str) -> str:
        """The words of the passage that stand for a stem or a pair of stems, where they stand first; "" for fillers."""
        first, _, second = stems.partition(" ")
        place = self._first[first]
        if second:
            while self.cut[place + 1][0] != second or self.cut[place][0] != first:
                place += 1
        last = place + 1 if second else place
        words = " ".join(self.text[self.cut[place][1] : self.cut[last][2]].split())
        self._known[stems] = "" if FILLERS.issuperset(folded(words)) else words
        return self._known[stems]
