"""Reading order of a page: fragments become lines and rows of tables, columns one after the other.

The page is cut into bands. A band is a run of lines with a gutter that none of them crosses. Its columns are read one
after the other when they hold running text, and across, row by row, when they are cells of a table.
"""

import re
from dataclasses import replace
from itertools import pairwise
from statistics import median

from waymark.engines.documents.parsers.pdf.glyphs import Fragment
from waymark.engines.documents.parsers.pdf.lines import (
    Line,
    bottom_of,
    is_level,
    line_of,
    overlap,
    rows_of,
    runs_backwards,
    top_of,
)
from waymark.engines.documents.parsers.pdf.shapes import Rule
from waymark.engines.documents.parsers.pdf.tables import row_of, table_of

SIGNS = "•‣▪▫■□●○◦◾◼➢➤►▶✓✔✗❑❒·›>"
"""Bullets."""

DASHES = "-–—*"
"""Signs that may be bullets, and may be dashes at the beginning of a line."""

NUMBERING = r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]|\(?\d{1,2}(?:\.\d{1,2}){1,3}\.?"
"""Numbers and letters of items."""

MARKER = re.compile(rf"[{DASHES}{SIGNS}o»]{{1,2}}|{NUMBERING}")
"""A mark that opens an item of a list and may stand apart from its text."""

MOST_MARKS = 500
"""List marks put before their texts on one page; more are signs of another kind, and would take long."""

NARROW = 0.45
"""A gutter narrower than this many line heights is no gutter."""


def order(fragments: list[Fragment], rules: list[Rule]) -> list[Line]:
    """Lines of a page in reading order."""
    lines: list[Line] = []
    # A quotation mark or a row of dots set apart is an ornament.
    said = [found for found in fragments if any(map(str.isalnum, found.text)) or MARKER.fullmatch(found.text)]
    # Bold letters are sometimes made by printing the same ones twice.
    said = list({(found.text, round(found.left), round(found.top)): found for found in said[::-1]}.values())[::-1]
    _region(_join_markers(said), rules, lines, 0)
    return lines


def _join_markers(fragments: list[Fragment]) -> list[Fragment]:
    """Put list marks before the text on their line, wherever the file has them."""
    marks = [found for found in fragments if len(found.text) <= 8 and MARKER.fullmatch(found.text)]
    if not 0 < len(marks) <= MOST_MARKS:
        return fragments
    gone: set[int] = set()
    for mark in marks:
        height = mark.bottom - mark.top
        best: Fragment | None = None
        nearest = 5 * height
        for other in fragments:
            if other is mark or id(other) in gone or not is_level(mark, other):
                continue
            distance = mark.left - other.right if runs_backwards([other]) else other.left - mark.right
            if -1 <= distance < nearest:
                best, nearest = other, distance
        if best is not None:
            best.text = f"{mark.text} {best.text}"
            best.left, best.right = min(mark.left, best.left), max(mark.right, best.right)
            best.holes = []
            gone.add(id(mark))
    return [found for found in fragments if id(found) not in gone]


def _region(fragments: list[Fragment], rules: list[Rule], lines: list[Line], depth: int) -> None:
    """Append the lines of a region."""
    rows = rows_of(fragments)
    number = lines[-1].region + 1 if lines else 0
    if depth > 4 or all(len(row) == 1 for row in rows):
        lines += [line_of(row, number) for row in rows]
        return
    position = above = 0  # rows before `above` are in a band
    while position < len(rows):
        if len(rows[position]) == 1 or _justified(rows, position):
            lines.append(line_of(rows[position], number))
            position += 1
            continue
        first, last, gutters = _band(rows, position, above)
        overlap = position - first
        if overlap:
            del lines[-overlap:]
        if _accidental(rows[first:last]):
            lines += [line_of(row, number) for row in rows[first:last]]
        else:
            _emit(rows[first:last], gutters, rules, lines, depth)
            number = lines[-1].region + 1
        position = above = last


def _accidental(rows: list[list[Fragment]]) -> bool:
    """Whether a band is made by wide gaps of one or two justified lines that happen to agree."""
    split = [row for row in rows if len(row) > 1]
    edges = [row[0].left for row in rows if len(row) == 1]
    most = 3.0 if len(split) == 1 else 2.0
    if len(split) > 2 or not all(map(_even, split)):
        return False
    if any(high - low > most * row[0].size for row in split for low, high in _gaps(row)):
        return False
    return not edges or all(min(abs(row[0].left - left) for left in edges) < 2 for row in split)


def _gaps(row: list[Fragment]) -> list[tuple[float, float]]:
    """Free stretches between the fragments of a line."""
    return [(one.right, other.left) for one, other in pairwise(row) if other.left > one.right]


def _narrowed(gutters: list[tuple[float, float]], row: list[Fragment], least: float) -> list[tuple[float, float]]:
    """What the line leaves free of the gutters."""
    for found in row:
        kept = []
        for low, high in gutters:
            if found.right <= low or found.left >= high:
                kept.append((low, high))
                continue
            sides = [(low, min(high, found.left)), (max(low, found.right), high)]
            kept += [side for side in sides if side[1] - side[0] >= least]
        gutters = kept
    return gutters


def _band(rows: list[list[Fragment]], start: int, above: int) -> tuple[int, int, list[tuple[float, float]]]:
    """First row, row after the last, and gutters of the band around row `start`; it begins at row `above` or later."""
    height = median(found.bottom - found.top for found in rows[start])
    gutters = _gaps(rows[start])
    first, last = start, start + 1
    while last < len(rows) and top_of(rows[last]) - bottom_of(rows[last - 1]) <= 5 * height:
        row, left = _fitted(rows[last], gutters, rows[first:last], height)
        if (
            not left
            or _reshaped(rows[last - 1], row, gutters, left)
            or (len(row) == 1 and not _follows(row[0], rows[first:last], height))
        ):
            break
        rows[last], gutters = row, left
        last += 1
    while first > above and len(rows[first - 1]) == 1:
        row, left = _fitted(rows[first - 1], gutters, rows[first:last], height)
        if not left or not any(_leads(found, rows[first : first + 8], height) for found in row):
            break
        rows[first - 1], gutters = row, left
        first -= 1
    return first, last, gutters


def _fitted(
    row: list[Fragment], gutters: list[tuple[float, float]], band: list[list[Fragment]], height: float
) -> tuple[list[Fragment], list[tuple[float, float]]]:
    """A row, cut at wide gaps that lie in a gutter of the band, and what it leaves free of the gutters."""
    parts = [part for found in row for part in _parted(found, gutters, height)]
    if len(parts) > len(row) and not _inside(row, band, height):
        parts = row
    return parts, _two_sided(parts, _narrowed(gutters, parts, NARROW * height))


def _inside(row: list[Fragment], band: list[list[Fragment]], height: float) -> bool:
    """Whether a row begins within a band and has its size, so that its wide gaps may be those between cells."""
    flat = [found for other in band for found in other]
    starts = row[0].left > min(found.left for found in flat) - 0.5 * height
    return starts and all(abs(found.size - flat[0].size) < 0.1 * flat[0].size for found in row)


def _reshaped(
    above: list[Fragment],
    row: list[Fragment],
    gutters: list[tuple[float, float]],
    left: list[tuple[float, float]],
) -> bool:
    """Whether a row stands apart and has fewer columns of another width: the next row of a grid of boxes."""
    if not 1 < len(row) < len(gutters) + 1 or top_of(row) - bottom_of(above) < 4:
        return False
    return sum(high - low for low, high in left) < 0.4 * sum(high - low for low, high in gutters)


def _parted(found: Fragment, gutters: list[tuple[float, float]], height: float) -> list[Fragment]:
    """A fragment, in two when one of its wide gaps lies in a gutter that it crosses."""
    for low, high in gutters:
        if found.left > low or found.right < high:
            continue
        for position, left, right in found.holes:
            if min(high, right) - max(low, left) >= 0.35 * height:
                before = replace(found, text=found.text[:position].rstrip(), right=left, holes=[])
                after = replace(found, text=found.text[position:], left=right, holes=[])
                return [before, after]
    return [found]


def _leads(found: Fragment, rows: list[list[Fragment]], height: float) -> bool:
    """Whether a fragment above a band is the first line of one of its columns."""
    below = [other for row in rows for other in row if overlap(found, other)]
    if not below:
        return False
    near = min(other.top for other in below) - found.bottom <= 0.5 * height
    return near and found.size <= 1.15 * below[0].size


def _two_sided(row: list[Fragment], gutters: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The gutters, unless a line of several fragments has none of its gaps among them."""
    if len(row) == 1:
        return gutters
    gaps = _gaps(row)
    if any(low < high_gap and low_gap < high for low, high in gutters for low_gap, high_gap in gaps):
        return gutters
    sides = {sum(found.left >= high - 0.1 for _, high in gutters) for found in row}
    return gutters if len(sides) == 1 else []


def _follows(found: Fragment, rows: list[list[Fragment]], height: float) -> bool:
    """Whether a lone fragment continues a column: near below a fragment of like size."""
    for row in reversed(rows[-8:]):
        for above in row:
            if overlap(above, found):
                near = found.top - above.bottom <= 1.6 * height
                return near and found.size <= 1.15 * above.size
    return found.top - bottom_of(rows[-1]) <= 2.5 * height


def _emit(
    rows: list[list[Fragment]],
    gutters: list[tuple[float, float]],
    rules: list[Rule],
    lines: list[Line],
    depth: int,
) -> None:
    """Append a band: as table rows or as columns one after the other."""
    cuts = [high for _, high in sorted(gutters)]
    columns: list[list[Fragment]] = [[] for _ in range(len(cuts) + 1)]
    for row in rows:
        for found in row:
            columns[sum(found.left >= cut - 0.1 for cut in cuts)].append(found)
    columns = [column for column in columns if column]
    number = lines[-1].region + 1 if lines else 0
    if len(columns) < 2 or len(rows) == 1:
        for row in rows:
            lines += _loose(row, number)
        return
    cells = table_of(columns, rules)
    if cells is not None:
        lines += [row_of(row, number) for row in cells]
        return
    if sum(map(runs_backwards, rows)) > 0.5 * len(rows):
        columns.reverse()
    for column in columns:
        _region(column, rules, lines, depth + 1)


def _justified(rows: list[list[Fragment]], position: int) -> bool:
    """Whether the gaps of a line come from justification.

    A whole line of the same left edge stands close to it and runs across its gaps; for wide gaps it has the same width.
    """
    row = rows[position]
    gaps = _gaps(row)
    for other in rows[max(0, position - 1) : position] + rows[position + 1 : position + 2]:
        whole = other[0]
        if len(other) > 1 or not gaps or not _even(row) or abs(top_of(row) - whole.top) > 1.5 * whole.size:
            continue
        across = abs(whole.left - row[0].left) < 2 and whole.right > gaps[-1][1]
        narrow = all(high - low <= 3 * row[0].size for low, high in gaps)
        if across and (narrow or abs(whole.right - row[-1].right) < 2) and not row[-1].text.isdigit():
            return True
    return False


def _even(row: list[Fragment]) -> bool:
    """Whether all the gaps of a line are wide, as justification makes them; one may be that after a list mark."""
    return all(found.text.count(" ") <= len(found.holes) + 1 for found in row)


def _loose(row: list[Fragment], number: int) -> list[Line]:
    """A line of several fragments that belong to no column: one line when the gaps are small, a row when it ends in a
    short cell, else lines of their own."""
    widest = max((high - low for low, high in _gaps(row)), default=0.0)
    if len(row) < 2 or widest <= 3 * row[0].size:
        return [line_of(row, number)]
    if len(row) > 2 or len(row[-1].text) <= 6:
        return [row_of([[found] for found in row], number)]
    return [line_of([found], number + position) for position, found in enumerate(row)]
