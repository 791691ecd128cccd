"""What readers see in place of the codes of a breakdown."""

from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from waymark.gcm import indicators
from waymark.gcm.breakdowns import DIMENSIONS, NOT_CHECKED, dimension_label, value_label
from waymark.gcm.files import catalogue_path, read_table

ROWS = list(read_table("indicators", "value-labels.csv"))

UNSURE = {
    *(("policy_domains", f"domain{number}") for number in (1, 2, 3, 4, 6)),
    *(("grounds_of_discrimination", value) for value in ("ethcollannal", "geo", "landia", "res", "wedlock")),
}


@pytest.mark.parametrize(
    ("dimension", "value", "label"),
    [
        ("sex", "female", "female"),
        ("migratory_status", "migper", "migrants"),
        ("migratory_status", "nonmig", "non-migrants"),
        ("quantile", "q1", "poorest fifth"),
        ("quantile", "q5", "richest fifth"),
        ("policy_domains", "domain1", "policy domain 1 (name not checked)"),
        ("policy_domains", "domain5", "policy domain 5: mobility in crises"),
        ("age", "15-24", "aged 15 to 24"),
        ("age", "15+", "aged 15 and over"),
        ("age", "<5y", "aged under 5"),
        ("age", "m6t59", "aged 6 to 59 months"),
        ("age", "lt1m", "aged under 1 month"),
        ("age", "u", "age not known"),
        ("age", "some", "some (name not checked)"),
        ("origin", "geo", "Georgia"),
        ("sending", "tur", "Türkiye"),
        ("origin", "ooo", "Unknown origin or other"),
        ("origin", "zzz", "zzz (name not checked)"),
        ("planet", "far_away", "far away (name not checked)"),
    ],
)
def test_a_value_reads_in_plain_words(dimension: str, value: str, label: str) -> None:
    assert value_label(dimension, value) == label
    assert indicators.value_label(dimension, value) == label


def parts(written: Any) -> set[tuple[str, str]]:
    return {tuple(part.split("=", 1)) for text in written for part in text.split("|") if part}


def test_every_value_of_the_bundled_figures_has_a_label() -> None:
    bundled = pq.read_table(catalogue_path("observations", "observations.parquet"), columns=["disagg"])
    found = parts(pc.unique(bundled["disagg"]).to_pylist())
    found |= parts(row["disagg"] for row in read_table("demonstrations", "orvenia", "observations.csv"))
    assert len(found) > 300
    assert {pair for pair in found if NOT_CHECKED in value_label(*pair)} == UNSURE


def test_the_list_is_closed_and_marked() -> None:
    keys = [(row["dimension"], row["value"]) for row in ROWS]
    assert len(keys) == len(set(keys))
    assert not set(keys) & indicators.total_codes()
    for row in ROWS:
        assert row["label"]
        assert row["source"]
        assert row["mark"] in {"verified", "secondary", "proposal"}
        assert row["mark"] == "proposal" or NOT_CHECKED not in row["label"]
    labels = {(row["dimension"], row["label"]) for row in ROWS if row["value"] not in ("u", "x")}
    assert len(labels) == len([row for row in ROWS if row["value"] not in ("u", "x")])


def test_every_breakdown_that_a_definition_names_has_words_and_every_word_is_used() -> None:
    named = {dimension for known in indicators.indicators() for dimension in known.disaggregations}
    assert named == set(DIMENSIONS)
    assert dimension_label("custom_breakdown") == "custom breakdown"


def test_a_question_of_yes_or_no_and_an_index_of_a_whole_country_are_not_broken_down() -> None:
    whole = [known for known in indicators.indicators() if {"binary", "index", "flow"} & set(known.traits)]
    asked = {known.series: known.disaggregations for known in whole if known.disaggregations}
    assert asked == {"unsd:SL_LBR_NTLCPL": ("migratory_status",), "idmc:DISPLACEMENT_FLOW": ("cause",)}
