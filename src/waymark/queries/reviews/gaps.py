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


def not_broken_down(statistic: StatisticView) -> tuple[str, ...]:
    """The breakdowns that make sense for a series, as its definition says, and of which its latest year has no figure.

    None for a series shown for context. A dimension that the headline itself chooses from, such as adults among all
    ages, is left out: the groups of another choice are not read.
    """
    if statistic.context:
        return ()
    present = {part.partition("=")[0] for row in statistic.breakdown for part in row[0].split("|")}
    chosen = {part.partition("=")[0] for part in statistic.disagg.split("|")}
    return tuple(name for name in statistic.disaggregations if name not in present | chosen)


def in_words(dimensions: Sequence[str]) -> str:
    """Dimensions as they follow "by": sex, age and migration status."""
    *first, last = map(dimension_label, dimensions)
    return f"{', '.join(first)} and {last}" if first else last


def gaps_of(
    statistics: Sequence[StatisticView],
    without: Sequence[IndicatorDefinition],
    commitments: Sequence[CommitmentView],
    evidence: Sequence[EvidenceView],
) -> tuple[GapView, ...]:
    """The gaps of one objective, in a fixed order."""
    gaps = [
        GapView(
            "no figure",
            d.title,
            f"A figure from {d.producer} or the national statistical office is needed",
            f"{d.title} ({d.producer})",
        )
        for d in without
    ]
    for statistic in statistics:
        result = statistic.assessment
        if result and result.reason in NEEDED_FOR:
            gaps.append(GapView(result.reason, statistic.short, NEEDED_FOR[result.reason]))
        elif statistic.too_old:
            gaps.append(GapView("too old", statistic.short, "A figure of a later year is needed"))
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
    gaps += [gap for item in commitments for gap in gaps_of_commitment(item)]
    if commitments and not any(item.about_country for item in evidence):
        gaps.append(
            GapView(
                "no evidence",
                "This objective",
                "A document about this country, cited in a report or finding, is needed",
            )
        )
    return tuple(gaps)


def gaps_of_commitment(item: CommitmentView) -> list[GapView]:
    """A report that is missing, else a progress of which no evidence is given."""
    subject = f"{item.code} {item.title}"
    if item.reports_missing:
        return [
            GapView("report missing", subject, "A progress report of the leading organisation is needed", item.code)
        ]
    if item.reports and not any(report.evidence for report in item.reports):
        return [GapView("no evidence", subject, "A document that shows the progress is needed", item.code)]
    return []
