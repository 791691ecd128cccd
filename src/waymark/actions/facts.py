"""What is said of a row: one dataclass of facts per noun, used by the act that enters and the act that amends.

A field of the dataclass has the name of the row's field. Words are given as a plain text or by language; a list of
other records is written by the act itself, with `relate`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import JSONField

from waymark.actions.log import plain
from waymark.actions.storing import by_language
from waymark.gcm.errors import InputError
from waymark.records.actors import Actor
from waymark.records.documents import Document
from waymark.records.people import Person
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.record import Record, is_translated
from waymark.records.roles import Verb

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


def from_paper(by: Actor, kept: Record | None, paper: Paper | None) -> dict[str, Any]:
    """What a row that lies in `kept` says of the paper that it is entered from; nothing without one.

    Raises RefusedError for a document that the members of the network of `kept` do not read, InputError for a paper of
    a day that is still to come.
    """
    if paper is None:
        return {}
    if by.today is not None and paper.date > by.today:
        raise InputError.coded("paper.ahead", on=paper.date)
    check_within_reach(by, kept, paper.document)
    return paper.columns()


def paper_told(by: Actor, kept: Record | None, paper: Paper | None) -> dict[str, Any]:
    """The paper that something is entered from, for the log, where no row keeps it; nothing without one.

    Raises what `from_paper` raises.
    """
    known = from_paper(by, kept, paper)
    return {"paper": known["paper"] or known["paper_words"], "paper_date": known["paper_date"]} if known else {}


@dataclass(frozen=True, slots=True)
class Amendable:
    """How rows of a noun are corrected.

    `verb` is the right it takes in the network that keeps the row, or a check of who acts and the row where another
    right is asked. `check` refuses facts that the noun's own rules refuse, given the held row and the facts; `ask`
    refuses who may not correct it so, given who acts too. `follow` does what has to follow a correction or a
    withdrawal, given who acts and the row; `drafted` notes whose words a row now says, given it and the persons;
    `moved` what follows a correction, given also the facts as they were; `after` what follows once the log has it,
    with events of its own. `leave` comes before a withdrawal: it refuses one, or takes back what the row did. `lists`
    are the fields that point to several others. With `open` False nobody proposes a change of what others keep.
    """

    facts: type[Facts]
    verb: Verb | Callable[[Actor, Any], None]
    check: Callable[[Any, Any], None] | None = None
    follow: Callable[[Actor, Any], None] | None = None
    drafted: Callable[[Any, Sequence[Person]], None] | None = None
    lists: tuple[str, ...] = ()
    ask: Callable[[Actor, Any, Any], None] | None = None
    moved: Callable[[Actor, Any, Any], None] | None = None
    leave: Callable[[Actor, Any], None] | None = None
    after: Callable[[Actor, Any], None] | None = None
    open: bool = True

    def check_right(self, by: Actor, row: Record) -> None:
        """Refuse who may not correct a row."""
        if isinstance(self.verb, Verb):
            check_verb(by, self.verb, row)
        else:
            self.verb(by, row)


def check_named(by: Actor, kept: Record | None, facts: Facts, known: Facts | None = None) -> None:
    """Refuse facts of what a network keeps that name what its members do not read: naming it would show it to them.

    Given the facts that were `known` before, only what is named anew.
    """
    for one in fields(facts):
        before = _named_by(getattr(known, one.name, None))
        for named in _named_by(getattr(facts, one.name)):
            if named not in before:
                check_within_reach(by, kept, named)


def _named_by(value: Any) -> list[Record]:
    """The records that a fact names: one, or several."""
    return [one for one in (value if isinstance(value, tuple | list) else (value,)) if isinstance(one, Record)]


def take(row: R, facts: Facts) -> R:
    """Set on a row, new or held, everything that the facts say; nothing is stored yet."""
    for name, value in _own(row, facts).items():
        setattr(row, name, value)
    return row


def facts_of(row: Record, kind: type[F]) -> F:
    """What a row says now, as facts that can be changed with `dataclasses.replace` and given back to `amend`."""
    own = {field.name for field in row._meta.concrete_fields}
    lists = {field.name for field in row._meta.many_to_many}
    known: dict[str, Any] = {one.name: getattr(row, one.name) for one in fields(kind) if one.name in own}
    for one in fields(kind):
        if one.name in lists:
            known[one.name] = tuple(getattr(row, one.name).order_by("pk"))
    return kind(**known)


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
        return by_language(value)
    return plain(value) if isinstance(field, JSONField) else value
