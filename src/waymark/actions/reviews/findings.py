"""What a review says: findings with citations, and recommendations."""

from dataclasses import asdict, dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.documents.quoting import quoted
from waymark.actions.frameworks import Advice, store_recommendation
from waymark.actions.reviews.opening import Words, wrote
from waymark.actions.storing import fact, free_code, fresh, held, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.claims import Claim
from waymark.records.documents import Document, Passage
from waymark.records.frameworks import Framework, Provision
from waymark.records.permissions import Verb, check_verb
from waymark.records.reports import ProgressReport
from waymark.records.reviews import (
    Citation,
    Finding,
    Recommendation,
    Review,
    ReviewSource,
)
from waymark.records.separation import same_hands
from waymark.records.states import state_label


@act
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
    check_verb(by, Verb.DRAFT_REVIEW, review)
    if review_source is not None and (review_source.review_id != review.pk or review_source.state != "used"):
        raise RefusedError("review_source.not_used", source=review_source.code, review=review.code)
    fresh(review)
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
        drafted_by_person=by.person,
        drafted_by_words=drafted_by,
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row)
    wrote(by, review, "review.finding.added", row, why="a finding was added", kind=kind)
    return row


@act
def confirm_finding(*, by: Actor, finding: Finding, on: date) -> Finding:
    """Confirm a finding for the country. Nobody confirms what he drafted, in whichever post."""
    held(finding)
    network = finding.review.network
    check_verb(by, Verb.CONFIRM_FINDING, network)
    if finding.confirmed_on is not None:
        raise RefusedError("finding.confirmed_already", finding=finding.code, on=finding.confirmed_on)
    if by.person is not None and same_hands(by, finding.drafted_by_person_id, finding.drafted_by_id):
        raise RefusedError("finding.own_finding", person=by.person.code, finding=finding.code)
    finding.confirmed_on, finding.confirmed_by, finding.confirmed_by_person = on, by.post, by.person
    store(finding)
    why = "a finding was confirmed"
    wrote(by, finding.review, "review.finding.confirmed", finding, why=why, drafting=False, on=on)
    return finding


@dataclass(frozen=True, slots=True)
class Observed:
    """One observation as a citation names it: dataset hash, series, place, period and dimensions ("" is the total)."""

    dataset_hash: str
    series: str
    place_code: str
    period: str
    dimensions: str = ""


@act
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
    fresh(finding)
    check_verb(by, Verb.DRAFT_REVIEW, finding.review)
    if passage is not None:
        document, page = passage.document, page or passage.where[:40]
        quotation = quoted(passage, quotation)
    if progress_report is not None and progress_report.state != "accepted":
        raise RefusedError(
            "finding.report_not_accepted", report=progress_report.code, state=state_label(progress_report.state)
        )
    row = Citation(
        finding=finding,
        code=free_code(Citation, f"{finding.code}.{finding.citations.count() + 1}"),
        progress_report=progress_report,
        document=document,
        page=page,
        passage=passage,
        quotation=quotation,
        claim=claim,
        drafted_by=by.post,
        drafted_by_person=by.person,
        classification=finding.classification,
        **(asdict(observed) if observed else {}),
    )
    store(row)
    wrote(by, finding.review, "review.finding.cited", row, why="a citation was added")
    return row


@act
def recommend(*, by: Actor, review: Review, advice: Advice) -> Recommendation:
    """Add a recommendation; it becomes a provision of the review's own framework, issued by the edition to come."""
    check_verb(by, Verb.DRAFT_REVIEW, review)
    row = store_recommendation(by, recommendations_framework(review), advice, review=review, place=review.place)
    wrote(by, review, "review.recommended", row, why="a recommendation was added", code=advice.code)
    return row


def recommendations_framework(review: Review) -> Framework:
    """The framework that holds a review's recommendations; made with the first one."""
    code = f"{review.code}-recommendations"
    known = Framework.objects.filter(code=code).first()
    titles = {language: f"{words}: recommendations" for language, words in review.title.items() if language == "en"}
    return known or store(
        Framework(code=code, title=titles or review.title, classification=review.classification),
    )
