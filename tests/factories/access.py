"""Every act by every duty: when a test first gets an act done, it is tried with the same arguments by all others.

For each duty of a post: a holder for the organisation that acted in the test, one for another organisation, one in
another network, and one whose holding ended yesterday; also the operator and somebody without a name. Who is let in is
compared with the table that was written by hand, `tests/actions/access.csv`. Then all of it is undone.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from waymark.gcm.errors import RefusedError, WaymarkError
from waymark.records.actors import ANONYMOUS, Actor
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.people import Duty, Person, Post, PostHolding
from waymark.records.proposals import ChangeProposal
from waymark.records.record import Record

TODAY = date(2026, 6, 1)
TABLE = Path(__file__).parents[1] / "actions" / "access.csv"
COLUMNS = (*Duty.values, "operator", "anonymous")
RELATIONS = ("own", "other organisation", "other network", "ended")


REFUSALS = ("permission.", "draft.not_the_holder")
"""How the codes of refusals begin that say who may, not when."""


@cache
def table() -> dict[str, dict[str, str]]:
    """Act → who may: for each duty "any" organisation in the network, only its "own", or nobody ("").

    "everywhere" is any organisation of any network. An act on many nouns has a row for each: `amend[commitment]`.
    """
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["act"]: row for row in csv.DictReader(lines)}


def row_of(act: str, given: dict[str, Any]) -> dict[str, str]:
    """The row of the table for an act with these arguments. Raises AssertionError where there is none."""
    name = act.removeprefix("waymark.actions.")
    about = given.get("proposal") or given.get("row")
    noun = about.subject.split(":")[3] if isinstance(about, ChangeProposal) else about.noun if about else ""
    row = table().get(name) or table().get(f"{name}[{noun}]")
    assert row is not None, f"{name}[{noun}] has no row in tests/actions/access.csv"
    return row


def is_known(act: str, given: dict[str, Any], known: set[str]) -> bool:
    """Whether an act with these arguments was asked already; what takes no `by` is asked of nobody."""
    if "by" not in given:
        return True
    try:
        return row_of(act, given)["act"] in known
    except AssertionError:
        return False  # said once the act is done


LETS_IN = {
    "own": {"any", "own", "everywhere"},
    "other organisation": {"any", "everywhere"},
    "other network": {"everywhere"},
    "ended": set(),
    "": {"any"},
}
"""Relation of who acts to what is acted on → the cells that let him in; "" is for who holds no post."""


def others(given: dict[str, Any]) -> Iterator[tuple[str, str, Actor]]:
    """Everybody who is tried: column, relation, actor. Their posts are made where the act is to be done."""
    by: Actor = given["by"]
    network = Network.objects.filter(code=_keeper(given)).first()
    yield "operator", "", Actor.operator()
    yield "anonymous", "", ANONYMOUS
    if network is None:
        return  # what the installation keeps
    far = _stored(Network(code="far-network", kind="un_network", level="national", name={"en": "Far"}))
    elsewhere = _stored(Organisation(code="elsewhere", kind="government"))
    own = by.organisation or _organisation(given)
    for duty in Duty.values:
        for relation in RELATIONS:
            place = far if relation == "other network" else network
            body = elsewhere if relation == "other organisation" or own is None else own
            if own is None and relation != "other organisation":
                continue  # nobody knows whose it is
            name = f"try-{duty}-{relation.replace(' ', '-')}"
            seat = _stored(Post(code=name, network=place, organisation=body, duty=duty))
            holding = PostHolding(code=name, post=seat, person=_stored(Person(code=name)))
            if relation == "ended":
                holding.to_date = TODAY - timedelta(days=1)
            yield duty, relation, Actor.holder(_stored(holding), TODAY)


def _stored(row: Any) -> Any:
    row.save()
    return row


def _keeper(given: dict[str, Any]) -> str:
    rows = [value for value in given.values() if isinstance(value, Record) and value.keeper]
    post = given["by"].post
    return post.keeper if post is not None else rows[0].keeper if rows else ""


def _organisation(given: dict[str, Any]) -> Organisation | None:
    return next((value for value in given.values() if isinstance(value, Organisation)), None)


def let_in(act: Callable[..., Any], given: dict[str, Any], actor: Actor) -> tuple[bool, str]:
    """Whether the act asks who it is and lets the actor go on, and the refusal; whatever it does is undone."""
    try:
        with transaction.atomic():
            act(**given | {"by": actor})
            transaction.set_rollback(True)
    except RefusedError as refusal:
        return not refusal.code.startswith(REFUSALS), refusal.code
    except WaymarkError as refusal:
        return True, str(refusal)
    return True, ""


def found(act: Callable[..., Any], copies: Callable[[], dict[str, Any]]) -> dict[tuple[str, str], tuple[bool, str]]:
    """Who is let in by an act, by column and relation."""
    answers = {}
    with transaction.atomic():
        for column, relation, actor in others(copies()):
            answers[column, relation] = let_in(act, copies(), actor)
        transaction.set_rollback(True)
    return answers
