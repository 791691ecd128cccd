"""A paper as several web pages: the first one is soon there on a slow link, each later chapter is a file beside it.

Every page stands alone: it carries the style sheet, the marking, and the sources that it cites under their numbers, so
that one page can be saved, sent or printed. Tables and figures keep the numbers that they have in print. Links are
relative, so that the folder can be moved and opened without a server.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from posixpath import dirname, relpath

from waymark.engines.printing.blocks import (
    Block,
    CitationEntry,
    CitationList,
    Facts,
    Heading,
    PageBreak,
    PrintedPaper,
    Run,
    Runs,
    Single,
)
from waymark.engines.printing.html import Page
from waymark.engines.printing.markup import text_of, with_numbering
from waymark.engines.printing.reading import block_anchors, in_print_order, stacked, walk, words

FIRST = "index.html"
CONTENTS = "contents"
"""The id of the contents, to which every page leads."""
FILES = "files"
"""The id of the list of files beside the first page."""
SOURCES_HERE = "sources-here"
LISTED_FROM = 3
"""A page of so many parts or more lists them under its title."""


@dataclass(frozen=True, slots=True)
class Start:
    """The file that begins at a heading. Its title is the heading, or `title` where it holds several chapters.

    `legend` stands at the end of its text: what a reader needs who opens this page alone. It may set no anchor.
    """

    name: str
    title: Runs = ()
    legend: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Companion:
    """A link to another file of the paper, or to a place of the first page: its words, and where it leads."""

    label: Runs
    href: str


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page says of the paper before its text: one line, the ways on, and the files beside it by use."""

    says: Runs
    ways: tuple[Companion, ...] = ()
    files: tuple[tuple[Runs, tuple[Companion, ...]], ...] = ()


@dataclass(slots=True)
class Sheet:
    """One file to be: its title and blocks. `level` is that of the heading it begins at, 0 for the first page."""

    name: str
    title: Runs
    anchor: str = ""
    level: int = 0
    heading: Heading | None = None
    """The heading that is its title."""
    blocks: list[Single] = field(default_factory=list)
    above: "Sheet | None" = None
    legend: tuple[Block, ...] = ()

    @property
    def raised(self) -> int:
        """By how many levels its headings stand higher than in a page that holds all."""
        return self.level if self.heading else 0

    def anchors(self) -> list[str]:
        """The anchors that its blocks set."""
        own = [self.anchor] if self.heading else []
        return own + [anchor for block in walk(tuple(self.blocks)) for anchor in block_anchors(block)]

    def parts(self) -> list[Heading]:
        """The headings one level below its title."""
        found = (block for block in self.blocks if isinstance(block, Heading))
        return [heading for heading in found if heading.level <= self.raised + 1]


def render_pages(paper: PrintedPaper, starts: Mapping[str, Start], front: Front) -> dict[str, bytes]:
    """`paper` as pages by file name, the first one first. `starts` names the anchors of headings that begin a file.

    Same input, same bytes; nothing is written and nothing is fetched. Raises ValueError for a paper that is not well
    made (see `reading.plan`), a chart that is not safe, or one that links to what the paper does not hold.
    """
    return Pages(paper, starts, front).render_all()


def divided(paper: PrintedPaper, starts: Mapping[str, Start]) -> list[Sheet]:
    """The sheets of a paper in reading order. A break of pages between two files says nothing and is left out."""
    sheet = Sheet(FIRST, paper.cover.title)
    sheets = [sheet]
    for block in stacked(in_print_order(paper.blocks)):
        if isinstance(block, Heading) and (start := starts.get(block.anchor)):
            above = next((one for one in reversed(sheets) if one.level < block.level), None)
            sheet = Sheet(
                start.name, start.title or block.runs, block.anchor, block.level, above=above, legend=start.legend
            )
            sheets.append(sheet)
            if not start.title:
                sheet.heading = block
                continue
        sheet.blocks.append(block)
    for one in sheets:
        while one.blocks and isinstance(one.blocks[-1], PageBreak):
            one.blocks.pop()
    return sheets


