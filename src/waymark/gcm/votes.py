"""How States voted on a framework, as far as a source that was read names them: `frameworks/votes.csv`.

Of the Global Compact the sources name the States that voted against and those that abstained. No roll call is held: of
every other State nothing is said here, whether it voted for or did not vote.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from waymark.gcm.files import read_table
from waymark.gcm.lists import Mark, Stance
from waymark.gcm.vocabulary import as_mark

RECORD = "the verbatim record of the 60th plenary meeting of the General Assembly, A/73/PV.60"
"""Where the meeting of the vote on the Compact is written down (from a second-hand source)."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a State did in the vote on a framework. `source` holds keys of the registry, separated by spaces."""

    framework: str
    place: str
    stance: Stance
    date: date
    source: str
    locator: str
    mark: Mark


@cache
def votes() -> tuple[Vote, ...]:
    """All votes of the catalogue, in the order of the file."""
    return tuple(
        Vote(
            framework=row["framework"],
            place=row["place"],
            stance=Stance(row["stance"]),
            date=date.fromisoformat(row["date"]),
            source=row["source"],
            locator=row["locator"],
            mark=as_mark(row["mark"]),
        )
        for row in read_table("frameworks", "votes.csv")
    )


def votes_of(place: str) -> tuple[Vote, ...]:
    """The votes of a place by its code, () where no source that was read names it."""
    return tuple(one for one in votes() if one.place == place)
