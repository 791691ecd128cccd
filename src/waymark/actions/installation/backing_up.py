"""Backs up the whole installation into one folder, consistent while people write."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from waymark import __version__
from waymark.actions.installation.backups import (
    DATA,
    FACTS,
    LEFT_OUT,
    PUBLISHED,
    RECORD,
    SECRET,
    Backup,
    is_backup,
    read_backup,
)
from waymark.engines.safekeeping.inventory import write_inventory
from waymark.engines.safekeeping.published import HEADS, Published, is_ours
from waymark.engines.safekeeping.staging import (
    copy_private,
    file_sha256,
    files_below,
    flush_folder,
    private_file,
    staged,
    swap,
    write_private,
)
from waymark.gcm.errors import InputError, RefusedError
from waymark.queries.installation.versions import applied_steps
from waymark.records.actors import Actor
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb
from waymark.records.snapshots import PARTS, snapshot
from waymark.records.tables import table_names, write_table

TRIES = 5
"""How often a dataset that is replaced while it is copied is copied again."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written: the facts, the hash that the backup is known by, and its files."""

    backup: Backup
    sha256: str
    files: int


def back_up(*, by: Actor, out: Path, data: Path, published: Published, secret: str, at: datetime) -> BackedUp:
    """Write a backup into `out`, which is new, empty, or a former backup of this installation; it is swapped in whole.

    `data` is the data folder, `secret` the key in force, "" when there is none; `at` is the door's clock. Raises
    InputError for a folder that cannot be used, RefusedError, OSError when it cannot be written.
    """
    check_verb(by, Verb.INSTALL, None)
    check_place(out, data, published)
    with staged(out, "backup") as place:
        hashes: dict[str, str] = {}
        facts = _copy_record(place, hashes, published, at)
        _copy_data(place, hashes, data, published)
        if secret:
            write_private(place / DATA / SECRET, f"{secret}\n".encode())
            hashes[f"{DATA}/{SECRET}"] = file_sha256(place / DATA / SECRET)
        write_private(place / FACTS, facts.to_json().encode())
        hashes[FACTS] = file_sha256(place / FACTS)
        own = write_inventory(place, hashes)
        flush_folder(place)
        swap(place, out)
        flush_folder(out.parent)
    return BackedUp(facts, own, len(hashes))


def check_place(out: Path, data: Path, published: Published) -> None:
    """Refuse a folder that is in use or holds what is no backup of this installation, before any work is done."""
    for used in (data, published.folder):
        if out == used or used in out.parents or out in used.parents:
            raise InputError.coded("backup.place_in_use", folder=str(out), used=str(used))
    if out.exists() and not (out.is_dir() and (is_backup(out) or not any(out.iterdir()))):
        raise InputError.coded("backup.place_taken", folder=str(out))
    if is_backup(out):
        former = read_backup(out)[0]
        if former.instance != settings.INSTANCE:
            raise RefusedError("backup.of_another", folder=str(out), instance=former.instance)


def _copy_record(place: Path, hashes: dict[str, str], published: Published, at: datetime) -> Backup:
    """Write every table as it is at one moment, and what is published as it was at that moment."""
    with ExitStack() as moment:
        if published.exists:
            moment.enter_context(published.alone(HEADS))  # a seal is published and stored before or after, not between
        with snapshot(connection, place / "copy.sqlite3") as still:
            for name in files_below(published.folder):
                if is_ours(name):
                    hashes[f"{PUBLISHED}/{name}"] = copy_private(published.folder / name, place / PUBLISHED / name)
            moment.close()
            tables = {}
            for table in table_names(still):
                name = f"{RECORD}/{table}.jsonl"
                with private_file(place / name) as out:
                    tables[table] = write_table(still, table, out)
                hashes[name] = file_sha256(place / name)
            return Backup(
                waymark=__version__,
                instance=settings.INSTANCE,
                database=connection.vendor,
                taken=at.isoformat(timespec="seconds"),
                steps=applied_steps(still),
                heads=_log_heads(still),
                tables=tables,
            )


def _log_heads(still: BaseDatabaseWrapper) -> dict[str, int]:
    with still.cursor() as cursor:
        cursor.execute("SELECT network, last FROM records_loghead ORDER BY network")
        return dict(cursor.fetchall())


def _copy_data(place: Path, hashes: dict[str, str], data: Path, published: Published) -> None:
    """Copy the data folder without the record, what is published, what is made again, and what is half-written."""
    database = Path(str(connection.settings_dict["NAME"])).name if connection.vendor == "sqlite" else ""
    left_out = {*LEFT_OUT, *(database + part for part in PARTS)}
    for entry in sorted(data.iterdir()) if data.is_dir() else ():
        if entry.name in left_out or entry.name[0] == "." or entry.resolve() == published.folder.resolve():
            continue
        if entry.is_file():
            hashes[f"{DATA}/{entry.name}"] = copy_private(entry, place / DATA / entry.name)
        elif entry.name == "datasets":
            for dataset in (path for path in sorted(entry.iterdir()) if path.is_dir() and path.name[0] != "."):
                _copy_dataset(dataset, place, f"{DATA}/datasets/{dataset.name}", hashes)
        else:
            _copy_files(entry.resolve(), place, f"{DATA}/{entry.name}", hashes)


def _copy_files(folder: Path, place: Path, prefix: str, hashes: dict[str, str]) -> None:
    for name in files_below(folder):
        if any(part[0] == "." or part.endswith(".part") for part in name.split("/")):
            continue
        hashes[f"{prefix}/{name}"] = copy_private(folder / name, place / prefix / name)


def _copy_dataset(folder: Path, place: Path, prefix: str, hashes: dict[str, str]) -> None:
    """Copy a dataset of which nothing is from before and something from after it was replaced."""
    for _ in range(TRIES):
        try:
            before = (folder / "manifest.json").read_bytes()
            for name in files_below(folder):
                (place / prefix / name).unlink(missing_ok=True)
                hashes[f"{prefix}/{name}"] = copy_private(folder / name, place / prefix / name)
            if (folder / "manifest.json").read_bytes() == before:
                return
        except FileNotFoundError:
            if not folder.parent.is_dir():
                raise
    raise RefusedError("backup.dataset_changing", folder=str(folder))
