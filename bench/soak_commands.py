"""`python -m bench.soak_commands`: kills every command that writes, puts it on full and read-only disks, cuts it off
from its database, gives it spoiled files, and lets every command read damaged stores.

It ends with status 1 when something was lost, stored twice, or told by a traceback. With `--server` all is done again
on PostgreSQL. The same seed kills at the same steps.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.cuts import lose
from bench.damage import READERS, STORES, WAYS, asked, damaged, furnish, opened
from bench.disks import trouble
from bench.inputs import TAKINGS, fed
from bench.kills import Whole, heal, undisturbed
from bench.trials import Server
from bench.writing import WRITINGS, Place, Writing, on_server, prepare

SLACKS = (0, 16_384, 262_144, 2_097_152, None)
"""Bytes that are left on a full disk; None is a disk that can only be read."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What trials need: the installation, what runs them, a folder of their own, what was asked for."""

    base: Place
    server: Server
    folder: Path
    options: argparse.Namespace


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried, on how many runs, and what was wrong."""

    words: str
    runs: int
    faults: list[str]


Part = Callable[[Bench], Iterator[Tried]]


def kills(at: Bench) -> Iterator[Tried]:
    """Run each command that writes twice, and kill it at so many steps."""
    for writing, whole, place in _undisturbed(at):
        points = min(_points(at, writing), whole.steps)
        faults = heal(at.base, writing, at.server, place, whole, points=points, seed=at.options.seed)
        yield Tried(f"run again, and killed {points} times: {writing.name}", points + 1, [*whole.faults, *faults])


def disks(at: Bench) -> Iterator[Tried]:
    """Put each command that writes on disks that are full at different moments, and on one that can only be read."""
    for writing, whole, place in _undisturbed(at):
        for slack in SLACKS:
            name = "read-only disk" if slack is None else f"disk with {slack:,} bytes"
            found = trouble(at.base, writing, at.server, place / f"disk-{slack}", slack=slack, wanted=whole.told)
            yield Tried(f"{name}: {writing.name}", 1, found)


def cuts(at: Bench) -> Iterator[Tried]:
    """Cut the connection to the server of the database at some steps of each command that writes."""
    if not at.base.server:
        return
    for writing, whole, place in _undisturbed(at):
        points = min(at.options.cuts, whole.steps)
        faults = lose(at.base, writing, at.server, place, whole, points=points, seed=at.options.seed)
        yield Tried(f"connection cut {points} times: {writing.name}", points, faults)


def inputs(at: Bench) -> Iterator[Tried]:
    """Give each command that takes a file whole and spoiled ones."""
    for taking in TAKINGS:
        if not _wanted(at, taking.name):
            continue
        faults = fed(
            at.base, taking, at.server, at.folder / "inputs",
            files=at.options.files, seed=at.options.seed, keep=at.options.keep,
        )  # fmt: skip
        runs = at.options.files + len(taking.seeds)
        yield Tried(f"{runs} files: {taking.name}", runs, faults)


def damages(at: Bench) -> Iterator[Tried]:
    """Let every command read every damaged store; one that opens no file of a store only when that is missing.

    On PostgreSQL a store in the data folder is read by its own command only: what the others do with it does not hang
    on where the record is.
    """
    furnished = at.base.copied(at.folder / "furnished", WRITINGS[0])
    furnish(furnished, at.server)
    readers = {name: words for name, words in READERS.items() if _wanted(at, name)}
    opening = {} if at.base.server else {name: _opened(at, furnished, words) for name, words in readers.items()}
    for kept in STORES:
        for way in WAYS:
            faults: list[str] = []
            if kept is STORES[0]:
                asking = list(readers.values())
            elif at.base.server:
                asking = [kept.reader]
            else:
                asking = [words for name, words in readers.items() if way == "missing" or kept.name in opening[name]]
            for reader in asking:
                place = furnished.copied(at.folder / "damaged", WRITINGS[0])
                damaged(place, kept, way)
                faults += asked(place, reader(place), at.server)
                place.removed()
            yield Tried(f"{kept.name}, {way}: {len(asking)} commands", len(asking), faults)
    furnished.removed()


def _opened(at: Bench, furnished: Place, words: Callable[[Place], Sequence[str | Path]]) -> set[str]:
    place = furnished.copied(at.folder / "opened", WRITINGS[0])
    found = opened(place, words(place), at.server)
    place.removed()
    return found


PARTS: dict[str, Part] = {"kills": kills, "disks": disks, "cuts": cuts, "inputs": inputs, "damages": damages}


def _points(at: Bench, writing: Writing) -> int:
    return min(at.options.points, at.options.slow_points) if writing.slow else int(at.options.points)


def _wanted(at: Bench, name: str) -> bool:
    return name not in at.options.without and (not at.options.only or name in at.options.only)


def _undisturbed(at: Bench) -> Iterator[tuple[Writing, Whole, Path]]:
    """Each command that writes, what it leaves when nobody disturbs it, and a folder for its trials."""
    for writing in WRITINGS:
        if not _wanted(at, writing.name):
            continue
        place = at.folder / "trials"
        place.mkdir()
        yield writing, undisturbed(at.base, writing, at.server, place), place
        shutil.rmtree(place)


@dataclass(slots=True)
class Total:
    """One line of the table at the end."""

    database: str
    part: str
    sets: int = 0
    runs: int = 0
    wrong: int = 0
    seconds: float = 0.0


def soak(part: str, at: Bench) -> Total:
    """Try one part, and print each set of trials when it is done."""
    total = Total("PostgreSQL" if at.base.server else "SQLite", part)
    start = time.monotonic()
    for tried in PARTS[part](at):
        total.sets += 1
        total.runs += tried.runs
        total.wrong += len(tried.faults)
        print(f"{'WRONG' if tried.faults else 'well':6}{total.database}: {tried.words}", flush=True)
        for fault in tried.faults:
            print(f"      {fault}", flush=True)
    total.seconds = time.monotonic() - start
    return total


def show(totals: list[Total]) -> None:
    """Print what was tried, how often, what was wrong, and how long it took."""
    print(f"\n{'database':12}{'part':10}{'sets':>6}{'runs':>8}{'faults':>8}{'minutes':>9}")
    for each in totals:
        numbers = f"{each.sets:>6,}{each.runs:>8,}{each.wrong:>8,}{each.seconds / 60:>9.1f}"
        print(f"{each.database:12}{each.part:10}{numbers}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.soak_commands", description=__doc__)
    parser.add_argument("--points", type=int, default=30, help="kills of each command (default 30)")
    parser.add_argument(
        "--slow-points", type=int, default=30, help="kills of a command that takes a minute (default 30)"
    )
    parser.add_argument("--cuts", type=int, default=5, help="connections cut of each command (default 5)")
    parser.add_argument("--files", type=int, default=60, help="spoiled files for each command (default 60)")
    parser.add_argument("--seed", type=int, default=1, help="another number kills at other steps")
    parser.add_argument("--only", action="append", help="only this command; may be repeated")
    parser.add_argument("--without", action="append", default=[], help="not this command; may be repeated")
    parser.add_argument("--part", choices=tuple(PARTS), action="append", help="only this part")
    parser.add_argument("--keep", type=Path, help="folder for the spoiled files with which something went wrong")
    parser.add_argument("--server", default="", help="address of a PostgreSQL server on which all is done again")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), help="only on this database")
    parser.add_argument("--base", type=Path, help="an installation that `--keep-base` left; it is not made again")
    parser.add_argument("--keep-base", type=Path, help="folder that is made, in which the installation is kept")
    return parser.parse_args()


def main() -> int:
    """Run the trials and print what went wrong."""
    options = _options()
    totals: list[Total] = []
    with tempfile.TemporaryDirectory() as name, Server() as server:
        folder = Path(name)
        folder.chmod(0o711)  # the server of the database keeps some of its files below
        base = Place(Path(shutil.copytree(options.base, folder / "base"))) if options.base else prepare(folder / "base")
        if options.keep_base:
            shutil.copytree(base.root, options.keep_base)
        places = [] if options.on == "postgresql" else [base]
        if options.server and options.on != "sqlite":
            places.append(on_server(base, folder / "on-server", options.server))
        try:
            for place in places:
                own = folder / f"of-{place.root.name}"
                own.mkdir()
                for part in options.part or PARTS:
                    totals.append(soak(part, Bench(place, server, own, options)))
        finally:
            show(totals)
            for place in places:
                place.removed()
    return 1 if any(total.wrong for total in totals) else 0


if __name__ == "__main__":
    sys.exit(main())
