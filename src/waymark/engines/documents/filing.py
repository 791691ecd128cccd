"""Where the files of documents and their stored texts lie: in the data folder, under hashes, never under their names.

    documents/files/ab/ab12…        a file as it was given, named by its SHA-256
    documents/texts/cd/cd34….txt    a stored text, named by its own SHA-256

A name that somebody gave never becomes a path. What is stored under a hash never changes.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from waymark.engines.documents.cleaning import display_name
from waymark.gcm.errors import InputError, OutputError


class Filing:
    """The folder of documents of one installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, sha256: str) -> Path:
        """Where a file with this hash lies, or would lie."""
        return self.folder / "files" / sha256[:2] / sha256

    def keep(self, path: Path) -> tuple[str, int]:
        """Copy a file in and return its SHA-256 (hexadecimal) and size in bytes.

        Raises InputError when it cannot be read and OutputError when it cannot be stored.
        """
        if not path.is_file():  # a device or a pipe would be read without end
            raise InputError(display_name(path), "it is no file", expected="a readable file", todo="Check the path")
        try:
            source = path.open("rb")
        except OSError as error:
            raise InputError(
                display_name(path),
                f"the file cannot be read ({error.strerror})",
                expected="a readable file",
                todo="Check the path and the rights of the file.",
            ) from error
        with source:
            total = hashlib.sha256()
            return self._stored(lambda out: _copy(source, out, total), lambda: self.file(total.hexdigest()))

    def keep_text(self, text: str) -> str:
        """Store a text and return its SHA-256 (hexadecimal, of its UTF-8 bytes)."""
        content = text.encode("utf-8", errors="replace")
        name = hashlib.sha256(content).hexdigest()
        place = self.folder / "texts" / name[:2] / f"{name}.txt"
        if not place.exists():
            self._stored(lambda out: out.write(content), lambda: place)
        return name

    def text(self, sha256: str) -> str:
        """A stored text. Raises InputError when it is not there or was changed."""
        place = self.folder / "texts" / sha256[:2] / f"{sha256}.txt"
        try:
            content = place.read_bytes()
        except OSError as error:
            raise _lost(sha256, f"it cannot be read ({error.strerror})") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise _lost(sha256, "its content is not what its name says")
        return content.decode("utf-8")

    def _stored(self, write: Callable[[BinaryIO], Any], place_of: Callable[[], Path]) -> tuple[str, int]:
        """Write to a fresh file beside, then put it in its place as a whole."""
        partial: Path | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".part.", dir=self.folder)
            partial = Path(name)
            with os.fdopen(handle, "wb") as out:
                write(out)
                out.flush()
                os.fsync(out.fileno())
                size = out.tell()
            place = place_of()
            place.parent.mkdir(parents=True, exist_ok=True)
            partial.replace(place)
        except OSError as error:
            raise OutputError(
                f"{self.folder}: the document could not be stored ({error.strerror}). Nothing was left half-written. "
                "Look at the disk and its rights, then run the command again."
            ) from error
        finally:
            if partial is not None:
                partial.unlink(missing_ok=True)
        return place.stem, size


def _copy(source: BinaryIO, out: BinaryIO, total: Any) -> None:
    while block := source.read(1 << 20):
        total.update(block)
        out.write(block)


def _lost(sha256: str, problem: str) -> InputError:
    return InputError(
        f"stored text {sha256[:12]}…",
        problem,
        expected="the text as it was stored",
        todo="Bring the folder of documents back from a backup, or add the document again",
    )
