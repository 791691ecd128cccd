"""The event log: every act writes one event, its words beside it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol

from django.utils import timezone

from waymark.actions.acts import told
from waymark.engines.files.signs import fault_in
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.events import Event, EventDetail, EventRow, LogHead, rows_told
from waymark.records.record import Record
from waymark.records.seals import digest

Rows = list[dict[str, Any]]
"""What an event tells of rows: URN, before and after of each."""


class Named(Protocol):
    """What has a global id."""

    @property
    def urn(self) -> str:
        """The global id."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be logged: a dotted verb, the record it was done to, and what changed."""

    verb: str
    subject: Named
    changes: dict[str, Any] = field(default_factory=dict)


def log(by: Actor, verb: str, subject: Record, **changes: Any) -> None:
    """Write one event into the log of the network that keeps its subject. Called inside the act."""
    log_all(by, [Act(verb, subject, changes)])


def log_all(by: Actor, acts: Sequence[Act]) -> None:
    """Write one event per act, in their order, each into the log of who keeps its subject."""
    shared = zip(acts, _told_of(acts), strict=True)
    for keeper, group in groupby(shared, lambda one: getattr(one[0].subject, "keeper", "")):
        own = list(group)
        write_events(by, [act for act, _ in own], keeper, [rows for _, rows in own])


def write_events(by: Actor, acts: Sequence[Act], name: str, rows: Sequence[Rows] | None = None) -> None:
    """Write one event per act into the log of a network by its code, "" for that of the installation.

    `rows` is what each act tells of rows; without it, what was changed since the last event.
    """
    head = LogHead.objects.select_for_update().filter(network=name).first()
    if head is None:
        LogHead.objects.get_or_create(network=name)
        head = LogHead.objects.select_for_update().get(network=name)
    now = timezone.now()
    who = by.words()
    salts = [secrets.token_hex(16) for _ in acts]
    words = [
        {"by": who, "changes": plain(act.changes), **({"rows": told_of} if told_of else {})}
        for act, told_of in zip(acts, _told_of(acts) if rows is None else rows, strict=True)
    ]
    sign = fault_in(words)  # words that only the log keeps, such as a reason
    if sign is not None:
        raise RefusedError("rule.unseen_sign", field="words", sign=sign.named, at=sign.at)
    events = [
        Event(
            network=name,
            number=head.last + place,
            verb=act.verb,
            subject=act.subject.urn,
            at=now,
            digest=digest(salt, said),
        )
        for place, (act, salt, said) in enumerate(zip(acts, salts, words, strict=True), start=1)
    ]
    stored = Event.objects.bulk_create(events, batch_size=500)
    details = [
        EventDetail(event=event, salt=salt, words=said) for event, salt, said in zip(stored, salts, words, strict=True)
    ]
    EventDetail.objects.bulk_create(details, batch_size=500)
    found_by = [
        EventRow(event=event, urn=urn)
        for event, said in zip(stored, words, strict=True)
        for urn in rows_told(event.subject, said)
    ]
    EventRow.objects.bulk_create(found_by, batch_size=500)
    head.last += len(acts)
    head.save(update_fields=["last"])


def _told_of(acts: Sequence[Act]) -> list[Rows]:
    """What was changed since the last event, shared out.

    Each act tells of its subject and of what lies in it, the first also of the rest.
    """
    rows = {row.urn: row for row in told()} if acts else {}
    shares: dict[str, Rows] = {act.subject.urn: [] for act in reversed(acts)}
    for urn in shares:
        if urn in rows:
            shares[urn].append(rows.pop(urn).words())
    for row in rows.values():
        within = [urn for urn in row.within if urn in shares]
        shares[min(within) if within else acts[0].subject.urn].append(row.words())
    return [shares.pop(act.subject.urn, []) for act in acts]


def plain(value: Any) -> Any:
    """`value` as JSON keeps it: records by their URN, days and numbers as text."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, Record):
        return value.urn
    if value is None or isinstance(value, str | bool | int):
        return value
    return str(value)
