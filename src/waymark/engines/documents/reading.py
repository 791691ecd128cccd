"""From files to passages: the kind from the content, checks, the wall, the cut. One bad file costs itself only."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from waymark.engines.documents import walled
from waymark.engines.documents.cleaning import display_name
from waymark.engines.documents.model import CutDocument, ParsedDocument
from waymark.engines.documents.parsers import PDF, PDF_OCR
from waymark.engines.documents.passages import cut
from waymark.engines.documents.walled import DEFAULT, limits_for
from waymark.engines.files.walls.kinds import Limits
from waymark.engines.files.walls.wall import reason
from waymark.gcm.errors import InputError

LanguageOf = Callable[[str], str]
"""What names the language of a text, "" when it cannot tell; passed on to `passages.cut`."""

SKIPPED = ("~$", ".", "Thumbs.db", "desktop.ini")
"""Beginnings of the names of files that programs leave in folders; a folder is read without them."""


def parse_file(path: Path, *, limits: Limits = DEFAULT, ocr: bool = False) -> ParsedDocument:
    """Find the kind of a file and parse it, both behind the wall. Raises InputError naming the file."""
    parser, notes = walled.find(path, limits=limits)
    seen = ocr and parser is PDF
    chosen = PDF_OCR if seen else parser
    parsed = walled.parse(path, parser=chosen.name, limits=limits_for(chosen, limits), ocr=seen)
    return replace(parsed, notes=(*notes, *parsed.notes)) if notes else parsed


def read_file(path: Path, *, language_of: LanguageOf, limits: Limits = DEFAULT, ocr: bool = False) -> CutDocument:
    """Read one file into passages. Raises InputError naming the file, the reason and what to do."""
    return cut(parse_file(path, limits=limits, ocr=ocr), language_of=language_of)


def read_files(
    paths: Iterable[Path], *, language_of: LanguageOf, limits: Limits = DEFAULT, ocr: bool = False
) -> Iterator[tuple[Path, CutDocument | InputError]]:
    """Read files and everything in folders, one after the other, in the order of their names.

    What cannot be read comes as the error; the others go on. Nothing is held but the file that is being read.
    """
    for path, error in walk(paths):
        if error is not None:
            yield path, error
            continue
        try:
            yield path, read_file(path, language_of=language_of, limits=limits, ocr=ocr)
        except InputError as refused:
            yield path, refused


def walk(paths: Iterable[Path]) -> Iterator[tuple[Path, InputError | None]]:
    """The files that `paths` name: files as given, folders with all below them, sorted.

    A link inside a folder is never followed: one that leads out of it comes as an error, one within it is left out,
    because its file comes under its own name.
    """
    for path in paths:
        if path.is_dir():
            yield from _folder(path, path.resolve())
        else:
            yield path, None


def _folder(folder: Path, top: Path) -> Iterator[tuple[Path, InputError | None]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield folder, InputError(
            display_name(folder), f"the folder cannot be opened ({reason(error)}).", expected="a folder you may read.",
            todo="Check who may read it.",
        )  # fmt: skip
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            if not _within(path, top):
                yield path, InputError(
                    display_name(path), "it is a link that leads out of the folder; it was not followed.",
                    expected="files in the folder.", todo="Add the file it leads to by its own name.",
                )  # fmt: skip
        elif entry.is_dir(follow_symlinks=False):
            yield from _folder(path, top)
        elif not entry.name.startswith(SKIPPED):
            yield path, None


def _within(link: Path, top: Path) -> bool:
    try:
        return link.resolve().is_relative_to(top)
    except (OSError, RuntimeError):
        return False
