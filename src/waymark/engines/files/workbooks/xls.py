"""Measures an old workbook (XLS): the records of its stream are walked over, cells are not laid out.

The reader lays out every sheet of an XLS file as soon as it is opened, so all of them are measured before.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from waymark.engines.files.containers import damaged
from waymark.engines.files.limits import Limits
from waymark.engines.files.ole import stream_named
from waymark.engines.files.workbooks.size import Size

STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_END, _SHEET, _SHARED_TEXTS, _CONTINUED = 0x000A, 0x0085, 0x00FC, 0x003C
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406, 0x00D6, 0x00FD})
_SHOWN, _MANY = 0x00FD, 0x00BD
_LABELS = frozenset({0x0204, 0x0207, 0x00D6})
_WIDE, _FAR_EAST, _RICH = 1, 4, 8


def measure(stream: BinaryIO, limits: Limits) -> None:
    """Raises InputError when the workbook is damaged or passes a limit."""
    data = stream_named(stream, STREAMS, limits.unpacked)
    size = Size(limits, "XLS")
    lengths: list[int] = []
    sheets: Counter[int] = Counter()
    for kind, start, end in _records(data, 0):
        if kind == _SHEET and end - start >= 4:
            sheets[struct.unpack_from("<I", data, start)[0]] += 1
        elif kind == _SHARED_TEXTS:
            lengths = _lengths(_continued(data, start, end))
    for number, (place, times) in enumerate(sheets.items(), start=1):
        rows, columns, letters, filled = _extent(data, place, lengths)
        for _ in range(times):
            size.sheet(f"sheet {number}", rows, columns, filled)
            size.texts(letters)


def _extent(data: bytes, place: int, lengths: list[int]) -> tuple[int, int, int, int]:
    """Last filled row and column of the sheet that begins here, the letters in its cells and how many there are."""
    rows = columns = letters = filled = 0
    for kind, start, end in _records(data, place):
        if kind in _LABELS:
            letters += end - start
        if kind in _CELLS or kind == _MANY:
            if end - start < 6:
                raise damaged("it has a cell that is cut off")
            row, column = struct.unpack_from("<HH", data, start)
            last = struct.unpack_from("<H", data, end - 2)[0] if kind == _MANY else column
            filled += max(1, last + 1 - column)
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
        if kind == _SHOWN and end - start >= 10:
            number = struct.unpack_from("<I", data, start + 6)[0]
            letters += lengths[number] if number < len(lengths) else 0
    return rows, columns, letters, filled


def _records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """(kind, start, end) of the content of each record from `at` to the end of its part."""
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == _END or at + 4 + length > len(data):
            return
        yield kind, at + 4, at + 4 + length
        at += 4 + length


def _continued(data: bytes, start: int, end: int) -> list[bytes]:
    """The content of a record and of those that continue it."""
    pieces = [data[start:end]]
    for kind, first, last in _records(data, end):
        if kind != _CONTINUED:
            break
        pieces.append(data[first:last])
    return pieces


def _lengths(pieces: list[bytes]) -> list[int]:
    """Letters of each shared text; a text may run on in the next piece, which says anew how wide it is."""
    lengths: list[int] = []
    piece, at = 0, 8
    while piece < len(pieces):
        if at + 3 > len(pieces[piece]):
            piece, at = piece + 1, 0
            continue
        letters, flags = struct.unpack_from("<HB", pieces[piece], at)
        at += 3
        extra = 0
        if flags & _RICH and at + 2 <= len(pieces[piece]):
            extra += 4 * struct.unpack_from("<H", pieces[piece], at)[0]
            at += 2
        if flags & _FAR_EAST and at + 4 <= len(pieces[piece]):
            extra += struct.unpack_from("<I", pieces[piece], at)[0]
            at += 4
        lengths.append(letters)
        piece, at = _after(pieces, piece, at, letters, flags & _WIDE)
        piece, at = _skip(pieces, piece, at, extra)
    return lengths


def _after(pieces: list[bytes], piece: int, at: int, letters: int, wide: int) -> tuple[int, int]:
    """Where a text of so many letters ends."""
    while piece < len(pieces):
        here = min(letters, (len(pieces[piece]) - at) >> wide)
        letters, at = letters - here, at + (here << wide)
        if not letters:
            return piece, at
        piece, at = piece + 1, 1
        if piece < len(pieces) and pieces[piece]:
            wide = pieces[piece][0] & _WIDE
    return piece, at


def _skip(pieces: list[bytes], piece: int, at: int, count: int) -> tuple[int, int]:
    """Where so many bytes after this place end."""
    while piece < len(pieces) and count > len(pieces[piece]) - at:
        count -= max(0, len(pieces[piece]) - at)
        piece, at = piece + 1, 0
    return piece, at + count
