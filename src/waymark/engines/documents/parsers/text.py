"""Plain text, Markdown and CSV. What looks like Markdown is read as such; a table of values gives one block a row."""

import re
from collections.abc import Iterator
from pathlib import Path

from waymark.engines.documents.cleaning import Blocks, clean
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.parsers import Parser
from waymark.engines.files.charset import STRAY_ZEROS, decode
from waymark.engines.files.delimited import rows
from waymark.gcm.errors import InputError

LONGEST_FILE = 64 * 2**20
"""Bytes of a text; a long book has two million."""

NOT_TEXT = (b"{\\rtf", b"%!PS", b"<?xml", b"<svg", b"<rss", b"<feed", b"%PDF-")
"""Beginnings of files made of letters that are code for a program, not words for a person."""

ROWS_TO_TELL = 50
"""Lines that decide whether a file is a table of values."""

EVEN_SHARE = 0.9
"""Share of these lines that must have the same number of cells."""

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]+(?=\S)")
_MARKDOWN_ITEM = re.compile(r"[ \t]*(?:[-*+])[ \t]+(?=\S)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULER = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(?:```+|~~~+)")
_TABLE_LINE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
_LINK = re.compile(r"!?\[([^\[\]]{0,1000})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,500}\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,2000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]{1,2000}?)(?<=\S)\1(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_ASIDE = 0x10FF00
"""Letters after a backslash wait here, at the end of Unicode, where no text is."""

_CODE = re.compile(r"`([^`]{1,2000})`")


def recognises(head: bytes, names: frozenset[str]) -> bool:
    """Anything whose beginning can be text; asked last."""
    if names or not head.strip() or is_mail(head) or head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(NOT_TEXT):
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    zero = head.count(0)
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head) - zero
    return control <= len(head) // 100 and (
        zero <= len(head) * STRAY_ZEROS or len(head) // 4 <= zero <= len(head) // 2 + 1
    )


def is_mail(head: bytes) -> bool:
    """Whether a file is an e-mail or a web archive, whose text is coded and would be read as noise."""
    return bool(re.search(rb"(?im)^MIME-Version:\s*1\.0", head))


def parse(path: Path) -> ParsedDocument:
    """Read a text. Raises InputError when it is too long or its letters cannot be told."""
    with path.open("rb") as stream:
        data = stream.read(LONGEST_FILE + 1)
    if len(data) > LONGEST_FILE:
        raise InputError(
            "the file", f"it is text of over {LONGEST_FILE // 2**20} MB.", expected="a document.", todo="Divide it."
        )
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    notes = (decoded.note,) if decoded.note else ()
    blocks = Blocks()
    delimiter = table_delimiter(text)
    title = ""
    if delimiter:
        kind = "text/csv"
        read_table(text, delimiter, blocks)
    elif is_markdown(text):
        kind = "text/markdown"
        read_markdown(text, blocks)
        first = next((b for b in blocks.found if b.kind == "heading" and b.level == 1), None)
        title = first.text if first else ""
    else:
        kind = "text/plain"
        read_plain(text, blocks)
    return ParsedDocument(kind, tuple(blocks.found), title=title, parser="text", notes=notes)


def table_delimiter(text: str) -> str:
    """The character that parts the cells when the text is a table of values, else ""."""
    lines = text[:200_000].split("\n")[: ROWS_TO_TELL + 1]
    lines = lines[:-1] if len(lines) > ROWS_TO_TELL else lines
    sample = [line for line in lines if line.strip()]
    if len(sample) < 3:
        return ""
    for delimiter in "\t;,|":
        counts = _cells(sample, delimiter)
        most = max(set(counts), key=lambda count: (counts.count(count), count))
        if most >= 2 and counts.count(most) >= EVEN_SHARE * len(counts) and not _prose(sample, delimiter):
            return delimiter
    return ""


def _cells(lines: list[str], delimiter: str) -> list[int]:
    """The number of cells in each record; a cell in quotation marks may run over several lines."""
    text = "".join(f"{line}\n" for line in lines)
    return [len(cells) for _, _, cells in rows(text, delimiter, LONGEST_FILE) if cells]


def _prose(lines: list[str], delimiter: str) -> bool:
    """Whether the lines read as sentences: nearly every comma or semicolon has a space after it."""
    spaced = sum(line.count(delimiter + " ") for line in lines)
    return delimiter in ",;" and spaced > 0.8 * sum(line.count(delimiter) for line in lines)


