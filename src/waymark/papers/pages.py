"""A paper as web pages: what stands on the first one, which chapters are files beside it, and what else lies there.

The first page of a review holds what matters first, the strip, the contents, how to read it, and the main counts. Each
objective is a file, and the other chapters are few files of several each.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from waymark.engines.printing.blocks import Heading, PrintedPaper, Run, Runs
from waymark.engines.printing.pages import CONTENTS, FILES, Companion, Front, Start, render_pages
from waymark.gcm.language import format_number
from waymark.papers import front
from waymark.papers.files import TABLES
from waymark.papers.marks import marks_legend
from waymark.papers.words import marked, phrase
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import StatisticView
from waymark.queries.reviews.views import ReviewData

FOLDER: Final = "chapters"

CHAPTERS: Final[Mapping[str, Start]] = {
    "participation": Start(f"{FOLDER}/process.html", phrase("Process, positions and principles")),
    "objectives": Start(f"{FOLDER}/objectives.html"),
    "recommended": Start(f"{FOLDER}/follow-up.html", phrase("Recommendations and follow-up")),
    "conflicts": Start(f"{FOLDER}/methods.html", phrase("Sources that disagree, and methods")),
    "annexes": Start(f"{FOLDER}/annexes.html"),
}
"""Section of the review → the file that begins with it. What no file begins with stands in the one before it."""

OBJECTIVE = "objective"
"""How the anchors of the chapters of objectives begin, of those about which nothing is known too."""

WHOLE = (("PDF", "review.pdf"), ("Word", "review.docx"), ("PDF", "paper.pdf"), ("Word", "paper.docx"))
"""The whole paper in other forms, where they are there."""

KILO, MEGA = 1_000, 1_000_000


def web_pages(
    paper: PrintedPaper, data: ReviewData, starts: Mapping[str, Start], beside: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The pages of a paper by name. `beside` are its other files but for MANIFEST; the first page links to them."""
    return render_pages(paper, starts, first(Writer(data), beside))


def review_starts(paper: PrintedPaper, data: ReviewData) -> dict[str, Start]:
    """The headings of a review that begin a file. The page of an objective says what its own marks mean."""
    shown = {f"{OBJECTIVE}-{one.number}": one.statistics for one in data.objectives}
    found = {}
    for block in paper.blocks:
        if isinstance(block, Heading):
            if block.level == 1 and block.anchor in CHAPTERS:
                found[block.anchor] = CHAPTERS[block.anchor]
            elif block.level == 2 and block.anchor.startswith(OBJECTIVE):
                found[block.anchor] = own_page(data, block.anchor, shown.get(block.anchor, ()))
    return found


def own_page(data: ReviewData, anchor: str, statistics: Iterable[StatisticView]) -> Start:
    """The page that begins at an anchor, with what the marks beside the figures of its statistics mean."""
    shown = frozenset(statistic.indicator for statistic in statistics)
    return Start(f"{FOLDER}/{anchor}.html", legend=tuple(marks_legend(Writer(data, shown=shown))))


def first(writer: Writer, beside: Mapping[str, bytes]) -> Front:
    """What the first page says of the paper and of its other files, with the sizes of those that take long to load."""
    data = writer.data
    edition = next(value for _, value in front.edition(writer))
    says = phrase(
        marked(data.cycle_title),
        " · as of ",
        writer.day(data.as_of),
        " · made for the public · " if data.audience == "public" else " · made for members of the network · ",
        edition,
    )
    ways = (
        Companion(phrase("All chapters"), f"#{CONTENTS}"),
        *named(writer, beside, ("Two-page brief", "brief.html")),
        *named(writer, beside, *WHOLE, sizes=True),
        *((Companion(phrase("Data"), f"#{FILES}"),) if beside else ()),
    )
    return Front(says, ways, files(writer, beside))


def files(writer: Writer, beside: Mapping[str, bytes]) -> tuple[tuple[Runs, tuple[Companion, ...]], ...]:
    """The files beside the first page by use; without any, nothing."""
    whole = named(writer, beside, *WHOLE, sizes=True)
    brief = named(writer, beside, ("web page", "brief.html"), ("PDF", "brief.pdf"), ("Word", "brief.docx"))
    data = named(writer, beside, *((name, name) for name in ("review.json", "paper.json")), sizes=True)
    tables = named(writer, beside, *((name, f"data/{name}.csv") for name in TABLES))
    package = named(writer, beside, ("datapackage.json", "datapackage.json"))
    hashes = (Companion(phrase("MANIFEST"), "MANIFEST"),) if beside else ()
    rows = (
        ("The whole document", whole),
        ("Two pages of it", brief),
        ("All of it as data", data),
        ("Tables", (*tables, *package)),
        ("Hashes of the files", hashes),
    )
    return tuple((phrase(use), found) for use, found in rows if found)


def named(
    writer: Writer, beside: Mapping[str, bytes], *wanted: tuple[str, str], sizes: bool = False
) -> tuple[Companion, ...]:
    """Links to those of the wanted files, (words, name), that are there."""
    return tuple(
        Companion(phrase(label, *((", ", size(writer, len(beside[name]))) if sizes else ())), name)
        for label, name in wanted
        if name in beside
    )


def size(writer: Writer, number: int) -> Run:
    """The size of a file, to two digits or three: 89 kB, 1.1 MB."""
    if number < MEGA:
        return Run(f"{format_number(round(number / KILO), writer.language, 0)} kB", "numbering")
    return Run(f"{format_number(number / MEGA, writer.language, 1)} MB", "numbering")
