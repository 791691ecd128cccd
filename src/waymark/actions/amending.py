"""How what was entered is corrected: by who may, at once; by others, as a proposal to its keeper; or withdrawn.

Each module of nouns says in `AMENDS` how its rows are corrected: which facts they have, which right it takes and which
rule is added. The act that enters a row takes the same facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from waymark.actions import (
    appointments,
    claims,
    commitments,
    consultations,
    contacts,
    crosswalks,
    delegations,
    frameworks,
    indicators,
    meetings,
    networks,
    organisations,
    people,
    positions,
    recommendations,
    reports,
    successions,
    workplans,
)
from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, check_named, facts_of, given, take
from waymark.actions.log import log
from waymark.actions.readers import keep_named
from waymark.actions.reviews import findings, opening, sources
from waymark.actions.storing import by_language, free_code, fresh, held, named_row, pointed_row, relate, store, worded
from waymark.gcm.errors import RefusedError
from waymark.gcm.nouns import Noun
from waymark.records.actors import Actor
from waymark.records.people import Person
from waymark.records.permissions import check_in_office, viewer_of
from waymark.records.proposals import ChangeProposal
from waymark.records.record import Record, is_translated
from waymark.records.separation import same_hands
from waymark.records.states import PROPOSAL, next_state
from waymark.records.viewers import PUBLIC
from waymark.records.visibility import pointing_at, visible_condition

AMENDABLE: Mapping[str, Amendable] = MappingProxyType(
    {
        **appointments.AMENDS,
        **claims.AMENDS,
        **commitments.AMENDS,
        **consultations.AMENDS,
        **contacts.AMENDS,
        **crosswalks.AMENDS,
        **delegations.AMENDS,
        **findings.AMENDS,
        **frameworks.AMENDS,
        **indicators.AMENDS,
        **meetings.AMENDS,
        **networks.AMENDS,
        **opening.AMENDS,
        **organisations.AMENDS,
        **people.AMENDS,
        **positions.AMENDS,
        **recommendations.AMENDS,
        **reports.AMENDS,
        **sources.AMENDS,
        **successions.AMENDS,
        **workplans.AMENDS,
    }
)
"""Noun → how its rows are corrected."""


def amendable(row: Record) -> Amendable:
    """How a row is corrected. Raises RefusedError for a noun that cannot be."""
    known = AMENDABLE.get(row.noun)
    if known is None:
        raise RefusedError("amend.not_this_noun", noun=Noun(row.noun), row=row.code)
    return known


@act
def amend(*, by: Actor, row: Record, facts: Facts, reason: Words) -> Record:
    """Correct a row: every fact that is given replaces what stands. A correction that changes nothing is not logged."""
    how = amendable(row)
    held(row)
    how.check_right(by, row)
    _correct(by, row, how, facts, reason, by.people)
    return row


def _correct(by: Actor, row: Record, how: Amendable, facts: Facts, reason: Words, drafters: Sequence[Person]) -> None:
    """Correct a row whose new facts are those of some persons."""
    if not reason:
        raise RefusedError("amend.without_reason", noun=Noun(row.noun), row=row.code)
    if row.withdrawn:
        raise RefusedError("amend.withdrawn", noun=Noun(row.noun), row=row.code)
    if how.check is not None:
        how.check(row, facts)
    if how.ask is not None:
        how.ask(by, row, facts)
    before, said_before = row.version, facts_of(row, how.facts)
    check_named(by, row, facts, said_before)
    store(take(row, facts))
    for name in how.lists:
        relate(row, name, getattr(facts, name))
    if row.version == before:
        return
    lost = keep_named(row) if row.classification != said_before.classification else []
    if how.moved is not None:
        how.moved(by, row, said_before)
    if how.drafted is not None:
        how.drafted(row, drafters)
    if how.follow is not None:
        how.follow(by, row)
    log(by, f"{row.noun}.amended", row, reason=by_language(reason), **({"readers_lost": lost} if lost else {}))
    if how.after is not None:
        how.after(by, row)


@act
def withdraw(*, by: Actor, row: Record, reason: Words) -> Record:
    """Withdraw a row that should not have been entered: it leaves every list and stays in the history.

    What lies in it goes with it. Raises RefusedError while another row that stands points to it.
    """
    how = amendable(row)
    held(row)
    how.check_right(by, row)
    if not reason:
        raise RefusedError("amend.without_reason", noun=Noun(row.noun), row=row.code)
    if row.withdrawn:
        raise RefusedError("amend.withdrawn", noun=Noun(row.noun), row=row.code)
    if how.leave is not None:
        how.leave(by, row)
    others = sorted({f"{other.noun} {other.code}" for other in pointing_at(row)})
    if others:
        raise RefusedError(
            "amend.in_use", noun=Noun(row.noun), row=row.code, count=len(others), others=tuple(others[:5])
        )
    row.withdrawn = True
    store(row)
    if how.drafted is not None:
        how.drafted(row, by.people)
    if how.follow is not None:
        how.follow(by, row)
    log(by, f"{row.noun}.withdrawn", row, reason=by_language(reason))
    if how.after is not None:
        how.after(by, row)
    return row


@act
def propose_change(*, by: Actor, row: Record, facts: Facts, reason: Words) -> ChangeProposal:
    """Propose to the keeper of a row what should be changed in it; anybody in office who reads the row may."""
    how = amendable(row)
    if not how.open:
        raise RefusedError("amend.not_proposed", noun=Noun(row.noun))
    fresh(row)
    check_in_office(by)
    if by.post is None and by.kind != "operator":
        raise RefusedError("permission.proposed_by_posts")
    if by.kind != "operator" and not _reads(by, row):
        raise RefusedError("permission.row_not_read", noun=Noun(row.noun), row=row.code)
    if not reason:
        raise RefusedError("amend.without_reason", noun=Noun(row.noun), row=row.code)
    now = facts_of(row, type(facts))
    changes = {
        one.name: wanted
        for one in fields(facts)
        if (wanted := _plain(row, one.name, getattr(facts, one.name)))
        != _plain(row, one.name, getattr(now, one.name, None))
    }
    if not changes:
        raise RefusedError("amend.nothing_differs", noun=Noun(row.noun), row=row.code)
    if how.check is not None:
        how.check(row, facts)
    proposal = ChangeProposal(
        code=free_code(ChangeProposal, f"{row.noun}.{row.urn_code()}.change"),
        subject=row.urn,
        seen=row.version,
        changes=changes,
        reason=by_language(reason),
        keeper=row.keeper,
        proposed_for=by.post.keeper if by.post else "",
        post=by.post,
        person=by.person,
        classification=row.effective if row.effective != "public" else "network",
    )
    store(proposal)
    log(by, "change-proposal.made", proposal, of=row)
    return proposal


@act
def accept_change(*, by: Actor, proposal: ChangeProposal, answer: Words = "") -> Record:
    """Make the change that was proposed, as the row's keeper. Nobody accepts a proposal of his own."""
    held(proposal)
    row = named_row(proposal.subject)
    how = amendable(row)
    _check_answers(by, how, row)
    if same_hands(by, proposal.person_id, proposal.post_id):
        raise RefusedError("amend.own_proposal", row=row.code)
    proposal.state = next_state(PROPOSAL, proposal, "accept")
    proposal.answer = by_language(answer)
    store(proposal)
    log(by, "change-proposal.accepted", proposal, of=row)
    held(row, seen=proposal.seen)
    facts = given(facts_of(row, how.facts), _pointed(row, proposal.changes))
    _correct(by, row, how, facts, proposal.reason, [*by.people, *([proposal.person] if proposal.person else [])])
    return row


