"""Erases words of the log, leaves a trace of the erasure, and makes erasures again after a restore."""

from datetime import date

from waymark.actions.acts import act
from waymark.actions.log import Act, write_events
from waymark.engines.safekeeping.published import Erasure, Published
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.events import ERASED, Event, EventDetail, EventRow
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb


@act
def erase_words(*, by: Actor, event: Event, rule: str, on: date, published: Published) -> EventDetail:
    """Erase the words of an event under a named rule; its digest stays, so that the seals stay whole.

    The erasure is an event of its own and a line of the register outside the database, so that nobody can make one in
    secret and no backup brings the words back. The line is written last before the record: an erasure that is cut off
    between the two is only made again.
    """
    check_verb(by, Verb.INSTALL, None)
    detail = EventDetail.objects.select_for_update().get(event=event)
    if detail.erased_on is not None:
        raise RefusedError("event.erased_already", event=str(event), on=detail.erased_on, rule=detail.erased_rule)
    if not rule.strip():
        raise RefusedError("event.erased_without_rule", event=str(event))
    _erase(by, event, detail, rule, on)
    published.register(Erasure(event.network, event.number, event.digest, rule, on.isoformat()))
    return detail


@act
def erase_again(*, by: Actor, published: Published, day: date) -> int:
    """Make every erasure of the register that the record does not show; returns how many. Events are told by digest."""
    check_verb(by, Verb.INSTALL, None)
    count = 0
    for erasure in published.erasures():
        found = EventDetail.objects.select_related("event").filter(
            event__network=erasure.network,
            event__number=erasure.number,
            event__digest=erasure.digest,
            erased_on__isnull=True,
        )
        for detail in found.select_for_update(of=("self",)):
            _erase(by, detail.event, detail, erasure.rule, date.fromisoformat(erasure.on))
            count += 1
    return count


def _erase(by: Actor, event: Event, detail: EventDetail, rule: str, on: date) -> None:
    detail.salt, detail.words, detail.erased_on, detail.erased_rule = "", {}, on, rule
    detail.save()
    EventRow.objects.filter(event=event).delete()
    write_events(by, [Act(ERASED, event, {"rule": rule, "on": on})], event.network)
