"""Whatever is hidden in the record, here or in another network, no query says a word of it to who may not read it.

One noun after the other is closed while all others stay open, so that the rows that hang on it, or on which it hangs,
would show its words. Every query is asked by every reader, in three networks: this one, a second one of the same
country, and one of another country. A word in a reply must be of a row that its reader may read.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import waymark.queries
from tests.factories import people, places
from tests.factories.canaries import SHARED, TOLD, Planted, copied, fields_with_words, kept_here, nouns, planted
from tests.factories.classes import classify
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.standing import standing
from tests.factories.world import world
from waymark.gcm.errors import WaymarkError
from waymark.queries import named
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.crosswalks.suggesting import crosswalk_gaps, find_framework
from waymark.queries.documents.listing import document, documents, find_document, passages
from waymark.queries.documents.mentions import mentions_in
from waymark.queries.frameworks import frameworks_on_record
from waymark.queries.history.reading import history_of
from waymark.queries.networks.leading import leading_of
from waymark.queries.networks.reading import networks_of
from waymark.queries.networks.serving import networks_served
from waymark.queries.networks.waiting import waiting_in
from waymark.queries.organisations.reading import organisations_on
from waymark.queries.people.naming import person_names
from waymark.queries.reports.reading import reports_of
from waymark.queries.reports.showing import shown_report, subject_of
from waymark.queries.reviews.editions import candidates_of, editions_of
from waymark.queries.reviews.evidence import evidence_of
from waymark.queries.reviews.positions import positions_of, positions_read
from waymark.queries.reviews.record import claims_of, findings_of, recommendations_read, reviews_of
from waymark.queries.reviews.recording import recorded
from waymark.queries.reviews.rows import rows_of
from waymark.queries.reviews.since import changes_since
from waymark.queries.reviews.texts import texts_of
from waymark.queries.search.asking import search
from waymark.queries.search.following import bring_up_to_date
from waymark.queries.sources.reading import SourceBook
from waymark.queries.tasks.reading import tasks_of
from waymark.records.documents import Document
from waymark.records.editions import Candidate, Edition
from waymark.records.events import Event
from waymark.records.frameworks import Framework
from waymark.records.networks import Network
from waymark.records.people import Person, PostHolding
from waymark.records.permissions import viewer_of
from waymark.records.places import Place
from waymark.records.record import Record
from waymark.records.reports import ProgressReport
from waymark.records.reviews import Review
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 8)
HERE, SECOND, FAR = "qor-network", "second-network", "far-network"
CYCLE = "imrf-2026"


@dataclass(frozen=True)
class Asked:
    """The canaries, and who asks."""

    planted: Planted
    readers: dict[str, Viewer]


def made() -> Asked:
    """The world, twice copied, with a canary in every field with words of every row."""
    world()
    here, far = network(), Place.objects.create(code="AUT", kind="country", name={"en": "Farland"})
    kept_here(here)
    known = [row for model in nouns() if model not in SHARED for row in _of(model)]
    copied(SECOND, "-b", places.orvenia(), known)
    copied(FAR, "-c", far, known)
    left = people.holder("lea", "focal_point", organisation("min-labour")).holding
    assert left
    left.to_date = date(2025, 12, 31)
    own, officer = people.alice(), people.bob()
    readers = {
        "public": PUBLIC,
        "member": network_viewer(HERE),
        "own organisation": viewer_of([own.holding], people.TODAY),  # type: ignore[list-item]
        "officer": viewer_of([officer.holding], people.TODAY),  # type: ignore[list-item]
        "ended member": viewer_of([left], people.TODAY),
        "member of the second network": network_viewer(SECOND),
        "the own organisation in the second network": Viewer(
            networks=frozenset({SECOND}), restricted=frozenset({SECOND}), seats=frozenset({(SECOND, "min-justice")})
        ),
        "member of the far network": network_viewer(FAR),
    }
    for model in nouns():
        classify(model._default_manager.all(), "public")
    return Asked(planted(), readers)


def _of(model: type[Record]) -> list[Record]:
    return list(model._default_manager.filter(keeper__in=("", HERE)))


@pytest.fixture(scope="module")
def asked(django_db_setup: None, django_db_blocker: Any) -> Iterator[Asked]:
    with standing(django_db_blocker, made) as found:
        yield found


Query = Callable[[Viewer], object]


def seen(model: type[Any], viewer: Viewer, **only: Any) -> list[Any]:
    """The rows of a noun that the reader may see: a door takes no others."""
    return list(model._default_manager.visible_to(viewer).filter(**only))


def of_place(place: str, viewer: Viewer) -> list[object]:
    """What the record says of a place."""
    book = organisations_on(DAY, viewer, "en", place=place)
    given = {"viewer": viewer, "day": DAY, "language": "en", "organisations": book}
    sources = SourceBook(viewer, place)
    review = reviews_of(place, (CYCLE,), viewer).get(CYCLE)
    items = commitments_of(place, **given)  # type: ignore[arg-type]
    advice = recommendations_read(place, [CYCLE], viewer)[CYCLE]
    taken = positions_read(place, viewer, [one.row.provision_id for one in advice])
    said = {"viewer": viewer, "language": "en", "sources": sources}
    return [
        book,
        items,
        evidence_of(review, place, items, **said),  # type: ignore[arg-type]
        networks_of(place, sources=sources, **given),  # type: ignore[arg-type]
        positions_of(place, sources=sources, **given),  # type: ignore[arg-type]
        claims_of(place, viewer=viewer, language="en", sources=sources),
        findings_of(review, viewer=viewer, language="en", sources=sources),
        texts_of(place, review, **said),  # type: ignore[arg-type]
        [one.row.provision.text for one in advice],
        recorded(rows_of(place, [CYCLE], viewer), CYCLE, advice, taken, day=DAY),
        documents(viewer, place=place),
        passages(viewer, place=place),
        sources.numbered(),
    ]


def of_networks(viewer: Viewer) -> list[object]:
    """What is said of each network that the reader may see, and of its reports."""
    found: list[object] = [named.network_codes(viewer)]
    given = {"viewer": viewer, "day": DAY, "language": "en"}
    for row in seen(Network, viewer):
        book = organisations_on(DAY, viewer, "en")
        found += [
            leading_of(row, **given),  # type: ignore[arg-type]
            waiting_in(row, **given),  # type: ignore[arg-type]
            reports_of(row.code, **given),  # type: ignore[arg-type]
            commitments_of("", network=row.code, organisations=book, **given),  # type: ignore[arg-type]
            named.network_named(row.code, viewer),
        ]
    return found


def of_documents(viewer: Viewer) -> list[object]:
    """Documents, passages, frameworks and persons, each as it is asked for."""
    texts = passages(viewer)
    found: list[object] = [documents(viewer), texts, mentions_in(texts, viewer), passages(viewer, objective="1")]
    found += [(document(row.code, viewer), find_document(row.code, viewer).title) for row in seen(Document, viewer)]
    found.append(frameworks_on_record(viewer))
    for row in seen(Framework, viewer):
        found += [find_framework(row.code, viewer).title, crosswalk_gaps(row.code, viewer)]
        found += [named.provisions_in((row.code,), viewer)]
    found.append(person_names(Person.objects.values_list("pk", flat=True), viewer, "en"))
    return found


def of_editions(viewer: Viewer) -> list[object]:
    """Candidates and editions of the reviews that the reader may see."""
    found: list[object] = []
    for row in seen(Review, viewer):
        found += [editions_of(row, viewer), candidates_of(row, viewer)]
    found += [changes_since(row, viewer, Path("none")) for row in seen(Candidate, viewer)]
    return found


def of_desk(viewer: Viewer) -> list[object]:
    """What the desk shows: reports that the reader may see, what they are on, and the tasks of some posts."""
    rows = seen(ProgressReport, viewer)
    found: list[object] = [networks_served(viewer, "en")]
    found += [shown_report(row, viewer=viewer, language="en") for row in rows]
    given = {"viewer": viewer, "language": "en"}
    for row in rows:
        parts = (row.commitment, row.period)
        if all(seen(type(one), viewer, pk=one.pk) for one in parts):
            found.append(subject_of(*parts, row.organisation, row.voice, **given))
    for holding in seen(PostHolding, viewer):
        if holding.post.network is not None:
            found.append(tasks_of(holding, day=DAY, **given))
    return found


QUERIES: dict[str, Query] = {
    "desk": of_desk,
    "place": lambda viewer: [of_place(code, viewer) for code in ("QOR", "AUT")],
    "networks": of_networks,
    "documents": of_documents,
    "editions": of_editions,
}


def related(model: type[Record]) -> list[str]:
    """The rows whose events name a row of a noun, a few of each noun: their histories could say its words."""
    urns = set(model._default_manager.filter(keeper=HERE).values_list("urn", flat=True))
    found: dict[str, list[str]] = {}
    for event in Event.objects.select_related("detail"):
        words = repr(event.detail.words)
        if any(urn in words for urn in urns):
            same = found.setdefault(event.subject.split(":")[3], [])
            if len(same) < SOME and event.subject not in same:
                same.append(event.subject)
    return [urn for same in found.values() for urn in same]


SOME = 1
"""So many rows of one noun are asked for their history."""


def histories(urns: list[str], viewer: Viewer) -> Iterator[object]:
    for urn in urns:
        with suppress(WaymarkError):
            yield history_of(urn, viewer, "en")


def leaks(words: set[str], reply: object) -> list[str]:
    said = repr(reply)
    return sorted(word for word in words if word in said) if TOLD[:2] in said else []


def told(asked: Asked, leaked: list[str]) -> list[str]:
    """Of what a leaked word is."""
    return sorted(
        {f"{model.__name__} of {keeper}" for model, _, keeper in map(asked.planted.words.__getitem__, leaked)}
    )


CLOSED = [model for model in nouns() if model not in (*SHARED, Edition)]
"""An edition is frozen, and public already."""


ROUNDS = 12
"""In each round some nouns are closed that lie far from one another in the record, and all others are open."""

MAY_NOT = {
    "network": ("public", "member of the far network", "the own organisation in the second network"),
    "restricted": ("member", "the own organisation in the second network"),
    "strictly_confidential": ("officer",),
}
"""Class → the readers who must not read it; what others read of it is no leak."""


@pytest.mark.slow
@pytest.mark.parametrize("classification", MAY_NOT)
@pytest.mark.parametrize("number", range(ROUNDS))
def test_no_query_says_a_word_of_what_is_closed(asked: Asked, number: int, classification: str) -> None:
    found = {}
    closed = CLOSED[number::ROUNDS]
    for model in closed:
        classify(model._default_manager.all(), classification)
    urns = [urn for model in closed for urn in related(model)]
    for name in MAY_NOT[classification]:
        viewer = asked.readers[name]
        unread = asked.planted.unread_by(viewer)
        for query, ask in QUERIES.items():
            found[name, query] = told(asked, leaks(unread, ask(viewer)))
        found[name, "history"] = told(asked, leaks(unread, list(histories(urns, viewer))))
    assert {key: words for key, words in found.items() if words} == {}


@pytest.mark.slow
@pytest.mark.parametrize("classification", MAY_NOT)
def test_no_search_finds_a_word_of_what_is_closed(asked: Asked, classification: str, tmp_path: Path) -> None:
    """The index was made while all was open."""
    bring_up_to_date(tmp_path, anew=True)
    assert search(text=TOLD, viewer=PUBLIC, folder=tmp_path, limit=100).total > MANY
    for number in range(0, ROUNDS, 3):
        closed = CLOSED[number::ROUNDS]
        for model in closed:
            classify(model._default_manager.all(), classification)
        for name in MAY_NOT[classification]:
            viewer = asked.readers[name]
            unread = asked.planted.unread_by(viewer)
            reply = search(text=TOLD, viewer=viewer, folder=tmp_path, limit=100)
            assert told(asked, leaks(unread, (reply.hits, reply.counts))) == [], (name, number)
        for model in closed:
            classify(model._default_manager.all(), "public")


MANY = 20

WITHOUT = {
    "Candidate": "is void by no act of the world; its words are a code",
}
"""Nouns whose fields of text hold no words in the world."""


def test_every_noun_with_words_has_a_canary_in_each_network(asked: Asked) -> None:
    """Add the noun to `tests/factories/world.py` where this fails."""
    wanted = {model for model in CLOSED if fields_with_words(model) and model.__name__ not in WITHOUT}
    for keeper in (SECOND, FAR):
        assert {model.__name__ for model in wanted - asked.planted.nouns_of(keeper)} == set()
    assert {model.__name__ for model in wanted - asked.planted.nouns_of(HERE)} == {"ReviewCycle", "Crosswalk"}


def test_the_readers_may_read_what_they_should(asked: Asked) -> None:
    """A harness in which everything is hidden would find nothing."""
    said = repr([ask(asked.readers["officer"]) for ask in QUERIES.values()])
    shown = {asked.planted.words[word][0] for word in asked.planted.words if word in said}
    assert len(shown) > 20, sorted(model.__name__ for model in shown)
    assert asked.readers["ended member"] == PUBLIC


STEPS = {
    "commitments.reading.current_on": "judges rows that were read",
    "commitments.rows.commitments_read": "read by commitments_of",
    "crosswalks.sheet.crosswalk_workbook": "writes what suggested_crosswalk says",
    "crosswalks.suggesting.suggested_crosswalk": "needs the tagger; compares the provisions that provisions_in reads",
    "documents.showing.replaced": "a condition of documents",
    "documents.showing.speaking_posts": "keys of posts, for passages",
    "history.phases.shown_states": "states of a noun, for histories",
    "history.rows.read_rows": "read by history_of",
    "indicators.national.definitions_read": "asked by the operator's commands alone",
    "indicators.national.national_read": "read by review_data",
    "named.document_named": "one row of those that may be seen",
    "named.framework_named": "one row of those that may be seen",
    "named.holding_named": "one row of those that may be seen",
    "named.network_at": "one row of those that may be seen",
    "named.passage_named": "one row of those that may be seen",
    "named.provision_named": "one row of those that may be seen",
    "named.report_on": "one row of those that may be seen",
    "nested.titles": "titles of rows that may be seen, for commitments",
    "networks.reading.contributions": "read by networks_of",
    "networks.reading.meetings_of": "read by networks_of",
    "networks.reading.vacant_posts": "read by networks_of",
    "organisations.reading.bodies_read": "read by reports_of",
    "organisations.reading.organisations_read": "read by organisations_on",
    "people.naming.may_name": "asked by person_names",
    "people.naming.may_name_writer": "asked by history_of",
    "reviews.record.cited": "read by findings_of",
    "reviews.record.citations_of": "read by findings_of",
    "reviews.editions.published": "read by reviews_of",
    "reviews.editions.taken_back": "read by reviews_of",
    "reviews.data.days_of": "days of a scope",
    "reviews.data.asked": "what was asked",
    "reviews.data.comparison": "said by review_data",
    "reviews.data.objective_views": "said by review_data",
    "reviews.editions.candidate_named": "one row of those that may be seen",
    "reviews.editions.edition_named": "one row of those that may be seen",
    "reviews.editions.review_named": "one row of those that may be seen",
    "reviews.data.review_data": "says what the others say, and is read whole in test_visibility.py",
    "reviews.evidence.cited_read": "read by evidence_of",
    "reviews.record.findings_read": "read by findings_of",
    "reviews.record.recommendations_of": "said by review_data",
    "reviews.record.subjects_in_words": "said by claims_of",
    "reviews.data.review_scope": "what is asked",
    "reviews.data.viewer_of": "who asks",
    "reviews.positions.papers_seen": "read by positions_of and editions_of",
    "reviews.rendering.scope_of": "what is asked",
    "reviews.rendering.rendering_of": "names of files and hashes",
    "search.entries.entries_of": "read by search",
    "search.entries.open_gates": "asked by search",
}
"""Functions that are told who reads and are asked within others, or give a row and no words."""


def told_who_reads() -> set[str]:
    """Every function of the queries that takes a reader, or a scope with one."""
    found = set()
    for module in pkgutil.walk_packages(waymark.queries.__path__, "waymark.queries."):
        for name, one in vars(importlib.import_module(module.name)).items():
            if inspect.isfunction(one) and one.__module__ == module.name and not name.startswith("_"):
                hints = str(inspect.signature(one))
                if ".Viewer" in hints or ".Scope" in hints:
                    found.add(f"{module.name}.{name}".removeprefix("waymark.queries."))
    return found


def test_every_query_is_asked() -> None:
    asked_here = {
        f"{one.__module__}.{one.__name__}".removeprefix("waymark.queries.")
        for one in (*globals().values(), *vars(named).values())
        if inspect.isfunction(one) and one.__module__.startswith("waymark.queries.")
    }
    assert told_who_reads() - asked_here - STEPS.keys() == set()
    assert STEPS.keys() <= told_who_reads()
