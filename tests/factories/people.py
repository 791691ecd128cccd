from datetime import date
from typing import Any

from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from waymark.actions.people import appoint, create_post, enter_person
from waymark.records.actors import Actor
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post

TODAY = date(2026, 6, 1)
"""The door's day on which the holders of the tests act."""


def person(code: str = "alice", **fields: Any) -> Person:
    row = Person.objects.filter(code=code).first()
    return row or enter_person(by=Actor.operator(), code=code, **({"name": code.title()} | fields))


def post(code: str, duty: str, body: Organisation, within: Network | None = None, **fields: Any) -> Post:
    row = Post.objects.filter(code=code).first()
    if row is not None:
        return row
    return create_post(
        by=Actor.operator(), code=code, organisation=body, duty=duty, network=within or network(), **fields
    )


def holder(who: str, duty: str, body: Organisation, within: Network | None = None) -> Actor:
    """Somebody in a post of `duty` for `body`."""
    held = post(f"{duty}-{body.code}-{(within or network()).code}", duty, body, within)
    holding = held.holdings.open().filter(person__code=who).first()
    return Actor.holder(holding or appoint(by=Actor.operator(), post=held, person=person(who)), TODAY)


def alice() -> Actor:
    """The focal point of the Ministry of Justice."""
    return holder("alice", "focal_point", organisation())


def bob() -> Actor:
    """The officer of the secretariat."""
    return holder("bob", "secretariat_officer", secretariat())


def charlie() -> Actor:
    """Secretariat officer of another network: here an outsider who must be kept out."""
    return holder("charlie", "secretariat_officer", secretariat(), network("other-network"))


def dora() -> Actor:
    """The co-chair."""
    return holder("dora", "co_chair", secretariat())


def emil() -> Actor:
    """The validator of the Ministry of Justice."""
    return holder("emil", "validator", organisation())


def fatima() -> Actor:
    """The reporter of a civil society organisation."""
    return holder("fatima", "civil_society_reporter", society())
