"""Lines of a PDF page: fragments side by side, from left to right or from right to left."""

import re
from dataclasses import dataclass, field, replace

from waymark.engines.documents.parsers.pdf.glyphs import Fragment

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(slots=True)
class Line:
    """A line of text in reading order. `cells` is filled for a row of a table. `region` changes with the column."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    lead: bool
    ink: int
    region: int = 0
    cells: list[list[str]] = field(default_factory=list)


def is_level(one: Fragment, other: Fragment) -> bool:
    """Whether two fragments stand on one line."""
    tall = max(one.bottom - one.top, other.bottom - other.top)
    return abs(one.top + one.bottom - other.top - other.bottom) < tall


def rows_of(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Fragments grouped into lines from the top down, each from left to right."""
    rows: list[list[Fragment]] = []
    for found in sorted(fragments, key=lambda one: (one.top + one.bottom, one.left)):
        if rows and _beside(rows[-1], found):
            rows[-1].append(found)
        else:
            rows.append([found])
    for row in rows:
        row.sort(key=lambda one: one.left)
    return rows


def _beside(row: list[Fragment], found: Fragment) -> bool:
    """Whether a fragment stands beside those of a line: at their height for the most part, and over none of them."""
    first = row[0]
    shared = min(first.bottom, found.bottom) - max(first.top, found.top)
    if shared < 0.35 * min(first.bottom - first.top, found.bottom - found.top):
        return False
    return is_level(first, found) or not any(overlap(other, found) for other in row)


def overlap(one: Fragment, other: Fragment) -> bool:
    """Whether two fragments share a stretch of the width."""
    return one.left < other.right and other.left < one.right


def top_of(row: list[Fragment]) -> float:
    """Upper edge of the fragments of a line."""
    return min(found.top for found in row)


def bottom_of(row: list[Fragment]) -> float:
    """Lower edge of the fragments of a line."""
    return max(found.bottom for found in row)


def runs_backwards(row: list[Fragment]) -> bool:
    """Whether a line runs from right to left."""
    text = "".join(found.text for found in row)
    return not text.isascii() and 2 * len(RIGHT_TO_LEFT.findall(text)) > sum(map(str.isalpha, text))


def line_of(row: list[Fragment], region: int) -> Line:
    """The fragments of a line as one."""
    if len(row) == 1:
        one = row[0]
        return Line(one.text, one.left, one.top, one.right, one.bottom, one.size, one.bold, one.lead, one.ink, region)
    main = max(row, key=lambda found: len(found.text))
    parts = row[::-1] if runs_backwards(row) else row
    return Line(
        text=" ".join(found.text for found in parts),
        left=min(found.left for found in row),
        top=top_of(row),
        right=max(found.right for found in row),
        bottom=bottom_of(row),
        size=main.size,
        bold=all(found.bold for found in row),
        lead=parts[0].lead,
        ink=main.ink,
        region=region,
    )


def joined_turned(fragments: list[Fragment]) -> list[Fragment]:
    """Turned letters joined into texts, in the order of the file, as far as they stand in one line."""
    texts: list[Fragment] = []
    for found in fragments:
        last = texts[-1] if texts else None
        width = found.right - found.left
        if last is None or abs(last.left - found.left) > 0.5 * width or abs(last.right - found.right) > 0.5 * width:
            texts.append(replace(found))
            continue
        gap = max(found.top - last.bottom, last.top - found.bottom)
        if gap > 2 * width:
            texts.append(replace(found))
            continue
        last.text += f" {found.text}" if gap > 0.1 * width else found.text
        last.top, last.bottom = min(last.top, found.top), max(last.bottom, found.bottom)
    return texts
