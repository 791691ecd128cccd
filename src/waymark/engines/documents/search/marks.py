"""Finds in texts the words that a question looks for, so that they can be shown marked."""

from waymark.engines.documents.search.compiling import Plan
from waymark.engines.documents.search.names import FOREIGN, OTHER, PARTICLE, keys
from waymark.engines.documents.words.tokens import RAW, UNSPACED_ONE, WORDS, memory, spans, words

SIGNS = ".,;:!?()[]\"'“”‘’«»…–—-/"
"""Signs around a word that are no part of it."""

Match = tuple[int, int, int]
"""Start and end in the text, and the number of the word or phrase of the question that it answers."""


class Marker:
    """What one question looks for. It serves all hits of the question and remembers what it has seen."""

    def __init__(self, plan: Plan | None) -> None:
        self.tokens: dict[str, int] = {}
        self.words: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.prefixes: list[tuple[str, int]] = []
        self.phrases: list[tuple[tuple[str, ...], int]] = []
        self.only_others = self.only_stems_in_latin = True
        self._seen: dict[str, _Chunks] = {}
        if plan is None:
            return
        for number, unit in enumerate(plan.looked_for):
            if unit.prefix:
                self.prefixes.append((unit.word, number))
            self.tokens.update((token, number) for token in (*unit.stems, *unit.spellings, unit.second) if token)
            if not unit.stems and not unit.prefix:
                self.words[unit.word] = number
            self.names.update((name, number) for name in unit.names)
        first = len(plan.looked_for)
        self.phrases = [(phrase, first + place) for place, phrase in enumerate(plan.phrases)]
        self.only_others = all(name[0] in (OTHER, PARTICLE) for name in self.names)
        self.only_stems_in_latin = self.only_others and not self.words and not self.prefixes

    def chunks(self, language: str) -> "_Chunks":
        """What is written between two spaces → the matches in it, for texts in `language`."""
        known = self._seen.get(language)
        if known is None:
            known = self._seen[language] = _Chunks(self, language)
        return known

    def matches(self, text: str, language: str) -> list[Match]:
        """The places of single words in a text, or in a part of one."""
        if not self.may_match(text, language):
            return []
        found = [
            (start, end, self.tokens[token]) for token, start, end in spans(text, language) if token in self.tokens
        ]
        if self.words or self.prefixes or (self.names and not (self.only_others and not FOREIGN.search(text))):
            for start, end, word, raw in places(text):
                number = self._number(word, raw)
                if number is not None:
                    found.append((start, end, number))
        return sorted(set(found))

    def may_match(self, chunk: str, language: str) -> bool:
        """Whether a look at the exact places is worth it."""
        return not self.tokens.keys().isdisjoint(memory(language)[chunk]) or self.may_match_otherwise(chunk)

    def may_match_otherwise(self, chunk: str) -> bool:
        """The same for everything but stems."""
        if self.words and not self.words.keys().isdisjoint(WORDS[chunk]):
            return True
        if self.prefixes and any(word.startswith(prefix) for word in WORDS[chunk] for prefix, _ in self.prefixes):
            return True
        if not self.names or (self.only_others and not FOREIGN.search(chunk)):
            return False
        return not self.names.keys().isdisjoint(keys(chunk))

    def in_order(self, text: str) -> list[Match]:
        """Where the phrases of the question stand in a text."""
        if not self.phrases:
            return []
        where = places(text)
        inside = [word for _, _, word, _ in where]
        found = []
        for phrase, number in self.phrases:
            for at in range(len(inside) - len(phrase) + 1):
                if inside[at] == phrase[0] and tuple(inside[at : at + len(phrase)]) == phrase:
                    found.append((where[at][0], where[at + len(phrase) - 1][1], number))
        return found

    def _number(self, word: str, raw: str) -> int | None:
        """The word of the question that a word of the text answers, None for none."""
        if word in self.words:
            return self.words[word]
        for prefix, number in self.prefixes:
            if word.startswith(prefix):
                return number
        if self.names:
            return next((self.names[key] for key in keys(raw) if key in self.names), None)
        return None


class _Chunks(dict[str, tuple[Match, ...]]):
    """Written chunk → its matches; fills itself."""

    def __init__(self, marker: Marker, language: str) -> None:
        super().__init__()
        self.marker, self.language = marker, language
        self.stems, self.known = marker.tokens.keys(), memory(language)
        self.only_stems = not (marker.words or marker.prefixes or marker.names)

    def __missing__(self, chunk: str) -> tuple[Match, ...]:
        inside = self.known[chunk]
        by_stem = not self.stems.isdisjoint(inside)
        simple = self.only_stems or (self.marker.only_stems_in_latin and not FOREIGN.search(chunk))
        found: tuple[Match, ...] = ()
        if by_stem and simple and len(inside) == 1 and (core := chunk.strip(SIGNS)).isalnum():
            start = chunk.index(core)  # one word with signs around it, as nearly always
            found = ((start, start + len(core), self.marker.tokens[inside[0]]),)
        elif by_stem or not simple:
            found = tuple(self.marker.matches(chunk, self.language))
        self[chunk] = found
        return found


def places(text: str) -> list[tuple[int, int, str, str]]:
    """Start, end, folded word and the word as written, for every word of a text."""
    found = []
    for match in RAW.finditer(text):
        raw, start = match[1], match.start()
        if not raw:
            continue
        if UNSPACED_ONE.match(raw):
            found += [(start + at, start + at + 1, words(sign)[0], sign) for at, sign in enumerate(raw) if words(sign)]
        else:
            found += [(start, match.end(), word, raw) for word in words(raw)]
    return found


def merged(matches: list[Match]) -> tuple[tuple[int, int], ...]:
    """Starts and ends without overlaps."""
    found: list[tuple[int, int]] = []
    for start, end, _ in sorted(matches):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
