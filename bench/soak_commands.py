"""`python -m bench.soak_commands`: kills every command that writes, puts it on full and read-only disks, and lets every
command read damaged stores. It ends with status 1 when something was lost, stored twice, or told by a traceback.

The same seed kills at the same steps.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.damage import READERS, STORES, WAYS, asked, damaged, furnish
from bench.disks import trouble
from bench.kills import heal, undisturbed
from bench.trials import Server
from bench.writing import WRITINGS, Place, Writing, prepare

SLACKS = (0, 16_384, 262_144, 2_097_152, None)
"""Bytes that are left on a full disk; None is a disk that can only be read."""


def kills(base: Place, server: Server, folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Kill each command that writes at so many steps."""
    for writing in _chosen(options):
        place = folder / "kills"
        place.mkdir()
        points = min(options.points, options.slow_points) if writing.slow else options.points
        whole = undisturbed(base, writing, server, place)
        faults = heal(base, writing, server, place, whole, points=points, seed=options.seed)
        yield f"run again, and killed {points} times: {writing.name}", [*whole.faults, *faults]
        shutil.rmtree(place)


def disks(base: Place, server: Server, folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Put each command that writes on disks that are full at different moments, and on one that can only be read."""
    for writing in _chosen(options):
        if writing.slow:
            continue
        place = folder / "disks"
        place.mkdir()
        wanted = undisturbed(base, writing, server, place).told
        for slack in SLACKS:
            name = "read-only disk" if slack is None else f"disk with {slack:,} bytes"
            yield (
                f"{name}: {writing.name}",
                trouble(base, writing, server, place / f"disk-{slack}", slack=slack, wanted=wanted),
            )
        shutil.rmtree(place)


def damages(base: Place, server: Server, folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Let every command read every damaged store."""
    furnished = base.copied(folder / "furnished", WRITINGS[0])
    furnish(furnished, server)
    for kept in STORES:
        for way in WAYS:
            faults: list[str] = []
            for reader in READERS:
                place = furnished.copied(folder / "damaged", WRITINGS[0])
                damaged(place, kept, way)
                faults += asked(place, reader(place), server)
                shutil.rmtree(place.root)
            yield f"{kept.name}, {way}: {len(READERS)} commands", faults


def _chosen(options: argparse.Namespace) -> list[Writing]:
    return [writing for writing in WRITINGS if not options.only or writing.name in options.only]


def main() -> int:
    """Run the trials and print what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak_commands", description=__doc__)
    parser.add_argument("--points", type=int, default=30, help="kills of each command (default 30)")
    parser.add_argument(
        "--slow-points", type=int, default=30, help="kills of a command that takes a minute (default 30)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another number kills at other steps")
    parser.add_argument("--only", action="append", help="only this command; may be repeated")
    parser.add_argument("--part", choices=("kills", "disks", "damages"), action="append", help="only this part")
    options = parser.parse_args()
    parts = {"kills": kills, "disks": disks, "damages": damages}
    trials = wrong = 0
    with tempfile.TemporaryDirectory() as name, Server() as server:
        folder = Path(name)
        base = prepare(folder / "base")
        for part in options.part or parts:
            for words, faults in parts[part](base, server, folder, options):
                trials += 1
                wrong += bool(faults)
                print(f"{'WRONG' if faults else 'well':6}{words}", flush=True)
                for fault in faults:
                    print(f"      {fault}", flush=True)
    print(f"{trials} sets of trials, {wrong} with faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
