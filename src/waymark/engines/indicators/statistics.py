"""The one grouped pass: from observations to the few statistics per series that every method classifies from.

A series here is one key (`schema.KEY`) that has a rule. The input must hold one row per key and year;
`select.newest_per_year` makes it so. All of it is Ibis expressions: nothing runs until the result is read.

Two rules of ours need more than one look at a series and therefore a second, small pass over the few keys concerned:
values before a marked break are left out, and so are the zeros that a publisher put before the first positive value of
a stock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa

from waymark.engines.indicators.schema import KEY

# Each step of ours stays one SELECT: merged, their expressions would be repeated, which doubles the time to compile
# and makes the engine compute powers twice.
ibis.options.sql.fuse_selects = False

Direction = Literal["up", "down", "parity", "none"]

BASELINE_YEAR = 2015
"""First year of the 2030 Agenda; a series starts at its first value from this year on, where two values follow."""
TARGET_YEAR = 2030
NEAR_LIMIT = 1.0
"""Percentage points from a target of 0 or 100 within which it counts as met (UNSD 2023, through EUSTAT).

Of a natural limit too, for series without a target (our rule).
"""
FIRST_YEAR = 0
SPAN = len("2020-2024")
"""Before every year of a source."""
LARGEST = 1e300
"""Values beyond this, infinities and NaN are no measurements; comparing with it is the same in every engine."""


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """How one series is judged, as its indicator definition states it.

    `target` and `natural_limit` are in the unit of the series; for parity the target is the ratio still accepted
    (1.03 accepts 0.97 to 1.03), 1 when not given. A target `of_baseline` is a part of the baseline value: 0.5 is "by
    half". `even` is the even split of a share, such as 50 per cent, which parity of a share is measured from.
    `percent` says that 0 and 100 are the ends of the scale. A binary series is 1 (yes) or 0 (no); without a target the
    wanted end is taken from the direction. A categorical one has steps of a scale, which have no growth rate.
    `growth_rate` marks a series whose values are growth rates; `stock` one that cannot come from nothing, so that zeros
    before its first positive value are fillers.
    """

    series: str
    direction: Direction
    target: float | None = None
    target_year: int | None = None
    baseline_year: int = BASELINE_YEAR
    of_baseline: bool = False
    even: float | None = None
    percent: bool = False
    natural_limit: float | None = None
    binary: bool = False
    categorical: bool = False
    growth_rate: bool = False
    stock: bool = False

    def wanted(self) -> float | None:
        """The target used: as given, or implied by parity or by a binary series; None without one.

        For parity it is the greatest distance still accepted, as `assess.prepare` measures it.
        """
        if self.even is not None:
            return self.even + abs((self.even if self.target is None else self.target) - self.even)
        if self.direction == "parity":
            ratio = 1.0 if self.target is None else self.target
            return max(ratio, 1 / ratio)
        if self.binary and self.target is None:
            return 1.0 if self.direction == "up" else 0.0
        return None if self.target is None else float(self.target)

    def met_between(self) -> tuple[float, float] | tuple[None, None]:
        """The least and greatest value that meet the target; (None, None) without one, or before the baseline says."""
        target = self.wanted()
        if target is None or self.of_baseline or self.direction == "none":
            return None, None
        if self.even is not None:
            return 2 * self.even - target, target
        if self.direction == "parity":
            return 1 / target, target
        if self.direction == "up":
            return target - (NEAR_LIMIT if self.percent and target == 100 else 0), LARGEST
        return -LARGEST, target + (NEAR_LIMIT if self.percent and target == 0 else 0)

    def limit_between(self) -> tuple[float, float] | tuple[None, None]:
        """The least and greatest value that stand at the natural limit.

        (None, None) without a limit, with a target (which then decides), and where neither more nor less is wanted.
        """
        limit = self.natural_limit
        if limit is None or self.wanted() is not None or self.direction not in ("up", "down"):
            return None, None
        near = NEAR_LIMIT if self.percent else 0
        return limit - near, limit + near


_INT16, _INT64 = "int16", "int64"
RULES = pa.schema(
    [
        ("series", pa.string()),
        ("direction", pa.string()),
        ("wanted_sign", pa.int8()),
        ("target", pa.float64()),
        ("of_baseline", pa.bool_()),
        ("even", pa.float64()),
        ("target_year", pa.int16()),
        ("baseline_year", pa.int16()),
        ("met_from", pa.float64()),
        ("met_to", pa.float64()),
        ("natural_limit", pa.float64()),
        ("limit_from", pa.float64()),
        ("limit_to", pa.float64()),
        ("binary", pa.bool_()),
        ("categorical", pa.bool_()),
        ("growth_rate", pa.bool_()),
        ("stock", pa.bool_()),
    ]
)


RESTARTS = pa.schema(
    [
        *((name, pa.string()) for name in KEY),
        ("break_year", pa.int16()),  # null when only zeros lead
        ("first_positive", pa.int16()),  # null when there is only a break
        ("key_changed", pa.bool_()),
    ]
)


def rules_table(rules: Iterable[SeriesRule]) -> pa.Table:
    """The rules as a small Arrow table, one row per series; raises ValueError when a series has two rules."""
    rows = []
    for rule in sorted(rules, key=lambda rule: rule.series):
        met_from, met_to = rule.met_between()
        limit_from, limit_to = rule.limit_between()
        rows.append(
            {
                "series": rule.series,
                "direction": rule.direction,
                "wanted_sign": {"up": 1, "down": -1, "parity": -1, "none": 0}[rule.direction],
                "target": rule.wanted(),
                "of_baseline": rule.of_baseline,
                "even": rule.even,
                "target_year": rule.target_year or TARGET_YEAR,
                "baseline_year": rule.baseline_year,
                "met_from": met_from,
                "met_to": met_to,
                "natural_limit": rule.natural_limit,
                "limit_from": limit_from,
                "limit_to": limit_to,
                "binary": rule.binary,
                "categorical": rule.categorical,
                "growth_rate": rule.growth_rate,
                "stock": rule.stock,
            }
        )
    names = [row["series"] for row in rows]
    if twice := sorted({str(name) for name in names if names.count(name) > 1}):
        raise ValueError(f"more than one rule for the series {', '.join(twice)}; give one each")
    return pa.Table.from_pylist(rows, schema=RULES)


def statistics(
    observations: ir.Table,
    rules: ir.Table | Iterable[SeriesRule],
    *,
    breaks: ir.Table | None = None,
    begun_later: ir.Table | None = None,
) -> ir.Table:
    """One row per key that has a rule: the key, the rule's columns and the statistics below.

    From the rule's baseline year on: `points` (number of values), `zeros` (number of values that are 0), `censored`
    (rows without a number). Over all years used: `base_year`, `base_value`, `early`, `latest_year`, `latest_value`,
    `last_met_year` (last year whose value meets the target; null for a target that is a part of the baseline),
    `ranges` (whether a period spans years), `latest_end` (year in which the latest period ends), `before_break`
    (values left out for a break), `leading_zeros` (fillers
    left out). `break_year` is null without a break; `key_changed` says that unit or nature changed there.

    The baseline is the first value from the baseline year on. Where fewer than two values follow, it is the latest
    value before that leaves two, and `early` says so; without one it stays the only value there is from that year on.

    The rules may be given as the table of `rules_table`. Marked breaks count always; `breaks` (the table of
    `breaks.find_breaks`) adds changes of unit or nature. Rows of `observations` follow `schema.OBSERVATIONS`, one per
    key and year; `select.newest_per_year` makes it so. `begun_later` is the result of `restarts`, where it was stored
    first so that it is computed once.
    """
    table = rules if isinstance(rules, ir.Table) else ibis.memtable(rules_table(rules))
    observations = _nullable(observations)
    later = restarts(observations, table, breaks) if begun_later is None else begun_later
    whole = _grouped(observations.join(table, "series")).anti_join(later, KEY).mutate(**_NO_RESTART)
    fewer = observations.join(later, KEY).join(table, "series")
    year = ibis.greatest(fewer.break_year.fill_null(FIRST_YEAR), fewer.first_positive.fill_null(FIRST_YEAR))
    short = _restarted(_grouped(fewer, year))
    return whole.union(short).join(table, "series")


def _nullable(table: ir.Table) -> ir.Table:
    """The table without promises that a column holds no nulls: sets of rows only join when both promise the same.

    A table that promises nothing, as one read from Parquet, is left alone, so that the engine reads the file itself.
    """
    promises = {name: kind for name, kind in table.schema().items() if not kind.nullable}
    casts = {name: table[name].cast(kind.copy(nullable=True)) for name, kind in promises.items()}
    return table.mutate(**casts) if casts else table


_NO_RESTART = {
    "break_year": ibis.literal(None, _INT16),
    "key_changed": ibis.literal(False),
    "before_break": ibis.literal(0, _INT64),
    "leading_zeros": ibis.literal(0, _INT64),
}


def restarts(observations: ir.Table, rules: ir.Table, breaks: ir.Table | None = None) -> ir.Table:
    """The keys assessed from a later year on: RESTARTS. `rules` is the table of `rules_table`."""
    observations = _nullable(observations)
    nothing = ibis.literal(None, _INT16)
    no = ibis.literal(False)
    marked = observations.filter(observations.break_before)
    found = marked.select(*KEY, break_year=marked.year, first_positive=nothing, key_changed=no)
    if breaks is not None:
        years, changed = breaks.break_year.cast(_INT16), breaks.kind != "marked"
        found = found.union(breaks.select(*KEY, break_year=years, first_positive=nothing, key_changed=changed))
    rows = observations.semi_join(rules.filter(rules.stock), "series")
    years = rows.group_by(KEY).agg(
        first_positive=rows.year.min(where=rows.value > 0), first_zero=rows.year.min(where=rows.value == 0)
    )
    filled = years.filter(years.first_zero < years.first_positive)
    found = found.union(filled.select(*KEY, break_year=nothing, first_positive=filled.first_positive, key_changed=no))
    return found.group_by(KEY).agg(
        break_year=found.break_year.max(),
        first_positive=found.first_positive.max(),
        key_changed=found.key_changed.any(),
    )


def _grouped(rows: ir.Table, later: ir.Value | None = None) -> ir.Table:
    """The grouped pass over rows joined with their rule; with `later`, values before that year are only counted."""
    none = ibis.null()
    measured = rows.value.between(-LARGEST, LARGEST)
    recent = rows.year >= rows.baseline_year
    used = measured if later is None else measured & (rows.year >= later)
    kept = {} if later is None else {"measured": measured, **{name: rows[name] for name in RESTARTS.names[len(KEY) :]}}
    staged = rows.select(
        *KEY,
        "value",
        used=ibis.ifelse(used, rows.year, none),
        since=ibis.ifelse(used & recent, rows.year, none),
        before=ibis.ifelse(used & ~recent, rows.year, none),
        zero=ibis.ifelse(used & recent & (rows.value == 0), 1, none),
        met=ibis.ifelse(used & rows.value.between(rows.met_from, rows.met_to), rows.year, none),
        range=rows.period.contains("-"),
        ends=ibis.ifelse(used, _last_year(rows), none),
        unmeasured=ibis.ifelse(recent, ibis.ifelse(measured, none, 1), none),
        **kept,
    )
    left_out = {}
    if later is not None:
        left_out = {
            "left_out": staged.measured.sum() - staged.used.count(),
            "break_year": staged.break_year.max(),
            "first_positive": staged.first_positive.max(),
            "key_changed": staged.key_changed.any(),
        }
    found = staged.group_by(KEY).agg(
        base_year=staged.since.min(),
        base_value=staged.value.argmin(staged.since, where=staged.since.notnull()),
        early_years=_latest_years(staged.before, _TWO),
        early_values=_latest_values(staged.value, staged.before, _TWO),
        latest_year=staged.used.max(),
        latest_value=staged.value.argmax(staged.used, where=staged.used.notnull()),
        points=staged.since.count(),
        zeros=staged.zero.count(),
        last_met_year=staged.met.max(),
        censored=staged.unmeasured.count(),
        ranges=staged.range.any(),
        latest_end=staged.ends.max(),
        **left_out,
    )
    return _with_early_baseline(found)


def _last_year(rows: ir.Table) -> ir.Value:
    """The year in which a period ends: its own, of a span such as 2020-2024 the second."""
    span = rows.period.contains("-") & (rows.period.length() == SPAN)
    return ibis.coalesce(ibis.ifelse(span, rows.period.right(4).try_cast("int16"), ibis.null()), rows.year)


@ibis.udf.agg.builtin(  # type: ignore[untyped-decorator]  # Ibis does not type it
    name="max", signature=((dt.int16, dt.int8), dt.Array(dt.int16))
)
def _latest_years(year: ir.Value, number: ir.Value) -> ir.Value:
    """The latest years of a group, the latest first."""


@ibis.udf.agg.builtin(  # type: ignore[untyped-decorator]  # Ibis does not type it
    name="arg_max", signature=((dt.float64, dt.int16, dt.int8), dt.Array(dt.float64))
)
def _latest_values(value: ir.Value, year: ir.Value, number: ir.Value) -> ir.Value:
    """Their values, in the same order."""


_TWO = ibis.literal(2, "int8")


def _with_early_baseline(found: ir.Table) -> ir.Table:
    """Where fewer than two values lie from the baseline year on: the latest earlier one that leaves two as baseline.

    With one value from that year on it is the nearest before; without any, the one before the nearest.
    """
    few = found.points < 2
    place = ibis.ifelse(found.points == 1, 0, 1)
    year, value = found.early_years[place], found.early_values[place]
    early = few & year.notnull()
    found = found.mutate(early=early.fill_null(False), early_year=year, early_value=value)
    return found.mutate(
        base_year=ibis.ifelse(found.early, found.early_year, found.base_year),
        base_value=ibis.ifelse(found.early, found.early_value, found.base_value),
    ).drop("early_years", "early_values", "early_year", "early_value")


def _restarted(found: ir.Table) -> ir.Table:
    """What was left out, told apart: values before a break, or fillers before the first positive value of a stock."""
    by_zeros = found.first_positive.fill_null(FIRST_YEAR) > found.break_year.fill_null(FIRST_YEAR)
    told = found.mutate(
        before_break=ibis.ifelse(by_zeros, 0, found.left_out).cast(_INT64),
        leading_zeros=ibis.ifelse(by_zeros, found.left_out, 0).cast(_INT64),
    ).drop("left_out", "first_positive")
    return told.relocate(*_NO_RESTART, after="early")
