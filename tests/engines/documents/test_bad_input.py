"""Files that people send by mistake or on purpose: each is read, or refused with its name and the reason.

Every file is made here. The others in the folder are always read, nothing is written beside them, memory stays bounded.
"""

import io
import os
import socket
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from waymark.engines.documents.model import Flag, ParsedDocument
from waymark.engines.documents.reading import parse_file
from waymark.engines.documents.walled import DEFAULT
from waymark.engines.files.containers import OLE
from waymark.gcm.errors import InputError

Maker = Callable[..., Path]
XXE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{where}">]>'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
BLOW_UP = f'<!DOCTYPE a [<!ENTITY x "{"y" * 50_000}">]>'


@pytest.fixture(autouse=True)
def nothing_is_written(tmp_path: Path) -> Iterator[None]:
    """What the test put there is all there is afterwards, and the good file beside it is still read."""
    good = tmp_path / "good.txt"
    good.write_text("The other file.")
    yield
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert parse_file(good).blocks[0].text == "The other file."
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def within(seconds: int, path: Path) -> ParsedDocument:
    """Read a file within so many seconds of processor time, however busy the machine is."""
    return parse_file(path, limits=replace(DEFAULT, computing=seconds))


def refused(path: Path, words: str, seconds: int = DEFAULT.computing) -> InputError:
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(InputError) as caught:
        within(seconds, path)
    assert words in caught.value.problem
    assert caught.value.given == path.name
    assert caught.value.todo
    assert sorted(path.parent.rglob("*")) == before
    return caught.value


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def pdf(
    pages: int = 1, content: bytes = b"BT /F1 12 Tf 72 720 Td (Words on a page) Tj ET", extra: bytes = b""
) -> bytes:
    """A PDF of our own: `pages` pages that share one content and the font Helvetica; `extra` fills object 5."""
    kids = b" ".join(b"%d 0 R" % (number + 10) for number in range(pages))
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 3 0 R>>/XObject<</I 5 0 R>>>>>>"
    )
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        5: extra or b"null",
    } | {number + 10: page for number in range(pages)}
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start, last = out.tell(), max(objects)
    out.write(b"xref\n0 %d\n" % (last + 1))
    for number in range(last + 1):
        out.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, start))
    return out.getvalue()


