"""The reasons of a score: the words of the passage that decided, those of the terms first, then those of the head."""

from waymark.engines.documents.model import Reason
from waymark.engines.documents.tagging.features import OBJECTIVES
from waymark.engines.documents.tagging.lexicon import Evidence, Spans, Target
from waymark.engines.documents.tagging.linear import Head, Scores
from waymark.engines.documents.tagging.results import MOST_REASONS

FROM_TERMS = 4
"""So many reasons at most are terms when the head has reasons of its own."""

LEAST_SHARE = 0.05
"""A word of the head is a reason when it adds at least this to the score of its class."""


class Reading:
    """One passage with everything that was found in it; gives the reasons of each objective."""

    def __init__(
        self, text: str, cut: Spans, evidence: Evidence, scores: Scores | None, head: Head | None, language: str
    ) -> None:
        self.text, self.cut, self.evidence, self.scores = text, cut, evidence, scores
        self.head, self.language = head, language
        self._first: dict[str, int] | None = None

    def reasons(self, column: int) -> tuple[Reason, ...]:
        """The words that speak for the objective of a column, or against it, the terms first; none twice."""
        terms = self.evidence.reasons(Target("gcm", OBJECTIVES[column]))
        found = {
            one.words(self.text): Reason(one.words(self.text), round(weight, 3), "lexicon") for weight, one in terms
        }
        if self.head is None or self.scores is None:
            return tuple(found.values())[:MOST_REASONS]
        chosen = dict(list(found.items())[:FROM_TERMS])
        for share in self.head.shares(self.scores, column, self.language, MOST_REASONS):
            if len(chosen) == MOST_REASONS or share.weight < LEAST_SHARE:
                break
            words = self._words(share.words)
            if words and not any(words in known for known in chosen):
                chosen[words] = Reason(words, round(share.weight, 3), "linear")
        return tuple(chosen.values())

    def _words(self, stems: str) -> str:
        """The words of the passage that stand for a stem or a pair of stems, where they stand first."""
        first, _, second = stems.partition(" ")
        if self._first is None:
            self._first = {}
            for place, (token, _, _) in enumerate(self.cut):
                self._first.setdefault(token, place)
        if not second:
            _, start, end = self.cut[self._first[first]]
        else:
            place = self._first[first]
            while self.cut[place + 1][0] != second or self.cut[place][0] != first:
                place += 1
            start, end = self.cut[place][1], self.cut[place + 1][2]
        return " ".join(self.text[start:end].split())
