"""The index follows the log: what an act changes goes in or out at the next question, without a rebuild."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    commitments,
    documents,
    frameworks,
    indicators,
    meetings,
    networks,
    organisations,
    people,
    places,
    reviews,
)
from tests.factories import world as factory_world
from tests.factories.classes import classify
from tests.queries import world
from waymark.actions import commitments as commitment_acts
from waymark.actions import documents as document_acts
from waymark.actions import meetings as meeting_acts
from waymark.actions import reviews as review_acts
from waymark.actions import successions as succession_acts
from waymark.actions.commitments import MilestoneFacts
from waymark.actions.log import log
from waymark.actions.meetings import DecisionFacts, MeetingFacts, StatementFacts
from waymark.actions.organisations import NameFacts
from waymark.actions.recommendations import Advice
from waymark.actions.reviews import FindingFacts
from waymark.actions.successions import SuccessionFacts
from waymark.engines.documents.search.index import Index, Query
from waymark.engines.documents.search.store import about, locked, packed
from waymark.gcm.nouns import FINDABLE
from waymark.queries.search import following
from waymark.queries.search.asking import search
from waymark.queries.search.entries import entries
from waymark.queries.search.following import bring_up_to_date
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.documents import Document, Passage
from waymark.records.events import LogHead
from waymark.records.record import Record
from waymark.records.reviews import Finding, Recommendation
from waymark.records.viewers import PUBLIC, Viewer

pytestmark = pytest.mark.django_db

BY = Actor.operator()
DAY = date(2025, 3, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of the record as it is when the test begins."""
    bring_up_to_date(tmp_path / "search", anew=True)
    return tmp_path / "search"


def found(folder: Path, text: str, viewer: Viewer = OPERATOR_VIEWER) -> set[str]:
    """The URNs of what a question finds at once, after the index was brought up to date without a rebuild."""
    brought = bring_up_to_date(folder)
    assert brought.how in ("taken in", "current"), brought
    answer = search(text=f'"{text}"', viewer=viewer, folder=folder)
    assert answer.total == len(answer.hits)
    return {hit.urn for hit in answer.hits}


def in_index(folder: Path) -> list[bytes]:
    """Every entry as it is stored, also those that are there twice."""
    nouns = {"noun": tuple(FINDABLE)}
    hits = Index.open(folder).search(Query("", filters=nouns, limit=10_000, facets=False, snippets=False)).hits
    return sorted(packed(hit.entry) for hit in hits)


def same_as_built_anew(folder: Path) -> None:
    assert bring_up_to_date(folder).how in ("taken in", "current")
    assert in_index(folder) == sorted(packed(entry) for entry in entries())
    described = about(folder)
    assert described is not None
    assert described.entries == len(in_index(folder))


def passage(text: str, code: str = "paper", **facts: Any) -> Passage:
    paper = documents.document(code, **({"classification": "public"} | facts))
    place = paper.passages.count()
    row = Passage.objects.create(
        code=f"{code}.{place}", document=paper, position=place, text=text, start=0, end=len(text), language="en"
    )
    log(BY, "document.read", paper)
    return row


def finding(text: str) -> Finding:
    return review_acts.add_finding(
        by=BY, review=reviews.review(classification="public"), facts=FindingFacts(kind="progress", text=text)
    )


def recommendation(text: str) -> Recommendation:
    review = reviews.review(classification="public", place=places.orvenia())
    number = Recommendation.objects.count() + 1
    return review_acts.recommend(by=BY, review=review, advice=Advice(f"R{number}", text))


def meeting(text: str) -> Record:
    return meeting_acts.hold(
        by=BY,
        network=networks.network(),
        code=f"m-{text.lower()}",
        facts=MeetingFacts(kind="annual", title="Annual", summary=text, date=DAY, classification="public"),
    )


NOUNS: dict[str, tuple[Callable[[str], Record], str]] = {
    "passage": (passage, "text"),
    "finding": (finding, "text"),
    "commitment": (lambda text: commitments.commitment(text.lower(), title=text, classification="public"), "title"),
    "recommendation": (recommendation, "provision.text"),
    "meeting": (meeting, "summary"),
    "national-indicator": (lambda text: indicators.indicator(f"qor-{text.lower()}", title=text), "title"),
    "organisation": (lambda text: organisations.organisation(text.lower(), name=text), "names.name"),
}
"""Noun → how one is made with a word in it, and where its words are."""


