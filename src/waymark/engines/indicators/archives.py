"""Files, folders and archives seen as one list of members that can be opened, without unpacking anything to disk.

Names inside an archive are only ever shown, never used as paths, so a member called `../../etc/passwd` is harmless.
What would expand beyond reason is refused before it is expanded.
"""

import gzip
import hashlib
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from waymark.gcm.errors import InputError

EXPECTED = "a table of statistics as CSV, XLSX or Parquet, a zip or gz file with such tables, or a DDF folder"

MAX_EXPANDED = 8 * 1024**3
"""Bytes an archive may expand to in all. The largest real one we know, the whole SDG database, stays below 3 GiB."""

MAX_RATIO = 200
"""How many times its packed size a member above `RATIO_FLOOR` bytes may expand to. Real statistics reach about 30."""

RATIO_FLOOR = 32 * 1024**2
GZIP = b"\x1f\x8b"
"""How a gz file begins."""
MAX_MEMBERS = 20_000
WORKBOOK_PART = "xl/workbook.xml"
"""The member that makes a zip an Office workbook (XLSX)."""

_CHUNK = 1024 * 1024
_DAMAGE = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file: a plain file (`name` is ""), a file in a folder, or a member of an archive; `size` in bytes."""

    source: "Source"
    name: str
    size: int
    index: int

    @property
    def shown(self) -> str:
        """The name fit to print; "" for a plain file."""
        return shown_name(self.name)

    @property
    def place(self) -> str:
        """How a message says where it is: "" for a plain file."""
        return f"in {self.shown}" if self.name else ""

    def open(self) -> IO[bytes]:
        """A stream of the content; reading it raises InputError when the archive is damaged or expands too far."""
        return self.source.opened(self)

    def read(self) -> bytes:
        """The whole content. Raises InputError like `open`."""
        with self.open() as stream:
            return stream.read()

    def head(self, count: int = 65536) -> bytes:
        """The first bytes, `count` at most. Raises InputError like `open`."""
        with self.open() as stream:
            return stream.read(count)


def shown_name(name: str) -> str:
    """A file name without control, formatting and surrogate characters, shortened in the middle to 120 characters."""
    if name.isascii() and name.isprintable() and len(name) <= 120:
        return name
    clean = "".join(mark if unicodedata.category(mark)[0] != "C" else "\ufffd" for mark in name)
    return clean if len(clean) <= 120 else f"{clean[:80]}…{clean[-39:]}"


class Source(AbstractContextManager["Source"]):
    """What the person gave: a file, a folder or an archive, open for reading as long as the context lasts.

    Raises InputError when it is missing, unreadable, empty, encrypted, damaged, or would expand beyond the limits.
    """

    def __init__(self, path: Path, *, name: str = "") -> None:
        self.path = path
        self.name = name or path.name or str(path)
        self.kind = "file"
        self._zip: zipfile.ZipFile | None = None
        try:
            with _readable(path):
                self.kind = _kind(path)
                self.members = tuple(self._listed())
        except _DAMAGE as problem:
            raise self.damaged(str(problem)) from None
        if not any(member.size for member in self.members):
            raise InputError(self.name, "It is empty", expected=EXPECTED, todo="Get the file again from its publisher")

    def __exit__(self, *_: object) -> None:
        if self._zip is not None:
            self._zip.close()

    def damaged(self, why: str, place: str = "") -> InputError:
        """The refusal of an archive that cannot be read to its end."""
        problem = f"The archive is damaged or cut short ({why or 'it ends too early'})"
        todo = "Download or copy it again, and compare its size with the publisher's"
        return InputError(self.name, problem, place=place, expected="a complete zip or gz file", todo=todo)

    def opened(self, member: Member) -> IO[bytes]:
        """A guarded stream of one member's content; a gz file is unpacked, also in a folder or a zip."""
        held: Any = None
        try:
            if self._zip is not None:
                held = self._zip.open(self._zip.infolist()[member.index])
            else:
                held = (self.path / member.name if self.kind == "folder" else self.path).open("rb")
            if held.peek(len(GZIP))[: len(GZIP)] == GZIP:
                return io.BufferedReader(_Guarded(_Unpacked(held), member, packed=True))
        except _DAMAGE as problem:
            if held is not None:
                held.close()
            raise self.damaged(str(problem), member.place) from None
        return io.BufferedReader(_Guarded(held, member)) if self._zip is not None else held

    def _listed(self) -> Iterator[Member]:
        """The members, checked against the limits, in order of name."""
        if self.kind == "folder":
            for number, file in enumerate(files_in(self.path)):
                yield Member(self, file.relative_to(self.path).as_posix(), file.stat().st_size, number)
        elif self.kind == "zip":
            self._zip = zipfile.ZipFile(self.path)
            yield from sorted(self._zipped(self._zip), key=lambda member: member.name)
        else:
            yield Member(self, "", self.path.stat().st_size, 0)

    def _zipped(self, archive: zipfile.ZipFile) -> Iterator[Member]:
        """The files of a zip, after the limits were checked."""
        check_zip(archive, self.name)
        for number, entry in enumerate(archive.infolist()):
            if not entry.is_dir() and not entry.filename.startswith("__MACOSX/"):
                yield Member(self, entry.filename, entry.file_size, number)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Raises InputError when nothing is at the path, or it may not be read."""
    try:
        if not path.exists():
            todo = "Check the path and the spelling"
            raise InputError(
                str(path), "There is no such file", expected="a file, a folder or a zip archive", todo=todo
            )
        yield
    except PermissionError:
        todo = "Change its permissions, or copy it to a place of your own"
        raise InputError(str(path), "It may not be read", expected="a file you may read", todo=todo) from None


def files_in(folder: Path) -> list[Path]:
    """The files of a folder that are read, sorted: no hidden ones, no links."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink() and p.name[0] != ".")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file as given, in hexadecimal; of a folder: of its files' names and digests, sorted.

    The bytes are added up and not looked into. Raises InputError when they cannot be read.
    """
    with _readable(path):
        if not path.is_dir():
            return _file_digest(path)
        lines = (f"{file.relative_to(path).as_posix()}\0{_file_digest(file)}\n" for file in files_in(path))
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def check_zip(archive: zipfile.ZipFile, given: str, place: str = "") -> None:
    """Raises InputError when a zip is encrypted, its members overlap, or it would expand beyond the limits.

    Only the archive's directory is read; nothing is expanded. A member never yields more than the directory says.
    """
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_MEMBERS or total > MAX_EXPANDED:
        raise _bomb(given, place, f"{len(entries):,} members that expand to {total:,} bytes")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        name = shown_name(entry.filename)
        if entry.flag_bits & 0x1:
            todo = "Open it with its password and save it without one"
            raise InputError(given, f"The member {name} is encrypted", place=place, expected="no password", todo=todo)
        if entry.header_offset < end:
            raise _bomb(given, place, f"members that overlap at {name}")
        if entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise _bomb(
                given, place, f"{name}, which expands from {entry.compress_size:,} to {entry.file_size:,} bytes"
            )
        end = entry.header_offset + entry.compress_size


def _bomb(given: str, place: str, what: str) -> InputError:
    """The refusal of an archive that would expand beyond reason."""
    limits = (
        f"at most {MAX_MEMBERS:,} members and {MAX_EXPANDED // 1024**3} GiB, none packed more than {MAX_RATIO} times"
    )
    todo = "Get it from the publisher again; a real table does not look like this"
    return InputError(given, f"The archive holds {what}; it was not expanded", place=place, expected=limits, todo=todo)


class _Unpacked(gzip.GzipFile):
    """The content of a gz stream; closing it closes what it is read from."""

    def __init__(self, held: IO[bytes]) -> None:
        super().__init__(fileobj=held)
        self._held = held

    def close(self) -> None:
        super().close()
        self._held.close()


class _Guarded(io.RawIOBase):
    """A packed stream whose faults become refusals, and that stops where a gz file expands beyond reason."""

    def __init__(self, stream: Any, member: Member, *, packed: bool = False) -> None:
        self._stream, self._member, self._count, self._packed = stream, member, 0, packed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        source = self._member.source
        try:
            data = self._stream.read(min(len(buffer), _CHUNK))
        except (*_DAMAGE, RuntimeError) as damage:  # RuntimeError: zipfile's word for a missing password
            raise source.damaged(str(damage), self._member.place) from None
        self._count += len(data)
        if self._packed and self._count > max(RATIO_FLOOR, MAX_RATIO * self._member.size):
            todo = "Get it from the publisher again; a real table does not look like this"
            words = f"It expands to more than {MAX_RATIO} times its size; reading was stopped"
            raise InputError(source.name, words, expected="a gz file with one table", todo=todo)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _kind(path: Path) -> str:
    """What lies at the path, by its content: "folder", "zip" (but not a workbook), "gz" or "file"."""
    if path.is_dir():
        return "folder"
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] == GZIP:
        return "gz"
    if start not in (b"PK\x03\x04", b"PK\x05\x06"):
        return "file"
    with zipfile.ZipFile(path) as archive:
        return "file" if WORKBOOK_PART in archive.namelist() else "zip"


def _file_digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
