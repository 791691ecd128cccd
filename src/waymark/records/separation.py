"""Separation of duty compares persons: who wrote a thing does not accept, confirm or clear it."""

from waymark.records.actors import Actor
from waymark.records.delegations import Delegation


def hands(person: int | None, post: int | None = None) -> frozenset[int]:
    """Who did a thing that a person did in a post: that person, and for whom he acted there as a delegate."""
    if person is None:
        return frozenset()
    if post is None:
        return frozenset({person})
    lent = Delegation.objects.filter(person=person, holding__post=post)
    return frozenset({person, *lent.order_by().values_list("holding__person", flat=True)})


def same_hands(by: Actor, person: int | None, post: int | None = None) -> bool:
    """Whether who acts, or for whom he acts, did a thing, or had it done by a delegate.

    `person` is the key of who did it, `post` of the post that it was done in. A delegate acts in the post of the one
    who delegates, so both are taken for its writers, and both for its judges.
    """
    return bool(hands(person, post) & by.persons)