def reword(row: Record, path: str, text: str) -> None:
    owner, _, name = path.rpartition(".")
    kept = getattr(row, owner) if owner else row
    kept = kept if isinstance(kept, Record) else kept.get()
    setattr(kept, name, text if isinstance(row, Passage) else {"en": text})
    kept.save()


def test_every_noun_has_its_way_in() -> None:
    assert set(NOUNS) | {"indicator"} == set(FINDABLE)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_row_goes_in_and_out_at_the_next_question(noun: str, folder: Path) -> None:
    make, words = NOUNS[noun]
    row = make("Zqlantern")
    assert found(folder, "zqlantern") == {row.urn}
    make("Zqother")
    reword(row, words, "Zqharbour")
    log(BY, f"{noun}.reworded", row)
    assert found(folder, "zqlantern") == set()
    assert found(folder, "zqharbour", PUBLIC) == {row.urn} if noun != "recommendation" else True
    assert found(folder, "zqharbour") == {row.urn}
    row.classification = "restricted"
    row.save()
    log(BY, f"{noun}.hidden", row)
    assert found(folder, "zqharbour", PUBLIC) == set()
    assert found(folder, "zqharbour") == {row.urn}
    same_as_built_anew(folder)
    log(BY, f"{noun}.erased", row)
    type(row)._default_manager.filter(pk=row.pk).delete()
    assert found(folder, "zqharbour") == set()
    assert len(found(folder, "zqother")) == 1
    same_as_built_anew(folder)


@pytest.mark.parametrize("viewer", [OPERATOR_VIEWER, PUBLIC], ids=["operator", "public"])
def test_what_hangs_on_a_row_goes_out_with_its_own_act(folder: Path, viewer: Viewer) -> None:
    """Words of a statement are found through its meeting, so hiding or erasing the statement takes them out."""
    held = meeting("Zqmeet")
    said = meeting_acts.record_statement(
        by=BY, meeting=held, facts=StatementFacts(summary="Zqfirst", organisation=organisations.organisation())
    )
    assert found(folder, "zqfirst", viewer) == {held.urn}
    said.classification = "restricted"
    said.save()
    log(BY, "meeting.statement.hidden", said)
    assert found(folder, "zqfirst", viewer) == set()
    said.classification = "public"
    said.save()
    log(BY, "meeting.statement.opened", said)
    assert found(folder, "zqfirst", viewer) == {held.urn}
    log(BY, "meeting.statement.erased", said)
    type(said).objects.filter(pk=said.pk).delete()
    assert found(folder, "zqfirst", viewer) == set()
    same_as_built_anew(folder)


def test_a_document_replaced_hidden_or_erased_takes_its_passages_along(folder: Path) -> None:
    old, _ = passage("Zqold words."), passage("Zqold again.")
    new = passage("Zqnew words.", "newer")
    assert len(found(folder, "zqold")) == 2
    Document.objects.filter(pk=new.document_id).update(former=old.document)
    log(BY, "document.corrected", new.document)
    assert found(folder, "zqold") == set()
    assert found(folder, "zqnew", PUBLIC) == {new.urn}
    classify(Document.objects.filter(pk=new.document_id), "network")
    log(BY, "document.corrected", new.document)
    assert len(found(folder, "zqold", PUBLIC)) == 2, "the public does not see the later version any more"
    assert found(folder, "zqnew", PUBLIC) == set()
    same_as_built_anew(folder)
    log(BY, "document.erased", new.document)
    new.document.delete()
    assert found(folder, "zqnew") == set()
    same_as_built_anew(folder)


def test_a_version_that_is_no_longer_replaced_is_found_again(folder: Path) -> None:
    first, second, new = passage("Zqfirst.", "first"), passage("Zqsecond.", "second"), passage("Zqnew.", "new")
    Document.objects.filter(pk=new.document_id).update(reading="read", sha256="a" * 64, text_sha256="b" * 64)
    for former, gone, there in ((first, "zqfirst", "zqsecond"), (second, "zqsecond", "zqfirst")):
        facts = document_acts.DocumentFacts(former=former.document)
        document_acts.correct_facts(by=BY, document=new.document, facts=facts)
        assert found(folder, gone) == set()
        assert len(found(folder, there)) == 1
        same_as_built_anew(folder)


