"""Documents on record, their passages and what is said of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from waymark.engines.documents.model import FLAG_WORDS, Flag
from waymark.gcm.errors import NotFoundError
from waymark.gcm.lists import Verdict
from waymark.queries.documents.showing import replaced, speaker, speaking_posts
from waymark.queries.documents.views import DocumentView, PassageView, TagView
from waymark.queries.wording import in_language
from waymark.records.documents import Document, Passage, Tag
from waymark.records.viewers import Viewer


def documents(viewer: Viewer, *, place: str = "", language: str = "en") -> tuple[DocumentView, ...]:
    """The documents that the viewer may see, by code; `place` keeps those about it or about none in particular."""
    rows = _visible(viewer)
    if place:
        rows = rows.filter(Q(about__code=place) | Q(about__isnull=True)).distinct()
    return _views(list(rows), language)


def document(code: str, viewer: Viewer, language: str = "en") -> DocumentView:
    """One document by code, or by the first letters of its file's hash. Raises NotFoundError."""
    return _views([find_document(code, viewer)], language)[0]


def passages(
    viewer: Viewer,
    *,
    document: str = "",
    objective: str = "",
    place: str = "",
    least: float = 0.0,
    limit: int | None = None,
    language: str = "en",
) -> tuple[PassageView, ...]:
    """Passages of one document in its order, or those that speak to an objective, the highest score first.

    A tag that a person set comes before every score; one that a person rejected is left out. Former versions are left
    out unless their document is asked for.
    """
    rows = Passage.objects.visible_to(viewer).select_related("document")
    if document:
        rows = rows.filter(document=find_document(document, viewer))
    else:
        rows = rows.filter(~replaced(viewer, "document"))
    if place:
        rows = rows.filter(Q(document__about__code=place) | Q(document__about__isnull=True))
    rows = rows.prefetch_related(
        Prefetch("tags", Tag.objects.visible_to(viewer).select_related("provision__framework", "post").order_by("id"))
    )
    if objective:
        return _speaking(rows, viewer, objective, least, limit, language)
    ordered = rows.order_by("document_id", "position")
    seen = speaking_posts(viewer)
    return tuple(_passage(row, seen, language) for row in (ordered[:limit] if limit else ordered))


def _speaking(
    rows: QuerySet[Passage], viewer: Viewer, objective: str, least: float, limit: int | None, language: str
) -> tuple[PassageView, ...]:
    """Rank by the tags alone; the words are read of those passages only that are asked for."""
    tags = Tag.objects.visible_to(viewer).filter(passage__in=rows.order_by().values("pk")).order_by()
    none = set(tags.by_persons().filter(verdict=Verdict.NONE).values_list("passage_id", flat=True))
    scores: dict[int, tuple[float, int, int]] = {}
    verdicts: dict[int, set[str]] = defaultdict(set)
    own = tags.filter(provision__framework__code="gcm", provision__code=objective)
    for passage, by_person, verdict, score, document, position in own.values_list(
        "passage_id", "by_person", "verdict", "score", "passage__document_id", "passage__position"
    ):
        former = scores.get(passage, (0.0, 0, 0))[0]
        scores[passage] = (min(-(score or 0.0), former), document, position)
        if by_person:
            verdicts[passage].add(verdict)
    ranked = []
    for passage, place in scores.items():
        for_it = Verdict.SPEAKS in verdicts[passage]
        against = Verdict.DOES_NOT in verdicts[passage] or passage in none
        if for_it or (-place[0] >= least and not against):
            ranked.append((not for_it, *place, passage))
    chosen = [one[-1] for one in sorted(ranked)[:limit]]
    found = rows.in_bulk(chosen)
    seen = speaking_posts(viewer)
    return tuple(_passage(found[passage], seen, language) for passage in chosen)


def _visible(viewer: Viewer) -> QuerySet[Document]:
    seen = Document.objects.visible_to(viewer).defer("fingerprint").order_by("id")
    return (
        Document.objects.visible_to(viewer)
        .defer("fingerprint")
        .select_related("network")
        .prefetch_related("about", Prefetch("former", seen), Prefetch("near", seen), Prefetch("later_versions", seen))
        .order_by("code")
    )


def find_document(code: str, viewer: Viewer) -> Document:
    """The document with this code, or whose file's hash begins so, if the viewer may see it.

    Raises NotFoundError when there is none, and when the hash begins so of several: nothing is guessed.
    """
    rows = _visible(viewer)
    row = rows.filter(code=code).first()
    if row is None and len(code) >= 6:
        several = list(rows.filter(sha256__startswith=code.lower()).order_by("code")[:6])
        if len(several) > 1:
            codes = tuple(one.code for one in several)
            raise NotFoundError.coded("document.several", document=repr(code), codes=codes)
        row = several[0] if several else None
    if row is None:
        raise NotFoundError.coded("document.unknown", document=repr(code))
    return row


def _views(rows: list[Document], language: str) -> tuple[DocumentView, ...]:
    own = Passage.objects.filter(document__in=[row.pk for row in rows])
    count = dict(own.order_by().values_list("document").annotate(Count("id")))
    return tuple(_view(row, count.get(row.pk, 0), language) for row in rows)


def _view(row: Document, passages: int, language: str) -> DocumentView:
    counted = Counter(flag for flags in row.flags.values() for flag in flags)
    newer = next(iter(row.later_versions.all()), None)
    return DocumentView(
        code=row.code,
        title=in_language(row.title, language),
        publisher=row.publisher,
        network=row.network.code if row.network else "",
        classification=row.get_classification_display(),
        language=row.language,
        about=tuple(sorted(place.code for place in row.about.all())),
        pages=row.pages,
        passages=passages,
        flagged_pages=len(row.flags),
        reading=row.reading,
        reading_note=row.reading_note,
        sha256=row.sha256,
        file_name=row.file_name,
        licence=row.licence,
        redistributable=row.redistributable,
        former=row.former.code if row.former else "",
        newer_version=newer.code if newer else "",
        near=row.near.code if row.near else "",
        flags=tuple((FLAG_WORDS[flag], counted[flag]) for flag in Flag if counted[flag]),
    )


def _passage(row: Passage, seen: frozenset[int], language: str) -> PassageView:
    return PassageView(
        code=row.code,
        document=row.document.code,
        title=in_language(row.document.title, language),
        where=row.where,
        text=row.text,
        language=row.language,
        headings=tuple(row.headings),
        flags=tuple(Flag(flag).words for flag in row.flags),
        tags=tuple(_tag(tag, seen, language) for tag in _ordered(row.tags.all())),
    )


def _ordered(tags: Iterable[Tag]) -> list[Tag]:
    """Persons' tags first, then suggestions by framework and score."""
    grouped: dict[str, list[Tag]] = defaultdict(list)
    for tag in tags:
        grouped["" if tag.by_person else _code(tag)[0]].append(tag)
    order = ["", "gcm", "sdg", *sorted(set(grouped) - {"", "gcm", "sdg"})]
    return [tag for name in order for tag in sorted(grouped[name], key=lambda one: (-(one.score or 0.0), one.pk))]


def _code(tag: Tag) -> tuple[str, str]:
    return (tag.provision.framework.code, tag.provision.code) if tag.provision else ("", "")


def _tag(tag: Tag, seen: frozenset[int], language: str) -> TagView:
    framework, code = _code(tag)
    label = (
        in_language(tag.provision.label or tag.provision.title, language) if tag.provision else "none of the objectives"
    )
    by = speaker(tag.post, seen, language) if tag.by_person else f"model {tag.model}"
    return TagView(framework, code, label, tag.score, tuple(tag.reasons), by, tag.verdict)