def read_table(text: str, delimiter: str, blocks: Blocks) -> None:
    """Add one row block for each record of a table of values."""
    for _, last, cells in rows(text, delimiter, LONGEST_FILE):
        blocks.add_row([(cell, f"line {last}") for cell in cells])


def is_markdown(text: str) -> bool:
    """Whether the text uses headings of Markdown: a line of `# words` or words underlined, with space around them."""
    before = ""
    for line in text[:1_000_000].split("\n"):
        heading = _HEADING.match(line)
        if heading and heading[2] and not before.strip():
            return True
        if _UNDERLINE.match(line) and len(line.strip()) >= 3 and "=" in line and before.strip():
            return True
        before = line
    return False


def read_markdown(text: str, blocks: Blocks) -> None:
    """Add the headings, paragraphs, items and rows of a Markdown text; marks of emphasis and links are taken off."""
    for number, kind, level, words in _markdown(text):
        place = f"line {number}"
        if kind == "row":
            cells = re.split(r"(?<!\\)\|", words.strip().strip("|"))
            blocks.add_row([(plain(cell), place) for cell in cells])
        elif kind == "heading":
            blocks.add("heading", plain(words), level=level, locator=place)
        else:
            blocks.add("item" if kind == "item" else "paragraph", plain(words), locator=place)


def plain(words: str) -> str:
    """Words of Markdown without its marks; the words of a link stay, its address goes."""
    words = _ESCAPED.sub(lambda found: chr(_ASIDE + ord(found[1])), words)
    words = _LINK.sub(r"\1", words)
    words = _STRONG.sub(r"\2", words)
    words = _EMPHASIS.sub(r"\2", words)
    words = _CODE.sub(r"\1", words)
    return "".join(chr(ord(letter) - _ASIDE) if letter >= chr(_ASIDE) else letter for letter in words)


def _markdown(text: str) -> Iterator[tuple[int, str, int, str]]:
    """(line number, kind, level, words) of each block."""
    held: list[str] = []
    start, kind, fenced = 0, "paragraph", False
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        fence = bool(_FENCE.match(line))
        underline = _UNDERLINE.match(line) if held and kind == "paragraph" and not fenced else None
        ends = fence or not line.strip() or (not fenced and _starts(line))
        if underline:
            yield start, "heading", 1 if "=" in underline[1] else 2, " ".join(held)
            held = []
            continue
        if ends and held:
            yield start, kind, 0, " ".join(held)
            held, kind = [], "paragraph"
        fenced ^= fence
        heading = None if fenced else _HEADING.match(line)
        if fence or not line.strip() or (not fenced and (_RULER.match(line) or _TABLE_LINE.match(line))):
            continue
        if heading:
            yield number, "heading", len(heading[1]), heading[2]
        elif not fenced and line.lstrip().startswith("|"):
            yield number, "row", 0, line
        else:
            item = None if fenced else _ITEM.match(line)
            kind = "item" if item else kind
            start = start if held else number
            held.append(_unmarked(line) if not fenced else line)
    if held:
        yield start, kind, 0, " ".join(held)


def _starts(line: str) -> bool:
    """Whether a line begins a block of its own."""
    return bool(_HEADING.match(line) or _ITEM.match(line) or _RULER.match(line)) or line.lstrip().startswith("|")


def _unmarked(line: str) -> str:
    """A line without the bullet or the sign of a quotation in front of it; numbers of items stay."""
    line = re.sub(r"^(?: {0,3}> ?)+", "", line)
    bullet = _MARKDOWN_ITEM.match(line)
    return line[bullet.end() :] if bullet else line


def read_plain(text: str, blocks: Blocks) -> None:
    """Add paragraphs (parted by empty lines) and items (a bullet, number or letter at the beginning of a line)."""
    held: list[str] = []
    start, kind = 0, "paragraph"

    def flush() -> None:
        words = " ".join(held)
        blocks.add("item" if kind == "item" else "paragraph", words, locator=f"line {start}")
        held.clear()

    for number, line in enumerate(text.replace("\f", "\n").split("\n"), 1):
        item = bool(_ITEM.match(line))
        if item or not clean(line):
            flush()
            kind = "item" if item else "paragraph"
        if line.strip():
            start = start if held else number
            held.append(line)
    flush()


PARSER = Parser(
    "text", "text", ("text/plain", "text/markdown", "text/csv"), ("txt", "md", "csv", "tsv"), recognises, parse
)
