"""Who holds which post: appointed, ended."""

from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, take
from waymark.actions.log import log
from waymark.actions.storing import free_code, fresh, held, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post, PostHolding
from waymark.records.permissions import Verb, check_verb, check_within_reach


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingFacts(Facts):
    """From when to when a person holds a post; `home` is the organisation they come from when it is another."""

    from_date: date | None = None
    to_date: date | None = None
    end_unknown: bool = False
    acting: bool = False
    home: Organisation | None = None


@act
def appoint(*, by: Actor, post: Post, person: Person, facts: HoldingFacts) -> PostHolding:
    """Appoint a person to a post."""
    fresh(post)
    check_verb(by, Verb.MANAGE_PEOPLE, post)
    for named in (person, facts.home):
        check_within_reach(by, post, named)
    if post.closed_on is not None:
        raise RefusedError("post.closed", post=post.code, on=post.closed_on)
    present = post.holdings.open().filter(acting=False).first()
    if present is not None and not facts.acting and facts.to_date is None and not facts.end_unknown:
        raise RefusedError("post.held", person=present.person.code, post=post.code)
    row = PostHolding(
        code=free_code(PostHolding, f"{post.code}.{person.code}"),
        post=post,
        person=person,
        classification=post.classification,
    )
    store(take(row, facts))
    log(by, "post.appointed", post, person=person, from_date=row.from_date, acting=row.acting)
    return row


@act
def end_holding(*, by: Actor, holding: PostHolding, on: date | None) -> PostHolding:
    """End a holding; `on` is its last day, None when that is not known. Drafts and duties stay with the post."""
    held(holding)
    check_verb(by, Verb.MANAGE_PEOPLE, holding.post)
    if holding.to_date is not None or holding.end_unknown:
        raise RefusedError("post.not_held", person=holding.person.code, post=holding.post.code)
    holding.to_date, holding.end_unknown = on, on is None
    store(holding)
    log(by, "post.left", holding.post, person=holding.person, on=on)
    return holding


AMENDS = {PostHolding.noun: Amendable(HoldingFacts, Verb.MANAGE_PEOPLE)}
"""How what stands here is corrected."""
