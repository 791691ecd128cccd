"""`python -m bench.soak`: feeds spoiled files to every parser and reader through the wall, for a bounded time.

It counts what is read, refused, crashed and stopped, and ends with status 1 when anything got through the wall: an
exception that is not a refusal, the helper process gone, a file written, a connection made, or memory of this process
that grows. A reader of sheets or statistics, which is all our own, may not fail on a file in any other way than by
refusing it either. The same seed gives the same files.
"""

import argparse
import gc
import random
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.soak_seeds import ENDINGS, seeds, spoiled
from bench.soak_sheets import SEEDS
from bench.spoiling import SPOILED
from waymark.engines.documents.recognising import recognise
from waymark.engines.documents.walled import parse
from waymark.engines.files.walls.kinds import DOCUMENT, MEGABYTE, SHEET, STATISTICS, Kind, Limits
from waymark.engines.files.walls.wall import Wall
from waymark.engines.indicators import walled as statistics
from waymark.engines.sheets import walled as sheets
from waymark.gcm.errors import InputError

LIMITS = Limits(seconds=20, computing=15, memory=512 * MEGABYTE, result_bytes=64 * MEGABYTE)
WARM = 300
"""Files after which the memory of this process is first measured."""

MOST_GROWTH = 64
"""MB that this process may grow after that."""

KINDS = (
    ("crash", "made its reader crash"),
    ("hang", "took longer"),
    ("hang", "seconds of computing"),
    ("memory", "of memory"),
    ("forbidden", "try to"),
    ("unexpected", "failed on it"),
    ("unexpected", "not a document"),
    ("unexpected", "out of order"),
)
"""(what it counts as, words of the refusal); any other refusal is an orderly one."""


@dataclass(slots=True)
class Tally:
    """What happened to the files of one parser."""

    parser: str
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    escapes: list[str] = field(default_factory=list)
    growth: float = 0.0
    slowest: float = 0.0

    @property
    def files(self) -> int:
        return sum(self.counts.values())


class Listener:
    """A server on loopback that counts connections; the attacks in the files name its port."""

    def __init__(self) -> None:
        self.connections = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._server.accept()
            connection.close()
            self.connections += 1


