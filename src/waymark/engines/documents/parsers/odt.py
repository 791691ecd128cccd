"""Texts of LibreOffice and others (ODT): zip and XML read in the order of the text.

Tables, lists, frames, sections and notes are read; deleted text of tracked changes, comments, the table of contents and
page headers are not. There are no pages, so a place is "paragraph 12" or "table 2, row 3".
"""

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from waymark.engines.documents.cleaning import Blocks, clean
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.parsers import Parser
from waymark.engines.documents.parsers.docx import attribute, child, local
from waymark.engines.files.containers import Package, damaged, locked, package

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_SKIPPED = frozenset({
    "tracked-changes", "annotation", "annotation-end", "table-of-content", "illustration-index", "table-index",
    "alphabetical-index", "sequence-decls", "variable-decls", "forms", "ruby-text", "note-citation", "script", "desc",
    "hidden-text", "hidden-paragraph",
})  # fmt: skip
_SPACES = frozenset({"tab", "line-break"})


def recognises(head: bytes, names: frozenset[str]) -> bool:
    """A ZIP container that says it is a text of ODF, or holds its content and no other mark."""
    if "content.xml" not in names:
        return False
    said = head[:120]
    return b"opendocument.text" in said or (b"opendocument" not in said and "META-INF/manifest.xml" in names)


def parse(path: Path) -> ParsedDocument:
    """Read an ODT file. Raises InputError when it is damaged, locked or unsafe."""
    with package(path) as found:
        if b"encryption-data" in found.read("META-INF/manifest.xml"):
            raise locked()
        content = found.xml("content.xml")
        body = child(content, "body", "text")
        if content is None or body is None:
            raise damaged("it has no text body")
        reader = _Reader(_style_names(content, found))
        reader.walk(body)
        title, language = _properties(found)
        macros = any(name.startswith(("Basic/", "Scripts/")) for name in found.names)
        return ParsedDocument(
            MEDIA_TYPE, tuple(reader.blocks.found), title=title or reader.title, language=language, parser="odt",
            notes=("Macros were not run.",) if macros else (),
        )  # fmt: skip


def _style_names(content: etree._Element, found: Package) -> dict[str, str]:
    """The parent of each style that a program made on the fly, so that a title is known by its style."""
    parents: dict[str, str] = {}
    for root in (content, found.xml("styles.xml")):
        for style in root.iter("{*}style") if root is not None else ():
            parents.setdefault(attribute(style, "name"), attribute(style, "parent-style-name"))
    return parents


def _properties(found: Package) -> tuple[str, str]:
    root = found.xml("meta.xml")
    words = {"title": "", "language": ""}
    for element in root.iter("{http://purl.org/dc/elements/1.1/}*") if root is not None else ():
        if local(element) in words:
            words[local(element)] = clean(element.text or "")
    return words["title"], words["language"]


@dataclass(slots=True)
class _Words:
    """The words of a paragraph and what hangs on it."""

    words: list[str] = field(default_factory=list)
    frames: list[etree._Element] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)


class _Reader:
    """Walks the text once and collects blocks."""

    def __init__(self, parents: dict[str, str]) -> None:
        self.blocks = Blocks()
        self.parents = parents
        self.title = ""
        self.paragraphs = 0
        self.tables = 0
        self.notes = 0

    def walk(self, element: etree._Element, *, listed: bool = False) -> None:
        """Read what stands directly in the text, a section, an item of a list or a frame."""
        for kid in element:
            name = local(kid)
            if name in ("p", "h"):
                self.paragraph(kid, listed=listed)
            elif name == "table":
                self.table(kid)
            elif name not in _SKIPPED:
                self.walk(kid, listed=listed or name == "list")

    def paragraph(self, element: etree._Element, *, listed: bool) -> None:
        """Add a paragraph or heading, then its frames and notes."""
        found = _Words()
        self.collect(element, found)
        words = "".join(found.words)
        self.paragraphs += 1
        place = f"paragraph {self.paragraphs}"
        outline = attribute(element, "outline-level")
        style = attribute(element, "style-name")
        if local(element) == "h":
            level = int(outline) if outline.isascii() and outline.isdigit() and 0 < int(outline) < 10 else 1
            self.blocks.add("heading", words, level=level, locator=place)
        elif "Title" in (style, self.parents.get(style)):
            self.title = self.title or clean(words)
            self.blocks.add("heading", words, level=1, locator=place)
        else:
            self.blocks.add("item" if listed else "paragraph", words, locator=place)
        self.hanging(found)

    def hanging(self, found: _Words) -> None:
        """Add the frames and notes of a paragraph."""
        for frame in found.frames:
            self.walk(frame)
        for note in found.notes:
            self.notes += 1
            words = _Words()
            body = child(note, "note-body")
            if body is not None:
                self.collect(body, words)
            self.blocks.add("paragraph", "".join(words.words), locator=f"{_note_kind(note)} {self.notes}")
            self.hanging(words)

    def collect(self, element: etree._Element, into: _Words) -> None:
        """Gather the words under an element in order."""
        into.words.append(element.text or "")
        for kid in element:
            name = local(kid)
            if name == "note":
                into.notes.append(kid)
            elif name in ("text-box", "table"):
                into.frames.append(kid if name == "text-box" else _wrapped(kid))
            elif name == "s" or name in _SPACES:
                into.words.append(" ")
            elif name and name not in _SKIPPED:
                self.collect(kid, into)
                if name in ("p", "h", "list-item"):
                    into.words.append(" ")
            into.words.append(kid.tail or "")

    def table(self, element: etree._Element) -> None:
        """Add the rows of a table. A row with one filled cell is a box: its paragraphs keep their kinds."""
        self.tables += 1
        number, index = self.tables, 0
        for row in _rows(element):
            index += _repeats(row, "number-rows-repeated")
            cells = [cell for cell in row if local(cell) == "table-cell"]
            filled = [cell for cell in cells if clean("".join(cell.itertext()))]
            if len(filled) == 1:
                self.walk(filled[0])
            elif filled:
                self.row(filled, f"table {number}, row {index}")

    def row(self, cells: list[etree._Element], place: str) -> None:
        """Add one row, then what hangs on its cells; tables inside a cell follow as rows of their own."""
        texts, hangs, nested = [], [], []
        for cell in cells:
            found = _Words()
            for kid in cell:
                if local(kid) == "table":
                    nested.append(kid)
                elif local(kid) not in _SKIPPED:
                    self.collect(kid, found)
                    found.words.append(" ")
            texts.append(("".join(found.words), place))
            hangs.append(found)
        self.blocks.add_row(texts)
        for found in hangs:
            self.hanging(found)
        for table in nested:
            self.table(table)


def _rows(element: etree._Element) -> list[etree._Element]:
    rows = []
    for kid in element:
        name = local(kid)
        if name == "table-row":
            rows.append(kid)
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            rows += _rows(kid)
    return rows


def _repeats(element: etree._Element, name: str) -> int:
    said = attribute(element, name)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else 1


def _wrapped(table: etree._Element) -> etree._Element:
    """A table in a paragraph, held so that it is walked as a frame."""
    holder = etree.Element("frame")
    holder.append(table)
    return holder


def _note_kind(note: etree._Element) -> str:
    return "endnote" if attribute(note, "note-class") == "endnote" else "footnote"


PARSER = Parser("odt", "OpenDocument text", (MEDIA_TYPE,), ("odt", "ott"), recognises, parse)
