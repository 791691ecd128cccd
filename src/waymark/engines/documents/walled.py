"""Documents behind the wall: which parser reads a file, and what it reads."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from waymark.engines.documents.cleaning import clean, display_name
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.parsers import PDF, PDF_OCR, Parser, parser_named
from waymark.engines.documents.wire import DocumentDecoder
from waymark.engines.files.walls.kinds import DOCUMENT, Limits
from waymark.engines.files.walls.lines import Decoder, whole_text
from waymark.engines.files.walls.wall import Wall, shared

DEFAULT = DOCUMENT.limits

SHORT = 45.0
"""Seconds for anything but PDF."""

OCR_SECONDS = 3600.0
"""Seconds for a PDF whose pages are read by OCR, some 1,000 pages."""

_MOST_NOTES = 100


class _ParserDecoder(Decoder):
    """Takes the name of a parser and the notes about the file."""

    noun = "the name of a parser"
    most_lines = 10

    def __init__(self) -> None:
        super().__init__(2**20)
        self.parser = ""
        self.notes: tuple[str, ...] = ()

    def take(self, kind: str, values: list[Any]) -> None:
        """See `Decoder.take`."""
        name, notes = values
        if kind != "parser" or not isinstance(notes, list) or len(notes) > _MOST_NOTES:
            raise ValueError
        self.parser, self.notes = whole_text(name), tuple(clean(whole_text(note))[:2000] for note in notes)
        self.ended = True


def find(path: Path, *, limits: Limits = DEFAULT, wall: Wall | None = None) -> tuple[Parser, tuple[str, ...]]:
    """The parser that reads a file, found behind the wall from its content, and notes about its name.

    Raises InputError when no parser reads it, or when it is locked, damaged or made to fill the memory.
    """
    decoder, name = _ParserDecoder(), display_name(path)
    short = replace(limits, seconds=min(limits.seconds, SHORT), computing=min(limits.computing, int(SHORT)))
    (wall or shared(DOCUMENT)).run(path, decoder, name=name, options={"name": name}, limits=short)
    return parser_named(decoder.parser), decoder.notes


def parse(
    path: Path, *, parser: str, limits: Limits = DEFAULT, ocr: bool = False, wall: Wall | None = None
) -> ParsedDocument:
    """Parse one file by the parser of this name behind the wall. Raises InputError when it cannot be read.

    `ocr` lets a program be started (the parser "pdf-ocr"); the network stays closed.
    """
    decoder = DocumentDecoder(limits.result_bytes)
    wall = wall or shared(DOCUMENT)
    wall.run(path, decoder, name=display_name(path), options={"parser": parser}, limits=limits, programs=ocr)
    return decoder.document()


def limits_for(parser: Parser, limits: Limits) -> Limits:
    """The limits of one parser: office files, pages and texts are read in seconds, pictures of pages take long."""
    if parser is PDF_OCR:
        return replace(limits, seconds=max(limits.seconds, OCR_SECONDS))
    if parser is PDF:
        return limits
    return replace(limits, seconds=min(limits.seconds, SHORT), computing=min(limits.computing, int(SHORT)))
