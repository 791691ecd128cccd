"""The brief: two pages for a co-chair or a minister, from the same data and the same rules as the review.

First page: sentences chosen by rule and the objectives. Second page: where voices differ, recommendations, what is
overdue, what is asked, sources; of a country with no commitment on record, what is known and what would help.
"""

from collections.abc import Sequence

from waymark.engines.charts import CHART_CSS, NamedCell, NamedStrip, StripCell, named_strip
from waymark.engines.charts.drawing import Span
from waymark.engines.printing.blocks import (
    Block,
    CitationEntry,
    CitationList,
    Cover,
    Figure,
    PageBreak,
    Paragraph,
    PrintedPaper,
    Run,
    Runs,
)
from waymark.engines.printing.docx import fits, render_docx
from waymark.engines.printing.html import render_html
from waymark.engines.printing.pdf import pages, render_pdf
from waymark.gcm.language import direction
from waymark.papers import asking, brief_known, brief_record, choosing
from waymark.papers.freshness import cells_in_words, freshness, round_tables
from waymark.papers.front import completed_in_implementers_words, edition, not_counted, strip_cell
from waymark.papers.listing import cited_in
from waymark.papers.matters import matters
from waymark.papers.words import code, joined, marked, phrase
from waymark.papers.writer import Chapter, Writer, heading, source_line
from waymark.queries.reviews.views import ObjectiveView, ReviewData

PAGES = 2
MOST_ROWS = 8
"""Rows of a table of the second page; fewer where two pages would not hold it."""
FEWEST_ROWS = 2


def brief_files(data: ReviewData) -> dict[str, bytes]:
    """The brief as page, PDF and DOCX: with as many rows in its tables as two pages hold.

    Where the first page does not hold the sentences and the objectives, the second part begins right after them.
    """
    tried = [(rows, apart) for apart in (True, False) for rows in range(MOST_ROWS, FEWEST_ROWS - 1, -1)]
    for rows, apart in tried:
        paper = brief_paper(data, rows, apart=apart)
        pdf = render_pdf(paper)
        if pages(pdf) <= PAGES:
            break
    office = paper if fits(paper) else office_paper(data, tried)
    return {"brief.html": render_html(paper), "brief.pdf": pdf, "brief.docx": render_docx(office)}


def office_paper(data: ReviewData, tried: Sequence[tuple[int, bool]]) -> PrintedPaper:
    """The brief for office programs, whose fonts are not known: with as many rows as two pages hold in a wide one."""
    every = (brief_paper(data, rows, apart=True) for rows, apart in tried if apart)
    last = brief_paper(data, FEWEST_ROWS, apart=True)
    return next((paper for paper in every if fits(paper)), last)


def brief_paper(data: ReviewData, rows: int = MOST_ROWS, *, apart: bool = True) -> PrintedPaper:
    """The brief as blocks, with at most so many rows in each table of its second page, which stands apart."""
    writer = Writer(data, objective_links=False)
    asked = asking.asked(writer)
    known = bool(choosing.commitments(data))
    second = brief_record.second_page if known else brief_known.second_page
    blocks: list[Block] = [
        about(writer),
        matters(writer),
        *objectives(writer, known=known),
        *([PageBreak()] if apart else []),
        *second(writer, rows),
        *asking.asked_blocks(writer, asked),
    ]
    blocks += sources(writer, blocks)
    return PrintedPaper(
        title=f"{data.place_name}: brief on the Global Compact for Migration, {data.cycle_title}",
        language=writer.language,
        direction=direction(writer.language),
        running_head=f"{data.place_name} · brief · {data.cycle_title} · as of {writer.day(data.as_of).text}",
        marking=data.marking,
        date=data.as_of,
        cover=cover(writer, asked),
        blocks=tuple(blocks),
        description=f"Brief on {data.place_name} for {data.cycle_title}, as of {data.as_of}.",
        form="brief",
        chart_css=CHART_CSS,
    )


def cover(writer: Writer, asked: Sequence[asking.Asked]) -> Cover:
    """The place, what the brief is, and how much is asked of its reader."""
    data = writer.data
    opening = "Where the country stands in" if choosing.commitments(data) else "What is known of"
    said = phrase(
        f"{opening} its follow-up of the Global Compact for Migration on ", writer.day(data.as_of), ". ",
        marked(data.cycle_title), ".",
    )  # fmt: skip
    if asked and asking.commissioned(data):
        words = "decision is asked of you" if len(asked) == 1 else "decisions are asked of you"
        said = phrase(said, " ", Run(f"{asking.NUMBERS[len(asked)]} {words}: page two.", style="strong"))
    return Cover(title=marked(data.place_name), subtitle=said, facts=())


def about(writer: Writer) -> Paragraph:
    """For whom it is, from what it is made, and what its signs mean."""
    data = writer.data
    body = data.publishing_body
    (_, copy), *_ = edition(writer)
    return source_line(
        Run(copy[0].text[:1].upper() + copy[0].text[1:], style="strong"),
        *copy[1:],
        ". ",
        "For co-chairs and ministers. ",
        *(("Publisher: ", marked(body), ". ") if body else ("The record names no publisher. ",)),
        "Numbers in brackets: the review's sources",
        "; codes: commitments in the record." if choosing.commitments(data) else ".",
        *((" ", marked(data.marking), ".") if data.marking else ()),
    )


def objectives(writer: Writer, *, known: bool) -> Chapter:
    """The objectives by round table: what implementers completed, else how new the newest figure is."""
    data = writer.data
    if not known:
        return (freshness(writer, "objectives", table=False),)
    named = tuple(
        (label, tuple(_cell(one) for one in choosing.sorted_objectives(data, ((label, members),))))
        for label, members in round_tables(data)
    )
    title = "Objectives by round table"
    strip = NamedStrip(title, "One cell for each objective.", named, writer.language, direction(writer.language))
    note = (
        "Bar and first numbers: commitments completed, as implementers say; a dotted edge: no evidence is cited. "
        "Then statistics improving of those that can be assessed, without those at their limit; a dash: none can. A "
        "commitment to two objectives counts in both."
    )
    figure = Figure(
        svg=named_strip(strip, "objectives"),
        narrow_svg=named_strip(strip, "objectives-narrow", 1),
        alt=f"{title}. {cells_in_words(named)}",
        caption=phrase(title, ". ", marked(note), " ", not_counted(writer)),
        anchor="objectives",
    )
    return (figure,)


def _cell(objective: ObjectiveView) -> NamedCell:
    done, of = completed_in_implementers_words(objective.commitments)
    cell: StripCell = strip_cell(objective)
    said = (Span(f"{done}", "count"), Span(" of "), Span(f"{of}", "count"), Span(" · "), Span(cell.share, "count"))
    return NamedCell(objective.number, objective.label, said, cell)


def sources(writer: Writer, blocks: Sequence[Block]) -> Chapter:
    """The sources that the brief cites, short, under their numbers of the review."""
    cited = cited_in(blocks)
    if not cited:
        return ()
    entries = [
        CitationEntry(number, _entry(source.publisher, source.title, source.series))
        for number, source in enumerate(writer.data.sources, 1)
        if number in cited
    ]
    return (heading(1, "sources", "Sources"), CitationList(tuple(entries)))


def _entry(publisher: str, title: str, series: str) -> Runs:
    parts = [marked(part) for part in (publisher, title) if part]
    return joined([*parts, *([(code(series),)] if series else [])], ", ")
