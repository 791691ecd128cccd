"""Refusals about organisations, networks and what sources claim."""

from collections.abc import Mapping
from types import MappingProxyType

from waymark.gcm.sentences import Given, Wording

BODIES: Mapping[str, Wording] = MappingProxyType(
    {
        # claims
        "claim.without_source": "A claim about {attribute} needs its source. Name it.",
        "claim.choice_without_reason": "A choice among claims about {attribute} needs a reason in words.",
        # networks
        "membership.ended_already": "The membership {membership} has ended already.",
        "membership.end_without_reason": "The end of the membership {membership} needs a reason.",
        "network.place_stays": "The network {network} has indicators or figures of its place. Its place stays.",
        "network.unknown_zone": Given(
            "time zone {zone}", "there is no such zone", "an IANA name such as Asia/Tbilisi", "Correct the name."
        ),
        "network.unknown_language": Given(
            "language {language}", "there is no such language", "a code such as ka", "Correct the code."
        ),
        "network.no_week": Given(
            "working week {days}",
            "these are not the days of a week",
            "each working day once, from 1 for Monday to 7 for Sunday",
            "Correct the days.",
        ),
        "network.no_day": Given("quiet day {day}", "this is no day", "a day as 2026-05-26", "Correct the day."),
        # organisations
        "organisation.without_name": "The organisation {organisation} needs a name. Give it in at least one language.",
        "organisation.merger_of_nothing": "A merger needs at least one organisation that ends. Name them.",
        "organisation.split_into_nothing": "A split of {organisation} needs at least one part. Name the organisations.",
        "organisation.ended_already": "{organisation} ended on {on} ({kind}); it cannot change after that. "
        "Name its successor.",
        "organisation.ended_without_act": "{organisation} has the post {post}, and somebody holds it. The operator "
        "enters that an organisation ends or goes into another only from an act of law. Name the act and its day.",
        "organisation.last_name": "This is the only name of {organisation}, so it cannot be withdrawn. Correct it, or "
        "give the organisation another name first.",
        "organisation.succeeded_since": "What {organisation} took over went on to another since. "
        "Withdraw that later succession first.",
    }
)
