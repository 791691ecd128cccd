"""What is done to drafts: save, hand over, discard."""

from datetime import date
from typing import Any

from waymark.actions.acts import act
from waymark.actions.facts import Words
from waymark.actions.log import log
from waymark.actions.storing import by_language, free_code, held, held_all, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.drafts import Draft
from waymark.records.people import Post
from waymark.records.permissions import check_in_office, check_verb
from waymark.records.roles import Verb


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
    _check_holder(by, post)
    row = (
        held(draft)
        if draft
        else Draft(code=free_code(Draft, f"{post.code}.draft"), post=post, classification="restricted")
    )
    if row.post_id != post.pk:
        raise RefusedError("draft.of_another_post", draft=row.code, post=row.post.code)
    row.title, row.body, row.subject, row.saved_on = by_language(title), body, subject, on
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
def discard_draft(*, by: Actor, draft: Draft) -> Draft:
    """Withdraw a draft that nobody needs any more; only the holder of its post does."""
    held(draft)
    _check_holder(by, draft.post)
    draft.withdrawn = True
    store(draft)
    log(by, "draft.discarded", draft)
    return draft


def _check_holder(by: Actor, post: Post) -> None:
    check_in_office(by)
    if by.own_post is None or by.own_post.pk != post.pk:
        raise RefusedError("draft.not_the_holder", post=post.code)
