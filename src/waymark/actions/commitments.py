"""What is done to commitments: propose, carry through their states, join, match, tie, set milestones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.storing import checked_code, free_code, fresh, held, relate, said, store, store_all
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment, CommitmentChange, Milestone, Participation, Tie
from waymark.records.frameworks import Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import Verb, check_implement, check_verb
from waymark.records.places import Place
from waymark.records.states import COMMITMENT, next_state, state_label
from waymark.records.workplans import WorkArea


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation's part in a commitment; `share` is percent, `amount` money in `currency` (ISO 4217)."""

    organisation: Organisation
    role: str
    share: Decimal | None = None
    amount: Decimal | None = None
    currency: str = ""
    from_date: date | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """A provision that a commitment serves, and why it is tied to it."""

    provision: Provision
    purpose: str = "advances"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentFacts(Facts):
    """What a commitment says: its words, how it is measured, its days; the fields of `records.commitments`."""

    kind: str
    title: Words
    way: str = ""
    level: str = "national"
    description: Words = ""
    metric: Words = ""
    baseline: str = ""
    target: str = ""
    start_date: date | None = None
    due_date: date | None = None
    work_area: WorkArea | None = None
    place: Place | None = None


@act
def propose(
    *,
    by: Actor,
    network: Network,
    code: str,
    facts: CommitmentFacts,
    partners: Sequence[Partner],
    ties: Sequence[Served] = (),
    on: date | None = None,
) -> Commitment:
    """Propose a commitment with those who carry it and what it serves.

    A commitment nobody leads or pledges is refused: nobody could report on it.
    """
    check_verb(by, Verb.PROPOSE, network)
    if not any(partner.role in ("lead", "pledger") for partner in partners):
        raise RefusedError("commitment.nobody_carries", commitment=code)
    row = take(Commitment(network=network, code=checked_code(code, "commitment"), since=on), facts)
    store(row)
    _note_change(by, row, "", "proposed", on, {})
    _add_partners(row, partners)
    _add_ties(row, ties)
    log(by, "commitment.proposed", row, on=on)
    return row


def _note_change(
    by: Actor, commitment: Commitment, before: str, after: str, on: date | None, reason: dict[str, str]
) -> None:
    number = commitment.changes.count() + 1
    change = CommitmentChange(
        commitment=commitment,
        code=f"{commitment.code}.c{number}",
        from_state=before,
        to_state=after,
        reason=reason,
        date=on,
        post=by.post,
        classification=commitment.classification,
    )
    store(change)


def _add_partners(commitment: Commitment, partners: Iterable[Partner]) -> None:
    rows = [
        Participation(
            commitment=commitment,
            code=free_code(Participation, f"{commitment.code}.{partner.organisation.code}.{partner.role}"),
            organisation=partner.organisation,
            role=partner.role,
            share=partner.share,
            amount=partner.amount,
            currency=partner.currency,
            from_date=partner.from_date,
            classification=commitment.classification,
        )
        for partner in partners
    ]
    store_all(Participation, rows)


def _add_ties(commitment: Commitment, ties: Iterable[Served]) -> None:
    rows = [
        Tie(
            commitment=commitment,
            code=f"{commitment.code}.{served.provision.urn_code()}.{served.purpose}",
            provision=served.provision,
            purpose=served.purpose,
            classification=commitment.classification,
        )
        for served in ties
    ]
    store_all(Tie, rows)


def _move(by: Actor, commitment: Commitment, way: str, on: date | None, reason: Words) -> Commitment:
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
    _note_change(by, commitment, before, after, on, said(reason))
    log(by, f"commitment.{after}", commitment, before=before, on=on, reason=said(reason))
    return commitment


@act
def agree(*, by: Actor, commitment: Commitment, on: date | None, reason: Words = "") -> Commitment:
    """Agree to a proposed commitment."""
    held(commitment)
    check_verb(by, Verb.DECIDE, commitment)
    return _move(by, commitment, "agree", on, reason)


@act
def start(*, by: Actor, commitment: Commitment, on: date | None, reason: Words = "") -> Commitment:
    """Start an agreed commitment; a participant says so, or the secretariat."""
    held(commitment)
    check_implement(by, commitment)
    return _move(by, commitment, "start", on, reason)


@act
def complete(*, by: Actor, commitment: Commitment, on: date | None, reason: Words = "") -> Commitment:
    """Complete a commitment that is under way."""
    held(commitment)
    check_implement(by, commitment)
    return _move(by, commitment, "complete", on, reason)


@act
def drop(*, by: Actor, commitment: Commitment, on: date | None, reason: Words) -> Commitment:
    """Drop a commitment, for a reason that stays on record."""
    held(commitment)
    check_verb(by, Verb.DECIDE, commitment)
    if not reason:
        raise RefusedError("commitment.drop_without_reason", commitment=commitment.code)
    return _move(by, commitment, "drop", on, reason)


