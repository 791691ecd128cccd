"""What is done to national indicators and values: define; enter, hand in, answer, correct; withdraw."""

from waymark.actions.indicators import defining, values
from waymark.actions.indicators.deciding import accept_value, return_value
from waymark.actions.indicators.defining import IndicatorFacts, define_indicator
from waymark.actions.indicators.entering import PaperValue, enter_values
from waymark.actions.indicators.values import ValueFacts, correct_value, enter_value, submit_value

AMENDS = {**defining.AMENDS, **values.AMENDS}
"""How what stands here is corrected."""

__all__ = [
    "AMENDS",
    "IndicatorFacts",
    "PaperValue",
    "ValueFacts",
    "accept_value",
    "correct_value",
    "define_indicator",
    "enter_value",
    "enter_values",
    "return_value",
    "submit_value",
]  # fmt: skip
