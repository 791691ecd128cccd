"""How a commitment is planned: milestones, results and how they are verified, risks and assumptions, budget lines."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from waymark.actions.acts import act
from waymark.actions.commitments.proposing import check_open
from waymark.actions.facts import Amendable, Facts, Words, check_named, take
from waymark.actions.log import log
from waymark.actions.storing import free_code, fresh, held, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment, Milestone
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_implement
from waymark.records.plans import BudgetLine, MeansOfVerification, Result, Risk
from waymark.records.reports import ReportingPeriod

R = TypeVar("R", Milestone, Result, MeansOfVerification, Risk, BudgetLine)


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFacts(Facts):
    """A step of a commitment, by when it is due, and on which day it was reached."""

    title: Words
    due_date: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts(Facts):
    """An output, outcome or impact, and the indicator in words with its baseline and target as stated."""

    kind: str
    words: Words
    indicator: Words = ""
    baseline: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansFacts(Facts):
    """Where one sees whether a result was reached, or the metric when no result is named; who gives it, how often."""

    words: Words
    result: Result | None = None
    provider: Organisation | None = None
    how_often: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts(Facts):
    """A risk or an assumption; a risk with its likelihood and effect (low, medium, high) and what is done about it."""

    kind: str
    words: Words
    likelihood: str = ""
    effect: str = ""
    answer: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetFacts(Facts):
    """Money planned, available and spent in `currency` (ISO 4217), for a year or a reporting period, from a funder."""

    currency: str
    title: Words = ""
    planned: Decimal | None = None
    available: Decimal | None = None
    spent: Decimal | None = None
    year: int | None = None
    period: ReportingPeriod | None = None
    funder: Organisation | None = None


def _add(by: Actor, commitment: Commitment, make: Callable[..., R], letter: str, facts: Facts) -> R:
    """Put a new row at the end of its list. Only money is still entered once a commitment has ended."""
    fresh(commitment)
    check_implement(by, commitment)
    check_named(by, commitment, facts)
    if make is not BudgetLine:
        check_open(commitment)
    row = make(commitment=commitment, classification=commitment.classification)
    row.position = type(row)._default_manager.filter(commitment=commitment).count() + 1
    row.code = free_code(type(row), f"{commitment.code}.{letter}{row.position}")
    _check_within(row, facts)
    return store(take(row, facts))


@act
def set_milestone(*, by: Actor, commitment: Commitment, facts: MilestoneFacts) -> Milestone:
    """Add a milestone at the end of a commitment's list."""
    row = _add(by, commitment, Milestone, "m", facts)
    log(by, "commitment.milestone.set", row, due_date=facts.due_date, done_on=facts.done_on)
    return row


@act
def reach_milestone(*, by: Actor, milestone: Milestone, on: date) -> Milestone:
    """Say on which day a milestone was reached."""
    held(milestone)
    check_implement(by, milestone.commitment)
    if milestone.done_on is not None:
        raise RefusedError("milestone.reached_already", milestone=milestone.code, on=milestone.done_on)
    milestone.done_on = on
    store(milestone)
    log(by, "commitment.milestone.reached", milestone, on=on)
    return milestone


@act
def plan_result(*, by: Actor, commitment: Commitment, facts: ResultFacts) -> Result:
    """Say what a commitment brings about."""
    row = _add(by, commitment, Result, "o", facts)
    log(by, "commitment.result.planned", row, kind=facts.kind)
    return row


@act
def name_means(*, by: Actor, commitment: Commitment, facts: MeansFacts) -> MeansOfVerification:
    """Say how a result, or the metric of a commitment, is verified."""
    row = _add(by, commitment, MeansOfVerification, "v", facts)
    log(by, "commitment.means.named", row, result=facts.result)
    return row


@act
def note_risk(*, by: Actor, commitment: Commitment, facts: RiskFacts) -> Risk:
    """Note a risk, or an assumption on which a commitment rests."""
    row = _add(by, commitment, Risk, "r", facts)
    log(by, "commitment.risk.noted", row, kind=facts.kind)
    return row


@act
def budget(*, by: Actor, commitment: Commitment, facts: BudgetFacts) -> BudgetLine:
    """Enter a line of a commitment's budget."""
    row = _add(by, commitment, BudgetLine, "b", facts)
    log(by, "commitment.budget.entered", row, year=facts.year, period=facts.period)
    return row


def _check_within(row: Any, facts: Facts) -> None:
    """A result that is verified, and a period that money is for, are those of the commitment."""
    result, period = getattr(facts, "result", None), getattr(facts, "period", None)
    if result is not None and result.commitment_id != row.commitment_id:
        raise RefusedError("commitment.result_elsewhere", result=result.code, commitment=row.commitment.code)
    if period is not None and period.keeper != row.commitment.keeper:
        raise RefusedError("report.period_elsewhere", period=period.code, commitment=row.commitment.code)


def _check_right(by: Actor, row: Any) -> None:
    check_implement(by, row.commitment)


AMENDS = {
    Milestone.noun: Amendable(MilestoneFacts, _check_right),
    Result.noun: Amendable(ResultFacts, _check_right),
    MeansOfVerification.noun: Amendable(MeansFacts, _check_right, check=_check_within),
    Risk.noun: Amendable(RiskFacts, _check_right),
    BudgetLine.noun: Amendable(BudgetFacts, _check_right, check=_check_within),
}
"""How what stands here is corrected."""
