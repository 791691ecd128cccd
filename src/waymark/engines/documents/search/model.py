"""What is put into the index, what is asked of it and what it answers: plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

OPEN = "open"
"""Gate of an entry that everybody may see."""

FACETS = ("noun", "kind", "objective", "place", "language", "year", "publisher")
"""What can be filtered by and is counted."""

SNIPPET_WORDS = 40
"""Words of a snippet at most."""


class Said(NamedTuple):
    """Words in one language (BCP 47, "" when not known)."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found, known by its `urn`.

    `gate` is the URN of the record that decides who may see it, or OPEN. Everything in the entry, its facets too, must
    be fit for whoever may see that record. `noun` is what it is (passage, finding …), `kind` its kind within the noun.
    `titles` and `texts` are what is looked through; `above` is the title of what it is a part of, such as the document
    of a passage: it is shown and lifts the entry, but does not make it one that is found. `places` are codes,
    `objectives` numbers 1 to 23 as text, `year` four digits; "" where there is none. `made_of` are the URNs of the
    other rows that it is made of: by them the index knows what to take out when one of them changes. Not stored.
    """

    urn: str
    noun: str
    gate: str = OPEN
    kind: str = ""
    titles: tuple[Said, ...] = ()
    texts: tuple[Said, ...] = ()
    objectives: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    year: str = ""
    publisher: str = ""
    above: tuple[Said, ...] = ()
    made_of: tuple[str, ...] = field(default=(), compare=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that its words are in, each once, in order of appearance."""
        return tuple(dict.fromkeys(said.language for said in (*self.titles, *self.texts) if said.language))

    def facets(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each of FACETS with what the entry has in it."""
        return (
            ("noun", (self.noun,)),
            ("kind", (self.kind,) if self.kind else ()),
            ("objective", self.objectives),
            ("place", self.places),
            ("language", self.languages),
            ("year", (self.year,) if self.year else ()),
            ("publisher", (self.publisher,) if self.publisher else ()),
        )


@dataclass(frozen=True, slots=True)
class Query:
    """A question: `text` in the language of queries (see `question`), narrowed to the values of `filters`.

    `filters` maps one of FACETS to the values that are wanted (any of them). `allowed` are the gates that the reader
    may see, None for all; nothing else is found, counted or suggested.
    """

    text: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    allowed: frozenset[str] | None = None
    limit: int = 20
    offset: int = 0
    facets: bool = True
    snippets: bool = True


@dataclass(frozen=True, slots=True)
class Snippet:
    """At most 40 words of an entry around what was asked for; `marks` are starts and ends of it in `text`."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, with its title and words marked."""

    entry: Entry
    title: Snippet
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Hits:
    """An answer: the page of hits asked for, best first, and how many there are in all.

    `counts` has, for each of FACETS, the values of all entries found with how many have them, most first. `every` is
    False when no entry had all the words and entries with some of them are given. `notes` say in sentences how the
    question was read where that is not plain. `suggestion` is the question with words spelled as entries spell them, ""
    when there is nothing to suggest.
    """

    hits: tuple[Hit, ...]
    total: int
    counts: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    every: bool = True
    notes: tuple[str, ...] = ()
    suggestion: str = ""
