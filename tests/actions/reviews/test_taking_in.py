"""A `review.json` of one installation taken in by another: what comes back, what is left out, what is refused."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories import reviews
from tests.factories.commitments import commitment
from tests.factories.documents import document
from tests.factories.frameworks import framework, provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import bob, dora, emil
from tests.factories.places import orvenia
from tests.factories.round_trips import Tree, installation, parts, told
from tests.factories.standing import standing
from waymark.actions.commitments import Served
from waymark.actions.documents import file_hash
from waymark.actions.facts import Paper
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.recommendations import Advice, RecommendationFacts
from waymark.actions.reviews import CitationFacts, FindingFacts, add_finding, cite, confirm_finding, recommend
from waymark.actions.reviews.imported import ImportedReview, LeftOut
from waymark.actions.reviews.importing import import_review
from waymark.actions.reviews.publishing import withdraw_edition
from waymark.gcm.errors import InputError, NotFoundError, RefusedError
from waymark.queries.reviews.editions import editions_of
from waymark.records.actors import Actor
from waymark.records.documents import Document
from waymark.records.editions import Edition, files_hash
from waymark.records.events import Event
from waymark.records.frameworks import Position
from waymark.records.places import Place
from waymark.records.reviews import Citation, Finding, Review
from waymark.records.viewers import PUBLIC

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator(today=date(2026, 11, 30))
SHA256 = "ab" * 32
VOTE = Paper(date(2018, 12, 19), words="Record of the vote")
GEORGIAN = "„ელექტროგადახდისუნარიანობა“ გაიზარდა.\nმეორე სტრიქონი — 3 ქალაქი."


def catalogue() -> None:
    """What both installations have: cycles, texts, the bodies of Orvenia and their network."""
    network(), organisation(), organisation("union", "civil_society")
    reviews.cycle(), reviews.cycle("imrf-2022")
    for code in ("1", "7", "13"):
        provision(code)
    provision("10.7", "sdg", "target")
    Document.objects.filter(pk=document("census", classification="public").pk).update(sha256=SHA256)
    document("page", classification="public", url="https://c.example/page")


def write() -> Review:
    """The review: two findings, one of them cited and confirmed, a recommendation, positions, two editions."""
    row = reviews.review(
        "qor-2026", publishing_body=organisation(), title={"en": "Second review", "ka": "მეორე მიმოხილვა"}
    )
    text = {"en": 'Offices "opened"\nin 3 towns.', "ka": GEORGIAN}
    facts = FindingFacts(
        kind="progress", text=text, provision=provision("7"), drafted_by_words="Secretariat",
        source="Gazette 3 <https://a.example>", locator="page 4", mark="verified",
    )  # fmt: skip
    first = add_finding(by=OPERATOR, review=row, facts=facts)
    observed = CitationFacts(
        dataset_hash="cd" * 32, series="unsd:X", place_code="QOR", period="2023", dimensions="sex=F"
    )
    for facts in (observed, CitationFacts(document=document("census"), page="3", quotation="Three towns"),
                  CitationFacts(document=document("page")),
        CitationFacts(commitment=commitment("qor-p-1", classification="public"))):  # fmt: skip
        cite(by=OPERATOR, finding=first, facts=facts)
    confirm_finding(by=emil(), finding=first, on=date(2026, 3, 2))
    second = add_finding(by=bob(), review=row, facts=FindingFacts(kind="next_step", text="Ask again"))
    concerned = (provision("7"), provision("10.7", "sdg"))
    asked = RecommendationFacts(addressee=organisation(), finding=second, source="Notes", locator="2", mark="secondary")
    advice = Advice("R1", {"en": "Open more", "ka": "გახსენით"}, concerned, label="More offices", facts=asked)
    recommend(by=OPERATOR, review=row, advice=advice)
    return row


def think(row: Review) -> None:
    """Positions: a vote, what a body said itself, and an answer to the recommendation."""
    facts = PositionFacts(
        stance="voted_for", date=date(2018, 12, 19), text={"en": "For.", "ka": "დიახ"}, mark="secondary",
        source="Record <https://b.example>", note="Roll call",
    )  # fmt: skip
    take_position(by=OPERATOR, on=framework(), place=orvenia(), paper=VOTE, facts=facts)
    own = PositionFacts(stance="supported_in_part", date=date(2025, 2, 3), text="In part.")
    take_position(by=emil(), on=framework("sdg"), organisation=organisation(), facts=own)
    answered = PositionFacts(stance="noted", date=date(2026, 4, 2))
    advice = row.recommendations.get().provision
    take_position(by=OPERATOR, on=advice, organisation=organisation("union"), paper=VOTE, facts=answered)


def publish(row: Review) -> None:
    """Two editions, the first withdrawn."""
    first = reviews.published(row, on=date(2026, 4, 1))
    withdraw_edition(by=dora(), edition=first, reason={"en": "A wrong figure"}, on=date(2026, 4, 3))
    reviews.published(row, on=date(2026, 4, 4))


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """The file that the first installation tells; the record holds then what the second one has."""
    with django_db_blocker.unblock(), installation():
        catalogue()
        row = write()
        publish(row)
        think(row)
        written = told(tmp_path_factory.mktemp("there"))
    with standing(django_db_blocker, catalogue):
        yield written


@pytest.fixture
def catalogued(content: bytes) -> None:
    """The record holds what both installations have."""


def brought(folder: Path, content: bytes | Tree) -> Path:
    path = folder / "review.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def taken(folder: Path, content: bytes | Tree, **options: str) -> ImportedReview:
    return import_review(by=OPERATOR, path=brought(folder, content), options=options)


def test_a_review_told_by_one_installation_is_told_again_by_another(content: bytes, tmp_path: Path) -> None:
    done = taken(tmp_path, content)
    assert parts(told(tmp_path)) == parts(content)
    assert done.taken is not None
    assert (done.findings, done.taken.citations, done.recommendations, done.taken.positions) == (2, 3, 1, 3)
    assert done.taken.left_out == (LeftOut("commitment", "of_its_record"),)
    assert done.review.state == "published"


def test_what_is_taken_stands_as_it_stood(content: bytes, tmp_path: Path) -> None:
    row = taken(tmp_path, content).review
    assert (row.title["ka"], row.publishing_body, row.mark) == ("მეორე მიმოხილვა", organisation(), "secondary")
    first, second = row.findings.order_by("position")
    assert (first.text["ka"], first.provision, first.confirmed_on) == (GEORGIAN, provision("7"), date(2026, 3, 2))
    assert (first.drafted_by_words, first.source, first.locator, first.mark) == (
        "Secretariat", "Gazette 3 <https://a.example>", "page 4", "verified",
    )  # fmt: skip
    observed, cited, page = first.citations.order_by("id")
    assert (observed.dataset_hash, observed.dimensions, observed.document) == ("cd" * 32, "sex=F", None)
    assert (cited.document, cited.page, cited.quotation) == (document("census"), "3", "Three towns")
    assert page.document == document("page")
    advice = row.recommendations.get()
    assert {link.to_provision.urn_code() for link in advice.provision.links_out.all()} == {"gcm:7", "sdg:10.7"}
    assert (advice.addressee, advice.finding, advice.issued_on) == (organisation(), second, date(2026, 4, 1))
    former, last = editions_of(row, PUBLIC)
    assert (former.number, former.withdrawn_on, former.withdrawn_for) == (1, "2026-04-03", "A wrong figure")
    assert (last.number, last.replaces, last.current, last.published_on) == (2, former.code, True, "2026-04-04")
    assert advice.edition == Edition.objects.get(number=1)


def test_nobody_has_said_here_himself_what_he_said_there(content: bytes, tmp_path: Path) -> None:
    taken(tmp_path, content)
    own = Position.objects.get(organisation=organisation())
    assert (own.post, own.paper_words, own.paper_date) == (
        None, "Position min-justice.sdg.supported_in_part in the record of qor-network", date(2025, 2, 3),
    )  # fmt: skip
    assert Position.objects.get(place=orvenia()).paper_words == "Record of the vote"
    assert {row.keeper for row in Position.objects.all()} == {"qor-network"}


def test_the_same_file_a_second_time_changes_nothing(content: bytes, tmp_path: Path) -> None:
    first = taken(tmp_path, content)
    events = Event.objects.count()
    again = taken(tmp_path, content)
    assert (again.already, again.review, again.taken) == (True, first.review, None)
    assert (Event.objects.count(), Position.objects.count(), Edition.objects.count()) == (events, 3, 2)
    with pytest.raises(RefusedError, match="is on record already"):
        taken(tmp_path, {**json.loads(content), "cycle": "imrf-2022"})


def test_under_another_code_what_is_on_record_is_not_written_twice(content: bytes, tmp_path: Path) -> None:
    taken(tmp_path, content)
    done = taken(tmp_path, content, code="qor-again", title="Again", language="fr").taken
    assert done is not None
    assert (done.positions, done.editions) == (1, ())
    assert [(one.noun, one.name) for one in done.left_out if one.why == "on_record"] == [
        ("edition", "qor-2026.v1"), ("edition", "qor-2026.v2"), ("position", ""),
    ]  # fmt: skip
    again = Review.objects.get(code="qor-again")
    assert (again.state, again.title, again.language) == ("open", {"fr": "Again"}, "fr")
    answer = Position.objects.get(provision__framework__code="qor-again-recommendations")
    assert answer.organisation == organisation("union")


def test_each_act_of_the_import_is_told_in_the_log(content: bytes, tmp_path: Path) -> None:
    before = Event.objects.count()
    taken(tmp_path, content)
    events = list(Event.objects.order_by("id")[before:].values_list("network", "verb"))
    assert events == [
        ("qor-network", "review.opened"), ("qor-network", "review.imported"), *[("qor-network", "position.taken")] * 3,
    ]  # fmt: skip
    told_of = Event.objects.get(verb="review.imported").detail.words["rows"]
    nouns = {row["urn"].split(":")[3] for row in told_of}
    assert {"finding", "citation", "recommendation", "provision", "edition", "edition-withdrawal"} <= nouns


def on_own_advice() -> None:
    """A finding about the review's own recommendation, and another recommendation that builds on it."""
    row = write()
    first = row.recommendations.get().provision
    late = FindingFacts(kind="challenge", text="Nobody answered yet", provision=first)
    add_finding(by=bob(), review=row, facts=late)
    more = Advice("R2", {"en": "Say by when"}, (provision("7"), first))
    recommend(by=OPERATOR, review=row, advice=more)


