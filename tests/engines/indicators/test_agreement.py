"""Ours and the hand-written peers of the benchmark say the same of every series, edge cases included."""

import random
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench import assess_peers
from tests.spec.methods.example import Example, Result, Row, observations
from tests.spec.methods.toc import CHAPTERS
from waymark.engines.indicators.assess import SeriesRule, assess_file
from waymark.engines.indicators.statistics import rules_table

NAME = "unsd_progress_chart_2023"
NOTHING = Result("")


def drawn(number: int) -> Example:
    """A random series with a random rule; small numbers, so that equal values, zeros and targets meet often."""
    draw = random.Random(number)
    direction = draw.choice(["up", "down", "parity", "none"])
    rule: dict[str, Any] = {"direction": direction, "stock": draw.random() < 0.2, "percent": draw.random() < 0.5}
    rule["target"] = draw.choice([None, 1.0, 2.0, 5.0] if direction == "parity" else [None, 0.0, 3.0, 5.0, 100.0, -2.0])
    rule["natural_limit"] = draw.choice([None, 0.0, 5.0, 100.0])
    rule["target_year"] = draw.choice([None, 2016, 2020])
    if direction == "parity" and draw.random() < 0.5:
        rule |= {"even": 5.0, "target": draw.choice([None, 4.0, 5.0])}
    elif direction in ("up", "down") and rule["target"] is not None:
        rule["of_baseline"] = draw.random() < 0.3
    for name in ("binary", "categorical", "growth_rate"):
        rule[name] = draw.random() < 0.05
    values: dict[int, Any] = {}
    for year in sorted(draw.sample(range(2010, 2027), draw.randint(1, 7))):
        value = draw.choice([0.0, 0.0, 1.0, 2.0, 3.0, 5.0, 99.5, -1.0, draw.uniform(0, 10), "<5", "NV"])
        plain = isinstance(value, str) or draw.random() < 0.8
        values[year] = value if plain else Row(value, draw.random() < 0.5, draw.choice(["", f"{year}-{year + 2}"]))
    return Example(f"Series {number}.", values, NOTHING, NOTHING, rule=rule)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The observations, the rules, and our result over every example of the specification and 600 random series."""
    folder = tmp_path_factory.mktemp("agreement")
    examples = [example for chapter in CHAPTERS for example in chapter.examples] + [drawn(n) for n in range(600)]
    named = {f"made:{number}": example for number, example in enumerate(examples)}
    source, rule_file, ours = (folder / f"{name}.parquet" for name in ("observations", "rules", "ours"))
    pq.write_table(pa.concat_tables([observations(example, series) for series, example in named.items()]), source)
    rules = [SeriesRule(series, **example.rule) for series, example in named.items()]
    pq.write_table(rules_table(rules), rule_file)
    assess_file(source, ours, rules)
    return source, rule_file, ours


COMPARED = (
    "base_year", "latest_year", "points", "early", "at_limit", "zeros", "last_met_year", "censored", "break_year",
    "before_break",
)  # fmt: skip


def results(path: Path) -> dict[tuple[str, ...], tuple[Any, ...]]:
    names = (*COMPARED, "leading_zeros", f"{NAME}_category")
    columns = ", ".join(
        f"cast({name} as varchar)" if name.startswith(NAME) else f"cast({name} as bigint)" for name in names
    )
    rows = duckdb.execute(
        f"select series, unit, nature, {columns}, coalesce(cast({NAME}_reason as varchar), ''), {NAME}_value"
        " from read_parquet(?)",
        [str(path)],
    ).fetchall()
    return {row[:3]: row[3:] for row in rows}


def same(theirs: dict[tuple[str, ...], tuple[Any, ...]], ours: dict[tuple[str, ...], tuple[Any, ...]]) -> None:
    assert theirs.keys() == ours.keys()
    for key, row in ours.items():
        assert theirs[key][:-1] == row[:-1], key
        value = theirs[key][-1]
        assert (value is None or value != value) == (row[-1] is None), key
        if row[-1] is not None:
            assert value == pytest.approx(row[-1], rel=1e-9, abs=1e-12), key


def test_random_series_reach_every_category_and_reason(inputs: tuple[Path, Path, Path]) -> None:
    found = results(inputs[2]).values()
    assert {row[-3] for row in found} == {"on track", "fair", "stagnation", "unable"}
    assert len({row[-2] for row in found}) == 11


def test_hand_written_sql_agrees(inputs: tuple[Path, Path, Path], tmp_path: Path) -> None:
    source, rules, ours = inputs
    with duckdb.connect() as connection:
        assess_peers.with_duckdb(source, rules, tmp_path / "theirs.parquet", connection)
        assert "HASH_GROUP_BY" in assess_peers.plan(source, rules, connection).upper().replace(" ", "_")
    same(results(tmp_path / "theirs.parquet"), results(ours))


@pytest.mark.slow
@pytest.mark.parametrize("peer", assess_peers.PEERS)
def test_data_frames_agree(peer: str, inputs: tuple[Path, Path, Path], tmp_path: Path) -> None:
    source, rules, ours = inputs
    assess_peers.PEERS[peer](source, rules, tmp_path / "theirs.parquet")
    same(results(tmp_path / "theirs.parquet"), results(ours))
