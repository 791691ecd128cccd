"""Where the figures of a series cannot be read as one line: tenfold changes within a year, zeros between other figures,
and figures that go up and down so far that two of them show no direction.

The thresholds are ours (proposals); docs/reference/brief.md has them, and the review says them in its methods.
"""

from itertools import pairwise

from waymark.engines.printing.blocks import Runs
from waymark.engines.printing.phrases import dated, tongue
from waymark.gcm.language import unit_kind
from waymark.gcm.periods import spans
from waymark.papers.observations import number, number_of, period_of
from waymark.papers.words import joined, phrase
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import Observation, StatisticView

TENFOLD = 10
"""From a change by more than this factor between two years on, a sum of money, a share or a rate is no one line."""
OWN_DATA = ("C", "CA")
"""Natures of what a country says of itself: its zero is a zero."""


def leaps(statistic: StatisticView) -> tuple[int, ...]:
    """The years in which a figure is more than ten times, or less than a tenth, of that of the year before.

    Of money, shares and rates alone: a count of persons or events can multiply within a year.
    """
    if unit_kind(statistic.unit) not in ("money", "percent", "rate"):
        return ()
    return tuple(
        now.year
        for then, now in pairwise(statistic.observations)
        if now.year == then.year + 1 and then.value and now.value and then.value > 0 and now.value > 0
        if not 1 / TENFOLD <= now.value / then.value <= TENFOLD
    )


def zeros_between(statistic: StatisticView) -> tuple[int, ...]:
    """The years of a stock in which the source writes zero between figures above zero; not of a country's own data."""
    if "stock" not in statistic.traits:
        return ()
    known = [one for one in statistic.observations if one.value is not None]
    above = [place for place, one in enumerate(known) if one.value]
    within = known[above[0] : above[-1]] if above else []
    return tuple(one.year for one in within if one.value == 0 and one.nature not in OWN_DATA)


def swing_words(writer: Writer, statistic: StatisticView, found: tuple[Observation, Observation]) -> Runs:
    """That the figures go up and down, with the lowest and the highest."""
    numbers = [number(writer, statistic, number_of(statistic, one), one.source) for one in found]
    lowest, highest = (
        phrase(number, " (", writer.day(period_of(one)), ")") for number, one in zip(numbers, found, strict=True)
    )
    return phrase("The figures go up and down between ", lowest, " and ", highest,
                  ", so that two of them do not show a direction.")  # fmt: skip


def leap_sentence(writer: Writer, statistic: StatisticView) -> Runs:
    """Between which years the figure changes more than tenfold, and where zeros stand between figures; () for none."""
    told: list[Runs] = []
    if years := leaps(statistic):
        steps = [phrase("from ", writer.day(str(year - 1)), " to ", writer.day(str(year))) for year in years]
        told.append(
            phrase("The figure changes more than tenfold within a year, ", several(steps),
                   "; the source gives no reason, so do not read these years as one line.")
        )  # fmt: skip
    if zeros := zeros_between(statistic):
        spoken = tongue(writer.language)
        named = joined([dated(span, spoken) for span in spans(zeros)], ", ")
        told.append(
            phrase(
                "The source writes zero in ", named, ", between other figures; it may mean that nothing was recorded."
            )
        )
    return joined(told, " ")


def several(parts: list[Runs]) -> Runs:
    """Parts of a sentence one after the other, the last after a word."""
    *first, last = parts
    return phrase(joined(first, ", "), " and ", last) if first else last


def leap_words(writer: Writer, statistic: StatisticView) -> Runs:
    """The years of such changes, to stand in the caption of a chart; () without one."""
    years = leaps(statistic)
    named = joined([phrase(writer.day(str(year))) for year in years], ", ")
    return phrase(", more than tenfold change in ", named, " (dotted mark)") if years else ()
