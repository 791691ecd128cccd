"""Restores a backup into an empty place: all of it or nothing, and every erasure made since is made again.

The data folder and, on SQLite, the database are built beside their places; on PostgreSQL the database is filled in one
transaction. While a file RESTORING lies in the data folder the restore is not done; the same command finishes it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from waymark.actions.installation.backups import DATA, PUBLISHED, RECORD, RESTORING, Backup, goes_on
from waymark.actions.installation.erasing import erase_again
from waymark.actions.installation.sealing import put_back_seals
from waymark.actions.log import Act, write_events
from waymark.engines.safekeeping.installation import SETUP_LOCK, Installation, write_marker
from waymark.engines.safekeeping.published import HEADS, Lost, Published, is_ours
from waymark.engines.safekeeping.staging import (
    copy_private,
    files_below,
    flush_folder,
    staged,
    swap,
    write_private,
)
from waymark.gcm.errors import RefusedError
from waymark.queries.installation.log import Standing, standings
from waymark.queries.installation.versions import last_steps
from waymark.records.actors import Actor
from waymark.records.events import EventDetail, Seal
from waymark.records.permissions import check_verb
from waymark.records.record import urn
from waymark.records.roles import Verb
from waymark.records.snapshots import built_at, remove_sqlite
from waymark.records.tables import finish, is_empty, read_table, table_names
from waymark.records.upgrading import upgrade

RESTORED = "record.restored"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a backup goes: the data folder, and the folder of heads that is used from then on."""

    data: Path
    heads: Published

    @property
    def database(self) -> Path | None:
        """The file of the record on SQLite."""
        return Path(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: erasures made again, and what was lost of each log since the backup was taken."""

    erased: int
    lost: tuple[Lost, ...]


def restore(
    *, by: Actor, folder: Path, backup: Backup, sha256: str, place: Place, register: Published | None, day: date
) -> Restored:
    """Restore a backup that `read_backup` found whole and `check_backup` found fitting.

    `register` is the folder of heads and erasures that outlived the record, None when a person said that there is none.
    Raises RefusedError when the place is not empty, OSError when it cannot be written.
    """
    check_verb(by, Verb.INSTALL, None)
    source = register or Published(folder / PUBLISHED)
    with staged(place.data, "restore") as fresh:
        if _only_to_be_finished(place, sha256):
            return _finish(place, backup, sha256, day)
        check_empty(place)
        _copy_files(folder, fresh, place, source)
        write_private(fresh / RESTORING, sha256.encode())
        with _filled(place, fresh):
            _fill(folder, backup)
            erased = erase_again(by=by, published=source, day=day)
            words = {"backup": sha256, "taken": backup.taken, "waymark": backup.waymark, "erased_again": erased}
            write_events(by, [Act(RESTORED, Subject(), words)], "")
        return _finish(place, backup, sha256, day)


def _only_to_be_finished(place: Place, sha256: str) -> bool:
    """Whether this backup is in its place already; what a cut-off restore left without its database is deleted."""
    unfinished = place.data / RESTORING
    if not unfinished.exists():
        return False
    begun = unfinished.read_text("ascii")
    if not _is_restored(place, begun):
        shutil.rmtree(place.data)
        return False
    if begun != sha256:
        raise RefusedError("restore.other_unfinished", folder=str(place.data), backup=begun)
    return True


class Subject:
    """The subject of what is done to the installation as a whole."""

    @property
    def urn(self) -> str:
        """Its global id."""
        return urn("installation", settings.INSTANCE)


def check_empty(place: Place) -> None:
    """Refuse a place where something is. Raises RefusedError."""
    data = place.data
    if data.exists() and not (data.is_dir() and {path.name for path in data.iterdir()} <= {SETUP_LOCK}):
        raise RefusedError("restore.data_not_empty", folder=str(data))
    database = place.database
    there = database.exists() if database is not None else not is_empty(connection)
    if there:
        raise RefusedError("restore.database_not_empty", database=str(connection.settings_dict["NAME"]))


def _copy_files(folder: Path, fresh: Path, place: Place, source: Published) -> None:
    """Put the data folder together, and the heads where they are used from now on."""
    for name in files_below(folder / DATA):
        copy_private(folder / DATA / name, fresh / name)
    write_marker(fresh, Installation(settings.INSTANCE, connection.vendor))
    if source.folder == place.heads.folder:
        return
    if place.heads.folder.is_relative_to(place.data):
        _copy_published(source, fresh / place.heads.folder.relative_to(place.data))
        return
    if place.heads.exists:
        if goes_on(place.heads, source):
            return
        raise RefusedError("restore.other_heads", folder=str(place.heads), register=str(source))
    with staged(place.heads.folder, "restore") as heads:
        _copy_published(source, heads)
        swap(heads, place.heads.folder)


def _copy_published(source: Published, target: Path) -> None:
    for name in files_below(source.folder):
        if is_ours(name):
            copy_private(source.folder / name, target / name)


@contextmanager
def _filled(place: Place, fresh: Path) -> Iterator[None]:
    """A new database to fill; at the end it and the data folder are in their places, the data folder first."""
    if place.database is None:
        with transaction.atomic(durable=True):
            yield
            _into_place(fresh, place.data)
        return
    inside = place.database.is_relative_to(place.data)
    target = fresh / place.database.relative_to(place.data) if inside else _beside(place.database)
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_sqlite(target)
    try:
        with built_at(connection, target):
            yield
        _into_place(fresh, place.data)
        if not inside:
            target.rename(place.database)
            flush_folder(place.database.parent)
    finally:
        remove_sqlite(target)


def _beside(database: Path) -> Path:
    return database.with_name(f".{database.name}.restore")


def _into_place(fresh: Path, data: Path) -> None:
    flush_folder(fresh)
    if data.exists():
        (data / SETUP_LOCK).unlink(missing_ok=True)
        data.rmdir()  # it is empty, or somebody wrote into it meanwhile and this fails
    fresh.rename(data)
    flush_folder(data.parent)


def _fill(folder: Path, backup: Backup) -> None:
    """Make the tables as they were at the backup, take in the rows, then bring them to this version."""
    upgrade(last_steps(backup.steps))
    with transaction.atomic():
        if table_names(connection) != sorted(backup.tables):
            raise RefusedError("restore.other_tables")
        for table, rows in sorted(backup.tables.items()):
            with (folder / RECORD / f"{table}.jsonl").open("rb") as lines:
                taken = read_table(connection, table, lines)
            if taken != rows:
                raise RefusedError("restore.other_rows", table=table, rows=taken, expected=rows)
        finish(connection)
    upgrade()


def _is_restored(place: Place, sha256: str) -> bool:
    """Whether the database that is there came from this backup."""
    if place.database is not None and not place.database.exists():
        return False
    if "records_event" not in connection.introspection.table_names():
        return False
    details = EventDetail.objects.filter(event__network="", event__verb=RESTORED)
    return any(detail.words.get("changes", {}).get("backup") == sha256 for detail in details)


def _finish(place: Place, backup: Backup, sha256: str, day: date) -> Restored:
    """What comes after the record is in its place; done again, it changes nothing."""
    lost: list[Lost] = []
    if place.heads.exists:
        with place.heads.alone(HEADS):
            lost = _lost(place.heads, backup, sha256, day)
            if lost:
                place.heads.publish([(one, ()) for one in lost])
        put_back_seals(place.heads)
    detail = EventDetail.objects.filter(event__network="", event__verb=RESTORED).order_by("event_id").last()
    erased = detail.words["changes"]["erased_again"] if detail else 0
    (place.data / RESTORING).unlink()
    flush_folder(place.data)
    return Restored(erased, tuple(lost))


def _lost(heads: Published, backup: Backup, sha256: str, day: date) -> list[Lost]:
    """What was sealed after the backup was taken and is not in it."""
    known, _ = standings(heads)
    lost = []
    for network, standing in sorted(known.items()):
        kept = backup.heads.get(network, 0)
        if standing.next - 1 > kept:
            lost.append(Lost(network, day.isoformat(), kept, standing.next - 1, _next(network, standing, kept), sha256))
    return lost


def _next(network: str, standing: Standing, kept: int) -> int:
    """The first entry that no whole seal covers: those of the record, and those published of entries that are kept."""
    stored = Seal.objects.filter(network=network).order_by("-last").values_list("last", flat=True).first() or 0
    published = max((seal.head.last for seal in standing.seals if seal.whole and seal.head.last <= kept), default=0)
    return max(stored, published) + 1
