"""Files that people fill in, spoiled where their meaning lies: a value, a name, a cell, a row, not only a byte.

A JSON or YAML text is taken apart, changed and written again; so are the cells of a table or a workbook. What comes out
still reads as its format most of the time, so that what is spoiled reaches the reader of its noun.
"""

import copy
import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import yaml
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

TEXTS = (
    "", " ", "x", "0", "-1", "1e400", "NaN", "inf", "½", "١٢", "2024-02-30", "0000-00-00", "9999-12-31", "2199", "1,5",
    "<", ">", "<>", "true", "null", "gcm:", ":7", "gcm:7:7", "gcm 7", "../../up", "/abs", "=1+1", "a\tb", "a\nb\r\nc",
    "\0", "\x1b[31m", "\ud800", "\u202eabc", "\u2066", "\ufeff", "\u0130", "ß" * 80, "ა" * 301, "x" * 5_000,
    "'; DROP TABLE records_place; --", "%s%n{}{0.a}", "{en: x}", "[", '"', "&x;", "!!python/name:os.system", "*a",
)  # fmt: skip
"""Texts that a field may not be ready for."""

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, -0.0, 1e308, 2**31, 2**53 + 1, 2**63, 10**40, [], {}, [None], {"": ""}, [[]],
    {"en": 1}, {"xx": "x"}, [1, "1", None], {"format": 1},
)  # fmt: skip
"""Values that are of another kind than a field's."""

DEEP = 60


def odd_text(pick: random.Random) -> str:
    """A text that a field may not be ready for."""
    return pick.choice(TEXTS)


def spoiled_tree(tree: Any, pick: random.Random) -> Any:
    """A copy of a tree of lists, objects and values with a few faults."""
    changed = {"": copy.deepcopy(tree)}
    for _ in range(pick.choice((1, 1, 1, 2, 4))):
        holder, key = pick.choice(list(_places(changed)))
        act = pick.randrange(10)
        if act < 3:
            holder[key] = odd_text(pick)
        elif act < 5:
            holder[key] = copy.deepcopy(pick.choice(VALUES))
        elif act == 5:
            other, at = pick.choice(list(_places(changed)))
            holder[key] = copy.deepcopy(other[at])
        elif act == 6:
            for _ in range(pick.choice((1, 2, DEEP))):
                holder[key] = pick.choice(([holder[key]], {"en": holder[key]}))
        elif act == 7 and key != "":
            del holder[key]
        elif act == 8 and isinstance(holder, list):
            holder[key:key] = [copy.deepcopy(holder[key])] * pick.choice((1, 2, 300))
        elif isinstance(holder, dict) and key != "":
            holder[odd_text(pick)] = holder.pop(key)
    return changed[""]


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every value of a tree: what holds it, and under which name or number."""
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            yield holder, key
            if isinstance(value, dict | list):
                waiting.append(value)


def spoiled_rows(rows: list[list[Any]], pick: random.Random) -> list[list[Any]]:
    """A copy of a table with a few faults: in a cell, a row, a column or the head."""
    changed = [list(row) for row in rows]
    for _ in range(pick.choice((1, 1, 1, 2, 4))):
        at = pick.randrange(len(changed))
        row = changed[at]
        place = pick.randrange(max(1, len(row)))
        act = pick.randrange(10)
        if act < 5 and row:
            row[place] = odd_text(pick)
        elif act == 5:
            other = pick.choice(changed)
            row[place : place + 1] = other[place : place + 1]
        elif act == 6:
            row[place:place] = [odd_text(pick)] * pick.choice((1, 2, 300))
        elif act == 7:
            del row[place : place + pick.choice((1, 2, 99))]
        elif act == 8:
            changed[at:at] = [list(row)] * pick.choice((1, 2, 300))
        elif len(changed) > 1:
            del changed[at]
    return changed


def spoiled_json(seed: bytes, pick: random.Random) -> bytes:
    """A JSON text with faults in its values; NaN and halves of letters may come out."""
    return json.dumps(spoiled_tree(json.loads(seed), pick), ensure_ascii=pick.random() < 0.5).encode(
        "utf-8", "surrogatepass"
    )


def spoiled_yaml(seed: bytes, pick: random.Random) -> bytes:
    """A YAML text with faults in its values."""
    tree = spoiled_tree(yaml.safe_load(seed), pick)
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass")


def spoiled_csv(seed: bytes, pick: random.Random) -> bytes:
    """A table of texts with faults in its cells."""
    rows = list(csv.reader(io.StringIO(seed.decode("utf-8"), newline="")))
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator=pick.choice(("\n", "\r\n")), delimiter=pick.choice(",,,;\t")).writerows(
        spoiled_rows(rows, pick)
    )
    return held.getvalue().encode("utf-8", "surrogatepass")


def spoiled_xlsx(seed: bytes, pick: random.Random) -> bytes:
    """A workbook with faults in the cells of one sheet; numbers and truth values come in too."""
    book = openpyxl.load_workbook(io.BytesIO(seed))
    sheet = pick.choice(book.worksheets)
    rows = spoiled_rows([list(row) for row in sheet.iter_rows(values_only=True)] or [[]], pick)
    sheet.delete_rows(1, sheet.max_row)
    for at, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            if pick.random() < 0.002:
                value = pick.choice((0, -1, 1.5, 1e300, True, 45000))
            _put(sheet.cell(at, place), value)
    if pick.random() < 0.05:
        sheet.title = pick.choice(("Sheet", "x", "How to fill in"))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _put(cell: Any, value: Any) -> None:
    """Fill a cell; a text that XML cannot hold has question marks for those signs."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("?", value.encode("utf-8", "replace").decode("utf-8"))
    cell.value = value


SPOILED: dict[str, Callable[[bytes, random.Random], bytes]] = {
    ".json": spoiled_json,
    ".yaml": spoiled_yaml,
    ".csv": spoiled_csv,
    ".xlsx": spoiled_xlsx,
}
"""Ending of a file → what spoils its meaning."""
