"""The entries of the log that tell of some rows, as they are kept: one by one, in the order in which they were made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from waymark.queries.history.values import urns_in
from waymark.queries.history.within import batches
from waymark.records.events import Event, EventRow

FIELDS = ("id", "network", "verb", "subject", "at", "detail__words", "detail__erased_on", "detail__erased_rule")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one row: fields before and after; None for a row that was new, or is gone."""

    urn: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def values(self) -> Mapping[str, Any]:
        """What it said in the end, or last."""
        return {**(self.before or {}), **(self.after or {})}

    def then(self, later: "Change") -> "Change":
        """Both changes as one."""
        if self.before is None:
            return Change(self.urn, None, None if later.after is None else {**(self.after or {}), **later.after})
        after = None if later.after is None else {**(self.after or {}), **later.after}
        return Change(self.urn, {**(later.before or {}), **self.before}, after)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its words; without words when they were erased."""

    id: int
    network: str
    verb: str
    subject: str
    at: datetime
    words: Mapping[str, Any]
    erased_on: date | None
    erased_rule: str

    @property
    def by(self) -> Mapping[str, str]:
        """Who it was."""
        found: Mapping[str, str] = self.words.get("by", {})
        return found

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the act told besides."""
        found: Mapping[str, Any] = self.words.get("changes", {})
        return found

    @property
    def changes(self) -> list[Change]:
        """What became of each row, that of the subject first."""
        rows = [Change(row["urn"], row["before"], row["after"]) for row in self.words.get("rows", ())]
        return sorted(rows, key=lambda row: row.urn != self.subject)

    def urns(self) -> Iterator[str]:
        """Every row that it names."""
        yield self.subject
        yield from urns_in(self.words)


def entries_about(urns: Iterable[str]) -> list[Entry]:
    """The entries about these rows, or that tell of them."""
    ids: set[int] = set()
    for part in batches(urns):
        ids.update(Event.objects.filter(subject__in=part).order_by().values_list("id", flat=True))
        ids.update(EventRow.objects.filter(urn__in=part).order_by().values_list("event_id", flat=True))
    found: list[Entry] = []
    ordered = sorted(ids)
    for start in range(0, len(ordered), 500):
        rows = Event.objects.filter(pk__in=ordered[start : start + 500]).order_by("id").values_list(*FIELDS)
        found += [
            Entry(key, network, verb, subject, at, words or {}, erased_on, rule or "")
            for key, network, verb, subject, at, words, erased_on, rule in rows
        ]
    return found
