"""What is known about a dataset: who published it, where it came from, and the arithmetic of its ingest."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from waymark.gcm.errors import InputError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """One dataset. `rows_read == rows_stored + rows_rejected` always; for wide tables a row is a cell.

    `observations` is how many rows the Parquet file has: fewer than `rows_stored` where rows were added up, more where
    totals were added. `retrieved` and `released` are ISO dates or years, "unknown" when nobody noted them. `sha256` is
    that of the file as given. `years` are the first and last year stored. `files` are its files with their SHA-256.
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
    files: dict[str, str] = field(default_factory=dict)
    already: bool = field(default=False, compare=False)
    """Whether `add` found the same file in the store and changed nothing; not written to the file."""

    def to_json(self) -> str:
        """The text of the file `manifest.json`."""
        facts = {"format": FORMAT} | asdict(self)
        del facts["already"]
        return json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file. Raises InputError when the file is no manifest of this version."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        if facts.pop("format") != FORMAT:
            raise ValueError("another version")
        facts |= {"years": tuple(facts["years"]), "notes": tuple(facts["notes"])}
        return Manifest(**facts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        todo = "Add the dataset again from its source file"
        words = f"The manifest cannot be read ({problem})"
        raise InputError(str(path), words, expected=f"a manifest of format {FORMAT}", todo=todo) from None