def test_a_finding_on_the_reviews_own_advice_comes_in_with_its_tie(tmp_path: Path, catalogued: None) -> None:
    with installation():
        on_own_advice()
        content = told(tmp_path)
    done = taken(tmp_path, content)
    assert parts(told(tmp_path)) == parts(content)
    assert (done.findings, done.recommendations) == (3, 2)
    late = done.review.findings.get(kind="challenge")
    assert late.provision is not None
    assert late.provision.urn_code() == "qor-2026-recommendations:R1"


def test_under_another_code_a_finding_is_on_the_advice_that_came_with_it(tmp_path: Path, catalogued: None) -> None:
    with installation():
        on_own_advice()
        content = told(tmp_path)
    taken(tmp_path, content)
    row = taken(tmp_path, content, code="qor-again").review
    first, second = row.recommendations.order_by("code")
    assert row.findings.get(kind="challenge").provision == first.provision
    assert first.finding == row.findings.get(kind="next_step")
    links = {link.to_provision.urn_code() for link in second.provision.links_out.all()}
    assert links == {"gcm:7", "qor-again-recommendations:R1"}


def test_a_finding_names_no_advice_that_the_reader_may_not_read(tmp_path: Path, catalogued: None) -> None:
    row = write()
    inside = RecommendationFacts(classification="network")
    hidden = recommend(by=OPERATOR, review=row, advice=Advice("R9", "Ask the banks", label="Zqbanks", facts=inside))
    late = FindingFacts(kind="challenge", text="Nobody answered yet", provision=hidden.provision)
    add_finding(by=bob(), review=row, facts=late)
    open_to_all = RecommendationFacts(classification="public")
    built_on = (provision("7"), hidden.provision)
    recommend(by=OPERATOR, review=row, advice=Advice("R2", "Ask them again", built_on, facts=open_to_all))
    commitment("answer", classification="public", ties=[Served(hidden.provision, "answers"), Served(provision("7"))])
    content = told(tmp_path)
    assert all(words in content.decode() for words in ("Nobody answered yet", "Ask them again", "Measure answer"))
    assert not [word for word in ("Zqbanks", "R9", "Ask the banks") if word in content.decode()]
    assert "qor-2026-recommendations:R9" in told(tmp_path, audience="network").decode()


