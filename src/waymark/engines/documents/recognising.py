"""The kind of a document from its content, never from its name alone."""

from pathlib import Path
from typing import BinaryIO

from waymark.engines.documents.cleaning import display_name
from waymark.engines.documents.parsers import HEAD, Parser, readable_kinds, registry
from waymark.engines.documents.parsers.text import is_mail
from waymark.engines.files.containers import locked, member_names
from waymark.gcm.errors import InputError

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


def recognise(path: Path, *, name: str = "") -> tuple[Parser, tuple[str, ...]]:
    """The parser that reads a file, and notes about its name; `name` is what it is called, where that is not `path`.

    Raises InputError when no parser reads it, or when it is locked, damaged or made to fill the memory.
    """
    name = display_name(name or path)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        names = member_names(stream, head)
        if "EncryptedPackage" in names:
            raise locked()
        notes = _two_kinds(name, head, stream)
    for parser in registry().values():
        if parser.recognises(head, names):
            return parser, (*_wrong_name(name, parser), *notes)
    raise _unknown(name, head, names)


def _wrong_name(name: str, parser: Parser) -> tuple[str, ...]:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
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
