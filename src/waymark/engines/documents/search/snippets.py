"""The words shown of an entry: at most 40 around what was asked for, with the matches marked.

A snippet is made of items: what stands between two spaces, or one character of a script without spaces, two of which
count as a word. Line breaks and runs of spaces become one space.
"""

import re
from dataclasses import dataclass, field
from itertools import accumulate

from waymark.engines.documents.search.marks import Marker, Match, merged
from waymark.engines.documents.search.model import SNIPPET_WORDS, Entry, Said, Snippet
from waymark.engines.documents.words.tokens import UNSPACED, UNSPACED_ONE

ITEM = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
CUT = "…"

ROOM = 2 * SNIPPET_WORDS
"""Room of a snippet: a word takes 2, a character of a script without spaces 1."""

LEAD = 10
"""Room before the first match, so that it can be understood."""


@dataclass(slots=True)
class _Found:
    """A text in items: each with start and end in `text`, and with its matches (item, number of the question)."""

    said: Said
    items: list[str] = field(default_factory=list)
    hits: list[tuple[int, int]] = field(default_factory=list)
    spaced: bool = True
    matches: list[Match] = field(default_factory=list)

    @property
    def kinds(self) -> int:
        """How many different words of the question it answers."""
        return len({number for _, number in self.hits})


def snippet(entry: Entry, marker: Marker) -> Snippet:
    """The text of an entry with the most of what was asked for, cut to 40 words around it."""
    best: _Found | None = None
    for said in entry.texts:
        found = _found(said, marker)
        if best is None or found.kinds > best.kinds:
            best = found
    if best is None:
        return Snippet("")
    return _cut_spaced(best, marker) if best.spaced else _cut_unspaced(best)


def title(entry: Entry, marker: Marker, language: str = "") -> Snippet:
    """The title of an entry or of what it is a part of, marked.

    It is the one that answers best, else the one in `language`, else the first.
    """
    best: tuple[tuple[int, bool], list[Match], Said] | None = None
    for said in entry.titles or entry.above:
        matches = [*marker.matches(said.text, said.language), *marker.in_order(said.text)]
        rank = (len({number for _, _, number in matches}), said.language == language)
        if best is None or rank > best[0]:
            best = (rank, matches, said)
    return Snippet(best[2].text, merged(best[1]), best[2].language) if best else Snippet("")


def _found(said: Said, marker: Marker) -> _Found:
    """Where a text answers the question."""
    text = said.text
    if not text.isascii() and UNSPACED_ONE.search(text):
        matches = sorted([*marker.matches(text, said.language), *marker.in_order(text)])
        return _Found(said, hits=[(start, number) for start, _, number in matches], spaced=False, matches=matches)
    items = text.split()
    known = marker.chunks(said.language)
    inside = enumerate(map(known.__getitem__, items))
    hits = [(place, number) for place, matches in inside if matches for _, _, number in matches]
    found = _Found(said, items, hits)
    if marker.phrases:
        ends = list(accumulate(len(item) + 1 for item in items))
        found.matches = marker.in_order(" ".join(items))
        for start, _, number in found.matches:
            found.hits.append((next(place for place, end in enumerate(ends) if end > start), number))
        found.hits.sort()
    return found


def _cut_spaced(found: _Found, marker: Marker) -> Snippet:
    """A snippet of a text with spaces."""
    items = found.items
    first, last = _window([2] * len(items), found.hits)
    known = marker.chunks(found.said.language)
    head = f"{CUT} " if first else ""
    starts = list(accumulate((len(item) + 1 for item in items[:last]), initial=0))
    by = starts[first] - len(head) if items else 0
    marks: list[Match] = []
    for place in {place for place, _ in found.hits if first <= place <= last}:
        at = starts[place] - by
        marks += [(at + start, at + end, number) for start, end, number in known[items[place]]]
    if found.matches:
        until = starts[last] + len(items[last])
        marks += [(a - by, b - by, number) for a, b, number in found.matches if a >= starts[first] and b <= until]
    tail = f" {CUT}" if last < len(items) - 1 else ""
    return Snippet(f"{head}{' '.join(items[first : last + 1])}{tail}", merged(marks), found.said.language)


def _cut_unspaced(found: _Found) -> Snippet:
    """A snippet of a text with characters of a script without spaces."""
    text = found.said.text
    where = [match.span() for match in ITEM.finditer(text)]
    weights = [1 if UNSPACED_ONE.match(text, start) else 2 for start, _ in where]
    numbers = {start: place for place, (start, _) in enumerate(where)}
    hits = [(numbers[start], number) for start, number in found.hits if start in numbers]
    first, last = _window(weights, hits)
    start, end = where[first][0], where[last][1]
    head, tail = CUT if first else "", CUT if last < len(where) - 1 else ""
    by = start - len(head)
    marks = [(a - by, b - by, number) for a, b, number in found.matches if a >= start and b <= end]
    shown = re.sub(r"\s", " ", text[start:end])
    return Snippet(f"{head}{shown}{tail}", merged(marks), found.said.language)


def _window(weights: list[int], hits: list[tuple[int, int]]) -> tuple[int, int]:
    """First and last item shown: the room with most different matches, then most matches, then the earliest."""
    if not weights:
        return 0, -1
    ends = [0, *accumulate(weights)]
    if ends[-1] <= ROOM:
        return 0, len(weights) - 1
    best, first = (0, 0), 0
    for place, (item, _) in enumerate(hits):
        kinds, count = set(), 0
        for other, number in hits[place:]:
            if ends[other + 1] - ends[item] > ROOM - LEAD:
                break
            kinds.add(number)
            count += 1
        if (len(kinds), count) > best:
            best, first = (len(kinds), count), item
    start = first
    while first and ends[start] - ends[first - 1] <= LEAD:
        first -= 1
    last = first
    while last + 1 < len(weights) and ends[last + 2] - ends[first] <= ROOM:
        last += 1
    while first and ends[last + 1] - ends[first - 1] <= ROOM:  # at the end of the text: fill from the front
        first -= 1
    return first, last
