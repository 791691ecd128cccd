"""The kind of a file comes from its content; folders are read in order; one bad file costs itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from waymark.engines.documents.cleaning import display_name
from waymark.engines.documents.model import CutDocument
from waymark.engines.documents.parsers import PDF, PDF_OCR, parser_named, registry
from waymark.engines.documents.reading import parse_file, read_file, read_files, walk
from waymark.engines.documents.walled import find, limits_for
from waymark.engines.files.walls.kinds import DOCUMENT, Limits
from waymark.engines.files.walls.wall import shared
from waymark.gcm.errors import InputError

WORDS = "Migrants and their families need clear information about their rights before they leave.\n\n"


def english(text: str) -> str:
    return "en"


def put(folder: Path, name: str, data: bytes | str = WORDS) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("data", "parser"),
    [
        (b"%PDF-1.4\n", "pdf"),
        (b"\n\n%PDF-1.4\n", "pdf"),
        (b"<!DOCTYPE html><p>a", "html"),
        (b"\xef\xbb\xbf<html>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?>\n<!-- c --><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        (b"words", "text"),
        ("words and words".encode("utf-16"), "text"),
    ],
)
def test_the_content_says_the_kind(tmp_path: Path, data: bytes, parser: str) -> None:
    assert find(put(tmp_path, "file", data))[0].name == parser


def test_office_files_are_known_by_their_parts(
    docx_of: Callable[..., Path], odt_of: Callable[..., Path], xlsx_of: Callable[..., Path]
) -> None:
    assert find(docx_of("<w:p/>"))[0].name == "docx"
    assert find(odt_of("<text:p/>"))[0].name == "odt"
    assert find(odt_of("<a/>", name="b.odt", kind="spreadsheet"))[0].name == "xlsx"
    assert find(xlsx_of({"A": {"A1": 1}}))[0].name == "xlsx"


def test_a_wrong_ending_is_said(tmp_path: Path, docx_of: Callable[..., Path]) -> None:
    wrong = docx_of("<w:p><w:r><w:t>Words</w:t></w:r></w:p>", name="report.pdf")
    parsed = parse_file(wrong)
    assert parsed.notes == ("The name ends in .pdf, but the file is Word; it was read as that.",)
    assert parsed.blocks[0].text == "Words"
    assert find(put(tmp_path, "LICENSE"))[1] == ()
    assert find(put(tmp_path, "a.log"))[1] == ()
    assert find(put(tmp_path, "A.TXT"))[1] == ()
    assert find(put(tmp_path, "page", "<html><p>a"))[1] == (
        "The name has no ending, but the file is web page; it was read as that.",
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture (PNG)"),
        (b"{\\rtf1 hello}", "rich text"),
        (b"MZ\x90\0\x03", "a program"),
        (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
        (b'<?xml version="1.0"?><svg/>', "XML"),
        (b"From: a@example.org\r\nmime-version: 1.0\r\n\r\nSGVsbG8=", "an e-mail"),
        (bytes(range(256)) * 10, "of a kind that cannot be read"),
    ],
)
def test_other_kinds_are_refused_with_the_list(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(InputError) as caught:
        find(put(tmp_path, "thing.pdf", data))
    assert words in caught.value.problem
    assert caught.value.given == "thing.pdf"
    for kind in (
        "PDF (.pdf)",
        "Word (.docx",
        "OpenDocument text (.odt",
        "spreadsheet (.xlsx",
        "web page",
        "text (.txt",
    ):
        assert kind in caught.value.expected


def test_archives_and_presentations_are_named(zip_of: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match="a ZIP archive"):
        find(zip_of("a.zip", {"a.txt": "x"}))
    with pytest.raises(InputError, match="a presentation"):
        find(zip_of("a.pptx", {"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}))


def test_other_open_documents_are_named(odt_of: Callable[..., Path], zip_of: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match="a presentation"):
        find(odt_of("<a/>", name="a.odp", kind="presentation"))
    with pytest.raises(InputError, match=r"a book \(EPUB\)"):
        find(zip_of("a.epub", {"mimetype": "application/epub+zip", "a.xhtml": "<a/>"}, packed=False))


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/c.txt", "C.html", ".hidden", "~$lock.docx", "Thumbs.db"):
        put(tmp_path, name)
    put(tmp_path, "folder.pdf/inside.txt")
    found = [str(path.relative_to(tmp_path)) for path, _ in walk([tmp_path])]
    assert found == ["C.html", "a/c.txt", "a/z.md", "b.txt", "folder.pdf/inside.txt"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/secret.txt")
    folder = tmp_path / "in"
    put(folder, "own.txt")
    (folder / "again.txt").symlink_to("own.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path / "outside", target_is_directory=True)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    found = {path.name: error for path, error in walk([folder])}
    assert set(found) == {"own.txt", "out.txt", "up", "nowhere.txt"}
    assert found["own.txt"] is None
    assert "leads out of the folder" in str(found["out.txt"])
    assert found["up"] is not None


def test_one_bad_file_costs_itself(tmp_path: Path) -> None:
    put(tmp_path, "1.txt")
    put(tmp_path, "2.pdf", b"")
    put(tmp_path, "3.docx", b"PK\x03\x04 cut")
    put(tmp_path, "4.txt")
    found = [(path.name, result) for path, result in read_files([tmp_path], language_of=english)]
    assert [name for name, _ in found] == ["1.txt", "2.pdf", "3.docx", "4.txt"]
    assert isinstance(found[0][1], CutDocument)
    assert isinstance(found[3][1], CutDocument)
    assert str(found[1][1]).startswith("2.pdf: it is empty")
    assert str(found[2][1]).startswith("3.docx: it is cut off")


def test_files_come_one_by_one(tmp_path: Path) -> None:
    """Nothing is read ahead, so nothing is held but one file."""
    put(tmp_path, "1.txt")
    second = put(tmp_path, "2.txt")
    files = read_files([tmp_path / "1.txt", second], language_of=english)
    next(files)
    second.unlink()
    assert "cannot be opened" in str(next(files)[1])


def test_passages_lie_in_the_text(tmp_path: Path) -> None:
    read = read_file(put(tmp_path, "a.md", "# Rights\n\n" + WORDS * 3), language_of=english)
    assert read.passages
    assert all(read.text[passage.start : passage.end] == passage.text for passage in read.passages)
    assert read.passages[0].headings == ("Rights",)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("/a/b/../report.pdf", "report.pdf"),
        ("C:\\files\\report.pdf", "report.pdf"),
        ("annual\u202efdp.exe", "annualfdp.exe"),
        ("a\u200bb\u2066c\u2069.txt", "abc.txt"),
        ("two\nlines\t.txt", "two\ufffdlines\ufffd.txt"),
        ("half\udce9.txt", "half\ufffd.txt"),
        ("e\u0301.txt", "é.txt"),
        ("   ", "file without a name"),
        ("", "file without a name"),
        ("移民政策.docx", "移民政策.docx"),
        ("\u202e\u202d", "file without a name"),
    ],
)
def test_a_name_is_shown_as_it_is(name: str, shown: str) -> None:
    assert display_name(name) == shown


def test_a_long_name_keeps_both_ends() -> None:
    shown = display_name("a" * 290 + "-final.docx")
    assert len(shown) == 120
    assert shown.startswith("aaaa")
    assert shown.endswith("-final.docx")
    assert display_name("a" * 120) == "a" * 120


def test_only_pdf_may_take_long() -> None:
    given = Limits(seconds=100, computing=90)
    assert limits_for(PDF, given) == given
    assert limits_for(parser_named("docx"), given) == Limits(seconds=45, computing=45)
    assert limits_for(parser_named("docx"), Limits(seconds=1, computing=2)) == Limits(seconds=1, computing=2)
    assert limits_for(PDF_OCR, given) == Limits(seconds=3600, computing=90)


PLUGIN = """
from waymark.engines.documents.model import Block, ParsedDocument
from waymark.engines.documents.parsers import Parser

