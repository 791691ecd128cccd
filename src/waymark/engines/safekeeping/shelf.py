"""Where the files of candidates and published editions lie: in the data folder, under their hash.

    candidates/ab12…/files/…      the rendered files that were submitted for clearance
    editions/ab12…/files/…        the same bytes, published; they are never changed or removed
    editions/ab12…/CLEARANCE.json who cleared and published them, beside the cleared bytes and not among them

A folder is built beside its place and put there whole, so that it is complete or not there.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from waymark.engines.safekeeping.staging import (
    copy_private,
    file_sha256,
    files_below,
    flush_folder,
    staged,
    swap,
    write_private,
)
from waymark.gcm.errors import InputError, OutputError, RefusedError

T = TypeVar("T")

CANDIDATES, EDITIONS, FILES, RECORD = "candidates", "editions", "files", "CLEARANCE.json"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file: its name with `/` between the parts, SHA-256 (hexadecimal) and size in bytes."""

    name: str
    sha256: str
    size: int


class Shelf:
    """The candidates and editions in the data folder of one installation."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def candidate(self, sha256: str) -> Path:
        """The folder of a candidate's files."""
        return self.data / CANDIDATES / sha256 / FILES

    def edition(self, sha256: str) -> Path:
        """The folder of an edition's files."""
        return self.data / EDITIONS / sha256 / FILES

    def record(self, sha256: str) -> Path:
        """The record of an edition's clearance."""
        return self.data / EDITIONS / sha256 / RECORD

    def take_in(self, folder: Path, files: Mapping[str, str], sha256: str) -> None:
        """Copy files (name → hash) of a folder in as the candidate of this hash; the same ones again change nothing.

        Raises InputError when a file is not what it was, RefusedError when another process copies them, and OutputError
        when they cannot be stored.
        """
        place = self.candidate(sha256).parent
        if not fault(place / FILES, files):
            return
        _said(self.data, lambda: _build(place, folder, files, None))

    def publish(self, sha256: str, files: Mapping[str, str], record: bytes) -> None:
        """Copy a candidate's files to the editions, with the record of its clearance beside them.

        What a publication that was cut off left there is replaced. Raises as `take_in`.
        """
        place = self.edition(sha256).parent
        source = self.candidate(sha256)
        _said(self.data, lambda: _build(place, source, files, record))


def files_of(folder: Path) -> tuple[StoredFile, ...]:
    """Every file below a folder with its hash, by name.

    Raises InputError for a folder that cannot be read, holds nothing, or holds a name that a backup leaves out, and
    RefusedError for a link, a device or a pipe.
    """
    try:
        names = list(files_below(folder)) if folder.is_dir() else []
        found = tuple(StoredFile(name, file_sha256(folder / name), (folder / name).stat().st_size) for name in names)
    except OSError as error:
        raise InputError.coded(
            "candidate.unreadable", folder=str(folder), reason=error.strerror or str(error)
        ) from error
    hidden = [name for name in names if any(part[0] == "." or part.endswith(".part") for part in name.split("/"))]
    if not found:
        raise InputError.coded("candidate.without_files", folder=str(folder))
    if hidden:
        raise InputError.coded("candidate.hidden_files", folder=str(folder), files=tuple(hidden[:5]))
    return found


def fault(folder: Path, files: Mapping[str, str]) -> str:
    """What of a folder is not as it was stored, in words that name the file; "" when all is."""
    try:
        found = set(files_below(folder)) if folder.is_dir() else set()
        for name in sorted(files.keys() | found):
            if name not in found:
                return f"{name} is missing"
            if name not in files:
                return f"{name} was added"
            if file_sha256(folder / name) != files[name]:
                return f"{name} was changed"
    except (OSError, RefusedError) as error:
        return str(error)
    return ""


def _build(place: Path, source: Path, files: Mapping[str, str], record: bytes | None) -> None:
    with staged(place, "part") as fresh:
        for name in sorted(files):
            if copy_private(source / name, fresh / FILES / name) != files[name]:
                raise InputError.coded("candidate.changed_meanwhile", file=name)
        if record is not None:
            write_private(fresh / RECORD, record)
        for folder, _, _ in os.walk(fresh):
            flush_folder(Path(folder))
        swap(fresh, place)
        flush_folder(place.parent)
        flush_folder(place.parent.parent)


def _said(data: Path, work: Callable[[], T]) -> T:
    """Do `work` with a failure of the disk put into words."""
    try:
        return work()
    except OSError as error:
        raise OutputError(
            f"{data}: the files of the review could not be stored ({error.strerror or error}). Nothing was left "
            "half-written. Look at the disk and its rights, then do it again."
        ) from error


def record_sha256(content: bytes) -> str:
    """The hash by which an edition names the record of its clearance."""
    return hashlib.sha256(content).hexdigest()
