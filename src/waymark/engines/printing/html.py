"""A paper as one self-contained web page: readable without scripts, without a network, on paper, and at any width.

`pages` makes several of it, with the same parts.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import count
from typing import Any

from waymark.engines.printing import svg
from waymark.engines.printing.blocks import (
    Block,
    BulletList,
    CitationEntry,
    CitationList,
    Contents,
    Cover,
    Facts,
    Figure,
    Heading,
    Matters,
    Notice,
    PageBreak,
    Paragraph,
    PrintedPaper,
    Run,
    Runs,
    Table,
)
from waymark.engines.printing.columns import card_labels, is_years, row_heads, widths
from waymark.engines.printing.markup import align, css_string, numbering, text_of, with_numbering
from waymark.engines.printing.reading import (
    alternative,
    direction,
    in_print_order,
    label,
    plan,
    safe_href,
    source_anchor,
    stacked,
    words,
)
from waymark.engines.printing.tokens import css_variables

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
FIRST_SENTENCE = re.compile(r"[.:;](?=\s)")
STYLES = {"strong": "strong", "emphasis": "em"}
MARK_SPACE = "\u202f"
"""Parts a figure from its citation mark, so that "1 [18]" is never copied or read as 118; no line breaks there."""
GROWTH = 1.35
"""How much larger than drawn a chart may stand: a chart of 640 then fills the page's 54 rem."""
CELLS = (15 / 864, 16 / 864)
"""Letters of a cell and what it keeps free at its sides, as shares of the page's width of 54 rem."""
CARDS_FROM = 3
"""Tables of this many columns or more become cards on a narrow screen; two columns fit beside each other."""


@cache
def style_sheet() -> str:
    """The style sheet with the tokens before it."""
    return css_variables() + resources.files("waymark.engines.printing").joinpath("paper.css").read_text("utf-8")


def render_html(paper: PrintedPaper) -> bytes:
    """`paper` as one UTF-8 page. Same paper, same bytes; no file is written and nothing is fetched.

    Raises ValueError for a paper that is not well made (see `reading.plan`) or a chart that is not safe.
    """
    return Page(paper).render().encode()


