import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.document import Document as DocxFile
from docx.oxml.ns import qn

from tests.engines.printing.samples import (
    ARABIC,
    GEORGIAN,
    MARKING,
    SOURCES,
    chart,
    empty,
    figure,
    holding,
    one,
    rich,
    right_to_left,
    wide_table,
)
from waymark.engines.printing.blocks import BulletList, Figure, Notice, PageBreak, Paragraph, PrintedPaper, Run
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.docx_words import run, runs_right_to_left
from waymark.engines.printing.reading import every_runs


def opened(paper: PrintedPaper) -> DocxFile:
    return docx.Document(io.BytesIO(render_docx(paper)))


def entries(paper: PrintedPaper) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(render_docx(paper))) as file:
        return {name: file.read(name) for name in file.namelist()}


def all_text(file: DocxFile) -> str:
    return "".join(part.text or "" for part in file.element.body.iter(qn("w:t")))


def instructions(file: DocxFile) -> list[str]:
    return [(part.text or "").strip() for part in file.element.body.iter(qn("w:instrText"))]


def test_headings_are_real() -> None:
    paragraphs = opened(rich()).paragraphs
    assert [p.text for p in paragraphs if p.style.name == "Heading 1"] == [
        "What this is and how to read it",
        "Objectives",
        "How do we know?",
    ]
    assert next(p.text for p in paragraphs if p.style.name == "Heading 2") == "Objective 1: proof of legal identity"
    assert paragraphs[0].style.name == "Title"


def test_the_contents_field_is_filled_with_entries_that_lead_to_headings() -> None:
    file = opened(rich())
    assert instructions(file)[0] == 'TOC \\o "1-2" \\h \\z \\u'
    lines = [p for p in file.paragraphs if p.style.name.lower().startswith("toc ") and p.text.strip()]
    entries = [p for p in lines if p.style.style_id.startswith("TOC")]
    assert [p.text.strip() for p in entries] == [
        "What this is and how to read it",
        "Objectives",
        "Objective 1: proof of legal identity",
        "Objective 2: proof of legal identity",
        "Objective 3: proof of legal identity",
        "How do we know?",
    ]
    names = {mark.get(qn("w:name")) for mark in file.element.body.iter(qn("w:bookmarkStart"))}
    wanted = {link.get(qn("w:anchor")) for link in file.element.body.iter(qn("w:hyperlink"))} - {None}
    assert wanted <= names
    assert not [entry for entry in entries if "\t" in entry.text or entry._p.findall(f".//{qn('w:tab')}")]
    assert file.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_a_paper_without_contents_asks_for_no_update_of_fields() -> None:
    assert opened(empty()).settings.element.find(qn("w:updateFields")) is None


