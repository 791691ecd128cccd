"""One true story of a document: added, tagged by a program, judged by a person, cited, replaced by a new version.

An officer drops in a strategy. The program suggests what each passage speaks to; the officer confirms one tag and
rejects another, another post disagrees, and a second run of the program leaves all their words alone. A finding cites
a passage. The ministry publishes a new version: the citation goes on pointing at the old words. What is for the
network stays out of sight of the public, in passages and in tags.
"""

from pathlib import Path

import pytest

from tests.factories import documents, frameworks, networks, people, places, reviews
from waymark.actions import documents as acts
from waymark.actions import reviews as review_acts
from waymark.actions.documents.tagging import suggest_tags
from waymark.actions.reviews import CitationFacts, FindingFacts
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.documents import Document, Passage, Tag
from waymark.records.events import Event
from waymark.records.reviews import Citation
from waymark.records.viewers import PUBLIC, network_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings) -> None:
    settings.DATA_DIR = tmp_path / "var"
    frameworks.provision("20")
    frameworks.provision("10")


def strategy(tmp_path: Path, **facts) -> Document:
    words = (documents.REMITTANCES * 2, documents.TRAFFICKING * 2)
    added = documents.added(tmp_path / "strategy.md", *words, network=networks.network(), **facts)
    assert added.outcome == "added"
    return added.document


def test_the_story(tmp_path: Path) -> None:
    row = strategy(tmp_path, about=[places.orvenia()], title="Migration strategy")
    first, second = row.passages.order_by("position")
    assert (first.page_label, second.page_label) == ("5", "6")
    assert first.headings == ["Chapter 1"]
    text = documents.filing().text(row.text_sha256)
    assert text[first.start : first.end] == first.text

    suggested = first.tags.by_model().get(provision__code="20")
    assert suggested.score is not None
    assert suggested.score > 0.3
    assert suggested.reasons

    officer, other = people.bob(), people.alice()
    twenty, ten = suggested.provision, frameworks.provision("10")
    own = acts.judge(by=officer, passage=first, provision=twenty)
    acts.judge(by=officer, passage=first, provision=ten, verdict="does_not", note="It only mentions it")
    again = acts.judge(by=officer, passage=first, provision=twenty, verdict="does_not")
    assert again.pk == own.pk
    with pytest.raises(RefusedError, match="may not register"):
        acts.judge(by=other, passage=first, provision=twenty)
    acts.judge(by=Actor.operator(), passage=first, provision=twenty)  # the operator disagrees, and both stand
    persons = list(first.tags.by_persons().order_by("id").values_list("provision__code", "verdict", "post__code"))
    suggest_tags(by=Actor.operator(), passages=[first, second], tagger=Tagger.load("lexicon"), network=row.network)
    assert (
        list(first.tags.by_persons().order_by("id").values_list("provision__code", "verdict", "post__code")) == persons
    )
    assert {tag.model for tag in first.tags.by_model()} == {"lexicon"}

    review = reviews.review()
    finding = review_acts.add_finding(
        by=Actor.operator(),
        review=review,
        facts=FindingFacts(kind="progress", text="Prices are compared", provision=twenty),
    )
    citation = review_acts.cite(by=Actor.operator(), finding=finding, facts=CitationFacts(passage=first))
    assert (citation.document, citation.page) == (row, "5")
    assert citation.quotation.startswith("The Ministry of Finance compares")
    with pytest.raises(InputError, match="do not stand in the passage"):
        review_acts.cite(
            by=Actor.operator(), finding=finding, facts=CitationFacts(passage=first, quotation="Prices fell by half")
        )
    with pytest.raises(InputError, match="at most 40 words"):
        review_acts.cite(
            by=Actor.operator(), finding=finding, facts=CitationFacts(passage=first, quotation="word " * 41)
        )

    newer = documents.added(
        tmp_path / "strategy-2.md",
        documents.REMITTANCES * 2 + " It was changed.",
        documents.TRAFFICKING * 2,
        network=networks.network(),
        former=row,
    )
    assert newer.near == row
    citation = Citation.objects.get(pk=citation.pk)
    assert citation.passage == first
    assert citation.passage.text == first.text
    with pytest.raises(RefusedError, match="was replaced by strategy-2 already"):
        documents.added(tmp_path / "strategy-3.md", "Other words", network=networks.network(), former=row)

    assert not Passage.objects.visible_to(PUBLIC).exists()
    assert not Tag.objects.visible_to(PUBLIC).exists()
    assert Passage.objects.visible_to(network_viewer(networks.network().code)).count() == 4
    verbs = list(Event.objects.filter(subject=row.urn).order_by("id").values_list("verb", flat=True))
    assert verbs == ["document.read", "document.tagged", "document.tagged"]


