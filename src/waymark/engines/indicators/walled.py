"""Statistics that people send, read behind the wall; `add` and `check` are those of `ingest`, with the walled reading.

What comes back is checked column by column before it is believed: a file that took over its reader may write any
number, but no text that is not UTF-8, no code outside the closed lists, no count that does not hold.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.files.walls.kinds import STATISTICS, WORKBOOK_LIMITS, Limits
from waymark.engines.files.walls.lines import BreachError, Decoder, shown, whole_number, whole_text
from waymark.engines.files.walls.results import result_files
from waymark.engines.files.walls.verdict import breach
from waymark.engines.files.walls.wall import Wall, shared
from waymark.engines.indicators import ingest
from waymark.engines.indicators.columns import Lengths, read_columns
from waymark.engines.indicators.ingest import Prepared
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.outcome import Checked, Progress, Read
from waymark.engines.indicators.publishers import publishers
from waymark.engines.indicators.rows import REASONS
from waymark.engines.indicators.schema import OBSERVATIONS, REJECTS
from waymark.engines.indicators.store import Store

MOST_ROWS = 2**31 - 1
MOST_NOTES = 10_000
LONGEST_TEXT = 100_000
"""Bytes of the longest text of a cell."""

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
PLACE_KINDS = ("country", "aggregate")
QUALIFIERS = ("", "<", ">", "N", "NV")


def add(
    path: Path,
    *,
    store: Store,
    progress: Progress | None = None,
    replace_former: bool = False,
    decimal: str = "",
    **facts: str,
) -> Manifest:
    """Add a source to the store as `ingest.add` does, reading it behind the wall."""
    return ingest.add(
        path, store=store, progress=progress, replace_former=replace_former, decimal=decimal, reading=read, **facts
    )


def check(path: Path, *, progress: Progress | None = None, decimal: str = "", **facts: str) -> Prepared:
    """Check a source as `ingest.check` does, reading it behind the wall."""
    return ingest.check(path, progress=progress, decimal=decimal, reading=read, **facts)


def read(
    path: Path,
    *,
    name: str,
    dataset: str,
    decimal: str = "",
    progress: Progress | None = None,
    wall: Wall | None = None,
) -> Read:
    """Read a source behind the wall. Raises InputError naming it, whatever happened there. See `outcome.Reading`."""
    decoder = _Decoder(progress)
    options = {"name": name, "dataset": dataset, "decimal": decimal}
    with result_files(STATISTICS.results) as files:
        (wall or shared(STATISTICS)).run(
            path, decoder, name=name, options=options, limits=limits_of(path), results=[file.fileno() for file in files]
        )
        try:
            return _believed(decoder, files, dataset, name)
        except (ValueError, TypeError, KeyError, pa.ArrowException) as error:
            raise breach(name, STATISTICS, f"what its reader sent is no table of figures ({error})") from None


def limits_of(path: Path) -> Limits:
    """A workbook is laid out whole and small; other sources are streamed, and their rows held until they are sorted."""
    return WORKBOOK_LIMITS if path.name.lower().endswith(WORKBOOKS) else STATISTICS.limits


class _Decoder(Decoder):
    """Takes what `job` sends, and tells progress as it comes."""

    noun = "what a reader of figures sends"

    def __init__(self, progress: Progress | None) -> None:
        super().__init__(STATISTICS.limits.result_bytes)
        self.progress = progress
        self.counts: tuple[int, int] | None = None
        self.outside: dict[str, int] = {}
        self.used: dict[str, str] = {}
        self.publishers: list[str] = []
        self.notes: list[str] = []
        self.tables: list[tuple[int, Lengths]] = []

    def take(self, kind: str, values: list[Any]) -> None:
        """See `Decoder.take`."""
        if kind == "progress":
            done, total, rows = (whole_number(value, least=0, most=2**53) for value in values)
            if self.progress is not None:
                self.progress(done, total, rows)
        elif kind == "read" and self.counts is None:
            read, stored, outside = values
            self.counts = (whole_number(read, least=0, most=2**53), whole_number(stored, least=0, most=2**53))
            self.outside = _counted(outside)
        elif kind == "used" and len(self.used) < MOST_NOTES:
            reader, version = (shown(whole_text(value)) for value in values)
            self.used[reader] = version
        elif kind == "publisher" and len(self.publishers) < MOST_NOTES:
            (code,) = values
            self.publishers.append(known_publisher(whole_text(code)))
        elif kind == "note" and len(self.notes) < MOST_NOTES:
            (note,) = values
            self.notes.append(shown(whole_text(note)))
        elif kind == "table" and len(self.tables) < STATISTICS.results:
            rows, lengths = values
            self.tables.append((whole_number(rows, least=0, most=MOST_ROWS), _lengths(lengths)))
        elif kind == "end" and self.counts is not None and values == [len(self.tables)] == [STATISTICS.results]:
            self.ended = True
        else:
            raise BreachError("what the reader sent is out of order")


def known_publisher(code: str) -> str:
    """A code of the catalogue's publishers, or "". Raises BreachError for anything else."""
    if code and code not in publishers():
        raise BreachError(f"an unknown publisher {shown(code)[:40]}")
    return code