def parse(path):
    return ParsedDocument("application/rtf", (Block("paragraph", path.read_text()[6:-1]),), parser="rtf")

def ours(head, names):
    return head.startswith(b"{\\\\rtf")

def build(name):
    return Parser(name, "rich text", ("application/rtf",), ("rtf",), ours, parse)

RTF, TEXT, NOT_ONE = build("rtf"), build("text"), "a string"
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another package that brings a parser for rich text, and two entries that are not taken."""
    folder = tmp_path / "packages"
    put(folder, "rich_text_plugin.py", PLUGIN)
    put(folder, "rich_text_plugin-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: rich_text_plugin\nVersion: 1\n")
    entries = "rtf = rich_text_plugin:RTF\ntext = rich_text_plugin:TEXT\nodd = rich_text_plugin:NOT_ONE\n"
    put(folder, "rich_text_plugin-1.dist-info/entry_points.txt", f"[waymark.parsers]\n{entries}")
    monkeypatch.syspath_prepend(str(folder))
    registry.cache_clear()
    shared(DOCUMENT).close()
    yield
    registry.cache_clear()
    shared(DOCUMENT).close()


def test_a_parser_of_another_package_is_asked_before_text(plugin: None, tmp_path: Path) -> None:
    parsed = parse_file(put(tmp_path, "a.rtf", b"{\\rtf1Words of a plugin}"))
    assert parsed.parser == "rtf"
    assert parsed.blocks[0].text == "Words of a plugin"
    assert list(registry())[-2:] == ["rtf", "text"]
    assert registry()["text"].label == "text"
    assert "odd" not in registry()


def test_parsers_are_found_by_name() -> None:
    assert parser_named("docx").media_types
    with pytest.raises(InputError, match="no parser of this name"):
        parser_named("rtf")
