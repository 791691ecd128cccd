"""Adds a file, folder or archive of statistics to a store: read, check, write, and only then show.

The new dataset is written into a hidden folder of the store, flushed to disk and renamed. A process killed at any
moment leaves the store as it was; what it leaves behind is cleared away by the next ingest.
"""

import contextlib
import fcntl
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from waymark.engines.indicators.ahead import ahead
from waymark.engines.indicators.archives import Source
from waymark.engines.indicators.checks import Checked, Checker
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.publishers import describe
from waymark.engines.indicators.readers import Context
from waymark.engines.indicators.rows import REASONS, Refused, Rows
from waymark.engines.indicators.schema import OBSERVATIONS
from waymark.engines.indicators.sniff import Found, found_tables
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

Progress = Callable[[int, int, int], None]
"""Called with bytes done, bytes in all, and rows read so far."""

UNKNOWN = "unknown"


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


@dataclass(frozen=True, slots=True)
class Report:
    """A dry run: the manifest that an ingest would write, and both tables."""

    manifest: Manifest
    checked: Checked = field(repr=False)


def add(
    path: Path,
    *,
    store: Store,
    progress: Progress | None = None,
    replace_former: bool = False,
    decimal: str = "",
    **facts: str,
) -> Manifest:
    """Read and check what lies at `path` and add it to the store; `facts` are fields of `Facts`.

    The same file a second time changes nothing: its manifest comes back with `already`. Raises InputError for what
    cannot be read or holds no valid row, RefusedError when the name is taken by another file or another ingest runs,
    OutputError when the store cannot be written; the store is then as it was.
    """
    given = _facts(facts)
    with Source(path) as source:
        digest = source.digest()
        with _locked(store):
            same = [known for known in store.datasets() if known.sha256 == digest]
            if same and (not given.dataset or same[0].id == given.dataset) and not replace_former:
                return replace(same[0], already=True)
            report = _read(source, digest, given, progress, decimal)
            name = report.manifest.id
            if any(known.id == name for known in store.datasets()) and not replace_former:
                raise RefusedError("dataset.of_another_file", path=str(path), dataset=name)
            return _written(store, report)


def check(path: Path, *, progress: Progress | None = None, decimal: str = "", **facts: str) -> Report:
    """Read and check without storing anything. Raises InputError like `add`."""
    with Source(path) as source:
        return _read(source, source.digest(), _facts(facts), progress, decimal)


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
    for name in ("retrieved", "released"):
        text = getattr(given, name)
        if text and text != UNKNOWN and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
            expected = 'a date such as 2025-03-31, a month, a year, or "unknown"'
            raise InputError(
                f"{name} {text}", "This is not a date", expected=expected, todo="Write it as year-month-day"
            )
    return given


def _read(source: Source, digest: str, given: Facts, progress: Progress | None, decimal: str) -> Report:
    """Everything that happens before something is written."""
    notes: list[str] = []
    known = describe(source.name, digest)
    name = given.dataset or known.get("id") or _slug(source.path)
    checker = Checker(dataset=name, file=source.name)
    used: dict[str, str] = {}
    done, total = 0, sum(member.size for member in source.members)
    for found, rows in ahead(_batches(source, notes)):
        if isinstance(rows, Rows):
            checker.add(replace(rows, decimal=decimal) if decimal else rows)
        elif rows is not None:
            checker.refuse(rows)
        else:  # the end of a table
            used[found.reader.name] = found.reader.version
            notes += found.table.notes
            done += found.table.size
            if progress:
                progress(min(done, total), total, checker.rows_read)
    checked = checker.finish()
    if checked.outside:
        names = ", ".join(sorted(checked.outside, key=lambda name: (-checked.outside[name], name))[:3])
        count, series = sum(checked.outside.values()), len(checked.outside)
        words = "values lie outside the usual range of their unit and were kept, as no definition rules their series"
        notes.append(f"{count:,} {words}: {series} series, most in {names}")
    if not checked.observations.num_rows:
        raise _nothing_valid(source, checked)
    if progress:
        progress(total, total, checker.rows_read)
    manifest = _manifest(source, digest, name, given, known, checked, used, tuple(dict.fromkeys(notes)))
    return Report(manifest, checked)


