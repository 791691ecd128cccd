"""The second page of a brief where no commitment is on record: the newest figures, what was looked for, who differs."""

from waymark.engines.printing.blocks import Block, BulletList, Run, Runs
from waymark.papers import choosing
from waymark.papers.observations import number, number_of
from waymark.papers.process import NOT_FOUND, fact_name
from waymark.papers.words import code, joined, marked, phrase
from waymark.papers.writer import EMPTY, Chapter, Columns, Writer, heading
from waymark.queries.indicators.views import Observation, StatisticView

MORE_SERIES = 3
"""So many more rows than the other lists of the page has the table of series, which are one line each."""


def second_page(writer: Writer, rows: int) -> Chapter:
    """Its parts; each is left out where nothing fits it."""
    return (*newer(writer, rows), *not_found(writer, rows), *differing(writer, rows), *questions(writer, rows))


def newer(writer: Writer, rows: int) -> list[Block]:
    """Series with a figure of the last years, beside their first figure from 2015 on.

    Where they do not all fit, context is left out first; the one that grew most and those that a method judges stay.
    """
    found = choosing.recent(writer.data)
    if not found:
        return []
    grown = choosing.grown_most(writer.data)
    named = grown[0].indicator if grown else ""
    first = sorted(found, key=lambda one: (one.indicator != named, not one.assessed, bool(one.context)))
    kept = {one.indicator for one in first[: rows + MORE_SERIES]}
    chosen = [one for one in found if one.indicator in kept]
    lines = [_line(writer, one) for one in chosen]
    columns: Columns = (
        ("Objective and series", "start", 4.5), ("Unit", "start", 2.6), ("First since 2015", "end", 1.6),
        ("Year", "start", 0.9), ("Latest", "end", 1.6), ("Year", "start", 0.9),
    )  # fmt: skip
    since = str(int(writer.data.as_of[:4]) - choosing.NEWEST_YEARS)
    title = heading(
        1, "newer", writer.counted(len(found), "series has", "series have"), " a figure of ", code(since), " or later"
    )
    more = len(found) - len(lines)
    caption = phrase(writer.count(len(lines)), " of them, by objective") if more > 0 else phrase("By objective")
    return [title, writer.table(caption, columns, lines)]


def _line(writer: Writer, statistic: StatisticView) -> tuple[Runs, ...]:
    known = [seen for seen in statistic.observations if seen.value is not None]
    first = next((seen for seen in known if seen.year >= 2015), None)
    latest = known[-1]
    objective = min(statistic.objectives, default=0)
    context = Run(" (context)", style="muted") if statistic.context else ""
    return (
        phrase((code(str(objective), style="strong"),), " ", marked(statistic.short), context),
        marked(statistic.unit_label),
        _value(writer, statistic, first) if first and first.year != latest.year else EMPTY,
        (writer.day(first.period or str(first.year)),) if first and first.year != latest.year else EMPTY,
        _value(writer, statistic, latest),
        (writer.day(latest.period or str(latest.year)),),
    )


def _value(writer: Writer, statistic: StatisticView, seen: Observation) -> Runs:
    return number(writer, statistic, number_of(statistic, seen), seen.source)


def not_found(writer: Writer, rows: int) -> list[Block]:
    """What was looked for in vain."""
    absent = [one for one in writer.data.facts if one.attribute.startswith(NOT_FOUND)]
    if not absent:
        return []
    said = [phrase(marked(fact_name(one)), writer.cite(one.source)) for one in absent[:rows]]
    if more := len(absent) - len(said):
        said.append(phrase(writer.count(more), " more, in the review"))
    return [
        heading(1, "not-found", "Looked for and not found; it may still exist"),
        BulletList((joined(said, "; "),)),
    ]


def differing(writer: Writer, rows: int) -> list[Block]:
    """Sources that differ, side by side, and what is used."""
    every = choosing.conflicts_of(writer.data)
    found = every[: max(rows // 2, 1)]
    if not found:
        return []
    lines = []
    for one in found:
        subject = ", ".join(filter(None, (one.subject_words, one.attribute)))
        used = next((claim.value for claim in one.claims if claim.chosen), "")
        said = joined([phrase(marked(claim.value), writer.cite(claim.source)) for claim in one.claims], "; ")
        lines.append((marked(subject), said, marked(used) if used else phrase("none")))
    columns: Columns = (("On", "start", 3), ("Sources say", "start", 5), ("Used here", "start", 2))
    kept = phrase("All values are kept")
    if len(found) < len(every):
        some = phrase(writer.count(len(found)), " of ", writer.count(len(every)))
        kept = phrase(some, ", the country's own deeds first; the others stand in the review. All values are kept")
    return [heading(1, "differing", "Sources that differ"), writer.table(kept, columns, lines)]


def questions(writer: Writer, rows: int) -> list[Block]:
    """Of objectives without any statistic, the first question that a yes or no would answer."""
    found = [one for one in writer.data.objectives if not one.statistics and one.questions]
    if not found:
        return []
    items = tuple(
        phrase(
            Run("Objective ", style="strong"), (code(str(one.number), style="strong"),), ": ", marked(one.questions[0])
        )
        for one in found[: max(rows - 3, 2)]
    )
    return [heading(1, "questions", "Can be answered now, with a document"), BulletList(items)]
