"""What begins a review, or begins it again."""

from collections.abc import Sequence

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, fresh, held, held_all, relate, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.frameworks import Framework
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import Verb, check_verb
from waymark.records.places import Place
from waymark.records.reviews import (
    Review,
    ReviewCycle,
)
from waymark.records.states import REVIEW, next_state

Words = str | dict[str, str]


@act
def open_review(
    *,
    by: Actor,
    code: str,
    cycle: ReviewCycle,
    network: Network,
    title: Words,
    place: Place | None = None,
    publishing_body: Organisation | None = None,
    frameworks: Sequence[Framework] = (),
    language: str = "en",
    classification: str = "public",
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Review:
    """Open a network's review in a cycle, to be published by a body and assessed against frameworks."""
    check_verb(by, Verb.DRAFT_REVIEW, network)
    row = Review(
        code=checked_code(code, "review"),
        cycle=cycle,
        network=network,
        place=place or network.place,
        publishing_body=publishing_body,
        title=said(title),
        language=language,
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row)
    relate(row, "frameworks", frameworks)
    log(by, "review.opened", row, cycle=cycle)
    return row


def void_by_change(by: Actor, review: Review, reason: str) -> None:
    """A change of a review that is not open reopens it and makes its clearances void."""
    fresh(review)
    if review.state == "open":
        return
    review.state = next_state(REVIEW, review, "reopen")
    review.content_hash = ""
    store(review)
    for clearance in held_all(review.clearances.filter(void=False)):
        clearance.void, clearance.void_reason = True, reason
        store(clearance)
    log(by, "review.reopened", review, reason=reason)


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
