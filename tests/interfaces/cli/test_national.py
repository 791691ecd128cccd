"""`waymark data indicator` and `waymark data values`: entered, refused by name, and again without a change."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories.indicators import office
from tests.factories.networks import network
from waymark.actions.catalogue import load_catalogue
from waymark.interfaces.cli.main import main
from waymark.records.actors import Actor
from waymark.records.indicators import NationalIndicator, NationalValue

pytestmark = pytest.mark.django_db

FORM = """code: qor-counselling
network: qor-network
title: Journeys with counselling before departure
meaning: Journeys of which the traveller spoke with an adviser before, in per cent.
unit: percent
direction: up
producer: stat-office
objectives: [3]
provisions: [sdg 10.7]
"""


@pytest.fixture
def form(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    load_catalogue(by=Actor.system())
    network()
    office()
    path = tmp_path / "form.yaml"
    path.write_text(FORM, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """What a command prints, on either side."""
    main([str(word) for word in words])
    printed = capsys.readouterr()
    return printed.out + printed.err


def test_an_indicator_is_defined_once_and_corrected_for_a_reason(
    form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Defined qor-counselling, series national:qor-counselling, for QOR" in said(
        capsys, "data", "indicator", form
    )
    row = NationalIndicator.objects.get()
    assert sorted(one.code for one in row.provisions.all()) == ["10.7", "3"]
    assert "nothing was changed" in said(capsys, "data", "indicator", form)
    form.write_text(FORM.replace("direction: up", "direction: none"), encoding="utf-8")
    assert "Say why. Here: --reason says it." in said(capsys, "data", "indicator", form)
    assert said(capsys, "data", "indicator", form, "--reason", "It says nothing") == "Corrected qor-counselling.\n"
    row.refresh_from_db()
    assert (row.direction, row.version) == ("none", 2)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("stat-office", "nobody", "producer is “nobody”, which is not on record"),
        ("qor-network", "nowhere", "network is “nowhere”, which is not on record"),
        ("sdg 10.7", "sdg 99", "provisions is “sdg 99”, which is not on record"),
        ("qor-counselling", "si_rmt_cost", "code 'si_rmt_cost': it cannot be the code of a national indicator"),
    ],
)
def test_what_the_form_names_is_on_record(
    form: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, words: str
) -> None:
    form.write_text(FORM.replace(before, after), encoding="utf-8")
    assert words in said(capsys, "data", "indicator", form)
    assert not NationalIndicator.objects.exists()


def test_the_form_of_one_network_does_not_rewrite_the_indicator_of_another(
    form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "data", "indicator", form)
    network("other-network")
    form.write_text(FORM.replace("qor-network", "other-network").replace("up", "none"), encoding="utf-8")
    told = said(capsys, "data", "indicator", form, "--reason", "Ours")
    assert "network is “other-network”, but qor-counselling is on record in qor-network" in told
    row = NationalIndicator.objects.get()
    assert (row.network.code, row.direction, row.version) == ("qor-network", "up", 1)


def test_values_are_entered_all_or_none(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "data", "indicator", form)
    table = form.with_suffix(".csv")
    words = ["data", "values", table, "--network", "qor-network", "--organisation", "stat-office"]
    words += ["--paper", "Yearbook 2025", "--paper-date", "2025-01-02"]
    table.write_text("indicator,period,value\nqor-counselling,2023,40\nsi_rmt_cost,2o24,5\n", encoding="utf-8")
    assert "line 3: this is not a period" in said(capsys, *words)
    assert not NationalValue.objects.exists()
    table.write_text("indicator,period,value\nqor-counselling,2023,40\nsi_rmt_cost,2024,<5\n", encoding="utf-8")
    assert "Entered 2 values from form.csv. They join the statistics when" in said(capsys, *words)
    assert set(NationalValue.objects.values_list("state", "catalogue_code")) == {
        ("submitted", ""),
        ("submitted", "si_rmt_cost"),
    }
    assert "has given a value of the indicator for this period already" in said(capsys, *words)
    table.write_text("indicator,period,value\nqor-counselling,2024,45\n", encoding="utf-8")
    assert "accepted on 2025-02-01" in said(capsys, *words, "--accepted-on", "2025-02-01")
    assert "cannot have been accepted before its paper" in said(capsys, *words, "--accepted-on", "2024-02-01")
    assert "cannot have been accepted after today" in said(capsys, *words, "--accepted-on", "2962-02-01")
    assert "the paper of 2962-01-02: the day is still to come" in said(capsys, *words[:-1], "2962-01-02")
    table.write_text("indicator,period,value\nqor-nothing,2024,45\n", encoding="utf-8")
    assert "there is no national indicator of this code" in said(capsys, *words)


def test_a_value_that_feeds_nothing_says_why(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = form.with_suffix(".csv")
    words = ["data", "values", table, "--network", "qor-network", "--organisation", "stat-office"]
    words += ["--paper", "Yearbook 2025", "--paper-date", "2025-01-02"]
    table.write_text(
        "indicator,period,value,disaggregation\nsl_tlf_neet,2023,12,\nsi_rmt_cost,2023,5,\n", encoding="utf-8"
    )
    told = said(capsys, *words)
    assert "sl_tlf_neet: 1 value feeds nothing: no row has age 15-24; found: total" in told
    assert "si_rmt_cost" not in told