def test_the_same_file_is_recognised(tmp_path: Path) -> None:
    row = strategy(tmp_path)
    again = documents.added(tmp_path / "copy.md", *[documents.REMITTANCES * 2, documents.TRAFFICKING * 2],
                            network=networks.network())  # fmt: skip
    assert (again.outcome, again.document) == ("held", row)
    assert Document.objects.count() == 1
    elsewhere = documents.added(tmp_path / "copy.md", *[documents.REMITTANCES * 2, documents.TRAFFICKING * 2])
    assert elsewhere.outcome == "added"  # another network's paper is its own


def test_a_file_set_aside_is_kept_with_its_reason_and_read_later(tmp_path: Path) -> None:
    path = tmp_path / "broken.md"
    path.write_text(documents.REMITTANCES)
    first = documents.set_aside(path)
    assert first.outcome == "set aside"
    assert first.document.reading == "quarantined"
    assert first.document.reading_note == "broken.md: it ends too early. Expected: a whole file. Ask for it again."
    assert documents.filing().file(first.document.sha256).exists()
    assert documents.set_aside(path).outcome == "held"
    read = documents.added(path, documents.REMITTANCES)
    assert (read.outcome, read.document) == ("read again", first.document)
    assert read.document.reading == "read"


def test_who_may_add(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="may not register organisations, documents"):
        strategy(tmp_path, by=people.alice())
    assert Document.objects.count() == 0
    assert strategy(tmp_path, by=people.bob()).passages.count() == 2


def test_titles_and_codes_from_file_names(tmp_path: Path) -> None:
    long = tmp_path / "მიგრაციის_სტრატეგია.md"
    assert documents.added(long, documents.REMITTANCES, code="").document.code == "doc"
    named = documents.added(tmp_path / "Stratégie_nationale (v2).md", documents.TRAFFICKING, code="").document
    assert named.code == "doc-strategie-nationale-v2"
    assert named.title == {"en": "Stratégie nationale (v2)"}


def test_a_later_word_of_a_post_takes_back_what_it_contradicts(tmp_path: Path) -> None:
    passage = strategy(tmp_path).passages.order_by("position")[0]
    twenty, ten = frameworks.provision("20"), frameworks.provision("10")
    acts.judge(by=people.bob(), passage=passage, provision=twenty)
    acts.judge(by=people.bob(), passage=passage, provision=ten, verdict="does_not")
    acts.judge(by=Actor.operator(), passage=passage, provision=twenty)
    acts.judge(by=people.bob(), passage=passage, provision=None, verdict="none")
    bob = passage.tags.by_persons().filter(post__isnull=False).order_by("id")
    assert [tag.verdict for tag in bob] == ["does_not", "none"]
    acts.judge(by=people.bob(), passage=passage, provision=twenty)
    assert [tag.verdict for tag in bob.all()] == ["does_not", "speaks"]
    assert passage.tags.by_persons().filter(post__isnull=True).get().verdict == "speaks"


def test_a_verdict_fits_its_provision(tmp_path: Path) -> None:
    passage = strategy(tmp_path).passages.first()
    assert passage is not None
    for provision, verdict in ((None, "speaks"), (frameworks.provision("20"), "none")):
        with pytest.raises(RefusedError, match="does not fit"):
            acts.judge(by=Actor.operator(), passage=passage, provision=provision, verdict=verdict)
    assert acts.judge(by=Actor.operator(), passage=passage, provision=None, verdict="none").provision is None