def test_advice_builds_on_what_comes_after_it_in_the_file(content: bytes, tmp_path: Path) -> None:
    tree = json.loads(content)
    (first,) = tree["record"]["recommendations"]
    tree["record"]["recommendations"].append({**first, "code": "R2"})
    first["concerns"] = ["gcm:7", "qor-2026-recommendations:R2"]
    assert parts(told_again(tmp_path, tree))["record"] == parts(json.dumps(tree).encode())["record"]


def told_again(folder: Path, tree: Tree) -> bytes:
    taken(folder, tree)
    return told(folder)


# What is left out


def strangers(tree: Tree) -> None:
    tree["record"]["publishing_body"] = "ghost"
    tree["record"]["frameworks"].append("lost-text")
    tree["record"]["positions"][0].update(place="QOX")
    tree["record"]["positions"][1].update(framework="lost-text")
    tree["record"]["positions"][2].update(paper_date="2027-01-01")
    tree["record"]["findings"][0]["citations"][1]["document"] = "ef" * 32
    tree["record"]["findings"][0]["citations"][2]["address"] = "https://c.example/other"


def test_what_is_not_on_record_here_is_left_out_and_named(content: bytes, tmp_path: Path) -> None:
    tree = json.loads(content)
    strangers(tree)
    done = taken(tmp_path, tree)
    assert done.taken is not None
    assert set(done.taken.left_out) == {
        LeftOut("commitment", "of_its_record"),
        LeftOut("publishing_body", "no_body", "ghost"),
        LeftOut("framework", "no_framework", "lost-text"),
        LeftOut("citation", "no_document", "ef" * 32),
        LeftOut("citation", "no_document", "https://c.example/other"),
        LeftOut("position", "no_body", "QOX on gcm"),
        LeftOut("position", "no_provision", "min-justice on lost-text"),
        LeftOut("position", "ahead", "union on qor-2026-recommendations:R1"),
    }
    assert (Position.objects.count(), Citation.objects.count(), done.review.publishing_body) == (0, 1, None)


