"""What a review shows of documents: what persons cited, and apart from it what a program suggests."""

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
from waymark.queries.documents.views import LEAST_SHOWN, Suggestions
from waymark.queries.reviews.evidence import CANDIDATES, SHOWN, evidence_of, suggestions_of
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


def suggested(viewer: Viewer = PUBLIC, review: Review | None = None, day: date = date.max) -> Suggestions:
    sources = SourceBook()
    found = suggestions_of("QOR", review, (), viewer=viewer, language="en", sources=sources, day=day)
    for one in found.values():
        assert {item.source for item in one.shown} <= sources.sources.keys()
    return found.get(20, Suggestions())


def set_score(row: Document, score: float) -> None:
    Tag.objects.by_model().filter(passage__document=row, provision__code="20").update(score=score)


def test_a_suggestion_has_page_words_reasons_and_flags(tmp_path: Path) -> None:
    pages = (Page(0, "iv", (Flag.GLUED_WORDS,)),)
    paper(tmp_path / "a.md", documents.REMITTANCES, pages=pages, title="Prices of transfers")
    (item,) = suggested().shown
    assert (item.title, item.page, item.about, item.tagged_by) == ("Prices of transfers", "iv", "country", "")
    assert item.quotation in " ".join(documents.REMITTANCES.split()) or item.quotation.endswith("…")
    assert any("remittances" in reason or "transfer" in reason for reason in item.reasons)
    assert item.flags == ("spaces between words may be missing",)


def test_what_is_about_the_country_comes_first_then_what_a_person_confirmed(tmp_path: Path) -> None:
    general = paper(tmp_path / "general.md", about=[])
    confirmed = paper(tmp_path / "confirmed.md", TOWN.format("One"))
    best = paper(tmp_path / "best.md", TOWN.format("Two"))
    for row, score in ((general, 0.99), (confirmed, 0.40), (best, 0.90)):
        set_score(row, score)
    tag = confirmed.passages.get().tags.by_model().get(provision__code="20")
    acts.judge(by=people.bob(), passage=confirmed.passages.get(), provision=tag.provision)
    assert [(item.title, item.about) for item in suggested().shown] == [
        ("confirmed", "country"),
        ("best", "country"),
        ("general", "general"),
    ]
    assert suggested(PUBLIC).shown[0].tagged_by == "a person of the network"  # posts are the network's own
    assert suggested(network_viewer(networks.network().code)).shown[0].tagged_by == "secretariat officer"
    assert suggested().shown[0].score == 0.40


def test_low_scores_and_other_places_are_left_out(tmp_path: Path) -> None:
    row = paper(tmp_path / "low.md")
    set_score(row, LEAST_SHOWN)
    assert suggested().total == 1
    set_score(row, LEAST_SHOWN - 0.001)
    assert suggested().total == 0
    elsewhere = paper(tmp_path / "else.md", documents.REMITTANCES + " More.", about=[island()])
    set_score(elsewhere, 0.9)
    assert suggested().total == 0
    both = paper(tmp_path / "both.md", documents.REMITTANCES + " And.", about=[island(), places.orvenia()])
    set_score(both, 0.9)
    assert suggested().total == 1


def test_what_a_person_rejected_is_left_out_unless_another_confirmed_it(tmp_path: Path) -> None:
    row = paper(tmp_path / "a.md")
    passage = row.passages.get()
    twenty = frameworks.provision("20")
    set_score(row, 0.9)
    acts.judge(by=people.bob(), passage=passage, provision=twenty, verdict="does_not")
    assert suggested().total == 0
    acts.judge(by=BY, passage=passage, provision=twenty)
    assert suggested().total == 1


def test_none_of_them_by_a_person_takes_a_passage_out(tmp_path: Path) -> None:
    row = paper(tmp_path / "a.md")
    set_score(row, 0.9)
    acts.judge(by=people.bob(), passage=row.passages.get(), provision=None, verdict="none")
    assert suggested().total == 0


def test_a_former_edition_is_not_suggested(tmp_path: Path) -> None:
    old = paper(tmp_path / "old.md")
    paper(tmp_path / "new.md", documents.REMITTANCES + " It was changed.", former=old)
    assert [item.title for item in suggested().shown] == ["new"]


def test_only_what_was_published_by_the_day_is_suggested_and_replaces(tmp_path: Path) -> None:
    old = paper(tmp_path / "old.md", published_on=date(2022, 3, 1))
    paper(tmp_path / "new.md", documents.REMITTANCES + " It was changed.", former=old, published_on=date(2023, 3, 1))
    assert [item.title for item in suggested(day=date(2022, 2, 28)).shown] == []
    assert [item.title for item in suggested(day=date(2022, 5, 12)).shown] == ["old"]
    assert [item.title for item in suggested(day=date(2023, 3, 1)).shown] == ["new"]


def test_more_than_are_shown_are_counted(tmp_path: Path) -> None:
    for number in range(SHOWN + 2):
        set_score(paper(tmp_path / f"p{number}.md", TOWN.format(f"T{number}")), 0.9)
    found = suggested()
    assert (len(found.shown), found.total) == (SHOWN, SHOWN + 2)


