"""What may be wrong with the text of a PDF page: scans, outlines, garbled letters, lost spaces.

Scans and outlines are found from the shapes of the page; only a page with next to no text and a large picture is drawn,
small, to tell a scan from a photograph. The thresholds were set on the real documents of docs/reference.
"""

import re
import unicodedata
from typing import Any

import numpy as np
import numpy.typing as npt

from waymark.engines.documents.model import Flag
from waymark.engines.documents.parsers.pdf.glyphs import Fragment, PageText
from waymark.engines.documents.parsers.pdf.shapes import PageShapes

OUTLINE_SEGMENTS = 60
"""Lines and curves of an outlined line of text for each stretch as long as it is high. Real ones: 165 to 265; banners,
arrows and frames that are three times as long as high: under 30."""

OUTLINE_LETTERS = 40
"""Letter-sized shapes in rows that make a page one with outlined text; the longest logo seen has 32."""

INLINE_LETTERS = 4
"""Letter-sized shapes within lines of text that make a page one with outlined text."""

MOST_INLINE = 300
"""Shapes looked at for being part of a word."""

ROW_LETTERS = 12
"""Letter-sized shapes on one base line that make a row."""

SCAN_LETTERS = 100
"""A page with fewer letters may be a scan: a stamp or a page number over the picture does not make it text."""

SCAN_COVER = 0.5
"""Share of the page that its pictures cover on a scan."""

PAPER = 0.5
"""Share of a scan that is paper: within 24 grey levels of the most frequent one. Photographs have less."""

INK = (0.002, 0.4)
"""Share of a scan that is darker than the paper by 48 levels or more: under it is an empty page, over it a picture."""

GARBLED_LETTERS = 0.05
"""Share of letters that stand for none that makes a page garbled."""

VOWELS = (0.2, 0.65)
"""Share of vowels among Latin letters in any language that we read: English .38, French .45, Spanish .47."""

FLIPPED_WORDS = 0.12
"""Share of words with a capital after a small letter that makes a page garbled: fonts that draw other letters."""

GLUED_WORDS = 0.012
"""Share of words that look like several that makes a page one with glued words."""

LONG_WORD = 26
"""Letters of a word that is more likely several. The longest words in use, in German or Finnish, are rarer."""

LATIN_LETTERS = "".join(chr(code) for code in range(0x41, 0x100) if chr(code).isalpha()).encode("latin-1")
VOWEL_LETTERS = "aeiouyAEIOUYàáâãäåæèéêëìíîïòóôõöøùúûüýÿÀÁÂÃÄÅÆÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ".encode("latin-1")
FLIP = re.compile("[a-zà-öø-ÿ][A-ZÀ-ÖØ-Þ]")
SMALL, CAPITAL = "a-zà-öø-ÿа-яё", "A-ZÀ-ÖØ-ÞА-ЯЁ"
GLUED = re.compile(rf"[{SMALL}]{{3}}[{CAPITAL}][{SMALL}]{{2}}|[{SMALL}{CAPITAL}]{{{LONG_WORD}}}")
ADDRESS = re.compile(r"[/@]|\w\.\w")
LEAST_LETTERS = 150
"""Letters below which shares say nothing."""


def flags_of(page: Any, text: PageText, shapes: PageShapes) -> list[Flag]:
    """Flags of an open pypdfium2 page from its letters and shapes."""
    flags = []
    words = " ".join(found.text for found in text.fragments)
    if text.letters < SCAN_LETTERS and _covered(text, shapes) >= SCAN_COVER and _scan(page):
        flags.append(Flag.NO_TEXT)
    if outlined(text, shapes):
        flags.append(Flag.OUTLINES)
    if garbled(words, text):
        flags.append(Flag.GARBLED)
    elif glued(words):
        flags.append(Flag.GLUED_WORDS)
    return flags


