import hashlib
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.commitments import commitment
from tests.factories.people import bob
from waymark.actions.commitments import agree
from waymark.actions.log import plain
from waymark.gcm.errors import RefusedError
from waymark.records.events import Event, EventDetail
from waymark.records.seals import digest, merkle_root


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


def test_words_of_the_log_are_plain() -> None:
    assert plain({"a": [date(2025, 1, 1), 1, None, True], 2: (1.5,)}) == {
        "a": ["2025-01-01", 1, None, True],
        "2": ["1.5"],
    }
