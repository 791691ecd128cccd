"""The same checks over the real files, with their counts: what is read, stored and rejected, and figures by hand."""

import csv
import gzip
import io
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from waymark.engines.indicators import ingest
from waymark.engines.indicators.rows import reason_words
from waymark.engines.indicators.store import Store
from waymark.gcm.errors import InputError

pytestmark = pytest.mark.real

COUNTS = {
    "unsd-sdg-global-2020-10-ddf.zip": ("ddf", 1_128_726, 472),
    "unsd-sdg-global-2019q1-longcsv-migration-series.zip": ("unsd-long-csv", 17_722, 16),
    "unsd-sdg-global-2019q1-xlsx.zip": ("unsd-workbook", 39_990, 4),
    "undesa-migrant-stock-2019-2020.zip": ("undesa-workbook", 30_564, 8),
    "worldbank-rpw-corridors-and-remittances.zip": ("worldbank-csv", 202_708, 2),
    "worldbank-databank-wdi-electricity.zip": ("worldbank-csv", 125_570, 9),
    "iom-missing-migrants-aggregated-2025-03.zip": ("iom-missing-migrants", 1_391, 1),
    "iom-gdidata/undesa_stocks.csv.gz": ("iom-gdidata", 153_296, 1),
    "iom-gdidata/undesa_stocks_2020.csv.gz": ("iom-gdidata", 170_618, 1),
    "iom-gdidata/iom_mmp.csv.gz": ("iom-missing-migrants", 19_669, 1),
    "iom-gdidata/wdi.csv.gz": ("iom-gdidata", 92_435, 13),
    "iom-gdidata/unhcr.csv.gz": ("iom-gdidata", 191_857, 1),
    "iom-gdidata/idmc_flows.csv.gz": ("iom-gdidata", 4_071, 1),
    "iom-gdidata/idmc_stocks.csv.gz": ("iom-gdidata", 1_541, 1),
    "iom-gdidata/emdat_disaster.csv.gz": ("iom-gdidata", 16_128, 3),
    "iom-gdidata/eu_asyapp.csv.gz": ("iom-gdidata", 43_896, 1),
    "unhcr-refugees/population.csv.gz": ("unhcr-population", 1_250_037, 9),
}
"""File → reader, rows read, series stored. Rows of wide tables are cells."""

NOT_STATISTICS_OF_PLACES = (
    "passport-index.zip",
    "sdmx-kyrgyzstan-sdg-dsd-and-data.zip",
    "unsd-sdg-api-availability-tsv-2018.zip",
    "iom-gdidata/frontex.csv.gz",
    "unhcr-refugees/flows.csv.gz",
    "documents/guide.pdf",
)


@cache
def checked(path: Path) -> ingest.Prepared:
    return ingest.check(path)


@pytest.mark.parametrize("name", COUNTS)
def test_rows_read_are_rows_stored_plus_rejected(real: Path, name: str) -> None:
    report = checked(real / name)
    manifest = report.manifest
    reasons = ", ".join(f"{count:,} {reason_words(key)}" for key, count in manifest.rejected_by_reason.items())
    sys.stdout.write(
        f"\n{name}: read {manifest.rows_read:,} = stored {manifest.rows_stored:,} + rejected "
        f"{manifest.rows_rejected:,} ({reasons or 'none'}); {manifest.series} series, {manifest.places} places"
    )
    assert manifest.rows_read == manifest.rows_stored + manifest.rows_rejected
    assert manifest.rows_rejected == report.checked.rejects.num_rows
    assert (manifest.reader, manifest.rows_read, manifest.series) == COUNTS[name]
    keys = report.checked.observations.select(["series", "place", "disagg", "unit", "nature", "period"])
    assert keys.group_by(keys.column_names).aggregate([]).num_rows == keys.num_rows, "one row per key and period"


