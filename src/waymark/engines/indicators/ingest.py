"""Adds a file, folder or archive of statistics to a store: read, check, write, and only then show.

The new dataset is written into a hidden folder of the store, flushed to disk and renamed. A process killed at any
moment leaves the store as it was; what it leaves behind is cleared away by the next ingest.
"""

import contextlib
import fcntl
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from waymark.engines.indicators.archives import digest_of
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.outcome import Checked, Progress, Read, Reading
from waymark.engines.indicators.publishers import UNKNOWN, describe
from waymark.engines.indicators.schema import OBSERVATIONS
from waymark.engines.indicators.store import (
    FORMER,
    INCOMING,
    MANIFEST_FILE,
    OBSERVATIONS_FILE,
    REJECTS_FILE,
    Store,
    remove,
)
from waymark.gcm.errors import InputError, OutputError, RefusedError

PATIENCE = 60.0
"""Seconds that a writer waits for another one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the person says about a dataset; empty where the catalogue or "unknown" should stand in."""

    dataset: str = ""
    title: str = ""
    publisher: str = ""
    address: str = ""
    licence: str = ""
    retrieved: str = ""
    released: str = ""
    complete_to: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an ingest writes, or would write in a dry run: the manifest and both tables."""

    manifest: Manifest
    checked: Checked = field(repr=False)


def add(
    path: Path,
    *,
    store: Store,
    progress: Progress | None = None,
    replace_former: bool = False,
    decimal: str = "",
    reading: Reading | None = None,
    **facts: str,
) -> Manifest:
    """Read and check what lies at `path` and add it to the store; `facts` are fields of `Facts`.

    Notebooks read in their own process; for what a person sends call `walled.add`.

    The same file a second time changes nothing: its manifest comes back with `already`. Raises InputError for what
    cannot be read or holds no valid row, RefusedError when the name is taken by another file or another ingest runs,
    OutputError when the store cannot be written; the store is then as it was.
    """
    given = _facts(facts)
    digest = digest_of(path)
    former = None if replace_former else _held(store, digest, given)
    if former is not None:
        return former
    prepared = _read(path, digest, given, decimal, progress, reading)
    name = prepared.manifest.id
    with _locked(store):
        former = None if replace_former else _held(store, digest, given)  # another command may have added it
        if former is not None:
            return former
        if any(known.id == name for known in store.datasets()) and not replace_former:
            raise RefusedError("dataset.of_another_file", path=str(path), dataset=name)
        return _written(store, prepared)


def _held(store: Store, digest: str, given: Facts) -> Manifest | None:
    """The manifest of the same file in the store, marked so; None when it is not there under the name given."""
    same = (known for known in store.datasets() if known.sha256 == digest and given.dataset in ("", known.id))
    found = next(same, None)
    return replace(found, already=True) if found else None


def check(
    path: Path, *, progress: Progress | None = None, decimal: str = "", reading: Reading | None = None, **facts: str
) -> Prepared:
    """Read and check without storing anything. Raises InputError like `add`."""
    return _read(path, digest_of(path), _facts(facts), decimal, progress, reading)


def _facts(facts: dict[str, str]) -> Facts:
    """The facts, with their form checked."""
    given = Facts(**{name: text.strip() for name, text in facts.items() if text})
    if given.dataset and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", given.dataset):
        raise InputError(
            f"dataset {given.dataset}",
            "This is not a dataset's name",
            expected="small letters, figures and hyphens, such as national-births-2025",
            todo="Choose another name",
        )
    for name in ("retrieved", "released", "complete_to"):
        text = getattr(given, name)
        if text and text != UNKNOWN and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
            expected = 'a date such as 2025-03-31, a month, a year, or "unknown"'
            option = name.replace("_", "-")
            raise InputError(
                f"{option} {text}", "This is not a date", expected=expected, todo="Write it as year-month-day"
            )
    return given


def _read_here() -> Reading:
    """The reading in this process; it loads every reader, which a walled reading does not need here."""
    from waymark.engines.indicators.reading import read_here

    return read_here


def _read(
    path: Path, digest: str, given: Facts, decimal: str, progress: Progress | None, reading: Reading | None
) -> Prepared:
    """Everything that happens before something is written."""
    name = path.name or str(path)
    known = describe(digest)
    dataset = given.dataset or known.get("id") or _slug(path)
    read = (reading or _read_here())(path, name=name, dataset=dataset, decimal=decimal, progress=progress)
    return Prepared(_manifest(name, digest, dataset, given, read), read.checked)


def _manifest(file: str, digest: str, name: str, given: Facts, read: Read) -> Manifest:
    """The manifest: what the person said, else what the catalogue knows of this file or its layout, else unknown."""
    checked, used, notes = read.checked, read.used, read.notes
    table = checked.observations
    codes = table.column("series").unique().to_pylist()
    facts = describe(digest, read.publishers, given.publisher)
    years = pc.min_max(table.column("year")).as_py()
    return Manifest(
        id=name,
        title=given.title or facts.get("title") or file,
        publisher=given.publisher or facts.get("publisher") or UNKNOWN,
        dataset=facts.get("dataset") or file,
        address=given.address or facts.get("address") or UNKNOWN,
        retrieved=given.retrieved or facts.get("retrieved") or UNKNOWN,
        released=given.released or facts.get("released") or UNKNOWN,
        sha256=digest,
        given=file,
        licence=given.licence or facts.get("licence") or UNKNOWN,
        reuse=bool(facts.get("reuse", False)) and given.licence in ("", facts.get("licence")),
        reader=", ".join(sorted(used)),
        reader_version=", ".join(used[reader] for reader in sorted(used)),
        rows_read=checked.rows_read,
        rows_stored=checked.rows_stored,
        rows_rejected=checked.rows_rejected,
        rejected_by_reason=checked.rejected_by_reason,
        observations=table.num_rows,
        series=len(codes),
        places=len(table.column("place").unique()),
        years=(years["min"], years["max"]),
        notes=notes,
        complete_to=_end(given.complete_to or facts.get("complete_to") or ""),
    )


def _end(said: str) -> str:
    """Up to when a dataset is complete, "" where that is not known."""
    return "" if said == UNKNOWN else said


def _slug(path: Path) -> str:
    """A dataset's name from a file name: "Data (2).csv.gz" → "data-2"."""
    stem = re.sub(r"(\.(csv|tsv|txt|xlsx|parquet|zip|gz))+$", "", path.resolve().name.lower())
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:80] or "dataset"


