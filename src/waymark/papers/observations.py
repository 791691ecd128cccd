"""An observation as the rules of sentences take it: with its unit in the indicator's own words and its source."""

from waymark.engines.printing.blocks import Run, Runs
from waymark.engines.printing.measures import Measured, form_of
from waymark.gcm.figures import Form
from waymark.gcm.language import machine, unit_kind
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
        form=form(writer, statistic),
    )


def form(writer: Writer, statistic: StatisticView) -> Form:
    """How the figures of a series are written in every place of a paper: decided once, by what its sentence compares
    and by what its other figures need."""
    known = writer.forms.get(statistic.indicator)
    if known is None or known[0] is not statistic:
        known = writer.forms[statistic.indicator] = (statistic, _form(statistic))
    return known[1]


def _form(statistic: StatisticView) -> Form:
    seen = {one.year: one for one in statistic.observations if one.value is not None}
    shown = (*statistic.before_break, *statistic.observations, *statistic.after_break)
    others = [*(one.value for one in shown), *(row[2] for row in statistic.breakdown)]
    every = [value for value in others if value is not None]
    if not every:
        return Form()
    if not seen:
        return form_of(_bare(statistic, every[-1]), None, (), every)
    course = statistic.course
    latest = seen[course.latest_year if course else max(seen)]
    years = (course.base_year, course.previous_year, course.turned_in) if course else ()
    compared = [seen[year] for year in years if year is not None and compares(statistic, seen[year], latest)]
    based = course is not None and course.base_year is not None
    beside = [_bare(statistic, number_of(statistic, one)) for one in compared]
    return form_of(_bare(statistic, number_of(statistic, latest)), beside[0] if based else None, beside, every)


def _bare(statistic: StatisticView, value: float) -> Measured:
    return Measured(value, shown_unit(statistic), "", words=unit_words(statistic))


def compares(statistic: StatisticView, one: Observation, latest: Observation) -> bool:
    """Whether a sentence compares a figure with the latest: the base always, any other within one dataset alone."""
    course = statistic.course
    return (course is not None and one.year == course.base_year) or not apart(statistic, one, latest)


def apart(statistic: StatisticView, first: Observation, last: Observation) -> bool:
    """Whether two figures of a line are from different datasets: their difference may be that of the datasets."""
    datasets = {one.source.partition("|")[0] for one in (first, last)}
    return len(datasets) > 1 and any(first.year < year <= last.year for year in statistic.joins)


def number(writer: Writer, statistic: StatisticView, value: float, source: str = "", *, whole: bool = False) -> Runs:
    """A figure of a series without its unit, as its sentence writes it; `whole` in a table of data."""
    cites = (writer.numbers[source],) if source in writer.numbers else ()
    kind = unit_kind(shown_unit(statistic))
    text = form(writer, statistic).text(value, writer.language, kind, whole=whole)
    return (Run(text, "figure", value=machine(value), cites=cites),)


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
