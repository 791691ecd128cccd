"""Makers of small PDF files: set by Typst, or written operator by operator where a defect of real files is needed."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
import typst

FONTS = {"R": "Helvetica", "B": "Helvetica-Bold", "S": "Symbol"}
IDENTITY = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"%d beginbfrange\n%s\nendbfrange endcmap end end"
)


@pytest.fixture
def typeset(tmp_path: Path) -> Callable[..., Path]:
    """A maker of PDF files from Typst markup."""

    def make(source: str, *, name: str = "a.pdf", width: str = "420pt", height: str = "595pt") -> Path:
        path = tmp_path / name
        page = (
            f"#set page(width: {width}, height: {height}, margin: 50pt)\n#set text(font: 'DejaVu Sans', size: 11pt)\n"
        )
        path.write_bytes(typst.compile((page.replace("'", '"') + source).encode()))
        return path

    return make


def text(x: float, y: float, words: str, *, size: float = 12, font: str = "R", more: str = "") -> str:
    """Operators that write `words` with their base line `y` points under the upper edge of a page of 595 points."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {more} 1 0 0 1 {x} {595 - y} Tm ({escaped}) Tj ET\n"


def wide(x: float, y: float, words: str, *, size: float = 12) -> str:
    """The same in a font that holds any letter of the basic plane, each one em wide."""
    return f"BT /U {size} Tf 1 0 0 1 {x} {595 - y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def rule(x: float, y: float, width: float) -> str:
    """Operators that draw a level line."""
    return f"{x} {595 - y} {width} 1 re f\n"


def outlines(x: float, y: float, letters: int, *, high: float = 8) -> str:
    """Operators that draw shapes as dense as `letters` letters side by side, as one path."""
    parts = []
    for number in range(letters):
        left = x + number * high * 0.6
        for step in range(80):
            height = 595 - y + (high if step % 2 else 0)
            parts.append(f"{left + step * high * 0.006:.2f} {height:.2f} {'m' if not step else 'l'}")
        parts.append("h")
    return " ".join(parts) + " f\n"


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """A maker of PDF files from the operators of each page."""

    def make(
        pages: Sequence[str],
        *,
        name: str = "a.pdf",
        box: Sequence[float] = (0, 0, 420, 595),
        crop: Sequence[float] | None = None,
        labels: dict[int, dict[str, object]] | None = None,
        title: str = "",
        letters: bytes = b"<0000> <FFFF> <0000>",
        rotate: int = 0,
        **saving: object,
    ) -> Path:
        pdf = pikepdf.new()
        fonts = {
            f"/{key}": pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(f"/{font}"),
                    Encoding=pikepdf.Name.WinAnsiEncoding,
                )
            )
            for key, font in FONTS.items()
        }  # fmt: skip
        fonts["/U"] = pdf.make_indirect(any_letters(pdf, letters))
        for operators in pages:
            page = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=list(box),
                CropBox=list(crop or box),
                Rotate=rotate,
                Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(fonts)),
                Contents=pdf.make_stream(operators.encode("cp1252")),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        if labels:
            numbers: list[object] = []
            for start, style in sorted(labels.items()):
                numbers += [start, pikepdf.Dictionary(style)]
            pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
        if title:
            pdf.docinfo["/Title"] = title
        path = tmp_path / name
        pdf.save(path, **saving)
        return path

    return make


def any_letters(pdf: pikepdf.Pdf, ranges: bytes) -> pikepdf.Dictionary:
    """A font whose codes are code points, by `ranges` of its map to Unicode; no font file is needed to read it."""
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/Any"), Flags=4, FontBBox=[0, -200, 1000, 900],
        ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
    )  # fmt: skip
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name("/Any"), DW=1000,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/Any"),
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(descendant)],
    )  # fmt: skip
    if ranges:
        lines = ranges.splitlines()
        font.ToUnicode = pdf.make_stream(IDENTITY % (len(lines), b"\n".join(lines)))
    return font


@pytest.fixture
def picture_page(tmp_path: Path) -> Callable[..., Path]:
    """A maker of a PDF with one page that is nothing but a grey PNG picture."""

    def make(png: bytes, *, name: str = "scan.pdf") -> Path:
        (tmp_path / "picture.png").write_bytes(png)
        source = '#set page(width: 420pt, height: 595pt, margin: 0pt)\n#image("picture.png", width: 100%, height: 100%)'
        (tmp_path / "picture.typ").write_text(source, encoding="utf-8")
        path = tmp_path / name
        path.write_bytes(typst.compile(tmp_path / "picture.typ", root=tmp_path))
        return path

    return make


@pytest.fixture
def draw() -> SimpleNamespace:
    """Operators of a page: `draw.text`, `draw.wide`, `draw.rule`, `draw.outlines`."""
    return SimpleNamespace(text=text, wide=wide, rule=rule, outlines=outlines)


@pytest.fixture
def emptied(tmp_path: Path) -> Path:
    """A PDF file without pages."""
    buffer = io.BytesIO()
    pikepdf.new().save(buffer)
    path = tmp_path / "empty.pdf"
    path.write_bytes(buffer.getvalue())
    return path
