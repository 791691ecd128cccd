"""PDF: pypdfium2 reads the letters, the files beside this one make text of them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2

from waymark.engines.documents.model import Block, Flag, Page, ParsedDocument
from waymark.engines.documents.ocr import ocr_pages
from waymark.engines.documents.parsers.pdf.blocks import blocks_of, body_of, headings_of, turned_blocks
from waymark.engines.documents.parsers.pdf.flags import flags_of
from waymark.engines.documents.parsers.pdf.furniture import Sheet, strip_furniture
from waymark.engines.documents.parsers.pdf.glyphs import read_page
from waymark.engines.documents.parsers.pdf.lines import joined_turned
from waymark.engines.documents.parsers.pdf.open import opened
from waymark.engines.documents.parsers.pdf.order import order
from waymark.engines.documents.parsers.pdf.pictures import render_pages
from waymark.engines.documents.parsers.pdf.shapes import read_shapes
from waymark.engines.documents.parsers.pdf.words import Vocabulary

MEDIA_TYPE = "application/pdf"

MOST_PAGES = 3_000
"""Pages read of one file. What follows is not read, and the last page read says so."""


def parse_pdf(path: Path, *, ocr: bool = False) -> ParsedDocument:
    """Read the PDF file `path`.

    With `ocr` the flagged pages are read by tesseract, in every language of ours that it has here. Raises InputError
    naming the file when it is encrypted, has no pages or is no readable PDF, and when tesseract is asked for and not
    here.
    """
    parsed = _parsed(path)
    return ocr_pages(parsed, path, (), render=render_pages) if ocr else parsed


def _parsed(path: Path) -> ParsedDocument:
    """Read the file without OCR."""
    with opened(path) as document:
        count = len(document)
        sheets = [_sheet(document, index) for index in range(min(count, MOST_PAGES))]
        stored = [_told(partial(document.get_page_label, index)) for index in range(len(sheets))]
        title = _told(partial(document.get_metadata_value, "Title"))
    strip_furniture(sheets)
    labels = _labels(stored, [sheet.label for sheet in sheets])
    lines = [order(sheet.fragments, sheet.rules) for sheet in sheets]
    body = body_of(lines)
    levels = headings_of(lines, body)
    known = Vocabulary([line.text for line in page] for page in lines)
    blocks: list[Block] = []
    for index, page in enumerate(lines):
        blocks += blocks_of(page, index, body, levels, known)
        blocks += turned_blocks(sheets[index].turned, index)
    tables = {block.page for block in blocks if block.kind == "row"}
    pages = []
    for index, sheet in enumerate(sheets):
        flags = set(sheet.flags) | ({Flag.TABLE} if index in tables else set())
        if count > MOST_PAGES and index == MOST_PAGES - 1:
            flags.add(Flag.CUT)
        pages.append(Page(index, labels[index], tuple(sorted(flags))))
    parser = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO.version}"
    return ParsedDocument(MEDIA_TYPE, tuple(blocks), tuple(pages), title, "", parser, _notes(count, sheets))


def _labels(stored: list[str], printed: list[str]) -> list[str]:
    """Page labels: those stored in the file, unless they only count from 1 and the pages print others."""
    counting = [str(index + 1) for index in range(len(stored))]
    if any(stored) and not (stored == counting and any(printed)):
        return stored
    return printed


def _sheet(document: Any, index: int) -> Sheet:
    """Read one page; a damaged one is empty and says so."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return Sheet(0.0, 0.0, [], [], [], damaged=True)
    try:
        text = read_page(page)
        shapes = read_shapes(page)
        flags = flags_of(page, text, shapes)
        return Sheet(text.width, text.height, text.fragments, joined_turned(text.turned), shapes.rules(), flags)
    except pypdfium2.PdfiumError:
        return Sheet(0.0, 0.0, [], [], [], damaged=True)
    finally:
        page.close()


def _told(ask: Callable[[], object]) -> str:
    """A text that the file stores, on one line; "" when its bytes are no text."""
    try:
        return " ".join(str(ask()).split())
    except UnicodeDecodeError:
        return ""


def _notes(count: int, sheets: list[Sheet]) -> tuple[str, ...]:
    """What the person who added the file should know."""
    notes = []
    if count > MOST_PAGES:
        notes.append(f"The file has {count:,} pages. The first {MOST_PAGES:,} were read.")
    damaged = [str(index + 1) for index, sheet in enumerate(sheets) if sheet.damaged]
    if damaged:
        more = f" and {len(damaged) - 10} more" if len(damaged) > 10 else ""
        notes.append(f"Damaged pages that could not be read: {', '.join(damaged[:10])}{more}.")
    return tuple(notes)
