"""The last chapters: conflicting sources, methods, and annexes with the numbered sources and the indexes."""

from collections import defaultdict
from collections.abc import Collection

from waymark.engines.printing.blocks import Block, BulletList, Run, Runs
from waymark.gcm import frameworks
from waymark.papers.choosing import conflicts_of
from waymark.papers.differing import figure_conflicts, named_series, series_that_differ, source_words
from waymark.papers.files import TABLES
from waymark.papers.listing import source_list
from waymark.papers.methods import differ, method_name, method_words
from waymark.papers.words import code, joined, marked, paragraph, phrase
from waymark.papers.writer import EMPTY, Chapter, Writer, heading, lead, source_line
from waymark.queries.indicators.views import StatisticView
from waymark.queries.reviews.views import ConflictView


def conflicts(writer: Writer) -> Chapter:
    """Statements that disagree, one after the other, with the rule that chose one."""
    figures = [*figure_conflicts(writer), *series_that_differ(writer)]
    blocks: list[Block] = [
        lead(
            "Where sources disagree, all stand here; nothing is averaged. The rule is named where one was chosen. "
            "Where no rule is named, nobody chose between them, and each is shown as what it is."
        )
    ]
    found = conflicts_of(writer.data)
    if found:
        blocks.append(BulletList(tuple(conflict_words(writer, conflict) for conflict in found), small=True))
    if rest := len(writer.data.conflicts) - len(found):
        blocks.append(
            source_line(
                writer.counted(rest, "other conflict", "other conflicts"), " on record, of topics that do not name "
                "this country, ", "stands" if rest == 1 else "stand", " in ", code("review.json"), ".",
            )
        )  # fmt: skip
    if not found and not figures:
        blocks.append(paragraph("The record holds no other sources that disagree about this country."))
    return (*blocks, *figures, official_texts(writer))


def conflict_words(writer: Writer, conflict: ConflictView) -> Runs:
    """What is disputed, what each source says of it, the rule that chose one, and a remark on all of them once."""
    notes = {claim.note for claim in conflict.claims}
    of_all = next(iter(notes)) if len(notes) == 1 else ""
    said = [
        phrase(
            marked(claim.value, origin=conflict.subject),
            Run(" ● chosen", style="strong") if claim.chosen else "",
            " (",
            source_words(writer, claim.source),
            writer.mark(claim.mark),
            writer.cite(claim.source),
            () if of_all else remark(claim.note),
            ")",
        )
        for claim in conflict.claims
    ]
    about = ": ".join(part for part in (conflict.subject_words, conflict.attribute) if part)
    ended = "" if conflict.rule.endswith(".") else "."
    rule = phrase(Run(" Rule: ", style="strong"), marked(conflict.rule), ended) if conflict.rule else ()
    remarked = marked(f" {of_all}", style="muted") if of_all else ()
    return phrase(marked(about, style="strong"), ". ", joined(said, "; "), ".", rule, remarked)


def official_texts(writer: Writer) -> Block:
    """Where the official texts disagree with themselves: misprinted targets and two wordings of one title."""
    rows = []
    for objective in frameworks.objectives():
        for link in frameworks.links("gcm", objective.code, "sdg"):
            if not link.followed:
                rows.append(
                    (
                        phrase("Objective ", code(objective.code), ", SDG target"),
                        phrase(code(link.to_code), Run(f" ({link.relation.replace('-', ' ')})", style="muted")),
                        phrase(marked(link.note), ". ", marked(link.locator, style="muted")),
                    )
                )
        for wording in frameworks.wordings("gcm", objective.code):
            rows.append(
                (
                    phrase("Objective ", code(objective.code), ", title"),
                    marked(wording.wording),
                    marked(wording.place, style="muted"),
                )
            )
    return writer.table(
        "Official texts that disagree with themselves",
        (("Where", "start", 2), ("What is printed", "start", 3), ("Place and remark", "start", 4)),
        rows,
    )


def remark(note: str) -> Runs:
    """What is remarked beside a claim, after its source."""
    return marked(f"; {note.removesuffix('.')}", style="muted") if note else ()


