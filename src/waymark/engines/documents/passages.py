"""Cuts a parsed document into passages (stand-in while the real cutter is written)."""

from collections.abc import Callable

from waymark.engines.documents.model import SEPARATOR, CutDocument, ParsedDocument, Passage


def cut(parsed: ParsedDocument, *, language_of: Callable[[str], str]) -> CutDocument:
    """Cut at headings and at about 150 words."""
    parts, spans, at = [], [], 0
    for block in parsed.blocks:
        parts.append(block.text)
        spans.append((at, at + len(block.text)))
        at += len(block.text) + len(SEPARATOR)
    text = SEPARATOR.join(parts)
    passages: list[Passage] = []
    path: list[str] = []
    open_: list[int] = []
    pages = {page.index: page for page in parsed.pages}

    def close() -> None:
        if not open_:
            return
        start, end = spans[open_[0]][0], spans[open_[-1]][1]
        first = parsed.blocks[open_[0]]
        label = pages[first.page].label if first.page in pages else ""
        flags = sorted({flag for number in open_ for flag in getattr(pages.get(parsed.blocks[number].page), "flags", ())})
        words = text[start:end]
        passages.append(
            Passage(len(passages), words, start, end, language_of(words), first.page, label, first.locator, tuple(path), tuple(flags))
        )
        open_.clear()

    for number, block in enumerate(parsed.blocks):
        if block.kind == "heading":
            close()
            path[block.level - 1 :] = [block.text]
            continue
        open_.append(number)
        if sum(len(parsed.blocks[one].text.split()) for one in open_) > 150:
            close()
    close()
    languages = [passage.language for passage in passages]
    return CutDocument(parsed, text, tuple(passages), max(set(languages), key=languages.count) if languages else "")
