"""Signs that cannot be seen and make words other than they look: found in all words at the door, before they are kept.

U+0000 cannot be stored everywhere; half of a surrogate pair is no letter and cannot be written out; the controls of
writing direction can show a text in another order than it is read. In a code none of them may stand. In a text, the
controls that embed or isolate a run of words may stand when each is closed in its own line; those that turn all letters
round (U+202D, U+202E) may not. The marks U+200E and U+200F, the Arabic mark U+061C and the joiners stay: languages need
them. Nothing is removed silently. Documents that others wrote are not refused for such signs: their text is cleaned.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from waymark.engines.files.refusing import THE_FILE
from waymark.gcm.errors import InputError

NAMES = {
    0x0000: "zero sign",
    0x202A: "left-to-right embedding",
    0x202B: "right-to-left embedding",
    0x202C: "end of embedding",
    0x202D: "left-to-right override",
    0x202E: "right-to-left override",
    0x2066: "left-to-right isolate",
    0x2067: "right-to-left isolate",
    0x2068: "isolate",
    0x2069: "end of isolate",
}
_SUSPECT = re.compile("[\u0000\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NEVER = re.compile("[\u0000\u202d\u202e\ud800-\udfff]")
_CLOSING = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}
DEEPEST = 125
"""How many runs may lie in one another (Unicode Standard Annex 9)."""
_LINE = re.compile("[\n\r\u0085\u2029]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A sign that may not stand where it does: its code point, its place in the text from 1, and the words around."""

    point: int
    at: int
    around: str

    @property
    def named(self) -> str:
        """The sign as a reader can look it up: "U+202E (right-to-left override)"."""
        name = "half of a surrogate pair" if 0xD800 <= self.point <= 0xDFFF else NAMES[self.point]
        return f"U+{self.point:04X} ({name})"


def fault(text: str, *, code: bool = False) -> Fault | None:
    """The first sign that may not stand in `text`, None when there is none. `code` is for codes and names of files."""
    if text.isascii() and "\0" not in text:
        return None
    found = _SUSPECT.search(text)
    if found is None:
        return None
    never = found if code else _NEVER.search(text)
    at = never.start() if never else _unclosed(text)
    if at < 0:
        return None
    around = _SUSPECT.sub("\ufffd", text[max(0, at - 20) : at + 20])
    return Fault(ord(text[at]), at + 1, " ".join(around.split()))


def _unclosed(text: str) -> int:
    """The place of the first control of direction that is not closed in its line or closes nothing, -1 when none is."""
    start = 0
    for line in _LINE.split(text):
        open_ones: list[int] = []
        for found in _SUSPECT.finditer(line):
            sign, at = found[0], start + found.start()
            if sign not in _CLOSING:
                open_ones.append(at)
            elif not open_ones or text[open_ones.pop()] not in _CLOSING[sign]:
                return at
            if len(open_ones) > DEEPEST:
                return at
        if open_ones:
            return open_ones[0]
        start += len(line) + 1
    return -1


def checked(text: str, *, given: str = THE_FILE, place: str = "", code: bool = False) -> str:
    """`text` when no such sign stands in it. Raises InputError naming the sign and its place."""
    found = fault(text, code=code)
    if found is None:
        return text
    problem = f'sign {found.at:,} of "{found.around}" is {found.named}, which cannot be seen'
    raise InputError(
        given,
        f"{problem} and can make words other than they look",
        expected="words without it",
        todo="Delete the sign, or type the words again.",
        place=place,
    )  # fmt: skip


def checked_tree(value: Any, *, place: str = "") -> None:
    """Check every text in lists and dictionaries, keys as codes. Raises InputError naming the sign and its place."""
    for text, where, code in _texts(value, place):
        checked(text, place=where, code=code)


def fault_in(value: Any) -> Fault | None:
    """The first fault of the texts in lists and dictionaries, keys as codes."""
    return next((found for text, _, code in _texts(value, "") if (found := fault(text, code=code))), None)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str, bool]]:
    """(text, place, whether it is a code) of every text."""
    waiting = [(value, place)]
    while waiting:
        one, where = waiting.pop()
        if isinstance(one, str):
            yield one, where, False
        elif isinstance(one, dict):
            for key, inner in one.items():
                yield str(key), where, True
                waiting.append((inner, f"{where}.{key}" if where else str(key)))
        elif isinstance(one, list | tuple):
            waiting.extend((inner, f"{where}[{number}]") for number, inner in enumerate(one))
