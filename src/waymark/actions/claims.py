"""What is done to claims: record what a source says, and choose among conflicting ones by a stated rule."""

from datetime import date

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import free_code, fresh, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.claims import Claim, ClaimChoice
from waymark.records.documents import Document
from waymark.records.networks import Network
from waymark.records.permissions import Verb, check_verb
from waymark.records.record import Record

Words = str | dict[str, str]


@act
def record_claim(
    *,
    by: Actor,
    subject: Record | str,
    attribute: str,
    value: str,
    source: str,
    locator: str = "",
    date: date | None = None,
    mark: str = "",
    note: str = "",
    document: Document | None = None,
    page: str = "",
    network: Network | None = None,
    classification: str = "public",
) -> Claim:
    """Record that a source says something about a record (or another thing with a URN)."""
    check_verb(by, Verb.KEEP_REGISTER, network)
    if not source:
        raise RefusedError("claim.without_source", attribute=attribute)
    urn = subject if isinstance(subject, str) else subject.urn
    noun_and_code = ".".join(urn.split(":")[3:])
    row = Claim(
        code=free_code(Claim, f"{noun_and_code}.{attribute}"),
        network=network,
        subject=urn,
        attribute=attribute,
        value=value,
        date=date,
        document=document,
        page=page,
        source=source,
        locator=locator,
        mark=mark,
        note=note,
        classification=classification,
    )
    store(row)
    log(by, "claim.recorded", row, attribute=attribute, value=value)
    return row


@act
def choose(*, by: Actor, claim: Claim, rule: str, reason: Words, on: date | None = None) -> ClaimChoice:
    """Choose which claim is shown for its attribute.

    The others stay beside it. A later choice takes the place of this one.
    """
    check_verb(by, Verb.KEEP_REGISTER, claim)
    if not reason:
        raise RefusedError("claim.choice_without_reason", attribute=claim.attribute)
    same = {"subject": claim.subject, "attribute": claim.attribute}
    known = ClaimChoice.objects.filter(**same).first()
    row = (
        fresh(known)
        if known
        else ClaimChoice(
            **same, code=free_code(ClaimChoice, ".".join([*claim.subject.split(":")[3:], claim.attribute]))
        )
    )
    row.claim, row.rule, row.reason, row.date, row.post = claim, rule, said(reason), on, by.post
    row.classification = claim.classification
    store(row)
    log(by, "claim.chosen", row, claim=claim, rule=rule)
    return row
