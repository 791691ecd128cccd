"""Counts the lines and branches that the tests run through, in the floors that must be run through.

A plugin of pytest (`-p tests.counting`), which begins before anything of Waymark is loaded. Each process writes what it
counted into the folder that the environment names; processes that it starts count when they begin likewise.
`python -m tests.counting FOLDER` puts them together and fails when a floor is below the bar, or when no test tried a
row of the table of access.
"""

import csv
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import slipcover
from slipcover.importer import FileMatcher, ImportManager

FOLDER = "WAYMARK_COUNTED"
"""The variable of the environment that names the folder."""

ROOT = Path(__file__).parents[1]
FLOORS = ("actions", "queries", "engines")
BAR = 95
"""Of 100 lines and branches of each floor, those that a test runs through."""

ACCESS = ROOT / "tests" / "actions" / "access.csv"

_counter: slipcover.Slipcover | None = None


def begin() -> None:
    """Count in this process from now on, where a folder is named. Modules that were loaded before are not counted."""
    global _counter
    if FOLDER not in os.environ or _counter is not None:
        return
    places = [ROOT / "src" / "waymark" / floor for floor in FLOORS]
    _counter = slipcover.Slipcover(branch=True)
    ImportManager(_counter, FileMatcher(sources=places)).__enter__()


def write() -> None:
    """Write what this process, and those it was forked from, ran through so far: file → lines and turns."""
    if _counter is None or FOLDER not in os.environ:
        return
    files = _counter.get_coverage()["files"]
    run = {_named(name): [found["executed_lines"], found["executed_branches"]] for name, found in files.items()}
    path = Path(os.environ[FOLDER]) / f"{os.getpid()}-{os.urandom(4).hex()}"
    with suppress(OSError):  # a process that may not write, or only a little, is not counted
        path.write_text(json.dumps(run), encoding="utf-8")
        path.rename(path.with_suffix(".json"))


def _named(name: str) -> str:
    return str((ROOT / name).resolve().relative_to(ROOT))


def write_tried(rows: Iterable[str]) -> None:
    """Write which rows of the table of access this process tried."""
    if FOLDER in os.environ:
        path = Path(os.environ[FOLDER]) / f"{os.getpid()}-{os.urandom(4).hex()}.tried"
        path.write_text("\n".join(rows), encoding="utf-8")


def untried(folder: Path) -> list[str]:
    """The rows of the table of access that no process tried."""
    with ACCESS.open(encoding="utf-8", newline="") as lines:
        rows = [row["act"] for row in csv.DictReader(lines)]
    tried = {row for path in folder.glob("*.tried") for row in path.read_text("utf-8").splitlines()}
    return [row for row in rows if row not in tried]


def pytest_sessionfinish() -> None:
    """Write at the end of the tests of this process."""
    write()


@dataclass
class Counted:
    """Lines and turns of a file: those that are run through, and all that there are."""

    run: set[Any]
    all: set[Any]

    @property
    def missed(self) -> str:
        """The rest, for a person: 12, 30->31."""
        rest = sorted(self.all - self.run, key=lambda one: one if isinstance(one, tuple) else (one,))
        return ", ".join("->".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in rest)


def together(folder: Path) -> dict[str, Counted]:
    """What all processes ran through, of every file of the floors, those that none loaded too."""
    sources = [str(ROOT / "src" / "waymark" / floor) for floor in FLOORS]
    found: dict[str, Counted] = {}
    for name, file in slipcover.Slipcover(branch=True, source=sources).get_coverage()["files"].items():
        found[_named(name)] = Counted(set(), {*file["missing_lines"], *map(tuple, file["missing_branches"])})
    for path in folder.glob("*.json"):
        for name, (lines, turns) in json.loads(path.read_text("utf-8")).items():
            found[name].run |= {*lines, *map(tuple, turns)} & found[name].all
    return found


def main() -> int:
    """Print what was missed, the share of each floor, the rows of access not tried; 1 below the bar, or for a row."""
    files, rest = together(Path(sys.argv[1])), untried(Path(sys.argv[1]))
    shares = {}
    for floor in FLOORS:
        own = {name: file for name, file in sorted(files.items()) if f"waymark/{floor}/" in name}
        for name, file in own.items():
            if file.missed:
                print(f"{100 * len(file.run) / len(file.all):5.1f}  {name}: {file.missed}")
        shares[floor] = 100 * sum(len(file.run) for file in own.values()) / sum(len(file.all) for file in own.values())
    for floor, share in shares.items():
        print(f"{floor}: {share:.2f} of 100 lines and branches were run through; {BAR} must be")
    for row in rest:
        print(f"tests/actions/access.csv: {row} was tried by no test")
    return int(min(shares.values()) < BAR or bool(rest))


begin()

if __name__ == "__main__":
    sys.exit(main())
