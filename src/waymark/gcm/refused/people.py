"""Refusals about persons, posts and drafts."""

from collections.abc import Mapping
from types import MappingProxyType

from waymark.gcm.sentences import Given, Plural, Wording

PEOPLE: Mapping[str, Wording] = MappingProxyType(
    {
        # people and posts
        "post.closed": "The post {post} was closed on {on}. Create a new post.",
        "post.held": "{person} holds the post {post}. End that holding first, or appoint as acting.",
        "post.awaited": "The appointment of {person} to the post {post} waits for a second person. "
        "Let it be confirmed, refused or withdrawn first.",
        "post.has_holders": "The post {post} has or had holders, so its duty and its organisation stay. "
        "Close it and create another.",
        "post.is_held": "Somebody holds the post {post}. End or withdraw the appointment first.",
        "appointment.not_by_operator": "The operator does not appoint a {duty} in the network {network}. "
        "An officer of the network enters the appointment.",
        "appointment.day_not_known": "Whether the operator may appoint to the post {post} depends on the day, which is "
        "not known. Name the day.",
        "appointment.ended_without_paper": "The operator ends that the post {post} is held only from a paper. "
        "Name the paper and its date.",
        "appointment.not_corrected_by_operator": "The operator does not correct who holds the post {post}. An officer "
        "of the network does; the operator can end it from a paper.",
        "appointment.without_paper": "The operator enters an appointment to the post {post} only from a paper. "
        "Name the paper and its date.",
        "appointment.not_the_first": "The network {network} has a {duty} on {on}, or one is appointed from a later day "
        "on, so the operator appoints none. An officer of the network enters the appointment, and a co-chair confirms "
        "it.",
        "appointment.same_person": "{person} is {duty} of the network {network}. The first co-chair and the first "
        "officer are two persons. Name another.",
        "appointment.confirmed_by_persons": "An appointment is confirmed or refused by a co-chair of the network, not "
        "by the {actor}.",
        "appointment.own": "Nobody confirms or refuses his own appointment to the post {post}, nor that of whom he "
        "acts for. Ask another co-chair.",
        "appointment.entered_by_himself": "Who entered the appointment of {person} to the post {post}, or acts for who "
        "did, is not its second person. Ask another co-chair.",
        "appointment.own_holding": "Nobody corrects for how long he holds the post {post} himself. "
        "Ask another officer of the network.",
        "appointment.lengthened": "For how long {person} holds the post {post} was settled by a second person, so a "
        "correction does not make it longer. Appoint anew.",
        "contact.no_address": Given(
            "address {address}", "this is no address of electronic mail", "one such as name@example.org", "Correct it."
        ),
        "contact.no_phone": Given(
            "telephone {phone}", "this is no telephone number", "one such as +995 32 200 00 00", "Correct it."
        ),
        "contact.there_already": "How {of} is reached is on record already. Correct that.",
        "delegation.by_holders": "Only the holder of a post delegates its rights, on a known day.",
        "delegation.of_a_delegate": "What the post {post} lent to somebody is not lent on. Ask its holder.",
        "delegation.of_nothing": "The post {post} has no rights to delegate.",
        "delegation.unknown_right": Given(
            "right {right}", "the post that delegates does not have it", "{known}", "Name a right of the post."
        ),
        "delegation.without_reason": "A delegation of the post {post} needs a reason. Say why.",
        "delegation.begins_in_the_past": "A delegation does not begin on {on}, before {today}. Give a later first day.",
        "delegation.bad_days": Given(
            "first and last day", "the delegation would last {days} days", "1 to {limit} days", "Correct the days."
        ),
        "delegation.to_himself": "The holder of the post {post} does not delegate to himself. Name another person.",
        "delegation.to_an_outsider": "{person} holds no post in the network {network} on {on}. "
        "Name a person who holds one.",
        "delegation.ended_by_its_persons": "A delegation of the post {post} is ended by who gave it, by whom it was "
        "given to, or by an officer of the network.",
        "delegation.over": "The delegation of the post {post} is over already.",
        "delegation.stays": "A delegation of the post {post} is not changed. End it, and delegate anew.",
        "post.not_held": "{person} no longer holds the post {post}.",
        "post.leaves_drafts": Plural(
            "{count} draft belongs to the post {post}. Name the post that takes it.",
            "{count} drafts belong to the post {post}. Name the post that takes them.",
        ),
        "post.heir_elsewhere": "{post} and {heir} are posts of different networks. Hand over within one network.",
        "account.of_another": "A password is set by the person whose account it is.",
        "draft.not_the_holder": "Only the holder of {post} may write its drafts.",
        "draft.of_another_post": "The draft {draft} belongs to the post {post}. Ask its holder to hand it over.",
        "reader.names_himself": "Nobody names himself, or for whom he acts, as a reader of {record}. "
        "Ask another officer of the network.",
        "reader.not_named_above": "{person} is not named to read the {noun} {row}, in which {record} lies. "
        "Let them be named there first.",
        "reader.without_reason": "Who reads {record} is taken from the list of readers for a reason. Say why.",
        "reader.not_named": "{person} is not named to read {record}.",
    }
)
