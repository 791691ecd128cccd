"""Opening a PDF file, or saying in plain words why it cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2

from waymark.gcm.errors import InputError


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The open document, closed afterwards. Raises InputError as `parse_pdf` does."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _refusal(path, str(error)) from error
    try:
        if not len(document):
            raise InputError(
                path.name, "the PDF file has no pages", expected="a PDF file with pages", todo="Get the file again."
            )
        yield document
    finally:
        document.close()


def _refusal(path: Path, reason: str) -> InputError:
    """Why pdfium does not open the file, in words for the reader."""
    if "assword" in reason or "ncrypt" in reason or "ecurity" in reason:
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
