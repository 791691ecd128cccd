"""How a child behind the wall speaks: one line of JSON for each thing it has to say.

The other side may be under the control of a hostile file, so nothing that comes is believed: sizes and counts are
bounded while reading, and every value is checked. JSON cannot run code, and one line at a time cannot fill the memory.
"""

import json
import re
import unicodedata
from abc import ABC, abstractmethod
from typing import Any

LONGEST_LINE = 2**20
"""Bytes of one line."""

LONGEST_WORDS = 2000
"""Characters of one part of a refusal."""

SAID = ("refused", "failed", "tried")
"""Lines that end a job otherwise than with a result; the child itself writes them (`child`)."""

_BLANKS = re.compile(r"\s+")


class BreachError(Exception):
    """What came from the child is not what its job sends; the words say why."""


def line(kind: str, *values: Any) -> bytes:
    """One line. Half characters, which UTF-8 does not know, become question marks."""
    return json.dumps([kind, *values], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


class Decoder(ABC):
    """Takes bytes as they come and hands each line to `take`.

    `noun` and `pieces` name in a refusal what is read and what it is made of. Raises BreachError as soon as something
    is not as the job sends it.
    """

    noun = "a result"
    pieces = "lines"
    most_lines = 400_000

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.taken = 0
        self.lines = 0
        self.rest = b""
        self.ended = False
        self.said: dict[str, list[str]] = {}

    @abstractmethod
    def take(self, kind: str, values: list[Any]) -> None:
        """Take one line. It raises ValueError or TypeError when it is not one that the job sends."""

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        self.taken += len(data)
        if self.taken > self.most_bytes:
            raise BreachError(f"it holds more than {self.most_bytes // 2**20} MB of text")
        *whole, self.rest = (self.rest + data).split(b"\n")
        if len(self.rest) > LONGEST_LINE:
            raise BreachError("one piece of it is longer than 1 MB")
        for each in whole:
            self._take(each)

    def _take(self, data: bytes) -> None:
        self.lines += 1
        if self.lines > self.most_lines:
            raise BreachError(f"it has more than {self.most_lines:,} {self.pieces}")
        if len(data) > LONGEST_LINE:
            raise BreachError("one piece of it is longer than 1 MB")
        try:
            kind, *values = json.loads(data)
            if kind in SAID:
                self.said[kind] = [shown(whole_text(value)) for value in values]
            elif self.ended:
                raise BreachError("more came after its end")
            else:
                self.take(kind, values)
        except (ValueError, TypeError, RecursionError, UnicodeError):
            raise BreachError(f"what the reader sent is not {self.noun}") from None


def shown(text: str) -> str:
    """Words of the other side as they may be shown: one line, nothing unseen, not without end."""
    text = _BLANKS.sub(" ", text[: 2 * LONGEST_WORDS]).strip()
    return "".join("\ufffd" if unicodedata.category(mark)[0] == "C" else mark for mark in text)[:LONGEST_WORDS]


def whole_text(value: Any) -> str:
    """A text that UTF-8 knows. Raises TypeError or UnicodeError."""
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half characters raise UnicodeError
    return value


def whole_number(value: Any, *, least: int = -1, most: int = 10**7) -> int:
    """A whole number in a range, no truth value. Raises ValueError."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError
    return value
