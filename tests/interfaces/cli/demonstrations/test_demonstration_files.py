"""The data of the two demonstrations, read as files: sources of Georgia, fiction of Orvenia, figures of each case."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from waymark.gcm.files import catalogue_path
from waymark.interfaces.cli.demonstrations.files import content_hash, facts, folder, read_rows


def measures() -> list[dict[str, str]]:
    return read_rows("orvenia", "measures")


def sourced(noun: str, rows: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of the file, and every row inside one, that states a fact of its own."""
    for row in rows:
        if noun != "claims" or "value" in row:
            yield noun, row
        for key, inner in row.items():
            nested = isinstance(inner, list) and inner and isinstance(inner[0], dict)
            if nested and key not in ("attendance",):
                yield from sourced(f"{noun}.{key}" if key != "claims" else "claims", inner)


NOUNS = (
    "organisations",
    "networks",
    "frameworks",
    "persons",
    "meetings",
    "documents",
    "positions",
    "claims",
    "reviews",
)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_row_about_georgia_names_its_source_with_address_and_mark(noun: str) -> None:
    addresses = {row["key"]: row["address"] for row in read_rows("georgia", "sources")}
    rows = list(sourced(noun, read_rows("georgia", noun)))
    assert rows
    for where, row in rows:
        if where == "reviews.absences" and "source" not in row:
            continue  # nobody's page shows what was not found; the record cites the search
        assert row["source"], (where, row)
        assert row["mark"] in ("verified", "secondary"), (where, row)
        assert all(addresses[key].startswith("http") for key in row["source"]), (where, row)


def test_titles_and_addresses_of_sources_can_be_told_apart_when_joined() -> None:
    rows = read_rows("georgia", "sources")
    assert len({(row["publisher"], row["title"]) for row in rows}) == len({row["address"] for row in rows}) == len(rows)
    for row in rows:
        assert not re.search(r"[<>]|; ", row["publisher"] + row["title"]), row
        assert not re.search(r"[<> ]|; ", row["address"]), row


def test_every_source_about_georgia_is_used() -> None:
    used = {
        key for noun in NOUNS for _, row in sourced(noun, read_rows("georgia", noun)) for key in row.get("source", [])
    }
    assert used == {row["key"] for row in read_rows("georgia", "sources")}


def test_no_fact_about_georgia_is_recalled_or_ours() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder("georgia").iterdir()))
    assert not re.search(r"mark: (recalled|proposal)", text)
    assert {path.name for path in folder("georgia").iterdir()} == {
        "demonstration.yaml", "sources.csv", *(f"{noun}.yaml" for noun in NOUNS)
    }  # fmt: skip


def test_measures_are_distinct_short_and_each_has_a_ministry_or_agency_in_the_lead() -> None:
    titles = [row["title"] for row in measures()]
    assert len(set(titles)) == 97
    assert max(map(len, titles)) <= 90
    assert not [title for title in titles if re.search(r"\d|[Mm]easure", title)]
    kinds = {row["code"]: row["kind"] for row in read_rows("orvenia", "organisations")}
    assert {kinds[row["lead"]] for row in measures()} <= {"government", "human_rights_institution"}


def test_no_real_agency_is_used_in_the_fictional_country() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder("orvenia").rglob("*.*")))
    real = r"\b(IOM|UNHCR|UNICEF|ILO|UNDP|OHCHR|UNODC|WHO|UNFPA|UN Women|United Nations|World Bank|European Union|EU)\b"
    assert not re.search(real, text)
    offices = [row["name"] for row in read_rows("orvenia", "organisations") if row["kind"] == "international"]
    assert all("Fictional" in name for name in offices)


def test_one_name_is_as_long_as_georgian_names_are() -> None:
    assert max(len(row["name"]) for row in read_rows("orvenia", "organisations")) >= 120


def observations() -> dict[tuple[str, str, str], dict[int, str]]:
    """Values as written, by year, for each series, disaggregation and nature."""
    found: dict[tuple[str, str, str], dict[int, str]] = defaultdict(dict)
    with (folder("orvenia") / str(facts("orvenia")["observations"])).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert row["place"] == "QOR"
            found[(row["series"], row["disagg"], row["nature"])][int(row["year"])] = row["value"]
    return found


def values(series: str, disagg: str = "", nature: str = "C") -> dict[int, float]:
    return {year: float(value) for year, value in observations()[(series, disagg, nature)].items() if "<" not in value}


def test_fictional_figures_belong_to_defined_series_and_to_the_years_2012_to_2024() -> None:
    defined = {
        line.partition(":")[2].strip()
        for path in catalogue_path("indicators").glob("*.yaml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("series:")
    }
    series = {key[0] for key in observations()}
    assert series <= defined
    assert 20 <= len(series) <= 30
    years = {year for by_year in observations().values() for year in by_year}
    assert (min(years), max(years)) == (2012, 2024)


def test_fictional_figures_show_every_case_of_an_assessment() -> None:
    deaths = values("unsd:SH_DYN_MORT", "age=<5y")
    assert deaths[max(deaths)] <= 25
    mothers = values("unsd:SH_STA_MMR")
    assert min(mothers.values()) < 70 < mothers[max(mothers)]
    unemployed = values("unsd:SL_TLF_UEM", "age=15+")
    assert unemployed[2024] > unemployed[2015] * 1.2
    cover = values("unsd:SH_ACS_UNHC", nature="E")
    assert abs(cover[2023] - cover[2015]) < 2
    assert max(values("unsd:SL_TLF_CHLDEA", "age=5-17")) < 2021
    assert len(values("unsd:SE_ADT_ACTS", "type_of_skill=email")) == 1
    assert values("unsd:SI_COV_BENFTS")
    assert set(values("unsd:SI_COV_BENFTS", nature="E")) == {2022}
    assert values("unsd:SM_DTH_MIGR")[2015] == 0
    assert "<5" in observations()[("unsd:VC_HTF_DETVFL", "sex=female", "C")].values()
    assert values("unsd:SE_NAP_ACHI", "education_level=lowsec|type_of_skill=skill_read")[2015] < 1
    assert 2020 not in values("unsd:SE_PRE_PARTN")
    official, other = values("unsd:BX_TRF_PWKR"), values("unsd:BX_TRF_PWKR", nature="E")
    assert all(official[year] != other[year] for year in official.keys() & other.keys())
    assert {"sex=female", "sex=male"} <= {key[1] for key in observations()}
    assert any("age=15-24|sex=" in key[1] for key in observations())


def test_the_hash_of_the_content_is_that_of_the_files() -> None:
    assert content_hash("georgia") != content_hash("orvenia")
    assert content_hash("georgia") == content_hash("georgia")