def resident() -> float:
    """Memory of this process in MB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / MEGABYTE


def kind_of(error: InputError) -> str:
    """What a refusal counts as."""
    return next((kind for kind, words in KINDS if words in error.problem), "refused")


@dataclass(frozen=True, slots=True)
class Reading:
    """How one parser or reader is fed: the kind of its wall, (ending, bytes) of what is spoiled, and how it reads.

    `ours` says that it refuses every file that it cannot use: an exception of any other kind is a fault, though it
    stays behind the wall.
    """

    kind: Kind
    seeds: Callable[[Path | None], list[tuple[str, bytes]]]
    read: Callable[[Path, Wall], object]
    ours: bool = True


def _document(parser: str) -> Reading:
    """A parser of documents; which of them reads a file is also found in this process, whatever kind is found."""

    def read(path: Path, wall: Wall) -> None:
        with suppress(InputError):
            recognise(path)
        parse(path, parser=parser, limits=LIMITS, wall=wall)

    def found(data: Path | None) -> list[tuple[str, bytes]]:
        return [(ENDINGS[parser][0], seed) for seed in seeds(parser, data)]

    return Reading(DOCUMENT, found, read, ours=False)


def _sheet(noun: str) -> Reading:
    return Reading(SHEET, lambda _: SEEDS[noun], lambda path, wall: getattr(sheets, noun)(path, wall=wall))


READINGS: dict[str, Reading] = {
    **{parser: _document(parser) for parser in ENDINGS},
    **{noun: _sheet(noun) for noun in SEEDS if noun != "statistics"},
    "statistics": Reading(
        STATISTICS, lambda _: SEEDS["statistics"],
        lambda path, wall: statistics.read(path, name=path.name, dataset="soaked", wall=wall),
    ),
}  # fmt: skip
"""By name; a reader of sheets has the name of its noun."""


def one(path: Path, reading: Reading, wall: Wall, tally: Tally) -> str:
    """Feed one file to a parser or reader behind the walls."""
    outcome = "read"
    try:
        reading.read(path, wall)
    except InputError as error:
        outcome = kind_of(error)
        if outcome in ("unexpected", "crash", "forbidden"):
            tally.reasons[f"{outcome}: {error.problem[:160]}"] += 1
            if reading.ours:
                tally.escapes.append(f"{outcome}: {error.problem}")
    except Exception:
        outcome = "escape"
        tally.escapes.append(traceback.format_exc(limit=-3))
    return outcome


def made(found: list[tuple[str, bytes]], pick: random.Random, port: int) -> tuple[str, bytes]:
    """(ending, bytes) of a spoiled file: spoiled in what it means where that can be, else in its bytes."""
    ending, seed = pick.choice(found)
    if ending in SPOILED and pick.random() < 0.7:
        return ending, SPOILED[ending](seed, pick)
    return ending, spoiled(seed, [each for _, each in found], pick, port)


def soak(
    parser: str, minutes: float, folder: Path, pick: random.Random, listener: Listener, options: argparse.Namespace
) -> Tally:
    """Spoil and feed files to one parser or reader for this long."""
    tally, reading = Tally(parser), READINGS[parser]
    found = reading.seeds(options.data)
    start = time.monotonic()
    held = 0.0
    with Wall(replace(reading.kind, limits=LIMITS)) as wall:
        while time.monotonic() - start < minutes * 60 or not tally.files:
            ending, content = made(found, pick, listener.port)
            path = folder / f"soaked{ending}"
            path.write_bytes(content)
            began = time.monotonic()
            outcome = one(path, reading, wall, tally)
            tally.slowest = max(tally.slowest, time.monotonic() - began)
            tally.counts[outcome] += 1
            if options.keep and outcome in ("crash", "hang", "memory", "forbidden", "unexpected", "escape"):
                (options.keep / f"{parser}-{outcome}-{tally.counts[outcome]}{ending}").write_bytes(content)
            if tally.files == WARM:
                held = resident()
            if [each.name for each in folder.iterdir()] != [path.name]:
                tally.escapes.append(f"a file was written: {sorted(each.name for each in folder.iterdir())}")
                break
            path.unlink()
        if wall.starts > 1:
            tally.escapes.append(f"the helper process ended {wall.starts - 1} times")
    tally.growth = resident() - held if held else 0.0
    if tally.growth > MOST_GROWTH:
        tally.escapes.append(f"this process grew by {tally.growth:.0f} MB")
    if listener.connections:
        tally.escapes.append(f"{listener.connections} connections were made")
        listener.connections = 0
    tally.seconds = time.monotonic() - start
    return tally


def show(tallies: list[Tally]) -> None:
    """Print the table, the reasons and what escaped."""
    columns = ("read", "refused", "unexpected", "crash", "hang", "memory", "forbidden")
    print(
        f"{'parser':12}{'files':>9}{'per s':>8}"
        + "".join(f"{name:>12}" for name in columns)
        + f"{'escaped':>9}{'slowest':>9}{'growth':>9}"
    )
    for tally in tallies:
        numbers = "".join(f"{tally.counts[name]:>12,}" for name in columns)
        rate = tally.files / max(0.001, tally.seconds)
        print(
            f"{tally.parser:12}{tally.files:>9,}{rate:>8.0f}{numbers}{len(tally.escapes):>9}{tally.slowest:>7.1f} s"
            f"{tally.growth:>6.0f} MB"
        )
    for tally in tallies:
        for reason, count in tally.reasons.most_common(8):
            print(f"{tally.parser}: {count:,} × {reason}")
        for escape in tally.escapes[:5]:
            print(f"{tally.parser}: ESCAPED: {escape}")


def main() -> int:
    """Soak the parsers and print what happened."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="for each parser (default 10)")
    parser.add_argument("--parser", choices=tuple(READINGS), action="append", help="only this one; may be repeated")
    parser.add_argument("--data", type=Path, help="folder of real files to spoil besides our own")
    parser.add_argument("--seed", type=int, default=1, help="another number gives other files")
    parser.add_argument("--keep", type=Path, help="folder for the files that crashed or hung a parser")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    listener = Listener()
    tallies = []
    with tempfile.TemporaryDirectory() as folder:
        for name in options.parser or READINGS:
            pick = random.Random(f"{options.seed} {name}")
            print(f"{name}: {options.minutes:g} minutes …", file=sys.stderr, flush=True)
            tallies.append(soak(name, options.minutes, Path(folder), pick, listener, options))
    show(tallies)
    return 1 if any(tally.escapes for tally in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
