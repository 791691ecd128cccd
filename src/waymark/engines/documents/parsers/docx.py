"""Word files (DOCX, DOCM, DOTX): zip and XML read in the order of the body, so that no text is lost.

Text in tables, content controls, text boxes, footnotes and endnotes is read; text that tracked changes deleted, text
that is hidden, comments, the table of contents and page headers are not. There are no pages in such a file, so a place
in it is "paragraph 12" or "table 2, row 3".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from posixpath import dirname, join, normpath

from lxml import etree

from waymark.engines.documents.cleaning import Blocks, clean
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.parsers import Parser
from waymark.engines.documents.parsers.word_styles import Style, read_styles
from waymark.engines.files.containers import Package, damaged, package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.12"

LONGEST_HEADING = 400
"""Characters; a longer paragraph is running text, whatever its style says."""

LONGEST_BOLD = 120
"""Characters of a bold line that may stand for a heading in a file that has no styled ones."""

_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "pPr", "rPr", "tblPr", "tblGrid", "sectPr"}
)
_SPACES = frozenset({"tab", "br", "cr", "ptab"})
_CONTAINERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "document", "hyperlink", "txbxContent"}
)
_NOTES = frozenset({"footnoteReference", "endnoteReference"})


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; strict and transitional files differ only in that."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str:
    """The value of an attribute by its name without namespace, "" when it is missing."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The element reached by these names of children, None when one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((kid for kid in element if local(kid) == name), None)
    return element


def recognises(head: bytes, names: frozenset[str]) -> bool:
    """A ZIP container with the parts of a Word file."""
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def parse(path: Path) -> ParsedDocument:
    """Read a Word file. Raises InputError when it is damaged, locked or unsafe."""
    with package(path) as found:
        main = _main_part(found)
        body = child(found.xml(main), "body")
        if body is None:
            raise damaged("it has no text body")
        reader = _Reader(found, main)
        reader.walk(body)
        reader.end()
        macros = any(name.lower().endswith("vbaproject.bin") for name in found.names)
        notes = [*(["Macros were not run."] if macros else []), *reader.notes]
        title, language = _properties(found)
        return ParsedDocument(
            MACRO_TYPE if macros else MEDIA_TYPE, tuple(reader.blocks.found), title=title or reader.title,
            language=language or reader.language, parser="docx", notes=tuple(notes),
        )  # fmt: skip


def _relations(found: Package, part: str) -> Iterator[tuple[str, str]]:
    """(kind, part) of each part that this one names."""
    folder = dirname(part)
    root = found.xml(join(folder, "_rels", f"{part.rpartition('/')[2]}.rels"))
    for relation in root if root is not None else ():
        if attribute(relation, "TargetMode") != "External":
            target = attribute(relation, "Target")
            yield attribute(relation, "Type").rpartition("/")[2], normpath(join("/", folder, target)).lstrip("/")


def _main_part(found: Package) -> str:
    named = next((part for kind, part in _relations(found, "") if kind == "officeDocument"), "word/document.xml")
    return named if named in found.names else "word/document.xml"


def _properties(found: Package) -> tuple[str, str]:
    """The title and language that the file says of itself."""
    core = found.xml("docProps/core.xml")
    words = {local(element): clean(element.text or "") for element in core} if core is not None else {}
    return words.get("title", ""), words.get("language", "")


