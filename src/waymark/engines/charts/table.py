"""The table of what a chart shows, for readers who want the numbers: the same values, the same words."""

from typing import NamedTuple

from waymark.engines.charts.drawing import SpanKind
from waymark.engines.charts.model import BarChart, Chart, DotChart, LineChart, ProgressStrip, StripCell
from waymark.engines.charts.scales import fitting
from waymark.engines.charts.words import STATE_WORDS, completion_words, word
from waymark.gcm.language import decimals_for, format_period, machine, unit_kind


class TableCell(NamedTuple):
    """A cell: its text, what kind of run it is, and its machine form."""

    text: str
    kind: SpanKind = "text"
    value: str = ""


class ChartTable(NamedTuple):
    """Heads and rows; the first column names the row."""

    head: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]


def chart_rows(chart: Chart) -> ChartTable:
    """What the chart shows as a table. Missing values are said to be missing, estimates are called estimates."""
    if isinstance(chart, LineChart):
        return _line_rows(chart)
    if isinstance(chart, ProgressStrip):
        return _strip_rows(chart)
    return _bar_rows(chart)


def _figure(value: float | None, estimated: bool, language: str, decimals: int) -> TableCell:
    if value is None:
        return TableCell(word("no_figure", language).text)
    text = fitting(value, language, decimals, room=float("inf"))
    return TableCell(f"{text} ({word('estimate', language).text})" if estimated else text, "figure", machine(value))


def _line_rows(chart: LineChart) -> ChartTable:
    """One row per year that any series has; the target last."""
    values = [value for series in chart.series for _, value, _ in series.points if value is not None]
    decimals = decimals_for(values, unit_kind(chart.unit))
    columns = [{year: (value, estimated) for year, value, estimated in series.points} for series in chart.series]
    rows = []
    for year in sorted(set().union(*columns)):
        cells = [_figure(*column.get(year, (None, False)), chart.language, decimals) for column in columns]
        rows.append((_period(chart, year), *cells))
    target = chart.target
    if target is not None:
        label = target.label or word("target", chart.language).text
        own = _figure(target.value, False, chart.language, decimals_for((target.value,), unit_kind(chart.unit)))
        due = (TableCell(f"{label} ({target.year})", "date", str(target.year)),) if target.year else (TableCell(label),)
        rows.append((*due, own, *(TableCell("") for _ in columns[1:])))
    head = (TableCell(word("year", chart.language).text), *(TableCell(series.label) for series in chart.series))
    return ChartTable(head, tuple(rows))


def _period(chart: LineChart, year: int) -> TableCell:
    """The period of a row: of all series that have a value there, when they agree; otherwise the year."""
    known = [
        series for series in chart.series if any(at == year and value is not None for at, value, _ in series.points)
    ]
    periods = {series.period(year) for series in known}
    period = periods.pop() if len(periods) == 1 else str(year)
    return TableCell(format_period(period, chart.language), "date", period)


def _bar_rows(chart: BarChart | DotChart) -> ChartTable:
    """One row per bar, with its year when any bar has one."""
    decimals = decimals_for([bar.value for bar in chart.bars if bar.value is not None], unit_kind(chart.unit))
    dated = any(bar.year is not None for bar in chart.bars)
    head = [TableCell(word("name", chart.language).text), TableCell(chart.unit_label)]
    if dated:
        head.append(TableCell(word("year", chart.language).text))
    rows = []
    for bar in chart.bars:
        row = [TableCell(bar.label), _figure(bar.value, bar.estimated, chart.language, decimals)]
        if dated:
            row.append(TableCell("–") if bar.year is None else TableCell(str(bar.year), "date", str(bar.year)))
        rows.append(tuple(row))
    return ChartTable(tuple(head), tuple(rows))


def _completion(cell: StripCell) -> TableCell:
    """How many commitments are completed; in words alone where there is none."""
    words = completion_words(cell)
    some = cell.counted or cell.dropped or cell.superseded
    return TableCell(words, "count", f"{cell.completed}/{cell.counted}") if some else TableCell(words)


def _strip_rows(strip: ProgressStrip) -> ChartTable:
    """One row per objective: number, label, and its facts in separate columns."""
    names = ("objective", "name", "state", "completion", "evidence", "statistics")
    head = tuple(TableCell(word(name, strip.language).text) for name in names)
    rows = []
    for cell in strip.cells:
        share = TableCell(cell.share, "count", cell.share) if cell.assessable else TableCell(cell.share)
        cited = word("cited" if cell.evidence else "not_cited", strip.language).text
        rows.append(
            (
                TableCell(str(cell.number), "numbering"),
                TableCell(cell.label),
                TableCell(STATE_WORDS[cell.state]),
                _completion(cell),
                TableCell(cited),
                share,
            )
        )
    return ChartTable(head, tuple(rows))
