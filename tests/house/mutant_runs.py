"""The processes in which `mutants` runs tests: loaded up to a floor, forked for each run, each test as if alone."""

import atexit
import contextlib
import gc
import importlib
import inspect
import json
import os
import pkgutil
import resource
import socket
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any

import django
import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation

from tests.house.swapping import Place, loaded_functions, swap, swaps

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

    With `answers` all tests of `specs` run, and what those of each say is written there. With
    `file` the functions that were loaded from it get the code that it has with `changed`, which tells `proof`. With
    `untried` the acts of the tests are not tried by others (`tests/actions/conftest.py`).
    """

    specs: Sequence[str]
    record: str
    out: str
    answers: str = ""
    file: str = ""
    original: str = ""
    changed: str = ""
    proof: str = ""
    untried: bool = False


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
        functions = loaded_functions(package) if floor == len(FLOORS) else {}
        inspect.getmodule(compile("", "asked", "exec"))  # looks where all modules lie; a child that fails asks again
        gc.freeze()
        speech = there.makefile("rw", encoding="utf-8")
        for line in speech:
            job = Job(**json.loads(line))
            speech.write(f"{forked(partial(_pytest, job, functions), Path(job.out))}\n")
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


class Each:
    """Writes down what the tests of each of `specs` said, which run one after the other as in the suite."""

    def __init__(self, specs: Sequence[str], answers: Path) -> None:
        self._specs, self._answers = specs, answers
        self._failed: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep why a test failed."""
        if report.failed:
            self._failed[report.nodeid] = f"{report.nodeid}\n{report.longreprtext}\n"

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write it down."""
        said = {}
        for spec in self._specs:
            ran = [item.nodeid for item in session.items if any(_is_of(item, name) for name in spec.split())]
            failed = [self._failed[one] for one in ran if one in self._failed]
            said[spec] = ("passed" if ran and not failed else "failed without the change", "".join(failed))
        self._answers.write_text(json.dumps(said))


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


def _pytest(job: Job, functions: Mapping[Place, list[FunctionType]]) -> int:
    """Run the tests in this process."""
    if job.untried:
        os.environ["TESTS_TRY_NO_ACT"] = "1"
    if job.file:
        found = swaps(Path(job.file), job.original, job.changed)
        if not found or not swap(functions, found):
            return 71
        Path(job.proof).touch()
    options = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # libraries that were loaded before
    options += [*(() if job.answers else ("-x",)), "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    options += [f"--basetemp={Path(tempfile.gettempdir()) / 'tmp'}"]
    without = ["cacheprovider", "xdist", "randomly", "slipcover"]
    free = all(spec.startswith(FREE) for spec in job.specs)
    plugins: list[object] = [Alike("" if free else job.record)]
    if free:
        without.append("django")
        plugins.append(NoDjango())
    if job.answers:
        plugins.append(Each(job.specs, Path(job.answers)))
    for plugin in without:
        options += ["-p", f"no:{plugin}"]
    tests = dict.fromkeys(test for spec in job.specs for test in spec.split())
    return int(pytest.main([*options, *tests], plugins=plugins))
