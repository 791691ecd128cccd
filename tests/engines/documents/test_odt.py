"""OpenDocument texts: order of the text, and no text lost."""

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.documents.cleaning import clean
from waymark.engines.documents.parsers.odt import parse, recognises
from waymark.gcm.errors import InputError

Maker = Callable[..., Path]


def texts(path: Path) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parse(path).blocks]


def test_headings_lists_and_spaces(odt_of: Maker) -> None:
    body = (
        '<text:h text:outline-level="2">Aims</text:h><text:h>Plain</text:h>'
        "<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d <text:span>e</text:span>f</text:p>"
        "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        "<text:section><text:p>in a section</text:p></text:section>"
    )
    parsed = parse(odt_of(body))
    assert [(b.kind, b.level, b.text) for b in parsed.blocks] == [
        ("heading", 2, "Aims"),
        ("heading", 1, "Plain"),
        ("paragraph", 0, "a b c d ef"),
        ("item", 0, "one"),
        ("item", 0, "inner"),
        ("paragraph", 0, "in a section"),
    ]
    assert parsed.blocks[3].locator == "paragraph 4"


def test_tables_frames_and_notes(odt_of: Maker) -> None:
    def cell(text: str) -> str:
        return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"

    note = (
        "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>See there.</text:p></text:note-body></text:note>"
    )
    inner = f"<table:table><table:table-row>{cell('x')}{cell('y')}</table:table-row></table:table>"
    body = (
        f"<text:p>Text{note} goes on<draw:frame><draw:text-box><text:p>In the frame</text:p></draw:text-box>"
        f"</draw:frame></text:p><table:table><table:table-header-rows><table:table-row>{cell('a')}{cell('b')}</table:table-row>"
        f"</table:table-header-rows><table:table-row table:number-rows-repeated='3'>{cell('')}</table:table-row>"
        f"<table:table-row>{cell('c')}<table:table-cell><text:p>d</text:p>{inner}</table:table-cell></table:table-row>"
        f"<table:table-row>{cell('alone')}{cell('')}</table:table-row></table:table>"
    )
    parsed = parse(odt_of(body))
    assert [(b.kind, b.text, b.locator) for b in parsed.blocks] == [
        ("paragraph", "Text goes on", "paragraph 1"),
        ("paragraph", "In the frame", "paragraph 2"),
        ("paragraph", "See there.", "footnote 1"),
        ("row", "a | b", "table 1, row 1"),
        ("row", "c | d", "table 1, row 5"),
        ("row", "x | y", "table 2, row 1"),
        ("paragraph", "alone", "paragraph 3"),
    ]


def test_a_table_inside_a_paragraph_is_read(odt_of: Maker) -> None:
    row = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    assert texts(odt_of(f"<text:p>x<table:table>{row}</table:table>y</text:p>")) == [
        ("paragraph", "xy"),
        ("paragraph", "a"),
    ]


def test_deleted_text_comments_and_contents_are_left_out(odt_of: Maker) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:table-of-content><text:p>Aims 3</text:p>"
        "</text:table-of-content><text:p>Kept<office:annotation><text:p>remark</text:p></office:annotation>.</text:p>"
    )
    assert texts(odt_of(body)) == [("paragraph", "Kept.")]


def test_title_language_and_macros(odt_of: Maker) -> None:
    path = odt_of(
        "<text:p text:style-name='P1'>The title</text:p>",
        styles_xml="<a SPACES><style:style style:name='P1' style:parent-style-name='Title'/></a>",
        meta_xml="<a SPACES><dc:language>fr</dc:language></a>",
        Basic__x_xml="<a/>",
    )
    parsed = parse(path)
    assert (parsed.title, parsed.language, parsed.notes) == ("The title", "fr", ("Macros were not run.",))
    assert parsed.blocks[0].kind == "heading"


def test_locked_and_empty_files_are_refused(odt_of: Maker) -> None:
    with pytest.raises(InputError, match="password"):
        parse(odt_of("<text:p/>", manifest="<m><encryption-data/></m>"))
    with pytest.raises(InputError, match="no text body"):
        parse(odt_of("<a/>", name="b.odt", kind="spreadsheet"))


def test_a_file_without_its_mark_is_still_known() -> None:
    names = frozenset({"content.xml", "META-INF/manifest.xml"})
    assert recognises(b"PK\x03\x04", names)
    assert not recognises(b"PK mimetypeapplication/vnd.oasis.opendocument.graphics", names)
    assert not recognises(b"PK\x03\x04", frozenset({"content.xml"}))


@settings(max_examples=50)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40))
)
def test_no_word_is_lost_or_moved(odt_of: Maker, pieces: list[str]) -> None:
    body = "".join(f"<text:p><text:span>{escape(piece)}</text:span></text:p>" for piece in pieces)
    assert [text for _, text in texts(odt_of(body))] == [clean(piece) for piece in pieces if clean(piece)]
