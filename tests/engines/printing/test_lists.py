"""Lists whose items are led to, sources that share words, contents of two columns, charts that stand beside words."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn

from tests.engines.printing.samples import chart, empty, one, plain_text
from waymark.engines.printing.blocks import (
    Beside,
    Block,
    BulletList,
    CitationEntry,
    CitationList,
    Contents,
    Figure,
    Heading,
    Paragraph,
    PrintedPaper,
    Run,
)
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.html import render_html
from waymark.engines.printing.pdf import render_pdf
from waymark.engines.printing.reading import plan


def with_blocks(*blocks: Block) -> PrintedPaper:
    return replace(empty(), blocks=blocks)


LED_TO = with_blocks(
    Paragraph((Run("There", href="#second"),)),
    BulletList((one("first item"), one("second item")), anchors=("", "second"), small=True),
)


def test_an_item_of_a_list_is_led_to_in_every_format() -> None:
    html = render_html(LED_TO).decode()
    assert '<ul><li>first item</li><li id="second">second item</li></ul>' in html
    with pikepdf.open(io.BytesIO(render_pdf(LED_TO))) as file:
        links = [link for page in file.pages for link in page.get("/Annots", [])]
        assert len(links) == 1
    with zipfile.ZipFile(io.BytesIO(render_docx(LED_TO))) as file:
        body = file.read("word/document.xml").decode()
    (name,) = re.findall(r'<w:hyperlink w:anchor="(\w+)"', body)
    assert re.search(rf'w:name="{name}"/><w:bookmarkEnd w:id="\d+"/><w:r><w:t[^>]*>second item', body)


@pytest.mark.parametrize("anchors", [("a",), ("a", "b", "c")])
def test_a_list_with_too_few_or_too_many_anchors_is_refused(anchors: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=f"2 items has {len(anchors)} anchors"):
        plan(with_blocks(BulletList((one("a"), one("b")), anchors=anchors)))


def test_an_anchor_of_an_item_is_used_once() -> None:
    with pytest.raises(ValueError, match="'a' is used twice"):
        plan(with_blocks(Heading(1, one("h"), "a"), BulletList((one("a"),), anchors=("a",))))


def sources(many: int) -> CitationList:
    """Sources of which the first two share words, then one of its own, then all the others."""
    shared = [one("Office. Tables"), one("Office. Tables"), (), *[one("Ministry")] * many]
    entries = [CitationEntry(number, one(f"entry {number}"), shared[number - 1]) for number in range(1, many + 1)]
    return CitationList(tuple(entries))


def test_what_sources_share_is_said_once_above_them() -> None:
    paper = with_blocks(sources(5))
    html = render_html(paper).decode()
    assert re.findall(r'<p class="source">(.*?)</p>|<li id="source-(\d)">', html) == [
        ("Office. Tables", ""), ("", "1"), ("", "2"), ("", "3"), ("Ministry", ""), ("", "4"), ("", "5"),
    ]  # fmt: skip
    said = ["Office. Tables", "entry 1", "entry 2", "entry 3", "Ministry", "entry 4", "entry 5"]
    assert plain_text(paper).splitlines()[-len(said) :] == said
    paragraphs = [p.text for p in docx.Document(io.BytesIO(render_docx(paper))).paragraphs if p.text]
    assert [
        text.replace("\t", " ").removeprefix(text[0] * text[0].isdigit()).strip() for text in paragraphs[-7:]
    ] == said


def left_edges(pdf: bytes, pattern: str) -> list[float]:
    """Where the words that match begin, in hundreds of points from the left of their page."""
    found = []
    with pypdfium2.PdfDocument(pdf) as paper:
        for page in paper:
            text = page.get_textpage()
            for match in re.finditer(pattern, text.get_text_range()):
                found.append(round(text.get_charbox(match.start())[0], -2))
    return found


@pytest.mark.parametrize(("many", "columns"), [(12, 1), (90, 2)])
def test_many_sources_stand_in_two_columns(many: int, columns: int) -> None:
    edges = left_edges(render_pdf(with_blocks(sources(many))), r"entry \d+")
    assert len(edges) == many
    assert len(set(edges)) == columns


@pytest.mark.parametrize(("many", "columns"), [(12, 1), (13, 2), (40, 2)])
def test_long_contents_stand_in_two_columns_and_leave_no_heading_out(many: int, columns: int) -> None:
    headings = [
        Heading(1, one(f"chapter {chr(97 + place // 26)}{chr(97 + place % 26)}"), f"h{place}") for place in range(many)
    ]
    paper = with_blocks(Contents(one("Contents"), 2), *headings)
    edges = left_edges(render_pdf(paper), r"chapter \w\w(?=[ .\r\n]*\d)")
    assert len(edges) == many
    assert len(set(edges)) == columns


def test_a_chart_beside_words_is_narrow_in_the_word_file() -> None:
    wide, narrow = chart(600, 300), chart(320, 200)
    drawn = Figure(wide, "a", one("c"), "f", narrow_svg=narrow)
    for block, width in ((drawn, 158.8), (Beside((Paragraph(one("words")),), drawn), 84.7)):
        body = docx.Document(io.BytesIO(render_docx(with_blocks(block)))).element.body
        extents = [int(extent.get("cx")) / 914400 * 25.4 for extent in body.iter(qn("wp:extent"))]
        assert extents == pytest.approx([width], abs=0.1)
