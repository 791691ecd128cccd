"""How a network defines an indicator of its own, with the fields of the catalogue's definitions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.storing import by_language, fresh, relate, store
from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.frameworks import objective_of_code
from waymark.gcm.indicators import TRAITS, indicators, units
from waymark.gcm.lists import WantedDirection
from waymark.gcm.wording import OneOf
from waymark.records.actors import Actor
from waymark.records.frameworks import Provision
from waymark.records.indicators import NationalIndicator
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.roles import Verb

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,78}[a-z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFacts(Facts):
    """What an indicator measures, in which unit, which way it should go, and under which provisions it stands.

    A `target` is given only where a source states one. Values from `baseline_year` on are assessed. `natural_limit` is
    the value that cannot be passed. `disaggregations` are the dimensions by which values may be broken down, such as
    "sex". `producer` is the body that makes the figures.
    """

    title: Words
    meaning: Words
    unit: str
    direction: str
    producer: Organisation
    provisions: Sequence[Provision]
    unit_label: Words = ""
    target: float | None = None
    target_year: int | None = None
    target_source: str = ""
    baseline_year: int = 2015
    valid_min: float | None = None
    valid_max: float | None = None
    natural_limit: float | None = None
    traits: Sequence[str] = ()
    disaggregations: Sequence[str] = ()
    caveats: Words = ""
    outside_compact: bool = False

    def __post_init__(self) -> None:
        Facts.__post_init__(self)
        known = units()
        if self.unit not in known:
            raise InputError.coded("indicator.unknown_unit", unit=repr(self.unit), known=OneOf(tuple(sorted(known))))
        if self.direction not in WantedDirection.values:
            raise InputError.coded(
                "indicator.unknown_direction",
                direction=repr(self.direction),
                known=OneOf(tuple(WantedDirection.values)),
            )
        for trait in self.traits:
            if trait not in TRAITS:
                raise InputError.coded("indicator.unknown_trait", trait=repr(trait), known=OneOf(tuple(sorted(TRAITS))))


@act
def define_indicator(*, by: Actor, network: Network, code: str, facts: IndicatorFacts) -> NationalIndicator:
    """Define an indicator of a network for its place. Values of it are entered one by one, and accepted."""
    check_verb(by, Verb.KEEP_REGISTER, fresh(network))
    for named in (facts.producer, *facts.provisions):
        check_within_reach(by, network, named)
    if not CODE.fullmatch(code) or code in {one.code for one in indicators()}:
        raise InputError.coded("indicator.code", code=repr(code))
    if network.place is None:
        raise RefusedError("indicator.without_place", network=network.code)
    row = NationalIndicator(code=code, network=network, place=network.place)
    _check_indicator(row, facts)
    store(take(row, facts))
    relate(row, "provisions", facts.provisions)
    log(by, "indicator.defined", row)
    return row


def _check_indicator(row: NationalIndicator, facts: IndicatorFacts) -> None:
    """Refuse what no review could show: without an objective, a target without its source, a range upside down."""
    if not any(objective_of_code(one.framework.code, one.code) for one in facts.provisions):
        raise RefusedError("indicator.without_objective", indicator=row.code)
    _check_target(row, facts)
    low, high = facts.valid_min, facts.valid_max
    if low is not None and high is not None and low > high:
        raise RefusedError("indicator.range", indicator=row.code, low=str(low), high=str(high))
    if facts.direction == WantedDirection.PARITY and (low is None or low <= 0):
        raise RefusedError("indicator.parity_above_nothing", indicator=row.code)
    measured = row.unit, by_language(row.unit_label)
    if row.pk and measured != (facts.unit, by_language(facts.unit_label)) and row.values.standing().exists():
        raise RefusedError("indicator.unit_has_values", indicator=row.code)


def _check_target(row: NationalIndicator, facts: IndicatorFacts) -> None:
    given = (facts.target is not None, facts.target_year is not None, bool(facts.target_source))
    if any(given) and not all(given):
        raise RefusedError("indicator.target_in_part", indicator=row.code)
    if facts.target is not None and facts.direction == WantedDirection.NONE:
        raise RefusedError("indicator.target_without_direction", indicator=row.code)


AMENDS = {
    NationalIndicator.noun: Amendable(IndicatorFacts, Verb.KEEP_REGISTER, check=_check_indicator, lists=("provisions",))
}
"""How what stands here is corrected."""
