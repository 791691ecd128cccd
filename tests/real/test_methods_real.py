"""The rules of ours over the whole SDG Global Database of October 2020, as the sources of the methods count them."""

import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bench.data import rules as made_up
from tests.spec.methods import counted, second
from tests.spec.methods.said import DATABASE_SERIES, changes, said
from waymark.engines.indicators.ingest import add
from waymark.engines.indicators.methods import METHODS
from waymark.engines.indicators.store import Store

pytestmark = pytest.mark.real

DDF = "unsd-sdg-global-2020-10-ddf.zip"


def test_database_by_made_up_rules(real: Path, tmp_path: Path) -> None:
    add(real / DDF, store=Store(tmp_path / "datasets"), dataset="sdg", title="SDG Global Database")
    (source,) = (tmp_path / "datasets").rglob("observations.parquet")
    given = made_up(source)
    rules = {one.series: second.Rule(one.direction, one.target, percent=one.percent, stock=one.stock) for one in given}
    keys = list(second.series_of(pq.read_table(source), rules))
    written = second.say(keys, rules)
    assert len(keys) == DATABASE_SERIES
    ours = said(pq.read_table(source), given)
    assert {key: (ours[key], result) for key, result in written.items() if ours[key] != result} == {}
    found = {rule: second.changed(keys, rules, written, rule) for rule in second.OURS}
    found["age"] = second.old(keys, written)
    told = [f"\nSeries that a rule of ours changes, of {len(keys):,}, with the code {counted.fingerprint()}:"]
    for rule, changed in found.items():
        told.append(f"  {rule}: {', '.join(f'{name} {number:,}' for name, number in changed.items())}")
    sys.stdout.write("\n".join([*told, ""]))
    assert found == {rule: {name: changes(name, rule).database for name in METHODS} for rule in found}
    assert counted.fingerprint() == counted.COUNTED_WITH, "the counts are right: write this hash to COUNTED_WITH"
