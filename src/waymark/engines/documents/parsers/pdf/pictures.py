"""Pictures of PDF pages as PNG files, for programs that read pictures."""

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from waymark.engines.documents.parsers.pdf.open import opened

DPI = 200
"""Resolution at which OCR programs read print of usual size well."""

MOST_PIXELS = 25_000_000
"""Pixels of a picture; a larger page (a poster) is drawn at a lower resolution."""


def render_pages(path: Path, indices: Sequence[int]) -> list[bytes]:
    """The pages `indices` (from 0) of a PDF file as grey PNG files. Raises InputError as `parse_pdf` does."""
    pictures = []
    with opened(path) as document:
        for index in indices:
            page = document[index]
            width, height = page.get_size()
            scale = min(DPI / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            pictures.append(png(np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)))
            bitmap.close()
            page.close()
    return pictures


def png(grey: npt.NDArray[np.uint8]) -> bytes:
    """A grey picture as a PNG file (RFC 2083: 8 bits a pixel, no filter)."""
    height, width = grey.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row opens with its filter, 0 for none
    rows[:, 1:] = grey
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
