"""What the record says for one review: networks, bodies, findings, evidence, recommendations, claims, sources."""

from dataclasses import astuple, replace
from datetime import date, timedelta

import pytest

from tests.factories import networks
from tests.queries.world import DAY, Built, World
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.networks.reading import contributions, networks_of, participation, speaker
from waymark.queries.networks.views import NetworkView
from waymark.queries.organisations.reading import OrganisationBook, organisations_on
from waymark.queries.reviews.evidence import cited_read, evidence_of
from waymark.queries.reviews.positions import positions_of
from waymark.queries.reviews.record import (
    claims_of,
    findings_of,
    followed_up,
    objective_of_code,
    recommendations_of,
    reviews_of,
)
from waymark.queries.reviews.texts import texts_of
from waymark.queries.sources.reading import SourceBook, year_words
from waymark.queries.sources.views import SourceView
from waymark.queries.wording import in_language, iso, spoken
from waymark.records.consultations import Contribution
from waymark.records.frameworks import Position
from waymark.records.meetings import Statement
from waymark.records.networks import Membership
from waymark.records.organisations import Organisation, OrganisationName, Succession
from waymark.records.people import Post
from waymark.records.reports import ProgressReport
from waymark.records.reviews import Citation, Finding, Recommendation, Review
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

NETWORK = network_viewer("qor-network")


def book_on(day: date = DAY, viewer: Viewer = PUBLIC) -> OrganisationBook:
    return organisations_on(day, viewer, "en")


def network_on(day: date = DAY, viewer: Viewer = PUBLIC) -> NetworkView:
    (view,) = networks_of(
        "QOR", viewer=viewer, day=day, language="en", organisations=book_on(day, viewer), sources=SourceBook()
    )
    return view


def test_published_contributions_count_from_the_consultation_on(record: World) -> None:
    def counted(day: date) -> int:
        return contributions("QOR", viewer=PUBLIC, day=day)

    assert (counted(date(2025, 1, 31)), counted(date(2025, 2, 1)), counted(DAY)) == (0, 5, 5)
    assert contributions("GEO", viewer=PUBLIC, day=DAY) == 0
    Contribution.objects.filter(commitment__code="qor-m-2").update(state="received")
    assert counted(DAY) == 3, "what is not published is not counted"


def test_what_a_review_recommends_is_no_text_that_is_followed_beside_the_compact(record: World) -> None:
    def codes() -> set[str]:
        found = texts_of("QOR", None, viewer=PUBLIC, language="en", sources=SourceBook())
        return {one.code for one in found}

    (advice,) = {row.provision.framework for row in Recommendation.objects.exclude(review=None)}
    assert advice.code not in codes()
    Recommendation.objects.filter(provision__framework=advice).update(
        review=None, issuer=record.organisations["society"]
    )
    assert advice.code in codes(), "recommendations of another body are a text like others"


# organisations


def test_a_body_has_the_name_of_the_day(record: World) -> None:
    society = record.organisations["society"].id
    assert book_on(date(2024, 12, 31)).name(society) == "Open Door"
    now = book_on(date(2025, 1, 1)).view(society)
    assert now is not None
    assert (now.name, now.formerly) == ("Open Door and Window", ("Open Door",))


def test_a_merged_body_is_carried_on_from_its_day(record: World) -> None:
    old, labour = record.organisations["old"].id, record.organisations["labour"].id
    assert book_on(date(2024, 6, 30)).name(old) == "Ministry of Old Work"
    now = book_on(date(2024, 7, 1))
    assert now.carried_on_by(old) == labour
    view = now.view(old)
    assert view is not None
    assert (view.name, view.formerly) == ("Ministry of Labour", ("Ministry of Old Work",))


def test_a_hidden_body_has_no_name(record: World) -> None:
    hidden = record.organisations["restricted"].id
    assert book_on().view(hidden) is None
    assert book_on().name(hidden) == "an organisation that is not named here"


def test_a_chain_of_successors_is_followed_to_its_end_and_a_ring_does_not_hang() -> None:
    assert OrganisationBook({}, {1: 2, 2: 3}, {}).carried_on_by(1) == 3
    assert OrganisationBook({}, {1: 2, 2: 1}, {}).carried_on_by(1) in (1, 2)
    assert OrganisationBook({}, {}, {}).carried_on_by(7) == 7


