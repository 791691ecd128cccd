"""Reading order of a page: fragments become lines and rows of tables, columns one after the other.

The page is cut into bands. A band is a run of lines with a gutter that none of them crosses. Its columns are read one
after the other when they hold running text, and across, row by row, when they are cells of a table.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from waymark.engines.documents.parsers.pdf_glyphs import Fragment
from waymark.engines.documents.parsers.pdf_shapes import Rule

MARKER = re.compile(
    r"(?:[•‣▪▫■□●○◦◾◼➢➤►▶✓✔✗❑❒\-–—*·›»o]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]|\(?\d{1,2}(?:\.\d{1,2}){1,3}\.?)"
)
"""A mark that opens an item of a list and may stand apart from its text."""

NARROW = 0.55
"""A gutter narrower than this many line heights is no gutter."""


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


def order(fragments: list[Fragment], rules: list[Rule]) -> list[Line]:
    """Lines of a page in reading order."""
    lines: list[Line] = []
    _region(_join_markers(fragments), rules, lines, 0)
    return lines


def _join_markers(fragments: list[Fragment]) -> list[Fragment]:
    """Put list marks before the text on their line, wherever the file has them."""
    marks = [found for found in fragments if len(found.text) <= 8 and MARKER.fullmatch(found.text)]
    if not marks:
        return fragments
    gone: set[int] = set()
    for mark in marks:
        height = mark.bottom - mark.top
        best: Fragment | None = None
        for other in fragments:
            if other is mark or id(other) in gone or not _level(mark, other):
                continue
            if -1 <= other.left - mark.right < 5 * height and (best is None or other.left < best.left):
                best = other
        if best is not None:
            best.text = f"{mark.text} {best.text}"
            best.left = mark.left
            gone.add(id(mark))
    return [found for found in fragments if id(found) not in gone]


def _level(one: Fragment, other: Fragment) -> bool:
    """Whether two fragments stand on one line."""
    tall = max(one.bottom - one.top, other.bottom - other.top)
    return abs(one.top + one.bottom - other.top - other.bottom) < tall


def _rows(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Fragments grouped into lines from the top down, each from left to right."""
    rows: list[list[Fragment]] = []
    for found in sorted(fragments, key=lambda one: (one.top + one.bottom, one.left)):
        if rows and _level(rows[-1][0], found):
            rows[-1].append(found)
        else:
            rows.append([found])
    for row in rows:
        row.sort(key=lambda one: one.left)
    return rows


def _region(fragments: list[Fragment], rules: list[Rule], lines: list[Line], depth: int) -> None:
    """Append the lines of a region."""
    rows = _rows(fragments)
    number = lines[-1].region + 1 if lines else 0
    if depth > 4 or all(len(row) == 1 for row in rows):
        lines += [_line(row, number) for row in rows]
        return
    position = 0
    while position < len(rows):
        if len(rows[position]) == 1:
            lines.append(_line(rows[position], number))
            position += 1
            continue
        first, last, gutters = _band(rows, position)
        overlap = position - first
        if overlap:
            del lines[-overlap:]
        _emit(rows[first:last], gutters, rules, lines, depth)
        number = lines[-1].region + 1
        position = last


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


def _band(rows: list[list[Fragment]], start: int) -> tuple[int, int, list[tuple[float, float]]]:
    """First row, row after the last, and gutters of the band around row `start`."""
    height = median(found.bottom - found.top for found in rows[start])
    least = NARROW * height
    gutters = _gaps(rows[start])
    first, last = start, start + 1
    while last < len(rows):
        left = _two_sided(rows[last], _narrowed(gutters, rows[last], least))
        if not left or _top(rows[last]) - _bottom(rows[last - 1]) > 5 * height:
            break
        if len(rows[last]) == 1 and not _follows(rows[last][0], rows[first:last], height):
            break
        gutters = left
        last += 1
    while first > 0 and len(rows[first - 1]) == 1:
        above = rows[first - 1][0]
        left = _narrowed(gutters, [above], least)
        below = [found for row in rows[first:last] for found in row if _over(above, found)]
        if not left or not below or min(found.top for found in below) - above.bottom > 0.5 * height:
            break
        if above.size > 1.15 * below[0].size:
            break
        gutters = left
        first -= 1
    return first, last, gutters


