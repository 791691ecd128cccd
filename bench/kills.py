"""Runs a command twice, and kills it at steps that a seed chooses and runs it again: nothing is lost or doubled."""

import random
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.holdings import differences, files_below, rows_of, told
from bench.trials import Server, Trial
from bench.writing import Place, Writing


@dataclass(frozen=True, slots=True)
class Whole:
    """What a command leaves that nobody stopped: what is told of the place, its steps, and faults of a second run."""

    told: Mapping[str, Any]
    steps: int
    faults: list[str]


def undisturbed(installation: Place, writing: Writing, server: Server, folder: Path) -> Whole:
    """Run a command twice: the second run may change nothing. Raises RuntimeError when the first fails."""
    place = installation.copied(folder / "whole", writing)
    ended = server.run(_trial(writing, place))
    if ended.status:
        raise RuntimeError(f"{writing.name}: {ended.err}")
    found = Whole(told(place), ended.steps, _rerun(writing, server, place))
    place.removed()
    return found


def heal(
    installation: Place, writing: Writing, server: Server, folder: Path, whole: Whole, *, points: int, seed: int
) -> list[str]:
    """What went wrong after so many kills, in words; nothing when a second run healed each."""
    steps = range(1, whole.steps + 1)
    chosen = random.Random(f"{seed} {writing.name}").sample(steps, min(points, len(steps)))
    return [fault for at in sorted(chosen) for fault in _one(installation, writing, server, folder, at, whole.told)]


def _rerun(writing: Writing, server: Server, place: Place) -> list[str]:
    """What a second run with the same input changed: no row and no byte may be another."""
    before = {"rows": rows_of(place), "data": files_below(place.data), "out": files_below(place.out)}
    ended = server.run(_trial(writing, place))
    after = {"rows": rows_of(place), "data": files_below(place.data), "out": files_below(place.out)}
    changed = differences(before, after)
    if ended.status != writing.again:
        changed.append(f"status {ended.status}: {ended.err}")
    return [f"{writing.name}, run again: {change}" for change in changed]


def _trial(writing: Writing, place: Place, at: int = 0) -> Trial:
    return Trial(writing.command(place), place.environment(), str(place.root), at=at)


def _one(
    installation: Place, writing: Writing, server: Server, folder: Path, at: int, wanted: Mapping[str, Any]
) -> list[str]:
    place = installation.copied(folder / f"killed-{at}", writing)
    try:
        killed = server.run(_trial(writing, place, at))
        if killed.status != -signal.SIGKILL:
            return [f"{writing.name}: step {at} was not reached, status {killed.status}: {killed.err}"]
        again = server.run(_trial(writing, place))
        faults = []
        if again.status and not (again.status == writing.again and told(place) == wanted):
            faults.append(f"the second run ended with {again.status}: {again.err}")
        faults += differences(wanted, told(place))
        verified = server.run(Trial(["verify"], place.environment(), str(place.root)))
        if verified.status:
            faults.append(f"verify: {verified.err}")
        return [f"{writing.name}, killed at step {at}: {fault}" for fault in faults]
    finally:
        place.removed()
