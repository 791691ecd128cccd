"""Reads a built page with the standard library only: figures, counts and tables with the heading they stand under."""

import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
MARKED = ("figure", "count", "date", "numbering")
VOID = ("br", "col", "hr", "img", "input", "link", "meta")


def pages_of(folder: Path) -> dict[str, str]:
    """The pages of a built paper by name, in reading order: each leads to the next."""
    found: dict[str, str] = {}
    name = "index.html"
    while name:
        found[name] = (folder / name).read_text("utf-8")
        to = re.search(r'rel="next" href="([^"]*)"', found[name])
        name = posixpath.normpath(posixpath.join(posixpath.dirname(name), to[1])) if to else ""
    return found


def whole(folder: Path) -> str:
    """All pages of a built paper, one after the other."""
    return "\n".join(pages_of(folder).values())


@dataclass
class Value:
    """A marked numeral: kind, machine value, words, and the id of the heading it stands under."""

    kind: str
    value: str
    text: str
    section: str
    paragraph: int
    quoted: bool
    folded: bool = False
    """Whether it stands in the table of data under a chart, which a printed page may leave out."""


@dataclass
class Grid:
    """A table: its section and rows of cells, each the marked values in it."""

    section: str
    rows: list[list[list[Value]]] = field(default_factory=list)


class Page(HTMLParser):
    """A page being read; charts (SVG) are left out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.section, self.paragraph, self.drawing, self.folds = "", 0, 0, 0
        self.values: list[Value] = []
        self.tables: list[Grid] = []
        self.text: list[str] = []
        self.links: dict[int, str] = {}  # paragraph → the statistic that it leads to
        self.current: Value | None = None
        self.origins: list[bool] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag not in VOID:
            self.origins.append("data-origin" in given)
        if tag == "svg":
            self.drawing += 1
        self.folds += tag == "details"
        if self.drawing:
            return
        if tag in HEADS or (tag == "li" and given.get("id", "").startswith("statistic-")):
            self.section = given.get("id", "")
        if tag in ("p", "li", "dd", "div"):
            self.paragraph += 1
        if tag == "a" and "#statistic-" in given.get("href", ""):
            self.links[self.paragraph] = given["href"].partition("#")[2]
        if tag == "table":
            self.tables.append(Grid(self.section))
        if tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        if tag in ("td", "th") and self.tables:
            self.tables[-1].rows[-1].append([])
        kind = given.get("class", "") if tag == "data" else "date" if tag == "time" else ""
        if kind in MARKED:
            machine = given.get("value") or given.get("datetime", "")
            self.current = Value(kind, machine, "", self.section, self.paragraph, any(self.origins), self.folds > 0)
            self.values.append(self.current)
            if self.tables and self.tables[-1].rows and self.tables[-1].rows[-1]:
                self.tables[-1].rows[-1][-1].append(self.current)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.origins:
            self.origins.pop()
        if tag == "svg":
            self.drawing -= 1
        self.folds -= tag == "details"
        if tag in ("data", "time"):
            self.current = None
        if tag == "table":
            self.tables.append(Grid(self.section))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""

    def handle_data(self, data: str) -> None:
        if self.drawing:
            return
        self.text.append(data)
        if self.current is not None:
            self.current.text += data

    def under(self, section: str, kind: str) -> list[Value]:
        """Values of a kind directly under a heading, quoted words left out."""
        return [v for v in self.values if v.section == section and v.kind == kind and not v.quoted]

    def first_paragraph(self, section: str, kind: str) -> list[str]:
        """Machine values of a kind in the first paragraph under a heading that holds any."""
        found = self.under(section, kind)
        return [v.value for v in found if v.paragraph == found[0].paragraph]