def test_fields_open_and_close_in_pairs() -> None:
    kinds = [mark.get(qn("w:fldCharType")) for mark in opened(rich()).element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 6


def test_contents_without_headings_are_a_field_still() -> None:
    from_empty = replace(rich(0), blocks=rich(0).blocks[:1])
    kinds = [mark.get(qn("w:fldCharType")) for mark in opened(from_empty).element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_table_heads_repeat_and_rows_stay_whole() -> None:
    table = opened(replace(empty(), blocks=(wide_table(1, rows=200),))).tables[0]
    assert len(table.rows) == 201
    rows = table._tbl.tr_lst
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * 200
    assert table.cell(200, 0).text.endswith("1.200")
    assert table.style.name == "Report table"


def test_charts_have_alternative_text_png_and_svg() -> None:
    file = opened(rich(2))
    drawings = list(file.element.body.iter(qn("wp:docPr")))
    assert [d.get("descr") for d in drawings] == ["Line chart: births registered rise from 62.1 to 67.5 per cent."] * 2
    assert [d.get("id") for d in drawings] == ["1", "2"]
    parts = entries(rich(2))
    assert [name for name in parts if name.endswith(".svg")] == ["word/media/chart1.svg", "word/media/chart2.svg"]
    assert parts["word/media/chart1.svg"].startswith(b"<svg")
    png = next(data for name, data in parts.items() if name.endswith(".png"))
    assert png.startswith(b"\x89PNG")
    assert "image/svg+xml" in parts["[Content_Types].xml"].decode()
    assert "svgBlip" in parts["word/document.xml"].decode()


def test_a_chart_is_as_wide_as_the_text_at_most() -> None:
    extents = [
        int(extent.get("cx")) / 914400 * 25.4
        for width in (300, 1000)
        for extent in opened(
            replace(empty(), blocks=(Figure(chart(width, 100), "a", one("c"), "f"),))
        ).element.body.iter(qn("wp:extent"))
    ]
    assert extents == pytest.approx([79.4, 160], abs=0.1)


def test_captions_are_counted_by_fields() -> None:
    file = opened(rich(2))
    assert [words for words in instructions(file) if words.startswith("SEQ")] == [
        "SEQ Figure \\* ARABIC",
        "SEQ Table \\* ARABIC",
    ] * 2
    captions = [p.text for p in file.paragraphs if p.style.name.lower() == "caption"]
    assert captions[2:] == [
        "Figure 2. More births are registered than five years ago",
        "Table 2. Commitments and how far they are",
    ]


def test_header_and_footer_carry_marking_and_page_fields() -> None:
    section = opened(rich()).sections[0]
    assert [p.text for p in section.header.paragraphs] == ["Orvenia · IMRF 2026 · edition 1", MARKING]
    assert section.footer.paragraphs[0].text == "Page 1 of 1"
    fields = [(part.text or "").strip() for part in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert section.page_width.mm == pytest.approx(210, abs=0.1)
    assert section.left_margin.mm == pytest.approx(25, abs=0.1)


def test_properties_are_the_documents_and_say_nothing_of_the_machine() -> None:
    properties = opened(rich()).core_properties
    assert properties.title == "Voluntary review of Orvenia"
    assert properties.language == "en"
    assert properties.author == ""
    assert properties.created == datetime(2026, 5, 8, tzinfo=UTC)
    assert not [name for name in entries(rich()) if "thumbnail" in name]


def test_entries_are_sorted_with_one_time() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(rich()))) as file:
        names = file.namelist()
        assert names[0] == "[Content_Types].xml"
        assert names[1:] == sorted(names[1:])
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_runs_of_another_language_say_it() -> None:
    body = entries(rich())["word/document.xml"].decode()
    assert f'<w:lang w:val="ka"/></w:rPr><w:t xml:space="preserve">{GEORGIAN}' in body
    assert f'<w:rtl/><w:lang w:bidi="ar"/></w:rPr><w:t xml:space="preserve">{ARABIC}' in body
    assert '<w:lang w:val="en"/>' in entries(rich())["word/styles.xml"].decode()


def test_a_right_to_left_document_runs_so_throughout() -> None:
    file = opened(right_to_left())
    paragraphs = list(file.element.body.iter(qn("w:p")))
    assert all(p.pPr.find(qn("w:bidi")) is not None for p in paragraphs)
    assert all(t._tbl.tblPr.find(qn("w:bidiVisual")) is not None for t in file.tables)
    assert file.element.body.sectPr.find(qn("w:bidi")) is not None
    assert not [p for p in opened(rich()).element.body.iter(qn("w:bidi")) if p.getparent().tag == qn("w:pPr")]


@pytest.mark.parametrize(
    ("words", "bidi", "marked"),
    [
        ("مرحبا", False, True),
        ("hello", True, False),
        ("67.5", True, False),
        (" – ", True, True),
        (" – ", False, False),
        ("12 مرحبا", True, True),
        ("plain", False, False),
    ],
)
def test_direction_of_a_run_follows_its_first_strong_letter(words: str, bidi: bool, marked: bool) -> None:
    assert runs_right_to_left(words, bidi) is marked


def test_line_ends_and_tabs_become_their_elements() -> None:
    assert run("a\r\nb\tc") == (
        '<w:r><w:t xml:space="preserve">a</w:t><w:br/><w:t xml:space="preserve">b</w:t><w:tab/>'
        '<w:t xml:space="preserve">c</w:t></w:r>'
    )


def test_markup_and_control_characters_stay_text() -> None:
    words = '</w:t><w:br/>&amp;"\x00\x0b]]>'
    assert '</w:t><w:br/>&amp;"]]>' in all_text(opened(holding(Run(words), title=words, marking=words)))


def test_links_are_kept_once_for_each_address_and_unsafe_ones_dropped() -> None:
    runs = (Run("a", href="https://example.org/?a=1&b=2"), Run("b", href="https://example.org/?a=1&b=2"))
    file = opened(holding(*runs, Run("c", href="javascript:x")))
    targets = [relation.target_ref for relation in file.part.rels.values() if relation.is_external]
    assert targets == ["https://example.org/?a=1&b=2"]
    assert len(list(file.element.body.iter(qn("w:hyperlink")))) == 2


def test_citations_are_links_to_the_sources() -> None:
    body = entries(rich(1))["word/document.xml"].decode()
    name = re.search(
        r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"/><w:bookmarkEnd w:id="\d+"/>(?=<w:r><w:t[^>]*>2<)', body
    )
    assert name
    assert f'w:anchor="{name[1]}"' in body


def test_ordered_lists_start_anew() -> None:
    lists = (
        BulletList((one("a"), one("b")), ordered=True),
        BulletList((one("c"),), ordered=True),
        BulletList((one("d"),)),
    )
    file = opened(replace(empty(), blocks=lists))
    numbers = [p._p.pPr.numPr.numId.val for p in file.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    assert [p.text for p in file.paragraphs if p.style.name == "List Bullet"] == ["d"]


def test_notices_have_an_edge_of_their_roles_shape() -> None:
    notice = Notice("gap", one("Gap"), (Paragraph(one("inside")), BulletList((one("item"),))))
    file = opened(replace(empty(), blocks=(notice, Paragraph(one("outside")))))
    edges = {p.text: p._p.pPr.find(qn("w:pBdr")) for p in file.paragraphs}
    for inside in ("Gap", "inside", "item"):
        assert edges[inside].find(qn("w:left")).get(qn("w:val")) == "dotted"
    assert edges["outside"] is None


def test_a_page_break_goes_with_the_block_after_it() -> None:
    file = opened(replace(empty(), blocks=(Paragraph(one("a")), PageBreak(), Paragraph(one("b")), Paragraph(one("c")))))
    breaks = {p.text: p.paragraph_format.page_break_before for p in file.paragraphs}
    assert breaks == {"Nothing yet": None, "a": True, "b": True, "c": None}


def test_the_file_holds_every_figure_count_and_date() -> None:
    words = all_text(opened(rich()))
    for item in (item for runs in every_runs(rich()) for item in runs):
        assert item.text in words


def test_an_empty_document_opens() -> None:
    assert [p.text for p in opened(empty()).paragraphs] == ["Nothing yet"]
    assert opened(empty()).sections[0].header.paragraphs[0].text == ""


def test_a_citation_mark_is_read_apart_from_its_figure() -> None:
    file = opened(replace(rich(1), blocks=(Paragraph((Run("to "), figure("1", "1", 1, 2), Run("."))), SOURCES)))
    assert "to 1\u202f[1]\u202f[2]." in all_text(file)
