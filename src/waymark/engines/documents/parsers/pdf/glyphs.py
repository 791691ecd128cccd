"""Letters of a PDF page with their places, read from pdfium in bulk, and cut into fragments of a line.

pdfium answers one letter per call. The calls here are made by `map` over ranges of addresses, so that no Python code
runs per letter; everything after that is NumPy. Lengths are points (1/72 inch), the origin is the upper left corner of
the page as it is shown, y grows downwards.
"""

import ctypes
import math
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

GAP = 0.065
"""A gap between loose boxes wider than this share of the line's height is a space that the file does not spell out.

Measured on justified text: 0.05 to 0.08 loses next to no space and splits next to no word."""

BREAK = 1.1
"""A gap wider than this many line heights ends the fragment: the next letter is in another column or cell."""

HOLE = 0.33
"""A gap wider than this many line heights is kept in mind: a gutter may run through it."""

FAR = -1e6
"""Where a box goes whose place is no number: off the page."""

HYPHEN = "\ufffe"
"""pdfium's sign for a hyphen at the end of a line."""

BOLD_NAME = re.compile(r"bold|black|heavy|demi|-bd|,bd", re.IGNORECASE)
PLAIN_NAME = re.compile(r"regular|light|book|roman|medium|thin|normal", re.IGNORECASE)
BOLD_WEIGHT = 600


@dataclass(slots=True)
class Fragment:
    """Letters on one line without a wide gap.

    `size` is the size of most of its letters in points. `bold` says that every letter is; `lead` that the first is.
    `ink` is the colour of the first letter as 0xRRGGBB. `text` holds single spaces only.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    lead: bool = False
    ink: int = 0
    holes: list[tuple[int, float, float]] = field(default_factory=list)
    """Wide gaps: position in `text` of the word after it, left and right end."""


@dataclass(slots=True)
class PageText:
    """What a page holds: its size, its fragments in the order of the file, and those that do not run level.

    `letters` counts the letters, `unmapped` those for which the file does not say which letter it is.
    """

    width: float
    height: float
    fragments: list[Fragment]
    turned: list[Fragment]
    letters: int = 0
    unmapped: int = 0


def bulk(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The pdfium function `function` as a quick call: pointers as plain numbers."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_loose_box = bulk(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_object_of = bulk(pdfium.FPDFText_GetTextObject, ctypes.c_ssize_t, _POINTER, _INT)
_unicode = bulk(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_angle = bulk(pdfium.FPDFText_GetCharAngle, ctypes.c_float, _POINTER, _INT)
_unmapped = bulk(pdfium.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)
_font_of = bulk(pdfium.FPDFTextObj_GetFont, _POINTER, _POINTER)
_font_name = bulk(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)
_font_weight = bulk(pdfium.FPDFFont_GetWeight, _INT, _POINTER)
_ascent = bulk(pdfium.FPDFFont_GetAscent, _INT, _POINTER, ctypes.c_float, _POINTER)
_descent = bulk(pdfium.FPDFFont_GetDescent, _INT, _POINTER, ctypes.c_float, _POINTER)
_fill = bulk(pdfium.FPDFPageObj_GetFillColor, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)


def run(function: Callable[..., Any], *columns: Any) -> None:
    """Call `function` once per row of `columns` for its effect on memory."""
    deque(map(function, *columns), maxlen=0)


def read_page(page: Any) -> PageText:
    """Read the letters of an open pypdfium2 page."""
    text_page = page.get_textpage()
    try:
        width, height = page.get_size()
        count = text_page.count_chars()
        if count <= 0:
            return PageText(width, height, [], [])
        handle = ctypes.cast(text_page.raw, _POINTER).value
        codes = _codes(text_page, handle, count)
        boxes = np.zeros((count, 4), np.float32)  # FS_RECTF: left, top, right, bottom
        start = boxes.ctypes.data
        run(_loose_box, repeat(handle), range(count), range(start, start + 16 * count, 16))
        turn = pdfium.FPDFPage_GetRotation(page.raw) * math.tau / 4
        return _fragments(handle, codes, shown(page, boxes, width, height), width, height, turn)
    finally:
        text_page.close()


def _codes(text_page: Any, handle: Any, count: int) -> npt.NDArray[np.uint32]:
    """Code point of each letter."""
    text = text_page.get_text_range()
    if len(text) != count:  # letters outside the basic plane, or letters that stand for none
        codes = np.fromiter(map(_unicode, repeat(handle), range(count)), np.uint32, count)
        return np.where(codes > 0x10FFFF, np.uint32(0xFFFD), codes)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def shown(page: Any, boxes: Floats, width: float, height: float) -> Floats:
    """Boxes (left, top, right, bottom) of the page as it is shown: turned, moved to the upper left corner."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, bounds)
    low = boxes[:, 0] - bounds.left, boxes[:, 3] - bounds.bottom
    high = boxes[:, 2] - bounds.left, boxes[:, 1] - bounds.bottom
    turn = pdfium.FPDFPage_GetRotation(page.raw)
    if turn == 0:
        columns = (low[0], height - high[1], high[0], height - low[1])
    elif turn == 1:
        columns = (low[1], low[0], high[1], high[0])
    elif turn == 2:
        columns = (width - high[0], low[1], width - low[0], high[1])
    else:
        columns = (width - high[1], height - high[0], width - low[1], height - low[0])
    found = np.stack(columns, axis=1).astype(np.float32, copy=False)
    return found if np.isfinite(found).all() else np.nan_to_num(found, nan=FAR, posinf=-FAR, neginf=FAR)


