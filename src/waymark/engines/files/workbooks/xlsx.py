"""Measures an XLSX workbook by reading over its XML in pieces, before any of its cells is laid out.

A part may lie under any name, so every part is looked at; one without the word sheetData has no cells. Three ways, each
tried when the one before does not fit: the sheet says where its cells end and one pattern finds none beyond; patterns
name the place of every cell; a whole XML parser reads it. A cell is never missed, because a pattern counts only when it
explains every tag that could be one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from waymark.engines.files.containers import Package, damaged
from waymark.engines.files.limits import Limits
from waymark.engines.files.workbooks.size import Size, column_number

_ATTRIBUTES = rb'(?: [a-z]{1,9}="[^"<>]{0,20}")*'
_FILLED = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"' + _ATTRIBUTES + rb">")
_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"' + _ATTRIBUTES + rb"/>")
_OTHER = re.compile(rb"<c[^ a-zA-Z]")
_PREFIXED = re.compile(rb":c[\s/>]")
_TEXTS = re.compile(rb"<(?:t|v)(?: [^<>]*)?>([^<]*)")
_CLAIM = re.compile(rb'<dimension ref="(?:[A-Z]{1,3}[0-9]{1,7}:)?([A-Z]{1,3})([1-9][0-9]{0,6})"')
_MOST_CLAIMED = 702
"""Columns up to ZZ; a sheet that claims more is measured cell by cell."""
_SHARED = re.compile(rb' t="s"[^<>]*><v>([0-9]{1,9})</v>')
_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,10})")
LONGEST_TAG = 2**20
"""Bytes from one cell to the next; a longer one goes through the parser."""
_CELL_TAG = b"<c "


def measure(package: Package, limits: Limits) -> None:
    """Raises InputError when the workbook is damaged or passes a limit."""
    size = Size(limits, "XLSX")
    found: dict[str, Extent] = {}
    lengths: list[int] = []
    for name in sorted(package.names):
        extent, shared = _part(package, name, limits)
        if extent:
            found[name] = extent
        if shared and lengths:
            raise damaged("it has two tables of shared texts")
        lengths = lengths or shared
    longest = max(lengths, default=0)
    for name, extent in found.items():
        size.sheet(name.rpartition("/")[2].removesuffix(".xml"), extent.rows, extent.columns, extent.filled)
        size.texts(extent.letters)
        if size.letters + extent.shared * longest <= limits.letters:
            size.texts(extent.shared * longest)
        else:  # the longest text is not in every cell, so the cells are asked
            size.texts(_shown(package, name, lengths))


def _part(package: Package, name: str, limits: Limits) -> tuple["Extent | None", list[int]]:
    """How far the cells of a part reach, None when it has none; and the lengths of the shared texts in it."""
    start = next(package.chunks(name), b"")
    own = package.archive.getinfo(name).file_size > limits.letters  # a smaller part cannot have too many letters
    ways = (_by_claim, _by_pattern) if b"sheetData" in start else ()
    for way in ways:
        try:
            return way(package.chunks(name), start, limits, own), []
        except _NotPlainError:
            pass
    words = _words(package.chunks(name))
    extent = _by_parser(package.chunks(name), name) if b"sheetData" in words else None
    return extent, _lengths(package, name) if words & {b"<sst", b":sst"} else []


class Extent:
    """What was seen of one sheet: last filled row and column, cells with shared texts, letters of its own texts."""

    __slots__ = ("columns", "filled", "letters", "rows", "shared")

    def __init__(self, rows: int = 0, columns: int = 0) -> None:
        self.rows, self.columns = rows, columns
        self.filled = self.shared = self.letters = 0

    def texts(self, piece: bytes, own: bool) -> None:
        """Count the shared texts in a piece of a sheet of plain cells, and the letters of its own ones if asked."""
        self.filled += piece.count(_CELL_TAG)
        self.shared += piece.count(b't="s"')
        if own and (b"<t" in piece or b't="str"' in piece):
            self.letters += sum(map(len, _TEXTS.findall(piece)))


class _NotPlainError(Exception):
    """The XML is not in the form that the patterns explain."""


def _words(chunks: Iterable[bytes]) -> set[bytes]:
    """Which of the tell-tale words stand in a part; all of it is read, so that a damaged part is found too."""
    found: set[bytes] = set()
    tail = b""
    for chunk in chunks:
        held = tail + chunk
        found.update(word for word in (b"sheetData", b"<sst", b":sst") if word in held)
        tail = chunk[-16:]
    return found


def _by_claim(chunks: Iterable[bytes], start: bytes, limits: Limits, own: bool) -> Extent:
    """Believe where a sheet says that its cells end, when none lies beyond. Raises _NotPlainError."""
    claim = _CLAIM.search(start)
    if not claim:
        raise _NotPlainError
    rows, columns = int(claim[2]), column_number(claim[1].decode())
    if columns > _MOST_CLAIMED or rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        raise _NotPlainError  # perhaps it claims more than it has
    extent = Extent(rows, columns)
    inside = rb' r="(?:%b)(?:%b)"[ >/]' % (_up_to_column(claim[1].decode()), _up_to(rows))
    beyond = re.compile(rb"<c(?![a-zA-Z])(?!%b)" % inside)
    for piece in _pieces(chunks):
        if beyond.search(piece) or (b":c" in piece and _PREFIXED.search(piece)):
            raise _NotPlainError
        extent.texts(piece, own)
        if extent.filled > limits.cells:
            break
    return extent


def _up_to(number: int) -> bytes:
    """A pattern of the numbers from 1 to `number` as a row is written, without a leading zero."""
    digits = str(number)
    ways = []
    for place, digit in enumerate(digits):
        lowest = 0 if place else 1
        if int(digit) > lowest:
            ways.append(f"{digits[:place]}[{lowest}-{int(digit) - 1}][0-9]{{{len(digits) - place - 1}}}")
    shorter = (
        [f"[1-9][0-9]{{0,{len(digits) - 2}}}"] if len(digits) > 1 else []
    )  # last, because most rows have all digits
    return "|".join([*ways, digits, *shorter]).encode()


def _up_to_column(letters: str) -> bytes:
    """A pattern of the columns from A to `letters`, which are one or two."""
    if len(letters) == 1:
        return f"[A-{letters}]".encode()
    before = f"|[A-{chr(ord(letters[0]) - 1)}][A-Z]" if letters[0] > "A" else ""
    return f"[A-Z]{before}|{letters[0]}[A-{letters[1]}]".encode()


def _by_pattern(chunks: Iterable[bytes], start: bytes, limits: Limits, own: bool) -> Extent:
    """Measure a sheet of plain cells. Raises _NotPlainError at the first tag that might be another cell."""
    extent = Extent()
    columns: set[bytes] = set()
    for piece in _pieces(chunks):
        cells = piece.count(b"<c ")
        filled = _FILLED.findall(piece)
        if len(filled) != cells and len(filled) + len(_EMPTY.findall(piece)) != cells:
            raise _NotPlainError
        if (piece.count(b"<c") != cells and _OTHER.search(piece)) or (b":c" in piece and _PREFIXED.search(piece)):
            raise _NotPlainError
        columns.update({reference.rstrip(_DIGITS) for reference in filled})
        rows = {reference.lstrip(_LETTERS) for reference in filled}
        extent.rows = max(extent.rows, max(map(int, rows), default=0))
        extent.texts(piece, own)
        if extent.rows > limits.rows or extent.rows * len(columns) > limits.cells or extent.filled > limits.cells:
            break  # the rest would not make it smaller
    extent.columns = max((column_number(letters.decode()) for letters in columns), default=0)
    return extent


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The XML cut before tags of cells, so that no cell lies across two pieces."""
    held = b""
    for chunk in chunks:
        held += chunk
        cut = held.rfind(_CELL_TAG)
        if cut < 0:  # no cell begins here, but one may begin in the last bytes
            cut = max(0, len(held) - len(_CELL_TAG))
        elif not cut and len(held) > LONGEST_TAG + len(chunk):
            raise _NotPlainError
        yield held[:cut]
        held = held[cut:]
    yield held


