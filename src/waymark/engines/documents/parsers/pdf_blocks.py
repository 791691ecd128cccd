"""Lines of a PDF become blocks: headings, paragraphs, items of lists, rows of tables."""

import re
from collections import Counter
from dataclasses import dataclass

from waymark.engines.documents.model import Block
from waymark.engines.documents.parsers.pdf_order import MARKER, Line
from waymark.engines.documents.parsers.pdf_words import joined

ITEM = re.compile(rf"{MARKER.pattern}\s+\S")
END = re.compile(r"[.!?:;。！？؟۔…][\"'”’»)\]]*\d{0,3}$")
MOST_WORDS = 30
"""A heading has no more words than this."""


@dataclass(frozen=True, slots=True)
class Body:
    """The size and ink of most letters of a document."""

    size: float
    ink: int


Style = tuple[float, bool]
"""Size in half points, and bold."""


def body_of(pages: list[list[Line]]) -> Body:
    """The style of the running text: that of most letters."""
    sizes: Counter[float] = Counter()
    inks: Counter[int] = Counter()
    for lines in pages:
        for line in lines:
            sizes[_rounded(line.size)] += len(line.text)
            inks[line.ink] += len(line.text)
    if not sizes:
        return Body(0, 0)
    return Body(min(sizes, key=lambda size: (-sizes[size], size)), min(inks, key=lambda ink: (-inks[ink], ink)))


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def headings_of(pages: list[list[Line]], body: Body) -> dict[Style, int]:
    """Level of each style of heading, the largest first, bold before light."""
    styles = {_style(line) for lines in pages for line in lines if _looks(line, body)}
    ranked = sorted(styles, reverse=True)
    return {style: min(rank, 6) for rank, style in enumerate(ranked, 1)}


def _style(line: Line) -> Style:
    return _rounded(line.size), line.bold


def _looks(line: Line, body: Body) -> bool:
    """Whether the look of a line is that of a heading."""
    if line.cells or not any(letter.isalpha() for letter in line.text):
        return False
    if line.size >= 1.15 * body.size:
        return True
    return line.bold and line.size >= 0.95 * body.size


def blocks_of(lines: list[Line], page: int, body: Body, levels: dict[Style, int]) -> list[Block]:
    """Blocks of one page."""
    blocks: list[Block] = []
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group, line, body):
            blocks += _blocks(group, page, body, levels)
            group = []
        group.append(line)
    if group:
        blocks += _blocks(group, page, body, levels)
    return blocks


def _continues(group: list[Line], line: Line, body: Body) -> bool:
    """Whether a line belongs to the paragraph before it."""
    last = group[-1]
    if line.cells or last.cells:
        return False
    look, last_look = _looks(line, body), _looks(last, body)
    if look != last_look or (look and (_style(line) != _style(last) or line.ink != last.ink)):
        return False
    if ITEM.match(line.text) and not look:
        return False
    if line.region != last.region:
        return not END.search(last.text) and line.text[:1].islower() and not look
    pitch = line.top - last.top
    usual = 1.45 * max(last.size, line.size)
    if len(group) > 1:
        usual = max(0.0, min(1.25 * (group[-1].top - group[-2].top), 2.2 * line.size))
    if pitch > usual or pitch < -line.size:
        return False
    if abs(line.size - last.size) > 0.2 * body.size:
        return False
    indent = line.left - group[-1].left
    return not (indent > 1.2 * line.size and END.search(last.text))


def _blocks(group: list[Line], page: int, body: Body, levels: dict[Style, int]) -> list[Block]:
    """The block that a group of lines makes."""
    first = group[0]
    if first.cells:
        cells = [joined(cell) for cell in first.cells]
        text = " | ".join(cell for cell in cells if cell)
        return [Block("row" if len(cells) > 1 else "paragraph", text, page)] if text else []
    text = joined([line.text for line in group])
    if not text:
        return []
    if (
        all(_looks(line, body) for line in group)
        and len(text.split()) <= MOST_WORDS
        and not text.endswith((".", ";", ","))
    ):
        return [Block("heading", text, page, levels.get(_style(first), 6))]
    return [Block("item" if ITEM.match(text) else "paragraph", text, page)]