@dataclass(slots=True)
class Styles:
    """Per fragment: height of its font at size 1, whether all its samples are bold, whether the first is, colour."""

    span: Floats
    bold: Bools
    lead: Bools
    ink: Ints


def _styles(handle: Any, samples: Ints) -> Styles:
    """Fonts and colours at sample letters of each fragment (one row a fragment, the first letter first)."""
    flat = samples.ravel()
    objects = np.fromiter(map(_object_of, repeat(handle), flat.tolist()), np.int64, len(flat))
    unique, inverse = np.unique(objects, return_inverse=True)
    handles = unique.tolist()
    fonts = list(map(_font_of, handles))
    known = {font: _font(font) for font in set(fonts)}
    spans = np.array([known[font][0] for font in fonts], np.float32)[inverse].reshape(samples.shape)
    bolds = np.array([known[font][1] for font in fonts], bool)[inverse].reshape(samples.shape)
    firsts = objects.reshape(samples.shape)[:, 0]
    colours = np.zeros((len(firsts), 4), np.uint32)
    start = colours.ctypes.data
    end = start + 16 * len(firsts)
    run(_fill, firsts.tolist(), *(range(start + shift, end + shift, 16) for shift in (0, 4, 8, 12)))
    inks = (colours[:, 0].astype(np.int64) << 16) | (colours[:, 1] << 8) | colours[:, 2]
    return Styles(spans[:, samples.shape[1] // 2], np.asarray(bolds.all(axis=1)), bolds[:, 0], inks)


def _font(font: Any) -> tuple[float, bool]:
    """Height of a line at size 1 and whether the font is bold, by its name or else by its stems."""
    if not font:
        return 1.2, False
    name = ctypes.create_string_buffer(200)
    _font_name(font, ctypes.addressof(name), 200)
    words = name.value.decode("utf-8", "replace")
    ascent, descent = ctypes.c_float(), ctypes.c_float()
    _ascent(font, 1.0, ctypes.addressof(ascent))
    _descent(font, 1.0, ctypes.addressof(descent))
    span = ascent.value - descent.value
    bold = bool(BOLD_NAME.search(words)) or (not PLAIN_NAME.search(words) and _font_weight(font) >= BOLD_WEIGHT)
    return (span if 0.3 < span < 3 else 1.2), bold


def _blank(codes: npt.NDArray[np.uint32]) -> Bools:
    """Which code points are blanks of any width, or signs of control."""
    found: Bools = (codes <= 32) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200B)) | (codes == 0x3000)
    return found


def _visible(blank: Bools, boxes: Floats, width: float, height: float) -> Ints:
    """The numbers of the letters that stand on the page and are no blanks."""
    across, down = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    # Pages cut from a spread keep the text of their neighbour outside the visible box.
    seen = (across > 0) & (across < width) & (down > 0) & (down < height)
    return np.flatnonzero(~blank & seen & (boxes[:, 3] > boxes[:, 1]))


def _spelt(letters: npt.NDArray[np.uint32], places: Ints) -> str:
    """The letters at their places, blanks between them; half characters are kept as they are."""
    spelt = np.full(places[-1] + 1, 32, np.uint32)
    spelt[places] = letters
    return spelt.tobytes().decode("utf-32-le", "surrogatepass")


def _count_unmapped(handle: Any, firsts: list[int], kept: Ints) -> int:
    """Letters without a meaning; the first letters of the fragments tell whether to ask for all."""
    if not any(map(_unmapped, repeat(handle), firsts)):
        return 0
    return sum(map(_unmapped, repeat(handle), kept.tolist()))


