"""Cuts the connection to the server of the database at chosen steps: a paragraph, and a later run is whole."""

import random
from pathlib import Path

from bench.disks import told_badly, whole_again
from bench.kills import Whole
from bench.trials import Server, Trial
from bench.writing import Place, Writing


def lose(
    installation: Place, writing: Writing, server: Server, folder: Path, whole: Whole, *, points: int, seed: int
) -> list[str]:
    """What went wrong when the connection was cut at so many steps, in words."""
    steps = range(1, whole.steps + 1)
    chosen = random.Random(f"{seed} cut {writing.name}").sample(steps, min(points, len(steps)))
    faults = []
    for at in sorted(chosen):
        place = installation.copied(folder / f"cut-{at}", writing)
        words = writing.command(place)
        ended = server.run(Trial(words, place.environment(), str(place.root), at=at, cut=True))
        found = told_badly(ended) + whole_again(place, writing, server, whole.told)
        faults += [f"{writing.name}, connection cut at step {at}: {fault}" for fault in found]
        place.removed()
    return faults
