"""A paper as tagged PDF (PDF/UA-1), set by Typst from a fixed template with the fonts of its wheel."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pypdfium2
import typst

from waymark.engines.printing import svg
from waymark.engines.printing.blocks import (
    Beside,
    Block,
    BulletList,
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
from waymark.engines.printing.columns import fitted, keeps_words, lines, widths
from waymark.engines.printing.fonts import print_text, told, unsupported_scripts
from waymark.engines.printing.reading import LABELS, alternative, held, in_print_order, label, plan, safe_href
from waymark.engines.printing.tokens import PRINT_FONT, TEXT_WIDTH_MM, points, print_tokens
from waymark.engines.printing.typesetting import template, to_pdf
from waymark.gcm.errors import InputError

TEXT_POINTS = TEXT_WIDTH_MM / 25.4 * 72
LETTERS, CELL_MARGINS = 7.0, 8.0
"""Points: letters of a table (the face of print is narrower than `columns` reckons), and what a cell keeps free."""
WHOLE_LINES = 12
"""Up to so many lines a table stays on one page."""
DIGIT, BRACKETS = 0.58, 0.95
"""Ems of the face of print: a digit of a citation mark, and its brackets with the space before them."""
LINE_LETTERS = 110
"""Letters of a table's size in a line as wide as the page's text, about."""
COLUMNS_FROM = 13
"""From how many entries on contents and sources stand in two columns: a shorter list would fill the first alone."""
LOOSENESS = (0.25, 0.5, 0.75, 1.0)
"""How loosely a brief may be set, step by step; the template says what that does to type and space."""
BRIEF_PAGES = 2
MOST_LINES = 45
"""Lines from which a row may break across pages: one that fits no page would be cut off."""


def render_pdf(paper: PrintedPaper) -> bytes:
    """`paper` as PDF/UA-1: tagged, with bookmarks, alternative texts, language and title.

    Same paper, same bytes: the creation date is the paper's. No file is written.
    A sign that the fonts lack stands as its code point in brackets, and the cover says which scripts are missing.
    Raises ValueError for a paper that is not well made (see `reading.plan`).
    """
    headings = plan(paper).headings
    lacking = told(unsupported_scripts(paper))
    day = date.fromisoformat(paper.date)
    seconds = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())

    def typeset(loose: float) -> bytes:
        data = Sheet(paper, headings, loose).whole(day, lacking)
        return to_pdf(template(), json.dumps(data, ensure_ascii=False, separators=(",", ":")), seconds)

    try:
        return typeset(0) if paper.form == "report" else loosest(typeset)
    except typst.TypstError as error:
        raise InputError(
            paper.title,
            f"the PDF cannot be set: {error.message}",
            expected="a paper that meets PDF/UA-1 with the fonts of the typst wheel",
            todo="Print the HTML or the DOCX, and report this message.",
        ) from error


def loosest(typeset: Callable[[float], bytes]) -> bytes:
    """A brief with as much larger type and space as its pages hold: one that says little does not leave them empty."""
    pdf = typeset(0)
    least = pages(pdf)
    for looseness in LOOSENESS if least <= BRIEF_PAGES else ():
        wider = typeset(looseness)
        if pages(wider) > least:
            break
        pdf = wider
    return pdf


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with closing(pypdfium2.PdfDocument(pdf)) as paper:
        return len(paper)


def language(tag: str) -> tuple[str, str | None]:
    """Language and region of a BCP 47 tag as Typst takes them: two or three letters, and two letters or nothing."""
    parts = tag.replace("_", "-").split("-")
    main = parts[0].lower() if parts[0].isascii() and parts[0].isalpha() and len(parts[0]) in (2, 3) else "en"
    region = next((part.upper() for part in parts[1:] if len(part) == 2 and part.isascii() and part.isalpha()), None)
    return main, region


class Sheet:
    """The paper as plain data for the template. Tables and figures are numbered in reading order."""

    def __init__(self, paper: PrintedPaper, headings: tuple[Heading, ...] = (), loose: float = 0) -> None:
        self.paper = paper
        self.loose = loose
        self.headings = headings
        self.tables = count(1)
        self.figures = count(1)

    def whole(self, day: date, lacking: str) -> dict[str, Any]:
        """The whole paper; `lacking` is what its cover says of signs that the fonts lack."""
        paper = self.paper
        main, region = language(paper.language)
        return {
            "title": print_text(paper.title) or "–",
            "description": print_text(paper.description),
            "lang": main,
            "region": region,
            "direction": paper.direction,
            "day": [day.year, day.month, day.day],
            "running_head": print_text(paper.running_head),
            "marking": print_text(paper.marking),
            "labels": {key: print_text(label(paper, key)) for key in LABELS},
            "tokens": print_tokens(),
            "form": paper.form,
            "loose": self.loose,
            "lacking": lacking,
            "cover": self.cover(paper.cover),
            "blocks": self.blocks(paper.blocks),
        }

    def cover(self, cover: Cover) -> dict[str, Any]:
        """The first page."""
        return {
            "title": runs(cover.title),
            "subtitle": runs(cover.subtitle),
            "facts": pairs(cover.facts),
            "notice": self.block(cover.notice) if cover.notice else None,
        }

    def blocks(self, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        """Blocks in order."""
        ordered = in_print_order(blocks)
        made = [self.beside(one) if isinstance(one, Beside) else self.block(one) for one in ordered]
        for place in held(ordered):
            made[place]["stay"] = True
        return [one for place, one in enumerate(made) if not (place and self.taken_along(made[place - 1], one))]

    def taken_along(self, before: dict[str, Any], block: dict[str, Any]) -> bool:
        """Whether a block is set with the one before it: a picture right after what matters first, on one page."""
        if before["b"] != "matters" or block["b"] != "figure":
            return False
        before["picture"] = block
        return True

    def block(self, block: Single) -> dict[str, Any]:
        """One block; `b` names the template's writer."""
        match block:
            case Heading():
                return {"b": "heading", "level": block.level, "anchor": block.anchor, "runs": runs(block.runs)}
            case Paragraph():
                return {"b": "paragraph", "role": block.role, "runs": runs(block.runs)}
            case BulletList():
                listed = [runs(item) for item in block.items]
                anchors = list(block.anchors) or [""] * len(listed)
                return {
                    "b": "list", "ordered": block.ordered, "small": block.small, "items": listed, "anchors": anchors,
                }  # fmt: skip
            case Table():
                return {"b": "table", "number": str(next(self.tables)), **table(block, self.loose)}
            case Figure():
                return self.figure(block)
            case Notice():
                title = runs(block.title)
                return {"b": "notice", "role": block.role, "title": title, "blocks": self.blocks(block.blocks)}
            case Facts():
                return {"b": "facts", "items": pairs(block.items)}
            case Matters():
                items = [[runs(item.head), runs(item.says), runs(item.source)] for item in block.items]
                return {"b": "matters", "items": items}
            case Contents():
                return {"b": "contents", "depth": block.depth, "title": runs(block.title), "second": self.second(block)}
            case PageBreak():
                return {"b": "newpage"}
            case CitationList():
                groups = [
                    {
                        "under": runs(under),
                        "entries": [{"n": entry.number, "runs": runs(entry.runs)} for entry in entries],
                    }
                    for under, entries in block.shared()
                ]
                return {"b": "sources", "groups": groups, "columns": 2 if len(block.entries) >= COLUMNS_FROM else 1}

    def second(self, block: Contents) -> str:
        """The heading with which the second column of the contents begins, "" for contents of one column."""
        entries = [heading.anchor for heading in self.headings if heading.level <= block.depth]
        return entries[-(-len(entries) // 2)] if len(entries) >= COLUMNS_FROM else ""

    def beside(self, block: Beside) -> dict[str, Any]:
        """What stands side by side, the chart last."""
        return {"b": "beside", "sides": [self.side(one) for one in (*block.blocks, block.figure)]}

    def side(self, block: Single) -> dict[str, Any]:
        """A block that stands beside others; a chart in its narrow shape."""
        return {**self.figure(block, True), "b": "small"} if isinstance(block, Figure) else self.block(block)

    def figure(self, block: Figure, narrow: bool = False) -> dict[str, Any]:
        """A chart in its shape for print, the narrow one where it stands beside words, and its table."""
        source = svg.print_shape(block.svg, block.narrow_svg)
        source = block.narrow_svg if narrow and block.narrow_svg else source
        wide, high = svg.size(source)
        return {
            "b": "figure",
            "number": str(next(self.figures)),
            "anchor": block.anchor,
            "caption": runs(block.caption),
            "alt": print_text(alternative(self.paper, block, table=block.table_on_paper)),
            "svg": print_text(svg.for_print(source, PRINT_FONT)),
            "width": points(svg.print_size(source)[0]),
            "ratio": round(high / wide, 5),
            "areas": [[area.anchor, *(round(share, 5) for share in area[1:])] for area in svg.areas(source)],
            "table": table(block.table, self.loose) if block.table and block.table_on_paper else None,
        }


def table(block: Table, loose: float = 0) -> dict[str, Any]:
    """A table's columns and rows, in letters larger by a quarter of `loose`; a long row's cells may break."""
    room = (1.0, LETTERS * (1 + loose / 4) / TEXT_POINTS, CELL_MARGINS * (1 + loose) / TEXT_POINTS)
    block = fitted(block, *room)
    shares = widths(block, *room)
    return {
        "anchor": block.anchor,
        "caption": runs(block.caption),
        "columns": [
            {"a": column.align, "w": round(share, 4), "m": marks_beside(block, place), "h": runs(column.head)}
            for place, (column, share) in enumerate(zip(block.columns, shares, strict=True))
        ],
        "whole": lines(block, *room) <= WHOLE_LINES,
        "hyphens": not keeps_words(block, *room),
        "rows": [
            [
                {
                    "runs": runs(cell),
                    "long": long,
                    "end": column.align == "end",
                    "column": place,
                }
                for place, (column, cell) in enumerate(zip(block.columns, row, strict=True))
            ]
            for row in block.rows
            for long in [is_long(row, shares)]
        ],
    }


def marks_beside(block: Table, place: int) -> float:
    """The width, in ems of their own letters, of the widest citation marks that hang beside a column of figures."""
    if block.columns[place].align != "end":
        return 0.0
    ends = [row[place][-1].cites for row in block.rows if row[place]]
    return round(max((sum(DIGIT * len(str(one)) + BRACKETS for one in cites) for cites in ends), default=0.0), 2)


def is_long(row: tuple[Runs, ...], shares: list[float]) -> bool:
    """Whether a row may need more than a page: all its cells must break then, for one that may not holds the others."""
    letters = [sum(len(run.text) for run in cell) for cell in row]
    return any(length > MOST_LINES * LINE_LETTERS * share for length, share in zip(letters, shares, strict=True))


def pairs(items: tuple[tuple[Runs, Runs], ...]) -> list[list[list[dict[str, Any]]]]:
    """Pairs of label and value."""
    return [[runs(name), runs(value)] for name, value in items]


def runs(runs: Runs) -> list[dict[str, Any]]:
    """Runs with only what differs from plain text."""
    return [run_data(run) for run in runs]


def run_data(run: Run) -> dict[str, Any]:
    """One run: t text, s style, l r language and region, h link, c citations."""
    data: dict[str, Any] = {"t": print_text(run.text)}
    if run.style != "plain":
        data["s"] = run.style
    if run.lang:
        data["l"], data["r"] = language(run.lang)
    if href := safe_href(run.href):
        data["h"] = href
    if run.cites:
        data["c"] = [str(number) for number in run.cites]
    return data
