"""The log of one network as it stands: each entry's leaf, and the first entry that contradicts itself."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import DatabaseError

from waymark.engines.safekeeping.published import Erasure
from waymark.queries.installation.views import Fault
from waymark.records.events import Event, EventRow, event_urn, rows_told
from waymark.records.seals import digest, leaf_of

LOG = "log"


class Entry(NamedTuple):
    """An event with its words."""

    id: int
    number: int
    verb: str
    subject: str
    at: datetime
    digest: str
    salt: str | None
    words: Any
    erased_on: date | None
    erased_rule: str | None

    def leaf(self, network: str, number: int | None = None) -> bytes:
        """Its leaf, or the leaf it would have under another number."""
        return leaf_of(
            network, self.number if number is None else number, self.verb, self.subject, self.at, self.digest
        )


FIELDS = (
    "id", "number", "verb", "subject", "at", "digest",
    "detail__salt", "detail__words", "detail__erased_on", "detail__erased_rule",
)  # fmt: skip


def entries(network: str) -> Iterator[Entry]:
    """The entries of a network in the order of their numbers."""
    rows = Event.objects.filter(network=network).order_by("number").values_list(*FIELDS)
    return (Entry(*row) for row in rows.iterator(chunk_size=2000))


@dataclass(slots=True)
class Log:
    """What was read of a network's log: the leaves by number, and the first fault at each number."""

    network: str
    leaves: dict[int, bytes] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)
    erased: set[int] = field(default_factory=set)
    unreadable: set[int] = field(default_factory=set)
    faults: dict[int, Fault] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The network in words."""
        return f"log of {self.network}" if self.network else "log of the installation"

    @property
    def last(self) -> int:
        """The highest number."""
        return max(self.leaves, default=0)

    def fault(self, number: int, kind: str, words: str) -> None:
        """Note a fault of an entry; the first one noted for a number counts."""
        self.faults.setdefault(number, Fault(LOG, kind, f"{self.name}, entry {number}: {kind}: {words}"))

    def first_fault(self) -> Fault | None:
        """The fault of the lowest number."""
        return self.faults[min(self.faults)] if self.faults else None


def read_log(network: str, registered: Collection[Erasure], erasures_logged: Collection[str]) -> Log:
    """Read a network's log: every digest is made again from the words."""
    log = Log(network)
    known = {(erasure.number, erasure.digest): erasure for erasure in registered if erasure.network == network}
    before = 0
    found_by, lost = _rows_found(network), []
    for entry in readable(log):
        log.leaves[entry.number] = entry.leaf(network)
        log.digests[entry.number] = entry.digest
        if entry.erased_on is not None:
            log.erased.add(entry.number)
        if entry.id < before:
            log.fault(entry.number, "reordered", "it was written after an entry that has a higher number")
        before = max(before, entry.id)
        kind, words = _words_fault(entry, event_urn(network, entry.number) in erasures_logged, known)
        if kind:
            log.fault(entry.number, kind, words)
        elif found_by.pop(entry.id, set()) != set(rows_told(entry.subject, entry.words)):
            lost.append(entry.number)
    _check_numbers(log)
    for number, noted in known:
        if log.digests.get(number) == noted and number not in log.erased:
            log.fault(
                number,
                "erasure undone",
                "the register of erasures says that its words were erased, but they are here. Erase them again",
            )
    for number in lost:
        log.fault(number, "changed", "histories do not find it by the rows that its words tell of")
    return log


def _rows_found(network: str) -> dict[int, set[str]]:
    """Event → the rows by which histories find it."""
    found: dict[int, set[str]] = {}
    rows = EventRow.objects.filter(event__network=network).order_by().values_list("event_id", "urn")
    for event, urn in rows.iterator(chunk_size=2000):
        found.setdefault(event, set()).add(urn)
    return found


def readable(log: Log) -> Iterator[Entry]:
    """The entries that the database can give back; each of the others is a fault."""
    number = 0
    try:
        for entry in entries(log.network):
            number = entry.number
            yield entry
    except (ValueError, DatabaseError):
        yield from _one_by_one(log, number)


def _one_by_one(log: Log, after: int) -> Iterator[Entry]:
    rows = Event.objects.filter(network=log.network, number__gt=after).order_by("number")
    for number in rows.values_list("number", flat=True):
        try:
            yield from (Entry(*row) for row in rows.filter(number=number).values_list(*FIELDS))
        except (ValueError, DatabaseError) as error:
            log.unreadable.add(number)
            log.fault(number, "changed", f"it cannot be read ({error})")


def _words_fault(entry: Entry, erasure_logged: bool, registered: Mapping[tuple[int, str], Erasure]) -> tuple[str, str]:
    """What is wrong with the words of an entry."""
    if entry.salt is None:
        return "words removed", "the row of its words is gone, and no erasure takes away the row"
    if entry.erased_on is not None:
        line = registered.get((entry.number, entry.digest))
        missing = [] if erasure_logged else ["the log holds no entry of the erasure"]
        if line is None:
            missing.append("the register of erasures holds no line")
        elif (line.rule, line.on) != (entry.erased_rule, entry.erased_on.isoformat()):
            missing.append(f"the register of erasures says {line.on} under {line.rule}")
        said = f"its words are marked as erased on {entry.erased_on} under {entry.erased_rule}, but "
        return ("erasure forged", said + " and ".join(missing)) if missing else ("", "")
    if not entry.salt and not entry.words:
        return "erasure forged", "its words were emptied without an erasure"
    if digest(entry.salt, entry.words) != entry.digest:
        return "words altered", f"the digest of {entry.verb} is not that of its words"
    return "", ""


def _check_numbers(log: Log) -> None:
    for expected, number in enumerate(sorted(log.leaves), start=1):
        if number != expected:
            log.fault(expected, "deleted", f"the numbers go on with {number}")
            return
