"""The last chapters: conflicting sources, methods, and annexes with the numbered sources and the indexes."""

import re
from collections import defaultdict

from waymark.engines.printing.blocks import Block, BulletList, CitationEntry, CitationList, Run, Runs
from waymark.gcm import frameworks
from waymark.gcm.language import decimals_for, rounded, unit_kind
from waymark.papers.methods import method_words
from waymark.papers.words import code, joined, marked, paragraph, phrase
from waymark.papers.writer import EMPTY, MARK_WORDS, Chapter, Writer, heading, lead
from waymark.queries.indicators.views import Observation, StatisticView
from waymark.queries.sources.views import SourceView

HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(?=[/?#]|$)", re.IGNORECASE)
"""The name of a host at the start of an address without scheme."""


def conflicts(writer: Writer) -> Chapter:
    """Statements that disagree, side by side, with the rule that chose one."""
    blocks: list[Block] = []
    figures = figure_conflicts(writer)
    blocks.append(
        lead("Where sources disagree, all stand here. A rule is named when one was chosen; nothing is averaged.")
    )
    for conflict in writer.data.conflicts:
        rows = [
            (
                phrase(
                    marked(claim.value, origin=conflict.subject),
                    Run(" ● shown", style="strong") if claim.chosen else "",
                ),
                phrase(
                    source_words(writer, claim.source),
                    writer.mark(claim.mark),
                    writer.cite(claim.source),
                    remark(claim.note),
                ),
            )
            for claim in conflict.claims
        ]
        blocks.append(
            writer.table(
                phrase(
                    marked(conflict.subject_words),
                    ": " if conflict.subject_words else "",
                    marked(conflict.attribute),
                    "; what each source says",
                ),
                (("Value", "start", 3), ("Source", "start", 5)),
                rows,
            )
        )
        blocks.append(
            paragraph("Rule: ", marked(conflict.rule), "." if not conflict.rule.endswith(".") else "")
            if conflict.rule
            else paragraph("No rule chose between them; each is shown as what it is.")
        )
    if not writer.data.conflicts and not figures:
        blocks.append(paragraph("The record holds no other sources that disagree about this country."))
    return (*blocks, *figures, official_texts(writer))


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
                        phrase(marked(link.note), " ", marked(link.locator, style="muted")),
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
    """What is remarked beside a claim, as a sentence of its own."""
    return marked(f" {note}", style="muted") if note else ()


def source_words(writer: Writer, key: str) -> Runs:
    """The name of a source."""
    named = [source for source in writer.data.sources if source.key in key.split("\n")]
    return marked("; ".join(": ".join(part for part in (s.publisher, s.title) if part) for s in named) or key)


def differing_figures(writer: Writer) -> list[tuple[StatisticView, int, Observation, float, list[str]]]:
    """Figures of the same series and year that differ as they are shown: statistic, year, the one shown, the other
    value and the sources that give it."""
    found: dict[tuple[str, int, str], tuple[StatisticView, int, Observation, float, list[str]]] = {}
    for statistic in writer.data.statistics.values():
        shown = {seen.year: seen for seen in statistic.observations}
        for year, value, source in statistic.alternatives:
            chosen = shown.get(year)
            if chosen is None or chosen.value is None:
                continue
            decimals = decimals_for((chosen.value, value), unit_kind(statistic.unit))
            if rounded(chosen.value, decimals) == rounded(value, decimals):
                continue
            text = writer.figure(value, statistic.unit)[0].text
            entry = found.setdefault((statistic.indicator, year, text), (statistic, year, chosen, value, []))
            entry[4].append(source)
    return list(found.values())


def figure_conflicts(writer: Writer) -> list[Block]:
    """Observations of the same series and year that another dataset or nature gives differently, where it shows."""
    rows = [
        (
            phrase(code(statistic.series), " ", marked(statistic.short)),
            (writer.day(str(year)),),
            writer.figure(chosen.value or 0.0, statistic.unit, chosen.source),
            writer.figure(value, statistic.unit),
            joined([phrase(source_words(writer, other), writer.cite(other)) for other in others], "; "),
        )
        for statistic, year, chosen, value, others in differing_figures(writer)
    ]
    if not rows:
        return []
    table = writer.table(
        "Figures of the same year that differ; shown is the newer dataset, then the country's own figure",
        (
            ("Series", "start", 4),
            ("Year", "start", 1),
            ("Shown", "end", 1.6),
            ("Other", "end", 1.4),
            ("Source of the other", "start", 4),
        ),
        rows,
    )
    return [table]


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
            "of the data starts a new series; censored values are never assessed."
        ),
    ]
    rows = []
    for statistic in data.statistics.values():
        results = statistic.assessments
        words = [result.label for result in results]
        if len(results) > 1 and len({(r.improving, bool(r.category)) for r in results}) > 1:
            rows.append(
                (
                    phrase(code(statistic.series), " ", marked(statistic.short)),
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
                (("Series", "start", 3), *((method, "start", 2) for method in data.methods)),
                rows,
            )
        )
    else:
        blocks.append(paragraph("The methods do not differ on any series shown here."))
    return tuple(blocks)


