"""One stream of an OLE file (old Office), followed sector by sector; chains that run in a circle are refused."""

import struct
from array import array
from collections.abc import Sequence
from typing import BinaryIO

from waymark.engines.files.containers import OLE, damaged
from waymark.engines.files.limits import too_much

_LAST = 0xFFFFFFFA
"""Numbers from here on mean the end of a chain, a free sector or a table, not a sector."""
_SMALL_SHIFT = 6
_CUTOFF = 4096


class _Sectors:
    """An OLE file seen as numbered sectors."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        stream.seek(0)
        self.data = stream.read(most + 1)
        if len(self.data) > most:
            raise too_much("it is too long", f"{most // 2**20} MB")
        if len(self.data) < 512 or not self.data.startswith(OLE):
            raise damaged("it is cut off")
        self.shift = struct.unpack_from("<H", self.data, 30)[0]
        if self.shift not in (9, 12):
            raise damaged("its sector size is not one that exists")
        self.most = len(self.data) // (1 << self.shift) + 1
        self.table = self._table()

    def sector(self, number: int) -> bytes:
        start = (number + 1) << self.shift
        return self.data[start : start + (1 << self.shift)]

    def _table(self) -> "array[int]":
        """The next sector of each sector, from the sectors that hold this table."""
        places = [*struct.unpack_from("<109I", self.data, 76)]
        more, seen = struct.unpack_from("<I", self.data, 68)[0], 0
        while more < _LAST and seen < self.most:
            *listed, more = numbers(self.sector(more)) or (_LAST,)
            places += listed
            seen += 1
        table = array("I")
        for place in places[: self.most]:
            if place < _LAST:
                table.extend(numbers(self.sector(place)))
        return table

    def chain(self, first: int) -> bytes:
        """The content of the chain of sectors that begins here."""
        return b"".join(map(self.sector, links(self.table, first)))


def stream_named(stream: BinaryIO, names: Sequence[str], most: int) -> bytes:
    """The content of the first stream that has one of `names`. Raises InputError when there is none or it is damaged.

    `most` is how many bytes the file may have.
    """
    file = _Sectors(stream, most)
    directory = file.chain(struct.unpack_from("<I", file.data, 48)[0])
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    root = next((entry for entry in entries if entry[66] == 5), b"")
    for wanted in names:
        for entry in entries:
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if entry[66] == 2 and name == wanted:
                return _content(file, root, entry)
    raise damaged("it holds no workbook")


def _content(file: _Sectors, root: bytes, entry: bytes) -> bytes:
    first, size = struct.unpack_from("<II", entry, 116)
    if size >= _CUTOFF or not root:
        return file.chain(first)[:size]
    small = file.chain(struct.unpack_from("<I", root, 116)[0])
    table = array("I", numbers(file.chain(struct.unpack_from("<I", file.data, 60)[0])))
    places = links(table, first)
    return b"".join(small[at << _SMALL_SHIFT : (at + 1) << _SMALL_SHIFT] for at in places)[:size]


def links(table: Sequence[int], first: int) -> list[int]:
    """The sectors of a chain in order. Raises InputError when it leads out of the file or back to itself."""
    found: list[int] = []
    at = first
    while at < _LAST:
        if at >= len(table) or len(found) > len(table):
            raise damaged("its parts are chained in a circle or beyond its end")
        found.append(at)
        at = table[at]
    return found


def numbers(data: bytes) -> tuple[int, ...]:
    """Four bytes each as a number."""
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
