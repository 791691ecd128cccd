"""Runs `waymark`, or a program of a few lines, in forked processes, so that a trial need not load the program anew.

Each starts as if fresh. What is loaded before is only modules: the settings are read by each trial from its own
environment.

A trial may end itself with kill -9 at its n-th step: a thing that it does to a file below a folder, a file flushed to
the disk, a statement of the database. It may be limited in what it writes, or run as a user without rights.
`python -m bench.trials` reads one request a line and answers each with a line; `Server` speaks to it.
"""

import gc
import importlib
import json
import os
import pkgutil
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import django
import django.conf
from django.db import connections

import waymark

FILES = frozenset({"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"})
"""Events of Python's audit that name a path first."""

HEAVY = (
    "numpy", "pyarrow.parquet", "pyarrow.dataset", "duckdb", "ibis", "tantivy", "typst", "docx", "babel", "psycopg",
    "xlsxwriter", "python_calamine", "django.core.management.commands.migrate", "django.db.backends.sqlite3.base",
    "django.db.backends.postgresql.base",
)  # fmt: skip
"""Libraries that commands load when they need them."""

SETTINGS = "waymark.config.settings"

NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Trial:
    """One run of `waymark` with these words, or of `program` with them as its arguments.

    `at` is the step below the folder `below` at which it kills itself (0: never), or with `cut` loses its connections
    to the server of the database; `most` limits the bytes of each file.
    """

    words: Sequence[str]
    environment: Mapping[str, str]
    below: str = ""
    program: str = ""
    at: int = 0
    cut: bool = False
    most: int = 0
    nobody: bool = False
    seconds: int = 600


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its status (negative for a signal), what it printed, how many steps it made."""

    status: int
    out: str
    err: str
    steps: int


class Server:
    """The process that forks; a context."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.trials"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, trial: Trial) -> Ended:
        """Run one trial to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asdict(trial)), file=self._process.stdin, flush=True)
        return Ended(**json.loads(self._process.stdout.readline()))


class _Steps:
    """Counts the steps of this process, and at one of them kills it or cuts its connections."""

    def __init__(self, trial: Trial) -> None:
        self.below, self.at, self.cut, self.done = trial.below, trial.at, trial.cut, 0

    def watch(self) -> None:
        """Begin to count."""
        from django.db.backends.signals import connection_created

        sys.addaudithook(self._audited)
        flush = os.fsync

        def fsync(handle: Any) -> None:
            self.step()
            flush(handle)

        os.fsync = fsync
        connection_created.connect(self._connected, weak=False)

    def step(self) -> None:
        """One more."""
        self.done += 1
        if self.done == self.at and self.cut:
            for made in connections.all(initialized_only=True):
                if made.connection is not None:
                    _cut(made.connection.fileno())
        elif self.done == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _audited(self, event: str, given: tuple[Any, ...]) -> None:
        if event in FILES and isinstance(given[0], str | bytes | os.PathLike) and self._below(given[0]):
            self.step()

    def _below(self, path: Any) -> bool:
        return os.path.abspath(os.fsdecode(path)).startswith(self.below)  # noqa: PTH100  # resolve() looks at the disk

    def _connected(self, connection: Any, **_: object) -> None:
        if connection.vendor == "sqlite":
            connection.connection.set_trace_callback(lambda _: self.step())
        else:
            connection.execute_wrappers.append(self._executed)

    def _executed(self, execute: Any, *given: Any) -> Any:
        self.step()
        return execute(*given)


def _cut(descriptor: int) -> None:
    """Let nothing more come or go by a connection, as when its server or the way to it is gone."""
    with socket.socket(fileno=os.dup(descriptor)) as same, suppress(OSError):
        same.shutdown(socket.SHUT_RDWR)


def _load() -> None:
    """Import the libraries and every module of Waymark, once for all trials."""
    _counting()
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    ours = pkgutil.walk_packages(waymark.__path__, "waymark.")
    for name in (*HEAVY, *(found.name for found in ours if not found.name.endswith("__main__"))):
        importlib.import_module(name)
    gc.freeze()  # a trial need not look through them for what can go


def _forget_settings() -> None:
    """Let the settings and the database be those of this environment, as in a process that begins."""
    del sys.modules[SETTINGS]
    django.conf.settings._wrapped = django.conf.empty
    for made in connections.all(initialized_only=True):
        del connections[made.alias]
    vars(connections).pop("settings", None)
    connections._settings = None  # type: ignore[attr-defined]  # what it was made with


def _child(trial: Trial, out: int, err: int, note: Path) -> None:
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.environ.clear()
    os.environ.update(trial.environment)
    _forget_settings()
    if trial.most:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (trial.most, trial.most))
    if trial.nobody and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    counting = _counting()
    steps = _Steps(trial)
    if trial.below:
        steps.watch()
    from waymark.interfaces.cli.main import main

    status: object = 1
    try:
        status = _program(trial) if trial.program else main(trial.words)
    except SystemExit as stop:
        status = 0 if stop.code is None else stop.code
    except BaseException:
        traceback.print_exc()
    finally:
        done = steps.done
        steps.at = 0
        with suppress(Exception):  # a full disk
            connections.close_all()  # as a process does that ends
        if counting:
            counting.write()
        sys.stdout.flush()
        sys.stderr.flush()
        with suppress(OSError):
            os.write(os.open(note, os.O_WRONLY), str(done).encode())
        os._exit(status if isinstance(status, int) else 1)


def _counting() -> Any:
    """What counts the lines that are run, where the tests count them; it begins before Waymark is loaded."""
    return importlib.import_module("tests.counting") if "WAYMARK_COUNTED" in os.environ else None


def _program(trial: Trial) -> int:
    sys.argv = ["-c", *trial.words]
    exec(compile(trial.program, "<program>", "exec"), {"__name__": "__main__"})
    return 0


def _run(trial: Trial) -> Ended:
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "steps"
        note.touch(mode=0o666)
        note.chmod(0o666)
        Path(folder).chmod(0o755)
        with (Path(folder) / "out").open("w+b") as out, (Path(folder) / "err").open("w+b") as err:
            child = os.fork()
            if not child:
                _child(trial, out.fileno(), err.fileno(), note)
            _, status = os.waitpid(child, 0)
            out.seek(0)
            err.seek(0)
            said, refused = out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace")
        return Ended(os.waitstatus_to_exitcode(status), said, refused, int(note.read_text() or 0))


def main() -> None:
    """Answer requests until there are no more."""
    _load()
    for line in sys.stdin:
        print(json.dumps(asdict(_run(Trial(**json.loads(line))))), flush=True)
    gc.unfreeze()


if __name__ == "__main__":
    main()
