"""How a table's columns stand on paper: which are row heads, how wide each is, and a long list of years folded."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations
from math import ceil, sqrt

from waymark.engines.printing.blocks import Run, Runs, Table
from waymark.engines.printing.reading import words

FOLD_FROM, FOLDS = 9, 4
"""From how many years on a list is folded, and into how many pairs of columns."""
_MOST_LETTERS = 16
"""A longer number, such as a hash, may break: it would take the width from all other columns."""
_MOST_MARKS = 3
"""Citation marks that stay in the line of their number: a longer row of them may break."""
_MARK = "\ue000"
"""Stands in measured text for a letter of a citation mark, which is raised and small."""
_PIECES = re.compile(r"[^ \t\n/–-]+(?:[/–-](?=\d)[^ \t\n/–-]*)*[/–-]?")
"""What stands whole in a line: no break in a span of years or in a number grouped with narrow spaces."""
_HEAD_LINES = 2
"""A head that takes no more lines than these needs no wider column."""
_EVEN = 2 / 3
"""Of an even share of the room, what a column of short texts may take for one line each before long texts take more."""
_GENTLE = 0.7
"""Power of what a column holds: below one, so that a column of names is not set word under word."""
_HALVINGS = 40
_STEPS = 40
"""Into how many steps the room is divided when columns exchange some of it."""


def is_years(table: Table) -> bool:
    """Whether a table is a long list of dates with one value each, which leaves most of a page's width empty.

    The last row may be another one, such as the target.
    """
    dated = all(any(run.kind == "date" for run in row[0]) for row in table.rows[:-1])
    return len(table.columns) == 2 and len(table.rows) >= FOLD_FROM and dated


def row_heads(table: Table) -> frozenset[int]:
    """The columns whose cells head a row, or the part of it after them: the first, and those with the same head."""
    if not table.row_headers:
        return frozenset()
    heads = [words(column.head) for column in table.columns]
    return frozenset(place for place, head in enumerate(heads) if place == 0 or (head and head == heads[0]))


def card_labels(table: Table) -> list[str]:
    """What each column is called where a row stands as a card: a head that others have too names the one before it."""
    heads = [words(column.head) for column in table.columns]
    return [f"{head} ({heads[at - 1]})" if at and heads.count(head) > 1 else head for at, head in enumerate(heads)]


def folded(table: Table, folds: int = FOLDS) -> Table:
    """A long list of years as pairs of columns side by side, read line by line; other tables as they are."""
    if not is_years(table):
        return table
    empty: Runs = ()
    rows = []
    for start in range(0, len(table.rows), folds):
        line = [cell for row in table.rows[start : start + folds] for cell in row]
        rows.append((*line, *[empty] * (2 * folds - len(line))))
    year, value = table.columns
    pair = (replace(year, align="end", width=1.3), replace(value, width=1.0))  # a year stands nearer to its own value
    return replace(table, columns=pair * folds, rows=tuple(rows))


def fitted(table: Table, room: float, size: float, margin: float) -> Table:
    """`folded` into as many pairs of columns as `room` holds without breaking a number; as `widths` measures."""
    for folds in range(FOLDS, 1, -1):
        made = folded(table, folds)
        if made == table or _numbers(made, size, margin) <= room:
            return made
    return table


def _numbers(table: Table, size: float, margin: float) -> float:
    """The width that the numbers of a table and the words of its heads ask for."""
    return sum(_need(table, place, size, margin).numbers for place in range(len(table.columns)))


@dataclass(frozen=True, slots=True)
class _Need:
    """What a column asks for: room for its numbers, for its words, for its cells in one line; how much it holds.

    `endless` is whether it holds a word, such as an address, that may have to break; `cells` is the length of each.
    """

    numbers: float
    words: float
    lines: float
    load: float
    endless: bool
    cells: tuple[float, ...]


def widths(table: Table, room: float, size: float, margin: float) -> list[float]:
    """The width of each column in `room`, by what its cells hold.

    Numbers with the citations after them and the words of heads come first; as far as room is left, the words of the
    other cells stay whole too. Where every cell fits in one line, the rest is given by the columns' shares. Otherwise
    the columns that hold most get most, up to their longest line, so that the rows need few lines.
    `size` is that of the letters, `margin` what a cell keeps free at its sides; all in one unit, such as points. The
    letters are those of a wide sans face in bold (an estimate of ours), as the reader's own fonts are not known.
    """
    needs = [_need(table, place, size, margin) for place in range(len(table.columns))]
    numbers = [need.numbers for need in needs]
    if sum(numbers) >= room:
        return [room * number / sum(numbers) for number in numbers]
    more = sum(need.words for need in needs) - sum(numbers)
    part = min(1.0, (room - sum(numbers)) / more) if more else 0.0
    least = [need.numbers + part * (need.words - need.numbers) for need in needs]
    if sum(need.lines for need in needs) <= room:
        return _by_share(table, room, [need.lines for need in needs])
    even = _EVEN * room / len(needs)
    named = [max(low, min(need.lines, even)) for need, low in zip(needs, least, strict=True)]
    least = named if sum(named) <= room else least
    return _lowered(_by_load(room, least, needs), least, needs, margin)


def keeps_words(table: Table, room: float, size: float, margin: float) -> bool:
    """Whether no word of the table need break at these `widths`, so that none has to be hyphenated."""
    needs = [_need(table, place, size, margin) for place in range(len(table.columns))]
    return sum(need.words for need in needs) <= room and not any(need.endless for need in needs)


def lines(table: Table, room: float, size: float, margin: float) -> int:
    """How many lines the rows of a table take at these `widths`, about."""
    needs = [_need(table, place, size, margin) for place in range(len(table.columns))]
    return sum(ceil(height) for height in _heights(widths(table, room, size, margin), needs, margin))


def _heights(given: Sequence[float], needs: Sequence[_Need], margin: float) -> list[float]:
    """The height of each row in lines, not rounded."""
    inner = [max(width - margin, margin, 1e-9) for width in given]
    rows = zip(*(need.cells for need in needs), strict=True)
    return [max(length / width for length, width in zip(row, inner, strict=True)) for row in rows]


def _lowered(given: list[float], least: Sequence[float], needs: Sequence[_Need], margin: float) -> list[float]:
    """The widths after room has gone, step by step, from one column to another as long as the rows become lower."""
    step = sum(given) / _STEPS
    height = sum(_heights(given, needs, margin))
    for _ in range(_STEPS):
        moves = []
        for source, target in permutations(range(len(given)), 2):
            if given[source] - step >= least[source] and given[target] < needs[target].lines:
                moved = list(given)
                moved[source] -= step
                moved[target] += step
                moves.append((sum(_heights(moved, needs, margin)), moved))
        lowest, moved = min(moves, default=(height, given))
        if lowest >= height * (1 - 1e-6):
            return given
        height, given = lowest, moved
    return given


def _by_share(table: Table, room: float, least: Sequence[float]) -> list[float]:
    """The columns' shares of `room`, but `least` for those whose share is smaller."""
    total = sum(column.width for column in table.columns)
    given = [max(room * column.width / total, need) for column, need in zip(table.columns, least, strict=True)]
    slack = [width - need for width, need in zip(given, least, strict=True)]
    over, spare = sum(given) - room, sum(slack)
    return [width - over * (free / spare) if spare else width for width, free in zip(given, slack, strict=True)]


