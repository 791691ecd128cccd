"""The organisations of a place are read, and no more: those that its record names, under the names that all have."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import commitments, networks, organisations, people, places
from tests.factories.people import OPERATOR
from tests.queries.world import DAY, World
from waymark.actions.commitments import Partner, agree_following, propose_following
from waymark.actions.facts import Paper
from waymark.actions.networks import MembershipFacts, admit
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.successions import SuccessionFacts, merge
from waymark.queries.organisations.reading import OrganisationBook, _naming, organisations_on
from waymark.records.actors import OPERATOR_VIEWER
from waymark.records.organisations import Organisation
from waymark.records.places import Place
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

READERS = {"public": PUBLIC, "network": network_viewer("qor-network"), "operator": OPERATOR_VIEWER}
BEFORE = SuccessionFacts(date=date(2024, 1, 1), act="Decree")


def abroad() -> Place:
    """A place beside Orvenia."""
    return Place.objects.get_or_create(code="XOF", defaults={"kind": "country", "name": {"en": "Farland"}})[0]


def far(code: str) -> Organisation:
    """A public body of another country."""
    return organisations.organisation(code, place=abroad(), name=f"Far {code}", classification="public")


def named(book: OrganisationBook, keys: set[int]) -> dict[int, tuple[str, str, int]]:
    """What the book says of some organisations: the name of the day, that of another day, and who carries on."""
    return {key: (book.name(key), book.name_on(key, date(2023, 6, 1)), book.carried_on_by(key)) for key in sorted(keys)}


def of_orvenia() -> set[int]:
    """The keys of all organisations that any row of the networks of Orvenia names."""
    found = set()
    for model, field in _naming():
        rows = model._default_manager.filter(keeper="qor-network", **{f"{field}__isnull": False})
        found |= set(rows.values_list(field, flat=True))
    return found


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_those_of_a_place_are_named_as_among_all(record: World, reader: Viewer) -> None:
    network = networks.network()
    there = networks.network("far-network", place=abroad())
    bodies = [far(f"far-{number}") for number in range(8)]
    for body in bodies[:4]:
        admit(by=OPERATOR, network=there, organisation=body, facts=MembershipFacts(role="member"))
    for old, new in ((4, 5), (5, 6)):
        merge(by=OPERATOR, organisations=[bodies[old]], into=bodies[new], facts=BEFORE)
    admit(by=OPERATOR, network=network, organisation=bodies[4], facts=MembershipFacts(role="member"))
    admit(by=OPERATOR, network=network, organisation=bodies[7], facts=MembershipFacts(role="partner"))
    merge(by=OPERATOR, organisations=[bodies[3]], into=bodies[7], facts=BEFORE)
    take_position(
        by=OPERATOR, on=record.advice["R1"], organisation=record.organisations["labour"],
        facts=PositionFacts(stance="supported"), paper=Paper(DAY, words="Letter"),
    )  # fmt: skip
    every, own = (organisations_on(DAY, reader, "en", place=place) for place in ("", "QOR"))
    assert named(own, of_orvenia()) == named(every, of_orvenia())
    assert own.views.items() <= every.views.items()
    chain = {bodies[number].pk for number in (3, 4, 5, 6, 7)}
    assert chain <= own.views.keys()
    assert {bodies[number].pk for number in (0, 1, 2)}.isdisjoint(own.views)


@pytest.mark.usefixtures("record")
def test_who_carries_what_a_network_here_follows_is_named() -> None:
    there = networks.network("far-network", place=abroad())
    item = commitments.commitment(
        "far-1", network=there, partners=[Partner(far("far-lead"), "lead")], classification="public"
    )
    assert far("far-lead").pk not in organisations_on(DAY, PUBLIC, "en", place="QOR").views
    chair = people.chair_of(there)
    following = propose_following(by=chair, commitment=item, network=networks.network())
    agree_following(by=people.bob(), following=following)
    assert far("far-lead").pk in organisations_on(DAY, PUBLIC, "en", place="QOR").views


@pytest.mark.usefixtures("record")
def test_bodies_elsewhere_cost_nothing() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            organisations_on(DAY, PUBLIC, "en", place="QOR")
        return len(seen)

    before = statements()
    assert before <= 3
    there = networks.network("far-network", place=abroad())
    for number in range(5):
        admit(by=OPERATOR, network=there, organisation=far(f"far-{number}"), facts=MembershipFacts(role="member"))
    assert statements() == before
    assert places.orvenia().pk
