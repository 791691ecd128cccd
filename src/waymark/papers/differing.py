"""Figures that differ though a reader takes them for one: of one series and year, and of two series of one indicator.

Each stands with what tells it from the other, and with the rule that decided where one of them is shown and one is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from waymark.engines.printing.blocks import Block, BulletList, Runs
from waymark.engines.printing.measures import Measured, figure
from waymark.gcm.language import decimals_for, decimals_written, rounded, unit_kind
from waymark.gcm.natures import nature_words
from waymark.gcm.several import counts_one_thing
from waymark.papers.lines import shown
from waymark.papers.observations import form, number, shown_unit
from waymark.papers.words import code, joined, marked, phrase, plain
from waymark.papers.writer import Columns, Writer
from waymark.queries.indicators.views import AlternativeView, Observation, StatisticView

LONGEST = 90
"""Letters of a publisher's own note that a row holds; the whole note stands in the data."""

SAME = phrase("as above")
"""What tells a figure from another where the row above says the same of the same series."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure that is shown, and figures of its year that differ and all say the same, each of another source."""

    statistic: StatisticView
    chosen: Observation
    others: tuple[AlternativeView, ...]

    @property
    def other(self) -> AlternativeView:
        """The first of those that say the same."""
        return self.others[0]


def differing_figures(statistics: Iterable[StatisticView]) -> list[Differing]:
    """Figures of one series and year that differ as they are shown; those that say the same of themselves are one."""
    found: list[Differing] = []
    for statistic in statistics:
        seen = {one.year: one for one in shown(statistic)}
        groups: dict[tuple[object, ...], list[AlternativeView]] = {}
        for other in statistic.alternatives:
            chosen = seen.get(other.year)
            if chosen is not None and differ(statistic.unit, chosen.value, other.value):
                key = (other.year, other.value, other.nature, other.period, other.detail, other.decided)
                groups.setdefault(key, []).append(other)
        found += [Differing(statistic, seen[group[0].year], tuple(group)) for group in groups.values()]
    return found


def differ(unit: str, one: float | None, two: float | None) -> bool:
    """Whether two figures differ as they are shown, and by more than the one with fewer decimals rounds away.

    A whole number may be exact, so nothing is rounded to it. A bound or a gap is no number that differs.
    """
    if one is None or two is None:
        return False
    coarser = min((decimals_written(abs(value)) for value in (one, two) if value % 1), default=LONGEST)
    decimals = min(decimals_for((one, two), unit_kind(unit)), coarser)
    return rounded(one, decimals) != rounded(two, decimals)


def figure_conflicts(writer: Writer) -> list[Block]:
    """The figures of one series that differ, row by row, and under the table by which rule one of them is shown."""
    found = differing_figures(writer.data.statistics.values())
    if not found:
        return []
    rows, before = [], None
    for one in found:
        others = phrase(
            nature_of(one.other),
            "; " if writer.full else "",
            sources_of_others(writer, [other.source for other in one.others]),
        )
        tells = (one.statistic.indicator, nature_of(one.chosen), others)
        same = tells == before
        chosen, other = _pair(writer, one)
        rows.append(
            (
                named_series(one.statistic),
                (writer.day(one.other.period or str(one.other.year)),),
                chosen,
                SAME if same else tells[1],
                other,
                SAME if same else others,
            )
        )
        before = tells
    columns: Columns = (
        ("Series", "start", 2.6), ("Year", "start", 1), ("Shown", "end", 1.3), ("It is", "start", 2.6),
        ("Other", "end", 1.3), ("It is", "start", 3.2),
    )  # fmt: skip
    table = writer.table("Figures of one series and year that differ", columns, rows)
    return [table, rules(found)]


def _pair(writer: Writer, one: Differing) -> tuple[Runs, Runs]:
    """The figure that is shown and the other, with the decimals of the series; with more where these part them not."""
    given = one.statistic, one.chosen.value or 0.0, one.chosen.source
    chosen, other = with_unit(writer, *given), with_unit(writer, one.statistic, one.other.value)
    if plain(chosen) != plain(other):
        return chosen, other
    unit = one.statistic.unit
    return writer.figure(given[1], unit, given[2]), writer.figure(one.other.value, unit)


def with_unit(writer: Writer, statistic: StatisticView, value: float, source: str = "") -> Runs:
    """A figure of a series as its sentence writes it; of units only per cent stands with it."""
    cites = (writer.numbers[source],) if source in writer.numbers else ()
    given = Measured(value, shown_unit(statistic), "", cites, words="", form=form(writer, statistic))
    return figure(given, writer.language)


