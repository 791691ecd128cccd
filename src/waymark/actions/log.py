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
from waymark.records.events import Event, EventDetail, LogHead
from waymark.records.record import Record
from waymark.records.seals import digest


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
    for keeper, group in groupby(acts, lambda act: getattr(act.subject, "keeper", "")):
        write_events(by, list(group), keeper)


def write_events(by: Actor, acts: Sequence[Act], name: str) -> None:
    """Write one event per act into the log of a network by its code, "" for that of the installation."""
    LogHead.objects.get_or_create(network=name)
    head = LogHead.objects.select_for_update().get(network=name)
    now = timezone.now()
    who = by.words()
    salts = [secrets.token_hex(16) for _ in acts]
    words = [
        {"by": who, "changes": plain(act.changes), **({"rows": rows} if rows else {})}
        for act, rows in zip(acts, _told_of(acts), strict=True)
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
    head.last += len(acts)
    head.save(update_fields=["last"])


def _told_of(acts: Sequence[Act]) -> list[list[dict[str, Any]]]:
    """What was changed since the last event, shared out: each act tells of its subject, the first also of the rest."""
    rows = {row.urn: row.words() for row in told()}
    shares = []
    for act in acts:
        own = rows.pop(act.subject.urn, None)
        shares.append([own] if own else [])
    if shares:
        shares[0] += rows.values()
    return shares


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
