"""Shapes of a PDF page that are not text: ruled lines, pictures, and outlines that look like letters."""

import ctypes
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from waymark.engines.documents.parsers.pdf.glyphs import Floats, bulk, run, shown

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_object = bulk(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
_kind = bulk(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
_bounds = bulk(pdfium.FPDFPageObj_GetBounds, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
_segments = bulk(pdfium.FPDFPath_CountSegments, _INT, _POINTER)

Rule = tuple[float, float, float]
"""A level ruled line: y, left, right."""

THIN = 2.5
"""A shape at most this high, in points, and much wider is a ruled line."""

MOST_SHAPES = 20_000
"""Shapes looked at on one page; a map or a plan can hold a million and tells no more after that."""


@dataclass(slots=True)
class PageShapes:
    """Boxes (left, top, right, bottom) in points from the upper left corner of the page as it is shown.

    `paths` has a row per path and `segments` their numbers of lines and curves; `images` a row per picture.
    """

    paths: Floats
    segments: npt.NDArray[np.int32]
    images: Floats

    def rules(self) -> list[Rule]:
        """Level lines as (y, left, right): thin shapes, and the upper and lower edges of boxes."""
        wide = self.paths[(self.paths[:, 2] - self.paths[:, 0]) > 20].astype(float)
        found: set[Rule] = set()
        for left, top, right, bottom in wide.tolist():
            edges = ((top + bottom) / 2,) if bottom - top <= THIN else (top, bottom)
            found.update((y, left, right) for y in edges)
        return sorted(found)


def read_shapes(page: Any) -> PageShapes:
    """Read the shapes of an open pypdfium2 page. Shapes inside forms are not looked into."""
    handle = ctypes.cast(page.raw, _POINTER).value
    count = min(pdfium.FPDFPage_CountObjects(page.raw), MOST_SHAPES)
    objects = list(map(_object, repeat(handle), range(count)))
    kinds = list(map(_kind, objects))
    paths = [found for found, kind in zip(objects, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_PATH]
    images = [found for found, kind in zip(objects, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_IMAGE]
    segments = np.array(list(map(_segments, paths)), np.int32)
    return PageShapes(_boxes(page, paths), segments, _boxes(page, images))


def _boxes(page: Any, objects: list[Any]) -> Floats:
    """Boxes of page objects."""
    raw = np.zeros((len(objects), 4), np.float32)  # left, bottom, right, top
    if not objects:
        return raw
    start = raw.ctypes.data
    end = start + 16 * len(objects)
    run(_bounds, objects, *(range(start + shift, end + shift, 16) for shift in (0, 4, 8, 12)))
    width, height = page.get_size()
    return shown(page, raw[:, [0, 3, 2, 1]], width, height)
