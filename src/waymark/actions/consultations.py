"""What is done about consultations: open, contribute with or without a name, withdraw, publish, answer."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act, unlogged
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, free_code, fresh, held, said, store, store_all
from waymark.gcm.errors import RefusedError
from waymark.gcm.scales import scale as scale_called
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.consultations import Answer, Consultation, ConsultationItem, Contribution
from waymark.records.frameworks import Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import Verb, check_in_office, check_own_organisation, check_verb
from waymark.records.reviews import Review
from waymark.records.states import CONTRIBUTION, next_state

Words = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """A question, or a paragraph of a draft to be discussed."""

    text: Words
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A contribution and, for an anonymous one, the receipt code that only its writer gets to see."""

    contribution: Contribution
    receipt: str


def receipt_hash(receipt: str) -> str:
    """What is stored of a receipt code: its SHA-256, without spaces and hyphens, in upper case."""
    return hashlib.sha256("".join(receipt.upper().split()).replace("-", "").encode()).hexdigest()


@act
def open_consultation(
    *,
    by: Actor,
    network: Network,
    code: str,
    title: Words,
    items: Sequence[Item],
    from_date: date | None = None,
    to_date: date | None = None,
    review: Review | None = None,
    classification: str = "public",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> Consultation:
    """Open a consultation on questions or paragraphs."""
    check_verb(by, Verb.CONSULT, network)
    row = Consultation(
        network=network,
        review=review,
        code=checked_code(code, "consultation"),
        title=said(title),
        from_date=from_date,
        to_date=to_date,
        classification=classification,
        **fact(source, locator, mark),
    )
    store(row)
    rows = [
        ConsultationItem(
            consultation=row,
            code=f"{code}.q{number}",
            position=number,
            text=said(item.text),
            provision=item.provision,
            classification=classification,
        )
        for number, item in enumerate(items, start=1)
    ]
    store_all(ConsultationItem, rows)
    log(by, "consultation.opened", row, items=len(rows))
    return row


def _check_rating(commitment: Commitment | None, scale: str, rating: str) -> None:
    if rating and commitment is None:
        raise RefusedError("contribution.rating_of_nothing")
    if rating:
        scale_called(scale).step(rating)


def _check_day(consultation: Consultation, on: date) -> None:
    opens, closes = consultation.from_date, consultation.to_date
    if opens is not None and on < opens:
        raise RefusedError("contribution.too_early", consultation=consultation.code, opens=opens, on=on)
    if closes is not None and on > closes:
        raise RefusedError("contribution.too_late", consultation=consultation.code, closes=closes, on=on)


@act
def contribute(
    *,
    by: Actor,
    consultation: Consultation,
    on: date,
    text: Words = "",
    name: str = "",
    organisation: Organisation | None = None,
    withheld: bool = False,
    item: ConsultationItem | None = None,
    language: str = "",
    commitment: Commitment | None = None,
    scale: str = "",
    rating: str = "",
    classification: str = "public",
) -> Contribution:
    """Contribute under a name, or with the name known to the secretariat and not shown (`withheld`)."""
    check_in_office(by)
    if organisation is not None:
        check_own_organisation(by, organisation, "permission.own_contribution")
    _check_day(consultation, on)
    _check_rating(commitment, scale, rating)
    fresh(consultation)
    number = consultation.contributions.exclude(name_kind="anonymous").count() + 1
    row = Contribution(
        consultation=consultation,
        item=item,
        code=free_code(Contribution, f"{consultation.code}.c{number}"),
        name_kind="withheld" if withheld else "named",
        name=name,
        organisation=organisation,
        text=said(text),
        language=language,
        date=on,
        commitment=commitment,
        scale=scale if rating else "",
        rating=rating,
        classification=classification,
    )
    store(row)
    log(by, "consultation.contributed", row)
    return row


@unlogged
def contribute_anonymously(
    *,
    consultation: Consultation,
    on: date,
    text: Words = "",
    item: ConsultationItem | None = None,
    language: str = "",
    commitment: Commitment | None = None,
    scale: str = "",
    rating: str = "",
    classification: str = "public",
) -> Given:
    """Contribute without a name.

    Nothing about the writer or the hour is kept or logged; the receipt code is given once.

    It takes no `by`: nobody is to be known. `on` only decides whether the consultation is open.
    """
    _check_day(consultation, on)
    _check_rating(commitment, scale, rating)
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without signs that are mistaken for one another
    plain = "".join(secrets.choice(alphabet) for _ in range(20))
    receipt = "-".join(plain[start : start + 5] for start in range(0, 20, 5))
    row = Contribution(
        consultation=consultation,
        item=item,
        code=f"{consultation.code}.a-{secrets.token_hex(8)}",
        name_kind="anonymous",
        text=said(text),
        language=language,
        receipt_hash=receipt_hash(receipt),
        commitment=commitment,
        scale=scale if rating else "",
        rating=rating,
        classification=classification,
    )
    store(row)
    return Given(row, receipt)


def by_receipt(receipt: str) -> Contribution:
    """The contribution whose writer holds this receipt code. Raises RefusedError when there is none."""
    row = Contribution.objects.filter(receipt_hash=receipt_hash(receipt)).first()
    if row is None:
        raise RefusedError("contribution.no_such_receipt")
    return row


@unlogged
def withdraw_by_receipt(*, receipt: str) -> Contribution:
    """Withdraw an anonymous contribution: its words and rating are erased, the fact that one was withdrawn stays."""
    row = fresh(by_receipt(receipt))
    row.state = next_state(CONTRIBUTION, row, "withdraw")
    row.text, row.scale, row.rating = {}, "", ""
    return store(row)


@act
def publish_contribution(*, by: Actor, contribution: Contribution) -> Contribution:
    """Show a contribution to everybody, as it was given."""
    return _moderate(by, contribution, "publish", "")


@act
def refuse_contribution(*, by: Actor, contribution: Contribution, reason: Words) -> Contribution:
    """Keep a contribution from being shown, for a reason that stays on record."""
    if not reason:
        raise RefusedError("contribution.refuse_without_reason", contribution=contribution.code)
    return _moderate(by, contribution, "refuse", reason)


def _moderate(by: Actor, contribution: Contribution, way: str, reason: Words) -> Contribution:
    held(contribution)
    network = contribution.consultation.network
    check_verb(by, Verb.CONSULT, network)
    contribution.state = next_state(CONTRIBUTION, contribution, way)
    store(contribution)
    log(by, f"consultation.contribution.{contribution.state}", contribution, reason=said(reason))
    return contribution


@act
def answer(*, by: Actor, contribution: Contribution, kind: str, reason: Words, on: date) -> Answer:
    """Answer a contribution: taken, partly or not, and why."""
    fresh(contribution)
    network = contribution.consultation.network
    check_verb(by, Verb.CONSULT, network)
    if not reason:
        raise RefusedError("answer.without_reason", contribution=contribution.code)
    row = Answer(
        contribution=contribution,
        code=f"{contribution.code}.answer",
        kind=kind,
        reason=said(reason),
        date=on,
        post=by.post,
        classification=contribution.classification,
    )
    store(row)
    log(by, "consultation.answered", row, kind=kind)
    return row
