"""Review cycles: who reviews what, when, in which round tables; and which review feeds which."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import read_table
from waymark.gcm.lists import Mark
from waymark.gcm.vocabulary import as_mark


@dataclass(frozen=True, slots=True)
class Cluster:
    """One round table of a forum and the objectives it takes together; `note` says where it is not confirmed."""

    cycle: str
    number: int
    title: str
    objectives: tuple[str, ...]
    background_note_by: tuple[str, ...]
    source: str
    locator: str
    mark: Mark
    note: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated event of a cycle besides its own days; kind: "hearing" or "endorsement"."""

    cycle: str
    date: date
    kind: str
    title: str
    source: str
    locator: str
    mark: Mark
    note: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """One review event. `start` and `end` are None where the days are not known; `dates_known` says what is known.

    `area` is a code of the catalogue of places: "001" for the world, or the area of a UN regional commission;
    `feeds` names the cycles that take up its result; `as_of` is the last day of the event, the default date of every
    judgement made for it, None where not known.
    """

    code: str
    title: str
    level: str
    area: str
    year: int
    start: date | None
    end: date | None
    dates_known: str
    place: str
    feeds: tuple[str, ...]
    previous: str
    clusters: tuple[Cluster, ...]
    milestones: tuple[Milestone, ...]
    source: str
    locator: str
    mark: Mark
    note: str

    @property
    def as_of(self) -> date | None:
        """The last day of the event; never a date that was only planned or guessed."""
        return self.end


@cache
def _clusters() -> tuple[Cluster, ...]:
    return tuple(
        Cluster(
            cycle=row["cycle"],
            number=int(row["number"]),
            title=row["title"],
            objectives=tuple(row["objectives"].split()),
            background_note_by=tuple(row["background_note_by"].split()),
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
            note=row["note"],
        )
        for row in read_table("cycles", "clusters.csv")
    )


@cache
def _milestones() -> tuple[Milestone, ...]:
    return tuple(
        Milestone(
            cycle=row["cycle"],
            date=date.fromisoformat(row["date"]),
            kind=row["kind"],
            title=row["title"],
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
            note=row["note"],
        )
        for row in read_table("cycles", "milestones.csv")
    )


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


@cache
def cycles() -> tuple[Cycle, ...]:
    """The forums first, then the regional reviews by commission, each in order of time."""
    return tuple(
        Cycle(
            code=row["code"],
            title=row["title"],
            level=row["level"],
            area=row["area"],
            year=int(row["year"]),
            start=_day(row["start"]),
            end=_day(row["end"]),
            dates_known=row["dates_known"],
            place=row["place"],
            feeds=tuple(row["feeds"].split()),
            previous=row["previous"],
            clusters=tuple(one for one in _clusters() if one.cycle == row["code"]),
            milestones=tuple(one for one in _milestones() if one.cycle == row["code"]),
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
            note=row["note"],
        )
        for row in read_table("cycles", "cycles.csv")
    )


def cycle(code: str) -> Cycle:
    """The review cycle called `code`, such as "imrf-2026".

    Raises NotFoundError when the catalogue does not hold it.
    """
    for found in cycles():
        if found.code == code:
            return found
    raise NotFoundError(
        f'review cycle "{code}"',
        "the catalogue has no cycle of this code",
        expected=f"one of {', '.join(known.code for known in cycles())}",
        todo="Correct the code",
    )


def previous_cycle(code: str) -> Cycle | None:
    """The cycle before `code` at the same level and in the same area; None for the first. Raises like `cycle`."""
    before = cycle(code).previous
    return cycle(before) if before else None


def next_cycle(code: str) -> Cycle | None:
    """The cycle after `code` at the same level and in the same area; None for the last that is known."""
    return next((one for one in cycles() if one.previous == code), None)


FIRST_REGIONAL, EVERY = 2020, 4
"""Regional reviews begin in 2020, every four years, between the forums (A/RES/73/195, paragraph 50)."""


def next_regional(year: int) -> int:
    """The first year after `year` in which regional reviews are due."""
    return max(FIRST_REGIONAL, year + EVERY - (year - FIRST_REGIONAL) % EVERY)


def cluster_of(cycle_code: str, objective: str) -> Cluster | None:
    """The round table of a forum that takes up an objective; None where the cycle has none. Raises like `cycle`."""
    return next((one for one in cycle(cycle_code).clusters if objective in one.objectives), None)
