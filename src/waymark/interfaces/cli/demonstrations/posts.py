"""Who acts in a demonstration: the holders of its posts on the days of which it tells."""

from collections.abc import Iterator
from datetime import date

from waymark.gcm.errors import InputError
from waymark.interfaces.cli.demonstrations.loading import Loading
from waymark.records.actors import Actor
from waymark.records.organisations import Organisation
from waymark.records.people import PostHolding
from waymark.records.permissions import in_office
from waymark.records.roles import ROLES, VERB_OF_VOICE, Verb

DOOR = "cli"
"""The door through which a demonstration comes in."""


def holder(loading: Loading, key: str, on: date) -> Actor:
    """The person who held a post on a day. Raises InputError when the post was vacant."""
    rows = loading.posts[key].holdings.on(on).select_related("post__organisation", "post__network", "person")
    found = next((held for held in rows if in_office(held, on)), None)
    if found is None:
        raise InputError(
            f"demonstration {loading.code}",
            f"nobody holds the post {key} on {on}",
            expected="a post that is held on that day",
            todo="Correct people.csv or the day.",
        )
    return Actor.holder(found, on, door=DOOR)


def speaker(loading: Loading, organisation: Organisation, verb: Verb, on: date) -> Actor | None:
    """Who could say something for an organisation on a day; None when no post of it was held that gives this right."""
    for held in _holdings(loading):
        speaks = held.post.organisation_id == organisation.pk and verb in ROLES[held.post.duty].verbs
        if speaks and in_office(held, on):
            return Actor.holder(held, on, door=DOOR)
    return None


def reporter(loading: Loading, organisation: Organisation, voice: str, on: date) -> Actor | None:
    """Who could report for an organisation in a voice on a day; None when nobody held such a post."""
    return speaker(loading, organisation, VERB_OF_VOICE[voice], on)


def officer(loading: Loading, network: str, on: date, but: frozenset[int] = frozenset()) -> Actor:
    """An officer of a network who answers on a day, and is none of some persons. Raises InputError without one."""
    for held in _holdings(loading):
        answers = held.post.keeper == network and Verb.ACCEPT_REPORT in ROLES[held.post.duty].verbs
        if answers and in_office(held, on) and held.person_id not in but:
            return Actor.holder(held, on, door=DOOR)
    raise InputError(
        f"demonstration {loading.code}",
        f"no other officer of {network} is in office on {on}",
        expected="a second officer on that day",
        todo="Correct people.csv or the day.",
    )


def _holdings(loading: Loading) -> Iterator[PostHolding]:
    """Every holding in the order of the posts, read once."""
    if not loading.holdings:
        for post in loading.posts.values():
            rows = post.holdings.select_related("post__organisation", "post__network", "person")
            loading.holdings.extend(rows.order_by("from_date", "pk"))
    return iter(loading.holdings)
