"""Web pages, parsed as a browser does. Menus, scripts, forms and what is hidden are left out; headings, paragraphs,
items and rows of tables stay. When that would take most of the page, nothing but scripts is left out.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from waymark.engines.documents.cleaning import Blocks, clean
from waymark.engines.documents.model import BlockKind, ParsedDocument
from waymark.engines.documents.parsers import Parser
from waymark.engines.files.charset import MARKS, Decoded, decode
from waymark.gcm.errors import InputError

LONGEST_FILE = 64 * 2**20
"""Bytes of a page."""

LEAST_KEPT = 0.25
"""Share of the letters of a page that must stay after menus and the like are left out."""

_NEVER = frozenset({
    "script", "style", "template", "svg", "math", "iframe", "object", "embed", "canvas", "head", "noscript", "audio",
    "video", "map", "datalist",
})  # fmt: skip
_FURNITURE = frozenset({"nav", "header", "footer", "form", "button", "select", "textarea", "dialog", "aside", "menu"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"})
_COOKIES = re.compile(r"cookie[-_ ]?(?:banner|consent|notice|bar|popup|law)|skip[-_ ]?(?:link|to[-_ ]?content)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ITEMS = frozenset({"li", "dt", "dd"})
_LINES = frozenset({
    "p", "div", "section", "article", "main", "body", "html", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot",
    "blockquote", "pre", "figure", "figcaption", "caption", "summary", "details", "address", "hr", "fieldset", "legend",
    "center", "tr", "td", "th", "header", "footer", "nav", "aside", "form", "hgroup", "dialog", "menu", "search",
})  # fmt: skip
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.I)
_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|div|p|h[1-6]|table|article|section|main|ul|ol|span|a|b|br|center|font)\b",
    re.I | re.S,
)


def recognises(head: bytes, names: frozenset[str]) -> bool:
    """Text that begins with an element of HTML, after comments and an XML declaration."""
    if names:
        return False
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return bool(_START.match(head[len(mark) :].decode(encoding, "ignore")))
    return bool(_START.match(head.decode("latin-1")))


def parse(path: Path) -> ParsedDocument:
    """Read a web page. Raises InputError when it is too long or its letters cannot be told."""
    with path.open("rb") as stream:
        data = stream.read(LONGEST_FILE + 1)
    if len(data) > LONGEST_FILE:
        raise InputError("the file", "it is a page of more than 64 MB.", expected="a document.", todo="Divide it.")
    decoded = decode(data, declared_charset(data))
    return read(decoded)


def declared_charset(data: bytes) -> str:
    """The encoding a page names in its first 4 kB, "" when it names none."""
    found = _XML.match(data[:400]) or _META.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    return "utf-8" if name.startswith("utf-16") else name


def read(decoded: Decoded) -> ParsedDocument:
    """The document in the text of a page."""
    tree = LexborHTMLParser(decoded.text)
    root = tree.root
    notes = [decoded.note] if decoded.note else []
    if root is None:
        return ParsedDocument("text/html", (), parser="html", notes=tuple(notes))
    reader = _Reader(choosy=True)
    reader.walk(root)
    if reader.left_out and reader.letters < LEAST_KEPT * (reader.letters + reader.left_out):
        reader = _Reader(choosy=False)
        reader.walk(root)
        notes.append("Menus of the page could not be told from its text, so they were read too.")
    head = tree.css_first("title")
    title = clean(head.text() or "") if head is not None else ""
    top = tree.css_first("html")
    language = clean(top.attributes.get("lang") or top.attributes.get("xml:lang") or "") if top is not None else ""
    language = language if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", language) else ""
    return ParsedDocument(
        "text/html", tuple(reader.blocks.found), title=title, language=language.replace("_", "-"), parser="html",
        notes=tuple(notes),
    )  # fmt: skip


@dataclass(slots=True)
class _Row:
    """A row that is being read: its cells so far."""

    cells: list[str] = field(default_factory=list)


class _Reader:
    """Walks the tree without recursion and collects blocks."""

    def __init__(self, *, choosy: bool) -> None:
        self.choosy = choosy
        self.blocks = Blocks()
        self.words: list[str] = []
        self.kinds: list[tuple[BlockKind, int]] = [("paragraph", 0)]
        self.rows: list[_Row] = []
        self.number = 0
        self.letters = 0
        self.left_out = 0

    def walk(self, root: LexborNode) -> None:
        """Read everything below `root` in order."""
        stack: list[LexborNode | str] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                self.leave(node)
                continue
            name = node.tag or ""
            if name == "-text":
                self.say(node.text_content or "")
                continue
            if name == "-document" or node.is_element_node:
                if name in _NEVER or self.dropped(node, name):
                    continue
                if name == "tr" and _is_layout(node):
                    name = "div"
                self.enter(name)
                stack.append(name)
                stack.extend(reversed(list(node.iter(include_text=True))))
        self.flush()

    def dropped(self, node: LexborNode, name: str) -> bool:
        """Whether an element is furniture of the page or hidden; the letters in it are counted."""
        if not self.choosy:
            return False
        attributes = node.attributes
        marks = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        drop = (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or (attributes.get("role") or "").lower() in _ROLES
            or bool(_HIDDEN.search(attributes.get("style") or ""))
            or bool(_COOKIES.search(marks))
            or (name in _FURNITURE and not _belongs_to_text(node, name))
        )
        if drop:
            self.left_out += len("".join((node.text(separator=" ") or "").split()))
        return drop

    def enter(self, name: str) -> None:
        """Begin an element."""
        if name in _HEADINGS:
            self.flush()
            self.kinds.append(("heading", _HEADINGS[name]))
        elif name in _ITEMS:
            self.flush()
            self.kinds.append(("item", 0))
        elif name == "tr":
            self.flush()
            self.rows.append(_Row())
        elif name in ("td", "th"):
            self.flush()
            if self.rows:
                self.rows[-1].cells.append("")
        elif name in _LINES:
            self.flush()
        elif name == "br":
            self.words.append(" ")

    def leave(self, name: str) -> None:
        """End an element."""
        if name in _HEADINGS or name in _ITEMS:
            self.flush()
            self.kinds.pop()
        elif name == "tr":
            self.flush()
            self.emit_row(self.rows.pop())
        elif name in _LINES:
            self.flush()

    def emit_row(self, row: _Row) -> None:
        """Add a finished row; inside another row's cell it becomes part of that cell."""
        if self.rows and self.rows[-1].cells:
            self.rows[-1].cells[-1] += " " + " ".join(row.cells)
        else:
            self.number += 1
            self.blocks.add_row([(cell, f"paragraph {self.number}") for cell in row.cells])

    def say(self, words: str) -> None:
        """Add running words."""
        self.letters += len("".join(words.split()))
        self.words.append(words)

    def flush(self) -> None:
        """End the words so far as a block, or as part of a cell."""
        words = clean("".join(self.words))
        self.words.clear()
        if not words:
            return
        if self.rows:
            row = self.rows[-1]
            if not row.cells:
                row.cells.append("")
            row.cells[-1] += f" {words}"
            return
        self.number += 1
        kind, level = self.kinds[-1]
        self.blocks.add(kind, words, level=level, locator=f"paragraph {self.number}")


def _is_layout(row: LexborNode) -> bool:
    """Whether a row only places parts of the page: it holds a table or a heading, or a single cell."""
    return row.css_first("table, h1, h2, h3, h4, h5, h6") is not None or len(row.css("td, th")) < 2


def _belongs_to_text(node: LexborNode, name: str) -> bool:
    """Whether a header, footer or aside stands in an article, or a header holds the title of the page."""
    if name not in ("header", "footer", "aside"):
        return False
    if name == "header" and node.css_first("h1") is not None:
        return True
    parent = node.parent
    for _ in range(50):
        if parent is None:
            return False
        if parent.tag in ("article", "main", "section"):
            return True
        parent = parent.parent
    return False


PARSER = Parser("html", "web page", ("text/html", "application/xhtml+xml"), ("html", "htm", "xhtml"), recognises, parse)