def test_a_document_that_the_network_does_not_read_is_not_cited(content: bytes, tmp_path: Path) -> None:
    other = document("hidden", network=network("other-network"), classification="network")
    Document.objects.filter(pk=document("census").pk).update(sha256="")
    Document.objects.filter(pk=other.pk).update(sha256=SHA256)
    assert taken(tmp_path, content).taken.left_out[1:] == (LeftOut("citation", "no_document", SHA256),)  # type: ignore[union-attr]
    assert not Citation.objects.filter(document=other).exists()


def other_reads(*rows: Any) -> None:
    """The rows are kept by another network of the installation, for its members."""
    network("other-network")
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(
            keeper="other-network", classification="network", effective="network"
        )


def test_what_another_network_keeps_to_itself_is_not_pointed_to(content: bytes, tmp_path: Path) -> None:
    other_reads(organisation("union"), framework("sdg"))
    done = taken(tmp_path, json.loads(content) | {"record": without_advice(json.loads(content)["record"])})
    assert done.taken is not None
    assert set(done.taken.left_out[1:]) == {
        LeftOut("framework", "no_framework", "sdg"),
        LeftOut("publishing_body", "no_body", "union"),
        LeftOut("position", "no_provision", "min-justice on sdg"),
        LeftOut("position", "no_body", "union on gcm"),
    }
    assert (done.review.publishing_body, list(done.review.frameworks.all())) == (None, [framework()])


def without_advice(record: Tree) -> Tree:
    """The record whose body and texts may be those of another network."""
    positions = [*record["positions"][:2], record["positions"][2] | {"framework": "gcm", "provision": ""}]
    known = {"publishing_body": "union", "frameworks": ["gcm", "sdg"], "positions": positions, "recommendations": []}
    return record | known


