"""What is done to workplans and their reporting periods: plan, open, schedule, lock, excuse."""

from waymark.actions.workplans import periods, plans
from waymark.actions.workplans.periods import (
    ExcuseFacts,
    PeriodFacts,
    excuse,
    extend,
    lock_period,
    open_period,
    reopen_period,
    schedule_periods,
)
from waymark.actions.workplans.plans import AreaFacts, WorkplanFacts, add_area, make_workplan

__all__ = [
    "AMENDS", "AreaFacts", "ExcuseFacts", "PeriodFacts", "WorkplanFacts", "add_area", "excuse", "extend", "lock_period",
    "make_workplan", "open_period", "reopen_period", "schedule_periods",
]  # fmt: skip

AMENDS = {**plans.AMENDS, **periods.AMENDS}
"""How what stands here is corrected."""
