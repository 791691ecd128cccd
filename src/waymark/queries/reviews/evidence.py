"""What persons cited as evidence, and what a model suggests and nobody has cited, by objective of the Compact."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from waymark.engines.documents.quoting import quotation
from waymark.gcm.frameworks import objective_of_code
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.documents.showing import (
    PageFlags,
    flag_words,
    page_flags,
    pages_flagged,
    published_by,
    replaced,
    speaker,
)
from waymark.queries.documents.views import LEAST_SHOWN, EvidenceView, SuggestedPassage, Suggestions
from waymark.queries.sources.reading import SourceBook
from waymark.queries.wording import said
from waymark.records.documents import Document, Tag, Verdict
from waymark.records.people import Post
from waymark.records.reports import Evidence
from waymark.records.reviews import Citation, Finding, Review
from waymark.records.viewers import Viewer

SHOWN = 3
"""So many suggested passages stand in a chapter; the number of all is said."""
CANDIDATES = 8
"""So many passages, and as many documents, are looked at to find SHOWN with different words."""


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
            title = said(row.text, language) or row.url
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
    """Of the document that a row cites: whether it is about the place, and the title of the edition after it."""
    later = Document.objects.visible_to(viewer).filter(published_by(day), former=OuterRef("document")).order_by("id")
    return {
        "about_place": Exists(Document.objects.filter(pk=OuterRef("document"), about__code=place)),
        "newer_title": Subquery(later.values("title")[:1]),
    }


def _cited(
    row: Evidence | Citation, document: Document, cited_in: str, cited: Cited, language: str, sources: SourceBook
) -> EvidenceView:
    title = said(document.title, language)
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
        newer_edition=said(row.newer_title, language),  # type: ignore[union-attr]  # annotated
    )


def _objective(row: Finding) -> int | None:
    return objective_of_code(row.provision.framework.code, row.provision.code) if row.provision else None


def suggestions_of(
    place: str,
    review: Review | None,
    commitments: tuple[CommitmentView, ...],
    *,
    viewer: Viewer,
    language: str,
    sources: SourceBook,
    cited: Cited | None = None,
    day: date = date.max,
) -> dict[int, Suggestions]:
    """Passages that speak to each objective by a model's ranking or a person's tag, and that nobody cited for it.

    `cited` is what `cited_read` gave, when it was read before.

    Only the latest editions, as of a day, of documents about this place or about none, which the viewer may see. A tag
    that a person rejected is left out. What is about the country comes first, then what a person confirmed, then the
    score.
    """
    papers = _papers(place, viewer, day)
    here = set(papers.filter(about__code=place).values_list("pk", flat=True))
    judged = _verdicts(papers, viewer)
    cited = cited or cited_read(review, place, commitments, viewer=viewer)
    already = _already_cited(cited, commitments)
    grouped: dict[int, dict[int, _Place]] = defaultdict(dict)
    for passage, provision, code, by_person, score, document, position in _tags(papers, viewer).values_list(
        "passage_id", "provision_id", "provision__code", "by_person", "score", "passage__document_id",
        "passage__position",
    ):  # fmt: skip
        number = objective_of_code("gcm", code)
        if number is None or (passage, number) in already or _rejected(passage, provision, judged):
            continue
        own = _Place(document not in here, not by_person, -(score or 0.0), document, position, passage)
        former = grouped[number].get(passage)
        grouped[number][passage] = own if former is None else own.with_former(former)
    ranked = {number: sorted(found.values()) for number, found in sorted(grouped.items())}
    first = {number: _candidates(found) for number, found in ranked.items()}
    wanted = {passage for found in first.values() for passage in found}
    tags = _tags_of(wanted, papers, viewer) if wanted else {}
    views = {}
    for number, passages in first.items():
        chosen = _varied([_suggested(tags[(passage, number)], here, language) for passage in passages])
        shown = tuple(replace(one, source=sources.of_document(document, one.page)) for one, document in chosen)
        views[number] = Suggestions(shown, len(ranked[number]))
    return views


class _Place(NamedTuple):
    """Where a passage stands among those of an objective; the smallest comes first."""

    elsewhere: bool
    unconfirmed: bool
    less: float
    document: int
    position: int
    passage: int

    def with_former(self, former: "_Place") -> "_Place":
        """The place by a tag of the model and a tag of a person together."""
        return self._replace(unconfirmed=self.unconfirmed and former.unconfirmed, less=min(self.less, former.less))


def _candidates(ranked: list[_Place]) -> list[int]:
    """The passages of which a few are shown, in the order of their rank: the first ones, and those of other documents.

    The words of all the others need not be read.
    """
    firsts: dict[int, _Place] = {}
    for one in ranked:
        if firsts.setdefault(one.document, one) is one and len(firsts) == CANDIDATES:
            break
    return [one.passage for one in sorted({*ranked[:CANDIDATES], *firsts.values()})]


def _papers(place: str, viewer: Viewer, day: date) -> QuerySet[Document]:
    """The editions of a day about this place or about none in particular, of its networks or of none."""
    return (
        Document.objects.visible_to(viewer)
        .filter(published_by(day))
        .filter(~replaced(viewer, day=day))
        .filter(Q(network__isnull=True) | Q(network__place__code=place))
        .filter(Q(about__code=place) | Q(about__isnull=True))
        .order_by()
    )


def _tags(papers: QuerySet[Document], viewer: Viewer) -> QuerySet[Tag]:
    """Tags of passages of some documents that speak to an objective."""
    return (
        Tag.objects.visible_to(viewer)
        .filter(provision__framework__code="gcm", provision__kind="objective", verdict=Verdict.SPEAKS)
        .filter(Q(by_person=True) | Q(score__gte=LEAST_SHOWN))
        .filter(passage__document__in=papers.values("pk"))
        .order_by()
    )


def _tags_of(passages: set[int], papers: QuerySet[Document], viewer: Viewer) -> dict[tuple[int, int], list[Tag]]:
    """The tags of these passages with all that is shown of them, by passage and objective."""
    found: dict[tuple[int, int], list[Tag]] = defaultdict(list)
    rows = _tags(papers, viewer).filter(passage__in=passages).select_related("passage__document", "provision", "post")
    rows = rows.defer("passage__document__fingerprint", "provision__text")
    rows = rows.annotate(post_seen=Exists(Post.objects.visible_to(viewer).filter(pk=OuterRef("post"))))
    for tag in rows.order_by("passage_id", "id"):
        number = objective_of_code("gcm", tag.provision.code) if tag.provision else None
        if number is not None:
            found[(tag.passage_id, number)].append(tag)
    return found


def _verdicts(papers: QuerySet[Document], viewer: Viewer) -> dict[tuple[int, int | None], set[str]]:
    """What persons said of the passages, by passage and provision (None: of all objectives)."""
    said_of: dict[tuple[int, int | None], set[str]] = defaultdict(set)
    rows = Tag.objects.visible_to(viewer).by_persons().filter(passage__document__in=papers.values("pk")).order_by()
    for passage, provision, verdict in rows.values_list("passage_id", "provision_id", "verdict"):
        said_of[(passage, provision)].add(verdict)
    return said_of


def _rejected(passage: int, provision: int | None, judged: dict[tuple[int, int | None], set[str]]) -> bool:
    """Whether persons spoke against a tag and none for it."""
    own = judged.get((passage, provision), set())
    if Verdict.SPEAKS in own:
        return False
    return Verdict.DOES_NOT in own or (passage, None) in judged


def _already_cited(cited: Cited, commitments: tuple[CommitmentView, ...]) -> set[tuple[int, int]]:
    """Passage and objective of everything that a person cited."""
    objectives = {item.urn: item.objectives for item in commitments}
    found = {
        (row.passage_id, number)
        for row in cited.proofs
        if row.passage_id
        for number in objectives[row.report.commitment.urn]
    }
    for citation in cited.citations:
        number = _objective(citation.finding)
        if citation.passage_id and number is not None:
            found.add((citation.passage_id, number))
    return found


def _varied(ranked: list[tuple[SuggestedPassage, Document]]) -> list[tuple[SuggestedPassage, Document]]:
    """The first SHOWN: different words, and where it can be of different documents, in the order of their rank."""
    by_words: dict[str, tuple[SuggestedPassage, Document]] = {}
    for one in ranked:
        by_words.setdefault(one[0].quotation, one)
    different = list(by_words.values())
    firsts = {one[1].pk: one for one in reversed(different)}
    chosen = [one for one in different if firsts[one[1].pk] is one]
    chosen += [one for one in different if one not in chosen]
    return sorted(chosen[:SHOWN], key=different.index)


def _suggested(found: list[Tag], here: set[int], language: str) -> tuple[SuggestedPassage, Document]:
    """The view of a passage without its source, which only those that are shown get."""
    passage = found[0].passage
    model = next((tag for tag in found if not tag.by_person), None)
    person = next((tag for tag in found if tag.by_person), None)
    reasons = tuple(model.reasons) if model else ()
    view = SuggestedPassage(
        passage=passage.code,
        title=said(passage.document.title, language),
        page=passage.where,
        quotation=quotation(passage.text, [part for reason in reasons for part in reason.split(" … ")]),
        language=passage.language,
        score=model.score if model else None,
        reasons=reasons,
        about="country" if passage.document_id in here else "general",
        tagged_by=speaker(person.post, _seen(person), language) if person else "",
        flags=flag_words(passage.flags),
        source="",
    )
    return view, passage.document


def _seen(tag: Tag) -> frozenset[int]:
    """The post of a tag, if the viewer may see it."""
    return frozenset({tag.post_id} if tag.post_id and tag.post_seen else ())  # type: ignore[attr-defined]  # annotated
