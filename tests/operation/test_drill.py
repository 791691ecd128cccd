"""The drill: back up, wipe, restore, verify; on SQLite, on PostgreSQL, and from one onto the other."""

import json
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operation.conftest import ONTO, ROOT, Installation, Server, empty

pytestmark = [pytest.mark.slow, pytest.mark.drill]

LOG = {"records_event.jsonl", "records_eventdetail.jsonl", "records_loghead.jsonl"}
"""Tables that a restore adds to: it is an entry of the log itself."""

WRITER = """
import sys
from pathlib import Path
from waymark.actions.organisations import OrganisationFacts, register
from waymark.records.actors import Actor
from waymark.records.networks import Network
network, stop, number = Network.objects.first(), Path(sys.argv[1]), 0
while not stop.exists():
    facts = OrganisationFacts(kind="government")
    register(by=Actor.operator(), code=f"written-{number}", name="Body", facts=facts, keeper=network)
    number += 1
"""
AGREES = """
from django.db.models import Q
from waymark.records.events import Event
from waymark.records.organisations import Organisation
bodies = Organisation.objects.filter(code__startswith="written-").count()
print(bodies, Event.objects.filter(subject__contains="written-").count())
"""
GOES_ON = """
from django.db import DatabaseError, connection
from tests.factories.organisations import organisation
from waymark.records.events import Event
before = Event.objects.count()
organisation("after-the-restore")
print(Event.objects.count() > before)
try:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_event SET verb = 'x'")
except DatabaseError as error:
    print("only added to" in str(error))
"""


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def in_order(rows: bytes) -> bytes:
    """Rows with the keys of their JSON sorted."""
    return b"".join(json.dumps(json.loads(row), sort_keys=True).encode() + b"\n" for row in rows.splitlines())


@pytest.mark.parametrize(("kind", "onto"), ONTO, indirect=["kind"])
def test_what_was_backed_up_is_there_again(
    original: Installation, backup: Path, server: Server, kind: str, onto: str, tmp_path: Path
) -> None:
    place = empty(original, server, onto, tmp_path)
    printed = place.must("restore", str(backup))
    assert f"looked for in {original.heads}" in printed
    assert "0 erasures made again" in printed
    assert "All is as it was written." in place.must("verify")
    place.must("backup", str(tmp_path / "again"))
    before, after = files(backup / "record"), files(tmp_path / "again" / "record")
    assert before.keys() == after.keys()
    if kind != onto:  # PostgreSQL keeps the keys of JSON in an order of its own
        before, after = ({name: in_order(rows) for name, rows in one.items()} for one in (before, after))
    assert [name for name in before if before[name] != after[name]] == sorted(LOG)
    assert after["records_event.jsonl"].startswith(before["records_event.jsonl"])
    for folder in ("data", "published"):
        assert files(backup / folder) == files(tmp_path / "again" / folder)
    assert place.python(GOES_ON).split() == ["True", "True"]


def test_a_backup_holds_every_noun_and_every_kind_of_file(backup: Path) -> None:
    facts = json.loads((backup / "backup.json").read_text("utf-8"))
    kept = ("records_", "account_emailaddress", "mfa_", "usersessions_")
    empty_tables = {name for name, rows in facts["tables"].items() if rows == 0 and name.startswith(kept)}
    assert {name for name in empty_tables if not name.count("_") > 1} == set(), "each model has a row"
    names = set(files(backup))
    for wanted in (
        "data/secret-key",
        "data/datasets/rows/manifest.json",
        "data/datasets/rows/observations.parquet",
        "data/datasets/rows/rejects.parquet",
        "data/tagging/learned.npz",
        "published/heads.jsonl",
        "published/erasures.jsonl",
        "published/leaves/1.txt",
    ):
        assert wanted in names
    assert sum(name.startswith("data/documents/files/") for name in names) == 1
    assert sum(name.startswith("data/documents/texts/") for name in names) == 1
    assert not any("sqlite" in name for name in names)


