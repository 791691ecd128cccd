"""What a review is made from: received, checked, used, or rejected with a reason."""

from datetime import date

from waymark.actions.acts import act
from waymark.actions.reviews.opening import Words, wrote
from waymark.actions.storing import fact, free_code, held, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.documents import Document
from waymark.records.editions import Edition
from waymark.records.permissions import Verb, check_verb
from waymark.records.places import Place
from waymark.records.reviews import Review, ReviewSource
from waymark.records.states import REVIEW_SOURCE, next_state


@act
def add_source(
    *,
    by: Actor,
    review: Review,
    kind: str,
    title: Words,
    place: Place | None = None,
    edition: Edition | None = None,
    edition_urn: str = "",
    document: Document | None = None,
    signature: str = "",
    received_on: date | None = None,
    classification: str = "network",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> ReviewSource:
    """Receive a source: an edition of this installation, one received from another, or only a file."""
    check_verb(by, Verb.DRAFT_REVIEW, review)
    row = ReviewSource(
        review=review,
        code=free_code(ReviewSource, f"{review.code}.source{review.sources.count() + 1}"),
        kind=kind,
        title=said(title),
        place=place,
        edition=edition,
        edition_urn=edition.urn if edition else edition_urn,
        document=document,
        signature=signature,
        received_on=received_on,
        classification=classification,
        **fact(source, locator, mark),
    )
    store(row)
    wrote(by, review, "review.source.received", row, why="a source was added", kind=kind)
    return row


@act
def check_source(*, by: Actor, source: ReviewSource, sha256: str, on: date, note: Words = "") -> ReviewSource:
    """Confirm that a source is what it says.

    `sha256` is the one found, equal to that of its edition or file if known.
    """
    held(source)
    check_verb(by, Verb.DRAFT_REVIEW, source.review)
    after = next_state(REVIEW_SOURCE, source, "check")
    known = source.edition.hash if source.edition else source.document.sha256 if source.document else ""
    if known and known != sha256:
        raise RefusedError("review_source.other_hash", source=source.code, known=known, found=sha256)
    source.state, source.hash, source.checked_on, source.check_note = after, sha256, on, said(note)
    store(source)
    why = "a source was checked"
    wrote(by, source.review, "review.source.checked", source, why=why, drafting=False, sha256=sha256)
    return source


@act
def use_source(*, by: Actor, source: ReviewSource) -> ReviewSource:
    """Use a checked source: findings may name it."""
    return _move_source(by, source, "use", "")


@act
def reject_source(*, by: Actor, source: ReviewSource, note: Words) -> ReviewSource:
    """Reject a source, for a reason that stays on record."""
    if not note:
        raise RefusedError("review_source.reject_without_reason", source=source.code)
    return _move_source(by, source, "reject", note)


def _move_source(by: Actor, source: ReviewSource, way: str, note: Words) -> ReviewSource:
    held(source)
    check_verb(by, Verb.DRAFT_REVIEW, source.review)
    source.state = next_state(REVIEW_SOURCE, source, way)
    source.check_note = said(note) or source.check_note
    store(source)
    why = f"a source was {source.state}"
    wrote(by, source.review, f"review.source.{source.state}", source, why=why, drafting=False, note=said(note))
    return source
