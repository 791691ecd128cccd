"""An observation as the rules of sentences take it: with its unit in the indicator's own words and its source."""

from dataclasses import replace

from waymark.engines.printing.blocks import Runs
from waymark.engines.printing.measures import Measured, alike, bare, decimals_of_change, figure, in_power, scale_words
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


def side_by_side(writer: Writer, statistic: StatisticView, latest: Observation, *others: Observation) -> list[Runs]:
    """Numbers of one series, without their unit, as its sentence writes them: in one power and to one decimal."""
    power, digits = _alike(writer, statistic, latest, others)
    return [bare(measured(writer, statistic, one), writer.language, digits, power) for one in (latest, *others)]


def with_unit(writer: Writer, statistic: StatisticView, latest: Observation, *others: Observation) -> Runs:
    """The latest of these with its unit, written as beside the others; its source is cited elsewhere."""
    power, digits = _alike(writer, statistic, latest, others)
    return figure(replace(measured(writer, statistic, latest), cites=()), writer.language, digits, power=power)


def _alike(
    writer: Writer, statistic: StatisticView, latest: Observation, others: tuple[Observation, ...]
) -> tuple[int, int | None]:
    """Power and decimals of numbers that stand side by side; as in a sentence, of a change also those that show it."""
    first, *rest = (measured(writer, statistic, one) for one in (latest, *others))
    power, digits = alike(first, rest)
    if digits is not None and rest and scale_words(first.words or "") is None:
        digits = decimals_of_change(in_power(rest[0], power), in_power(first, power), digits)
    return power, digits
