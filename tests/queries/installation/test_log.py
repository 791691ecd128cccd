"""Verifying the log: each way of tampering is named with its first bad entry, on SQLite and PostgreSQL."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.networks import network
from tests.queries.installation.tampering import NETWORK, TAMPERINGS, count_to, delete, drop_triggers, renumber, run
from waymark.actions.installation.erasing import erase_words
from waymark.actions.installation.sealing import seal
from waymark.actions.log import log
from waymark.engines.safekeeping.published import ERASURES, HEADS, LEAVES, Head, Lost, Published
from waymark.queries.installation.log import verify_log
from waymark.records.actors import Actor
from waymark.records.events import Event, Seal

LATER, AFTER = date(2999, 1, 1), date(2999, 1, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def published(tmp_path: Path) -> Published:
    """A log of eight entries, sealed up to the last."""
    one = network()
    write(8 - Event.objects.filter(network=NETWORK).count())
    folder = Published(tmp_path / "heads")
    seal(by=Actor.system(), day=LATER, published=folder)
    assert Event.objects.filter(network=one.code).count() == 8
    assert verify_log(folder).faults == ()
    return folder


def write(count: int) -> None:
    one = network()
    for number in range(count):
        log(Actor.operator(), "network.noted", one, number=number)


def undone() -> None:
    """The trigger is part of the transaction: it comes back when the test's is rolled back."""
    drop_triggers()


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_is_named_with_its_first_bad_entry(published: Published, name: str) -> None:
    undone()
    tampering = TAMPERINGS[name]
    tampering.act()
    fault = next(one for one in verify_log(published).faults if NETWORK in one.words)
    assert (fault.area, fault.kind) == (tampering.area, tampering.kind), fault.words
    if tampering.entry:
        assert f"log of {NETWORK}, entry {tampering.entry}: {tampering.kind}: " in fault.words


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_deletions_and_swaps_name_the_first_bad_entry(published: Published, data: st.DataObject) -> None:
    """Whatever is taken out, and however the rest is numbered, the first entry that is not as sealed is named."""
    order = data.draw(st.permutations(range(1, 9)).filter(lambda drawn: drawn != list(range(1, 9))))
    kept = order[: data.draw(st.integers(1, 8))]
    if kept == list(range(1, len(kept) + 1)) and len(kept) == 8:
        return
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
    undone()
    delete(*sorted(set(range(1, 9)) - set(kept)))
    for number in kept:
        renumber(number, number + 1000)
    for place, number in enumerate(kept, start=1):
        renumber(number + 1000, place)
    count_to(len(kept))
    expected = next((place for place, number in enumerate(kept, start=1) if place != number), len(kept) + 1)
    words = verify_log(published).faults[0].words
    run("ROLLBACK TO SAVEPOINT before")
    assert f"entry {expected}: " in words
    assert verify_log(published).faults == ()


def test_tampering_is_found_without_the_leaves_but_only_the_seal_is_named(published: Published) -> None:
    undone()
    run(f"UPDATE records_event SET verb = 'x' WHERE network = '{NETWORK}' AND number = 5")
    for path in (published.folder / LEAVES).iterdir():
        path.unlink()
    fault = next(one for one in verify_log(published).faults if NETWORK in one.words)
    assert "entry 1: changed: it or an entry up to 8 is not as it was sealed" in fault.words


def test_a_seal_made_again_over_a_changed_log_is_seen(published: Published) -> None:
    """Somebody changes an entry and seals the log again, in the record: the heads outside still tell."""
    undone()
    run(f"UPDATE records_event SET verb = 'x' WHERE network = '{NETWORK}' AND number = 5", "DELETE FROM records_seal")
    seal(by=Actor.system(), day=LATER, published=Published(published.folder.with_name("forged")))
    fault = next(one for one in verify_log(published).faults if NETWORK in one.words)
    assert "entry 5: changed" in fault.words


def test_heads_that_are_cut_off_are_seen(published: Published) -> None:
    path = published.folder / HEADS
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    faults = verify_log(published).faults
    assert [fault.kind for fault in faults] == ["cut off"]
    assert "never published" in faults[0].words