def test_who_is_asked_and_what_is_concerned_are_not_those_of_another_network(content: bytes, tmp_path: Path) -> None:
    other_reads(organisation())
    with pytest.raises(NotFoundError, match="no organisation has the code min-justice"):
        taken(tmp_path, content)
    other_reads(provision("10.7", "sdg"))
    with pytest.raises(NotFoundError, match=r"no provision is called sdg:10\.7"):
        taken(tmp_path, content)


def test_a_position_that_the_network_does_not_read_is_not_on_record_for_it(content: bytes, tmp_path: Path) -> None:
    taken(tmp_path, content)
    other_reads(Position.objects.get(place=orvenia()))
    done = taken(tmp_path, content, code="qor-again").taken
    assert done is not None
    assert done.positions == 2
    assert LeftOut("position", "on_record") in done.left_out


def test_a_position_on_advice_of_another_review_is_not_one_on_its_own(content: bytes, tmp_path: Path) -> None:
    tree = json.loads(content)
    tree["record"]["positions"][2]["framework"] = "here-recommendations"
    done = taken(tmp_path, tree, code="here").taken
    assert done is not None
    assert [one.name for one in done.left_out if one.noun == "position"] == [
        "union on here-recommendations of another review:R1"
    ]


def test_recommendations_do_not_come_among_those_of_others(content: bytes, tmp_path: Path) -> None:
    framework("qor-2026-recommendations")
    with pytest.raises(InputError, match="qor-2026-recommendations is a text that the installation keeps"):
        taken(tmp_path, content)
    assert not Review.objects.exists()


def test_of_one_address_the_document_of_the_network_itself_is_cited(content: bytes, tmp_path: Path) -> None:
    own = document("own-page", network=network(), classification="network", url="https://d.example/page")
    document("later-page", classification="public", url="https://d.example/page")
    tree = json.loads(content)
    tree["record"]["findings"][0]["citations"][2]["address"] = "https://d.example/page"
    taken(tmp_path, tree)
    assert Citation.objects.order_by("id")[2].document == own


def test_the_day_on_which_advice_was_issued_stays(content: bytes, tmp_path: Path) -> None:
    tree = as_edition(json.loads(content), 3, 2)
    tree["record"]["recommendations"][0].update(edition=0, issued_on="2026-01-05")
    advice = taken(tmp_path, tree, published_on="2026-05-09").review.recommendations.get()
    assert (advice.edition, advice.issued_on) == (None, date(2026, 1, 5))


def test_other_reviews_of_the_place_in_the_cycle_are_named(content: bytes, tmp_path: Path) -> None:
    assert taken(tmp_path, content).taken.beside == ()  # type: ignore[union-attr]
    assert taken(tmp_path, content, code="again").taken.beside == ("qor-2026",)  # type: ignore[union-attr]


# What is for the network stays with it


def test_what_is_for_the_network_is_for_the_network_again(content: bytes, tmp_path: Path) -> None:
    hidden = FindingFacts(kind="challenge", text="Among us", classification="network")
    with installation():
        add_finding(by=OPERATOR, review=write(), facts=hidden)
        advice = Advice("R2", "Quietly", facts=RecommendationFacts(classification="network"))
        recommend(by=OPERATOR, review=reviews.review("qor-2026"), advice=advice)
        public, inside = told(tmp_path), told(tmp_path, audience="network")
    assert b"Among us" not in public
    assert b"Quietly" not in public
    taken(tmp_path, inside)
    assert parts(told(tmp_path, audience="network")) == parts(inside)
    assert parts(told(tmp_path)) == parts(public)


def test_a_body_that_the_public_may_not_know_is_counted_and_not_named(content: bytes, tmp_path: Path) -> None:
    del content
    with installation():
        hidden = organisation("hidden", classification="network", keeper=network())
        row = reviews.review("qor-2026", publishing_body=hidden)
        advice = Advice("R1", "Open", facts=RecommendationFacts(addressee=hidden))
        recommend(by=OPERATOR, review=row, advice=advice)
        noted = PositionFacts(stance="noted")
        place = {"on": row.recommendations.get().provision, "organisation": hidden, "paper": VOTE}
        take_position(by=OPERATOR, facts=noted, **place)  # type: ignore[arg-type]
        public = told(tmp_path)
    assert b"hidden" not in public
    done = taken(tmp_path, public)
    assert done.taken is not None
    assert done.taken.left_out == tuple(
        LeftOut(noun, "of_its_record") for noun in ("addressee", "position", "publishing_body")
    )
    assert (done.recommendations, done.taken.positions) == (1, 0)


