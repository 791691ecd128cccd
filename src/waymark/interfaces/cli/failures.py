"""Every failure of a command as one paragraph and an exit status; no traceback reaches a person.

2 something given cannot be used · 3 it may not be done, or not now · 4 a store or the disk failed · 5 a defect of this
program; its details are kept in a file · 130 stopped by Ctrl-C · 141 the reader of the output went away.
"""

import hashlib
import os
import traceback
from pathlib import Path

from waymark.gcm.errors import OutputError, RefusedError, WaymarkError
from waymark.interfaces.cli.advice import printed
from waymark.interfaces.cli.folders import data_folder
from waymark.interfaces.cli.record_failures import database_words, is_of_database

DEFECT = 5
DEBUG = "WAYMARK_DEBUG"


def told(error: Exception) -> tuple[str, int]:
    """The paragraph and the exit status of a failure."""
    if isinstance(error, WaymarkError):
        return printed(error), error.exit_code
    if is_of_database(error):
        return _of_database(error)
    if isinstance(error, OSError) and error.strerror:
        return _of_disk(error), OutputError.exit_code
    if isinstance(error, MemoryError):
        return (
            "this machine has not enough memory left for it. Nothing was left half-written. End other programs, or "
            "give less at once, then run the command again."
        ), OutputError.exit_code
    return _of_ours(error), DEFECT


def _of_database(error: Exception) -> tuple[str, int]:
    if type(error).__name__ in ("IntegrityError", "DataError"):
        from waymark.records.rules import broken_rule

        words = f"The record refuses this, and nothing was stored. {broken_rule(error).words()}"
        return words, RefusedError.exit_code
    from waymark.interfaces.cli.record import record_place

    return database_words(error, record_place()), OutputError.exit_code


def _of_disk(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return (
        f"{where}it could not be read or written ({error.strerror}). Nothing was left half-written. Look at the disk "
        "and its rights, then run the command again."
    )


def _of_ours(error: Exception) -> str:
    """The words for a defect; the details go into a file, the same defect into the same one."""
    details = "".join(traceback.format_exception(error))
    if os.environ.get(DEBUG):
        return f"this is a defect of this program.\n{details}"
    name = hashlib.sha256(details.encode("utf-8", "replace")).hexdigest()[:12]
    path = data_folder("defects", f"{name}.txt")
    kept = f"The details are in {path}." if _written(path, details) else f"Run it with {DEBUG}=1 to see the details."
    return (
        f"this is a defect of this program ({type(error).__name__}); what it was doing was not finished, and nothing "
        f"was left half-written in the record. {kept} Please send them to who looks after the program: they hold "
        "names of files and parts of what was given."
    )


def _written(path: Path, details: str) -> bool:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(details, encoding="utf-8", errors="replace")
    except OSError:
        return False
    return True
