"""Pages that hold pictures of text, read by Debian's tesseract when it is installed and asked for. Never required.

Only pages flagged NO_TEXT, GARBLED or OUTLINES are read. On the first two the text read takes the place of what the
file gave; on a page with outlines the lines that the file does not give are added after those it gives.
"""

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

from waymark.engines.documents.model import Block, Flag, Page, ParsedDocument
from waymark.gcm.errors import InputError

PROGRAM = "tesseract"

LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ka": "kat", "ru": "rus", "zh": "chi_sim"}
"""BCP 47 tags and tesseract's names of the languages that we read."""

SECONDS = 120
"""Time for one page. A page that takes longer stays as it is."""

READ = frozenset({Flag.NO_TEXT, Flag.OUTLINES, Flag.GARBLED})
REPLACED = frozenset({Flag.NO_TEXT, Flag.GARBLED})

NEW_SHARE = 0.6
"""Share of the pairs of neighbouring words that the page does not have yet, from which a line is new."""

BROKEN = re.compile(r"(?<=[^\W\d_]{2})[-‐\u00ad]\n(?=[^\W\d_])(?![A-Z])")
"""A hyphen that only breaks a word at the end of a line."""

WORD = re.compile(r"\w+")

Render = Callable[[Path, Sequence[int]], list[bytes]]
"""Draws pages of a file as PNG files."""


def ocr_pages(parsed: ParsedDocument, path: Path, languages: Sequence[str], *, render: Render) -> ParsedDocument:
    """`parsed` with the text that tesseract reads on its flagged pages; those pages are flagged OCR.

    `languages` are BCP 47 tags of what may stand on the pages; none means every language of ours that is installed.
    `render` draws the pages, as `parsers.pdf.pictures.render_pages` does. Raises InputError when
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
            known = ", ".join(code for code, other in LANGUAGES.items() if other in installed)
            raise InputError(
                f"--ocr, language {language}",
                "tesseract has no data for this language here",
                expected=f"one of {known or 'none'}",
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


def _read(program: str, picture: bytes, names: str) -> list[list[str]] | None:
    """Paragraphs of a picture as their lines, None when tesseract failed or took too long."""
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
    text = unicodedata.normalize("NFC", done.stdout.decode("utf-8", "replace"))
    paragraphs = re.split(r"\n\s*\n", text.replace("\f", "\n\n"))
    return [paragraph.splitlines() for paragraph in paragraphs if any(map(str.isalnum, paragraph))]


def _merged(page: Page, blocks: list[Block], paragraphs: list[list[str]]) -> tuple[Page, list[Block]]:
    """The page and its blocks after reading."""
    if REPLACED & set(page.flags):
        flags = (set(page.flags) - REPLACED) | {Flag.OCR}
        read = [Block("paragraph", _joined(lines), page.index) for lines in paragraphs]
        return replace(page, flags=tuple(sorted(flags))), read
    known = {pair for block in blocks for pair in pairwise(WORD.findall(block.text.lower()))}
    read = []
    for lines in paragraphs:
        for new, group in groupby(lines, key=lambda line: _new(line, known)):
            if new:
                read.append(Block("paragraph", _joined(list(group)), page.index))
    if not read:
        return page, blocks
    return replace(page, flags=tuple(sorted({*page.flags, Flag.OCR}))), [*blocks, *read]


def _joined(lines: list[str]) -> str:
    """Lines as one text, words put together that a hyphen breaks."""
    return " ".join(BROKEN.sub("", "\n".join(line.strip() for line in lines)).split())


def _new(line: str, known: set[tuple[str, str]]) -> bool:
    """Whether most of a line is not on the page yet."""
    pairs = list(pairwise(WORD.findall(line.lower())))
    return bool(pairs) and sum(pair not in known for pair in pairs) >= NEW_SHARE * len(pairs)
