"""One statistic in a review: a sentence made from its figures, a chart with its table, and where it is from."""

from dataclasses import replace

from waymark.engines.charts import (
    NARROW,
    Bar,
    BarChart,
    ChartSeries,
    ChartTable,
    LineChart,
    TableCell,
    TargetLine,
    bar_chart,
    chart_rows,
    line_chart,
)
from waymark.engines.printing import remarks, sentences
from waymark.engines.printing.blocks import Block, Column, Figure, Notice, Run, Runs, Table
from waymark.engines.printing.measures import Goal, Measured, Relation, figure
from waymark.gcm.indicators import NATIONAL, value_label
from waymark.gcm.language import direction
from waymark.gcm.periods import parse_period
from waymark.papers.lines import cited_values, join_words, later, sources_of
from waymark.papers.methods import category_words, method_name
from waymark.papers.words import code, joined, marked, paragraph, phrase, plain
from waymark.papers.writer import Writer, heading, source_line
from waymark.queries.indicators.views import Observation, StatisticView

CHART_FROM = 3
"""From how many figures on a chart says more than the sentence."""
ESTIMATED = ("E", "G", "M")
RELATIONS: dict[str, Relation] = {"up": "at_least", "down": "at_most"}


def statistic_blocks(writer: Writer, statistic: StatisticView, level: int = 4) -> list[Block]:
    """Heading, sentence, chart with table, breakdown, caveats and source of one statistic."""
    blocks: list[Block] = [heading(level, f"statistic-{statistic.indicator}", marked(statistic.short))]
    said = paragraph(*statistic_sentence(writer, statistic))
    if statistic.context:
        blocks.append(Notice("context", phrase("Context, outside the Compact"), (said,)))
    else:
        blocks.append(said)
    if statistic.after_break:
        blocks.append(paragraph(*later(writer, statistic, measured)))
    shown = (*statistic.before_break, *statistic.observations, *statistic.after_break)
    if len([seen for seen in shown if seen.value is not None]) >= CHART_FROM and "binary" not in statistic.traits:
        blocks.append(statistic_figure(writer, statistic))
    if statistic.breakdown:
        blocks.append(breakdown_figure(writer, statistic))
    blocks.append(about(writer, statistic))
    return blocks


def measured(writer: Writer, statistic: StatisticView, seen: Observation) -> Measured:
    """An observation as the sentence rules take it."""
    return Measured(
        value=seen.value if seen.value is not None else 0.0,
        unit=statistic.unit,
        period=seen.period or str(seen.year),
        cites=(writer.numbers[seen.source],),
        words=unit_words(statistic),
        nature=seen.nature if seen.nature in ("C", "CA", "E", "G", "M", "N", "NA") else "",  # type: ignore[arg-type]  # checked here
    )


def unit_words(statistic: StatisticView) -> str | None:
    """The unit in the indicator's own words, without the percent sign's words, which the number carries."""
    words = statistic.unit_label
    for start in ("per cent ", "percent "):
        if words.startswith(start):
            return words.removeprefix(start)
    return None if words in ("per cent", "percent") else words


def statistic_sentence(writer: Writer, statistic: StatisticView) -> Runs:
    """What the figures say, by the rule that fits: trend, one point, too old, context, only bounds."""
    name, language = statistic.title, writer.language
    known = [seen for seen in statistic.observations if seen.value is not None]
    if not known:
        last = statistic.observations[-1]
        return sentences.censored(
            name,
            last.qualifier,
            last.bound,
            statistic.unit,
            last.period,
            cites=(writer.numbers[last.source],),
            language=language,
        )
    latest = measured(writer, statistic, known[-1])
    result = statistic.assessment
    if "binary" in statistic.traits:
        return yes_or_no(writer, statistic, known[-1])
    if statistic.context or statistic.direction == "none" or result is None:
        said = sentences.context(
            name, latest, outside_compact=bool(statistic.context), titled=bool(statistic.context), language=language
        )
        return sentences.together(said, age_words(writer, statistic, known[-1]))
    if result.reason == "too old":
        return sentences.too_old(name, latest, as_of=writer.data.as_of, language=language)
    if result.reason == "break" and statistic.before_break:
        first, *_, last = (statistic.before_break[0], *statistic.before_break)
        since = next(seen for seen in known)
        before = (measured(writer, statistic, first), measured(writer, statistic, last))
        return remarks.after_break(name, measured(writer, statistic, since), before, since.year, language=language)
    if result.reason == "at its limit":
        return remarks.at_limit(name, latest, language=language)
    if result.reason == "no baseline from 2015":
        return sentences.together(
            only_before(writer, statistic, known[-1]), why_not(result.method, result.reason, language)
        )
    base = next((seen for seen in known if seen.year == result.base_year), None)
    if base is None or base.year == known[-1].year:
        only = sentences.one_point(name, latest, since=2015, language=language)
        return (
            sentences.together(only, age_words(writer, statistic, known[-1]))
            if result.reason in ("one point", "")
            else sentences.together(only, why_not(result.method, result.reason, language))
        )
    goal = stated_goal(statistic)
    words = category_words(result.method, result.category)
    said = sentences.trend(
        name,
        measured(writer, statistic, base),
        latest,
        goal=goal,
        category=words,
        method=method_name(result.method) if words else "",
        language=language,
    )
    return said if words else sentences.together(said, why_not(result.method, result.reason, language))


