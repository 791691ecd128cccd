from datetime import date
from typing import Any

from tests.factories.facts import asked
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import OPERATOR
from waymark.actions.facts import Paper
from waymark.actions.indicators import IndicatorFacts, PaperValue, ValueFacts, define_indicator, enter_values
from waymark.records.indicators import NationalIndicator, NationalValue
from waymark.records.organisations import Organisation

YEARBOOK = Paper(date(2026, 2, 1), words="Yearbook 2025 of the statistical office")


def office() -> Organisation:
    """The statistical office."""
    return organisation("stat-office")


def indicator(code: str = "qor-counselling", **fields: Any) -> NationalIndicator:
    """A national indicator under the first objective of the tests."""
    row = NationalIndicator.objects.filter(code=code).first()
    if row is not None:
        return row
    given = {
        "title": "Journeys with counselling before departure",
        "meaning": "Journeys of which the traveller spoke with an adviser before, in per cent.",
        "unit": "percent",
        "direction": "up",
        "producer": office(),
        "provisions": [provision()],
    } | fields
    return define_indicator(by=OPERATOR, network=network(), code=code, **asked(IndicatorFacts, given))


def entered(period: str = "2023", of: NationalIndicator | str | None = None, **fields: Any) -> NationalValue:
    """A value that an import brought, by default an accepted one."""
    given = {"value": 40.0} | fields
    accepted_on = given.pop("accepted_on", date(2026, 2, 10))
    facts = ValueFacts(period=period, **given)
    (row,) = enter_values(
        by=OPERATOR,
        network=network(),
        entries=[PaperValue(of or indicator(), office(), facts, YEARBOOK, accepted_on)],
    )
    return row
