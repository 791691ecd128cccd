"""Cutting a parsed document into passages: pieces of about 150 words that stay under one heading.

The stored text is the blocks joined by SEPARATOR; a passage is a slice of it. A passage never crosses a heading. It
ends at the end of a sentence where there is one within reach, else at the end of a block, else between two words.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from waymark.engines.documents.model import SEPARATOR, Block, CutDocument, Flag, Page, ParsedDocument, Passage

LEAST, MOST = 120, 180
"""Words of a passage. A section shorter than LEAST is one short passage."""

LETTERS_PER_WORD = 1.78
"""Han letters and kana that weigh as one word, so that a passage holds 200 to 320 of them."""

SHORT = 40
"""A remainder with fewer words joins the passage before it."""

UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]")
WORD = re.compile(r"\S+")
SENTENCE = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[”’」』）]*|[؟۔]+[\"'”’»)\]]*(?=\s|$)")
SENTENCE_ENDS = frozenset('.!?:;。！？؟۔…"”’»)]')
SHORTENED = """
para paras p pp no nos mr mrs ms dr prof st art arts cf ch chap ed eds e.g i.e etc al fig vol sec sect res doc inc ltd
co corp jan feb mar apr jun jul aug sep sept oct nov dec vs viz approx dept gen gov rev par pág págs núm núms sr sra
srs dra ud uds m mme mlle mm ex env г гг ст п пп рис см т.е т.д т.п др ред стр им
"""
ABBREVIATIONS = frozenset(SHORTENED.split())
"""Words, in small letters, after which a full stop does not end a sentence."""


@dataclass(slots=True)
class Piece:
    """A stretch of the stored text that is not cut further: a sentence or less. `block` is its block's position."""

    start: int
    end: int
    words: float
    block: int
    ends: bool
    """Whether a passage may end here without breaking a sentence."""


def cut(parsed: ParsedDocument, *, language_of: Callable[[str], str]) -> CutDocument:
    """Cut a parsed document into passages; `language_of` names the language of a text."""
    text, starts = stored_text(parsed.blocks)
    pages = {page.index: page for page in parsed.pages}
    passages: list[Passage] = []
    path: list[Block] = []
    section: list[Piece] = []

    def close() -> None:
        for group in _grouped(section):
            passages.append(_passage(text, group, parsed.blocks, pages, path, len(passages), language_of))
        section.clear()

    for position, block in enumerate(parsed.blocks):
        if block.kind == "heading":
            close()
            path[:] = [*(above for above in path if above.level < block.level), block]
        elif block.text:
            section += _pieces(block.text, starts[position], position)
            section[-1].ends = not _goes_on(parsed.blocks, position)
    close()
    counted = Counter(passage.language for passage in passages if passage.language)
    language = min(counted, key=lambda code: (-counted[code], code)) if counted else ""
    return CutDocument(parsed, text, tuple(passages), language)


def _goes_on(blocks: tuple[Block, ...], position: int) -> bool:
    """Whether the last sentence of a block goes on in the next, as it does over the end of a page or column."""
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    ended = blocks[position].text[-1] in SENTENCE_ENDS
    return following is not None and following.kind != "heading" and following.text[0].islower() and not ended


def stored_text(blocks: tuple[Block, ...]) -> tuple[str, list[int]]:
    """The one text of a document, and where each block starts in it."""
    starts, position = [], 0
    for block in blocks:
        starts.append(position)
        position += len(block.text) + len(SEPARATOR)
    return SEPARATOR.join(block.text for block in blocks), starts


def weight(text: str) -> float:
    """Length of a text in words; Han letters and kana count as parts of a word."""
    if text.isascii():
        return len(text.split())
    letters = len(UNSPACED.findall(text))
    if not letters:
        return len(text.split())
    return letters / LETTERS_PER_WORD + len(WORD.findall(UNSPACED.sub(" ", text)))


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a text without line breaks."""
    spans, start = [], 0
    for match in SENTENCE.finditer(text):
        if match[0].startswith(".") and not _ends_sentence(text, start, match.start(), match.end()):
            continue
        spans.append((start, match.end()))
        start = match.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _ends_sentence(text: str, start: int, dot: int, end: int) -> bool:
    """Whether the full stop at `dot` ends a sentence: not after an abbreviation, an initial or a bare number."""
    before = text[max(start, dot - 24) : dot].rsplit(maxsplit=1)[-1:]
    word = before[0].lstrip("([«“\"'").lower() if before else ""
    if (
        not word
        or word in ABBREVIATIONS
        or (len(word) == 1 and word.isalpha())
        or (word.isdigit() and dot - start <= 4)
    ):
        return False
    following = text[end:].lstrip()[:1]
    return not following.islower()


def _pieces(text: str, offset: int, block: int) -> list[Piece]:
    """Sentences of a block; a sentence longer than a passage is cut between words."""
    pieces = []
    for start, end in sentences(text):
        words = weight(text[start:end])
        if words <= MOST:
            pieces.append(Piece(offset + start, offset + end, words, block, True))
            continue
        parts = _chopped(text, start, end)
        pieces += [
            Piece(offset + low, offset + high, weight(text[low:high]), block, high == end) for low, high in parts
        ]
    return pieces


def _chopped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A long sentence in parts of at most MOST words."""
    parts, low, high, words = [], start, start, 0.0
    for match in re.finditer(
        r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][、，；。]?|[^\s\u2e80-\u9fff]+", text[start:end]
    ):
        share = 1 / LETTERS_PER_WORD if UNSPACED.match(match[0]) else 1.0
        if words + share > MOST and high > low:
            parts.append((low, high))
            low, words = start + match.start(), 0.0
        words += share
        high = start + match.end()
    parts.append((low, end))
    return parts


def _grouped(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces of one section in groups of LEAST to MOST words where it can be done."""
    groups: list[list[Piece]] = []
    group: list[Piece] = []
    words = 0.0
    for piece in pieces:
        full = bool(group) and words + piece.words > MOST
        if full or (words >= LEAST and piece.block != group[-1].block and group[-1].ends):
            # Half a sentence goes with its other half.
            kept = [group.pop()] if len(group) > 1 and not group[-1].ends and group[-2].ends else []
            groups.append(group)
            group, words = kept, sum(each.words for each in kept)
        group.append(piece)
        words += piece.words
    if groups and words < SHORT:
        groups[-1] += group
    elif group:
        groups.append(group)
    return groups


def _passage(
    text: str,
    group: list[Piece],
    blocks: tuple[Block, ...],
    pages: dict[int, Page],
    path: list[Block],
    position: int,
    language_of: Callable[[str], str],
) -> Passage:
    """The passage of a group of pieces."""
    start, end = group[0].start, group[-1].end
    first = blocks[group[0].block]
    flags: set[Flag] = set()
    for index in {blocks[piece.block].page for piece in group}:
        if index in pages:
            flags.update(pages[index].flags)
    words = text[start:end]
    return Passage(
        position=position,
        text=words,
        start=start,
        end=end,
        language=language_of(words),
        page=first.page,
        page_label=pages[first.page].label if first.page in pages else "",
        locator=first.locator,
        headings=tuple(block.text for block in path),
        flags=tuple(sorted(flags)),
    )
