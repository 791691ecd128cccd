"""Runs named tests on many changed copies of the package, in one process that forks a child for each change.

The process has pytest, Django and the libraries loaded, and nothing of ours. Each child imports the package from a
copy in which one file is changed, runs the tests and ends; the file is put back. What was said before a change counts
only when the same tests pass without it, and a change counts only when the changed file was loaded.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import hypothesis
import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
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

LOADED = """
try:
    open({proof!r}, "a").close()
except OSError:
    pass  # behind a wall; another process has told
"""
"""Written under a changed file: it tells that this file, and not another of its name, was run."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the package and the tests that must notice it."""

    file: str
    original: str
    inverted: str
    tests: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`noticed`, or why the tests prove nothing; and what they printed."""

    answer: str
    said: str


class Copy:
    """A copy of the package, to be changed one file at a time."""

    def __init__(self, folder: Path, source: Path = SOURCE) -> None:
        self.folder = folder
        self._source = source
        self._changes = 0
        for path in source.rglob("*"):
            target = folder / path.relative_to(source)
            if path.is_dir():
                target.mkdir(parents=True, exist_ok=True)
            elif path.suffix == ".py":
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target)
            elif path.suffix != ".pyc":
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(path)

    @contextlib.contextmanager
    def changed(self, change: Change, proof: Path) -> Iterator[None]:
        """Within it, the one file is changed and makes the file `proof` when it is run. Raises ValueError."""
        name = change.file.removeprefix("src/")
        original, file = self._source / name, self.folder / name
        text = original.read_text(encoding="utf-8") if original.suffix == ".py" and original.is_file() else ""
        if text.count(change.original) != 1:
            raise ValueError(f"{change.file} must hold these words exactly once: {change.original}")
        file.write_text(
            text.replace(change.original, change.inverted) + LOADED.format(proof=str(proof)), encoding="utf-8"
        )
        self._changes += 1
        os.utime(file, (self._changes, self._changes))  # compiled code is kept by the second and the size of the file
        try:
            yield
        finally:
            shutil.copy2(original, file)


class Runner:
    """The forking process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copy = Copy(folder / "package")
        self._record = folder / "record.sqlite3"
        self._sound: dict[str, Verdict] = {}
        self._runs = 0
        sys.path.insert(0, str(self._copy.folder))
        os.environ["PYTHONPATH"] = str(self._copy.folder)  # for the commands that tests start
        for library in LIBRARIES:
            importlib.import_module(library)
        sys.dont_write_bytecode = False
        sys.pycache_prefix = str(folder / "compiled")
        ours = sorted(name for name in sys.modules if name.split(".")[0] == "waymark")
        assert not ours, f"loaded before the change: {ours}"
        gc.freeze()  # a child need not look through the libraries for what can go

    def judge(self, change: Change) -> Verdict:
        """Whether the tests notice the change."""
        if change.tests not in self._sound:
            self._sound[change.tests] = self._without(change.tests)
        if self._sound[change.tests].answer != "passed":
            return self._sound[change.tests]
        proof = self._folder / "loaded"
        proof.unlink(missing_ok=True)
        migrations = "/migrations/" in change.file
        try:
            with self._copy.changed(change, proof):
                code, said = self._fork(lambda: _pytest(change.tests, None if migrations else self._record))
        except ValueError as error:
            return Verdict("not there", str(error))
        if not proof.exists():
            return Verdict("not loaded", said)
        return Verdict({0: "unnoticed", 1: "noticed"}.get(code, f"ended with {code}"), said)

    def _without(self, tests: str) -> Verdict:
        """The same tests without a change; they must pass."""
        if not self._record.exists():
            code, said = self._fork(lambda: _migrate(self._record))
            if code:
                return Verdict("no record", said)
        code, said = self._fork(lambda: _pytest(tests, self._record))
        return Verdict("failed without the change" if code else "passed", said)

    def _fork(self, work: Callable[[], int]) -> tuple[int, str]:
        """Do the work in a child; its code (below zero: the signal that ended it) and what it printed."""
        self._runs += 1
        out = self._folder / f"said-{self._runs}"
        child = os.fork()
        if not child:
            _child(work, out)
        _, status = os.waitpid(child, 0)
        shutil.rmtree(self._folder / "tmp", ignore_errors=True)
        said = out.read_text(encoding="utf-8", errors="replace")
        out.unlink()
        return os.waitstatus_to_exitcode(status), said


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


def _migrate(record: Path) -> int:
    """Make an empty record."""
    os.environ["DATABASE_URL"] = f"sqlite:///{record}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "waymark.config.settings"
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()  # the last connection writes its log of changes into the file
    return 0


class Alike:
    """What a run with a change and one without have alike: the examples of property tests, and a record copied."""

    def __init__(self, record: Path | None) -> None:
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

    def _copy(self, record: Path) -> None:
        """Let pytest-django copy a record that is made, which takes a hundredth of the time of all migrations."""
        from django.conf import settings
        from django.db.backends.sqlite3.creation import DatabaseCreation

        def create_test_db(self: Any, *args: object, **kwargs: object) -> str:
            name = str(self._get_test_db_name())
            self.connection.close()
            settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = name
            self.connection.ensure_connection()
            with contextlib.closing(sqlite3.connect(record)) as made:
                made.backup(self.connection.connection)
            return name

        DatabaseCreation.create_test_db = create_test_db


def _pytest(tests: str, record: Path | None) -> int:
    """Run the tests in this process."""
    os.environ.pop("DATABASE_URL", None)
    options = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # libraries that were loaded before
    options += ["-x", "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    options += [f"--basetemp={Path(tempfile.gettempdir()) / 'tmp'}"]
    for plugin in ("cacheprovider", "xdist", "cov", "randomly"):
        options += ["-p", f"no:{plugin}"]
    return int(pytest.main([*options, *tests.split()], plugins=[Alike(record)]))


def main() -> None:
    """Answer one change a line until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.chdir(ROOT)
    tempfile.tempdir = tempfile.mkdtemp(prefix="waymark-changes-")  # not removed at the exit of a child
    try:
        runner = Runner(Path(tempfile.tempdir))
        for line in sys.stdin:
            answers.write(json.dumps(asdict(runner.judge(Change(**json.loads(line))))) + "\n")
            answers.flush()
    finally:
        shutil.rmtree(tempfile.tempdir)


class Mutants:
    """The forking process as the tests see it, started at its first change."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def judge(self, change: Change) -> Verdict:
        """Whether the tests notice the change."""
        if self._process is None:
            names = ("PYTEST", "COV_CORE", "COVERAGE", "DATABASE_URL", "WAYMARK")
            kept = {name: value for name, value in os.environ.items() if not name.startswith(names)}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.house.mutants"],
                cwd=ROOT, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(change)) + "\n")
        self._process.stdin.flush()
        return Verdict(**json.loads(self._process.stdout.readline()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            self._process.communicate()
            self._process = None


if __name__ == "__main__":
    main()
