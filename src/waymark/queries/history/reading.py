"""Reads the history of a row for one reader: what the log says of it, in words that the reader may read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from waymark.gcm.deeds import ANY_NOUN, DEEDS, DOORS, REASONS
from waymark.gcm.errors import NotFoundError
from waymark.gcm.language import base_language, format_date
from waymark.gcm.nouns import Noun
from waymark.gcm.wording import Label
from waymark.queries.history.entries import Change, Entry, entries_about
from waymark.queries.history.names import LONGEST, Names
from waymark.queries.history.phases import INNER, Phases, gate_of, told_fields
from waymark.queries.history.rows import BESIDE, NAMED, whole_of
from waymark.queries.history.values import NOT_TOLD_OF_NEW, Fields
from waymark.queries.history.views import History, Line, RowTold, Who, hour_of
from waymark.queries.history.within import models, noun_of, scope
from waymark.queries.people.naming import may_name_writer
from waymark.records.networks import Network
from waymark.records.viewers import Viewer
from waymark.records.visibility import STRICTNESS, strictest


def history_of(urn: str, viewer: Viewer, language: str, *, discreet: bool = False) -> History:
    """The history of the row with this global id, and of what lies in it, for a reader; the oldest line first.

    With `discreet`, bodies of society and their persons are not named to anybody. Raises NotFoundError for a row that
    is not there for this reader, and for a language that we do not print.
    """
    base_language(language)
    if not noun_of(urn):
        raise NotFoundError.coded("history.unknown", urn=urn)
    teller = _Teller(urn, viewer, language, discreet=discreet)
    lines = tuple(teller.lines())
    if not teller.is_there():
        raise NotFoundError.coded("history.unknown", urn=urn)
    return History(
        urn=urn,
        noun=Noun(noun_of(urn)).words(language),
        name=teller.name(),
        audience=viewer.audience,
        language=language,
        lines=lines,
    )


class _Teller:
    """Tells one history to one reader."""

    def __init__(self, urn: str, viewer: Viewer, language: str, *, discreet: bool) -> None:
        self.urn, self.viewer, self.language = urn, viewer, language
        self.names = Names(viewer, language, discreet=discreet)
        self.wanted = scope(urn)
        self.entries = entries_about(self.wanted)
        if noun_of(urn) in INNER:
            self.entries = entries_about(self.wanted | self._parents())
        self.names.learn([*self.wanted, *(one for entry in self.entries for one in entry.urns())])
        self.fields = Fields(self.names)
        self.phases = Phases(self.names)
        self.classes = _classes(self.entries)
        self.zone = self._zone()
        self.last: Change | None = None  # of a row that is gone, what was told of it last

    def _parents(self) -> frozenset[str]:
        """The report or contribution that the row lies in: when it was opened decides what is told of the row."""
        self.names.learn([self.urn])
        field, row = INNER[noun_of(self.urn)], self.names.rows.get(self.urn)
        told = [one.values.get(field) for entry in self.entries for one in entry.changes if one.urn == self.urn]
        return frozenset(str(one) for one in ([row.text(field)] if row else told) if one)

    def _zone(self) -> tzinfo:
        """The time zone of the network that keeps the row; UTC where none is known."""
        row = self.names.rows.get(self.urn)
        keeper = row.text("keeper") if row else next((entry.network for entry in reversed(self.entries)), "")
        name = Network.objects.filter(code=keeper).values_list("time_zone", flat=True).first()
        try:
            return ZoneInfo(name) if name else UTC
        except (ZoneInfoNotFoundError, ValueError):
            return UTC

    def is_there(self) -> bool:
        """Whether there is such a row for this reader; of one that is gone, whether the lines told of it."""
        return self.names.is_readable(self.urn) or self.last is not None

    def name(self) -> str:
        """What the row is called; for one that is gone, as the last words that were told name it."""
        if self.last is None or not self.names.gone(self.urn):
            return self.names.words(self.urn)
        return self.names.of_values(noun_of(self.urn), self.last.values.get)

    def lines(self) -> Iterable[Line]:
        """Every line that the reader may read."""
        for entry in self.entries:
            self.phases.follow(entry)
            line = self._line(entry)
            if line is not None:
                yield line

    def _line(self, entry: Entry) -> Line | None:
        asked = entry.subject in self.wanted
        readable = self._may_read_subject(entry)
        if entry.erased_on is not None:
            return self._erased(entry) if asked and readable else None
        changes = [one for one in entry.changes if asked or one.urn in self.wanted]
        told, kept_back = self.phases.told(changes)
        seen = [one for one in told if self._may_read_row(one, entry)]
        self.last = next((one for one in seen if one.urn == self.urn and self.names.gone(one.urn)), self.last)
        rows = [row for one in seen if (row := self._row(one, entry, told)) is not None]
        if not readable:
            return self._elsewhere(entry, rows) if rows else None
        if not (asked or rows or kept_back):
            return None
        hidden = kept_back + sum(told_fields(one) for one in told if one not in seen)
        open_now = self.phases.is_open(self._gate(entry))
        return Line(
            at=entry.at.astimezone(self.zone),
            when=self._when(entry),
            who=self._who(entry),
            door=self._door(entry),
            what=self._what(entry),
            about=self._about(entry),
            rows=tuple(rows),
            facts=self._facts(entry, told) if open_now else (),
            why=self.fields.why(entry.facts) if open_now else "",
            hidden=hidden,
        )

    def _gate(self, entry: Entry) -> str:
        """The report or contribution that an entry is about, or about what lies in it."""
        return gate_of(Change(entry.subject, {}, {}), self.names)

    def _erased(self, entry: Entry) -> Line:
        on = format_date(entry.erased_on.isoformat(), self.language) if entry.erased_on else ""
        return Line(
            at=entry.at.astimezone(self.zone),
            when=self._when(entry),
            who=None,
            door="",
            what=self._what(entry),
            about=self._about(entry),
            erased=self.names.phrase("erased", on=on, rule=entry.erased_rule),
        )

    def _elsewhere(self, entry: Entry, rows: list[RowTold]) -> Line:
        """The line of rows that changed with something that the reader may not read."""
        return Line(
            at=entry.at.astimezone(self.zone),
            when=self._when(entry),
            who=self._who(entry),
            door=self._door(entry),
            what=self.names.phrase("elsewhere"),
            about="",
            rows=tuple(rows),
        )

    # who may read

    def _may_read_subject(self, entry: Entry) -> bool:
        if self.names.gone(entry.subject):
            return self._may_read_gone(entry.subject, entry)
        return self.names.is_readable(entry.subject)

    def _may_read_row(self, change: Change, entry: Entry) -> bool:
        if self.names.gone(change.urn):
            return self._may_read_gone(change.urn, entry)
        return self.names.may_read(change.urn)

    def _may_read_gone(self, urn: str, entry: Entry) -> bool:
        """What is no longer on record is read by the members of the network that kept it, within its class."""
        if self.viewer.sees_all:
            return True
        kept = self.classes.get(urn, "network")
        if STRICTNESS.index(kept) < STRICTNESS.index("restricted"):
            return entry.network in self.viewer.networks
        return kept == "restricted" and entry.network in self.viewer.restricted

    # words

    def _when(self, entry: Entry) -> str:
        at = entry.at.astimezone(self.zone)
        day = format_date(at.date().isoformat(), self.language)
        return self.names.phrase("at", day=day, hour=hour_of(at))

    def _who(self, entry: Entry) -> Who:
        by, on = entry.by, entry.at.date()
        kind = by.get("kind", "")
        if kind == "holder":
            post = self.names.rows.get(by["post"])
            name = self.names.words(by["person"], on) if self.names.may_read(by["person"]) else ""
            duty = self.names.duty(post) if post is not None else self.names.words(by["post"])
            lender = self.names.rows.get(by.get("for_post", ""))
            if lender is not None:
                duty = self.names.phrase("acting_for", post=duty, lender=self.names.duty(lender))
            return Who(name, duty, self.names.words(by["for"], on))
        if kind == "operator" and by.get("name") not in ("", None, "operator"):
            return Who(self.names.phrase("operator_named", name=by["name"]))
        return Who(self.names.phrase({"operator": "operator", "system": "system"}.get(kind, "somebody")))

    def _door(self, entry: Entry) -> str:
        door = entry.by.get("door", "")
        if door in DOORS:
            return Label("door", DOORS[door]).words(self.language)
        return self.names.phrase("another_door") if door else ""

    def _what(self, entry: Entry) -> str:
        if entry.verb in DEEDS:
            return Label("log", DEEDS[entry.verb]).words(self.language)
        noun, _, last = entry.verb.rpartition(".")
        if last in ANY_NOUN and noun in models():
            return self.names.phrase(ANY_NOUN[last].removeprefix("history."), noun=Noun(noun))
        return self.names.phrase("unknown_act")

    def _about(self, entry: Entry) -> str:
        if entry.subject == self.urn:
            return ""
        values = next((one.values for one in entry.changes if one.urn == entry.subject), {})
        return self.names.row(entry.subject, values, self.wanted, entry.at.date())

    def _facts(self, entry: Entry, told: Sequence[Change]) -> tuple[tuple[str, str], ...]:
        sides = [side or {} for one in (*entry.changes, *told) for side in (one.before, one.after)]
        known = [value for side in sides for value in side.values()]
        flat = [one for value in known for one in (value if isinstance(value, list) else [value])]
        return self.fields.facts(noun_of(entry.subject), entry.facts, [*known, *flat], entry.at.date())

    def _row(self, change: Change, entry: Entry, together: Sequence[Change]) -> RowTold | None:
        noun = noun_of(change.urn)
        beside = {one.urn for one in together}
        there = {*self.wanted, entry.subject, *beside}
        if noun == "commitment-change" and change.values.get("commitment") in beside:
            return None  # the change of the state itself stands beside it
        how: Any = "entered" if change.before is None else "removed" if change.after is None else "changed"
        before, after = dict(change.before or {}), dict(change.after or {})
        whole = how != "changed"
        left_out = self._said_already(change, there) if whole else set()
        left_out |= self._not_for_reader(change)
        told = [*(entry.facts.get(key) for key in REASONS), entry.by.get("post"), entry.by.get("person")]
        given = [value for value in told if value]  # stands in the line itself
        for values in (before, after):
            for field in [*values]:
                if field in left_out or values[field] in given or _adds_only(change, field, given):
                    del values[field]
        fields = tuple(self.fields.changes(noun, before, after, self._living(change.urn), entry.at.date()))
        if how == "changed" and not fields:
            return None
        named = change.urn != entry.subject
        name = self.names.row(change.urn, change.values, there, entry.at.date()) if named else ""
        return RowTold(change.urn, name, how, fields)

    def _said_already(self, change: Change, there: set[str]) -> set[str]:
        """The fields of a whole row that its name says, or what it lies in; and those that tell a reader nothing."""
        noun, values = noun_of(change.urn), change.values
        around = [self.names.rows[one] for one in there if one in self.names.rows and one != change.urn]
        classes = [row.get("classification") for row in around]
        found = {"passage"} if noun in ("citation", "evidence") else set()  # its document and page name it
        found |= {field for field, value in values.items() if isinstance(value, str) and value in there - {change.urn}}
        if values.get("classification") in classes and models()[noun].contained_in:
            found.add("classification")
        named = (*NAMED.get(noun, ()), whole_of(noun)) if noun != "provision" else _naming_provision(values)
        return found | NOT_TOLD_OF_NEW | {field for field in named if _short(values.get(field))}

    def _not_for_reader(self, change: Change) -> set[str]:
        """Who wrote a contribution is not for everybody who reads it."""
        if noun_of(change.urn) != "contribution":
            return set()
        row = self.names.rows.get(change.urn)
        values = {**(row.values if row else {}), **change.values}
        body = self.names.body(str(values.get("organisation")))
        named = may_name_writer(self.viewer, values, row.text("keeper") if row else "", body)
        return set() if named else {"name", "organisation"}

    def _living(self, urn: str) -> dict[str, Any]:
        """What the words of other fields of a row lean on: its scale, its currency, what it is about."""
        row = self.names.rows.get(urn)
        return {field: row.get(field) for field in BESIDE} if row else {}


def _naming_provision(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of a provision that its name says."""
    words = next((field for field in ("label", "title", "text") if values.get(field)), "")
    return ("kind", "number", words, "framework")


def _adds_only(change: Change, field: str, given: Sequence[Any]) -> bool:
    """Whether a list of rows has become longer by those only that the line names."""
    before, after = ((side or {}).get(field) or [] for side in (change.before, change.after))
    if not isinstance(before, list) or not isinstance(after, list):
        return False
    return all(one in after for one in before) and all(one in before or one in given for one in after) and bool(after)


def _short(value: Any) -> bool:
    """Whether a name says the whole of a value."""
    if isinstance(value, dict):
        return len(value) == 1 and len(next(iter(value.values()))) <= LONGEST
    return not isinstance(value, str) or len(value) <= LONGEST


def _classes(entries: Iterable[Entry]) -> dict[str, str]:
    """The strictest class that the log knows of each row."""
    found: dict[str, str] = {}
    for entry in entries:
        for change in entry.changes:
            for side in (change.before, change.after):
                if side and side.get("classification"):
                    found[change.urn] = strictest(found.get(change.urn, "public"), side["classification"])
    return found
