from dataclasses import replace
from datetime import date

import pytest

from tests.factories.claims import claim
from tests.factories.documents import document as paper_of
from tests.factories.frameworks import framework, provision
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat
from tests.factories.people import alice, bob, emil, holder
from tests.factories.reports import accepted, report
from tests.factories.reviews import cycle, review, submitted
from waymark.actions.amending import accept_change, amend, propose_change
from waymark.actions.recommendations import Advice, RecommendationFacts
from waymark.actions.reports import draft
from waymark.actions.reviews.findings import (
    CitationFacts,
    FindingFacts,
    add_finding,
    cite,
    confirm_finding,
    recommend,
)
from waymark.actions.reviews.opening import ReviewFacts, open_review
from waymark.actions.reviews.sources import SourceFacts, add_source
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.documents import Document
from waymark.records.frameworks import Crosswalk, Provision
from waymark.records.reviews import Finding, Review
from waymark.records.viewers import PUBLIC, network_viewer

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 1)
OBSERVED = CitationFacts(dataset_hash="e" * 64, series="unsd:SI_RMT_COST", place_code="QOR", period="2024")


def paper(code: str = "minutes") -> Document:
    """A paper of the network."""
    return paper_of(code, network=network())


def finding(row: Review | None = None) -> Finding:
    return add_finding(
        by=bob(),
        review=row or review(),
        facts=FindingFacts(kind="challenge", text="Costs stay high.", provision=provision()),
    )


def test_a_recommendation_for_the_network_has_its_words_for_the_network() -> None:
    for code, who in (("R1", "network"), ("R2", "public")):
        said = Advice(code, "More", concerns=(provision(),), facts=RecommendationFacts(classification=who))
        recommend(by=bob(), review=review(), advice=said)
    assert {row.code for row in Provision.objects.visible_to(PUBLIC).filter(kind="recommendation")} == {"R2"}
    assert Provision.objects.visible_to(network_viewer("qor-network")).filter(kind="recommendation").count() == 2
    links = Crosswalk.objects.filter(relation="concerns")
    assert {link.from_provision.code: link.effective for link in links} == {"R1": "network", "R2": "public"}


def test_a_finding_is_confirmed_for_the_country_once_and_not_by_its_writer() -> None:
    row = finding()
    with pytest.raises(RefusedError, match="may not confirm findings"):
        confirm_finding(by=bob(), finding=row, on=DAY)
    confirm_finding(by=emil(), finding=row, on=DAY)
    assert (row.confirmed_on, row.confirmed_by, row.confirmed_by_person) == (DAY, emil().post, emil().person)
    with pytest.raises(RefusedError, match="was confirmed on 2026-04-01 already"):
        confirm_finding(by=emil(), finding=row, on=DAY)


def test_who_drafted_a_finding_confirms_it_in_no_other_post() -> None:
    own = finding()
    assert (own.drafted_by, own.drafted_by_person) == (bob().post, bob().person)
    as_validator = holder("bob", "validator", organisation("min-labour"))
    with pytest.raises(RefusedError, match=r"bob drafted the finding qor-2026\.f1; another person must confirm it"):
        confirm_finding(by=as_validator, finding=own, on=DAY)


def test_who_changed_a_finding_or_proposed_its_words_or_cited_for_it_confirms_it_in_no_post() -> None:
    second = holder("gela", "secretariat_officer", organisation("min-chair"))
    corrected, proposed, cited = finding(), finding(), finding()
    new = FindingFacts(kind="challenge", text="Costs fall.", provision=provision())
    amend(by=second, row=corrected, facts=new, reason="A slip")
    change = propose_change(by=alice(), row=proposed, facts=new, reason="A slip")
    accept_change(by=second, proposal=change)
    cite(by=second, finding=cited, facts=OBSERVED)
    proposed.refresh_from_db()
    for person, row in (("gela", corrected), ("alice", proposed), ("gela", proposed), ("gela", cited)):
        body = organisation("min-labour" if person == "gela" else "min-health")
        with pytest.raises(RefusedError, match="another person must confirm it"):
            confirm_finding(by=holder(person, "validator", body), finding=row, on=DAY)
    confirm_finding(by=emil(), finding=corrected, on=DAY)


def test_a_finding_rests_on_one_thing_at_a_time() -> None:
    row = finding()
    cite(by=bob(), finding=row, facts=OBSERVED)
    cite(by=bob(), finding=row, facts=CitationFacts(progress_report=accepted()))
    cite(by=bob(), finding=row, facts=CitationFacts(document=paper(), page="7"))
    cite(by=bob(), finding=row, facts=CitationFacts(claim=claim()))
    assert row.citations.count() == 4
    with pytest.raises(
        RefusedError, match="of one report, commitment, statement, contribution, document, claim or national value"
    ):
        cite(by=bob(), finding=row, facts=CitationFacts())
    with pytest.raises(RefusedError, match="A citation is of one record"):
        cite(by=bob(), finding=row, facts=CitationFacts(document=paper(), claim=claim()))
    with pytest.raises(RefusedError, match="A citation is of one report"):
        cite(by=bob(), finding=row, facts=replace(OBSERVED, document=paper()))


def test_a_report_is_cited_only_once_accepted() -> None:
    row = draft(by=alice(), report=report())
    with pytest.raises(RefusedError, match="is draft; cite accepted reports only"):
        cite(by=bob(), finding=finding(), facts=CitationFacts(progress_report=row))


def test_only_the_secretariat_drafts() -> None:
    row, first = review(), finding()
    for act in (
        lambda: open_review(by=alice(), code="r", cycle=cycle(), network=network(), facts=ReviewFacts(title="R")),
        lambda: finding_by(alice(), row),
        lambda: add_source(by=alice(), review=row, facts=SourceFacts(kind="file", title="T", document=paper())),
        lambda: cite(by=alice(), finding=first, facts=OBSERVED),
        lambda: recommend(by=alice(), review=row, advice=Advice("R1", "More")),
        lambda: submitted(row, by=alice()),
    ):
        with pytest.raises(RefusedError, match="may not draft reviews"):
            act()


def finding_by(actor: Actor, row: Review) -> Finding:
    return add_finding(by=actor, review=row, facts=FindingFacts(kind="challenge", text="Mine"))


def test_a_review_knows_its_place_body_and_frameworks() -> None:
    row = open_review(
        by=bob(),
        code="r1",
        cycle=cycle(),
        network=network(),
        facts=ReviewFacts(
            title={"en": "Review", "ka": "მიმოხილვა"},
            publishing_body=organisation(),
            frameworks=[framework(), framework("sdg")],
        ),
    )
    assert row.place is not None
    assert row.place.code == "QOR"
    assert set(row.frameworks.values_list("code", flat=True)) == {"gcm", "sdg"}
    recommend(by=bob(), review=row, advice=Advice("R1", "More"))
    recommend(by=bob(), review=row, advice=Advice("R2", "Still more"))
    positions = row.recommendations.order_by("id").values_list("provision__position", flat=True)
    assert list(positions) == [1, 2]


def test_the_secretariat_of_one_network_is_not_that_of_another() -> None:
    stranger = holder("zoe", "secretariat_officer", secretariat(), network("other-network"))
    with pytest.raises(RefusedError, match="may not draft reviews"):
        finding_by(stranger, review())
