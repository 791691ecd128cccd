"""Reviews of three real countries equal the rows of the file that the United Nations published, read here by hand.

One country has values that its source marks as not significant, one a break in a series, one little data.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import run_waymark
from tests.journeys.raw_rows import Row, bundled, bundled_manifests, definitions, faults_of, statistics, sums, totals

pytestmark = [pytest.mark.real, pytest.mark.slow]

ARCHIVE = "unsd-sdg-global-2020-10-ddf.zip"
DATASET = "unsd-sdg-2020-10"
COUNTRIES = {"ABW": "533", "MAR": "504", "NRU": "520"}
KEYS = ("geo_area", "nature", "units", "year")


@pytest.fixture(scope="module", params=sorted(COUNTRIES))
def review(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A country and its review, built by the command."""
    folder = tmp_path_factory.mktemp(request.param)
    for words in (("setup",), ("review", request.param, "--cycle", "imrf-2026", "--out", str(folder / "out"))):
        result = run_waymark(folder / "data", *words)
        assert result.returncode == 0, result.stderr
    return request.param, folder / "out"


def rows_in_file(archive: zipfile.ZipFile, series: str, area: str) -> Iterator[Row]:
    """The rows of a series for an area, with dimensions, ages and totals as our definitions write them."""
    code = series.removeprefix("unsd:").lower()
    member = next((name for name in archive.namelist() if f"--datapoints--{code}--by--" in name), None)
    if member is None:
        return
    ages = dict(csv.reader(io.TextIOWrapper(archive.open("ddf--entities--age.csv"), "utf-8")))
    none = totals()
    for number, line in enumerate(csv.DictReader(io.TextIOWrapper(archive.open(member), "utf-8")), start=2):
        if line["geo_area"] != area:
            continue
        pairs = [(name, line[name]) for name in line if name not in (*KEYS, code) and line[name]]
        kept = [
            (name, ages[value].lower() if name == "age" else value)
            for name, value in pairs
            if (name, value) not in none
        ]
        text = line[code]
        yield {
            "dataset": DATASET,
            "disagg": "|".join(sorted(f"{name}={value}" for name, value in kept)),
            "unit": line["units"],
            "nature": line["nature"].upper().replace("NOTSPEC", ""),
            "year": int(float(line["year"])),
            "period": line["year"],
            "value": None if text in ("N", "NV") else float(text),
            "qualifier": text if text in ("N", "NV") else "",
            "row": number,
        }


def test_a_review_equals_the_bundled_rows(review: tuple[str, Path]) -> None:
    place, folder = review
    assert faults_of(folder, bundled(place), bundled_manifests()) == []


def test_a_review_equals_the_rows_of_the_published_file(review: tuple[str, Path], real: Path) -> None:
    place, folder = review
    known, checked = definitions(), 0
    with zipfile.ZipFile(real / ARCHIVE) as archive:
        for code, statistic in statistics(folder).items():
            if not statistic["series"].startswith("unsd:") or code not in known:
                continue
            rows = list(rows_in_file(archive, statistic["series"], COUNTRIES[place]))
            rows += sums(rows, known[code], statistic["disagg"])
            there = defaultdict(set)
            for row in rows:
                if row["disagg"] == statistic["disagg"]:
                    there[row["year"], row["nature"]].add((row["value"], row["qualifier"]))
            for seen in statistic["observations"]:
                if seen["source"].startswith(f"dataset:{DATASET}|"):
                    assert (seen["value"], seen["qualifier"]) in there[seen["year"], seen["nature"]], (code, seen)
                    checked += 1
    assert checked > 60


def test_what_each_country_was_chosen_for(review: tuple[str, Path]) -> None:
    place, folder = review
    held = statistics(folder)
    if place == "ABW":
        assert held["sg_cpa_migrs"]["observations"][-1]["qualifier"] == "N"
        assert held["sg_cpa_migrs"]["course"] is None
    if place == "MAR":
        assert any(flag.startswith("break in") for one in held.values() for flag in one["assessments"][0]["flags"])
    if place == "NRU":
        assert len(held) < 45
