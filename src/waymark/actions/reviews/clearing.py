"""Submit the rendered files of a review for clearance, and clear them by two persons who did not draft."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from waymark.actions.acts import act
from waymark.actions.facts import Paper, from_paper
from waymark.actions.log import log
from waymark.actions.storing import free_code, fresh, held, held_all, store
from waymark.actions.voiding import void
from waymark.engines.safekeeping.shelf import Shelf, StoredFile, fault, files_of
from waymark.gcm.errors import RefusedError
from waymark.queries.reviews.content import content_hash, drafters_of
from waymark.queries.reviews.editions import next_number
from waymark.queries.reviews.rendering import Rendering
from waymark.records.actors import Actor
from waymark.records.editions import STANDING, Candidate, Clearance, files_hash
from waymark.records.people import PostHolding
from waymark.records.permissions import check_clear, check_verb
from waymark.records.reviews import Review
from waymark.records.roles import Verb
from waymark.records.separation import same_hands
from waymark.records.states import CANDIDATE, REVIEW, next_state, state_label

PERSONS_TO_CLEAR = 2
"""So many different persons must clear the same files before they are published."""


@dataclass(frozen=True, slots=True)
class Lacks:
    """How many persons have to clear yet, and the code of the body that one of them acts for, "" for any."""

    persons: int
    body: str = ""


@act
def submit(*, by: Actor, review: Review, rendering: Rendering, folder: Path, shelf: Shelf, on: date) -> Candidate:
    """Submit the files in a folder, made as `rendering` says, for clearance: they are copied and known by their hash.

    A candidate for the same audience in the same language that still waits is void by it; the same files submitted
    again change nothing. Raises RefusedError when the review was changed while the files were made.
    """
    fresh(review)
    check_verb(by, Verb.DRAFT_REVIEW, review)
    if content_hash(review) != rendering.content_hash:
        raise RefusedError("candidate.of_other_content", review=review.code)
    scope = rendering.scope
    if next_number(review, scope.audience, scope.language) != (rendering.number, rendering.replaces):
        raise RefusedError("candidate.other_number", review=review.code, number=rendering.number)
    files = files_of(folder)
    sha256 = files_hash((file.name, file.sha256) for file in files)
    waiting = review.candidates.filter(audience=scope.audience, language=scope.language, state__in=STANDING)
    standing = waiting.filter(hash=sha256).first()
    shelf.take_in(folder, {file.name: file.sha256 for file in files}, sha256)
    if standing is not None:
        return standing
    for former in held_all(waiting):
        void(by, former, "a later candidate was submitted")
    candidate = _candidate(by, review, rendering, files, on)
    store(candidate)
    log(by, "review.submitted", candidate, hash=sha256, number=candidate.number)
    after = next_state(REVIEW, review, "submit")
    if review.state != after:
        review.state = after
        store(review)
        log(by, "review.in_clearance", review, candidate=candidate)
    return candidate


def _candidate(by: Actor, review: Review, rendering: Rendering, files: tuple[StoredFile, ...], on: date) -> Candidate:
    return Candidate(
        review=review,
        code=free_code(Candidate, f"{review.code}.c{review.candidates.count() + 1}"),
        number=rendering.number,
        replaces=rendering.replaces,
        audience=rendering.scope.audience,
        language=rendering.scope.language,
        as_of=rendering.scope.as_of,
        files=[{"name": file.name, "sha256": file.sha256, "size": file.size} for file in files],
        hash=files_hash((file.name, file.sha256) for file in files),
        content_hash=rendering.content_hash,
        log_at=dict(rendering.log_at),
        datasets=dict(rendering.datasets),
        submitted_on=on,
        post=by.post,
        person=by.person,
    )


@act
def clear(
    *,
    by: Actor,
    candidate: Candidate,
    shelf: Shelf,
    on: date,
    signed_by: PostHolding | None = None,
    paper: Paper | None = None,
) -> Clearance:
    """Clear a candidate in a post; it is cleared once nobody is lacking.

    Who holds the post clears it himself. The operator enters only what a person signed: in which post (`signed_by`) and
    on which `paper`. Where the publishing body is no member of the review's network, one of the two holds a post of
    that body. Raises RefusedError for a person who drafted, and when content or files are not what was submitted.
    """
    held(candidate)
    review = candidate.review
    signer = _signer(by, candidate, signed_by, paper)
    check_clear(signer, review, review.publishing_body)
    if candidate.state not in STANDING:
        raise RefusedError("candidate.not_waiting", candidate=candidate.code, state=state_label(candidate.state))
    check_unchanged(candidate, shelf)
    if paper is not None and on > paper.date:
        raise RefusedError("candidate.cleared_after_paper", candidate=candidate.code, on=paper.date)
    _check_person(candidate, signer, on)
    row = Clearance(
        candidate=candidate,
        code=free_code(Clearance, f"{candidate.code}.{signer.person.code if signer.person else ''}"),
        person=signer.person,
        post=signer.post,
        date=on,
        **from_paper(by, candidate, paper),
    )
    store(row)
    log(by, "review.clearance.given", row, hash=candidate.hash, person=signer.person, post=signer.post)
    if candidate.state == "submitted" and lacks(candidate, on) is None:
        candidate.state = next_state(CANDIDATE, candidate, "clear")
        store(candidate)
        log(by, "review.cleared", candidate, hash=candidate.hash)
    return row


def _signer(by: Actor, candidate: Candidate, signed_by: PostHolding | None, paper: Paper | None) -> Actor:
    """Who clears: the holder who acts, or the one who signed the paper that the operator enters, on its day."""
    if by.kind == "holder" and signed_by is None and paper is None:
        return by
    if by.kind != "operator" or signed_by is None or paper is None:
        raise RefusedError("candidate.cleared_by_persons", candidate=candidate.code, actor=by.label())
    return Actor.holder(signed_by, paper.date)


def _check_person(candidate: Candidate, signer: Actor, on: date) -> None:
    """Refuse a person who cleared already, who drafted, or who made the files; and a day before they were submitted."""
    person = signer.person
    if person is None:
        raise RefusedError("candidate.cleared_by_persons", candidate=candidate.code, actor=signer.label())
    if on < candidate.submitted_on:
        raise RefusedError("candidate.cleared_before", candidate=candidate.code, on=candidate.submitted_on)
    if any(same_hands(signer, row.person_id, row.post_id) for row in candidate.clearances.standing()):
        raise RefusedError("candidate.cleared_already", person=person.code, candidate=candidate.code)
    if candidate.person_id in signer.persons or signer.persons & drafters_of(candidate.review):
        raise RefusedError("candidate.cleared_by_drafter", person=person.code, review=candidate.review.code)


def check_unchanged(candidate: Candidate, shelf: Shelf) -> None:
    """Refuse when the review's content or the stored files are not those that were submitted. For actions."""
    review = candidate.review
    if content_hash(review) != candidate.content_hash:
        raise RefusedError("candidate.content_changed", candidate=candidate.code, review=review.code)
    problem = fault(shelf.candidate(candidate.hash), candidate.listed())
    if problem:
        raise RefusedError("candidate.files_changed", candidate=candidate.code, fault=problem)


def lacks(candidate: Candidate, on: date) -> Lacks | None:
    """Who has to clear besides: another person, or one of the publishing body where that is no member of the network.

    None when nobody has to.
    """
    given = list(candidate.clearances.standing().select_related("post"))
    persons = PERSONS_TO_CLEAR - len({row.person_id for row in given})
    body = candidate.review.publishing_body
    if body is None or candidate.review.network.memberships.on(on).filter(organisation=body).exists():
        body = None
    if body is not None and not any(row.post.organisation_id == body.pk for row in given):
        return Lacks(max(persons, 1), body.code)
    return Lacks(persons) if persons > 0 else None
