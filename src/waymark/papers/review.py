"""The composed review: data → paper → files by name."""

from collections.abc import Callable, Mapping

from waymark.engines.charts import CHART_CSS
from waymark.engines.printing.blocks import Block, Contents, PrintedPaper
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.pdf import render_pdf
from waymark.gcm.language import direction
from waymark.gcm.templates import template
from waymark.papers import closing, follow_up, front, objectives, principles, process
from waymark.papers.brief import brief_files
from waymark.papers.files import data_files, digest, manifest, pdf_remarks, review_json
from waymark.papers.listing import cited_in, clearing_remarks
from waymark.papers.pages import review_starts, web_pages
from waymark.papers.words import marked, phrase
from waymark.papers.writer import Chapter, Writer, heading
from waymark.queries.reviews.views import ReviewData

TEMPLATE = "voluntary-gcm-review"
AFTER_CONTENTS = "reading"
"""The section before which the contents stand: what matters comes first."""

CHAPTERS: dict[str, Callable[[Writer], Chapter]] = {
    "reading": front.reading,
    "glance": front.glance,
    "numbers": front.numbers,
    "participation": process.participation,
    "positions": process.positions,
    "principles": principles.principles,
    "objectives": objectives.objectives,
    "recommended": follow_up.recommended,
    "follow-up": follow_up.follow_up,
    "comparison": follow_up.comparison,
    "conflicts": closing.conflicts,
    "methods": closing.methods,
}
"""Section of the template → what writes it. The template says which sections a review has, and in which order.

The annexes come last and list what the others cite.
"""


def review_paper(data: ReviewData, content_hash: str, *, full: bool = False) -> PrintedPaper:
    """The review as blocks; `content_hash` is that of review.json and stands on the cover.

    A full print has a chapter for every objective and prints the table of every chart.
    """
    writer = Writer(data, full=full)
    blocks: list[Block] = []
    for section in template(TEMPLATE).sections:
        if section.key == AFTER_CONTENTS:
            blocks.append(Contents(phrase("Contents"), 2))
        blocks.append(heading(1, section.key, marked(section.heading)))
        if section.key == "annexes":
            blocks += closing.annexes(writer, cited_in(blocks))
        else:
            blocks += CHAPTERS[section.key](writer)
    return PrintedPaper(
        title=f"{data.place_name}: review of the Global Compact for Migration, {data.cycle_title}",
        language=writer.language,
        direction=direction(writer.language),
        running_head=front.running_head(data),
        marking=data.marking,
        date=data.as_of,
        cover=front.cover(writer, content_hash),
        blocks=tuple(blocks),
        chart_css=CHART_CSS,
        description=f"Review of {data.place_name} for {data.cycle_title}, as of {data.as_of}.",
    )


def rendered(paper: PrintedPaper, data: ReviewData, beside: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The paper in its three formats, by file name; `beside` are the other files that its first page links to."""
    printed = {"review.pdf": render_pdf(paper), "review.docx": render_docx(paper)}
    return {**web_pages(paper, data, review_starts(paper, data), {**printed, **(beside or {})}), **printed}


def full_review_files(data: ReviewData) -> dict[str, bytes]:
    """All files of the full print of a review."""
    return review_files(data, full=True)


def review_files(data: ReviewData, *, full: bool = False) -> dict[str, bytes]:
    """All files of a review by name, `MANIFEST` last."""
    content = review_json(data)
    paper = review_paper(data, digest(content), full=full)
    beside = {**brief_files(data), "review.json": content, **data_files(data)}
    files = {**rendered(paper, data, beside), **beside}
    return {**files, "MANIFEST": manifest(files, [*clearing_remarks(data), *pdf_remarks(paper)])}