def _covered(text: PageText, shapes: PageShapes) -> float:
    """Share of the page that pictures cover, overlaps counted twice."""
    if not len(shapes.images):
        return 0.0
    limits = np.array([text.width, text.height, text.width, text.height], np.float32)
    boxes = np.clip(shapes.images, 0, limits)
    area = ((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).sum()
    return float(area) / max(1.0, text.width * text.height)


def _scan(page: Any) -> bool:
    """Whether a picture of the page is one of paper with ink."""
    width, height = page.get_size()
    bitmap = page.render(scale=min(1.0, 600 / max(width, height, 1)), grayscale=True)
    try:
        return paper(np.array(bitmap.to_numpy()).reshape(bitmap.height, -1))
    finally:
        bitmap.close()


def paper(grey: npt.NDArray[np.uint8]) -> bool:
    """Whether a grey picture shows paper with ink on it."""
    counts = np.bincount(grey.ravel(), minlength=256) / grey.size
    most = int(np.argmax(np.convolve(counts, np.ones(9), "same")))
    near = counts[max(0, most - 24) : most + 25].sum()
    ink = counts[: max(0, most - 48)].sum()
    return bool(most > 100 and near >= PAPER and INK[0] <= ink <= INK[1])


def outlined(text: PageText, shapes: PageShapes) -> bool:
    """Whether lines of text are drawn as shapes, with no letters at their place."""
    if not len(shapes.paths):
        return False
    left, top, right, bottom = shapes.paths.T
    wide, high = right - left, bottom - top
    seen = (left < text.width) & (right > 0) & (top < text.height) & (bottom > 0) & (high > 3) & (high < 40)
    whole = seen & (wide >= 3 * high) & (shapes.segments >= OUTLINE_SEGMENTS * wide / np.maximum(high, 1e-3))
    if any(not _lettered(box, text.fragments) for box in shapes.paths[whole].tolist()):
        return True
    drawn = seen & (shapes.segments >= 7) & (wide < 2 * high)
    if _among_letters(shapes.paths[drawn], text.fragments) >= INLINE_LETTERS:
        return True
    single = seen & (shapes.segments >= 7) & (shapes.segments <= 400) & (wide < 2 * high) & (high < 25)
    if single.sum() < OUTLINE_LETTERS:
        return False
    return _rows_of_letters(shapes.paths[single], text.fragments) >= OUTLINE_LETTERS


def _among_letters(boxes: npt.NDArray[np.float32], fragments: list[Fragment]) -> int:
    """How many letter-sized shapes fill a gap of a line of text: a ligature that the file draws."""
    total = 0
    for left, top, right, bottom in boxes.tolist()[:MOST_INLINE]:
        level = [
            found
            for found in fragments
            if found.top < (top + bottom) / 2 < found.bottom
            and 0.3 < (bottom - top) / (found.bottom - found.top) < 1.1
            and found.left < left + 1
            and right - 1 < found.right + (right - left) + 3
        ]
        total += any(_in_gap(found, left, right) for found in level)
    return total


def _in_gap(found: Fragment, left: float, right: float) -> bool:
    """Whether a shape lies in a gap between two words of a fragment or just at its end, close to a letter."""
    if abs(left - found.right) < 1.5 and right > found.right:
        return True
    return any(low - 1 <= left and right <= high + 1 for _, low, high in found.holes)


def _lettered(box: list[float], fragments: list[Fragment]) -> bool:
    """Whether letters stand where the shape is."""
    left, top, right, bottom = box
    shared = sum(
        max(0.0, min(right, found.right) - max(left, found.left))
        for found in fragments
        if found.top < (top + bottom) / 2 < found.bottom
    )
    return shared > 0.5 * (right - left)


def _rows_of_letters(boxes: npt.NDArray[np.float32], fragments: list[Fragment]) -> int:
    """How many letter-sized shapes stand close together on common base lines."""
    total = 0
    for base in np.unique(np.round(boxes[:, 3] / 1.5)):
        row = boxes[np.round(boxes[:, 3] / 1.5) == base]
        row = row[np.argsort(row[:, 0])]
        close = (row[1:, 0] - row[:-1, 2]) < 1.5 * (row[1:, 3] - row[1:, 1])
        apart = (row[1:, 0] - row[:-1, 0]) > 0.3
        if len(row) < ROW_LETTERS or (close & apart).sum() < ROW_LETTERS - 1:
            continue
        span = [float(row[0, 0]), float(row[:, 1].min()), float(row[-1, 2]), float(row[:, 3].max())]
        if not _lettered(span, fragments):
            total += len(row)
    return total


def garbled(words: str, text: PageText) -> bool:
    """Whether the letters are likely not those that the page shows."""
    if text.letters and text.unmapped > GARBLED_LETTERS * text.letters:
        return True
    odd = 0 if words.isascii() else sum(words.count(letter) for letter in set(words) if _odd(letter))
    if text.letters and odd > max(2, GARBLED_LETTERS * text.letters):
        return True
    known = words.encode("latin-1", "ignore")
    latin = len(known) - len(known.translate(None, LATIN_LETTERS))
    if latin < LEAST_LETTERS or latin < 0.4 * text.letters:
        return False
    vowels = len(known) - len(known.translate(None, VOWEL_LETTERS))
    if not VOWELS[0] <= vowels / latin <= VOWELS[1]:
        return True
    return len(FLIP.findall(words)) > FLIPPED_WORDS * (words.count(" ") + 1)


def _odd(letter: str) -> bool:
    """Whether a sign stands for no letter: of private use, unassigned, a sign of control, the replacement sign."""
    return letter == "\ufffd" or (letter != "\ufffe" and unicodedata.category(letter) in ("Co", "Cn", "Cc", "Cs"))


def glued(words: str) -> bool:
    """Whether many words look like several without the spaces between them."""
    found = set()
    for match in GLUED.finditer(words):
        start = words.rfind(" ", 0, match.start()) + 1
        end = words.find(" ", match.end())
        if not ADDRESS.search(words[start : end if end >= 0 else len(words)]):
            found.add(start)
    return len(found) >= 3 and len(found) > GLUED_WORDS * (words.count(" ") + 1)
