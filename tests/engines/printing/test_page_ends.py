"""What ends a page and begins the next: heads stay with their chapters, rows and sources do not stand alone."""

import io
from dataclasses import replace

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from tests.engines.printing.samples import chart, empty, one, wide_table
from waymark.engines.printing import pdf
from waymark.engines.printing.blocks import (
    Block,
    BulletList,
    CitationEntry,
    CitationList,
    Cover,
    Figure,
    Heading,
    Matter,
    Matters,
    PageBreak,
    Paragraph,
    PrintedPaper,
)
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.pdf import pages, render_pdf

CHAPTER = (
    Heading(1, one("Objective by objective"), "chapters"),
    Heading(2, one("Objective Z"), "objective"),
    Paragraph(one("Ask for little, and say what was done. " * 3)),
    Paragraph(one("Official title: ask for little."), "source"),
    Heading(3, one("Statistics"), "statistics"),
    BulletList((one("A list of one item."),)),
)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    """The text of each page of a report."""
    return texts_of(render_pdf(replace(empty(), blocks=blocks)))


def texts_of(made: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(made) as paper:
        return [page.get_textpage().get_text_bounded() for page in paper]


@pytest.mark.parametrize("lines", range(32, 48, 2))
def test_no_head_of_a_chapter_ends_a_page(lines: int) -> None:
    found = texts((BulletList((one("A line of text."),) * lines), *CHAPTER))
    (page,) = [text for text in found if "Objective Z" in text]
    for words in ("Official title", "Statistics", "A list of one item"):
        assert words in page, words


@pytest.mark.parametrize("lines", range(28, 46))
def test_a_short_table_stays_on_one_page(lines: int) -> None:
    found = texts((BulletList((one("A line of text."),) * lines), wide_table(1, rows=3)))
    assert sum("Register every birth" in text or "Commitments and" in text for text in found) == 1


@pytest.mark.parametrize("many", [20, 101, 131, 161])
def test_the_sources_of_the_last_page_end_at_one_height(many: int) -> None:
    entries = tuple(
        CitationEntry(number, one("An office of statistics, a table of values")) for number in range(1, many)
    )
    with pypdfium2.PdfDocument(render_pdf(replace(empty(), blocks=(CitationList(entries),)))) as paper:
        page = paper[len(paper) - 1]
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


def reached(made: bytes) -> list[float]:
    """How far down each page the text goes, as a share of the page."""
    with pypdfium2.PdfDocument(made) as paper:
        shares = []
        for page in paper:
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
            inside = [box[1] for box in boxes if box[1] > 62]
            shares.append(1 - min(inside, default=page.get_height()) / page.get_height())
        return shares


def brief(lines: int) -> PrintedPaper:
    said = tuple(Matter(one("What changed"), one("One sentence says what changed most. " * 3)) for _ in range(lines))
    parts = (Matters(said), PageBreak(), *(Paragraph(one("Say what was done. " * 20)) for _ in range(lines)))
    return replace(empty(), form="brief", blocks=parts)


def test_a_brief_that_says_little_is_set_loosely_and_one_that_is_full_is_not() -> None:
    little, full = render_pdf(brief(6)), render_pdf(brief(14))
    tight = reached(loosest_of(brief(6), ()))
    assert pages(little) == pages(full) == 2
    assert min(now - before for now, before in zip(reached(little), tight, strict=True)) > 0.1
    assert max(reached(full)) < 0.95


def loosest_of(paper: PrintedPaper, steps: tuple[float, ...]) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "LOOSENESS", steps)
        return render_pdf(paper)


def test_the_cover_of_a_report_fills_its_page_and_holds_all_its_facts() -> None:
    cover = Cover(one("Orvenia"), one("Review"), ((one("Cycle"), one("forum")), (one("Edition"), one("working copy"))))
    made = render_pdf(replace(empty(), cover=cover, blocks=CHAPTER))
    assert reached(made)[0] > 0.85
    assert "working copy" in texts_of(made)[0]


@pytest.mark.parametrize("many", [4, 9])
def test_what_matters_first_is_set_as_large_as_leaves_room_for_the_strip(many: int) -> None:
    items = tuple(
        Matter(one("Where it stands"), one("A sentence that matters. " * 6), one("Source")) for _ in range(many)
    )
    strip = Figure(chart(640, 90), "Strip", one("Each cell stands for one objective. " * 5), "strip")
    made = render_pdf(replace(empty(), blocks=(Heading(1, one("What matters first"), "first"), Matters(items), strip)))
    pages_of = texts_of(made)
    assert len(pages_of) == 2
    assert "Each cell" in pages_of[1]
