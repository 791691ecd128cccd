"""One chapter per objective: what it asks, statistics, commitments, evidence, findings, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from waymark.engines.printing.blocks import Block, BulletList, Notice, Run, Runs
from waymark.papers.commitments import counts_by_state, counts_by_voice, sole_bodies, voices_table
from waymark.papers.evidence import evidence, proofs, sources_of, told_beside
from waymark.papers.marks import is_old, marks_legend
from waymark.papers.missing import gaps, gaps_in_short, gaps_legend, without_commitment
from waymark.papers.statistics import latest_sentence, old_sentence, statistic_blocks, statistic_sentence
from waymark.papers.words import code, joined, marked, paragraph, phrase
from waymark.papers.writer import (
    EMPTY,
    FINDING_WORDS,
    VOICE_WORDS,
    Chapter,
    Columns,
    Writer,
    heading,
    lead,
    source_line,
)
from waymark.queries.indicators.views import StatisticView
from waymark.queries.reviews.views import FindingView, ObjectiveView

FINDINGS = "Progress, challenges, opportunities and emerging issues"
GOALS = frozenset(str(goal) for goal in range(1, 18))
"""The goals of the 2030 Agenda; an objective tied to all of them says so in two words."""


def objectives(writer: Writer) -> Chapter:
    """All objectives about which something is known, then those about which nothing is, each in one line of a table.

    A full print has a chapter for every objective.
    """
    unknown = [] if writer.full else [one for one in writer.data.objectives if not one.known]
    known = [one for one in writer.data.objectives if one not in unknown]
    blocks: list[Block] = [lead(*how_chapters_are(writer)), *marks_legend(writer)]
    blocks += [] if writer.full else gaps_legend(known)
    for objective in known:
        blocks += objective_chapter(writer, objective)
    none = [] if writer.full else without_commitment(writer)
    if none:
        blocks += [heading(2, "without-commitment", "Objectives without a commitment"), *none]
    return (*blocks, *unknown_objectives(writer, unknown))


def how_chapters_are(writer: Writer) -> Iterable[Run | Runs | str]:
    """What each chapter holds, and who speaks in a voice of one body alone."""
    yield "Each objective has the same parts in the same order. "
    if writer.full:
        yield "A part about which nothing is known says so."
    else:
        yield "Where a chapter has no part on commitments, evidence and findings, the record holds none. "
        yield "What stands under another objective in full is named with its latest figure."
    if any(item.quotation for one in writer.data.objectives for item in one.evidence):
        yield " A figure in a quotation is that of its document; it may be counted another way than a statistic here."
    for voice, name in sole_bodies(writer.data).items():
        yield phrase(f" In the voice “{VOICE_WORDS[voice]}” all reports are from ", marked(name), ".")


def unknown_objectives(writer: Writer, items: Sequence[ObjectiveView]) -> list[Block]:
    """One line for each: what it asks, and what would be a start."""
    if not items:
        return []
    rows = [
        (
            phrase(code(str(one.number), "strong"), " ", marked(one.label)),
            marked(one.asks),
            phrase(
                joined([marked(words) for words in one.without_data], "; "),
                ". " if one.without_data and one.questions else "",
                joined([marked(words) for words in one.questions], " "),
            )
            if one.without_data or one.questions
            else EMPTY,
        )
        for one in items
    ]
    columns: Columns = (
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
    return [
        heading(2, anchor, "Objective ", code(str(objective.number)), ": ", marked(objective.label)),
        paragraph(marked(objective.asks), Run(" (in our words)", style="muted")),
        official(writer, objective),
        heading(3, f"{anchor}-statistics", "Statistics", hidden=named),
        *statistics(writer, objective),
        *record(writer, objective, anchor, named),
        *missing(writer, objective, anchor, named),
    ]


def official(writer: Writer, objective: ObjectiveView) -> Block:
    """The official title, and the targets of the Agenda that the objective is tied to."""
    tied: Runs = ()
    if objective.sdg_targets:
        targets = joined([(code(target),) for target in sdg_order(objective.sdg_targets)])
        every = set(objective.sdg_targets) >= GOALS
        agenda = phrase("all goals of the " if every else "the ", code("2030"), " Agenda")
        listed = phrase("; targets named: " if every else ": ", targets) if targets else ()
        tied = phrase(" Tied to ", agenda, listed, ".")
    return source_line(
        "Official title: ",
        marked(objective.title, style="emphasis"),
        " (paragraph ",
        code(objective.paragraph),
        " of A/RES/",
        code("73/195"),
        ")",
        writer.mark(objective.label_mark),
        ".",
        tied,
    )


def record(writer: Writer, objective: ObjectiveView, anchor: str, named: str) -> list[Block]:
    """Commitments, evidence and findings. Where the record holds none of them, only a full print says so here."""
    if not objective.commitments and not objective.evidence and not objective.findings:
        if not writer.full:
            return []
        return [
            heading(3, f"{anchor}-commitments", "Commitments, evidence and findings", hidden=named),
            paragraph("The record holds no commitment, no cited evidence and no finding for this objective."),
        ]
    blocks: list[Block] = []
    if objective.commitments or writer.full:
        blocks.append(heading(3, f"{anchor}-commitments", "Commitments", hidden=named))
        blocks += commitments(writer, objective)
    told = evidence(objective.evidence, writer)
    if not writer.full:
        told = told_beside(objective.evidence, sources_of(objective.findings), writer)
    if told:
        blocks += [heading(3, f"{anchor}-evidence", "Evidence", hidden=named), *told]
    if objective.findings or writer.full:
        blocks.append(heading(3, f"{anchor}-findings", FINDINGS, hidden=named))
        blocks += findings(writer, objective.findings)
    return blocks


def missing(writer: Writer, objective: ObjectiveView, anchor: str, named: str) -> list[Block]:
    """What is missing: in short, or in full under a heading of its own."""
    if not writer.full:
        return gaps_in_short(objective.gaps)
    return [heading(3, f"{anchor}-gaps", "What is missing", hidden=named), *gaps(writer, objective.gaps)]


def sdg_order(codes: Sequence[str]) -> list[str]:
    """Codes of targets in the order of the Agenda; when all goals are named, only the targets among them."""
    kept = [one for one in codes if "." in one] if set(codes) >= GOALS else list(codes)
    return sorted(kept, key=lambda one: (int(one.partition(".")[0]), one.partition(".")[2].zfill(2)))


def statistics(writer: Writer, objective: ObjectiveView) -> list[Block]:
    """Statistics of the objective. A series stands in full under the closest objective, elsewhere in a sentence."""
    blocks = [*shown_here(writer, objective), *named_here(writer, objective)]
    if objective.without_data and not objective.statistics:
        blocks.append(paragraph(*no_figure_held(writer, len(objective.without_data))))
    blocks += [
        paragraph(marked(title), ": no value for ", marked(period), ", ", marked(why), writer.cite(source), ".")
        for title, period, why, source in objective.no_value
    ]
    if objective.questions:
        title = "Questions that no statistic answers; to be answered with yes, partly or no"
        items = BulletList(tuple(marked(question) for question in objective.questions), small=True)
        blocks.append(Notice("proposal", phrase(title), (items,)))
    if not blocks:
        blocks.append(paragraph("No statistic is defined for this objective."))
    return blocks


def shown_here(writer: Writer, objective: ObjectiveView) -> list[Block]:
    """The series that stand here: with chart and words; one that is too old in its sentence, but for a full print."""
    own = [one for one in objective.statistics if one.objectives[0] == objective.number]
    old = [] if writer.full else [one for one in own if is_old(writer, one)]
    blocks = [block for one in own if one not in old for block in statistic_blocks(writer, one)]
    if old:
        sentences = tuple(old_sentence(writer, one) for one in old)
        blocks.append(BulletList(sentences, anchors=tuple(f"statistic-{one.indicator}" for one in old), small=True))
    return blocks


def named_here(writer: Writer, objective: ObjectiveView) -> list[Block]:
    """The series that stand in full under another objective: a full print repeats the sentence."""
    others = [one for one in objective.statistics if one.objectives[0] != objective.number]
    if not writer.full:
        items = tuple(phrase(latest_sentence(writer, one), " In full: ", statistic_home(one), ".") for one in others)
        return [BulletList(items, small=True)] if items else []
    return [
        paragraph(statistic_sentence(writer, one), " Chart and source: ", statistic_home(one), ".") for one in others
    ]


def statistic_home(statistic: StatisticView) -> Run:
    """The objective under which a series stands in full, a link to it."""
    return code(f"objective {statistic.objectives[0]}", href=f"#statistic-{statistic.indicator}")


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
    """Counts by state and voice, then a table with what each voice says."""
    items, number = objective.commitments, objective.number
    if not items:
        return [paragraph("The record holds no commitment for this objective.")]
    counts = paragraph(*counts_by_state(writer, items), " ", *counts_by_voice(writer, items))
    caption = phrase("Commitments under objective ", code(str(number)), ", and what each voice reported last")
    shown = {} if writer.full else proofs(objective.evidence)
    return [counts, voices_table(writer, items, caption, f"objective-{number}-table", shown)]


def findings(writer: Writer, items: Sequence[FindingView]) -> list[Block]:
    """Findings by kind, which stands before each; each says who drafted it and whether the country confirmed it."""
    if not items:
        return [paragraph("The record holds no finding on this objective yet.")]
    grouped = defaultdict(list)
    for item in items:
        grouped[item.kind].append(item)
    rows = [
        phrase(
            Run(f"{name}: ", style="strong"),
            about(one),
            marked(one.text, origin="finding"),
            writer.mark(one.mark),
            drafted(writer, one),
        )
        for kind, name in FINDING_WORDS.items()
        for one in grouped[kind]
    ]
    return [BulletList(tuple(rows))]


def about(finding: FindingView) -> Runs:
    """The provision of another text that a finding is about, before its words."""
    return phrase(marked(finding.about, style="strong"), ": ") if finding.about else ()


def cites(writer: Writer, finding: FindingView) -> bool:
    """Whether a finding cites anything but the record that it stands in: itself is no source of it."""
    named = finding.source.split("\n")
    return any(source.kind != "record" for source in writer.data.sources if source.key in named)


def drafted(writer: Writer, finding: FindingView) -> Runs:
    """The sources that a finding cites, or that it cites none, who drafted it and whether it is confirmed."""
    proven = cites(writer, finding)
    told = (
        "" if proven else "no source cited",
        f"drafted by {finding.drafted_by}" if finding.drafted_by else "",
        "confirmed by the country" if finding.confirmed else "not confirmed by the country",
    )
    brackets = marked(f" ({'; '.join(filter(None, told))})", style="muted")
    return phrase(writer.cite(finding.source) if proven else (), brackets)
