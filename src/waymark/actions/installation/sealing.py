"""Seals what is new in the log, network by network, and publishes the heads outside the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from waymark.engines.safekeeping.published import HEADS, Head, Published
from waymark.gcm.errors import RefusedError
from waymark.gcm.wording import phrase
from waymark.queries.installation.log import Standing, standings
from waymark.records.actors import Actor
from waymark.records.events import Event, LogHead, Seal
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb
from waymark.records.seals import leaf, merkle_root


@dataclass(frozen=True, slots=True)
class SealedLog:
    """What one run sealed: the seals, those put back after a run that was cut off, and the entries that wait."""

    sealed: tuple[Seal, ...]
    put_back: tuple[Seal, ...]
    waiting: int


def seal(*, by: Actor, day: date, published: Published, anew: bool = False) -> SealedLog:
    """Seal each network's events up to the end of `day` (UTC) that no seal covers, and publish the heads.

    The heads are on the disk before the record says that it is sealed: after a kill the next run puts the seal back. A
    network that is sealed up to `day` waits for a later one. `anew` begins new heads from the seals of the record, when
    there are none. Raises RefusedError when heads and record contradict each other, OutputError when the heads cannot
    be written.
    """
    check_verb(by, Verb.INSTALL, None)
    with published.alone(), transaction.atomic():
        known, faults = standings(published)
        broken = published.lines(HEADS).broken
        if broken is not None or faults:
            words = faults[0].words if faults else f"{published}/{HEADS}, line {broken.number}: {broken.problem}"  # type: ignore[union-attr]  # one of the two
            raise RefusedError("heads.damaged", fault=words)
        if anew and published.exists:
            raise RefusedError("heads.there_already", folder=str(published))
        sealed: list[Seal] = []
        put_back: list[Seal] = []
        lines: list[tuple[Head, Sequence[bytes]]] = []
        waiting = 0
        for counter in LogHead.objects.order_by("network"):
            standing = known.get(counter.network, Standing())
            rows = list(Seal.objects.filter(network=counter.network).order_by("first"))
            if anew:
                lines += [(_head(row), _leaves(row.network, row.first, row.last)) for row in rows]
            else:
                put_back += _put_back(counter.network, standing, rows, published)
            new = _new_seal(counter, day)
            if new is not None:
                row, leaves = new
                sealed.append(row)
                lines.append((_head(row), leaves))
            done = Seal.objects.filter(network=counter.network).order_by("-last").first()
            waiting += counter.last - (done.last if done else 0)
        if lines:
            published.publish(lines)
    return SealedLog(tuple(sealed), tuple(put_back), waiting)


def _head(row: Seal) -> Head:
    return Head(row.network, row.day.isoformat(), row.first, row.last, row.root)


def _leaves(network: str, first: int, last: int) -> list[bytes]:
    events = Event.objects.filter(network=network, number__gte=first, number__lte=last).order_by("number")
    return [leaf(event) for event in events.iterator(chunk_size=2000)]


def _new_seal(counter: LogHead, day: date) -> tuple[Seal, Sequence[bytes]] | None:
    """The seal of what is new up to the end of a day; None when nothing is, or the day is sealed already.

    What is written meanwhile has a higher number than the counter that was read, and waits.
    """
    network = counter.network
    last = Seal.objects.filter(network=network).order_by("-last").first()
    if last is not None and last.day >= day:
        return None
    end = datetime.combine(day, time.min, UTC) + timedelta(days=1)
    first = last.last + 1 if last else 1
    events = Event.objects.filter(network=network, number__gte=first, number__lte=counter.last)
    later = events.filter(at__gte=end).order_by("number").values_list("number", flat=True).first()
    leaves = _leaves(network, first, later - 1 if later else counter.last)
    if not leaves:
        return None
    row = Seal(network=network, day=day, first=first, last=first + len(leaves) - 1, root=merkle_root(leaves))
    row.save()
    return row, leaves


def put_back_seals(published: Published) -> None:
    """Store again the seals that were published after the record was backed up, of entries that it holds."""
    known, _ = standings(published)
    with transaction.atomic():
        for network, standing in sorted(known.items()):
            rows = list(Seal.objects.filter(network=network).order_by("first"))
            _put_back(network, standing, rows, published)


def _put_back(network: str, standing: Standing, rows: Sequence[Seal], published: Published) -> list[Seal]:
    """Seals that were published just before a kill, stored again when the entries are still those that were sealed."""
    name = phrase("log.of_network", network=network) if network else phrase("log.of_installation")
    covered = max((row.last for row in rows), default=0)
    if covered >= standing.next:
        raise RefusedError("heads.too_short", log=name, covered=covered, folder=str(published), end=standing.next - 1)
    back = []
    for seal in (one for one in standing.seals if one.whole and one.head.first > covered):
        head = seal.head
        if merkle_root(_leaves(network, head.first, head.last)) != head.root:
            raise RefusedError("heads.other_root", log=name, first=head.first, last=head.last)
        row = Seal(network=network, day=date.fromisoformat(head.day), first=head.first, last=head.last, root=head.root)
        row.save()
        back.append(row)
    return back
