"""An observation as the rules of sentences take it: with its unit in the indicator's own words and its source."""

from waymark.engines.printing.measures import Measured
from waymark.gcm.language import unit_kind
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import Observation, StatisticView


def measured(writer: Writer, statistic: StatisticView, seen: Observation) -> Measured:
    """An observation as the sentence rules take it."""
    return Measured(
        value=seen.value if seen.value is not None else 0.0,
        unit=shown_unit(statistic),
        period=seen.period or str(seen.year),
        cites=(writer.numbers[seen.source],),
        words=unit_words(statistic),
        nature=seen.nature if seen.nature in ("C", "CA", "E", "G", "M", "N", "NA") else "",  # type: ignore[arg-type]  # checked here
    )


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
