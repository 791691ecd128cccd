"""Sealing: what is new is covered once, the heads are published before, a run that was cut off is made up for."""

import json
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.factories.commitments import commitment
from tests.factories.people import alice
from waymark.actions.installation.sealing import seal
from waymark.actions.networks import NetworkFacts, found
from waymark.engines.safekeeping.published import ERASURES, HEADS, Published
from waymark.gcm.errors import OutputError, RefusedError
from waymark.queries.installation.log import verify_log
from waymark.records.actors import Actor
from waymark.records.events import Event, Seal

TODAY = datetime.now(UTC).date()
LATER = date(2999, 1, 1)
NETWORK = "qor-network"
pytestmark = pytest.mark.django_db


@pytest.fixture
def published(tmp_path: Path) -> Published:
    return Published(tmp_path / "heads")


def files(published: Published) -> dict[str, bytes]:
    found = published.folder.rglob("*")
    return {str(path.relative_to(published.folder)): path.read_bytes() for path in found if path.is_file()}


def test_a_seal_covers_what_is_new_and_the_next_goes_on_after_it(published: Published) -> None:
    commitment()
    first = {row.network: row for row in seal(by=Actor.system(), day=TODAY, published=published).sealed}
    assert {"", NETWORK} <= first.keys()
    assert first[NETWORK].first == 1
    assert first[NETWORK].last == Event.objects.filter(network=NETWORK).count()
    commitment("qor-m-002")
    second = {row.network: row for row in seal(by=Actor.operator(), day=LATER, published=published).sealed}
    assert second[NETWORK].first == first[NETWORK].last + 1
    assert str(second[NETWORK]).startswith("qor-network 2999-01-01: ")
    assert verify_log(published).faults == ()
    assert verify_log(published).notes == ()


def test_a_run_that_seals_nothing_writes_nothing(published: Published) -> None:
    commitment()
    seal(by=Actor.system(), day=TODAY, published=published)
    before = files(published)
    done = seal(by=Actor.system(), day=TODAY, published=published)
    assert (done.sealed, done.put_back, done.waiting) == ((), (), 0)
    assert files(published) == before
    assert before[ERASURES] == b"", "the register is there from the first seal on"


def test_a_day_is_sealed_once_and_what_comes_later_waits(published: Published) -> None:
    commitment()
    number = Event.objects.count()
    early = seal(by=Actor.system(), day=date(2000, 1, 1), published=published)
    assert (early.sealed, early.waiting) == ((), number)
    seal(by=Actor.system(), day=TODAY, published=published)
    commitment("qor-m-002")
    again = seal(by=Actor.system(), day=TODAY, published=published)
    assert again.sealed == ()
    assert again.waiting == Event.objects.count() - number == 1
    assert verify_log(published).notes == ("not yet sealed, 1 entry",)


def test_a_clock_set_back_leaves_no_gap(published: Published) -> None:
    """An entry of a later day waits, and so does each entry after it, whatever its time says."""
    commitment()
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_event SET at = %s WHERE network = %s AND number = 2",
            [f"{TODAY + timedelta(days=1)} 00:00:00", NETWORK],
        )
    done = {row.network: row for row in seal(by=Actor.system(), day=TODAY, published=published).sealed}
    assert (done[NETWORK].first, done[NETWORK].last) == (1, 1)


def test_the_heads_hold_what_the_record_holds_and_only_their_owner_reads_them(published: Published) -> None:
    commitment()
    seal(by=Actor.system(), day=TODAY, published=published)
    lines = [json.loads(line) for line in (published.folder / HEADS).read_text("utf-8").splitlines()]
    rows = [(row.network, row.day.isoformat(), row.first, row.last, row.root) for row in Seal.objects.all()]
    assert [(line["network"], line["day"], line["first"], line["last"], line["root"]) for line in lines] == rows
    assert stat.S_IMODE((published.folder / HEADS).stat().st_mode) == 0o600
    assert stat.S_IMODE(published.folder.stat().st_mode) == 0o700


