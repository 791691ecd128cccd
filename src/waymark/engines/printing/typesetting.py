"""The Typst compiler, kept for the life of the process: fonts are read once, and no system font is ever used."""

import threading
from functools import cache
from importlib import resources

import typst

from waymark.engines.printing.typefaces import faces

FORGET_AFTER = 11
LOCK = threading.Lock()
"""One compiler serves all threads in turn: it is not made to be entered twice."""


@cache
def fonts() -> typst.Fonts:
    """The faces of print, then the fonts embedded in the typst wheel, and no others."""
    folders = list(dict.fromkeys(str(face.path.parent) for face in faces()))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@cache
def compiler() -> typst.Compiler:
    """The compiler with these fonts."""
    return typst.Compiler(b"", font_paths=fonts(), ignore_system_fonts=True)


@cache
def template() -> bytes:
    """The fixed template of the printed paper."""
    return resources.files("waymark.engines.printing").joinpath("paper.typ").read_bytes()


def forget() -> None:
    """Let the compiler drop what it remembers of the last document.

    It keeps the results of its last ten runs, about 130 MB for each review, to redo small changes fast; a paper is
    rendered once. Empty runs push them out (measured, typst 0.15: eleven, together below a fifth of a second).
    """
    for _ in range(FORGET_AFTER):
        compiler().compile(b"", format="pdf", timestamp=0)


def to_pdf(source: bytes, data: str, seconds: int) -> bytes:
    """`source` compiled to PDF/UA-1 with `data` as its input `document`; `seconds` (Unix) is the creation date.

    Raises typst.TypstError when the document breaks a rule of PDF/UA-1.
    """
    with LOCK:
        try:
            pdf = compiler().compile(
                source, format="pdf", sys_inputs={"document": data}, pdf_standards=["ua-1"], timestamp=seconds
            )
        finally:
            forget()
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter returned no PDF")
    return pdf


def to_png(source: bytes, data: str, ppi: float) -> list[bytes]:
    """`source` compiled with `data` as its input `document`, one PNG for each page."""
    with LOCK:
        try:
            pages = compiler().compile(source, format="png", sys_inputs={"document": data}, ppi=ppi)
        finally:
            forget()
    return pages if isinstance(pages, list) else [pages] if pages is not None else []
