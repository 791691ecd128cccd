"""How another network follows a commitment: proposed by one side, agreed by the other, ended by either."""

from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Words
from waymark.actions.log import log
from waymark.actions.storing import by_language, free_code, fresh, held, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment, Following
from waymark.records.networks import Network
from waymark.records.permissions import check_verb, may_verb
from waymark.records.roles import Verb
from waymark.records.separation import same_hands
from waymark.records.states import FOLLOWING, next_state


@act
def propose_following(*, by: Actor, commitment: Commitment, network: Network, on: date | None = None) -> Following:
    """Propose that a network follows a commitment of another; who decides in one of the two proposes it."""
    fresh(commitment)
    if network.code == commitment.keeper:
        raise RefusedError("following.at_home", commitment=commitment.code, network=network.code)
    side = commitment.keeper if may_verb(by, Verb.DECIDE, commitment) else network.code
    if side == network.code:
        check_verb(by, Verb.DECIDE, network)
    row = Following(
        commitment=commitment,
        network=network,
        code=free_code(Following, f"{commitment.code}.{network.code}.following"),
        proposed_by_network=side,
        proposed_on=on,
        proposed_by=by.post,
        proposed_by_person=by.person,
        classification="network",
    )
    store(row)
    log(by, "commitment.following.proposed", row, network=network, on=on)
    return row


@act
def agree_following(*, by: Actor, following: Following, on: date | None = None) -> Following:
    """Agree, for the side that was asked; from then on the members of the network read the commitment."""
    _answer(by, following, "agree")
    following.from_date = on
    store(following)
    log(by, "commitment.following.agreed", following, on=on)
    return following


@act
def decline_following(*, by: Actor, following: Following, reason: Words) -> Following:
    """Decline, for the side that was asked, and say why."""
    _answer(by, following, "decline")
    _check_reason(following, reason)
    following.reason = by_language(reason)
    store(following)
    log(by, "commitment.following.declined", following, reason=by_language(reason))
    return following


@act
def end_following(*, by: Actor, following: Following, on: date | None, reason: Words) -> Following:
    """End it, from either side; what was reported stays with the network in which it was."""
    held(following)
    if not may_verb(by, Verb.DECIDE, following.network):
        check_verb(by, Verb.DECIDE, following)
    following.state = next_state(FOLLOWING, following, "end")
    _check_reason(following, reason)
    following.to_date, following.end_unknown, following.reason = on, on is None, by_language(reason)
    store(following)
    log(by, "commitment.following.ended", following, on=on, reason=by_language(reason))
    return following


def _answer(by: Actor, following: Following, way: str) -> None:
    """Hold it and note who answers: the other side than the one that proposed it, and another person."""
    held(following)
    home = following.proposed_by_network == following.commitment.keeper
    check_verb(by, Verb.DECIDE, following.network if home else following.commitment)
    if same_hands(by, following.proposed_by_person_id, following.proposed_by_id):
        raise RefusedError("following.own_proposal", commitment=following.commitment.code)
    following.state = next_state(FOLLOWING, following, way)
    following.answered_by, following.answered_by_person = by.post, by.person


def _check_reason(following: Following, reason: Words) -> None:
    if not reason:
        raise RefusedError("following.ends_without_reason", commitment=following.commitment.code)
