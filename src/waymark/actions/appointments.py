"""Who holds which post: appointed, confirmed by a second person where one is asked, ended."""

from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Paper, Words, from_paper, paper_told, take
from waymark.actions.log import log
from waymark.actions.storing import by_language, free_code, fresh, held, store
from waymark.gcm.errors import RefusedError
from waymark.gcm.nouns import Noun
from waymark.records.actors import Actor
from waymark.records.appointing import (
    APPOINTING,
    check_operator_appoints,
    check_operator_corrects,
    check_operator_ends,
    waits_for_another,
)
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post, PostHolding
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.roles import Verb
from waymark.records.separation import same_hands
from waymark.records.states import APPOINTMENT, next_state


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingFacts(Facts):
    """From when to when a person holds a post; `home` is the organisation they come from when it is another."""

    from_date: date | None = None
    to_date: date | None = None
    end_unknown: bool = False
    acting: bool = False
    home: Organisation | None = None


@act
def appoint(*, by: Actor, post: Post, person: Person, facts: HoldingFacts, paper: Paper | None = None) -> PostHolding:
    """Appoint a person to a post; where the table of `records/appointing.py` says so, it waits for a second person.

    The operator enters the first co-chair and the first officer of a network only, from a paper.
    """
    fresh(post)
    check_verb(by, Verb.MANAGE_PEOPLE, post)
    if by.kind == "operator":
        check_operator_appoints(by, post, person, paper=paper is not None)
    for named in (person, facts.home):
        check_within_reach(by, post, named)
    if post.closed_on is not None:
        raise RefusedError("post.closed", post=post.code, on=post.closed_on)
    _check_free(post, facts)
    row = PostHolding(
        code=free_code(PostHolding, f"{post.code}.{person.code}"),
        post=post,
        person=person,
        classification=post.classification,
        state="waiting" if by.kind != "operator" and waits_for_another(by, post, person) else "made",
        entered_by=by.person,
        entered_by_post=by.post,
        **from_paper(by, post, paper),
    )
    store(take(row, facts))
    log(by, "post.appointed", post, person=person, from_date=row.from_date, acting=row.acting, state=row.state)
    return row


def _check_free(post: Post, facts: HoldingFacts) -> None:
    present = post.holdings.open().filter(acting=False).first()
    if present is None or facts.acting or facts.to_date is not None or facts.end_unknown:
        return
    if present.state == "waiting":
        raise RefusedError("post.awaited", person=present.person.code, post=post.code)
    raise RefusedError("post.held", person=present.person.code, post=post.code)


@act
def confirm_appointment(*, by: Actor, holding: PostHolding) -> PostHolding:
    """Confirm an appointment as its second person: a co-chair in office who neither entered it nor is appointed."""
    held(holding)
    _check_second(by, holding)
    holding.state = next_state(APPOINTMENT, holding, "confirm")
    holding.confirmed_on, holding.confirmed_by, holding.confirmed_by_post = by.today, by.person, by.post
    store(holding)
    log(by, "post.appointment.confirmed", holding)
    return holding


@act
def refuse_appointment(*, by: Actor, holding: PostHolding, reason: Words) -> PostHolding:
    """Refuse an appointment that waits, and say why; it leaves every list and stays in the history."""
    held(holding)
    _check_second(by, holding)
    if not reason:
        raise RefusedError("amend.without_reason", noun=Noun(holding.noun), row=holding.code)
    holding.state, holding.withdrawn = next_state(APPOINTMENT, holding, "refuse"), True
    store(holding)
    log(by, "post.appointment.refused", holding, reason=by_language(reason))
    return holding


def _check_second(by: Actor, holding: PostHolding) -> None:
    """Refuse who is not the second person of an appointment."""
    if by.kind != "holder":
        raise RefusedError("appointment.confirmed_by_persons", actor=by.label())
    check_verb(by, Verb.CONFIRM_APPOINTMENT, holding)
    if holding.withdrawn:
        raise RefusedError("amend.withdrawn", noun=Noun(holding.noun), row=holding.code)
    if holding.person_id in by.persons:
        raise RefusedError("appointment.own", post=holding.post.code)
    if same_hands(by, holding.entered_by_id, holding.entered_by_post_id):
        raise RefusedError("appointment.entered_by_himself", person=holding.person.code, post=holding.post.code)


@act
def end_holding(*, by: Actor, holding: PostHolding, on: date | None, paper: Paper | None = None) -> PostHolding:
    """End a holding; `on` is its last day, None when that is not known. Drafts and duties stay with the post.

    The operator ends that a post with rights is held only from a paper.
    """
    held(holding)
    check_verb(by, Verb.MANAGE_PEOPLE, holding.post)
    check_operator_ends(by, holding.post, paper=paper is not None)
    if holding.to_date is not None or holding.end_unknown:
        raise RefusedError("post.not_held", person=holding.person.code, post=holding.post.code)
    holding.to_date, holding.end_unknown = on, on is None
    told = paper_told(by, holding, paper)
    store(holding)
    log(by, "post.left", holding.post, person=holding.person, on=on, **told)
    return holding


def _check_corrects(by: Actor, row: PostHolding) -> None:
    check_verb(by, Verb.MANAGE_PEOPLE, row)
    check_operator_corrects(by, row.post)


def _ask_holding(by: Actor, row: PostHolding, facts: HoldingFacts) -> None:
    """A correction appoints nobody: nobody corrects his own holding, and where a second person was asked, or would be,
    it does not become longer.
    """
    if row.person_id in by.persons:
        raise RefusedError("appointment.own_holding", post=row.post.code)
    if row.state != "waiting" and (APPOINTING[row.post.duty].waits or row.state == "confirmed") and _longer(row, facts):
        raise RefusedError("appointment.lengthened", person=row.person.code, post=row.post.code)


def _longer(row: PostHolding, facts: HoldingFacts) -> bool:
    """Whether the facts give the holder days that the row does not."""
    earlier = (facts.from_date or date.min) < (row.from_date or date.min)
    if row.end_unknown or facts.end_unknown:
        return earlier or (row.end_unknown and not facts.end_unknown)
    return earlier or (facts.to_date or date.max) > (row.to_date or date.max)


AMENDS = {PostHolding.noun: Amendable(HoldingFacts, _check_corrects, ask=_ask_holding)}
"""How what stands here is corrected."""
