"""What an import of a review starts from, and what it made and left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from waymark.gcm.errors import InputError
from waymark.records.actors import Actor
from waymark.records.editions import Edition
from waymark.records.networks import Network
from waymark.records.reviews import Review

IMPORTED = "review.imported"
"""The verb of the event that tells of an import."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an import: who, which file, for which network, under which code.

    `head` has the fields of the review, those of the file and over them the `options` of the command. `given` is the
    hash of the file and of what is said of the review.
    """

    by: Actor
    path: Path
    network: Network
    code: str
    head: Mapping[str, str]
    options: Mapping[str, str]
    published_on: date | None
    given: str


Why = Literal["of_its_record", "no_document", "no_framework", "no_body", "no_provision", "on_record", "ahead"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a file that was not written, how often, and why.

    `noun` says what it is, `name` which one, or what is missing here.
    """

    noun: str
    why: Why
    name: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a `review.json` besides findings and recommendations, and what was left out.

    `undated` is the number of the edition that the file was made to become, when nobody said its day of publication;
    else 0. `marking` marks a demonstration. `cleared` is the code of the edition that its record of clearance alone
    tells of, and `beside` are those of the other reviews of the place in the cycle.
    """

    citations: int
    positions: int
    editions: tuple[Edition, ...]
    left_out: tuple[LeftOut, ...]
    undated: int
    marking: str
    cleared: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedReview:
    """What an import made: the review, its counts, and the edition when the day of publication is known.

    `here` is the code of the edition on record that the file is already; none is made then. `taken` is what came of a
    `review.json` besides. `already` says that the same file was imported before with the same
    words, and nothing was changed.
    """

    review: Review
    findings: int
    recommendations: int
    edition: Edition | None
    already: bool = False
    here: str = ""
    taken: Taken | None = None


def day(written: str) -> date | None:
    """A day that the reader of a file has checked; None where it says none."""
    return date.fromisoformat(written) if written else None


def check_past(asked: Asked, place: str, what: str, written: str) -> None:
    """Refuse a day to come of something that the file tells as done. Raises InputError naming its place."""
    today, on = asked.by.today, day(written)
    if today is not None and on is not None and on > today:
        raise InputError(
            str(asked.path),
            f"{what} on {on}, a day to come",
            expected=f"a day up to {today}",
            todo="Check the clocks of both installations. Nothing was written.",
            place=place,
        )
