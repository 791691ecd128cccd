"""What a report or a contribution said before a reader could read it is told to that reader when it could.

A draft is its organisation's own, and what was handed in is its network's until it is accepted. So the words of those
days are not told day by day to everybody who reads the accepted report: they are told once, as they stood, by the entry
of the log that opened it. `shown_states` follows `shown_in_state` of the record, and a test holds both together.
"""

from collections.abc import Set

from waymark.queries.history.entries import Change, Entry
from waymark.queries.history.names import Names
from waymark.queries.history.values import NEVER_TOLD, NOT_TOLD_OF_NEW
from waymark.queries.history.within import noun_of
from waymark.records.consultations import Contribution
from waymark.records.reports import ProgressReport
from waymark.records.states import CONTRIBUTION, PROGRESS_REPORT
from waymark.records.viewers import Viewer

BETWEEN_THEM = frozenset({"return_note", "returned_on"})
"""Fields of a report that speak of its way to acceptance only: who read nothing then is not told of them later."""

TABLES = {ProgressReport.noun: PROGRESS_REPORT, Contribution.noun: CONTRIBUTION}
"""What is shown in some states only → its states."""

INNER = {"evidence": "report", "answer": "contribution"}
"""Noun of what lies in a report or contribution → the field that leads there."""


def shown_states(noun: str, keeper: str, organisation: str, viewer: Viewer) -> frozenset[str]:
    """The states in which a reader reads a report of an organisation, or a contribution, whatever its class."""
    every = frozenset(TABLES[noun])
    if noun == ProgressReport.noun:
        if viewer.sees_all or (keeper, organisation) in viewer.seats:
            return every
        return every - {"draft", "released"} if keeper in viewer.networks else frozenset({"accepted", "corrected"})
    return every if viewer.sees_all or keeper in viewer.networks else frozenset({"published"})


def gate_of(change: Change, names: Names) -> str:
    """The report or contribution that a row is or lies in, "" for any other row."""
    noun = noun_of(change.urn)
    if noun in TABLES:
        return change.urn
    if noun not in INNER:
        return ""
    row = names.rows.get(change.urn)
    return str((row.get if row is not None else change.values.get)(INNER[noun]) or "")


def told_fields(change: Change) -> int:
    """How many fields of a change a reader would be told of."""
    return len(change.values.keys() - NOT_TOLD_OF_NEW - NEVER_TOLD)


class Phases:
    """Goes through the entries in their order, and keeps back what is told later."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._states: dict[str, str] = {}
        self._kept: dict[str, dict[str, Change]] = {}

    def follow(self, entry: Entry) -> None:
        """Note the states that an entry leads to."""
        for change in entry.changes:
            if gate_of(change, self.names) == change.urn and (change.after or {}).get("state"):
                self._states[change.urn] = change.values["state"]

    def is_open(self, gate: str) -> bool:
        """Whether the reader could read this report or contribution after the last entry that was followed."""
        row = self.names.rows.get(gate)
        if row is None:
            return not gate or self.names.viewer.sees_all
        body = self.names.body(row.text("organisation"))
        shown = shown_states(row.noun, row.text("keeper"), body.code if body else "", self.names.viewer)
        return self._states.get(gate) in shown or shown == frozenset(TABLES[row.noun])

    def told(self, changes: list[Change]) -> tuple[list[Change], int]:
        """The changes to be told now, those kept back before included, and how many fields are kept back."""
        now: dict[str, Change] = {}
        kept_back = 0
        for change in changes:
            gate = gate_of(change, self.names)
            if self.is_open(gate):
                now[change.urn] = change
                continue
            kept_back += told_fields(change)
            kept = self._kept.setdefault(gate, {})
            former = kept.get(change.urn)
            change = _without(change, BETWEEN_THEM)
            kept[change.urn] = former.then(change) if former else change
        for gate in [one for one in self._kept if self.is_open(one)]:
            for urn, former in self._kept.pop(gate).items():
                now[urn] = former.then(now[urn]) if urn in now else former
        return [one for one in now.values() if one.before is not None or one.after is not None], kept_back


def _without(change: Change, fields: Set[str]) -> Change:
    before, after = (
        None if side is None else {field: value for field, value in side.items() if field not in fields}
        for side in (change.before, change.after)
    )
    return Change(change.urn, before, after)
