"""Parsers of documents: one file each. The kind of a file is found from its content, never from its name alone.

Other packages add a parser by the entry point group `waymark.parsers`: the name of the parser, and an object of the
class `Parser`. A parser runs behind the wall (`engines/files/walls`), where it can read its one file and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

from waymark.engines.documents.model import ParsedDocument
from waymark.gcm.errors import InputError

GROUP = "waymark.parsers"
"""The entry point group."""

HEAD = 8192
"""Bytes from the beginning of a file that decide its kind."""


@dataclass(frozen=True, slots=True)
class Parser:
    """One kind of document and how it is read.

    `recognises(head, names)` gets the first bytes of a file and the names of the members when it is a container (ZIP or
    OLE), and says whether this parser reads it. `extensions` come without dot and only serve messages. `parse` raises
    InputError for a file it cannot read. `label` names the kind for a reader.
    """

    name: str
    label: str
    media_types: tuple[str, ...]
    extensions: tuple[str, ...]
    recognises: Callable[[bytes, frozenset[str]], bool]
    parse: Callable[[Path], ParsedDocument]


def _is_pdf(head: bytes, names: frozenset[str]) -> bool:
    return b"%PDF-" in head[:1024]


def _parse_pdf(path: Path) -> ParsedDocument:
    from waymark.engines.documents.parsers.pdf.reader import parse_pdf

    return parse_pdf(path)


def _parse_pdf_ocr(path: Path) -> ParsedDocument:
    from waymark.engines.documents.ocr import ocr_pages
    from waymark.engines.documents.parsers.pdf.pictures import render_pages

    return ocr_pages(_parse_pdf(path), path, (), render=render_pages)


PDF = Parser("pdf", "PDF", ("application/pdf",), ("pdf",), _is_pdf, _parse_pdf)
PDF_OCR = Parser("pdf-ocr", "PDF", ("application/pdf",), ("pdf",), lambda head, names: False, _parse_pdf_ocr)
"""The same with OCR of pages that have no text; asked for by name only, behind a wall that lets programs start."""

BUILT_IN = ("docx", "odt", "xlsx", "html", "text")
"""Modules here that hold a `PARSER`, in the order in which they are asked; PDF comes before, text is the last."""


@cache
def registry() -> dict[str, Parser]:
    """Every parser by name, in the order in which they are asked whether they recognise a file."""
    found = {PDF.name: PDF, PDF_OCR.name: PDF_OCR}
    own = [cast(Parser, import_module(f"{__name__}.{name}").PARSER) for name in BUILT_IN]
    found |= {parser.name: parser for parser in own[:-1]}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        parser = entry.load()
        if isinstance(parser, Parser) and entry.name == parser.name:
            found.setdefault(parser.name, parser)
    return found | {own[-1].name: own[-1]}


def parser_named(name: str) -> Parser:
    """The parser of this name. Raises InputError with the known names."""
    try:
        return registry()[name]
    except KeyError:
        raise InputError(
            f"parser {name!r}",
            "there is no parser of this name.",
            expected=f"one of {', '.join(registry())}.",
            todo="Install the package that brings it, or choose another one.",
        ) from None


def readable_kinds() -> str:
    """The kinds that can be read, for a message: "PDF (.pdf), Word (.docx, .docm), …"."""
    kinds = {p.label: p.extensions for p in registry().values()}
    return ", ".join(f"{label} ({', '.join('.' + e for e in extensions)})" for label, extensions in kinds.items())
