"""What is done to workplans: make one, add areas, open and lock reporting periods."""

from datetime import date

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, fresh, held, said, store
from waymark.records.actors import Actor
from waymark.records.networks import Network, WorkingGroup
from waymark.records.permissions import Verb, check_verb
from waymark.records.reports import ReportingPeriod
from waymark.records.workplans import WorkArea, Workplan

Words = str | dict[str, str]


@act
def make_workplan(
    *,
    by: Actor,
    network: Network,
    code: str,
    title: Words,
    from_date: date | None = None,
    to_date: date | None = None,
    adopted_on: date | None = None,
    classification: str = "network",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> Workplan:
    """Make a workplan of a network for a period."""
    check_verb(by, Verb.PLAN, network)
    row = Workplan(
        network=network,
        code=checked_code(code, "workplan"),
        title=said(title),
        from_date=from_date,
        to_date=to_date,
        adopted_on=adopted_on,
        classification=classification,
        **fact(source, locator, mark),
    )
    store(row)
    log(by, "workplan.made", row, from_date=from_date, to_date=to_date)
    return row


@act
def add_area(
    *,
    by: Actor,
    workplan: Workplan,
    title: Words,
    group: WorkingGroup | None = None,
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> WorkArea:
    """Add an area of work at the end of a workplan."""
    check_verb(by, Verb.PLAN, workplan)
    fresh(workplan)
    position = workplan.areas.count() + 1
    row = WorkArea(
        workplan=workplan,
        code=f"{workplan.code}.a{position}",
        title=said(title),
        working_group=group,
        position=position,
        classification=workplan.classification,
        **fact(source, locator, mark),
    )
    store(row)
    log(by, "workplan.area.added", row)
    return row


@act
def open_period(
    *,
    by: Actor,
    network: Network,
    code: str,
    title: Words,
    from_date: date,
    to_date: date,
    due_date: date | None = None,
    classification: str = "public",
) -> ReportingPeriod:
    """Open a reporting period of a network; reports on it are due on `due_date`."""
    check_verb(by, Verb.PLAN, network)
    row = ReportingPeriod(
        network=network,
        code=checked_code(code, "reporting-period"),
        title=said(title),
        from_date=from_date,
        to_date=to_date,
        due_date=due_date,
        classification=classification,
    )
    store(row)
    log(by, "period.opened", row, from_date=from_date, to_date=to_date, due_date=due_date)
    return row


@act
def lock_period(*, by: Actor, period: ReportingPeriod, locked: bool = True) -> ReportingPeriod:
    """Lock a reporting period against further reports, or reopen it; both are logged."""
    held(period)
    check_verb(by, Verb.PLAN, period)
    period.locked = locked
    store(period)
    log(by, "period.locked" if locked else "period.reopened", period)
    return period
