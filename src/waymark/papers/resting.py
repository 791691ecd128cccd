"""On what the category of a method rests, where a reader would not expect it: figures of long ago, a tolerance."""

from waymark.engines.printing.blocks import Runs
from waymark.papers.words import joined, phrase
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import StatisticView

EARLY = "baseline of an earlier year"
NEAR = "within one point of the target"
"""How the remarks of an assessment begin that are said in the sentence too."""


def rests_on(writer: Writer, statistic: StatisticView) -> Runs:
    """That the method compared figures of before its baseline year, or took a figure near the target for one that meets
    it; () where it did not, where it gave no category, and for yes or no, of which the answer alone counts."""
    result = statistic.assessment
    if result is None or not result.label or "binary" in statistic.traits:
        return ()
    if statistic.context or statistic.direction == "none":
        return ()
    told: list[Runs] = []
    if any(flag.startswith(EARLY) for flag in result.flags) and result.base_year and result.latest_year:
        told.append(
            phrase("The method compares ", writer.day(str(result.latest_year)), " with ",
                   writer.day(str(result.base_year)), ", since no two figures are of its baseline year or later.")
        )  # fmt: skip
    if any(flag.startswith(NEAR) for flag in result.flags):
        told.append(phrase("The method counts a figure within one point of such a target as met."))
    return joined(told, " ")
