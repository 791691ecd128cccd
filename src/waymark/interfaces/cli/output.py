"""Writes a folder of files, or one file, as a whole: either all of it is there afterwards or what was there before."""

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from waymark.engines.safekeeping.inventory import entries
from waymark.engines.safekeeping.staging import file_sha256, swap
from waymark.gcm.errors import InputError, OutputError

MANIFEST = "MANIFEST"
"""A folder that holds this file was written by us and may be replaced."""

CAUSES = {
    errno.ENOSPC: (
        "the disk is full",
        "Free some space, or choose a folder on another disk, then run the command again",
    ),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, then run the command again"),
    errno.EFBIG: ("a file grew over the size allowed here", "Raise the limit or choose another disk"),
    errno.EACCES: ("it is not allowed to write there", "Choose a folder that you may write to"),
    errno.EPERM: ("it is not allowed to write there", "Choose a folder that you may write to"),
    errno.EROFS: ("the disk can only be read", "Choose a folder on another disk"),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "Choose another folder"),
    errno.EEXIST: ("a part of the path is a file, not a folder", "Choose another folder"),
    errno.ENAMETOOLONG: ("the path is too long", "Choose a shorter path"),
}


def check_folder(out: Path) -> None:
    """Refuse a folder that holds files of somebody else, before any work is done.

    Raises InputError for one that exists, is not empty and was not written by us, and for one of ours to which
    something was added or in which a file was changed: it would be lost.
    """
    try:
        foreign = _foreign(out)
    except OSError as error:
        raise refusal(out, error) from error
    if foreign:
        raise not_ours(out, foreign)


def not_ours(out: Path, name: str) -> InputError:
    """The refusal of a place where something lies that this command did not write."""
    return InputError(
        f"--out {out}",
        f"it holds {name}, which was not written by this command or was changed since",
        expected="a new folder, an empty one, or one written by this command before",
        todo="Choose another folder, or move the file away",
    )


def _foreign(out: Path) -> str:
    """The first thing in `out` that is not as we wrote it, "" when there is none."""
    try:
        out.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    if not out.is_dir():
        return "a file of this name"
    listed = (entries((out / MANIFEST).read_bytes()) or {}) if (out / MANIFEST).is_file() else {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_dir() and not path.is_symlink():
            continue
        if name == MANIFEST and listed:
            continue
        if name not in listed or not path.is_file() or file_sha256(path) != listed[name]:
            return name
    return ""


def write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (name → content, names may hold `/`) as folder `out`, replacing what we wrote there before.

    The new folder is built beside the old one and swapped in when it is whole. Raises OutputError when it cannot be
    written; nothing half-written is left.
    """
    fresh: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        fresh.chmod(0o755)
        swap(fresh, out)
    except OSError as error:
        raise refusal(out, error) from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)


def write_file(path: Path, content: bytes, option: str = "--out ") -> None:
    """Write a file whole or not at all, in the place of one of this name. Raises OutputError."""
    fresh = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            fresh = stream.name
            stream.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(fresh).chmod(0o666 & ~mask)
        Path(fresh).replace(path)
    except OSError as error:
        raise refusal(path, error, option) from error
    finally:
        if fresh:
            Path(fresh).unlink(missing_ok=True)


def refusal(out: Path, error: OSError, option: str = "--out ") -> OutputError:
    """The words for a folder that cannot be written; `option` is what stands before its name."""
    cause, todo = CAUSES.get(
        error.errno or 0, (os.strerror(error.errno or errno.EIO), "Look at the disk, then run again")
    )
    return OutputError(
        f"{option}{out}: it could not be written, because {cause}. Nothing was left half-written. {todo}."
    )
