"""Refusals about commitments, meetings, consultations, reporting periods and progress reports."""

from collections.abc import Mapping
from types import MappingProxyType

from waymark.gcm.sentences import Wording

WORK: Mapping[str, Wording] = MappingProxyType(
    {
        # commitments
        "commitment.kind_is_reported_on": "The kind of {commitment} stays as it is: there are reports on it. "
        "Drop or supersede it, and propose a new one.",
        "commitment.nobody_carries": "The commitment {commitment} has no lead and no pledger. "
        "Name at least one organisation.",
        "commitment.too_early": "The commitment {commitment} is {before} since {since}; "
        "it cannot become {after} on {on}. Give a later day.",
        "commitment.reopen_without_reason": "To reopen the commitment {commitment} give a reason.",
        "commitment.partner_reported": "{organisation} has reported on the commitment, so {code} stays its part. "
        "Let it leave, and the other organisation join.",
        "commitment.result_elsewhere": "{result} is no result of {commitment}. Name one of its own.",
        "following.at_home": "{commitment} is kept by {network} already. Name another network to follow it.",
        "following.own_proposal": "Nobody agrees to his own proposal that {commitment} be followed. "
        "Ask another person of the other network.",
        "following.ends_without_reason": "To decline or end the following of {commitment} give a reason.",
        "commitment.drop_without_reason": "To drop the commitment {commitment} give a reason.",
        "commitment.supersede_without_reason": "To supersede the commitment {commitment} give a reason.",
        "commitment.not_a_successor": "{successor} cannot supersede {commitment}. "
        "Name another commitment of the same network.",
        "commitment.closed": "The commitment {commitment} is {state}; it takes no changes.",
        "commitment.last_carrier": "{commitment} would have no lead or pledger. "
        "Let another organisation join first, or drop it.",
        "commitment.no_match": "{matching} cannot match {matched}: "
        "only a pledge made as matching pledge matches a pledge.",
        "commitment.matches_itself": "The pledge {matching} cannot match itself. Name another pledge.",
        "milestone.reached_already": "The milestone {milestone} was reached on {on} already.",
        # meetings
        "decision.no_follow_up": "{commitment} is no follow-up of the network of {meeting}. Name another commitment.",
        "statement.without_summary": "A statement at {meeting} needs a summary of what was said.",
        # consultations
        "contribution.rating_of_nothing": "A rating needs the commitment that it rates. Name the commitment.",
        "contribution.too_early": "The consultation {consultation} takes contributions from {opens} on; "
        "{on} lies outside.",
        "contribution.too_late": "The consultation {consultation} takes contributions until {closes}; "
        "{on} lies outside.",
        "contribution.no_such_receipt": "No contribution has this receipt code. "
        "Check the code; it has 20 letters and digits.",
        "contribution.item_elsewhere": "{item} is no item of {consultation}. Name one of its own.",
        "contribution.from_paper": "What a person says in {consultation} is sent by that person, or entered from a "
        "paper with its date. Name the paper.",
        "contribution.anonymous_stays": "The contribution {contribution} is anonymous; only its writer takes it back, "
        "with the receipt code.",
        "contribution.words_of_a_person": "The words of the contribution {contribution} are those of the person who "
        "sent it. Ask that person to take it back and send another.",
        "contribution.of_another": "The contribution {contribution} stays that of its organisation. Withdraw it, and "
        "enter another.",
        "contribution.withdraw_without_reason": "To take back the contribution {contribution} give a reason.",
        "contribution.refuse_without_reason": "To refuse the contribution {contribution} give a reason.",
        "answer.own_contribution": "Nobody answers what he contributed himself: {contribution}. Ask another officer.",
        "answer.without_reason": "The answer to {contribution} needs a reason.",
        # progress reports
        "report.not_an_implementer": "{organisation} may not report on {commitment} as {voice}. "
        "In this voice reports only who takes part in it.",
        "report.not_the_secretariat": "{organisation} may not report on {commitment} as {voice}. "
        "In this voice reports only who is the secretariat of its network and does not take part in it.",
        "report.not_of_society": "{organisation} may not report on {commitment} as {voice}. "
        "In this voice reports only who is an organisation of society and does not take part in it.",
        "report.rating_or_reason": "The report of {organisation} on {commitment} for {period} needs a rating on the "
        "scale {scale}, or the reason why there is none ({reasons}), and not both.",
        "report.without_evidence": "The report of {organisation} on {commitment} for {period} rates {rating}; from "
        "this step on the scale {scale} requires evidence. "
        "Add a document, an address, or words that say where the evidence lies.",
        "report.period_elsewhere": "{period} is no reporting period of the network of {commitment}, nor of one that "
        "follows it.",
        "report.implementer_at_home": "Who carries {commitment} reports on it once, in the network {network}. "
        "Those who follow it read that report.",
        "report.period_locked": "The reporting period {period} is locked. Ask the secretariat to reopen it.",
        "report.made_already": "{organisation} has a report on {commitment} for {period} as {voice} already. "
        "Revise that one.",
        "report.not_revised_now": "The report {report} is {state}; only a draft or returned report is revised.",
        "report.returned_without_note": "To return the report {report} say what is asked of its writer.",
        "report.content_of_society": "What {organisation} says in {report} is its own. To return the form of the "
        "report choose a reason of form.",
        "report.own_report": "{person} wrote, released or handed in the report {report}; another person must decide.",
        "report.not_released": "The report {report} is released by a validator of {organisation} before it is "
        "submitted. Ask for that.",
        "report.answered_on_paper": "An officer enters what was handed in on {commitment}; another officer answers it "
        "here. Leave out the days of the answer.",
        "report.corrected_without_reason": "To correct the report {report} give a reason.",
        "report.correction_waits": "A correction of {report} waits already: {correction}. Revise that one.",
        "report.correction_stands": "The report {report} took the place of another one. Correct it again instead.",
        "report.revised_or_corrected": "The report {report} is changed by who writes it: revised until it is accepted, "
        "corrected after that.",
        "period.none_between": "No whole period of that schedule of {network} lies between {first} and {last}. "
        "Give other days, or the periods themselves.",
        "period.locked_already": "The reporting period {period} is locked already.",
        "period.open_already": "The reporting period {period} is open already.",
        "period.reopen_without_reason": "To reopen the reporting period {period} give a reason.",
        "period.extend_without_reason": "To give {organisation} another day for {period} give a reason.",
        "excuse.of_another": "The excuse of {organisation} for {period} stays its own. Withdraw it, and enter another.",
    }
)
