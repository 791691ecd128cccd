"""What can be found in the record: one entry for each passage, finding, commitment, recommendation, meeting, indicator,
national indicator and organisation.

The index holds all of them and shows each reader only those behind open gates. So an entry may hold nothing that is
more hidden than the record that is its gate: what hangs on that record is put in only when its own classification is
no stricter, and never when it is strictly confidential, because such a record names its own readers.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, cast

from django.db.models import Prefetch, QuerySet

from waymark.engines.documents.search.index import OPEN, Entry, Said
from waymark.gcm.frameworks import objective_of_code
from waymark.gcm.indicators import IndicatorDefinition, indicators
from waymark.gcm.lists import Classification, Verdict
from waymark.gcm.nouns import FINDABLE
from waymark.queries.documents.views import LEAST_SHOWN
from waymark.records.commitments import Commitment, Tie
from waymark.records.documents import Document, Passage, Tag
from waymark.records.frameworks import Crosswalk, Provision
from waymark.records.indicators import NationalIndicator
from waymark.records.meetings import Decision, Meeting, Statement
from waymark.records.organisations import Organisation, OrganisationName
from waymark.records.record import Record, RecordQuerySet, urn
from waymark.records.reviews import Finding, Recommendation
from waymark.records.viewers import Viewer
from waymark.records.visibility import STRICTNESS

CHUNK = 2000
MADE = 2
"""Of what entries are made of and how. An index of entries that were made otherwise is rebuilt: raise it by one."""


def entries() -> Iterator[Entry]:
    """Every entry of the record, for the index; the same record gives the same entries in the same order."""
    for noun in FINDABLE:
        if noun == "indicator":
            yield from (_indicator(item) for item in indicators())
        else:
            yield from _made(noun, _rows(noun))


def entries_of(noun: str, urns: Iterable[str], viewer: Viewer) -> dict[str, Entry]:
    """The entries of one noun with these URNs that the viewer may see, read from the record now."""
    wanted = set(urns)
    if noun == "indicator":
        return {item.urn: item for item in map(_indicator, indicators()) if item.urn in wanted}
    if noun not in READERS:
        return {}
    return {entry.urn: entry for entry in _made(noun, _rows(noun, viewer).filter(urn__in=wanted))}


def entries_among(noun: str, path: str, values: Iterable[Any]) -> Iterator[Entry]:
    """The entries of one noun whose rows have one of `values` at the lookup `path`, for the index."""
    if noun in READERS:
        yield from _made(noun, _rows(noun).filter(**{f"{path}__in": list(values)}))


def indicators_digest() -> str:
    """A digest of the entries that come from the catalogue and not from the record."""
    made = "\n".join(repr(_indicator(item)) for item in indicators())
    return hashlib.sha256(made.encode()).hexdigest()


def _made(noun: str, rows: QuerySet[Any]) -> Iterator[Entry]:
    """The entries of rows, without passages of a document whose later version everybody sees who sees it."""
    for row in rows.iterator(chunk_size=CHUNK):
        if not (noun == "passage" and _replaced(row.document)):
            yield READERS[noun](row)


def open_gates(viewer: Viewer) -> frozenset[str] | None:
    """The gates that the viewer may pass now, None for all."""
    if viewer.sees_all:
        return None
    found: set[str] = set()
    for model in (Document, Finding, Commitment, Recommendation, Meeting, NationalIndicator, Organisation):
        found.update(model.objects.visible_to(viewer).order_by().values_list("urn", flat=True))
    own = Passage.objects.visible_to(viewer).exclude(classification=Classification.PUBLIC)
    found.update(own.order_by().values_list("urn", flat=True))
    return frozenset(found)


def _rows(noun: str, viewer: Viewer | None = None) -> QuerySet[Any]:
    """The rows of a noun with what their entries are made of; with a viewer only what that viewer may see."""

    def seen(rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows if viewer is None else cast(RecordQuerySet[Any], rows).visible_to(viewer)

    if noun == "passage":
        tags = seen(Tag.objects.select_related("provision__framework").order_by("id"))
        rows: QuerySet[Any] = Passage.objects.select_related("document").prefetch_related(
            "document__about", "document__later_versions", Prefetch("tags", tags)
        )
    elif noun == "finding":
        rows = Finding.objects.select_related("review__place", "review__cycle", "provision__framework")
    elif noun == "commitment":
        ties = seen(Tie.objects.select_related("provision__framework").order_by("id"))
        rows = Commitment.objects.select_related("place", "network__place").prefetch_related(Prefetch("ties", ties))
    elif noun == "recommendation":
        links = seen(Crosswalk.objects.select_related("to_provision__framework").order_by("id"))
        rows = Recommendation.objects.select_related("place", "review__place", "provision").prefetch_related(
            Prefetch("provision__links_out", links)
        )
    elif noun == "meeting":
        rows = Meeting.objects.select_related("network__place").prefetch_related(
            Prefetch("statements", seen(Statement.objects.order_by("position", "id"))),
            Prefetch("decisions", seen(Decision.objects.order_by("position", "id"))),
            "provisions__framework",
        )
    elif noun == "national-indicator":
        rows = NationalIndicator.objects.select_related("place").prefetch_related("provisions__framework")
    else:
        names = seen(OrganisationName.objects.order_by("from_date", "id"))
        rows = Organisation.objects.select_related("place").prefetch_related(Prefetch("names", names))
    return seen(rows).order_by("pk")


def _no_stricter(inner: Record, gate: Record) -> bool:
    """Whether whoever may read the gate's record may read what hangs on it as well."""
    if inner.effective == Classification.STRICTLY_CONFIDENTIAL:
        return False
    return STRICTNESS.index(inner.effective) <= STRICTNESS.index(gate.effective)


