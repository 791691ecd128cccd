"""How a parsed document travels through the wall: one line of JSON for each block and page, each checked."""

from collections.abc import Iterator
from typing import Any, cast, get_args

from waymark.engines.documents.cleaning import clean
from waymark.engines.documents.model import Block, BlockKind, Flag, Page, ParsedDocument
from waymark.engines.files.walls.lines import BreachError, Decoder, line, whole_number, whole_text

_KINDS = frozenset(get_args(BlockKind))


def encode(parsed: ParsedDocument) -> Iterator[bytes]:
    """The lines of a document."""
    head = [parsed.media_type, parsed.title, parsed.language, parsed.parser, list(parsed.notes)]
    yield line("document", *head)
    for page in parsed.pages:
        yield line("page", page.index, page.label, [flag.value for flag in page.flags])
    for block in parsed.blocks:
        yield line("block", block.kind, block.text, block.page, block.level, block.locator)
    yield line("end", len(parsed.pages), len(parsed.blocks))


class DocumentDecoder(Decoder):
    """Takes the lines of a document. Raises BreachError as soon as something is not as `encode` writes it."""

    noun = "a document"
    pieces = "paragraphs and pages"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(most_bytes)
        self.head: list[Any] | None = None
        self.pages: list[Page] = []
        self.blocks: list[Block] = []

    def document(self) -> ParsedDocument:
        """The document, once its end has come (`ended`)."""
        if not self.ended or self.head is None:
            raise ValueError("the document has not come to its end")
        media_type, title, language, parser, notes = self.head
        return ParsedDocument(media_type, tuple(self.blocks), tuple(self.pages), title, language, parser, tuple(notes))

    def take(self, kind: str, values: list[Any]) -> None:
        """See `Decoder.take`."""
        if kind == "document" and self.head is None:
            self.head = _head(values)
        elif kind == "page":
            self.pages.append(_page(values))
        elif kind == "block":
            self.blocks.append(_block(values))
        elif kind == "end" and self.head is not None and values == [len(self.pages), len(self.blocks)]:
            self.ended = True
        else:
            raise BreachError("what the reader sent is out of order")


def _head(values: list[Any]) -> list[Any]:
    media_type, title, language, parser, notes = values
    if not isinstance(notes, list) or len(notes) > 100:
        raise ValueError
    words = [clean(whole_text(value))[:2000] for value in (media_type, title, language, parser)]
    return [*words, [clean(whole_text(note))[:2000] for note in notes]]


def _page(values: list[Any]) -> Page:
    index, label, flags = values
    if not isinstance(flags, list) or len(flags) > len(Flag):
        raise ValueError
    return Page(whole_number(index), clean(whole_text(label))[:100], tuple(Flag(whole_text(flag)) for flag in flags))


def _block(values: list[Any]) -> Block:
    kind, text, page, level, locator = values
    words = whole_text(text)
    if kind not in _KINDS:
        raise ValueError
    if len(words.splitlines()) > 1 or words != words.strip() or not words:
        words = clean(words)
        if not words:
            raise ValueError
    return Block(
        cast(BlockKind, kind), words, whole_number(page), whole_number(level), clean(whole_text(locator))[:200]
    )
