"""What is done about consultations: open, contribute with or without a name, withdraw, publish, answer."""

import datetime
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from waymark.actions.acts import act, unlogged
from waymark.actions.facts import Amendable, Facts, Paper, Words, check_named, from_paper, take
from waymark.actions.log import log
from waymark.actions.storing import by_language, checked_code, free_code, fresh, held, store
from waymark.gcm.errors import RefusedError
from waymark.gcm.scales import scale as scale_called
from waymark.records.actors import ANONYMOUS, Actor
from waymark.records.commitments import Commitment
from waymark.records.consultations import Answer, Consultation, ConsultationItem, Contribution, NameKind
from waymark.records.frameworks import Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_in_office, check_speaks, check_verb
from waymark.records.reviews import Review
from waymark.records.roles import Verb
from waymark.records.separation import same_hands
from waymark.records.states import CONTRIBUTION, next_state


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationFacts(Facts):
    """What a consultation is called, from when to when it is open, and the review that it is on."""

    title: Words
    from_date: datetime.date | None = None
    to_date: datetime.date | None = None
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Item(Facts):
    """A question, or a paragraph of a draft to be discussed."""

    text: Words
    provision: Provision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionFacts(Facts):
    """What is said, by whom, on which item; perhaps a rating of a commitment on a scale.

    `name_kind` says whether the name is shown (`named`) or known to the secretariat only (`withheld`).
    """

    text: Words = ""
    name: str = ""
    organisation: Organisation | None = None
    name_kind: str = "named"
    item: ConsultationItem | None = None
    language: str = ""
    commitment: Commitment | None = None
    scale: str = ""
    rating: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts(Facts):
    """What became of a contribution, why, and on which day that was answered."""

    kind: str
    reason: Words
    date: datetime.date | None = None


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
    *, by: Actor, network: Network, code: str, facts: ConsultationFacts, items: Sequence[Item]
) -> Consultation:
    """Open a consultation on questions or paragraphs."""
    check_verb(by, Verb.CONSULT, network)
    for named in (facts, *items):
        check_named(by, network, named)
    row = store(take(Consultation(network=network, code=checked_code(code, "consultation")), facts))
    for item in items:
        _add_item(row, item)
    log(by, "consultation.opened", row, items=len(items))
    return row


@act
def add_item(*, by: Actor, consultation: Consultation, facts: Item) -> ConsultationItem:
    """Add a question or a paragraph at the end of a consultation."""
    fresh(consultation)
    check_verb(by, Verb.CONSULT, consultation)
    check_named(by, consultation, facts)
    row = _add_item(consultation, facts)
    log(by, "consultation.item.added", row)
    return row


def _add_item(consultation: Consultation, facts: Item) -> ConsultationItem:
    position = consultation.items.count() + 1
    row = ConsultationItem(
        consultation=consultation,
        code=free_code(ConsultationItem, f"{consultation.code}.q{position}"),
        position=position,
        classification=consultation.classification,
    )
    return store(take(row, facts))


def _check_rating(facts: ContributionFacts) -> None:
    if facts.rating and facts.commitment is None:
        raise RefusedError("contribution.rating_of_nothing")
    if facts.rating:
        scale_called(facts.scale).step(facts.rating)


def _check_day(consultation: Consultation, on: datetime.date) -> None:
    opens, closes = consultation.from_date, consultation.to_date
    if opens is not None and on < opens:
        raise RefusedError("contribution.too_early", consultation=consultation.code, opens=opens, on=on)
    if closes is not None and on > closes:
        raise RefusedError("contribution.too_late", consultation=consultation.code, closes=closes, on=on)


def _check_item(consultation: Consultation, item: ConsultationItem | None) -> None:
    if item is not None and item.consultation_id != consultation.pk:
        raise RefusedError("contribution.item_elsewhere", item=item.code, consultation=consultation.code)


@act
def contribute(
    *,
    by: Actor,
    consultation: Consultation,
    on: datetime.date,
    facts: ContributionFacts,
    paper: Paper | None = None,
) -> Contribution:
    """Contribute under a name, or with the name known to the secretariat and not shown.

    For an organisation the holder of its post contributes; what it sent on `paper` is entered for it by an officer, as
    is the letter of a person.
    """
    _check_who(by, consultation, facts.organisation, paper)
    check_named(by, consultation, facts)
    _check_day(consultation, on)
    _check_rating(facts)
    _check_item(consultation, facts.item)
    fresh(consultation)
    number = consultation.contributions.exclude(name_kind="anonymous").count() + 1
    row = Contribution(
        consultation=consultation,
        code=free_code(Contribution, f"{consultation.code}.c{number}"),
        date=on,
        post=by.post,
        person=by.person,
        classification="public",
        **from_paper(by, consultation, paper),
    )
    store(_said(row, facts))
    log(by, "consultation.contributed", row)
    return row


