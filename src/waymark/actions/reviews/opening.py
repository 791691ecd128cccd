"""What begins a review, or begins it again; its own texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.storing import checked_code, held, relate, store
from waymark.actions.voiding import note_drafters, void_by_change, void_by_row
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.frameworks import Framework
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.places import Place
from waymark.records.reviews import Review, ReviewCycle
from waymark.records.roles import Verb
from waymark.records.visibility import STRICTNESS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts(Facts):
    """What a review says of itself: title, the place it is of, who publishes it, what it is assessed against."""

    title: Words
    place: Place | None = None
    publishing_body: Organisation | None = None
    language: str = "en"
    frameworks: Sequence[Framework] = ()


@act
def open_review(*, by: Actor, code: str, cycle: ReviewCycle, network: Network, facts: ReviewFacts) -> Review:
    """Open a network's review in a cycle; without a place it is of that of the network."""
    check_verb(by, Verb.DRAFT_REVIEW, network)
    for named in (facts.publishing_body, *facts.frameworks):
        check_within_reach(by, network, named)
    row = take(Review(code=checked_code(code, "review"), cycle=cycle, network=network), facts)
    row.place = facts.place or network.place
    store(row)
    relate(row, "frameworks", facts.frameworks)
    if by.people:
        relate(row, "drafters", by.people)
    log(by, "review.opened", row, cycle=cycle)
    return row


@act
def reopen(*, by: Actor, review: Review, reason: str) -> Review:
    """Take a review back from clearance, or start the next version of a published one, for a reason."""
    held(review)
    check_verb(by, Verb.DRAFT_REVIEW, review)
    if not reason:
        raise RefusedError("review.reopen_without_reason", review=review.code)
    if review.state == "open":
        raise RefusedError("review.open_already", review=review.code)
    void_by_change(by, review, reason)
    return review


def _check_review(row: Review, facts: ReviewFacts) -> None:
    """What was published for all stays for all until it is withdrawn."""
    wanted = facts.classification or row.classification
    if STRICTNESS.index(wanted) > STRICTNESS.index(row.classification):
        _check_unpublished(row)


def _leave(by: Actor, row: Review) -> None:
    del by
    _check_unpublished(row)


def _check_unpublished(row: Review) -> None:
    if row.editions.exists():
        raise RefusedError("review.has_editions", review=row.code)


AMENDS = {
    Review.noun: Amendable(
        ReviewFacts,
        Verb.DRAFT_REVIEW,
        check=_check_review,
        drafted=note_drafters,
        after=void_by_row,
        leave=_leave,
        lists=("frameworks",),
    )
}
"""How what stands here is corrected."""
