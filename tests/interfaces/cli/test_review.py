"""`waymark review`: a small review built, and every kind of input that cannot be used."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = str(Path(__file__).parents[3])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from tests.queries import world  # noqa: E402  # the path above comes first
from waymark.gcm.errors import InputError  # noqa: E402
from waymark.interfaces.cli.main import main  # noqa: E402
from waymark.interfaces.cli.options import given_day  # noqa: E402

KNOWN = (1, 2, 3, 4, 6)
"""Objectives about which the small record says something."""

FILES = {
    "MANIFEST", "brief.docx", "brief.html", "brief.pdf",
    "datapackage.json", "index.html", "review.docx", "review.json", "review.pdf",
    *(f"chapters/{name}.html" for name in
      ("process", "objectives", *(f"objective-{number}" for number in KNOWN), "objectives-unknown", "follow-up",
       "methods", "annexes")),
    *(f"data/{name}.csv" for name in
      ("assessments", "commitments", "evidence", "findings", "gaps", "groups", "indicators", "observations",
       "organisations", "recommendations", "reports", "sources")),
}  # fmt: skip


@pytest.fixture
def empty_installation(db: None, settings: Any, tmp_path: Path) -> Path:
    """An installation with tables and no datasets; returns where to write."""
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "out"


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that must be refused; returns its paragraph."""
    status = main(words)
    printed = capsys.readouterr()
    assert status in (2, 4)
    assert printed.err.count("\n") == 1, printed.err
    assert "Traceback" not in printed.err
    assert "Expected: " in printed.err or "could not be written" in printed.err
    return printed.err


def test_a_review_is_built_from_the_record(
    db: None, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA_DIR = tmp_path
    world.make()
    world.figures(tmp_path)
    out = tmp_path / "out"
    assert main(["review", "Orvenia", "--cycle", "imrf-2026", "--out", str(out)]) == 0
    assert {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()} == FILES
    assert "Review of QOR for imrf-2026, as of 2026-05-08, made for public" in capsys.readouterr().out
    assert main(["paper", "QOR", "--framework", "sdg", "--audience", "network", "--out", str(tmp_path / "sdg")]) == 0
    tree = json.loads((tmp_path / "sdg" / "paper.json").read_bytes())
    assert (tree["place"], tree["audience"], tree["as_of"]) == ("QOR", "network", "2026-05-08")
    assert "Paper on QOR by sdg" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Gorgia", "--cycle", "imrf-2026"], "Did you mean Georgia (GEO)"),
        (["XQZ", "--cycle", "imrf-2026"], "no place is known"),
        (["GEO", "--cycle", "imrf-1999"], "one of imrf-2022, imrf-2026"),
        (["GEO", "--cycle", "imrf-2030"], "Add --as-of"),
        (["GEO", "--cycle", "imrf-2026", "--as-of", "8 May 2026"], "Write it like 2026-05-08"),
        (["GEO", "--cycle", "imrf-2026", "--as-of", "2026-02-30"], "this is not a date"),
        (["GEO", "--cycle", "imrf-2026", "--lang", "xx"], "Choose another language"),
        (["GEO", "--cycle", "imrf-2026", "--lang", "no language"], "Choose another language"),
        (["GEO", "--cycle", "imrf-2026", "--lang", "zh"], "Expected: one of en. Choose a language that has sentences."),
        (["GEO", "--cycle", "imrf-2026", "--lang", "fr"], "language fr: there are no sentences in it"),
        (["Europe", "--cycle", "imrf-2026"], "Europe: it is no country, and a review is of one country"),
        (["Caucasus", "--cycle", "imrf-2026"], "no place is known"),
        (["UNECE", "--cycle", "imrf-2026"], "such as ALB, AND, ARM"),
        (["GEO", "--cycle", "unece-2024"], "Expected: one of imrf-2022, imrf-2026, imrf-2030"),
    ],
)
@pytest.mark.parametrize("command", [["review"], ["paper", "--framework", "sdg"]])
def test_input_that_cannot_be_used(
    command: list[str], words: list[str], told: str, empty_installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in refused([*command, *words, "--out", str(empty_installation)], capsys)
    assert not empty_installation.exists()


def test_a_folder_of_somebody_else_is_refused_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"mine")
    words = ["review", "GEO", "--cycle", "imrf-2026", "--out"]
    assert "not written by this command" in refused([*words, str(tmp_path)], capsys)
    assert "not written by this command" in refused([*words, str(tmp_path / "photo.jpg")], capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


@pytest.mark.parametrize("text", ["", "2026", "2026-13-01", "08.05.2026", "2026-05-08T00:00", "２０２６-05-08x"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(InputError):
        given_day(text)


def test_a_day_or_none() -> None:
    assert given_day(None) is None
    assert str(given_day("2026-05-08")) == "2026-05-08"