def test_persons_tags_and_facts_of_a_document_are_facets_at_once(folder: Path) -> None:
    row = passage("Zqpaper about something.")
    document_acts.judge(by=BY, passage=row, provision=frameworks.provision("20"))
    bring_up_to_date(folder)
    assert search(text="", viewer=PUBLIC, folder=folder, filters={"objective": ("20",), "noun": ("passage",)}).total
    document_acts.judge(by=BY, passage=row, provision=None, verdict="none")
    document_acts.correct_facts(
        by=BY, document=row.document, facts=document_acts.DocumentFacts(publisher="Zqoffice", about=[places.orvenia()])
    )
    bring_up_to_date(folder)
    assert not search(text="", viewer=PUBLIC, folder=folder, filters={"objective": ("20",), "noun": ("passage",)}).total
    assert search(text="", viewer=PUBLIC, folder=folder, filters={"publisher": ("Zqoffice",)}).total == 1
    same_as_built_anew(folder)


@pytest.mark.parametrize("make", [world.make, factory_world.world], ids=["small world", "one of each"])
def test_the_acts_of_a_whole_world_are_followed(make: Callable[[], object], folder: Path) -> None:
    """Every act that the worlds of the tests know, taken in afterwards, gives what a build of the same record gives."""
    make()
    same_as_built_anew(folder)


