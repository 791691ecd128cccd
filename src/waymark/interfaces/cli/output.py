"""Writes a folder of files as a whole: either all of it is there afterwards or the folder is as it was before."""

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from waymark.engines.safekeeping.staging import swap
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

    Raises InputError for one that exists, is not empty and was not written by us.
    """
    try:
        foreign = out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MANIFEST).exists()))
    except OSError as error:
        raise refusal(out, error) from error
    if foreign:
        raise InputError(
            f"--out {out}",
            "it holds files that were not written by this command",
            expected="a new folder, an empty one, or one written by this command before",
            todo="Choose another folder",
        )


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


def refusal(out: Path, error: OSError, option: str = "--out ") -> OutputError:
    """The words for a folder that cannot be written; `option` is what stands before its name."""
    cause, todo = CAUSES.get(
        error.errno or 0, (os.strerror(error.errno or errno.EIO), "Look at the disk, then run again")
    )
    return OutputError(
        f"{option}{out}: it could not be written, because {cause}. Nothing was left half-written. {todo}."
    )


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 page", "2 pages"."""
    return f"{number:,} {one if number == 1 else many}"
