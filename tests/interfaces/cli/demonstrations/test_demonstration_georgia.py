"""The demonstration of Georgia in the record: every fact with its sources, nothing invented, absences told."""

import re
from collections import defaultdict
from datetime import date

import pytest
from django.db import transaction
from django.test import TestCase

from waymark.gcm.errors import RefusedError
from waymark.interfaces.cli.demonstrations import load
from waymark.interfaces.cli.demonstrations.files import read_rows
from waymark.interfaces.cli.demonstrations.reviews import NOT_FOUND, NOTE, SEARCH
from waymark.queries.networks.reading import meetings_of
from waymark.queries.organisations.reading import organisations_on
from waymark.queries.sources.reading import SourceBook
from waymark.records.actors import Actor
from waymark.records.claims import Claim, ClaimChoice
from waymark.records.commitments import Commitment
from waymark.records.documents import Document
from waymark.records.events import Event
from waymark.records.frameworks import Framework, Position
from waymark.records.meetings import Attendance, Decision, Meeting, Statement
from waymark.records.networks import Membership, Network, WorkingGroup
from waymark.records.organisations import Organisation
from waymark.records.people import Person
from waymark.records.places import Place
from waymark.records.record import FactRecord
from waymark.records.reviews import Finding, Review
from waymark.records.viewers import PUBLIC
from waymark.records.workplans import Workplan

BY = Actor.operator("demonstration")
VOTE = "date of Georgia's vote on the Global Compact"
GEORGIAN: tuple[type[FactRecord], ...] = (
    Organisation, Network, Membership, WorkingGroup, Person, Workplan, Meeting, Attendance, Statement, Decision,
    Document, Position, Finding, Review,
)  # fmt: skip


