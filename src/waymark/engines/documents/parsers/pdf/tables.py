"""Tables of a PDF page: whether columns are those of a table, and where its rows are cut."""

from itertools import pairwise
from statistics import median

from waymark.engines.documents.parsers.pdf.glyphs import Fragment
from waymark.engines.documents.parsers.pdf.lines import Line, is_level, line_of, rows_of, top_of
from waymark.engines.documents.parsers.pdf.shapes import Rule


def table_of(columns: list[list[Fragment]], rules: list[Rule]) -> list[list[list[Fragment]]] | None:
    """Rows of cells when the columns are those of a table, else None."""
    height = median(found.bottom - found.top for column in columns for found in column)
    within = _ruled(columns, rules, height)
    if within:
        return _cells(columns, within)
    strips = _strips(columns, height)
    if (_prose(columns) and len(strips) < 3) or all(_wordy(column) for column in columns):
        return None
    starts = _anchors(columns[0], [found for found in columns[-1] if found.text.isdigit()])
    cells = _cells(columns, strips if strips and len(strips) + 1 >= len(starts) else starts[1:])
    return cells if len(cells) > 1 else None  # one row is a label beside a title or a text


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
    rows = rows_of(column)
    pitches = sorted(top_of(low) - top_of(high) for high, low in pairwise(rows))
    usual = pitches[len(pitches) // 4] if pitches else 0.0
    for position, row in enumerate(rows):
        if position and top_of(row) - top_of(rows[position - 1]) <= 1.3 * usual:
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


def _anchors(column: list[Fragment], numbers: list[Fragment]) -> list[float]:
    """Tops of the rows of a table by its first column.

    A line of the column goes on with the one before it when it follows closely and its first word had no room there. In
    a column of single words each is a row, and so are lines that have each a number in the last column (`numbers`).
    """
    width = max(found.right for found in column) - min(found.left for found in column)
    single = sum(" " in found.text for found in column) < 0.3 * len(column)
    tops = []
    for stack in _stacks(column):
        lines = rows_of(stack)
        tops.append(top_of(lines[0]) - 2)
        for last, line in pairwise(lines):
            word = len(line[0].text.split(maxsplit=1)[0]) + 1
            room = width - (last[-1].right - last[0].left)
            fits = word * (line[0].right - line[0].left) / len(line[0].text) < room
            counted = all(any(is_level(number, each[0]) for number in numbers) for each in (last, line))
            if fits or counted or (single and not line[0].text[:1].islower()):
                tops.append(top_of(line) - 2)
    return tops


def _cells(columns: list[list[Fragment]], cuts: list[float]) -> list[list[list[Fragment]]]:
    """The fragments of each column between the cuts."""
    table: list[list[list[Fragment]]] = [[[] for _ in columns] for _ in range(len(cuts) + 1)]
    for number, column in enumerate(columns):
        for row in rows_of(column):
            middle = (row[0].top + row[0].bottom) / 2
            table[sum(middle > cut for cut in cuts)][number] += row
    return [row for row in table if any(row)]


def row_of(cells: list[list[Fragment]], region: int) -> Line:
    """A row of a table as a line."""
    filled = [cell for cell in cells if cell]
    flat = [found for cell in filled for found in cell]
    line = line_of(flat, region)
    if len(filled) > 1:
        line.cells = [[line_of(row, region).text for row in rows_of(cell)] for cell in filled]
    elif len(flat) > 1:
        line.cells = [[line_of(row, region).text for row in rows_of(filled[0])]]
    return line
