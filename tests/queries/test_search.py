"""One search over the record: everything is found, and nobody finds, counts or is told of what they may not read."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import commitments, documents, frameworks, networks, organisations, places
from tests.factories.classes import classify
from tests.factories.indicators import indicator
from tests.queries.world import World
from waymark.engines.documents.search.index import OPEN
from waymark.gcm.errors import InputError, NotFoundError
from waymark.gcm.indicators import indicators
from waymark.gcm.lists import Verdict
from waymark.gcm.nouns import FINDABLE
from waymark.queries.search.asking import SearchResult, search
from waymark.queries.search.entries import entries, entries_of, open_gates
from waymark.queries.search.following import bring_up_to_date
from waymark.records.actors import OPERATOR_VIEWER
from waymark.records.commitments import Commitment, Tie
from waymark.records.documents import Document, Passage, Tag
from waymark.records.meetings import Statement
from waymark.records.organisations import OrganisationName
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = pytest.mark.django_db

NETWORK = network_viewer("qor-network")
OTHER = network_viewer("another-network")
CHAIR = Viewer(networks=frozenset({"qor-network"}), restricted=frozenset({"qor-network"}))
Ask = Callable[..., SearchResult]


def passage(document: Document, text: str, position: int = 0, **fields: Any) -> Passage:
    given = {"language": "en", "page": 4, "page_label": "5", "headings": ["Part one"], "start": 0, "end": len(text)}
    code = f"{document.code}.{position}"
    return Passage.objects.create(document=document, code=code, position=position, text=text, **(given | fields))


def tag(row: Passage, objective: str, **fields: Any) -> Tag:
    given: dict[str, Any] = {"by_person": False, "score": 0.9, "model": "lexicon"}
    if fields.get("by_person"):
        given = {}
    code = f"{row.code}.{objective}.{fields.get('verdict', '')}{fields.get('by_person', '')}"
    return Tag.objects.create(passage=row, provision=frameworks.provision(objective), code=code, **(given | fields))


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """A question to an index of the record as it is at the first question."""
    built: list[bool] = []

    def asked(text: str, viewer: Viewer = OPERATOR_VIEWER, *, rebuild: bool = False, **fields: Any) -> SearchResult:
        if rebuild or not built:
            bring_up_to_date(tmp_path / "search", anew=True)
            built.append(True)
        return search(text=text, viewer=viewer, folder=tmp_path / "search", **fields)

    return asked


def urns(answer: SearchResult) -> set[str]:
    return {hit.urn.partition("urn:waymark:local:")[2] for hit in answer.hits}


def test_every_noun_is_found(record: World, ask: Ask) -> None:
    row = passage(documents.document("paper", classification="public"), "Ferries carry seasonal workers.")
    own = indicator()
    found = {
        "ferry": row.urn,
        "counselling departure": own.urn,
        "offices opened": "finding",
        "measure qor-m-1": "commitment",
        "do what R1 says": "recommendation",
        "annual meeting": "meeting",
        "remittance cost": "indicator",
        "agency for journeys": "organisation",
    }
    for text, noun in found.items():
        answer = ask(text, PUBLIC)
        assert answer.every, text
        assert any(noun in hit.urn for hit in answer.hits), text
    assert {entry.noun for entry in entries()} == set(FINDABLE)


def test_a_passage_is_shown_with_its_place_and_what_may_be_wrong(ask: Ask) -> None:
    document = documents.document(
        "paper", title="Ferry report", classification="public", publisher="Port office", published_on=date(2021, 5, 1)
    )
    document.about.add(places.orvenia())
    row = passage(document, "Ferries carry seasonal workers.", flags=["ocr"], language="en")
    tag(row, "6")
    (hit,) = ask("ferry worker", PUBLIC).hits
    assert (hit.noun, hit.code, hit.document, hit.where) == ("passage", "paper.0", "paper", "5")
    assert (hit.objectives, hit.places, hit.languages) == (("6",), ("QOR",), ("en",))
    assert (hit.year, hit.publisher, hit.headings) == ("2021", "Port office", ("Part one",))
    assert "read from a picture" in hit.flags[0]
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["Ferries", "workers"]
    assert [hit.title.text[start:end] for start, end in hit.title.marks] == ["Ferry"]


def test_filters_and_counts(record: World, ask: Ask) -> None:
    everything = ask("", PUBLIC, filters={"place": ("QOR",)}, limit=100)
    assert {hit.noun for hit in everything.hits} >= {"finding", "commitment", "recommendation", "meeting"}
    assert all(hit.places == ("QOR",) for hit in everything.hits)
    counts = dict(everything.counts["noun"])
    assert sum(counts.values()) == everything.total
    pledges = ask("", PUBLIC, filters={"kind": ("pledge",)})
    assert urns(pledges) == {"commitment:qor-p-1", "commitment:qor-p-2"}
    assert {hit.kind_words for hit in pledges.hits} == {"pledge"}
    third = ask("", PUBLIC, filters={"objective": ("3",), "noun": ("commitment", "recommendation")})
    assert (
        urns(third) == {"commitment:qor-m-3", "commitment:qor-m-4", "recommendation:qor-2022:R2"}
        or len(third.hits) == 3
    )
    assert ask("", PUBLIC, filters={"objective": ("1",), "noun": ("commitment",)}).total == 3


def test_nobody_finds_what_they_may_not_read(record: World, ask: Ask) -> None:
    """Every canary of the world: as a word, a beginning, a misspelling, for three kinds of readers."""
    assert len(record.network_words) > 10
    # organisations belong to no network: those for networks are open to the members of any
    bodies = {word for row in OrganisationName.objects.visible_to(OTHER) for word in row.name.values()}
    found = {word for word in record.network_words | record.hidden_words if ask(word).total}
    assert len(found & record.network_words) >= 5, "the operator finds them, so they are in the index"
    assert len(found & record.hidden_words) >= 10
    for viewer, forbidden in (
        (PUBLIC, record.network_words | record.hidden_words),
        (OTHER, (record.network_words | record.hidden_words) - bodies),
        (NETWORK, record.hidden_words),
    ):
        for word in sorted(forbidden & found):
            for text in (word, f"{word[:-1]}*", word[:-1], f"annual {word}"):
                answer = ask(text, viewer)
                said = repr((answer.hits, answer.counts, *(() if word in text else (answer.notes, answer.suggestion))))
                assert word not in said, (text, viewer.audience)
    for word in sorted(found & record.network_words):
        assert ask(word, NETWORK).total, word


def test_the_hidden_is_not_counted(record: World, ask: Ask) -> None:
    for text, filters in (("", {"noun": FINDABLE}), ("annual OR measure OR offices", {})):
        public = ask(text, PUBLIC, filters=filters, limit=200)
        network = ask(text, NETWORK, filters=filters, limit=200)
        chair = ask(text, CHAIR, filters=filters, limit=200)
        operator = ask(text, filters=filters, limit=200)
        assert public.total == len(public.hits)
        assert public.total <= network.total <= chair.total <= operator.total
        assert dict(public.counts["noun"]).get("finding", 0) <= dict(network.counts["noun"]).get("finding", 0)
    public = ask("", PUBLIC, filters={"objective": ("8",)})
    assert {hit.noun for hit in public.hits} == {"indicator"}
    assert ask("", NETWORK, filters={"objective": ("8",)}).total == public.total + 2


def test_a_row_hidden_after_the_index_was_built_is_gone_at_once(record: World, ask: Ask) -> None:
    row = Commitment.objects.get(code="qor-m-1")
    assert row.urn in {hit.urn for hit in ask("measure", PUBLIC).hits}
    classify(Commitment.objects.filter(pk=row.pk), "restricted")
    answer = ask("measure", PUBLIC, limit=50)
    assert row.urn not in {hit.urn for hit in answer.hits}
    assert answer.total == len(answer.hits)


def test_words_come_from_the_record_as_it_is_now(record: World, ask: Ask) -> None:
    """Rows that were changed without an act: what is on the page is put right, and the question is asked again."""
    assert ask("measure qor-m-1").total
    row = Commitment.objects.get(code="qor-m-1")
    Commitment.objects.filter(pk=row.pk).update(title={"en": "Undertaking with a new name"})
    assert row.urn not in {hit.urn for hit in ask("measure qor-m-1", limit=50).hits}
    (hit,) = ask("undertaking with a new name").hits
    assert (hit.urn, hit.title.text) == (row.urn, "Undertaking with a new name")
    Commitment.objects.filter(pk=row.pk).update(urn="urn:waymark:local:commitment:gone")
    answer = ask('"undertaking with a new name"')
    assert (answer.total, answer.hits, answer.notes) == (0, (), ())


def test_a_word_hidden_without_an_act_is_not_found_on_another_rows_gate(record: World, ask: Ask) -> None:
    """A statement is found through its meeting: what it says goes out when the question comes upon it."""
    row = Statement.objects.filter(meeting__code="m-2025", classification="public").first()
    assert row is not None
    Statement.objects.filter(pk=row.pk).update(summary={"en": "Zqlighthouse"})
    bring = ask("zqlighthouse", PUBLIC, rebuild=True)
    assert bring.total == 1
    classify(Statement.objects.filter(pk=row.pk), "restricted")
    answer = ask("zqlighthouse", PUBLIC)
    assert (answer.total, answer.hits) == (0, ())
    assert not any(answer.counts.values())


def test_what_hangs_on_a_record_is_in_its_entry_only_when_no_stricter(record: World) -> None:
    network = networks.network()
    meeting = network.meetings.get(code="m-2025")
    for level in ("public", "network", "restricted", "strictly_confidential"):
        Statement.objects.create(
            code=f"s-{level}", meeting=meeting, organisation=organisations.organisation(), classification=level,
            summary={"en": f"Word{level}"}, position=9,
        )  # fmt: skip
    said = repr(entries_of("meeting", [meeting.urn], OPERATOR_VIEWER))
    assert "Wordpublic" in said
    assert not any(f"Word{level}" in said for level in ("network", "restricted", "strictly_confidential"))
    meeting.classification = "strictly_confidential"
    meeting.save()
    said = repr(entries_of("meeting", [meeting.urn], OPERATOR_VIEWER))
    assert "Wordrestricted" in said
    assert "Wordstrictly" not in said


def test_entries_are_read_for_a_viewer(record: World) -> None:
    urns = [row.urn for row in Commitment.objects.filter(code__in=["qor-m-1", "qor-net", "qor-res"])]
    found = {
        name: {urn.rpartition(":")[2] for urn in entries_of("commitment", urns, viewer)}
        for name, viewer in (("public", PUBLIC), ("network", NETWORK), ("operator", OPERATOR_VIEWER))
    }
    assert found == {
        "public": {"qor-m-1"},
        "network": {"qor-m-1", "qor-net"},
        "operator": {"qor-m-1", "qor-net", "qor-res"},
    }
    assert entries_of("passage", urns, OPERATOR_VIEWER) == {}


def test_hidden_names_and_ties_do_not_show(record: World, ask: Ask) -> None:
    body = organisations.organisation("open-body", name="Harbour School")
    OrganisationName.objects.filter(organisation=body).update(to_date=date(2020, 1, 1))
    OrganisationName.objects.create(
        code="hidden", organisation=body, name={"en": "Zqhiddenname"}, classification="restricted"
    )
    item = commitments.commitment("tied", classification="public", title="Tied measure")
    Tie.objects.filter(commitment=item).delete()
    Tie.objects.create(code="t", commitment=item, provision=frameworks.provision("9"), classification="restricted")
    assert ask("zqhiddenname").total == 0
    assert ask("harbour school", PUBLIC).total == 1
    assert ask("tied measure").hits[0].objectives == ()


def test_a_passage_has_the_gate_of_its_document_or_its_own() -> None:
    paper = documents.document("paper", classification="public")
    first, second = passage(paper, "One."), passage(paper, "Two.", 1, classification="restricted")
    gates = {entry.urn: entry.gate for entry in entries() if entry.noun == "passage"}
    assert gates == {first.urn: paper.urn, second.urn: second.urn}
    public = open_gates(PUBLIC)
    assert public is not None
    assert paper.urn in public
    assert second.urn not in public
    assert open_gates(OPERATOR_VIEWER) is None


def test_passages_of_a_hidden_document_are_hidden(ask: Ask) -> None:
    networks.network("qor-network")
    for level in ("public", "network", "restricted", "strictly_confidential"):
        paper = documents.document(f"paper-{level}", network=networks.network(), classification=level)
        passage(paper, f"Ferries, said in {level}.")
    found = {
        name: {hit.document.removeprefix("paper-") for hit in ask("ferries", viewer).hits}
        for name, viewer in (("public", PUBLIC), ("other", OTHER), ("network", NETWORK), ("chair", CHAIR))
    }
    assert found == {
        "public": {"public"},
        "other": {"public"},
        "network": {"public", "network"},
        "chair": {"public", "network", "restricted"},
    }
    assert ask("ferries").total == 4


def test_persons_tags_rule_over_the_models() -> None:
    paper = documents.document("paper", classification="public")
    plain = passage(paper, "a", 0)
    tag(plain, "1")
    tag(plain, "2", score=0.29)
    tag(plain, "3", score=0.30)
    rejected = passage(paper, "b", 1)
    tag(rejected, "1")
    tag(rejected, "1", by_person=True, verdict=Verdict.DOES_NOT)
    confirmed = passage(paper, "c", 2)
    tag(confirmed, "4", score=0.1)
    tag(confirmed, "4", by_person=True, verdict=Verdict.SPEAKS)
    none = passage(paper, "d", 3)
    tag(none, "1")
    Tag.objects.create(code="none", passage=none, by_person=True, verdict=Verdict.NONE)
    found = {entry.texts[0].text: entry.objectives for entry in entries() if entry.noun == "passage"}
    assert found == {"a": ("1", "3"), "b": (), "c": ("4",), "d": ()}


def test_a_former_version_is_left_out_for_those_who_see_the_new_one() -> None:
    old = documents.document("old", classification="public")
    passage(old, "Old words.")
    new = documents.document("new", classification="network")
    Document.objects.filter(pk=new.pk).update(former=old)
    assert [entry.texts[0].text for entry in entries() if entry.noun == "passage"] == ["Old words."]
    classify(Document.objects.filter(pk=new.pk), "public")
    assert [entry for entry in entries() if entry.noun == "passage"] == []


def test_indicators_are_open_to_everybody(ask: Ask) -> None:
    item = indicators()[0]
    assert all(entry.gate == OPEN for entry in entries() if entry.noun == "indicator")
    assert f"indicator:{item.code}" in urns(ask(item.title, PUBLIC, limit=50))


def test_the_entries_of_the_same_record_are_the_same(record: World) -> None:
    assert list(entries()) == list(entries())


def test_the_number_of_queries_does_not_grow_with_the_hits(ask: Ask) -> None:
    paper = documents.document("paper", classification="public")
    for position in range(30):
        tag(passage(paper, "Ferries again.", position), "1")
    ask("ferries", PUBLIC)
    with CaptureQueriesContext(
        connection,
    ) as few:
        ask("ferries", PUBLIC, limit=2)
    with CaptureQueriesContext(connection) as many:
        ask("ferries", PUBLIC, limit=30)
    assert len(few) == len(many) <= 14


def test_without_an_index_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="waymark search --rebuild"):
        search(text="ferries", viewer=PUBLIC, folder=tmp_path)


def test_a_question_without_a_word_is_refused(ask: Ask) -> None:
    with pytest.raises(InputError, match="no word to look for"):
        ask("???")
