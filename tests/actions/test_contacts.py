"""How somebody is reached is read by that person, the own body and the officers who keep the person; by nobody else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import TODAY, alice, bob, charlie, dora, emil, fatima, holder, person
from waymark.actions.amending import amend, propose_change, withdraw
from waymark.actions.appointments import end_holding
from waymark.actions.contacts import ContactFacts, enter_contact
from waymark.actions.delegations import DelegationFacts, delegate
from waymark.actions.facts import facts_of
from waymark.actions.people import PersonFacts
from waymark.gcm.errors import InputError, NotFoundError, RefusedError
from waymark.gcm.lists import Classification
from waymark.queries.history.reading import history_of
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.contacts import Contact
from waymark.records.people import Person
from waymark.records.permissions import viewer_of
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

ADDRESS = "ivo@ministry.example"


def ivo(**fields: Any) -> Person:
    """Somebody of the Ministry of Labour whom the network keeps."""
    return person("ivo", organisation=organisation("min-labour"), **fields)


def reached(**facts: Any) -> Contact:
    given = {"email": ADDRESS, "phone": "+995 32 200 00 00", "language": "ka", "time_zone": "Asia/Tbilisi"} | facts
    return enter_contact(by=bob(), of=ivo(), facts=ContactFacts(**given))


def viewer(actor: Actor) -> Viewer:
    assert actor.holding
    return viewer_of([actor.holding], TODAY)


def read_by(reader: Viewer) -> bool:
    return Contact.objects.visible_to(reader).exists()


def test_the_person_has_no_address_and_the_contact_has_all_of_it() -> None:
    row = reached()
    assert not {"email", "phone", "language", "time_zone"} & {field.name for field in Person._meta.get_fields()}
    assert (row.email, row.language, row.time_zone, row.keeper) == (ADDRESS, "ka", "Asia/Tbilisi", "qor-network")
    assert row.effective == "restricted"


@pytest.mark.parametrize("classification", ["public", "network", "restricted"])
def test_who_reads_it_whatever_its_class(classification: str) -> None:
    ivo(classification=classification)
    reached(classification=classification)
    colleague = holder("kim", "alternate", organisation("min-labour"))
    abroad = holder("lee", "observer", organisation("min-labour"), network("other-network"))
    for actor in (bob(), dora(), colleague, abroad):
        assert read_by(viewer(actor)), actor
    assert read_by(Viewer(person="ivo"))
    assert read_by(OPERATOR_VIEWER)
    cleared = Viewer(networks=frozenset({"qor-network"}), restricted=frozenset({"qor-network"}))
    for reader in (PUBLIC, network_viewer("qor-network"), cleared, viewer(alice()), viewer(emil()), viewer(fatima())):
        assert not read_by(reader), reader
    assert not read_by(viewer(charlie()))


def test_no_tie_shows_it() -> None:
    """The person holds a post in another network, whose members know the name by it."""
    known = ivo(classification="public")
    reached()
    holder("ivo", "observer", organisation("min-labour"), network("other-network"))
    assert Person.objects.visible_to(network_viewer("other-network")).filter(pk=known.pk).exists()
    for reader in (network_viewer("other-network"), viewer(charlie())):
        assert not read_by(reader)


def test_of_somebody_strictly_confidential_only_the_named_read_it() -> None:
    ivo(classification=Classification.STRICTLY_CONFIDENTIAL)
    reached()
    assert not read_by(viewer(bob()))
    assert not read_by(Viewer(person="ivo"))
    assert read_by(OPERATOR_VIEWER)


def test_histories_and_proposals_do_not_show_it() -> None:
    row = reached()
    amend(by=bob(), row=row, facts=replace(facts_of(row, ContactFacts), email="new@ministry.example"), reason="Moved")
    for reader in (viewer(alice()), network_viewer("qor-network")):
        with pytest.raises(NotFoundError, match="nothing that you may read"):
            history_of(row.urn, viewer=reader, language="en")
        assert "ministry.example" not in str(history_of(ivo().urn, viewer=reader, language="en"))
    assert "new@ministry.example" in str(history_of(row.urn, viewer=viewer(bob()), language="en"))
    with pytest.raises(RefusedError, match="A change of a contact is not proposed"):
        propose_change(by=alice(), row=row, facts=facts_of(row, ContactFacts), reason="New")


def test_the_person_and_officers_enter_and_correct_it() -> None:
    known = ivo()
    for outsider in (alice(), fatima(), charlie(), dora()):
        with pytest.raises(RefusedError, match="may not create posts"):
            enter_contact(by=outsider, of=known, facts=ContactFacts(email=ADDRESS))
    himself = holder("ivo", "focal_point", organisation("min-labour"))
    row = enter_contact(by=himself, of=known, facts=ContactFacts(email=ADDRESS))
    amend(by=himself, row=row, facts=ContactFacts(email=ADDRESS, phone="112-221"), reason="A new number")
    with pytest.raises(RefusedError, match="is on record already"):
        enter_contact(by=bob(), of=known, facts=ContactFacts(email=ADDRESS))
    with pytest.raises(RefusedError, match="may not create posts"):
        withdraw(by=alice(), row=row, reason="Mine")
    withdraw(by=bob(), row=row, reason="No longer used")
    assert enter_contact(by=bob(), of=known, facts=ContactFacts(email=ADDRESS)).pk != row.pk
    assert himself.holding
    end_holding(by=bob(), holding=himself.holding, on=date(2026, 5, 31))
    with pytest.raises(RefusedError, match="does not hold the post"):
        amend(by=himself, row=Contact.objects.standing().get(), facts=ContactFacts(), reason="Gone")


def test_a_delegate_is_not_the_person() -> None:
    himself = holder("ivo", "focal_point", organisation("min-labour"))
    lent = DelegationFacts(from_date=TODAY, to_date=TODAY, reason="On leave")
    given = delegate(by=himself, person=alice().person, facts=lent)  # type: ignore[arg-type]
    actor = replace(alice(), delegation=given)
    for of in (himself.person, alice().person):
        with pytest.raises(RefusedError, match="lent its rights, but not the right to create posts"):
            enter_contact(by=actor, of=of, facts=ContactFacts(email=ADDRESS))  # type: ignore[arg-type]


def test_the_contact_of_a_network_is_for_its_members() -> None:
    row = enter_contact(by=dora(), of=network(), facts=ContactFacts(email="office@network.example"))
    assert (row.keeper, row.person) == ("qor-network", None)
    assert read_by(network_viewer("qor-network"))
    assert not read_by(PUBLIC)
    assert not read_by(network_viewer("other-network"))
    with pytest.raises(RefusedError, match="may not admit members"):
        enter_contact(by=alice(), of=network("other-network"), facts=ContactFacts(email=ADDRESS))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"email": "ivo at ministry"}, "no address of electronic mail"),
        ({"phone": "call me"}, "no telephone number"),
        ({"language": "kartuli"}, "there is no such language"),
        ({"time_zone": "Tbilisi"}, "there is no such zone"),
    ],
)
def test_what_reaches_nobody_is_refused(facts: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        ContactFacts(**facts)


def test_a_person_who_moves_is_read_by_the_new_body() -> None:
    known = ivo()
    reached()
    colleague, other = holder("kim", "alternate", organisation("min-labour")), viewer(fatima())
    assert read_by(viewer(colleague))
    assert not read_by(other)
    amend(by=bob(), row=known, facts=PersonFacts(name="Ivo", organisation=society()), reason="Moved")
    assert not read_by(viewer(colleague))
    assert read_by(other)


def test_the_secretariat_of_another_network_reads_none() -> None:
    reached()
    assert not read_by(viewer(holder("zoe", "secretariat_officer", secretariat(), network("third-network"))))