def yes_or_no(writer: Writer, statistic: StatisticView, latest: Observation) -> Runs:
    """The latest answer of a yes-or-no series, and what the method makes of it."""
    answer = Run(
        "yes" if latest.value else "no",
        "figure",
        "strong",
        value=f"{latest.value:g}",
        cites=(writer.numbers[latest.source],),
    )
    said = phrase(
        marked(statistic.title),
        ": ",
        answer,
        " (",
        writer.day(str(latest.year)),
        "). ",
        age_words(writer, statistic, latest),
    )
    result = statistic.assessment
    if statistic.context or statistic.direction == "none" or result is None:
        return said
    words = category_words(result.method, result.category)
    judged = (
        sentences.assessed(words, method_name(result.method), language=writer.language)
        if words
        else why_not(result.method, result.reason, writer.language)
    )
    return sentences.together(said, judged)


def only_before(writer: Writer, statistic: StatisticView, latest: Observation) -> Runs:
    """A series whose figures all lie before the first year that counts."""
    value = figure(measured(writer, statistic, latest), writer.language)
    said = phrase(marked(statistic.title), " stood at ", value, " in ", writer.day(str(latest.year)), ".")
    return sentences.together(said, age_words(writer, statistic, latest))


def why_not(method: str, reason: str, language: str) -> Runs:
    """Why a method could not assess."""
    return sentences.unable(reason, method_name(method), language=language)


def stated_goal(statistic: StatisticView) -> Goal | None:
    """The target that a source states for countries; a global reference is named in the details only."""
    if statistic.target is None or statistic.target_mark == "reference":
        return None
    return Goal(
        statistic.target,
        statistic.target_year,
        "" if statistic.target in (0, 100) else RELATIONS.get(statistic.direction, ""),
    )


def statistic_figure(writer: Writer, statistic: StatisticView) -> Figure:
    """The line of the series with its target, and the table of the same values."""
    points = tuple((seen.year, seen.value, seen.nature in ESTIMATED) for seen in statistic.observations)
    spans = tuple((seen.year, seen.period) for seen in statistic.observations if parse_period(seen.period).is_range)
    goal = stated_goal(statistic)
    sentence = plain(statistic_sentence(writer, statistic))
    chart = LineChart(
        title=statistic.title,
        description=sentence,
        unit_label=statistic.unit_label,
        series=(
            ChartSeries(writer.data.place_name, points, periods=spans, breaks=statistic.joins),
            *other_series(statistic),
        ),
        target=TargetLine(goal.value, goal.year, "Target") if goal else None,
        language=writer.language,
        direction=direction(writer.language),
        unit=statistic.unit,
        valid_min=statistic.valid_min,
        valid_max=statistic.valid_max,
    )
    anchor = f"chart-{statistic.indicator}"
    caption = phrase(
        marked(statistic.title),
        ", ",
        marked(statistic.unit_label),
        join_words(writer, statistic),
        writer.cite(*sources_of(statistic)),
    )
    return Figure(
        svg=line_chart(chart, key=anchor),
        narrow_svg=line_chart(chart, key=f"{anchor}-narrow", width=NARROW),
        alt=sentence,
        caption=caption,
        anchor=anchor,
        table=cited_values(writer, statistic, table_of(chart_rows(chart), caption)),
    )


def other_series(statistic: StatisticView) -> tuple[ChartSeries, ...]:
    """The values from before and after the headline's way of counting, as lines of their own beside it."""
    named = (("counted another way", statistic.before_break), ("later, counted another way", statistic.after_break))
    return tuple(
        ChartSeries(
            label, tuple((seen.year, seen.value, seen.nature in ESTIMATED) for seen in observations), subject=False
        )
        for label, observations in named
        if any(seen.value is not None for seen in observations)
    )


def table_of(rows: ChartTable, caption: Runs, widths: tuple[float, ...] = ()) -> Table:
    """A chart's table of data as a block; columns that hold numbers only are aligned at their end.

    Where every value is an estimate, the caption says so once. How a long list of years is set is the renderers' work.
    """
    rows, caption = all_estimates(rows, caption)
    numeric = [all(row[number].kind != "text" for row in rows.rows) for number in range(len(rows.head))]
    columns = [
        Column((cell_run(cell),), "end" if numeric[number] and number else "start", widths[number] if widths else 1.0)
        for number, cell in enumerate(rows.head)
    ]
    return Table(
        caption=caption,
        columns=tuple(columns),
        rows=tuple(tuple((cell_run(cell),) for cell in row) for row in rows.rows),
    )