def _by_load(room: float, least: Sequence[float], needs: Sequence[_Need]) -> list[float]:
    """Each column between what it needs at least and its longest line, in proportion to what it holds."""

    def given(scale: float) -> list[float]:
        return [min(max(scale * need.load, low), max(need.lines, low)) for need, low in zip(needs, least, strict=True)]

    low, high = 0.0, 1.0
    while sum(given(high)) < room and high < room * 2**_HALVINGS:
        high *= 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(given(middle)) < room else (low, middle)
    found = given(low)
    rest = room - sum(found)
    return [width + rest / len(found) for width in found]


def _need(table: Table, place: int, size: float, margin: float) -> _Need:
    """What one column asks for."""
    head = words(table.columns[place].head)
    heads = _PIECES.findall(head)
    cells = [row[place] for row in table.rows]
    valued = [_marked(runs[at]) for runs in cells for at in range(len(runs)) if runs[at].kind != "text"]
    texts = ["".join(map(_marked, runs)) for runs in cells]
    lengths = tuple(ems(text) * size for text in texts)
    lines = [length + margin for length in lengths]
    numbers = _widest([*heads, *_whole(valued)]) * size + margin
    wished = max(numbers, _widest(_whole(texts)) * size + margin)
    longest = max([*lines, ems(head) / _HEAD_LINES * size + margin, wished])
    load = (sqrt(sum(line * line for line in lines) / len(lines)) if lines else longest) ** _GENTLE
    endless = any(len(piece) > _MOST_LETTERS for text in texts for piece in _PIECES.findall(text.replace(_MARK, "")))
    return _Need(numbers, wished, longest, load, endless, lengths)


def _marked(run: Run) -> str:
    """The text of a run with its citation marks as they will be measured."""
    marks = "".join(_MARK * (len(str(number)) + 3) for number in run.cites[:_MOST_MARKS])
    return run.text + marks


def _whole(texts: Iterable[str]) -> list[str]:
    """The words and numbers of texts that are not to break, each with its marks."""
    pieces = [piece for text in texts for piece in _PIECES.findall(text)]
    return [piece for piece in pieces if len(piece.rstrip(_MARK)) <= _MOST_LETTERS]


def _widest(pieces: Iterable[str]) -> float:
    return max(map(ems, pieces), default=0.0)


@lru_cache(maxsize=16384)
def ems(word: str) -> float:
    """The width of a word in ems, measured on DejaVu Sans Bold and rounded up."""
    marks = word.count(_MARK)
    narrow = sum(letter in " ijlIt.,:;'|()[]fr\u202f" for letter in word)
    wide = sum(letter in "mwMW%@" or letter.isupper() for letter in word)
    return 0.42 * marks + 0.48 * narrow + 0.95 * wide + 0.72 * (len(word) - narrow - wide - marks)
