"""What a review says: findings with citations, and recommendations."""

from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.documents.quoting import quoted
from waymark.actions.facts import Amendable, Facts, Words, check_named, take
from waymark.actions.recommendations import Advice, store_recommendation
from waymark.actions.storing import by_language, free_code, fresh, held, store
from waymark.actions.voiding import note_drafters, void_by_row, wrote
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.claims import Claim
from waymark.records.commitments import Commitment
from waymark.records.consultations import Contribution
from waymark.records.documents import Document, Passage
from waymark.records.frameworks import Framework, Provision
from waymark.records.indicators import NationalValue
from waymark.records.meetings import Statement
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.reports import ProgressReport
from waymark.records.reviews import Citation, Finding, Recommendation, Review, ReviewSource
from waymark.records.roles import Verb
from waymark.records.separation import same_hands
from waymark.records.states import state_label


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFacts(Facts):
    """What a review finds about a provision, or about the whole; it may name a source of the review once that is used.

    `drafted_by_words` say who wrote it, where that is not the post that enters it.
    """

    kind: str
    text: Words
    provision: Provision | None = None
    review_source: ReviewSource | None = None
    drafted_by_words: str = ""


@act
def add_finding(*, by: Actor, review: Review, facts: FindingFacts) -> Finding:
    """Add a finding to a review."""
    check_verb(by, Verb.DRAFT_REVIEW, fresh(review))
    check_named(by, review, facts)
    position = review.findings.count() + 1
    row = Finding(
        review=review,
        code=free_code(Finding, f"{review.code}.f{position}"),
        position=position,
        drafted_by=by.post,
        drafted_by_person=by.person,
    )
    _check_finding(row, facts)
    store(take(row, facts))
    wrote(by, review, "review.finding.added", row, why="a finding was added", kind=row.kind)
    return row


def _check_finding(row: Finding, facts: FindingFacts) -> None:
    """Refuse a source that is not used; what the country confirmed is no longer confirmed when it says other words."""
    source = facts.review_source
    if source is not None and (source.review_id != row.review_id or source.state != "used" or not source.shown):
        raise RefusedError("review_source.not_used", source=source.code, review=row.review.code)
    if row.confirmed_on is not None and (row.kind, row.text, row.provision) != (
        facts.kind,
        by_language(facts.text),
        facts.provision,
    ):
        row.confirmed_on = row.confirmed_by = row.confirmed_by_person = None


@act
def confirm_finding(*, by: Actor, finding: Finding, on: date) -> Finding:
    """Confirm a finding for the country. Nobody confirms what he drafted, in whichever post."""
    held(finding)
    check_verb(by, Verb.CONFIRM_FINDING, finding)
    if finding.confirmed_on is not None:
        raise RefusedError("finding.confirmed_already", finding=finding.code, on=finding.confirmed_on)
    drafters = set(finding.drafters.values_list("pk", flat=True))
    if by.person is not None and (
        by.persons & drafters or same_hands(by, finding.drafted_by_person_id, finding.drafted_by_id)
    ):
        raise RefusedError("finding.own_finding", person=by.person.code, finding=finding.code)
    finding.confirmed_on, finding.confirmed_by, finding.confirmed_by_person = on, by.post, by.person
    store(finding)
    why = "a finding was confirmed"
    wrote(by, finding.review, "review.finding.confirmed", finding, why=why, drafting=False, on=on)
    return finding


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFacts(Facts):
    """What a finding rests on: one observation, or one record.

    An observation is named by dataset hash, series, place, period and dimensions ("" is the total). A `passage` brings
    its document and page; `quotation` is words of it, by default its first ones.
    """

    dataset_hash: str = ""
    series: str = ""
    place_code: str = ""
    period: str = ""
    dimensions: str = ""
    progress_report: ProgressReport | None = None
    commitment: Commitment | None = None
    statement: Statement | None = None
    contribution: Contribution | None = None
    document: Document | None = None
    page: str = ""
    passage: Passage | None = None
    quotation: str = ""
    claim: Claim | None = None
    national_value: NationalValue | None = None

    def __post_init__(self) -> None:
        Facts.__post_init__(self)
        if self.passage is not None:
            for name, value in {
                "document": self.passage.document,
                "page": self.page or self.passage.where[:40],
                "quotation": quoted(self.passage, self.quotation),
            }.items():
                object.__setattr__(self, name, value)


@act
def cite(*, by: Actor, finding: Finding, facts: CitationFacts) -> Citation:
    """Say what a finding rests on."""
    fresh(finding)
    check_verb(by, Verb.DRAFT_REVIEW, finding)
    check_named(by, finding, facts)
    row = Citation(
        finding=finding,
        code=free_code(Citation, f"{finding.code}.{finding.citations.count() + 1}"),
        drafted_by=by.post,
        drafted_by_person=by.person,
        classification=finding.classification,
    )
    _check_citation(row, facts)
    store(take(row, facts))
    wrote(by, finding.review, "review.finding.cited", row, why="a citation was added")
    return row


def _check_citation(row: Citation, facts: CitationFacts) -> None:
    """Refuse a report or value that was not accepted and a contribution that was not published."""
    del row
    report, contribution, value = facts.progress_report, facts.contribution, facts.national_value
    if report is not None and report.state != "accepted":
        raise RefusedError("finding.report_not_accepted", report=report.code, state=state_label(report.state))
    if value is not None and value.state != "accepted":
        raise RefusedError("finding.value_not_accepted", value=value.code, state=state_label(value.state))
    if contribution is not None and contribution.state != "published":
        raise RefusedError(
            "finding.contribution_not_published",
            contribution=contribution.code,
            state=state_label(contribution.state),
        )


@act
def recommend(*, by: Actor, review: Review, advice: Advice) -> Recommendation:
    """Add a recommendation; it becomes a provision of the review's own framework, issued by the edition to come."""
    check_verb(by, Verb.DRAFT_REVIEW, fresh(review))
    for named in advice.records():
        check_within_reach(by, review, named)
    row = store_recommendation(by, recommendations_framework(review), advice, review=review, place=review.place)
    wrote(by, review, "review.recommended", row, why="a recommendation was added", code=advice.code)
    return row


def recommendations_code(review: str) -> str:
    """The code of the framework that holds the recommendations of the review with this code."""
    return f"{review}-recommendations"


def recommendations_framework(review: Review) -> Framework:
    """The framework that holds a review's recommendations; made with the first one."""
    code = recommendations_code(review.code)
    known = Framework.objects.filter(code=code).first()
    titles = {language: f"{words}: recommendations" for language, words in review.title.items() if language == "en"}
    return known or store(
        Framework(code=code, title=titles or review.title, keeper=review.keeper, classification=review.classification),
    )


AMENDS = {
    Finding.noun: Amendable(
        FindingFacts, Verb.DRAFT_REVIEW, check=_check_finding, drafted=note_drafters, after=void_by_row
    ),
    Citation.noun: Amendable(
        CitationFacts, Verb.DRAFT_REVIEW, check=_check_citation, drafted=note_drafters, after=void_by_row
    ),
}
"""How what stands here is corrected."""
