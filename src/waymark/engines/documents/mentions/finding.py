"""What a passage mentions: organisations, places, dates, deadlines, amounts and legal symbols, each with its rule.

Rules only, no model: each mention names the rule that found it, so that a reader can tell why. Nothing is guessed: a
day without a year, or a number without a currency, is not reported.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from waymark.engines.documents.mentions.amounts import amounts
from waymark.engines.documents.mentions.dates import dates
from waymark.engines.documents.mentions.symbols import symbols
from waymark.engines.documents.words.tokens import spans, tokens

Kind = Literal["organisation", "place", "date", "deadline", "amount", "symbol"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that text[start:end] mentions.

    `value` is what it means: a code of an organisation or place, an ISO 8601 date (year, month or day), an amount as
    "EUR 2500000", or a symbol in its usual form. `rule` names the rule that found it.
    """

    kind: Kind
    text: str
    value: str
    rule: str
    start: int
    end: int


class Known(NamedTuple):
    """A name to look for: the words, what they mean, and the rule to report ("name", "alias", "acronym")."""

    name: str
    value: str
    rule: str


class Names:
    """Names of one kind, compiled for one language; matched on stems, so that inflected names are found.

    In scripts with capitals a match must begin with one: "Chad" is a place, "chad" is not. An acronym must stand in
    capitals as it is written. The longest name wins. A name that means two things is left out: nothing is guessed.
    """

    def __init__(self, known: Iterable[Known], language: str) -> None:
        self.language = language
        meanings: dict[tuple[str, ...], dict[str, Known]] = {}
        for one in known:
            key = tuple(tokens(one.name, language))
            if key and len("".join(key)) > 1:
                meanings.setdefault(key, {}).setdefault(one.value, one)
        self._starts: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        for key, found in meanings.items():
            if len(found) == 1:
                self._starts.setdefault(key[0], []).append((key, next(iter(found.values()))))
        for rows in self._starts.values():
            rows.sort(key=lambda row: (-len(row[0]), row[1].name))

    def find(self, text: str, kind: Kind) -> Iterator[Mention]:
        """The mentions in a text of the language, in order, without overlaps."""
        found = spans(text, self.language)
        at = 0
        while at < len(found):
            step = 1
            for key, known in self._starts.get(found[at][0], ()):
                last = at + len(key)
                if tuple(token for token, _, _ in found[at:last]) != key:
                    continue
                start, end = found[at][1], found[last - 1][2]
                if _written_as_name(text[start:end], known):
                    yield Mention(kind, text[start:end], known.value, known.rule, start, end)
                    step = len(key)
                    break
            at += step


def _written_as_name(words: str, known: Known) -> bool:
    if known.rule == "acronym":
        return words == known.name
    first = words[0]
    return not first.islower() or not known.name[0].isupper()


def mentions(text: str, language: str, names: Mapping[Kind, Names]) -> tuple[Mention, ...]:
    """Everything a passage mentions, by start; `names` holds the organisations and places to look for."""
    found = [*_plain("symbol", symbols(text)), *_plain("amount", amounts(text, language))]
    for when in dates(text, language):
        kind: Kind = "deadline" if when.deadline else "date"
        found.append(Mention(kind, text[when.start : when.end], when.value, when.rule, when.start, when.end))
    taken = [(one.start, one.end) for one in found if one.kind == "symbol"]
    found = [one for one in found if one.kind == "symbol" or not _inside(one, taken)]
    for kind, known in names.items():
        found += [one for one in known.find(text, kind) if not _inside(one, taken)]
    found = _without_places_in_organisations(found)
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind)))


def _plain(kind: Kind, rows: Iterable[tuple[str, str, str, int, int]]) -> Iterator[Mention]:
    return (Mention(kind, *row) for row in rows)


def _inside(one: Mention, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in taken)


def _without_places_in_organisations(found: list[Mention]) -> list[Mention]:
    """A country's name inside an organisation's is part of that name."""
    bodies = [(one.start, one.end) for one in found if one.kind == "organisation"]
    return [one for one in found if one.kind != "place" or not _inside(one, bodies)]