def test_a_seal_that_was_published_before_a_kill_is_put_back(published: Published) -> None:
    commitment()
    seal(by=Actor.system(), day=TODAY, published=published)
    before = files(published)
    Seal.objects.filter(network=NETWORK).delete()
    faults = verify_log(published).faults
    assert [fault.kind for fault in faults] == ["seal removed"]
    done = seal(by=Actor.system(), day=TODAY, published=published)
    assert [row.network for row in done.put_back] == [NETWORK]
    assert files(published) == before
    assert verify_log(published).faults == ()


def test_a_seal_over_other_entries_is_not_put_back(published: Published) -> None:
    commitment()
    seal(by=Actor.system(), day=TODAY, published=published)
    Seal.objects.all().delete()
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_event SET verb = 'x' WHERE network = %s AND number = 2", [NETWORK])
    with pytest.raises(RefusedError, match="another root"):
        seal(by=Actor.system(), day=LATER, published=published)
    assert Seal.objects.count() == 0


def test_heads_that_are_missing_are_not_begun_in_silence(published: Published, tmp_path: Path) -> None:
    commitment()
    seal(by=Actor.system(), day=TODAY, published=published)
    other = Published(tmp_path / "other")
    with pytest.raises(RefusedError, match="begin them anew"):
        seal(by=Actor.system(), day=LATER, published=other)
    assert not other.exists
    seal(by=Actor.system(), day=LATER, published=other, anew=True)
    assert (other.folder / HEADS).read_bytes() == (published.folder / HEADS).read_bytes()
    assert verify_log(other).faults == ()
    with pytest.raises(RefusedError, match="Add to them"):
        seal(by=Actor.system(), day=LATER, published=other, anew=True)


def test_a_single_sealed_entry_needs_its_head(published: Published, tmp_path: Path) -> None:
    found(by=Actor.operator(), code="n", facts=NetworkFacts(kind="un_network", level="national", name="N"))
    assert Event.objects.count() == 1
    seal(by=Actor.system(), day=TODAY, published=published)
    with pytest.raises(RefusedError, match=r"the heads in .* end with 0"):
        seal(by=Actor.system(), day=LATER, published=Published(tmp_path / "other"))


def test_a_line_that_a_power_cut_left_unfinished_is_taken_away(published: Published) -> None:
    commitment()
    seal(by=Actor.system(), day=TODAY, published=published)
    whole = (published.folder / HEADS).read_bytes()
    (published.folder / HEADS).write_bytes(whole + b'{"network":"qor-n')
    commitment("qor-m-002")
    seal(by=Actor.system(), day=LATER, published=published)
    assert (published.folder / HEADS).read_bytes().startswith(whole)
    assert verify_log(published).faults == ()


def test_damaged_heads_are_not_added_to(published: Published) -> None:
    commitment()
    seal(by=Actor.system(), day=TODAY, published=published)
    path = published.folder / HEADS
    path.write_bytes(path.read_bytes().replace(b'"first":1', b'"first":2', 1))
    commitment("qor-m-002")
    with pytest.raises(RefusedError, match="damaged"):
        seal(by=Actor.system(), day=LATER, published=published)


def test_a_folder_that_cannot_be_made_seals_nothing(tmp_path: Path) -> None:
    commitment()
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="WAYMARK_HEADS"):
        seal(by=Actor.system(), day=TODAY, published=Published(tmp_path / "file" / "heads"))
    assert Seal.objects.count() == 0


def test_who_seals(published: Published) -> None:
    with pytest.raises(RefusedError, match="may not run the installation"):
        seal(by=alice(), day=TODAY, published=published)


def drop_triggers() -> None:
    """Take away what keeps the log from being changed, as somebody with the database's password can."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("event_never_update", "event_never_delete"):
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("DROP TRIGGER event_never_changes ON records_event")
