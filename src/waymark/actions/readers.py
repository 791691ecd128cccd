"""Who is named to read what is strictly confidential."""

from collections.abc import Iterator, Sequence

from waymark.actions.acts import act
from waymark.actions.facts import Words
from waymark.actions.log import log
from waymark.actions.storing import by_language, fresh, held, touched
from waymark.gcm.errors import RefusedError
from waymark.gcm.lists import Classification
from waymark.gcm.nouns import Noun
from waymark.records.actors import Actor
from waymark.records.people import NamedReader, Person
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.record import Record
from waymark.records.roles import Verb
from waymark.records.visibility import containers, lying_in

STRICT = Classification.STRICTLY_CONFIDENTIAL


@act
def name_readers(*, by: Actor, record: Record, persons: Sequence[Person]) -> None:
    """Name the persons who may read a strictly confidential record, besides those already named.

    What it lies in may be strictly confidential too: its readers are named there first.
    """
    held(record)
    check_verb(by, Verb.MANAGE_PEOPLE, record)
    if any(person.pk in by.persons for person in persons):
        raise RefusedError("reader.names_himself", record=record.code)
    for person in persons:
        check_within_reach(by, record, person)
        _check_named_above(record, person)
    new = [person for person in persons if not _is_named(record, person)]
    for person in new:
        NamedReader.objects.create(urn=record.urn, person=person)
    if new:
        touched(record)
    log(by, "record.readers.named", record, persons=list(persons))


@act
def dismiss_readers(*, by: Actor, record: Record, persons: Sequence[Person], reason: Words) -> None:
    """Take persons from the readers of a record, and of what lies in it."""
    held(record)
    check_verb(by, Verb.MANAGE_PEOPLE, record)
    if not reason:
        raise RefusedError("reader.without_reason", record=record.code)
    for person in persons:
        if not _is_named(record, person):
            raise RefusedError("reader.not_named", person=person.code, record=record.code)
    for row in (record, *(fresh(one) for one in _lying_below(record))):
        gone = NamedReader.objects.filter(urn=row.urn, person__in=persons)
        if gone.exists():
            gone.delete()
            touched(row)
    log(by, "record.readers.dismissed", record, persons=list(persons), reason=by_language(reason))


def keep_named(record: Record) -> list[Record]:
    """Of what lies in a record that became strictly confidential, take the readers who are not named for the record.

    Part of a correction. Returns the rows that lost a reader.
    """
    if record.classification != STRICT:
        return []
    named = NamedReader.objects.filter(urn=record.urn).values("person")
    lost = []
    for row in _lying_below(record):
        gone = NamedReader.objects.filter(urn=row.urn).exclude(person__in=named)
        if gone.exists():
            gone.delete()
            lost.append(touched(fresh(row)))
    return lost


def _is_named(record: Record, person: Person) -> bool:
    return NamedReader.objects.filter(urn=record.urn, person=person).exists()


def _has_readers(record: Record) -> bool:
    """Whether readers are named for a record: it is strictly confidential itself, or lies in two such."""
    return record.classification == STRICT or record.sealed_by == record.urn


def _check_named_above(record: Record, person: Person) -> None:
    for one in containers(record):
        if _has_readers(one) and not _is_named(one, person):
            raise RefusedError(
                "reader.not_named_above", person=person.code, noun=Noun(one.noun), row=one.code, record=record.code
            )
        _check_named_above(one, person)


def _lying_below(record: Record) -> Iterator[Record]:
    """The rows with readers of their own that lie in a record, however deep."""
    for model, path in lying_in(type(record)):
        for row in model._default_manager.filter(**{path: record}):
            if _has_readers(row):
                yield row
            yield from _lying_below(row)
