"""What a review was submitted and published as: the next number, candidates with their clearances, editions."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db.models import Max, QuerySet

from waymark.gcm.errors import NotFoundError
from waymark.queries.nested import Nested
from waymark.queries.people.naming import person_names
from waymark.queries.reviews.positions import paper_of, papers_seen
from waymark.queries.wording import in_language, iso
from waymark.records.editions import STANDING, Candidate, Clearance, Edition, EditionWithdrawal
from waymark.records.people import Post
from waymark.records.reviews import Review
from waymark.records.viewers import Viewer

M = TypeVar("M", Candidate, Edition)

UNNAMED, UNNAMED_POST = "a person who is not named here", "a post that is not named here"

LEAST_OF_HASH = 8
"""So many first letters of a hash name what has it."""


@dataclass(frozen=True, slots=True)
class ClearanceView:
    """Who cleared a candidate, in which post and when; `paper` is what the operator entered it from, else ""."""

    person: str
    post: str
    on: str
    paper: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Rendered files that wait for clearance or publication, were published, or are void for a reason."""

    code: str
    number: int
    audience: str
    language: str
    as_of: str
    hash: str
    state: str
    waits: bool
    submitted_on: str
    void_reason: str
    clearances: tuple[ClearanceView, ...]


@dataclass(frozen=True, slots=True)
class EditionView:
    """A published edition. `current` is the last one of its audience and language that was not withdrawn."""

    code: str
    number: int
    audience: str
    language: str
    as_of: str
    published_on: str
    hash: str
    replaces: str
    paper: str
    current: bool
    withdrawn_on: str
    withdrawn_for: str


class Issued(NamedTuple):
    """An edition as it is read with its review; `id` and `replaces` are keys of rows."""

    id: int
    number: int
    audience: str
    language: str
    as_of: date | None
    published_on: date
    hash: str
    files: list[dict[str, Any]]
    replaces: int | None
    withdrawn_on: date | None


def published(viewer: Viewer) -> Nested:
    """The editions of each review, as `Issued`."""
    fields = (*Issued._fields[:-1], "withdrawal__date")
    return Nested(Edition.objects.visible_to(viewer), "review", fields)


def taken_back(viewer: Viewer) -> Nested:
    """The editions of each review that were withdrawn: the edition's row, and why."""
    return Nested(EditionWithdrawal.objects.visible_to(viewer), "edition__review", ("edition_id", "reason"))


def editions_of(review: Review, viewer: Viewer, language: str = "en") -> tuple[EditionView, ...]:
    """The editions of a review, by audience, language and number.

    A withdrawn one says when, and why where the viewer may read that.
    """
    rows = Edition.objects.visible_to(viewer).filter(review=review)
    rows = rows.select_related("replaces", "withdrawal").order_by("audience", "language", "number")
    last = {(row.audience, row.language): row.pk for row in rows if not hasattr(row, "withdrawal")}
    why = EditionWithdrawal.objects.visible_to(viewer).filter(edition__review=review)
    reasons = {one.edition_id: in_language(one.reason, language) for one in why}
    papers = papers_seen(rows, viewer)
    return tuple(_edition(row, row.pk in last.values(), reasons.get(row.pk, ""), paper_of(row, papers)) for row in rows)


def _edition(row: Edition, current: bool, reason: str, paper: str) -> EditionView:
    withdrawal = getattr(row, "withdrawal", None)
    return EditionView(
        code=row.code,
        number=row.number,
        audience=row.audience,
        language=row.language,
        as_of=iso(row.as_of),
        published_on=iso(row.published_on),
        hash=row.hash,
        replaces=row.replaces.code if row.replaces else "",
        paper=paper,
        current=current,
        withdrawn_on=iso(withdrawal.date) if withdrawal else "",
        withdrawn_for=reason,
    )


def candidates_of(review: Review, viewer: Viewer, language: str = "en") -> tuple[CandidateView, ...]:
    """The candidates of a review in the order in which they were submitted, with who cleared them."""
    rows = Candidate.objects.visible_to(viewer).filter(review=review).order_by("id")
    given: dict[int, list[ClearanceView]] = {}
    cleared = Clearance.objects.visible_to(viewer).filter(candidate__review=review).order_by("date", "id")
    persons = person_names((one.person_id for one in cleared), viewer, language)
    posts = {row.pk: row for row in Post.objects.visible_to(viewer).filter(pk__in={one.post_id for one in cleared})}
    papers = papers_seen(cleared, viewer)
    for one in cleared:
        post = posts.get(one.post_id)
        title = in_language(post.title, language) or str(post.get_duty_display()) if post else UNNAMED_POST
        view = ClearanceView(persons.get(one.person_id, UNNAMED), title, iso(one.date), paper_of(one, papers))
        given.setdefault(one.candidate_id, []).append(view)
    return tuple(_candidate(row, given.get(row.pk, [])) for row in rows)


def _candidate(row: Candidate, given: list[ClearanceView]) -> CandidateView:
    return CandidateView(
        code=row.code,
        number=row.number,
        audience=row.audience,
        language=row.language,
        as_of=iso(row.as_of),
        hash=row.hash,
        state=row.get_state_display(),
        waits=row.state in STANDING,
        submitted_on=iso(row.submitted_on),
        void_reason=row.void_reason,
        clearances=tuple(given),
    )


def next_number(review: Review, audience: str, language: str) -> tuple[int, Edition | None]:
    """The number of the next edition for an audience in a language, and the edition that it replaces."""
    rows = review.editions.filter(audience=audience, language=language)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    return last + 1, rows.filter(number=last).select_related("withdrawal").first()


def candidate_named(code: str, viewer: Viewer) -> Candidate:
    """The candidate of this code, or the only one whose hash begins so. Raises NotFoundError."""
    rows = Candidate.objects.visible_to(viewer).select_related("review__network", "review__publishing_body")
    row = _named(rows, code)
    if row is None:
        raise NotFoundError.coded("candidate.unknown", candidate=repr(code))
    return row


def edition_named(code: str, viewer: Viewer) -> Edition:
    """The edition of this code, or the only one whose hash begins so. Raises NotFoundError."""
    row = _named(Edition.objects.visible_to(viewer).select_related("review__network"), code)
    if row is None:
        raise NotFoundError.coded("edition.unknown", edition=repr(code))
    return row


def _named(rows: QuerySet[M], code: str) -> M | None:
    row = rows.filter(code=code).first()
    if row is not None or len(code) < LEAST_OF_HASH:
        return row
    found = list(rows.filter(hash__startswith=code.lower())[:2])
    return found[0] if len(found) == 1 else None


def review_named(code: str, viewer: Viewer) -> Review:
    """The review of this code. Raises NotFoundError."""
    rows = Review.objects.visible_to(viewer).select_related("network", "cycle", "place", "publishing_body")
    row = rows.filter(code=code).first()
    if row is None:
        raise NotFoundError.coded("review.unknown", review=repr(code))
    return row