class Page:
    """One page being written. Tables, figures and citations are numbered in reading order.

    `file` is its name, and `raised` by how many levels its headings stand higher than in a page that holds all; `pages`
    sets them.
    """

    def __init__(self, paper: PrintedPaper) -> None:
        self.paper = paper
        self.plan = plan(paper)
        self.tables = count(1)
        self.figures = count(1)
        self.file = ""
        self.raised = 0
        self.cited: dict[int, list[tuple[str, str, str]]] = {}
        """Citation number → file and id of its first mark in each chapter, and the title of the chapter, in order."""
        self.chapter = 0
        self.chapter_title = paper.title
        self.marked: set[tuple[int, int]] = set()
        self.marking = f'<aside class="marking">{with_numbering(paper.marking)}</aside>' if paper.marking else ""
        self.styles = f"{style_sheet()}{self.chart_css()}{self.page_boxes()}"
        self.write: dict[type, Callable[[Any], str]] = {
            Heading: self.heading,
            Paragraph: self.paragraph,
            BulletList: self.bullets,
            Table: self.table,
            Figure: self.figure,
            Notice: self.notice,
            Facts: self.facts,
            Matters: self.matters,
            Contents: self.contents,
            PageBreak: lambda _: '<div class="break"></div>',
            CitationList: self.citations,
        }

    def word(self, key: str) -> str:
        """The page's own word for `key`, escaped."""
        return text_of(label(self.paper, key))

    def render(self) -> str:
        """The whole page."""
        paper = self.paper
        body = self.cover(paper.cover) + f'<main id="text">\n{self.blocks(paper.blocks)}</main>'
        return self.framed(paper.title, paper.description, body)

    def framed(self, title: str, description: str, body: str) -> str:
        """A whole page around its `body`: head, marking, and the way past what stands before the text."""
        paper = self.paper
        described = f'<meta name="description" content="{text_of(description)}">' if description else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{text_of(paper.language)}" dir="{paper.direction}">\n<head>\n'
            f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="color-scheme" content="light dark">{described}\n'
            f"<title>{text_of(title)}</title>\n<style>\n{self.styles}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#text">{self.word("skip to text")}</a>\n{self.marking}\n{body}\n</body>\n</html>\n'
        )

    def page_boxes(self) -> str:
        """What stands in the margins of every printed page: marking, running head, page x of y."""
        paper = self.paper
        head, page, of = (css_string(text) for text in (paper.running_head, self.frame("page"), self.frame("of")))
        near, far = ("right", "left") if paper.direction == "rtl" else ("left", "right")
        return (
            f"@page{{@top-{near}{{content:{head}}}@top-{far}{{content:{css_string(paper.marking)}}}"
            f'@bottom-{far}{{content:{page} " " counter(page) " " {of} " " counter(pages)}}}}\n' + self.short_marking()
        )

    def short_marking(self) -> str:
        """On a phone the marking scrolls away and its first sentence stays, in one line, said only once aloud."""
        first = FIRST_SENTENCE.split(self.paper.marking, maxsplit=1)[0]
        if not first:
            return ""
        return f'@media screen and (max-width:30rem){{body::before{{content:{css_string(first)} / ""}}}}\n'

    def chart_css(self) -> str:
        """The charts' own style sheet. Raises ValueError when it could close the style element."""
        if "<" in self.paper.chart_css:
            raise ValueError("the charts' style sheet holds <, which would end the page's own")
        return f"{self.paper.chart_css}\n" if self.paper.chart_css else ""

    def frame(self, key: str) -> str:
        """The page's own word for `key`, as it is."""
        return label(self.paper, key)

    def cover(self, cover: Cover) -> str:
        """The title, its facts and what must be known before reading."""
        subtitle = f'<p class="subtitle">{self.runs(cover.subtitle)}</p>\n' if cover.subtitle else ""
        facts = self.facts(Facts(cover.facts)) if cover.facts else ""
        notice = self.notice(cover.notice) if cover.notice else ""
        return f'<header class="cover">\n<h1>{self.runs(cover.title)}</h1>\n{subtitle}{facts}{notice}</header>\n'

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        """Blocks one after another."""
        return "".join(self.write[type(block)](block) + "\n" for block in stacked(in_print_order(blocks)))

    def runs(self, runs: Runs, *, plain: bool = False) -> str:
        """Runs as phrasing content; `plain` leaves links and citation marks out."""
        return "".join(self.run(run, plain) for run in runs)

    def run(self, run: Run, plain: bool) -> str:
        """One run: its kind's element around the text, then style, language, link, and its citation marks."""
        text = text_of(run.text)
        if run.kind == "text" and run.style == "plain" and not (run.lang or run.href or run.origin or run.cites):
            return text  # most runs
        value = text_of(run.value) if run.value else ""
        match run.kind:
            case "figure" | "count":
                text = f'<data class="{run.kind}" value="{value or text}">{text}</data>'
            case "date":
                text = f'<time datetime="{value}">{text}</time>' if value else f'<span class="date">{text}</span>'
            case "numbering":
                text = f'<span class="numbering">{text}</span>'
        if run.style in STYLES:
            text = f"<{STYLES[run.style]}>{text}</{STYLES[run.style]}>"
        marks = ' class="muted"' if run.style == "muted" else ""
        if run.lang:
            marks += f' lang="{text_of(run.lang)}" dir="{direction(run.lang)}"'
        if plain:
            return f"<span{marks}>{text}</span>" if marks else text
        if run.origin:
            marks += f' data-origin="{text_of(run.origin)}"'
        if run.href and (href := self.leads_to(run.href)):
            text = f'<a href="{text_of(href)}"{marks}>{text}</a>'
        elif marks:
            text = f"<span{marks}>{text}</span>"
        return text + (self.marks(run.cites) if run.cites else "")

    def leads_to(self, href: str) -> str:
        """Where a link leads, "" for one that is not safe."""
        return self.address(href[1:]) if href.startswith("#") else safe_href(href)

    def address(self, anchor: str, file: str = "") -> str:
        """The address of an anchor of the paper, from the page being written; `file` is where an id of ours stands."""
        del file
        return f"#{anchor}"

    def marks(self, numbers: tuple[int, ...]) -> str:
        """Citation marks; the first of a number in each chapter can be come back to."""
        links = []
        for number in numbers:
            place = ""
            if (number, self.chapter) not in self.marked:
                self.marked.add((number, self.chapter))
                name = f"cite-{number}-{self.chapter}"
                self.cited.setdefault(number, []).append((self.file, name, self.chapter_title))
                place = f' id="{name}"'
            said = f'aria-label="{self.word("source")} {number}"'
            links.append(
                f'<a class="numbering" role="doc-noteref"{place} href="#{source_anchor(number)}" {said}>[{number}]</a>'
            )
        return f'<sup class="cites">{MARK_SPACE}{MARK_SPACE.join(links)}</sup>'

    def heading(self, block: Heading) -> str:
        """A heading one level below the title's."""
        self.opened(block)
        tag = f"h{max(2, block.level + 1 - self.raised)}"
        return f'<{tag} id="{text_of(block.anchor)}">{self.runs(block.runs)}{self.hidden(block)}</{tag}>'

    def opened(self, block: Heading) -> None:
        """Note that a heading opens a chapter, where it does."""
        if block.level <= 2:
            self.chapter += 1
            self.chapter_title = words(block.runs)

    def hidden(self, block: Heading) -> str:
        """The words that tell a heading from its namesakes, for those who hear the page."""
        return f'<span class="hidden"> {with_numbering(block.hidden)}</span>' if block.hidden else ""

    def paragraph(self, block: Paragraph) -> str:
        """A paragraph with its role as class."""
        role = "" if block.role == "body" else f' class="{block.role}"'
        return f"<p{role}>{self.runs(block.runs)}</p>"

    def bullets(self, block: BulletList) -> str:
        """A list; an ordered one is numbered by the reader's program."""
        tag = "ol" if block.ordered else "ul"
        names = [f' id="{text_of(anchor)}"' if anchor else "" for anchor in block.anchors or [""] * len(block.items)]
        items = (f"<li{name}>{self.runs(item)}</li>" for name, item in zip(names, block.items, strict=True))
        return f"<{tag}>{''.join(items)}</{tag}>"

    def caption(self, kind: str, number: int, runs: Runs) -> str:
        """ "Table 3." and the caption's own words."""
        return f'<span class="label">{self.word(kind)} {numbering(number)}.</span> {self.runs(runs)}'

    def table(self, block: Table) -> str:
        """A numbered table."""
        return self.grid(block, self.caption("table", next(self.tables), block.caption))

    def grid(self, block: Table, caption: str) -> str:
        """A table with `caption`. Cells carry their column's head, so that a narrow screen can show rows as cards."""
        cards = len(block.columns) >= CARDS_FROM
        kind = "cards" if cards else "years" if is_years(block) else "pairs"
        row_headers = row_heads(block)
        heads = "".join(
            f'<th scope="col" role="columnheader"{align(column.align)}>{self.runs(column.head)}</th>'
            for column in block.columns
        )
        names = [f' data-label="{text_of(head)}"' if cards else "" for head in card_labels(block)]
        shapes = [align(column.align) + name for column, name in zip(block.columns, names, strict=True)]
        shares = "".join(f'<col style="inline-size:{100 * width:.0f}%">' for width in widths(block, 1.0, *CELLS))
        rows = []
        for row in block.rows:
            cells = []
            for place, (shape, cell) in enumerate(zip(shapes, row, strict=True)):
                opening, tag = ("td", "td")
                if place in row_headers:
                    opening, tag = ('th scope="row" role="rowheader"', "th")
                elif kind != "pairs":
                    opening = 'td role="cell"'
                cells.append(f"<{opening}{shape}>{self.runs(cell)}</{tag}>")
            rows.append(f'<tr role="row">{"".join(cells)}</tr>\n')
        anchor = f' id="{text_of(block.anchor)}"' if block.anchor else ""
        return (
            f'<table role="table" class="{kind}"{anchor}><caption>{caption}</caption><colgroup>{shares}</colgroup>\n'
            f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
            f'<tbody role="rowgroup">\n{"".join(rows)}</tbody></table>'
        )

    def figure(self, block: Figure) -> str:
        """A chart under its caption, then the table of what it shows."""
        anchor = text_of(block.anchor)
        caption = self.caption("figure", next(self.figures), block.caption)
        alt = alternative(self.paper, block, table=True)
        if block.narrow_svg:
            paper = "wide" if svg.fits_print(block.svg) else "narrow"
            shapes = (("wide", block.svg, anchor), ("narrow", block.narrow_svg, f"{anchor}-narrow"))
            chart = "".join(
                drawn(source, f"{shape} printed" if shape == paper else shape, name, alt, self.address)
                for shape, source, name in shapes
            )
        else:
            chart = drawn(block.svg, "printed", anchor, alt, self.address)
        data = ""
        if block.table is not None:
            table = self.grid(block.table, self.runs(block.table.caption))
            data = f"<details><summary>{self.word('data table')}</summary>\n{table}</details>"
        return f'<figure id="{anchor}"><figcaption>{caption}</figcaption>\n{chart}\n{data}</figure>'

    def notice(self, block: Notice) -> str:
        """A marked-off part; its edge is drawn by role, its title says the role in words."""
        title = f'<p class="notice-title">{self.runs(block.title)}</p>\n' if block.title else ""
        return f'<div class="notice {block.role}" role="note">\n{title}{self.blocks(block.blocks)}</div>'

    def facts(self, block: Facts) -> str:
        """Pairs of label and value."""
        pairs = "".join(
            f"<div><dt>{self.runs(name)}</dt><dd>{self.runs(value)}</dd></div>" for name, value in block.items
        )
        return f'<dl class="facts">{pairs}</dl>\n'

    def matters(self, block: Matters) -> str:
        """Sentences under their heads, each with its source in small type."""
        rows = []
        for item in block.items:
            source = f'<p class="source">{self.runs(item.source)}</p>' if item.source else ""
            rows.append(f"<div><dt>{self.runs(item.head)}</dt><dd><p>{self.runs(item.says)}</p>{source}</dd></div>\n")
        return f'<dl class="matters">\n{"".join(rows)}</dl>\n'

    def contents(self, block: Contents) -> str:
        """The list of headings down to the block's depth, nested as they are."""
        parts = [f'<nav class="contents" id="contents" aria-label="{text_of(words(block.title))}">']
        parts.append(f'<p class="contents-title">{self.runs(block.title, plain=True)}</p>')
        level = 0
        for heading in (heading for heading in self.plan.headings if heading.level <= block.depth):
            if heading.level > level:
                parts.append("<ul>" * (heading.level - level))
            else:
                parts.append("</li>" + "</ul></li>" * (level - heading.level))
            level = heading.level
            parts.append(
                f'<li{self.kept(heading)}><a href="{text_of(self.address(heading.anchor))}">{self.entry(heading)}</a>'
            )
        return "".join(parts) + "</li></ul>" * level + "</nav>"

    def kept(self, heading: Heading) -> str:
        """What the contents keep of a heading that stands in another file."""
        del heading
        return ""

    def entry(self, heading: Heading) -> str:
        """A heading as the contents show it."""
        return self.runs(heading.runs, plain=True) + self.hidden(heading)

    def citations(self, block: CitationList) -> str:
        """The numbered sources, each with links back to where it is cited."""
        return self.sources(block.entries, self.cited)

    def source(self, entry: CitationEntry) -> str:
        """The words of a source."""
        return self.runs(entry.runs)

    def sources(self, entries: Iterable[CitationEntry], cited: Mapping[int, Sequence[tuple[str, str, str]]]) -> str:
        """Sources, each with links back to the places in `cited`; those that share their words under one head."""
        parts = []
        for under, own in CitationList(tuple(entries)).shared():
            parts.append(f'<p class="source">{self.runs(under)}</p>\n' if under else "")
            parts.append(f'<ol class="sources">\n{"".join(self.citation(one, cited) for one in own)}</ol>')
        return "".join(parts)

    def citation(self, entry: CitationEntry, cited: Mapping[int, Sequence[tuple[str, str, str]]]) -> str:
        """One numbered source."""
        back_word = self.word("back to text")
        back = "".join(
            f' <a class="back" role="doc-backlink" href="{text_of(self.address(place, file))}" '
            f'aria-label="{back_word}: {text_of(chapter)}">↩</a>'
            for file, place, chapter in cited.get(entry.number, ())
        )
        return (
            f'<li id="{source_anchor(entry.number)}"><span class="numbering">{entry.number}</span>'
            f"<div>{self.source(entry)}{back}</div></li>\n"
        )


def drawn(source: str, shape: str, prefix: str, alt: str, address: Callable[[str], str]) -> str:
    """A chart in its place, as wide as the page and at most `GROWTH` times as it was drawn."""
    width, _ = svg.size(source)
    style = f"max-inline-size:{round(width * GROWTH):g}px"
    return f'<div class="chart {shape}" style="{style}">{svg.inline(source, prefix, alt, address)}</div>'
