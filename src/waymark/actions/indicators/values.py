"""How a value of an indicator is written by the body that says it: draft, hand in; and corrected after acceptance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Paper, Words, from_paper, take
from waymark.actions.indicators.measuring import Measure, measure_of
from waymark.actions.log import log
from waymark.actions.storing import by_language, free_code, fresh, held, relate, store
from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.indicators import disaggregation
from waymark.gcm.lists import BoundSign, EmptyReason
from waymark.gcm.periods import parse_period
from waymark.gcm.wording import OneOf
from waymark.records.actors import Actor
from waymark.records.documents import Document
from waymark.records.indicators import NationalIndicator, NationalValue
from waymark.records.organisations import Organisation
from waymark.records.people import Person
from waymark.records.permissions import check_holder, check_speaks, check_within_reach, speaks_itself
from waymark.records.roles import Verb
from waymark.records.states import NATIONAL_VALUE, next_state, state_label


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFacts(Facts):
    """The value of a period, or a `bound` with its sign, or why there is none; and where it was published.

    A `disaggregation` is written "sex=female"; "" is the total. `break_before` says that it was counted in another way
    than those before.
    """

    period: str
    value: float | None = None
    qualifier: str = ""
    bound: float | None = None
    empty_reason: str = ""
    disaggregation: str = ""
    break_before: bool = False
    document: Document | None = None
    page: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        Facts.__post_init__(self)
        pairs = [part.partition("=") for part in self.disaggregation.split("|") if part]
        if any(not sign or not value for _, sign, value in pairs):
            raise InputError.coded("value.breakdown", given=repr(self.disaggregation))
        object.__setattr__(self, "period", parse_period(self.period).text)
        object.__setattr__(self, "disaggregation", disaggregation((name, value) for name, _, value in pairs))
        if self.qualifier not in ("", *BoundSign.values):
            raise InputError.coded("value.qualifier", given=repr(self.qualifier), known=OneOf(tuple(BoundSign.values)))
        if self.empty_reason not in ("", *EmptyReason.values):
            known = OneOf(tuple(EmptyReason.values))
            raise InputError.coded("value.empty_reason", given=repr(self.empty_reason), known=known)
        for number in (self.value, self.bound):
            if number is not None and not math.isfinite(number):
                raise InputError.coded("value.no_number", given=str(number))
        bounded = (bool(self.qualifier), self.bound is not None)
        if any(bounded) != all(bounded) or (self.value is not None) + any(bounded) + bool(self.empty_reason) != 1:
            raise InputError.coded("value.says_one_thing", period=self.period)


@act
def enter_value(
    *,
    by: Actor,
    of: NationalIndicator | str,
    organisation: Organisation,
    facts: ValueFacts,
) -> NationalValue:
    """Write a value of an indicator down as a draft of the acting post's organisation.

    `of` is a national indicator, or the code of one of the catalogue, then for the place of the post's network.
    """
    check_holder(by)
    network = of.network if isinstance(of, NationalIndicator) else by.post.network if by.post else None
    check_speaks(by, Verb.ENTER_VALUE, network, organisation)
    row = value_of(by, measure_of(of, network), organisation)
    written(by, row, facts)
    log(by, "value.drafted", row)
    return row


def value_of(by: Actor, measure: Measure, organisation: Organisation) -> NationalValue:
    """A new row for a value, not filled yet."""
    return NationalValue(
        network=fresh(measure.network),
        indicator=measure.indicator,
        catalogue_code=measure.catalogue_code,
        place=measure.place,
        organisation=organisation,
        unit=measure.unit,
        post=by.post,
    )


def written(by: Actor, row: NationalValue, facts: ValueFacts) -> NationalValue:
    """Store a new row with its facts, under a code of its own, and note who wrote it."""
    check_within_reach(by, row.network, row.organisation)
    check_within_reach(by, row.network, facts.document)
    _check_value(row, facts)
    row.code = free_code(NationalValue, f"{row.network.code}.{row.measured}.{facts.period}.{row.organisation.code}")
    store(take(row, facts))
    relate(row, "writers", by.people)
    return row


def _check_value(row: NationalValue, facts: ValueFacts) -> None:
    """Refuse a value that its indicator cannot have."""
    measure = measure_of(row.indicator or row.catalogue_code, row.network)
    for number in (facts.value, facts.bound):
        if number is not None and measure.low is not None and number < measure.low:
            raise RefusedError("value.too_low", value=f"{number:g}", low=f"{measure.low:g}", indicator=measure.code)
        if number is not None and measure.high is not None and number > measure.high:
            raise RefusedError("value.too_high", value=f"{number:g}", high=f"{measure.high:g}", indicator=measure.code)
    for part in filter(None, facts.disaggregation.split("|")):
        name = part.partition("=")[0]
        if name not in measure.dimensions:
            raise RefusedError(
                "value.unknown_breakdown", name=name, indicator=measure.code, known=tuple(sorted(measure.dimensions))
            )


@act
def submit_value(*, by: Actor, row: NationalValue) -> NationalValue:
    """Hand a value in today. What its body hands in itself is its own word, no longer that of a paper."""
    held(row)
    today = check_holder(by)
    _check_right(by, row)
    row.state = next_state(NATIONAL_VALUE, row, "submit")
    row.submitted_on = today
    if speaks_itself(by, Verb.ENTER_VALUE, row, row.organisation):
        row.paper, row.paper_words, row.paper_date = None, "", None
    store(row)
    _wrote(row, by.people)
    log(by, "value.submitted", row, on=today)
    return row


@act
def correct_value(
    *, by: Actor, row: NationalValue, facts: ValueFacts, reason: Words, paper: Paper | None = None
) -> NationalValue:
    """Write a correction of an accepted value, for a reason that stays on record.

    It goes the way of every value; when it is accepted the former is corrected and counts no more. From a `paper` it is
    handed in at once. It has the class of the former where none is given.
    """
    held(row)
    today = check_holder(by)
    check_speaks(by, Verb.ENTER_VALUE, row, row.organisation, paper=paper is not None)
    next_state(NATIONAL_VALUE, row, "correct")
    if not reason:
        raise RefusedError("value.corrected_without_reason", value=row.code)
    if (facts.period, facts.disaggregation) != (row.period, row.disaggregation):
        raise RefusedError("value.another_period", value=row.code, period=row.period)
    waiting = row.corrections.standing().first()
    if waiting is not None:
        raise RefusedError("value.correction_waits", value=row.code, correction=waiting.code)
    new = value_of(by, measure_of(row.indicator or row.catalogue_code, row.network), row.organisation)
    new.corrects, new.correction_reason, new.classification = row, by_language(reason), row.classification
    for name, value in from_paper(by, row, paper).items():
        setattr(new, name, value)
    if paper is not None:
        new.state, new.submitted_on = "submitted", today
    written(by, new, facts)
    log(by, "value.correction.drafted", new, of=row, reason=by_language(reason))
    return new


def _check_right(by: Actor, row: NationalValue) -> None:
    """Who speaks for the body corrects and withdraws; what was entered for it also who enters."""
    check_speaks(by, Verb.ENTER_VALUE, row, row.organisation, entered=row.entered_for)


def _check_amended(row: NationalValue, facts: ValueFacts) -> None:
    """A value is rewritten until it is handed in, or when it was returned; an accepted one gets a correction."""
    if row.state not in ("draft", "returned"):
        raise RefusedError("value.not_revised_now", value=row.code, state=state_label(row.state))
    _check_value(row, facts)


def _check_withdrawn(_by: Actor, row: NationalValue) -> None:
    """What took the place of another value stays: without it no value would stand."""
    if row.corrects_id is not None and row.state == "accepted":
        raise RefusedError("value.correction_stands", value=row.code)


def _wrote(row: NationalValue, people: Sequence[Person]) -> None:
    """Note whose words a value says."""
    if people:
        relate(row, "writers", {*row.writers.all(), *people})


AMENDS = {
    NationalValue.noun: Amendable(
        ValueFacts, _check_right, check=_check_amended, drafted=_wrote, leave=_check_withdrawn, open=False
    ),
}
"""How what stands here is corrected."""
