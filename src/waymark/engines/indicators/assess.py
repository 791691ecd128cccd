"""Assessments: what a method says about each series of a place, from one pass over the observations.

`assess` builds one expression for any number of observations; `assess_rows` runs the same expression on DuckDB for a
small table and returns records. Result columns per method start with the method's name (`Method.column`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from waymark.engines.indicators.breaks import BREAKS
from waymark.engines.indicators.methods import DEFAULT, UNABLE, Method, method
from waymark.engines.indicators.methods.method import rate, share
from waymark.engines.indicators.schema import KEY, OBSERVATIONS
from waymark.engines.indicators.select import newest_per_year
from waymark.engines.indicators.statistics import RESTARTS, RULES, SeriesRule, restarts, rules_table, statistics

__all__ = [
    "OLD_FLAG",
    "TOO_OLD_AFTER",
    "Assessment",
    "SeriesRule",
    "assess",
    "assess_file",
    "assess_rows",
    "classify",
    "statistics",
]

TOO_OLD_AFTER = 5
"""Years between the latest value and the as-of date: one review cycle plus one year of publication lag (our rule)."""

OLD_FLAG = "more than five years old"
"""The remark on every series whose latest value is older than TOO_OLD_AFTER, whatever reason is named first."""

ESTIMATED = ("E", "G", "M")
"""Natures (SDMX) that are estimated, monitored or modelled by an agency, not reported by the country."""

ROW_GROUP = 61_440
"""Rows that the writer of `assess_file` holds back per thread: half of DuckDB's usual, for half its memory."""

INPUTS = (
    *KEY, "direction", "target", "target_year", "base_year", "base_value", "latest_year", "latest_value", "points",
    "zeros", "last_met_year", "censored", "ranges", "break_year", "before_break", "leading_zeros",
)  # fmt: skip
"""Columns of `assess` that stand once for all methods."""