def _said(row: Contribution, facts: ContributionFacts) -> Contribution:
    return take(row, facts if facts.rating else replace(facts, scale=""))


def _check_who(by: Actor, consultation: Consultation, organisation: Organisation | None, paper: Paper | None) -> None:
    """Refuse who contributes for somebody else; the operator contributes for nobody without a paper."""
    if organisation is not None:
        check_speaks(by, Verb.TAKE_POSITION, consultation, organisation, paper=paper is not None)
    elif paper is not None:
        check_verb(by, Verb.KEEP_REGISTER, consultation)
    elif by.kind in ("operator", "system"):
        raise RefusedError("contribution.from_paper", consultation=consultation.code)
    else:
        check_in_office(by)


@unlogged
def contribute_anonymously(*, consultation: Consultation, on: datetime.date, facts: ContributionFacts) -> Given:
    """Contribute without a name.

    Nothing about the writer or the hour is kept or logged; the receipt code is given once.

    It takes no `by`: nobody is to be known. `on` only decides whether the consultation is open.
    """
    check_named(ANONYMOUS, consultation, facts)
    _check_day(consultation, on)
    _check_rating(facts)
    _check_item(consultation, facts.item)
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without signs that are mistaken for one another
    plain = "".join(secrets.choice(alphabet) for _ in range(20))
    receipt = "-".join(plain[start : start + 5] for start in range(0, 20, 5))
    row = Contribution(
        consultation=consultation,
        code=f"{consultation.code}.a-{secrets.token_hex(8)}",
        receipt_hash=receipt_hash(receipt),
        classification="public",
    )
    _said(row, facts).name_kind = NameKind.ANONYMOUS.value
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


@act
def withdraw_contribution(*, by: Actor, contribution: Contribution, reason: Words) -> Contribution:
    """Take back a contribution that is not anonymous, as its writer asked; the reason stays on record."""
    if contribution.name_kind == NameKind.ANONYMOUS:
        raise RefusedError("contribution.anonymous_stays", contribution=contribution.code)
    if not reason:
        raise RefusedError("contribution.withdraw_without_reason", contribution=contribution.code)
    return _moderate(by, contribution, "withdraw", reason)


def _moderate(by: Actor, contribution: Contribution, way: str, reason: Words) -> Contribution:
    held(contribution)
    check_verb(by, Verb.CONSULT, contribution)
    contribution.state = next_state(CONTRIBUTION, contribution, way)
    store(contribution)
    log(by, f"consultation.contribution.{contribution.state}", contribution, reason=by_language(reason))
    return contribution


@act
def answer(*, by: Actor, contribution: Contribution, facts: AnswerFacts) -> Answer:
    """Answer a contribution: taken, partly or not, and why. Nobody answers what he contributed himself."""
    fresh(contribution)
    check_verb(by, Verb.CONSULT, contribution)
    if same_hands(by, contribution.person_id, contribution.post_id) and not contribution.entered_for:
        raise RefusedError("answer.own_contribution", contribution=contribution.code)
    if not facts.reason:
        raise RefusedError("answer.without_reason", contribution=contribution.code)
    row = Answer(
        contribution=contribution,
        code=free_code(Answer, f"{contribution.code}.answer"),
        post=by.post,
        person=by.person,
        classification=contribution.classification,
    )
    store(take(row, facts))
    log(by, "consultation.answered", row, kind=facts.kind)
    return row


def _check_right(by: Actor, row: Contribution) -> None:
    """Who corrects a contribution: its organisation by its post, or an officer what was entered from a paper.

    Nobody corrects an anonymous one, nor what a person sent.
    """
    if row.name_kind == NameKind.ANONYMOUS:
        raise RefusedError("contribution.anonymous_stays", contribution=row.code)
    if row.organisation is not None:
        check_speaks(by, Verb.TAKE_POSITION, row, row.organisation, entered=row.entered_for)
    elif row.entered_for:
        check_verb(by, Verb.KEEP_REGISTER, row)
    else:
        raise RefusedError("contribution.words_of_a_person", contribution=row.code)


def _check_facts(row: Contribution, facts: Any) -> None:
    """What is corrected stays that of its organisation, and rates and answers what it may."""
    if (facts.organisation.pk if facts.organisation else None) != row.organisation_id:
        raise RefusedError("contribution.of_another", contribution=row.code)
    _check_rating(facts)
    _check_item(row.consultation, facts.item)


def _check_answered(row: Answer, facts: AnswerFacts) -> None:
    if not facts.reason:
        raise RefusedError("answer.without_reason", contribution=row.contribution.code)


AMENDS = {
    Consultation.noun: Amendable(ConsultationFacts, Verb.CONSULT),
    ConsultationItem.noun: Amendable(Item, Verb.CONSULT),
    Contribution.noun: Amendable(ContributionFacts, _check_right, check=_check_facts),
    Answer.noun: Amendable(AnswerFacts, Verb.CONSULT, check=_check_answered),
}
"""How what stands here is corrected."""
