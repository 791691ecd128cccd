"""WordprocessingML in small: paragraphs, runs, fields and drawings as text, so that a whole body is parsed once.

Building each cell through an object model costs several times more than the rest of the DOCX together.
Order of properties: ECMA-376 part 1, CT_PPr and CT_RPr.
"""

import re
import unicodedata
from xml.sax.saxutils import escape

from waymark.engines.printing.reading import direction, printable

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
)
EMU_PER_PIXEL = 9525
"""English Metric Units in 1/96 inch."""
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension of a picture that names its SVG original (MS-ODRAWXML, svgBlip)."""
IN_NUMBER = re.compile(r"(?<=\d)-(?=\d)")
"""A hyphen as in 2025-08-04, after which office programs would break the line."""
RIGHT_TO_LEFT_CLASSES = frozenset({"R", "AL", "RLE", "RLO", "RLI"})


def escaped(text: str) -> str:
    """Text for XML, without characters that XML forbids."""
    return escape(printable(text), {'"': "&quot;"})


def language_mark(tag: str) -> str:
    """The language of a run: of its right-to-left side when the tag's script runs so."""
    attribute = "w:bidi" if direction(tag) == "rtl" else "w:val"
    return f'<w:lang {attribute}="{escaped(tag)}"/>' if tag else ""


def runs_right_to_left(text: str, bidi: bool) -> bool:
    """Whether a run is to be marked right-to-left: by its first strong letter, else, without digits, by its paragraph.

    A number alone stays unmarked, so that no program turns its parts round.
    """
    if text.isascii() and not bidi:
        return False
    digits = False
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in RIGHT_TO_LEFT_CLASSES:
            return True
        if kind == "L":
            return False
        digits = digits or kind in ("EN", "AN")
    return bidi and not digits


def run(text: str, properties: str = "", *, whole: bool = False) -> str:
    """A run with its properties; tabs and line ends become their elements; `whole`: no line breaks in its numbers."""
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    words = escaped(text)
    if "\n" in words or "\t" in words or "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        words = words.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        words = words.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    if whole and "-" in words:
        words = IN_NUMBER.sub('</w:t><w:noBreakHyphen/><w:t xml:space="preserve">', words)
    return f'<w:r>{marks}<w:t xml:space="preserve">{words}</w:t></w:r>'


def plain_run(text: str, bidi: bool) -> str:
    """A run of the frame around a paper."""
    return run(text, "<w:rtl/>" if runs_right_to_left(text, bidi) else "")


def paragraph(style: str, content: str, *, bidi: bool, before: str = "", after: str = "") -> str:
    """A paragraph in a style; `before` and `after` are properties that stand before and after the direction."""
    direction_mark = "<w:bidi/>" if bidi else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{before}{direction_mark}{after}</w:pPr>{content}</w:p>'


def field(instruction: str, shown: str = "", properties: str = "") -> str:
    """A field that the reader's program works out, and what it shows until then."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>{run(shown, properties)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(number: int, name: str) -> str:
    """A place that links and the contents lead to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def picture(number: int, alt: str, png: str, original: str, width: float, height: float) -> str:
    """A run with a chart: its PNG and its SVG original by relationship id, size in pixels, and alternative text."""
    extent = f'cx="{round(width * EMU_PER_PIXEL)}" cy="{round(height * EMU_PER_PIXEL)}"'
    name = f'id="{number}" name="chart-{number}" descr="{escaped(alt)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr {name}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{png}"><a:extLst><a:ext uri="{SVG_EXTENSION}">'
        f'<asvg:svgBlip r:embed="{original}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
