"""What a parser gives and what a passage is: plain frozen values, and the Arrow schema in which passages travel.

Offsets count characters (Unicode code points) of the *stored text*: the one text of a document that `assemble` makes
from its blocks and that is kept beside the file for as long as somebody cites it.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row"]
"""A heading; running text; an item of a list; a row of a table, its cells joined by " | "."""

SEPARATOR = "\n\n"
"""What stands between two blocks in the stored text."""


class Flag(StrEnum):
    """What may be wrong with the text of a page. A flagged page says so wherever it is cited."""

    GLUED_WORDS = "glued_words"
    NO_TEXT = "no_text"
    OUTLINES = "outlines"
    GARBLED = "garbled"
    OCR = "ocr"
    TABLE = "table"
    CUT = "cut"

    @property
    def words(self) -> str:
        """What the flag says to a reader."""
        return FLAG_WORDS[self]


FLAG_WORDS = {
    Flag.GLUED_WORDS: "spaces between words may be missing",
    Flag.NO_TEXT: "a picture of a page without text (scan)",
    Flag.OUTLINES: "some lines are drawn as shapes, so the text may be incomplete",
    Flag.GARBLED: "letters may be wrong (the file does not say which letters its shapes are)",
    Flag.OCR: "read from a picture by a program (OCR), so letters may be wrong",
    Flag.TABLE: "taken from a table; the order of the cells may differ from the page",
    Flag.CUT: "the file is longer than the limit; the rest was not read",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document in reading order. `text` has no line breaks and no leading or trailing space.

    `level` is the depth of a heading from 1, and 0 for anything else. `page` is the index of its page from 0, or -1 in
    formats without pages. `locator` says where it stands when there is no page ("paragraph 12", "Sheet1!B4").
    """

    kind: BlockKind
    text: str
    page: int = -1
    level: int = 0
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its index from 0, the label printed on it or stored in the file ("" when none), and its flags."""

    index: int
    label: str = ""
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What a parser read from one file. `title` is what the file says of itself, "" when it says nothing.

    `language` is a BCP 47 tag when the file declares one, else "". `notes` are sentences for the person who added the
    file ("Macros were not run.").
    """

    media_type: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    title: str = ""
    language: str = ""
    parser: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the stored text that can be cited: text[start:end] of the document, never across a heading.

    `position` counts from 0. `page` is the index of the page where it starts (-1 without pages) and `page_label` the
    printed label. `headings` is the path of headings above it, the outermost first. `language` is that of the passage.
    """

    position: int
    text: str
    start: int
    end: int
    language: str = ""
    page: int = -1
    page_label: str = ""
    locator: str = ""
    headings: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class CutDocument:
    """A parsed document with its stored text and its passages. `language` is the one most passages are in."""

    parsed: ParsedDocument
    text: str
    passages: tuple[Passage, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One word, phrase or feature that decided, with its share of the score; `source` names the tier or rule."""

    text: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A provision that a passage speaks to: its code, a calibrated score from 0 to 1, and the reasons."""

    code: str
    score: float
    reasons: tuple[Reason, ...] = field(default=())
