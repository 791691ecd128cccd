"""Runs named tests on many changed copies of the package, in processes that fork a child for each change.

The first has pytest, Django and the libraries loaded, and nothing of ours; those forked from it have loaded the floors
below the changed one as well, which the change does not reach. Each child imports the rest of the package from a copy
in which one file is changed, runs the tests and ends; the file is put back. What was said counts only when the same
tests pass without the change, in a process that has loaded the same, and only when the changed file was loaded.
"""

import contextlib
import csv
import fcntl
import gc
import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

from tests.house.mutant_runs import FLOORS, LIBRARIES, ROOT, Job, Loaded, forked, make_record
from tests.house.swapping import swaps

SOURCE = ROOT / "src"
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


def listed() -> list[Change]:
    """The changes that the files `inversions.csv` list."""
    return [
        Change(**row)
        for path in sorted((ROOT / "tests").rglob("inversions.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]


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
    """The forking process.

    What its workers may share lies in `shared`: an empty record, and what was said of tests without a change.
    """

    def __init__(self, folder: Path, shared: Path) -> None:
        self._folder = folder
        self._copy = Copy(folder / "package")
        self._shared = shared
        self._record = shared / "record.sqlite3"
        self._loaded: dict[int, Loaded] = {}
        self._runs = 0
        sys.path.insert(0, str(self._copy.folder))
        os.environ["PYTHONPATH"] = str(self._copy.folder)  # for the commands that tests start
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "waymark.config.settings"
        for library in LIBRARIES:
            importlib.import_module(library)
        sys.dont_write_bytecode = False
        sys.pycache_prefix = str(folder / "compiled")
        ours = sorted(name for name in sys.modules if name.split(".")[0] == "waymark")
        assert not ours, f"loaded before the change: {ours}"
        gc.freeze()  # a child need not look through the libraries for what can go

    def judge(self, change: Change) -> Verdict:
        """Whether the tests notice the change: the quick ways first, and the last word has the whole one.

        Quick is to change functions that are loaded, and not to let others try the acts of a test.
        """
        swapped, below = self._swapped(change), floor_of(change.file)
        ways = [(len(FLOORS), swapped, True), (len(FLOORS), swapped, False)] if swapped else [(below, {}, True)]
        for floor, texts, untried in ways:
            if (verdict := self._judge(change, floor, texts, untried)).answer == "noticed":
                return verdict if untried else self._alone(change, floor, verdict)
        return self._alone(change, below, self._judge(change, below, {}, untried=False))

    def _alone(self, change: Change, floor: int, verdict: Verdict) -> Verdict:
        """The verdict, if the tests pass without the change when they run alone: each act is tried where a test first
        calls it, so that a test alone tries acts which another one tries in the suite."""
        if verdict.answer != "noticed":
            return verdict
        code, said = self._run(floor, (change.tests,), str(self._record), untried=False)
        return verdict if code == 0 else Verdict("failed without the change", said)

    def _swapped(self, change: Change) -> dict[str, str] | None:
        """The texts of a file whose change lies within functions; None where it does not."""
        file = self._copy.folder / change.file.removeprefix("src/")
        text = file.read_text(encoding="utf-8") if file.suffix == ".py" and file.is_file() else ""
        if text.count(change.original) != 1:
            return None
        changed = text.replace(change.original, change.inverted)
        if not swaps(file, text, changed):
            return None
        return {"file": str(file), "original": text, "changed": changed}

    def _judge(self, change: Change, floor: int, swapped: dict[str, str], untried: bool) -> Verdict:
        sound = self._without(change, floor, untried)
        if sound.answer != "passed":
            return sound
        proof = self._folder / "loaded"
        proof.unlink(missing_ok=True)
        record = "" if "/migrations/" in change.file else str(self._record)
        try:
            with self._copy.changed(change, proof):
                code, said = self._run(floor, (change.tests,), record, **swapped, proof=str(proof), untried=untried)
        except ValueError as error:
            return Verdict("not there", str(error))
        if not proof.exists():
            return Verdict("not loaded", said)
        return Verdict({0: "unnoticed", 1: "noticed"}.get(code, f"ended with {code}"), said)

    def _without(self, change: Change, floor: int, untried: bool) -> Verdict:
        """What the same tests say without a change; they must pass.

        Asked once for all listed changes of the same files of tests in a process that has loaded as much.
        """
        files = files_of(change.tests)
        kept = self._shared / hashlib.sha256(f"{floor} {untried} {files}".encode()).hexdigest()[:16]
        if change.tests not in _said(kept):
            self._make_record()
            with _alone(kept.with_suffix(".lock")):  # another worker may ask others meanwhile
                if change.tests not in _said(kept):
                    alike = [one for one in listed() if floor in (floor_of(one.file), len(FLOORS))]
                    alike = [one for one in alike if files_of(one.tests) == files]
                    specs = tuple(dict.fromkeys(one.tests for one in (change, *alike)))
                    part = kept.with_suffix(".part")
                    part.write_text(json.dumps(self._asked(floor, specs, untried)), encoding="utf-8")
                    part.rename(kept)
        return Verdict(*_said(kept)[change.tests])

    def _asked(self, floor: int, specs: tuple[str, ...], untried: bool) -> dict[str, list[str]]:
        answers = self._folder / "answers"
        answers.unlink(missing_ok=True)
        _, printed = self._run(floor, specs, str(self._record), answers=str(answers), untried=untried)
        return _said(answers) or {spec: ["failed without the change", printed] for spec in specs}

    def _make_record(self) -> None:
        with _alone(self._record.with_suffix(".lock")):
            if self._record.exists():
                return
            part, out = self._record.with_suffix(".part"), self._folder / "said"
            code = forked(partial(make_record, part), out)
            assert code == 0, out.read_text(encoding="utf-8")
            part.rename(self._record)

    def _run(self, floor: int, specs: Sequence[str], record: str, **more: Any) -> tuple[int, str]:
        """Run tests in a child of a process that has loaded the floors below; its code, and what it printed."""
        if floor not in self._loaded:
            self._loaded[floor] = Loaded(self._copy.folder, floor)
        self._runs += 1
        out = self._folder / f"said-{self._runs}"
        code = self._loaded[floor].do(Job(specs, record, str(out), **more))
        shutil.rmtree(self._folder / "tmp", ignore_errors=True)
        said = out.read_text(encoding="utf-8", errors="replace")
        out.unlink()
        return code, said


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Within it, no other worker is. A process forked within keeps the file open, so closing it would free nobody."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)


def _said(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def floor_of(file: str) -> int:
    """How many floors lie below a file of the package: they may be loaded before it is changed."""
    name = Path(file.removeprefix("src/waymark/")).parts[0]
    return FLOORS.index(name) if name in FLOORS else 0


def files_of(tests: str) -> str:
    """The files of tests that are named, in order."""
    return " ".join(sorted({each.partition("::")[0] for each in tests.split()}))


def main(shared: Path) -> None:
    """Answer one change a line until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.chdir(ROOT)
    tempfile.tempdir = tempfile.mkdtemp(prefix="waymark-changes-")  # not removed at the exit of a child
    try:
        runner = Runner(Path(tempfile.tempdir), shared)
        for line in sys.stdin:
            answers.write(json.dumps(asdict(runner.judge(Change(**json.loads(line))))) + "\n")
            answers.flush()
    finally:
        shutil.rmtree(tempfile.tempdir)


class Mutants:
    """The forking process as the tests see it, started at its first change."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared
        self._process: subprocess.Popen[str] | None = None

    def judge(self, change: Change) -> Verdict:
        """Whether the tests notice the change."""
        if self._process is None:
            names = ("PYTEST", "COV_CORE", "COVERAGE", "DATABASE_URL", "WAYMARK")
            kept = {name: value for name, value in os.environ.items() if not name.startswith(names)}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.house.mutants", str(self._shared)],
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
    main(Path(sys.argv[1]))
