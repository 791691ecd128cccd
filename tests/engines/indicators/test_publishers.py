"""Publisher, licence and address belong to a file: proved by its bytes or its own layout, or said by a person."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from waymark.engines.indicators import ingest, walled
from waymark.engines.indicators.publishers import describe, known_files
from waymark.engines.indicators.readers import readers

DDF = "geo_area,nature,units,year,sl_tlf_neet\n268,c,percent,2019,5\n"
UNSD = (
    "Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Units\n"
    "8,8.6,8.6.1,SL_TLF_NEET,Youth,268,Georgia,2019,5,PERCENT\n"
)
UNSD_ALIKE = "SeriesCode,GeoAreaCode,Year,Value\nSL_TLF_NEET,268,2019,5\n"
SDMX = "DATAFLOW,SERIES,REF_AREA,TIME_PERIOD,OBS_VALUE\nIAEG-SDGs:DF_SDG_GLH(1.24),SL_TLF_NEET,268,2019,5\n"
WORLD_BANK = "Country Name,Country Code,Indicator Name,Indicator Code,2019\nGeorgia,GEO,R,BM.TRF.PWKR.CD.DT,5\n"
WORLD_BANK_ALIKE = "Country Code,Indicator Code,2019\nGEO,BM.TRF.PWKR.CD.DT,5\n"
UNHCR = (
    "year,coo,coo_iso,coa,coa_iso,refugees,asylum_seekers,returned_refugees,stateless\n2020,YEM,YEM,GEO,GEO,1,2,3,4\n"
)
UNHCR_ALIKE = "year,coo_iso,coa_iso,refugees,asylum_seekers,returned_refugees,stateless\n2020,YEM,GEO,1,2,3,4\n"
WDI = "geo,var,t,v\nGEO,nmig,2019,5\n"
INCIDENTS = "t,m,type,route,geo,dead,cause,surv,nat,location,lon,lat\n2019-01-02,1,I,R,GEO,3,Drowning,,GTM,x,1,2\n"
BY_CAUSE = "year,cause,lon,lat,n\n2019,Drowning,1,2,3\n"
TIDY = "series,place,year,value,unit\nunsd:SL_TLF_NEET,GEO,2019,5,percent\n"

TEXTS = [
    ("ddf", DDF, ""), ("unsd-long-csv", UNSD, "unsd"), ("unsd-long-csv", UNSD_ALIKE, ""), ("sdmx-csv", SDMX, "unsd"),
    ("sdmx-csv", SDMX.replace("IAEG-SDGs:DF_SDG_GLH", "KG:DF_SDG_NAT"), ""), ("worldbank-csv", WORLD_BANK, "wb"),
    ("worldbank-csv", WORLD_BANK_ALIKE, ""), ("unhcr-population", UNHCR, "unhcr"),
    ("unhcr-population", UNHCR_ALIKE, ""), ("iom-gdidata", WDI, ""),
    ("iom-missing-migrants", INCIDENTS, "iom"), ("iom-missing-migrants", BY_CAUSE, ""),
    ("tidy-csv", TIDY, ""),
]  # fmt: skip
"""Reader, a table that it reads, and whose layout that proves it to be."""


def stock(symbol: str) -> list[list[Any]]:
    title = "International migrant stock at mid-year (both sexes)"
    return [
        [symbol], ["", "", "", "", title, "", ""], ["Area", "Notes", "Location code", "Type of data", 1990, 2000, 2010],
        ["Georgia", "", 268, "B", 3, 4, 5],
    ]  # fmt: skip


SHEETS = [
    ("undesa-workbook", stock("(POP/DB/MIG/Stock/Rev.2020)"), "undesa"), ("undesa-workbook", stock("Our own"), ""),
    ("unsd-workbook", [line.split(",") for line in UNSD.splitlines()], "unsd"),
    ("unsd-workbook", [line.split(",") for line in UNSD_ALIKE.splitlines()], ""),
    ("tidy-xlsx", [line.split(",") for line in TIDY.splitlines()], ""),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "text", "proved"), TEXTS)
def test_a_text_proves_its_publisher_by_its_layout_alone(
    reader: str, text: str, proved: str, write: Callable[[str, str], Path]
) -> None:
    told(ingest.check(write("x.csv", text)).manifest, reader, proved)


@pytest.mark.parametrize(("reader", "rows", "proved"), SHEETS)
def test_a_workbook_proves_its_publisher_by_its_layout_alone(
    reader: str, rows: list[list[Any]], proved: str, write: Callable[..., Path], workbook: Callable[..., bytes]
) -> None:
    told(ingest.check(write("x.xlsx", workbook({"Table 1": rows}))).manifest, reader, proved)


def told(manifest: Any, reader: str, proved: str) -> None:
    known = describe("", [proved])
    assert manifest.reader == reader
    assert (manifest.publisher, manifest.address, manifest.licence, manifest.reuse) == (
        (known["publisher"], known["address"], known["licence"], known["reuse"])
        if proved
        else ("unknown", "unknown", "unknown", False)
    )


def test_every_reader_says_what_its_layout_proves() -> None:
    tried = {reader for reader, *_ in (*TEXTS, *SHEETS)}
    assert {reader.name for reader in readers()} - tried == {"tidy-parquet"}, "the layout of tidy-csv"


def test_what_is_said_stands_and_takes_nothing_of_another_publisher(write: Callable[[str, str], Path]) -> None:
    path = write("x.csv", WORLD_BANK)
    said = ingest.check(path, publisher="Statistical Office").manifest
    assert (said.publisher, said.address, said.licence, said.reuse) == (
        "Statistical Office", "unknown", "unknown", False,
    )  # fmt: skip
    same = ingest.check(path, publisher="World Bank", licence="CC BY-ND 4.0").manifest
    assert (same.address, same.licence, same.reuse) == ("https://data.worldbank.org", "CC BY-ND 4.0", False)


def test_tables_of_several_publishers_name_each_and_what_proves_nobody_is_unknown(
    zipped: Callable[..., Path],
) -> None:
    manifest = walled.check(zipped("x.zip", {"a.csv": WORLD_BANK, "b.csv": UNHCR, "c.csv": TIDY})).manifest
    assert (manifest.publisher, manifest.reuse) == ("UNHCR; World Bank; unknown", False)
    both = walled.check(zipped("y.zip", {"a.csv": WORLD_BANK, "b.csv": UNHCR})).manifest
    assert (both.publisher, both.licence, both.reuse) == ("UNHCR; World Bank", "CC BY 4.0", True)


def test_a_known_file_has_the_facts_of_its_bytes_whatever_its_layout() -> None:
    for digest, known in known_files().items():
        facts = describe(digest, ["", "wb"])
        assert facts["publisher"] == describe("", known["by"].split())["publisher"], known["id"]
        assert facts["id"] == known["id"]
        assert "licence" not in describe(digest, [""], "Somebody else")
