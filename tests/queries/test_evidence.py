"""What is shown of documents: what persons cited, in reviews, and what a program suggests, to those who write."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import documents, frameworks, networks, people, places, reports, reviews
from tests.factories.classes import classify
from waymark.actions import documents as acts
from waymark.actions import reports as report_acts
from waymark.actions import reviews as review_acts
from waymark.actions.reviews import CitationFacts, FindingFacts
from waymark.engines.documents.model import Flag, Page
from waymark.queries.documents.listing import document, passages
from waymark.queries.documents.listing import documents as listed
from waymark.queries.documents.views import EvidenceView, PassageView
from waymark.queries.reviews.evidence import cited_read, evidence_of
from waymark.queries.sources.reading import SourceBook
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.documents import Document, Tag
from waymark.records.places import Place
from waymark.records.reviews import Review
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = pytest.mark.django_db
BY = Actor.operator()
TOWN = (
    "Migrant workers in {0} send remittances home and pay seven per cent for each money transfer to {0}. "
    "The remittances of {0} reach families, and the cost of transfers from {0} falls each year. "
    "Banks in {0} publish the exchange rate and the fee of remittances, and the post office of {0} does so too."
)


def island() -> Place:
    return Place.objects.get_or_create(code="XIS", kind="fictional", defaults={"name": {"en": "Island"}})[0]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings) -> None:
    settings.DATA_DIR = tmp_path / "var"
    for code in ("10", "20"):
        frameworks.provision(code)


def paper(path: Path, *words: str, **facts) -> Document:
    known = {"network": networks.network(), "about": [places.orvenia()], "classification": "public"}
    return documents.added(path, *(words or (documents.REMITTANCES,)), **(known | facts)).document


def suggested(viewer: Viewer = PUBLIC) -> tuple[PassageView, ...]:
    return passages(viewer, objective="20", place="QOR")


def evidence(review: Review, day: date = date.max) -> list[EvidenceView]:
    given = {"viewer": PUBLIC, "language": "en", "sources": SourceBook()}
    cited = cited_read(review, "QOR", (), viewer=PUBLIC, day=day)
    return evidence_of(review, "QOR", (), cited=cited, **given).get(20, [])  # type: ignore[arg-type]


def cite(row: Document, quotation: str = "") -> Review:
    """A review of Orvenia with a finding on objective 20 that cites the one passage of a document."""
    review = reviews.review(place=places.orvenia())
    facts = FindingFacts(kind="progress", text="It moves", provision=frameworks.provision("20"))
    finding = review_acts.add_finding(by=BY, review=review, facts=facts)
    review_acts.cite(by=BY, finding=finding, facts=CitationFacts(passage=row.passages.get(), quotation=quotation))
    return review


def set_score(row: Document, score: float) -> None:
    Tag.objects.by_model().filter(passage__document=row, provision__code="20").update(score=score)


def test_a_suggestion_has_page_words_reasons_and_flags(tmp_path: Path) -> None:
    pages = (Page(0, "iv", (Flag.GLUED_WORDS,)),)
    paper(tmp_path / "a.md", documents.REMITTANCES, pages=pages, title="Prices of transfers")
    (item,) = suggested()
    assert (item.title, item.where) == ("Prices of transfers", "iv")
    assert item.flags == ("spaces between words may be missing",)
    assert " ".join(item.text.split()) == " ".join(documents.REMITTANCES.split())
    tag = next(tag for tag in item.tags if tag.framework == "gcm" and tag.code == "20")
    assert any("remittances" in reason or "transfer" in reason for reason in tag.reasons)


def test_what_a_person_confirmed_comes_first_and_the_public_is_not_told_who(tmp_path: Path) -> None:
    confirmed, best = (paper(tmp_path / f"{name}.md", TOWN.format(name)) for name in ("confirmed", "best"))
    set_score(confirmed, 0.40)
    set_score(best, 0.90)
    acts.judge(by=people.bob(), passage=confirmed.passages.get(), provision=frameworks.provision("20"))
    assert [item.title for item in suggested()] == ["confirmed", "best"]
    assert suggested(PUBLIC)[0].tags[0].by == "a person of the network"  # posts are the network's own
    assert suggested(network_viewer(networks.network().code))[0].tags[0].by == "secretariat officer"


def test_papers_of_other_places_are_left_out(tmp_path: Path) -> None:
    paper(tmp_path / "else.md", about=[island()])
    assert suggested() == ()
    paper(tmp_path / "both.md", f"{documents.REMITTANCES} And.", about=[island(), places.orvenia()])
    paper(tmp_path / "general.md", f"{documents.REMITTANCES} More.", about=[])
    assert sorted(item.title for item in suggested()) == ["both", "general"]


def test_the_public_sees_no_paper_of_the_network(tmp_path: Path) -> None:
    paper(tmp_path / "a.md", classification="network")
    assert listed(PUBLIC) == ()
    assert passages(PUBLIC, objective="20") == ()
    assert passages(network_viewer(networks.network().code), objective="20") != ()


def test_only_a_cited_passage_is_evidence(tmp_path: Path) -> None:
    cited = paper(tmp_path / "a.md", title="Prices")
    set_score(cited, 0.9)
    set_score(paper(tmp_path / "b.md", TOWN.format("One")), 0.99)
    (found,) = evidence(cite(cited, "Banks and post offices publish"))
    assert (found.title, found.page, found.quotation) == ("Prices", "5", "Banks and post offices publish")
    assert found.about_country is True


def test_global_guidance_never_makes_a_country_look_evidenced(tmp_path: Path) -> None:
    guide = paper(tmp_path / "guide.md", about=[], title="Guide")
    review = cite(guide)
    (found,) = evidence(review)
    assert found.about_country is False
    assert found.quotation
    newer = paper(tmp_path / "guide2.md", f"{documents.REMITTANCES} New.", about=[], former=guide, title="Guide 2")
    assert [one.newer_edition for one in evidence(review)] == ["Guide 2"]
    classify(Document.objects.filter(pk=newer.pk), "network")
    assert [one.newer_edition for one in evidence(review)] == [""]


def test_a_version_is_named_from_the_day_of_its_publication_on(tmp_path: Path) -> None:
    old = paper(tmp_path / "old.md", published_on=date(2022, 3, 1))
    review = cite(old)
    paper(tmp_path / "new.md", f"{documents.REMITTANCES} New.", former=old, published_on=date(2023, 3, 1))
    assert [one.newer_edition for one in evidence(review, date(2023, 2, 28))] == [""]
    assert [one.newer_edition for one in evidence(review, date(2023, 3, 1))] == ["new"]


def test_evidence_of_a_report_may_be_a_passage(tmp_path: Path) -> None:
    row = paper(tmp_path / "a.md")
    proof = report_acts.Proof(passage=row.passages.get(), quotation="Banks and post offices")
    stored = reports.accepted(evidence=(proof,)).evidence.get()
    assert (stored.document, stored.page, stored.quotation) == (row, "5", "Banks and post offices")


def test_one_document_in_full(tmp_path: Path) -> None:
    pages = (Page(0, "iv", (Flag.GLUED_WORDS,)), Page(1, "v", (Flag.GLUED_WORDS, Flag.TABLE)))
    row = paper(tmp_path / "a.md", documents.REMITTANCES, documents.TRAFFICKING, pages=pages)
    view = document(row.sha256[:8], OPERATOR_VIEWER)
    assert (view.code, view.pages, view.passages, view.flagged_pages, view.about) == ("a", 2, 2, 2, ("QOR",))
    assert dict(view.flags)["spaces between words may be missing"] == 2
    first, second = passages(OPERATOR_VIEWER, document="a")
    assert (first.where, second.where) == ("iv", "v")
    assert next(tag.code for tag in first.tags if tag.framework == "gcm") == "20"
    assert next(tag.code for tag in second.tags if tag.framework == "gcm") == "10"


def test_a_version_that_the_reader_may_not_see_replaces_nothing(tmp_path: Path) -> None:
    old = paper(tmp_path / "old.md", title="Old")
    paper(tmp_path / "new.md", documents.REMITTANCES + " It was changed.", former=old, classification="network")
    assert [item.document for item in passages(PUBLIC, objective="20")] == ["old"]
    inside = network_viewer(networks.network().code)
    assert [item.document for item in passages(inside, objective="20")] == ["new"]


def test_a_hidden_version_or_copy_is_not_named(tmp_path: Path) -> None:
    old = paper(tmp_path / "old.md", classification="network")
    paper(tmp_path / "new.md", documents.REMITTANCES + " It was changed.", former=old)
    inside = document("new", network_viewer(networks.network().code))
    assert (inside.former, inside.near) == ("old", "old")
    outside = document("new", PUBLIC)
    assert (outside.former, outside.near) == ("", "")


def test_the_number_of_queries_does_not_grow_with_the_passages(tmp_path: Path) -> None:
    def queries() -> list[int]:
        counts = []
        for ask in (suggested, lambda: listed(PUBLIC)):
            with CaptureQueriesContext(connection) as seen:
                assert ask()
            counts.append(len(seen))
        return counts

    set_score(paper(tmp_path / "a.md", TOWN.format("A"), documents.REMITTANCES), 0.9)
    before = queries()
    for number in range(10):
        set_score(paper(tmp_path / f"p{number}.md", TOWN.format(f"T{number}"), TOWN.format(f"U{number}")), 0.9)
    assert queries() == before


def test_passages_of_an_objective_come_by_verdict_and_score(tmp_path: Path) -> None:
    row = paper(tmp_path / "a.md", *(TOWN.format(name) for name in ("A", "B", "C", "D")))
    twenty = frameworks.provision("20")
    for position, score in enumerate((0.2, 0.5, 0.9, 0.15)):
        Tag.objects.by_model().filter(passage__position=position, provision=twenty).update(score=score)
    first, _, third, _ = row.passages.order_by("position")
    acts.judge(by=BY, passage=first, provision=twenty)
    assert [one.code for one in passages(PUBLIC, objective="20", least=0.2)] == ["a.1", "a.3", "a.2"]
    assert [one.code for one in passages(PUBLIC, objective="20", least=0.5)] == ["a.1", "a.3", "a.2"]
    assert [one.code for one in passages(PUBLIC, objective="20", least=0.2, limit=2)] == ["a.1", "a.3"]
    acts.judge(by=BY, passage=third, provision=twenty, verdict="does_not")
    assert [one.code for one in passages(PUBLIC, objective="20")] == ["a.1", "a.2", "a.4"]
    acts.judge(by=BY, passage=third, provision=None, verdict="none")
    acts.judge(by=people.bob(), passage=third, provision=twenty)
    assert [one.code for one in passages(PUBLIC, objective="20", least=0.6)] == ["a.3", "a.1"]
