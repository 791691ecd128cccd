from datetime import date

from tests.factories.networks import network
from waymark.actions.workplans import AreaFacts, PeriodFacts, WorkplanFacts, add_area, make_workplan, open_period
from waymark.records.actors import Actor
from waymark.records.networks import Network
from waymark.records.reports import ReportingPeriod
from waymark.records.workplans import WorkArea, Workplan


def workplan(code: str = "plan-2025") -> Workplan:
    row = Workplan.objects.filter(code=code).first()
    return row or make_workplan(
        by=Actor.operator(),
        network=network(),
        code=code,
        facts=WorkplanFacts(title="Workplan", from_date=date(2025, 1, 1), to_date=date(2026, 12, 31)),
    )


def area() -> WorkArea:
    return workplan().areas.first() or add_area(by=Actor.operator(), workplan=workplan(), facts=AreaFacts(title="Data"))


def period(code: str = "2025-h1", within: Network | None = None) -> ReportingPeriod:
    row = ReportingPeriod.objects.filter(code=code).first()
    return row or open_period(
        by=Actor.operator(),
        network=within or network(),
        code=code,
        facts=PeriodFacts(
            title=code, from_date=date(2025, 1, 1), to_date=date(2025, 6, 30), due_date=date(2025, 7, 31)
        ),
    )
