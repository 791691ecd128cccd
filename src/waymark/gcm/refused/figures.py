"""Refusals about national indicators and values."""

from collections.abc import Mapping
from types import MappingProxyType

from waymark.gcm.sentences import Given, Wording

FIGURES: Mapping[str, Wording] = MappingProxyType(
    {
        "indicator.unknown_unit": Given(
            "unit {unit}",
            "there is no such unit",
            "{known}",
            "Choose one.",
        ),
        "indicator.unknown_direction": Given(
            "direction {direction}",
            "there is no such direction",
            "{known}",
            "Choose one.",
        ),
        "indicator.unknown_trait": Given(
            "trait {trait}",
            "there is no such trait",
            "{known}",
            "Choose among these.",
        ),
        "indicator.code": Given(
            "code {code}",
            "it cannot be the code of a national indicator",
            "3 to 80 small letters, figures and hyphens, and no code of the catalogue",
            "Choose another.",
        ),
        "indicator.not_known": Given(
            "indicator {code}",
            "there is no national indicator of this code, and the catalogue has none",
            "the code of an indicator",
            "Correct the code, or define the indicator first.",
        ),
        "indicator.without_place": "The network {network} is of no place, so it has no national figures. Use the "
        "network of a country.",
        "indicator.without_objective": "The indicator {indicator} stands under no objective of the Compact. Name at "
        "least one objective, or an action under one.",
        "indicator.target_in_part": "A target of {indicator} is a number, its year, and the source that states it. "
        "Give all three, or none.",
        "indicator.target_without_direction": "{indicator} has a target, so more or less is wanted. Say which, or "
        "leave out the target.",
        "indicator.range": "The values of {indicator} lie between {low} and {high}: the least is greater than the "
        "greatest. Correct one of the two.",
        "indicator.parity_above_nothing": "A ratio whose goal is 1 is greater than 0. Give {indicator} a least value "
        "above 0.",
        "indicator.unit_has_values": "The unit of {indicator} stays as it is: it has values. Define another indicator.",
        "value.breakdown": Given(
            "breakdown {given}",
            "it cannot be read",
            "one such as sex=female; several with | between",
            "Correct it.",
        ),
        "value.qualifier": Given(
            "sign {given}",
            "there is no such sign of a bound",
            "{known}",
            "Choose one.",
        ),
        "value.empty_reason": Given(
            "reason {given}",
            "there is no such reason why a value is missing",
            "{known}",
            "Choose one.",
        ),
        "value.no_number": Given(
            "value {given}",
            "it is no number that can be measured",
            "a number",
            "Give another value.",
        ),
        "value.says_one_thing": Given(
            "the value for {period}",
            "it says more than one thing, or nothing",
            "a value, or a bound with its sign, or why there is no value",
            "Give one of the three.",
        ),
        "value.too_low": "{value} lies below {low}, the least that {indicator} can be. Correct the value.",
        "value.too_high": "{value} lies above {high}, the greatest that {indicator} can be. Correct the value.",
        "value.unknown_breakdown": "{indicator} is not broken down by {name}, only by: {known}. Correct the breakdown, "
        "or the definition.",
        "value.corrected_without_reason": "To correct the value {value} give a reason.",
        "value.another_period": "A correction of {value} is of the same period, {period}, and the same breakdown. "
        "Enter another value for another period.",
        "value.correction_waits": "A correction of {value} is on its way: {correction}. Change that one.",
        "value.correction_stands": "The value {value} took the place of another one. Correct it again instead.",
        "value.not_revised_now": "The value {value} is {state}. It is changed while it is a draft or returned; an "
        "accepted one gets a correction.",
        "value.returned_without_note": "To return the value {value} say what is asked.",
        "value.own_value": "{person} wrote the value {value} and does not answer it. Ask another person.",
        "value.of_another_network": "{indicator} is not an indicator of the network {network}. Enter the value in its "
        "own.",
        "value.answered_on_paper": "A value of {indicator} is accepted here by another person; only an import brings "
        "what was accepted in the past.",
        "value.accepted_before": "A value of {indicator} cannot have been accepted before its paper, of {on}. Correct "
        "one of the two days.",
        "value.accepted_ahead": "A value of {indicator} cannot have been accepted after today, {today}. Correct the "
        "day.",
        "finding.value_not_accepted": "The value {value} is {state}. A finding cites it once it is accepted.",
    }
)
