"""What follows from a change of a review's own content: who made it drafted, and what was submitted is void.

The content of a review is its texts, its sources, findings with citations, and recommendations with their words and
what they concern. Whatever act changes a row of it tells so here.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from waymark.actions.log import log
from waymark.actions.storing import fresh, held_all, relate, store
from waymark.gcm.nouns import NOUNS
from waymark.records.actors import Actor
from waymark.records.editions import STANDING, Candidate
from waymark.records.frameworks import Crosswalk, Provision
from waymark.records.people import Person
from waymark.records.record import Record
from waymark.records.reviews import Citation, Finding, Recommendation, Review
from waymark.records.states import CANDIDATE, REVIEW, next_state


def review_of(row: Any) -> Review | None:
    """The review whose content a row is part of; None for one that is part of none."""
    if isinstance(row, Review):
        return row
    if isinstance(row, Citation):
        return row.finding.review
    if isinstance(row, Crosswalk):
        return review_of(row.from_provision) if row.relation == "concerns" else None
    if isinstance(row, Provision):
        own = Recommendation.objects.filter(provision=row).select_related("review").first()
        return own.review if own else None
    review: Review | None = row.review
    return review


def wrote(by: Actor, review: Review, verb: str, row: Record, *, why: str, drafting: bool = True, **words: Any) -> None:
    """Log a new or changed row of a review's content, and what follows. For actions, once the change is stored.

    Who made it is a drafter from now on, unless it is no `drafting`, as a confirmation.
    """
    if drafting:
        note_drafter(by, row)
    log(by, verb, row, **words)
    void_by_change(by, review, why)


def note_drafter(by: Actor, row: Record) -> None:
    """Note who changed a row of a review's content, and for whom, as drafters. For actions, before they log it."""
    note_drafters(row, by.people)


def note_drafters(row: Record, people: Sequence[Person]) -> None:
    """Note the persons whose words a row of a review's content says, as drafters of the review and of the finding."""
    review = review_of(row)
    finding = row.finding if isinstance(row, Citation) else row
    for drafted in (review, finding if isinstance(finding, Finding) else None):
        if drafted is not None and people:
            fresh(drafted)
            relate(drafted, "drafters", [*drafted.drafters.all(), *people])


def void_by_row(by: Actor, row: Record) -> None:
    """Void what was submitted of the review that a corrected or withdrawn row is part of. For actions, once logged."""
    review = review_of(row)
    if review is not None:
        done = "withdrawn" if row.withdrawn else "corrected"
        void_by_change(by, review, f"the {NOUNS[row.noun][0]} {row.code} was {done}")


def void_by_provisions(by: Actor, provisions: Iterable[Provision], why: str) -> None:
    """The same for reviews whose recommendations are among some provisions that changed, or are linked otherwise."""
    own = Review.objects.filter(recommendations__provision__in=[row.pk for row in provisions]).distinct()
    for review in own.order_by("pk"):
        note_drafter(by, review)
        log(by, "review.changed", review, reason=why)
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
