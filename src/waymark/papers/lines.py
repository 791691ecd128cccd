"""What is said of a line with figures from several sources: where they join, what came later, whose each point is."""

from collections.abc import Callable
from dataclasses import replace

from waymark.engines.printing import movements
from waymark.engines.printing.blocks import Runs, Table
from waymark.engines.printing.measures import Goal, Measured, figure
from waymark.papers.leaps import leap_words
from waymark.papers.observations import apart, measured, period_of, unit_words
from waymark.papers.words import joined, phrase
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import Observation, StatisticView

Measuring = Callable[[Writer, StatisticView, Observation], Measured]


def shown(statistic: StatisticView) -> tuple[Observation, ...]:
    """Every observation of the line, in order of years."""
    return (*statistic.before_break, *statistic.observations, *statistic.after_break)


def sources_of(statistic: StatisticView) -> tuple[str, ...]:
    """The keys of the sources of the line, each once."""
    beside = (seen for _, seen in statistic.parts)
    return tuple(dict.fromkeys(seen.source for seen in (*shown(statistic), *beside)))


def join_words(writer: Writer, statistic: StatisticView) -> Runs:
    """The years in which the line is broken, to stand in the caption: another source, a tenfold change; () for none."""
    years = joined([phrase(writer.day(str(year))) for year in statistic.joins], ", ")
    joins = phrase(", from another source from ", years, " on (dotted mark)") if statistic.joins else ()
    return phrase(joins, leap_words(writer, statistic))


def later(writer: Writer, statistic: StatisticView, measured: Measuring) -> Runs:
    """The figures that came later and were counted another way: they are shown, and not compared."""
    told = []
    for seen in statistic.after_break:
        value = figure(measured(writer, statistic, replace(seen, value=_number(seen))), writer.language)
        told.append(phrase(f"{seen.qualifier} " if seen.value is None else "", value, " in ", writer.day(seen.period)))
    return phrase("Later, counted another way and not compared: ", joined(told, "; "), ".")


def part_of_a_year(writer: Writer, statistic: StatisticView, measured: Measuring) -> Runs:
    """The figures of a year that is not over in their source: shown with the month to which they go, not compared."""
    told = []
    for until, seen in statistic.parts:
        value = figure(measured(writer, statistic, seen), writer.language)
        if until:
            told.append(phrase("From the beginning of the year to ", writer.day(until), ": ", value))
        else:
            told.append(phrase(writer.day(seen.period), ", which may be a part of the year: ", value))
    return phrase(joined(told, "; "), " (not compared).") if told else ()


def part_words(until: str) -> str:
    """What the data say of a figure that is of a part of a year."""
    return f"a part of the year, to {until}: not compared" if until else "not proved to be a whole year: not compared"


def _number(seen: Observation) -> float | None:
    return seen.bound if seen.value is None else seen.value


def said_title(statistic: StatisticView) -> str:
    """The title as a sentence has it: of what it calls "the last ten years" those before the latest figure."""
    last = f"in the last {statistic.window}"
    if not statistic.window or last not in statistic.title:
        return statistic.title
    return statistic.title.replace(last, f"in the {statistic.window} to {statistic.observations[-1].year}")


def target_sentence(writer: Writer, statistic: StatisticView, goal: Goal) -> Runs:
    """The target, who states it, and of a part of the base figure that figure too."""
    result = statistic.assessment
    base = None
    if statistic.target_part is not None and result is not None:
        base = next((one for one in statistic.observations if one.year == result.base_year), None)
    return movements.target(
        goal,
        statistic.unit,
        words=unit_words(statistic),
        scale=False,
        source=statistic.target_short,
        part=statistic.target_part,
        base=measured(writer, statistic, base) if base else None,
        today=int(writer.data.as_of[:4]),
        latest=period_of(statistic.observations[-1]),
        language=writer.language,
    )


def between_datasets(statistic: StatisticView) -> bool:
    """Whether base and latest figure are from different datasets."""
    course = statistic.course
    if course is None or course.base_year is None:
        return False
    seen = {one.year: one for one in statistic.observations}
    return apart(statistic, seen[course.base_year], seen[course.latest_year])


def cited_values(writer: Writer, statistic: StatisticView, table: Table) -> Table:
    """The table of a line with the source of each value beside it, where the line has more than one."""
    if len(sources_of(statistic)) < 2:
        return table
    cites = {str(seen.period or seen.year): writer.numbers[seen.source] for seen in shown(statistic)}
    cites |= {str(seen.year): writer.numbers[seen.source] for seen in shown(statistic) if str(seen.year) not in cites}
    rows = []
    for row in table.rows:
        number = cites.get(row[0][0].value)
        rows.append(
            tuple(
                tuple(replace(run, cites=(number,)) if number and run.kind == "figure" else run for run in cell)
                for cell in row
            )
        )
    return replace(table, rows=tuple(rows))
