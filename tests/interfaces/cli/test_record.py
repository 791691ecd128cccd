"""The record as commands find it: ready, damaged, locked, lost; where one was, no empty one is ever made."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from waymark.engines.safekeeping.installation import MARKER, Installation, read_marker, traces, write_marker
from waymark.interfaces.cli.record_failures import failure_of

pytestmark = pytest.mark.slow

FILE = "waymark.sqlite3"


def run(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "WAYMARK_INSTANCE")}
    return subprocess.run(
        [sys.executable, "-m", "waymark", *words],
        env={**kept, "WAYMARK_DATA": str(data), **more},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("prepared") / "data"
    assert run(data, "setup").returncode == 0
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data"))


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one paragraph of a command that stopped because of a store."""
    assert done.returncode == 4, done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_setup_says_whose_folder_it_is(prepared: Path) -> None:
    assert json.loads((prepared / MARKER).read_text()) == {"database": "sqlite", "format": 1, "instance": "local"}
    assert read_marker(prepared) == Installation("local", "sqlite")


LOST: dict[str, Callable[[Path], None]] = {
    "missing": lambda record: record.unlink(),
    "empty": lambda record: record.write_bytes(b""),
    "a database without tables": lambda record: (record.unlink(), sqlite3.connect(record).execute("vacuum"))[0],
}


@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("command", ["setup", "frameworks list", "seal"])
def test_a_record_that_is_gone_is_not_replaced(data: Path, how: str, command: str) -> None:
    LOST[how](data / FILE)
    before = sorted((path.name, path.stat().st_size) for path in data.iterdir() if path.name[0] != ".")
    words = refused(run(data, *command.split()))
    assert f"is missing or empty, but one belongs to {data}: there is {MARKER}" in words
    assert "waymark restore" in words
    assert sorted((path.name, path.stat().st_size) for path in data.iterdir() if path.name[0] != ".") == before


def test_documents_and_published_heads_show_that_a_record_was_here(tmp_path: Path) -> None:
    data, heads = tmp_path / "data", tmp_path / "heads"
    assert traces(data, heads) == []
    (data / "datasets" / "a").mkdir(parents=True)
    assert traces(data, heads) == [], "statistics are added without a record"
    (data / "documents" / "files" / "ab").mkdir(parents=True)
    assert traces(data, heads) == []
    (data / "documents" / "files" / "ab" / "ab12").write_text("a file")
    heads.mkdir()
    (heads / "heads.jsonl").write_text("")
    assert traces(data, heads) == ["1 stored file of documents", f"the published heads in {heads}"]
    assert "1 stored file of documents" in refused(run(data, "setup"))
    assert not (data / FILE).exists()


def test_a_set_up_that_was_cut_off_is_finished_by_the_next_command(data: Path) -> None:
    (data / MARKER).unlink()
    with closing(sqlite3.connect(data / FILE)) as record:
        tables = record.execute("select name from sqlite_master where type = 'table' and name like 'records_%'")
        record.execute("pragma foreign_keys = off")
        record.execute("drop trigger if exists event_is_only_added_to_d")
        for (trigger,) in record.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            record.execute(f"drop trigger {trigger}")
        for (table,) in tables.fetchall():
            record.execute(f"delete from {table}")
        record.commit()
    assert "gcm: Global Compact" in run(data, "frameworks", "list").stdout
    assert read_marker(data) == Installation("local", "sqlite")


def test_a_record_without_a_marker_gets_one_and_a_damaged_one_is_written_again(data: Path) -> None:
    (data / MARKER).unlink()
    assert run(data, "frameworks", "list").returncode == 0
    assert read_marker(data) == Installation("local", "sqlite")
    (data / MARKER).write_text("{")
    assert run(data, "frameworks", "list").returncode == 0
    assert read_marker(data) == Installation("local", "sqlite")


