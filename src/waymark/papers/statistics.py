"""One statistic in a review: a sentence made from its figures, a chart with its table, and where it is from."""

from dataclasses import replace

from waymark.engines.charts import (
    NARROW,
    ChartSeries,
    LineChart,
    TargetLine,
    chart_rows,
    gap_years,
    line_chart,
)
from waymark.engines.printing import movements, remarks
from waymark.engines.printing.blocks import Beside, Block, Figure, Paragraph, Run, Runs, Single
from waymark.engines.printing.measures import Goal, Measured, Relation
from waymark.engines.printing.phrases import together
from waymark.gcm.indicators import NATIONAL
from waymark.gcm.language import direction
from waymark.gcm.periods import parse_period, spans
from waymark.gcm.traits import NAMED_ONLY
from waymark.papers.cautions import dispute, lost, migrants_apart
from waymark.papers.chart_tables import table_of
from waymark.papers.differing import twin_words
from waymark.papers.groups import breakdown_figures, later_groups
from waymark.papers.groups import group_words as group_words
from waymark.papers.leaps import leap_sentence, leaps
from waymark.papers.lines import (
    between_datasets,
    cited_values,
    join_words,
    later,
    part_of_a_year,
    said_title,
    sources_of,
    target_sentence,
)
from waymark.papers.marks import is_old, mark_names, reason_words, remarks_of
from waymark.papers.methods import method_name
from waymark.papers.observations import apart, compares, form, measured, shown_unit, unit_words
from waymark.papers.resting import rests_on
from waymark.papers.steps import same_rate, same_rate_sentence, step_sentence, up_and_down
from waymark.papers.words import code, joined, marked, paragraph, phrase, plain
from waymark.papers.writer import Writer, heading, source_line
from waymark.queries.indicators.views import Observation, StatisticView

CHART_FROM = 3
"""From how many figures on a chart says more than the sentence."""
ESTIMATED = ("E", "G", "M")
RELATIONS: dict[str, Relation] = {"up": "at_least", "down": "at_most"}


def statistic_blocks(writer: Writer, statistic: StatisticView, level: int = 4) -> list[Block]:
    """Heading, sentence, chart with table, breakdown, caveats and source of one statistic.

    On paper one chart stands beside its words, and two stand side by side.
    """
    said: list[Single] = [paragraph(*statistic_sentence(writer, statistic))]
    if statistic.after_break:
        said.append(paragraph(*later(writer, statistic, measured)))
    if statistic.parts:
        said.append(paragraph(*part_of_a_year(writer, statistic, measured)))
    charts: list[Single] = []
    if charted(writer, statistic):
        charts.append(statistic_figure(writer, statistic))
    if statistic.breakdown and (writer.full or not is_old(writer, statistic)):
        charts += breakdown_figures(writer, statistic)
    if beside := twin_words(writer, statistic):
        said.append(paragraph(*beside))
    said.append(about(writer, statistic))
    title = heading(level, f"statistic-{statistic.indicator}", marked(statistic.short))
    return laid_out([title, *said], charts)


def old_sentence(writer: Writer, statistic: StatisticView) -> Runs:
    """What the figures of a series say that is too old to draw; meaning, caveats and targets are left to the data."""
    came_later = later(writer, statistic, measured) if statistic.after_break else ()
    said = set_off(statistic_sentence(writer, statistic), said_title(statistic))
    part = part_of_a_year(writer, statistic, measured)
    doubts = marked(" ".join(statistic.doubts))
    beside = twin_words(writer, statistic)
    return together(said, came_later, part, later_groups(writer, statistic), beside, doubts)


def latest_sentence(writer: Writer, statistic: StatisticView) -> Runs:
    """The latest figure alone, with its marks, of a series that stands in full elsewhere."""
    last = statistic.observations[-1]
    marks = remarks.marks(mark_names(writer, statistic), reason=reason_words(statistic), language=writer.language)
    if last.value is None:
        said = bound_sentence(writer, statistic, last)
    elif NAMED_ONLY in statistic.traits:
        said = went(writer, statistic, said_title(statistic))
    elif "binary" in statistic.traits:
        given = (bool(last.value), last.period or str(last.year))
        cites = (writer.numbers[last.source],)
        said = movements.answer(said_title(statistic), given, cites=cites, language=writer.language)
    else:
        said = movements.course(statistic.title, measured(writer, statistic, last), language=writer.language)
    return together(set_off(said, said_title(statistic)), marks)


def set_off(said: Runs, name: str) -> Runs:
    """A sentence with the name at its start in strong letters, for a list; as it is where it begins otherwise."""
    if not plain(said).startswith(name):
        return said
    runs: list[Run] = []
    left = len(name)
    for run in said:
        head, tail = run.text[:left], run.text[left:]
        left -= len(head)
        runs += [replace(run, text=head, style="strong")] if head else []
        runs += [replace(run, text=tail)] if tail or not run.text else []
    return tuple(runs)


