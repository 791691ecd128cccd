"""The body of a paper in DOCX, block by block, as WordprocessingML."""

from itertools import count
from typing import Protocol

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
    Single,
    Table,
)
from waymark.engines.printing.columns import fitted
from waymark.engines.printing.columns import widths as column_widths
from waymark.engines.printing.docx_styles import NUMBERS, TWIPS, hexadecimal, twips
from waymark.engines.printing.docx_words import (
    bookmark,
    escaped,
    field,
    language_mark,
    paragraph,
    picture,
    run,
    runs_right_to_left,
)
from waymark.engines.printing.reading import (
    alternative,
    block_anchors,
    every_block,
    held,
    in_print_order,
    label,
    plan,
    safe_href,
    source_anchor,
    stacked,
    words,
)
from waymark.engines.printing.tokens import BRIEF_MARGIN_MM, EDGES, PAGE_WIDTH_MM, TEXT_WIDTH_MM

TEXT_TWIPS = {
    "report": round(TEXT_WIDTH_MM / 25.4 * 1440),
    "brief": round((PAGE_WIDTH_MM - 2 * BRIEF_MARGIN_MM) / 25.4 * 1440),
}
"""Width of the text of each form of paper, in twips."""
LIST_INDENT = 360
CELL_LETTERS, CELL_MARGINS = 9 * TWIPS, 2 * 60
"""Size of the letters of a cell and what it keeps free at its sides, in twips."""
STYLES = {"strong": "Strong", "emphasis": "Emphasis", "muted": "Muted"}
STRONG = "<w:b/><w:bCs/>"
BORDERS = {"double": "double", "solid": "single", "dashed": "dashed", "dotted": "dotted"}
MARK_SPACE = "\u202f"
"""Between a figure and its citation mark: narrow, and no line breaks there."""
JUSTIFY = {"start": "", "end": '<w:jc w:val="right"/>', "center": '<w:jc w:val="center"/>'}
"""`right` is the far edge of a paragraph: in a right-to-left one, office programs draw it on the left."""


class Package(Protocol):
    """What the body asks of the file it will lie in."""

    def link(self, address: str) -> str:
        """The relationship id of an outside address."""
        ...

    def chart(self, block: Figure) -> tuple[str, str, float, float]:
        """The relationship ids of a chart's PNG and SVG, and its width and height in pixels."""
        ...


