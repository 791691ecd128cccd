"""Files that hold other files: ZIP (DOCX, ODT, XLSX, ODS) and OLE (old Office, and new Office with a password).

A container is checked from its directory before anything in it is expanded: how many members, how large they say they
are, whether they overlap, whether they are locked. Nothing is ever unpacked to disk. XML is read without entities,
without document types and without the network.
"""

import copy
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from waymark.gcm.errors import InputError

MOST_MEMBERS = 10_000
"""Members of a container; a Word file with a thousand pictures has some 1,100."""

LARGEST_DIRECTORY = 4 * 2**20
"""Bytes of the directory of a ZIP file."""

LARGEST_MEMBER = 256 * 2**20
"""Bytes of one member after expansion."""

LARGEST_TOTAL = 1024 * 2**20
"""Bytes of all members together after expansion."""

GREATEST_RATIO = 200
"""How many times larger than its stored form a member of more than 1 MB may be; real XML reaches 30."""

PIECE = 2**20
"""Bytes of a member that are held at once when it is read in pieces."""

SMALL = 2**20
"""Bytes; the ratio of smaller members is not looked at."""

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCAL_SIZE = 30
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OLE_SECTORS = 64
_ROOT = re.compile(r"<[^?!\s]")


@dataclass(frozen=True, slots=True)
class Package:
    """An opened and checked ZIP container."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str, first: int = 0) -> bytes:
        """The bytes of a member (or its `first` ones), b"" when there is none. Raises InputError when it is damaged."""
        if name not in self.names:
            return b""
        if not first:
            return b"".join(self.chunks(name))
        with _faults(name), self.archive.open(name) as stream:
            return stream.read(first)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member in pieces, so that none is held whole. Raises InputError when it is damaged.

        A member that holds more than the directory says is refused: another reader would not stop where it says.
        """
        member = self.archive.getinfo(name)
        whole = copy.copy(member)
        whole.file_size = member.file_size + 1
        left = min(member.file_size, LARGEST_MEMBER)
        with _faults(name), self.archive.open(whole) as stream:
            while piece := stream.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise bomb(f"its part {name[:80]!r} grows beyond what it says")
                yield piece
        if left:
            raise damaged(f"its part {name[:80]!r} is shorter than it says")

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a member, None when there is none. Raises InputError for damaged or unsafe XML."""
        data = self.read(name)
        return parse_xml(data, name) if data else None


@contextmanager
def _faults(name: str) -> Iterator[None]:
    """Put what unpacking says of a damaged member into words."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, UnicodeError) as error:
        raise damaged(f"its part {name!r} is damaged ({error})") from None


def member_names(stream: BinaryIO, head: bytes) -> frozenset[str]:
    """The names in a container: members of a ZIP file (checked), streams of an OLE file, none for other files.

    Raises InputError for a container that may not be expanded.
    """
    if head.startswith(OLE):
        return ole_names(stream)
    if head.startswith((b"PK\x03\x04", _END)):
        with opened(stream) as package:
            return package.names
    return frozenset()


@contextmanager
def package(path: Path) -> Iterator[Package]:
    """Open a ZIP container after checking it. Raises InputError when it may not be expanded."""
    with path.open("rb") as stream, opened(stream) as found:
        yield found


@contextmanager
def opened(stream: BinaryIO) -> Iterator[Package]:
    """Check the directory of a ZIP file and open it. Raises InputError naming what is wrong."""
    check_end(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError, UnicodeError) as error:
        raise damaged(f"it is a ZIP container that cannot be opened ({error})") from None
    with archive:
        check_members(archive.infolist())
        yield Package(archive, frozenset(archive.namelist()))


def check_end(stream: BinaryIO) -> None:
    """Look at the end record of a ZIP file, so that a huge directory is never loaded. Raises InputError."""
    stream.seek(0, 2)
    size = stream.tell()
    start = max(0, size - _END_SIZE - 65_535)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or at + _END_SIZE > len(tail):
        raise damaged("it is cut off: the directory at its end is missing")
    members, directory, offset = struct.unpack("<HII", tail[at + 10 : at + 20])
    if members == 0xFFFF or 0xFFFFFFFF in (directory, offset):
        members, directory, offset = _large_end(stream, tail, at)
    if members > MOST_MEMBERS or directory > LARGEST_DIRECTORY:
        raise bomb(f"it has {members:,} members in a directory of {directory:,} bytes")
    if offset + directory > start + at:
        raise damaged("its directory does not fit in the file")