def annexes(writer: Writer) -> Chapter:
    """Numbered sources, then the indexes of indicators and organisations."""
    data = writer.data
    entries = tuple(
        CitationEntry(number, source_entry(writer, source)) for number, source in enumerate(data.sources, 1)
    )
    blocks: list[Block] = [
        heading(2, "sources", "Sources"),
        CitationList(entries) if entries else paragraph("No source is cited."),
        heading(2, "index-indicators", "Index of indicators"),
        indicator_index(writer),
        heading(2, "index-organisations", "Index of organisations"),
        *organisation_index(writer),
    ]
    return tuple(blocks)


def web_address(address: str) -> str:
    """Where an address leads: one of the web as it is, a host and path without scheme by https, nothing else."""
    if address.startswith(("http://", "https://")):
        return address
    return f"https://{address}" if HOST.match(address) else ""


def source_entry(writer: Writer, source: SourceView) -> Runs:
    """One numbered source: publisher, title, series and years or date and pages, retrieval, licence, hash, address."""
    parts: list[Runs] = [marked(part) for part in (source.publisher, source.title) if part]
    if source.series:
        parts.append(phrase("series ", code(source.series)))
    if source.years:
        parts.append(phrase("years ", marked(source.years)))
    if source.date:
        parts.append(phrase("dated ", writer.day(source.date)))
    if source.page:
        parts.append(phrase("page " if source.page.isdigit() else "at ", marked(source.page)))
    if source.locator:
        parts.append(marked(source.locator))
    if source.retrieved:
        parts.append(
            phrase("retrieved ", writer.day(source.retrieved) if source.retrieved != "unknown" else "on an unknown day")
        )
    if source.licence:
        parts.append(phrase("licence ", marked(source.licence)))
    if source.sha256:
        parts.append(phrase("file SHA-", code("256"), " ", code(source.sha256)))
    if source.address:
        parts.append((code(source.address, href=web_address(source.address)),))
    if source.mark in MARK_WORDS:
        parts.append(phrase(Run(MARK_WORDS[source.mark], style="muted")))
    return joined(parts, ". ")


def indicator_index(writer: Writer) -> Block:
    """All indicators shown, with the objectives under which they stand."""
    rows = (
        (
            phrase(code(statistic.series, href=_place_of(writer, statistic))),
            marked(statistic.title),
            joined([(writer.objective_link(number),) for number in statistic.objectives]),
        )
        for statistic in sorted(writer.data.statistics.values(), key=lambda s: s.series)
    )
    return writer.table(
        "Indicators with figures",
        (("Series", "start", 4), ("Indicator", "start", 5), ("Objectives", "start", 1.6)),
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
