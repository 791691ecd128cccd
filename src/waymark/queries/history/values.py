"""What a field said before and after, in words; and what else an act told."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from babel.dates import get_day_names

from waymark.gcm.deeds import FACTS, REASONS
from waymark.gcm.fields import NO, YES, field_label
from waymark.gcm.indicators import TRAITS
from waymark.gcm.language import format_date, join_list, language_name, locale
from waymark.gcm.wording import Label, label
from waymark.queries.history.coded import coded, number
from waymark.queries.history.names import Names
from waymark.queries.history.views import FieldTold
from waymark.queries.history.within import models, noun_of
from waymark.queries.wording import in_language, spoken
from waymark.records.record import is_translated
from waymark.records.roles import Verb

Values = Mapping[str, Any]

PRINTS = (
    "hash",
    "content_hash",
    "dataset_hash",
    "receipt_hash",
    "sha256",
    "text_sha256",
    "fingerprint",
    "record_sha256",
)
"""Fields whose value is a fingerprint: its first signs are enough to tell two apart."""

NOT_TOLD_OF_NEW = frozenset({
    "code", "position", "parser", "media_type", "file_name", "fingerprint", "text_sha256", "receipt_hash", "start",
    "end", "m49", "iso2", "seen", "flags",
})  # fmt: skip
"""Fields of a new row that tell a reader nothing: addresses, orders, what programs noted."""

NEVER_TOLD = frozenset({"did", "log_at", "datasets"})
"""Fields in which an act notes what it did to other rows, or how things stood: the rows themselves are told."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def urns_in(value: Any) -> Iterator[str]:
    """The global ids of rows anywhere in plain data."""
    if isinstance(value, str):
        if noun_of(value):
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from urns_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from urns_in(inner)


LAST = ("classification", "source", "locator", "mark", "note", "paper", "paper_words", "paper_date")
"""Fields that are told after those of the noun itself: who may read it, and how it is known."""


@cache
def in_order(noun: str) -> tuple[str, ...]:
    """The fields of a noun in the order in which they are told; a database may keep them in another one."""
    model = models()[noun]
    names = [field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)]
    told = [name for name in names if name not in NEVER_TOLD]
    return (*(name for name in told if name not in LAST), *(name for name in LAST if name in told))


def _weekday(number: int, language: str) -> str:
    return str(get_day_names(locale=locale(language))[number - 1])


def _right(name: str, language: str) -> str:
    return label(Verb[name], language)


def _trait(code: str, _language: str) -> str:
    return TRAITS.get(code, code)


def _dimension(name: str, _language: str) -> str:
    return name.replace("_", " ")


LISTED: Mapping[str, Callable[[Any, str], str]] = MappingProxyType(
    {
        "languages": language_name,
        "working_week": _weekday,
        "quiet_days": format_date,
        "verbs": _right,
        "traits": _trait,
        "disaggregations": _dimension,
    }
)
"""Fields of several values → the words of one."""


