"""What a review is made from: received, checked, used, or rejected with a reason."""

from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, check_named, facts_of, take
from waymark.actions.storing import by_language, free_code, fresh, held, store
from waymark.actions.voiding import note_drafters, void_by_row, wrote
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.documents import Document
from waymark.records.editions import Edition
from waymark.records.permissions import check_verb
from waymark.records.places import Place
from waymark.records.reviews import Review, ReviewSource
from waymark.records.roles import Verb
from waymark.records.states import REVIEW_SOURCE, next_state


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts(Facts):
    """What a review is made from: an edition of this installation, one received from another, or only a file."""

    kind: str
    title: Words
    place: Place | None = None
    edition: Edition | None = None
    edition_urn: str = ""
    document: Document | None = None
    signature: str = ""
    received_on: date | None = None

    def __post_init__(self) -> None:
        Facts.__post_init__(self)
        if self.edition is not None:
            object.__setattr__(self, "edition_urn", self.edition.urn)


WHAT = ("kind", "edition", "edition_urn", "document", "signature")
"""What a source is, as it was checked."""


@act
def add_source(*, by: Actor, review: Review, facts: SourceFacts) -> ReviewSource:
    """Receive a source."""
    check_verb(by, Verb.DRAFT_REVIEW, fresh(review))
    check_named(by, review, facts)
    row = ReviewSource(review=review, code=free_code(ReviewSource, f"{review.code}.source{review.sources.count() + 1}"))
    store(take(row, facts))
    wrote(by, review, "review.source.received", row, why="a source was added", kind=row.kind)
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
    source.state, source.hash, source.checked_on, source.check_note = after, sha256, on, by_language(note)
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
    source.check_note = by_language(note) or source.check_note
    store(source)
    why = f"a source was {source.state}"
    wrote(by, source.review, f"review.source.{source.state}", source, why=why, drafting=False, note=by_language(note))
    return source


def _check_facts(row: ReviewSource, facts: SourceFacts) -> None:
    now = facts_of(row, SourceFacts)
    if row.state != "received" and any(getattr(facts, name) != getattr(now, name) for name in WHAT):
        raise RefusedError("review_source.checked_already", source=row.code)


AMENDS = {
    ReviewSource.noun: Amendable(
        SourceFacts, Verb.DRAFT_REVIEW, check=_check_facts, drafted=note_drafters, after=void_by_row
    )
}
"""How what stands here is corrected."""
