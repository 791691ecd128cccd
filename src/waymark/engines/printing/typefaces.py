"""The fonts of print: named, free (SIL Open Font License), from a package, each known by its hash.

FiraGO serves Latin, Cyrillic, Greek, Georgian, Arabic, Hebrew, Thai and Devanagari in one design; two Noto families
hold signs. `WAYMARK_FONTS` may name a folder of more fonts, such as those of large scripts (`make fonts`). What none of
them holds is looked for in the fonts of the typst wheel. No font of the machine is ever used.
"""

import atexit
import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pymupdf_fonts

FOLDER = "WAYMARK_FONTS"
"""The variable of the environment that names a folder of more fonts."""
KINDS = (".ttf", ".otf", ".ttc")
FACES = {
    "FiraGO Regular": "figo",
    "FiraGO Bold": "figbo",
    "FiraGO Italic": "figit",
    "FiraGO Bold Italic": "figbi",
    "Noto Sans Symbols2 Regular": "symbol2",
    "Noto Sans Math Regular": "math",
}
"""Faces of print → their names in the package `pymupdf-fonts`."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file that the printer may use: its name, its SHA-256, and where it lies."""

    name: str
    sha256: str
    path: Path


@cache
def faces() -> tuple[Face, ...]:
    """The faces of print as files, those of the package first, then those of the folder by name."""
    folder = Path(tempfile.mkdtemp(prefix="waymark-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    found = []
    for name, key in FACES.items():
        content: bytes = pymupdf_fonts.fontbuffers[key]()
        path = folder / f"{key}.otf"
        path.write_bytes(content)
        found.append(Face(name, hashlib.sha256(content).hexdigest(), path))
    return (*found, *more())


@cache
def more() -> tuple[Face, ...]:
    """The fonts of the folder that the environment names, by name; none without one."""
    named = os.environ.get(FOLDER, "")
    if not named or not Path(named).is_dir():
        return ()
    paths = sorted(path for path in Path(named).iterdir() if path.suffix.lower() in KINDS)
    return tuple(Face(path.stem, hashlib.sha256(path.read_bytes()).hexdigest(), path) for path in paths)