def test_the_folder_of_another_installation_is_refused(data: Path) -> None:
    for command in ("setup", "frameworks list"):
        words = refused(run(data, *command.split(), WAYMARK_INSTANCE="other"))
        assert "belongs to the installation local, and WAYMARK_INSTANCE is other" in words


def test_a_marker_is_written_as_a_whole_and_left_when_it_says_so_already(tmp_path: Path) -> None:
    write_marker(tmp_path, Installation("a", "sqlite"))
    before = (tmp_path / MARKER).stat().st_ino
    write_marker(tmp_path, Installation("a", "sqlite"))
    assert (tmp_path / MARKER).stat().st_ino == before
    assert [path.name for path in tmp_path.iterdir()] == [MARKER]


def test_a_locked_record_is_told_after_the_patience_of_the_command(data: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("code,title\n1,Aim\n")
    with closing(sqlite3.connect(data / FILE)) as other:
        other.execute("begin immediate")
        words = refused(
            run(
                data, "frameworks", "import", str(tmp_path / "plan.csv"), "--framework", "p", "--title", "P",
                WAYMARK_PATIENCE="0.1",
            )
        )  # fmt: skip
    assert "another command has been writing for too long (database is locked)" in words


DAMAGED: dict[str, tuple[Callable[[Path], object], str]] = {
    "something else": (lambda record: record.write_bytes(b"no database " * 999), "it is no database of SQLite"),
    "cut off": (lambda record: os.truncate(record, record.stat().st_size // 2), "the file is damaged"),
    "overwritten": (
        lambda record: record.write_bytes(record.read_bytes()[:100] + b"\xff" * (record.stat().st_size - 100)),
        "the file is damaged",
    ),
    "a folder": (lambda record: (record.unlink(), record.mkdir()), "the file cannot be opened"),
}


@pytest.mark.parametrize("how", DAMAGED)
@pytest.mark.parametrize("command", ["setup", "frameworks list", "verify"])
def test_a_damaged_record_is_told_in_one_paragraph(data: Path, how: str, command: str) -> None:
    damage, problem = DAMAGED[how]
    damage(data / FILE)
    words = refused(run(data, *command.split()))
    assert f"The record in {data / FILE} cannot be used: " in words
    assert problem in words


def test_tables_of_another_program_are_told(data: Path) -> None:
    with closing(sqlite3.connect(data / FILE)) as record:
        record.execute("drop table records_framework")
    assert "its tables are not those of this version of Waymark" in refused(run(data, "frameworks", "list"))


def test_a_server_that_does_not_answer_is_told_without_the_password(tmp_path: Path) -> None:
    words = refused(run(tmp_path, "setup", DATABASE_URL="postgresql://u:canary@127.0.0.1:1/none"))
    assert "The record in none on 127.0.0.1 cannot be used: the server does not answer" in words
    assert "canary" not in words


LETS_NOBODY_IN = {
    'FATAL:  password authentication failed for user "u"': "the server does not let this user in",
    'FATAL:  database "none" does not exist': "the server has no such database",
    "FATAL:  sorry, too many clients already": "the server has too many connections",
    "FATAL:  the database system is starting up": "the server was shut down or is starting",
    "FATAL:  could not write init file": "the disk of the server could not be read or written",
    'FATAL:  could not open file "global/pg_filenode.map"': "the disk of the server could not be read or written",
    'FATAL:  could not extend file "base/5/1": No space left on device': "the disk of the server is full",
    "FATAL:  something else": "the server lets nobody in",
    "Connection refused\n\tIs the server running on that host?": "the server does not answer",
}
"""What a server says that lets nobody in; it gives no code."""


@pytest.mark.parametrize("said", LETS_NOBODY_IN)
def test_a_server_that_lets_nobody_in_is_told_by_its_words(said: str) -> None:
    error = psycopg.OperationalError(f'connection failed: connection to server at "127.0.0.1", port 1 failed: {said}')
    assert failure_of(error).problem == LETS_NOBODY_IN[said]
