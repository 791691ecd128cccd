"""One search over the record: passages, findings, commitments, recommendations, meetings, indicators of the catalogue
and national ones, organisations.

The index finds; the record shows. Which gates a reader may pass is read from the record when the question is asked, and
the words shown are read from it again, so that what was hidden since the index was built is neither found nor shown.
An entry on the page that is not what the record says (a row was changed without an act) is taken in again, and the
question is asked once more.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from waymark.engines.documents.model import Flag
from waymark.engines.documents.search.index import Entry, Hit, Index, Query, Snippet
from waymark.gcm.lists import CommitmentKind, FindingKind, OrganisationKind
from waymark.queries.search.entries import entries_of, open_gates
from waymark.queries.search.following import retake
from waymark.records.actors import OPERATOR_VIEWER
from waymark.records.documents import Passage
from waymark.records.meetings import MeetingKind
from waymark.records.viewers import Viewer

KINDS: dict[str, dict[str, str]] = {
    "finding": dict(FindingKind.choices),
    "commitment": dict(CommitmentKind.choices),
    "meeting": {str(value): str(words) for value, words in MeetingKind.choices},
    "organisation": dict(OrganisationKind.choices),
}
"""Noun → kind → what it is called."""

ROUNDS = 3
"""Times that a question is asked again because entries on its page were taken in again."""

GONE = "Some entries were changed or removed since the index was built, and another process has the index. Ask again."


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: what it is, its title and words with the places of the matches, and where it stands.

    `noun` and `kind` are keys, `kind_words` the name of the kind. `where` is the page or place in the file of a
    passage, `document` the code of its document, `headings` those above it, `flags` what may be wrong with its text.
    """

    urn: str
    noun: str
    title: Snippet
    snippet: Snippet
    kind: str = ""
    kind_words: str = ""
    code: str = ""
    where: str = ""
    document: str = ""
    headings: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    year: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An answer for one reader: a page of hits, how many there are in all, and counts by every filter.

    `every` is False when no entry has all the words. `notes` say how the question was read; `suggestion` is the
    question spelled as the record spells it, "" when there is none. `gone` is True when hits are no longer there.
    """

    hits: tuple[Found, ...]
    total: int
    counts: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    every: bool = True
    notes: tuple[str, ...] = ()
    suggestion: str = ""
    gone: bool = False


def search(
    *,
    text: str,
    viewer: Viewer,
    folder: Path,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    limit: int = 20,
    offset: int = 0,
) -> SearchResult:
    """Answer a question for `viewer` from the index in `folder`.

    `filters` maps noun, kind, objective, place, language, year or publisher to the values wanted. Raises NotFoundError
    without an index, InputError for a question that cannot be read.
    """
    query = Query(text, dict(filters or {}), open_gates(viewer), limit, offset)
    stale: list[Entry] = []

    def shown(page: Sequence[Entry]) -> dict[str, Entry]:
        now = _read_again(page, viewer)
        stale[:] = _stale([entry for entry in page if now.get(entry.urn) != entry])
        for entry in stale:
            now.pop(entry.urn, None)
        return now

    answer = _opened(folder).search(query, shown)
    for _ in range(ROUNDS):
        if not stale or not retake(folder, stale):
            break
        answer = _opened(folder).search(query, shown)
    notes = (*answer.notes, GONE) if stale else answer.notes
    return SearchResult(
        _found(answer.hits, viewer), answer.total, answer.counts, answer.every, notes, answer.suggestion, bool(stale)
    )


def _stale(doubtful: Sequence[Entry]) -> list[Entry]:
    """Those that are not what the record says, whoever reads it."""
    if not doubtful:
        return []
    now = _read_again(doubtful, OPERATOR_VIEWER)
    return [entry for entry in doubtful if now.get(entry.urn) != entry]


def search_folder() -> Path:
    """The folder of the index of this installation."""
    return Path(settings.DATA_DIR) / "search"


_indexes: dict[Path, Index] = {}


def _opened(folder: Path) -> Index:
    """The index in a folder, opened once for each of its changes."""
    index = _indexes.get(folder)
    if index is None or not index.is_current():
        index = _indexes[folder] = Index.open(folder)
    return index


def _read_again(page: Sequence[Entry], viewer: Viewer) -> dict[str, Entry]:
    """The entries of a page as the record has them now; without those that the viewer may not see (any more)."""
    urns: dict[str, list[str]] = defaultdict(list)
    for entry in page:
        urns[entry.noun].append(entry.urn)
    return {urn: entry for noun, wanted in urns.items() for urn, entry in entries_of(noun, wanted, viewer).items()}


def _found(hits: Sequence[Hit], viewer: Viewer) -> tuple[Found, ...]:
    urns = [hit.entry.urn for hit in hits if hit.entry.noun == "passage"]
    rows = Passage.objects.visible_to(viewer).filter(urn__in=urns).select_related("document")
    passages = {row.urn: row for row in rows}
    return tuple(_one(hit, passages.get(hit.entry.urn)) for hit in hits)


def _one(hit: Hit, passage: Passage | None) -> Found:
    entry = hit.entry
    return Found(
        urn=entry.urn,
        noun=entry.noun,
        title=hit.title,
        snippet=hit.snippet,
        kind=entry.kind,
        kind_words=KINDS.get(entry.noun, {}).get(entry.kind, ""),
        code=passage.code if passage else entry.urn.rpartition(":")[2],
        where=passage.where if passage else "",
        document=passage.document.code if passage else "",
        headings=tuple(passage.headings) if passage else (),
        flags=tuple(Flag(flag).words for flag in passage.flags) if passage else (),
        objectives=entry.objectives,
        places=entry.places,
        languages=entry.languages,
        year=entry.year,
        publisher=entry.publisher,
    )
