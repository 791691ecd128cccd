"""Reading order of a page: fragments become lines and rows of tables, columns one after the other.

The page is cut into bands. A band is a run of lines with a gutter that none of them crosses. Its columns are read one
after the other when they hold running text, and across, row by row, when they are cells of a table.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from waymark.engines.documents.parsers.pdf_glyphs import Fragment
from waymark.engines.documents.parsers.pdf_shapes import Rule

MARKER = re.compile(
    r"(?:[•‣▪▫■□●○◦◾◼➢➤►▶✓✔✗❑❒\-–—*·›»>o]{1,2}|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]|\(?\d{1,2}(?:\.\d{1,2}){1,3}\.?)"
)
"""A mark that opens an item of a list and may stand apart from its text."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")

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
    # A quotation mark or a row of dots set apart is an ornament.
    said = [found for found in fragments if any(map(str.isalnum, found.text)) or MARKER.fullmatch(found.text)]
    _region(_join_markers(said), rules, lines, 0)
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
        nearest = 5 * height
        for other in fragments:
            if other is mark or id(other) in gone or not _level(mark, other):
                continue
            distance = mark.left - other.right if _backwards([other]) else other.left - mark.right
            if -1 <= distance < nearest:
                best, nearest = other, distance
        if best is not None:
            best.text = f"{mark.text} {best.text}"
            best.left, best.right = min(mark.left, best.left), max(mark.right, best.right)
            best.holes = []
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
    bounds = min(found.left for found in fragments), max(found.right for found in fragments)
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
        _emit(bounds, rows[first:last], gutters, rules, lines, depth)
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
    gutters = _gaps(rows[start])
    first, last = start, start + 1
    while last < len(rows) and _top(rows[last]) - _bottom(rows[last - 1]) <= 5 * height:
        row, left = _fitted(rows[last], gutters, height)
        if not left or (len(row) == 1 and not _follows(row[0], rows[first:last], height)):
            break
        rows[last], gutters = row, left
        last += 1
    while first > 0 and len(rows[first - 1]) == 1:
        row, left = _fitted(rows[first - 1], gutters, height)
        if not left or not any(_leads(found, rows[first : first + 8], height) for found in row):
            break
        rows[first - 1], gutters = row, left
        first -= 1
    return first, last, gutters


def _fitted(
    row: list[Fragment], gutters: list[tuple[float, float]], height: float
) -> tuple[list[Fragment], list[tuple[float, float]]]:
    """A row, cut at wide gaps that lie in a gutter, and what it leaves free of the gutters."""
    parts = [part for found in row for part in _parted(found, gutters, height)]
    return parts, _two_sided(parts, _narrowed(gutters, parts, NARROW * height))


def _parted(found: Fragment, gutters: list[tuple[float, float]], height: float) -> list[Fragment]:
    """A fragment, in two when one of its wide gaps lies in a gutter that it crosses."""
    for low, high in gutters:
        if found.right <= low or found.left >= high:
            continue
        for position, left, right in found.holes:
            if min(high, right) - max(low, left) >= 0.35 * height:
                before = replace(found, text=found.text[:position].rstrip(), right=left, holes=[])
                after = replace(found, text=found.text[position:], left=right, holes=[])
                return [before, after]
    return [found]


def _leads(found: Fragment, rows: list[list[Fragment]], height: float) -> bool:
    """Whether a fragment above a band is the first line of one of its columns."""
    below = [other for row in rows for other in row if _over(found, other)]
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
    bounds: tuple[float, float],
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
            lines += _loose(row, bounds, number)
        return
    cells = _table(columns, rules)
    if cells is not None:
        lines += [_row(row, number) for row in cells]
        return
    if sum(map(_backwards, rows)) > 0.5 * len(rows):
        columns.reverse()
    for column in columns:
        _region(column, rules, lines, depth + 1)


def _loose(row: list[Fragment], bounds: tuple[float, float], number: int) -> list[Line]:
    """A line of several fragments that belong to no column.

    It is one line when the gaps are small or it fills the width as a justified line does; a row when it ends in a short
    cell; else lines of their own.
    """
    widest = max((high - low for low, high in _gaps(row)), default=0.0)
    short = len(row[-1].text) <= 6
    filled = row[0].left - bounds[0] < 2 and bounds[1] - row[-1].right < 2 and not row[-1].text.isdigit()
    if len(row) < 2 or widest <= 3 * row[0].size or (filled and widest <= 8 * row[0].size):
        return [_line(row, number)]
    if len(row) > 2 or short:
        return [_row([[found] for found in row], number)]
    return [_line([found], number + position) for position, found in enumerate(row)]


