"""One chapter per objective: what it asks, statistics, commitments, evidence, findings, and what is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from waymark.engines.printing.blocks import Align, Block, BulletList, Notice, PageBreak, Run, Runs
from waymark.papers.evidence import evidence
from waymark.papers.marks import marks_legend
from waymark.papers.statistics import statistic_blocks, statistic_sentence
from waymark.papers.words import code, day, joined, marked, paragraph, phrase
from waymark.papers.writer import (
    EMPTY,
    EMPTY_WORDS,
    FINDING_WORDS,
    NOT_GIVEN,
    VOICE_WORDS,
    Chapter,
    Writer,
    excused,
    heading,
    lead,
)
from waymark.queries.commitments.views import CommitmentView, ReportView
from waymark.queries.reviews.views import FindingView, GapView, ObjectiveView

ENDED = ("dropped", "superseded")
GOALS = frozenset(str(goal) for goal in range(1, 18))
"""The goals of the 2030 Agenda; an objective tied to all of them says so in two words."""


def objectives(writer: Writer) -> Chapter:
    """All objectives about which something is known, then those about which nothing is, each in one line of a table.

    A full edition has a chapter for every objective, each on a page of its own when printed.
    """
    blocks: list[Block] = [
        lead("Each objective has the same parts in the same order. A part about which nothing is known says so."),
        *marks_legend(writer),
    ]
    unknown = [] if writer.full else [one for one in writer.data.objectives if not one.known]
    for number, objective in enumerate(one for one in writer.data.objectives if one not in unknown):
        if number and writer.full:
            blocks.append(PageBreak())
        blocks += objective_chapter(writer, objective)
    return (*blocks, *unknown_objectives(writer, unknown))


def unknown_objectives(writer: Writer, items: Sequence[ObjectiveView]) -> list[Block]:
    """One line for each: what it asks, and what would be a start."""
    if not items:
        return []
    rows = [
        (
            phrase(code(str(one.number), "strong"), " ", marked(one.label)),
            marked(one.asks),
            joined([marked(words) for words in (*one.without_data, *one.questions)], "; ") or EMPTY,
        )
        for one in items
    ]
    columns: tuple[tuple[str, Align, float], ...] = (
        ("Objective", "start", 2),
        ("What it asks, in our words", "start", 4),
        ("What would be a start: a figure, or an answer", "start", 4),
    )
    caption = phrase("Objectives about which nothing is known yet: no figure, commitment, evidence or finding")
    return [
        heading(2, "objectives-unknown", "Objectives about which nothing is known yet"),
        writer.table(caption, columns, rows, anchor="unknown-table"),
    ]


def objective_chapter(writer: Writer, objective: ObjectiveView) -> list[Block]:
    """The chapter of one objective."""
    anchor = f"objective-{objective.number}"
    named = f", objective {objective.number}"
    blocks: list[Block] = [
        heading(2, anchor, "Objective ", code(str(objective.number)), ": ", marked(objective.label)),
        paragraph(
            Run("Official title: ", style="muted"),
            marked(objective.title, style="emphasis"),
            Run(" (paragraph ", style="muted"),
            code(objective.paragraph, "muted"),
            Run(" of A/RES/", style="muted"),
            code("73/195", "muted"),
            Run(")", style="muted"),
            writer.mark(objective.label_mark),
        ),
        heading(3, f"{anchor}-asks", "What it asks", hidden=named),
        paragraph(marked(objective.asks), Run(" (in our words)", style="muted")),
    ]
    if objective.sdg_targets:
        targets = joined([(code(target),) for target in sdg_order(objective.sdg_targets)])
        every = set(objective.sdg_targets) >= GOALS
        agenda = (
            phrase("all goals of the ", code("2030"), " Agenda") if every else phrase("the ", code("2030"), " Agenda")
        )
        listed = phrase("; targets named: " if every else ": ", targets) if targets else ()
        blocks.append(paragraph("Tied to ", agenda, listed, "."))
    blocks.append(heading(3, f"{anchor}-statistics", "Statistics", hidden=named))
    blocks += statistics(writer, objective)
    if not objective.commitments and not objective.evidence and not objective.findings:
        blocks += [
            heading(3, f"{anchor}-commitments", "Commitments, evidence and findings", hidden=named),
            paragraph("The record holds no commitment, no cited evidence and no finding for this objective."),
        ]
    else:
        blocks.append(heading(3, f"{anchor}-commitments", "Commitments", hidden=named))
        blocks += commitments(writer, objective)
        blocks.append(heading(3, f"{anchor}-evidence", "Evidence", hidden=named))
        blocks += evidence(objective.evidence, writer)
        blocks.append(
            heading(3, f"{anchor}-findings", "Progress, challenges, opportunities and emerging issues", hidden=named)
        )
        blocks += findings(writer, objective.findings, anchor)
    blocks.append(heading(3, f"{anchor}-gaps", "What is missing", hidden=named))
    blocks += gaps(writer, objective.gaps)
    return blocks


def sdg_order(codes: Sequence[str]) -> list[str]:
    """Codes of targets in the order of the Agenda; when all goals are named, only the targets among them."""
    kept = [one for one in codes if "." in one] if set(codes) >= GOALS else list(codes)
    return sorted(kept, key=lambda one: (int(one.partition(".")[0]), one.partition(".")[2].zfill(2)))


def statistics(writer: Writer, objective: ObjectiveView) -> list[Block]:
    """Statistics of the objective. A series stands in full under the closest objective, elsewhere in a sentence."""
    blocks: list[Block] = []
    for statistic in objective.statistics:
        home = statistic.objectives[0]
        if home != objective.number:
            blocks.append(
                paragraph(
                    statistic_sentence(writer, statistic),
                    " Chart and source: ",
                    code(f"objective {home}", href=f"#statistic-{statistic.indicator}"),
                    ".",
                )
            )
        else:
            blocks += statistic_blocks(writer, statistic)
    if objective.without_data and not objective.statistics:
        blocks.append(paragraph(*no_figure_held(writer, len(objective.without_data))))
    blocks += [
        paragraph(marked(title), ": no value for ", marked(period), ", ", marked(why), writer.cite(source), ".")
        for title, period, why, source in objective.no_value
    ]
    if objective.questions:
        items = tuple(
            phrase(marked(question), Run(" not answered yet", style="muted")) for question in objective.questions
        )
        blocks.append(
            Notice(
                "proposal",
                phrase("No suitable statistic: questions to answer with yes, partly or no"),
                (BulletList(items),),
            )
        )
    if not blocks:
        blocks.append(paragraph("No statistic is defined for this objective."))
    return blocks


def no_figure_held(writer: Writer, indicators: int) -> Runs:
    """That no indicator of an objective has a figure for the place."""
    if indicators == 1:
        return phrase(
            "No figure is held for this place for the only indicator of this objective. It is named below, under what "
            "is missing."
        )
    return phrase(
        "No figure is held for this place for any of the ",
        writer.count(indicators),
        " indicators of this objective. They are named below, under what is missing.",
    )


def commitments(writer: Writer, objective: ObjectiveView) -> list[Block]:
    """Counts by state and voice, then a table, then what the reports say."""
    items = objective.commitments
    if not items:
        return [paragraph("The record holds no commitment for this objective.")]
    blocks: list[Block] = [paragraph(*counts_by_state(writer, items)), paragraph(*counts_by_voice(writer, items))]
    caption = phrase(
        "Commitments under objective ", code(str(objective.number)), ", with the latest rating in each voice"
    )
    blocks.append(commitment_table(writer, items, caption, f"objective-{objective.number}-table"))
    said = [
        report_words(item, report, writer.language) for item in items for report in item.reports if report.narrative
    ]
    if said:
        blocks += [heading(4, f"objective-{objective.number}-reports", "What the reports say"), BulletList(tuple(said))]
    ended = [
        phrase(code(item.code), ", ", Run(item.state), ": ", marked(item.reason, origin=item.urn))
        for item in items
        if item.state in ENDED and item.reason
    ]
    if ended:
        blocks += [
            heading(4, f"objective-{objective.number}-ended", "Dropped and superseded"),
            BulletList(tuple(ended)),
        ]
    return blocks


def report_words(item: CommitmentView, report: ReportView, language: str) -> Runs:
    """What one report says, with its voice, organisation and period."""
    who = phrase(" (", marked(report.organisation), ", ", marked(report.period), "): ")
    voice = Run(VOICE_WORDS[report.voice], style="strong")
    marks = report_marks(report, language)
    return phrase(code(item.code), " ", voice, who, marked(report.narrative, origin=item.urn), marks)


def report_marks(report: ReportView, language: str) -> Runs:
    """What a reader has to know of how a report came: late to be answered, entered from a paper, corrected."""
    marks: list[Runs] = []
    if report.unanswered:
        marks.append(phrase(" (handed in on ", day(report.date, language), ", not yet accepted)"))
    if report.entered_from:
        marks.append(phrase(" (entered for it from ", marked(report.entered_from), ")"))
    if report.correction:
        marks.append(phrase(" (corrects an earlier report: ", marked(report.correction), ")"))
    return phrase(*marks)


def counts_by_state(writer: Writer, items: tuple[CommitmentView, ...]) -> Iterable[Run | Runs | str]:
    """One sentence: how many commitments, in which state, how many overdue."""
    states = Counter(item.state for item in items)
    order = ("completed", "under_way", "agreed", "proposed", "dropped", "superseded")
    named = [(writer.count(states[state]), Run(f" {state.replace('_', ' ')}")) for state in order if states[state]]
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
    due, missing = sum(item.reports_due for item in items), sum(item.reports_missing for item in items)
    if due:
        yield writer.counted(due, "report was due; ", "reports were due; ")
        yield writer.count(missing)
        yield f" {NOT_GIVEN[writer.data.audience]}"
        yield excused(writer, items)
        yield "."


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
            words = report.rating or EMPTY_WORDS.get(report.empty_reason, "no rating")
            cells.append(phrase(marked(words), standing(report, language)))
    return joined(cells, "; ") or EMPTY


def standing(report: ReportView, language: str) -> Runs:
    """How far a report is, when it is not accepted."""
    if report.unanswered:
        return phrase(" (handed in on ", day(report.date, language), ", not yet accepted)")
    return phrase(Run(f" ({report.state})", style="muted")) if report.state != "accepted" else ()


def findings(writer: Writer, items: Sequence[FindingView], anchor: str, level: int = 4) -> list[Block]:
    """Findings grouped by kind; each says who drafted it and whether the country confirmed it."""
    if not items:
        return [paragraph("The record holds no finding on this objective yet.")]
    grouped = defaultdict(list)
    for item in items:
        grouped[item.kind].append(item)
    blocks: list[Block] = []
    for kind, name in FINDING_WORDS.items():
        if grouped[kind]:
            blocks.append(heading(level, f"{anchor}-{kind.replace('_', '-')}", name))
            blocks.append(
                BulletList(
                    tuple(
                        phrase(
                            about(i),
                            marked(i.text, origin="finding"),
                            writer.mark(i.mark),
                            writer.cite(i.source),
                            drafted(i),
                        )
                        for i in grouped[kind]
                    )
                )
            )
    return blocks


def about(finding: FindingView) -> Runs:
    """The provision of another text that a finding is about, before its words."""
    return phrase(marked(finding.about, style="strong"), ": ") if finding.about else ()


def drafted(finding: FindingView) -> Runs:
    """Who drafted a finding and whether it is confirmed."""
    by = f"drafted by {finding.drafted_by}; " if finding.drafted_by else ""
    confirmed = "confirmed by the country" if finding.confirmed else "not confirmed by the country"
    return marked(f" ({by}{confirmed})", style="muted")


def gaps(writer: Writer, items: tuple[GapView, ...]) -> list[Block]:
    """What is missing and what would be needed."""
    if not items:
        return [paragraph("Nothing that the record expects is missing.")]
    grouped: dict[tuple[str, str], list[Runs]] = defaultdict(list)
    for item in items:
        grouped[(item.kind, item.needed)].append(marked(item.subject))
    rows = tuple(
        phrase(marked(f"{gap_words(kind)}: ", style="strong"), joined(subjects, "; "), ". ", marked(needed), ".")
        for (kind, needed), subjects in grouped.items()
    )
    return [BulletList(rows)]


def gap_words(kind: str) -> str:
    """A gap's kind with a capital letter."""
    return kind[:1].upper() + kind[1:]
