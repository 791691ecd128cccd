"""Words for people in any language: phrases of the catalogue with their slots filled, and labels of closed lists.

The catalogue (`gcm/refusals.py`, `gcm/constraints.py`) holds English sentences under codes; their translations are read
by gettext (`gcm/translations.py`). The language is always an argument: nothing here knows who reads.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias, cast

from waymark.gcm.constraints import CONSTRAINTS
from waymark.gcm.deeds import LINES
from waymark.gcm.refusals import REFUSALS
from waymark.gcm.sentences import Given, Plural, Wording
from waymark.gcm.translations import translation

SLOT = re.compile(r"\{(\w+)\}")
"""A slot of a sentence; it is filled with words and never read as code."""


class Sayable(Protocol):
    """Something that has words in every language."""

    def words(self, language: str = "en") -> str:
        """The words in `language`, in English where that is not known."""
        ...


Slot: TypeAlias = str | int | float | date | Sayable | Enum | Sequence[Any] | None
"""What fills a slot: words as they are, a number, a day (None: not known), something with words of its own, a member
of a closed list, or several of these, which are joined by commas."""


@dataclass(frozen=True)
class Phrase:
    """A sentence of the catalogue with what fills its slots; also itself something that fills a slot."""

    code: str
    slots: Mapping[str, Slot]

    def words(self, language: str = "en") -> str:
        """The sentence in `language`, in English where that is not known."""
        found = CATALOGUE[self.code]
        texts = translation(language)
        if isinstance(found, Plural):
            number = cast(int, self.slots[found.by])
            return filled(texts.ngettext(found.one, found.many, number), self.slots, language)
        if isinstance(found, Given):
            raise TypeError(f"{self.code} is the refusal of a value: raise InputError.coded")
        return filled(texts.gettext(found), self.slots, language)


def phrase(code: str, /, **slots: Slot) -> Phrase:
    """A sentence of the catalogue to fill the slot of another."""
    return Phrase(code, slots)


@dataclass(frozen=True, slots=True)
class Label:
    """A word of a closed list; `context` is the list, so that equal words of two lists are translated apart."""

    context: str
    english: str

    def words(self, language: str = "en") -> str:
        """The word in `language`, in English where that is not known."""
        return translation(language).pgettext(self.context, self.english)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Things of which one is meant: "a, b or c"."""

    things: Sequence[Slot]

    def words(self, language: str = "en") -> str:
        """The list in `language`."""
        from babel import Locale
        from babel.lists import format_list

        base = language.replace("_", "-").split("-", 1)[0].lower()
        names = [slot_words(thing, language) for thing in self.things]
        return str(format_list(names, style="or", locale=Locale.parse("en_GB" if base == "en" else base)))


def label(member: Enum, language: str = "en") -> str:
    """What a member of a closed list is called: its `label` (its value where it has none) in `language`."""
    return label_of(member).words(language)


def label_of(member: Enum) -> Label:
    """The label of a member of a closed list; its context is the name of the list's class."""
    return Label(type(member).__name__, str(getattr(member, "label", member.value)))


def slot_words(thing: Slot, language: str) -> str:
    """What fills a slot, in words."""
    if thing is None:
        return Label("day", "an unknown day").words(language)
    if isinstance(thing, Enum):
        return label(thing, language)
    if isinstance(thing, str | int | float):
        return str(thing)
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, Sequence):
        if not thing:
            return Label("list", "none").words(language)
        return ", ".join(slot_words(part, language) for part in thing)
    return thing.words(language)


def filled(text: str, slots: Mapping[str, Slot], language: str) -> str:
    """`text` with its slots filled. Raises KeyError for a slot that nothing fills."""
    return SLOT.sub(lambda match: slot_words(slots[match[1]], language), text)


def given_words(code: str, slots: Mapping[str, Slot], language: str) -> Given:
    """The four parts of the refusal of a value."""
    found = CATALOGUE[code]
    if not isinstance(found, Given):
        raise TypeError(f"{code} is no refusal of a value: raise RefusedError")
    texts = translation(language)
    return Given(*(filled(texts.gettext(part), slots, language) for part in found.parts()))


def sentence(words: str) -> str:
    """`words` ended by one full stop, so that joined parts read as sentences."""
    words = " ".join(words.split())
    return words if words.endswith((".", "?", ":")) else f"{words}."


CATALOGUE: Mapping[str, Wording] = MappingProxyType(
    {**REFUSALS, **LINES, **{f"constraint.{name}": words for name, words in CONSTRAINTS.items()}}
)
"""Every wording by its code: refusals, lines of histories, and the rules of the database as `constraint.<name>`."""


def slots_of(words: Wording) -> frozenset[str]:
    """The names of the slots of a wording."""
    if isinstance(words, Plural):
        return frozenset({*SLOT.findall(words.one), *SLOT.findall(words.many), words.by})
    texts = words.parts() if isinstance(words, Given) else (words,)
    return frozenset(name for text in texts for name in SLOT.findall(text))
