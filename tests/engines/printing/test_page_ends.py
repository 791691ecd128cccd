"""What ends a page and begins the next: heads stay with their chapters, rows and sources do not stand alone."""

import io
from dataclasses import replace

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from tests.engines.printing.samples import empty, one, wide_table
from waymark.engines.printing.blocks import Block, BulletList, CitationEntry, CitationList, Heading, Paragraph
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.pdf import render_pdf

CHAPTER = (
    Heading(1, one("Objective by objective"), "chapters"),
    Heading(2, one("Objective Z"), "objective"),
    Paragraph(one("Ask for little, and say what was done. " * 3)),
    Paragraph(one("Official title: ask for little."), "source"),
    Heading(3, one("Statistics"), "statistics"),
    BulletList((one("A list of one item."),)),
)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(render_pdf(replace(empty(), blocks=blocks))) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("lines", range(32, 48, 2))
def test_no_head_of_a_chapter_ends_a_page(lines: int) -> None:
    pages = texts((BulletList((one("A line of text."),) * lines), *CHAPTER))
    (page,) = [text for text in pages if "Objective Z" in text]
    for words in ("Official title", "Statistics", "A list of one item"):
        assert words in page, words


@pytest.mark.parametrize("lines", range(28, 46))
def test_a_short_table_stays_on_one_page(lines: int) -> None:
    pages = texts((BulletList((one("A line of text."),) * lines), wide_table(1, rows=3)))
    assert sum("Register every birth" in text or "Commitments and" in text for text in pages) == 1


@pytest.mark.parametrize("many", [20, 101, 131, 161])
def test_the_sources_of_the_last_page_end_at_one_height(many: int) -> None:
    entries = tuple(
        CitationEntry(number, one("An office of statistics, a table of values")) for number in range(1, many)
    )
    with pypdfium2.PdfDocument(render_pdf(replace(empty(), blocks=(CitationList(entries),)))) as document:
        page = document[len(document) - 1]
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
        inside = [box for box in boxes if 75 < box[1] < 770]
        middle = page.get_width() / 2
        ends = [min(box[1] for box in inside if (box[0] < middle) == left) for left in (True, False)]
    assert abs(ends[0] - ends[1]) < 60


def test_docx_keeps_the_head_of_a_chapter_and_the_ends_of_a_table_together() -> None:
    file = docx.Document(io.BytesIO(render_docx(replace(empty(), blocks=(*CHAPTER, wide_table(1, rows=5))))))
    kept = {paragraph.text[:14] for paragraph in file.paragraphs if paragraph.paragraph_format.keep_with_next}
    assert {"Ask for little", "Official title"} <= kept
    rows = [row.cells[0].paragraphs[0]._p.pPr.find(qn("w:keepNext")) is not None for row in file.tables[-1].rows]
    assert rows == [True, True, False, False, True, False]