def all_estimates(rows: ChartTable, caption: Runs) -> tuple[ChartTable, Runs]:
    """The table without the word beside each value when every value is an estimate; the caption then says it."""
    word = " (estimate)"
    values = [cell for row in rows.rows for cell in row[1:] if cell.kind == "figure" and row[0].text[:4].isdigit()]
    if not values or not all(cell.text.endswith(word) for cell in values):
        return rows, caption
    cleared = tuple(tuple(cell._replace(text=cell.text.removesuffix(word)) for cell in row) for row in rows.rows)
    return ChartTable(rows.head, cleared), phrase(caption, ", all estimates")


def cell_run(cell: TableCell) -> Run:
    """A cell of a chart's table as a run."""
    return Run(cell.text, cell.kind, value=cell.value)


def breakdown_figure(writer: Writer, statistic: StatisticView) -> Figure | Table:
    """The latest year by sex, age or another dimension, as bars from zero with their table; a bound has no bar."""
    year = statistic.breakdown[0][1]
    caption = phrase(marked(statistic.short), " by group, ", writer.day(str(year)), ", ", marked(statistic.unit_label))
    anchor = f"groups-{statistic.indicator}"
    table = writer.table(
        caption,
        (("Group", "start", 4), (statistic.unit_label, "end", 2)),
        (
            (marked(group_words(extra)), group_number(writer, statistic.unit, value, source, sign, bound))
            for extra, _, value, source, sign, bound in statistic.breakdown
        ),
    )
    valued = [(group_words(extra), value) for extra, _, value, *_ in statistic.breakdown if value is not None]
    if not valued:
        return replace(table, anchor=anchor)
    chart = BarChart(
        title=f"{statistic.short} by group",
        description=plain(caption),
        unit_label=statistic.unit_label,
        bars=tuple(Bar(group, value, year=year) for group, value in valued),
        language=writer.language,
        direction=direction(writer.language),
        unit=statistic.unit,
        valid_min=statistic.valid_min,
        valid_max=statistic.valid_max,
    )
    bounds = "" if len(valued) == len(statistic.breakdown) else ", and the bounds, which have no bar"
    return Figure(
        svg=bar_chart(chart, key=anchor),
        narrow_svg=bar_chart(chart, key=f"{anchor}-narrow", width=NARROW),
        alt=f"{plain(caption)}. The table says the same{bounds}.",
        caption=phrase(caption, writer.cite(statistic.breakdown[0][3])),
        anchor=anchor,
        table=table,
    )


def group_number(writer: Writer, unit: str, value: float | None, source: str, sign: str, bound: float | None) -> Runs:
    """The value of a group, or its bound with the sign before it."""
    if value is not None:
        return writer.number(value, unit, source)
    return phrase(sign, writer.number(bound, unit, source)) if bound is not None else writer.cite(source)


def group_words(extra: str) -> str:
    """One value of a breakdown in words: `sex=female` → "female"."""
    dimension, _, value = extra.partition("=")
    return value_label(dimension, value)


def age_words(writer: Writer, statistic: StatisticView, latest: Observation) -> Runs:
    """A short sentence when a figure is too old to say much, which holds for series that are not assessed, too."""
    return remarks.old(measured(writer, statistic, latest), writer.data.as_of, language=writer.language)


def about(writer: Writer, statistic: StatisticView) -> Block:
    """The line under a statistic: what it means, what to beware of, its codes, its source."""
    parts: list[Runs] = [marked(statistic.meaning)]
    if statistic.caveats:
        parts.append(phrase("Beware: ", marked(statistic.caveats)))
    if statistic.target is not None and statistic.target_mark == "reference":
        parts.append(
            phrase(
                "For reference only, a global figure: ",
                writer.figure(statistic.target, statistic.unit),
                " (",
                marked(statistic.target_source),
                ").",
            )
        )
    elif statistic.target is not None:
        parts.append(phrase("Target: ", marked(statistic.target_source), writer.mark(statistic.target_mark), "."))
    for period, reason, source in statistic.missing:
        parts.append(phrase("No value for ", marked(period), ": ", marked(reason), writer.cite(source), "."))
    if statistic.assessment and statistic.assessment.flags:
        parts.append(phrase("Remarks: ", marked("; ".join(statistic.assessment.flags)), "."))
    if statistic.series.startswith(NATIONAL):
        parts.append(phrase("An indicator of this country, defined by its network."))
    sdg = phrase(", SDG indicator ", code(statistic.framework_code)) if statistic.framework_code else ()
    parts.append(phrase("Series ", code(statistic.series), sdg, writer.cite(*sources_of(statistic)), "."))
    return source_line(joined(parts, " "))