def test_heads_that_are_missing_are_named_with_their_place(published: Published, tmp_path: Path) -> None:
    (fault,) = verify_log(Published(tmp_path / "elsewhere")).faults
    assert fault.kind == "missing"
    assert str(tmp_path / "elsewhere") in fault.words


@pytest.mark.parametrize("name", [HEADS, ERASURES])
def test_each_bit_of_what_is_published_counts(published: Published, name: str) -> None:
    event = Event.objects.filter(network=NETWORK)[2]
    erase_words(by=Actor.operator(), event=event, rule="R5", on=LATER, published=published)
    seal(by=Actor.system(), day=AFTER, published=published)
    assert verify_log(published).faults == ()
    path = published.folder / name
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert verify_log(published).faults != (), f"byte {place}"
    path.write_bytes(whole[:-1] + b" ")
    assert verify_log(published).faults != ()


def test_a_register_that_is_missing_or_cut_off_is_named(published: Published) -> None:
    event = Event.objects.filter(network=NETWORK)[2]
    erase_words(by=Actor.operator(), event=event, rule="R5", on=LATER, published=published)
    (published.folder / ERASURES).write_bytes(b"")
    (fault,) = verify_log(published).faults
    assert fault.kind == "erasure forged"
    assert "the register of erasures holds no line" in fault.words
    (published.folder / ERASURES).unlink()
    assert "missing" in {fault.kind for fault in verify_log(published).faults}


def test_what_came_after_the_last_head_is_not_yet_sealed(published: Published) -> None:
    write(3)
    found = verify_log(published)
    assert found.faults == ()
    assert found.notes == ("not yet sealed, 3 entries",)


def test_an_entry_that_is_not_sealed_yet_must_keep_its_words_and_order(published: Published) -> None:
    write(3)
    undone()
    run(f"UPDATE records_event SET number = 999 WHERE network = '{NETWORK}' AND number = 9")
    renumber(10, 9)
    renumber(999, 10)
    (fault,) = verify_log(published).faults
    assert "entry 10: reordered" in fault.words


def test_a_loss_after_a_restore_is_told_each_time_and_no_fault(published: Published) -> None:
    """A backup held entries 1 to 6; 7 and 8 were sealed and lost. What is left is still held against its leaves."""
    undone()
    delete(7, 8)
    count_to(6)
    run(f"DELETE FROM records_seal WHERE network = '{NETWORK}'")
    published.publish([(Lost(NETWORK, "2999-01-01", 6, 8, 1, "0" * 64), [])])
    found = verify_log(published)
    assert found.faults == ()
    assert found.notes == (
        f"log of {NETWORK}: entries 7 to 8 were lost; the record was restored on 2999-01-01",
        "not yet sealed, 6 entries",
    )
    run(f"UPDATE records_event SET verb = 'x' WHERE network = '{NETWORK}' AND number = 5")
    (fault,) = verify_log(published).faults
    assert "entry 5: changed" in fault.words


def test_the_log_goes_on_after_a_loss(published: Published) -> None:
    undone()
    delete(7, 8)
    count_to(6)
    Seal.objects.filter(network=NETWORK).delete()
    published.publish([(Lost(NETWORK, "2999-01-01", 6, 8, 1, "0" * 64), [])])
    write(4)
    (row,) = seal(by=Actor.system(), day=AFTER, published=published).sealed
    assert (row.first, row.last) == (1, 10)
    assert verify_log(published).faults == ()


def test_a_head_that_leaves_entries_out_is_refused(published: Published) -> None:
    published.publish([(Head(NETWORK, "2999-01-02", 12, 14, "0" * 64), [])])
    assert "does not go on where the seal before ended" in verify_log(published).faults[0].words


def test_an_entry_that_the_database_cannot_give_back_is_named(published: Published) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the types of its columns")
    undone()
    run(f"UPDATE records_event SET at = '2026-99-01 00:00:00' WHERE network = '{NETWORK}' AND number = 4")
    fault = next(one for one in verify_log(published).faults if NETWORK in one.words)
    assert "entry 4: changed: " in fault.words
