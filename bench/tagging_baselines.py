"""Plain methods that the tagger is measured against, made anew for each run: words without weights, centroids, BM25.

All read the same open text as the tagger's training. Each is a function of (text, language) that ranks the objectives.
"""

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

Ranker = Callable[[str, str], list[str]]
K1, B = 1.5, 0.75
"""The usual constants of BM25."""


def baselines(official: Path | None = None) -> dict[str, Ranker]:
    """The methods by name."""
    from waymark.engines.documents.tagging.corpus import catalogue_examples, official_examples, term_examples
    from waymark.engines.documents.tagging.terms import read_lexicons
    from waymark.engines.documents.tagging.training import sources
    from waymark.engines.sheets.provisions import read_provisions

    terms = read_lexicons()
    texts_given = read_provisions(official) if official else None
    titles = [*catalogue_examples(), *(official_examples(texts_given) if texts_given else ()), *term_examples(terms)]
    texts = sources(texts_given).examples
    return {
        "words without weights": _plain_words(terms),
        "tf-idf centroids": _centroids([(one.text, one.language, one.codes[0]) for one in texts]),
        "bm25 of titles, actions and terms": _bm25([(one.text, one.language, one.codes[0]) for one in titles]),
    }


def _ranked(scores: dict[str, float]) -> list[str]:
    codes = [str(number) for number in range(1, 24)]
    return sorted(codes, key=lambda code: (-scores.get(code, 0.0), int(code)))


def _plain_words(terms: dict) -> Ranker:  # type: ignore[type-arg]
    from dataclasses import replace

    from waymark.engines.documents.tagging.training import compiled_lexicons
    from waymark.engines.documents.words.tokens import spans

    flat = {
        language: tuple(replace(term, weight=1.0) for term in rows if term.framework == "gcm" and term.weight > 0)
        for language, rows in terms.items()
    }
    compiled = compiled_lexicons(flat)

    def rank(text: str, language: str) -> list[str]:
        scores: Counter[str] = Counter()
        for target, rows in compiled[language].find(spans(text, language)).phrases.items():
            scores[target.code] += sum(found.times for _, found in rows)
        return _ranked(dict(scores))

    return rank


def _centroids(passages: list[tuple[str, str, str]]) -> Ranker:
    from waymark.engines.documents.words.tokens import tokens

    cut = [(Counter(tokens(text, language)), language, code) for text, language, code in passages]
    seen: dict[str, Counter[str]] = {}
    count: Counter[str] = Counter()
    for words, language, _ in cut:
        seen.setdefault(language, Counter()).update(set(words))
        count[language] += 1

    def vector(words: Counter[str], language: str) -> dict[str, float]:
        known = seen[language]
        made = {
            word: (1 + math.log(times)) * (1 + math.log((1 + count[language]) / (1 + known[word])))
            for word, times in words.items()
            if word in known
        }
        length = math.sqrt(sum(value * value for value in made.values())) or 1.0
        return {word: value / length for word, value in made.items()}

    sums: dict[tuple[str, str], Counter[str]] = {}
    for words, language, code in cut:
        own = sums.setdefault((language, code), Counter())
        for word, value in vector(words, language).items():
            own[word] += value  # type: ignore[assignment]
    lengths = {key: math.sqrt(sum(value * value for value in own.values())) or 1.0 for key, own in sums.items()}

    def rank(text: str, language: str) -> list[str]:
        asked = vector(Counter(tokens(text, language)), language)
        return _ranked(
            {
                code: sum(value * own[word] for word, value in asked.items() if word in own) / lengths[(spoken, code)]
                for (spoken, code), own in sums.items()
                if spoken == language
            }
        )

    return rank


def _bm25(passages: list[tuple[str, str, str]]) -> Ranker:
    from waymark.engines.documents.words.tokens import tokens

    cut = [(Counter(tokens(text, language)), language, code) for text, language, code in passages]
    of_language: dict[str, list[tuple[Counter[str], str]]] = {}
    for words, language, code in cut:
        of_language.setdefault(language, []).append((words, code))
    seen = {language: Counter(word for words, _ in rows for word in words) for language, rows in of_language.items()}
    mean = {language: sum(words.total() for words, _ in rows) / len(rows) for language, rows in of_language.items()}

    def score(asked: set[str], words: Counter[str], language: str) -> float:
        count, whole = len(of_language[language]), 0.0
        for word in asked & words.keys():
            known = seen[language][word]
            times = words[word]
            whole += (
                math.log(1 + (count - known + 0.5) / (known + 0.5))
                * times * (K1 + 1) / (times + K1 * (1 - B + B * words.total() / mean[language]))
            )  # fmt: skip
        return whole

    def rank(text: str, language: str) -> list[str]:
        asked = set(tokens(text, language))
        best: dict[str, float] = {}
        for words, code in of_language[language]:
            best[code] = max(best.get(code, 0.0), score(asked, words, language))
        return _ranked(best)

    return rank
