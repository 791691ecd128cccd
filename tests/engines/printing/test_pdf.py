import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
import typst

from tests.engines.printing.samples import (
    ARABIC,
    GEORGIAN,
    MARKING,
    SOURCES,
    chart,
    empty,
    figure,
    holding,
    number,
    one,
    rich,
    right_to_left,
    wide_table,
)
from waymark.engines.printing import pdf
from waymark.engines.printing.blocks import BulletList, Column, Figure, Paragraph, Run, Table
from waymark.engines.printing.pdf import language, render_pdf
from waymark.engines.printing.reading import every_runs
from waymark.engines.printing.typesetting import to_pdf
from waymark.gcm.errors import InputError


def pages(data: bytes) -> list[str]:
    """The text of each page, hyphens at line ends joined again."""
    with pypdfium2.PdfDocument(data) as paper:
        texts = [page.get_textpage().get_text_bounded() for page in paper]
    return [re.sub(r"\s+", " ", re.sub("[\u00ad\ufffe]\r?\n?", "", text)) for text in texts]


def tags(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the tag tree."""
    waiting = [file.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting += list(element)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            if "/K" in element:
                waiting.append(element.K)


def tag_names(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as file:
        return [str(element.S) for element in tags(file)]


def test_the_file_claims_pdf_ua_and_names_title_language_and_date() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(rich()))) as file:
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Voluntary review of Orvenia"
        assert str(file.Root.Lang) == "en"
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo["/CreationDate"]).startswith("D:20260508")


def test_the_tag_tree_holds_headings_tables_lists_and_charts() -> None:
    names = tag_names(render_pdf(rich()))
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure", "/L", "/TOC", "/Link"} <= set(names)
    assert names.count("/Figure") == 3
    assert names.count("/Table") == 6
    assert names.count("/TH") == 3 * 3 + 3 * 6
    assert names.count("/H2") == 3


def test_every_chart_has_its_alternative_text() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(rich()))) as file:
        alternatives = [str(element.Alt) for element in tags(file) if element.S == "/Figure"]
    assert alternatives == ["Line chart: births registered rise from 62.1 to 67.5 per cent."] * 3


def test_charts_stay_drawings() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(rich()))) as file:
        assert not any(page.get_images() for page in file.pages)


def test_bookmarks_name_the_headings() -> None:
    with pypdfium2.PdfDocument(render_pdf(rich())) as paper:
        names = [entry.get_title() for entry in paper.get_toc()]
    assert names[:3] == ["What this is and how to read it", "Objectives", "Objective 1: proof of legal identity"]


def test_every_page_says_what_it_belongs_to_and_its_number() -> None:
    texts = pages(render_pdf(rich()))
    for place, text in enumerate(texts, start=1):
        assert MARKING in text
        assert "Orvenia · IMRF 2026 · edition 1" in text
        assert f"Page {place} of {len(texts)}" in text


def test_each_objective_starts_a_page() -> None:
    texts = pages(render_pdf(rich()))
    for objective in (1, 2, 3):
        page = next(text for text in texts if "Statistics The share" in text and f"Objective {objective}:" in text)
        assert "measure" not in page[: page.index("Statistics")]
        assert page.index(f"Objective {objective}:") < page.index("Statistics")


def test_the_text_holds_every_figure_count_and_date() -> None:
    paper = rich()
    text = " ".join(pages(render_pdf(paper)))
    squeezed = text.replace(" ", "")
    for run in (run for runs in every_runs(paper) for run in runs if run.kind != "text"):
        assert run.text.replace(" ", "") in squeezed


def test_every_page_of_a_long_table_repeats_its_head_and_no_row_is_lost() -> None:
    paper = replace(empty(), blocks=(wide_table(7, rows=200),))
    texts = pages(render_pdf(paper))
    with_rows = [text for text in texts if "Register every birth" in text]
    assert len(with_rows) > 5
    assert all("Lead organisation" in text for text in with_rows)
    found = re.findall(r"measure 7\.(\d+)", " ".join(texts))
    assert found == [str(row) for row in range(1, 201)]


def test_a_cell_longer_than_a_page_is_not_cut_off() -> None:
    words = " ".join(f"word{place}" for place in range(3000))
    columns = (Column(one("a"), width=5), Column(one("b")))
    paper = replace(empty(), blocks=(Table(one("t"), columns, ((one(words), one("x")),)),))
    assert "word2999" in " ".join(pages(render_pdf(paper)))


def test_markup_in_text_stays_text() -> None:
    words = '#panic("no") *a* _b_ $x$ <label> @ref [c] \\ `d` // e /* f */ = g - h + i ~ -- #include "/etc/passwd"'
    text = " ".join(pages(render_pdf(holding(Run(words, href='https://example.org/#"]'), running_head=words))))
    assert text.replace(" ", "").count(words.replace(" ", "")) == 3


def test_control_characters_are_left_out() -> None:
    assert "ab" in " ".join(pages(render_pdf(holding(Run("a\x00\x1bb")))))


def test_an_empty_document_has_one_page() -> None:
    assert len(pages(render_pdf(empty()))) == 1


def test_empty_parts_are_printed_as_nothing() -> None:
    table = Table((), (Column(one("a")),), ())
    paper = replace(empty(), blocks=(table, BulletList(()), Paragraph(()), Figure(chart(300, 200), "alt", (), "f")))
    assert len(pages(render_pdf(paper))) == 2


def test_a_right_to_left_document_is_printed() -> None:
    data = render_pdf(right_to_left())
    text = " ".join(pages(data))
    assert "67.5" in text
    assert "صفحة" in text
    with pikepdf.open(io.BytesIO(data)) as file:
        assert str(file.Root.Lang) == "ar"
        assert str(file.Root.ViewerPreferences.Direction) == "/R2L"


@pytest.mark.parametrize("words", [GEORGIAN, "Кыргызстан", "Հայաստան", "Ελλάδα", "Tiếng Việt", "Azərbaycan · Türkiye"])
def test_words_of_printed_scripts_come_back(words: str) -> None:
    text = "".join(pages(render_pdf(holding(Run(words))))).replace(" ", "")
    assert words.replace(" ", "") in text


def test_arabic_words_are_printed() -> None:
    assert render_pdf(holding(Run(ARABIC, lang="ar")))


def test_a_script_the_fonts_lack_refuses_nothing_and_is_named_on_the_cover() -> None:
    text = "".join(pages(render_pdf(holding(Run("አዲስ", lang="am"), Run("中文", lang="zh"))))).replace("\n", " ")
    assert "[U+12A0][U+12F2][U+1235][U+4E2D][U+6587]" in text.replace(" ", "")
    assert "do not hold Ethiopic, Han (Chinese, Japanese, Korean)" in text


def test_a_refusal_of_the_typesetter_is_told_in_our_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "template", lambda: b'#set document(title: "x")\n= a\n=== b')
    with pytest.raises(InputError, match="skipped"):
        render_pdf(empty())


def test_the_typesetter_itself_refuses_a_chart_without_alternative() -> None:
    source = b'#set document(title: "x")\n#image(bytes(sys.inputs.document), format: "svg")'
    with pytest.raises(typst.TypstError, match="alt"):
        to_pdf(source, chart(100, 50), 0)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", ("en", None)), ("pt-BR", ("pt", "BR")), ("zh_Hans_CN", ("zh", "CN")), ("x-klingon", ("en", None))],
)
def test_languages_are_given_as_the_typesetter_takes_them(tag: str, expected: tuple[str, str | None]) -> None:
    assert language(tag) == expected


def test_figures_hang_their_citations_beside_them() -> None:
    columns = (Column(one("Year")), Column(one("Value"), "end"))
    rows = ((one("a"), (figure("1.5", "1.5", 1),)), (one("b"), (number("2.5"),)))
    data = render_pdf(replace(empty(), blocks=(Table(one("t"), columns, rows), SOURCES)))
    with pypdfium2.PdfDocument(data) as paper:
        page = paper[1].get_textpage()
        edges = []
        for shown in ("1.5", "2.5"):
            start, length = page.search(shown).get_next()
            edges.append(page.get_charbox(start + length - 1)[2])
    assert edges[0] == pytest.approx(edges[1], abs=0.3)


def test_the_creation_date_is_the_documents() -> None:
    other = render_pdf(replace(empty(), date="2024-02-29"))
    with pikepdf.open(io.BytesIO(other)) as file:
        written = str(file.docinfo["/CreationDate"])
    assert written.startswith(datetime(2024, 2, 29, tzinfo=UTC).strftime("D:%Y%m%d"))


def test_a_citation_mark_is_read_apart_from_its_figure() -> None:
    said = Paragraph((Run("to "), figure("1", "1", 1, 2), Run(".")))
    cells = Table((), (Column((Run("Value"),), "end"),), (((figure("7", "7", 2),),),), row_headers=False)
    text = " ".join(pages(render_pdf(replace(rich(1), blocks=(said, cells, SOURCES)))))
    assert re.search(r"to 1 ?\[1\] ?\[2\]", text)
    assert re.search(r"7 ?\[2\]", text)
