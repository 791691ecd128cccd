"""What a review finds as a whole and recommends, what became of earlier recommendations, two cycles side by side."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from waymark.engines.printing.blocks import Block, BulletList, Runs, Table
from waymark.gcm.cycles import cycle
from waymark.papers.asking import asked, commissioned
from waymark.papers.choosing import newest
from waymark.papers.objectives import findings
from waymark.papers.words import code, joined, marked, phrase
from waymark.papers.writer import EMPTY, STATE_WORDS, STATUS_SHAPES, Chapter, Columns, Writer, heading, lead
from waymark.queries.reviews.views import ComparisonRow

SPAN_FROM = 3
"""Numbers of objectives that follow one another stand as a span from so many on."""


def recommended(writer: Writer) -> Chapter:
    """What this review finds about the whole and recommends, to whom and about which objectives."""
    principles = {finding for principle in writer.data.principles for finding in principle.findings}
    whole = [finding for finding in writer.data.findings if finding not in principles]
    found = [heading(2, "overall", "Findings about the whole"), *findings(writer, whole)] if whole else []
    return (*found, *recommendations(writer, under_heading=bool(whole)), *would_help(writer))


def would_help(writer: Writer) -> Chapter:
    """What would help, as the brief says it, where no body of the country stands for the review; else nothing."""
    items = [] if commissioned(writer.data) else asked(writer)
    if not items:
        return ()
    lines = tuple(phrase(one.what, " ", one.of) if one.of else one.what for one in items)
    return (heading(2, "would-help", "What would help"), BulletList(lines, ordered=True))


def recommendations(writer: Writer, *, under_heading: bool) -> Chapter:
    """What this review recommends; under a heading of its own where findings stand before it."""
    top = (heading(2, "advice", "Recommendations"),) if under_heading else ()
    rows = [
        (
            phrase(code(item.code), " ", marked(item.text), writer.cite(item.source)),
            joined([(writer.objective_link(number),) for number in item.objectives]) or EMPTY,
            marked(item.addressee) or phrase("the country as a whole"),
        )
        for item in writer.data.recommended
    ]
    if not rows:
        return (*top, lead("This review makes no recommendation.", *_where_findings_stand(writer)))
    return (
        *top,
        lead(
            "This review makes ",
            writer.counted(len(rows), "recommendation", "recommendations"),
            ". The next cycle says what became of each.",
        ),
        writer.table(
            "What this review recommends",
            (("Recommendation", "start", 6), ("Objectives", "start", 1.2), ("To", "start", 2.4)),
            rows,
            anchor="recommended-table",
        ),
    )


def _where_findings_stand(writer: Writer) -> tuple[Runs | str, ...]:
    """How many findings stand under which objectives; nothing where there are none."""
    held = [(one.number, len(one.findings)) for one in writer.data.objectives if one.findings]
    if not held:
        return ()
    many = sum(number for _, number in held)
    stand = " stands under objective " if many == 1 else " stand under objective "
    said = stand if len(held) == 1 else " stand under objectives "
    if len(held) == len(writer.data.objectives) > 1:
        return (" ", writer.counted(many, "finding", "findings"), " stand under all ", (writer.count(len(held)),),
                " objectives.")  # fmt: skip
    return (" ", writer.counted(many, "finding", "findings"), said, _numbers(writer, [one for one, _ in held]), ".")


def _numbers(writer: Writer, numbers: Sequence[int]) -> Runs:
    """Numbers of objectives in order, with links; three and more that follow one another as a span."""
    parts: list[Runs] = []
    for _, run in groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0]):
        links = [(writer.objective_link(number),) for _, number in run]
        parts += [phrase(*links[0], "–", *links[-1])] if len(links) >= SPAN_FROM else links
    return joined(parts)


def follow_up(writer: Writer) -> Chapter:
    """Each recommendation since the last cycle: the country's answer, and what was done."""
    data = writer.data
    blocks: list[Block] = []
    if not data.previous_cycle:
        blocks.append(lead("This cycle has no earlier one, so there is no recommendation to follow up."))
        return tuple(blocks)
    if not data.recommendations:
        blocks.append(
            lead(
                "The record holds no recommendation to this country from the cycle of the ",
                marked(data.previous_cycle_title),
                "." if data.audience == "public" else ". An earlier review can be imported as data.",
            )
        )
        return tuple(blocks)
    followed = Counter(item.status for item in data.recommendations)
    counts = [(writer.count(followed[status]), phrase(f" {status}")[0]) for status in STATUS_SHAPES if followed[status]]
    blocks.append(
        lead(
            writer.counted(len(data.recommendations), "recommendation", "recommendations"),
            " to this country from the cycle of the ",
            marked(data.previous_cycle_title),
            ": ",
            joined(counts),
            ". The status is counted from the commitments that answer each recommendation.",
        )
    )
    rows = [
        (
            phrase(code(item.code), " ", marked(item.text), writer.cite(item.source)),
            joined([(writer.objective_link(number),) for number in item.objectives]) or EMPTY,
            phrase(item.stance or "no answer on record"),
            phrase(STATUS_SHAPES[item.status]),
            joined([phrase(code(c), f" ({STATE_WORDS[state]})") for c, _, state in item.commitments], "; ") or EMPTY,
        )
        for item in data.recommendations
    ]
    blocks.append(
        writer.table(
            phrase(
                "Recommendations from the cycle of the ", marked(data.previous_cycle_title), " and what became of them"
            ),
            (
                ("Recommendation", "start", 5),
                ("Objectives", "start", 1.2),
                ("Answer", "start", 1.5),
                ("Status", "start", 1.3),
                ("Commitments", "start", 2.4),
            ),
            rows,
            anchor="recommendations",
        )
    )
    return tuple(blocks)