def _table(columns: list[list[Fragment]], rules: list[Rule]) -> list[list[list[Fragment]]] | None:
    """Rows of cells when the columns are those of a table, else None."""
    height = median(found.bottom - found.top for column in columns for found in column)
    within = _ruled(columns, rules, height)
    if within:
        return _cells(columns, within)
    strips = _strips(columns, height)
    if (_prose(columns) and len(strips) < 3) or all(_wordy(column) for column in columns):
        return None
    starts = _anchors(columns[0])
    if strips and len(strips) + 1 >= 0.6 * len(starts):
        return _cells(columns, strips)
    return _cells(columns, starts[1:])


def _ruled(columns: list[list[Fragment]], rules: list[Rule], height: float) -> list[float]:
    """Heights of the ruled lines between the rows: they run under most of the width of all columns."""
    every = [found for column in columns for found in column]
    left, right = min(found.left for found in every), max(found.right for found in every)
    top, bottom = min(found.top for found in every), max(found.bottom for found in every)
    spans: dict[int, list[tuple[float, float]]] = {}
    for y, low, high in rules:
        if top + 0.5 * height < y < bottom - 0.5 * height and high > left and low < right:
            spans.setdefault(round(y / 3), []).append((max(low, left), min(high, right)))
    found = []
    for level, parts in sorted(spans.items()):
        if _length(parts) > 0.7 * (right - left):
            found.append(3.0 * level)
    return [y for position, y in enumerate(found) if not position or y - found[position - 1] > 4]


def _length(spans: list[tuple[float, float]]) -> float:
    """Length that spans cover together."""
    total, reached = 0.0, float("-inf")
    for low, high in sorted(spans):
        total += max(0.0, high - max(low, reached))
        reached = max(reached, high)
    return total


def _wordy(column: list[Fragment]) -> bool:
    """Whether the cells of a column are texts of their own, not labels or values."""
    words = [sum(len(found.text.split()) for found in cell) for cell in _stacks(column)]
    return len(column) >= 2 * len(words) and median(words) >= 5


def _stacks(column: list[Fragment]) -> list[list[Fragment]]:
    """Lines of a column grouped where they follow closely."""
    stacks: list[list[Fragment]] = []
    rows = _rows(column)
    pitches = sorted(_top(low) - _top(high) for high, low in pairwise(rows))
    usual = pitches[len(pitches) // 4] if pitches else 0.0
    for position, row in enumerate(rows):
        if position and _top(row) - _top(rows[position - 1]) <= 1.3 * usual:
            stacks[-1] += row
        else:
            stacks.append(list(row))
    return stacks


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


def _anchors(column: list[Fragment]) -> list[float]:
    """Tops of the rows of a table by its first column.

    A line of the column goes on with the one before it when it follows closely and its first word had no room there. In
    a column of single words each is a row.
    """
    width = max(found.right for found in column) - min(found.left for found in column)
    single = sum(" " in found.text for found in column) < 0.3 * len(column)
    tops = []
    for stack in _stacks(column):
        lines = _rows(stack)
        tops.append(_top(lines[0]) - 2)
        for last, line in pairwise(lines):
            word = len(line[0].text.split(maxsplit=1)[0]) + 1
            room = width - (last[-1].right - last[0].left)
            fits = word * (line[0].right - line[0].left) / len(line[0].text) < room
            if fits or (single and not line[0].text[:1].islower()):
                tops.append(_top(line) - 2)
    return tops


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
    if len(row) == 1:
        one = row[0]
        return Line(one.text, one.left, one.top, one.right, one.bottom, one.size, one.bold, one.lead, one.ink, region)
    main = max(row, key=lambda found: len(found.text))
    parts = row[::-1] if _backwards(row) else row
    return Line(
        text=" ".join(found.text for found in parts),
        left=min(found.left for found in row),
        top=_top(row),
        right=max(found.right for found in row),
        bottom=_bottom(row),
        size=main.size,
        bold=all(found.bold for found in row),
        lead=parts[0].lead,
        ink=main.ink,
        region=region,
    )


def _backwards(row: list[Fragment]) -> bool:
    """Whether a line runs from right to left."""
    text = "".join(found.text for found in row)
    return not text.isascii() and 2 * len(RIGHT_TO_LEFT.findall(text)) > sum(map(str.isalpha, text))


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
