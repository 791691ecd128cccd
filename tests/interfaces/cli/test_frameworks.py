from pathlib import Path
from typing import Any

import pytest

from tests.factories.installations import ready_folder
from waymark.actions.catalogue import load_catalogue
from waymark.interfaces.cli.main import main
from waymark.records.actors import Actor
from waymark.records.frameworks import Provision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


def test_frameworks_are_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ready_folder(tmp_path / "data")
    assert main(["frameworks", "list"]) == 0
    assert capsys.readouterr().out == "No framework is on record. Run: waymark setup\n"
    load_catalogue(by=Actor.system())
    assert main(["frameworks", "list"]) == 0
    assert "gcm: Global Compact" in capsys.readouterr().out


def test_an_official_text_is_imported(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("code,parent,title,text,language\n1,,Aim,,en\n1.1,1,,Do it,en\n", encoding="utf-8")
    words = ["frameworks", "import", str(path), "--framework", "plan"]
    assert main(words) == 2
    assert "no framework has this code" in capsys.readouterr().err
    assert main([*words, "--title", "Plan"]) == 0
    assert "2 new provisions, 0 changed, 0 as they were" in capsys.readouterr().out
    assert Provision.objects.get(framework__code="plan", code="1.1").text == {"en": "Do it"}


def test_a_bad_text_is_refused_in_one_paragraph(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["frameworks", "import", str(tmp_path / "gone.csv"), "--framework", "x", "--title", "X"]) == 2
    error = capsys.readouterr().err
    assert "gone.csv" in error
    assert "Traceback" not in error
    assert error.count("\n") == 1