def texts(parsed: ParsedDocument) -> str:
    return " ".join(block.text for block in parsed.blocks)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on loopback, and every connection it got."""
    connections: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        going = threading.Event()

        def accept() -> None:
            while not going.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                connection.close()
                connections.append(address)

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], connections
        going.set()
        thread.join()


def test_the_pdf_of_these_tests_is_read(tmp_path: Path) -> None:
    assert texts(parse_file(write(tmp_path, "a.pdf", pdf()))) == "Words on a page"


def test_an_empty_file(tmp_path: Path) -> None:
    refused(write(tmp_path, "a.pdf", b""), "empty (0 bytes)")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_files(tmp_path: Path, docx_of: Maker, xlsx_of: Maker, odt_of: Maker, share: float) -> None:
    whole = (docx_of("<w:p/>" * 50), xlsx_of({"S": {"A1": "x"}}), odt_of("<text:p>x</text:p>"))
    for path in whole:
        data = path.read_bytes()
        refused(write(tmp_path, f"cut{path.suffix}", data[: int(len(data) * share)]), "cut off")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.95])
def test_a_truncated_pdf_is_read_or_refused(tmp_path: Path, share: float) -> None:
    data = pdf(3)
    path = write(tmp_path, "cut.pdf", data[: int(len(data) * share)])
    found = ""
    try:
        found = parse_file(path).media_type
    except InputError as error:
        found = error.given
    assert found in ("application/pdf", "cut.pdf")


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(path, encryption=pikepdf.Encryption(owner="owner", user="user"))
    refused(path, "password")


def test_a_pdf_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "restricted.pdf"
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(path, encryption=pikepdf.Encryption(owner="owner", user=""))
    assert texts(parse_file(path)) == "Words on a page"


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx"])
def test_office_files_with_a_password(tmp_path: Path, name: str) -> None:
    header = bytearray(512)
    header[:8] = OLE
    header[30:32] = struct.pack("<H", 9)
    directory = b""
    for stream in ("Root Entry", "EncryptionInfo", "EncryptedPackage"):
        raw = stream.encode("utf-16-le")
        directory += raw.ljust(64, b"\0") + struct.pack("<HB", len(raw) + 2, 2) + b"\0" * 61
    refused(write(tmp_path, name, bytes(header) + directory.ljust(1024, b"\0")), "password")


def test_a_pdf_without_pages(tmp_path: Path) -> None:
    refused(write(tmp_path, "none.pdf", pdf(0)), "the PDF file")


@pytest.mark.slow
def test_a_pdf_of_ten_thousand_pages(tmp_path: Path) -> None:
    path = write(tmp_path, "long.pdf", pdf(10_000))
    parsed = within(120, path)
    assert len(parsed.pages) <= 10_000
    assert len(parsed.pages) == 10_000 or any(Flag.CUT in page.flags for page in parsed.pages)


def test_a_scan_is_flagged(tmp_path: Path) -> None:
    """A picture of paper: white, every eighth row of points in ink."""
    points = b"".join(bytes(64) if y % 8 == 0 else b"\xff" * 64 for y in range(64))
    image = (
        b"<</Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceGray/BitsPerComponent 8/Length 4096>>"
        + b"stream\n"
        + points
        + b"\nendstream"
    )
    parsed = parse_file(write(tmp_path, "scan.pdf", pdf(2, b"q 612 0 0 792 0 0 cm /I Do Q", image)))
    assert not parsed.blocks
    assert [Flag.NO_TEXT in page.flags for page in parsed.pages] == [True, True]


def test_a_picture_that_says_it_is_huge(tmp_path: Path) -> None:
    """50,000 times 50,000 points would be 10 GB; nobody needs them to read the words."""
    image = (
        b"<</Type/XObject/Subtype/Image/Width 50000/Height 50000/ColorSpace/DeviceRGB/BitsPerComponent 8/Length 3>>"
        b"stream\nabc\nendstream"
    )
    content = b"q 612 0 0 792 0 0 cm /I Do Q BT /F1 12 Tf 72 720 Td (Words on a page) Tj ET"
    assert "Words on a page" in texts(within(10, write(tmp_path, "huge.pdf", pdf(1, content, image))))


def test_a_web_page_that_is_a_pdf_too(tmp_path: Path) -> None:
    refused(write(tmp_path, "both.html", b"<html><!--\n" + pdf() + b"--><script>x()</script>"), "at once")


def test_a_pdf_with_a_web_page_behind_it(tmp_path: Path) -> None:
    parsed = parse_file(write(tmp_path, "tail.pdf", pdf() + b"<html><script>alert(1)</script><p>Smuggled"))
    assert "Smuggled" not in texts(parsed)


def test_a_pdf_that_is_an_archive_too(tmp_path: Path) -> None:
    held = io.BytesIO(pdf())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("word/document.xml", "<smuggled/>")
    parsed = parse_file(write(tmp_path, "both.pdf", held.getvalue()))
    assert texts(parsed) == "Words on a page"
    assert "The file is a ZIP archive too; only the PDF in it was read." in parsed.notes


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.xlsx", "bomb.odt", "bomb.zip"])
def test_a_bomb_is_not_opened(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        with archive.open("word/document.xml", "w") as member:
            for _ in range(100):
                member.write(b" " * 2**20)
    refused(path, "was not opened", seconds=2)


def test_a_part_that_lies_about_its_size(docx_of: Maker) -> None:
    """The directory says 60 bytes, the packed data hold more: no more than 60 are taken, and they do not fit."""
    path = docx_of("<w:p><w:r><w:t>" + "x" * 5000 + "</w:t></w:r></w:p>")
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("word/document.xml").file_size
    path.write_bytes(data.replace(struct.pack("<I", size), struct.pack("<I", 60)))
    refused(path, "damaged")


@pytest.mark.parametrize("where", ["file", "http"])
@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx"])
def test_entities_read_and_call_nothing(
    tmp_path: Path, zip_of: Maker, listener: tuple[int, list[object]], kind: str, where: str
) -> None:
    secret = write(tmp_path, "secret", b"the secret words")
    port, connections = listener
    attack = XXE.format(where=f"http://127.0.0.1:{port}/x" if where == "http" else secret.as_uri())
    path = _office(zip_of, kind, attack, "&x;")
    error = refused(path, "declares a document type")
    assert "secret words" not in str(error)
    assert connections == []


@pytest.mark.parametrize(("attack", "use"), [(LAUGHS, "&l9;"), (BLOW_UP, "&x;" * 50_000)])
@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx"])
def test_entities_do_not_grow(zip_of: Maker, kind: str, attack: str, use: str) -> None:
    refused(_office(zip_of, kind, attack, use), "declares a document type", seconds=2)


def _office(zip_of: Maker, kind: str, attack: str, use: str) -> Path:
    """An office file whose main part begins with `attack` and holds `use` as text."""
    if kind == "odt":
        members = {"META-INF/manifest.xml": "<m/>", "content.xml": f"{attack}<a>{use}</a>"}
    elif kind == "docx":
        members = {"[Content_Types].xml": "<a/>", "word/document.xml": f"{attack}<a>{use}</a>"}
    else:
        members = {"[Content_Types].xml": "<a/>", "xl/workbook.xml": f"{attack}<a>{use}</a>"}
    return zip_of(f"attack.{kind}", members, packed=False)


def test_macros_are_not_run(docx_of: Maker) -> None:
    path = docx_of("<w:p><w:r><w:t>Words</w:t></w:r></w:p>", name="a.docm", word__vbaProject_bin=b"\xcc\x61")
    assert parse_file(path).notes == ("Macros were not run.",)


def test_letters_of_an_unknown_kind(tmp_path: Path) -> None:
    refused(write(tmp_path, "old.txt", "Ελληνικά γράμματα που κανείς δεν θα μάντευε".encode("iso-8859-7")), "letters")


def test_scripts_that_run_both_ways(tmp_path: Path) -> None:
    text = "The term \u2067הגירה\u2069 and الهجرة\u200f – мигрáция, 移民, მიგრაცია."
    parsed = parse_file(write(tmp_path, "mixed.txt", text.encode()))
    assert texts(parsed) == "The term הגירה and الهجرة – мигрáция, 移民, მიგრაცია."


def test_long_and_misleading_names(tmp_path: Path) -> None:
    path = write(tmp_path, f"{'x' * 250}.pdf", b"\x89PNG\r\n\x1a\n")
    with pytest.raises(InputError) as caught:
        parse_file(path)
    assert len(caught.value.given) == 120
    path = write(tmp_path, "plan\u202exfdp.exe", b"MZ\x90")
    with pytest.raises(InputError) as caught:
        parse_file(path)
    assert caught.value.given == "planxfdp.exe"
    with pytest.raises(InputError, match="cannot be opened"):
        parse_file(tmp_path / ("y" * 300 + ".pdf"))


def test_devices_pipes_and_folders(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    for name, words in (("pipe.pdf", "device or a pipe"), ("folder.pdf", "folder")):
        refused(tmp_path / name, words)
    with pytest.raises(InputError, match="device"):
        parse_file(Path("/dev/zero"))


def test_a_sheet_with_one_cell_in_the_far_corner(xlsx_of: Maker) -> None:
    refused(xlsx_of({"S": {"A1": 1, "XFD1048576": 2}}), "cells lie between A1 and the last filled cells")


def test_very_deep_and_very_long_files(tmp_path: Path) -> None:
    for name, data in (
        ("deep.html", b"<html>" + b"<div><table><tr><td>" * 3000 + b"deep"),
        ("line.txt", b"word " * 400_000),
        ("open.md", b"# x\n\n" + b"[" * 50_000 + b"*" * 50_000 + b"`" * 50_000),
        ("quote.csv", b'a,b\nc,d\ne,"' + b"x,\n" * 50_000),
    ):
        assert within(5, write(tmp_path, name, data)).blocks, name