def test_a_file_is_read_anew_only_while_nobody_points_at_its_words(tmp_path: Path) -> None:
    words = (documents.REMITTANCES * 2, documents.TRAFFICKING * 2)
    row = strategy(tmp_path)
    path, facts = tmp_path / "strategy.md", acts.DocumentFacts(network=networks.network(), anew=True)
    assert acts.held_already(row.sha256, facts) is None
    again = documents.added(path, *words, network=networks.network(), anew=True)
    assert (again.outcome, again.document, again.passages) == ("read again", row, 2)
    first = row.passages.order_by("position")[0]
    acts.judge(by=Actor.operator(), passage=first, provision=frameworks.provision("20"))
    assert acts.held_already(row.sha256, facts) == row
    assert documents.added(path, *words, network=networks.network(), anew=True).outcome == "held"
    assert row.passages.order_by("position")[0] == first


def test_provisions_of_the_frameworks_of_a_review_are_suggested(tmp_path: Path) -> None:
    strategy_of = frameworks.framework("qor-strategy")
    cheap = frameworks.provision("G5", "qor-strategy", "goal", "Cheaper remittances and money transfers")
    frameworks.provision("G9", "qor-strategy", "goal", "Restore the wetlands")
    review = reviews.review(place=places.orvenia())
    review.frameworks.add(strategy_of)
    row = strategy(tmp_path, about=[places.orvenia()])
    tags = Tag.objects.by_model().filter(provision__framework=strategy_of)
    assert [(tag.passage.position, tag.provision) for tag in tags] == [(0, cheap)]
    assert "remittances" in tags.get().reasons
    other = documents.added(tmp_path / "guide.md", documents.REMITTANCES).document  # of no network, about no place
    assert not Tag.objects.filter(passage__document=other, provision=cheap).exists()
    assert row.passages.count() == 2


def test_reading_anew_keeps_the_places_that_a_person_named(tmp_path: Path) -> None:
    words = (documents.REMITTANCES * 2, documents.TRAFFICKING * 2)
    row = strategy(tmp_path, about=[places.orvenia()])
    again = documents.added(tmp_path / "strategy.md", *words, network=networks.network(), anew=True)
    assert (again.outcome, list(row.about.all())) == ("read again", [places.orvenia()])


def test_a_file_that_cannot_be_read_replaces_nothing(tmp_path: Path) -> None:
    old = documents.added(tmp_path / "old.md", documents.REMITTANCES).document
    path = tmp_path / "new.md"
    path.write_text(documents.TRAFFICKING)
    broken = documents.set_aside(path, former=old).document
    assert (broken.former, old.later_versions.count()) == (None, 0)
    read = documents.added(path, documents.TRAFFICKING, former=old).document
    assert (read, read.former) == (broken, old)


def test_passages_of_another_network_are_not_tagged(tmp_path: Path) -> None:
    row = strategy(tmp_path)
    with pytest.raises(RefusedError, match="strategy is not a paper of the whole installation"):
        suggest_tags(by=Actor.operator(), passages=list(row.passages.all()), tagger=Tagger.load(), network=None)


def test_a_file_that_changed_while_it_was_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Old words of the file.", encoding="utf-8")
    before = acts.file_hash(path)[0]
    with pytest.raises(InputError, match="changed while it was read"):
        documents.added(path, "New words of the file.", sha256=before)
    assert Document.objects.count() == 0


def test_what_is_said_when_a_file_is_read_again_holds(tmp_path: Path) -> None:
    path = tmp_path / "scan.md"
    path.write_text(documents.REMITTANCES, encoding="utf-8")
    first = documents.set_aside(path, classification="public")
    again = documents.added(path, documents.REMITTANCES, classification="restricted", publisher="Ministry (fictional)")
    assert again.document == first.document
    assert (again.document.classification, again.document.publisher) == ("restricted", "Ministry (fictional)")