@act
def supersede(
    *, by: Actor, commitment: Commitment, successor: Commitment, on: date | None, reason: Words
) -> Commitment:
    """Put another commitment in the place of this one, for a reason that stays on record."""
    held(commitment)
    check_verb(by, Verb.DECIDE, commitment)
    if not reason:
        raise RefusedError("commitment.supersede_without_reason", commitment=commitment.code)
    if successor.pk == commitment.pk or successor.network_id != commitment.network_id:
        raise RefusedError("commitment.not_a_successor", successor=successor.code, commitment=commitment.code)
    commitment.superseded_by = successor
    return _move(by, commitment, "supersede", on, reason)


def _check_open(commitment: Commitment) -> None:
    if not COMMITMENT[commitment.state]:
        raise RefusedError("commitment.closed", commitment=commitment.code, state=state_label(commitment.state))


@act
def join(*, by: Actor, commitment: Commitment, partner: Partner) -> Commitment:
    """Join a commitment as contributor, lead, pledger or matcher.

    A focal point its own organisation, the secretariat any.
    """
    fresh(commitment)
    check_verb(by, Verb.PROPOSE, commitment)
    own = by.organisation is not None and by.organisation.pk == partner.organisation.pk
    if not own:
        check_verb(by, Verb.DECIDE, commitment)
    _check_open(commitment)
    _add_partners(commitment, [partner])
    log(by, "commitment.joined", commitment, partner=partner.organisation, role=partner.role)
    return commitment


@act
def leave(*, by: Actor, participation: Participation, on: date | None) -> Participation:
    """End an organisation's part; the last lead or pledger of an open commitment cannot leave."""
    held(participation)
    commitment = fresh(participation.commitment)
    check_verb(by, Verb.DECIDE, commitment)
    carriers = commitment.participations.open().filter(role__in=["lead", "pledger"]).exclude(pk=participation.pk)
    if not carriers.exists() and COMMITMENT[commitment.state]:
        raise RefusedError("commitment.last_carrier", commitment=commitment.code)
    participation.to_date, participation.end_unknown = on, on is None
    store(participation)
    log(by, "commitment.left", commitment, partner=participation.organisation, on=on)
    return participation


@act
def match(*, by: Actor, matching: Commitment, matched: Commitment) -> Commitment:
    """Link a matching pledge to the pledge it matches. Both stay commitments of their own."""
    held(matching)
    check_implement(by, matching)
    if matching.kind != "pledge" or matched.kind != "pledge" or matching.way != "matching":
        raise RefusedError("commitment.no_match", matching=matching.code, matched=matched.code)
    if matching.pk == matched.pk:
        raise RefusedError("commitment.matches_itself", matching=matching.code)
    relate(matching, "matches", [*matching.matches.all(), matched])
    log(by, "commitment.matched", matching, matched=matched)
    return matching


@act
def tie(*, by: Actor, commitment: Commitment, ties: Sequence[Served]) -> Commitment:
    """Tie a commitment to further provisions, of any framework."""
    fresh(commitment)
    check_implement(by, commitment)
    _add_ties(commitment, ties)
    log(by, "commitment.tied", commitment, to=[served.provision for served in ties])
    return commitment


@act
def set_milestone(
    *, by: Actor, commitment: Commitment, title: Words, due_date: date | None = None, done_on: date | None = None
) -> Milestone:
    """Add a milestone at the end of a commitment's list."""
    fresh(commitment)
    check_implement(by, commitment)
    position = commitment.milestones.count() + 1
    row = Milestone(
        commitment=commitment,
        code=f"{commitment.code}.m{position}",
        position=position,
        title=said(title),
        due_date=due_date,
        done_on=done_on,
        classification=commitment.classification,
    )
    store(row)
    log(by, "commitment.milestone.set", row, due_date=due_date, done_on=done_on)
    return row


@act
def reach_milestone(*, by: Actor, milestone: Milestone, on: date) -> Milestone:
    """Say on which day a milestone was reached."""
    held(milestone)
    check_implement(by, milestone.commitment)
    if milestone.done_on is not None:
        raise RefusedError("milestone.reached_already", milestone=milestone.code, on=milestone.done_on)
    milestone.done_on = on
    store(milestone)
    log(by, "commitment.milestone.reached", milestone, on=on)
    return milestone


def _check_amended(commitment: Commitment, facts: CommitmentFacts) -> None:
    """A commitment stays of its kind once somebody has reported on it."""
    if facts.kind != commitment.kind and commitment.reports.standing().exists():
        raise RefusedError("commitment.kind_is_reported_on", commitment=commitment.code)


AMENDS = {Commitment.noun: Amendable(CommitmentFacts, Verb.DECIDE, check=_check_amended)}
"""How what stands here is corrected."""
