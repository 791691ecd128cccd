"""The search index: one full-text index over tokens of our own making, rebuilt beside itself and swapped.

`build` writes it, `changing` takes single entries out and puts them in, `Index.open` reads it, `Index.search` answers.
Nothing is found, counted or suggested that lies behind a gate the reader may not pass: the gates are a condition inside
every query. The order of hits is by BM25 over the stems of title and text; its statistics are those of the whole index.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import tantivy
from tantivy import Occur
from tantivy import Query as Lookup

from waymark.engines.documents.search.compiling import Compiler, Plan, Unit, plan
from waymark.engines.documents.search.marks import Marker
from waymark.engines.documents.search.model import FACETS, OPEN, Entry, Hit, Hits, Query, Said, Snippet
from waymark.engines.documents.search.question import read
from waymark.engines.documents.search.snippets import snippet, title
from waymark.engines.documents.search.spelling import LEAST, RARE, spellings
from waymark.engines.documents.search.store import (
    BODY,
    ENTRY,
    EXACT,
    GATE,
    About,
    about,
    build,
    current,
    opened,
    stamp,
    unpacked,
)
from waymark.engines.documents.words.tokens import tokens
from waymark.gcm.errors import InputError

__all__ = ["FACETS", "OPEN", "About", "Entry", "Hit", "Hits", "Index", "Query", "Said", "Snippet", "about", "build"]

DEEPEST = 10_000
"""Hits that can be turned to; nobody reads on, and each page costs all before it."""

FEW = 3
"""With fewer hits than this the spelling of the words is looked at."""

MOST_SPELLED = 4
"""Words of a question whose spelling is looked at."""

VALUES = 100
"""Values of a facet that are counted, those with most entries."""

Shown = Callable[[Sequence[Entry]], Mapping[str, Entry]]
"""Entries of the index → by URN, those that may be shown, with the words that they have now."""

NOT_ALL = "No entry has all of these words; these have some of them."


class Index:
    """One generation of the index as it was when it was opened; use it from any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamp = stamp(folder, current(folder))
        self.name, self.about, self._index = opened(folder)
        self._searcher = self._index.searcher()
        self._compiler = Compiler(self._index.schema, lambda stem: self._searcher.doc_freq(BODY, stem))
        self._gates = lru_cache(maxsize=16)(self._gate_query)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The current generation in `folder`. Raises NotFoundError when there is none that can be read."""
        return cls(folder)

    def is_current(self) -> bool:
        """Whether nothing was built or changed since this was opened."""
        name = current(self.folder)
        return self.name == name and self._stamp == stamp(self.folder, name)

    def search(self, query: Query, shown: Shown | None = None) -> Hits:
        """Answer a question; `shown` may read the entries of the page again before their words are marked.

        Raises InputError for a question that cannot be read, or a page that is too far down.
        """
        _check(query)
        narrowed = self._narrowed(query)
        if not query.text.strip() and query.filters:
            everything = Lookup.const_score_query(Lookup.all_query(), 1.0)
            return self._page(query, None, self._found(query, everything, narrowed), _both(everything, narrowed), shown)
        asked = read(query.text)
        made = plan(asked, query.filters.get("language", ()) or self.about.languages)
        notes, suggestion, every = list(asked.notes), "", True
        found = self._found(query, self._compiler.ranked(made), narrowed)
        if _total(found) < FEW and (changed := self._respell(made, query.allowed)):
            suggestion = query.text
            for raw, word in changed.items():
                suggestion = suggestion.replace(raw, word)
                notes.append(f"“{raw}” was also read as “{word}”.")
            found = self._found(query, self._compiler.ranked(made), narrowed)
        if not _total(found) and asked.plain and len(made.looked_for) > 1:
            found = self._found(query, self._compiler.ranked(made, every=False), narrowed)
            every = not _total(found)
            notes = notes if every else [NOT_ALL, *notes]
        whole = _both(self._compiler.question(made, every=every), narrowed)
        answer = self._page(query, made, found, whole, shown)
        return replace(answer, every=every, notes=tuple(notes), suggestion=suggestion)

    def _found(self, query: Query, lookup: Lookup, narrowed: list[Lookup]) -> tantivy.SearchResult:
        """The page asked for."""
        return self._searcher.search(_both(lookup, narrowed), max(query.limit, 1), count=True, offset=query.offset)

    def _page(
        self, query: Query, made: Plan | None, found: tantivy.SearchResult, whole: Lookup, shown: Shown | None
    ) -> Hits:
        """The entries of a page with their marks, and the counts of all that was found."""
        marker = Marker(made if query.snippets else None)
        entries = [self._entry(address) for _, address in found.hits[: query.limit]]
        if shown is not None:
            now = shown(entries)
            entries = [now[entry.urn] for entry in entries if entry.urn in now]
        hits = tuple(_hit(entry, marker, snippets=query.snippets) for entry in entries)
        return Hits(hits, _total(found), self._counts(whole) if query.facets else {})

    def _entry(self, address: tantivy.DocAddress) -> Entry:
        stored = self._searcher.doc(address).get_first(ENTRY)
        return unpacked(bytes(stored or b""))

    def _count(self, lookup: Lookup, narrowed: list[Lookup]) -> int:
        return _total(self._searcher.search(_both(lookup, narrowed), 1, count=True))

    def _counts(self, lookup: Lookup) -> dict[str, tuple[tuple[str, int], ...]]:
        """How many of the entries found have each value of each facet."""
        asked = {facet: {"terms": {"field": facet, "size": VALUES}} for facet in FACETS}
        found = self._searcher.aggregate(lookup, asked)
        return {
            facet: tuple(
                sorted(
                    ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in found[facet]["buckets"]),
                    key=lambda pair: (-pair[1], pair[0]),
                )
            )
            for facet in FACETS
        }

    def _narrowed(self, query: Query) -> list[Lookup]:
        """The conditions besides the words: what the reader may see, and the filters."""
        gates = [] if query.allowed is None else [self._gates(query.allowed)]
        return [*gates, *(self._compiler.any_of(facet, values) for facet, values in sorted(query.filters.items()))]

    def _gate_query(self, allowed: frozenset[str]) -> Lookup:
        return self._compiler.any_of(GATE, {*allowed, OPEN})

    def _respell(self, made: Plan, allowed: frozenset[str] | None) -> dict[str, str]:
        """Give rare words of the question other spellings; returns word as typed → the closest of them.

        They come only from entries that the reader may see.
        """
        gates = [] if allowed is None else [self._gates(allowed)]
        changed: dict[str, str] = {}
        looked = [unit for unit in made.looked_for if len(unit.word) >= LEAST and not unit.prefix]
        for unit in looked[:MOST_SPELLED]:
            count = self._count(self._compiler.unit(unit), gates)
            close = spellings(unit.word, count, lambda first: self._terms(first, gates)) if count <= RARE else ()
            if close:
                unit.spellings = _stems(unit, close, made.languages)
                changed[unit.raw] = close[0]
        return changed

    def _terms(self, first: str, gates: list[Lookup]) -> list[tuple[str, int]]:
        visible = gates[0] if gates else Lookup.all_query()  # without a condition words of what was taken out count too
        return self._searcher.terms_with_prefix(EXACT, first, visible, None)


def _stems(unit: Unit, close: tuple[str, ...], languages: tuple[str, ...]) -> tuple[str, ...]:
    """The stems of other spellings that the word does not have itself."""
    found = dict.fromkeys(token for word in close for language in languages for token in tokens(word, language)[:1])
    return tuple(token for token in found if token not in unit.stems)


def _total(found: Any) -> int:
    """How many entries were found; tantivy's own types do not name the attribute."""
    return int(found.count or 0)


def _both(lookup: Lookup, narrowed: list[Lookup]) -> Lookup:
    """What both the words and the conditions allow; the conditions do not change the order."""
    if not narrowed:
        return lookup
    return Lookup.boolean_query([(Occur.Must, lookup), *((Occur.Must, condition) for condition in narrowed)])


def _hit(entry: Entry, marker: Marker, *, snippets: bool) -> Hit:
    found = snippet(entry, marker) if snippets else Snippet("")
    return Hit(entry, title(entry, marker, found.language), found)


def _check(query: Query) -> None:
    unknown = sorted(set(query.filters) - set(FACETS))
    if unknown:
        raise InputError(
            f"The filter {unknown[0]}",
            "entries cannot be narrowed by it",
            expected=f"one of {', '.join(FACETS)}",
            todo="Choose one of these.",
        )
    if query.limit < 0 or query.offset < 0 or query.limit + query.offset > DEEPEST:
        raise InputError(
            f"The hits from {query.offset + 1:,} to {query.offset + query.limit:,}",
            "they cannot be turned to",
            expected=f"hits between 1 and {DEEPEST:,}",
            todo="Ask with more words or a filter.",
        )
