"""What `bench.soak` feeds to the readers of sheets and of statistics: whole small files in each form that they take."""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from bench.writing import FIGURES, FORM, PLAN, REVIEW, VALUES
from waymark.engines.sheets.crosswalk import SheetRow, write_sheet
from waymark.gcm.recorded import (
    CLEARANCE,
    FORMAT,
    RecordedCitation,
    RecordedEdition,
    RecordedFile,
    RecordedFinding,
    RecordedPosition,
    RecordedRecommendation,
    RecordedReview,
)

Seeds = list[tuple[str, bytes]]
"""(ending, bytes) of each."""

HASH = "0123456789abcdef" * 4
FULL_FORM = f"""{FORM.replace("[sex]", "[sex, age]")}provisions: [gcm 7.f]
unit_label: {{en: per cent, ka: პროცენტი}}
target: 95
target_year: 2030
target_source: The plan of the ministry
baseline_year: 2018
valid_min: 0.0
valid_max: 100.0
natural_limit: 100
traits: []
caveats: {{en: Only permits for work.}}
outside_compact: false
classification: public
source: Annual report
locator: p. 4
mark: proposal
note: From the register.
"""
FULL_VALUES = (
    "indicator,period,value,reason,organisation,disaggregation,break_before,page,address,note\n"
    "qor-permits-in-time,2023,61.5,,qor-mol,sex=female,yes,4,https://example.org/a,A note\n"
    "qor-permits-in-time,2024,,not_collected,,,no,,,\nqor-permits-in-time,2022,<5,,,,,,,\n"
)
EARLIER = {
    "format": "waymark-earlier-review/1",
    "review": {"network": "qor-network", "cycle": "imrf-2022", "title": "A review"},
    "findings": [
        {
            "kind": "progress", "provision": "3", "text": "Leaflets exist.", "language": "en",
            "confirmed_on": "2018-04-10", "source": "The ministry", "locator": "p. 2", "mark": "secondary",
        }
    ],
    "recommendations": [{"code": "R1", "provision": "7", "text": "Train guardians.", "concerns": ["15"]}],
}  # fmt: skip
MARKDOWN = """# Objective 1

## Title: Collect data

We commit to collect data. To realize this commitment, we will draw from the following actions:

## Associated actions

- a. Compare the prices of transfers.
- b. Publish them each month.
"""
STATISTICS = (
    FIGURES,
    "Series;Place;Period;Value;Unit;Nature;Break;Sex;Note\nown:births;QOR;2019-01;1.5;number;C;yes;female;a\n",
    "DATAFLOW,FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,NATURE,OBS_STATUS\n"
    "IAEG-SDGs:DF_SDG_GLH(1.24),A,G,SI_RMT_COST,268,_T,2019,6.5,PERCENT,0,C,A\n",
    "Country Name,Country Code,Indicator Name,Indicator Code,2018,2019\n"
    "Georgia,GEO,Transfers,BX.TRF.PWKR.DT.GD.ZS,1.5,..\n",
    "SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Units,Nature,Sex\n"
    "SI_RMT_COST,Cost,268,Georgia,2019,<5,PERCENT,C,BOTHSEX\n",
    "year,coo,coo_iso,coa,coa_iso,refugees,asylum_seekers,returned_refugees,idps,returned_idps,stateless,ooc\n"
    "2020,UKR,UKR,GEO,GEO,10,5,0,0,0,-,0\n",
    "geo,t,from,sex,n,type_b,type_c,type_r,type_i\nGEO,2019,RUS,f,10,1,0,0,0\n",
    "geo,t,cause,sex,age,n\nGEO,2019,conflict,f,0-4,10\n",
)


