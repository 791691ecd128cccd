"""Charts as accessible SVG, from the standard library alone: lines with a target, bars, dots, the progress strip."""

from waymark.engines.charts.bars import bar_chart, dot_chart
from waymark.engines.charts.drawing import CHART_CSS, NARROW, WIDE
from waymark.engines.charts.line import gap_years, line_chart
from waymark.engines.charts.model import (
    MOST_SERIES,
    Bar,
    BarChart,
    Chart,
    ChartSeries,
    DotChart,
    LineChart,
    ProgressStrip,
    StripCell,
    TargetLine,
)
from waymark.engines.charts.named_strip import NamedCell, NamedStrip, named_strip
from waymark.engines.charts.strip import progress_strip, strip_key, strip_words
from waymark.engines.charts.table import ChartTable, TableCell, chart_rows

__all__ = [
    "CHART_CSS",
    "MOST_SERIES",
    "NARROW",
    "WIDE",
    "Bar",
    "BarChart",
    "Chart",
    "ChartSeries",
    "ChartTable",
    "DotChart",
    "LineChart",
    "NamedCell",
    "NamedStrip",
    "ProgressStrip",
    "StripCell",
    "TableCell",
    "TargetLine",
    "bar_chart",
    "chart_rows",
    "dot_chart",
    "gap_years",
    "line_chart",
    "named_strip",
    "progress_strip",
    "strip_key",
    "strip_words",
]
