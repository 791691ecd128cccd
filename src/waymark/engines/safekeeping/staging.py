"""Folders that only their owner may read, built beside their place and swapped in as a whole."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from waymark.gcm.errors import RefusedError

FOLDER, FILE = 0o700, 0o600
BLOCK = 1 << 20


@contextmanager
def staged(target: Path, name: str) -> Iterator[Path]:
    """A fresh private folder beside `target`; what is still in it at the end is deleted.

    What a kill left there before is deleted first. Raises RefusedError when another process works in it, OSError when
    it cannot be made.
    """
    place = target.parent / f".{target.name}.{name}"
    target.parent.mkdir(parents=True, exist_ok=True)
    place.mkdir(mode=FOLDER, exist_ok=True)
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError("folder.being_written", folder=str(target)) from None
        place.chmod(FOLDER)
        _empty(place)
        try:
            yield place
        finally:
            if place.exists() and place.stat().st_ino == os.fstat(handle).st_ino:
                shutil.rmtree(place, ignore_errors=True)
    finally:
        os.close(handle)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def swap(fresh: Path, out: Path) -> None:
    """Put the folder `fresh` in the place of `out`."""
    if not out.exists():
        fresh.rename(out)
        return
    former = Path(tempfile.mkdtemp(prefix=f".{out.name}.former.", dir=out.parent))
    kept = former / "folder"
    try:
        out.rename(kept)
        fresh.rename(out)
    except BaseException:  # Ctrl-C as well: what was there comes back
        if kept.exists() and not out.exists():
            kept.rename(out)
        raise
    finally:
        shutil.rmtree(former, ignore_errors=True)


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, for the owner only."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=FOLDER, exist_ok=True)


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """A new file for the owner only, flushed to the disk at the end."""
    make_folder(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def write_private(path: Path, content: bytes) -> None:
    """Write a new file for the owner only."""
    with private_file(path) as out:
        out.write(content)


def copy_private(source: Path, target: Path) -> str:
    """Copy a file for the owner only; returns the SHA-256 of what was copied."""
    total = hashlib.sha256()
    with source.open("rb") as content, private_file(target) as out:
        while block := content.read(BLOCK):
            total.update(block)
            out.write(block)
    return total.hexdigest()


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, read in pieces. Raises OSError."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def files_below(folder: Path) -> Iterator[str]:
    """The names of all files below a folder, sorted, with `/` between the parts.

    Raises RefusedError for a link, a device or a pipe: it could lead anywhere.
    """
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not path.name.isprintable():  # what is no UTF-8 is not printable either
            raise RefusedError("file.unprintable_name", file=repr(str(path)))
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise RefusedError("file.no_file", file=str(path))
        if path.is_dir():
            yield from (f"{path.name}/{name}" for name in files_below(path))
        else:
            yield path.name


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
