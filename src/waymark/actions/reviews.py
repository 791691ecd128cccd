"""What is done to reviews: open, gather sources, find, cite, recommend, clear by two persons, publish an edition."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from waymark.actions.documents.quoting import quoted
from waymark.actions.frameworks import Advice, store_recommendation
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, free_code, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.claims import Claim
from waymark.records.documents import Document, Passage
from waymark.records.frameworks import Framework, Provision
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import Verb, check_verb
from waymark.records.places import Place
from waymark.records.reports import ProgressReport
from waymark.records.reviews import (
    Citation,
    Clearance,
    Edition,
    Finding,
    Recommendation,
    Review,
    ReviewCycle,
    ReviewSource,
)
from waymark.records.states import REVIEW, REVIEW_SOURCE, next_state

Words = str | dict[str, str]

PERSONS_TO_CLEAR = 2
"""So many different persons must clear the same content before it is published."""


@transaction.atomic
def open_review(
    *,
    by: Actor,
    code: str,
    cycle: ReviewCycle,
    network: Network,
    title: Words,
    place: Place | None = None,
    publishing_body: Organisation | None = None,
    frameworks: Sequence[Framework] = (),
    language: str = "en",
    classification: str = "public",
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Review:
    """Open a network's review in a cycle, to be published by a body and assessed against frameworks."""
    check_verb(by, Verb.DRAFT_REVIEW, network)
    row = Review(
        code=checked_code(code, "review"),
        cycle=cycle,
        network=network,
        place=place or network.place,
        publishing_body=publishing_body,
        title=said(title),
        language=language,
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row, f"The review {code}")
    row.frameworks.set(frameworks)
    log(by, "review.opened", row, network, cycle=cycle)
    return row


def _touch(by: Actor, review: Review, reason: str) -> None:
    """A change of a review that is not open reopens it and makes its clearances void."""
    if review.state == "open":
        return
    review.state = next_state(REVIEW, review.state, "reopen", f"The review {review.code}")
    review.content_hash = ""
    store(review, f"The review {review.code}")
    review.clearances.filter(void=False).update(void=True, void_reason=reason)
    log(by, "review.reopened", review, review.network, reason=reason)


@transaction.atomic
def reopen(*, by: Actor, review: Review, reason: str) -> Review:
    """Take a review back from clearance, or start the next version of a published one, for a reason."""
    check_verb(by, Verb.DRAFT_REVIEW, review.network)
    if not reason:
        raise RefusedError(f"To reopen the review {review.code} give a reason.")
    if review.state == "open":
        raise RefusedError(f"The review {review.code} is open already.")
    _touch(by, review, reason)
    return review


