"""What the holder of a post has to do, as the holder reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One report with its clock; days are ISO 8601 texts.

    `days` counts from the day of asking to `day`: above 0 it is to come, below 0 it has passed.
    """

    commitment: str  # code
    title: str
    period: str  # code
    period_title: str
    voice: str  # code of the voice
    organisation: str
    day: str
    days: int
    report: str = ""  # code of the report, "" where none is begun
    state: str = ""  # code of its state, "" where none is begun
    by: str = ""  # title of the post that did the last act
    note: str = ""  # what was asked when it was returned
    begun: str = ""  # the first words of what is written
    last: str = ""  # the last accepted rating, in words
    last_period: str = ""  # the period of it
    own: bool = False  # the reader wrote it, so another has to decide


@dataclass(frozen=True, slots=True)
class Tasks:
    """All that waits, each group in the order of its clock."""

    returned: tuple[Task, ...] = ()
    due: tuple[Task, ...] = ()  # owed, and neither handed in nor returned
    begun: tuple[Task, ...] = ()  # drafts in a voice that owes nothing
    to_release: tuple[Task, ...] = ()
    to_accept: tuple[Task, ...] = ()
    waiting: tuple[Task, ...] = ()  # handed in, with others now

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.returned or self.due or self.begun or self.to_release or self.to_accept)