class Fields:
    """The words of fields for one reader; the rows that values point to must have been learnt by `names`."""

    def __init__(self, names: Names) -> None:
        self.names, self.language = names, names.language

    def changes(self, noun: str, before: Values, after: Values, beside: Values, on: date) -> list[FieldTold]:
        """The fields that differ, in their words; words in several languages are told language by language.

        `beside` are other values of the row that the words lean on, such as the scale of a rating.
        """
        found: list[FieldTold] = []
        for field in (one for one in in_order(noun) if one in before or one in after):
            label = field_label(noun, field).words(self.language)
            if is_translated(models()[noun]._meta.get_field(field)):
                found += self._by_language(label, before.get(field) or {}, after.get(field) or {})
                continue
            if field == "currency" and "amount" in {*before, *after}:
                continue  # the amount names it
            then, now = (self.words(noun, field, {**beside, **values}, on) for values in (before, after))
            if then != now or before.get(field) != after.get(field):
                found.append(FieldTold(label, then, now))
        return [*found, *self._former(noun, before, after)]

    def _former(self, noun: str, before: Values, after: Values) -> Iterator[FieldTold]:
        """Fields that the noun had when they were logged, and has no more: what they said, where that is plain."""
        known = {*in_order(noun), *NEVER_TOLD}
        for field in sorted({*before, *after} - known):
            then, now = (values.get(field, "") for values in (before, after))
            words = [str(one) if isinstance(one, str | int) and not noun_of(str(one)) else "" for one in (then, now)]
            yield FieldTold(self.names.phrase("former_field"), *words)

    def _by_language(self, label: str, before: Values, after: Values) -> Iterator[FieldTold]:
        own = sorted({*before, *after}, key=lambda tag: (tag != self.language, tag))
        for tag in own:
            then, now = before.get(tag, ""), after.get(tag, "")
            if then != now:
                yield FieldTold(label, self._in(then, tag), self._in(now, tag))

    def _in(self, text: str, tag: str) -> str:
        """Words with the name of their language, where that is not the reader's."""
        if not text or tag == self.language:
            return text
        return self.names.phrase("in_language", words=text, language=language_name(tag, self.language))

    def words(self, noun: str, field: str, values: Values, on: date) -> str:
        """The value of a field that is not in several languages, "" when there is none."""
        value, model = values.get(field), models()[noun]
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, bool):
            return (YES if value else NO).words(self.language)
        if field in PRINTS:
            return f"{value[:12]}…" if isinstance(value, str) else str(len(value))
        kind = model._meta.get_field(field).get_internal_type()
        if kind == "DateField":
            return format_date(value, self.language)
        if kind in ("DecimalField", "FloatField"):
            return self._amount(field, values)
        if isinstance(value, list | dict):
            return self._many(noun, field, values, on)
        if noun_of(str(value)) or str(value).startswith("urn:waymark:"):
            return self.names.words(value, on)
        return coded(noun, model, field, str(value), values, self.language) or str(value)

    def _amount(self, field: str, values: Values) -> str:
        """A number, with its currency for an amount of money."""
        money = f" {values['currency']}" if field == "amount" and values.get("currency") else ""
        return f"{number(str(values[field]), self.language)}{money}"

    def _many(self, noun: str, field: str, values: Values, on: date) -> str:
        """Several things in one field: rows, files, round tables, proposed fields."""
        value = values[field]
        if field in LISTED:
            return join_list([LISTED[field](one, self.language) for one in value], self.language)
        if (noun, field) == ("change-proposal", "changes"):
            return self._proposed(noun_of(str(values.get("subject", ""))), value, on)
        if isinstance(value, dict):
            return "; ".join(self.names.words(one) if noun_of(str(one)) else str(one) for one in _leaves(value))
        if all(isinstance(one, str) and noun_of(one) for one in value):
            return self.names.many(value, on)
        named = [one.get("name") or one.get("title") or "" if isinstance(one, dict) else str(one) for one in value]
        return "; ".join(words for words in named if words)

    def _proposed(self, noun: str, changes: Values, on: date) -> str:
        """The fields that a proposal would change, each with what it would say."""
        if not noun:
            return ""
        told = self.changes(noun, {}, changes, {}, on)
        nothing = self.names.phrase("nothing")
        return "; ".join(f"{one.field}: {one.after or nothing}" for one in told)

    def facts(self, noun: str, changes: Values, known: list[Any], on: date) -> tuple[tuple[str, str], ...]:
        """What an act told that its rows do not say; `known` are all values in the rows."""
        found = []
        for key in (one for one in FACTS if one in changes):
            value = changes[key]
            if value in (None, "", [], {}, False):
                continue
            if (isinstance(value, dict) and value.keys() == {"before", "after"}) or _in_rows(value, known):
                continue
            found.append((Label("field", FACTS[key]).words(self.language), self._fact(noun, key, value, on)))
        return tuple(found)

    def _fact(self, noun: str, key: str, value: Any, on: date) -> str:
        if isinstance(value, dict):
            return in_language(value, self.language)
        if isinstance(value, list):
            rows = [one for one in value if isinstance(one, str) and noun_of(one)]
            return self.names.many(rows, on) if len(rows) == len(value) else "; ".join(map(str, value))
        if isinstance(value, bool):
            return YES.words(self.language)
        if noun_of(str(value)):
            return self.names.words(value, on)
        if DAY.fullmatch(str(value)):
            return format_date(value, self.language)
        if noun and key in {field.name for field in models()[noun]._meta.get_fields()}:
            return self.words(noun, key, {key: value}, on)
        return str(value)

    def why(self, changes: Values) -> str:
        """The reason that an act gave, in the reader's language or with the name of its own."""
        for key in REASONS:
            given = changes.get(key)
            if isinstance(given, dict) and given:
                words = in_language(given, self.language)
                own = given.get(self.language) == words
                return self._in(words, self.language if own else spoken(given, self.language))
            if isinstance(given, str) and given:
                return given
        return ""


def _in_rows(value: Any, known: list[Any]) -> bool:
    """Whether the rows say the same; a bare number could be the same by chance."""
    if isinstance(value, list):
        return bool(value) and all(_in_rows(one, known) for one in value)
    return not isinstance(value, bool | int) and value in known


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value not in (None, ""):
        yield value
