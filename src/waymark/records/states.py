"""What state each thing may be in and what may follow; docs/reference/states.md is made from these tables.

A table maps a state to the acts possible in it and the state each leads to. Who may do an act is in `permissions.py`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Protocol

from waymark.gcm.errors import RefusedError
from waymark.gcm.nouns import Noun
from waymark.gcm.wording import Label, Slot

States = Mapping[str, Mapping[str, str]]


def _table(rows: dict[str, dict[str, str]]) -> States:
    return MappingProxyType({state: MappingProxyType(acts) for state, acts in rows.items()})


COMMITMENT = _table(
    {
        "proposed": {"agree": "agreed", "drop": "dropped", "supersede": "superseded"},
        "agreed": {"start": "under_way", "drop": "dropped", "supersede": "superseded"},
        "under_way": {"complete": "completed", "drop": "dropped", "supersede": "superseded"},
        "completed": {"reopen": "under_way"},
        "dropped": {"reopen": "proposed"},
        "superseded": {},
    }
)
"""A pledge, measure, activity or follow-up. A dropped one is proposed again: nobody starts what was not agreed."""

ENDED = ("completed", "dropped", "superseded")
"""The states in which nothing more is done for a commitment, unless it is reopened."""

PROGRESS_REPORT = _table(
    {
        "draft": {"release": "released", "submit": "submitted"},
        "released": {"submit": "submitted", "revise": "draft"},
        "submitted": {"return": "returned", "accept": "accepted"},
        "returned": {"release": "released", "submit": "submitted"},
        "accepted": {"correct": "corrected"},
        "corrected": {},
    }
)
"""One report of one organisation in one voice for one period. It is released where the network asks for it.

A correction is a report of its own, linked to the one it corrects; that one is corrected when the new one is accepted.
"""

NATIONAL_VALUE = _table(
    {
        "draft": {"submit": "submitted"},
        "submitted": {"return": "returned", "accept": "accepted"},
        "returned": {"submit": "submitted"},
        "accepted": {"correct": "corrected"},
        "corrected": {},
    }
)
"""A value of an indicator that people typed. Accepted ones join the statistics; a correction is a row of its own."""

FOLLOWING = _table(
    {
        "proposed": {"agree": "agreed", "decline": "declined"},
        "agreed": {"end": "ended"},
        "declined": {},
        "ended": {},
    }
)
"""One network follows the commitment of another: one side proposes it, the other agrees."""

REVIEW_SOURCE = _table(
    {
        "received": {"check": "checked", "reject": "rejected"},
        "checked": {"use": "used", "reject": "rejected"},
        "used": {},
        "rejected": {},
    }
)
"""An edition or file that a review is made from."""

REVIEW = _table(
    {
        "open": {"submit": "in_clearance"},
        "in_clearance": {"submit": "in_clearance", "publish": "published", "reopen": "open"},
        "published": {"submit": "in_clearance", "reopen": "open"},
    }
)
"""A review from the first source to its edition; a change of its content reopens it."""

CANDIDATE = _table(
    {
        "submitted": {"clear": "cleared", "void": "void"},
        "cleared": {"publish": "published", "void": "void"},
        "published": {},
        "void": {},
    }
)
"""The rendered files of a review: two persons clear them, then they are published as they are."""

CONTRIBUTION = _table(
    {
        "received": {"publish": "published", "withdraw": "withdrawn", "refuse": "refused"},
        "published": {"withdraw": "withdrawn"},
        "refused": {},
        "withdrawn": {},
    }
)
"""What somebody said in a consultation."""

PROPOSAL = _table(
    {
        "waiting": {"accept": "accepted", "decline": "declined", "take back": "taken_back"},
        "accepted": {},
        "declined": {},
        "taken_back": {},
    }
)
"""A change that somebody proposed to the keeper of a row."""

APPOINTMENT = _table(
    {
        "waiting": {"confirm": "confirmed", "refuse": "refused"},
        "confirmed": {},
        "refused": {},
        "made": {},
    }
)
"""The appointment to a post: it waits for a second person, or is made at once where nobody else is asked."""

IN_FORCE = ("made", "confirmed")
"""The states in which an appointment gives its rights."""

TABLES: dict[str, States] = {
    "commitment": COMMITMENT,
    "progress report": PROGRESS_REPORT,
    "national value": NATIONAL_VALUE,
    "following": FOLLOWING,
    "review source": REVIEW_SOURCE,
    "review": REVIEW,
    "candidate": CANDIDATE,
    "contribution": CONTRIBUTION,
    "change proposal": PROPOSAL,
    "appointment": APPOINTMENT,
}


def choices(table: States) -> list[tuple[str, str]]:
    """The states of a table as choices of a field: code and words."""
    return [(state, state_label(state).english) for state in table]


def state_label(state: str) -> Label:
    """What a state is called."""
    return Label("state", state.replace("_", " "))


def act_label(act: str) -> Label:
    """What an act of a table is called, as the rest of the sentence "one can …"."""
    return Label("act", act)


def may_follow(table: States, state: str, act: str) -> bool:
    """Whether `act` is possible in `state`."""
    return act in table[state]


class Stateful(Protocol):
    """A record with a state."""

    noun: ClassVar[str]

    @property
    def code(self) -> str:
        """What it is called."""
        ...

    @property
    def state(self) -> str:
        """The state it is in."""
        ...


def next_state(table: States, row: Stateful, act: str) -> str:
    """The state that `act` leads a record to. Raises RefusedError when it is not possible now."""
    state = row.state
    if may_follow(table, state, act):
        return table[state][act]
    names: dict[str, Slot] = {
        "noun": Noun(row.noun),
        "row": row.code,
        "state": state_label(state),
        "act": act_label(act),
    }
    if not table[state]:
        raise RefusedError("state.final", **names)
    raise RefusedError("state.not_now", **names, possible=tuple(act_label(one) for one in table[state]))
