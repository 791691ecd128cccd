"""Who owes a report on a period: the rule by which due dates are made, and by which a report is missed.

One is owed for each period and organisation that carries a commitment to the last day of the period, while the
commitment runs: it began on or before that day and had not ended before the first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from waymark.records.states import ENDED


class Change(Protocol):
    """One change of a commitment's state."""

    @property
    def to_state(self) -> str:
        """The state it led to."""
        ...

    @property
    def date(self) -> date | None:
        """Its day, None when that is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Running:
    """From when to when a commitment runs; a day that is not known is None."""

    start: date | None
    ended_on: date | None

    @classmethod
    def of(cls, start: date | None, changes: Iterable[Change]) -> "Running":
        """A commitment by its own first day and the changes of its state, in order."""
        ended_on = None
        for change in changes:
            ended_on = change.date if change.to_state in ENDED else None
        return cls(start, ended_on)

    def within(self, first: date, last: date) -> bool:
        """Whether it runs in a period from its first to its last day."""
        began = self.start is None or self.start <= last
        return began and (self.ended_on is None or self.ended_on >= first)


def carries_until(last: date, from_date: date | None, to_date: date | None, *, end_unknown: bool) -> bool:
    """Whether a part in a commitment, from a day to a day, covers the last day of a period."""
    begun = from_date is None or from_date <= last
    return begun and (to_date is None or to_date >= last) and not end_unknown
