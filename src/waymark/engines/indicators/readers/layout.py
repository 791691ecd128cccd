"""What readers share: what a reader is, how a header is found, and how columns are taken from a block."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.archives import Source
from waymark.engines.indicators.blocks import Block, Table
from waymark.engines.indicators.rows import Refused, Rows


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may look at beside its table: the other members, and a memory that lasts as long as the ingest."""

    source: Source
    memory: dict[Any, Any] = field(default_factory=dict)


class Layout:
    """What most readers have in common."""

    @property
    def release(self) -> Callable[[Table], str] | None:
        """No releases."""
        return None

    def accompanies(self, table: Table) -> bool:
        """No companions."""
        return False

    def publisher_of(self, table: Table, header: int) -> str:
        """A layout that anybody may write in proves nobody."""
        return ""


class Reader(Protocol):
    """One source layout. `name` and `version` go into the manifest; `title` and `layout` are words for people."""

    name: str
    version: str
    title: str
    layout: str

    @property
    def release(self) -> Callable[[Table], str] | None:
        """For workbooks of several releases: which one a table is; None for readers without releases."""

    def recognise(self, table: Table) -> int | None:
        """The row of the head (from 0) that is this layout's header, or None. Looks at content, never at file names."""

    def accompanies(self, table: Table) -> bool:
        """Whether the table holds no figures but belongs to those that do, such as a list of codes."""

    def publisher_of(self, table: Table, header: int) -> str:
        """The code (`catalogue/datasets/publishers.yaml`) of the publisher whose own layout the table has.

        "" when the layout does not prove who published the figures. The name of a series proves nothing.
        """

    def read(self, table: Table, header: int, context: Context) -> Iterator[Rows | Refused]:
        """The rows of a recognised table, as written."""


def plain(name: str) -> str:
    """A column name without case, spaces and punctuation: "GeoArea_Code" and "geoAreaCode" are the same."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def snake(name: str) -> str:
    """A column name in snake case: "MigratoryStatus" → "migratory_status"."""
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip()).lower()).strip("_")


def header_at(table: Table, fits: Callable[[list[str]], bool]) -> int | None:
    """The first row of the head that fits."""
    return next((at for at, row in enumerate(table.head) if fits(row)), None)


def positions(row: Sequence[str]) -> dict[str, int]:
    """Plain column name → position; of several alike, the first."""
    found: dict[str, int] = {}
    for at, name in enumerate(row):
        found.setdefault(plain(name), at)
    return found


def ragged(block: Block, table: Table) -> Iterator[Refused]:
    """The block's rows that have another number of cells than the header."""
    if block.ragged:
        numbers = pa.array([number for number, _ in block.ragged], pa.int32())
        texts = pa.array([text[:200] for _, text in block.ragged], pa.string())
        yield Refused(row=numbers, value=texts, reason="ragged", member=table.member)


def as_strings(column: pa.Array) -> pa.Array:
    """A column as plain strings."""
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def footers(block: Block, key: int, table: Table, first: int) -> tuple[Block, list[Refused]]:
    """The block without rows whose cell `key` is empty, which hold notes and no values, and those rows as refused.

    A note's words stand in column `first`. World Bank exports end with such lines.
    """
    empty = pc.equal(pc.utf8_trim_whitespace(as_strings(block.columns[key])), "")
    if not pc.any(empty).as_py():
        return block, []
    words = as_strings(block.columns[first]).filter(empty)
    refused = Refused(row=block.rows.filter(empty), value=words, reason="note", member=table.member)
    full = pc.invert(empty)
    kept = {at: column.filter(full) for at, column in block.columns.items()}
    return Block(kept, block.rows.filter(full), block.ragged), [refused]
