"""How each method judges a table of statistics, as expressions of Ibis. What a method is stands in `methods`."""

from collections.abc import Callable, Mapping

import ibis.expr.types as ir

from waymark.engines.indicators.judges import opensdg_2_4, unsd_progress_chart_2023
from waymark.engines.indicators.methods import opensdg_2_4 as opensdg
from waymark.engines.indicators.methods import unsd_progress_chart_2023 as unsd

JUDGES: Mapping[str, Callable[[ir.Table], ir.Table]] = {
    unsd.ID: unsd_progress_chart_2023.judge,
    opensdg.ID: opensdg_2_4.judge,
}
"""Method → what adds its four columns to the table of `assess.prepare`, their names starting with `Method.column`.

They are `_category` (a code or "unable"), `_reason` (null when assessed), `_value` (what `Method.measure` says in
words) and `_score`. A judge may leave columns for its own use, which are dropped. It works in steps, each a new column,
so that nothing is computed twice.
"""
