"""The log against what was published of it outside the database: the first entry that is not as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from waymark.engines.safekeeping.published import ERASURES, HEADS, Head, Lost, Published
from waymark.gcm.errors import RefusedError
from waymark.gcm.nouns import counted
from waymark.queries.installation.entries import Log, read_log, readable
from waymark.queries.installation.views import Fault, Verified
from waymark.records.events import ERASED, Event, EventDetail, LogHead, Seal
from waymark.records.seals import merkle_root

PUBLISHED = "published heads"
SEALS = "seals"


@dataclass(slots=True)
class Sealed:
    """A seal as published, and how far it still speaks of entries that were not lost."""

    line: int
    head: Head
    upto: int

    @property
    def whole(self) -> bool:
        """Whether no entry under it was lost."""
        return self.upto == self.head.last


@dataclass(slots=True)
class Standing:
    """What is published of one network: its seals, the number the next one starts with, and what was lost."""

    seals: list[Sealed] = field(default_factory=list)
    next: int = 1
    lost: list[Lost] = field(default_factory=list)


def standings(published: Published) -> tuple[dict[str, Standing], list[Fault]]:
    """Network → what is published of it; and lines that contradict those before them."""
    found: dict[str, Standing] = {}
    faults = []
    for line, head in enumerate(published.heads(), start=1):
        one = found.setdefault(head.network, Standing())
        if isinstance(head, Lost):
            one.lost.append(head)
            one.seals = [seal for seal in one.seals if seal.head.first <= head.kept]
            for seal in one.seals:
                seal.upto = min(seal.upto, head.kept)
            one.next = head.next
        elif head.first != one.next or head.last < head.first:
            faults.append(
                Fault(
                    PUBLISHED,
                    "changed",
                    f"{published}/{HEADS}, line {line}: it does not go on where the seal before ended",
                )
            )
            return found, faults
        else:
            one.seals.append(Sealed(line, head, head.last))
            one.next = head.last + 1
    return found, faults


def verify_log(published: Published) -> Verified:
    """Recompute every digest, check numbers and words, and hold each log against the published heads."""
    try:
        known, faults = standings(published)
        register = published.erasures()
    except RefusedError as error:
        return Verified((Fault(PUBLISHED, "changed", str(error)),))
    faults = _broken_lines(published) + faults
    if not published.exists and Seal.objects.exists():
        words = f"the record has seals, but there are no published heads in {published}. Name their folder with --heads"
        return Verified((Fault(PUBLISHED, "missing", words),))
    notes = [_lost_words(lost) for one in known.values() for lost in one.lost]
    logged = set(Event.objects.filter(verb=ERASED).values_list("subject", flat=True))
    networks = sorted(
        {
            *known,
            *Event.objects.order_by().values_list("network", flat=True).distinct(),
            *LogHead.objects.values_list("network", flat=True),
        }
    )
    waiting = count = 0
    for network in networks:
        standing = known.get(network, Standing())
        log = read_log(network, register, logged)
        first = _first_fault(log, standing, published)
        faults += [first] if first else _seal_faults(log, standing, published)
        waiting += max(0, log.last - standing.next + 1)
        count += len(log.leaves)
    seals = sum(len(one.seals) for one in known.values())
    erased = EventDetail.objects.filter(erased_on__isnull=False).count()
    counts = [
        f"log: {counted(count, 'entry', 'entries')} of {counted(len(networks), 'network', 'networks')}, "
        f"{counted(seals, 'seal', 'seals')}, {counted(erased, 'entry', 'entries')} with erased words"
    ]
    notes += [f"not yet sealed, {counted(waiting, 'entry', 'entries')}"] if waiting else []
    return Verified(tuple(faults), tuple(counts), tuple(notes))


def _broken_lines(published: Published) -> list[Fault]:
    found = []
    for name in (HEADS, ERASURES):
        lines = published.lines(name)
        if lines.broken is not None:
            words = f"{published}/{name}, line {lines.broken.number}: {lines.broken.problem}"
            found.append(Fault(PUBLISHED, "changed", words))
        elif lines.torn:
            words = f"{published}/{name}: its last line was never finished, or was cut"
            found.append(Fault(PUBLISHED, "cut off", words))
    if published.exists and not published.has_register:
        words = f"{published}: the register of erasures is missing. Bring it back from where it is published"
        found.append(Fault(PUBLISHED, "missing", words))
    return found


def _lost_words(lost: Lost) -> str:
    name = f"log of {lost.network}" if lost.network else "log of the installation"
    return f"{name}: entries {lost.kept + 1} to {lost.last} were lost; the record was restored on {lost.lost_on}"


def _first_fault(log: Log, standing: Standing, published: Published) -> Fault | None:
    """The first bad entry: by itself, against the counter of the log, or against a published seal."""
    sealed = max((seal.upto for seal in standing.seals), default=0)
    head = LogHead.objects.filter(network=log.network).first()
    written = head.last if head else 0
    if not (log.leaves or log.unreadable) and (sealed or written):
        return Fault(
            "log", "log removed", f"{log.name}: the whole log was removed: {max(sealed, written):,} entries are missing"
        )
    for seal in standing.seals:
        _check_seal(log, seal, published)
    if log.last < written:
        log.fault(log.last + 1, "cut off", f"the log ends before it; {written:,} entries were written")
    elif written < log.last:
        log.fault(written + 1, "added", "the counter of the log does not know it")
    return log.first_fault()


def _check_seal(log: Log, seal: Sealed, published: Published) -> None:
    """Hold the entries of one seal against its leaves, which prove themselves by the root; else against the root."""
    first, last = seal.head.first, seal.head.last
    leaves = published.leaves(seal.line)
    numbers = range(first, seal.upto + 1)
    if len(leaves) != last - first + 1 or _root(leaves) != seal.head.root:
        if not seal.whole:
            return
        here = [log.leaves[number] for number in numbers if number in log.leaves]
        if merkle_root(here) != seal.head.root:
            words = (
                f"it or an entry up to {last} is not as it was sealed; the leaves that would say which are not there"
            )
            log.fault(first, "changed", words)
        return
    named = {number: bytes.fromhex(leaf) for number, leaf in enumerate(leaves, start=first)}
    for number in numbers:
        if number in log.unreadable:
            return  # said already
        if log.leaves.get(number) != named[number]:
            log.faults.pop(number, None)  # the seal knows better than the entry itself
            log.fault(number, *_what_happened(log, number, named))
            return


def _root(leaves: Sequence[str]) -> str:
    try:
        return merkle_root([bytes.fromhex(leaf) for leaf in leaves])
    except ValueError:
        return ""


def _what_happened(log: Log, number: int, named: Mapping[int, bytes]) -> tuple[str, str]:
    """The kind of fault of an entry that is not as it was sealed, and a sentence."""
    if number > log.last:
        return "cut off", f"the log ends before it; it was sealed up to {max(named):,}"
    for entry in readable(Log(log.network)):
        if entry.number != number and entry.leaf(log.network, number) == named[number]:
            return "reordered", f"what was sealed under this number stands under {entry.number}"
    if number not in log.leaves:
        return "deleted", "it was sealed, and is not there"
    for entry in readable(Log(log.network)):
        if entry.number == number:
            if any(entry.leaf(log.network, other) == leaf for other, leaf in named.items() if other != number):
                return "deleted", "it was sealed, and is not there; a later entry stands under its number"
            break
    return "changed", "it is not as it was sealed: its verb, subject, time or digest was changed"


def _seal_faults(log: Log, standing: Standing, published: Published) -> list[Fault]:
    """Seals of the record against the published ones, when the entries are right."""
    faults = []
    rows = {seal.first: seal for seal in Seal.objects.filter(network=log.network)}
    heads = {seal.head.first: seal for seal in standing.seals if seal.whole}
    for first in sorted(rows.keys() | heads.keys()):
        row, seal = rows.get(first), heads.get(first)
        where = f"{log.name}, seal from entry {first}"
        if seal is None:
            words = f"{where}: it was never published, or {published}/{HEADS} was cut off"
            faults.append(Fault(PUBLISHED, "cut off", words))
        elif row is None:
            words = f"{where}: it was published, but is not in the record. `waymark seal` puts it back"
            faults.append(Fault(SEALS, "seal removed", words))
        elif (row.day.isoformat(), row.last, row.root) != (seal.head.day, seal.head.last, seal.head.root):
            faults.append(Fault(SEALS, "seal changed", f"{where}: it is not as it was published"))
        elif not published.leaves(seal.line):
            words = f"{published}/leaves/{seal.line}.txt is missing"
            faults.append(Fault(PUBLISHED, "missing", words))
        elif _root(published.leaves(seal.line)) != seal.head.root:
            words = f"{published}/leaves/{seal.line}.txt: its hashes are not those of the seal"
            faults.append(Fault(PUBLISHED, "changed", words))
    return faults
