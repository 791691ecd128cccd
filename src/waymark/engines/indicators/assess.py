"""Assessments: what a method says about each series of a place, from one pass over the observations.

`assess` builds one expression for any number of observations; `assess_rows` runs the same expression on DuckDB for a
small table and returns records. Result columns per method start with the method's name (`Method.column`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from waymark.engines.indicators.assessment import (
    INPUTS,
    OLD_FLAG,
    TOO_OLD_AFTER,
    Assessment,
    Measured,
    Verdict,
    assessment,
)
from waymark.engines.indicators.breaks import BREAKS
from waymark.engines.indicators.judges import JUDGES
from waymark.engines.indicators.judges.arithmetic import rate, share
from waymark.engines.indicators.methods import DEFAULT, Method, method
from waymark.engines.indicators.schema import OBSERVATIONS
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

ROW_GROUP = 61_440
"""Rows that the writer of `assess_file` holds back per thread: half of DuckDB's usual, for half its memory."""


def prepare(stats: ir.Table) -> ir.Table:
    """`statistics` with what every method needs beside it.

    `target` in the unit of the series, also where it is a part of the baseline; `last_met_year` of such a target,
    where the latest value meets it. `start` and `end` (base and latest value; for parity their distance from it),
    `span` (years between them), `at_limit` (both stand at the natural limit), `ratio`, `wanted_growth` (compound yearly
    rate, positive when it goes the wanted way; the sign turned for a negative baseline), `hindrance` (the reason why no
    method can say anything, or null).
    """
    parity = stats.direction == "parity"
    stats = stats.mutate(
        target=ibis.ifelse(stats.of_baseline, stats.target * stats.base_value, stats.target),
        start=ibis.ifelse(parity, _from_parity(stats.base_value, stats.even), stats.base_value),
        end=ibis.ifelse(parity, _from_parity(stats.latest_value, stats.even), stats.latest_value),
        span=(stats.latest_year - stats.base_year).cast("float64"),
        hindrance=_hindrance(stats),
    )
    ends = (stats.limit_from, stats.limit_to)
    at_limit = (stats.span > 0) & stats.base_value.between(*ends) & stats.latest_value.between(*ends)
    reached = stats.of_baseline & (stats.span > 0) & (stats.wanted_sign * (stats.end - stats.target) >= 0)
    prepared = stats.mutate(
        ratio=share(stats.end, stats.start),
        at_limit=at_limit.fill_null(False),
        last_met_year=ibis.ifelse(reached.fill_null(False), stats.latest_year, stats.last_met_year),
    )
    turn = ibis.ifelse(prepared.start < 0, -prepared.wanted_sign, prepared.wanted_sign)
    return prepared.mutate(wanted_growth=turn * rate(prepared.ratio, prepared.span))


def _from_parity(value: ir.Value, even: ir.Value) -> ir.Value:
    """How far a value is from parity: max(y, 1/y) for a ratio, even + |y - even| for a share.

    Null for a ratio that is not above zero.
    """
    of_ratio = ibis.ifelse(value > 0, ibis.greatest(value, share(ibis.literal(1.0), value)), ibis.null())
    return ibis.ifelse(even.isnull(), of_ratio, even + (value - even).abs())


def _hindrance(t: ir.Table) -> ir.Value:
    """The reason shared by all methods, or null."""
    return ibis.cases(
        (t.direction == "none", "direction none"),
        (t.growth_rate, "growth rate needs expert judgement"),
        else_=ibis.null(),
    )


RESULTS = ("category", "reason", "value", "score")


def _results(chosen: Method) -> list[str]:
    """The names of the result columns of one method."""
    return [f"{chosen.column}_{name}" for name in RESULTS]


def classify(stats: ir.Table, method_id: str) -> ir.Table:
    """`statistics` with the columns of one method added; raises NotFoundError for an unknown method."""
    chosen = method(method_id)
    return JUDGES[chosen.id](prepare(stats)).select(*stats.columns, "at_limit", *_results(chosen))


