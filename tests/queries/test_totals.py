"""Totals of a small record: a body in two roles, one with two names, proposed measures, excuses, withdrawn rows."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories import documents, frameworks, networks, people, places, reviews
from tests.journeys.pages import Page
from tests.queries.totals import check_all, check_bodies, check_sources, each_once, numbers, statuses
from tests.queries.world import BY, CYCLE, World, figures
from waymark.actions import networks as network_acts
from waymark.actions import reviews as review_acts
from waymark.actions.amending import withdraw
from waymark.actions.claims import ClaimFacts, record_claim
from waymark.actions.commitments import agree
from waymark.actions.facts import Paper
from waymark.actions.networks import MembershipFacts
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.reviews import CitationFacts, FindingFacts
from waymark.actions.workplans import ExcuseFacts, excuse
from waymark.engines.printing.html import render_html
from waymark.papers.files import review_json
from waymark.papers.review import review_paper
from waymark.queries.reviews.data import review_data, review_scope
from waymark.records.commitments import Commitment
from waymark.records.organisations import Organisation
from waymark.records.reports import DueDate, ProgressReport

Build = Callable[[], tuple[dict[str, Any], Page]]


@pytest.fixture
def build(record: World, tmp_path: Path) -> Build:
    """The review of the record as it stands, as data and as a page."""

    def made() -> tuple[dict[str, Any], Page]:
        data = review_data(review_scope("QOR", CYCLE), folder=figures(tmp_path))
        return json.loads(review_json(data)), Page(render_html(review_paper(data, "0" * 64)).decode())

    return made


def facts(tree: dict[str, Any]) -> tuple[int, int, int]:
    """Reports due, missing and excused over all commitments."""
    items = each_once(tree)
    return tuple(sum(i[f"reports_{name}"] for i in items) for name in ("due", "missing", "excused"))  # type: ignore[return-value]


def test_every_total_of_the_small_record(record: World, build: Build) -> None:
    check_all(*build())


def test_a_body_in_two_roles_or_with_two_names_is_one_body(record: World, build: Build) -> None:
    before = check_bodies(*build())
    justice, society = record.organisations["justice"], record.organisations["society"]
    assert society.names.count() == 2
    for body, role in ((justice, "member"), (society, "observer"), (record.organisations["old"], "observer")):
        network_acts.admit(by=BY, network=networks.network(), organisation=body, facts=MembershipFacts(role=role))
    tree, page = build()
    assert check_bodies(tree, page) == before
    assert record.organisations["labour"].urn in {m["organisation"]["urn"] for m in tree["networks"][0]["members"]}
    assert Organisation.objects.filter(urn=record.organisations["old"].urn).exists(), "merged, and counted as labour"
    check_all(tree, page)


def test_two_bodies_of_one_name_are_two(record: World, build: Build) -> None:
    before = check_bodies(*build())
    record.organisations["left"] = left = Organisation.objects.get(code="left-early")
    network_acts.admit(by=BY, network=networks.network(), organisation=left, facts=MembershipFacts(role="partner"))
    left.names.update(name={"en": "Body min-justice"})
    tree, page = build()
    assert check_bodies(tree, page) == before + 1
    academia = next(row for row in tree["participation"] if row["kind"] == "academia")
    assert (academia["members"], academia["with_commitments"], academia["reported_as_implementer"]) == (1, 0, 0)
    check_all(tree, page)


def test_a_proposed_measure_owes_nothing_until_it_is_agreed(record: World, build: Build) -> None:
    due, missing, _ = facts(build()[0])
    row = record.commitments["qor-p-1"]
    row.refresh_from_db()
    Commitment.objects.filter(pk=row.pk).update(start_date=date(2024, 1, 1))
    assert facts(build()[0])[:2] == (due, missing), "proposed"
    row.refresh_from_db()
    agree(by=people.bob(), commitment=row, on=date(2026, 2, 2))
    assert facts(build()[0])[:2] == (due, missing), "agreed after both periods"
    row.changes.filter(to_state="agreed").update(date=date(2024, 12, 31))
    tree, page = build()
    assert facts(tree)[:2] == (due + 1, missing + 1)
    check_all(tree, page)


def test_excused_reports_are_due_and_not_missing_and_are_printed(record: World, build: Build) -> None:
    due, missing, none = facts(build()[0])
    assert (none, missing > 0) == (0, True)
    period = record.periods["2024-h1"]
    given = ExcuseFacts(organisation=record.organisations["labour"], reason="The flood")
    excuse(by=people.bob(), period=period, facts=given)
    tree, page = build()
    assert facts(tree) == (due, missing - 1, 1)
    assert DueDate.objects.filter(period=period, organisation=record.organisations["labour"], shown=True).exists()
    check_all(tree, page)


def test_withdrawn_rows_count_nowhere(record: World, build: Build) -> None:
    tree, _ = build()
    items = len(each_once(tree))
    for code in ("qor-p-2", "qor-p-1"):
        row = record.commitments[code]
        row.refresh_from_db()
        for report in ProgressReport.objects.filter(commitment=row):
            report.delete()
        if code == "qor-p-2":
            row.matches.clear()
        withdraw(by=people.bob(), row=row, reason="Entered twice")
    membership = networks.network().memberships.get(organisation=record.organisations["society"])
    withdraw(by=BY, row=membership, reason="Never joined")
    after, page = build()
    assert len(each_once(after)) == items - 2
    assert "civil_society" not in {row["kind"] for row in after["participation"]}
    check_all(after, page)


def test_what_became_of_recommendations_adds_up(record: World, build: Build) -> None:
    tree, page = build()
    assert numbers(page, "follow-up")[:4] == [3, *statuses(tree["recommendations"])] == [3, 1, 1, 1]


# sources


def test_a_document_has_one_number_however_it_is_cited(record: World, build: Build) -> None:
    page_of = documents.document(
        "article",
        title="What was said",
        publisher="Harbour Daily",
        published_on=date(2022, 12, 9),
        classification="public",
        url="https://news.example/article",
        network=networks.network(),
    )
    cited = {"source": "Harbour Daily, What was said <https://news.example/article>"}
    take_position(
        by=BY,
        on=frameworks.framework("sdg"),
        place=places.orvenia(),
        paper=Paper(date(2022, 12, 8), words="Minutes"),
        facts=PositionFacts(stance="noted", date=date(2022, 12, 8), **cited),
    )
    network = networks.network()
    record_claim(by=BY, subject=network, attribute="seat", facts=ClaimFacts(value="Harbour", **cited), network=network)
    located = ClaimFacts(value="Hill", document=page_of, page="2", source="Harbour Daily")
    record_claim(by=BY, subject=network, attribute="seat", facts=located, network=network)
    finding = review_acts.add_finding(
        by=BY,
        review=reviews.review("qor-2026"),
        facts=FindingFacts(kind="progress", text="It is told", provision=frameworks.provision("1"), **cited),
    )
    review_acts.cite(by=BY, finding=finding, facts=CitationFacts(document=page_of, page="3"))
    tree, _ = build()
    check_sources(tree)
    (entry,) = [one for one in tree["sources"] if "news.example" in one["address"]]
    assert (entry["publisher"], entry["title"], entry["date"], entry["page"]) == (
        "Harbour Daily", "What was said", "2022-12-09", "2, 3",
    )  # fmt: skip
    assert sum(entry["key"] in json.dumps(tree[part]) for part in ("positions", "conflicts", "objectives")) == 3


def test_only_what_the_record_says_is_called_so(record: World, build: Build) -> None:
    tree, _ = build()
    for source in tree["sources"]:
        assert (source["kind"] == "record") == (source["publisher"] == "Record of this installation"), source
    titles = {one["title"] for one in tree["sources"] if one["kind"] == "document"}
    assert {"Gazette of Orvenia", "Census tables"} <= titles