def _said(*texts: Mapping[str, str] | None) -> tuple[Said, ...]:
    """Words in every language they are kept in."""
    return tuple(Said(language, words) for text in texts for language, words in sorted((text or {}).items()) if words)


def _objectives(provisions: Iterable[Provision | None]) -> tuple[str, ...]:
    """The objectives of the Compact among provisions, ascending. The Compact is public."""
    numbers = {objective_of_code(item.framework.code, item.code) for item in provisions if item is not None}
    return tuple(str(number) for number in sorted(number for number in numbers if number is not None))


def _year(*days: date | None) -> str:
    return next((str(day.year) for day in days if day is not None), "")


def _places(*rows: Any) -> tuple[str, ...]:
    """The first place that is known."""
    return next(((row.code,) for row in rows if row is not None), ())


def _replaced(document: Document) -> bool:
    """Whether a later version is there for everybody who may see this one."""
    return any(
        later.network_id == document.network_id and _no_stricter(later, document)
        for later in document.later_versions.all()
    )


def _passage(row: Passage) -> Entry:
    document = row.document
    own = row.classification != Classification.PUBLIC
    above = (Said(row.language, " > ".join(row.headings)),) if row.headings else ()
    return Entry(
        urn=row.urn,
        noun="passage",
        gate=row.urn if own else document.urn,
        above=_said(document.title),
        texts=(Said(row.language, row.text), *above),
        objectives=_tagged(row),
        places=tuple(sorted(place.code for place in document.about.all())),
        year=_year(document.published_on),
        publisher=document.publisher,
        made_of=(document.urn, *(tag.urn for tag in row.tags.all() if tag.by_person)),
    )


def _tagged(row: Passage) -> tuple[str, ...]:
    """The objectives that a person says the passage speaks to, or that a model suggests and nobody rejected."""
    tags = [tag for tag in row.tags.all() if tag.classification == Classification.PUBLIC]
    if any(tag.verdict == Verdict.NONE for tag in tags):
        return _objectives(tag.provision for tag in tags if tag.by_person and tag.verdict == Verdict.SPEAKS)
    rejected = {tag.provision_id for tag in tags if tag.by_person and tag.verdict == Verdict.DOES_NOT}
    confirmed = {tag.provision_id for tag in tags if tag.by_person and tag.verdict == Verdict.SPEAKS}
    kept = [
        tag.provision
        for tag in tags
        if tag.provision_id in confirmed
        or (not tag.by_person and (tag.score or 0.0) >= LEAST_SHOWN and tag.provision_id not in rejected)
    ]
    return _objectives(kept)


