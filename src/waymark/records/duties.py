"""Who owes a report on a period: the rule by which due dates are made, and by which a report is missed.

One is owed for each period and organisation that carries a commitment to the last day of the period, while the
commitment runs: it was agreed and had begun on or before that day and had not ended before the first. Nobody owes a
report on what is only proposed.
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
    """From when to when a commitment runs; a day that is not known is None.

    `agreed` holds the days from its agreement to its end: none while it is only proposed, a further pair when it was
    dropped, proposed again and agreed again.
    """

    start: date | None
    agreed: tuple[tuple[date | None, date | None], ...]

    @classmethod
    def of(cls, start: date | None, changes: Iterable[Change]) -> "Running":
        """A commitment by its own first day and the changes of its state, in order; what is reopened runs on."""
        spans: list[tuple[date | None, date | None]] = []
        for change in changes:
            if change.to_state in ENDED:
                spans[-1:] = [(first, change.date) for first, _ in spans[-1:]]
            elif change.to_state == "agreed" or (change.to_state == "under_way" and not spans):
                spans.append((change.date, None))
            elif change.to_state == "under_way":
                spans[-1] = (spans[-1][0], None)
        return cls(start, tuple(spans))

    def within(self, first: date, last: date) -> bool:
        """Whether it runs in a period from its first to its last day."""
        began = self.start is None or self.start <= last
        return began and any(
            (agreed is None or agreed <= last) and (ended is None or ended >= first) for agreed, ended in self.agreed
        )


def carries_until(last: date, from_date: date | None, to_date: date | None, *, end_unknown: bool) -> bool:
    """Whether a part in a commitment, from a day to a day, covers the last day of a period."""
    begun = from_date is None or from_date <= last
    return begun and (to_date is None or to_date >= last) and not end_unknown
