"""The objectives by round table, each with its name: a bar of what is completed, else how new its figures are."""

from dataclasses import dataclass
from typing import Literal

from waymark.engines.charts.drawing import NARROW, Canvas, Span, escape, text_width, wrapped
from waymark.engines.charts.model import StripCell
from waymark.engines.charts.strip import bar
from waymark.gcm.language import Direction

LINE = 13.0
WIDTH = 604
"""As wide as the text of a printed page."""
LETTERS, SAID = 11.2, 11.0
"""Sizes of the names and of what stands under them: the picture is printed as wide as it is drawn."""
BAR, THICK = 22.0, 13.0
ROOM = 1.14
"""Of the width of a name as reckoned, which is that of a wide face, what common faces leave free."""
LEAD, YEAR_LEAD = 22.0, 34.0
"""What a cell keeps for its bar, or its year, before the name."""
GAP = 10.0
BETWEEN = 7.0


@dataclass(frozen=True, slots=True)
class NamedCell:
    """An objective with its name, and what is said under it. `cell` has the bar, else `year` stands in its place.

    A year that is `new` is strong. `href` is where the paper speaks of the objective, "" where it does not.
    """

    number: int
    name: str
    says: tuple[Span, ...]
    cell: StripCell | None = None
    year: int | None = None
    new: bool = False
    href: str = ""

    @property
    def said(self) -> str:
        """The cell in words: number, name, year, and what is said under it."""
        year = f"{self.year}, " if self.year else ""
        return f"{self.number} {self.name}: {year}{''.join(span.text for span in self.says)}"


@dataclass(frozen=True, slots=True)
class NamedStrip:
    """Cells in groups such as round tables, in the order given, never by result."""

    title: str
    description: str
    groups: tuple[tuple[str, tuple[NamedCell, ...]], ...]
    language: str = "en"
    direction: Direction = "ltr"


def named_strip(strip: NamedStrip, key: str, columns: Literal[1, 2, 4] = 4) -> str:
    """The picture: groups side by side in so many columns, four as wide as a page, one or two for a narrow screen.

    With links it is a group of links, each named by what its cell says; without, it is one image.
    """
    canvas = Canvas(WIDTH if columns == 4 else NARROW, strip.direction)
    width = (canvas.width - (columns - 1) * GAP) / columns
    top, height = 0.0, 0.0
    for place, (label, cells) in enumerate(strip.groups):
        if place and place % columns == 0:
            top, height = height + 14, 0.0
        end = _group(canvas, label, cells, (place % columns) * (width + GAP), top, width)
        height = max(height, end)
    role = "group" if any(cell.href for _, cells in strip.groups for cell in cells) else "img"
    return canvas.svg(key, strip.title, strip.description, height, lang=strip.language, role=role)


def _group(canvas: Canvas, label: str, cells: tuple[NamedCell, ...], x: float, y: float, width: float) -> float:
    """One group below its label and a rule; returns where it ends."""
    if label:
        canvas.text(x, y + 11, Span(label), size=LETTERS, ink="muted")
        canvas.line((x, y + 16), (x + width, y + 16), "ink", 1.0)
        y += 22
    for cell in cells:
        y = _cell(canvas, cell, x, y, width) + BETWEEN
    return y


def _cell(canvas: Canvas, cell: NamedCell, x: float, y: float, width: float) -> float:
    """One objective, in a link when it has a page: its mark, number and name, and the line under them; returns where it
    ends."""
    opening = f'<a href="{escape(cell.href)}">' if cell.href else "<g>"
    canvas.parts.append(f"{opening}<title>{escape(cell.said)}</title>")
    if cell.cell is not None:
        bar(canvas, cell.cell, (x + THICK / 2, y), THICK, BAR)
    else:
        year = Span(str(cell.year), "date", str(cell.year), strong=cell.new) if cell.year else Span("–")
        canvas.text(x, y + 9, year, size=LETTERS, ink="ink" if cell.new else "muted")
    lead = LEAD if cell.cell is not None else YEAR_LEAD
    start = x + lead
    number = f"{cell.number} "
    indent = text_width(number, LETTERS)
    lines, _ = wrapped(cell.name, (width - lead - indent) * ROOM, LETTERS, 3)
    below = y + 9 + len(lines) * LINE
    end = max(below + 3, y + BAR if cell.cell is not None else below)
    if cell.href:
        canvas.area(x, y - BETWEEN / 2, (width, end - y + BETWEEN), framed=True)
    canvas.text(start, y + 9, Span(number, "numbering", strong=True), Span(lines[0]), size=LETTERS)
    for place, line in enumerate(lines[1:], start=1):
        canvas.text(start, y + 9 + place * LINE, Span(line), size=LETTERS)
    canvas.text(start, below, *cell.says, size=SAID, ink="muted")
    canvas.parts.append("</a>" if cell.href else "</g>")
    return end


__all__ = ["NamedCell", "NamedStrip", "named_strip"]