def _counted(given: Any) -> dict[str, int]:
    if not isinstance(given, Mapping):
        raise TypeError
    return {shown(whole_text(name)): whole_number(count, least=0, most=2**53) for name, count in given.items()}


def _lengths(given: Any) -> Lengths:
    if not isinstance(given, list) or not all(isinstance(sizes, list) and sizes for sizes in given):
        raise TypeError
    return [[whole_number(size, most=2**53) for size in sizes] for sizes in given]


def _believed(decoder: _Decoder, files: Any, dataset: str, name: str) -> Read:
    """The tables, when all that can be checked of them holds. Raises ValueError and what Arrow raises."""
    observations, rejects = (
        _table(file, rows, lengths, schema)
        for file, (rows, lengths), schema in zip(files, decoder.tables, (OBSERVATIONS, REJECTS), strict=True)
    )
    only(observations, "dataset", (dataset,))
    only(observations, "place_kind", PLACE_KINDS)
    only(observations, "qualifier", QUALIFIERS)
    only(rejects, "file", (name,))
    for table in (observations, rejects):
        within(table, "row", 0, MOST_ROWS)
    within(observations, "year", 0, 9999)
    for column in ("value", "bound"):
        if pc.any(pc.invert(pc.is_finite(observations.column(column)))).as_py():
            raise ValueError(f"a number without an end in {column}")
    reasons = Counter(reason.partition(":")[0] for reason in rejects.column("reason").to_pylist())
    if unknown := sorted(set(reasons) - set(REASONS)):
        raise ValueError(f"an unknown reason {shown(unknown[0])[:40]}")
    read, stored = decoder.counts or (0, 0)
    if not observations.num_rows or read != stored + sum(reasons.values()):
        raise ValueError("its counts do not add up")
    checked = Checked(observations, rejects, read, stored, dict(sorted(reasons.items())), decoder.outside)
    return Read(checked, decoder.used, tuple(decoder.notes), tuple(sorted({*decoder.publishers})))


def _table(file: IO[bytes], rows: int, lengths: Lengths, schema: pa.Schema) -> pa.Table:
    table = read_columns(file, rows, lengths, schema)
    for column in table.columns:
        for chunk in column.chunks:
            texts = chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk
            if pa.types.is_string(texts.type):
                _texts(texts)
    return table


def _texts(texts: pa.Array) -> None:
    if (pc.max(pc.binary_length(texts)).as_py() or 0) > LONGEST_TEXT:
        raise ValueError("a text without an end")
    if pc.any(pc.match_substring(texts, "\0")).as_py():
        raise ValueError("a text with a zero byte")


def only(table: pa.Table, name: str, allowed: tuple[str, ...]) -> None:
    """Raises ValueError when a column holds another text than the allowed ones."""
    for text in table.column(name).unique().to_pylist():
        if text not in allowed:
            raise ValueError(f"{name} is {shown(str(text))[:40]}")


def within(table: pa.Table, name: str, least: int, most: int) -> None:
    """Raises ValueError when a number of a column lies outside the bounds."""
    extent = pc.min_max(table.column(name)).as_py()
    if extent["min"] is not None and not (least <= extent["min"] and extent["max"] <= most):
        raise ValueError(f"{name} lies outside {least} to {most}")
