"""What persons cited as evidence, by objective of the Compact."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from waymark.gcm.frameworks import objective_of_code
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.documents.showing import (
    PageFlags,
    flag_words,
    page_flags,
    pages_flagged,
    published_by,
)
from waymark.queries.documents.views import EvidenceView
from waymark.queries.sources.reading import SourceBook
from waymark.queries.wording import in_language
from waymark.records.documents import Document
from waymark.records.reports import Evidence
from waymark.records.reviews import Citation, Finding, Review
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Cited:
    """What persons cited: proofs of reports, citations of findings, and the flags of the pages they name."""

    proofs: tuple[Evidence, ...]
    citations: tuple[Citation, ...]
    pages: Mapping[int, list[PageFlags]]


def cited_read(
    review: Review | None,
    place: str,
    commitments: tuple[CommitmentView, ...],
    *,
    viewer: Viewer,
    day: date = date.max,
) -> Cited:
    """Read what was cited in reports on these commitments, submitted by a day, and in the review's findings."""
    urns = [item.urn for item in commitments]
    proofs = tuple(_proofs(urns, place, viewer, day)) if urns else ()
    citations = tuple(_citations(review, place, viewer, day)) if review else ()
    rows: list[Evidence | Citation] = [*proofs, *citations]
    named = [row.document for row in rows if row.document is not None and row.passage is None]
    return Cited(proofs, citations, pages_flagged(named))


def evidence_of(
    review: Review | None,
    place: str,
    commitments: tuple[CommitmentView, ...],
    *,
    viewer: Viewer,
    language: str,
    sources: SourceBook,
    cited: Cited | None = None,
) -> dict[int, list[EvidenceView]]:
    """What persons cited in reports on commitments and in findings, by objective; `cited` when it was read before.

    A document counts as about the country only when its record says so: global guidance cited for a commitment stays
    guidance. An address or words given by whoever reports on a commitment of this place are about this place.
    """
    cited = cited or cited_read(review, place, commitments, viewer=viewer)
    found: dict[int, list[EvidenceView]] = defaultdict(list)
    objectives = {item.urn: item.objectives for item in commitments}
    codes = {item.urn: item.code for item in commitments}
    for row in cited.proofs:
        urn = row.report.commitment.urn
        if row.document is None:
            title = in_language(row.text, language) or row.url
            source = sources.cited(title, row.url, row.page) if row.url else ""
            view = EvidenceView(title, row.page, codes[urn], True, source)
        else:
            view = _cited(row, row.document, codes[urn], cited, language, sources)
        for objective in objectives[urn]:
            found[objective].append(view)
    for citation in cited.citations:
        number = _objective(citation.finding)
        if number is not None and citation.document is not None:
            found[number].append(_cited(citation, citation.document, "finding", cited, language, sources))
    return {objective: list(dict.fromkeys(items)) for objective, items in found.items()}


def documents_cited(cited: Cited, sources: SourceBook) -> dict[int, list[str]]:
    """The sources of the documents that each finding cites, by the key of the finding's row."""
    found: dict[int, list[str]] = defaultdict(list)
    for citation in cited.citations:
        if citation.document is not None:
            found[citation.finding_id].append(sources.of_document(citation.document, citation.page))
    return found


def _proofs(urns: list[str], place: str, viewer: Viewer, day: date) -> QuerySet[Evidence]:
    return (
        Evidence.objects.visible_to(viewer)
        .filter(report__commitment__urn__in=urns, report__submitted_on__lte=day)
        .select_related("document", "passage", "report__commitment")
        .defer("document__fingerprint", "passage__text")
        .annotate(**_of_documents(place, viewer, day))
        .order_by("report__commitment__code", "id")
    )


def _citations(review: Review, place: str, viewer: Viewer, day: date) -> QuerySet[Citation]:
    return (
        Citation.objects.visible_to(viewer)
        .filter(finding__review=review, document__isnull=False)
        .select_related("document", "passage", "finding__provision__framework")
        .defer("document__fingerprint", "passage__text")
        .annotate(**_of_documents(place, viewer, day))
        .order_by("id")
    )


def _of_documents(place: str, viewer: Viewer, day: date) -> dict[str, Any]:
    """Of the document that a row cites: whether it is about the place, and the title of the version after it."""
    later = Document.objects.visible_to(viewer).filter(published_by(day), former=OuterRef("document")).order_by("id")
    return {
        "about_place": Exists(Document.objects.filter(pk=OuterRef("document"), about__code=place)),
        "newer_title": Subquery(later.values("title")[:1]),
    }


def _cited(
    row: Evidence | Citation, document: Document, cited_in: str, cited: Cited, language: str, sources: SourceBook
) -> EvidenceView:
    title = in_language(document.title, language)
    flags = row.passage.flags if row.passage else page_flags(cited.pages.get(document.pk, ()), row.page)
    return EvidenceView(
        title=title,
        page=row.page,
        cited_in=cited_in,
        about_country=row.about_place,  # type: ignore[union-attr]  # annotated
        source=sources.of_document(document, row.page),
        quotation=row.quotation,
        language=row.passage.language if row.passage else "",
        flags=flag_words(flags),
        newer_edition=in_language(row.newer_title, language),  # type: ignore[union-attr]  # annotated
    )


def _objective(row: Finding) -> int | None:
    return objective_of_code(row.provision.framework.code, row.provision.code) if row.provision else None
