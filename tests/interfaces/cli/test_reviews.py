from pathlib import Path
from typing import Any

import pytest

from waymark.actions.catalogue import load_catalogue
from waymark.actions.networks import NetworkFacts, found
from waymark.interfaces.cli.main import main
from waymark.records.actors import Actor
from waymark.records.reviews import Review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


TABLE = "kind,provision,text,code\nprogress,1,Counted.,\nrecommendation,1,Count more.,R1\n"


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    load_catalogue(by=Actor.system())
    found(by=Actor.operator(), code="n", facts=NetworkFacts(kind="un_network", level="national", name="N"))
    path = tmp_path / "earlier.csv"
    path.write_text(TABLE, encoding="utf-8")
    return ["reviews", "import", str(path), "--network", "n", "--cycle", "imrf-2022"]


def test_an_earlier_review_is_imported(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--published-on", "2022-05-20", "--place", "GEO", "--lang", "ka", "--title", "სათაური"]) == 0
    printed = capsys.readouterr().out
    assert "as review n-imrf-2022: 1 findings, 1 recommendations; edition n-imrf-2022.v1, sha256 " in printed
    assert Review.objects.get().title == {"ka": "სათაური"}


def test_without_a_day_no_edition_is_made(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out.endswith("; no edition.\n")


def test_a_bad_option_is_refused_in_one_paragraph(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--cycle", "imrf-1999"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("waymark reviews: ")
    assert "imrf-1999" in error
    assert error.count("\n") == 1
    assert not Review.objects.exists()
