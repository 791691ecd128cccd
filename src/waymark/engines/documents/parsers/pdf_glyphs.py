"""Letters of a PDF page with their places, read from pdfium in bulk, and cut into fragments of a line.

pdfium answers one letter per call. The calls here are made by `map` over ranges of addresses, so that no Python code
runs per letter; everything after that is NumPy. Lengths are points (1/72 inch), the origin is the upper left corner of
the page as it is shown, y grows downwards.
"""

import ctypes
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
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
    repaired: int = 0
    """Spaces put in where the file has none."""


@dataclass(slots=True)
class PageText:
    """What a page holds: its size, its fragments in the order of the file, and those that do not run level.

    `letters` counts the letters, `unmapped` those for which the file does not say which letter it is. `glued` counts
    gaps too narrow for a space and too wide for none; `gaps` all the gaps inside fragments.
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
        objects = np.fromiter(map(_object_of, repeat(handle), range(count)), np.int64, count)
        return _fragments(handle, codes, shown(page, boxes, width, height), objects, width, height)
    finally:
        text_page.close()


def _codes(text_page: Any, handle: Any, count: int) -> npt.NDArray[np.uint32]:
    """Code point of each letter."""
    text = text_page.get_text_range()
    if len(text) != count:  # letters outside the basic plane, or letters that stand for none
        return np.fromiter(map(_unicode, repeat(handle), range(count)), np.uint32, count)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def shown(page: Any, boxes: Floats, width: float, height: float) -> Floats:
    """Boxes (left, top, right, bottom) of the page as it is shown: turned, moved to the upper left corner."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, bounds)
    low = boxes[:, [0, 3]] - np.array([bounds.left, bounds.bottom], np.float32)
    high = boxes[:, [2, 1]] - np.array([bounds.left, bounds.bottom], np.float32)
    turn = pdfium.FPDFPage_GetRotation(page.raw)
    if turn == 0:
        columns = (low[:, 0], height - high[:, 1], high[:, 0], height - low[:, 1])
    elif turn == 1:
        columns = (low[:, 1], low[:, 0], high[:, 1], high[:, 0])
    elif turn == 2:
        columns = (width - high[:, 0], low[:, 1], width - low[:, 0], high[:, 1])
    else:
        columns = (width - high[:, 1], height - high[:, 0], width - low[:, 1], height - low[:, 0])
    return np.stack(columns, axis=1).astype(np.float32)


@dataclass(slots=True)
class Styles:
    """Per letter: height of its font at size 1, weight, colour."""

    span: Floats
    bold: Bools
    ink: Ints


def _styles(objects: Ints) -> Styles:
    """Ask each text object once for its font and colour."""
    unique, inverse = np.unique(objects, return_inverse=True)
    handles = unique.tolist()
    fonts = list(map(_font_of, handles))
    known = {font: _font(font) for font in set(fonts)}
    colours = np.zeros((len(handles), 4), np.uint32)
    start = colours.ctypes.data
    size = 16
    end = start + size * len(handles)
    run(_fill, handles, *(range(start + shift, end + shift, size) for shift in (0, 4, 8, 12)))
    inks = (colours[:, 0].astype(np.int64) << 16) | (colours[:, 1] << 8) | colours[:, 2]
    spans = np.array([known[font][0] for font in fonts], np.float32)
    bolds = np.array([known[font][1] for font in fonts], bool)
    return Styles(spans[inverse], bolds[inverse], inks[inverse])


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


def _fragments(
    handle: Any, codes: npt.NDArray[np.uint32], boxes: Floats, objects: Ints, width: float, height: float
) -> PageText:
    """Cut the letters into fragments."""
    page = PageText(width, height, [], [])
    blank = (codes <= 32) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200B)) | (codes == 0x3000)
    across, down = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    # Pages cut from a spread keep the text of their neighbour outside the visible box.
    seen = (across > 0) & (across < width) & (down > 0) & (down < height)
    kept = np.flatnonzero(~blank & (objects != 0) & seen & (boxes[:, 3] > boxes[:, 1]))
    page.letters = len(kept)
    if not len(kept):
        return page
    newline = np.cumsum((codes == 10) | (codes == 13))
    spaces = np.cumsum(blank)
    left, top, right, bottom = boxes[kept].T
    tall = bottom - top
    gap = np.maximum(left[1:] - right[:-1], left[:-1] - right[1:])
    larger = np.maximum(tall[1:], tall[:-1])
    centre = (top + bottom) / 2
    moved = np.abs(np.diff(centre)) > 0.5 * larger
    ends = moved | (gap > BREAK * larger) | (np.diff(newline[kept]) > 0)
    spelled = np.diff(spaces[kept]) > 0
    letters = codes[kept]
    spaced = spelled | (gap > GAP * larger)
    east = _unspaced(letters)
    spaced &= ~(east[1:] & east[:-1] & ~(spelled & (gap > 0.5 * larger)))
    styles = _styles(objects[kept])
    starts = np.concatenate(([0], np.flatnonzero(ends) + 1))
    stops = np.concatenate((starts[1:], [len(kept)]))
    # The text with its spaces, and where each letter went in it.
    before = np.concatenate(([False], spaced & ~ends))
    places = np.arange(len(kept)) + np.cumsum(before)
    spelt = np.full(places[-1] + 1, 32, np.uint32)
    spelt[places] = letters
    text = spelt.tobytes().decode("utf-32-le", "replace")
    repaired = np.add.reduceat(before & np.concatenate(([False], ~spelled)), starts)
    sizes = tall / styles.span
    angles = list(map(_angle, repeat(handle), kept[starts].tolist()))
    values = zip(
        places[starts].tolist(),
        (places[stops - 1] + 1).tolist(),
        np.minimum.reduceat(left, starts).tolist(),
        np.minimum.reduceat(top, starts).tolist(),
        np.maximum.reduceat(right, starts).tolist(),
        np.maximum.reduceat(bottom, starts).tolist(),
        sizes[(starts + stops) // 2].tolist(),
        np.logical_and.reduceat(styles.bold, starts).tolist(),
        styles.bold[starts].tolist(),
        styles.ink[starts].tolist(),
        repaired.tolist(),
        angles,
        strict=True,
    )
    for begin, end, *rest, angle in values:
        upright = abs((angle + 0.5) % 6.283185307 - 0.5) < 0.2 or len(kept) == 1
        (page.fragments if upright else page.turned).append(Fragment(text[begin:end], *rest))
    return page


def _unspaced(letters: npt.NDArray[np.uint32]) -> Bools:
    """Letters of scripts that are written without spaces: Han, kana, their punctuation and wide forms."""
    return (
        ((letters >= 0x2E80) & (letters <= 0x9FFF))
        | ((letters >= 0xF900) & (letters <= 0xFAFF))
        | ((letters >= 0xFF00) & (letters <= 0xFFEF))
        | (letters >= 0x20000)
    )
