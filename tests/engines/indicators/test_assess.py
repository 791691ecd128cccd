"""The interfaces of assessment; what the methods say is specified in tests/spec/methods."""

from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from waymark.engines.indicators.assess import (
    Assessment,
    SeriesRule,
    assess,
    assess_file,
    assess_rows,
    classify,
    statistics,
)
from waymark.engines.indicators.methods import DEFAULT, METHODS, method
from waymark.engines.indicators.schema import OBSERVATIONS
from waymark.gcm.errors import NotFoundError

AS_OF = date(2026, 5, 8)
RULES = [
    SeriesRule("made:RATE", "up", 50.0),
    SeriesRule("made:STOCK", "up", stock=True),
    SeriesRule("made:CONTEXT", "none"),
]


def observations(*groups: tuple[str, dict[int, float | None]], **more: Any) -> pa.Table:
    plain = {
        "dataset": "made-2026",
        "place": "QOR",
        "place_kind": "country",
        "disagg": "",
        "unit": "percent",
        "nature": "C",
        "qualifier": "",
        "bound": None,
        "break_before": False,
        "detail": "",
        "member": "",
        "row": 1,
    }
    rows = [
        {**plain, "series": series, "year": year, "period": str(year), "value": value, **more}
        for series, values in groups
        for year, value in values.items()
    ]
    return pa.Table.from_pylist(rows, schema=OBSERVATIONS)


TABLE = observations(
    ("made:STOCK", {2015: 0.0, 2018: 40.0, 2025: 50.0}),
    ("made:RATE", {2015: 20.0, 2025: 30.0}),
    ("made:CONTEXT", {2015: 20.0, 2025: 30.0}),
    ("made:NO_RULE", {2015: 20.0, 2025: 30.0}),
)


def test_record_carries_everything_it_was_computed_from() -> None:
    found = assess_rows(TABLE, RULES, as_of=AS_OF)
    assert found[1] == Assessment(
        series="made:RATE",
        place="QOR",
        disagg="",
        unit="percent",
        nature="C",
        method=DEFAULT,
        version=METHODS[DEFAULT].version,
        category="fair",
        improving=True,
        reason="",
        base_year=2015,
        base_value=20.0,
        latest_year=2025,
        latest_value=30.0,
        points=2,
        target=50.0,
        target_year=2030,
        direction="up",
        value=pytest.approx(0.558078, abs=1e-6),
        score=None,
        flags=(),
        old=False,
    )


def test_rows_are_sorted_by_key_then_method_and_series_without_rule_left_out() -> None:
    found = assess_rows(TABLE, RULES, as_of=AS_OF, methods=("opensdg-2.4", DEFAULT))
    assert [(one.series, one.method) for one in found] == [
        (series, name)
        for series in ("made:CONTEXT", "made:RATE", "made:STOCK")
        for name in ("opensdg-2.4", "unsd-progress-chart-2023")
    ]


def test_several_datasets_the_newer_counts() -> None:
    older = observations(("made:RATE", {2015: 20.0, 2025: 10.0}), dataset="made-2024")
    both = pa.concat_tables([older, TABLE])
    assert assess_rows(both, RULES, as_of=AS_OF) == assess_rows(TABLE, RULES, as_of=AS_OF)
    (first, *_) = assess_rows(both, [RULES[0]], as_of=AS_OF, newest_first=["made-2024", "made-2026"])
    assert first.latest_value == 10.0


def test_no_observations_give_no_assessments() -> None:
    assert assess_rows(OBSERVATIONS.empty_table(), RULES, as_of=AS_OF) == []
    assert assess_rows(TABLE, [], as_of=AS_OF) == []


def test_statistics_then_classify_say_the_same_as_assess() -> None:
    connection = ibis.duckdb.connect()
    rows = ibis.memtable(TABLE)
    stats = statistics(rows, RULES)
    apart = connection.to_pyarrow(classify(stats, "opensdg-2.4").order_by("series")).to_pylist()
    together = connection.to_pyarrow(assess(rows, RULES, methods=("opensdg-2.4",)).order_by("series")).to_pylist()
    assert [row["leading_zeros"] for row in apart] == [0, 0, 1]
    assert [{name: row[name] for name in together[0]} for row in apart] == together


def test_file_to_file_says_the_same_as_rows(tmp_path: Path) -> None:
    source, target = tmp_path / "observations.parquet", tmp_path / "assessments.parquet"
    pq.write_table(TABLE, source)
    count = assess_file(source, target, RULES)
    found = pq.read_table(target).sort_by("series").to_pylist()
    rows = assess_rows(TABLE, RULES, as_of=AS_OF)
    assert count == len(found) == 3
    assert [row["unsd_progress_chart_2023_category"] for row in found] == [row.category for row in rows]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["assessments.parquet", "observations.parquet"]


def test_file_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    source, target = tmp_path / "observations.parquet", tmp_path / "assessments.parquet"
    source.write_bytes(b"PAR1 this is not a table")
    target.write_bytes(b"the former result")
    with pytest.raises(Exception, match="parquet"):
        assess_file(source, target, RULES)
    assert target.read_bytes() == b"the former result"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["assessments.parquet", "observations.parquet"]


def test_unknown_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match=r"unsd-progress-chart-2023, opensdg-2\.4"):
        assess_rows(TABLE, RULES, as_of=AS_OF, methods=("best-guess",))


def test_two_rules_for_one_series_are_refused() -> None:
    with pytest.raises(ValueError, match="made:RATE"):
        assess_rows(TABLE, [*RULES, SeriesRule("made:RATE", "down")], as_of=AS_OF)


def test_methods_are_cited_and_their_categories_closed() -> None:
    assert next(iter(METHODS)) == DEFAULT
    for name, found in METHODS.items():
        assert method(name) is found
        assert found.version
        assert {source.mark for source in found.sources} <= {"verified", "secondary", "proposal"}
        assert any("improving" in source.rule for source in found.sources)
        with pytest.raises(KeyError):
            found.category("unable")