def test_names_of_unknown_end_are_former_and_a_body_without_name_shows_its_code(record: World) -> None:
    justice = record.organisations["justice"]
    OrganisationName.objects.filter(organisation=justice).update(end_unknown=True)
    view = book_on().view(justice.id)
    assert view is not None
    assert (view.name, view.formerly) == ("Body min-justice", ())
    OrganisationName.objects.filter(organisation=justice).update(from_date=date(2030, 1, 1), end_unknown=False)
    assert book_on().name(justice.id) == "min-justice"


def test_a_merger_on_an_unknown_day_counts_as_before(record: World) -> None:
    Succession.objects.update(date=None)
    assert book_on(date(1990, 1, 1)).name(record.organisations["old"].id) == "Ministry of Labour"


# networks


def test_members_roles_groups_and_vacancies(record: World) -> None:
    view = network_on()
    members = [(m.organisation.name, m.role, m.until) for m in view.members]
    assert ("Ministry of Labour", "member", "") in members
    assert ("School that left", "member", "2023-01-01") in members
    assert [name for name, _, _ in members].count("Ministry of Labour") == 1, "the merged member appears once"
    assert view.working_groups == ("Group on data",)
    assert view.vacancies == ("Head of Work Abroad, Ministry of Labour",)
    assert (view.founded, view.note) == ("2021-03-01", "Set up for tests.")


def test_members_of_later_days_are_left_out(record: World) -> None:
    assert "Open Door" not in {m.organisation.name for m in network_on(date(2020, 1, 1)).members}
    assert network_on(date(2020, 1, 1)).meetings == ()


def test_a_membership_that_ended_on_an_unknown_day_says_so(record: World) -> None:
    Membership.objects.filter(organisation=record.organisations["justice"]).update(end_unknown=True)
    until = {m.organisation.name: m.until for m in network_on().members}
    assert until["Body min-justice"] == "unknown day"


def test_a_closed_post_is_not_vacant(record: World) -> None:
    Post.objects.filter(code="open-post").update(closed_on=DAY)
    assert network_on().vacancies == ()
    Post.objects.filter(code="open-post").update(closed_on=date(2026, 5, 9), title={})
    assert network_on().vacancies == ("focal point, Ministry of Labour",)


def test_meetings_up_to_the_day_with_what_was_said(record: World) -> None:
    first, month = network_on().meetings
    assert (first.date, first.title, first.place, first.attendance) == ("2025-03-03", "Annual meeting", "Harbour", 1)
    assert [words for _, words, _, _ in first.statements] == ["We go on", "We ask more", "I agree"]
    assert first.decisions == ("Meet again",)
    assert (month.date, month.attendance) == ("2025-06", None)


def test_who_spoke_is_named_as_the_record_allows(record: World) -> None:
    spoke = [who for who, _, _, _ in network_on().meetings[0].statements]
    assert spoke == ["Body min-justice", "A mayor", "Body min-justice"], "who may not read a person reads the body"
    inside = network_on(viewer=NETWORK).meetings[0].statements
    assert inside[2][0].startswith("Alice, ")
    row = Statement.objects.get(summary__en="I agree")
    row.person = None
    assert speaker(row, "en", book_on()) == "Body min-justice", "the organisation of the post"
    row.post = None
    row.organisation_id = None
    assert speaker(row, "en", book_on()) == "speaker not named"


def test_participation_counts_present_members_by_kind(record: World) -> None:
    book = book_on()
    items = commitments_of("QOR", viewer=PUBLIC, day=DAY, language="en", organisations=book)
    rows = {row.kind: astuple(row)[2:] for row in participation((network_on(),), items)}
    assert rows == {"government": (2, 2, 2, 0, 0), "un": (1, 1, 0, 1, 0), "civil_society": (1, 0, 0, 0, 1)}


# findings, evidence, positions


def of_orvenia() -> Review:
    return reviews_of("QOR", ("imrf-2026",), PUBLIC)["imrf-2026"]


def test_the_review_of_a_cycle_or_none(record: World) -> None:
    assert of_orvenia().code == "qor-2026"
    assert reviews_of("QOR", ("imrf-2030",), PUBLIC) == {}
    assert findings_of(None, viewer=PUBLIC, language="en", sources=SourceBook()) == {}


def test_findings_by_objective_and_about_the_whole(record: World) -> None:
    found = findings_of(of_orvenia(), viewer=PUBLIC, language="en", sources=SourceBook())
    assert [(f.kind, f.text, f.confirmed) for f in found[1]] == [("progress", "Offices opened in 3 towns", True)]
    assert [(f.text, f.drafted_by, f.confirmed) for f in found[None]] == [("Ask again", "Secretariat", False)]
    assert 8 not in found


