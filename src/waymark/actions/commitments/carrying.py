"""How a commitment is carried through its states: agree, start, complete, drop, supersede, reopen.

What was decided or done elsewhere is entered from its paper by who keeps the network's register.
"""

from datetime import date

from waymark.actions.acts import act
from waymark.actions.commitments.proposing import note_change
from waymark.actions.facts import Paper, Words
from waymark.actions.log import log
from waymark.actions.storing import by_language, held, store
from waymark.actions.workplans.due import due_dates_follow
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.permissions import check_decide, check_implement
from waymark.records.states import COMMITMENT, next_state, state_label


def _move(
    by: Actor, commitment: Commitment, way: str, on: date | None, reason: Words, paper: Paper | None = None
) -> Commitment:
    before = commitment.state
    after = next_state(COMMITMENT, commitment, way)
    if on is not None and commitment.since is not None and on < commitment.since:
        raise RefusedError(
            "commitment.too_early",
            commitment=commitment.code,
            before=state_label(before),
            since=commitment.since,
            after=state_label(after),
            on=on,
        )
    commitment.state, commitment.since = after, on
    store(commitment)
    note_change(by, commitment, before, after, on, by_language(reason), paper)
    due_dates_follow(commitment)
    log(by, f"commitment.{after}", commitment, before=before, on=on, reason=by_language(reason))
    return commitment


@act
def agree(
    *, by: Actor, commitment: Commitment, on: date | None, reason: Words = "", paper: Paper | None = None
) -> Commitment:
    """Agree to a proposed commitment."""
    held(commitment)
    check_decide(by, commitment, paper=paper is not None)
    return _move(by, commitment, "agree", on, reason, paper)


@act
def start(
    *, by: Actor, commitment: Commitment, on: date | None, reason: Words = "", paper: Paper | None = None
) -> Commitment:
    """Start an agreed commitment; a participant says so, or the secretariat."""
    held(commitment)
    check_implement(by, commitment, paper=paper is not None)
    return _move(by, commitment, "start", on, reason, paper)


@act
def complete(
    *, by: Actor, commitment: Commitment, on: date | None, reason: Words = "", paper: Paper | None = None
) -> Commitment:
    """Complete a commitment that is under way."""
    held(commitment)
    check_implement(by, commitment, paper=paper is not None)
    return _move(by, commitment, "complete", on, reason, paper)


@act
def drop(
    *, by: Actor, commitment: Commitment, on: date | None, reason: Words, paper: Paper | None = None
) -> Commitment:
    """Drop a commitment, for a reason that stays on record."""
    held(commitment)
    check_decide(by, commitment, paper=paper is not None)
    if not reason:
        raise RefusedError("commitment.drop_without_reason", commitment=commitment.code)
    return _move(by, commitment, "drop", on, reason, paper)


@act
def supersede(
    *,
    by: Actor,
    commitment: Commitment,
    successor: Commitment,
    on: date | None,
    reason: Words,
    paper: Paper | None = None,
) -> Commitment:
    """Put another commitment in the place of this one, for a reason that stays on record."""
    held(commitment)
    check_decide(by, commitment, paper=paper is not None)
    if not reason:
        raise RefusedError("commitment.supersede_without_reason", commitment=commitment.code)
    if successor.pk == commitment.pk or successor.network_id != commitment.network_id:
        raise RefusedError("commitment.not_a_successor", successor=successor.code, commitment=commitment.code)
    commitment.superseded_by = successor
    return _move(by, commitment, "supersede", on, reason, paper)


@act
def reopen(*, by: Actor, commitment: Commitment, on: date | None, reason: Words) -> Commitment:
    """Take up again a commitment that was completed or dropped, for a reason that stays on record.

    A completed one is under way again; a dropped one is proposed again, to be agreed.
    """
    held(commitment)
    check_decide(by, commitment, paper=False)
    if not reason:
        raise RefusedError("commitment.reopen_without_reason", commitment=commitment.code)
    return _move(by, commitment, "reopen", on, reason)
