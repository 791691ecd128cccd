"""A holder lends the rights of his post to another person of the network, for some days, and takes them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.storing import by_language, free_code, fresh, held, store
from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.nouns import Noun
from waymark.gcm.wording import OneOf
from waymark.records.actors import Actor
from waymark.records.delegations import Delegation
from waymark.records.people import Person, PostHolding
from waymark.records.permissions import check_in_office, check_verb, in_office, may_verb
from waymark.records.roles import ROLES, Verb

LONGEST = 92
"""Days that one delegation lasts at most: a quarter of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationFacts(Facts):
    """Which rights are lent, all without `verbs`; the first and the last day; and why."""

    from_date: date
    to_date: date
    reason: Words
    verbs: Sequence[str] = ()


@act
def delegate(*, by: Actor, person: Person, facts: DelegationFacts) -> Delegation:
    """Lend the rights of the own post to another person of the network. Nobody lends what he was lent."""
    check_in_office(by)
    own = by.holding
    if own is None or by.today is None:
        raise RefusedError("delegation.by_holders")
    if by.delegation is not None:
        raise RefusedError("delegation.of_a_delegate", post=by.delegation.holding.post.code)
    fresh(own)
    _check_person(own, person, max(facts.from_date, by.today))
    _check_facts(own, facts, by.today)
    row = Delegation(
        code=free_code(Delegation, f"{own.post.code}.{person.code}"),
        holding=own,
        person=person,
        classification=own.classification if own.classification != "public" else "network",
    )
    store(take(row, facts))
    log(by, "delegation.made", row, person=person)
    return row


def _check_facts(own: PostHolding, facts: DelegationFacts, today: date) -> None:
    has = {verb.name for verb in ROLES[own.post.duty].verbs}
    if not has:
        raise RefusedError("delegation.of_nothing", post=own.post.code)
    for name in facts.verbs:
        if name not in has:
            raise InputError.coded("delegation.unknown_right", right=repr(name), known=OneOf(sorted(has)))
    if not facts.reason:
        raise RefusedError("delegation.without_reason", post=own.post.code)
    if facts.from_date < today:
        raise RefusedError("delegation.begins_in_the_past", on=facts.from_date, today=today)
    days = (facts.to_date - facts.from_date).days + 1
    if not 1 <= days <= LONGEST:
        raise InputError.coded("delegation.bad_days", days=days, limit=LONGEST)


def _check_person(own: PostHolding, person: Person, on: date) -> None:
    if person.pk == own.person_id:
        raise RefusedError("delegation.to_himself", post=own.post.code)
    held_here = person.holdings.standing().filter(keeper=own.keeper).select_related("post")
    if not own.keeper or not any(in_office(one, on) for one in held_here):
        raise RefusedError("delegation.to_an_outsider", person=person.code, network=own.keeper, on=on)


@act
def end_delegation(*, by: Actor, delegation: Delegation, reason: Words) -> Delegation:
    """End a delegation before its last day; it gives nothing from this day on. Its two persons may, and officers."""
    held(delegation)
    check_in_office(by)
    his = by.person is not None and by.person.pk in (delegation.person_id, delegation.holding.person_id)
    officer = by.kind == "holder" and may_verb(by, Verb.MANAGE_PEOPLE, delegation)
    if not (his or officer) or by.today is None:
        raise RefusedError("delegation.ended_by_its_persons", post=delegation.holding.post.code)
    if not reason:
        raise RefusedError("amend.without_reason", noun=Noun(delegation.noun), row=delegation.code)
    if delegation.withdrawn or delegation.ended_on is not None or delegation.to_date < by.today:
        raise RefusedError("delegation.over", post=delegation.holding.post.code)
    delegation.ended_on = by.today
    store(delegation)
    log(by, "delegation.ended", delegation, reason=by_language(reason))
    return delegation


def _check_withdraws(by: Actor, row: Delegation) -> None:
    """Refuse who may not withdraw what was lent: an officer may; the operator lends and takes back nothing."""
    check_verb(by, Verb.MANAGE_PEOPLE, row)
    if by.kind != "holder":
        raise RefusedError("delegation.ended_by_its_persons", post=row.holding.post.code)


def _stays(row: Delegation, facts: DelegationFacts) -> None:
    """What was lent is not changed afterwards: it is ended, and lent anew."""
    raise RefusedError("delegation.stays", post=row.holding.post.code)


AMENDS = {Delegation.noun: Amendable(DelegationFacts, _check_withdraws, check=_stays, open=False)}
"""How what stands here is corrected: it can be withdrawn only."""
