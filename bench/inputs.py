"""Gives each command that takes a person's file spoiled ones: it reads or refuses in a paragraph, the record verifies.

The files are those of `bench.soak`, spoiled in what they mean more than in their bytes, so that some pass the reader
and reach the rules of the record and the database itself.
"""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.soak import made
from bench.soak_sheets import SEEDS
from bench.trials import Server, Trial
from bench.writing import DAY, WRITINGS, Place

ENTERED = ("--network", "qor-network", "--organisation", "qor-mol", "--paper", "Letter", "--paper-date", DAY)


@dataclass(frozen=True, slots=True)
class Taking:
    """A command that takes a file: its name, its words after which the file stands, and more words for each ending."""

    name: str
    words: tuple[str, ...]
    seeds: list[tuple[str, bytes]]
    more: Callable[[str], Sequence[str]] = lambda _: ()


def _of_review(ending: str) -> Sequence[str]:
    named = ("--network", "qor-network", "--cycle", "imrf-2022", "--code", "qor-2018", "--published-on", "2018-05-17")
    return () if ending == ".json" else named


TAKINGS: tuple[Taking, ...] = (
    Taking("reviews import", ("reviews", "import"), SEEDS["review"], _of_review),
    Taking(
        "frameworks import", ("frameworks", "import"), SEEDS["provisions"],
        lambda _: ("--framework", "new-plan", "--title", "A new plan"),
    ),
    Taking("frameworks link", ("frameworks", "link"), SEEDS["crosswalk"], lambda _: ("--framework", "plan")),
    Taking("data add", ("data", "add"), SEEDS["statistics"]),
    Taking("data check", ("data", "check"), SEEDS["statistics"]),
    Taking(
        "data indicator", ("data", "indicator"), SEEDS["indicator"], lambda _: ("--reason", "The form was corrected.")
    ),
    Taking("data values", ("data", "values"), SEEDS["values"], lambda _: ENTERED),
)  # fmt: skip
"""Documents are not among them: their words are cleaned and never refused; `bench.soak` spoils those."""

_VALUES = next(writing for writing in WRITINGS if writing.name == "data values")
"""What is done before it defines the indicator that the table of values names."""


def fed(
    base: Place, taking: Taking, server: Server, folder: Path, *, files: int, seed: int, keep: Path | None
) -> list[str]:
    """What went wrong when a command was given so many spoiled files, after one of each form that is whole.

    A file with which something went wrong is kept in the folder `keep`, when one is named.
    """
    folder.mkdir(exist_ok=True)
    pick = random.Random(f"{seed} {taking.name}")
    faults = []
    for number in range(len(taking.seeds) + files):
        whole = number < len(taking.seeds)
        ending, content = taking.seeds[number] if whole else made(taking.seeds, pick, 9)
        place = base.copied(folder / f"fed-{number}", _VALUES)
        given = place.inputs / f"given{ending}"
        given.write_bytes(content)
        said = f"{taking.name}, {'whole' if whole else 'spoiled'} file {number} of seed {seed}"
        found = [f"{said}: {fault}" for fault in _one(place, taking, given, server, whole=whole)]
        if found and keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(given, keep / f"{taking.name.replace(' ', '-')}-{number}{ending}")
        faults += found
        place.removed()
    return faults


def _one(place: Place, taking: Taking, given: Path, server: Server, *, whole: bool) -> Iterator[str]:
    words = [*taking.words, str(given), *taking.more(given.suffix)]
    ended = server.run(Trial(words, place.environment(), str(place.root)))
    if ended.status not in ((0,) if whole else (0, 1, 2, 3)) or "Traceback" in ended.err + ended.out:
        yield f"status {ended.status}: {ended.err}"
    if ended.status > 1 and not ended.err.strip().splitlines()[-1:][0].startswith("waymark "):
        yield f"no paragraph: {ended.err}"
    verified = server.run(Trial(["verify"], place.environment(), str(place.root)))
    if verified.status:
        yield f"verify: {verified.err}"
