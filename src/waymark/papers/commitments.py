"""Commitments in a paper: counts, and tables in which the three voices stand side by side, never averaged."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from waymark.engines.printing.blocks import Block, Run, Runs, Table
from waymark.papers.words import code, dated, day, joined, marked, phrase
from waymark.papers.writer import EMPTY, EMPTY_WORDS, STATE_SHAPES, VOICE_WORDS, Columns, Writer, reports_missing
from waymark.queries.commitments.views import CommitmentView, ReportView
from waymark.queries.documents.views import EvidenceView
from waymark.queries.reviews.views import ReviewData

ENDED = ("dropped", "superseded")


def counts_by_state(writer: Writer, items: tuple[CommitmentView, ...]) -> Iterable[Run | Runs | str]:
    """One sentence: how many commitments, in which state, how many overdue."""
    states = Counter(item.state for item in items)
    named = [(writer.count(states[state]), Run(f" {state.label}")) for state in STATE_SHAPES if states[state]]
    yield writer.counted(len(items), "commitment", "commitments")
    yield ": "
    yield joined(named)
    yield "."
    overdue = sum(item.overdue for item in items)
    if overdue:
        yield " "
        yield writer.count(overdue)
        yield " past the due date and not ended."


def counts_by_voice(writer: Writer, items: tuple[CommitmentView, ...]) -> Iterable[Run | Runs | str]:
    """One sentence per voice: for how many commitments it has a rating; then reports that did not come."""
    for voice, name in VOICE_WORDS.items():
        rated = sum(1 for item in items if any(report.voice == voice and report.rating for report in item.reports))
        yield f"{name}: "
        yield writer.counted(rated, "commitment rated", "commitments rated")
        yield ". "
    if due := sum(item.reports_due for item in items):
        yield writer.counted(due, "report was due; ", "reports were due; ")
        yield reports_missing(writer, items)
        yield "."


def sole_bodies(data: ReviewData) -> dict[str, str]:
    """The voices in which one body alone reports, and its name: said once, it need not stand beside each report."""
    spoke: dict[str, set[str]] = defaultdict(set)
    for objective in data.objectives:
        for item in objective.commitments:
            for report in item.reports:
                spoke[report.voice].add(report.organisation)
    return {voice: next(iter(names)) for voice, names in spoke.items() if len(names) == 1 and voice != "implementer"}


def voices_table(
    writer: Writer,
    items: Sequence[CommitmentView],
    caption: Runs,
    anchor: str,
    proofs: Mapping[str, Sequence[EvidenceView]],
) -> Table:
    """Commitments, and what each voice says of each: rating, words, body and period.

    `proofs` are what reports cite or name, by the code of the commitment.
    """
    sole = sole_bodies(writer.data)
    rows = [
        (
            commitment_cell(writer, item, proofs.get(item.code, ())),
            state_cell(writer, item),
            *(joined(voice_cells(writer, item, voice, sole), "; ") or EMPTY for voice in VOICE_WORDS),
        )
        for item in items
    ]
    columns: Columns = (
        ("Commitment", "start", 3.2),
        ("State", "start", 1.5),
        ("Implementers", "start", 2.7),
        ("Secretariat", "start", 2.2),
        ("Civil society", "start", 2.6),
    )
    return writer.table(caption, columns, rows, anchor=anchor)


def commitment_cell(writer: Writer, item: CommitmentView, proofs: Sequence[EvidenceView]) -> Runs:
    """What is promised, who leads, the numbers of the sources that reports on it cite, and what they only name."""
    cites = writer.cite(*(one.source for one in proofs))
    named = joined([marked(one.title.rstrip(".")) for one in proofs if not one.source], "; ")
    leads = joined([marked(name) for name in item.leads])
    stop = "" if item.title.endswith((".", "?")) else "."
    return phrase(
        code(item.code),
        " ",
        marked(item.title, origin=item.urn),
        phrase(Run(f"{stop} Lead: ", style="muted"), leads) if leads else (),
        phrase(Run(". Evidence:" if leads else f"{stop} Evidence:", style="muted"), cites) if cites else (),
        phrase(Run(". Named, no document held: ", style="muted"), named) if named else (),
        contributed(writer, item),
    )


def contributed(writer: Writer, item: CommitmentView) -> Runs:
    """How contributors without an account rate a commitment, beside the three voices and in none of them."""
    if not item.contributions:
        return ()
    head = phrase(
        Run(". Public contributions, ", style="muted"), writer.counted(item.contributions, "rating", "ratings")
    )
    return phrase(head, ": ", marked(item.contribution_summary))


def state_cell(writer: Writer, item: CommitmentView) -> Runs:
    """The state with the reason of an end, and the day on which it is due."""
    ended = (
        phrase(": ", marked(item.reason.removesuffix("."), origin=item.urn))
        if item.state in ENDED and item.reason
        else ()
    )
    return phrase(
        writer.state(item.state),
        ended,
        phrase(". Due " if ended else "; due ", writer.day(item.due)) if item.due else "",
        Run(" · overdue", style="strong") if item.overdue else "",
    )


def voice_cells(writer: Writer, item: CommitmentView, voice: str, sole: Mapping[str, str]) -> list[Runs]:
    """What each body that reports in a voice says of a commitment; its name where it is not said already."""
    cells = []
    for report in item.reports:
        if report.voice != voice:
            continue
        known = report.organisation == sole.get(voice) or (
            voice == "implementer" and item.leads == (report.organisation,)
        )
        who = report.period if known else f"{report.organisation}, {report.period}"
        words = rating_words(report)
        cells.append(
            phrase(
                marked(words, style="strong"),
                standing(report, writer.language),
                phrase(": ", marked(report.narrative, origin=item.urn)) if report.narrative else "",
                marked(f" ({who})", style="muted"),
                entered(report, writer.language),
            )
        )
    return cells


def rating_words(report: ReportView) -> str:
    """The rating of a report, else why there is none."""
    return report.rating or EMPTY_WORDS.get(report.empty_reason, "no rating")


def entered(report: ReportView, language: str) -> Runs:
    """What a reader has to know of how a report came: entered from a paper, or corrected."""
    marks: list[Runs] = []
    if report.entered_from:
        marks.append(phrase(" (entered for it from ", dated(report.entered_from, language), ")"))
    if report.correction:
        marks.append(phrase(" (corrects an earlier report: ", marked(report.correction), ")"))
    return phrase(*marks)


def commitment_table(writer: Writer, items: Sequence[CommitmentView], caption: Runs, anchor: str) -> Block:
    """Commitments, with the latest rating of each voice in a column of its own."""
    rows = [
        (
            phrase(code(item.code), " ", marked(item.title, origin=item.urn)),
            joined([marked(name) for name in item.leads]) or EMPTY,
            phrase(writer.state(item.state), Run(" · overdue", style="strong") if item.overdue else ""),
            (writer.day(item.due),) if item.due else EMPTY,
            *(voice_cell(item.reports, voice, writer.language) for voice in VOICE_WORDS),
        )
        for item in items
    ]
    return writer.table(
        caption,
        (
            ("Commitment", "start", 4),
            ("Lead", "start", 2.4),
            ("State", "start", 1.5),
            ("Due", "start", 1.4),
            ("Implementers", "start", 1.6),
            ("Secretariat", "start", 1.6),
            ("Civil society", "start", 1.6),
        ),
        rows,
        anchor=anchor,
    )


def voice_cell(reports: tuple[ReportView, ...], voice: str, language: str) -> Runs:
    """The latest rating in one voice; several organisations side by side, never averaged."""
    cells = []
    for report in reports:
        if report.voice == voice:
            words = rating_words(report)
            cells.append(phrase(marked(words), standing(report, language)))
    return joined(cells, "; ") or EMPTY


def standing(report: ReportView, language: str) -> Runs:
    """How far a report is, when it is not accepted."""
    if report.unanswered:
        return phrase(" (handed in on ", day(report.date, language), ", not yet accepted)")
    return phrase(Run(f" ({report.state})", style="muted")) if report.state != "accepted" else ()