def charted(writer: Writer, statistic: StatisticView) -> bool:
    """Whether a chart says more than the sentence: from three numbers on, and of more than yes and no.

    Only a full print draws a series whose latest figure is too old to say much; its values are in the data.
    """
    shown = (*statistic.before_break, *statistic.observations, *statistic.after_break)
    numbers = sum(seen.value is not None for seen in shown)
    drawn = numbers >= CHART_FROM and "binary" not in statistic.traits
    return drawn and (writer.full or not is_old(writer, statistic))


def laid_out(said: list[Single], charts: list[Single]) -> list[Block]:
    """Words and charts as they stand on paper; a table is no chart and stands alone."""
    drawn = [one for one in charts if isinstance(one, Figure)]
    rest = [one for one in charts if not isinstance(one, Figure)]
    if len(drawn) > 1:
        return [*said, Beside((drawn[0],), drawn[1]), *drawn[2:], *rest]
    return [*([Beside(tuple(said), drawn[0])] if drawn else said), *rest]


def statistic_sentence(writer: Writer, statistic: StatisticView) -> Runs:
    """What the figures say: the latest against the base, the last step, the turn; then better or worse; then marks."""
    known = [seen for seen in statistic.observations if seen.value is not None]
    last = statistic.observations[-1]
    name = said_title(statistic)
    parts: list[Runs] = []
    if last.value is None:
        parts.append(bound_sentence(writer, statistic, last))
        name = movements.last_number(writer.language)
    if known:
        parts += [went(writer, statistic, name), same_rate_sentence(writer, statistic)]
        parts.append(leap_sentence(writer, statistic))
        if not is_old(writer, statistic):
            parts.append(step_sentence(writer, statistic))
        parts.append(counted_before(writer, statistic))
        goal = stated_goal(statistic)
        if goal is not None and "binary" not in statistic.traits:
            parts += [target_sentence(writer, statistic, goal), lost(statistic)]
        parts += [better_or_worse(writer, statistic), rests_on(writer, statistic)]
    parts += [migrants_apart(writer, statistic), dispute(writer, statistic)]
    if statistic.computed_from:
        parts.append(phrase("Computed by us from: ", marked(statistic.computed_from), "."))
    parts += [
        phrase("No value for ", marked(period), ": ", marked(reason), writer.cite(source), ".")
        for period, reason, source in missing_since(statistic)
    ]
    parts.append(remarks.marks(mark_names(writer, statistic), reason=reason_words(statistic), language=writer.language))
    return together(*parts)


def bound_sentence(writer: Writer, statistic: StatisticView, last: Observation) -> Runs:
    """The latest figure where the source gives a bound, or says that there is none."""
    return movements.censored(
        statistic.title,
        last.qualifier,
        last.bound,
        statistic.unit,
        last.period or str(last.year),
        words=unit_words(statistic),
        cites=(writer.numbers[last.source],),
        language=writer.language,
    )


def went(writer: Writer, statistic: StatisticView, name: str) -> Runs:
    """The way of the numbers. Raises ValueError when the view has no course, which a series with a number has."""
    course = statistic.course
    if course is None:
        raise ValueError(f"{statistic.indicator}: figures without a course")
    seen = {one.year: one for one in statistic.observations if one.value is not None}
    latest = seen[course.latest_year]
    base = seen[course.base_year] if course.base_year is not None else None
    if NAMED_ONLY in statistic.traits:
        cites = (writer.numbers[latest.source],)
        years, without = spans(seen), spans(statistic.unnamed)
        return movements.named_in(name, years, without, cites=cites, language=writer.language)
    if "binary" in statistic.traits:
        return movements.answer(
            name,
            (bool(latest.value), latest.period or str(latest.year)),
            (bool(base.value), base.period or str(base.year)) if base else None,
            cites=(writer.numbers[latest.source],),
            language=writer.language,
        )

    turned = None if no_direction(writer, statistic) else course.turned_in

    def beside(year: int | None) -> Measured | None:
        if year is None or not compares(statistic, seen[year], latest):
            return None
        return measured(writer, statistic, seen[year])

    return movements.course(
        name,
        measured(writer, statistic, latest),
        beside(course.base_year),
        None if same_rate(statistic) is not None else beside(course.previous_year),
        beside(turned),
        apart=base is not None and apart(statistic, base, latest),
        language=writer.language,
    )


def counted_before(writer: Writer, statistic: StatisticView) -> Runs:
    """Numbers from before the way of counting changed, () when there are none; a bound is no end of a span."""
    before = [measured(writer, statistic, seen) for seen in statistic.before_break if seen.value is not None]
    if not before:
        return ()
    first = min(seen.year for seen in statistic.observations)
    return movements.counted_anew(first, before, language=writer.language)


