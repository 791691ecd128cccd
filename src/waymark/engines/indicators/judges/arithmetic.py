"""Division and powers that give null instead of an error, and comparison apart from rounding."""

import ibis
import ibis.expr.types as ir

TOLERANCE = 1e-9
"""Differences below this are rounding: a value this far under a threshold reaches it, on every engine alike."""


def share(part: ir.Value, whole: ir.Value) -> ir.Value:
    """`part / whole`, null where `whole` is zero, on every engine."""
    return part / whole.nullif(0)


def rate(ratio: ir.Value, years: ir.Value) -> ir.Value:
    """The yearly rate that compounds to `ratio` in `years`; null for a negative ratio or no year (no NaN anywhere)."""
    possible = (ratio >= 0) & (years > 0)
    return ibis.ifelse(possible, ratio ** share(ibis.literal(1.0), years), ibis.null()) - 1


def reaches(value: ir.Value, threshold: float | ir.Value) -> ir.Value:
    """Whether `value` is at least `threshold`, rounding apart; false where it is null."""
    return (value >= threshold - TOLERANCE).fill_null(False)
