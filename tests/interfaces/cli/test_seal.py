"""`waymark seal` and `waymark verify` as they are typed; what they do is tested with the acts and queries."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.factories.commitments import commitment
from tests.factories.installations import ready_folder
from waymark.interfaces.cli.main import main
from waymark.records.events import Event, EventDetail

TODAY = datetime.now(UTC).date()


@pytest.fixture(autouse=True)
def places(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.HEADS_DIR = tmp_path / "data", tmp_path / "heads"
    ready_folder(settings.DATA_DIR)


@pytest.mark.django_db
def test_events_of_today_wait_unless_the_day_is_given(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    commitment()
    count = Event.objects.count()
    assert main(["seal"]) == 0
    assert f"Not yet sealed: {count} entries." in capsys.readouterr().out
    assert main(["seal", "--as-of", str(TODAY)]) == 0
    out = capsys.readouterr().out
    assert "qor-network: entries 1 to " in out
    assert f"Published in {tmp_path / 'heads'}." in out
    assert main(["seal", "--as-of", str(TODAY)]) == 0
    assert f"Nothing new to seal up to {TODAY}." in capsys.readouterr().out


@pytest.mark.django_db
def test_a_day_that_has_not_come_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seal", "--as-of", str(TODAY + timedelta(days=2))]) == 2
    assert "this day has not come yet" in capsys.readouterr().err


@pytest.mark.django_db
def test_verify_says_what_it_looked_at_and_stops_with_one_for_a_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    commitment()
    heads = str(tmp_path / "elsewhere")
    assert main(["seal", "--as-of", str(TODAY), "--heads", heads]) == 0
    assert main(["verify", "--heads", heads]) == 0
    assert f"All is as it was written. Published heads: {heads}" in capsys.readouterr().out
    EventDetail.objects.filter(event__network="qor-network", event__number=2).update(salt="x")
    assert main(["verify", "--heads", heads]) == 1
    said = capsys.readouterr()
    assert "waymark verify: log of qor-network, entry 2: words altered" in said.err
    assert "1 fault found." in said.out


@pytest.mark.django_db
def test_verify_loads_nothing_heavy() -> None:
    """Only the footers of Parquet files are read; neither frames nor engines of statistics are loaded."""

    code = (
        "import django, os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'waymark.config.settings'; django.setup()\n"
        "import waymark.queries.installation.verifying, waymark.interfaces.cli.verify, pyarrow.parquet\n"
        "print(sorted({'duckdb', 'ibis', 'pandas', 'typst', 'babel', 'tantivy', 'lxml', 'docx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["setup", "seal", "verify", "frameworks list"])
def test_a_record_of_a_newer_version_is_refused_by_name(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('records', '9999_the_future', CURRENT_TIMESTAMP)"
        )
    assert main(command.split()) == 3
    err = capsys.readouterr().err
    assert "is of a newer version of Waymark than this one: it is at 9999_the_future, this program knows up to " in err


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["seal", "verify", "frameworks list"])
def test_a_record_of_an_older_version_is_refused_by_name(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'records' AND name > '0003'")
    assert main(command.split()) == 3
    err = capsys.readouterr().err
    assert "is of an older version of Waymark than this one: it is at 0002_record_of_many" in err
    assert "waymark setup" in err


def test_verify_makes_no_record_where_there_is_none(tmp_path: Path) -> None:

    environment = {**os.environ, "WAYMARK_DATA": str(tmp_path / "none")}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "waymark", "verify"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "There is no record in " in done.stderr
    assert not (tmp_path / "none").exists()
