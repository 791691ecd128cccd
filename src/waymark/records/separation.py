"""Separation of duty compares persons: who wrote a thing does not accept, confirm or clear it."""

from waymark.records.actors import Actor
from waymark.records.delegations import Delegation


def same_hands(by: Actor, person: int | None, post: int | None = None) -> bool:
    """Whether who acts, or for whom he acts, did a thing, or had it done by a delegate.

    `person` is the key of who did it, `post` of the post that it was done in. A delegate acts in the post of the one
    who delegates, so both are taken for its writers, and both for its judges.
    """
    if person is None:
        return False
    behind = {person}
    if post is not None:
        lent = Delegation.objects.filter(person=person, holding__post=post)
        behind |= set(lent.order_by().values_list("holding__person", flat=True))
    return bool(behind & by.persons)
