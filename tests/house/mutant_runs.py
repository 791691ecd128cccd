"""The processes in which `mutants` runs tests: loaded up to a floor, forked for each run, each test as if alone."""

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import resource
import socket
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
from _pytest import main as pytest_main
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation

ROOT = Path(__file__).parents[2]
SECONDS = 300
"""Processor time of one run; a change that makes a loop endless ends here."""

LIBRARIES = (
    "babel.core", "babel.dates", "babel.numbers", "calendar", "docx", "duckdb", "ibis", "ibis.backends.duckdb",
    "hypothesis", "hypothesis.strategies", "hypothesis.internal.conjecture.engine", "lxml.etree", "numpy", "openpyxl",
    "pandas", "pikepdf", "py3langid.langid", "pyarrow", "pyarrow.compute", "pyarrow.csv", "pyarrow.dataset",
    "pyarrow.parquet", "pypdfium2", "pytest_django.plugin", "python_calamine", "rich.progress", "selectolax.lexbor",
    "Stemmer", "tantivy", "xlsxwriter", "yaml", "django.test", "django.test.utils", "django.db.models",
    "django.db.migrations.executor", "django.core.management", "django.db.backends.sqlite3.base",
    "psycopg",
)  # fmt: skip
"""What the tests import anyway; loaded once, before the first child."""

FREE = ("tests/engines/", "tests/gcm/")
"""Tests of floors that Django does not reach."""

FLOORS = ("gcm", "engines", "records", "queries", "papers", "actions", "interfaces")
"""Imports only go down (`tests/house/test_floors.py`), so a change of one floor reaches no floor below it."""


@dataclass(frozen=True, slots=True)
class Job:
    """Tests to run, with a record copied when there is one, and the file for what they print.

    With `answers` the tests of each of `specs` run in a fork of their own, and what each says is written there.
    """

    specs: Sequence[str]
    record: str
    out: str
    answers: str = ""


class Loaded:
    """A forked process that has loaded the floors below one, and forks a child for each job."""

    def __init__(self, package: Path, floor: int) -> None:
        here, there = socket.socketpair()
        if not os.fork():
            here.close()
            _serve(package, floor, there)
        there.close()
        self._speech = here.makefile("rw", encoding="utf-8")

    def do(self, job: Job) -> int:
        """Do the job and return its code; below zero it is the signal that ended it."""
        self._speech.write(json.dumps(asdict(job)) + "\n")
        self._speech.flush()
        return int(self._speech.readline())


def _serve(package: Path, floor: int, there: socket.socket) -> None:
    """Load the floors, do jobs until there are no more, and end."""
    try:
        if floor > FLOORS.index("records"):
            django.setup()
        for name in FLOORS[:floor]:
            found = pkgutil.walk_packages([str(package / "waymark" / name)], f"waymark.{name}.")
            for module in (f"waymark.{name}", *(one.name for one in found if ".migrations" not in one.name)):
                importlib.import_module(module)
        above = sorted(
            name for name in sys.modules if name.split(".")[:2] in [["waymark", one] for one in FLOORS[floor:]]
        )
        assert not above, f"loaded before the change: {above}"
        gc.freeze()
        speech = there.makefile("rw", encoding="utf-8")
        for line in speech:
            job = Job(**json.loads(line))
            speech.write(f"{forked(partial(_pytest, job), Path(job.out))}\n")
            speech.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def forked(work: Callable[[], int], out: Path) -> int:
    """Do the work in a child that prints into a file; its code (below zero: the signal that ended it)."""
    child = os.fork()
    if not child:
        _child(work, out)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _child(work: Callable[[], int], out: Path) -> None:
    """Ends the process with what the work returns."""
    code = 70
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        with out.open("w") as said:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        code = work()
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def make_record(record: Path) -> int:
    """Make an empty record."""
    os.environ["DATABASE_URL"] = f"sqlite:///{record}"
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()  # the last connection writes its log of changes into the file
    return 0


class Alike:
    """What a run with a change and one without have alike: the examples of property tests, and a record copied."""

    def __init__(self, record: str) -> None:
        self._record = record

    def pytest_configure(self) -> None:
        """After the settings are known."""
        alike = {
            "derandomize": True,
            "database": None,
            "phases": (hypothesis.Phase.explicit, hypothesis.Phase.generate),
        }
        hypothesis.settings.register_profile("alike", hypothesis.settings.default, **alike)
        hypothesis.settings.load_profile("alike")
        if self._record:
            self._copy(self._record)

    def _copy(self, record: str) -> None:
        """Let pytest-django copy a record that is made, which takes a hundredth of the time of all migrations."""

        def create_test_db(self: Any, *args: object, **kwargs: object) -> str:
            name = str(self._get_test_db_name())
            self.connection.close()
            settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = name
            self.connection.ensure_connection()
            with contextlib.closing(sqlite3.connect(record)) as made:
                made.backup(self.connection.connection)
            return name

        DatabaseCreation.create_test_db = create_test_db


class Apart:
    """Runs the tests of each of `specs` in a fork of its own, as if alone, and writes down what they said."""

    def __init__(self, specs: Sequence[str], answers: Path) -> None:
        self._specs, self._answers = specs, answers

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of one run of all that was collected."""
        said = {}
        out = self._answers.with_suffix(".said")
        for spec in self._specs:
            items = [item for item in session.items if any(_is_of(item, name) for name in spec.split())]
            code = forked(partial(self._alone, session, items), out)
            said[spec] = ("failed without the change" if code else "passed", out.read_text(errors="replace"))
        self._answers.write_text(json.dumps(said))
        return True

    def _alone(self, session: pytest.Session, items: list[pytest.Item]) -> int:
        session.items = items
        with contextlib.suppress(session.Failed, session.Interrupted):
            pytest_main.pytest_runtestloop(session)
        return 0 if items and not session.testsfailed else 1

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell why a test failed; there is no summary."""
        if report.failed:
            sys.stderr.write(f"{report.nodeid}\n{report.longreprtext}\n")


def _is_of(item: pytest.Item, named: str) -> bool:
    """Whether a test is the named one or one of those named together."""
    file, _, name = named.partition("::")
    own = item.nodeid.partition("::")[2]
    return item.path == ROOT / file and (not name or own == name or own.startswith((f"{name}::", f"{name}[")))


class NoDjango:
    """In the place of pytest-django for tests that Django does not reach: its setting is known and not used."""

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        """Before the settings are read."""
        parser.addini("DJANGO_SETTINGS_MODULE", "not used")


def _pytest(job: Job) -> int:
    """Run the tests in this process."""
    options = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # libraries that were loaded before
    options += ["-x", "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    options += [f"--basetemp={Path(tempfile.gettempdir()) / 'tmp'}"]
    without = ["cacheprovider", "xdist", "cov", "randomly"]
    free = all(spec.startswith(FREE) for spec in job.specs)
    plugins: list[object] = [Alike("" if free else job.record)]
    if free:
        without.append("django")
        plugins.append(NoDjango())
    if job.answers:
        plugins.append(Apart(job.specs, Path(job.answers)))
    for plugin in without:
        options += ["-p", f"no:{plugin}"]
    tests = dict.fromkeys(test for spec in job.specs for test in spec.split())
    return int(pytest.main([*options, *tests], plugins=plugins))
