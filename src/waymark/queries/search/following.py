"""Keeps the index up to date with the record: it follows the event log.

Every act writes an event that names the row it was done to. The index keeps the number of the last event of each
network that it has taken in; numbers have no gaps and are given in the order in which acts are committed. At a question
the entries of the rows that later events name, and of what hangs on them, go out and in. Nothing of the record is
changed here: the index is a copy of it, and a read may make a copy.

The index is built anew when there is none to read, when it is of another version or of another catalogue, when its log
is not the log of this record (a backup was restored), or when so much was changed that this is quicker.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache, reduce
from itertools import chain
from operator import or_
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db.models import Q, QuerySet

from waymark.engines.documents.search.changing import Change, changing
from waymark.engines.documents.search.index import Entry, about, build
from waymark.gcm.errors import NotFoundError, RefusedError
from waymark.queries.search.depending import DEPENDING, MODELS, REBUILDING
from waymark.queries.search.entries import MADE, entries, entries_among, entries_of, indicators_digest
from waymark.records.actors import OPERATOR_VIEWER
from waymark.records.documents import Document, Passage
from waymark.records.events import Event, LogHead
from waymark.records.record import urn

WAIT = 1.0
"""Seconds that a question waits for another process that changes the index."""

MOST = 20_000
"""Changes of entries since it was built, or half of its entries when that is more, from which it is built anew."""

BATCH = 500
"""URNs that are asked for at once."""

Why = Literal["asked", "none", "other", "much"]


@dataclass(frozen=True, slots=True)
class Brought:
    """What was done to bring the index up to date: nothing, entries taken in, built anew, or another process has it.

    `entries` are those of the index. `why` it was built anew: it was asked for, there was none to read, it was of
    another version, catalogue or record, or much has changed.
    """

    how: Literal["current", "taken in", "rebuilt", "busy"]
    entries: int
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class State:
    """The state of the record that an index has: what its entries are made by, and the log up to where.

    `heads` has the number of the last event of each network's log, `digests` the digest of that event, `newest` that of
    the newest of all.
    """

    made: str
    heads: dict[str, int]
    digests: dict[str, str]
    newest: str

    def words(self) -> str:
        """As it is kept beside the index."""
        return json.dumps(asdict(self), sort_keys=True)


def bring_up_to_date(folder: Path, *, anew: bool = False, wait: float = WAIT) -> Brought:
    """Take into the index in `folder` what was done since, or build it anew.

    When another process builds or changes it for longer than `wait` seconds, the index stays as it is and is good to be
    asked, because rights are read from the record. Raises RefusedError when there is none to ask, or it was to be built
    anew, and OutputError when it cannot be written.
    """
    found = about(folder)
    why: Why | None = "asked" if anew else "none" if found is None else None
    if found is not None and not anew:
        if _unchanged(_state(found.state)):
            return Brought("current", found.entries)
        try:
            with changing(folder, wait=wait) as change:
                why = _take_in(change)
                if why is None:
                    return Brought("taken in", change.about.entries)
        except NotFoundError:  # its files are damaged; it is a copy, so it is made again
            why, found = "none", None
        except RefusedError:
            return Brought("busy", found.entries)
    state = _now()  # before the rows are read: what is done meanwhile is taken in once more
    try:
        made = build(entries(), folder, state=state.words())
    except RefusedError:
        if anew or found is None:
            raise
        return Brought("busy", found.entries)
    return Brought("rebuilt", made.entries, why)


def retake(folder: Path, stale: Iterable[Entry]) -> bool:
    """Take these entries in again from the record; False when another process has the index."""
    try:
        with changing(folder, wait=WAIT) as change:
            again = {(entry.noun, entry.urn) for entry in stale}
            change.commit((one for _, one in again), _again(again), state=change.about.state)
    except (RefusedError, NotFoundError):
        return False
    return True


def _take_in(change: Change) -> Why | None:
    """Take in the events since the last one that the index knows; the reason when it must be built anew instead."""
    former, now = _state(change.about.state), _now()
    if former is None or former.made != now.made or not _continues(former, now):
        return "other"
    if sum(now.heads.values()) - sum(former.heads.values()) > MOST:
        return "much"
    events = _since(former, now)
    if any(verb in REBUILDING for verb, _ in events):
        return "much"
    subjects = _by_noun({subject for _, subject in events})
    documents = _with_former(subjects.pop("document", set()))
    again = set(_depending(subjects))
    again.update((entry.noun, entry.urn) for entry in change.made_of(chain.from_iterable(subjects.values())))
    coming = len(again) + sum(_passages(part).count() for part in _parts(documents))
    if change.about.changed + 2 * coming > max(MOST, change.about.entries // 2):
        return "much"
    rows = chain(_again(again), *(entries_among("passage", "document__urn", part) for part in _parts(documents)))
    change.commit({*documents, *(one for _, one in again)}, _once(rows), state=now.words())
    return None


def _with_former(documents: set[str]) -> set[str]:
    """Documents by URN, with those that they replace: a later version takes their passages out of the index."""
    return documents.union(
        *(
            Document.objects.filter(later_versions__urn__in=part).order_by().values_list("urn", flat=True)
            for part in _parts(documents)
        )
    )


def _passages(documents: list[str]) -> QuerySet[Passage]:
    return Passage.objects.filter(document__urn__in=documents)


def _by_noun(subjects: Iterable[str]) -> dict[str, set[str]]:
    """The URNs of rows that entries may hang on, by noun."""
    found: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        noun = subject.removeprefix(urn("", "").removesuffix(":")).partition(":")[0]
        if noun in DEPENDING:
            found[noun].add(subject)
    return found


def _depending(subjects: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Noun and URN of every entry that hangs on these rows as the record is now."""
    for noun, urns in subjects.items():
        for entry, path in DEPENDING[noun]:
            for part in _parts(urns):
                rows = MODELS[entry]._default_manager.filter(**{f"{path}__in": part})
                yield from ((entry, found) for found in rows.order_by().values_list("urn", flat=True).distinct())


