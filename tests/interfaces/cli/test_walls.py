"""Whole commands whose reader breaks on the file: one paragraph, status 2, and the record as it was."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from waymark.actions.catalogue import load_catalogue
from waymark.actions.networks import NetworkFacts, found
from waymark.engines.files.walls.kinds import Kind
from waymark.engines.files.walls.wall import Wall
from waymark.engines.indicators import walled as statistics
from waymark.engines.sheets import walled as sheets
from waymark.interfaces.cli.main import main
from waymark.records.actors import Actor
from waymark.records.events import Event
from waymark.records.frameworks import Crosswalk, Framework
from waymark.records.reviews import Review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture(autouse=True)
def broken(acting: Callable[[Kind], Wall], monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers of sheets and of statistics do what the file says."""
    monkeypatch.setattr(sheets, "shared", acting)
    monkeypatch.setattr(statistics, "shared", acting)


@pytest.mark.parametrize(
    "words",
    [
        ["frameworks", "import", "FILE", "--framework", "new", "--title", "New"],
        ["frameworks", "link", "FILE", "--framework", "sdg"],
        ["reviews", "import", "FILE", "--network", "n", "--cycle", "imrf-2022"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
@pytest.mark.parametrize(("act", "said"), [("abort", "made its reader crash"), ("leave", "ended without a result")])
def test_a_workbook_that_breaks_its_reader_is_one_paragraph(
    words: Sequence[str], act: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_catalogue(by=Actor.system())
    found(by=Actor.operator(), code="n", facts=NetworkFacts(kind="un_network", level="national", name="N"))
    before = [model.objects.count() for model in (Framework, Crosswalk, Review, Event)]
    path = tmp_path / "table.xlsx"
    path.write_text(act)
    assert main([str(path) if word == "FILE" else word for word in words]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"waymark {words[0]}: {path}: ")
    assert said in error
    assert error.count("\n") == 1
    assert "save it again" in error
    assert [model.objects.count() for model in (Framework, Crosswalk, Review, Event)] == before


@pytest.mark.parametrize("part", ["add", "check"])
def test_statistics_that_break_their_reader_are_one_paragraph(
    part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "data"))
    path = tmp_path / "figures.xlsx"
    path.write_text("abort")
    assert main(["data", part, str(path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("waymark data: figures.xlsx: it made its reader crash")
    assert error.count("\n") == 1
    assert "from its publisher" in error
    assert [each.name for each in (tmp_path / "data").rglob("*") if each.is_file()] in ([], [".lock"])
