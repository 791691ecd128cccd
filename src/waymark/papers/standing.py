"""How series stand: improving, not improving, or at their limit, where nothing is left to improve.

A series at its limit is counted apart: among those that do not improve it would read as a failure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from waymark.engines.printing.blocks import Run, Runs
from waymark.engines.printing.measures import figure
from waymark.papers.cautions import about_all, dispute
from waymark.papers.observations import measured
from waymark.papers.words import joined, phrase
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import StatisticView

AT_LIMIT = "at its limit"


@dataclass(frozen=True, slots=True)
class Standing:
    """The series that count, each in one part."""

    improving: tuple[StatisticView, ...]
    others: tuple[StatisticView, ...]
    limit: tuple[StatisticView, ...]

    @property
    def moving(self) -> int:
        """How many can be said to improve or not."""
        return len(self.improving) + len(self.others)


def standing(statistics: Iterable[StatisticView]) -> Standing:
    """The series that the default method can assess from a figure young enough, by how they stand."""
    able = [(one, one.assessment) for one in statistics if one.assessed and one.assessment]
    return Standing(
        tuple(one for one, result in able if result.improving),
        tuple(one for one, result in able if not result.improving and result.movement != AT_LIMIT),
        tuple(one for one, result in able if not result.improving and result.movement == AT_LIMIT),
    )


def limit_words(writer: Writer, limit: tuple[StatisticView, ...], noun: str = "") -> Runs:
    """How many series are at their limit, and at which where it is one for all: `1 is at its limit of 100 per cent`."""
    many = len(limit) != 1
    said = phrase(writer.count(len(limit)), noun, " are at their limit" if many else " is at its limit")
    reached = {_reached(writer, one) for one in limit}
    of = next(iter(reached)) if len(reached) == 1 else ()
    return phrase(said, " of ", of) if of else said


def _reached(writer: Writer, statistic: StatisticView) -> Runs:
    """The figure at the limit, without its source; nothing for an answer of yes or no."""
    known = [seen for seen in statistic.observations if seen.value is not None]
    if not known or "binary" in statistic.traits:
        return ()
    said = figure(replace(measured(writer, statistic, known[-1]), words=None), writer.language)
    return tuple(Run(run.text, run.kind, run.style, value=run.value) for run in said)


def progress(writer: Writer, found: Standing) -> Runs:
    """`1 of 2 that can be assessed; 1 is at its limit of 100 per cent; 1 of those that improve is about the whole
    population and does not show migrants apart`."""
    apart = limit_words(writer, found.limit) if found.limit else ()
    if not found.moving:
        none = "no other with a recent figure can be assessed"
        return phrase(apart, f"; {none}") if apart else phrase("none with a recent figure can be assessed")
    said = phrase(writer.count(len(found.improving)), " of ", writer.count(found.moving), " that can be assessed")
    return joined([part for part in (said, apart, of_whom(writer, found.improving)) if part], "; ")


def of_whom(writer: Writer, improving: tuple[StatisticView, ...]) -> Runs:
    """How many of those that improve tell nothing of migrants alone, and on how many sources disagree; () for none."""
    every, open_ones = sum(map(about_all, improving)), sum(bool(dispute(writer, one)) for one in improving)
    told = [
        phrase(writer.count(every), " of those that improve", " is" if every == 1 else " are",
               " about the whole population and", " does" if every == 1 else " do", " not show migrants apart")
        if every else (),
        phrase("on ", writer.count(open_ones), " of those that improve" if not every else " of them",
               ", sources disagree") if open_ones else (),
    ]  # fmt: skip
    return joined([one for one in told if one], "; ")
