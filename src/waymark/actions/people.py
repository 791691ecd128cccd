"""What is done to persons and posts: enter, create, close. Who holds a post is in `appointments.py`."""

from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.drafts import hand_over_drafts
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.storing import checked_code, held, held_all, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.appointing import check_operator_ends
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.people import Person, Post
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.roles import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts(Facts):
    """What is said of a person: only what the source says. How to reach them is kept apart, in a contact."""

    name: Words
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts(Facts):
    """For which organisation a post speaks, its duty, and what it is called."""

    organisation: Organisation
    duty: str
    title: Words = ""


@act
def enter_person(*, by: Actor, code: str, facts: PersonFacts, keeper: Network | None = None) -> Person:
    """Enter a person who holds a post, spoke or signed; never a migrant's data."""
    check_verb(by, Verb.MANAGE_PEOPLE, keeper)
    check_within_reach(by, keeper, facts.organisation)
    row = Person(code=checked_code(code, "person"), keeper=keeper.code if keeper else "")
    store(take(row, facts))
    log(by, "person.entered", row)
    return row


@act
def create_post(*, by: Actor, code: str, facts: PostFacts, network: Network | None = None) -> Post:
    """Create a post for an organisation. Without a holder it is vacant; without a network it gives no rights."""
    check_verb(by, Verb.MANAGE_PEOPLE, network)
    check_within_reach(by, network, facts.organisation)
    row = Post(code=checked_code(code, "post"), network=network)
    store(take(row, facts))
    log(by, "post.created", row, organisation=row.organisation, duty=row.duty)
    return row


@act
def close_post(*, by: Actor, post: Post, on: date, heir: Post | None = None) -> Post:
    """Close a post. Its drafts need an heir: no duty may be left without a post.

    The operator closes no post with rights that somebody holds: he ends the holding first, from a paper.
    """
    held(post)
    check_verb(by, Verb.MANAGE_PEOPLE, post)
    lasting = post.holdings.lasting(on)
    if lasting.exists():
        check_operator_ends(by, post, paper=False)
    if heir is None and post.drafts.exists():
        raise RefusedError("post.leaves_drafts", count=post.drafts.count(), post=post.code)
    if heir is not None:
        hand_over_drafts(by=by, from_post=post, to_post=heir)
    for holding in held_all(lasting):
        holding.to_date = on
        store(holding)
    post.closed_on = on
    store(post)
    log(by, "post.closed", post, on=on, heir=heir)
    return post


def _check_post(row: Post, facts: PostFacts) -> None:
    """Whom a post speaks for and what it may do stays, once somebody was appointed to it."""
    changed = facts.duty != row.duty or facts.organisation.pk != row.organisation_id
    if changed and row.holdings.standing().exists():
        raise RefusedError("post.has_holders", post=row.code)


def _leave_post(by: Actor, row: Post) -> None:
    """A post that somebody holds is not withdrawn: the rights would end without a word."""
    if row.holdings.lasting(by.today or date.min).exists():
        raise RefusedError("post.is_held", post=row.code)


AMENDS = {
    Person.noun: Amendable(PersonFacts, Verb.MANAGE_PEOPLE),
    Post.noun: Amendable(PostFacts, Verb.MANAGE_PEOPLE, check=_check_post, leave=_leave_post),
}
"""How what stands here is corrected."""
