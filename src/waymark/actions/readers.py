"""Who is named to read what is strictly confidential."""

from collections.abc import Sequence

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.people import NamedReader, Person
from waymark.records.permissions import Verb, check_verb
from waymark.records.record import Record


@act
def name_readers(*, by: Actor, record: Record, persons: Sequence[Person]) -> None:
    """Name the persons who may read a strictly confidential record, besides those already named."""
    check_verb(by, Verb.MANAGE_PEOPLE, record)
    if by.person is not None and any(person.pk == by.person.pk for person in persons):
        raise RefusedError("reader.names_himself", record=record.code)
    for person in persons:
        NamedReader.objects.get_or_create(urn=record.urn, person=person)
    log(by, "record.readers.named", record, persons=list(persons))
