"""How a parsed document travels from the sandbox: one line of JSON for each block and page.

The other side may be under the control of a hostile file, so nothing that comes is believed: sizes and counts are
bounded while reading, and every value is checked. JSON cannot run code, and one line at a time cannot fill the memory.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast, get_args

from waymark.engines.documents.cleaning import clean
from waymark.engines.documents.model import Block, BlockKind, Flag, Page, ParsedDocument

LONGEST_LINE = 2**20
"""Bytes of one line."""

MOST_LINES = 400_000
"""Blocks and pages of one document."""

_KINDS = frozenset(get_args(BlockKind))


class BreachError(Exception):
    """What came from the sandbox is not a document; the words say why."""


def encode(parsed: ParsedDocument) -> Iterator[bytes]:
    """The lines of a document."""
    head = [parsed.media_type, parsed.title, parsed.language, parsed.parser, list(parsed.notes)]
    yield line("document", *head)
    for page in parsed.pages:
        yield line("page", page.index, page.label, [flag.value for flag in page.flags])
    for block in parsed.blocks:
        yield line("block", block.kind, block.text, block.page, block.level, block.locator)
    yield line("end", len(parsed.pages), len(parsed.blocks))


def line(kind: str, *values: Any) -> bytes:
    """One line. Half characters, which UTF-8 does not know, become question marks."""
    return json.dumps([kind, *values], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


@dataclass(slots=True)
class Decoder:
    """Takes bytes as they come and gives the document, or the refusal, when all is there.

    Raises BreachError as soon as something is not as `encode` writes it.
    """

    most_bytes: int
    taken: int = 0
    lines: int = 0
    rest: bytes = b""
    head: list[Any] | None = None
    pages: list[Page] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    ended: bool = False
    other: dict[str, list[Any]] = field(default_factory=dict)

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

    def document(self) -> ParsedDocument | None:
        """The document, None when its end has not come."""
        if not self.ended or self.head is None:
            return None
        media_type, title, language, parser, notes = self.head
        return ParsedDocument(media_type, tuple(self.blocks), tuple(self.pages), title, language, parser, tuple(notes))

    def _take(self, data: bytes) -> None:
        self.lines += 1
        if self.lines > MOST_LINES:
            raise BreachError(f"it has more than {MOST_LINES:,} paragraphs and pages")
        try:
            kind, *values = json.loads(data)
            if kind in ("refused", "failed", "tried"):
                self.other[kind] = [clean(_text(value))[:2000] for value in values]
            elif self.ended:
                raise BreachError("more came after its end")
            elif kind == "document" and self.head is None:
                self.head = _head(values)
            elif kind == "page":
                self.pages.append(_page(values))
            elif kind == "block":
                self.blocks.append(_block(values))
            elif kind == "end" and values == [len(self.pages), len(self.blocks)]:
                self.ended = True
            else:
                raise BreachError("what the reader sent is out of order")
        except (ValueError, TypeError, RecursionError, UnicodeError):
            raise BreachError("what the reader sent is not a document") from None


def _head(values: list[Any]) -> list[Any]:
    media_type, title, language, parser, notes = values
    if not isinstance(notes, list) or len(notes) > 100:
        raise ValueError
    words = [clean(_text(value))[:2000] for value in (media_type, title, language, parser)]
    return [*words, [clean(_text(note))[:2000] for note in notes]]


def _page(values: list[Any]) -> Page:
    index, label, flags = values
    if not isinstance(flags, list) or len(flags) > len(Flag):
        raise ValueError
    return Page(_number(index), clean(_text(label))[:100], tuple(Flag(_text(flag)) for flag in flags))


def _block(values: list[Any]) -> Block:
    kind, text, page, level, locator = values
    words = _text(text)
    if kind not in _KINDS:
        raise ValueError
    if len(words.splitlines()) > 1 or words != words.strip() or not words:
        words = clean(words)
        if not words:
            raise ValueError
    return Block(cast(BlockKind, kind), words, _number(page), _number(level), clean(_text(locator))[:200])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half characters raise UnicodeError
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not -1 <= value <= 10**7:
        raise ValueError
    return value