_CARRIED = INPUTS[: INPUTS.index("points") + 1]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one method says about one series of one place, with everything it was computed from.

    `category` is a code of the method, or "unable" with a `reason` of `methods.REASONS`. `improving` is our reading of
    the category (a proposal), None when unable. `value` is the method's progress measure (`Method.measure`), `score`
    its score where it has one. Values are in the unit of the series. `flags` are short remarks to show beside it.
    """

    series: str
    place: str
    disagg: str
    unit: str
    nature: str
    method: str
    version: str
    category: str
    improving: bool | None
    reason: str
    base_year: int | None
    base_value: float | None
    latest_year: int | None
    latest_value: float | None
    points: int
    target: float | None
    target_year: int
    direction: str
    value: float | None
    score: float | None
    flags: tuple[str, ...]


def prepare(stats: ir.Table, as_of: date) -> ir.Table:
    """`statistics` with what every method needs beside it.

    `start` and `end` (base and latest value; for parity max(y, 1/y)), `span` (years between them), `ratio`,
    `wanted_growth` (compound yearly rate, positive when it goes the wanted way; the sign turned for a negative
    baseline), `hindrance` (the reason why no method can say anything, or null).
    """
    parity = stats.direction == "parity"
    prepared = stats.mutate(
        start=ibis.ifelse(parity, _from_one(stats.base_value), stats.base_value),
        end=ibis.ifelse(parity, _from_one(stats.latest_value), stats.latest_value),
        span=(stats.latest_year - stats.base_year).cast("float64"),
        hindrance=_hindrance(stats, as_of),
    )
    prepared = prepared.mutate(ratio=share(prepared.end, prepared.start))
    turn = ibis.ifelse(prepared.start < 0, -prepared.wanted_sign, prepared.wanted_sign)
    return prepared.mutate(wanted_growth=turn * rate(prepared.ratio, prepared.span))


def _from_one(ratio: ir.Value) -> ir.Value:
    """max(y, 1/y), the distance of a ratio from parity; null for a ratio that is not above zero."""
    return ibis.ifelse(ratio > 0, ibis.greatest(ratio, share(ibis.literal(1.0), ratio)), ibis.null())


def _hindrance(t: ir.Table, as_of: date) -> ir.Value:
    """The reason shared by all methods, or null; the order is part of the specification."""
    few = t.points < 2
    return ibis.cases(
        (t.direction == "none", "direction none"),
        (t.growth_rate, "growth rate needs expert judgement"),
        (few & ((t.before_break > 0) | t.key_changed), "break"),
        (few & (t.censored > 0), "censored"),
        (t.points == 0, "no baseline from 2015"),
        (few, "one point"),
        (t.latest_year < as_of.year - TOO_OLD_AFTER, "too old"),
        else_=ibis.null(),
    )


RESULTS = ("category", "reason", "value", "score")


def _results(chosen: Method) -> list[str]:
    """The names of the result columns of one method."""
    return [f"{chosen.column}_{name}" for name in RESULTS]


def classify(stats: ir.Table, method_id: str, *, as_of: date) -> ir.Table:
    """`statistics` with the columns of one method added; raises NotFoundError for an unknown method."""
    chosen = method(method_id)
    return chosen.judge(prepare(stats, as_of)).select(*stats.columns, *_results(chosen))


def assess(
    observations: ir.Table,
    rules: ir.Table | Iterable[SeriesRule],
    *,
    as_of: date,
    methods: Sequence[str] = (DEFAULT,),
    breaks: ir.Table | None = None,
    begun_later: ir.Table | None = None,
) -> ir.Table:
    """One row per key that has a rule: INPUTS once, then category, reason, value and score of each method.

    The observations hold one row per key and year. Nothing runs until the table is read or written. Raises
    NotFoundError for an unknown method, ValueError for two rules of one series.
    """
    chosen = [method(name) for name in methods]
    table = prepare(statistics(observations, rules, breaks=breaks, begun_later=begun_later), as_of)
    for one in chosen:
        table = one.judge(table)
    return table.select(*INPUTS, *(name for one in chosen for name in _results(one)))


@lru_cache(maxsize=16)
def _sql(methods: tuple[str, ...], year: int, with_breaks: bool) -> tuple[str, str]:
    """The same expressions as DuckDB's SQL: for the table `restarts`, then for the result that reads it.

    They read the tables `observations`, `rules` and `breaks`. Building and compiling takes about as long as assessing
    a million observations, so each shape is compiled once. Storing the few restarts tells the engine how few they are.
    """
    plain = pa.schema([(field.name, field.type) for field in OBSERVATIONS])  # no promise of "not null", as Parquet
    observations = ibis.table(ibis.Schema.from_pyarrow(plain), name="observations")
    rules = ibis.table(ibis.Schema.from_pyarrow(RULES), name="rules")
    breaks = ibis.table(ibis.Schema.from_pyarrow(BREAKS), name="breaks") if with_breaks else None
    later = ibis.table(ibis.Schema.from_pyarrow(RESTARTS), name="restarts")
    result = assess(observations, rules, as_of=date(year, 12, 31), methods=methods, begun_later=later)
    first, second = (
        str(ibis.to_sql(expression, dialect="duckdb", pretty=False))
        for expression in (restarts(observations, rules, breaks), result)
    )
    return first, second


def assess_file(
    source: Path,
    target: Path,
    rules: Iterable[SeriesRule],
    *,
    as_of: date,
    methods: Sequence[str] = (DEFAULT,),
    connection: duckdb.DuckDBPyConnection | None = None,
) -> int:
    """Assess all observations of a Parquet file into another one, of any size; returns the number of keys assessed.

    The source holds one row per key and year. Rows come in no particular order. `connection` sets threads and memory;
    without one, DuckDB's defaults hold. The target is complete or not there: it is written beside and renamed.
    """
    part = target.with_name(f"{target.name}.part")
    own = duckdb.connect() if connection is None else connection.cursor()
    try:
        own.execute("set preserve_insertion_order = false")
        own.read_parquet(str(source)).create_view("observations")
        own.register("rules", rules_table(rules))
        first, second = _sql(tuple(methods), as_of.year, False)
        own.execute(f"create or replace temp table restarts as {first}")
        own.sql(second).write_parquet(str(part), compression="zstd", row_group_size=ROW_GROUP)
        count = pq.read_metadata(part).num_rows
        part.replace(target)
    finally:
        own.close()
        part.unlink(missing_ok=True)
    return int(count)


def assess_rows(
    observations: pa.Table,
    rules: Iterable[SeriesRule],
    *,
    as_of: date,
    methods: Sequence[str] = (DEFAULT,),
    breaks: pa.Table | None = None,
    newest_first: Sequence[str] = (),
) -> list[Assessment]:
    """Assess a small table, such as one country: one Assessment per key and method, sorted by key, then method.

    Several datasets may give the same key and year: the newer one counts (`select.newest_per_year`, which
    `newest_first` is for). `breaks` is the table of `breaks.find_breaks`.
    """
    chosen = [method(name) for name in methods]
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("observations", newest_per_year(observations, newest_first))
        connection.register("rules", rules_table(rules))
        if breaks is not None:
            connection.register("breaks", breaks)
        first, second = _sql(tuple(methods), as_of.year, breaks is not None)
        connection.execute(f"create temp table restarts as {first}")
        result = connection.execute(second)
        names = [column[0] for column in result.description]
        found = sorted(result.fetchall())  # the key comes first, and no key comes twice
    return [_assessment(dict(zip(names, row, strict=True)), one, as_of) for row in found for one in chosen]


def _assessment(row: Mapping[str, Any], chosen: Method, as_of: date) -> Assessment:
    """One result row as a record."""
    prefix = chosen.column
    category = row[f"{prefix}_category"]
    return Assessment(
        **{name: row[name] for name in _CARRIED},
        method=chosen.id,
        version=chosen.version,
        category=category,
        improving=None if category == UNABLE else chosen.category(category).improving,
        reason=row[f"{prefix}_reason"] or "",
        value=row[f"{prefix}_value"],
        score=row[f"{prefix}_score"],
        flags=flags(row, as_of=as_of, unable=category == UNABLE),
    )


def flags(row: Mapping[str, Any], *, as_of: date, unable: bool) -> tuple[str, ...]:
    """Short remarks on one row of `assess`, in a fixed order and in plain words.

    A met target of a series that is `unable` is dated: "target met" would read like a result of the method.
    """
    met, latest = row["last_met_year"], row["latest_year"]
    reached = met is not None and met == latest
    when = f" in {met}" if unable else ""
    remarks = {
        OLD_FLAG: latest is not None and latest < as_of.year - TOO_OLD_AFTER,
        f"met{when}" if unable else "target met": reached and _meets(row),
        f"within one point of the target{when}": reached and not _meets(row),
        f"met in {met}, lost": met is not None and latest is not None and met < latest,
        "target year passed": row["target"] is not None and latest is not None and latest > row["target_year"],
        f"break in {row['break_year']}": row["break_year"] is not None,
        f"values before the break left out: {row['before_break']}": row["before_break"] > 0,
        f"leading zeros left out: {row['leading_zeros']}": row["leading_zeros"] > 0,
        f"censored values left out: {row['censored']}": row["censored"] > 0,
        f"zero values: {row['zeros']}": row["zeros"] > 0,
        f"estimated values: {row['points']}": row["nature"] in ESTIMATED and row["points"] > 0,
        "year range, first year used": row["ranges"],
    }
    return tuple(words for words, said in remarks.items() if said)


def _meets(row: Mapping[str, Any]) -> bool:
    """Whether the latest value meets the target itself, not only to within a point."""
    value, target = row["latest_value"], row["target"]
    if row["direction"] == "up":
        return bool(value >= target)
    return bool((max(value, 1 / value) if row["direction"] == "parity" else value) <= target)