def _finding(row: Finding) -> Entry:
    return Entry(
        urn=row.urn,
        noun="finding",
        gate=row.urn,
        kind=row.kind,
        above=_said(row.review.title),
        texts=_said(row.text),
        objectives=_objectives([row.provision]),
        places=_places(row.review.place),
        year=_year(row.review.cycle.from_date),
        made_of=(row.review.urn,),
    )


def _commitment(row: Commitment) -> Entry:
    return Entry(
        urn=row.urn,
        noun="commitment",
        gate=row.urn,
        kind=row.kind,
        titles=_said(row.title),
        texts=_said(row.description, row.metric),
        objectives=_objectives(tie.provision for tie in row.ties.all() if _no_stricter(tie, row)),
        places=_places(row.place, row.network.place),
        year=_year(row.start_date, row.due_date),
        made_of=tuple(tie.urn for tie in row.ties.all()),
    )


def _recommendation(row: Recommendation) -> Entry:
    provision = row.provision
    links = [link for link in provision.links_out.all() if _no_stricter(link, row) and link.relation == "concerns"]
    return Entry(
        urn=row.urn,
        noun="recommendation",
        gate=row.urn,
        titles=_said(provision.title or provision.label),
        texts=_said(provision.text) or _said(provision.label),
        objectives=_objectives(link.to_provision for link in links),
        places=_places(row.place, row.review.place if row.review else None),
        year=_year(row.issued_on),
        made_of=(provision.urn, *(link.urn for link in provision.links_out.all())),
    )


def _meeting(row: Meeting) -> Entry:
    said = [item.summary for item in row.statements.all() if _no_stricter(item, row)]
    decided = [item.text for item in row.decisions.all() if _no_stricter(item, row)]
    return Entry(
        urn=row.urn,
        noun="meeting",
        gate=row.urn,
        kind=row.kind,
        titles=_said(row.title),
        texts=_said(row.summary, row.key_messages, row.agenda, *decided, *said),
        objectives=_objectives(row.provisions.all()),
        places=_places(row.network.place),
        year=_year(row.date),
        made_of=tuple(item.urn for item in (*row.statements.all(), *row.decisions.all())),
    )


def _organisation(row: Organisation) -> Entry:
    names = [name for name in row.names.all() if _no_stricter(name, row)]
    names.sort(key=lambda name: (name.to_date is not None or name.end_unknown, -name.pk))  # the name of now first
    return Entry(
        urn=row.urn,
        noun="organisation",
        gate=row.urn,
        kind=row.kind,
        titles=tuple(said for name in names for said in _said(name.name, name.short_name)),
        places=_places(row.place),
        made_of=tuple(name.urn for name in row.names.all()),
    )


def _national(row: NationalIndicator) -> Entry:
    return Entry(
        urn=row.urn,
        noun="national-indicator",
        gate=row.urn,
        titles=_said(row.title),
        texts=_said(row.meaning, row.caveats, row.unit_label),
        objectives=_objectives(row.provisions.all()),
        places=_places(row.place),
        made_of=(),
    )


def _indicator(item: IndicatorDefinition) -> Entry:
    return Entry(
        urn=urn("indicator", item.code),
        noun="indicator",
        gate=OPEN,
        titles=(Said("en", item.title),),
        texts=(Said("en", item.meaning), Said("en", f"{item.short}; {item.framework_code}; {item.series}")),
        objectives=tuple(str(number) for number in sorted(item.objectives)),
        publisher=item.publisher,
    )


READERS: dict[str, Callable[[Any], Entry]] = {
    "passage": _passage,
    "finding": _finding,
    "commitment": _commitment,
    "recommendation": _recommendation,
    "meeting": _meeting,
    "national-indicator": _national,
    "organisation": _organisation,
}
