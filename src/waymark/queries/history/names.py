"""What rows are called in a history, as far as the reader may know: never by a code or a global id."""

from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date
from types import MappingProxyType
from typing import Any

from waymark.gcm.language import format_date, join_list
from waymark.gcm.nouns import Noun
from waymark.gcm.places import by_code
from waymark.gcm.places import name as place_name
from waymark.gcm.wording import Slot, label_of, phrase
from waymark.queries.history.coded import coded
from waymark.queries.history.rows import NAMED, Row, read_rows, whole_of
from waymark.queries.history.within import models, noun_of
from waymark.queries.people.naming import Body, Held, may_name, posts_held
from waymark.queries.wording import in_language
from waymark.records.organisations import OrganisationName
from waymark.records.people import Duty
from waymark.records.viewers import PUBLIC, Viewer

LONGEST = 90
"""Signs of a text that names a row; the rest is cut off."""


def shortened(text: str) -> str:
    """A text of at most `LONGEST` signs, cut between words; a full stop at its end is left out."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text.removesuffix(".")
    return f"{text[: LONGEST - 1].rsplit(' ', 1)[0].rstrip(',;:.')}…"


class Names:
    """The names of rows for one reader, in one language. What was not learnt has no name.

    With `discreet`, bodies of society are not named: each is "a civil-society organisation".
    """

    def __init__(self, viewer: Viewer, language: str, *, discreet: bool = False) -> None:
        self.viewer, self.language, self.discreet = viewer, language, discreet
        self.rows: dict[str, Row] = {}
        self._asked: set[str] = set()
        self._held: dict[str, list[Held]] = {}
        self._names: dict[str, list[Mapping[str, Any]]] | None = None

    def learn(self, urns: Iterable[str]) -> None:
        """Read these rows, and those that their names are made of."""
        todo = {urn for urn in urns if noun_of(urn)} - self._asked
        while todo:
            self._asked |= todo
            new = read_rows(todo, self.viewer)
            self.rows |= {row.urn: row for row in new}
            persons = [row.urn for row in new if row.noun == "person"]
            if persons:
                self._held |= posts_held(persons)
            behind = {value for row in new for value in row.values.values() if isinstance(value, str)}
            behind |= {held.post for person in persons for held in self._held.get(person, ())}
            todo = {urn for urn in behind if noun_of(urn)} - self._asked
        self._names = None

    def gone(self, urn: str) -> bool:
        """Whether the row is no longer on record."""
        return bool(noun_of(urn)) and urn not in self.rows

    def is_readable(self, urn: str) -> bool:
        """Whether the row is there for the reader."""
        row = self.rows.get(urn)
        return row is not None and row.readable

    def may_read(self, urn: str) -> bool:
        """Whether the reader may read what the row says; of a person, also who it is."""
        row = self.rows.get(urn)
        if row is None or not row.readable:
            return False
        if row.noun == "change-proposal":  # it says what the row would say
            return self.gone(row.text("subject")) or self.may_read(row.text("subject"))
        if row.noun != "person":
            return True
        home = self.body(row.text("organisation"))
        return may_name(PUBLIC if self.discreet else self.viewer, row.text("keeper"), home, self._held.get(urn, ()))

    def body(self, urn: str) -> Body | None:
        """An organisation as the rule of persons asks for it."""
        row = self.rows.get(urn)
        return Body(row.text("code"), row.text("kind")) if row is not None else None

    def phrase(self, code: str, /, **slots: Slot) -> str:
        """A sentence, or part of one, in the language of the reader."""
        return phrase(f"history.{code}", **slots).words(self.language)

    def words(self, urn: str, on: date | None = None) -> str:
        """What a row is called on a day, as the value of a field."""
        noun, row = noun_of(urn), self.rows.get(urn)
        if not noun:
            return self.phrase("outside")
        if row is None:
            return self.phrase("gone", noun=Noun(noun))
        if noun in POSTS_AND_BODIES:
            return POSTS_AND_BODIES[noun](self, row, on)
        if not row.readable:
            return self.phrase("not_shown", noun=Noun(noun))
        if noun in SPECIAL:
            return SPECIAL[noun](self, row)
        return self.of_values(noun, row.get) or Noun(noun).words(self.language)

    def of_values(self, noun: str, value: Callable[[str], Any]) -> str:
        """The name that some values give a row, "" when they give none."""
        parts = [self._part(noun, field, value) for field in NAMED.get(noun, ())]
        return (" – " if noun == "tie" else ", ").join(dict.fromkeys(part for part in parts if part))

    def _part(self, noun: str, field: str, value: Callable[[str], Any]) -> str:
        held, model = value(field), models()[noun]
        if held in (None, "", {}, []):
            return ""
        if isinstance(held, dict):
            return f"“{shortened(in_language(held, self.language))}”"
        if field == "page":
            return self.phrase("page", page=held) if held.isdigit() else str(held)
        if isinstance(held, bool | int):
            return str(held)
        if noun_of(held):
            return self.words(held)
        if model._meta.get_field(field).get_internal_type() == "DateField":
            return format_date(held, self.language)
        return coded(noun, model, field, held, {}, self.language) or shortened(held)

    def row(self, urn: str, values: Mapping[str, Any], there: Set[str], on: date | None = None) -> str:
        """A row that an act told of, with its noun: as it is called, or for one that is gone as its values name it.

        What it lies in is named with it, unless that is `there`, where the reader looks already.
        """
        noun, row = noun_of(urn), self.rows.get(urn)
        called = self.words(urn, on) if row else self.of_values(noun, values.get)
        name = Noun(noun).words(self.language)
        words = f"{name}: {called}" if called and called != name else name
        whole = (row.get if row else values.get)(whole_of(noun))
        return self.phrase("in", part=words, whole=self.words(whole, on)) if whole and whole not in there else words

    def duty(self, row: Row) -> str:
        """The title of a post; its duty for who may not read the title, or where a body is not to be known by it."""
        body = self.body(row.text("organisation"))
        hidden = not row.readable or (self.discreet and body is not None and body.of_society)
        title = "" if hidden else in_language(row.get("title"), self.language)
        return title or label_of(Duty(row.text("duty"))).words(self.language)

    def many(self, urns: Iterable[str], on: date | None) -> str:
        """The names of several rows, each once, in one list."""
        return join_list(list(dict.fromkeys(self.words(urn, on) for urn in urns)), self.language)

    def posts_of(self, person: str, on: date | None) -> list[Held]:
        """The posts that a person held up to a day, the last one last; all of them when none had begun by then."""
        held = self._held.get(person, [])
        return [one for one in held if on is None or one.first is None or one.first <= on] or held

    def names_of(self, organisation: str) -> list[Mapping[str, Any]]:
        """The names of a body that the reader may read, in the order of their days; all bodies are read at once."""
        if self._names is None:
            self._names = {}
            bodies = [urn for urn, row in self.rows.items() if row.noun == "organisation"]
            rows = OrganisationName.objects.visible_to(self.viewer).filter(organisation__urn__in=bodies)
            fields = ("organisation__urn", "name", "from_date", "to_date", "end_unknown")
            for one in rows.order_by("from_date", "id").values(*fields):
                self._names.setdefault(one["organisation__urn"], []).append(one)
        return self._names.get(organisation, [])


def _organisation(names: Names, row: Row, on: date | None) -> str:
    """A body under its name of the day, else under the last one."""
    if names.discreet and Body(row.text("code"), row.text("kind")).of_society:
        return names.phrase("a_society")
    known = names.names_of(row.urn)
    if not row.readable or not known:
        return names.phrase("unnamed_body")
    of_day = [name for name in known if on is None or _held_on(name, on)]
    standing = [name for name in of_day if not name["end_unknown"]]
    return in_language((standing or of_day or known)[-1]["name"], names.language)


def _held_on(name: Mapping[str, Any], on: date) -> bool:
    first, last = name["from_date"], name["to_date"]
    return (first is None or first <= on) and (last is None or on <= last)


def _person(names: Names, row: Row, on: date | None) -> str:
    """A person by name, or by the post held on the day."""
    if names.may_read(row.urn):
        return in_language(row.get("name"), names.language)
    held = names.posts_of(row.urn, on)
    if held:
        return names.phrase("holder", post=names.words(held[-1].post, on))
    if row.get("organisation"):
        return names.phrase("person_of", organisation=names.words(row.text("organisation"), on))
    return names.phrase("nameless")


def _post(names: Names, row: Row, on: date | None) -> str:
    """A post by its title or duty, and whom it speaks for."""
    return names.phrase("post", post=names.duty(row), organisation=names.words(row.text("organisation"), on))


POSTS_AND_BODIES: Mapping[str, Callable[[Names, Row, date | None], str]] = MappingProxyType(
    {"organisation": _organisation, "person": _person, "post": _post}
)
"""What is named in some way to everybody who reads the event."""


def _passage(names: Names, row: Row) -> str:
    page = row.get("page")
    printed = row.text("page_label") or ("" if page is None or page < 0 else str(page + 1))
    where = names.phrase("page", page=printed) if printed else row.text("locator")
    return ", ".join(part for part in (names.words(row.text("document")), where) if part)


def _place(names: Names, row: Row) -> str:
    code = row.text("code")
    return place_name(code, names.language).text if code in by_code() else in_language(row.get("name"), names.language)


def _provision(names: Names, row: Row) -> str:
    kind = coded("provision", models()["provision"], "kind", row.text("kind"), {}, names.language)
    label = shortened(in_language(row.get("label") or row.get("title") or row.get("text"), names.language))
    numbered = " ".join(part for part in (kind, row.text("number")) if part)
    framework = names.rows.get(row.text("framework"))
    titled = framework is not None and framework.readable
    title = (
        in_language(framework.get("short_title") or framework.get("title"), names.language)
        if framework and titled
        else ""
    )
    return ": ".join(part for part in (", ".join(one for one in (title, numbered) if one), label) if part)


SPECIAL: Mapping[str, Callable[[Names, Row], str]] = MappingProxyType(
    {"passage": _passage, "place": _place, "provision": _provision}
)
"""Rows that are named by a function, once it is known that the reader may read them."""
