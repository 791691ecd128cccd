"""The folder of what is published about the log, outside the database: heads, leaves, and the register of erasures.

    heads.jsonl        one line for each seal: network, day, first and last number, Merkle root; and for each restore
                       that lost events, which ones
    leaves/7.txt       the leaf hashes of the seal in line 7, one a line, so that a changed entry can be named
    erasures.jsonl     one line for each event whose words were erased: numbers and digests, no words

The two `.jsonl` files are chains (see `chain`). A copy of the folder, kept where nobody can change it together with
the record, is the proof.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from waymark.engines.safekeeping import chain
from waymark.gcm.errors import OutputError, RefusedError

HEADS, ERASURES, LEAVES = "heads.jsonl", "erasures.jsonl", "leaves"

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Head:
    """One seal as published: the root over the events `first` to `last` of a network ("" is the installation)."""

    network: str
    day: str
    first: int
    last: int
    root: str


@dataclass(frozen=True, slots=True)
class Lost:
    """What a restore lost: events of a network after `kept`, up to `last`; its log goes on from `kept` + 1.

    `next` is the first number that the next seal covers; `backup` is the hash of the backup's MANIFEST.
    """

    network: str
    lost_on: str
    kept: int
    last: int
    next: int
    backup: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """An event whose words were erased under a rule; `digest` is that of the words that are gone."""

    network: str
    number: int
    digest: str
    rule: str
    on: str


class Published:
    """The folder of one installation. It may not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __str__(self) -> str:
        return str(self.folder)

    @property
    def exists(self) -> bool:
        """Whether something was published here."""
        return (self.folder / HEADS).exists()

    @property
    def has_register(self) -> bool:
        """Whether the register of erasures is here; it is made, empty, with the first seal."""
        return (self.folder / ERASURES).exists()

    def lines(self, name: str) -> chain.Lines:
        """The lines of HEADS or ERASURES as they lie there. Raises RefusedError when the file cannot be read."""
        try:
            return chain.read(self.folder / name)
        except OSError as error:
            raise RefusedError("heads.unreadable", file=str(self.folder / name), reason=error.strerror) from error

    def heads(self) -> tuple[Head | Lost, ...]:
        """The heads of whole lines, in the order in which they were published."""
        found: list[Head | Lost] = []
        for line, value in enumerate(self.lines(HEADS).values, start=1):
            if "lost_on" in value:
                found.append(self._shaped(Lost, HEADS, line, value))
            else:
                found.append(self._shaped(Head, HEADS, line, value))
        return tuple(found)

    def erasures(self) -> tuple[Erasure, ...]:
        """The erasures of whole lines, in the order in which they were made."""
        return tuple(
            self._shaped(Erasure, ERASURES, line, value)
            for line, value in enumerate(self.lines(ERASURES).values, start=1)
        )

    def _shaped(self, kind: type[S], name: str, line: int, value: Mapping[str, Any]) -> S:
        try:
            return kind(**value)
        except TypeError as error:
            fields = tuple(sorted(value))
            raise RefusedError("heads.unknown_line", file=str(self.folder / name), line=line, fields=fields) from error

    def leaves(self, line: int) -> tuple[str, ...]:
        """The leaf hashes of the seal in a line (from 1) of heads; none when the file is not there."""
        try:
            return tuple((self.folder / LEAVES / f"{line}.txt").read_text("ascii", errors="replace").split())
        except OSError:
            return ()

    @contextmanager
    def alone(self, name: str = HEADS) -> Iterator[None]:
        """Keep others from adding to a file meanwhile. Raises OutputError when the folder cannot be written."""
        with ExitStack() as stack:
            self._said(lambda: stack.enter_context(chain.held(self.folder, name)))
            yield

    def publish(self, heads: Sequence[tuple[Head | Lost, Sequence[bytes]]]) -> None:
        """Add lines with the leaves of each seal. Call it while `alone`. Raises OutputError, RefusedError."""
        self._said(lambda: self._publish(heads))

    def _publish(self, heads: Sequence[tuple[Head | Lost, Sequence[bytes]]]) -> None:
        before = len(self.lines(HEADS).values)
        for line, (_, leaves) in enumerate(heads, start=before + 1):
            if leaves:
                _write(self.folder / LEAVES / f"{line}.txt", "".join(f"{leaf.hex()}\n" for leaf in leaves).encode())
        self._append(HEADS, [asdict(head) for head, _ in heads])
        if not self.has_register:
            self._append(ERASURES, [])

    def register(self, erasure: Erasure) -> None:
        """Note an erasure, once. Raises OutputError, RefusedError."""
        with self.alone(ERASURES):
            if erasure not in self.erasures():
                self._said(lambda: self._append(ERASURES, [asdict(erasure)]))

    def _append(self, name: str, values: Sequence[Mapping[str, Any]]) -> None:
        try:
            chain.append(self.folder / name, values)
        except ValueError as error:
            raise RefusedError("heads.not_added_to", file=str(self.folder / name), fault=str(error)) from None

    def _said(self, work: Callable[[], S]) -> S:
        """Do `work` with a failure of the disk put into words."""
        try:
            return work()
        except OSError as error:
            raise OutputError(
                f"{self.folder}: what is published about the log cannot be written there ({error.strerror}). Nothing "
                "was sealed or erased. Look at the disk and its rights, or choose another folder with WAYMARK_HEADS."
            ) from error


def _write(path: Path, content: bytes) -> None:
    """Write a file beside its place, flush it, put it in its place."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def is_ours(name: str) -> bool:
    """Whether a path in the folder is one of its files, not a lock or a part."""
    return name in (HEADS, ERASURES) or re.fullmatch(rf"{LEAVES}/[1-9][0-9]*\.txt", name) is not None
