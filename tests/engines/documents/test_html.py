"""Web pages: text in order, furniture left out with care."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.documents.cleaning import clean
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.parsers.html import declared_charset, parse, recognises
from waymark.gcm.errors import InputError

LONG = "Migrants need clear information about their rights and duties before they leave. " * 4


def read(tmp_path: Path, page: str | bytes) -> ParsedDocument:
    path = tmp_path / "page.html"
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    return parse(path)


def shown(parsed: ParsedDocument) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parsed.blocks]


def test_headings_paragraphs_items_and_rows(tmp_path: Path) -> None:
    page = (
        "<!doctype html><html lang='fr-CA'><head><title> A  page </title></head><body><h1>Title</h1><h3>Sub</h3>"
        "<p>One <b>bo</b>ld word<br>and a line.</p>Loose text<div>in a box<p>two</p>after</div>"
        "<ul><li>a<li>b<ul><li>c</ul></ul><dl><dt>term<dd>meaning</dl>"
        "<table><caption>Cap</caption><tr><th>h1<th>h2</tr><tr><td>1<td><p>x</p><p>y</p></tr></table>"
        "<pre>pre\n  formatted</pre>"
    )
    parsed = read(tmp_path, page)
    assert shown(parsed) == [
        ("heading", "Title"),
        ("heading", "Sub"),
        ("paragraph", "One bold word and a line."),
        ("paragraph", "Loose text"),
        ("paragraph", "in a box"),
        ("paragraph", "two"),
        ("paragraph", "after"),
        ("item", "a"),
        ("item", "b"),
        ("item", "c"),
        ("item", "term"),
        ("item", "meaning"),
        ("paragraph", "Cap"),
        ("row", "h1 | h2"),
        ("row", "1 | x y"),
        ("paragraph", "pre formatted"),
    ]
    assert [block.level for block in parsed.blocks[:2]] == [1, 3]
    assert (parsed.title, parsed.language) == ("A page", "fr-CA")
    assert parsed.blocks[2].locator == "paragraph 3"


def test_furniture_and_hidden_text_are_left_out(tmp_path: Path) -> None:
    page = (
        f"<html><body><header>Top</header><nav>Menu</nav><script>x()</script><style>p{{}}</style><p>{LONG}</p>"
        "<p hidden>h1</p><p style='display : none'>h2</p><p aria-hidden='true'>h3</p><div role='navigation'>h4</div>"
        "<div class='cookie-banner'>We use cookies</div><form><label>Search</label></form><noscript>No</noscript>"
        "<a class='skip-link' href='#x'>Skip</a><template><p>t</p></template><svg><text>s</text></svg>"
        f"<main><header>Kept head</header><p>{LONG}</p><footer>Kept foot</footer></main><footer>Bottom</footer>"
    )
    assert [text for _, text in shown(read(tmp_path, page))] == [
        LONG.strip(),
        "Kept head",
        LONG.strip(),
        "Kept foot",
    ]


def test_a_title_in_the_header_of_the_page_is_kept(tmp_path: Path) -> None:
    page = f"<body><header><nav>Menu</nav><h1>The title</h1></header><p>{LONG}</p><footer><h1>no</h1></footer>"
    assert [text for _, text in shown(read(tmp_path, page))] == ["The title", LONG.strip()]


def test_a_page_that_is_all_furniture_is_read_whole(tmp_path: Path) -> None:
    parsed = read(tmp_path, f"<html><body><form><p>{LONG}</p></form><p>Short.</p><script>no()</script>")
    assert [text for _, text in shown(parsed)] == [LONG.strip(), "Short."]
    assert parsed.notes == ("Menus of the page could not be told from its text, so they were read too.",)


def test_the_share_that_must_stay(tmp_path: Path) -> None:
    """A quarter of the letters stay: the menu is left out. Less than that: it is read."""
    assert len(read(tmp_path, f"<p>{'a' * 25}</p><nav>{'b' * 75}</nav>").blocks) == 1
    assert len(read(tmp_path, f"<p>{'a' * 24}</p><nav>{'b' * 75}</nav>").blocks) == 2


def test_tables_that_place_things_are_not_rows(tmp_path: Path) -> None:
    page = (
        "<body><table><tr><td><h1>Title</h1><p>One.</p></td><td><p>Two.</p></td></tr></table>"
        "<table><tr><td>alone</td></tr></table>"
        "<table><tr><td>x<table><tr><td>a<td>b</tr></table></td><td>y</td></tr></table>"
    )
    assert shown(read(tmp_path, page)) == [
        ("heading", "Title"),
        ("paragraph", "One."),
        ("paragraph", "Two."),
        ("paragraph", "alone"),
        ("paragraph", "x"),
        ("row", "a | b"),
        ("paragraph", "y"),
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<meta charset='windows-1251'><p>Миграция</p>".encode("cp1251"), "Миграция"),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>é – ’</p>".encode("cp1252"),
            "é – ’",
        ),
        ("<meta charset=utf-8><p>é</p>".encode(), "é"),
        ("<p>é</p>".encode("utf-16"), "é"),
        ("<?xml version='1.0' encoding='gb2312'?><html><p>移民政策</p></html>".encode("gb2312"), "移民政策"),
        ("<meta charset=nonsense><p>déjà été créé à l’été</p>".encode("cp1252"), "déjà été créé à l’été"),
    ],
)
def test_letters_are_read_as_the_page_says(tmp_path: Path, data: bytes, text: str) -> None:
    assert [block.text for block in read(tmp_path, data).blocks] == [text]


def test_a_page_cannot_say_it_is_utf_16_in_ascii() -> None:
    assert declared_charset(b"<meta charset='UTF-16LE'>") == "utf-8"
    assert declared_charset(b"<p>") == ""


def test_odd_languages_are_not_believed(tmp_path: Path) -> None:
    assert read(tmp_path, "<html lang='<script>'><p>a").language == ""
    assert read(tmp_path, "<html lang='pt_BR'><p>a").language == "pt-BR"


def test_only_pages_are_recognised() -> None:
    assert recognises(b"\n<!-- x --><HTML>", frozenset())
    assert not recognises(b"Words with <b>bold</b>", frozenset())
    assert not recognises(b"<svg xmlns='x'>", frozenset())
    assert not recognises(b"<html>", frozenset({"a"}))


def test_deep_pages_do_not_break(tmp_path: Path) -> None:
    parsed = read(tmp_path, "<html>" + "<div>" * 20_000 + "deep" + "</div>" * 20_000)
    assert shown(parsed) == [("paragraph", "deep")]


def test_direction_marks_and_mixed_scripts(tmp_path: Path) -> None:
    parsed = read(tmp_path, "<html dir=rtl lang=ar><p>\u200fالهجرة \u202bالآمنة\u202c and IOM\u200e</p>")
    assert parsed.blocks[0].text == "الهجرة الآمنة and IOM"
    assert parsed.language == "ar"


def test_a_page_that_is_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waymark.engines.documents.parsers.html.LONGEST_FILE", 10)
    with pytest.raises(InputError, match="more than 64 MB"):
        read(tmp_path, "<p>12345678")


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&"), max_size=30)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["p", "h2", "li", "div", "td"]), TEXT), max_size=8))
def test_no_word_is_lost_or_moved(tmp_path: Path, pieces: list[tuple[str, str]]) -> None:
    def element(tag: str, text: str) -> str:
        inner = f"<{tag}>{text}</{tag}>"
        return f"<table><tr>{inner}{inner}</tr></table>" if tag == "td" else inner

    page = "<meta charset=utf-8><body>" + "".join(element(tag, text) for tag, text in pieces)
    expected = [word for tag, text in pieces for word in clean(text).split() * (2 if tag == "td" else 1)]
    found = " ".join(block.text.replace(" | ", " ") for block in read(tmp_path, page).blocks)
    assert sorted(found.split()) == sorted(expected) or "|" in "".join(text for _, text in pieces)


@settings(max_examples=100)
@given(st.text(st.characters(exclude_characters="\0"), max_size=200))
def test_any_text_gives_clean_blocks(tmp_path: Path, soup: str) -> None:
    for block in read(tmp_path, ("<html><table>" + soup).encode("utf-8", "replace")).blocks:
        assert block.text == clean(block.text) != ""
