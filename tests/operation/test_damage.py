"""A bit flipped in each kind of object is found and named; nothing is restored from a damaged backup."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operation.conftest import Installation, Server, empty
from waymark.actions.installation.backups import read_backup
from waymark.engines.safekeeping.inventory import entries, write_inventory
from waymark.gcm.errors import InputError

pytestmark = [pytest.mark.slow, pytest.mark.drill]


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)


@pytest.fixture
def copy(backup: Path, tmp_path: Path) -> Path:
    """A backup to be damaged."""
    shutil.copytree(backup, tmp_path / "copy")
    return tmp_path / "copy"


def names(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_bit_of_any_file_of_a_backup_counts(copy: Path) -> None:
    read_backup(copy)
    for name in names(copy):
        size = (copy / name).stat().st_size
        for place in {0, size // 2, size - 1} if size else ():
            flip(copy / name, place)
            with pytest.raises(InputError, match="this backup is damaged") as refusal:
                read_backup(copy)
            assert name in str(refusal.value), f"{name}, byte {place}"
            flip(copy / name, place)
    read_backup(copy)


def test_a_file_of_a_backup_that_is_missing_or_was_added_is_named(copy: Path) -> None:
    for name in names(copy):
        (copy / name).rename(copy.parent / "away")
        with pytest.raises(InputError):
            read_backup(copy)
        (copy.parent / "away").rename(copy / name)
    (copy / "record" / "more.jsonl").write_text("[]")
    with pytest.raises(InputError, match=r"record/more\.jsonl is not in the MANIFEST: it was added"):
        read_backup(copy)


def test_a_damaged_backup_restores_nothing(
    original: Installation, copy: Path, server: Server, kind: str, tmp_path: Path
) -> None:
    flip(copy / "record" / "records_place.jsonl", 40)
    place = empty(original, server, kind, tmp_path)
    refused = place.run("restore", str(copy))
    assert refused.returncode == 2
    assert "record/records_place.jsonl is not what the MANIFEST says: it was changed" in refused.stderr
    assert not place.data.exists()
    assert place.run("restore", str(copy), "--check").returncode == 2


def test_names_that_lead_out_of_a_backup_are_refused() -> None:
    for name in ("../evil", "/etc/passwd", "a/../../b", "a//b", "./a", "a\x1bb"):
        assert entries(f"{'0' * 64}  {name}\n".encode()) is None
    assert entries(f"{'0' * 64}  a/b\n".encode()) == {"a/b": "0" * 64}


def test_a_link_in_a_backup_is_refused(copy: Path) -> None:
    (copy / "data" / "link").symlink_to("/etc/passwd")
    with pytest.raises(Exception, match="a link or a device"):
        read_backup(copy)


def test_half_of_a_backup_is_none(copy: Path) -> None:
    (copy / "MANIFEST").unlink()
    with pytest.raises(InputError, match="this is no backup"):
        read_backup(copy)


DAMAGED = {
    "document": ("documents/files/*/*", "its file was changed"),
    "stored text": ("documents/texts/*/*", "its stored text was changed"),
    "dataset": ("datasets/rows/observations.parquet", "observations.parquet was changed"),
    "rejected rows": ("datasets/rows/rejects.parquet", "rejects.parquet was changed"),
    "manifest": ("datasets/rows/manifest.json", "manifest.json was changed"),
    "weights": ("tagging/learned.npz", "learned weights: "),
    "heads": ("../heads/heads.jsonl", "heads.jsonl, line "),
    "register": ("../heads/erasures.jsonl", "erasures.jsonl, line 1: "),
    "leaves": ("../heads/leaves/2.txt", "leaves/2.txt: its hashes are not those of the seal"),
}
VERIFY = """
import sys
from pathlib import Path
from waymark.interfaces.cli.main import main
for path in sys.argv[1:]:
    content = bytearray(Path(path).read_bytes())
    content[len(content) // 2] ^= 4
    Path(path).write_bytes(content)
    print(path, main(["verify"]), flush=True)
    content[len(content) // 2] ^= 4
    Path(path).write_bytes(content)
print("whole", main(["verify"]))
"""


def test_a_bit_of_each_stored_object_counts(installation: Installation) -> None:
    found = {
        name: next(iter(installation.data.glob(pattern)), None) or installation.data / pattern
        for name, (pattern, _) in DAMAGED.items()
    }
    code = VERIFY.replace("sys.argv[1:]", repr([str(path) for path in found.values()]))
    done = installation.python_all(code)
    said = done.stdout + done.stderr
    for name, path in found.items():
        assert f"{path} 1\n" in done.stdout, f"{name}\n{said}"
        assert DAMAGED[name][1] in done.stderr, f"{name}\n{said}"
    assert done.stdout.endswith("whole 0\n")


def test_a_bit_of_the_database_file_is_found_by_sqlite_or_by_the_log(installation: Installation, kind: str) -> None:
    if kind != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    database = installation.data / "waymark.sqlite3"
    content = database.read_bytes()
    place = content.index(b"commitment.proposed")
    database.write_bytes(content[:place] + b"C" + content[place + 1 :])
    refused = installation.run("verify")
    assert refused.returncode == 1
    assert "entry " in refused.stderr
    assert "changed: it is not as it was sealed" in refused.stderr
    database.write_bytes(content[:4096] + bytes(4096) + content[8192:])
    refused = installation.run("verify")
    assert refused.returncode in (1, 3, 4)
    assert "Traceback" not in refused.stderr


def rewrite(folder: Path, **facts: object) -> None:
    """Change the facts of a backup and make its MANIFEST fit, as another version of the program would."""
    path = folder / "backup.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | facts))
    hashes = entries((folder / "MANIFEST").read_bytes()) or {}
    for name in ("MANIFEST", "MANIFEST.sha256"):
        (folder / name).unlink()
    write_inventory(folder, hashes | {"backup.json": hashlib.sha256(path.read_bytes()).hexdigest()})


def test_another_version_or_installation_is_refused_by_name(
    original: Installation, copy: Path, server: Server, kind: str, tmp_path: Path
) -> None:
    place = empty(original, server, kind, tmp_path)
    other = replace(place, given={"WAYMARK_INSTANCE": "elsewhere"}).run("restore", str(copy))
    assert other.returncode == 3
    assert "a backup of the installation local; this one is called elsewhere" in other.stderr
    steps = json.loads((copy / "backup.json").read_text("utf-8"))["steps"]
    rewrite(copy, waymark="9.9", steps=steps | {"records": [*steps["records"], "9999_the_future"]})
    newer = place.run("restore", str(copy))
    assert newer.returncode == 3
    assert "made by Waymark 9.9, its record is at 9999_the_future; this is Waymark " in newer.stderr
    rewrite(copy, format=2)
    assert "in a format that this version does not know" in place.run("restore", str(copy)).stderr
    assert not place.data.exists()


OLD = """
from django.conf import settings
from django.core.management import call_command
from django.db import connection
settings.DATA_DIR.mkdir(parents=True)
call_command("migrate", "records", "0002", verbosity=0, interactive=False)
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO records_loghead (network, last) VALUES ('n', 0)")
"""


def test_a_backup_of_an_older_version_is_brought_to_this_one(server: Server, kind: str, tmp_path: Path) -> None:
    old = Installation(tmp_path / "old", tmp_path / "heads", server.database(kind))
    old.python(OLD)
    refused = old.run("verify")
    assert refused.returncode == 3
    assert "`waymark backup` makes a backup, `waymark setup` brings the record up to date" in refused.stderr
    old.must("backup", str(tmp_path / "backup"))
    place = empty(old, server, kind, tmp_path)
    place.must("restore", str(tmp_path / "backup"), "--no-register")
    place.must("verify")
    assert place.python(
        "from waymark.records.events import LogHead\nprint(*LogHead.objects.values_list('network'))"
    ) == ("('',) ('n',)")


def test_a_place_that_is_not_empty_is_refused(
    installation: Installation, backup: Path, server: Server, kind: str, tmp_path: Path
) -> None:
    before = sorted(names(installation.data))
    refused = installation.run("restore", str(backup))
    assert refused.returncode == 3
    assert f"{installation.data} is not empty" in refused.stderr
    assert sorted(names(installation.data)) == before
    if kind == "postgresql":
        full = replace(installation, data=tmp_path / "restored")
        refused = full.run("restore", str(backup))
        assert refused.returncode == 3
        assert "The database " in refused.stderr
        assert not full.data.exists()
