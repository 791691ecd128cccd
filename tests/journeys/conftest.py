"""Both demonstrations built once for all workers, by the command a person runs; a test that runs more has a copy."""

import fcntl
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from bench.trials import Server
from bench.writing import Place, prepare

REPOSITORY = Path(__file__).parents[2]
if str(REPOSITORY) not in sys.path:
    sys.path.insert(0, str(REPOSITORY))


@dataclass(frozen=True)
class Demonstrations:
    """Where the built pages and the data folder of the run lie; only a copy may be written."""

    pages: Path
    data: Path

    def copied(self, folder: Path) -> "Demonstrations":
        """A copy for one test: another worker may be reading these."""
        shutil.copytree(self.data, folder / "data")
        shutil.copytree(self.pages, folder / "pages")
        return Demonstrations(folder / "pages", folder / "data")

    def waymark(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the command on this data folder."""
        return run_waymark(self.data, *words, **environment)


def run_waymark(data: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a data folder of its own, with SQLite whatever the tests run on."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PYTHONHASHSEED")}
    return subprocess.run(
        [sys.executable, "-m", "waymark", *words],
        env={**kept, "WAYMARK_DATA": str(data), **environment},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def own(demonstrations: Demonstrations, tmp_path: Path) -> Demonstrations:
    """A copy of the demonstrations that the test may change."""
    return demonstrations.copied(tmp_path / "own")


@pytest.fixture(scope="session")
def demonstrations(tmp_path_factory: pytest.TempPathFactory) -> Demonstrations:
    """Both reviews and the fictional country's report by target; to be read, and to be copied."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demonstrations"
    shared.mkdir(exist_ok=True)
    built = Demonstrations(shared / "pages", shared / "data")
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "done").exists():
            out = str(built.pages)
            seed = {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}
            for words in (
                ("demo", "--out", out),
                ("paper", "QOR", "--framework", "sdg", "--out", f"{out}/QOR-sdg"),
            ):
                result = built.waymark(*words, **seed)
                assert result.returncode == 0, result.stderr
            (shared / "done").touch()
    return built


ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
"""Whether this leg of the suite runs on PostgreSQL."""


@pytest.fixture
def record_environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty installation on the database of this leg; a database of its own on PostgreSQL."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PYTHONHASHSEED")}
    kept["WAYMARK_DATA"] = str(tmp_path / "data")
    if not ON_POSTGRESQL:
        yield kept
        return
    name = f"waymark_{os.getpid()}_{secrets.token_hex(4)}"
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield kept | {"DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl()}
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def asked(environment: Mapping[str, str], query: str) -> list[tuple[Any, ...]]:
    """The rows of a query to the record of an installation."""
    if url := environment.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            return connection.execute(query).fetchall()
    with closing(sqlite3.connect(Path(environment["WAYMARK_DATA"]) / "waymark.sqlite3", timeout=30)) as record:
        return record.execute(query).fetchall()


@pytest.fixture(scope="session")
def installation(demonstrations: Demonstrations, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation with inputs for every command that writes, made once for all workers; only copies are written."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "installation"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "done").exists():
            prepare(shared / "place", demonstrations.data)
            (shared / "done").touch()
    return Place(shared / "place")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Runs commands in forked processes."""
    with Server() as running:
        yield running
