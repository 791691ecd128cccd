import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from waymark.interfaces.cli.main import main
from waymark.records.places import Place


@pytest.mark.django_db
def test_setup_loads_the_catalogue_and_a_second_run_writes_nothing(
    capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    assert main(["setup"]) == 0
    first = capsys.readouterr().out
    assert f"{Place.objects.count()} places" in first
    assert " 0 rows written" not in first
    assert main(["setup"]) == 0
    assert " 0 rows written" in capsys.readouterr().out
    assert (tmp_path / "data").is_dir()


@pytest.mark.django_db
def test_a_folder_that_cannot_be_made_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.DATA_DIR = tmp_path / "file" / "data"
    assert main(["setup"]) == 4
    assert "cannot be written (Not a directory), so no record can be made there" in capsys.readouterr().err


@pytest.mark.slow
def test_setup_on_a_fresh_folder(tmp_path: Path) -> None:
    environment = {**os.environ, "WAYMARK_DATA": str(tmp_path / "fresh")}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "waymark"]
    done = subprocess.run([*command, "setup"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "fresh" / "waymark.sqlite3").stat().st_size > 0
    listed = subprocess.run(
        [*command, "frameworks", "list"], env=environment, capture_output=True, text=True, check=False
    )
    assert "gcm: Global Compact for Safe, Orderly and Regular Migration; 220 provisions" in listed.stdout
