"""Plain text, Markdown and CSV; and which letters the bytes are."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.documents.cleaning import LONGEST_BLOCK, Blocks, clean, divided
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.parsers.text import is_markdown, parse, plain, recognises, table_delimiter
from waymark.engines.files.charset import decode, guessed
from waymark.gcm.errors import InputError

FRENCH = "Les États membres s’engagent à protéger les droits des migrants, où qu’ils soient, à chaque étape."
SPANISH = "La migración segura, ordenada y regular también beneficia a los países de origen y a los niños."
RUSSIAN = "Государства обязуются защищать права мигрантов на всех этапах миграции, независимо от их статуса."
ARABIC = "تلتزم الدول بحماية حقوق المهاجرين في جميع مراحل الهجرة بغض النظر عن وضعهم القانوني في البلد"
CHINESE = "各国承诺在移民的各个阶段保护移民的权利，不论其身份如何。政府应当提供准确、及时的信息，并且加强合作。"
GEORGIAN = "სახელმწიფოები იღებენ ვალდებულებას, დაიცვან მიგრანტების უფლებები."


def read(tmp_path: Path, text: str | bytes) -> ParsedDocument:
    path = tmp_path / "a"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return parse(path)


def shown(parsed: ParsedDocument) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in parsed.blocks]


def test_plain_text(tmp_path: Path) -> None:
    parsed = read(
        tmp_path, "First line\r\nsame paragraph\r\n\r\n- one\n- two\n  goes on\n1. three\n(a) four\n\nLast\fPage"
    )
    assert shown(parsed) == [
        ("paragraph", 0, "First line same paragraph"),
        ("item", 0, "- one"),
        ("item", 0, "- two goes on"),
        ("item", 0, "1. three"),
        ("item", 0, "(a) four"),
        ("paragraph", 0, "Last Page"),
    ]
    assert parsed.media_type == "text/plain"
    assert [block.locator for block in parsed.blocks] == ["line 1", "line 4", "line 5", "line 7", "line 8", "line 10"]


def test_markdown(tmp_path: Path) -> None:
    text = (
        "# A title\n\nWords with **strong**, *soft* and `code`, a [link](https://example.org/a_b) and snake_case.\n"
        "## Second ##\n* one\n* two\n  goes on\n\n> quoted\n\nUnder\n-----\n\nOver\n====\n\n"
        "| a | b |\n|---|---|\n| 1 | x\\*y |\n"
        "***\n```\n# not a heading\n```\n1. first\n"
    )
    parsed = read(tmp_path, text)
    assert shown(parsed) == [
        ("heading", 1, "A title"),
        ("paragraph", 0, "Words with strong, soft and code, a link and snake_case."),
        ("heading", 2, "Second"),
        ("item", 0, "one"),
        ("item", 0, "two goes on"),
        ("paragraph", 0, "quoted"),
        ("heading", 2, "Under"),
        ("heading", 1, "Over"),
        ("row", 0, "a | b"),
        ("row", 0, "1 | x*y"),
        ("paragraph", 0, "# not a heading"),
        ("item", 0, "1. first"),
    ]
    assert (parsed.title, parsed.media_type) == ("A title", "text/markdown")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("# Title\nwords", True),
        ("words\n# remark", False),
        ("#hashtag", False),
        ("words\n\n## Part\n", True),
        ("Title\n=====\n", True),
        ("\n=====\n", False),
        ("words\n---\nwords", False),
    ],
)
def test_markdown_is_known_by_its_headings(text: str, answer: bool) -> None:
    assert is_markdown(text) is answer


def test_marks_that_are_no_marks_stay() -> None:
    assert plain("2 * 3 * 4 and a_b_c") == "2 * 3 * 4 and a_b_c"
    assert plain(r"\*not soft\*") == "*not soft*"


def test_csv_gives_rows(tmp_path: Path) -> None:
    parsed = read(tmp_path, 'Objective;Words\n1;"Data; and ""more"""\n2;Drivers\n3;"two\nlines"\n')
    assert [(block.kind, block.text, block.locator) for block in parsed.blocks] == [
        ("row", "Objective | Words", "line 1"),
        ("row", '1 | Data; and "more"', "line 2"),
        ("row", "2 | Drivers", "line 3"),
        ("row", "3 | two lines", "line 5"),
    ]
    assert parsed.media_type == "text/csv"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\nc,d\ne,f\n", ","),
        ("a\tb\nc\td\ne\tf\n", "\t"),
        ("a,b\nc,d\n", ""),
        ("One, two\nthree, four\nfive, six\n", ""),
        ("a\nb\nc\n", ""),
        ("a,b\n" * 9 + "c\n", ","),
        ("a,b\n" * 8 + "c\nd\n", ""),
    ],
)
def test_tables_are_told_from_prose(text: str, delimiter: str) -> None:
    assert table_delimiter(text) == delimiter


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(FRENCH, "cp1252"), (SPANISH, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"),
     (ARABIC, "cp1256"), (CHINESE, "gb18030")],
)  # fmt: skip
def test_old_encodings_are_guessed_and_said(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert "does not say how its letters are stored" in decoded.note


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [FRENCH, GEORGIAN, CHINESE])
def test_marks_at_the_beginning_decide(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.note) == (text, "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark(encoding: str) -> None:
    decoded = decode(FRENCH.encode(encoding))
    assert (decoded.text, decoded.encoding) == (FRENCH, encoding)
    assert decoded.note


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(128, 256)) * 3,
        b"words \0\0\0 words",
        GEORGIAN.encode("utf-16-le")[:-1] + b"\xd8",
        "ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß".encode("latin-1") * 5,
        b"\xef\xbb\xbf\xff broken",
        "Ελληνικά γράμματα που κανείς δεν μάντεψε".encode("iso-8859-7"),
    ],
)
def test_letters_that_cannot_be_told_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="UTF-8"):
        decode(data)