def rules(found: list[Differing]) -> Block:
    """By which rule the figures are shown that are, once for all series of which it decided."""
    decided: dict[str, dict[str, StatisticView]] = {}
    for one in found:
        decided.setdefault(one.other.decided, {})[one.statistic.indicator] = one.statistic
    items = [
        phrase(joined([marked(one.short) for one in series.values()]), ": ", marked(rule), " (our rule, a proposal).")
        for rule, series in decided.items()
    ]
    return BulletList(tuple(items), small=True)


def nature_of(seen: Observation | AlternativeView) -> Runs:
    """What tells a figure from another of its year: its nature, the period it is of, its publisher's own note."""
    note = seen.detail if len(seen.detail) <= LONGEST else f"{seen.detail[:LONGEST].rsplit(' ', 1)[0]} …"
    span = f"of {seen.period}" if seen.period and seen.period != str(seen.year) else ""
    return marked("; ".join(filter(None, (nature_words(seen.nature), span, note))))


def named_series(statistic: StatisticView) -> Runs:
    """A series by its short name, its code in grey behind."""
    return phrase(marked(statistic.short), " ", code(statistic.series, style="muted"))


def sources_of_others(writer: Writer, keys: list[str]) -> Runs:
    """The sources of a figure that is not shown: their numbers, and in a full print their names as well."""
    if not writer.full:
        return writer.cite(*keys)
    named = dict.fromkeys(keys)
    return joined([phrase(source_words(writer, key), writer.cite(key)) for key in named], "; ")


def source_words(writer: Writer, key: str) -> Runs:
    """The name of a source."""
    named = [source for source in writer.data.sources if source.key in key.split("\n")]
    return marked("; ".join(": ".join(part for part in (s.publisher, s.title) if part) for s in named) or key)


def twins(statistics: Iterable[StatisticView]) -> list[tuple[StatisticView, StatisticView]]:
    """Two series of one SDG indicator in one unit, which a reader takes for one thing, and which differ in a year."""
    return [pair for pair in combinations(statistics, 2) if taken_for_one(*pair) and common_years(*pair)]


def taken_for_one(one: StatisticView, two: StatisticView) -> bool:
    """Whether a reader takes two series for one thing."""
    same = (one.framework_code, one.unit, one.disagg) == (two.framework_code, two.unit, two.disagg)
    return bool(one.framework_code) and same and counts_one_thing(one.framework_code)


def common_years(one: StatisticView, two: StatisticView) -> list[tuple[Observation, Observation]]:
    """The figures of the years in which two series differ, as they are shown."""
    seen = {other.year: other for other in shown(two)}
    pairs = [(first, seen[first.year]) for first in shown(one) if first.year in seen]
    return [(first, other) for first, other in pairs if differ(one.unit, first.value, other.value)]


def twin_words(writer: Writer, statistic: StatisticView) -> Runs:
    """What another series of the same indicator says of the last year in which the two differ; () without one."""
    told: list[Runs] = []
    for one, two in twins(writer.data.statistics.values()):
        if statistic.indicator not in (one.indicator, two.indicator):
            continue
        other = two if statistic.indicator == one.indicator else one
        mine, theirs = common_years(statistic, other)[-1]
        told.append(
            phrase(
                "Another series of the same SDG indicator, ",
                marked(other.short),
                ", differs: ",
                number(writer, other, theirs.value or 0.0, theirs.source),
                " in ",
                writer.day(theirs.period or str(theirs.year)),
                ", where this one has ",
                number(writer, statistic, mine.value or 0.0, mine.source),
                "; both stand, neither replaces the other.",
            )
        )
    return joined(told, " ")


def series_that_differ(writer: Writer) -> list[Block]:
    """Every two series of one SDG indicator that differ: what each counts, and their figures side by side."""
    blocks: list[Block] = []
    for one, two in twins(writer.data.statistics.values()):
        rows = [
            (
                (writer.day(first.period or str(first.year)),),
                number(writer, one, first.value or 0.0, first.source),
                number(writer, two, second.value or 0.0, second.source),
            )
            for first, second in common_years(one, two)
        ]
        caption = phrase(
            "Two series of SDG indicator ", code(one.framework_code), " that differ, in ", marked(one.unit_label)
        )
        blocks.append(writer.table(caption, (("Year", "start", 1), (one.short, "end", 2), (two.short, "end", 2)), rows))
        items = tuple(phrase(named_series(each), ": ", counts(each)) for each in (one, two))
        blocks.append(BulletList(items, small=True))
    return blocks


def counts(statistic: StatisticView) -> Runs:
    """What a series counts, and what to beware of in that."""
    return marked(" ".join(filter(None, (statistic.meaning, statistic.caveats))))