# The edition that the file itself is


def as_edition(tree: Tree, number: int, replaces: int | None = None) -> Tree:
    edition = {"number": number, "replaces": replaces, "replaces_of": "", "replaces_withdrawn": ""}
    return {**tree, "edition": edition}


def test_a_file_of_an_edition_becomes_one_when_its_day_is_given(content: bytes, tmp_path: Path) -> None:
    tree = as_edition(json.loads(content), 3, 2)
    assert taken(tmp_path, tree).taken.undated == 3  # type: ignore[union-attr]
    done = taken(tmp_path, {**tree, "language": "ka"}, code="other", published_on="2026-05-09")
    assert done.taken is not None
    (edition,) = done.taken.editions
    assert (edition.number, edition.language, edition.as_of, edition.code) == (3, "ka", date(2026, 5, 8), "other.ka.v3")
    assert [one["name"] for one in edition.files] == ["review.json"]
    assert (done.taken.undated, done.review.state) == (0, "published")


def test_a_file_that_is_an_edition_on_record_makes_no_second_one(content: bytes, tmp_path: Path) -> None:
    tree = as_edition(json.loads(content), 3, 2)
    first = taken(tmp_path, tree, published_on="2026-05-09")
    assert first.edition is not None
    again = taken(tmp_path, tree, published_on="2026-05-09", code="qor-again")
    assert (again.edition, again.review.state) == (None, "open")
    assert again.taken is not None
    assert (again.taken.editions, again.taken.undated) == ((), 0)
    here = [one.name for one in again.taken.left_out if (one.noun, one.why) == ("edition", "on_record")]
    assert here == ["qor-2026.v1", "qor-2026.v2", first.edition.code]
    renamed = tmp_path / "renamed.json"
    renamed.write_bytes((tmp_path / "review.json").read_bytes())
    options = {"published_on": "2026-05-09", "code": "qor-renamed"}
    assert import_review(by=OPERATOR, path=renamed, options=options).edition is None


def test_an_edition_on_record_has_the_day_that_it_has(content: bytes, tmp_path: Path) -> None:
    tree = as_edition(json.loads(content), 3, 2)
    taken(tmp_path, tree, published_on="2026-05-09")
    with pytest.raises(InputError) as refusal:
        taken(tmp_path, tree, published_on="2026-05-10", code="qor-again")
    assert "published on 2026-05-10" in str(refusal.value)
    assert "the edition qor-2026.v3" in str(refusal.value)
    assert "2026-05-09" in str(refusal.value)
    assert not Review.objects.filter(code="qor-again").exists()


def test_an_edition_that_a_file_tells_of_has_the_day_of_the_record(content: bytes, tmp_path: Path) -> None:
    taken(tmp_path, content)
    tree = json.loads(content)
    tree["record"]["editions"][1]["published_on"] = "2026-04-05"
    with pytest.raises(InputError) as refusal:
        taken(tmp_path, tree, code="qor-again")
    assert "record.editions number 2" in str(refusal.value)
    assert "the edition qor-2026.v2" in str(refusal.value)


def test_the_edition_of_the_file_replaces_the_one_before(content: bytes, tmp_path: Path) -> None:
    done = taken(tmp_path, as_edition(json.loads(content), 3, 2), published_on="2026-05-09")
    assert done.edition is not None
    assert done.edition.replaces is not None
    assert (done.edition.number, done.edition.replaces.number) == (3, 2)