def test_what_a_file_says_is_believed_only_when_it_fits() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "KOI8-R").note == ""
    assert decode(FRENCH.encode(), "koi8-r").text == FRENCH
    assert decode(FRENCH.encode("cp1252"), "ascii").text == FRENCH
    assert decode(FRENCH.encode("cp1252"), "rot13").encoding == "cp1252"
    assert guessed(b"plain") == "utf-8"


def test_unseen_characters_go_and_needed_joiners_stay() -> None:
    assert clean("a\u200bb\u00adc\ufeff \u2066d\u2069\x07") == "abc d"
    assert clean("می\u200cخواهم a\u200cb") == "می\u200cخواهم ab"
    assert clean("e\u0301 \u2028 x\u00a0y\t\n") == "é x y"
    assert clean("tag\U000e0041s \ud800half") == "tags half"
    assert clean("  plain   ascii ") == "plain ascii"


def test_long_lines_are_divided_at_spaces() -> None:
    pieces = divided("word " * 10_000 + "x" * 30_000, LONGEST_BLOCK)
    assert max(map(len, pieces)) <= LONGEST_BLOCK
    assert " ".join(pieces).split()[:10_000] == ["word"] * 10_000
    assert sum(piece.count("x") for piece in pieces) == 30_000
    assert divided("abc", 3) == ["abc"]
    assert divided("abcd", 3) == ["abc", "d"]


def test_too_many_blocks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waymark.engines.documents.cleaning.MOST_BLOCKS", 3)
    blocks = Blocks()
    for _ in range(3):
        assert blocks.add("paragraph", "x")
    assert not blocks.add("paragraph", " \u200b ")
    with pytest.raises(InputError, match="more than 3 paragraphs"):
        blocks.add("paragraph", "x")


def test_a_text_that_is_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waymark.engines.documents.parsers.text.LONGEST_FILE", 10)
    assert read(tmp_path, "1234567890").blocks
    with pytest.raises(InputError, match="over"):
        read(tmp_path, "12345678901")


def test_only_text_is_recognised() -> None:
    assert recognises(b"words", frozenset())
    assert recognises("ა".encode(), frozenset())
    assert not recognises(b"words", frozenset({"member"}))
    assert not recognises(b"  \n", frozenset())
    assert not recognises(bytes(range(32)) * 20, frozenset())
    assert not recognises(b"{\\rtf1}", frozenset())


@settings(max_examples=150)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=300))
def test_no_word_of_plain_text_is_lost(tmp_path: Path, text: str) -> None:
    parsed = read(tmp_path, "words\n\n" + text)
    if parsed.media_type == "text/plain":
        assert " ".join(block.text for block in parsed.blocks).split() == clean("words " + text).split()


@settings(max_examples=150)
@given(st.text(alphabet="ab #*-_=|`[]()>\n\\1.\t", max_size=120))
def test_any_markdown_is_read(tmp_path: Path, text: str) -> None:
    for block in read(tmp_path, "# x\n\n" + text).blocks:
        assert block.text == clean(block.text) != ""
        assert (block.level > 0) is (block.kind == "heading")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except InputError:
        return
    assert decoded.text.encode(decoded.encoding).endswith(data.lstrip(b"\xff\xfe\xef\xbb\xbf\0"))