def comparison(writer: Writer) -> Chapter:
    """This cycle and the one before, counted by the same rules: commitments, and series that have a newer figure."""
    data = writer.data
    if not data.comparison:
        return (lead("There is no earlier cycle in the record to compare with."),)
    promised = any(row.commitments_before or row.commitments_now for row in data.comparison)
    none = () if promised else " Neither cycle has a commitment on record, so none is counted."
    rows = [row for row in data.comparison if promised or any(row.newer_before) or any(row.newer_now)]
    if not rows:
        return (lead(newer(writer), *nothing_compared(writer), none),)
    opening = lead(
        "Both columns are counted by the same rules: the record as it stood at the end of each cycle, and statistics "
        "up to that year. A difference can come from new data as well as from change. ",
        newer(writer), " Only series with a later figure are compared.", none,
    )  # fmt: skip
    return (opening, comparison_table(writer, rows, promised=promised))


def nothing_compared(writer: Writer) -> tuple[Runs | str, ...]:
    """That no series with a later figure has a category that is counted, and where their figures stand."""
    end = cycle(writer.data.previous_cycle).as_of
    later = [s for s in writer.data.statistics.values() if end is not None and (newest(s) or 0) > end.year]
    numbers = sorted({number for one in later for number in one.objectives})
    if not numbers:
        return ()
    stand = joined([(writer.objective_link(number),) for number in numbers])
    under = " Their figures stand under objective " if len(numbers) == 1 else " Their figures stand under objectives "
    return (" None of them can be called better or worse, so no category is compared.", under, stand, ".")


def newer(writer: Writer) -> Runs:
    """How many series have a newer figure than then."""
    data = writer.data
    end = cycle(data.previous_cycle).as_of
    if end is None:
        return ()
    every = [newest(one) or 0 for one in data.statistics.values()]
    later, older = sum(year > end.year for year in every), sum(year <= end.year for year in every)
    said = phrase(
        "Of ", writer.counted(len(every), "series", "series"), " ",
        writer.count(later), " has" if later == 1 else " have", " a figure of a later year than ",
        writer.day(str(end.year)), ".",
    )  # fmt: skip
    if not older:
        return said
    others = " tells" if older == 1 else " tell"
    return phrase(said, " The other ", writer.count(older), others, " nothing of the time between.")


def comparison_table(writer: Writer, rows: Sequence[ComparisonRow], *, promised: bool) -> Table:
    """One row for each objective; commitments only where a cycle has any."""
    lines = []
    for row in rows:
        counts = (row.commitments_before, row.commitments_now, row.completed_before, row.completed_now)
        lines.append(
            (
                phrase(
                    writer.objective_link(row.objective), " ", marked(writer.data.objectives[row.objective - 1].label)
                ),
                *((writer.count(number),) for number in counts if promised),
                _of(writer, row.newer_before),
                _of(writer, row.newer_now),
            )
        )
    record: Columns = (
        ("Commitments before", "end", 1.4),
        ("Commitments now", "end", 1.4),
        ("Completed before", "end", 1.4),
        ("Completed now", "end", 1.4),
    )
    columns: Columns = (
        ("Objective", "start", 4),
        *(record if promised else ()),
        ("Improving before", "end", 1.6),
        ("Improving now", "end", 1.6),
    )
    data = writer.data
    return writer.table(
        phrase(
            marked(data.previous_cycle_title),
            " (before) and ",
            marked(data.cycle_title),
            " (now)",
            *_which_series(writer),
        ),
        columns,
        lines,
        anchor="comparison-table",
    )


def _which_series(writer: Writer) -> tuple[Runs | str, ...]:
    """Of which series the columns of statistics are: the strip has those without a later figure too."""
    end = cycle(writer.data.previous_cycle).as_of
    return ("; improving: of the series with a figure later than ", (writer.day(str(end.year)),)) if end else ()


def _of(writer: Writer, found: tuple[int, int, int]) -> Runs:
    """How many series improve of those that can, and how many are at their limit."""
    improving, others, limit = found
    moving = phrase(writer.count(improving), " of ", writer.count(improving + others)) if improving + others else ()
    apart = phrase(writer.count(limit), " at its limit" if limit == 1 else " at their limit") if limit else ()
    return joined([part for part in (moving, apart) if part], "; ") or EMPTY
