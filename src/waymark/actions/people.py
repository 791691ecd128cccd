"""What is done to persons and posts: enter, create, appoint, end, save and hand over drafts, name readers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, free_code, fresh, held, held_all, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.drafts import Draft
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.people import NamedReader, Person, Post, PostHolding
from waymark.records.permissions import Verb, check_in_office, check_verb
from waymark.records.record import Record

Words = str | dict[str, str]


@act
def enter_person(
    *,
    by: Actor,
    code: str,
    name: Words,
    organisation: Organisation | None = None,
    keeper: Network | None = None,
    classification: str = "network",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> Person:
    """Enter a person who holds a post, spoke or signed. Only what the source says; never a migrant's data."""
    check_verb(by, Verb.MANAGE_PEOPLE, keeper)
    row = Person(
        code=checked_code(code, "person"),
        name=said(name),
        organisation=organisation,
        keeper=keeper.code if keeper else "",
        classification=classification,
        **fact(source, locator, mark),
    )
    store(row)
    log(by, "person.entered", row)
    return row


@act
def create_post(
    *,
    by: Actor,
    code: str,
    organisation: Organisation,
    duty: str,
    network: Network | None = None,
    title: Words = "",
    classification: str = "network",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> Post:
    """Create a post for an organisation. Without a holder it is vacant; without a network it gives no rights."""
    check_verb(by, Verb.MANAGE_PEOPLE, network)
    row = Post(
        code=checked_code(code, "post"),
        network=network,
        organisation=organisation,
        duty=duty,
        title=said(title),
        classification=classification,
        **fact(source, locator, mark),
    )
    store(row)
    log(by, "post.created", row, organisation=organisation, duty=duty)
    return row


@act
def appoint(
    *,
    by: Actor,
    post: Post,
    person: Person,
    from_date: date | None = None,
    acting: bool = False,
    home: Organisation | None = None,
    to_date: date | None = None,
    end_unknown: bool = False,
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> PostHolding:
    """Appoint a person to a post; `home` is the organisation they come from when it is another."""
    fresh(post)
    check_verb(by, Verb.MANAGE_PEOPLE, post)
    if post.closed_on is not None:
        raise RefusedError("post.closed", post=post.code, on=post.closed_on)
    present = post.holdings.open().filter(acting=False).first()
    if present is not None and not acting and to_date is None and not end_unknown:
        raise RefusedError("post.held", person=present.person.code, post=post.code)
    row = PostHolding(
        code=free_code(PostHolding, f"{post.code}.{person.code}"),
        post=post,
        person=person,
        from_date=from_date,
        to_date=to_date,
        end_unknown=end_unknown,
        acting=acting,
        home=home,
        classification=post.classification,
        **fact(source, locator, mark),
    )
    store(row)
    log(by, "post.appointed", post, person=person, from_date=from_date, acting=acting)
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


@act
def close_post(*, by: Actor, post: Post, on: date, heir: Post | None = None) -> Post:
    """Close a post. Its drafts need an heir: no duty may be left without a post."""
    held(post)
    check_verb(by, Verb.MANAGE_PEOPLE, post)
    if heir is None and post.drafts.exists():
        raise RefusedError("post.leaves_drafts", count=post.drafts.count(), post=post.code)
    if heir is not None:
        hand_over_drafts(by=by, from_post=post, to_post=heir)
    for holding in held_all(post.holdings.open()):
        holding.to_date = on
        store(holding)
    post.closed_on = on
    store(post)
    log(by, "post.closed", post, on=on, heir=heir)
    return post


@act
def save_draft(
    *,
    by: Actor,
    post: Post,
    title: Words,
    body: dict[str, Any],
    subject: str = "",
    draft: Draft | None = None,
    on: date | None = None,
) -> Draft:
    """Save a working text of a post.

    Only its holder writes it.
    """
    check_in_office(by)
    if by.kind != "operator" and (by.post is None or by.post.pk != post.pk):
        raise RefusedError("draft.not_the_holder", post=post.code)
    row = (
        held(draft)
        if draft
        else Draft(code=free_code(Draft, f"{post.code}.draft"), post=post, classification="restricted")
    )
    if row.post_id != post.pk:
        raise RefusedError("draft.of_another_post", draft=row.code, post=row.post.code)
    row.title, row.body, row.subject, row.saved_on = said(title), body, subject, on
    store(row)
    log(by, "draft.saved", row, on=on)
    return row


@act
def hand_over_drafts(*, by: Actor, from_post: Post, to_post: Post) -> list[Draft]:
    """Give all drafts of a post to another, in the same network."""
    check_verb(by, Verb.MANAGE_PEOPLE, from_post)
    if from_post.network_id != to_post.network_id:
        raise RefusedError("post.heir_elsewhere", post=from_post.code, heir=to_post.code)
    drafts = held_all(from_post.drafts.all())
    for draft in drafts:
        draft.post = to_post
        store(draft)
        log(by, "draft.handed_over", draft, from_post=from_post, to_post=to_post)
    return drafts


@act
def name_readers(*, by: Actor, record: Record, persons: Sequence[Person]) -> None:
    """Name the persons who may read a strictly confidential record, besides those already named."""
    check_verb(by, Verb.MANAGE_PEOPLE, record)
    if by.person is not None and any(person.pk == by.person.pk for person in persons):
        raise RefusedError("reader.names_himself", record=record.code)
    for person in persons:
        NamedReader.objects.get_or_create(urn=record.urn, person=person)
    log(by, "record.readers.named", record, persons=list(persons))
