"""From files to passages: the kind from the content, checks, the sandbox, the cut. One bad file costs itself only."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from waymark.engines.documents.cleaning import display_name
from waymark.engines.documents.model import CutDocument, ParsedDocument
from waymark.engines.documents.parsers import HEAD, PDF, PDF_OCR, Parser, readable_kinds, registry
from waymark.engines.documents.parsers.text import is_mail
from waymark.engines.documents.passages import cut
from waymark.engines.documents.sandbox import DEFAULT, Limits, open_file, parse_in_sandbox, reason
from waymark.engines.files.containers import locked, member_names
from waymark.gcm.errors import InputError

LanguageOf = Callable[[str], str]
"""What names the language of a text, "" when it cannot tell; passed on to `passages.cut`."""

UNREADABLE = (
    (b"{\\rtf", "rich text (RTF)", "Save it as .docx or PDF."),
    (b"\x89PNG", "a picture (PNG)", "Put it in a PDF, and have it read with OCR."),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Put it in a PDF, and have it read with OCR."),
    (b"GIF8", "a picture (GIF)", "Put it in a PDF, and have it read with OCR."),
    (b"II*\0", "a picture (TIFF)", "Put it in a PDF, and have it read with OCR."),
    (b"MM\0*", "a picture (TIFF)", "Put it in a PDF, and have it read with OCR."),
    (b"RIFF", "a picture, sound or film", "Put its words in a document."),
    (b"MZ", "a program", "Do not run it. Ask the sender about it."),
    (b"\x7fELF", "a program", "Do not run it. Ask the sender about it."),
    (b"7z\xbc\xaf", "an archive (7z)", "Unpack it and add the files in it."),
    (b"Rar!", "an archive (RAR)", "Unpack it and add the files in it."),
    (b"\x1f\x8b", "an archive (gzip)", "Unpack it and add the files in it."),
    (b"%!PS", "PostScript", "Save it as PDF."),
    (b"<?xml", "an XML file", "Save it as PDF or .docx."),
    (b"<svg", "a drawing (SVG)", "Save it as PDF."),
    (b"\xd7\xcd\xc6\x9a", "a drawing (WMF)", "Save it as PDF."),
)  # fmt: skip
"""(first bytes, what it is, what to do) of kinds that are often sent and cannot be read."""

OLD_OFFICE = (
    ("WordDocument", "an old Word file (.doc)", "Open it and save it as .docx."),
    ("PowerPoint Document", "an old presentation (.ppt)", "Open it and save it as PDF."),
    ("__properties_version1.0", "a message of Outlook (.msg)", "Save the message as text or PDF."),
)
"""(stream, what it is, what to do) of old office files."""

SHORT = 45.0
"""Seconds for anything but PDF."""

OCR_SECONDS = 3600.0
"""Seconds for a PDF whose pages are read by OCR, some 1,000 pages."""

SKIPPED = ("~$", ".", "Thumbs.db", "desktop.ini")
"""Beginnings of the names of files that programs leave in folders; a folder is read without them."""


def find_parser(path: Path, *, limits: Limits = DEFAULT) -> tuple[Parser, tuple[str, ...]]:
    """The parser that reads a file, found from its content, and notes about its name.

    Raises InputError when no parser reads it, or when it is locked, damaged or made to fill the memory.
    """
    name = display_name(path)
    descriptor = open_file(path, limits.file_bytes)
    with os.fdopen(descriptor, "rb") as stream:
        head = stream.read(HEAD)
        try:
            names = member_names(stream, head)
            if "EncryptedPackage" in names:
                raise locked()
            notes = _two_kinds(name, head, stream)
        except InputError as error:
            raise named(name, error) from None
    for parser in registry().values():
        if parser.recognises(head, names):
            return parser, (*_wrong_name(path, parser), *notes)
    raise _unknown(name, head, names)


def named(name: str, error: InputError) -> InputError:
    """The same refusal with the name of the file in it."""
    return InputError(name, error.problem, expected=error.expected, todo=error.todo, place=error.place)


def _wrong_name(path: Path, parser: Parser) -> tuple[str, ...]:
    extension = display_name(path).rpartition(".")[2].lower() if "." in path.name else ""
    if extension in parser.extensions or (not extension and parser.name == "text"):
        return ()
    if parser.name == "text" and not any(extension in other.extensions for other in registry().values()):
        return ()
    said = f"ends in .{extension}" if extension else "has no ending"
    return (f"The name {said}, but the file is {parser.label}; it was read as that.",)


def _two_kinds(name: str, head: bytes, stream: BinaryIO) -> tuple[str, ...]:
    """Notes about a file that is two kinds at once. Raises InputError when it cannot be said which one is meant."""
    at = head[:1024].find(b"%PDF-")
    if at > 0 and b"<" in head[:at]:
        raise InputError(
            name, "it is a web page and a PDF at once, which tools use to smuggle one inside the other.",
            expected="a file of one kind.", todo="Ask the sender for the document alone.",
        )  # fmt: skip
    if at < 0:
        return ()
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - 65_557))
    if b"PK\x05\x06" in stream.read():
        return ("The file is a ZIP archive too; only the PDF in it was read.",)
    return ()


def _unknown(name: str, head: bytes, names: frozenset[str]) -> InputError:
    """A refusal that names the kind when it is known, and says what can be read."""
    what, todo = "of a kind that cannot be read", "Save it as PDF or .docx."
    for stream, kind, act in OLD_OFFICE:
        if any(each.startswith(stream) for each in names):
            what, todo = kind, act
    for first, kind, act in UNREADABLE:
        if head.startswith(first):
            what, todo = kind, act
    if is_mail(head):
        what, todo = "an e-mail or a web archive (.eml, .mht)", "Open it and save it as PDF."
    if head.startswith(b"PK"):
        what, todo = "a ZIP archive", "Unpack it and add the files in it."
    if any(each.startswith("ppt/") for each in names) or b"opendocument.presentation" in head[:120]:
        what, todo = "a presentation", "Open it and save it as PDF."
    if b"application/epub" in head[:120]:
        what, todo = "a book (EPUB)", "Save it as PDF."
    return InputError(name, f"it is {what}.", expected=f"one of {readable_kinds()}.", todo=todo)


def parse_file(path: Path, *, limits: Limits = DEFAULT, ocr: bool = False) -> ParsedDocument:
    """Find the kind of a file and parse it in the sandbox. Raises InputError naming the file."""
    parser, notes = find_parser(path, limits=limits)
    seen = ocr and parser is PDF
    chosen = PDF_OCR if seen else parser
    parsed = parse_in_sandbox(path, parser=chosen.name, limits=limits_for(chosen, limits), ocr=seen)
    return replace(parsed, notes=(*notes, *parsed.notes)) if notes else parsed


def limits_for(parser: Parser, limits: Limits) -> Limits:
    """The limits of one parser: office files, pages and texts are read in seconds, pictures of pages take long."""
    if parser is PDF_OCR:
        return replace(limits, seconds=max(limits.seconds, OCR_SECONDS))
    if parser is PDF:
        return limits
    return replace(limits, seconds=min(limits.seconds, SHORT), computing=min(limits.computing, int(SHORT)))


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
