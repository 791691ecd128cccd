"""What a reader is shown of a history: lines in words of one language, the oldest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Who:
    """Who did it, as far as the reader may know.

    `name` is a person, or the operator or program; "" when the reader knows the post only. `post` is its title or duty,
    `organisation` whom it acted for; both "" when no post acted.
    """

    name: str
    post: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class FieldTold:
    """A field that changed: its name in words, and what it said before and after, "" for nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowTold:
    """A row that an act entered, changed or removed, with the fields that tell more than its name.

    `name` is the noun and what it is called, "" for the thing that the line itself is about.
    """

    urn: str
    name: str
    how: Literal["entered", "changed", "removed"]
    fields: tuple[FieldTold, ...]


def hour_of(at: datetime) -> str:
    """The hour of a moment with its distance from UTC: `14:05 UTC+4`."""
    offset = at.strftime("%z")
    sign, hours, minutes = offset[:1], offset[1:3].lstrip("0"), offset[3:5]
    away = f"{sign}{hours or '0'}{'' if minutes == '00' else f':{minutes}'}" if offset.strip("+-0") else ""
    return f"{at:%H:%M} UTC{away}"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the log, as the reader may read it.

    `at` is the moment in the time zone of the network, `when` the same in words with the zone, `door` "" when none is
    recorded. `what` is a sentence, `about` the thing it was done to where that is not the one whose history is read.
    `facts` are what the act told besides, as name and words. `hidden` counts the changes that the reader may not read.
    `erased` is the sentence that stands in the place of words that were erased, else "".
    """

    at: datetime
    when: str
    who: Who | None
    door: str
    what: str
    about: str
    rows: tuple[RowTold, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    why: str = ""
    hidden: int = 0
    erased: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The history of one row for one audience."""

    urn: str
    noun: str
    name: str
    audience: str
    language: str
    lines: tuple[Line, ...]

    @property
    def hidden(self) -> int:
        """How many changes the reader may not read."""
        return sum(line.hidden for line in self.lines)
