"""What is said of a row: one dataclass of facts per noun, used by the act that enters and the act that amends.

A field of the dataclass has the name of the row's field. Words are given as a plain text or by language; a list of
other records is written by the act itself, with `relate`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import JSONField

from waymark.actions.log import plain
from waymark.actions.storing import said
from waymark.gcm.errors import InputError
from waymark.records.actors import Actor
from waymark.records.documents import Document
from waymark.records.permissions import Verb
from waymark.records.record import Record, is_translated

R = TypeVar("R", bound=Record)
F = TypeVar("F", bound="Facts")

Words = str | dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every row may say: who may read it, where its fact is from and how well it is known.

    A `classification` of "" is that of its noun for a new row, and stays as it is for one on record.
    """

    classification: str = ""
    source: str = ""
    locator: str = ""
    mark: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.mark in ("verified", "secondary") and not self.source:
            raise InputError.coded("mark.without_source", mark=self.mark)


@dataclass(frozen=True, slots=True)
class Paper:
    """From what something is entered for a body: a document on record, or words that name a paper; and its day."""

    date: date
    document: Document | None = None
    words: str = ""

    def __post_init__(self) -> None:
        if self.document is None and not self.words:
            raise InputError.coded("paper.not_named")

    def columns(self) -> dict[str, Any]:
        """As a row keeps it (`records.record.FromPaper`)."""
        return {"paper": self.document, "paper_words": self.words, "paper_date": self.date}


@dataclass(frozen=True, slots=True)
class Amendable:
    """How rows of a noun are corrected.

    `check` refuses facts that the noun's own rules refuse, given the held row and the facts; `ask` refuses who may not
    correct it so, given who acts too. `follow` does what has to follow a correction or a withdrawal, given who acts and
    the row; `moved` what follows a correction, given also the facts as they were; `after` what follows once the log has
    it, with events of its own. `leave` comes before a withdrawal: it refuses one, or takes back what the row did.
    `lists` are the fields that point to several others. `verb` may depend on the row. With `open` False nobody proposes
    a change of what others keep.
    """

    facts: type[Facts]
    verb: Verb | Callable[[Any], Verb]
    check: Callable[[Any, Any], None] | None = None
    follow: Callable[[Actor, Any], None] | None = None
    lists: tuple[str, ...] = ()
    ask: Callable[[Actor, Any, Any], None] | None = None
    moved: Callable[[Actor, Any, Any], None] | None = None
    leave: Callable[[Actor, Any], None] | None = None
    after: Callable[[Actor, Any], None] | None = None
    open: bool = True

    def verb_for(self, row: Any) -> Verb:
        """The right that it takes to correct a row."""
        return self.verb if isinstance(self.verb, Verb) else self.verb(row)


def take(row: R, facts: Facts) -> R:
    """Set on a row, new or held, everything that the facts say; nothing is stored yet."""
    for name, value in _own(row, facts).items():
        setattr(row, name, value)
    return row


def facts_of(row: Record, kind: type[F]) -> F:
    """What a row says now, as facts that can be changed with `dataclasses.replace` and given back to `amend`."""
    known = {field.name for field in row._meta.concrete_fields}
    several = {field.name for field in row._meta.many_to_many}
    said_now = {one.name: getattr(row, one.name) for one in fields(kind) if one.name in known}
    said_now |= {one.name: tuple(getattr(row, one.name).all()) for one in fields(kind) if one.name in several}
    return kind(**said_now)


def given(facts: F, changes: Mapping[str, Any]) -> F:
    """The facts with some fields changed. Raises InputError for a field that the noun does not have."""
    names = {one.name for one in fields(facts)}
    for name in changes:
        if name not in names:
            raise InputError.coded("facts.unknown_field", field=name, known=tuple(sorted(names)))
    return replace(facts, **changes)


def _own(row: Record, facts: Facts) -> dict[str, Any]:
    """Field of the row → value, words by language, for the fields that the row has itself."""
    concrete = {field.name: field for field in row._meta.concrete_fields}
    found = {}
    for one in fields(facts):
        value = getattr(facts, one.name)
        if one.name not in concrete or (one.name == "classification" and not value):
            continue
        found[one.name] = _kept(concrete[one.name], value)
    return found


def _kept(field: Any, value: Any) -> Any:
    """A fact as its field keeps it: words by language, a list of days or codes as plain data."""
    if is_translated(field):
        return said(value)
    return plain(value) if isinstance(field, JSONField) else value
