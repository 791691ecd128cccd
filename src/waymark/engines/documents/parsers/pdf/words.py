"""Words of PDF lines: ligatures, hyphens at line ends, one form of each accented letter."""

import re
import unicodedata
from collections.abc import Container, Iterable

from waymark.engines.documents.parsers.pdf.glyphs import HYPHEN

LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), *range(0xFB13, 0xFB18))
}
"""Latin and Armenian ligatures and the letters they stand for."""

DROPPED = dict.fromkeys((0xAD, 0x200B, 0xFEFF, 0x2060, *range(0x09), *range(0x0E, 0x20), 0x7F))
"""Soft hyphens, joiners without width and control signs."""

TABLE = {**DROPPED, **LIGATURES, 0x2011: "-", 0x02D: "-"}

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SOFT_HYPHEN = "\xad"
REAL_HYPHEN = re.compile(r"[^\W\d_]{2,}[-‐‑]$")
ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2011\u2060\ufb00-\ufb06\ufb13-\ufb17\ufeff\ufffe]")
COMPOUNDS = """
non self well cross socio ex follow decision evidence rights child gender people whole community demi sous après avant
contre vice
"""
PREFIXES = frozenset(COMPOUNDS.split())
"""First parts of compounds that keep their hyphen when a line ends after it."""


def plain(text: str) -> str:
    """The text of a line with letters only: ligatures opened, accents in composed form, signs of control gone."""
    if text.isascii() and not ODD.search(text):
        return text
    return unicodedata.normalize("NFC", text.replace(HYPHEN, "-").translate(TABLE))


class Vocabulary:
    """The words of a document, which tell whether a hyphen at the end of a line belongs to a word."""

    def __init__(self, pages: Iterable[Iterable[str]]) -> None:
        """`pages` are the lines of each page; they are looked through only when a hyphen asks for it."""
        self._pages = pages
        self._words: set[str] | None = None

    def __contains__(self, word: object) -> bool:
        if self._words is None:
            self._words = {found.lower() for page in self._pages for line in page for found in WORD.findall(line)}
        return str(word).lower() in self._words


def joined(lines: list[str], known: Container[str] = ()) -> str:
    """Lines of one paragraph as one line of text; `known` holds the words of the document."""
    text = lines[0]
    for line in lines[1:]:
        text = _join(text, line, known)
    return " ".join(plain(text).split())


def _join(text: str, line: str, known: Container[str]) -> str:
    """Two lines as one."""
    if not text or not line:
        return text or line
    last, first = text[-1], line[0]
    if last == SOFT_HYPHEN:
        return text[:-1] + line
    if last == HYPHEN:
        text, last = f"{text[:-1]}-", "-"
    if last in "-‐‑" and REAL_HYPHEN.search(text):
        return text + line if _keeps_hyphen(text, line, known) else text[:-1] + line
    if last == "/" and "://" in text.rsplit(maxsplit=1)[-1]:
        return text + line
    if unspaced(last) and unspaced(first):
        return text + line
    return f"{text} {line}"


def _keeps_hyphen(text: str, line: str, known: Container[str]) -> bool:
    """Whether the hyphen at the end of `text` belongs to its word: by the words of the document, else by the word."""
    if not line[0].islower():
        return True
    before, after = WORD.findall(text[-60:-1]), WORD.findall(line[:60])
    part, rest = (before or [""])[-1].lower(), (after or [""])[0]
    if f"{part}-{rest}" in known:
        return True
    return part + rest not in known and (part in PREFIXES or "-" in part)


def unspaced(letter: str) -> bool:
    """Whether the letter is of a script written without spaces (Han, kana, their punctuation)."""
    code = ord(letter)
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF or code >= 0x20000
