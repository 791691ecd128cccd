"""What every parser does to the words it reads, and how the name of a file is shown.

Text is kept in Unicode normal form C, without what cannot be seen: control characters, zero-width characters, marks of
writing direction. These marks can make words look other than they are, and a search would miss the words they split.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePath

from waymark.engines.documents.model import Block, BlockKind
from waymark.gcm.errors import InputError

LONGEST_BLOCK = 20_000
"""Characters; longer running text is divided at a space, so that one line of 50 MB stays bounded."""

LONGEST_ROW = 2_000
"""Characters; a longer row of a table is divided between cells."""

MOST_BLOCKS = 200_000
"""Blocks of one file; about 20,000 printed pages."""

LONGEST_NAME = 120
"""Characters of a file name that are shown."""

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINED = "[\u0600-\u1fff\u2600-\uffee\U0001f000-\U0001ffff]"
_JOINERS = re.compile(f"(?<!{_JOINED})[\u200c\u200d]+|[\u200c\u200d]+(?!{_JOINED})")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` on one line: normal form C, unseen characters removed, every run of white space one space.

    The joiners U+200C and U+200D stay between letters of scripts that need them (Persian, Hindi) and go elsewhere.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = _JOINERS.sub("", _UNSEEN.sub("", text))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def display_name(name: str | PurePath) -> str:
    """The name of a file as it may be shown: no folder, no control or direction marks, at most 120 characters.

    A direction mark in a name can make "cod.exe" look like "exe.doc". A long name keeps its beginning and its ending.
    """
    last = re.split(r"[/\\]", str(name).rstrip("/\\"))[-1]
    shown = "".join(" " if unicodedata.category(c) in ("Zs", "Zl", "Zp") else c for c in _DIRECTION.sub("", last))
    shown = "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs", "Cn") else c for c in shown)
    shown = clean(shown)
    if len(shown) > LONGEST_NAME:
        shown = f"{shown[: LONGEST_NAME - 21]}…{shown[-20:]}"
    return shown or "file without a name"


@dataclass(slots=True)
class Blocks:
    """Collects the blocks of one document in order, cleaned and bounded; empty ones are left out."""

    found: list[Block] = field(default_factory=list)

    def add(self, kind: BlockKind, text: str, *, level: int = 0, locator: str = "") -> bool:
        """Add a block of this text; say whether there was any. Raises InputError when the file has too many."""
        words = clean(text)
        if not words:
            return False
        for piece in divided(words, LONGEST_BLOCK):
            if len(self.found) >= MOST_BLOCKS:
                raise InputError(
                    "the file",
                    f"it has more than {MOST_BLOCKS:,} paragraphs or rows.",
                    expected="a document that people read.",
                    todo="Divide the file, or add it as statistics if it is a table of figures.",
                )
            self.found.append(Block(kind, piece, level=level, locator=locator))
        return True

    def add_row(self, cells: list[tuple[str, str]]) -> None:
        """Add a row of a table from (text, locator) of each cell. Empty cells are left out, a long row is divided."""
        held: list[str] = []
        size, place = 0, ""
        for text, locator in cells:
            words = clean(text)
            if not words:
                continue
            if held and size + len(words) > LONGEST_ROW:
                self.add("row", " | ".join(held), locator=place)
                held, size = [], 0
            place = place if held else locator
            held.append(words)
            size += len(words) + 3
        if held:
            self.add("row", " | ".join(held), locator=place)


def divided(text: str, longest: int) -> list[str]:
    """`text` in pieces of at most `longest` characters, cut at the last space where there is one."""
    pieces = []
    start = 0
    while len(text) - start > longest:
        cut = text.rfind(" ", start + 1, start + longest + 1)
        cut = cut if cut > start else start + longest
        pieces.append(text[start:cut].strip())
        start = cut
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]
