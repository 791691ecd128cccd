"""Open SDG 2.4, the progress measure made by Statistics Canada for the Open SDG platform.

    R = s · d · CAGR_observed / |CAGR_required|           with a target
    x = s · d · CAGR_observed                             without one

with d = +1 when more is wanted, -1 when less is wanted, and s = -1 for a negative baseline. Thresholds without a target
shrink by the coefficient C when the baseline lies near a natural limit of the scale. The score runs from -5 to 5.
"""

import ibis
import ibis.expr.types as ir

from waymark.engines.indicators.judges.arithmetic import rate, reaches, share
from waymark.engines.indicators.methods.method import UNABLE
from waymark.engines.indicators.methods.opensdg_2_4 import (
    ACHIEVED,
    DETERIORATION,
    LIMITED,
    MODERATE,
    NOT_ACHIEVED,
    ON_TRACK,
)

ON_TRACK_RATIO, MODERATE_RATIO = 0.95, 0.60
ON_TRACK_RATE, MODERATE_RATE = 0.015, 0.005
LIMITED_RATE = 0.0
"""Of R as well: below it the value moved the wrong way."""
INSTEAD_OF_ZERO = 0.001
LIMIT_POWER = 4.44
BEST, WORST = 5.0, -5.0

NAME = "opensdg_2_4"


def judge(t: ir.Table) -> ir.Table:
    """Open SDG's rules over prepared statistics, in four steps: stand-ins, reason, measure, class and score."""
    none = ibis.null()
    t = t.mutate(
        opensdg_start=_not_zero(t.start), opensdg_target=_not_zero(t.target), opensdg_steps=t.binary | t.categorical
    )
    # A value from the baseline year on is enough, but not for a target that is a part of the baseline.
    enough = (t.points > 0) & ~(t.of_baseline & (t.points < 2))
    achieved = enough & (t.wanted_sign * (t.end - t.opensdg_target) >= 0).fill_null(False)
    lost = (t.opensdg_target == t.opensdg_start).fill_null(False) & ~achieved
    t = t.mutate(opensdg_achieved=achieved, opensdg_lost=lost, opensdg_shrink=_coefficient(t))
    t = t.mutate(**{f"{NAME}_reason": _reason(t)})
    measured = t[f"{NAME}_reason"].isnull() & ~t.opensdg_steps & ~lost & (t.points > 1)
    t = t.mutate(**{f"{NAME}_value": ibis.ifelse(measured, _measure(t), none)})
    t = t.mutate(**{f"{NAME}_category": _category(t)})
    return t.mutate(**{f"{NAME}_score": ibis.ifelse(t[f"{NAME}_reason"].isnull(), _score(t), none)})


def _not_zero(value: ir.Value) -> ir.Value:
    """`value`, or the stand-in where it is zero."""
    return ibis.ifelse(value == 0, INSTEAD_OF_ZERO, value)


def _reason(t: ir.Table) -> ir.Value:
    """Why the series cannot be assessed, or null.

    An achieved target, answers and steps with a target, and a target lost need no rate; all but the last need no
    second value.
    """
    none = ibis.null()
    few = t.points < 2
    return ibis.cases(
        (t.hindrance.notnull(), t.hindrance),
        (t.opensdg_achieved | ((t.points > 0) & t.opensdg_steps & t.target.notnull()), none),
        (few & ((t.before_break > 0) | t.key_changed) & (t.break_year > t.baseline_year), "break"),
        (few & ((t.censored > 0) | t.latest_year.isnull()), "censored"),
        (t.points == 0, "no baseline from 2015"),
        (few, "one point"),
        (t.opensdg_steps, "steps without a rate"),
        (t.start.isnull() | t.end.isnull(), "ratio not above zero"),
        (t.opensdg_lost, none),
        (t.opensdg_start * t.end < 0, "sign changes"),
        ((t.opensdg_start * t.opensdg_target < 0).fill_null(False), "sign changes"),
        (t.target.notnull() & (t.target_year <= t.base_year), "target year before baseline"),
        else_=none,
    )


def _measure(t: ir.Table) -> ir.Value:
    """R with a target, the yearly rate in the wanted direction without one."""
    growth = ibis.ifelse(t.start == 0, rate(t.end / INSTEAD_OF_ZERO, t.span) * t.wanted_sign, t.wanted_growth)
    years = (t.target_year - t.base_year).cast("float64")
    required = rate(share(t.opensdg_target, t.opensdg_start), years)
    return ibis.ifelse(t.target.isnull(), growth, share(growth, required.abs()))


def _coefficient(t: ir.Table) -> ir.Value:
    """C: 1 far from the natural limit or without one, falling to 0 at it."""
    limit, start = t.natural_limit.abs(), t.start.abs()
    near = share(ibis.ifelse(start <= limit, start, 2 * limit - start), limit)
    return ibis.ifelse((t.target.isnull() & (start < 2 * limit)).fill_null(False), 1 - near**LIMIT_POWER, 1.0)


def _category(t: ir.Table) -> ir.Value:
    """The class: thresholds on R with a target, on the yearly rate times C without one."""
    value, open_ended, shrink = t[f"{NAME}_value"], t.target.isnull(), t.opensdg_shrink
    return ibis.cases(
        (t[f"{NAME}_reason"].notnull(), UNABLE),
        (t.opensdg_achieved, ACHIEVED),
        (t.opensdg_steps, NOT_ACHIEVED),
        (t.opensdg_lost, DETERIORATION),
        (reaches(value, ibis.ifelse(open_ended, ON_TRACK_RATE * shrink, ON_TRACK_RATIO)), ON_TRACK),
        (reaches(value, ibis.ifelse(open_ended, MODERATE_RATE * shrink, MODERATE_RATIO)), MODERATE),
        (reaches(value, LIMITED_RATE), LIMITED),
        else_=DETERIORATION,
    )


def _score(t: ir.Table) -> ir.Value:
    """The score from -5 to 5; the numbers are those of the published code."""
    value, scaled = t[f"{NAME}_value"], share(t[f"{NAME}_value"], t.opensdg_shrink)
    with_target = ibis.ifelse(
        reaches(value, MODERATE_RATIO),
        ibis.least(7.1429 * value - 4.2857, BEST),
        ibis.greatest(4.1667 * value - 2.5, WORST),
    )
    without = ibis.cases(
        (~reaches(value, LIMITED_RATE), ibis.greatest(125 * value - 2.5, WORST)),
        (t.opensdg_shrink == 0, BEST),
        (reaches(scaled, ON_TRACK_RATE), ibis.least(500 * scaled - 5, BEST)),
        (reaches(scaled, MODERATE_RATE), 250 * scaled - 1.25),
        else_=500 * scaled - 2.5,
    )
    return ibis.cases(
        (t.opensdg_achieved, BEST),
        (t.opensdg_steps, ibis.null()),
        (t.opensdg_lost, WORST),
        (t.target.isnull(), without),
        else_=with_target,
    )
