"""A table as plain buffers in a file, written behind the wall and read back without trust.

The file is the buffers of its columns, each at a multiple of 64 bytes; their lengths travel beside it. There is nothing
in it to unpack, follow or run: lengths are checked against the size of the file, and Arrow checks every position and
every text. Texts may be dictionaries, as `checks` makes them.
"""

import mmap
from collections.abc import Sequence
from typing import IO, Any

import pyarrow as pa

CODES = pa.int32()
_ALIGNED = 64
_WIDTHS = {pa.int16(): 2, pa.int32(): 4, pa.float64(): 8}

Lengths = list[list[int]]
"""For each column: rows of its dictionary (-1 when it has none), then the bytes of each buffer (-1 for none)."""


def write_columns(table: pa.Table, out: IO[bytes]) -> Lengths:
    """Write the buffers of a table; give their lengths."""
    lengths: Lengths = []
    for column in table.columns:
        array = column.combine_chunks()
        if isinstance(array, pa.ChunkedArray):
            array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], column.type)
        if array.offset:
            array = array.take(pa.arange(0, len(array)))
        coded = pa.types.is_dictionary(array.type)
        parts = [*array.buffers()[:2], *array.dictionary.buffers()] if coded else array.buffers()
        sizes = [len(array.dictionary) if coded else -1]
        for part in parts:
            sizes.append(-1 if part is None else part.size)
            if part is not None:
                out.write(part)
                out.write(b"\0" * (-part.size % _ALIGNED))
        lengths.append(sizes)
    return lengths


def read_columns(file: IO[bytes], rows: int, lengths: Lengths, schema: pa.Schema) -> pa.Table:
    """The table that `write_columns` wrote, its texts as they were, plain or dictionaries.

    Raises ValueError when it is no whole table of the schema: another size, a position beyond an end, a text that is
    not UTF-8, an empty cell where the schema has none.
    """
    size = file.seek(0, 2)
    held = pa.py_buffer(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)) if size else pa.py_buffer(b"")
    if len(lengths) != len(schema):
        raise ValueError("another number of columns")
    at = 0
    columns, fields = [], []
    for field, (entries, *sizes) in zip(schema, lengths, strict=True):
        parts: list[pa.Buffer | None] = []
        for length in sizes:
            if not -1 <= length <= size - at:
                raise ValueError("a part is longer than the file")
            parts.append(None if length < 0 else held.slice(at, length))
            at += max(length, 0) + -max(length, 0) % _ALIGNED
        array = _column(field.type, rows, entries, parts)
        array.validate(full=True)
        if array.null_count and not field.nullable:
            raise ValueError(f"an empty cell in {field.name}")
        columns.append(array)
        fields.append(pa.field(field.name, array.type, field.nullable))
    if at != size:
        raise ValueError("the file is longer than its parts")
    return pa.table(columns, schema=pa.schema(fields))


def _column(kind: pa.DataType, rows: int, entries: int, parts: Sequence[Any]) -> pa.Array:
    """One column from its buffers. Raises ValueError when one is missing or too short for the rows."""
    if entries >= 0:
        if not pa.types.is_string(kind):
            raise ValueError("a dictionary of something else than texts")
        codes = _fixed(CODES, rows, parts[:2])
        codes.validate(full=True)
        return pa.DictionaryArray.from_arrays(codes, _texts(entries, parts[2:]), safe=True)
    return _texts(rows, parts) if pa.types.is_string(kind) else _fixed(kind, rows, parts)


def _fixed(kind: pa.DataType, rows: int, parts: Sequence[Any]) -> pa.Array:
    valid, data = parts
    bits = (rows + 7) // 8
    needed = bits if pa.types.is_boolean(kind) else rows * _WIDTHS[kind]
    if (valid is not None and valid.size < bits) or (data.size if data is not None else 0) < needed:
        raise ValueError("a part is too short for its rows")
    return pa.Array.from_buffers(kind, rows, [valid, data if data is not None else pa.py_buffer(b"")])


def _texts(rows: int, parts: Sequence[Any]) -> pa.Array:
    valid, offsets, data = parts
    if not rows:
        return pa.array([], pa.string())
    if (valid is not None and valid.size < (rows + 7) // 8) or offsets is None or offsets.size < 4 * (rows + 1):
        raise ValueError("a part is too short for its rows")
    return pa.Array.from_buffers(pa.string(), rows, [valid, offsets, data if data is not None else pa.py_buffer(b"")])
