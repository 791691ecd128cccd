"""What follows from a row and what it lies in is kept with it: its keeper, the class that holds, whether it stands."""

from dataclasses import replace

import pytest
from django.apps import apps

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import bob, person
from tests.factories.reports import accepted
from tests.factories.world import world
from waymark.actions.amending import amend, withdraw
from waymark.actions.commitments import CommitmentFacts
from waymark.actions.facts import facts_of
from waymark.actions.readers import name_readers
from waymark.gcm.lists import Classification
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.editions import Edition
from waymark.records.record import Record
from waymark.records.reports import Evidence, ProgressReport
from waymark.records.viewers import Viewer, network_viewer
from waymark.records.visibility import SETTLED, lying_in, settle

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()
NOUNS = [model for model in apps.get_app_config("records").get_models() if issubclass(model, Record)]


def unsettled() -> list[str]:
    """The rows whose settled columns are not what follows from them."""
    found = []
    for model in NOUNS:
        for row in model._default_manager.all():
            kept = [getattr(row, name) for name in SETTLED]
            settle(row)
            if kept != [getattr(row, name) for name in SETTLED]:
                found.append(row.urn)
    return found


def inside(row: Record) -> set[str]:
    """The rows that lie in a row, however deep."""
    found: set[str] = set()
    for model, path in lying_in(type(row)):
        for one in model._default_manager.filter(**{path: row}):
            found |= {one.urn} | inside(one)
    return found


def test_every_row_of_the_world_keeps_what_follows_from_it() -> None:
    rows = [row for row in world().values() if isinstance(row, Record)]
    assert len(rows) > 40
    assert unsettled() == []


@pytest.mark.parametrize("classification", Classification.values)
def test_a_class_that_changes_is_spread_to_all_that_lies_in_the_row(classification: str) -> None:
    world()
    row = Commitment.objects.get(code="qor-m-001")
    facts = replace(facts_of(row, CommitmentFacts), classification=classification)
    amend(by=bob(), row=row, facts=facts, reason="Another class")
    assert unsettled() == []
    assert len(inside(row)) > 6
    strict = Classification.values.index(classification)
    for model in (ProgressReport, Evidence):
        one = model._default_manager.get()
        assert Classification.values.index(one.effective) >= strict


def test_what_lies_in_a_withdrawn_row_is_withdrawn_with_it_and_is_still_said_of_itself() -> None:
    row = commitment()
    withdraw(by=bob(), row=row, reason="Entered twice")
    assert unsettled() == []
    part = row.participations.get()
    assert (part.withdrawn, part.shown) == (False, False)


def test_the_named_readers_of_a_container_read_what_lies_in_it() -> None:
    row = commitment(classification="strictly_confidential")
    accepted()
    name_readers(by=OPERATOR, record=row, persons=[person("alice")])
    assert {one.sealed_by for one in ProgressReport.objects.all()} == {row.urn}
    reader, other = Viewer(person="alice"), network_viewer("qor-network")
    assert ProgressReport.objects.visible_to(reader).exists()
    assert not ProgressReport.objects.visible_to(other).exists()


def test_what_is_for_networks_and_kept_by_none_is_the_operators() -> None:
    """Whatever the noun: it has a keeper, a tie shows it, or nobody but the operator reads it."""
    world()
    nouns = [model for model in NOUNS if model is not Edition]  # a published one is frozen, by a trigger too
    for model in nouns:
        model._default_manager.update(keeper="", effective="network")
    everybody = Viewer(networks=frozenset({"another"}), restricted=frozenset({"another"}), person="zoe")
    read = {model.noun for model in nouns if model._default_manager.visible_to(everybody).exists()}  # type: ignore[attr-defined]
    assert read == set()


def test_a_keeper_is_the_network_that_it_lies_in() -> None:
    rows = world()
    kept = {name: row.keeper for name, row in rows.items() if isinstance(row, Record)}
    assert {kept[name] for name in ("commitment", "evidence", "citation", "answer", "decision", "post", "draft")} == {
        network().code
    }
    assert organisation("abroad").keeper == ""
    assert organisation("ours", keeper=network()).keeper == network().code