class Body:
    """One body being written. Tables and figures are numbered in reading order; anchors become bookmarks."""

    def __init__(self, paper: PrintedPaper, package: Package) -> None:
        self.paper = paper
        self.package = package
        self.plan = plan(paper)
        self.bidi = paper.direction == "rtl"
        self.text = TEXT_TWIPS[paper.form]
        self.tables = count(1)
        self.figures = count(1)
        self.drawings = count(1)
        self.marks = count(1)
        self.ordered = 0
        anchors = [anchor for block in every_block(paper) for anchor in block_anchors(block)]
        heads = {heading.anchor for heading in self.plan.headings}
        self.names = {
            anchor: f"_Toc{number:08d}" if anchor in heads else f"place{number}"
            for number, anchor in enumerate(anchors, start=1)
        }
        self.frame = ""
        self.page_break = ""

    def render(self) -> str:
        """Everything before the section's own properties."""
        return self.cover(self.paper.cover) + self.blocks(self.paper.blocks)

    def paragraph(self, style: str, content: str, *, before: str = "", after: str = "") -> str:
        """A paragraph inside the frame of the notice that is open, after the page break that is due."""
        start, self.page_break = self.page_break, ""
        indent = ""
        if self.frame:  # a list hangs inside the indent, so that the edge stays one line
            hanging = LIST_INDENT if style.startswith("List") else 0
            indent = f'<w:ind w:left="{twips(4) + hanging}" w:hanging="{hanging}"/>'
        # Order of CT_PPr: keepNext … pageBreakBefore, numPr, pBdr, tabs, bidi, spacing, ind.
        return paragraph(style, content, bidi=self.bidi, before=start + before + self.frame, after=after + indent)

    def runs(self, runs: Runs, *, plain: bool = False) -> str:
        """Runs of a paragraph; `plain` leaves links and citation marks out."""
        return "".join(self.run(item, plain) for item in runs)

    def run(self, item: Run, plain: bool) -> str:
        """One run with style, direction, language, link and citation marks."""
        href = "" if plain else safe_href(item.href)
        style = STYLES.get(item.style, "") or ("Hyperlink" if href else "")
        properties = f'<w:rStyle w:val="{style}"/>' if style else ""
        if runs_right_to_left(item.text, self.bidi):
            properties += "<w:rtl/>"
        whole = item.kind != "text" and not href
        text = run(item.text, properties + language_mark(item.lang), whole=whole)
        if href.startswith("#"):
            text = f'<w:hyperlink w:anchor="{self.names[href[1:]]}">{text}</w:hyperlink>'
        elif href:
            text = f'<w:hyperlink r:id="{self.package.link(href)}">{text}</w:hyperlink>'
        if item.cites and not plain:
            style = '<w:rStyle w:val="Citation"/>'
            for number in item.cites:
                name = self.names[source_anchor(number)]
                mark = run(f"[{number}]", style)
                text += f'{run(MARK_SPACE, style)}<w:hyperlink w:anchor="{name}">{mark}</w:hyperlink>'
        return text

    def bookmark(self, anchor: str) -> str:
        """The bookmark of an anchor."""
        return bookmark(next(self.marks), self.names[anchor]) if anchor else ""

    def cover(self, cover: Cover) -> str:
        """The first page."""
        parts = [self.paragraph("Title", self.runs(cover.title))]
        if cover.subtitle:
            parts.append(self.paragraph("Subtitle", self.runs(cover.subtitle)))
        if cover.facts:
            parts.append(self.facts(Facts(cover.facts)))
        if cover.notice is not None:
            parts.append(self.notice(cover.notice))
        own_page = self.paper.form == "report" and self.paper.blocks
        self.page_break = "<w:pageBreakBefore/>" if own_page else ""
        return "".join(parts)

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        """Blocks one after another."""
        ordered = stacked(in_print_order(blocks))
        stay = held(ordered)
        return "".join(self.block(block, stay=place in stay) for place, block in enumerate(ordered))

    def block(self, block: Single, *, stay: bool = False) -> str:
        """One block; a paragraph may have to `stay` on the page of the next."""
        match block:
            case Heading():
                return self.paragraph(f"Heading{block.level}", self.bookmark(block.anchor) + self.runs(block.runs))
            case Paragraph():
                style = {"body": "Normal", "lead": "Lead", "source": "Source"}[block.role]
                return self.paragraph(style, self.runs(block.runs), before="<w:keepNext/>" if stay else "")
            case BulletList():
                return self.bullets(block)
            case Table():
                number = next(self.tables)
                return self.caption("table", "Table", number, block.caption, block.anchor) + self.table(block)
            case Figure():
                return self.figure(block)
            case Notice():
                return self.notice(block)
            case Facts():
                return self.facts(block)
            case Matters():
                return self.matters(block)
            case Contents():
                return self.contents(block)
            case PageBreak():
                self.page_break = "<w:pageBreakBefore/>"
                return ""
            case CitationList():
                return self.sources(block)

    def bullets(self, block: BulletList) -> str:
        """A list; each ordered one starts at one."""
        names = [self.bookmark(anchor) for anchor in block.anchors or [""] * len(block.items)]
        items = [name + self.runs(item) for name, item in zip(names, block.items, strict=True)]
        if not block.ordered:
            return "".join(self.paragraph("ListBullet", item) for item in items)
        number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{NUMBERS + self.ordered}"/></w:numPr>'
        self.ordered += 1
        return "".join(self.paragraph("ListNumber", item, before=number) for item in items)

    def caption(self, kind: str, sequence: str, number: int, runs: Runs, anchor: str) -> str:
        """A caption whose number the office program keeps counting when others are added."""
        name = run(f"{label(self.paper, kind)} ", STRONG + ("<w:rtl/>" if self.bidi else ""))
        counted = field(f"SEQ {sequence} \\* ARABIC", str(number), STRONG)
        return self.paragraph("Caption", f"{self.bookmark(anchor)}{name}{counted}{run('. ', STRONG)}{self.runs(runs)}")

    def table(self, block: Table, name: str = "Report") -> str:
        """A table with its head repeated on each page and rows that stay whole."""
        block = fitted(block, self.text, CELL_LETTERS, CELL_MARGINS)
        widths = [round(width) for width in column_widths(block, self.text, CELL_LETTERS, CELL_MARGINS)]
        heads = self.row([column.head for column in block.columns], block, widths, "<w:tblHeader/>", keep=True)
        # The first row stays with the second, and the last but one with the last: no table begins or ends with one.
        ends = {0, len(block.rows) - 2}
        rows = "".join(self.row(row, block, widths, "", keep=place in ends) for place, row in enumerate(block.rows))
        look = "00A0" if block.row_headers else "0020"  # first row, and first column, are heads
        return self.grid(name, widths, heads + rows, words(block.caption), look=look)

    def grid(self, name: str, widths: list[int], rows: str, caption: str, look: str) -> str:
        """A table around its rows, and the line that keeps it apart from what follows."""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        title = f'<w:tblCaption w:val="{escaped(caption)}"/>' if caption else ""
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{name}"/>{"<w:bidiVisual/>" if self.bidi else ""}'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}"/>{title}'
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
            + self.paragraph("Source", "", after='<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="auto"/>')
        )

    def row(
        self, cells: list[Runs] | tuple[Runs, ...], block: Table, widths: list[int], mark: str, *, keep: bool
    ) -> str:
        """One row; `keep` holds it on the page of the next."""
        bidi = "<w:bidi/>" if self.bidi else ""
        stay = ("<w:keepNext/>" if keep else "") + ("<w:suppressAutoHyphens/>" if mark else "")
        made = [f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>"]
        for column, width, cell in zip(block.columns, widths, cells, strict=True):
            made.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/>'
                f"{stay}{bidi}{JUSTIFY[column.align]}</w:pPr>{self.runs(cell)}</w:p></w:tc>"
            )
        made.append("</w:tr>")
        return "".join(made)

    def figure(self, block: Figure) -> str:
        """A chart under its caption, then the table of what it shows."""
        caption = self.caption("figure", "Figure", next(self.figures), block.caption, block.anchor)
        png, original, width, height = self.package.chart(block)
        alt = alternative(self.paper, block, table=block.table_on_paper)
        drawing = picture(next(self.drawings), alt, png, original, width, height)
        made = caption + self.paragraph("Chart", drawing)
        if block.table is not None and block.table_on_paper:
            title = self.bookmark(block.table.anchor) + self.runs(block.table.caption)
            made += self.paragraph("DataCaption", title) + self.table(block.table)
        return made

    def notice(self, block: Notice) -> str:
        """A marked-off part: an edge of the role's shape along its paragraphs."""
        shape, colour = EDGES[block.role]
        side = "right" if self.bidi else "left"
        outer = self.frame
        border = f'w:val="{BORDERS[shape]}" w:sz="18" w:space="8" w:color="{hexadecimal(colour)}"'
        self.frame = f"<w:pBdr><w:{side} {border}/></w:pBdr>"
        title = self.paragraph("NoticeTitle", self.runs(block.title)) if block.title else ""
        made = title + self.blocks(block.blocks)
        self.frame = outer
        return made

    def facts(self, block: Facts) -> str:
        """Pairs of label and value in two columns."""
        widths = [round(self.text * 0.28), round(self.text * 0.72)]
        bidi = "<w:bidi/>" if self.bidi else ""
        rows = ""
        for pair in block.items:
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/>{bidi}'
                f"</w:pPr>{self.runs(part)}</w:p></w:tc>"
                for width, part in zip(widths, pair, strict=True)
            )
            rows += f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
        return self.grid("Plain", widths, rows, "", look="0000") if rows else ""

    def matters(self, block: Matters) -> str:
        """Sentences beside their heads, each with its source below."""
        widths = [round(self.text * 0.18), round(self.text * 0.82)]
        bidi = "<w:bidi/>" if self.bidi else ""
        rows = ""
        for item in block.items:
            parts = (("Cell", item.head),), (("Matter", item.says), ("MatterSource", item.source))
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
                + "".join(
                    f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{bidi}</w:pPr>{self.runs(runs)}</w:p>'
                    for style, runs in part
                    if runs or style != "MatterSource"
                )
                + "</w:tc>"
                for width, part in zip(widths, parts, strict=True)
            )
            rows += f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
        return self.grid("Plain", widths, rows, "", look="0000") if rows else ""

    def contents(self, block: Contents) -> str:
        """The office program's own contents, filled in with its entries, which lead to their headings.

        Pages are known to the program alone: it adds their numbers when it fills the field in, on opening where it
        can. Until then the entries stand as a list, without a place for a number that is missing.
        """
        title = self.paragraph("ContentsTitle", self.runs(block.title, plain=True))
        entries = [heading for heading in self.plan.headings if heading.level <= block.depth]
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> '
            f'TOC \\o "1-{block.depth}" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        lines = []
        for place, heading in enumerate(entries):
            name = self.names[heading.anchor]
            text = f'<w:hyperlink w:anchor="{name}">{self.runs(heading.runs, plain=True)}</w:hyperlink>'
            lines.append(self.paragraph(f"TOC{heading.level}", (begin if place == 0 else "") + text))
        return title + "".join(lines) + self.paragraph("Normal", end if lines else begin + end)

    def source(self, entry: CitationEntry) -> str:
        """A source of a brief, in a row with the others."""
        return (
            f"{self.bookmark(source_anchor(entry.number))}{run(f'[{entry.number}] ')}{self.runs(entry.runs)}{run('. ')}"
        )

    def sources(self, block: CitationList) -> str:
        """The numbered sources, each a bookmark, under what several share."""
        parts = []
        for under, entries in block.shared():
            parts.append(self.paragraph("Source", self.runs(under)) if under else "")
            if self.paper.form == "brief":  # one after the other: a line for each would take half a page
                parts.append(self.paragraph("SourceRow", "".join(map(self.source, entries))))
                continue
            for entry in entries:
                number = self.bookmark(source_anchor(entry.number)) + run(str(entry.number))
                parts.append(self.paragraph("SourceEntry", f"{number}<w:r><w:tab/></w:r>{self.runs(entry.runs)}"))
        return "".join(parts)
