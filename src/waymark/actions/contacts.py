"""How a person or a network is reached: entered and corrected by officers, and by the person."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, take
from waymark.actions.log import log
from waymark.actions.storing import free_code, fresh, store
from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.language import is_language
from waymark.gcm.zones import is_zone
from waymark.records.actors import Actor
from waymark.records.contacts import Contact
from waymark.records.networks import Network
from waymark.records.people import Person
from waymark.records.permissions import check_verb, in_office
from waymark.records.roles import Verb

PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{3,38}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts(Facts):
    """The address, the telephone, the language to write in, and the time zone by its IANA name."""

    email: str = ""
    phone: str = ""
    language: str = ""
    time_zone: str = ""

    def __post_init__(self) -> None:
        Facts.__post_init__(self)
        if self.email and not _is_address(self.email):
            raise InputError.coded("contact.no_address", address=repr(self.email))
        if self.phone and not PHONE.fullmatch(self.phone):
            raise InputError.coded("contact.no_phone", phone=repr(self.phone))
        if self.language and not is_language(self.language):
            raise InputError.coded("network.unknown_language", language=repr(self.language))
        if self.time_zone and not is_zone(self.time_zone):
            raise InputError.coded("network.unknown_zone", zone=repr(self.time_zone))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@act
def enter_contact(*, by: Actor, of: Person | Network, facts: ContactFacts) -> Contact:
    """Enter how a person or a network is reached; each has one contact, which is corrected from then on."""
    fresh(of)
    person, network = (of, None) if isinstance(of, Person) else (None, of)
    row = Contact(code=free_code(Contact, f"{of.noun}.{of.code}"), person=person, network=network)
    _check_right(by, row)
    if of.contacts.standing().exists():
        raise RefusedError("contact.there_already", of=of.code)
    store(take(row, facts))
    log(by, "contact.entered", row)
    return row


def _check_right(by: Actor, row: Contact) -> None:
    """Refuse who is neither the person, in office, nor an officer of the network that keeps the person."""
    if row.network is not None:
        check_verb(by, Verb.MANAGE_NETWORK, row.network)
        return
    himself = by.holding is not None and by.delegation is None and by.holding.person_id == row.person_id
    if himself and by.holding is not None and in_office(by.holding, by.today):
        return
    check_verb(by, Verb.MANAGE_PEOPLE, row.person)


AMENDS = {Contact.noun: Amendable(ContactFacts, _check_right, open=False)}
"""How what stands here is corrected. A proposal would show the address to others, so there is none."""
