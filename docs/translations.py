"""Brings the files of translations up to date with the words in the code; what is translated already stays.

The words are the catalogue of refusals and rules, the nouns, the names of fields, the sentences of the log, and the
labels of all closed lists. They are collected from the program itself, not by reading its source, so nothing depends
on how a word is written down.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from enum import Enum
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.db.models import TextChoices

import waymark.records
from waymark.gcm.deeds import COLUMNS, DEEDS, DOORS, FACTS, HOW
from waymark.gcm.fields import field_labels
from waymark.gcm.lists import ClosedList
from waymark.gcm.nouns import NOUNS
from waymark.gcm.sentences import Given, Plural
from waymark.gcm.translations import DOMAIN, LOCALE
from waymark.gcm.wording import CATALOGUE, Label, label_of
from waymark.records.roles import Verb
from waymark.records.states import TABLES, act_label, state_label

ACTORS = ("operator", "system", "anonymous", "holder")


def closed_lists() -> list[type[Enum]]:
    """Every closed list of the record."""
    for module in pkgutil.iter_modules(waymark.records.__path__):
        importlib.import_module(f"waymark.records.{module.name}")
    own = [kind for kind in TextChoices.__subclasses__() if kind.__module__.startswith("waymark.")]
    return [*sorted([*own, *ClosedList.__subclasses__()], key=lambda kind: kind.__name__), Verb]


def labels() -> Iterator[Label]:
    """Every word of a closed list that people see, each once."""
    found = [label_of(member) for kind in closed_lists() for member in kind]
    found += [state_label(state) for table in TABLES.values() for state in table]
    found += [act_label(act) for table in TABLES.values() for acts in table.values() for act in acts]
    found += field_labels()
    found += [Label("log", words) for words in DEEDS.values()] + [Label("field", words) for words in FACTS.values()]
    found += [Label("door", words) for words in DOORS.values()]
    found += [Label("history", words) for words in (*COLUMNS, *HOW.values())]
    found += [Label("actor", kind) for kind in ACTORS] + [Label("day", "an unknown day"), Label("list", "none")]
    yield from dict.fromkeys(found)


def template() -> Catalog:
    """All words to be translated, in a fixed order."""
    words = Catalog(charset="utf-8")
    for code, wording in CATALOGUE.items():
        if isinstance(wording, Plural):
            words.add((wording.one, wording.many), auto_comments=[code])
        else:
            for part in wording.parts() if isinstance(wording, Given) else (wording,):
                words.add(part, auto_comments=[code])
    for names in NOUNS.values():
        words.add(names, context="noun")
    for label in labels():
        words.add(label.english, context=label.context)
    return words


def updated(language: str) -> str:
    """The file of a language with the words of today: new ones empty, those no longer used set aside."""
    with (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po").open(encoding="utf-8") as file:
        words = read_po(file, locale=language)
    words.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    _take_up_again(words)
    text = BytesIO()
    write_po(text, words, width=100)
    return text.getvalue().decode()


def _take_up_again(words: Catalog) -> None:
    """Words that came back get their former translation; what was set aside without one is let go."""
    for message in words:
        first = message.id[0] if isinstance(message.id, tuple) else message.id
        former = words.obsolete.pop((first, message.context) if message.context else first, None)
        if former is not None and not any(message.string):
            message.string = former.string
    for key in [key for key, message in words.obsolete.items() if not any(message.string)]:
        del words.obsolete[key]


def georgian() -> str:
    """The Georgian file."""
    return updated("ka")
