"""Makers of small files, as the tests of all engines use them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
STYLES = """
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Chapter"/><w:basedOn w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
"""


@pytest.fixture
def zip_of(tmp_path: Path) -> Callable[..., Path]:
    """A maker of ZIP files from members."""

    def make(name: str, members: Mapping[str, str | bytes], *, packed: bool = True) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
            for member, data in members.items():
                archive.writestr(member, data)
        return path

    return make


@pytest.fixture
def docx_of(zip_of: Callable[..., Path]) -> Callable[..., Path]:
    """A maker of Word files from the XML inside the body."""

    def make(body: str, *, name: str = "a.docx", styles: str = STYLES, **parts: str | bytes) -> Path:
        def wrap(root: str, inner: str) -> str:
            spaces = (
                f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
                'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
                'xmlns:v="urn:schemas-microsoft-com:vml"'
            )
            return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {spaces}>{inner}</w:{root}>'

        members: dict[str, str | bytes] = {
            "[Content_Types].xml": TYPES,
            "word/document.xml": wrap("document", f"<w:body>{body}</w:body>"),
            "word/styles.xml": wrap("styles", styles),
        }
        for part, inner in parts.items():
            if part in ("footnotes", "endnotes"):
                members[f"word/{part}.xml"] = wrap(part, str(inner))
            else:
                members[part.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin")] = inner
        return zip_of(name, members)

    return make


@pytest.fixture
def odt_of(tmp_path: Path) -> Callable[..., Path]:
    """A maker of ODT files from the XML inside office:text."""

    def make(text: str, *, name: str = "a.odt", kind: str = "text", manifest: str = "<m/>", **members: str) -> Path:
        base = "urn:oasis:names:tc:opendocument:xmlns:"
        spaces = " ".join(f'xmlns:{p}="{base}{p}:1.0"' for p in ("office", "text", "table", "style"))
        spaces += f' xmlns:draw="{base}drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
            archive.writestr(
                "content.xml",
                f"<office:document-content {spaces}><office:body><office:{kind}>{text}</office:{kind}></office:body>"
                "</office:document-content>",
                zipfile.ZIP_DEFLATED,
            )
            archive.writestr("META-INF/manifest.xml", manifest)
            for member, data in members.items():
                archive.writestr(member.replace("_xml", ".xml").replace("__", "/"), data.replace("SPACES", spaces))
        return path

    return make


@pytest.fixture
def xlsx_of(tmp_path: Path) -> Callable[..., Path]:
    """A maker of workbooks from {sheet: {cell: value}}."""

    def make(sheets: Mapping[str, Mapping[str, object]], *, name: str = "a.xlsx", hidden: str = "") -> Path:
        import openpyxl

        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, cells in sheets.items():
            sheet = book.create_sheet(title)
            sheet.sheet_state = "hidden" if title == hidden else "visible"
            for cell, value in cells.items():
                sheet[cell] = value
        held = io.BytesIO()
        book.save(held)
        book.close()
        path = tmp_path / name
        path.write_bytes(held.getvalue())
        return path

    return make