def test_the_public_sees_no_paper_of_the_network(tmp_path: Path) -> None:
    paper(tmp_path / "a.md", classification="network")
    assert suggested(PUBLIC).total == 0
    assert suggested(network_viewer("other")).total == 0
    assert suggested(network_viewer(networks.network().code)).total == 1
    assert listed(PUBLIC) == ()
    assert passages(PUBLIC, objective="20") == ()
    assert passages(network_viewer(networks.network().code), objective="20") != ()


def test_a_cited_passage_is_evidence_and_no_longer_a_suggestion(tmp_path: Path) -> None:
    row = paper(tmp_path / "a.md", title="Prices")
    set_score(row, 0.9)
    review = reviews.review(place=places.orvenia())
    finding = review_acts.add_finding(
        by=BY, review=review, facts=FindingFacts(kind="progress", text="It moves", provision=frameworks.provision("20"))
    )
    review_acts.cite(
        by=BY,
        finding=finding,
        facts=CitationFacts(passage=row.passages.get(), quotation="Banks and post offices publish"),
    )
    found = evidence_of(review, "QOR", (), viewer=PUBLIC, language="en", sources=SourceBook())[20]
    assert [(e.title, e.page, e.quotation, e.about_country) for e in found] == [
        ("Prices", "5", "Banks and post offices publish", True)
    ]
    assert suggested(review=review).total == 0
    assert suggested(review=None).total == 1


def test_global_guidance_never_makes_a_country_look_evidenced(tmp_path: Path) -> None:
    guide = paper(tmp_path / "guide.md", about=[], title="Guide")
    review = reviews.review(place=places.orvenia())
    finding = review_acts.add_finding(
        by=BY, review=review, facts=FindingFacts(kind="progress", text="It moves", provision=frameworks.provision("20"))
    )
    review_acts.cite(by=BY, finding=finding, facts=CitationFacts(passage=guide.passages.get()))
    (found,) = evidence_of(review, "QOR", (), viewer=PUBLIC, language="en", sources=SourceBook())[20]
    assert found.about_country is False
    newer = paper(tmp_path / "guide2.md", documents.REMITTANCES + " New.", about=[], former=guide, title="Guide 2")
    (found,) = evidence_of(review, "QOR", (), viewer=PUBLIC, language="en", sources=SourceBook())[20]
    assert found.newer_edition == "Guide 2"
    assert found.quotation
    classify(Document.objects.filter(pk=newer.pk), "network")
    (found,) = evidence_of(review, "QOR", (), viewer=PUBLIC, language="en", sources=SourceBook())[20]
    assert found.newer_edition == ""


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


def test_the_same_words_in_two_documents_are_shown_once(tmp_path: Path) -> None:
    for name in ("guide", "extract"):
        set_score(paper(tmp_path / f"{name}.md", f"{TOWN.format('One')}{' ' * len(name)}", about=[]), 0.9)
    found = suggested()
    assert (len(found.shown), found.total) == (1, 2)


def test_different_documents_come_before_a_second_passage_of_one(tmp_path: Path) -> None:
    long = paper(tmp_path / "long.md", *(TOWN.format(name) for name in ("A", "B", "C", "D")))
    set_score(long, 0.9)
    set_score(paper(tmp_path / "short.md", TOWN.format("E")), 0.5)
    assert [item.title for item in suggested().shown] == ["long", "long", "short"]


def test_an_edition_that_the_reader_may_not_see_replaces_nothing(tmp_path: Path) -> None:
    old = paper(tmp_path / "old.md", title="Old")
    paper(tmp_path / "new.md", documents.REMITTANCES + " It was changed.", former=old, classification="network")
    assert [item.title for item in suggested(PUBLIC).shown] == ["Old"]
    assert [item.document for item in passages(PUBLIC, objective="20")] == ["old"]
    inside = network_viewer(networks.network().code)
    assert [item.title for item in suggested(inside).shown] == ["new"]
    assert [item.document for item in passages(inside, objective="20")] == ["new"]


def test_a_hidden_edition_or_copy_is_not_named(tmp_path: Path) -> None:
    old = paper(tmp_path / "old.md", classification="network")
    paper(tmp_path / "new.md", documents.REMITTANCES + " It was changed.", former=old)
    inside = document("new", network_viewer(networks.network().code))
    assert (inside.former, inside.near) == ("old", "old")
    outside = document("new", PUBLIC)
    assert (outside.former, outside.near) == ("", "")


def test_the_number_of_queries_does_not_grow_with_the_passages(tmp_path: Path) -> None:
    def queries() -> tuple[int, int, int]:
        counts = []
        for ask in (suggested, lambda: passages(PUBLIC, objective="20"), lambda: listed(PUBLIC)):
            with CaptureQueriesContext(connection) as seen:
                assert ask()
            counts.append(len(seen))
        return counts[0], counts[1], counts[2]

    set_score(paper(tmp_path / "a.md", TOWN.format("A"), documents.REMITTANCES), 0.9)
    before = queries()
    for number in range(CANDIDATES + 2):
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
