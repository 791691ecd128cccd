"""The second page of a brief where commitments are on record: voices, recommendations, what is overdue."""

from collections import Counter

from waymark.engines.printing.blocks import Block, Run, Runs
from waymark.papers import choosing
from waymark.papers.words import code, joined, marked, phrase
from waymark.papers.writer import EMPTY, STATE_WORDS, STATUS_SHAPES, Chapter, Columns, Writer, heading
from waymark.queries.commitments.views import CommitmentView, ReportView
from waymark.queries.reviews.views import RecommendationView

FEWEST_LOWER = 3
"""Commitments that society rates lower, from which on an objective is shown."""
MOST_DIVIDES = 5


def second_page(writer: Writer, rows: int) -> Chapter:
    """Its parts; each is left out where nothing fits it."""
    return (*voices(writer, rows), *recommendations(writer, rows), *overdue(writer, rows))


def voices(writer: Writer, rows: int) -> list[Block]:
    """The objectives where society most often rates below the lead, each with the widest gap."""
    found = [one for one in choosing.divides(writer.data) if len(one.lower) >= FEWEST_LOWER]
    if not found:
        return []
    lines = [
        (
            phrase((code(str(one.objective.number), style="strong"),), " ", marked(one.objective.label), _small(
                "lower in ", writer.count(len(one.lower)), " of ", writer.count(len(one.rated)))),
            phrase(_named(widest.commitment), _quote(widest.society)),
            rating(widest.lead),
            phrase(rating(widest.secretariat), _other_period(widest.secretariat, widest.lead)),
            phrase(rating(widest.society), _small(marked(widest.society.organisation)),
                   _other_period(widest.society, widest.lead)),
        )
        for one in found[: min(rows, MOST_DIVIDES)]
        for widest in (one.widest,)
    ]  # fmt: skip
    caption = "Objectives with three or more commitments that society rates lower than the lead; of each the widest gap"
    columns: Columns = (
        ("Objective", "start", 2.2), ("Commitment", "start", 4.6), ("Lead", "start", 1.4),
        ("Secretariat", "start", 1.4), ("Civil society", "start", 2.4),
    )  # fmt: skip
    return [heading(1, "voices", "Three voices, where they differ most"), writer.table(caption, columns, lines)]


def rating(report: ReportView | None) -> Runs:
    """A rating in words; a dash where a voice is silent."""
    return marked(report.rating) if report is not None and report.rating else EMPTY


def _other_period(report: ReportView | None, lead: ReportView) -> Runs:
    """The period of a rating that is of another one than the lead's, with the lead's."""
    if report is None or not report.rating or report.period == lead.period:
        return ()
    return _small(marked(f"({report.period}; lead: {lead.period})"))


def _named(item: CommitmentView) -> Runs:
    """Title and code of a commitment."""
    return phrase(marked(item.title.rstrip("."), origin=item.urn), _small((code(item.code),)))


def _small(*parts: Run | Runs | str) -> Runs:
    """Words in grey after a break of the line's sense."""
    return tuple(Run(run.text, run.kind, "muted", run.lang, run.value, run.href) for run in phrase(" ", *parts))


def _quote(report: ReportView) -> Runs:
    """The first sentence of what society wrote."""
    first = report.narrative.partition(". ")[0].rstrip(".")
    return _small("“", marked(first), ".”") if first else ()


def recommendations(writer: Writer, rows: int) -> list[Block]:
    """Those of the last cycle that are dropped or open, with the answer to each and what became of it."""
    every, left = writer.data.recommendations, choosing.unanswered(writer.data)
    if not every:
        return []
    counts = Counter(one.status for one in every)
    said = joined(
        [phrase(writer.count(counts[status]), f" {status}")
         for status in STATUS_SHAPES if counts[status]],
        ", ",
    )  # fmt: skip
    title = heading(
        1, "recommendations", "Of ", writer.counted(len(every), "recommendation", "recommendations"),
        " of the last cycle: ", said,
    )  # fmt: skip
    if not left:
        return [title]
    lines = [
        (
            phrase((code(one.code),), " ", marked(one.text.rstrip("."))),
            marked(one.stance.capitalize()) if one.stance else phrase(Run("None given", style="strong")),
            became(writer, one),
        )
        for one in left[:rows]
    ]  # fmt: skip
    columns: Columns = (("Recommendation", "start", 5), ("Answer", "start", 1.5), ("What became of it", "start", 4))
    return [title, writer.table("Those that are dropped or open", columns, lines)]


def became(writer: Writer, one: RecommendationView) -> Runs:
    """Dropped with its reason, or open with what is on record for it."""
    items = {item.code: item for item in choosing.commitments(writer.data)}
    own = [items[named] for named, _, _ in one.commitments if named in items]
    if one.status == "dropped":
        reason = next((item.reason for item in own if item.reason), "")
        return phrase("✕ Dropped", ": " if reason else "", marked(reason.rstrip(".")))
    if not own:
        return phrase("○ Open: no commitment")
    said = [phrase((code(item.code),), f" {STATE_WORDS[item.state]}", *(
        (" since ", writer.day(item.state_date)) if item.state_date else ())) for item in own]  # fmt: skip
    return phrase("○ Open: ", joined(said))


def overdue(writer: Writer, rows: int) -> list[Block]:
    """Measures that are overdue, with their owner, the last rating and the reports missing."""
    late = choosing.overdue(writer.data)
    if not late:
        return []
    lines = [
        (
            _named(item),
            marked("; ".join(item.leads)),
            rating(
                max(
                    (r for r in item.reports if r.voice == "implementer" and not r.waits),
                    key=lambda r: r.date,
                    default=None,
                )
            ),
            (writer.day(item.due),),
            phrase(writer.count(item.reports_missing), " of ", writer.count(item.reports_due)),
        )
        for item in late[: min(rows, 5)]
    ]
    columns: Columns = (
        ("Commitment", "start", 4.4), ("Lead", "start", 2.6), ("Last rating", "start", 1.5), ("Due", "start", 1.5),
        ("Reports missing", "end", 1.3),
    )  # fmt: skip
    more = len(late) - len(lines)
    first = (
        "The first ",
        writer.count(len(lines)),
        " by due date; ",
        writer.count(more),
        " more stand in the review, “The country in numbers”",
    )
    caption = phrase(*first) if more > 0 else phrase("All that are overdue, by due date")
    title = heading(1, "overdue", writer.counted(len(late), "commitment is overdue", "commitments are overdue"))
    return [title, writer.table(caption, columns, lines)]
