"""Lines over years: gaps where years are missing, direct labels that keep apart, the target as a labelled line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from waymark.engines.charts.drawing import LINE, NARROW, SIZE, SMALL, WIDE, Canvas, Ink, Span, text_width, wrapped
from waymark.engines.charts.model import ChartSeries, LineChart, TargetLine
from waymark.engines.charts.scales import (
    Axis,
    broken,
    fitting,
    gaps,
    limits,
    tick_text,
    value_axis,
    year_ticks,
    zigzag,
)
from waymark.engines.charts.words import word
from waymark.gcm.language import decimals_for, format_period, machine, unit_kind

_DASHES = ("", "6 3", "2 3", "9 3 2 3")
YEAR_ROOM = 44.0
"""Width of the name of a year with the space around it."""
BREAK_HEIGHT = 14.0
"""Height of the mark where an axis of values leaves out what lies between zero and its lowest line."""
BREAK_DASHES = "1 4"
"""The pattern of the mark where the points of a line begin to come from another dataset."""
_VALUE_ROOM = 110.0
"""Width that a value may take beside the plot before it is written in its short form."""
_MOST_DOTS = 40
"""Beyond this many points a dot at each would be a smear; estimates, lone points and the last one keep theirs."""


@dataclass(slots=True)
class _Label:
    """A block of text at the reading end of the chart, and the height it would like to stand at."""

    lines: list[tuple[Span, ...]]
    whole: str
    anchor: tuple[float, float]
    ink: Ink
    top: float = 0.0

    @property
    def height(self) -> float:
        return len(self.lines) * LINE


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the plot lies: its sides, and the scales inside; `floor` is the line of years, below a broken axis."""

    left: float
    right: float
    top: float
    bottom: float
    axis: Axis
    years: tuple[int, ...]
    floor: float

    @property
    def first(self) -> int:
        """The first year that has a point."""
        return self.years[0]

    @property
    def last(self) -> int:
        """The last year that has a point."""
        return self.years[-1]

    def at(self, year: int, value: float) -> tuple[float, float]:
        """The place of a point; one year alone stands in the middle."""
        inner = self.right - self.left - 16
        share = (year - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return self.left + 8 + share * inner, self.level(value)

    def level(self, value: float) -> float:
        """The height of a value."""
        return self.bottom - self.axis.share(value) * (self.bottom - self.top)


def line_chart(chart: LineChart, key: str, width: int = WIDE) -> str:
    """The chart as SVG. `key` makes its ids unique in the page; `width` is WIDE (640) or NARROW (320) or between."""
    canvas = Canvas(width, chart.direction)
    head, _ = wrapped(chart.unit_label, width - 8, SMALL, 2)
    for number, line in enumerate(head):
        canvas.text(0, 12 + number * 15, Span(line), ink="muted", size=SMALL)
    top = 16.0 + 15 * len(head)
    known = [(year, value) for series in chart.series for year, value, _ in series.points if value is not None]
    if not known:
        nothing = word("no_figure", chart.language)
        canvas.line((0, top), (width, top), "rule")
        canvas.text(width / 2, top + 30, Span(nothing.text), anchor="middle", ink="muted", lang=_other(nothing, chart))
        return canvas.svg(key, chart.title, chart.description, top + 48, lang=chart.language)
    frame = _frame(chart, known, top, width)
    labels = _labels(chart, frame, width)
    needed = sum(label.height for label in labels) + 4 * len(labels)
    if needed > frame.bottom - frame.top:
        grown = frame.top + needed
        frame = replace(frame, bottom=grown, floor=grown + frame.floor - frame.bottom)
        labels = _labels(chart, frame, width)
    _grid(canvas, chart, frame)
    for number, series in enumerate(chart.series):
        _series(canvas, frame, series, _ink(series), _DASHES[number] if not series.subject else "")
    _keep_apart(labels, frame)
    for label in labels:
        _draw_label(canvas, frame, label)
    height = frame.floor + 26
    if any(estimated and value is not None for series in chart.series for _, value, estimated in series.points):
        height += 20
        note = word("estimate", chart.language)
        canvas.dot(frame.left + 8, height - 10, 3.5, "muted", hollow=True)
        canvas.text(frame.left + 18, height - 6, Span(note.text), ink="muted", size=SMALL, lang=_other(note, chart))
    return canvas.svg(key, chart.title, chart.description, height, lang=chart.language)


def _other(said: "tuple[str, str]", chart: LineChart) -> str:
    """The language of a word when it is not the chart's."""
    return "" if said[1] == chart.language else said[1]


def _ink(series: ChartSeries) -> Ink:
    return "accent" if series.subject else "muted"


def _frame(chart: LineChart, known: list[tuple[int, float]], top: float, width: int) -> _Frame:
    """The plot between the axis at the reading start and the labels at the reading end."""
    values = [value for _, value in known]
    if chart.target is not None:
        values.append(chart.target.value)
    kind = unit_kind(chart.unit)
    valid = limits(values, kind, chart.valid_min, chart.valid_max)
    axis = value_axis(min(values), max(values), from_zero=False, whole=kind == "count", valid=valid)
    ticks = max(text_width(tick_text(axis, tick, chart.language), SMALL) for tick in axis.ticks)
    years = tuple(sorted({year for year, _ in known}))
    room = _label_room(chart, width)
    tall = 220.0 if width > NARROW + 100 else 150.0
    right = width - room - 12
    if len(years) == 1:  # a lone dot needs no wide plot; its label stands near it
        tall, right = 120.0, min(right, ticks + 128)
    below = BREAK_HEIGHT if broken(axis, valid) else 0.0
    return _Frame(ticks + 8, right, top, top + tall, axis, years, top + tall + below)


def _label_room(chart: LineChart, width: int) -> float:
    """Width kept for the labels: what they need, and no more than a third of the chart."""
    most = width * 0.34
    words = [series.label for series in chart.series] if len(chart.series) > 1 else []
    words += [_shown(value, decimals, chart, most) for value, decimals in _last_values(chart)]
    words += [
        f"({format_period(period, chart.language)})" for series in chart.series for _, period in series.periods[-1:]
    ]
    if chart.target is not None:
        words.append(chart.target.label or word("target", chart.language).text)
        words.append(_shown(chart.target.value, _decimals(chart.target.value, chart), chart, most))
    needed = max(text_width(text, SIZE) for text in words)
    return min(most, max(needed + 4, 96.0 if width > NARROW + 100 else 84.0))


def _shown(value: float, decimals: int, chart: LineChart, room: float) -> str:
    """A value beside the plot."""
    return fitting(value, chart.language, decimals, min(room, _VALUE_ROOM), unit_kind(chart.unit))


def _decimals(value: float, chart: LineChart) -> int:
    return decimals_for((value,), unit_kind(chart.unit))


def _last_values(chart: LineChart) -> list[tuple[float, int]]:
    """The last value of each series that has one, with decimals that suit them side by side and each alone."""
    known = [[value for _, value, _ in series.points if value is not None] for series in chart.series]
    last = [values[-1] for values in known if values]
    shared = decimals_for(last, unit_kind(chart.unit))
    return [(value, max(shared, _decimals(value, chart))) for value in last]


def _labels(chart: LineChart, frame: _Frame, width: int) -> list[_Label]:
    """One block per series (name when there are several, last value and year) and one for the target."""
    values = iter(_last_values(chart))
    room = _label_room(chart, width)
    most = 3 if width > NARROW + 100 else 4
    labels = []
    for series in chart.series:
        points = [(year, value) for year, value, _ in series.points if value is not None]
        if not points:
            continue
        year, (value, own) = points[-1][0], next(values)
        name, cut = wrapped(series.label, room, SIZE, most) if len(chart.series) > 1 else ((), False)
        figure = Span(_shown(value, own, chart, room), "figure", machine(value), strong=True)
        lines = [*((Span(line),) for line in name), *_value_lines(figure, period_span(series, year, chart), room)]
        labels.append(_Label(lines, series.label if cut else "", frame.at(year, value), _ink(series)))
    if chart.target is not None:
        labels.append(_target_label(chart, chart.target, frame, room))
    return labels


def period_span(series: ChartSeries, year: int, chart: LineChart) -> Span:
    """The period of a point as the chart's language writes it."""
    period = series.period(year)
    return Span(format_period(period, chart.language), "date", period)


def _value_lines(figure: Span, date: Span | None, room: float) -> list[tuple[Span, ...]]:
    """A value and its period on one line, or on two when one is too narrow."""
    if date is None:
        return [(figure,)]
    if text_width(f"{figure.text} ({date.text})") <= room:
        return [(figure, Span(" ("), date, Span(")"))]
    return [(figure,), (Span("("), date, Span(")"))]


def _target_label(chart: LineChart, target: TargetLine, frame: _Frame, room: float) -> _Label:
    """The label of the target line: its words, value and due year."""
    words = target.label or word("target", chart.language).text
    lines, cut = wrapped(words, room, SIZE, 3)
    decimals = _decimals(target.value, chart)
    figure = Span(_shown(target.value, decimals, chart, room), "figure", machine(target.value))
    level = frame.level(target.value)
    due = Span(str(target.year), "date", str(target.year)) if target.year else None
    return _Label(
        [*((Span(line),) for line in lines), *_value_lines(figure, due, room)],
        words if cut else "",
        (frame.right, level),
        "ink",
    )


def _grid(canvas: Canvas, chart: LineChart, frame: _Frame) -> None:
    """Light rules with values, years below, and the target line."""
    for tick in frame.axis.ticks:
        level = frame.level(tick)
        canvas.line((frame.left, level), (frame.right, level), "muted" if tick == 0 else "rule")
        text = tick_text(frame.axis, tick, chart.language)
        canvas.text(
            frame.left - 6, level + 4, Span(text, "figure", machine(tick)), anchor="end", ink="muted", size=SMALL
        )
    if frame.floor > frame.bottom:
        canvas.line((frame.left, frame.floor), (frame.right, frame.floor), "muted")
        canvas.polyline(zigzag((frame.left, frame.bottom), (frame.left, frame.floor)), "muted", 1.2)
    for year in year_ticks(frame.years, int((frame.right - frame.left) / YEAR_ROOM)):
        x, _ = frame.at(year, frame.axis.low)
        canvas.line((x, frame.floor), (x, frame.floor + 4), "muted")
        span = Span(str(year), "date", str(year))
        canvas.text(x, frame.floor + 18, span, anchor="middle", ink="muted", size=SMALL)
    if chart.target is not None:
        level = frame.level(chart.target.value)
        canvas.line((frame.left, level), (frame.right, level), "ink", 1.5, "8 4")


def gap_years(series: ChartSeries) -> frozenset[int]:
    """The years before which the line is interrupted: a year is missing that the series normally has, or is said to
    have no value."""
    known = tuple(year for year, value, _ in series.points if value is not None)
    missing = {year for year, value, _ in series.points if value is None}
    said = (later for earlier, later in pairwise(known) if any(year in missing for year in range(earlier + 1, later)))
    return gaps(known) | frozenset(said)


def _series(canvas: Canvas, frame: _Frame, series: ChartSeries, ink: Ink, dash: str) -> None:
    """Lines between neighbouring years, dots on points; nothing where a year is missing."""
    known = [(year, value, estimated) for year, value, estimated in series.points if value is not None]
    apart = gap_years(series) | frozenset(series.breaks)
    runs: list[list[tuple[int, float, bool]]] = []
    for point in known:
        if runs and point[0] not in apart:
            runs[-1].append(point)
        else:
            runs.append([point])
    _break_marks(canvas, frame, [year for year, _, _ in known], series.breaks)
    crowded = len(known) > _MOST_DOTS
    for run in runs:
        if len(run) > 1:
            canvas.polyline([frame.at(year, value) for year, value, _ in run], ink, 2.5 if series.subject else 2, dash)
        for point in run:
            year, value, estimated = point
            if not crowded or estimated or len(run) == 1 or point == known[-1]:
                x, y = frame.at(year, value)
                canvas.dot(x, y, 3.5 if estimated or point == known[-1] else 2.5, ink, hollow=estimated)


def _break_marks(canvas: Canvas, frame: _Frame, years: Sequence[int], breaks: Sequence[int]) -> None:
    """A dashed line from top to bottom between two points that come from different datasets."""
    for before, after in pairwise(years):
        if any(before < year <= after for year in breaks):
            x = (frame.at(before, frame.axis.low)[0] + frame.at(after, frame.axis.low)[0]) / 2
            canvas.line((x, frame.top), (x, frame.bottom), "muted", 1, BREAK_DASHES)


def _keep_apart(labels: list[_Label], frame: _Frame) -> None:
    """Put each label beside its point, then push them apart, never out of the plot."""
    labels.sort(key=lambda label: label.anchor[1])
    floor = frame.top - 6
    for label in labels:
        label.top = max(floor, label.anchor[1] - label.height / 2)
        floor = label.top + label.height + 4
    ceiling = frame.bottom + 6
    for label in reversed(labels):
        label.top = min(label.top, ceiling - label.height)
        ceiling = label.top - 4


def _draw_label(canvas: Canvas, frame: _Frame, label: _Label) -> None:
    """The lines of a label, and a thin leader when it could not stand beside its point."""
    x, y = label.anchor
    middle = label.top + label.height / 2
    if abs(middle - y) > 8 or frame.right - x > 24:
        canvas.polyline([(x + 6, y), (frame.right + 2, y), (frame.right + 9, middle)], "muted", 0.6)
    for number, spans in enumerate(label.lines):
        baseline = label.top + 12 + number * LINE
        whole = label.whole if number == 0 else ""
        canvas.text(frame.right + 12, baseline, *spans, ink=label.ink, whole=whole)
