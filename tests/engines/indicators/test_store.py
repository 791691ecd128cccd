"""Stores: what can be asked, which dataset counts, and what bundled figures are."""

import subprocess
import sys

import pyarrow as pa
import pytest

from waymark.engines.indicators import ingest
from waymark.engines.indicators.manifest import read_manifest
from waymark.engines.indicators.schema import OBSERVATIONS
from waymark.engines.indicators.store import Bundle, Store, all_observations, bundled, vintage
from waymark.gcm.errors import InputError, NotFoundError

TEXT = "series,place,year,value\na,GEO,2015,1\na,ARM,2015,2\nb,GEO,2015,3\n"


@pytest.fixture
def filled(store, write):
    ingest.add(write("one.csv", TEXT), store=store, released="2020")
    ingest.add(
        write("two.csv", TEXT.replace("a,GEO,2015,1", "a,GEO,2015,9").replace("b,GEO", "c,GEO")),
        store=store,
        released="2021-03",
    )
    return store


def rows(table):
    return [(r["dataset"], r["series"], r["place"], r["value"]) for r in table.to_pylist()]


def test_a_store_that_does_not_exist_is_empty(tmp_path):
    store = Store(tmp_path / "nowhere")
    assert (store.datasets(), store.paths()) == ((), [])
    assert store.observations() == OBSERVATIONS.empty_table()
    assert not (tmp_path / "nowhere").exists(), "asking creates nothing"


def test_observations_by_series_and_place(filled):
    assert filled.observations().schema == OBSERVATIONS
    assert rows(filled.observations(series=["own:a"], places=["GEO"])) == [
        ("one", "own:a", "GEO", 1.0),
        ("two", "own:a", "GEO", 9.0),
    ]
    assert rows(filled.observations(series=[])) == []
    assert [row[1] for row in rows(filled.observations())] == sorted(row[1] for row in rows(filled.observations()))


def test_manifests_by_id(filled):
    assert [known.id for known in filled.datasets()] == ["one", "two"]
    assert filled.manifest("two").released == "2021-03"
    with pytest.raises(NotFoundError, match="one, two"):
        filled.manifest("three")


def test_rejects_are_kept(filled, write):
    ingest.add(write("three.csv", TEXT + "a,Atlantis,2015,1\n"), store=filled)
    assert filled.rejects("three").column("reason").to_pylist() == ["unknown-area"]


def test_the_newest_dataset_of_a_series_counts(filled):
    assert rows(all_observations(filled)) == [
        ("two", "own:a", "ARM", 2.0),
        ("two", "own:a", "GEO", 9.0),
        ("one", "own:b", "GEO", 3.0),
        ("two", "own:c", "GEO", 3.0),
    ]
    assert len(rows(all_observations(filled, newest=False))) == 6
    assert all_observations() == OBSERVATIONS.empty_table()


def test_an_unknown_release_counts_as_the_last_year(store, write):
    ingest.add(write("old.csv", TEXT), store=store)
    ingest.add(write("new.csv", TEXT.replace("2015", "2016")), store=store)
    assert [vintage(known) for known in store.datasets()] == ["2016", "2015"]
    assert {row[0] for row in rows(all_observations(store))} == {"new"}


def test_a_dataset_in_two_stores_is_taken_from_the_first(filled, tmp_path, write):
    other = Store(tmp_path / "other")
    ingest.add(write("one.csv", "series,place,year,value\na,GEO,2015,77\nz,GEO,2015,1\n"), store=other)
    found = rows(all_observations(filled, other, newest=False))
    assert ("one", "own:a", "GEO", 1.0) in found
    assert not any(value == 77 or series == "own:z" for _, series, _, value in found)


def test_a_replacement_cut_off_between_its_renames_is_undone(filled):
    (filled.root / "one").rename(filled.root / ".former-one")
    assert [known.id for known in Store(filled.root).datasets()] == ["one", "two"]


def test_a_manifest_that_is_none_is_refused(tmp_path, filled):
    path = filled.root / "one" / "manifest.json"
    assert read_manifest(path).kept_json() == path.read_text()
    path.write_text('{"format": 99}')
    with pytest.raises(InputError, match="manifest"):
        filled.datasets()


def test_bundled_figures_follow_the_schema_and_name_their_sources():
    store = bundled()
    ids = {known.id for known in store.datasets()}
    table = store.observations(places=["GEO"])
    assert table.schema == OBSERVATIONS
    assert set(table.column("dataset").to_pylist()) <= ids
    assert all(known.reuse and known.licence != "unknown" for known in store.datasets())
    assert all(known.rows_read == known.rows_stored + known.rows_rejected for known in store.datasets())
    assert store.paths()[0].stat().st_size <= 4_000_000
    stock = store.observations(series=["undesa:MIGRANT_STOCK"], places=["GEO"]).to_pylist()
    workbook = {
        r["year"]: r["value"] for r in stock if r["dataset"] == "undesa-migrant-stock-2020" and r["disagg"] == ""
    }
    assert workbook[1990] == 304470, "International Migrant Stock 2020, Table 1"
    assert workbook[2020] == 79368


def test_a_bundle_without_files_is_empty(tmp_path):
    assert Bundle(tmp_path).observations() == OBSERVATIONS.empty_table()


def test_the_same_rows_are_the_same_bytes(tmp_path, write):
    digests = set()
    for name in ("x", "y"):
        store = Store(tmp_path / name)
        ingest.add(write("one.csv", TEXT), store=store)
        digests.add(store.paths()[0].read_bytes())
    assert len(digests) == 1
    assert pa.parquet.read_schema(tmp_path / "x" / "one" / "observations.parquet").names == OBSERVATIONS.names


def test_figures_are_read_by_a_process_that_loaded_nothing_else():
    code = (
        "from waymark.engines.indicators.store import bundled; print(bundled().observations(series=['none']).num_rows)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "0\n", done.stderr