def test_a_finding_cites_its_documents_and_the_record_only_where_it_cites_nothing_else(built: Built) -> None:
    public = built.data["public"]
    keys = {source.key: source for source in public.sources}
    (moved,), (asked,) = public.objectives[0].findings, public.findings
    (document,) = [keys[key] for key in moved.source.split("\n")]
    assert (document.kind, document.title, document.page) == ("document", "Census tables", "3")
    assert keys[asked.source].kind == "record"


def test_evidence_of_reports_and_findings(record: World) -> None:
    items = commitments_of("QOR", viewer=PUBLIC, day=DAY, language="en", organisations=book_on())
    review = of_orvenia()
    found = evidence_of(review, "QOR", items, viewer=PUBLIC, language="en", sources=SourceBook())
    assert [(e.title, e.page, e.cited_in) for e in found[1]] == [
        ("Gazette", "", "qor-m-1"),
        ("Gazette of Orvenia", "7", "qor-m-1"),
        ("Gazette", "", "qor-m-2"),
        ("Census tables", "3", "finding"),
    ]
    assert 8 not in found
    without = evidence_of(None, "QOR", items, viewer=PUBLIC, language="en", sources=SourceBook())
    assert "finding" not in {e.cited_in for e in without[1]}


def test_evidence_is_that_of_reports_submitted_by_the_day(record: World) -> None:
    items = commitments_of("QOR", viewer=PUBLIC, day=DAY, language="en", organisations=book_on())
    first = ProgressReport.objects.exclude(submitted_on=None).order_by("submitted_on")[0].submitted_on
    assert first is not None
    for day, some in ((first, True), (first - timedelta(days=1), False)):
        assert bool(cited_read(None, "QOR", items, viewer=PUBLIC, day=day).proofs) is some


def test_a_document_cited_for_the_whole_review_belongs_to_no_objective(record: World) -> None:
    Finding.objects.filter(pk=Citation.objects.get(page="3").finding_id).update(provision=None)
    found = evidence_of(of_orvenia(), "QOR", (), viewer=PUBLIC, language="en", sources=SourceBook())
    assert found == {}


def test_positions_up_to_the_day(record: World) -> None:
    sources = SourceBook()
    rows = positions_of("QOR", viewer=PUBLIC, day=DAY, language="en", organisations=book_on(), sources=sources)
    assert [(row.holder, row.stance, row.date, row.mark) for row in rows] == [
        ("Orvenia", "voted for", "2018-12-19", "secondary")
    ]
    cited = sources.sources[rows[0].source]
    assert (cited.title, cited.address) == ("Record of the meeting", "https://b.example")
    Position.objects.filter(stance="voted_for").update(place=None, organisation=record.organisations["justice"])
    rows = positions_of("QOR", viewer=PUBLIC, day=DAY, language="en", organisations=book_on(), sources=sources)
    assert rows[0].holder == "Body min-justice"


# recommendations


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ([], "open"),
        (["proposed"], "open"),
        (["proposed", "dropped"], "open"),
        (["agreed"], "planned"),
        (["agreed", "proposed"], "planned"),
        (["agreed", "completed"], "acted on"),
        (["agreed", "under_way"], "acted on"),
        (["under_way", "proposed"], "acted on"),
        (["completed", "proposed"], "acted on"),
        (["completed", "under_way"], "acted on"),
        (["completed"], "completed"),
        (["completed", "dropped"], "completed"),
        (["completed", "superseded"], "completed"),
        (["dropped"], "dropped"),
        (["superseded", "dropped"], "dropped"),
    ],
)
def test_what_became_of_a_recommendation(states: list[str], status: str) -> None:
    assert followed_up(states) == status
    assert followed_up(states[::-1]) == status


def test_recommendations_of_the_last_cycle(record: World) -> None:
    items = commitments_of("QOR", viewer=PUBLIC, day=DAY, language="en", organisations=book_on())
    rows = recommendations_of("QOR", "imrf-2022", items, viewer=PUBLIC, day=DAY, language="en", sources=SourceBook())
    assert [(r.code, r.text, r.objectives, r.stance, r.status, [c for c, _, _ in r.commitments]) for r in rows] == [
        ("R1", "Do what R1 says", (1,), "supported", "acted on", ["qor-m-1"]),
        ("R2", "Do what R2 says", (3,), "supported in part", "dropped", ["qor-m-3"]),
        ("R3", "Do what R3 says", (7,), "", "open", []),
    ]


