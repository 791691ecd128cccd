"""What begins a review, or begins it again."""

from collections.abc import Sequence
from typing import Any

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, fresh, held, held_all, relate, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.editions import STANDING, Candidate
from waymark.records.frameworks import Framework
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import Verb, check_verb
from waymark.records.places import Place
from waymark.records.record import Record
from waymark.records.reviews import (
    Review,
    ReviewCycle,
)
from waymark.records.states import CANDIDATE, REVIEW, next_state

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
    if by.people:
        relate(row, "drafters", by.people)
    log(by, "review.opened", row, cycle=cycle)
    return row


def wrote(by: Actor, review: Review, verb: str, row: Record, *, why: str, drafting: bool = True, **words: Any) -> None:
    """Log a change of a review's own content, and what follows from it. For actions, once the change is stored.

    Who made it is a drafter from now on, unless it is no `drafting`, as a confirmation; what was submitted is void.
    """
    fresh(review)
    if drafting and by.people:
        relate(review, "drafters", [*review.drafters.all(), *by.people])
    log(by, verb, row, **words)
    void_by_change(by, review, why)


def void_by_change(by: Actor, review: Review, reason: str) -> None:
    """Reopen a review that is not open, and make its candidates void."""
    fresh(review)
    if review.state == "open":
        return
    for candidate in held_all(review.candidates.filter(state__in=STANDING)):
        void(by, candidate, reason)
    review.state = next_state(REVIEW, review, "reopen")
    store(review)
    log(by, "review.reopened", review, reason=reason)


def void(by: Actor, candidate: Candidate, reason: str) -> None:
    """Make a candidate void, with the reason and who made it so. For actions, which hold it."""
    candidate.state = next_state(CANDIDATE, candidate, "void")
    candidate.void_reason, candidate.void_by_post, candidate.void_by_person = reason, by.post, by.person
    store(candidate)
    log(by, "candidate.voided", candidate, reason=reason)


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
