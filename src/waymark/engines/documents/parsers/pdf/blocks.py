"""Lines of a PDF become blocks: headings, paragraphs, items of lists, rows of tables."""

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise

from waymark.engines.documents.model import Block
from waymark.engines.documents.parsers.pdf.glyphs import Fragment
from waymark.engines.documents.parsers.pdf.lines import Line
from waymark.engines.documents.parsers.pdf.order import DASHES, NUMBERING, SIGNS
from waymark.engines.documents.parsers.pdf.words import joined

ITEM = re.compile(rf"[{SIGNS}]{{1,2}}\s*\w|(?:[{DASHES}]|{NUMBERING})\s+\S")
DASHED = re.compile(rf"[{DASHES}]\s")
END = re.compile(r"[.!?:;。！？؟۔…][\"'”’»)\]]*\d{0,3}$")
MOST_WORDS = 30
"""A heading has no more words than this."""


@dataclass(frozen=True, slots=True)
class Body:
    """The size and ink of most letters of a document, and the usual distance of its lines in sizes."""

    size: float
    ink: int
    pitch: float


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
        return Body(0, 0, 1.2)
    size = min(sizes, key=lambda size: (-sizes[size], size))
    return Body(size, min(inks, key=lambda ink: (-inks[ink], ink)), _pitch(pages, size))


def _pitch(pages: list[list[Line]], size: float) -> float:
    """Usual distance of lines of the size of the text: that which 30 % of them do not exceed.

    The median would not do: in a document of short items most distances are those between paragraphs.
    """
    ratios = sorted(
        (line.top - last.top) / size
        for lines in pages
        for last, line in pairwise(lines)
        if last.region == line.region and abs(last.size - size) < 0.6 and abs(line.size - size) < 0.6
        if 0.9 * size < line.top - last.top < 2.2 * size
    )
    return ratios[int(0.3 * len(ratios))] if ratios else 1.2


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def headings_of(pages: list[list[Line]], body: Body) -> dict[Style, int]:
    """Level of each style of heading: the largest letters first, then bold ones of the size of the text.

    Sizes within 8 % count as one. Sizes seen on fewer than three lines of a long document (a cover, a logo) share the
    level of the next smaller ones.
    """
    counts = Counter(_style(line) for lines in pages for line in lines if _looks(line, body))
    rare = 3 if len(pages) > 20 else 1
    levels: dict[Style, int] = {}
    level, first, seen = 1, 0.0, 0
    for style in sorted(counts, reverse=True):
        size = style[0] if style[0] >= 1.15 * body.size else body.size
        if first and size < 0.92 * first:
            level += seen >= rare
            first, seen = size, 0 if seen >= rare else seen
        first = first or size
        seen += counts[style]
        levels[style] = min(level, 6)
    return levels


def _style(line: Line) -> Style:
    return _rounded(line.size), line.bold


def _looks(line: Line, body: Body) -> bool:
    """Whether the look of a line is that of a heading."""
    if line.cells or not any(letter.isalpha() for letter in line.text):
        return False
    if line.size >= 1.15 * body.size:
        return True
    return line.bold and line.size >= 0.95 * body.size


def blocks_of(
    lines: list[Line], page: int, body: Body, levels: dict[Style, int], known: Container[str] = ()
) -> list[Block]:
    """Blocks of one page; `known` holds the words of the document."""
    blocks: list[Block] = []
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group, line, body):
            blocks += _blocks(group, page, body, levels, known)
            group = []
        group.append(line)
    if group:
        blocks += _blocks(group, page, body, levels, known)
    return blocks


def _continues(group: list[Line], line: Line, body: Body) -> bool:
    """Whether a line belongs to the paragraph before it."""
    last = group[-1]
    if line.cells or last.cells:
        return False
    look, last_look = _looks(line, body), _looks(last, body)
    if look != last_look and _runs_on(last, line, body):
        return True
    if look != last_look or (look and _style(line) != _style(last)):
        return False
    if ITEM.match(line.text) and not look and (END.search(last.text) or not DASHED.match(line.text)):
        return False
    if line.region != last.region:
        return not END.search(last.text) and line.text[:1].islower() and not look
    pitch = line.top - last.top
    usual = max(1.6 if look else 1.4, 1.2 * body.pitch) * max(last.size, line.size)
    if len(group) > 1:
        usual = max(0.0, min(1.25 * (group[-1].top - group[-2].top), 2.2 * line.size))
    if pitch > usual or pitch < -line.size:
        return False
    if abs(line.size - last.size) > 0.2 * body.size:
        return False
    indent = line.left - group[-1].left
    return not (indent > 1.2 * line.size and END.search(last.text))


def _runs_on(last: Line, line: Line, body: Body) -> bool:
    """Whether a sentence goes on from bold to light or back: the same size, no gap, no new start."""
    near = last.region == line.region and line.top - last.top < 1.45 * line.size and line.top > last.top
    same = abs(line.size - last.size) < 0.1 * body.size
    return near and same and ((last.bold and line.lead) or (line.text[:1].islower() and not END.search(last.text)))


def _blocks(group: list[Line], page: int, body: Body, levels: dict[Style, int], known: Container[str]) -> list[Block]:
    """The block that a group of lines makes."""
    first = group[0]
    if first.cells:
        cells = [joined(cell, known) for cell in first.cells]
        text = " | ".join(cell for cell in cells if cell)
        return [Block("row" if len(cells) > 1 else "paragraph", text, page)] if text else []
    text = joined([line.text for line in group], known)
    if not any(map(str.isalnum, text)):
        return []
    if _is_heading(group, text, body):
        return [Block("heading", text, page, levels.get(_style(first), 6))]
    return [Block("item" if ITEM.match(text) else "paragraph", text, page)]


def _is_heading(group: list[Line], text: str, body: Body) -> bool:
    """Whether lines that stand together are a heading: by their look, short, and no sentence of the text's colour."""
    if not all(_looks(line, body) for line in group):
        return False
    words = len(text.split())
    if text.endswith((";", ",")) or words > MOST_WORDS:
        return False
    return not text.endswith(".") or (words <= 12 and group[0].ink != body.ink)


def turned_blocks(texts: list[Fragment], page: int) -> list[Block]:
    """Paragraphs of the turned text of a page, which stands apart from the rest."""
    found = [joined([text.text]) for text in texts]
    return [Block("paragraph", text, page) for text in found if len(text) > 1 and any(map(str.isalnum, text))]
