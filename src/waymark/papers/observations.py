"""An observation as the rules of sentences take it: with its unit in the indicator's own words and its source."""

from waymark.engines.printing.measures import Measured
from waymark.gcm.language import unit_kind
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import Observation, StatisticView


def measured(writer: Writer, statistic: StatisticView, seen: Observation) -> Measured:
    """An observation as the sentence rules take it. Raises ValueError for one without a number."""
    return Measured(
        value=number_of(statistic, seen),
        unit=shown_unit(statistic),
        period=period_of(seen),
        cites=(writer.numbers[seen.source],),
        words=unit_words(statistic),
        nature=seen.nature if seen.nature in ("C", "CA", "E", "G", "M", "N", "NA") else "",  # type: ignore[arg-type]  # checked here
    )


def number_of(statistic: StatisticView, seen: Observation) -> float:
    """The number of an observation. Raises ValueError where it has none: a bound or a gap is never written as zero."""
    if seen.value is None:
        raise ValueError(f"{statistic.indicator}: the observation of {period_of(seen)} has no number")
    return seen.value


def period_of(seen: Observation) -> str:
    """The period of an observation in canonical form: its year where its source names no other."""
    return seen.period or str(seen.year)


def shown_unit(statistic: StatisticView) -> str:
    """The unit that decides how numbers are written: a rate that its source calls a number is no whole number."""
    return "index" if "rate" in statistic.traits and unit_kind(statistic.unit) == "count" else statistic.unit


def unit_words(statistic: StatisticView) -> str | None:
    """The unit in the indicator's own words, without the percent sign's words, which the number carries.

    "where 1 is parity", which explains an axis, stands in brackets after a number.
    """
    words = statistic.unit_label
    if words.startswith("where "):
        return f"({words.removeprefix('where ')})"
    for start in ("per cent ", "percent "):
        if words.startswith(start):
            return words.removeprefix(start)
    return None if words in ("per cent", "percent") else words
