"""Quotations: a few words of a passage, never more than 40, cut at sentences where that is possible."""

import re
from collections.abc import Sequence

LIMIT = 40
"""Most words of one quotation. Short enough to cite a work that may not be passed on."""
ELLIPSIS = "…"
_UNIT = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]|[^\s\u3400-\u9fff\u3040-\u30ff]+")
"""What counts as one word: a run without blanks, or one character of a script without blanks (two make a word)."""
_SENTENCE_END = re.compile(r"[.!?؟。！？](?=\s|$)|[。！？]")


def count_words(text: str) -> float:
    """The number of words; two characters of Chinese or Japanese count as one."""
    return sum(0.5 if _wide(unit[0]) else 1 for unit in (match[0] for match in _UNIT.finditer(text)))


def holds(text: str, quotation: str) -> bool:
    """Whether each piece of `quotation` (pieces are parted by "…") stands in `text`, in this order."""
    at, plain = 0, " ".join(text.split())
    for piece in (" ".join(part.split()) for part in quotation.split(ELLIPSIS)):
        found = plain.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def quotation(text: str, around: Sequence[str] = (), limit: int = LIMIT) -> str:
    """At most `limit` words of `text`: the sentences about the words in `around`, else its first ones.

    Whole sentences when they fit; what is cut off is shown by "…". A passage that is short enough comes whole.
    """
    plain = " ".join(text.split())
    if count_words(plain) <= limit:
        return plain
    sentences = _sentences(plain)
    best = max(range(len(sentences)), key=lambda at: (_holding(plain[slice(*sentences[at])], around), -at))
    start, end = sentences[best]
    if count_words(plain[start:end]) > limit:
        start, end = _window(plain, start, end, around, limit)
    else:
        while best + 1 < len(sentences) and count_words(plain[start : sentences[best + 1][1]]) <= limit:
            best += 1
            end = sentences[best][1]
    before = ELLIPSIS + " " if start else ""
    after = " " + ELLIPSIS if end < len(plain) else ""
    return f"{before}{plain[start:end]}{after}"


def _wide(letter: str) -> bool:
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"


def _sentences(plain: str) -> list[tuple[int, int]]:
    """Start and end of each sentence."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(plain):
        if match.end() > start:
            spans.append((start, match.end()))
            start = match.end() + (match.end() < len(plain) and plain[match.end()] == " ")
    if start < len(plain):
        spans.append((start, len(plain)))
    return spans


def _holding(sentence: str, around: Sequence[str]) -> int:
    """How many of the words looked for stand in a sentence."""
    lower = sentence.lower()
    return sum(1 for word in around if word.lower() in lower)


def _window(plain: str, start: int, end: int, around: Sequence[str], limit: int) -> tuple[int, int]:
    """The part of one long sentence that begins a little before the first word looked for."""
    units = [match.span() for match in _UNIT.finditer(plain, start, end)]
    lower = plain.lower()
    hits = [found for word in around if (found := lower.find(word.lower(), start, end)) >= 0]
    first = max(sum(1 for unit in units if unit[1] <= min(hits)) - 8, 0) if hits else 0
    size, last = 0.0, first
    while last < len(units):
        size += 0.5 if _wide(plain[units[last][0]]) else 1
        if size > limit:
            break
        last += 1
    return units[first][0], units[last - 1][1]
