"""Positions: what a place or an organisation thinks of a text, said here by its post or entered from a paper."""

import datetime
from dataclasses import dataclass

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Paper, Words, from_paper, take
from waymark.actions.log import log
from waymark.actions.storing import free_code, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.frameworks import Framework, Position, Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_speaks, check_verb, check_within_reach
from waymark.records.places import Place
from waymark.records.roles import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionFacts(Facts):
    """A stance, the day on which it was taken, and its words."""

    stance: str
    date: datetime.date | None = None
    text: Words = ""


@act
def take_position(
    *,
    by: Actor,
    facts: PositionFacts,
    on: Framework | Provision,
    organisation: Organisation | None = None,
    place: Place | None = None,
    keeper: Network | None = None,
    paper: Paper | None = None,
) -> Position:
    """Record the stance of an organisation or a place on a framework or a provision, kept by the network of the post.

    The holder of a post of the organisation takes it himself. What it said elsewhere, and what a place did (a State's
    vote), who keeps the network's register enters from a `paper`.
    """
    keeper = keeper or (by.post.network if by.post else None)
    if organisation is not None:
        check_speaks(by, Verb.TAKE_POSITION, keeper, organisation, paper=paper is not None)
    elif paper is None:
        raise RefusedError("position.of_place_without_paper", place=place.code if place else "")
    else:
        check_verb(by, Verb.KEEP_REGISTER, keeper)
    for named in (on, organisation):
        check_within_reach(by, keeper, named)
    who = organisation.code if organisation else place.code if place else "nobody"
    row = Position(
        code=free_code(Position, f"{who}.{on.urn_code()}.{facts.stance}"),
        place=place,
        organisation=organisation,
        framework=on if isinstance(on, Framework) else None,
        provision=on if isinstance(on, Provision) else None,
        post=by.post,
        person=by.person,
        keeper=keeper.code if keeper else "",
        **from_paper(by, keeper, paper),
    )
    store(take(row, facts))
    log(by, "position.taken", row, stance=row.stance, on=row.date)
    return row


def _check_right(by: Actor, row: Position) -> None:
    """What a body said here itself its own posts correct, what was entered from a paper who keeps the register."""
    if row.organisation is not None and not row.entered_for:
        check_speaks(by, Verb.TAKE_POSITION, row, row.organisation)
    else:
        check_verb(by, Verb.KEEP_REGISTER, row)


AMENDS = {Position.noun: Amendable(PositionFacts, _check_right)}
"""How what stands here is corrected."""
