"""A full disk and a disk that can only be read, under a command that writes: a paragraph, and a later run is whole.

Where this process may mount, the place lies on a small disk of its own; elsewhere a limit of each file's size stands in
for a full disk, and missing rights for one that can only be read.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import databases
from bench.holdings import differences, told
from bench.trials import Ended, Server, Trial
from bench.writing import Place, Writing

ROOM = 256 * 1024
"""KiB of a disk that is not full."""


class Disk:
    """A folder on a disk of its own, when one can be mounted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.mounted = _mount("-t", "tmpfs", "-o", f"size={ROOM}k", "tmpfs", str(folder))

    def full(self, place: Place, slack: int) -> int:
        """Leave `slack` bytes free; returns the limit of each file's size where that cannot be done, else 0."""
        if not self.mounted:
            return slack + 4096
        used = shutil.disk_usage(self.folder).used
        return 0 if _mount("-o", f"remount,size={(used + slack + 4095) // 1024}k", str(self.folder)) else slack + 4096

    def read_only(self) -> None:
        """Let nobody write."""
        if not (self.mounted and _mount("-o", "remount,ro", str(self.folder))):
            self._rights(0o555, 0o444)

    def free(self) -> None:
        """Let everybody write again, with room."""
        if not (self.mounted and _mount("-o", f"remount,rw,size={ROOM}k", str(self.folder))):
            self._rights(0o755, 0o644)

    def close(self) -> None:
        """Take the disk away."""
        if self.mounted:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)  # a server may still hold files
        else:
            shutil.rmtree(self.folder)

    def _rights(self, folders: int, files: int) -> None:
        for path in [self.folder, *self.folder.rglob("*")]:
            if not path.is_symlink():
                path.chmod(folders if path.is_dir() else files)


def _mount(*words: str) -> bool:
    return os.geteuid() == 0 and subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


@contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    """A disk for one trial."""
    held = Disk(folder)
    try:
        yield held
    finally:
        held.free()
        held.close()


def trouble(
    installation: Place, writing: Writing, server: Server, folder: Path, *, slack: int | None, wanted: Mapping[str, Any]
) -> list[str]:
    """What went wrong on a disk with `slack` bytes free, or with None on one that can only be read, and afterwards.

    A database of PostgreSQL lies on the same full disk, where one can be mounted; where the disk can only be read, the
    server takes nothing either.
    """
    with disk(folder) as held, _room(installation.server if slack is not None else "", held) as tablespace:
        place = installation.copied(folder / "place", writing, tablespace)
        most = 0
        if slack is None:
            held.read_only()
        else:
            most = held.full(place, slack)
        if place.server and slack is None:
            databases.can_only_be_read(place.url, True)
        ended = server.run(_trial(writing, place, most=most, nobody=slack is None and not held.mounted))
        faults = told_badly(ended)
        held.free()
        if place.server and slack is None:
            databases.can_only_be_read(place.url, False)
        faults += whole_again(place, writing, server, wanted)
        place.removed()
    where = "read-only" if slack is None else f"{slack} bytes free"
    return [f"{writing.name}, {where}: {fault}" for fault in faults]


def whole_again(place: Place, writing: Writing, server: Server, wanted: Mapping[str, Any]) -> list[str]:
    """What a later run without trouble leaves wrong."""
    again = server.run(_trial(writing, place))
    held = told(place)
    faults = [f"afterwards: {difference}" for difference in differences(wanted, held)]
    if again.status not in (0, writing.again):
        faults.append(f"afterwards: status {again.status}: {again.err}")
    return faults


@contextmanager
def _room(server: str, held: Disk) -> Iterator[str]:
    """A tablespace on the disk, "" without a server or where the disk is none of its own."""
    if not (server and held.mounted):
        yield ""
        return
    name = databases.room(server, held.folder / "tablespace")
    try:
        yield name
    finally:
        databases.close_room(server, name)


def _trial(writing: Writing, place: Place, *, most: int = 0, nobody: bool = False) -> Trial:
    return Trial(writing.command(place), place.environment(), str(place.root), most=most, nobody=nobody)


def told_badly(ended: Ended) -> list[str]:
    """What is wrong with how a command ended that could not write; it may have had nothing to write."""
    lines = ended.err.strip().splitlines()
    if ended.status not in (0, 4) or "Traceback" in ended.err:
        return [f"status {ended.status}: {ended.err}"]
    if ended.status and not (lines and lines[-1].startswith("waymark ")):
        return [f"no paragraph: {ended.err}"]
    return []
