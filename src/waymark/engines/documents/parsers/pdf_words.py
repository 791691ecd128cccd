"""Words of PDF lines: ligatures, hyphens at line ends, one form of each accented letter."""

import re
import unicodedata

from waymark.engines.documents.parsers.pdf_glyphs import HYPHEN

LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), *range(0xFB13, 0xFB18))
}
"""Latin and Armenian ligatures and the letters they stand for."""

DROPPED = dict.fromkeys((0xAD, 0x200B, 0xFEFF, 0x2060, *range(0x09), *range(0x0E, 0x20), 0x7F))
"""Soft hyphens, joiners without width and control signs."""

TABLE = {**DROPPED, **LIGATURES, 0x2011: "-", 0x02D: "-"}

REAL_HYPHEN = re.compile(r"[^\W\d_]{2,}[-‐‑]$")
ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2011\u2060\ufb00-\ufb06\ufb13-\ufb17\ufeff\ufffe]")
COMPOUNDS = """
non pre post co re anti multi inter intra self well full long short high low cross sub semi mid ex pro socio follow
decision evidence rights child gender people data whole demi auto sous après avant contre haut
"""
PREFIXES = frozenset(COMPOUNDS.split())
"""First parts of compounds that keep their hyphen when a line ends after it."""


def plain(text: str) -> str:
    """The text of a line with letters only: ligatures opened, accents in composed form, signs of control gone."""
    if text.isascii() and not ODD.search(text):
        return text
    return unicodedata.normalize("NFC", text.replace(HYPHEN, "-").translate(TABLE))


def joined(lines: list[str]) -> str:
    """Lines of one paragraph as one line of text."""
    text = lines[0]
    for line in lines[1:]:
        text = _join(text, line)
    return " ".join(plain(text).split())


def _join(text: str, line: str) -> str:
    """Two lines as one."""
    if not text or not line:
        return text or line
    last, first = text[-1], line[0]
    if last in "\xad\ufffe":
        return text[:-1] + line if first.islower() else f"{text[:-1]}-{line}"
    if last in "-‐‑" and REAL_HYPHEN.search(text):
        part = text.rstrip("-‐‑").rsplit(maxsplit=1)[-1].lower()
        if not first.islower() or part in PREFIXES or "-" in part:
            return text + line
        return text[:-1] + line
    if last == "/" and "://" in text.rsplit(maxsplit=1)[-1]:
        return text + line
    if unspaced(last) and unspaced(first):
        return text + line
    return f"{text} {line}"


def unspaced(letter: str) -> bool:
    """Whether the letter is of a script written without spaces (Han, kana, their punctuation)."""
    code = ord(letter)
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF or code >= 0x20000
