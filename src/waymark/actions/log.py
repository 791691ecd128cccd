"""The event log: every act writes one event; words can be erased, events cannot; each day is sealed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.events import Event, EventDetail, LogHead, Seal
from waymark.records.networks import Network
from waymark.records.permissions import Verb, check_verb
from waymark.records.record import Record
from waymark.records.seals import digest, leaf, merkle_root


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be logged: a dotted verb, the record it was done to, and what changed."""

    verb: str
    subject: Record
    changes: dict[str, Any] = field(default_factory=dict)


def log(by: Actor, verb: str, subject: Record, network: Network | None = None, **changes: Any) -> None:
    """Write one event. Called inside the act's transaction."""
    log_all(by, [Act(verb, subject, changes)], network)


def log_all(by: Actor, acts: Sequence[Act], network: Network | None = None) -> None:
    """Write one event per act of the same network, in their order."""
    name = network.code if network else ""
    LogHead.objects.get_or_create(network=name)
    head = LogHead.objects.select_for_update().get(network=name)
    now = timezone.now()
    who = by.words()
    salts = [secrets.token_hex(16) for _ in acts]
    words = [{"by": who, "changes": plain(act.changes)} for act in acts]
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


@transaction.atomic
def erase_words(*, by: Actor, event: Event, rule: str, on: date) -> EventDetail:
    """Erase the words of an event under a named rule; its digest stays, so that the seals stay whole."""
    check_verb(by, Verb.INSTALL, None, on)
    detail = EventDetail.objects.select_for_update().get(event=event)
    if detail.erased_on is not None:
        raise RefusedError(f"The words of {event} were erased on {detail.erased_on} under {detail.erased_rule}.")
    if not rule:
        raise RefusedError(f"The words of {event} are erased only under a named rule. Name the rule.")
    detail.salt, detail.words, detail.erased_on, detail.erased_rule = "", {}, on, rule
    detail.save()
    return detail


@transaction.atomic
def seal_day(*, by: Actor, network: Network | None, day: date) -> Seal | None:
    """Seal the network's events up to the end of `day` (UTC) that no seal covers; None when there is none."""
    check_verb(by, Verb.INSTALL, None, None)
    name = network.code if network else ""
    last_seal = Seal.objects.filter(network=name).order_by("-last").first()
    if last_seal is not None and last_seal.day >= day:
        raise RefusedError(
            f"The events of {name or 'the installation'} are sealed up to {last_seal.day}. Choose a later day."
        )
    end = datetime.combine(day, time.min, UTC) + timedelta(days=1)
    first = last_seal.last + 1 if last_seal else 1
    events = list(Event.objects.filter(network=name, number__gte=first, at__lt=end).order_by("number"))
    if not events:
        return None
    root = merkle_root([leaf(event) for event in events])
    return Seal.objects.create(network=name, day=day, first=events[0].number, last=events[-1].number, root=root)