@contextlib.contextmanager
def _locked(store: Store) -> Iterator[None]:
    """One writer at a time in a store, waited for; the rest of a killed one is cleared away first."""
    try:
        store.root.mkdir(parents=True, exist_ok=True)
        lock = os.open(store.root / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
    except OSError as problem:
        raise _unwritable(store.root, problem) from None
    try:
        until = time.monotonic() + PATIENCE
        while not _free(lock):
            if time.monotonic() > until:
                raise RefusedError("dataset.being_written", folder=str(store.root))
            time.sleep(0.05)
        for rest in store.root.glob(f"{INCOMING}*"):
            remove(rest)
        store.recover()
        for former in store.root.glob(f"{FORMER}*"):
            remove(former)  # its successor is in place
        yield
    finally:
        os.close(lock)


def _free(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _written(store: Store, prepared: Prepared) -> Manifest:
    """Write the dataset beside its place, flush it, and rename it into its place."""
    name = prepared.manifest.id
    target, incoming, former = store.root / name, store.root / f"{INCOMING}{name}", store.root / f"{FORMER}{name}"
    try:
        incoming.mkdir()
        write_observations(prepared.checked.observations, incoming / OBSERVATIONS_FILE)
        pa.parquet.write_table(prepared.checked.rejects, incoming / REJECTS_FILE, compression="zstd")
        files = {file: file_digest(incoming / file) for file in (OBSERVATIONS_FILE, REJECTS_FILE)}
        manifest = replace(prepared.manifest, files=files)
        (incoming / MANIFEST_FILE).write_text(manifest.kept_json(), encoding="utf-8")
        for file in (*incoming.iterdir(), incoming):
            _flush(file)
        if target.exists():
            target.rename(former)
        incoming.rename(target)
        _flush(store.root)
    except OSError as problem:
        raise _unwritable(store.root, problem) from None
    finally:
        remove(incoming)
        store.recover()
    remove(former)
    return manifest


def write_observations(table: pa.Table, path: Path, *, level: int = 3, rows: int = 131072) -> None:
    """Write observations as Parquet: the same bytes for the same table.

    Texts and years as dictionaries, row numbers as differences; measured on the SDG database a third smaller and faster
    than the defaults. Arrow's own schema is left out, so that texts are plain strings for every reader.
    """
    pa.parquet.write_table(
        table,
        path,
        compression="zstd",
        compression_level=level,
        use_dictionary=[*(field.name for field in OBSERVATIONS if pa.types.is_string(field.type)), "year"],
        column_encoding={"row": "DELTA_BINARY_PACKED"},
        store_schema=False,
        row_group_size=rows,
    )


def file_digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return digest_of(path)


def _flush(path: Path) -> None:
    """Make sure that a file or folder is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(root: Path, problem: OSError) -> OutputError:
    """The refusal when the store cannot be written; nothing half-written is left."""
    words = problem.strerror or str(problem).splitlines()[0]
    full = problem.errno in (28, 27) or "No space" in str(problem) or "too large" in str(problem)
    todo = "Free some space or choose another folder" if full else "Check its permissions or choose another folder"
    return OutputError(
        f"{root}: The store cannot be written ({words}); nothing was changed. {todo} with the setting WAYMARK_DATA."
    )


def faults(store: Store, manifest: Manifest) -> list[str]:
    """What is wrong with a stored dataset: files that changed or are missing, and sums of rows that do not hold."""
    found = []
    for name, digest in manifest.files.items():
        path = store.root / manifest.id / name
        if not path.exists():
            found.append(f"{name} is missing")
        elif file_digest(path) != digest:
            found.append(f"{name} was changed after it was written")
    if manifest.rows_read != manifest.rows_stored + manifest.rows_rejected:
        found.append("rows read are not rows stored plus rows rejected")
    return found