def own_review() -> bytes:
    """A `review.json` with a row of each kind, that can be taken in where `bench.writing.prepare` has been."""
    known = {"source": "The record", "locator": "p. 1", "mark": "verified"}
    seen = RecordedCitation(HASH, "unsd:SI_RMT_COST", "QOR", "2019", "", "", "", "", "6.5", "public")
    page = RecordedCitation("", "", "", "", "", "", "https://example.org/a", "4", "A sentence.", "public")
    finding = RecordedFinding(
        1, "progress", "gcm:3", {"en": "Leaflets exist.", "ka": "არის."}, "secretariat", "2018-04-10",
        classification="public", citations=(seen, page), **known,
    )  # fmt: skip
    advice = RecordedRecommendation(
        "R1", {"en": "Train guardians."}, {}, "12", ("gcm:7", "gcm:15"), "qor-mol", 1, 1, "2018-05-17",
        classification="public", **known,
    )  # fmt: skip
    position = RecordedPosition(
        "QOR", "", "gcm", "", "supported", "2018-12-19", {"en": "We support it."}, note="", paper="Letter",
        paper_date="2018-12-19", classification="public", **known,
    )  # fmt: skip
    files = (RecordedFile("index.html", HASH, 10),)
    whole = hashlib.sha256("".join(sorted(f"{one.sha256}  {one.name}\n" for one in files)).encode()).hexdigest()
    edition = RecordedEdition(1, "public", "en", "2018-05-01", "2018-05-17", whole, files, 0, "", {})
    review = RecordedReview(
        "qor-earlier", "qor-network", {"en": "An earlier review"}, "en", "", ("gcm",), True, "public", (finding,),
        (advice,), (position,), (edition,), {"statement": 2},
    )  # fmt: skip
    told = {
        "format": FORMAT, "place": "QOR", "cycle": "imrf-2022", "as_of": "2018-05-01", "audience": "public",
        "language": "en", "marking": "", "edition": None, "record": asdict(review),
    }  # fmt: skip
    return json.dumps(told).encode()


def clearance() -> bytes:
    """A record of clearance, as far as it is read."""
    files = [{"name": "index.html", "sha256": HASH, "size": 10}]
    told = {
        "format": CLEARANCE, "number": 1, "audience": "public", "language": "en", "hash": HASH, "files": files,
        "as_of": "2018-05-01", "published": {"on": "2018-05-17"}, "cleared": [],
    }  # fmt: skip
    return json.dumps(told).encode()


def crosswalk() -> bytes:
    """A corrected workbook of suggestions, for the framework that `bench.writing.prepare` imports."""
    rows = [
        SheetRow("1", "gcm", "20", decision="yes", kind="measure", words="Lower the fees.", score=0.5, reasons="fees"),
        SheetRow("2", "gcm", "6", decision="no", note="Not ours."),
        SheetRow("2", "sdg", "8.8", "relevant", "yes"),
    ]
    return write_sheet("plan", "A plan", rows, [("Nothing is tied to it", "gcm", "1", "Collect data")])


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def as_workbook(table: str) -> bytes:
    """A table of texts as a workbook."""
    return workbook([line.split(",") for line in table.splitlines()])


def parquet() -> bytes:
    """Our own layout as Parquet."""
    held = io.BytesIO()
    pq.write_table(
        pa.table({"series": ["own:births"] * 2, "place": ["QOR"] * 2, "year": [2019, 2020], "value": [1.5, None]}), held
    )
    return held.getvalue()


def blocks() -> bytes:
    """A sheet laid out as UN DESA does: blocks of years titled by sex."""
    title = ["", "", "", "", "International migrant stock at mid-year (both sexes)", "", ""]
    head = ["Area", "Notes", "Location code", "Type of data", 2010, 2015, 2020]
    return workbook([title, head, ["Georgia", "", 268, "B C", 10, 11.5, ".."], ["World", "", 900, "", 1, 2, 3]])


SEEDS: dict[str, Seeds] = {
    "provisions": [
        (".csv", PLAN.encode()), (".xlsx", as_workbook(PLAN)), (".md", MARKDOWN.encode()),
        (".csv", b"code;parent;title;text;language;source\n1;;Work;;en;p. 1\n1.a;1;;Fair hiring;ka;\n"),
    ],
    "review": [
        (".json", own_review()), (".json", json.dumps(EARLIER).encode()), (".csv", REVIEW.encode()),
        (".xlsx", as_workbook(REVIEW)),
    ],
    "clearance": [(".json", clearance())],
    "crosswalk": [(".xlsx", crosswalk())],
    "indicator": [(".yaml", FORM.encode()), (".yaml", FULL_FORM.encode())],
    "values": [(".csv", VALUES.encode()), (".csv", FULL_VALUES.encode())],
    "statistics": [
        *((".csv", table.encode()) for table in STATISTICS), (".xlsx", as_workbook(FIGURES)), (".xlsx", blocks()),
        (".parquet", parquet()),
    ],
}  # fmt: skip
"""Reader → files in each form that it takes."""
