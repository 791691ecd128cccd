"""A Parquet file as a table: its text is checked, as nothing else has looked at it, and its columns read as text."""

from collections.abc import Collection, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from waymark.engines.indicators.archives import EXPECTED, Member
from waymark.engines.indicators.blocks import HEAD_ROWS, Block, cell_text
from waymark.gcm.errors import InputError


class ParquetTable:
    """A Parquet file; its column names are the header, rows count from 1 below it."""

    kind, decimal = "parquet", "."

    def __init__(self, member: Member) -> None:
        self.given, self.member, self.size = member.source.name, member.shown, member.size
        self.notes: list[str] = []
        self._place = member.place
        try:
            self._file = pa.parquet.ParquetFile(pa.BufferReader(member.read()))
            names = list(self._file.schema_arrow.names)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as problem:
            raise self._damaged(problem) from None
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise self._refused(f"Two columns are called {twice[:60]}", "Give each column a name of its own")
        self.head = [names]
        first = next(self._batches(batch_size=HEAD_ROWS), None)
        if first is not None:
            self.head += [[cell_text("" if v is None else v) for v in row.values()] for row in first.to_pylist()]

    def deepen(self) -> bool:
        """See `Table.deepen`; the whole head was read at once."""
        return False

    def blocks(
        self, header: int, *, labels: Collection[int], values: Collection[int] = (), free: Collection[int] = ()
    ) -> Iterator[Block]:
        """See `Table.blocks`; `header` is 0."""
        names, first = self.head[0], 1
        asked = (*labels, *free, *values)
        for batch in self._batches(batch_size=262144, columns=[names[at] for at in asked]):
            columns = {at: self._text(batch, names[at]) for at in asked}
            for at in (*labels, *free):
                columns[at] = columns[at].dictionary_encode()
            yield Block(columns, pa.arange(first, first + batch.num_rows).cast(pa.int32()))
            first += batch.num_rows

    def _batches(self, **wanted: Any) -> Iterator[pa.RecordBatch]:
        """The rows in parts. Raises InputError when a part is damaged, or a text in it is not UTF-8."""
        try:
            for batch in self._file.iter_batches(**wanted):
                batch.validate(full=True)
                yield batch
        except (pa.ArrowException, OSError) as problem:
            raise self._damaged(problem) from None

    def _text(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        """A column as strings, "" for null. Raises InputError for lists, records and what else is no text."""
        column = batch.column(name)
        if pa.types.is_nested(column.type):
            raise self._refused(f"The column {name[:60]} holds lists or records", "Write one value in each cell")
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        try:
            return pc.fill_null(column.cast(pa.string()), "")
        except pa.ArrowException:
            problem = f"The column {name[:60]} holds values of the kind {column.type}"
            raise self._refused(problem, "Write texts and numbers") from None

    def _damaged(self, problem: Exception) -> InputError:
        words = f"The Parquet file is damaged ({[*str(problem).splitlines(), ''][0]})"
        return self._refused(words, "Write the file again; a Parquet file that was cut short cannot be read")

    def _refused(self, problem: str, todo: str) -> InputError:
        return InputError(self.given, problem, place=self._place, expected=EXPECTED, todo=todo)
