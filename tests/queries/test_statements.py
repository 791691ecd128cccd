"""How many statements the reads of a page send to the database: few, and the same whatever the number of rows."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import commitments, documents, frameworks, networks, organisations, people, reviews
from tests.queries.world import BY, DAY, World, figures
from waymark.actions import claims as claim_acts
from waymark.actions import commitments as acts
from waymark.actions import meetings as meeting_acts
from waymark.actions import networks as network_acts
from waymark.actions import reports as report_acts
from waymark.actions import reviews as review_acts
from waymark.actions.claims import ClaimFacts
from waymark.actions.commitments import MilestoneFacts
from waymark.actions.facts import Paper
from waymark.actions.meetings import DecisionFacts, MeetingFacts, StatementFacts
from waymark.actions.networks import MembershipFacts
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.reviews import CitationFacts, FindingFacts
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.documents.listing import documents as listed
from waymark.queries.documents.listing import passages
from waymark.queries.networks.reading import networks_of
from waymark.queries.organisations.reading import organisations_on
from waymark.queries.reports.reading import reports_of
from waymark.queries.reviews.data import review_data, review_scope
from waymark.queries.search.asking import search
from waymark.queries.search.following import bring_up_to_date
from waymark.queries.sources.reading import SourceBook
from waymark.records.documents import Document, Passage, Tag
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

MOST = {
    "review": 25, "commitments": 4, "organisations": 1, "reports": 5, "networks": 6, "documents": 7, "passages": 5,
    "search": 20,
}  # fmt: skip
"""The most statements that each read may send."""

READERS = {"public": PUBLIC, "network": network_viewer("qor-network")}


def more(world: World, start: int, number: int) -> None:
    """More of every noun that hangs on the place, each with its own rows below."""
    now, network = reviews.review("qor-2026"), networks.network()
    for at in range(start, start + number):
        body = organisations.organisation(f"body-{at}", name=f"Body {at}")
        network_acts.admit(
            by=BY, network=network, organisation=body, facts=MembershipFacts(role="member", from_date=date(2022, 1, 1))
        )
        paper = documents.document(f"paper-{at}", title=f"Paper {at}", classification="public")
        Document.objects.filter(pk=paper.pk).update(flags={"0": ["ocr"]})
        text = documents.passage(f"paper-{at}")
        Tag.objects.create(
            passage=text, provision=frameworks.provision("1"), code=f"t{at}", by_person=False, score=0.9, model="m"
        )
        item = commitments.commitment(
            f"more-{at}",
            classification="public",
            on=date(2023, 1, 1),
            title="Offices at the border",
            kind="pledge",
            way="matching",
        )
        acts.agree(by=people.bob(), commitment=item, on=date(2023, 2, 1))
        acts.set_milestone(by=people.bob(), commitment=item, facts=MilestoneFacts(title="A step"))
        acts.match(by=people.bob(), matching=item, matched=world.commitments["qor-p-1"])
        world.commitments[item.code] = item
        proof = report_acts.Proof(document=paper, page="1")
        world.report(item.code, "2024-h1", "justice", "implementer", "begun", evidence=(proof,))
        finding = review_acts.add_finding(
            by=BY,
            review=now,
            facts=FindingFacts(kind="progress", text=f"Finding {at}", provision=frameworks.provision("1")),
        )
        review_acts.cite(by=BY, finding=finding, facts=CitationFacts(document=paper, page="1"))
        met = meeting_acts.hold(
            by=BY,
            network=network,
            code=f"met-{at}",
            facts=MeetingFacts(kind="annual", title=f"Meeting {at}", date=date(2025, 5, 5), classification="public"),
        )
        meeting_acts.record_statement(by=BY, meeting=met, facts=StatementFacts(summary="Words", organisation=body))
        meeting_acts.decide(by=BY, meeting=met, facts=DecisionFacts(text="Go on"))
        for value in ("1", "2"):
            claim_acts.record_claim(
                by=BY,
                subject=met,
                attribute="attendance",
                network=network,
                facts=ClaimFacts(value=value, source=f"Paper {at}"),
            )
        take_position(
            by=BY,
            on=frameworks.framework(),
            organisation=body,
            paper=Paper(DAY, words="Letter"),
            facts=PositionFacts(stance="noted", text=f"Noted {at}"),
        )


def asked(reader: Viewer, folder: Path) -> dict[str, Callable[[], object]]:
    """Every read of a page, ready to be made."""
    book = organisations_on(DAY, reader, "en")
    audience = "public" if reader is PUBLIC else "network"

    def review() -> object:
        return review_data(review_scope("QOR", "imrf-2026", audience=audience), folder=folder)  # type: ignore[arg-type]

    given = {"viewer": reader, "day": DAY, "language": "en", "organisations": book}
    return {
        "review": review,
        "commitments": lambda: commitments_of("QOR", **given),  # type: ignore[arg-type]
        "organisations": lambda: organisations_on(DAY, reader, "en"),
        "reports": lambda: reports_of("qor-network", viewer=reader, day=DAY, language="en").rows,
        "networks": lambda: networks_of("QOR", sources=SourceBook(), **given),  # type: ignore[arg-type]
        "documents": lambda: listed(reader, place="QOR"),
        "passages": lambda: passages(reader, objective="1"),
        "search": lambda: search(text="border", viewer=reader, folder=folder.parent / "search", limit=50),
    }


def counted(reader: Viewer, folder: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Statements of each read, and how many things it found."""
    bring_up_to_date(folder.parent / "search")
    statements, found = {}, {}
    for name, read in asked(reader, folder).items():
        with CaptureQueriesContext(connection) as seen:
            answer = read()
        statements[name] = len(seen)
        found[name] = (
            answer.total  # type: ignore[attr-defined]
            if name == "search"
            else len(answer)  # type: ignore[arg-type]
            if isinstance(answer, tuple)
            else len(str(answer))
        )
    return statements, found


@pytest.mark.parametrize("audience", sorted(READERS))
def test_statements_are_few_and_do_not_grow_with_the_rows(record: World, tmp_path: Path, audience: str) -> None:
    folder = figures(tmp_path)
    more(record, 0, 1)
    one, little = counted(READERS[audience], folder)
    more(record, 1, 4)
    five, much = counted(READERS[audience], folder)
    assert five == one
    assert {name: number for name, number in five.items() if number > MOST[name]} == {}
    assert [name for name in MOST if name != "networks" and much[name] <= little[name]] == [], "nothing was added"
    assert Passage.objects.count() == 5


@pytest.mark.parametrize("audience", sorted(READERS))
def test_a_place_of_which_nothing_is_on_record_takes_fewer(record: World, tmp_path: Path, audience: str) -> None:
    scope = review_scope("AUT", "imrf-2026", audience=audience)  # type: ignore[arg-type]
    with CaptureQueriesContext(connection) as seen:
        data = review_data(scope, folder=tmp_path)
    assert data.networks == ()
    assert len(seen) <= 15