def _again(wanted: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    """The entries of these nouns and URNs as the record has them now."""
    urns: dict[str, set[str]] = defaultdict(set)
    for noun, one in wanted:
        urns[noun].add(one)
    for noun in sorted(urns):
        for part in _parts(urns[noun]):
            yield from entries_of(noun, part, OPERATOR_VIEWER).values()


def _once(rows: Iterable[Entry]) -> Iterator[Entry]:
    """Each entry once: a passage may be asked for itself and with its document."""
    seen: set[str] = set()
    for entry in rows:
        if entry.urn not in seen:
            seen.add(entry.urn)
            yield entry


def _parts(urns: Iterable[str]) -> Iterator[list[str]]:
    """As many URNs as one query may hold."""
    ordered = sorted(urns)
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))


@cache
def _made_by(instance: str) -> str:
    """What entries are made by besides the record."""
    return f"{instance} {MADE} {indicators_digest()}"


def _state(words: str) -> State | None:
    try:
        fields = json.loads(words)
        return State(fields["made"], dict(fields["heads"]), dict(fields["digests"]), fields["newest"])
    except (ValueError, KeyError, TypeError):
        return None


def _now() -> State:
    """The state of the record: only acts that are committed count, in the order of their commits."""
    heads = _heads()
    digests = {network: digest for network, _, digest in _events_at(heads)}
    return State(_made_by(settings.INSTANCE), heads, digests, _newest())


def _heads() -> dict[str, int]:
    return dict(LogHead.objects.filter(last__gt=0).order_by().values_list("network", "last"))


def _newest() -> str:
    return Event.objects.order_by("-id").values_list("digest", flat=True).first() or ""


def _unchanged(former: State | None) -> bool:
    """Whether nothing was logged since, by two cheap queries."""
    return (
        former is not None
        and former.made == _made_by(settings.INSTANCE)
        and former.heads == _heads()
        and former.newest == _newest()
    )


def _continues(former: State, now: State) -> bool:
    """Whether the log of this record begins with the log that the index has taken in."""
    if any(now.heads.get(network, 0) < number for network, number in former.heads.items()):
        return False
    return {network: digest for network, _, digest in _events_at(former.heads)} == former.digests


def _events_at(heads: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    """Network, number and digest of one event of each log."""
    for part in _parts(heads):
        at = reduce(or_, (Q(network=network, number=heads[network]) for network in part))
        yield from Event.objects.filter(at).order_by().values_list("network", "number", "digest")


def _since(former: State, now: State) -> list[tuple[str, str]]:
    """Verb and subject of every event that the index has not taken in."""
    grown = {network for network, number in now.heads.items() if number > former.heads.get(network, 0)}
    found: list[tuple[str, str]] = []
    for part in _parts(grown):
        later = reduce(
            or_,
            (
                Q(network=network, number__gt=former.heads.get(network, 0), number__lte=now.heads[network])
                for network in part
            ),
        )
        found += Event.objects.filter(later).order_by().values_list("verb", "subject")
    return found