@pytest.mark.parametrize("name", NOT_STATISTICS_OF_PLACES)
def test_what_is_no_such_table_is_refused(real: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"no reader knows|No table of statistics"):
        ingest.check(real / name)


def test_no_area_of_the_sdg_database_is_unknown(real: Path) -> None:
    reasons = checked(real / "unsd-sdg-global-2020-10-ddf.zip").manifest.rejected_by_reason
    assert set(reasons) == {"out-of-range"}


def test_censored_values_are_kept_as_counted_in_the_text(real: Path) -> None:
    """Counted here from the members' text with the csv module alone."""
    path = real / "unsd-sdg-global-2020-10-ddf.zip"
    counted: Counter[str] = Counter()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "datapoints" in name:
                rows = csv.reader(io.TextIOWrapper(archive.open(name), encoding="utf-8"))
                next(rows)
                counted.update(row[-1][0] if row[-1][0] in "<>" else row[-1] for row in rows if row[-1][0] in "<>N")
    stored = Counter(checked(path).checked.observations.column("qualifier").to_pylist())
    del stored[""]
    assert stored == counted
    assert counted["N"] == 2_858


def test_negative_costs_are_rejected_with_their_place(real: Path) -> None:
    rejects = checked(real / "worldbank-rpw-corridors-and-remittances.zip").checked.rejects.to_pylist()
    found = [row for row in rejects if row["reason"].startswith("out-of-range")]
    assert len(found) == 5
    assert all(float(row["value"]) < 0 and row["row"] > 1 and "YR" in row["column"] for row in found)


def test_georgias_stock_of_migrants_in_three_sources(real: Path) -> None:
    """304 470 in 1990 and 79 368 in 2020, in the workbook and added up from the table by origin; 2024 by hand."""
    totals = {}
    for name in (
        "undesa-migrant-stock-2019-2020.zip",
        "iom-gdidata/undesa_stocks_2020.csv.gz",
        "iom-gdidata/undesa_stocks.csv.gz",
    ):
        rows = checked(real / name).checked.observations.to_pylist()
        totals[name] = {
            row["year"]: row["value"]
            for row in rows
            if (row["place"], row["series"], row["disagg"]) == ("GEO", "undesa:MIGRANT_STOCK", "")
        }
    workbook, origin_2020, origin_2024 = totals.values()
    assert workbook == origin_2020
    assert (workbook[1990], workbook[2020]) == (304_470, 79_368)
    with gzip.open(real / "iom-gdidata" / "undesa_stocks.csv.gz", "rt", encoding="utf-8") as lines:
        by_hand = sum(float(row["n"]) for row in csv.DictReader(lines) if (row["geo"], row["t"]) == ("GEO", "2024"))
    assert origin_2024[2024] == by_hand


def test_dead_and_missing_by_hand(real: Path) -> None:
    with gzip.open(real / "iom-gdidata" / "iom_mmp.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        by_hand: Counter[tuple[str, int]] = Counter()
        for row in csv.DictReader(lines):
            by_hand[row["geo"], int(row["t"][:4])] += int(float(row["dead"]))
    stored = checked(real / "iom-gdidata" / "iom_mmp.csv.gz").checked.observations.to_pylist()
    assert {(row["place"], row["year"]): row["value"] for row in stored if row["place_kind"] == "country"} == {
        key: value for key, value in by_hand.items() if key[0] in {row["place"] for row in stored}
    }
    assert sum(row["value"] for row in stored) == sum(by_hand.values())


def test_a_second_ingest_of_a_real_file_changes_nothing(real: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "datasets")
    path = real / "undesa-migrant-stock-2019-2020.zip"
    first = ingest.add(path, store=store)
    assert (first.id, first.licence, first.released, first.reuse) == (
        "undesa-migrant-stock-2020",
        "CC BY 3.0 IGO",
        "2020",
        True,
    )
    assert ingest.add(path, store=store).already
    assert ingest.faults(store, first) == []
