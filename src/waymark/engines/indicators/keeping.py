"""Keeps the statistics of places under the hash of what they were made from, and makes them again when it changes.

A kept result lies in `<folder>/<key>/<place>-<year>.json`. The key is the hash of every dataset's manifest, of the
catalogue of indicators and of the code that chooses and assesses. `year` is the last whose figures count; a later day
than the last figure of all datasets needs no result of its own. What is made of the indicators with figures that people
typed, from all sources together, lies beside it in `<place>-<year>+<hash of what was typed>.json`. A file that is
missing or damaged counts as not made. What is kept may be deleted at any time. Reading loads nothing more than the
standard library.
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

from waymark.engines.indicators.added import Added
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.methods import METHODS
from waymark.engines.indicators.place_facts import PlaceFacts, from_plain, to_plain
from waymark.engines.indicators.store import Observations, Store, bundled, remove
from waymark.gcm.files import catalogue_path

FORMAT = 3
KEY_LENGTH = 32
TYPED_KEPT = 8
"""So many results with typed figures are kept of a place and year: the present one of each audience, some former."""

RULES = (
    "engines/indicators/added.py", "engines/indicators/assess.py", "engines/indicators/assessment.py",
    "engines/indicators/breaks.py", "engines/indicators/deciding.py", "engines/indicators/derive.py",
    "engines/indicators/fitting.py",
    "engines/indicators/groups.py", "engines/indicators/making.py", "engines/indicators/named.py",
    "engines/indicators/parts.py",
    "engines/indicators/place_facts.py",
    "engines/indicators/schema.py", "engines/indicators/select.py", "engines/indicators/statistics.py",
    "engines/indicators/store.py", "engines/indicators/whole.py",
    "engines/indicators/judges/__init__.py", "engines/indicators/judges/arithmetic.py",
    "engines/indicators/judges/opensdg_2_4.py", "engines/indicators/judges/unsd_progress_chart_2023.py",
    "gcm/derivations.py", "gcm/indicators.py", "gcm/natures.py", "gcm/periods.py",
    "gcm/stock_types.py", "gcm/traits.py",
)  # fmt: skip
"""The code that decides what is kept: a change of any of it makes all results anew."""


@dataclass(frozen=True, slots=True)
class DataVersion:
    """The datasets of an installation as they are now: the manifests, and the key of what is made from them."""

    stores: tuple[Observations, ...]
    manifests: Mapping[str, Manifest]
    key: str

    def year(self, day: date, added: Added | None = None) -> int:
        """The last year whose figures count on a day; every day after the last figure, `added` or not, is the same."""
        last = max((known.years[1] for known in self.manifests.values()), default=day.year)
        return min(day.year, max(last, added.last if added else 0))


def data_version(datasets: Path) -> DataVersion:
    """The installation's datasets and the bundled ones; a dataset that both have is the installation's."""
    stores: tuple[Observations, ...] = (Store(datasets), bundled())
    manifests = {known.id: known for store in reversed(stores) for known in store.datasets()}
    return DataVersion(stores, manifests, key(manifests))


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
    place: str, years: Iterable[int], version: DataVersion, kept: Path | None = None, added: Added | None = None
) -> dict[int, PlaceFacts]:
    """The statistics of a place up to each year: as they are kept in the folder `kept`, else made now.

    With figures `added` by people: those of the indicators concerned alone.
    """
    wanted, typed = sorted(set(years)), added.digest() if added else ""
    found = {year: facts for year in wanted if (facts := _read(place, year, version.key, kept, typed)) is not None}
    missing = [year for year in wanted if year not in found]
    if missing:
        from waymark.engines.indicators.making import make  # heavy, and seldom needed

        found |= make(place, missing, version.stores, version.manifests, added)
    return found


def keep(
    place: str, days: Iterable[date], *, datasets: Path, kept: Path, added: Added | None = None
) -> tuple[int, ...]:
    """Make what is not kept yet for a place on these days, and keep it; returns the years that were made.

    A folder that cannot be written is no fault: the results are then made at each reading.
    """
    now, on = data_version(datasets), list(days)
    made = _keep(place, {now.year(day) for day in on}, now, kept, None)
    if added is not None and added.definitions:
        made += _keep(place, {now.year(day, added) for day in on}, now, kept, added)
    return tuple(sorted(set(made)))


def _keep(place: str, years: Iterable[int], now: DataVersion, kept: Path, added: Added | None) -> list[int]:
    typed = added.digest() if added else ""
    missing = sorted(year for year in years if _read(place, year, now.key, kept, typed) is None)
    for facts in statistics_up_to(place, missing, now, added=added).values():
        with contextlib.suppress(OSError):
            _write(facts, now.key, kept, typed)
    return missing


def _file(place: str, year: int, key: str, kept: Path, typed: str) -> Path:
    return kept / key / f"{place}-{year}{'+' if typed else ''}{typed}.json"


def _read(place: str, year: int, key: str, kept: Path | None, typed: str = "") -> PlaceFacts | None:
    """The kept statistics; None when there are none, or when the file is not as it was written."""
    if kept is None:
        return None
    try:
        digest, content = _file(place, year, key, kept, typed).read_bytes().split(b"\n", 1)
        if digest.decode("ascii") != _hash(content):
            return None
        facts = from_plain(json.loads(content))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return facts if (facts.place, facts.year) == (place, year) else None


def _write(facts: PlaceFacts, key: str, kept: Path, typed: str) -> None:
    """Write the file beside its place and rename it, so that a reader finds all of it or none; drop former keys."""
    path = _file(facts.place, facts.year, key, kept, typed)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(to_plain(facts), ensure_ascii=False, separators=(",", ":")).encode()
    handle, part = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(_hash(content).encode("ascii") + b"\n" + content)
        Path(part).replace(path)
    finally:
        Path(part).unlink(missing_ok=True)
    others = path.parent.glob(f"{facts.place}-{facts.year}+*.json")
    for former in sorted(others, key=lambda one: one.stat().st_mtime, reverse=True)[TYPED_KEPT:]:
        former.unlink(missing_ok=True)
    for former in kept.iterdir():
        if former.name != key and len(former.name) == KEY_LENGTH:
            remove(former)