def assess(
    observations: ir.Table,
    rules: ir.Table | Iterable[SeriesRule],
    *,
    methods: Sequence[str] = (DEFAULT,),
    breaks: ir.Table | None = None,
    begun_later: ir.Table | None = None,
) -> ir.Table:
    """One row per key that has a rule: INPUTS once, then category, reason, value and score of each method.

    The observations hold one row per key and year. Nothing runs until the table is read or written. No age is judged
    here. Raises NotFoundError for an unknown method, ValueError for two rules of one series.
    """
    chosen = [method(name) for name in methods]
    table = prepare(statistics(observations, rules, breaks=breaks, begun_later=begun_later))
    for one in chosen:
        table = JUDGES[one.id](table)
    return table.select(*INPUTS, *(name for one in chosen for name in _results(one)))


@lru_cache(maxsize=16)
def _sql(methods: tuple[str, ...], with_breaks: bool) -> tuple[str, str]:
    """The same expressions as DuckDB's SQL: for the table `restarts`, then for the result that reads it.

    They read the tables `observations`, `rules` and `breaks`. Building and compiling takes about as long as assessing
    a million observations, so each shape is compiled once. Storing the few restarts tells the engine how few they are.
    """
    plain = pa.schema([(field.name, field.type) for field in OBSERVATIONS])  # no promise of "not null", as Parquet
    observations = ibis.table(ibis.Schema.from_pyarrow(plain), name="observations")
    rules = ibis.table(ibis.Schema.from_pyarrow(RULES), name="rules")
    breaks = ibis.table(ibis.Schema.from_pyarrow(BREAKS), name="breaks") if with_breaks else None
    later = ibis.table(ibis.Schema.from_pyarrow(RESTARTS), name="restarts")
    result = assess(observations, rules, methods=methods, begun_later=later)
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
        first, second = _sql(tuple(methods), False)
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

    `as_of` is the day on which the age of the latest values is judged.
    Several datasets may give the same key and year: the newer one counts (`select.newest_per_year`, which
    `newest_first` is for). `breaks` is the table of `breaks.find_breaks`.
    """
    chosen = [method(name) for name in methods]
    found = _found(observations, rules, methods, breaks, newest_first)
    return [assessment(row, one, _verdicts(row, [one])[one.id], as_of) for row in found for one in chosen]


def measure_rows(
    observations: pa.Table,
    rules: Iterable[SeriesRule],
    *,
    methods: Sequence[str],
    breaks: pa.Table | None = None,
    newest_first: Sequence[str] = (),
) -> list[Measured]:
    """As `assess_rows`, but of no day: `assessment.judged` says how old the result is when it is read."""
    chosen = [method(name) for name in methods]
    found = _found(observations, rules, methods, breaks, newest_first)
    return [Measured({name: row[name] for name in INPUTS}, _verdicts(row, chosen)) for row in found]


def _found(
    observations: pa.Table,
    rules: Iterable[SeriesRule],
    methods: Sequence[str],
    breaks: pa.Table | None,
    newest_first: Sequence[str],
) -> list[dict[str, Any]]:
    """The rows of `assess`, sorted by key."""
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("observations", newest_per_year(observations, newest_first))
        connection.register("rules", rules_table(rules))
        if breaks is not None:
            connection.register("breaks", breaks)
        first, second = _sql(tuple(methods), breaks is not None)
        connection.execute(f"create temp table restarts as {first}")
        result = connection.execute(second)
        names = [column[0] for column in result.description]
        found = sorted(result.fetchall())  # the key comes first, and no key comes twice
    return [dict(zip(names, row, strict=True)) for row in found]


def _verdicts(row: Mapping[str, Any], chosen: Sequence[Method]) -> dict[str, Verdict]:
    """The result columns of each method."""
    return {
        one.id: Verdict(
            row[f"{one.column}_category"],
            row[f"{one.column}_reason"] or "",
            row[f"{one.column}_value"],
            row[f"{one.column}_score"],
        )
        for one in chosen
    }
