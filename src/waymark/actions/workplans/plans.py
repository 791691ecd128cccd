"""What is done to workplans: make one, add areas."""

from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, check_named, take
from waymark.actions.log import log
from waymark.actions.storing import checked_code, free_code, fresh, store
from waymark.records.actors import Actor
from waymark.records.networks import Network, WorkingGroup
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb
from waymark.records.workplans import WorkArea, Workplan


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkplanFacts(Facts):
    """What a workplan is called, the period it is for, and when it was adopted."""

    title: Words
    from_date: date | None = None
    to_date: date | None = None
    adopted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts(Facts):
    """An area of work, and the working group that leads it."""

    title: Words
    working_group: WorkingGroup | None = None


@act
def make_workplan(*, by: Actor, network: Network, code: str, facts: WorkplanFacts) -> Workplan:
    """Make a workplan of a network for a period."""
    check_verb(by, Verb.PLAN, network)
    row = store(take(Workplan(network=network, code=checked_code(code, "workplan")), facts))
    log(by, "workplan.made", row, from_date=facts.from_date, to_date=facts.to_date)
    return row


@act
def add_area(*, by: Actor, workplan: Workplan, facts: AreaFacts) -> WorkArea:
    """Add an area of work at the end of a workplan."""
    fresh(workplan)
    check_verb(by, Verb.PLAN, workplan)
    check_named(by, workplan, facts)
    position = workplan.areas.count() + 1
    row = WorkArea(
        workplan=workplan,
        code=free_code(WorkArea, f"{workplan.code}.a{position}"),
        position=position,
        classification=workplan.classification,
    )
    store(take(row, facts))
    log(by, "workplan.area.added", row)
    return row


AMENDS = {
    Workplan.noun: Amendable(WorkplanFacts, Verb.PLAN),
    WorkArea.noun: Amendable(AreaFacts, Verb.PLAN),
}
"""How what stands here is corrected."""
