from dataclasses import replace
from datetime import date
from typing import Any

from tests.factories.facts import asked
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from waymark.actions.amending import amend
from waymark.actions.appointments import HoldingFacts, appoint, confirm_appointment
from waymark.actions.facts import Paper, facts_of
from waymark.actions.people import PersonFacts, PostFacts, create_post, enter_person
from waymark.records.actors import Actor
from waymark.records.appointing import FIRST, holders_of
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.people import Duty, Person, Post, PostHolding

TODAY = date(2026, 6, 1)
"""The door's day on which the holders of the tests act."""

OPERATOR = Actor.operator(today=TODAY)
PAPER = Paper(date(2020, 1, 2), words="Letter 1 of the founding meeting")
"""From which the first co-chair and officer of a network are entered."""


def on(day: date, actor: Actor) -> Actor:
    """The same person in the same post on another day of the door's clock."""
    return replace(actor, today=day)


def person(code: str = "alice", within: Network | None = None, **fields: Any) -> Person:
    """Somebody whom the network keeps."""
    row = Person.objects.filter(code=code).first()
    given = {"name": code.title(), "keeper": within or network()} | fields
    return row or enter_person(by=Actor.operator(), code=code, **asked(PersonFacts, given))


def known_to_all(who: Person) -> Person:
    """The same person, whom other networks may appoint too, as their name is public."""
    facts = replace(facts_of(who, PersonFacts), classification="public")
    amend(by=OPERATOR, row=who, facts=facts, reason="Named in the gazette")
    return who


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
    """Somebody in a post of `duty` for `body`, appointed by whom it takes."""
    place = within or network()
    seat = post(f"{duty}-{body.code}-{place.code}", duty, body, place)
    holding = seat.holdings.open().filter(person__code=who).first()
    return Actor.holder(holding or appointed(seat, person(who, place), place), TODAY)


def appointed(seat: Post, who: Person, place: Network, **fields: Any) -> PostHolding:
    """An appointment in force: the first co-chair and officer from a paper, others entered, and confirmed if asked."""
    given = asked(HoldingFacts, fields)
    if seat.duty in FIRST and not holders_of(seat.duty, place.code, TODAY):
        return appoint(by=OPERATOR, post=seat, person=who, paper=PAPER, **given)
    holding = appoint(by=officer_of(place), post=seat, person=who, **given)
    if holding.state == "waiting":
        confirm_appointment(by=replace(chair_of(place, other_than=who), today=PAPER.date), holding=holding)
    return holding


def officer_of(place: Network) -> Actor:
    """The first officer of a network."""
    known = holders_of(Duty.SECRETARIAT_OFFICER, place.code, TODAY)
    name = {"qor-network": "bob", "other-network": "charlie"}.get(place.code, f"officer-of-{place.code}")
    return Actor.holder(known[0], TODAY) if known else holder(name, "secretariat_officer", secretariat(), place)


def chair_of(place: Network, other_than: Person | None = None) -> Actor:
    """The first co-chair of a network, or a second one when the first is meant herself."""
    known = holders_of(Duty.CO_CHAIR, place.code, TODAY)
    others = [row for row in known if row.person != other_than]
    if others:
        return Actor.holder(others[0], TODAY)
    if known:
        return holder(f"second-chair-of-{place.code}", "co_chair", organisation("min-chair"), place)
    name = {"qor-network": "dora"}.get(place.code, f"chair-of-{place.code}")
    return holder(name, "co_chair", secretariat(), place)


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
