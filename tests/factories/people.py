from datetime import date
from typing import Any

from tests.factories.facts import asked
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from waymark.actions.appointments import HoldingFacts, appoint
from waymark.actions.people import PersonFacts, PostFacts, create_post, enter_person
from waymark.records.actors import Actor
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post

TODAY = date(2026, 6, 1)
"""The door's day on which the holders of the tests act."""


def person(code: str = "alice", within: Network | None = None, **fields: Any) -> Person:
    """Somebody whom the network keeps."""
    row = Person.objects.filter(code=code).first()
    given = {"name": code.title(), "keeper": within or network()} | fields
    return row or enter_person(by=Actor.operator(), code=code, **asked(PersonFacts, given))


def post(code: str, duty: str, body: Organisation, within: Network | None = None, **fields: Any) -> Post:
    row = Post.objects.filter(code=code).first()
    if row is not None:
        return row
    return create_post(
        by=Actor.operator(),
        code=code,
        network=within or network(),
        facts=PostFacts(organisation=body, duty=duty, **fields),
    )


def holder(who: str, duty: str, body: Organisation, within: Network | None = None) -> Actor:
    """Somebody in a post of `duty` for `body`."""
    held = post(f"{duty}-{body.code}-{(within or network()).code}", duty, body, within)
    holding = held.holdings.open().filter(person__code=who).first()
    if holding is None:
        holding = appoint(by=Actor.operator(), post=held, person=person(who, within), facts=HoldingFacts())
    return Actor.holder(holding, TODAY)


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
