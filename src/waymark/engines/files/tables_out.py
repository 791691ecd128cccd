"""The one writer of CSV: every field that holds a control sign is quoted, and no text is run as a formula.

A spreadsheet takes a text for a formula when it begins with = + - @ (or their full-width forms), also after blanks and
unseen signs, and some programs take a line break in a text for a new row. So an apostrophe is put before such a text,
and before such a line in it. A text that has apostrophes there already gets one more, so `restored` gives back exactly
what was written. Numbers keep their sign.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_BLANKS = (
    " \t\u0000-\u0008\u000e-\u001b\u001f\u007f-\u0084\u0086-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u202a-\u202f"
    "\u205f-\u206f\u3000\ufeff"
)
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
_START = re.compile(f"[{_BREAKS}{_BLANKS}']*[{_SIGNS}]|'*[\t\r]")
_LINE = re.compile(f"(\r\n|[{_BREAKS}])(?=[{_BLANKS}']*[{_SIGNS}])")
_MARKED_LINE = re.compile(f"(\r\n|[{_BREAKS}])'(?=[{_BLANKS}']*[{_SIGNS}])")
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*(?:[eE][-+]?[0-9]{1,3})?")
_QUOTED = re.compile('[",;\u0000-\u001f\u007f-\u009f\u2028\u2029]|^[\\s\ufeff]|\\s$')


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file (UTF-8, comma, one header row, lines ended by a line feed); None is an empty cell."""
    return "".join(csv_lines(columns, rows)).encode("utf-8", "replace")


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of `csv_table` one by one, for what is too long to be held."""
    yield csv_line(columns)
    for row in rows:
        yield csv_line(row)


def csv_line(row: Sequence[object]) -> str:
    """One row with its line feed. A row of one empty cell is not an empty line, which readers would pass over."""
    fields = [_field(value) for value in row]
    return (",".join(fields) if fields != [""] else '""') + "\n"


def harmless(text: str) -> str:
    """`text` so that no program runs it or a line of it as a formula; `restored` undoes it."""
    text = _LINE.sub(r"\1'", text)
    return f"'{text}" if _START.match(text) and not _NUMBER.fullmatch(text) else text


def restored(text: str) -> str:
    """What `harmless` was given."""
    if text.startswith("'") and _START.match(text):
        text = text[1:]
    return _MARKED_LINE.sub(r"\1", text)


def _field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = harmless(value)
    elif isinstance(value, float):
        text = repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    else:
        text = str(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
