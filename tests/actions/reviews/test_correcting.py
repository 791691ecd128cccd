"""What a review says can be corrected and withdrawn: by whom, and what follows for its clearance."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories.claims import claim
from tests.factories.commitments import commitment
from tests.factories.consultations import consultation
from tests.factories.documents import document as paper_of
from tests.factories.frameworks import framework, provision
from tests.factories.meetings import meeting
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob, dora, emil, holder
from tests.factories.reviews import DAY, cleared, published, review, shelf, submitted
from waymark.actions.amending import accept_change, amend, propose_change, withdraw
from waymark.actions.consultations import ContributionFacts, contribute, publish_contribution
from waymark.actions.crosswalks import LinkFacts, link
from waymark.actions.facts import Facts, facts_of
from waymark.actions.frameworks import ProvisionFacts, import_provisions
from waymark.actions.meetings import StatementFacts, record_statement
from waymark.actions.recommendations import Advice, RecommendationFacts
from waymark.actions.reviews import (
    CitationFacts,
    FindingFacts,
    ReviewFacts,
    SourceFacts,
    add_finding,
    add_source,
    check_source,
    cite,
    clear,
    confirm_finding,
    publish,
    recommend,
)
from waymark.gcm.errors import RefusedError
from waymark.records.actors import ANONYMOUS, OPERATOR_VIEWER, Actor
from waymark.records.documents import Document
from waymark.records.editions import Candidate
from waymark.records.events import Event
from waymark.records.frameworks import Crosswalk, Provision
from waymark.records.record import Record
from waymark.records.reviews import Citation, Finding, Recommendation, Review, ReviewSource

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()
WHY = "A slip of the pen"


def paper(code: str = "minutes") -> Document:
    """A paper of the network."""
    return paper_of(code, network=network())


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def row() -> Review:
    """A review with one row of each kind in it."""
    made = review(publishing_body=None)
    finding = add_finding(
        by=bob(), review=made, facts=FindingFacts(kind="challenge", text="Costs stay high.", provision=provision())
    )
    cite(by=bob(), finding=finding, facts=CitationFacts(document=paper(), page="7"))
    add_source(by=bob(), review=made, facts=SourceFacts(kind="file", title="Word", document=paper()))
    recommend(by=bob(), review=made, advice=Advice("R1", "Do more", (provision(),)))
    return made


def changed(subject: Record, kind: type[Facts], **words: Any) -> Facts:
    return replace(facts_of(subject, kind), **words)


ROWS: dict[str, tuple[type[Record], type[Facts], dict[str, Any]]] = {
    "review": (Review, ReviewFacts, {"title": "Other title"}),
    "finding": (Finding, FindingFacts, {"text": "Costs fell."}),
    "citation": (Citation, CitationFacts, {"page": "8"}),
    "source": (ReviewSource, SourceFacts, {"title": "Other title"}),
    "recommendation": (Recommendation, RecommendationFacts, {"note": "Asked twice"}),
    "words": (Provision, ProvisionFacts, {"text": "Do less"}),
    "concern": (Crosswalk, LinkFacts, {"note": "Nearly"}),
}


def subject_of(what: str, own: Review) -> Any:
    if what == "words":
        return Provision.objects.get(recommendation__review=own)
    if what == "concern":
        return Crosswalk.objects.get(relation="concerns")
    return ROWS[what][0]._default_manager.get()


@pytest.mark.parametrize("what", ROWS)
def test_a_correction_voids_what_was_cleared_and_a_save_without_change_does_not(what: str, row: Review) -> None:
    candidate = cleared(row)
    _, kind, words = ROWS[what]
    subject = subject_of(what, row)
    before = Event.objects.count()
    amend(by=bob(), row=subject, facts=facts_of(subject, kind), reason=WHY)
    candidate.refresh_from_db()
    assert (candidate.state, Event.objects.count()) == ("cleared", before)
    amend(by=bob(), row=subject, facts=changed(subject, kind, **words), reason=WHY)
    candidate.refresh_from_db()
    assert candidate.state == "void"
    assert candidate.void_reason.endswith("was corrected")
    assert (candidate.void_by_post, candidate.void_by_person) == (bob().post, bob().person)
    with pytest.raises(RefusedError, match="is void, so one cannot publish"):
        publish(by=dora(), candidate=candidate, shelf=shelf(), on=DAY)
    own = Event.objects.get(verb=f"{subject.noun}.amended")
    assert subject.urn in {one["urn"] for one in own.detail.words["rows"]}, "its own event tells of it"


@pytest.mark.parametrize("what", [what for what in ROWS if what != "review"])
def test_a_withdrawal_voids_too_and_leaves_every_list(what: str, row: Review) -> None:
    candidate = cleared(row)
    subject = subject_of("recommendation" if what == "words" else what, row)
    if what in ("finding", "source"):
        others = Citation.objects.all() if what == "finding" else []
        assert all(one.shown for one in others)
    withdraw(by=bob(), row=subject, reason="Entered twice")
    candidate.refresh_from_db()
    assert (candidate.state, candidate.void_reason.endswith("was withdrawn")) == ("void", True)
    assert not type(subject)._default_manager.visible_to(OPERATOR_VIEWER).filter(pk=subject.pk).exists()
    if what == "finding":
        assert not Citation.objects.visible_to(OPERATOR_VIEWER).exists()
    if what in ("recommendation", "words"):
        assert not Provision.objects.get(recommendation=subject).shown
    assert submitted(row).state == "submitted"


@pytest.mark.parametrize("what", ROWS)
def test_who_corrects_drafted_and_does_not_clear(what: str, row: Review) -> None:
    zoe = holder("zoe", "secretariat_officer", organisation("min-labour"))
    _, kind, words = ROWS[what]
    subject = subject_of(what, row)
    with pytest.raises(RefusedError, match="may not"):
        amend(by=alice(), row=subject, facts=changed(subject, kind, **words), reason=WHY)
    amend(by=zoe, row=subject, facts=changed(subject, kind, **words), reason=WHY)
    seat = holder("zoe", "validator", organisation("min-health"))
    with pytest.raises(RefusedError, match="zoe wrote in the review"):
        clear(by=seat, candidate=submitted(row), shelf=shelf(), on=DAY)


def test_whose_proposed_words_were_taken_drafted_too(row: Review) -> None:
    finding = Finding.objects.get()
    other = changed(finding, FindingFacts, text="Costs fell.")
    proposal = propose_change(by=emil(), row=finding, facts=other, reason="New figures")
    accept_change(by=bob(), proposal=proposal)
    with pytest.raises(RefusedError, match="emil wrote in the review"):
        clear(by=emil(), candidate=submitted(row), shelf=shelf(), on=DAY)


def test_other_words_of_a_confirmed_finding_are_not_confirmed(row: Review) -> None:
    finding = Finding.objects.get()
    confirm_finding(by=emil(), finding=finding, on=DAY)
    amend(by=bob(), row=finding, facts=changed(finding, FindingFacts, note="Seen again"), reason=WHY)
    assert finding.confirmed_on == DAY
    amend(by=bob(), row=finding, facts=changed(finding, FindingFacts, text="Costs fell."), reason=WHY)
    assert (finding.confirmed_on, finding.confirmed_by, finding.confirmed_by_person) == (None, None, None)
    confirm_finding(by=emil(), finding=finding, on=DAY)


def test_what_an_edition_issued_stands() -> None:
    made = review()
    recommend(by=bob(), review=made, advice=Advice("R1", "Do more", (provision(),)))
    published(made)
    for what in ("recommendation", "words", "concern"):
        _, kind, words = ROWS[what]
        subject = subject_of(what, made)
        for act in (
            lambda subject=subject, kind=kind, words=words: amend(
                by=bob(), row=subject, facts=changed(subject, kind, **words), reason=WHY
            ),
            lambda subject=subject: withdraw(by=bob(), row=subject, reason=WHY),
        ):
            with pytest.raises(RefusedError, match=r"was issued by the edition qor-2026\.v1"):
                act()
    own = Provision.objects.get(recommendation__review=made)
    with pytest.raises(RefusedError, match="was issued by the edition"):
        link(by=bob(), from_provision=own, to_provision=provision("2"), facts=LinkFacts(relation="concerns"))


def test_a_published_review_is_neither_withdrawn_nor_hidden() -> None:
    made = review()
    published(made)
    with pytest.raises(RefusedError, match="Withdraw them one by one"):
        withdraw(by=bob(), row=made, reason=WHY)
    with pytest.raises(RefusedError, match="Withdraw them one by one"):
        amend(by=bob(), row=made, facts=changed(made, ReviewFacts, classification="network"), reason=WHY)
    amend(by=bob(), row=made, facts=changed(made, ReviewFacts, title="Other title"), reason=WHY)
    assert made.state == "open"


def test_the_frameworks_of_a_review_are_part_of_what_it_says(row: Review) -> None:
    candidate = cleared(row)
    assert facts_of(row, ReviewFacts).frameworks == (framework(),)
    amend(by=bob(), row=row, facts=changed(row, ReviewFacts, frameworks=(framework(), framework("sdg"))), reason=WHY)
    candidate.refresh_from_db()
    assert candidate.state == "void"
    assert row.frameworks.count() == 2


def test_a_change_proposed_of_a_review_leaves_its_frameworks_as_they_are(row: Review) -> None:
    proposal = propose_change(by=emil(), row=row, facts=changed(row, ReviewFacts, title="New"), reason="Better")
    assert set(proposal.changes) == {"title"}
    accept_change(by=bob(), proposal=proposal)
    assert [one.code for one in row.frameworks.all()] == ["gcm"]


LATER: dict[str, Callable[[Provision, Path], object]] = {
    "link": lambda own, folder: link(
        by=bob(), from_provision=own, to_provision=provision("2"), facts=LinkFacts(relation="concerns")
    ),
    "texts": lambda own, folder: import_provisions(by=OPERATOR, framework=own.framework, path=texts(folder)),
}


def texts(folder: Path) -> Path:
    path = folder / "texts.csv"
    path.write_text("code,text\nR1,Do still more\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("how", LATER)
def test_what_a_recommendation_says_and_concerns_is_content_too(how: str, row: Review, tmp_path: Path) -> None:
    candidate = cleared(row)
    LATER[how](Provision.objects.get(recommendation__review=row), tmp_path)
    candidate.refresh_from_db()
    assert candidate.state == "void"


def test_a_checked_source_stays_what_it_was_checked_as(row: Review) -> None:
    source = ReviewSource.objects.get()
    check_source(by=bob(), source=source, sha256=paper().sha256 or "d" * 64, on=DAY)
    other = changed(source, SourceFacts, document=paper("other"))
    with pytest.raises(RefusedError, match="Reject it, and receive another"):
        amend(by=bob(), row=source, facts=other, reason=WHY)
    amend(by=bob(), row=source, facts=changed(source, SourceFacts, title="Word of the agency"), reason=WHY)


def test_a_finding_rests_on_a_commitment_a_statement_and_a_published_contribution(row: Review) -> None:
    finding = Finding.objects.get()
    spoken = record_statement(
        by=OPERATOR, meeting=meeting(), facts=StatementFacts(summary="Words", organisation=organisation())
    )
    given = contribute(
        by=ANONYMOUS,
        consultation=consultation(),
        on=date(2025, 2, 3),
        facts=ContributionFacts(text="Good", name="A reader"),
    )
    with pytest.raises(RefusedError, match="is received; cite published ones only"):
        cite(by=bob(), finding=finding, facts=CitationFacts(contribution=given))
    publish_contribution(by=bob(), contribution=given)
    for facts in (
        CitationFacts(commitment=commitment()),
        CitationFacts(statement=spoken),
        CitationFacts(contribution=given),
        CitationFacts(claim=claim()),
    ):
        assert cite(by=bob(), finding=finding, facts=facts).drafted_by_person == bob().person
    with pytest.raises(RefusedError, match="A citation is of one record"):
        cite(by=bob(), finding=finding, facts=CitationFacts(commitment=commitment(), statement=spoken))


def test_what_a_finding_rests_on_is_not_withdrawn(row: Review) -> None:
    cite(by=bob(), finding=Finding.objects.get(), facts=CitationFacts(commitment=commitment()))
    candidate = submitted(row)
    with pytest.raises(RefusedError, match="citation"):
        withdraw(by=bob(), row=commitment(), reason="Entered twice")
    candidate.refresh_from_db()
    assert candidate.state == "submitted"
    assert Candidate.objects.count() == 1