def _join_halves(fragments: list[Fragment]) -> None:
    """Letters outside the basic plane come as two halves: join them."""
    for one in fragments:
        one.text = one.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _fragments(
    handle: Any, codes: npt.NDArray[np.uint32], boxes: Floats, width: float, height: float, turn: float
) -> PageText:
    """Cut the letters into fragments."""
    page = PageText(width, height, [], [])
    blank = _blank(codes)
    kept = _visible(blank, boxes, width, height)
    page.letters = len(kept)
    if not len(kept):
        return page
    left, top, right, bottom = boxes[kept].T
    tall = bottom - top
    gap = np.maximum(left[1:] - right[:-1], left[:-1] - right[1:])
    larger = np.maximum(tall[1:], tall[:-1])
    centre = (top + bottom) / 2
    moved = np.abs(np.diff(centre)) > 0.5 * larger
    ends = moved | (gap > BREAK * larger) | (np.diff(np.cumsum((codes == 10) | (codes == 13))[kept]) > 0)
    spelled = np.diff(np.cumsum(blank)[kept]) > 0
    letters = codes[kept]
    spaced = spelled | (gap > GAP * larger)
    east = _unspaced(letters)
    spaced &= ~(east[1:] & east[:-1] & ~(spelled & (gap > 0.5 * larger)))
    spaced |= _noted(letters, tall, centre)
    starts = np.concatenate(([0], np.flatnonzero(ends) + 1))
    stops = np.concatenate((starts[1:], [len(kept)]))
    # The text with its spaces, and where each letter went in it.
    before = np.concatenate(([False], spaced & ~ends))
    places = np.arange(len(kept)) + np.cumsum(before)
    text = _spelt(letters, places)
    samples = np.stack([starts + (stops - starts - 1) * part // 4 for part in range(5)], axis=1)
    styles = _styles(handle, kept[samples])
    firsts = kept[starts].tolist()
    angles = list(map(_angle, repeat(handle), firsts))
    page.unmapped = _count_unmapped(handle, firsts, kept)
    values = zip(
        places[starts].tolist(),
        (places[stops - 1] + 1).tolist(),
        np.minimum.reduceat(left, starts).tolist(),
        _middle(top, samples).tolist(),
        np.maximum.reduceat(right, starts).tolist(),
        _middle(bottom, samples).tolist(),
        (_middle(tall, samples) / styles.span).tolist(),
        styles.bold.tolist(),
        styles.lead.tolist(),
        styles.ink.tolist(),
        angles,
        strict=True,
    )
    found: list[Fragment] = []
    for begin, end, *rest, angle in values:
        upright = abs((angle + turn + 0.5) % math.tau - 0.5) < 0.2
        found.append(Fragment(text[begin:end], *rest))
        (page.fragments if upright else page.turned).append(found[-1])
    wide = np.flatnonzero(~ends & (gap > HOLE * larger))
    if ((letters >= 0xD800) & (letters <= 0xDFFF)).any():
        _join_halves(found)
    elif len(wide):
        _note_holes(found, starts, wide, places, left, right)
    return page


def _middle(values: Floats, samples: Ints) -> Floats:
    """The middle value of three letters of each fragment, so that a large bullet or a small note does not count."""
    one, two, three = values[samples[:, 1]], values[samples[:, 2]], values[samples[:, 3]]
    return np.maximum(np.minimum(one, two), np.minimum(np.maximum(one, two), three))


def _note_holes(fragments: list[Fragment], starts: Ints, wide: Ints, places: Ints, left: Floats, right: Floats) -> None:
    """Write the wide gaps after the letters `wide` into their fragments."""
    owners = np.searchsorted(starts, wide, "right") - 1
    for owner, letter in zip(owners.tolist(), wide.tolist(), strict=True):
        low, high = sorted((float(right[letter]), float(left[letter + 1])))
        fragments[owner].holes.append((int(places[letter + 1] - places[starts[owner]]), low, high))


def _noted(letters: npt.NDArray[np.uint32], tall: Floats, centre: Floats) -> Bools:
    """Where a small raised number follows a word: the number of a note, which is set apart from the word."""
    digit = (letters >= 48) & (letters <= 57)
    small = (tall[1:] < 0.8 * tall[:-1]) & (centre[1:] < centre[:-1] - 0.08 * tall[:-1])
    return small & digit[1:] & ~digit[:-1]


def _unspaced(letters: npt.NDArray[np.uint32]) -> Bools:
    """Letters of scripts that are written without spaces: Han, kana, their punctuation and wide forms."""
    return (
        ((letters >= 0x2E80) & (letters <= 0x9FFF))
        | ((letters >= 0xF900) & (letters <= 0xFAFF))
        | ((letters >= 0xFF00) & (letters <= 0xFFEF))
        | (letters >= 0x20000)
    )
