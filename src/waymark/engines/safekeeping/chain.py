"""A text file that is only added to: one JSON object a line, each naming the SHA-256 of the line before.

Whoever keeps a copy of any line can prove that no line before it was changed, taken out or put in.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PREVIOUS = "previous"
START = "0" * 64
"""What the first line names as the line before."""


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """The first line of a chain that is not as it was written: its number (from 1) and what is wrong."""

    number: int
    problem: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a chain up to the first broken one. `torn` is the length of a last line that was never finished."""

    values: tuple[dict[str, Any], ...]
    digests: tuple[str, ...]
    broken: BrokenLine | None = None
    torn: int = 0

    @property
    def last(self) -> str:
        """The digest of the last line."""
        return self.digests[-1] if self.digests else START


def parse(content: bytes) -> Lines:
    """Read a chain from its bytes."""
    values: list[dict[str, Any]] = []
    digests: list[str] = []
    whole, _, rest = content.rpartition(b"\n")
    broken = None
    for number, line in enumerate(whole.split(b"\n") if whole else [], start=1):
        value, problem = _value(line, digests[-1] if digests else START)
        if problem:
            broken = BrokenLine(number, problem)
            break
        values.append(value)
        digests.append(hashlib.sha256(line).hexdigest())
    return Lines(tuple(values), tuple(digests), broken, len(rest))


def _value(line: bytes, previous: str) -> tuple[dict[str, Any], str]:
    """The object of one line without its link, and what is wrong with it."""
    try:
        value = json.loads(line.decode("utf-8"))
    except ValueError:
        return {}, "it cannot be read"
    if not isinstance(value, dict) or PREVIOUS not in value:
        return {}, "it is no line of this file"
    if value.pop(PREVIOUS) != previous:
        return {}, "it does not follow the line before: one of the two was changed, taken out or moved"
    if encoded(value, previous) != line:
        return {}, "it is not written as the program writes it"
    return value, ""


def encoded(value: Mapping[str, Any], previous: str) -> bytes:
    """One line, without its end: the same bytes for the same value."""
    return json.dumps({**value, PREVIOUS: previous}, ensure_ascii=True, separators=(",", ":")).encode()


def read(path: Path) -> Lines:
    """The lines of a file; none when there is no file. Raises OSError when it cannot be read."""
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        return Lines((), ())


def append(path: Path, values: Sequence[Mapping[str, Any]]) -> Lines:
    """Add lines, all or none, and flush them to the disk; returns what the file then holds.

    A last line that a power cut left unfinished is taken away first: what it spoke of was never done. Raises OSError
    when the file cannot be written, ValueError when a line of it is broken.
    """
    held = read(path)
    if held.broken is not None:
        raise ValueError(f"line {held.broken.number}: {held.broken.problem}")
    previous, lines = held.last, []
    for value in values:
        line = encoded(value, previous)
        previous = hashlib.sha256(line).hexdigest()
        lines.append(line + b"\n")
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size - held.torn
        try:
            os.ftruncate(handle, size)
            _write(handle, b"".join(lines), size)
        except OSError:
            os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)
    return read(path)


def _write(handle: int, content: bytes, at: int) -> None:
    while content:
        written = os.pwrite(handle, content, at)
        content, at = content[written:], at + written
    os.fsync(handle)


def follows(later: Lines, earlier: Lines) -> bool:
    """Whether a chain is a continuation of another, or the same."""
    return later.digests[: len(earlier.digests)] == earlier.digests


@contextmanager
def held(folder: Path, name: str) -> Iterator[None]:
    """Keep others out of the file `name` of a folder while it is read and added to; waits for them. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / f".{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