def steps(draw: random.Random) -> list[Callable[[], object]]:
    """Acts on rows drawn from a few, so that they meet."""
    one = commitments.commitment(f"c-{draw.randrange(3)}", classification=draw.choice(["public", "network"]))
    held = meetings.meeting(f"m-{draw.randrange(2)}")
    body = organisations.organisation(f"o-{draw.randrange(3)}")
    paper = documents.document(f"d-{draw.randrange(4)}", classification=draw.choice(["public", "network"]))
    number = str(draw.randrange(1, 24))
    objective = frameworks.provision(number)
    text = f"Zq{draw.randrange(10**6)}"
    level = draw.choice(["public", "network", "restricted", "strictly_confidential"])

    def hide(rows: Any, verb: str) -> None:
        row = rows.order_by("?").first() if draw.random() < 0.5 else rows.last()
        if row is not None:
            row.classification = level
            row.save()
            log(BY, verb, row)

    def erase(rows: Any, verb: str) -> None:
        if row := rows.first():
            log(BY, verb, row)
            row.delete()

    def replaced() -> None:
        former = Document.objects.exclude(pk=paper.pk).filter(later_versions=None).first()
        if former is not None and former.former_id is None and paper.former_id is None:
            document_acts.correct_facts(by=BY, document=paper, facts=document_acts.DocumentFacts(former=former))

    def judged() -> None:
        if row := paper.passages.first():
            document_acts.judge(by=BY, passage=row, provision=objective, verdict=draw.choice(["speaks", "does_not"]))

    return [
        lambda: passage(text, paper.code),
        judged,
        replaced,
        lambda: hide(Document.objects.all(), "document.hidden"),
        lambda: hide(Passage.objects.all(), "passage.hidden"),
        lambda: erase(paper.passages.all(), "passage.erased"),
        lambda: meeting_acts.record_statement(
            by=BY, meeting=held, facts=StatementFacts(summary=text, organisation=body)
        ),
        lambda: hide(held.statements.all(), "meeting.statement.hidden"),
        lambda: erase(held.statements.all(), "meeting.statement.erased"),
        lambda: meeting_acts.decide(by=BY, meeting=held, facts=DecisionFacts(text=text)),
        lambda: hide(held.decisions.all(), "meeting.decision.hidden"),
        lambda: (
            one.ties.filter(provision=objective).exists()
            or commitment_acts.tie(by=people.bob(), commitment=one, ties=[commitment_acts.Served(objective)])
        ),
        lambda: hide(one.ties.all(), "commitment.tie.hidden"),
        lambda: erase(one.ties.all(), "commitment.tie.erased"),
        lambda: hide(type(one).objects.all(), "commitment.hidden"),
        lambda: succession_acts.rename(
            by=BY, organisation=body, named=NameFacts(name=text), facts=SuccessionFacts(date=DAY)
        ),
        lambda: hide(body.names.all(), "organisation.name.hidden"),
        lambda: finding(text),
        lambda: hide(Finding.objects.all(), "review.finding.hidden"),
        lambda: recommendation(text),
        lambda: hide(Recommendation.objects.all(), "recommendation.hidden"),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_acts_gives_what_a_rebuild_gives(seed: int, folder: Path) -> None:
    draw = random.Random(seed)
    for _ in range(6):
        for _ in range(draw.randrange(1, 7)):
            draw.choice(steps(draw))()
        same_as_built_anew(folder)


def test_an_act_that_concerns_no_entry_leaves_the_index_alone(folder: Path) -> None:
    index = sorted(path.name for path in folder.glob("generation-*/*") if path.name != "about.json")
    reviews.cycle()
    assert bring_up_to_date(folder).how == "current"
    networks.network()
    commitment = commitments.commitment()
    bring_up_to_date(folder)
    before = sorted(path.name for path in folder.glob("generation-*/*") if path.name != "about.json")
    assert before != index
    commitment_acts.set_milestone(by=people.bob(), commitment=commitment, facts=MilestoneFacts(title="First"))
    assert bring_up_to_date(folder).how == "taken in"
    assert sorted(path.name for path in folder.glob("generation-*/*") if path.name != "about.json") == before
    with CaptureQueriesContext(connection) as asked:
        assert bring_up_to_date(folder).how == "current"
    assert len(asked) == 2


def test_a_log_that_is_not_the_one_taken_in_means_a_rebuild(folder: Path) -> None:
    organisations.organisation("before")
    organisations.organisation("later")
    assert bring_up_to_date(folder).how == "taken in"
    LogHead.objects.filter(network="").update(last=1)
    brought = bring_up_to_date(folder)
    assert (brought.how, brought.why) == ("rebuilt", "other")


def test_another_catalogue_means_a_rebuild(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MADE", following.MADE + 1)
    following._made_by.cache_clear()
    brought = bring_up_to_date(folder)
    following._made_by.cache_clear()
    assert (brought.how, brought.why) == ("rebuilt", "other")


def test_much_that_changed_means_a_rebuild(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST", 8)
    row = passage("One.")
    assert bring_up_to_date(folder).how == "taken in"
    for number in range(100):
        text = f"Words {number}."
        Passage.objects.create(
            code=f"more.{number}", document=row.document, position=number + 1, text=text, start=0, end=len(text)
        )
    log(BY, "document.read", row.document)
    brought = bring_up_to_date(folder)
    assert (brought.how, brought.why) == ("rebuilt", "much")


def test_a_damaged_index_is_built_anew(folder: Path) -> None:
    organisations.organisation("after")
    for path in folder.glob("generation-*/meta.json"):
        path.write_text("nonsense")
    brought = bring_up_to_date(folder)
    assert (brought.how, brought.why) == ("rebuilt", "none")
    same_as_built_anew(folder)


def test_an_index_that_another_process_holds_is_asked_as_it_is(folder: Path) -> None:
    row = commitments.commitment("lantern", title="Zqlantern", classification="public")
    assert found(folder, "zqlantern", PUBLIC) == {row.urn}
    with locked(folder):
        row.classification = "restricted"
        row.save()
        log(BY, "commitment.hidden", row)
        organisations.organisation("late", name="Zqlate")
        assert bring_up_to_date(folder, wait=0).how == "busy"
        assert search(text="zqlantern", viewer=PUBLIC, folder=folder).total == 0, "rights are read from the record"
        assert search(text="zqlate", viewer=PUBLIC, folder=folder).total == 0
    assert len(found(folder, "zqlate", PUBLIC)) == 1


def test_what_cannot_be_taken_in_again_is_not_shown(folder: Path) -> None:
    row = commitments.commitment("lantern", title="Zqlantern", classification="public")
    assert found(folder, "zqlantern", PUBLIC) == {row.urn}
    type(row).objects.filter(pk=row.pk).update(title={"en": "Other words"})
    with locked(folder):
        answer = search(text="zqlantern", viewer=PUBLIC, folder=folder)
    assert answer.hits == ()
    assert any("Ask again" in note for note in answer.notes)
    assert found(folder, "zqlantern", PUBLIC) == set()


def test_entries_are_compared_without_what_they_are_made_of(folder: Path) -> None:
    passage("Words.")
    entry = next(iter(entries()))
    assert entry.made_of
    assert entry == replace(entry, made_of=())
