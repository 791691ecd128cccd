"""How new the newest figure of each objective is, by round table: what a paper shows where no commitment is known."""

from waymark.engines.charts import NamedCell, NamedStrip, named_strip
from waymark.engines.charts.drawing import Span
from waymark.engines.printing.blocks import Figure, Table
from waymark.gcm.cycles import cycle
from waymark.gcm.language import direction
from waymark.papers import choosing
from waymark.papers.words import marked, phrase
from waymark.papers.writer import EMPTY, Columns, Writer
from waymark.queries.reviews.views import ObjectiveView, ReviewData

TITLE = "How new the newest figure is, by round table"

OLD_CATEGORY = ("of them has a category, which is printed and not counted, because its figure is old",
                "of them have categories, which are printed and not counted, because the figures are old")  # fmt: skip
"""What is said of one and of several older series that have a category of a method."""


def round_tables(data: ReviewData) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The forum's round tables as groups of objectives; one group when the cycle has none."""
    groups = tuple(
        (f"Round table {cluster.number}", tuple(int(number) for number in cluster.objectives))
        for cluster in cycle(data.cycle).clusters
    )
    return groups or (("", tuple(objective.number for objective in data.objectives)),)


def freshness(writer: Writer, anchor: str, *, table: bool) -> Figure:
    """The objectives with the year of their newest figure; with a table of the same where a page has room for it."""
    data = writer.data
    groups = tuple(
        (label, tuple(_cell(writer, one) for one in choosing.sorted_objectives(data, ((label, members),))))
        for label, members in round_tables(data)
    )
    strip = NamedStrip(TITLE, "One cell for each objective.", groups, writer.language, direction(writer.language))
    since = str(int(data.as_of[:4]) - choosing.NEWEST_YEARS)
    note = f"Strong: {since} or later. A dash: no series has a value. A series may stand in several."
    return Figure(
        svg=named_strip(strip, anchor),
        narrow_svg=named_strip(strip, f"{anchor}-narrow", 1),
        alt=f"{TITLE}. {cells_in_words(groups)}",
        caption=phrase(TITLE, ". ", marked(note)),
        anchor=anchor,
        table=_table(writer) if table else None,
        table_on_paper=writer.full,
    )


def cells_in_words(groups: tuple[tuple[str, tuple[NamedCell, ...]], ...]) -> str:
    """What named cells say, for who does not see them: each with its number, name, year and words."""
    return f"{'; '.join(cell.said for _, cells in groups for cell in cells)}."


def newest_year(objective: ObjectiveView) -> int | None:
    """The year of the newest figure of an objective."""
    years = [year for one in objective.statistics if (year := choosing.newest(one)) is not None]
    return max(years, default=None)


def _cell(writer: Writer, objective: ObjectiveView) -> NamedCell:
    newest, number = newest_year(objective), len(objective.statistics)
    series = (Span(str(number), "count"), Span(" series")) if number else (Span("no series"),)
    since = int(writer.data.as_of[:4]) - choosing.NEWEST_YEARS
    recent = sum((choosing.newest(one) or 0) >= since for one in objective.statistics)
    if 0 < recent < number:
        series = (*series, Span(", "), Span(str(recent), "count"), Span(" new"))
    new = newest is not None and newest >= since
    href = writer.objective_href(objective.number)
    return NamedCell(objective.number, objective.label, series, None, newest, new, href)


def _table(writer: Writer) -> Table:
    """The same in rows, each with the way to the chapter."""
    rows = (
        (
            phrase(writer.objective_link(one.number), " ", marked(one.label)),
            (writer.day(str(year)),) if (year := newest_year(one)) else EMPTY,
            (writer.count(len(one.statistics)),),
        )
        for one in writer.data.objectives
    )
    columns: Columns = (("Objective", "start", 4), ("Newest figure", "start", 1.6), ("Series", "end", 1))
    return writer.table("The newest figures in words", columns, rows)