def test_a_commitment_answers_the_recommendation_of_its_own_review(record: World) -> None:
    items = commitments_of("QOR", viewer=PUBLIC, day=DAY, language="en", organisations=book_on())
    others = [replace(item, ties=tuple(("another-review", code) for _, code in item.ties)) for item in items]
    rows = recommendations_of("QOR", "imrf-2022", others, viewer=PUBLIC, day=DAY, language="en", sources=SourceBook())
    assert {(row.status, row.commitments) for row in rows} == {("open", ())}


def test_a_position_after_the_day_is_not_read(record: World) -> None:
    Position.objects.filter(provision=record.advice["R1"]).update(date=date(2027, 1, 1))
    rows = recommendations_of("QOR", "imrf-2022", (), viewer=PUBLIC, day=DAY, language="en", sources=SourceBook())
    assert [(r.stance, r.stance_text) for r in rows][:2] == [("", ""), ("supported in part", "Yes, in steps")]


@pytest.mark.parametrize(
    ("framework", "provision", "number"),
    [("gcm", "7", 7), ("gcm", "7.c", 7), ("gcm", "people-centred", None), ("sdg", "7", None)],
)
def test_the_objective_of_a_code(framework: str, provision: str, number: int | None) -> None:
    assert objective_of_code(framework, provision) == number


# claims


def test_claims_that_disagree_stand_side_by_side(record: World) -> None:
    rows, alone = claims_of("QOR", viewer=PUBLIC, language="en", sources=SourceBook())
    assert [(row.attribute, [(c.value, c.chosen) for c in row.claims]) for row in rows] == [
        ("offices", [("10", False), ("12", False)]),
        ("start", [("1 February 2023", True), ("1 March 2023", False)]),
    ]
    assert rows[0].rule == ""
    assert rows[1].rule.endswith("The gazette is the act")
    assert {fact.attribute for fact in alone}.isdisjoint({"offices", "start"})


# sources and words


@pytest.mark.parametrize(
    ("years", "text"),
    [
        (set(), ""),
        ({2011}, "2011"),
        ({2011, 2012}, "2011–2012"),
        ({2011, 2012, 2013, 2017}, "2011–2013, 2017"),
        ({2011, 2013, 2015}, "2011, 2013, 2015"),
        ({2020, 2015, 2016}, "2015–2016, 2020"),
    ],
)
def test_years_in_runs(years: set[int], text: str) -> None:
    assert year_words(years) == text


def test_sources_are_numbered_in_the_order_of_first_use() -> None:
    book = SourceBook()
    first = SourceView("dataset:a|x", "dataset", "Office", "A")
    assert book.add(first) == "dataset:a|x"
    book.add(SourceView("b", "document", "Office", "B"))
    book.add(SourceView("dataset:a|x", "dataset", "Another", "kept as it was"))
    book.use_years("dataset:a|x", {2015})
    book.use_years("dataset:a|x", {2016, 2019})
    assert [(s.key, s.publisher, s.years) for s in book.numbered()] == [
        ("dataset:a|x", "Office", "2015–2016, 2019"),
        ("b", "Office", ""),
    ]


def test_the_source_of_a_row(record: World) -> None:
    book, row = SourceBook(), networks.network()
    assert book.of_record(row, "The network") == row.urn
    assert book.sources[row.urn].title == "The network"
    row.source, row.locator = "Paper <https://c.example>", "page 2"
    key = book.of_record(row)
    (cited,) = (source for source in book.numbered() if source.key == key)
    assert (cited.publisher, cited.title, cited.address, cited.page, cited.kind) == (
        "", "Paper", "https://c.example", "2", "document",
    )  # fmt: skip
    row.locator = "paragraph 7"
    assert book.of_record(row) == key, "one document has one number, whichever page of it is cited"
    assert {source.key: source.page for source in book.numbered()}[key] == "2, paragraph 7"
    row.source = ""
    assert book.of_record(row, group="members") == "record:members"


def test_words_in_the_readers_language_or_the_next_best() -> None:
    assert in_language({"en": "One", "ka": "ერთი"}, "ka") == "ერთი"
    assert in_language({"en": "One", "ka": "ერთი"}, "fr") == "One"
    assert in_language({"ka": "ერთი", "fr": "Un"}, "en") in ("ერთი", "Un")
    assert in_language({"xx": "Unknown tongue"}, "en") == "Unknown tongue"
    assert in_language({}, "en") == in_language(None, "en") == ""
    assert spoken({"en": "One"}, "fr") == "en"
    assert spoken({}, "fr") == ""


def test_days_as_iso_text() -> None:
    assert (iso(None), iso(date(2026, 5, 8))) == ("", "2026-05-08")


def test_organisations_that_exist_only_as_rows(record: World) -> None:
    assert Organisation.objects.filter(code="min-old").exists()