def beside(file: Path, place: Path, **fields: Any) -> None:
    """The record of clearance of an edition whose one file this is."""
    files = [{"name": file.name, "sha256": file_hash(file)[0], "size": file.stat().st_size}]
    record = {
        "format": "waymark-clearance/1", "edition": "there.v3", "number": 3, "audience": "public", "language": "en",
        "as_of": "2026-05-08", "hash": files_hash([(file.name, files[0]["sha256"])]), "files": files,
        "published": {"on": "2026-05-10", "person": "Nobody who is kept"}, "clearances": [],
    }  # fmt: skip
    place.write_text(json.dumps(record | fields), encoding="utf-8")


@pytest.mark.parametrize("place", ["files/CLEARANCE.json", "CLEARANCE.json"])
def test_with_its_record_of_clearance_the_file_is_the_edition_that_it_was(
    content: bytes, tmp_path: Path, place: str
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    tree = as_edition(json.loads(content), 3, 2)
    tree["record"].update(published=False, editions=tree["record"]["editions"][1:])
    tree["record"]["editions"][0]["replaces"] = 0
    tree["record"]["recommendations"][0].update(edition=0, issued_on="")
    file = brought(folder, tree)
    beside(file, tmp_path / place)
    done = import_review(by=OPERATOR, path=file, options={})
    assert done.taken is not None
    former, own = done.taken.editions
    assert (own.number, own.replaces, own.published_on, own.hash) == (
        3, former, date(2026, 5, 10), files_hash([("review.json", file_hash(file)[0])]),
    )  # fmt: skip
    assert (done.taken.undated, done.review.state) == (0, "published")
    advice = done.review.recommendations.get()
    assert (advice.edition, advice.issued_on) == (own, date(2026, 5, 10))
    assert done.taken.cleared == own.code
    assert import_review(by=OPERATOR, path=file, options={}).already


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"audience": "network"}, "audience of the edition is network. Expected: public"),
        ({"language": "ka"}, "language of the edition is ka"),
        ({"number": 4}, "number of the edition is 4"),
        ({"as_of": "2026-05-07"}, "as_of of the edition is 2026-05-07"),
    ],
)
def test_a_record_of_clearance_that_contradicts_the_file_is_refused(
    content: bytes, tmp_path: Path, fields: Tree, words: str
) -> None:
    file = brought(tmp_path, as_edition(json.loads(content), 3, 2))
    beside(file, tmp_path / "CLEARANCE.json", **fields)
    with pytest.raises(InputError) as refusal:
        import_review(by=OPERATOR, path=file, options={})
    assert words in str(refusal.value)
    assert not Review.objects.exists()


def test_a_record_of_clearance_of_other_files_is_not_its_own(content: bytes, tmp_path: Path) -> None:
    file = brought(tmp_path, as_edition(json.loads(content), 3, 2))
    other = tmp_path / "other.json"
    other.write_text("{}", encoding="utf-8")
    beside(other, tmp_path / "CLEARANCE.json")
    assert import_review(by=OPERATOR, path=file, options={}).taken.undated == 3  # type: ignore[union-attr]


def test_a_record_of_clearance_that_is_none_is_refused(content: bytes, tmp_path: Path) -> None:
    file = brought(tmp_path, as_edition(json.loads(content), 3, 2))
    beside(file, tmp_path / "CLEARANCE.json", format="waymark-clearance/2")
    with pytest.raises(InputError, match=r"CLEARANCE\.json: its format is waymark-clearance/2"):
        import_review(by=OPERATOR, path=file, options={})
    beside(file, tmp_path / "CLEARANCE.json", published={})
    with pytest.raises(InputError, match=r"edition\.published_on: it is missing"):
        import_review(by=OPERATOR, path=file, options={})
    assert not Review.objects.exists()


def test_what_was_changed_since_the_last_edition_stays_open(content: bytes, tmp_path: Path) -> None:
    tree = json.loads(content)
    tree["record"]["published"] = False
    done = taken(tmp_path, tree)
    assert done.edition is not None
    assert done.review.state == "open"
    assert parts(told(tmp_path))["record"] == parts(json.dumps(tree).encode())["record"]


# What is refused


def of_elsewhere(tree: Tree) -> None:
    Place.objects.get_or_create(code="QOZ", kind="fictional")
    tree["place"] = "QOZ"


def unknown_provision(tree: Tree) -> None:
    tree["record"]["findings"][0]["provision"] = "gcm:77"