class GeorgiaTest(TestCase):
    """The demonstration of Georgia, loaded once for all of these tests."""

    @classmethod
    def setUpTestData(cls) -> None:
        load("georgia", by=BY)

    def test_the_record_keeps_address_and_mark_of_each_georgian_fact(self) -> None:
        of_georgia = ("organisation:iom", "position:GEO.gcm.voted_for", ":GEO-imrf-2026", ":geo-")
        for model in GEORGIAN:
            rows = [row for row in model._default_manager.all() if any(part in row.urn for part in of_georgia)]
            assert rows, model
            for row in rows:
                parts = row.source.split("; ")
                assert all(re.fullmatch(r"[^<>]+ <https?://[^<> ]+>", part) for part in parts), row.urn
                assert row.mark in ("verified", "secondary"), row.urn
                assert row.locator == "", (row.urn, "no page of them has places")

    def test_the_network_in_georgia_has_its_thirteen_members_and_roles(self) -> None:
        network = Network.objects.get(code="geo-un-network")
        roles = defaultdict(set)
        for member in network.memberships.select_related("organisation"):
            roles[member.role].add(member.organisation.code)
        assert network.founded_on == date(2020, 6, 30)
        assert len(roles["member"]) == 13
        assert roles["co_chair"] == {"geo-rco", "iom"}
        assert roles["secretariat"] == {"iom"}
        assert "UNHCHR" in Organisation.objects.get(code="ohchr").note

    def test_the_meeting_of_december_2022_names_speakers_by_post_and_tells_what_they_said(self) -> None:
        meeting = Meeting.objects.get(date=date(2022, 12, 8))
        statements = list(meeting.statements.select_related("person"))
        assert [said.person.name["en"] for said in statements if said.person] == [
            "Sabine Machl", "Tamar Tkeshelashvili", "Manfred Profazi", "Amy Muedin"
        ]  # fmt: skip
        posts = [said.capacity["en"].split(",")[0] for said in statements]
        assert posts == [
            "UN Resident Coordinator",
            "First Deputy Minister of Justice",
            "Regional Director",
            "Deputy Head",
        ]
        for said in statements:
            assert (said.mark, said.source.count("<http")) == ("secondary", 1)
            assert 100 < len(said.summary["en"]) < 300
            assert not re.search('["“”]', said.summary["en"]), "our words, no quotation"

    def test_every_source_of_a_fact_keeps_its_title_and_address(self) -> None:
        vote = Position.objects.get(place__code="GEO")
        says_so, *others = vote.source.split("; ")
        assert says_so.startswith("IOM Georgia, UN Network on Migration in Georgia"), "the one that says it in words"
        assert others == [
            "United Nations Audiovisual Library, Recording of the 60th plenary meeting of the General Assembly "
            "<https://www.unmultimedia.org/avlibrary/asset/2338/2338741/>",
            "Chamber of Deputies of Italy, Adoption of the Global Compact by the General Assembly "
            "<https://temi.camera.it/leg18/post/OCD15-13508/adozione-"
            "del-global-compact-for-migration-parte-assemblea-generale-nazioni-unite-19-dicembre-2018.html>",
        ]
        assert vote.note.startswith("The roll call was not read. ")
        workshop = Meeting.objects.get(code="geo-workshop-2021-03")
        assert "<https://georgia.iom.int/news/under-auspices" in workshop.source
        assert "Georgia engages with the Global Compact <https://rovienna.iom.int/events/georgia-" in workshop.source

    def test_every_page_that_is_cited_is_a_document_with_its_own_fields(self) -> None:
        pages = {row.url: row for row in Document.objects.filter(code__startswith="geo-page-")}
        assert len(pages) == len(read_rows("georgia", "sources"))
        for model in GEORGIAN:
            for row in model._default_manager.exclude(source=""):
                assert {part.partition(" <")[2].rstrip(">") for part in row.source.split("; ")} <= pages.keys(), row.urn
        for row in pages.values():
            assert row.publisher
            assert row.publisher not in row.title["en"]

    def test_two_names_of_one_body_are_one_body(self) -> None:
        codes = set(Organisation.objects.filter(code__startswith="geo-").values_list("code", flat=True))
        assert codes.isdisjoint({"geo-interior", "geo-foreign-affairs"})
        interior = Organisation.objects.get(code="geo-mia")
        assert "Interior" in interior.note
        assert set(interior.memberships.values_list("role", flat=True)) == {"co_chair", "member"}

    def test_two_texts_are_frameworks_without_provisions(self) -> None:
        rows = Framework.objects.filter(keeper="geo-un-network").order_by("code")
        assert [(row.code, row.mark, row.provisions.count()) for row in rows] == [
            ("geo-association-agreement", "secondary", 0),
            ("geo-visa-liberalisation", "secondary", 0),
        ]
        assert all("<https://georgia.iom.int/news/" in row.source for row in rows)

    def test_the_statement_at_marrakech_is_a_fact_and_its_words_are_not(self) -> None:
        told = Claim.objects.get(attribute="statement at the conference in Marrakech")
        assert (told.mark, "georgia.iom.int" in told.source) == ("secondary", True)
        assert told.value.startswith("Georgia made a statement")

    def test_kinds_and_names_that_no_source_gives_are_not_given(self) -> None:
        for code in ("icmpd", "giz", "cida", "gyla", "irc", "mc"):
            body = Organisation.objects.get(code=f"geo-{code}")
            assert (body.kind, body.memberships.get().role) == ("other", "consultative")
            assert body.note.endswith("kind not stated in the source.")
        older = Membership.objects.filter(network__code="geo-scmi", note__startswith="Named in an older list")
        codes = set(older.values_list("organisation__code", flat=True))
        assert {"geo-economy", "geo-mfa"} <= codes
        assert "IDPs (short name in an older list)" in {
            row.organisation.names.get().name["en"] for row in older.select_related("organisation")
        }

    def test_no_day_is_kept_where_the_source_gives_a_month_or_a_year(self) -> None:
        of_georgia = Claim.objects.filter(network__place__code="GEO")
        for claim in of_georgia.exclude(date=None):
            assert claim.date is not None
            assert f"{claim.date:%-d %B %Y}" == claim.value
        assert of_georgia.filter(value="March 2021", date=None).exists()
        plan = Workplan.objects.get(code="geo-plan-2021")
        assert (plan.from_date, plan.to_date) == (None, None)
        assert Meeting.objects.get(code="geo-consultations-2021").date_precision == "month"

    def test_the_days_of_the_vote_stand_side_by_side_with_the_rule_that_chose_one(self) -> None:
        vote = Position.objects.get(place__code="GEO")
        claims = Claim.objects.filter(subject=vote.urn, attribute=VOTE)
        assert {claim.date for claim in claims} == {date(2018, 12, 19), date(2019, 12, 18), date(2018, 12, 18)}
        choice = ClaimChoice.objects.get(subject=vote.urn, attribute=VOTE)
        assert choice.claim.date == vote.date == date(2018, 12, 19)
        assert (choice.rule, vote.stance, vote.mark) == ("official_record", "voted_for", "secondary")

    def test_a_conflict_without_a_rule_says_why_none_is_chosen(self) -> None:
        subject = Document.objects.get(code="geo-strategy-2016").urn
        claims = Claim.objects.filter(subject=subject)
        assert {claim.value for claim in claims} == {"11 December 2015", "14 December 2015"}
        assert not ClaimChoice.objects.filter(subject=subject).exists()
        assert all(claim.note.startswith("None is chosen") for claim in claims)

    def test_nothing_is_invented_where_public_sources_hold_nothing_about_georgia(self) -> None:
        assert not Commitment.objects.filter(network__place__code="GEO").exists()
        review = Review.objects.get(place__code="GEO")
        assert (review.cycle.code, review.publishing_body, review.state) == ("imrf-2026", None, "open")
        assert not review.findings.exclude(confirmed_on=None).exists()
        assert (
            Finding.objects.filter(review=review).count()
            == review.findings.filter(citations__isnull=False).count()
            == 2
        )

    def test_the_review_of_georgia_tells_what_was_not_found_and_which_strategies_there_are(self) -> None:
        review = Review.objects.get(place__code="GEO")
        told = {claim.attribute: claim for claim in Claim.objects.filter(subject=review.urn)}
        assert len(told) == Claim.objects.filter(subject=review.urn).count()  # an attribute used twice is a conflict
        absent = {attribute.removeprefix(f"{NOT_FOUND}: ") for attribute in told if attribute.startswith(NOT_FOUND)}
        assert absent == {
            "voluntary review", "pledge", "workplan document of the network",
            "submission to the UNECE regional review of 2024", "goals of the Migration Strategy 2021-2030",
            "roll call of the vote on the Global Compact", "champion country of the Global Compact",
            "words of the statement of Georgia at the conference in Marrakech",
        }  # fmt: skip
        pledge, champion = told[f"{NOT_FOUND}: pledge"], told[f"{NOT_FOUND}: champion country of the Global Compact"]
        assert (pledge.value, pledge.source) == ("No pledge by Georgia was found in public sources.", SEARCH)
        assert ("Dialogue of champion countries" in champion.source, champion.mark, pledge.mark) == (
            True,
            "verified",
            "",
        )
        strategies = {attribute for attribute in told if attribute.startswith("national strategy ")}
        assert {f"national strategy {years}" for years in ("2013-2015", "2016-2020", "2021-2030")} <= strategies
        assert told["national strategy 2021-2030"].document is None, "the strategy itself was not read"
        assert (told[NOTE].value, told[NOTE].source) == (review.note, "Note of the makers of this demonstration")
        commission = Network.objects.get(code="geo-scmi")
        observer = Claim.objects.get(subject=commission.urn, attribute__startswith="observer in the European Migration")
        assert observer.value == "March 2021"
        endorsed = Claim.objects.get(attribute="day of endorsement by the General Assembly")
        assert endorsed.subject == Framework.objects.get(code="pd-2022").urn

    def test_older_names_of_members_of_the_state_commission_are_flagged(self) -> None:
        older = Membership.objects.filter(network__code="geo-scmi", note__startswith="Named in an older list")
        assert older.count() == 8
        assert (
            Membership.objects.filter(network__code="geo-scmi", note="An older list has it as Interior.").count() == 1
        )
        consulted = Membership.objects.filter(network__code="geo-scmi", role="consultative")
        assert consulted.filter(from_date=None).exclude(note="").count() == 10  # only month or year is known
        assert WorkingGroup.objects.filter(network__code="geo-scmi").count() == 6
        assert Meeting.objects.get(code="geo-scmi-32").date is None

    def test_a_sitting_of_unknown_day_stands_after_those_with_a_day(self) -> None:
        commission = Network.objects.get(code="geo-scmi")
        day = date(2026, 5, 8)
        book = organisations_on(day, PUBLIC, "en")
        found = meetings_of([commission], PUBLIC, day, "en", book, SourceBook())[commission.pk]
        assert [meeting.title for meeting in found] == ["13th sitting", "14th sitting", "16th sitting", "32nd sitting"]

    def test_a_demonstration_is_not_entered_beside_the_real_network_of_a_place(self) -> None:
        with transaction.atomic():
            place = Place.objects.get(code="GEO")
            Network.objects.filter(place=place).update(demonstration={})
            events = Event.objects.count()
            with pytest.raises(RefusedError, match="geo-un-network of GEO, which is not a demonstration"):
                load("georgia", by=BY)
            assert Event.objects.count() == events
            transaction.set_rollback(True)