@act
def decline_change(*, by: Actor, proposal: ChangeProposal, answer: Words) -> ChangeProposal:
    """Leave a row as it is, and say to the proposer why."""
    held(proposal)
    row = named_row(proposal.subject)
    _check_answers(by, amendable(row), row)
    if not answer:
        raise RefusedError("amend.declined_without_answer", row=row.code)
    proposal.state, proposal.answer = next_state(PROPOSAL, proposal, "decline"), by_language(answer)
    store(proposal)
    log(by, "change-proposal.declined", proposal, of=row, reason=by_language(answer))
    return proposal


def _check_answers(by: Actor, how: Amendable, row: Record) -> None:
    """Refuse who may not answer a proposal: the operator does for the installation, never for a network."""
    how.check_right(by, row)
    if by.kind == "operator" and row.keeper:
        raise RefusedError("permission.answered_by_keeper", noun=Noun(row.noun), row=row.code, network=row.keeper)


def _reads(by: Actor, row: Record) -> bool:
    """Whether a row is read by who acts, in the post that he acts in."""
    lending = [by.delegation] if by.delegation else []
    viewer = viewer_of([by.holding], by.today, lending) if by.holding and by.today else PUBLIC
    return type(row)._default_manager.filter(visible_condition(type(row), viewer), pk=row.pk).exists()


def _plain(row: Record, name: str, value: Any) -> Any:
    """A fact as plain data: others by their URN, words by language."""
    if isinstance(value, str | dict) and name in {one.name for one in row._meta.concrete_fields if is_translated(one)}:
        return by_language(value)
    if isinstance(value, Record):
        return value.urn
    if isinstance(value, tuple | list):
        return [_plain(row, name, one) for one in value]
    return worded(row, name, value)


def _pointed(row: Record, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data as facts again: records by their URN, days and numbers as the field keeps them."""
    return {name: pointed_row(row, name, value) for name, value in changes.items()}