def unknown_own(tree: Tree) -> None:
    tree["record"]["findings"][0]["provision"] = "qor-2026-recommendations:R9"


def unknown_concern(tree: Tree) -> None:
    tree["record"]["recommendations"][0]["concerns"] = ["gcm:7", "lost:1"]


def unknown_addressee(tree: Tree) -> None:
    tree["record"]["recommendations"][0]["addressee"] = "ghost"


def unknown_network(tree: Tree) -> None:
    tree["record"]["network"] = "far"


def unknown_place(tree: Tree) -> None:
    tree["place"] = "QOX"


def other_files(tree: Tree) -> None:
    tree["record"]["editions"][0]["files"][0]["sha256"] = "00" * 32


def published_tomorrow(tree: Tree) -> None:
    tree["record"]["editions"][1]["published_on"] = "2026-12-01"


def withdrawn_tomorrow(tree: Tree) -> None:
    tree["record"]["editions"][0]["withdrawn_on"] = "2026-12-01"


def confirmed_tomorrow(tree: Tree) -> None:
    tree["record"]["findings"][0]["confirmed_on"] = "2026-12-01"


def issued_tomorrow(tree: Tree) -> None:
    tree["record"]["recommendations"][0]["issued_on"] = "2026-12-01"


def long_quotation(tree: Tree) -> None:
    tree["record"]["findings"][0]["citations"][1]["quotation"] = "word " * 41


def bad_code(tree: Tree) -> None:
    tree["record"]["recommendations"][0]["code"] = "R 1"


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (unknown_provision, NotFoundError, "record.findings number 1: no provision is called gcm:77"),
        (unknown_own, NotFoundError, "number 1: no provision is called qor-2026-recommendations:R9"),
        (unknown_concern, NotFoundError, "record.recommendations number 1: no provision is called lost:1"),
        (unknown_addressee, NotFoundError, "record.recommendations number 1: no organisation has the code ghost"),
        (unknown_network, NotFoundError, "the network is far, and no network has this code"),
        (unknown_place, NotFoundError, "the place is QOX"),
        (of_elsewhere, InputError, "the review is of QOZ, and the network qor-network is of QOR"),
        (other_files, InputError, "record.editions number 1: the hash of the edition is not that of its files"),
        (published_tomorrow, InputError, "record.editions number 2: the edition was published on 2026-12-01"),
        (withdrawn_tomorrow, InputError, "record.editions number 1: the edition was withdrawn on 2026-12-01"),
        (confirmed_tomorrow, InputError, "record.findings number 1: the finding was confirmed on 2026-12-01"),
        (issued_tomorrow, InputError, "record.recommendations number 1: the recommendation was issued on 2026-12-01"),
        (long_quotation, InputError, "a quotation of qor-2026.f1 has 41 words"),
        (bad_code, InputError, "record.recommendations number 1: this cannot be a code"),
    ],
)
def test_a_file_that_is_not_right_writes_nothing(
    content: bytes, tmp_path: Path, change: Callable[[Tree], None], error: type[InputError], words: str
) -> None:
    tree = json.loads(content)
    change(tree)
    with pytest.raises(error) as refusal:
        taken(tmp_path, tree)
    assert words in str(refusal.value)
    assert "Nothing was written." in str(refusal.value)
    assert not Review.objects.exists()
    assert not Finding.objects.exists()
    assert not Position.objects.exists()


def test_a_publishing_body_that_was_asked_for_is_on_record(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="the publishing body is ghost"):
        taken(tmp_path, content, publishing_body="ghost")


def test_a_review_of_another_place_is_kept_where_that_is_asked_for(content: bytes, tmp_path: Path) -> None:
    tree = json.loads(content)
    of_elsewhere(tree)
    with pytest.raises(InputError, match="the review is of QOZ"):
        taken(tmp_path, tree)
    assert taken(tmp_path, tree, place="QOZ").review.place == Place.objects.get(code="QOZ")


def test_only_the_operator_takes_a_review_in(content: bytes, tmp_path: Path) -> None:
    for by in (bob(), dora(), replace(emil(), today=date(2026, 11, 30))):
        with pytest.raises(RefusedError, match="may not run the installation"):
            import_review(by=by, path=brought(tmp_path, content))