def methods(writer: Writer) -> Chapter:
    """How statistics were judged, and where another method says something else."""
    data = writer.data
    blocks: list[Block] = [
        lead(
            "Every statistic is assessed by a named method with a version. Methods differ by construction, so the name "
            "stands beside every result."
        ),
        BulletList(tuple(method_words(method, first=not index) for index, method in enumerate(data.methods))),
        paragraph(
            "Our own rules, labelled as proposals: a series whose latest year is more than five years before the as-of "
            "date keeps its category, which is printed with its age and not counted; the series of a place is the one "
            "with the latest year, then the country's own figure before an estimate; a change of unit or of the nature "
            "of the data starts a new series; censored values are never assessed; money, a share or a rate that "
            "changes more than tenfold within a year is no one line; where the lowest and the highest figure lie three "
            "times as far apart as the two compared, and one is at least double the other, no step or turn is named."
        ),
    ]
    rows = []
    for statistic in data.statistics.values():
        results = statistic.assessments
        words = [result.label for result in results]
        if differ(results):
            rows.append(
                (
                    named_series(statistic),
                    *(
                        marked(word or f"not assessed: {result.reason}")
                        for word, result in zip(words, results, strict=True)
                    ),
                )
            )
    if rows:
        blocks.append(
            writer.table(
                "Series on which the methods differ",
                (("Series", "start", 3), *((method_name(method), "start", 2) for method in data.methods)),
                rows,
            )
        )
        blocks.append(
            source_line(
                "The table names a series when only one method can judge it, when only one calls it progress, or when "
                "the two classes share no part of the way to a target. “Stagnation or regression” and “deterioration” "
                "do share one."
            )
        )
    else:
        blocks.append(paragraph("The methods do not differ on any series shown here."))
    return tuple(blocks)


def annexes(writer: Writer, cited: Collection[int]) -> Chapter:
    """The indexes, or where their content lies as data, then the numbered sources that are cited."""
    if writer.full:
        blocks: list[Block] = [
            heading(2, "index-indicators", "Index of indicators"),
            indicator_index(writer),
            heading(2, "index-organisations", "Index of organisations"),
            *organisation_index(writer),
        ]
    else:
        blocks = [heading(2, "data-files", "Data files beside this document"), *data_annex(writer)]
    return (*blocks, heading(2, "sources", "Sources"), *source_list(writer, cited))


def data_annex(writer: Writer) -> list[Block]:
    """What this print leaves to the files beside it, and what each of them holds."""
    rows = [
        (phrase(code(f"data/{name}.csv")), marked(title), (writer.count(sum(1 for _ in rows(writer.data))),))
        for name, (title, _, rows) in TABLES.items()
    ]
    return [
        paragraph(
            "These files hold what this edition does not print. Of a series that is told in one sentence they hold "
            "what the indicator means, what to beware of, its target and its groups; of every series all values. "
            "They also hold titles and pages of the evidence that reports cite, the indexes of indicators and "
            "organisations, and the file and hash of each source. The same data stand as one tree in ",
            code("review.json"),
            ".",
        ),
        writer.table(
            "Data files",
            (("File", "start", 2.4), ("What it holds", "start", 5), ("Rows", "end", 0.8)),
            rows,
            "data-table",
        ),
    ]


def indicator_index(writer: Writer) -> Block:
    """All indicators shown, with the objectives under which they stand."""
    rows = (
        (
            marked(statistic.title, href=_place_of(writer, statistic)),
            phrase(code(statistic.series, style="muted")),
            joined([(writer.objective_link(number),) for number in statistic.objectives]),
        )
        for statistic in sorted(writer.data.statistics.values(), key=lambda s: s.series)
    )
    return writer.table(
        "Indicators with figures",
        (("Indicator", "start", 5), ("Series", "start", 4), ("Objectives", "start", 1.6)),
        rows,
    )


def _place_of(writer: Writer, statistic: StatisticView) -> str:
    """Where the paper shows a statistic, "" when it does not."""
    shown = writer.shown is None or statistic.indicator in writer.shown
    return f"#statistic-{statistic.indicator}" if shown else ""


def organisation_index(writer: Writer) -> list[Block]:
    """All organisations named, with the commitments they lead or support."""
    found: dict[str, set[str]] = defaultdict(set)
    for network in writer.data.networks:
        for member in network.members:
            found[member.organisation.name].update()
    for objective in writer.data.objectives:
        for item in objective.commitments:
            for name in (*item.leads, *item.partners):
                found[name].add(item.code)
    if not found:
        return [paragraph("The record names no organisation for this place.")]
    rows = (
        (marked(name), joined([(code(c),) for c in sorted(found[name])]) or EMPTY)
        for name in sorted(found, key=str.casefold)
    )
    return [
        writer.table(
            "Organisations and their commitments", (("Organisation", "start", 4), ("Commitments", "start", 6)), rows
        )
    ]
