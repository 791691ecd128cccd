"""Word files: order of the body, headings by style, and no text lost."""

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.documents.cleaning import clean
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.parsers.docx import parse
from waymark.gcm.errors import InputError

Maker = Callable[..., Path]
OFF = '<w:b w:val="0"/>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(text: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{run(text)}</w:p>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(cell(para(t)) for t in row)}</w:tr>" for row in rows) + "</w:tbl>"


def shown(parsed: ParsedDocument) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in parsed.blocks]


def test_headings_lists_and_paragraphs(docx_of: Maker) -> None:
    body = (
        para("Strategy", "Title")
        + para("Aims", "Heading1")
        + para("Words.")
        + para("Sub", "berschrift2")
        + para("Own style", "Own")
        + para("By level", properties='<w:outlineLvl w:val="2"/>')
        + para("Body level", "Heading1", '<w:outlineLvl w:val="9"/>')
        + para("one", "Bullet")
        + para("two", properties='<w:numPr><w:numId w:val="4"/></w:numPr>')
        + para("not in the list", "Bullet", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    parsed = parse(docx_of(body))
    assert shown(parsed) == [
        ("heading", 1, "Strategy"),
        ("heading", 1, "Aims"),
        ("paragraph", 0, "Words."),
        ("heading", 2, "Sub"),
        ("heading", 1, "Own style"),
        ("heading", 3, "By level"),
        ("heading", 1, "Body level"),
        ("item", 0, "one"),
        ("item", 0, "two"),
        ("paragraph", 0, "not in the list"),
    ]
    assert parsed.title == "Strategy"
    assert [block.locator for block in parsed.blocks][:3] == ["paragraph 1", "paragraph 2", "paragraph 3"]


def test_a_body_level_takes_the_heading_away(docx_of: Maker) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Text"/><w:basedOn w:val="H"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    parsed = parse(docx_of(para("Words.", "T") + para("round", "A"), styles=styles))
    assert [block.kind for block in parsed.blocks] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("style", ["Titre2", "Título2", "Titulo2", "berschrift2", "Заголовок2", "标题2"])
def test_names_of_headings_in_other_languages(docx_of: Maker, style: str) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="{style}"/>'
    assert parse(docx_of(para("Words", style), styles=styles)).blocks[0].level == 2


def test_a_long_paragraph_is_no_heading(docx_of: Maker) -> None:
    parsed = parse(docx_of(para("w" * 401, "Heading1") + para("w" * 400, "Heading1")))
    assert [block.kind for block in parsed.blocks] == ["paragraph", "heading"]


def test_bold_lines_are_headings_where_there_are_no_others(docx_of: Maker) -> None:
    def bold(text: str) -> str:
        return f"<w:p>{run(text, '<w:b/>')}{run(' ')}</w:p>"

    part = f"<w:p>{run('Half', '<w:b/>')}{run(' bold')}</w:p>" + f"<w:p>{run('Not', OFF)}</w:p>"
    body = bold("Aims") + para("Words.") + bold("A sentence.") + bold("b" * 121) + bold("b" * 120) + part
    kinds = ["heading", "paragraph", "paragraph", "paragraph", "heading", "paragraph", "paragraph"]
    assert [block.kind for block in parse(docx_of(body)).blocks] == kinds
    styled = parse(docx_of(body + para("Styled", "Heading1")))
    assert [block.text for block in styled.blocks if block.kind == "heading"] == ["Styled"]


def test_tables_keep_rows_and_order(docx_of: Maker) -> None:
    parsed = parse(docx_of(para("Before") + table(["a", "b"], ["c", ""], ["", ""]) + para("After")))
    assert shown(parsed) == [
        ("paragraph", 0, "Before"),
        ("row", 0, "a | b"),
        ("paragraph", 0, "c"),
        ("paragraph", 0, "After"),
    ]
    assert parsed.blocks[1].locator == "table 1, row 1"


def test_a_box_keeps_its_headings(docx_of: Maker) -> None:
    box = f"<w:tbl><w:tr>{cell(para('Box', 'Heading1') + para('one', 'Bullet') + para('Words.'))}</w:tr></w:tbl>"
    assert shown(parse(docx_of(box))) == [("heading", 1, "Box"), ("item", 0, "one"), ("paragraph", 0, "Words.")]


def test_tables_inside_tables_are_read(docx_of: Maker) -> None:
    inner = cell(para("left") + table(["x", "y"])) + cell(para("right"))
    parsed = parse(docx_of(f"<w:tbl><w:tr>{inner}</w:tr></w:tbl>"))
    assert shown(parsed) == [("row", 0, "left | right"), ("row", 0, "x | y")]


def test_content_controls_are_opened_everywhere(docx_of: Maker) -> None:
    def held(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    rows = held(f"<w:tr>{held(cell(para('a')))}{cell(held(para('b')))}</w:tr>")
    body = held(para("block")) + f"<w:p>{held(run('in'))}{run('line')}</w:p>" + f"<w:tbl>{rows}</w:tbl>"
    assert [block.text for block in parse(docx_of(body)).blocks] == ["block", "inline", "a | b"]


def test_tracked_changes(docx_of: Maker) -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("new ")}</w:ins>'
    moved = f'<w:moveFrom w:id="3">{run("old place ")}</w:moveFrom><w:moveTo w:id="4">{run("new place")}</w:moveTo>'
    joined = f'<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>{run("first ")}</w:p>' + para("second")
    row = f'<w:tbl><w:tr><w:trPr><w:del w:id="6"/></w:trPr>{cell(para("x"))}{cell(para("y"))}</w:tr></w:tbl>'
    column = f"<w:tbl><w:tr>{cell(para('x'), '<w:cellDel/>')}{cell(para('y'))}{cell(para('z'))}</w:tr></w:tbl>"
    parsed = parse(docx_of(f"<w:p>{deleted}{inserted}{moved}</w:p>{joined}{row}{column}"))
    assert [block.text for block in parsed.blocks] == ["new new place", "first second", "y | z"]


def test_a_last_paragraph_that_was_joined_is_kept(docx_of: Maker) -> None:
    body = f'<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>{run("last")}</w:p>'
    assert [block.text for block in parse(docx_of(body)).blocks] == ["last"]


def test_notes_follow_the_paragraph_that_calls_them_once(docx_of: Maker) -> None:
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{para("----")}</w:footnote>'
        f'<w:footnote w:id="2">{para("See A/RES/73/195.")}</w:footnote>'
    )
    ends = f'<w:endnote w:id="2">{para("At the end.")}</w:endnote>'
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    end_call = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    second = cell(f"<w:p>{run('b')}{end_call}</w:p>")
    body = f"<w:p>{run('Text')}{call}{call}</w:p><w:tbl><w:tr>{cell(para('a'))}{second}</w:tr></w:tbl>"
    parsed = parse(docx_of(body, footnotes=notes, endnotes=ends))
    assert [(block.text, block.locator) for block in parsed.blocks] == [
        ("Text", "paragraph 1"),
        ("See A/RES/73/195.", "footnote 2"),
        ("a | b", "table 1, row 1"),
        ("At the end.", "endnote 2"),
    ]


def test_text_boxes_are_read_once(docx_of: Maker) -> None:
    inside = f"<w:txbxContent>{para('In the box')}</w:txbxContent>"
    body = (
        f"<w:p>{run('Beside')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{inside}"
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [block.text for block in parse(docx_of(body)).blocks] == ["Beside", "In the box"]


def test_what_a_reader_does_not_see_is_left_out(docx_of: Maker) -> None:
    shown_again = '<w:vanish w:val="0"/>'
    body = (
        f"<w:p>{run('Seen ')}{run('not seen ', '<w:vanish/>')}{run('again', shown_again)}"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        + para("Aims 3", "TOC1")
        + '<w:altChunk xmlns:r="r" r:id="x"/>'
    )
    parsed = parse(docx_of(body))
    assert [block.text for block in parsed.blocks] == ["Seen again"]
    assert parsed.notes == ("Hidden text was left out.", "A part that is stored as another file was not read.")


def test_signs_between_letters(docx_of: Maker) -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>"
        "<w:t>e\u200b\u202ef</w:t></w:r></w:p>"
    )
    assert parse(docx_of(body)).blocks[0].text == "a b c-def"


def test_title_language_and_macros(docx_of: Maker) -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A plan</dc:title><dc:language>fr</dc:language></c>'
    parsed = parse(docx_of(para("x"), docProps__core_xml=core, word__vbaProject_bin=b"\0"))
    assert (parsed.title, parsed.language) == ("A plan", "fr")
    assert parsed.notes == ("Macros were not run.",)
    assert parsed.media_type == "application/vnd.ms-word.document.macroEnabled.12"


def test_the_language_of_the_styles(docx_of: Maker) -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="es-ES"/></w:rPr></w:rPrDefault></w:docDefaults>'
    assert parse(docx_of(para("x"), styles=styles)).language == "es-ES"


def test_the_main_part_may_have_another_name(zip_of: Maker) -> None:
    text = '<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>Strict</t></r></p></body></d>'
    relations = '<R><Relationship Type="http://x/officeDocument" Target="/word/other.xml"/></R>'
    path = zip_of("a.docx", {"[Content_Types].xml": "<a/>", "_rels/.rels": relations, "word/other.xml": text})
    assert parse(path).blocks[0].text == "Strict"


def test_a_file_without_text_is_refused(zip_of: Maker) -> None:
    with pytest.raises(InputError, match="no text body"):
        parse(zip_of("a.docx", {"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}))


def test_long_rows_are_divided_between_cells(docx_of: Maker) -> None:
    parsed = parse(docx_of(table(["a" * 900, "b" * 900, "c" * 900])))
    assert [len(block.text) for block in parsed.blocks] == [1803, 900]


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff|"), min_size=1, max_size=40
)


@settings(max_examples=60)
@given(st.lists(st.one_of(WORDS, st.lists(WORDS, min_size=2, max_size=3)), min_size=1, max_size=6))
def test_no_word_is_lost_or_moved(docx_of: Maker, pieces: list[str | list[str]]) -> None:
    body = "".join(para(piece) if isinstance(piece, str) else table(piece) for piece in pieces)
    expected = [text for piece in pieces for text in ([piece] if isinstance(piece, str) else piece)]
    found = " ".join(block.text.replace(" | ", " ") for block in parse(docx_of(body)).blocks)
    assert found.split() == " ".join(clean(text) for text in expected).split()