def _by_parser(chunks: Iterable[bytes], name: str) -> Extent:
    """Measure any sheet that is XML; what is not is damaged."""
    found = Extent()
    parser = expat.ParserCreate(namespace_separator=" ")
    at = {"row": 0, "column": 0, "cell": False, "text": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(" ")[2]
        if kind == "row":
            at["row"], at["column"] = _number(attributes.get("r"), at["row"] + 1), 0
        elif kind == "c":
            place = _REFERENCE.fullmatch(attributes.get("r", "").replace("$", ""))
            if attributes.get("r") and not place:
                raise damaged(f"its part {name!r} has a cell that stands nowhere ({attributes['r'][:20]!r})")
            row, column = (int(place[2]), column_number(place[1])) if place else (max(at["row"], 1), at["column"] + 1)
            at["row"], at["column"], at["cell"] = row, column, True
            found.shared += attributes.get("t") == "s"
        elif at["cell"]:  # a cell with anything in it is filled
            found.filled += not at["text"]
            found.rows, found.columns = max(found.rows, at["row"]), max(found.columns, at["column"])
            at["text"] = True

    def end(tag: str) -> None:
        if tag.rpartition(" ")[2] == "c":
            at["cell"] = at["text"] = False

    def text(words: str) -> None:
        found.letters += len(words) if at["text"] else 0

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parse(parser, chunks, name)
    return found


def parse(parser: expat.XMLParserType, chunks: Iterable[bytes], name: str) -> None:
    """Run a parser over the pieces of a part. Raises InputError when it is no whole XML or has a document type."""

    def refuse(*_: object) -> None:
        raise damaged(f"its part {name!r} declares a document type, which office files never do")

    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged(f"its part {name!r} is not whole XML ({error})") from None


def _number(words: str | None, otherwise: int) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 12 else otherwise


def _lengths(package: Package, name: str) -> list[int]:
    """The length in letters of each shared text, in order."""
    parser = expat.ParserCreate(namespace_separator=" ")
    lengths: list[int] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if tag.endswith(" si") or tag == "si":
            lengths.append(0)

    def text(words: str) -> None:
        if lengths:
            lengths[-1] += len(words)

    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parse(parser, package.chunks(name), name)
    return lengths


def _shown(package: Package, name: str, lengths: list[int]) -> int:
    """The letters of the shared texts of a sheet, each as often as a cell shows it."""
    counted: Counter[bytes] = Counter()
    for piece in _pieces(package.chunks(name)):
        places = _SHARED.findall(piece)
        if len(places) != piece.count(b't="s"') or b"'s'" in piece:
            return _shown_by_parser(package, name, lengths)
        counted.update(places)
    return sum(lengths[int(place)] * times for place, times in counted.items() if int(place) < len(lengths))


def _shown_by_parser(package: Package, name: str, lengths: list[int]) -> int:
    """As `_shown`, of a sheet in any form."""
    parser = expat.ParserCreate(namespace_separator=" ")
    shown: Counter[str] = Counter()
    at = {"shared": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == "c":
            at["shared"] = attributes.get("t") == "s"

    def text(words: str) -> None:
        if at["shared"]:
            shown[words.strip()] += 1

    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parse(parser, package.chunks(name), name)
    places = ((int(word) if word.isdecimal() and len(word) < 10 else -1, times) for word, times in shown.items())
    return sum(lengths[place] * times for place, times in places if 0 <= place < len(lengths))