def better_or_worse(writer: Writer, statistic: StatisticView) -> Runs:
    """Our word for the change and the whole word of the method, () where neither more nor less is better."""
    result, course = statistic.assessment, statistic.course
    if statistic.context or statistic.direction == "none":
        return ()
    ours = "" if course is None or between_datasets(statistic) else our_word(statistic)
    words = result.label if result else ""
    method = method_name(result.method) if result and words else ""
    if not no_direction(writer, statistic):
        return movements.judged(ours, words, method, language=writer.language)
    if result is None or not words or not result.base_year or not result.latest_year:
        return ()
    ends = (writer.day(str(result.base_year)), " and ", writer.day(str(result.latest_year)))
    said = movements.judged("", words, method, language=writer.language)
    return together(phrase("The method compares ", *ends, " only."), said)


def no_direction(writer: Writer, statistic: StatisticView) -> bool:
    """Whether the sentence says that the figures go up and down: then it names no turn and has no word of ours."""
    return up_and_down(statistic) and not is_old(writer, statistic)


def our_word(statistic: StatisticView) -> str:
    """Our word for the change, in one sense with the category beside it; "" where the answers were said to be alike."""
    result, course = statistic.assessment, statistic.course
    moved = course.movement if course else ""
    if "binary" in statistic.traits and moved in ("unchanged", "at its limit"):
        return ""
    if moved == "improved" and result is not None and result.label and not result.improving:
        return "improved too little"
    if moved == "worsened" and course is not None and meets_target(statistic, course.latest_value):
        return "worsened within the target"
    return moved


def meets_target(statistic: StatisticView, value: float) -> bool:
    """Whether a value meets the target that a source states for countries."""
    goal = stated_goal(statistic)
    if goal is None or statistic.direction not in RELATIONS:
        return False
    return value >= goal.value if statistic.direction == "up" else value <= goal.value


def missing_since(statistic: StatisticView) -> list[tuple[str, str, str]]:
    """What is said to have no value in a year after the latest figure: period, reason, source."""
    latest = statistic.observations[-1].year
    return [one for one in statistic.missing if parse_period(one[0]).start_year > latest]


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
    breaks = tuple(sorted({*statistic.joins, *leaps(statistic)}))
    goal = stated_goal(statistic)
    sentence = plain(statistic_sentence(writer, statistic))
    chart = LineChart(
        title=statistic.title,
        description=sentence,
        unit_label=statistic.axis,
        series=(
            ChartSeries(writer.data.place_name, points, periods=spans, breaks=breaks),
            *other_series(statistic),
        ),
        target=TargetLine(goal.value, goal.year, target_label(statistic)) if goal else None,
        language=writer.language,
        direction=direction(writer.language),
        unit=shown_unit(statistic),
        valid_min=statistic.valid_min,
        valid_max=statistic.valid_max,
        form=form(writer, statistic),
    )
    anchor = f"chart-{statistic.indicator}"
    caption = phrase(
        marked(statistic.title),
        ", ",
        marked(statistic.axis),
        join_words(writer, statistic),
        ", a gap where a usual year has no figure" if any(map(gap_years, chart.series)) else "",
        writer.cite(*sources_of(statistic)),
    )
    return Figure(
        svg=line_chart(chart, key=anchor),
        narrow_svg=line_chart(chart, key=f"{anchor}-narrow", width=NARROW),
        alt=sentence,
        caption=caption,
        anchor=anchor,
        table_on_paper=writer.full,
        table=cited_values(writer, statistic, table_of(chart_rows(chart), caption)),
    )


def target_label(statistic: StatisticView) -> str:
    """The words beside the line of the target: whose it is, where it is our reading of words without a number."""
    return "Target, our proposal" if statistic.target_is_ours else "Target"


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


def about(writer: Writer, statistic: StatisticView) -> Paragraph:
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
        mark = writer.mark(statistic.target_mark) if not statistic.series.startswith(NATIONAL) else ()
        parts.append(phrase("Target: ", marked(statistic.target_source), mark, "."))
    said = missing_since(statistic)
    for period, reason, source in statistic.missing:
        if (period, reason, source) in said:
            continue
        parts.append(phrase("No value for ", marked(period), ": ", marked(reason), writer.cite(source), "."))
    if remarked := remarks_of(statistic):
        parts.append(phrase("Remarks: ", marked("; ".join(remarked)), "."))
    if statistic.series.startswith(NATIONAL):
        parts.append(phrase("An indicator of this country, defined by its network."))
    sdg = phrase(", SDG indicator ", code(statistic.framework_code)) if statistic.framework_code else ()
    parts.append(phrase("Series ", code(statistic.series), sdg, writer.cite(*sources_of(statistic)), "."))
    return source_line(joined(parts, " "))