@lru_cache(maxsize=4096)
def way(start: str, file: str) -> str:
    """The relative way from a file to another one, "" to itself."""
    return "" if file == start else relpath(file, dirname(start) or ".")


class Pages(Page):
    """The pages being written, one after the other."""

    def __init__(self, paper: PrintedPaper, starts: Mapping[str, Start], front: Front) -> None:
        super().__init__(paper)
        self.front = front
        self.running_head = with_numbering(paper.running_head)
        self.sheets = divided(paper, starts)
        self.places = {anchor: sheet.name for sheet in self.sheets for anchor in sheet.anchors()}
        self.openers = {sheet.anchor for sheet in self.sheets}
        self.entries: dict[int, CitationEntry] = {}
        self.written: dict[int, str] = {}
        """Citation number → the words of the source."""
        self.list_of_sources = ("", "")
        """The file that lists all sources, and the anchor of the heading above the list."""
        for sheet in self.sheets:
            anchor = sheet.anchor
            for block in sheet.blocks:
                if isinstance(block, Heading):
                    anchor = block.anchor
                elif isinstance(block, CitationList):
                    self.list_of_sources = (sheet.name, anchor)
                    self.entries |= {entry.number: entry for entry in block.entries}

    def render_all(self) -> dict[str, bytes]:
        """Every page by its file name."""
        return {sheet.name: self.sheet(sheet, place).encode() for place, sheet in enumerate(self.sheets)}

    def sheet(self, sheet: Sheet, place: int) -> str:
        """One page: what stands before its text, the text, its sources, and the way to the pages beside it."""
        self.file, self.raised = sheet.name, sheet.raised
        if sheet.heading:
            self.opened(sheet.heading)
        text = self.blocks((*sheet.blocks, *sheet.legend)) + self.sources_here()
        if place == 0:
            title, description = self.paper.title, self.paper.description
            head, text = self.first_head(), text + self.files()
        else:
            title, description = f"{words(sheet.title)} · {self.paper.title}", ""
            head = self.head(sheet)
        return self.framed(title, description, f'{head}<main id="text">\n{text}</main>\n{self.turn(place)}')

    def path(self, file: str) -> str:
        """The way from the page being written to another file, "" to itself."""
        return way(self.file, file)

    def address(self, anchor: str, file: str = "") -> str:
        """The address of an anchor of the paper, or of an id of ours in `file`, from the page being written."""
        held = file or self.places.get(anchor)
        if held is None:
            raise ValueError(f"a chart links to {anchor!r}, which is not in the paper")
        path = self.path(held)
        return path if path and not file and anchor in self.openers else f"{path}#{anchor}"

    def kept(self, heading: Heading) -> str:
        """The contents keep the id of a heading of another file: addresses of the first page hold."""
        return "" if self.places[heading.anchor] == self.file else f' id="{text_of(heading.anchor)}"'

    def first_head(self) -> str:
        """The title of the paper, one line about it, the ways on; its facts are folded."""
        cover = self.paper.cover
        subtitle = f'<p class="subtitle">{self.runs(cover.subtitle)}</p>\n' if cover.subtitle else ""
        ways = "".join(f"<li>{self.companion(one)}</li>" for one in self.front.ways)
        nav = f'<nav class="ways" aria-label="{self.word("other forms")}"><ul>{ways}</ul></nav>\n' if ways else ""
        facts = self.facts(Facts(cover.facts)) if cover.facts else ""
        notice = self.notice(cover.notice) if cover.notice else ""
        about = f"<details><summary>{self.word('about')}</summary>\n{facts}{notice}</details>\n"
        return (
            f'<header class="cover">\n<h1>{self.runs(cover.title)}</h1>\n{subtitle}'
            f'<p class="says">{self.runs(self.front.says)}</p>\n{nav}{about if facts or notice else ""}</header>\n'
        )

    def companion(self, one: Companion) -> str:
        """A link to a file beside the first page."""
        return f'<a href="{text_of(one.href)}">{self.runs(one.label, plain=True)}</a>'

    def files(self) -> str:
        """The files beside the first page, by what they are for."""
        if not self.front.files:
            return ""
        rows = "".join(
            f"<div><dt>{self.runs(use)}</dt><dd>{' · '.join(self.companion(one) for one in found)}</dd></div>\n"
            for use, found in self.front.files
        )
        return f'<h2 id="{FILES}">{self.word("files")}</h2>\n<dl class="facts">\n{rows}</dl>\n'

    def head(self, sheet: Sheet) -> str:
        """The pages above this one, its title, and its parts."""
        way = [f'<a href="{self.path(FIRST)}">{self.running_head}</a>']
        if sheet.above is not None and sheet.above.level:
            way.append(f'<a href="{self.path(sheet.above.name)}">{self.runs(sheet.above.title, plain=True)}</a>')
        anchor = f' id="{text_of(sheet.anchor)}"' if sheet.heading else ""
        hidden = self.hidden(sheet.heading) if sheet.heading else ""
        return (
            f'<header class="chapter">\n<nav class="way" aria-label="{self.word("where it belongs")}">'
            f"<ol>{''.join(f'<li>{one}</li>' for one in way)}</ol></nav>\n"
            f"<h1{anchor}>{self.runs(sheet.title)}{hidden}</h1>\n{self.parts(sheet)}</header>\n"
        )

    def parts(self, sheet: Sheet) -> str:
        """Links to the pages below this one, or to the parts of its text where there are several."""
        below: list[tuple[str, Runs]] = [(self.path(one.name), one.title) for one in self.sheets if one.above is sheet]
        kind = "parts below" if below else "parts"
        if not below:
            below = [(f"#{heading.anchor}", heading.runs) for heading in sheet.parts()]
            if len(below) < LISTED_FROM:
                return ""
        items = "".join(f'<li><a href="{text_of(to)}">{self.runs(title, plain=True)}</a></li>' for to, title in below)
        return f'<nav class="{kind}" aria-label="{self.word("in this chapter")}"><ul>{items}</ul></nav>\n'

    def source(self, entry: CitationEntry) -> str:
        """The words of a source, written once for all pages, unless they lead to a place of the paper."""
        if any(run.cites or run.href.startswith("#") for run in entry.runs):
            return self.runs(entry.runs)
        if entry.number not in self.written:
            self.written[entry.number] = self.runs(entry.runs)
        return self.written[entry.number]

    def sources_here(self) -> str:
        """The sources that this page cites, under the numbers of the list of all, with the way to it."""
        listed, anchor = self.list_of_sources
        if self.file == listed:
            return ""
        cited = {
            number: [place for place in places if place[0] == self.file]
            for number, places in sorted(self.cited.items())
            if places[-1][0] == self.file  # this page is the last one so far
        }
        if not cited:
            return ""
        return (
            f'<h2 id="{SOURCES_HERE}">{self.word("sources here")}</h2>\n'
            f"{self.sources([self.entries[number] for number in cited], cited)}\n"
            f'<p><a href="{text_of(self.address(anchor))}">{self.word("all sources")}</a></p>\n'
        )

    def turn(self, place: int) -> str:
        """The page before and the page after, and the contents between them."""
        ways = []
        if place:
            ways += [
                self.neighbour("prev", "previous", self.sheets[place - 1]),
                f'<a class="up" href="{self.path(FIRST)}#{CONTENTS}">{self.word("all chapters")}</a>',
            ]
        if place + 1 < len(self.sheets):
            ways.append(self.neighbour("next", "next", self.sheets[place + 1]))
        if not ways:
            return ""
        return f'<nav class="turn" aria-label="{self.word("other chapters")}">{"".join(ways)}</nav>'

    def neighbour(self, side: str, key: str, sheet: Sheet) -> str:
        """A link to the page before or after."""
        title: Runs = sheet.title if sheet.level else (Run(words(sheet.title)),)
        return (
            f'<a class="{side}" rel="{side}" href="{self.path(sheet.name)}">'
            f'<span class="muted">{self.word(key)}</span> {self.runs(title, plain=True)}</a>'
        )
