"""Bars and dots: a row per thing compared, zero on bars, the value beside its mark, "no figure" where there is none."""

from dataclasses import dataclass

from waymark.engines.charts.drawing import NARROW, SIZE, SMALL, WIDE, Canvas, Ink, Span, text_width, wrapped
from waymark.engines.charts.model import Bar, BarChart, DotChart
from waymark.engines.charts.scales import Axis, broken, fitting, limits, tick_text, value_axis, zigzag
from waymark.engines.charts.words import word
from waymark.gcm.language import decimals_for, machine, unit_kind

_THICK = 14.0
_BREAK = 9.0
"""Width of the mark where an axis of dots leaves out what lies between zero and its first value."""
_MOST_BESIDE = 0.2
"""Share of the width that a value may take before it is written in its short form."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where labels end, the sides of the plot, the scale, and the decimals of the values."""

    edge: float
    left: float
    right: float
    axis: Axis
    decimals: int
    above: bool

    def at(self, value: float) -> float:
        """Where a value lies, from the side where reading starts."""
        return self.left + self.axis.share(value) * (self.right - self.left)


def bar_chart(chart: BarChart, key: str, width: int = WIDE) -> str:
    """Bars from zero, in the order given. On a narrow chart the labels stand above their bars."""
    return _rows_chart(chart, key, width, from_zero=True)


def dot_chart(chart: DotChart, key: str, width: int = WIDE) -> str:
    """Dots on one scale, in the order given."""
    return _rows_chart(chart, key, width, from_zero=False)


def _rows_chart(chart: BarChart | DotChart, key: str, width: int, *, from_zero: bool) -> str:
    canvas = Canvas(width, chart.direction)
    head, _ = wrapped(chart.unit_label, width - 8, SMALL, 2)
    for number, line in enumerate(head):
        canvas.text(0, 12 + number * 15, Span(line), ink="muted", size=SMALL)
    top = 14.0 + 15 * len(head)
    rows = _layout(chart, width, from_zero)
    y = top
    marks: list[tuple[Bar, float]] = []
    for bar in chart.bars:
        lines, cut = wrapped(bar.label, width - 8 if rows.above else rows.edge - 10, SIZE, 3)
        height = 15.0 * len(lines)
        for number, line in enumerate(lines):
            at = 0.0 if rows.above else rows.edge - 8
            baseline = y + 12 + number * 15
            canvas.text(
                at, baseline, Span(line), anchor="start" if rows.above else "end", whole=bar.label if cut else ""
            )
        centre = y + height + 11 if rows.above else y + height / 2
        marks.append((bar, centre))
        y += height + (32 if rows.above else 12)
    stretches = [(centre - 12, centre + 12) for _, centre in marks] if rows.above else [(top - 2, y)]
    _scale(canvas, chart, rows, stretches, y)
    for bar, centre in marks:
        _mark(canvas, chart, rows, bar, centre)
    height = y + 22
    if any(bar.estimated and bar.value is not None for bar in chart.bars):
        note = word("estimate", chart.language)
        height += 18
        lang = "" if note.language == chart.language else note.language
        _hollow(canvas, rows.left, height - 11, from_zero)
        canvas.text(rows.left + 20, height - 6, Span(note.text), ink="muted", size=SMALL, lang=lang)
    return canvas.svg(key, chart.title, chart.description, height, lang=chart.language)


def _layout(chart: BarChart | DotChart, width: int, from_zero: bool) -> _Rows:
    """Room for labels at the reading start, for values beyond the marks, and the scale between."""
    values = [bar.value for bar in chart.bars if bar.value is not None]
    decimals = decimals_for(values, unit_kind(chart.unit))
    kind = unit_kind(chart.unit)
    valid = limits(values, kind, chart.valid_min, chart.valid_max)
    least, most = min(values, default=0.0), max(values, default=1.0)
    axis = value_axis(least, most, from_zero=from_zero, whole=kind == "count", valid=valid)
    tick = max(text_width(tick_text(axis, end, chart.language), SMALL) for end in (axis.low, axis.high)) / 2
    beside = max([_width_beside(chart, bar, decimals, width) for bar in chart.bars] + [tick, 10.0])
    above = width <= NARROW + 100
    longest = max([text_width(bar.label) for bar in chart.bars] + [0.0])
    left = 0.0 if above else min(width * 0.36, longest + 14)
    before = max(tick, beside) if from_zero and min(values, default=0.0) < 0 else max(tick - left, 10.0)
    return _Rows(left, left + before, width - beside, axis, decimals, above)


