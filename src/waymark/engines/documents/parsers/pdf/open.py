"""Opening a PDF file, or saying in plain words why it cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from waymark.gcm.errors import InputError

NOTHING = pdfium.FPDF_ERR_FILE
"""The reason of a file that is not there. A missing file never reaches pdfium: Python opens it first."""


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The open document, closed afterwards. Raises InputError as `parse_pdf` does."""
    pdfium.FPDF_LoadDocument(b"", None)  # fails with NOTHING, which stays the last error when pdfium gives no reason
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _refusal(path, error.err_code) from error
    try:
        if not len(document):
            raise _refusal(path, NOTHING)
        yield document
    finally:
        document.close()


def _refusal(path: Path, reason: int) -> InputError:
    """Why pdfium does not open the file, in words for the reader. It gives no reason for a file without pages."""
    if reason == NOTHING:
        return InputError(
            path.name, "the PDF file has no pages", expected="a PDF file with pages", todo="Get the file again."
        )
    if reason in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return InputError(
            path.name,
            "the PDF file is protected by a password or an encryption",
            expected="a PDF file that opens without a password",
            todo="Save a copy without protection and add that.",
        )
    return InputError(
        path.name,
        "the PDF file is damaged, cut short or no PDF",
        expected="a complete PDF file",
        todo="Get the file again; if it opens in a reader, print it to a new PDF there.",
    )
