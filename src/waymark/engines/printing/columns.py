"""How a table's columns stand on paper: which are row heads, how wide each is, and a long list of years folded."""

import re
from collections.abc import Iterable
from dataclasses import replace

from waymark.engines.printing.blocks import Run, Runs, Table
from waymark.engines.printing.reading import words

FOLD_FROM, FOLDS = 9, 4
"""From how many years on a list is folded, and into how many pairs of columns."""
_MOST_LETTERS = 16
"""A longer number, such as a hash, may break: it would take the width from all other columns."""
_PIECES = re.compile(r"[^\s/–-]+[/–-]?")


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


def folded(table: Table) -> Table:
    """A long list of years as pairs of columns side by side, read line by line; other tables as they are."""
    if not is_years(table):
        return table
    empty: Runs = ()
    rows = []
    for start in range(0, len(table.rows), FOLDS):
        line = [cell for row in table.rows[start : start + FOLDS] for cell in row]
        rows.append((*line, *[empty] * (2 * FOLDS - len(line))))
    year, value = table.columns
    pair = (replace(year, align="end", width=1.3), replace(value, width=1.0))  # a year stands nearer to its own value
    return replace(table, columns=pair * FOLDS, rows=tuple(rows))


def widths(table: Table, room: float, size: float, margin: float) -> list[float]:
    """The width of each column in `room`: its share, and more where a word or a number would break.

    Numbers and the words of heads come first; as far as room is left, the words of the other cells stay whole too.
    `size` is that of the letters, `margin` what a cell keeps free at its sides; all in one unit, such as points. The
    letters are those of a wide sans face in bold (an estimate of ours), as the reader's own fonts are not known.
    """
    total = sum(column.width for column in table.columns)
    asked = [room * column.width / total for column in table.columns]
    needed, wished = [], []
    for place, column in enumerate(table.columns):
        runs = [run for row in table.rows for run in row[place]]
        pieces = [*_PIECES.findall(words(column.head)), *_whole(run for run in runs if run.kind != "text")]
        needed.append(_widest(pieces) * size + margin)
        wished.append(_widest([*pieces, *_whole(runs)]) * size + margin)
    if sum(needed) >= room:
        return [room * need / sum(needed) for need in needed]
    more = sum(wished) - sum(needed)
    part = min(1.0, (room - sum(needed)) / more) if more else 0.0
    needed = [need + part * (wish - need) for need, wish in zip(needed, wished, strict=True)]
    given = [max(share, need) for share, need in zip(asked, needed, strict=True)]
    slack = [width - need for width, need in zip(given, needed, strict=True)]
    over = sum(given) - room
    spare = sum(slack)
    return [width - over * (free / spare) if spare else width for width, free in zip(given, slack, strict=True)]


def _whole(runs: Iterable[Run]) -> list[str]:
    """The words of numbers, dates or texts that are not to break."""
    return [piece for run in runs for piece in _PIECES.findall(run.text) if len(piece) <= _MOST_LETTERS]


def _widest(pieces: Iterable[str]) -> float:
    return max(map(_ems, pieces), default=0.0)


def _ems(word: str) -> float:
    """The width of a word in ems, measured on DejaVu Sans Bold and rounded up."""
    narrow = sum(letter in "ijlIt.,:;'|()[]fr" for letter in word)
    wide = sum(letter in "mwMW%@" or letter.isupper() for letter in word)
    return 0.48 * narrow + 0.95 * wide + 0.72 * (len(word) - narrow - wide)