def _width_beside(chart: BarChart | DotChart, bar: Bar, decimals: int, width: int) -> float:
    """How far the words beside a mark reach."""
    if bar.value is None:
        return text_width(word("no_figure", chart.language).text, SMALL) + 8
    year = "" if bar.year is None else f" ({bar.year})"
    return (
        text_width(
            fitting(bar.value, chart.language, decimals, width * _MOST_BESIDE, unit_kind(chart.unit), chart.form) + year
        )
        + 14
    )


def _scale(
    canvas: Canvas, chart: BarChart | DotChart, rows: _Rows, stretches: list[tuple[float, float]], bottom: float
) -> None:
    """Light rules with values below, never through a label; the rule at zero is darker, and bars grow from it."""
    shown = rows.axis.ticks
    if isinstance(chart, DotChart) and broken(
        rows.axis, limits([rows.axis.low], unit_kind(chart.unit), chart.valid_min, chart.valid_max)
    ):
        canvas.polyline(zigzag((rows.left - _BREAK, bottom), (rows.left, bottom)), "muted", 1.2)
    texts = [tick_text(rows.axis, tick, chart.language) for tick in shown]
    named = _ticks_that_fit(rows, shown, texts)
    for number, (tick, text) in enumerate(zip(shown, texts, strict=True)):
        x = rows.at(tick)
        for top, foot in stretches:
            canvas.line((x, top), (x, foot), "muted" if tick == 0 else "rule")
        if number in named:
            canvas.text(x, bottom + 16, Span(text, "figure", machine(tick)), anchor="middle", ink="muted", size=SMALL)


def _ticks_that_fit(rows: _Rows, ticks: tuple[float, ...], texts: list[str]) -> set[int]:
    """The ticks to name: all when there is room, else zero and those ends that keep clear of it."""
    widest = max(text_width(text, SMALL) for text in texts) + 8
    step = (rows.right - rows.left) / (len(ticks) - 1)
    if widest <= step:
        return set(range(len(ticks)))
    chosen: list[int] = []
    zero = [place for place, tick in enumerate(ticks) if tick == 0]
    for number in (*zero, 0, len(ticks) - 1):
        if all(abs(number - other) * step >= widest for other in chosen):
            chosen.append(number)
    return set(chosen)


def _mark(canvas: Canvas, chart: BarChart | DotChart, rows: _Rows, bar: Bar, centre: float) -> None:
    """The bar or dot, its value, and its year."""
    bars = isinstance(chart, BarChart)
    zero = rows.at(0.0) if bars else rows.left
    if bar.value is None:
        nothing = word("no_figure", chart.language)
        lang = "" if nothing.language == chart.language else nothing.language
        canvas.text(zero + 6, centre + 4, Span(nothing.text), ink="muted", size=SMALL, lang=lang)
        return
    end = rows.at(bar.value)
    ink: Ink = "accent" if bar.subject else "muted"
    if bars:
        start, length = min(zero, end), abs(end - zero)
        hollow = ' stroke-width="1.5" stroke-dasharray="3 2"' if bar.estimated else ""
        fill: Ink = "paper" if bar.estimated else ink
        canvas.box(start, centre - _THICK / 2, (length, _THICK), fill, ink if bar.estimated else None, hollow)
    else:
        canvas.line((rows.left, centre), (rows.right, centre), "rule", 1, "1 3")
        canvas.dot(end, centre, 5, ink, hollow=bar.estimated)
    text = fitting(
        bar.value, chart.language, rows.decimals, canvas.width * _MOST_BESIDE, unit_kind(chart.unit), chart.form
    )
    spans = [Span(text, "figure", machine(bar.value), strong=bar.subject)]
    if bar.year is not None:
        spans += [Span(" ("), Span(str(bar.year), "date", str(bar.year)), Span(")")]
    below = bars and bar.value < 0
    side = end - 6 if below else end + (6 if bars else 10)
    canvas.text(side, centre + 4.5, *spans, anchor="end" if below else "start", ink="ink")


def _hollow(canvas: Canvas, x: float, y: float, bars: bool) -> None:
    """The mark of an estimate, for the note below the chart."""
    if bars:
        canvas.box(x, y - 4, (14, 9), "paper", "muted", ' stroke-width="1.5" stroke-dasharray="3 2"')
    else:
        canvas.dot(x + 6, y, 4, "muted", hollow=True)
