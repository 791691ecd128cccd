"""How values that bodies published or sent elsewhere are entered for them, each from its paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Paper, from_paper
from waymark.actions.indicators.measuring import measure_of
from waymark.actions.indicators.values import ValueFacts, value_of, written
from waymark.actions.log import Act, log_all
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.indicators import NationalIndicator, NationalValue
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_speaks
from waymark.records.roles import Verb


@dataclass(frozen=True, slots=True)
class PaperValue:
    """A value as a paper of the organisation gives it, handed in on the day of the paper.

    `of` is a national indicator, or the code of one of the catalogue. That it was accepted on a past day is brought by
    an import only.
    """

    of: NationalIndicator | str
    organisation: Organisation
    facts: ValueFacts
    paper: Paper
    accepted_on: date | None = None


@act
def enter_values(*, by: Actor, network: Network, entries: Sequence[PaperValue]) -> list[NationalValue]:
    """Enter values in a network for the bodies that gave them on paper, all or none.

    An officer enters what was handed in, and another one accepts it. An import by the operator also brings what was
    accepted in the past.
    """
    rows = [_entered(by, network, one) for one in entries]
    log_all(by, [Act("value.entered", row, {"state": row.state}) for row in rows])
    return rows


def _entered(by: Actor, network: Network, one: PaperValue) -> NationalValue:
    check_speaks(by, Verb.ENTER_VALUE, network, one.organisation, paper=True)
    row = value_of(by, measure_of(one.of, network), one.organisation)
    if row.network.pk != network.pk:
        raise RefusedError("value.of_another_network", indicator=row.measured, network=network.code)
    for name, value in from_paper(by, network, one.paper).items():
        setattr(row, name, value)
    row.state, row.submitted_on = "submitted", one.paper.date
    if one.accepted_on is not None:
        if by.kind != "operator":
            raise RefusedError("value.answered_on_paper", indicator=row.measured)
        if one.accepted_on < one.paper.date:
            raise RefusedError("value.accepted_before", indicator=row.measured, on=one.paper.date)
        if by.today is not None and one.accepted_on > by.today:
            raise RefusedError("value.accepted_ahead", indicator=row.measured, today=by.today)
        row.state, row.accepted_on = "accepted", one.accepted_on
    return written(by, row, one.facts)