def _two_sided(row: list[Fragment], gutters: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The gutters, unless a line of several fragments has none of its gaps among them."""
    if len(row) == 1:
        return gutters
    gaps = _gaps(row)
    if any(low < high_gap and low_gap < high for low, high in gutters for low_gap, high_gap in gaps):
        return gutters
    sides = {sum(found.left >= high - 0.1 for _, high in gutters) for found in row}
    return gutters if len(sides) == 1 else []


def _over(one: Fragment, other: Fragment) -> bool:
    """Whether two fragments share a stretch of the width."""
    return one.left < other.right and other.left < one.right


def _follows(found: Fragment, rows: list[list[Fragment]], height: float) -> bool:
    """Whether a lone fragment continues a column: near below a fragment of like size."""
    for row in reversed(rows[-8:]):
        for above in row:
            if _over(above, found):
                near = found.top - above.bottom <= 1.6 * height
                return near and found.size <= 1.15 * above.size
    return found.top - _bottom(rows[-1]) <= 2.5 * height


def _top(row: list[Fragment]) -> float:
    return min(found.top for found in row)


def _bottom(row: list[Fragment]) -> float:
    return max(found.bottom for found in row)


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
            if len(row) > 1 and max(high - low for low, high in _gaps(row) or [(0, 0)]) > 3 * row[0].size:
                lines += [_row([[found] for found in row], number)]
            else:
                lines.append(_line(row, number))
        return
    cells = _table(columns, rules)
    if cells is not None:
        lines += [_row(row, number) for row in cells]
        return
    for column in columns:
        _region(column, rules, lines, depth + 1)


def _table(columns: list[list[Fragment]], rules: list[Rule]) -> list[list[list[Fragment]]] | None:
    """Rows of cells when the columns are those of a table, else None."""
    left = min(found.left for column in columns for found in column)
    right = max(found.right for column in columns for found in column)
    top = min(found.top for column in columns for found in column)
    bottom = max(found.bottom for column in columns for found in column)
    inner = [max(found.right for found in column) for column in columns[:-1]]
    height = median(found.bottom - found.top for column in columns for found in column)
    within = [
        y
        for y, low, high in rules
        if top + 0.5 * height < y < bottom - 0.5 * height
        and low < left + 0.3 * (right - left)
        and high > max(inner)
        and high - low > 0.5 * (right - left)
    ]
    strips = _strips(columns, height)
    if _prose(columns) and len(within) < 1 and len(strips) < 3:
        return None
    if within:
        return _cells(columns, sorted(set(within)))
    starts = _anchors(columns, height)
    if strips and len(strips) + 1 >= 0.6 * len(starts):
        return _cells(columns, strips)
    return _cells(columns, starts[1:])


def _prose(columns: list[list[Fragment]]) -> bool:
    """Whether every column holds running text: several lines that mostly fill it."""
    for column in columns:
        width = max(found.right for found in column) - min(found.left for found in column)
        full = sum(found.right - found.left > 0.7 * width for found in column)
        if len(column) < 4 or full < 0.5 * len(column) or median(len(found.text) for found in column) < 14:
            return False
    return True


def _strips(columns: list[list[Fragment]], height: float) -> list[float]:
    """Heights of the empty strips that run through all columns."""
    spans = sorted((found.top, found.bottom) for column in columns for found in column)
    cuts, reached = [], spans[0][1]
    for top, bottom in spans[1:]:
        if top - reached > 0.2 * height:
            cuts.append((top + reached) / 2)
        reached = max(reached, bottom)
    return cuts


def _anchors(columns: list[list[Fragment]], height: float) -> list[float]:
    """Tops of the rows by the lines of the first column."""
    return [min(found.top for found in row) - 0.25 * height for row in _rows(columns[0])]


def _cells(columns: list[list[Fragment]], cuts: list[float]) -> list[list[list[Fragment]]]:
    """The fragments of each column between the cuts."""
    table: list[list[list[Fragment]]] = [[[] for _ in columns] for _ in range(len(cuts) + 1)]
    for number, column in enumerate(columns):
        for row in _rows(column):
            middle = (row[0].top + row[0].bottom) / 2
            table[sum(middle > cut for cut in cuts)][number] += row
    return [row for row in table if any(row)]


def _row(cells: list[list[Fragment]], region: int) -> Line:
    """A row of a table as a line."""
    filled = [cell for cell in cells if cell]
    flat = [found for cell in filled for found in cell]
    line = _line(flat, region)
    if len(filled) > 1:
        line.cells = [[_line(row, region).text for row in _rows(cell)] for cell in filled]
    elif len(flat) > 1:
        line.cells = [[_line(row, region).text for row in _rows(filled[0])]]
    return line


def _line(row: list[Fragment], region: int) -> Line:
    """The fragments of a line as one."""
    main = max(row, key=lambda found: len(found.text))
    return Line(
        text=" ".join(found.text for found in row),
        left=min(found.left for found in row),
        top=_top(row),
        right=max(found.right for found in row),
        bottom=_bottom(row),
        size=main.size,
        bold=all(found.bold for found in row),
        lead=row[0].lead,
        ink=main.ink,
        region=region,
    )