@transaction.atomic
def add_source(
    *,
    by: Actor,
    review: Review,
    kind: str,
    title: Words,
    place: Place | None = None,
    edition: Edition | None = None,
    edition_urn: str = "",
    document: Document | None = None,
    signature: str = "",
    received_on: date | None = None,
    classification: str = "network",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> ReviewSource:
    """Receive a source: an edition of this installation, one received from another, or only a file."""
    check_verb(by, Verb.DRAFT_REVIEW, review.network)
    _touch(by, review, "a source was added")
    row = ReviewSource(
        review=review,
        code=free_code(ReviewSource, f"{review.code}.source{review.sources.count() + 1}"),
        kind=kind,
        title=said(title),
        place=place,
        edition=edition,
        edition_urn=edition.urn if edition else edition_urn,
        document=document,
        signature=signature,
        received_on=received_on,
        classification=classification,
        **fact(source, locator, mark),
    )
    store(row, f"The source of {review.code}")
    log(by, "review.source.received", row, review.network, kind=kind)
    return row


@transaction.atomic
def check_source(*, by: Actor, source: ReviewSource, sha256: str, on: date, note: Words = "") -> ReviewSource:
    """Confirm that a source is what it says.

    `sha256` is the one found, equal to that of its edition or file if known.
    """
    check_verb(by, Verb.DRAFT_REVIEW, source.review.network, on)
    after = next_state(REVIEW_SOURCE, source.state, "check", f"The source {source.code}")
    known = source.edition.hash if source.edition else source.document.sha256 if source.document else ""
    if known and known != sha256:
        raise RefusedError(
            f"The source {source.code} has the hash {known} on record, but {sha256} was found. Reject it."
        )
    source.state, source.hash, source.checked_on, source.check_note = after, sha256, on, said(note)
    store(source, f"The source {source.code}")
    log(by, "review.source.checked", source, source.review.network, sha256=sha256)
    return source


@transaction.atomic
def use_source(*, by: Actor, source: ReviewSource) -> ReviewSource:
    """Use a checked source: findings may name it."""
    return _move_source(by, source, "use", "")


@transaction.atomic
def reject_source(*, by: Actor, source: ReviewSource, note: Words) -> ReviewSource:
    """Reject a source, for a reason that stays on record."""
    if not note:
        raise RefusedError(f"To reject the source {source.code} give a reason.")
    return _move_source(by, source, "reject", note)


def _move_source(by: Actor, source: ReviewSource, act: str, note: Words) -> ReviewSource:
    check_verb(by, Verb.DRAFT_REVIEW, source.review.network)
    source.state = next_state(REVIEW_SOURCE, source.state, act, f"The source {source.code}")
    source.check_note = said(note) or source.check_note
    store(source, f"The source {source.code}")
    log(by, f"review.source.{source.state}", source, source.review.network, note=said(note))
    return source


@transaction.atomic
def add_finding(
    *,
    by: Actor,
    review: Review,
    kind: str,
    text: Words,
    provision: Provision | None = None,
    review_source: ReviewSource | None = None,
    drafted_by: str = "",
    classification: str = "public",
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Finding:
    """Add a finding about a provision, or about the whole; it may name a source of the review once that is used."""
    check_verb(by, Verb.DRAFT_REVIEW, review.network)
    if review_source is not None and (review_source.review_id != review.pk or review_source.state != "used"):
        raise RefusedError(f"{review_source.code} is no used source of {review.code}. Check and use the source first.")
    _touch(by, review, "a finding was added")
    position = review.findings.count() + 1
    row = Finding(
        review=review,
        code=free_code(Finding, f"{review.code}.f{position}"),
        provision=provision,
        kind=kind,
        position=position,
        text=said(text),
        review_source=review_source,
        drafted_by=by.post,
        drafted_by_words=drafted_by,
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row, f"The finding of {review.code}")
    log(by, "review.finding.added", row, review.network, kind=kind)
    return row


@transaction.atomic
def confirm_finding(*, by: Actor, finding: Finding, on: date) -> Finding:
    """Confirm a finding for the country. A post never confirms what it drafted."""
    network = finding.review.network
    check_verb(by, Verb.CONFIRM_FINDING, network, on)
    if finding.confirmed_on is not None:
        raise RefusedError(f"The finding {finding.code} was confirmed on {finding.confirmed_on} already.")
    if by.post is not None and finding.drafted_by_id == by.post.pk:
        raise RefusedError(f"The post {by.post.code} drafted the finding {finding.code}; another post must confirm it.")
    _touch(by, finding.review, "a finding was confirmed")
    finding.confirmed_on, finding.confirmed_by = on, by.post
    store(finding, f"The finding {finding.code}")
    log(by, "review.finding.confirmed", finding, network, on=on)
    return finding


@dataclass(frozen=True, slots=True)
class Observed:
    """One observation as a citation names it: dataset hash, series, place, period and dimensions ("" is the total)."""

    dataset_hash: str
    series: str
    place_code: str
    period: str
    dimensions: str = ""


@transaction.atomic
def cite(
    *,
    by: Actor,
    finding: Finding,
    observed: Observed | None = None,
    progress_report: ProgressReport | None = None,
    document: Document | None = None,
    page: str = "",
    passage: Passage | None = None,
    quotation: str = "",
    claim: Claim | None = None,
) -> Citation:
    """Say what a finding rests on: one observation, one accepted report, one document with page, or one claim.

    A `passage` brings its document and page; `quotation` is words of it, by default its first ones.
    """
    check_verb(by, Verb.DRAFT_REVIEW, finding.review.network)
    if passage is not None:
        document, page = passage.document, page or passage.where[:40]
        quotation = quoted(passage, quotation)
    if progress_report is not None and progress_report.state != "accepted":
        raise RefusedError(f"The report {progress_report.code} is {progress_report.state}; cite accepted reports only.")
    _touch(by, finding.review, "a citation was added")
    row = Citation(
        finding=finding,
        code=free_code(Citation, f"{finding.code}.{finding.citations.count() + 1}"),
        progress_report=progress_report,
        document=document,
        page=page,
        passage=passage,
        quotation=quotation,
        claim=claim,
        classification=finding.classification,
        **(asdict(observed) if observed else {}),
    )
    store(row, f"The citation of {finding.code}")
    log(by, "review.finding.cited", row, finding.review.network)
    return row


@transaction.atomic
def recommend(*, by: Actor, review: Review, advice: Advice) -> Recommendation:
    """Add a recommendation; it becomes a provision of the review's own framework, issued by the edition to come."""
    check_verb(by, Verb.DRAFT_REVIEW, review.network)
    _touch(by, review, "a recommendation was added")
    row = store_recommendation(
        recommendations_framework(review), advice, review=review, issuer=None, place=review.place, issued_on=None
    )
    log(by, "review.recommended", row, review.network, code=advice.code)
    return row


def recommendations_framework(review: Review) -> Framework:
    """The framework that holds a review's recommendations; made with the first one."""
    code = f"{review.code}-recommendations"
    known = Framework.objects.filter(code=code).first()
    titles = {language: f"{words}: recommendations" for language, words in review.title.items() if language == "en"}
    return known or store(
        Framework(code=code, title=titles or review.title, classification=review.classification),
        f"The framework of recommendations of {review.code}",
    )


def content_of(review: Review) -> dict[str, Any]:
    """What is cleared: sources, findings with their citations, and recommendations, as plain data in a fixed order."""
    return {
        "review": review.urn,
        "title": review.title,
        "sources": list(review.sources.order_by("code").values_list("urn", "state", "hash")),
        "findings": [
            [row.urn, row.kind, row.provision.urn if row.provision else "", row.text, str(row.confirmed_on or "")]
            for row in review.findings.select_related("provision__framework").order_by("code")
        ],
        "citations": list(
            Citation.objects.filter(finding__review=review)
            .order_by("code")
            .values_list("urn", "dataset_hash", "series", "place_code", "period", "dimensions", "page", "quotation")
        ),
        "recommendations": list(
            review.recommendations.order_by("code").values_list("urn", "provision__text", "addressee__code")
        ),
    }


def content_hash(review: Review) -> str:
    """The SHA-256 of `content_of`."""
    text = json.dumps(content_of(review), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def send_for_clearance(*, by: Actor, review: Review) -> Review:
    """Send a review for clearance: its content gets a hash, and whoever clears clears exactly that."""
    check_verb(by, Verb.DRAFT_REVIEW, review.network)
    review.state = next_state(REVIEW, review.state, "send for clearance", f"The review {review.code}")
    review.content_hash = content_hash(review)
    store(review, f"The review {review.code}")
    log(by, "review.sent_for_clearance", review, review.network, hash=review.content_hash)
    return review


@transaction.atomic
def clear(*, by: Actor, review: Review, on: date) -> Review:
    """Clear a review as the holder of a post; the second different person makes it cleared."""
    check_verb(by, Verb.CLEAR_REVIEW, review.network, on)
    if by.person is None or by.post is None:
        raise RefusedError(f"The review {review.code} is cleared by persons in their posts, not by the {by.kind}.")
    if review.state != "in_clearance":
        raise RefusedError(f"The review {review.code} is {review.state.replace('_', ' ')}; it is not up for clearance.")
    if review.clearances.filter(void=False, content_hash=review.content_hash, person=by.person).exists():
        raise RefusedError(f"{by.person.code} has cleared {review.code} already. A second person must clear it too.")
    row = Clearance(
        review=review,
        code=free_code(Clearance, f"{review.code}.{by.person.code}"),
        content_hash=review.content_hash,
        person=by.person,
        post=by.post,
        date=on,
    )
    store(row, f"The clearance of {review.code}")
    log(by, "review.clearance.given", review, review.network, hash=review.content_hash)
    cleared = review.clearances.filter(void=False, content_hash=review.content_hash)
    if cleared.values("person").distinct().count() >= PERSONS_TO_CLEAR:
        review.state = next_state(REVIEW, review.state, "clear", f"The review {review.code}")
        store(review, f"The review {review.code}")
        log(by, "review.cleared", review, review.network)
    return review
