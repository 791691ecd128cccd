"""How much room a brief takes in an office program, reckoned for fonts that we do not know.

Where the named font is missing, programs put a wider one in its place. So letters are reckoned as wide as those of a
wide sans face (DejaVu Sans), and lines as high as those of the named font, which are high: what fits here fits in both.
"""

from math import ceil
from xml.etree import ElementTree

from waymark.engines.printing.columns import ems
from waymark.engines.printing.docx_words import NAMESPACES
from waymark.engines.printing.tokens import BRIEF_MARGIN_MM, PAGE_HEIGHT_MM, PAGE_MARGIN_MM

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
EMU, TWIP = 12700, 20
"""Of a point: units of drawings, and of space."""
LINE_HEIGHT = 1.22
"""Ems of a line of Calibri; common sans faces have less."""
PLAIN = 0.94
"""Of the width of bold letters, what running text takes, with the room lost at the ends of lines (measured)."""
RAISED = 0.6
CELL_SIDES = 6.0
"""Points that a cell keeps free at its sides, and above and below."""
HEAD_FROM = 10 / 25.4 * 72
"""Points from the edge of the page to the running head."""
PAGE = (PAGE_HEIGHT_MM - BRIEF_MARGIN_MM) / 25.4 * 72
"""Points from the upper edge to where the text of a page ends."""

Style = tuple[float, float, float, float]
"""Size of the letters, space above, space below, in points; height of a line in lines."""


class Reckoning:
    """Heights under one style sheet, in points."""

    def __init__(self, styles: str) -> None:
        root = ElementTree.fromstring(styles)
        defaults = root.find(f"{W}docDefaults")
        self.plain = _style(defaults, (10.0, 0.0, 0.0, 1.0)) if defaults is not None else (10.0, 0.0, 0.0, 1.0)
        self.styles: dict[str, Style] = {}
        for style in root.iter(f"{W}style"):
            based = style.find(f"{W}basedOn")
            parent = based.get(f"{W}val", "") if based is not None else ""
            self.styles[style.get(f"{W}styleId", "")] = _style(style, self.styles.get(parent, self.plain))

    def pages(self, body: str, head: str, width: float) -> list[float]:
        """How much of its page each part of a body takes that begins with a break of pages: 1 is the whole page.

        `width` is that of the text; `head` is the running head, which pushes the text down where it is high.
        """
        top = HEAD_FROM + sum(self.block(one, width) for one in _parsed(head)) + 4
        room = PAGE - max(BRIEF_MARGIN_MM / 25.4 * 72, top)
        parts = [0.0]
        for one in _parsed(body):
            if next(one.iter(f"{W}pageBreakBefore"), None) is not None:
                parts.append(0.0)
            parts[-1] += self.block(one, width)
        return [height / room for height in parts]

    def to_picture(self, body: str, head: str, width: float) -> float:
        """How much of a page the part from the first break of pages to the first picture takes; 0 without either."""
        drawn = body.find("<wp:extent")
        if drawn < 0:
            return 0.0
        every = _parsed(body[: body.index("</w:p>", drawn) + len("</w:p>")])  # a picture stands in no table
        starts = [at for at, one in enumerate(every) if next(one.iter(f"{W}pageBreakBefore"), None) is not None]
        ends = [at for at, one in enumerate(every) if next(one.iter(EXTENT), None) is not None]
        if not starts or not ends:
            return 0.0
        top = HEAD_FROM + sum(self.block(one, width) for one in _parsed(head)) + 4
        room = (PAGE_HEIGHT_MM - PAGE_MARGIN_MM) / 25.4 * 72 - max(PAGE_MARGIN_MM / 25.4 * 72, top)
        return sum(self.block(one, width) for one in every[starts[0] : ends[0] + 1]) / room

    def block(self, element: ElementTree.Element, width: float) -> float:
        """The height of a paragraph or a table."""
        if element.tag == f"{W}p":
            return self.paragraph(element, width)
        return sum(max(map(self.cell, row.findall(f"{W}tc"))) for row in element.findall(f"{W}tr"))

    def cell(self, cell: ElementTree.Element) -> float:
        """The height that a cell asks of its row."""
        width = float(next(cell.iter(f"{W}tcW")).get(f"{W}w", "0")) / TWIP
        return sum(self.paragraph(one, width - CELL_SIDES) for one in cell.findall(f"{W}p")) + CELL_SIDES

    def paragraph(self, paragraph: ElementTree.Element, width: float) -> float:
        """The height of a paragraph with the space around it."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self.styles.get(named.get(f"{W}val", "") if named is not None else "Normal", self.plain)
        size, above, below, line = _style(paragraph.find(f"{W}pPr"), style)
        picture = next(paragraph.iter(EXTENT), None)
        if picture is not None:
            return above + below + float(picture.get("cy", "0")) / EMU + 4
        length = sum(_length(run) for run in paragraph.iter(f"{W}r"))
        indent = 18.0 if named is not None and named.get(f"{W}val", "").startswith("List") else 0.0
        return above + below + max(1, ceil(length * size / (width - indent))) * size * LINE_HEIGHT * line


def _parsed(body: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(body if body.startswith("<w:hdr") else f"<w:body {NAMESPACES}>{body}</w:body>"))


def _length(run: ElementTree.Element) -> float:
    """The width of a run in ems of its paragraph."""
    named = run.find(f"{W}rPr/{W}rStyle")
    name = named.get(f"{W}val", "") if named is not None else ""
    bold = name == "Strong" or run.find(f"{W}rPr/{W}b") is not None
    share = (1.0 if bold else PLAIN) * (RAISED if name == "Citation" else 1.0)
    return share * ems("".join(text.text or "" for text in run.findall(f"{W}t")))


def _style(element: ElementTree.Element | None, parent: Style) -> Style:
    """What a style says itself, the rest from its parent."""
    size, above, below, line = parent
    if element is None:
        return parent
    letters, space = next(element.iter(f"{W}sz"), None), next(element.iter(f"{W}spacing"), None)
    if letters is not None:
        size = float(letters.get(f"{W}val", "20")) / 2
    if space is not None:
        above = float(space.get(f"{W}before", above * TWIP)) / TWIP
        below = float(space.get(f"{W}after", below * TWIP)) / TWIP
        line = float(space.get(f"{W}line", line * 240)) / 240
    return size, above, below, line
