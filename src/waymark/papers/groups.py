"""A statistic by group, such as by sex: each dimension in its own year, of many groups the largest."""

from collections.abc import Sequence
from dataclasses import replace

from waymark.engines.charts import NARROW, Bar, BarChart, bar_chart
from waymark.engines.printing.blocks import Figure, Runs, Table
from waymark.gcm.breakdowns import dimension_label
from waymark.gcm.indicators import value_label
from waymark.gcm.language import direction
from waymark.papers.observations import form, number, shown_unit
from waymark.papers.words import joined, marked, phrase, plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import StatisticView

Group = tuple[str, int, float | None, str, str, float | None]
"""A row of `StatisticView.breakdown`."""
MOST_GROUPS = 8
"""So many groups of a dimension are drawn; of more, the largest."""


def later_groups(writer: Writer, statistic: StatisticView) -> Runs:
    """By which dimensions there are figures of later years than of the whole, where they are not drawn."""
    last = statistic.observations[-1].year
    later_years = dict.fromkeys((row[0].partition("=")[0], row[1]) for row in statistic.breakdown if row[1] > last)
    said = [phrase(f"By {dimension_label(name)} there are figures to ", writer.day(str(y))) for name, y in later_years]
    return phrase(joined(said, "; "), ".") if said else ()


def breakdown_figures(writer: Writer, statistic: StatisticView) -> list[Figure | Table]:
    """What is known by group: a figure for each year that dimensions have, and one for a dimension of many groups."""
    found: dict[tuple[int, str], list[Group]] = {}
    for row in statistic.breakdown:
        dimension = row[0].partition("=")[0]
        many = sum(other[0].startswith(f"{dimension}=") for other in statistic.breakdown) > MOST_GROUPS
        found.setdefault((row[1], dimension if many else ""), []).append(row)
    return [
        breakdown_figure(writer, statistic, rows, f"groups-{statistic.indicator}{f'-{number}' if number else ''}")
        for number, rows in enumerate(found.values())
    ]


def breakdown_figure(writer: Writer, statistic: StatisticView, rows: Sequence[Group], anchor: str) -> Figure | Table:
    """One year by sex, age or another dimension, as bars from zero with their table; a bound has no bar.

    Of many groups the largest alone, in that order: the data have all.
    """
    year, every = rows[0][1], len(rows)
    grouped = f"{statistic.short} by {of_what(rows)}"
    caption = phrase(marked(grouped), ", ", writer.day(str(year)), ", ", marked(statistic.axis))
    if every > MOST_GROUPS:
        rows = sorted(rows, key=lambda row: (-(row[2] or 0), row[0]))[:MOST_GROUPS]
        largest = (
            ", the ",
            writer.count(len(rows)),
            " largest of ",
            writer.count(every),
            " (all are in data/groups.csv)",
        )
        caption = phrase(caption, *largest)
    table = writer.table(
        caption,
        (("Group", "start", 4), (statistic.axis, "end", 2)),
        (
            (marked(capital(group_words(extra))), group_number(writer, statistic, value, source, sign, bound))
            for extra, _, value, source, sign, bound in rows
        ),
    )
    valued = [(capital(group_words(extra)), value) for extra, _, value, *_ in rows if value is not None]
    if not valued:
        return replace(table, anchor=anchor)
    chart = BarChart(
        title=grouped,
        description=plain(caption),
        unit_label=statistic.axis,
        bars=tuple(Bar(group, value, year=year) for group, value in valued),
        language=writer.language,
        direction=direction(writer.language),
        unit=shown_unit(statistic),
        valid_min=statistic.valid_min,
        valid_max=statistic.valid_max,
        form=form(writer, statistic),
    )
    bounds = "" if len(valued) == len(rows) else " Bounds have no bar."
    return Figure(
        svg=bar_chart(chart, key=anchor),
        narrow_svg=bar_chart(chart, key=f"{anchor}-narrow", width=NARROW),
        alt=f"{plain(caption)}.{bounds}",
        table_tells=True,
        caption=phrase(caption, writer.cite(rows[0][3])),
        anchor=anchor,
        table_on_paper=writer.full,
        table=table,
    )


def of_what(rows: Sequence[Group]) -> str:
    """The one dimension of some groups in words, such as "sex"; "group" where they are of several."""
    dimensions = {row[0].partition("=")[0] for row in rows}
    return dimension_label(*dimensions) if len(dimensions) == 1 else "group"


def capital(words: str) -> str:
    """Words as they stand alone, beside names that begin with a capital."""
    return words[:1].upper() + words[1:]


def group_number(
    writer: Writer, statistic: StatisticView, value: float | None, source: str, sign: str, bound: float | None
) -> Runs:
    """The value of a group, or its bound with the sign before it."""
    if value is not None:
        return number(writer, statistic, value, source, whole=True)
    return (
        phrase(sign, number(writer, statistic, bound, source, whole=True)) if bound is not None else writer.cite(source)
    )


def group_words(extra: str) -> str:
    """One value of a breakdown in words: `sex=female` → "female"."""
    dimension, _, value = extra.partition("=")
    return value_label(dimension, value)
