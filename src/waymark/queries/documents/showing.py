"""What every listing of documents shows alike: flags in words, later versions, and who set a tag."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from waymark.engines.documents.model import Flag
from waymark.queries.wording import in_language
from waymark.records.documents import Document, Passage
from waymark.records.people import Post
from waymark.records.viewers import Viewer


class PageFlags(NamedTuple):
    """What may be wrong with the text of a page, by its printed label or its index."""

    label: str
    page: int
    flags: list[str]


def pages_flagged(documents: Iterable[Document]) -> dict[int, list[PageFlags]]:
    """The passages' pages of those documents that have any flag, by document."""
    flagged = {document.pk for document in documents if document.flags}
    found: dict[int, list[PageFlags]] = defaultdict(list)
    if flagged:
        rows = Passage.objects.filter(document__in=flagged).order_by("document_id", "position")
        for document, *page in rows.values_list("document_id", "page_label", "page", "flags"):
            found[document].append(PageFlags(*page))
    return found


def page_flags(pages: Collection[PageFlags], page: str) -> list[str]:
    """The flags of a page that is cited by its printed label, or by its number where the file has no labels."""
    labelled = {one.label for one in pages if one.label}
    found = [one.flags for one in pages if page in ((one.label,) if labelled else (str(one.page + 1),))]
    return sorted({flag for flags in found for flag in flags})


def flag_words(flags: Iterable[str]) -> tuple[str, ...]:
    """Flags as a reader may read them."""
    return tuple(Flag(flag).words for flag in flags)


def published_by(day: date) -> Q:
    """The condition of documents that were published by a day; one of an unknown day counts as before."""
    return Q(published_on__isnull=True) | Q(published_on__lte=day)


def replaced(viewer: Viewer, document: str) -> Exists:
    """Whether a document has a later version that the viewer may see; `document` is the path to it."""
    return Exists(Document.objects.visible_to(viewer).filter(former=OuterRef(document)))


def speaking_posts(viewer: Viewer) -> frozenset[int]:
    """The posts that set tags and that the viewer may see."""
    return frozenset(Post.objects.visible_to(viewer).filter(tags__isnull=False).values_list("pk", flat=True))


def speaker(post: Post | None, seen: frozenset[int], language: str) -> str:
    """Who set a tag: the post's title or duty when it is among those the reader may see; else only that a person did.

    Without a post it was the operator of the installation.
    """
    if post is None:
        return "the operator"
    if post.pk not in seen:
        return "a person of the network"
    return in_language(post.title, language) or str(post.get_duty_display())