def _large_end(stream: BinaryIO, tail: bytes, at: int) -> tuple[int, int, int]:
    """Members, size and place of the directory from the end record for large files (ZIP64)."""
    locator = tail[at - 20 : at] if at >= 20 else b""
    if locator[:4] == b"PK\x06\x07":
        stream.seek(min(struct.unpack("<Q", locator[8:16])[0], 2**62))
        record = stream.read(56)
        if len(record) == 56 and record[:4] == b"PK\x06\x06":
            members, directory, offset = struct.unpack("<QQQ", record[32:56])
            return members, directory, offset
    raise damaged("it is cut off: the directory at its end is missing")


def check_members(members: list[zipfile.ZipInfo]) -> None:
    """Refuse locked, overlapping, outsized or badly named members. Raises InputError."""
    if len(members) > MOST_MEMBERS:
        raise bomb(f"it has {len(members):,} members")
    total = sum(member.file_size for member in members)
    if total > LARGEST_TOTAL:
        raise bomb(f"it would grow to {total // 2**20:,} MB")
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        name = member.filename
        if member.flag_bits & 0x41:
            raise locked()
        if member.header_offset < end:
            raise bomb(f"its part {name[:80]!r} lies over another one")
        end = member.header_offset + _LOCAL_SIZE + len(member.orig_filename.encode()) + member.compress_size
        if member.file_size > LARGEST_MEMBER:
            raise bomb(f"its part {name[:80]!r} would grow to {member.file_size // 2**20:,} MB")
        if member.file_size > max(SMALL, GREATEST_RATIO * member.compress_size):
            raise bomb(f"its part {name[:80]!r} would grow {member.file_size // max(1, member.compress_size):,} times")
        if member.compress_type not in _READABLE:
            raise damaged(f"its part {name[:80]!r} is packed in a way that office files do not use")
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise damaged(f"its part {name[:80]!r} points outside the file")
    if len({member.filename for member in members}) < len(members):
        raise damaged("two of its parts have the same name")


def parse_xml(data: bytes, name: str = "") -> etree._Element:
    """The root of an XML text, read without entities, document type and network. Raises InputError."""
    refuse_document_type(data, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(f"its part {name!r} is not whole XML ({error})") from None


def refuse_document_type(data: bytes, name: str = "") -> None:
    """Refuse XML that declares a document type: office files never do, attacks by entities must. Raises InputError."""
    prolog = _as_text(data[: 2**16])
    root = _ROOT.search(prolog)
    before = prolog[: root.start()] if root else prolog
    if "<!DOCTYPE" in before.upper() or "<!ENTITY" in before.upper() or (not root and len(data) > 2**16):
        raise InputError(
            "the file",
            f"its part {name!r} declares a document type, which office files never do; it may be an attack.",
            expected="a file saved by an office program.",
            todo="Open it in one you trust and save it again, or ask the sender.",
        )


def _as_text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    return data.decode("latin-1")


def ole_names(stream: BinaryIO) -> frozenset[str]:
    """The names of the streams of an OLE file, from the first sectors of its directory."""
    stream.seek(0)
    header = stream.read(512)
    if len(header) < 512:
        raise damaged("it is cut off")
    shift = struct.unpack("<H", header[30:32])[0]
    first = struct.unpack("<I", header[48:52])[0]
    if shift not in (9, 12):
        raise damaged("its sector size is not one that exists")
    stream.seek((first + 1) << shift)
    directory = stream.read(_OLE_SECTORS << shift)
    names = set()
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        length = struct.unpack("<H", entry[64:66])[0]
        if entry[66] in (1, 2, 5) and 2 <= length <= 64:
            names.add(entry[: length - 2].decode("utf-16-le", "replace"))
    return frozenset(names)


def damaged(problem: str) -> InputError:
    """A refusal of a file that is not whole."""
    return InputError("the file", f"{problem}.", expected="a whole file.", todo="Get it again from where it came from.")


def bomb(problem: str) -> InputError:
    """A refusal of a file that would fill the memory."""
    return InputError(
        "the file", f"{problem}; it was not opened, because it may be made to fill the memory.",
        expected="a file made for people to read.", todo="Ask the sender for it in another form.",
    )  # fmt: skip


def locked() -> InputError:
    """A refusal of a file with a password."""
    return InputError(
        "the file", "it is protected by a password.", expected="a file that opens without one.",
        todo="Open it, save it without the password, and add that.",
    )  # fmt: skip
