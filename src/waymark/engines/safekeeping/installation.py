"""What a data folder shows of the record that belongs to it, so that a lost record is never taken for a new one.

`installation.json` lies in the data folder: the name of the installation and the kind of its database. It is written
when the record is ready for the first time.
"""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from waymark.engines.safekeeping.published import HEADS
from waymark.engines.safekeeping.shelf import CANDIDATES, EDITIONS

MARKER = "installation.json"
FORMAT = 1
SETUP_LOCK = ".setup.lock"
"""What keeps two commands from making the record at once; it stays in the folder, empty."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Whose data folder it is: the short name of the installation, and its database, "sqlite" or "postgresql"."""

    instance: str
    database: str


UNREADABLE = Installation("", "")
"""Stands for a marker that is there and cannot be read: a record was here, whose is not known."""


def read_marker(data: Path) -> Installation | None:
    """Whose data folder it is; None when no record was ever ready here."""
    try:
        facts = json.loads((data / MARKER).read_text(encoding="utf-8"))
        return Installation(str(facts["instance"]), str(facts["database"]))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return UNREADABLE


def write_marker(data: Path, installation: Installation) -> None:
    """Say whose data folder it is, as a whole or not at all; what says so already is left. Raises OSError."""
    if read_marker(data) == installation:
        return
    text = json.dumps({"format": FORMAT, **asdict(installation)}, indent=2, sort_keys=True) + "\n"
    handle, name = tempfile.mkstemp(prefix=".part.", dir=data)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(data / MARKER)
    finally:
        Path(name).unlink(missing_ok=True)


def traces(data: Path, heads: Path) -> list[str]:
    """What shows that a record was here, in words; none in a folder that may begin a new one.

    Statistics are none of it: they are added without a record.
    """
    found = [MARKER] if (data / MARKER).exists() else []
    files = data / "documents" / "files"
    count = sum(1 for path in files.glob("??/*") if path.is_file()) if files.is_dir() else 0
    if count:
        found.append(f"{count:,} stored {'file' if count == 1 else 'files'} of documents")
    for name in (CANDIDATES, EDITIONS):
        kept = [path for path in (data / name).iterdir() if path.is_dir()] if (data / name).is_dir() else []
        if kept:
            found.append(f"{len(kept):,} of the {name} of reviews")
    if (heads / HEADS).exists():
        found.append(f"the published heads in {heads}")
    return found