@dataclass(slots=True)
class _Paragraph:
    """The words of a paragraph and what hangs on it."""

    words: list[str] = field(default_factory=list)
    bold: bool = True
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class _Reader:
    """Walks the body once and collects blocks."""

    def __init__(self, found: Package, main: str) -> None:
        parts = dict(_relations(found, main))
        self.blocks = Blocks()
        self.styles, self.language = read_styles(found.xml(parts.get("styles", "word/styles.xml")))
        self.sides = {
            "footnoteReference": self._side(found, parts.get("footnotes", "word/footnotes.xml")),
            "endnoteReference": self._side(found, parts.get("endnotes", "word/endnotes.xml")),
        }
        self.title = ""
        self.paragraphs = 0
        self.tables = 0
        self.held = ""
        self.bold: list[int] = []
        self.styled = self.hidden = self.foreign = False

    @staticmethod
    def _side(found: Package, part: str) -> dict[str, etree._Element]:
        """Footnotes or endnotes by number; the separators between them have a type and are left out."""
        root = found.xml(part)
        return {attribute(note, "id"): note for note in root if not attribute(note, "type")} if root is not None else {}

    @property
    def notes(self) -> list[str]:
        """What the reader of the file should know."""
        found = ["Hidden text was left out."] if self.hidden else []
        return [*found, *(["A part that is stored as another file was not read."] if self.foreign else [])]

    def walk(self, element: etree._Element) -> None:
        """Read what stands directly in a body, a cell or a content control."""
        for kid in element:
            name = local(kid)
            if name == "p":
                self.paragraph(kid)
            elif name == "tbl":
                self.table(kid)
            elif name == "AlternateContent":
                self.walk(_choice(kid))
            elif name in _CONTAINERS:
                self.walk(kid)
            elif name == "altChunk":
                self.foreign = True

    def end(self) -> None:
        """Add words that waited for a next paragraph; without styled headings, short bold lines are the headings."""
        if self.held:
            self.blocks.add("paragraph", self.held, locator=f"paragraph {self.paragraphs}")
            self.held = ""
        for index in () if self.styled else self.bold:
            self.blocks.found[index] = replace(self.blocks.found[index], kind="heading", level=1)

    def paragraph(self, element: etree._Element) -> None:
        """Add a paragraph, then its text boxes and notes."""
        found = _Paragraph()
        self.collect(element, found)
        properties = child(element, "pPr")
        words = self.held + "".join(found.words)
        self.held = ""
        self.paragraphs += 1
        if child(properties, "rPr", "del") is not None:
            self.held = words
        else:
            style = self.styles.get(attribute(child(properties, "pStyle"), "val"), Style())
            if not style.contents:
                self.emit(words, style, properties, bold=found.bold)
        self.hanging(found)

    def emit(self, words: str, style: Style, properties: etree._Element | None, *, bold: bool) -> None:
        """Add one block of the kind that the style and the paragraph say."""
        words, place = clean(words), f"paragraph {self.paragraphs}"
        direct = attribute(child(properties, "outlineLvl"), "val")
        level = int(direct) + 1 if direct.isascii() and direct.isdigit() and int(direct) < 9 else style.level
        listed = attribute(child(properties, "numPr", "numId"), "val")
        if style.title and not self.title:
            self.title = words
        if level and len(words) <= LONGEST_HEADING:
            self.blocks.add("heading", words, level=level, locator=place)
            self.styled = True
        elif (listed or style.listed) and listed != "0":
            self.blocks.add("item", words, locator=place)
        elif self.blocks.add("paragraph", words, locator=place) and bold and _may_be_heading(words):
            self.bold.append(len(self.blocks.found) - 1)

    def hanging(self, found: _Paragraph) -> None:
        """Add the text boxes and the notes of a paragraph, each note once."""
        for box in found.boxes:
            self.walk(box)
        for kind, number in found.notes:
            note = self.sides[kind].pop(number, None)
            if note is not None:
                words = _Paragraph()
                self.collect(note, words)
                label = "endnote" if kind == "endnoteReference" else "footnote"
                self.blocks.add("paragraph", "".join(words.words), locator=f"{label} {number}")

    def collect(self, element: etree._Element, into: _Paragraph) -> None:
        """Gather the words under an element in order."""
        for kid in element:
            name = local(kid)
            if name == "t":
                into.words.append(kid.text or "")
            elif name in _SPACES:
                into.words.append(" ")
            elif name == "noBreakHyphen":
                into.words.append("-")
            elif name == "txbxContent":
                into.boxes.append(kid)
            elif name in _NOTES:
                into.notes.append((name, attribute(kid, "id")))
            elif name == "AlternateContent":
                self.collect(_choice(kid), into)
            elif name == "r" and _on(kid, "vanish"):
                self.hidden = True
            elif name not in _SKIPPED:
                if (
                    name == "r"
                    and into.bold
                    and not _on(kid, "b")
                    and any(clean(t.text or "") for t in kid.iter("{*}t"))
                ):
                    into.bold = False
                self.collect(kid, into)
                if name in ("p", "tc"):
                    into.words.append(" ")

    def table(self, element: etree._Element) -> None:
        """Add the rows of a table. A row with one filled cell is a box: its paragraphs keep their kinds."""
        self.tables += 1
        number = self.tables
        for index, row in enumerate(_under(element, "tr"), 1):
            if child(row, "trPr", "del") is not None:
                continue
            cells = [cell for cell in _under(row, "tc") if child(cell, "tcPr", "cellDel") is None]
            filled = [cell for cell in cells if any(clean(text.text or "") for text in cell.iter("{*}t"))]
            if len(filled) == 1:
                self.walk(filled[0])
            else:
                self.row(filled, f"table {number}, row {index}")

    def row(self, cells: list[etree._Element], place: str) -> None:
        """Add one row, then what hangs on its cells; tables inside a cell follow as rows of their own."""
        texts, inner = [], _Paragraph()
        nested: list[etree._Element] = []
        for cell in cells:
            found = _Paragraph()
            for kid in _flat(cell):
                if local(kid) == "tbl":
                    nested.append(kid)
                else:
                    self.collect(kid, found)
                    found.words.append(" ")
            texts.append(("".join(found.words), place))
            inner.boxes += found.boxes
            inner.notes += found.notes
        self.blocks.add_row(texts)
        self.hanging(inner)
        for table in nested:
            self.table(table)


def _flat(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables that stand in a cell, content controls opened."""
    for kid in element:
        name = local(kid)
        if name in ("p", "tbl"):
            yield kid
        elif name == "AlternateContent":
            yield from _flat(_choice(kid))
        elif name in _CONTAINERS:
            yield from _flat(kid)


def _under(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, content controls opened."""
    for kid in element:
        name = local(kid)
        if name == wanted:
            yield kid
        elif name in _CONTAINERS:
            yield from _under(kid, wanted)


def _choice(element: etree._Element) -> etree._Element:
    """One of two forms of the same content, so that a text box is not read twice."""
    first = child(element, "Choice")
    if first is None:
        first = child(element, "Fallback")
    return element if first is None else first


def _may_be_heading(words: str) -> bool:
    """Whether a bold line is short and no sentence."""
    return len(words) <= LONGEST_BOLD and not words.endswith((".", ";", ","))


def _on(run: etree._Element, name: str) -> bool:
    """Whether a property of a run is set: present, and not with a value that says no."""
    found = child(run, "rPr", name)
    return found is not None and attribute(found, "val") not in ("0", "false", "off")


PARSER = Parser("docx", "Word", (MEDIA_TYPE, MACRO_TYPE), ("docx", "docm", "dotx"), recognises, parse)
