"""How a commitment comes about and is shared: propose, join, leave, match, tie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Paper, Words, check_named, from_paper, paper_told, take
from waymark.actions.log import log
from waymark.actions.storing import checked_code, free_code, fresh, held, relate, store, store_all
from waymark.actions.workplans.due import due_dates_follow
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.commitments import CARRYING, Commitment, CommitmentChange, Participation, Tie
from waymark.records.frameworks import Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_implement, check_verb, check_within_reach
from waymark.records.places import Place
from waymark.records.roles import Verb
from waymark.records.states import ENDED, state_label
from waymark.records.workplans import WorkArea


@dataclass(frozen=True, slots=True)
class Partner(Facts):
    """An organisation's part in a commitment; `share` is percent, `amount` money in `currency` (ISO 4217)."""

    organisation: Organisation
    role: str
    share: Decimal | None = None
    amount: Decimal | None = None
    currency: str = ""
    from_date: date | None = None
    to_date: date | None = None
    end_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Served(Facts):
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
    if not any(partner.role in CARRYING for partner in partners):
        raise RefusedError("commitment.nobody_carries", commitment=code)
    for said in (facts, *partners, *ties):
        check_named(by, network, said)
    row = take(Commitment(network=network, code=checked_code(code, "commitment"), since=on), facts)
    store(row)
    note_change(by, row, "", "proposed", on, {})
    _add_partners(row, partners)
    _add_ties(row, ties)
    due_dates_follow(row)
    log(by, "commitment.proposed", row, on=on)
    return row


def note_change(
    by: Actor,
    commitment: Commitment,
    before: str,
    after: str,
    on: date | None,
    reason: dict[str, str],
    paper: Paper | None = None,
) -> None:
    """Keep one change of a commitment's state, with the paper that it was entered from."""
    number = commitment.changes.count() + 1
    change = CommitmentChange(
        commitment=commitment,
        code=f"{commitment.code}.c{number}",
        from_state=before,
        to_state=after,
        reason=reason,
        date=on,
        post=by.post,
        person=by.person,
        classification=commitment.classification,
        **from_paper(by, commitment, paper),
    )
    store(change)


def _add_partners(commitment: Commitment, partners: Iterable[Partner]) -> None:
    rows = []
    for partner in partners:
        code = free_code(Participation, f"{commitment.code}.{partner.organisation.code}.{partner.role}")
        rows.append(_within(commitment, Participation(commitment=commitment, code=code), partner))
    store_all(Participation, rows)


def _add_ties(commitment: Commitment, ties: Iterable[Served]) -> None:
    rows = []
    for served in ties:
        code = free_code(Tie, f"{commitment.code}.{served.provision.urn_code()}.{served.purpose}")
        rows.append(_within(commitment, Tie(commitment=commitment, code=code), served))
    store_all(Tie, rows)


def _within(commitment: Commitment, row: Any, facts: Facts) -> Any:
    """A new row that lies in a commitment, with its class unless another one is given."""
    row.classification = commitment.classification
    return take(row, facts)


def check_open(commitment: Commitment) -> None:
    """Refuse what is changed in a commitment that has ended."""
    if commitment.state in ENDED:
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
    check_open(commitment)
    check_named(by, commitment, partner)
    _add_partners(commitment, [partner])
    due_dates_follow(commitment)
    log(by, "commitment.joined", commitment, partner=partner.organisation, role=partner.role)
    return commitment


@act
def leave(*, by: Actor, participation: Participation, on: date | None) -> Participation:
    """End an organisation's part; the last lead or pledger of an open commitment cannot leave."""
    held(participation)
    commitment = fresh(participation.commitment)
    check_verb(by, Verb.DECIDE, commitment)
    _check_still_carried(participation)
    participation.to_date, participation.end_unknown = on, on is None
    store(participation)
    due_dates_follow(commitment)
    log(by, "commitment.left", commitment, partner=participation.organisation, on=on)
    return participation


@act
def match(*, by: Actor, matching: Commitment, matched: Commitment, paper: Paper | None = None) -> Commitment:
    """Link a matching pledge to the pledge it matches; a participant of it does so, or who decides in the network.

    Both stay commitments of their own. What was agreed elsewhere is entered from a `paper`.
    """
    held(matching)
    check_implement(by, matching, paper=paper is not None)
    check_within_reach(by, matching, matched)
    if matching.kind != "pledge" or matched.kind != "pledge" or matching.way != "matching":
        raise RefusedError("commitment.no_match", matching=matching.code, matched=matched.code)
    if matching.pk == matched.pk:
        raise RefusedError("commitment.matches_itself", matching=matching.code)
    relate(matching, "matches", [*matching.matches.all(), matched])
    log(by, "commitment.matched", matching, matched=matched, **paper_told(by, matching, paper))
    return matching


@act
def tie(*, by: Actor, commitment: Commitment, ties: Sequence[Served], paper: Paper | None = None) -> Commitment:
    """Tie a commitment to further provisions, of any framework; a participant does so, or who decides in the network.

    What was agreed elsewhere is entered from a `paper`.
    """
    fresh(commitment)
    check_implement(by, commitment, paper=paper is not None)
    for served in ties:
        check_named(by, commitment, served)
    _add_ties(commitment, ties)
    told = paper_told(by, commitment, paper)
    log(by, "commitment.tied", commitment, to=[served.provision for served in ties], **told)
    return commitment


def _leave(_by: Actor, part: Participation) -> None:
    _check_still_carried(part)


def _check_still_carried(part: Participation) -> None:
    """Refuse that an open commitment is left without anybody who carries it."""
    others = part.commitment.participations.open().filter(role__in=CARRYING).exclude(pk=part.pk)
    if part.role in CARRYING and part.commitment.state not in ENDED and not others.exists():
        raise RefusedError("commitment.last_carrier", commitment=part.commitment.code)


def _check_amended(commitment: Commitment, facts: CommitmentFacts) -> None:
    """A commitment stays of its kind once somebody has reported on it."""
    if facts.kind != commitment.kind and commitment.reports.standing().exists():
        raise RefusedError("commitment.kind_is_reported_on", commitment=commitment.code)


def _check_part(part: Participation, facts: Partner) -> None:
    """The last carrier stays one, and who reported on a commitment stays the one who takes part in it."""
    ends = facts.to_date is not None or facts.end_unknown
    if ends or facts.role not in CARRYING:
        _check_still_carried(part)
    reports = part.commitment.reports.standing().filter(organisation_id=part.organisation_id, voice="implementer")
    if facts.organisation.pk != part.organisation_id and reports.exists():
        raise RefusedError("commitment.partner_reported", organisation=part.organisation.code, code=part.code)


def _commitment_follows(_by: Actor, commitment: Commitment) -> None:
    due_dates_follow(commitment)


def _part_follows(_by: Actor, part: Participation) -> None:
    due_dates_follow(part.commitment)


AMENDS = {
    Commitment.noun: Amendable(CommitmentFacts, Verb.DECIDE, check=_check_amended, follow=_commitment_follows),
    Participation.noun: Amendable(Partner, Verb.DECIDE, check=_check_part, follow=_part_follows, leave=_leave),
    Tie.noun: Amendable(Served, Verb.DECIDE),
}
"""How what stands here is corrected."""
