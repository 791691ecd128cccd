"""UN Statistics Division, Sustainable Development Goals Progress Chart 2023.

With a numeric target: the observed compound growth is carried on to the target year; the share of the distance from
baseline to target that it would then have covered decides. Without one: the growth rate itself decides.

    projected = y0 · (y / y0) ^ ((T_year - t0) / (t - t0))        the same as y · (1 + CAGR) ^ (T_year - t)
    share     = (projected - y0) / (T - y0)

The first form is used because it needs no negative power when the target year has passed.
"""

import ibis
import ibis.expr.types as ir

from waymark.engines.indicators.judges.arithmetic import reaches, share
from waymark.engines.indicators.methods.method import UNABLE
from waymark.engines.indicators.methods.unsd_progress_chart_2023 import FAIR, ON_TRACK, STAGNATION

ON_TRACK_SHARE = 0.95
FAIR_SHARE = 0.10
ON_TRACK_RATE = 0.02
FAIR_RATE = 0.005
LARGEST_RATIO = 1e8
"""A hundred-million-fold change is beyond every threshold; the cap keeps the power within floating point."""

NAME = "unsd_progress_chart_2023"


def judge(t: ir.Table) -> ir.Table:
    """The 2023 rules over prepared statistics, in four steps: conditions, reason, measure, class."""
    none = ibis.null()
    met = (t.last_met_year == t.latest_year).fill_null(False)
    # The baseline lay at or beyond the target and the latest value does not: the share would divide by nothing, or
    # turn a loss into progress.
    lost = (t.wanted_sign * (t.target - t.start) <= 0).fill_null(False) & ~met
    t = t.mutate(unsd_met=met, unsd_worst=lost | t.binary, unsd_few=~(t.span > 0).fill_null(False))
    t = t.mutate(**{f"{NAME}_reason": _reason(t)})
    measured = t[f"{NAME}_reason"].isnull() & ~t.unsd_worst
    t = t.mutate(**{f"{NAME}_value": ibis.ifelse(measured, _measure(t), none)})
    return t.mutate(**{f"{NAME}_category": _category(t), f"{NAME}_score": ibis.literal(None, "float64")})


def _reason(t: ir.Table) -> ir.Value:
    """Why the series cannot be assessed, or null.

    A met target, a yes-or-no series and a target lost need no rate; the first two need no second value.
    """
    none = ibis.null()
    return ibis.cases(
        (t.hindrance.notnull(), t.hindrance),
        (t.unsd_met | (t.binary & t.latest_year.notnull()), none),
        (t.unsd_few & ((t.before_break > 0) | t.key_changed), "break"),
        (t.unsd_few & ((t.censored > 0) | t.latest_year.isnull()), "censored"),
        (t.unsd_few, "one point"),
        (t.unsd_worst, none),
        (t.categorical, "steps without a rate"),
        (t.start.isnull() | t.end.isnull(), "ratio not above zero"),
        (t.start == 0, "baseline zero"),
        (t.start * t.end < 0, "sign changes"),
        (t.target.notnull() & (t.target_year <= t.base_year), "target year before baseline"),
        else_=none,
    )


def _measure(t: ir.Table) -> ir.Value:
    """The share of the distance covered by the target year; without a target the yearly rate the wanted way."""
    power = share((t.target_year - t.base_year).cast("float64"), t.span)
    ratio = ibis.least(t.ratio, LARGEST_RATIO)
    projected = t.start * ibis.ifelse((t.ratio >= 0) & (power > 0), ratio**power, ibis.null())
    return ibis.ifelse(t.target.isnull(), t.wanted_growth, share(projected - t.start, t.target - t.start))


def _category(t: ir.Table) -> ir.Value:
    """The class: thresholds on the share with a target, on the yearly rate without one."""
    value, open_ended = t[f"{NAME}_value"], t.target.isnull()
    return ibis.cases(
        (t[f"{NAME}_reason"].notnull(), UNABLE),
        (t.unsd_met, ON_TRACK),
        (t.unsd_worst, STAGNATION),
        (reaches(value, ibis.ifelse(open_ended, ON_TRACK_RATE, ON_TRACK_SHARE)), ON_TRACK),
        (reaches(value, ibis.ifelse(open_ended, FAIR_RATE, FAIR_SHARE)), FAIR),
        else_=STAGNATION,
    )
