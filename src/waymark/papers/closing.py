"""The last chapters: conflicting sources, methods, and annexes with the numbered sources and the indexes."""

import re
from collections import Counter, defaultdict

from waymark.engines.printing.blocks import Block, BulletList, CitationEntry, CitationList, Run, Runs
from waymark.gcm import frameworks
from waymark.gcm.language import decimals_for, rounded, unit_kind
from waymark.papers.files import TABLES
from waymark.papers.methods import method_words
from waymark.papers.words import code, joined, marked, paragraph, phrase
from waymark.papers.writer import EMPTY, MARK_WORDS, Chapter, Writer, heading, lead
from waymark.queries.indicators.views import Observation, StatisticView
from waymark.queries.reviews.views import ConflictView
from waymark.queries.sources.views import SourceView

PARTS = (
    "publisher", "title", "series", "years", "date", "page", "locator", "retrieved", "licence", "sha256", "address",
    "mark",
)  # fmt: skip
"""The fields of a source in the order in which its entry says them."""
LEFT_TO_DATA = (("sha256",), ("sha256", "locator"))
"""Fields of documents and of datasets that only a full edition prints; the table of sources holds them."""
SHARED = (("publisher",), ("publisher", "title", "retrieved", "licence", "address"))
"""What neighbours share and say once: those of one publisher of documents, those of one dataset."""
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(?=[/?#]|$)", re.IGNORECASE)
"""The name of a host at the start of an address without scheme."""


def conflicts(writer: Writer) -> Chapter:
    """Statements that disagree, one after the other, with the rule that chose one."""
    figures = figure_conflicts(writer)
    blocks: list[Block] = [
        lead(
            "Where sources disagree, all stand here; nothing is averaged. The rule is named where one was chosen. "
            "Where no rule is named, none chose between them, and each is shown as what it is."
        )
    ]
    if writer.data.conflicts:
        items = tuple(conflict_words(writer, conflict) for conflict in writer.data.conflicts)
        blocks.append(BulletList(items, small=True))
    if not writer.data.conflicts and not figures:
        blocks.append(paragraph("The record holds no other sources that disagree about this country."))
    return (*blocks, *figures, official_texts(writer))


def conflict_words(writer: Writer, conflict: ConflictView) -> Runs:
    """What is disputed, what each source says of it, the rule that chose one, and a remark on all of them once."""
    notes = {claim.note for claim in conflict.claims}
    of_all = next(iter(notes)) if len(notes) == 1 else ""
    said = [
        phrase(
            marked(claim.value, origin=conflict.subject),
            Run(" ● shown", style="strong") if claim.chosen else "",
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
    """What is remarked beside a claim, after its source."""
    return marked(f"; {note.removesuffix('.')}", style="muted") if note else ()


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
            joined([source_of_other(writer, other) for other in others], "; "),
        )
        for statistic, year, chosen, value, others in differing_figures(writer)
    ]
    if not rows:
        return []
    table = writer.table(
        "Figures of the same year that differ; shown is the newest known release, then the country's own figure",
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


def source_of_other(writer: Writer, key: str) -> Runs:
    """The source of a figure that is not shown: its number, and in a full edition its name as well."""
    return phrase(source_words(writer, key) if writer.full else "source", writer.cite(key))


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
    """The indexes, or where their content lies as data, then the numbered sources."""
    if writer.full:
        blocks: list[Block] = [
            heading(2, "index-indicators", "Index of indicators"),
            indicator_index(writer),
            heading(2, "index-organisations", "Index of organisations"),
            *organisation_index(writer),
        ]
    else:
        blocks = [heading(2, "data-files", "Data files beside this document"), *data_annex(writer)]
    entries = source_entries(writer)
    sources = CitationList(entries) if entries else paragraph("No source is cited.")
    return (*blocks, heading(2, "sources", "Sources"), sources)


def data_annex(writer: Writer) -> list[Block]:
    """What this edition leaves to the files beside it, and what each of them holds."""
    rows = [
        (phrase(code(f"data/{name}.csv")), marked(title), (writer.count(sum(1 for _ in rows(writer.data))),))
        for name, (title, _, rows) in TABLES.items()
    ]
    return [
        paragraph(
            "Left to these files: of series that are told in a sentence what the indicator means, what to beware of, "
            "its target and its groups; every value of every series; titles and pages of the evidence that reports "
            "cite; the indexes of indicators and organisations; of each source the file and its hash. The same data "
            "stand as one tree in ",
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


def source_entries(writer: Writer) -> tuple[CitationEntry, ...]:
    """The numbered sources; what neighbours of one dataset or publisher share is said once above them."""
    sources = writer.data.sources
    families = Counter(source.family for source in sources)
    entries = []
    for number, source in enumerate(sources, 1):
        of = source.kind == "dataset"
        shared = SHARED[of] if families[source.family] > 1 else ()
        under = joined([part for name in shared if (part := source_part(source, name, writer))], ". ")
        kept = [name for name in PARTS if name not in shared and (writer.full or name not in LEFT_TO_DATA[of])]
        own = joined([part for name in kept if (part := source_part(source, name, writer))], ". ")
        entries.append(CitationEntry(number, own, under))
    return tuple(entries)


def web_address(address: str) -> str:
    """Where an address leads: one of the web as it is, a host and path without scheme by https, nothing else."""
    if address.startswith(("http://", "https://")):
        return address
    return f"https://{address}" if HOST.match(address) else ""


def source_part(source: SourceView, name: str, writer: Writer) -> Runs:
    """One field of a source in words, () when it is empty."""
    value: str = getattr(source, name)
    if not value or (name == "mark" and value not in MARK_WORDS):
        return ()
    match name:
        case "series":
            return phrase("series ", code(value))
        case "years":
            return phrase("years ", marked(value))
        case "date":
            return phrase("dated ", writer.day(value))
        case "page":
            return phrase("page " if value.isdigit() else "at ", marked(value))
        case "retrieved":
            return phrase("retrieved ", writer.day(value) if value != "unknown" else "on an unknown day")
        case "licence":
            return phrase("licence ", marked(value))
        case "sha256":
            return phrase("file SHA-", code("256"), " ", code(value))
        case "address":
            return (code(value, href=web_address(value)),)
        case "mark":
            return (Run(MARK_WORDS[value], style="muted"),)
    return marked(value)


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