def _batches(source: Source, notes: list[str]) -> Iterator[tuple[Found, Rows | Refused | None]]:
    """The batches of every table, each table followed by None."""
    context = Context(source)
    for found in found_tables(source, notes):
        for rows in found.reader.read(found.table, found.header, context):
            yield found, rows
        yield found, None


def _nothing_valid(source: Source, checked: Checked) -> InputError:
    """The refusal of a file without a valid row; it says why the rows were rejected, with the first as an example."""
    reasons = ", ".join(f"{count:,} {REASONS[key]}" for key, count in checked.rejected_by_reason.items())
    first = checked.rejects.slice(0, 1).to_pylist()
    place = _place(first[0]) if first else ""
    read, rejected = f"{checked.rows_read:,}", f"{checked.rows_rejected:,}"
    problem = (
        f"It has no valid row: {read} read, {rejected} rejected ({reasons or 'none'}), the first at the place named"
    )
    expected = "at least one row with an area, a period and a number"
    todo = "Run waymark data check with --rejects FILE to see each row and its reason"
    return InputError(source.name, problem, place=place, expected=expected, todo=todo)


def _place(reject: dict[str, Any]) -> str:
    """Where a rejected row stands, in words."""
    member, column = reject["member"], reject["column"]
    parts = (f"in {member}" if member else "", f"row {reject['row']}", f"column {column}" if column else "")
    return ", ".join(part for part in parts if part)


def _manifest(
    source: Source,
    digest: str,
    name: str,
    given: Facts,
    known: dict[str, Any],
    checked: Checked,
    used: dict[str, str],
    notes: tuple[str, ...],
) -> Manifest:
    """The manifest: what the person said, else what the catalogue knows of this file or publisher, else unknown."""
    table = checked.observations
    codes = table.column("series").unique().to_pylist()
    facts = known | describe(source.name, digest, prefixes=sorted({code.split(":")[0] for code in codes}))
    years = pc.min_max(table.column("year")).as_py()
    return Manifest(
        id=name,
        title=given.title or facts.get("title") or source.name,
        publisher=given.publisher or facts.get("publisher") or UNKNOWN,
        dataset=facts.get("dataset") or source.name,
        address=given.address or facts.get("address") or UNKNOWN,
        retrieved=given.retrieved or facts.get("retrieved") or UNKNOWN,
        released=given.released or facts.get("released") or UNKNOWN,
        sha256=digest,
        given=source.name,
        licence=given.licence or facts.get("licence") or UNKNOWN,
        reuse=bool(facts.get("reuse", False)),
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
    )


def _slug(path: Path) -> str:
    """A dataset's name from a file name: "Data (2).csv.gz" → "data-2"."""
    stem = re.sub(r"(\.(csv|tsv|txt|xlsx|parquet|zip|gz))+$", "", path.resolve().name.lower())
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:80] or "dataset"


@contextlib.contextmanager
def _locked(store: Store) -> Iterator[None]:
    """One ingest at a time in a store; the rest of a killed one is cleared away first."""
    try:
        store.root.mkdir(parents=True, exist_ok=True)
        lock = os.open(store.root / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
    except OSError as problem:
        raise _unwritable(store.root, problem) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError("dataset.being_written", folder=str(store.root)) from None
        for rest in store.root.glob(f"{INCOMING}*"):
            remove(rest)
        store.recover()
        for former in store.root.glob(f"{FORMER}*"):
            remove(former)  # its successor is in place
        yield
    finally:
        os.close(lock)


def _written(store: Store, report: Report) -> Manifest:
    """Write the dataset beside its place, flush it, and rename it into its place."""
    name = report.manifest.id
    target, incoming, former = store.root / name, store.root / f"{INCOMING}{name}", store.root / f"{FORMER}{name}"
    try:
        incoming.mkdir()
        write_observations(report.checked.observations, incoming / OBSERVATIONS_FILE)
        pa.parquet.write_table(report.checked.rejects, incoming / REJECTS_FILE, compression="zstd")
        files = {file: file_digest(incoming / file) for file in (OBSERVATIONS_FILE, REJECTS_FILE)}
        manifest = replace(report.manifest, files=files)
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
    with Source(path) as source:
        return source.digest()


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
