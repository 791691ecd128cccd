import hashlib
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.people import alice, bob
from waymark.actions.commitments import agree
from waymark.actions.log import erase_words, plain, seal_day
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.events import Event, EventDetail, Seal
from waymark.records.seals import broken_seals, digest, merkle_root

TODAY = datetime.now(UTC).date()
LATER = date(2999, 1, 1)


def leaves(*texts: str) -> list[bytes]:
    return [hashlib.sha256(b"\x00" + text.encode()).digest() for text in texts]


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_root_of_nothing_one_and_three() -> None:
    a, b, c = leaves("a", "b", "c")
    assert merkle_root([]) == hashlib.sha256(b"").hexdigest()
    assert merkle_root([a]) == a.hex()
    assert merkle_root([a, b, c]) == node(node(a, b), c).hex()


def test_root_of_five_splits_at_four() -> None:
    a, b, c, d, e = leaves(*"abcde")
    assert merkle_root([a, b, c, d, e]) == node(node(node(a, b), node(c, d)), e).hex()


@given(st.lists(st.text(), min_size=2, max_size=20, unique=True), st.data())
def test_root_sees_any_change(texts: list[str], data: st.DataObject) -> None:
    root = merkle_root(leaves(*texts))
    place = data.draw(st.integers(0, len(texts) - 2))
    swapped = [*texts[:place], texts[place + 1], texts[place], *texts[place + 2 :]]
    assert merkle_root(leaves(*swapped)) != root
    assert merkle_root(leaves(*texts[:-1])) != root


def test_digest_depends_on_salt_and_words() -> None:
    assert digest("s", {"a": 1, "b": 2}) == digest("s", {"b": 2, "a": 1})
    assert digest("s", {"a": 1}) != digest("t", {"a": 1})
    assert digest("s", {"a": 1}) != digest("s", {"a": 2})


@pytest.mark.django_db
def test_an_act_leaves_a_numbered_event_with_its_words_beside_it() -> None:
    row = commitment()
    event = Event.objects.get(verb="commitment.proposed")
    assert event.subject == row.urn
    assert event.network == "qor-network"
    numbers = list(Event.objects.filter(network="qor-network").order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert event.detail.words["by"] == {"kind": "operator", "name": "operator"}
    assert event.digest == digest(event.detail.salt, event.detail.words)
    assert str(event) == f"qor-network {event.number}: commitment.proposed"


@pytest.mark.django_db
def test_the_log_keeps_person_post_and_for() -> None:
    commitment()
    agree(by=bob(), commitment=commitment(), on=date(2025, 1, 1))
    words = Event.objects.get(verb="commitment.agreed").detail.words["by"]
    assert words == {
        "kind": "holder",
        "person": "urn:waymark:local:person:bob",
        "post": "urn:waymark:local:post:secretariat_officer-iom-like-qor-network",
        "for": "urn:waymark:local:organisation:iom-like",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE records_event SET verb = 'x'", "DELETE FROM records_event"])
def test_the_database_refuses_to_change_an_event(change: str) -> None:
    commitment()
    EventDetail.objects.all().delete()
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db
def test_the_model_refuses_to_change_an_event() -> None:
    commitment()
    event = Event.objects.all()[0]
    for act in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(verb="x")):
        with pytest.raises(RefusedError, match="only added to"):
            act()


@pytest.mark.django_db
def test_a_seal_covers_what_is_new_and_sees_no_fault() -> None:
    commitment()
    operator = Actor.operator()
    first = seal_day(by=Actor.system(), network=network(), day=TODAY)
    assert first is not None
    assert first.first == 1
    assert first.last == Event.objects.filter(network="qor-network").count()
    commitment("qor-m-002")
    second = seal_day(by=operator, network=network(), day=LATER)
    assert second is not None
    assert second.first == first.last + 1
    assert broken_seals("qor-network") == []
    assert str(second).startswith("qor-network 2999-01-01: ")
    assert seal_day(by=operator, network=network(), day=date(2999, 1, 2)) is None


@pytest.mark.django_db
def test_a_day_is_sealed_once_and_events_of_later_days_wait() -> None:
    commitment()
    assert seal_day(by=Actor.system(), network=network(), day=date(2000, 1, 1)) is None
    seal_day(by=Actor.system(), network=network(), day=TODAY)
    with pytest.raises(RefusedError, match="sealed up to"):
        seal_day(by=Actor.system(), network=network(), day=TODAY)
    assert seal_day(by=Actor.system(), network=None, day=TODAY) is not None


@pytest.mark.django_db
def test_a_false_root_and_a_gap_are_found() -> None:
    commitment()
    seal_day(by=Actor.system(), network=network(), day=TODAY)
    Seal.objects.update(root="0" * 64)
    assert len(broken_seals("qor-network")) == 1
    Seal.objects.all().delete()
    seal_day(by=Actor.system(), network=network(), day=TODAY)
    assert broken_seals("qor-network") == []
    Seal.objects.update(first=2)
    assert len(broken_seals("qor-network")) == 1


@pytest.mark.django_db
def test_words_are_erased_under_a_rule_and_the_seal_stays_whole() -> None:
    commitment()
    seal_day(by=Actor.system(), network=network(), day=TODAY)
    event = Event.objects.get(verb="commitment.proposed")
    with pytest.raises(RefusedError, match="named rule"):
        erase_words(by=Actor.operator(), event=event, rule="", on=TODAY)
    with pytest.raises(RefusedError, match="may not load the catalogue and seal the log"):
        erase_words(by=alice(), event=event, rule="R5", on=TODAY)
    detail = erase_words(by=Actor.operator(), event=event, rule="R5", on=TODAY)
    assert (detail.words, detail.salt, detail.erased_rule) == ({}, "", "R5")
    assert broken_seals("qor-network") == []
    with pytest.raises(RefusedError, match="were erased on"):
        erase_words(by=Actor.operator(), event=event, rule="R5", on=TODAY)


def test_words_of_the_log_are_plain() -> None:
    assert plain({"a": [date(2025, 1, 1), 1, None, True], 2: (1.5,)}) == {
        "a": ["2025-01-01", 1, None, True],
        "2": ["1.5"],
    }
