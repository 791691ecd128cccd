"""What is known about a dataset: who published it, where it came from, and the arithmetic of its ingest."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from waymark.engines.files.json_texts import read_json
from waymark.gcm.errors import InputError

FORMAT = 1
NO_LICENCE = ("unknown", "not checked")
"""How the licence begins of a dataset of which nobody read or said one."""
DIGEST = "digest"
"""The key of a kept manifest's own digest: the SHA-256 of the manifest without this key."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One dataset. `rows_read == rows_stored + rows_rejected` always; for wide tables a row is a cell.

    `observations` is how many rows the Parquet file has: fewer than `rows_stored` where rows were added up, more where
    totals were added. `retrieved` and `released` are ISO dates or years, "unknown" when nobody noted them. `sha256` is
    that of the file as given. `years` are the first and last year stored. `files` are its files with their SHA-256.
    `complete_to` is the day, month or year up to which its periods are whole, "" when nobody said it.
    """

    id: str
    title: str
    publisher: str
    dataset: str
    address: str
    retrieved: str
    released: str
    sha256: str
    given: str
    licence: str
    reuse: bool
    reader: str
    reader_version: str
    rows_read: int
    rows_stored: int
    rows_rejected: int
    rejected_by_reason: dict[str, int]
    observations: int
    series: int
    places: int
    years: tuple[int, int]
    notes: tuple[str, ...] = ()
    complete_to: str = ""
    files: dict[str, str] = field(default_factory=dict)
    already: bool = field(default=False, compare=False)
    """Whether `add` found the same file in the store and changed nothing; not written to the file."""

    @property
    def cleared(self) -> bool:
        """Whether a licence is known under which figures may be passed on: its publisher's, or one that was said."""
        return self.reuse or not self.licence.startswith(NO_LICENCE)

    def to_json(self) -> str:
        """The text of the file `manifest.json`."""
        facts = {"format": FORMAT} | asdict(self)
        del facts["already"]
        return _text(facts)

    def kept_json(self) -> str:
        """The same with its own digest, so that a changed manifest is seen: how a store keeps it."""
        facts = json.loads(self.to_json())
        return _text(facts | {DIGEST: _digest(facts)})


def _text(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _digest(facts: dict[str, Any]) -> str:
    return hashlib.sha256(_text(facts).encode()).hexdigest()


def is_as_written(content: bytes) -> bool | None:
    """Whether the content of a manifest is what its digest says; None when it holds no digest."""
    try:
        facts = json.loads(content.decode("utf-8"))
        kept = facts.pop(DIGEST, None)
    except (ValueError, AttributeError):
        return False
    return None if kept is None else kept == _digest(facts) and _text(facts | {DIGEST: kept}).encode() == content


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file. Raises InputError when the file is no manifest of this version."""
    try:
        facts = read_json(path.read_bytes())
        facts.pop(DIGEST, None)
        if facts.pop("format") != FORMAT:
            raise ValueError("another version")
        facts |= {"years": tuple(facts["years"]), "notes": tuple(facts["notes"])}
        return Manifest(**facts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InputError) as problem:
        todo = "Add the dataset again from its source file"
        words = f"The manifest cannot be read ({problem.problem if isinstance(problem, InputError) else problem})"
        raise InputError(str(path), words, expected=f"a manifest of format {FORMAT}", todo=todo) from None
