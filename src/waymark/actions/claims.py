"""What is done to claims: record what a source says, and choose among conflicting ones by a stated rule."""

import datetime
from dataclasses import dataclass

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, check_named, take
from waymark.actions.log import log
from waymark.actions.storing import free_code, fresh, store
from waymark.gcm.errors import RefusedError
from waymark.gcm.nouns import Noun
from waymark.records.actors import Actor
from waymark.records.claims import Claim, ClaimChoice
from waymark.records.documents import Document
from waymark.records.networks import Network
from waymark.records.permissions import check_verb
from waymark.records.record import Record
from waymark.records.roles import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts(Facts):
    """What a source says, on which day it says so or of which day it speaks, and where it stands."""

    value: str
    date: datetime.date | None = None
    document: Document | None = None
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceFacts(Facts):
    """By which rule and why a claim is the one that is shown."""

    rule: str
    reason: Words
    date: datetime.date | None = None


@act
def record_claim(
    *, by: Actor, subject: Record | str, attribute: str, facts: ClaimFacts, network: Network | None = None
) -> Claim:
    """Record that a source says something about a record (or another thing with a URN)."""
    check_verb(by, Verb.KEEP_REGISTER, network)
    check_named(by, network, facts)
    urn = subject if isinstance(subject, str) else subject.urn
    noun_and_code = ".".join(urn.split(":")[3:])
    row = Claim(
        code=free_code(Claim, f"{noun_and_code}.{attribute}"), network=network, subject=urn, attribute=attribute
    )
    _check_claim(row, facts)
    store(take(row, facts))
    log(by, "claim.recorded", row, attribute=attribute, value=row.value)
    return row


def _check_claim(row: Claim, facts: ClaimFacts) -> None:
    if not facts.source:
        raise RefusedError("claim.without_source", attribute=row.attribute)


@act
def choose(*, by: Actor, claim: Claim, facts: ChoiceFacts) -> ClaimChoice:
    """Choose which claim is shown for its attribute in the network that keeps it.

    The others stay beside it. A later choice takes the place of this one.
    """
    check_verb(by, Verb.KEEP_REGISTER, fresh(claim))
    if claim.withdrawn:
        raise RefusedError("amend.withdrawn", noun=Noun(claim.noun), row=claim.code)
    same = {"subject": claim.subject, "attribute": claim.attribute}
    known = ClaimChoice.objects.standing().filter(**same, keeper=claim.keeper).first()
    row = (fresh(known) if known else None) or ClaimChoice(
        **same, code=free_code(ClaimChoice, ".".join([*claim.subject.split(":")[3:], claim.attribute]))
    )
    _check_choice(row, facts)
    row.claim, row.post, row.person, row.classification = claim, by.post, by.person, claim.classification
    store(take(row, facts))
    log(by, "claim.chosen", row, claim=claim, rule=row.rule)
    return row


def _check_choice(row: ClaimChoice, facts: ChoiceFacts) -> None:
    if not facts.reason:
        raise RefusedError("claim.choice_without_reason", attribute=row.attribute)


AMENDS = {
    Claim.noun: Amendable(ClaimFacts, Verb.KEEP_REGISTER, check=_check_claim),
    ClaimChoice.noun: Amendable(ChoiceFacts, Verb.KEEP_REGISTER, check=_check_choice),
}
"""How what stands here is corrected."""
