"""What a review finds as a whole and recommends, what became of earlier recommendations, two cycles side by side."""

from collections import Counter

from waymark.engines.printing.blocks import Block, Runs
from waymark.papers.objectives import findings
from waymark.papers.words import code, joined, marked, phrase
from waymark.papers.writer import EMPTY, STATE_WORDS, STATUS_SHAPES, Chapter, Writer, heading, lead


def recommended(writer: Writer) -> Chapter:
    """What this review finds about the whole and recommends, to whom and about which objectives."""
    principles = {finding for principle in writer.data.principles for finding in principle.findings}
    whole = [finding for finding in writer.data.findings if finding not in principles]
    found = [heading(2, "overall", "Findings about the whole"), *findings(writer, whole)] if whole else []
    return (*found, *recommendations(writer, under_heading=bool(whole)))


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
        return (*top, lead("This review makes no recommendation."))
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
                "The record holds no recommendation to this country from ",
                marked(data.previous_cycle_title),
                ". An earlier review can be imported as data.",
            )
        )
        return tuple(blocks)
    followed = Counter(item.status for item in data.recommendations)
    counts = [(writer.count(followed[status]), phrase(f" {status}")[0]) for status in STATUS_SHAPES if followed[status]]
    blocks.append(
        lead(
            writer.counted(len(data.recommendations), "recommendation", "recommendations"),
            " from ",
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
            phrase("Recommendations of ", marked(data.previous_cycle_title), " and what became of them"),
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
    """This cycle and the one before, counted by the same rules from the same record and statistics."""
    data = writer.data
    blocks: list[Block] = []
    if not data.comparison:
        blocks.append(lead("There is no earlier cycle in the record to compare with."))
        return tuple(blocks)
    blocks.append(
        lead(
            "Both columns are counted by the same rules: the record as it stood at the end of each cycle, and "
            "statistics up to that year. A difference can come from new data as well as from change."
        )
    )
    rows = []
    for row in data.comparison:
        before, now = row.improving_before, row.improving_now
        rows.append(
            (
                phrase(writer.objective_link(row.objective), " ", marked(data.objectives[row.objective - 1].label)),
                (writer.count(row.commitments_before),),
                (writer.count(row.commitments_now),),
                (writer.count(row.completed_before),),
                (writer.count(row.completed_now),),
                _of(writer, before, row.too_old_before),
                _of(writer, now, row.too_old_now),
            )
        )
    blocks.append(
        writer.table(
            phrase(marked(data.previous_cycle_title), " (before) and ", marked(data.cycle_title), " (now)"),
            (
                ("Objective", "start", 4),
                ("Commitments before", "end", 1.4),
                ("now", "end", 1),
                ("Completed before", "end", 1.4),
                ("now", "end", 1),
                ("Improving before", "end", 1.4),
                ("now", "end", 1),
            ),
            rows,
            anchor="comparison-table",
        )
    )
    return tuple(blocks)


def _of(writer: Writer, pair: tuple[int, int], too_old: int) -> Runs:
    improving, assessable = pair
    counted = phrase(writer.count(improving), " of ", writer.count(assessable)) if assessable else EMPTY
    return phrase(counted, "; ", writer.count(too_old), " too old") if too_old else counted