def test_only_its_owner_reads_a_backup_and_what_is_restored(
    original: Installation, backup: Path, server: Server, kind: str, tmp_path: Path
) -> None:
    loose = "import os; os.umask(0)\nfrom waymark.interfaces.cli.main import main\nprint(main({!r}))"
    assert original.python(loose.format(["backup", str(tmp_path / "backup")])).endswith("\n0")
    place = empty(original, server, kind, tmp_path)
    assert place.python(loose.format(["restore", str(backup)])).endswith("\n0")
    for folder in (tmp_path / "backup", place.data):
        for path in (folder, *folder.rglob("*")):
            if path.name != "installation.json":  # it says only whose folder it is
                assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_backup_taken_while_people_write_is_one_moment(
    installation: Installation, server: Server, kind: str, tmp_path: Path
) -> None:
    stop = tmp_path / "stop"
    code = "import django\ndjango.setup()\n" + WRITER
    with subprocess.Popen(
        [sys.executable, "-c", code, str(stop)],
        env=installation.environment,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    ) as writer:
        try:
            while "written-3" not in installation.python(
                "from waymark.records.organisations import Organisation\n"
                "print(*Organisation.objects.values_list('code', flat=True))"
            ):
                assert writer.poll() is None, writer.stderr and writer.stderr.read()
            installation.must("backup", str(tmp_path / "backup"))
        finally:
            stop.touch()
            assert writer.wait(timeout=60) == 0, writer.stderr and writer.stderr.read()
    place = empty(installation, server, kind, tmp_path)
    place.must("restore", str(tmp_path / "backup"))
    bodies, events = place.python(AGREES).split()
    assert bodies == events
    assert int(bodies) >= 4
    place.must("verify")


ERASE = """
from datetime import date
from django.conf import settings
from waymark.actions.installation.erasing import erase_words
from waymark.engines.safekeeping.published import Published
from waymark.records.actors import Actor
from waymark.records.events import Event
event = Event.objects.order_by("id")[5]
erase_words(by=Actor.operator(), event=event, rule="R7", on=date(2026, 6, 1), published=Published(settings.HEADS_DIR))
print(event.pk)
"""
ERASED = "from waymark.records.events import EventDetail\nprint(EventDetail.objects.get(event_id={}).erased_rule)"


def test_an_erasure_made_since_is_made_again(
    installation: Installation, backup: Path, server: Server, kind: str, tmp_path: Path
) -> None:
    event = installation.python(ERASE)
    place = empty(installation, server, kind, tmp_path)
    nowhere = replace(place, heads=tmp_path / "nowhere")
    refused = nowhere.run("restore", str(backup))
    assert refused.returncode == 3
    assert f"There is no register of erasures in {tmp_path / 'nowhere'}" in refused.stderr
    assert not place.data.exists()
    denied = place.run("restore", str(backup), "--no-register")
    assert denied.returncode == 3
    assert f"There is a register of erasures in {place.heads}" in denied.stderr
    assert "1 erasure made again" in place.must("restore", str(backup))
    assert place.python(ERASED.format(event)) == "R7"
    place.must("verify")


def test_without_a_register_the_backup_says_what_was_erased_and_a_found_one_shows_what_came_back(
    installation: Installation, backup: Path, server: Server, kind: str, tmp_path: Path
) -> None:
    installation.python(ERASE)
    place = replace(empty(installation, server, kind, tmp_path), heads=tmp_path / "new" / "heads")
    place.must("restore", str(backup), "--no-register")
    place.must("verify")
    found = place.run("verify", "--heads", str(installation.heads))
    assert found.returncode == 1
    assert "the register of erasures says that its words were erased, but they are here" in found.stderr


SEAL_LATER = """
from datetime import UTC, datetime, timedelta
from django.conf import settings
from tests.factories.organisations import organisation
from waymark.actions.installation.sealing import seal
from waymark.engines.safekeeping.published import Published
from waymark.records.actors import Actor
organisation("lost-one"), organisation("lost-two")
day = datetime.now(UTC).date() + timedelta(days=1)
seal(by=Actor.system(), day=day, published=Published(settings.HEADS_DIR))
"""


def test_what_was_sealed_since_is_told_as_lost_each_time(
    installation: Installation, backup: Path, server: Server, kind: str, tmp_path: Path
) -> None:
    kept = json.loads((backup / "backup.json").read_text("utf-8"))["heads"][""]
    installation.python(SEAL_LATER)
    place = empty(installation, server, kind, tmp_path)
    assert f"Lost: entries {kept + 1} to " in place.must("restore", str(backup))
    printed = place.must("verify")
    assert f"note: log of the installation: entries {kept + 1} to " in printed
    place.python(SEAL_LATER.replace("days=1", "days=2"))
    assert "not yet sealed" not in place.must("verify")


def test_heads_of_another_installation_are_no_register(
    original: Installation, backup: Path, server: Server, kind: str, tmp_path: Path
) -> None:
    shutil.copytree(original.heads, tmp_path / "heads")
    path = tmp_path / "heads" / "heads.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    place = empty(original, server, kind, tmp_path)
    refused = place.run("restore", str(backup), "--heads", str(tmp_path / "heads"))
    assert refused.returncode == 3
    assert "do not go on from those in" in refused.stderr
    assert not place.data.exists()
