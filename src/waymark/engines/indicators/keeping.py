"""Keeps the statistics of places under the hash of what they were made from, and makes them again when it changes.

A kept result lies in `<folder>/<key>/<place>-<year>.json`. The key is the hash of every dataset's manifest, of the
catalogue of indicators and of the code that chooses and assesses. `year` is the last whose figures count; a later day
than the last figure of all datasets needs no result of its own. A file that is missing or damaged counts as not made.
What is kept may be deleted at any time. Reading loads nothing more than the standard library.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.methods import METHODS
from waymark.engines.indicators.place_facts import PlaceFacts, from_plain, to_plain
from waymark.engines.indicators.store import Observations, Store, bundled, remove
from waymark.gcm.files import catalogue_path

FORMAT = 1
KEY_LENGTH = 32

RULES = (
    "engines/indicators/assess.py", "engines/indicators/assessment.py", "engines/indicators/breaks.py",
    "engines/indicators/making.py", "engines/indicators/place_facts.py", "engines/indicators/schema.py",
    "engines/indicators/select.py", "engines/indicators/statistics.py", "engines/indicators/store.py",
    "engines/indicators/judges/__init__.py", "engines/indicators/judges/arithmetic.py",
    "engines/indicators/judges/opensdg_2_4.py", "engines/indicators/judges/unsd_progress_chart_2023.py",
    "gcm/indicators.py",
)  # fmt: skip
"""The code that decides what is kept: a change of any of it makes all results anew."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The datasets of an installation as they are now: the manifests, and the key of what is made from them."""

    stores: tuple[Observations, ...]
    manifests: Mapping[str, Manifest]
    key: str

    def year(self, day: date) -> int:
        """The last year whose figures count on a day; every day after the last figure is the same."""
        return min(day.year, max((known.years[1] for known in self.manifests.values()), default=day.year))


def edition(datasets: Path) -> Edition:
    """The installation's datasets and the bundled ones; a dataset that both have is the installation's."""
    stores: tuple[Observations, ...] = (Store(datasets), bundled())
    manifests = {known.id: known for store in reversed(stores) for known in store.datasets()}
    return Edition(stores, manifests, key(manifests))


def key(manifests: Mapping[str, Manifest]) -> str:
    """The hash of datasets, definitions and methods."""
    parts = [f"format {FORMAT}", *_definitions(), *_rules()]
    parts += [f"{method.id} {method.version}" for method in METHODS.values()]
    parts += [manifests[name].to_json() for name in sorted(manifests)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:KEY_LENGTH]


def _definitions() -> list[str]:
    """Name and hash of every file of the catalogue that says what an indicator is."""
    return [f"{path.name} {_hash(path.read_bytes())}" for path in sorted(catalogue_path("indicators").iterdir())]


@cache
def _rules() -> tuple[str, ...]:
    """Name and hash of the code that decides; a process runs the code it has loaded."""
    package = Path(__file__).parents[2]
    return tuple(f"{name} {_hash((package / name).read_bytes())}" for name in RULES)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def statistics_up_to(
    place: str, years: Iterable[int], edition: Edition, kept: Path | None = None
) -> dict[int, PlaceFacts]:
    """The statistics of a place up to each year: as they are kept in the folder `kept`, else made now."""
    wanted = sorted(set(years))
    found = {year: facts for year in wanted if (facts := _read(place, year, edition.key, kept)) is not None}
    missing = [year for year in wanted if year not in found]
    if missing:
        from waymark.engines.indicators.making import make  # heavy, and seldom needed

        found |= make(place, missing, edition.stores, edition.manifests)
    return found


def keep(place: str, days: Iterable[date], *, datasets: Path, kept: Path) -> tuple[int, ...]:
    """Make what is not kept yet for a place on these days, and keep it; returns the years that were made.

    A folder that cannot be written is no fault: the results are then made at each reading.
    """
    now = edition(datasets)
    years = {now.year(day) for day in days}
    missing = sorted(year for year in years if _read(place, year, now.key, kept) is None)
    for facts in statistics_up_to(place, missing, now).values():
        with contextlib.suppress(OSError):
            _write(facts, now.key, kept)
    return tuple(missing)


def _file(place: str, year: int, key: str, kept: Path) -> Path:
    return kept / key / f"{place}-{year}.json"


def _read(place: str, year: int, key: str, kept: Path | None) -> PlaceFacts | None:
    """The kept statistics; None when there are none, or when the file is not as it was written."""
    if kept is None:
        return None
    try:
        digest, content = _file(place, year, key, kept).read_bytes().split(b"\n", 1)
        if digest.decode("ascii") != _hash(content):
            return None
        facts = from_plain(json.loads(content))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return facts if (facts.place, facts.year) == (place, year) else None


def _write(facts: PlaceFacts, key: str, kept: Path) -> None:
    """Write the file beside its place and rename it, so that a reader finds all of it or none; drop former keys."""
    path = _file(facts.place, facts.year, key, kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(to_plain(facts), ensure_ascii=False, separators=(",", ":")).encode()
    handle, part = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(_hash(content).encode("ascii") + b"\n" + content)
        Path(part).replace(path)
    finally:
        Path(part).unlink(missing_ok=True)
    for former in kept.iterdir():
        if former.name != key and len(former.name) == KEY_LENGTH:
            remove(former)
