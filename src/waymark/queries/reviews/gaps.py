"""What is missing for an objective, and what would be needed: gaps are findings of the machine."""

from collections.abc import Sequence

from waymark.gcm.breakdowns import dimension_label
from waymark.gcm.indicators import IndicatorDefinition
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.documents.views import EvidenceView
from waymark.queries.indicators.views import StatisticView
from waymark.queries.reviews.views import GapView

NEEDED_FOR = {
    "one point": "A second figure is needed to see a direction",
    "no baseline from 2015": "A figure from 2015 or later is needed as a baseline",
    "break": "Two figures after the break are needed",
    "censored": "A figure that is not withheld is needed",
}


HELD = "held, not shown"
"""Kind of a gap of which a file holds figures, none of which fit the indicator."""
NEEDED_OF_HELD = "A figure is needed that fits; those held do not"
SMALL_COUNTS = "not shown: small counts"
ENDED = "older disaggregation"


def not_broken_down(statistic: StatisticView) -> tuple[str, ...]:
    """The breakdowns that make sense for a series, as its definition says, and of which nothing is known.

    None for a series shown for context. A dimension that the headline itself chooses from, such as adults among all
    ages, is left out: the groups of another choice are not read.
    """
    if statistic.context:
        return ()
    present = {part.partition("=")[0] for row in statistic.breakdown for part in row[0].split("|")}
    chosen = {part.partition("=")[0] for part in statistic.disagg.split("|")}
    known = present | chosen | {*statistic.withheld, *statistic.crossed, *(name for name, _ in statistic.ended)}
    return tuple(name for name in statistic.disaggregations if name not in known)


def known_otherwise(statistic: StatisticView) -> list[GapView]:
    """Breakdowns that a source has and the review does not show: small counts, and those of earlier years alone."""
    if statistic.context:
        return []
    gaps = []
    withheld = [name for name in statistic.disaggregations if name in statistic.withheld]
    if withheld:
        words = in_words(withheld)
        needed = f"Nothing: figures by {words} are small counts, by which persons could be picked out"
        gaps.append(GapView(SMALL_COUNTS, statistic.short, needed, f"{statistic.short} ({words})"))
    crossed = [name for name in statistic.disaggregations if name in statistic.crossed]
    if crossed:
        words = in_words(crossed)
        needed = f"Figures by {words} alone are needed; those held are by several breakdowns at once"
        gaps.append(
            GapView(HELD, statistic.short, needed, f"{statistic.short} (by {words}: only together with another)")
        )
    for name, year in statistic.ended:
        if name in statistic.disaggregations:
            words = f"{statistic.short} ({dimension_label(name)}, to {year})"
            needed = f"Figures by {dimension_label(name)} of a year after {year} are needed"
            gaps.append(GapView(ENDED, statistic.short, needed, words))
    return gaps


def in_words(dimensions: Sequence[str]) -> str:
    """Dimensions as they follow "by": sex, age and migration status."""
    *first, last = map(dimension_label, dimensions)
    return f"{', '.join(first)} and {last}" if first else last


def gaps_of(
    statistics: Sequence[StatisticView],
    without: Sequence[IndicatorDefinition],
    commitments: Sequence[CommitmentView],
    evidence: Sequence[EvidenceView],
    held: Sequence[tuple[IndicatorDefinition, str]] = (),
) -> tuple[GapView, ...]:
    """The gaps of one objective, in a fixed order; `held` are indicators with figures that are not shown, and why."""
    gaps = [
        GapView(
            "no figure",
            d.title,
            f"A figure from {d.producer} or the national statistical office is needed",
            f"{d.title} ({d.producer})",
        )
        for d in without
    ]
    gaps += [GapView(HELD, d.title, f"{NEEDED_OF_HELD}: {why}", f"{d.title} ({why})") for d, why in held]
    for statistic in statistics:
        result = statistic.assessment
        if result and result.reason in NEEDED_FOR:
            gaps.append(GapView(result.reason, statistic.short, NEEDED_FOR[result.reason]))
        elif statistic.too_old:
            gaps.append(GapView("too old", statistic.short, "A figure of a later year is needed"))
        gaps += known_otherwise(statistic)
        absent = not_broken_down(statistic)
        if absent:
            groups = in_words(absent)
            short = f"{statistic.short} ({groups})"
            gaps.append(GapView("no disaggregation", statistic.short, f"Figures by {groups} are needed", short))
    if not commitments:
        gaps.append(
            GapView(
                "no commitment",
                "This objective",
                "A measure, pledge or activity tied to it is needed, or a note that none is planned",
            )
        )
    shown = {one.cited_in for one in evidence}
    gaps += [gap for item in commitments for gap in gaps_of_commitment(item, shown=item.code in shown)]
    if commitments and not any(item.about_country for item in evidence):
        gaps.append(
            GapView(
                "no evidence",
                "This objective",
                "A document about this country, cited in a report or finding, is needed",
            )
        )
    return tuple(gaps)


def periods_of(item: CommitmentView) -> list[str]:
    """The periods for which reports are missing; of more than one body with their number: `Spring, 2 reports`."""
    many = item.bodies_missing or (1,) * len(item.periods_missing)
    return [
        title if number == 1 else f"{title}, {number} reports"
        for title, number in zip(item.periods_missing, many, strict=True)
    ]


def gaps_of_commitment(item: CommitmentView, *, shown: bool) -> list[GapView]:
    """The reports that are missing, with their periods, and a progress of which no report gave evidence (`shown`)."""
    subject, gaps = f"{item.code} {item.title}", []
    if item.reports_missing:
        short = f"{item.code} ({', '.join(periods_of(item))})" if item.periods_missing else item.code
        gaps.append(
            GapView("report missing", subject, "A progress report of the leading organisation is needed", short)
        )
    if item.reports and not shown and not any(report.evidence for report in item.reports):
        gaps.append(GapView("no evidence", subject, "A document that shows the progress is needed", item.code))
    return gaps
