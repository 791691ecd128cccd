"""Pages that hold pictures of text, read by Debian's tesseract when it is installed and asked for. Never required.

Only pages flagged NO_TEXT, GARBLED or OUTLINES are read. On the first two the text read takes the place of what the file
gave; on a page with outlines the paragraphs that the file does not give are added after those it gives.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from waymark.engines.documents.model import Block, Flag, Page, ParsedDocument
from waymark.engines.documents.parsers.pdf_pictures import render_pages
from waymark.engines.documents.parsers.pdf_words import joined
from waymark.gcm.errors import InputError

PROGRAM = "tesseract"

LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ka": "kat", "ru": "rus", "zh": "chi_sim"}
"""BCP 47 tags and tesseract's names of the languages that we read."""

SECONDS = 120
"""Time for one page. A page that takes longer stays as it is."""

READ = frozenset({Flag.NO_TEXT, Flag.OUTLINES, Flag.GARBLED})
REPLACED = frozenset({Flag.NO_TEXT, Flag.GARBLED})

NEW_SHARE = 0.5
"""Share of the words of a paragraph that the page does not have yet, from which the paragraph is new."""

WORD = re.compile(r"\w{3,}")

Render = Callable[[Path, Sequence[int]], list[bytes]]
"""Draws pages of a file as PNG files."""


def ocr_pages(
    parsed: ParsedDocument, path: Path, languages: Sequence[str], *, render: Render = render_pages
) -> ParsedDocument:
    """`parsed` with the text that tesseract reads on its flagged pages; those pages are flagged OCR.

    `languages` are BCP 47 tags of what may stand on the pages; none means every language of ours that is installed.
    `render` draws the pages; give one that works in a sandbox where the file is not trusted. Raises InputError when
    tesseract or a language is not installed or not known.
    """
    wanted = [page for page in parsed.pages if READ & set(page.flags)]
    program = shutil.which(PROGRAM)
    if program is None:
        raise InputError(
            "--ocr",
            "the program tesseract is not installed on this machine",
            expected="tesseract 4 or newer",
            todo="Install it (Debian: apt install tesseract-ocr tesseract-ocr-fra …) or leave out --ocr.",
        )
    names = _names(program, languages)
    if not wanted:
        return parsed
    pages = {page.index: page for page in parsed.pages}
    blocks = {index: list(found) for index, found in groupby(parsed.blocks, key=lambda block: block.page)}
    failed = []
    for page in wanted:
        texts = _read(program, render(path, [page.index])[0], names)
        if texts is None:
            failed.append(str(page.index + 1))
        elif texts:
            pages[page.index], blocks[page.index] = _merged(page, blocks.get(page.index, []), texts)
    notes = parsed.notes
    if failed:
        notes = (*notes, f"OCR gave no text for these pages of the file: {', '.join(failed)}.")
    return replace(
        parsed,
        blocks=tuple(block for index in sorted(blocks) for block in blocks[index]),
        pages=tuple(pages[page.index] for page in parsed.pages),
        parser=f"{parsed.parser}, {_version(program)}",
        notes=notes,
    )


def _names(program: str, languages: Sequence[str]) -> str:
    """Tesseract's names of the languages, joined as it wants them."""
    installed = set(_output([program, "--list-langs"]).split())
    if not languages:
        names = [name for name in LANGUAGES.values() if name in installed]
        if names:
            return "+".join(names)
        languages = ["en"]
    names = []
    for language in languages:
        name = LANGUAGES.get(language.partition("-")[0])
        if name is None or name not in installed:
            package = f"tesseract-ocr-{name.replace('_', '-')}" if name else "the one of that language"
            raise InputError(
                f"--ocr, language {language}",
                "tesseract has no data for this language here",
                expected=f"one of {', '.join(code for code, known in LANGUAGES.items() if known in installed) or 'none'}",
                todo=f"Install the data (Debian: {package}) or name another language.",
            )
        names.append(name)
    return "+".join(names)


def _output(command: list[str]) -> str:
    """What a short command of tesseract prints, on either channel (older versions use the second)."""
    done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _version(program: str) -> str:
    return " ".join(_output([program, "--version"]).split()[:2])


def _read(program: str, picture: bytes, names: str) -> list[str] | None:
    """Paragraphs of a picture, None when tesseract failed or took too long."""
    command = [program, "stdin", "stdout", "-l", names, "--psm", "3", "--dpi", "200"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # more threads are slower on one page, and others work too
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    paragraphs = re.split(r"\n\s*\n", done.stdout.decode("utf-8", "replace").replace("\f", "\n\n"))
    texts = [
        joined([line.strip() for line in paragraph.splitlines() if line.strip()] or [""]) for paragraph in paragraphs
    ]
    return [text for text in texts if any(map(str.isalnum, text))]


def _merged(page: Page, blocks: list[Block], texts: list[str]) -> tuple[Page, list[Block]]:
    """The page and its blocks after reading."""
    if REPLACED & set(page.flags):
        flags = (set(page.flags) - REPLACED) | {Flag.OCR}
        return replace(page, flags=tuple(sorted(flags))), [Block("paragraph", text, page.index) for text in texts]
    known = {word for block in blocks for word in WORD.findall(block.text.lower())}
    new = [text for text in texts if _new(text, known)]
    if not new:
        return page, blocks
    read = [Block("paragraph", text, page.index) for text in new]
    return replace(page, flags=tuple(sorted({*page.flags, Flag.OCR}))), [*blocks, *read]


def _new(text: str, known: set[str]) -> bool:
    """Whether most words of a paragraph are not on the page yet."""
    words = WORD.findall(text.lower())
    return bool(words) and sum(word not in known for word in words) >= NEW_SHARE * len(words)
