"""What the text of a cell means as a number: plain, grouped, missing or censored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MISSING = frozenset(
    {"", "..", "...", "…", "na", "n/a", "nan", "null", "none", "-", "–", "—", "~", "#n/a", "not available"}
)
"""Words for "no value" in the sources we read, compared in lower case."""

NOT_NUMBERS = frozenset({"N", "NV"})
"""UNSD codes in place of a value: N not significant, NV no valid value. Stored as qualifier, never assessed."""

_SPACES = re.compile("[ \u00a0\u2009\u202f]")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
}
_SPACED = {
    ".": re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:\.\d+)?"),
    ",": re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:,\d+)?"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's meaning: a number, a censored bound, or the key of the reason why it is neither."""

    number: float | None = None
    qualifier: str = ""
    bound: float | None = None
    reason: str = ""


@lru_cache(maxsize=65536)
def parse_value(text: str, decimal: str = ".") -> Value:
    """The meaning of a cell's text. `decimal` is the decimal sign of the file: ".", "," or "" when it is not known.

    "1,234" and "1 234" are grouped thousands; "12,5" in a file with decimal points is refused, as it could be either.
    Where the sign is not known, a text that means two numbers ("1,234") is refused as ambiguous.
    "<5" and ">95" keep the bound; "<=5" and "≥95" are refused rather than weakened to "<" and ">".
    """
    words = _SPACES.sub(" ", text).strip()
    if words.lower() in MISSING:
        return Value(reason="no-value")
    if words in NOT_NUMBERS:
        return Value(qualifier=words)
    words = words.replace("\u2212", "-").replace("≥", ">=").replace("≤", "<=")
    if words[:2] in ("<=", ">=") and parse_value(words[2:], decimal).number is not None:
        return Value(reason="inclusive-bound")
    sign = words[0] if words[0] in "<>" else ""
    bare = words[1:].lstrip() if sign else words
    found = {number for mark in (decimal or ".,") if (number := _number(bare, mark)) is not None}
    if len(found) != 1:
        return Value(reason="ambiguous" if found else "not-a-number")
    number = found.pop()
    return Value(qualifier=sign, bound=number) if sign else Value(number=number)


def decimal_of(texts: Iterable[str]) -> str:
    """The decimal sign that the texts of a column show between them: ".", "," or "" when they do not tell.

    A text tells when it is a number under one sign only ("12,5", "1.234,5", "0.25").
    """
    shown = set()
    for text in texts:
        bare = _SPACES.sub(" ", text).strip().lstrip("<>").lstrip()
        marks = [mark for mark in ".," if _number(bare, mark) is not None]
        if len(marks) == 1:
            shown.add(marks[0])
        if len(shown) > 1:
            return ""
    return shown.pop() if shown else ""


def _number(words: str, decimal: str) -> float | None:
    """The number that the words write under one decimal sign, else None. Never infinite."""
    if _SPACED[decimal].fullmatch(words):
        words = words.replace(" ", "")
    if _GROUPED[decimal].fullmatch(words):
        words = words.replace("," if decimal == "." else ".", "")
    elif decimal == "," and "." in words:
        return None
    words = words.replace(decimal, ".")
    if not _PLAIN.fullmatch(words):
        return None
    number = float(words)
    return number if abs(number) != float("inf") else None
