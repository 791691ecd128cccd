"""The two demonstrations: loaded through acts, once; Orvenia with every case shown."""

import json
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from waymark.actions.log import log
from waymark.engines.safekeeping.shelf import Shelf
from waymark.gcm.errors import InputError, NotFoundError, RefusedError
from waymark.interfaces.cli.demonstrations import LOADED, load, marking
from waymark.interfaces.cli.demonstrations.files import CODES, read_rows
from waymark.interfaces.cli.demonstrations.loading import Loading
from waymark.interfaces.cli.demonstrations.reviews import holder
from waymark.queries.history.reading import history_of
from waymark.queries.reviews.data import review_data, review_scope
from waymark.records.actors import Actor
from waymark.records.claims import Claim, ClaimChoice
from waymark.records.commitments import Commitment, Participation, Tie
from waymark.records.consultations import Contribution
from waymark.records.documents import Document
from waymark.records.drafts import Draft
from waymark.records.editions import Clearance, Edition
from waymark.records.events import Event
from waymark.records.frameworks import Position
from waymark.records.indicators import NationalIndicator
from waymark.records.meetings import Meeting
from waymark.records.networks import Network
from waymark.records.organisations import Organisation, Succession
from waymark.records.people import NamedReader, Post, PostHolding
from waymark.records.reports import Evidence, ProgressReport, ReportingPeriod
from waymark.records.reviews import Citation, Finding, Recommendation, Review
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

BY = Actor.operator("demonstration")
AS_OF = date(2026, 5, 8)
EVERYBODY = Viewer(sees_all=True)


def measures() -> list[dict[str, str]]:
    return read_rows("orvenia", "measures")


def reports(**conditions: Any) -> Any:
    return ProgressReport.objects.filter(commitment__network__code="qor-network", **conditions)


class DemonstrationsTest(TestCase):
    """Both demonstrations, loaded once for all of these tests."""

    counts: dict[str, int]

    @classmethod
    def setUpTestData(cls) -> None:
        load("georgia", by=BY)
        cls.counts = dict(load("orvenia", by=BY).counts)

    def test_a_finding_says_who_wrote_it_in_words_that_follow_written_by(self) -> None:
        words = {
            place: set(Finding.objects.filter(review__place__code=place).values_list("drafted_by_words", flat=True))
            for place in ("GEO", "QOR")
        }
        assert words == {"GEO": {"the makers of this demonstration"}, "QOR": {"the secretariat of the network"}}

    def test_a_review_takes_at_most_twenty_five_statements(self) -> None:
        for place, most in (("QOR", 25), ("GEO", 25), ("AUT", 15)):
            for audience in ("public", "network"):
                with CaptureQueriesContext(connection) as seen:
                    review_data(review_scope(place, "imrf-2026", audience=audience), folder=Path("none"))  # type: ignore[arg-type]
                assert len(seen) <= most, (place, audience, len(seen))

    def test_commitments_and_reviews_read_from_beginning_to_end_without_a_code(self) -> None:
        rows = [*Commitment.objects.filter(code__in=["QOR-M-023", "QOR-M-029", "QOR-F-05"]), *Review.objects.all()]
        for row in rows:
            for viewer in (EVERYBODY, PUBLIC, network_viewer("qor-network")):
                history = history_of(row.urn, viewer, "en")
                assert len(history.lines) > 1
                told = str(history.lines).replace(row.urn, "")
                told = re.sub(r"RowTold\(urn='[^']+'", "", told)
                assert re.findall(r"urn:|\bqor-[a-z]|\b[a-z]+_[a-z]+\b|there are no words", told) == [], row.code

    def test_orvenia_has_the_size_of_portugals_plan(self) -> None:
        sorts = Counter(row["sort"] for row in read_rows("orvenia", "organisations"))
        assert (sorts["ministry"], sorts["international organisation"], sorts["civil society"]) == (14, 23, 20)
        assert Commitment.objects.filter(network__code="qor-network", kind="measure").count() == 97
        kinds = Counter(Organisation.objects.filter(place__code="QOR").values_list("kind", flat=True))
        assert (kinds["international"], kinds["civil_society"]) == (23, 20)
        assert {"local_authority", "migrant_diaspora", "trade_union", "academia", "private_sector"} <= kinds.keys()

    def test_every_objective_has_a_measure_and_some_serve_other_frameworks_too(self) -> None:
        ties = Tie.objects.filter(commitment__kind="measure").values_list(
            "provision__framework__code", "provision__code"
        )
        served: dict[str, Counter[str]] = defaultdict(Counter)
        for framework, provision in ties:
            served[framework][provision] += 1
        assert set(served["gcm"]) == {str(number) for number in range(1, 24)}
        assert sum(served["sdg"].values()) > 97
        assert len(served["qor-strategy-2020"]) >= 15
        assert any(" " in row["objectives"] for row in measures())

    def test_measures_end_in_every_way_and_say_why(self) -> None:
        states = Counter(Commitment.objects.filter(kind="measure").values_list("state", flat=True))
        assert states == {
            "under_way": 54, "completed": 32, "dropped": 5, "agreed": 3, "superseded": 2, "proposed": 1
        }  # fmt: skip
        for row in Commitment.objects.filter(network__code="qor-network", state__in=["dropped", "superseded"]):
            assert row.changes.get(to_state=row.state).reason["en"]
        guide = Commitment.objects.get(code="QOR-M-014")
        assert guide.superseded_by == Commitment.objects.get(code="QOR-M-010")

    def test_reports_come_in_three_voices_and_in_every_state(self) -> None:
        assert set(reports().values_list("voice", flat=True)) == {"implementer", "secretariat", "civil_society"}
        assert set(reports().values_list("state", flat=True)) == {"draft", "submitted", "returned", "accepted"}
        assert {"not_collected", "confidential"} <= set(reports().values_list("empty_reason", flat=True))
        assert reports(rating="no-evidence").exists()
        assert reports(state="returned").exclude(return_note={}).count() == reports(state="returned").count()
        half_sent = reports(state="draft").exclude(narrative={}).values_list("narrative__en", flat=True)
        assert [words for words in half_sent if not words.endswith(".")]

    def test_voices_disagree_about_the_same_commitment_and_period(self) -> None:
        said: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
        for row in reports(state="accepted").exclude(rating=""):
            said[(row.commitment_id, row.period_id)][row.voice] = row.rating
        differing = [voices for voices in said.values() if len(voices) == 3 and len(set(voices.values())) > 1]
        assert differing

    def test_a_due_report_is_missing_and_a_period_is_not_yet_due(self) -> None:
        last = ReportingPeriod.objects.get(code="qor-2025-H2")
        running = Commitment.objects.filter(kind="measure", state="under_way", start_date__lte=last.to_date)
        reported = set(
            reports(period=last, voice="implementer").exclude(state="draft").values_list("commitment", flat=True)
        )
        assert last.due_date is not None
        assert last.due_date < AS_OF
        assert [row for row in running if row.pk not in reported]
        assert ReportingPeriod.objects.filter(network__code="qor-network", due_date__gt=AS_OF).count() == 1
        overdue = running.filter(due_date__lt=AS_OF)
        assert overdue.count() == 5
        assert reports(state="accepted", submitted_on__gt=F("period__due_date"), voice="implementer").exists()

    def test_two_ministries_merge_and_duties_go_to_the_successor(self) -> None:
        family, labour = (Organisation.objects.get(code=f"qor-{code}") for code in ("mfs", "mol"))
        merger = Succession.objects.get(from_organisation=family)
        assert (merger.kind, merger.to_organisation, merger.date) == ("merged", labour, date(2024, 7, 1))
        before, after = (labour.names.on(day).get().name["en"] for day in (date(2024, 6, 30), date(2024, 7, 1)))
        assert (before, after) == ("Ministry of Labour", "Ministry of Labour and Social Protection")
        guardians = Commitment.objects.get(code="QOR-M-029")
        leads = {part.organisation.code: part.to_date for part in guardians.participations.filter(role="lead")}
        assert leads == {"qor-mfs": date(2024, 6, 30), "qor-mol": None}
        assert not Participation.objects.filter(organisation=family, to_date=None).exists()

    def test_a_focal_point_leaves_and_the_drafts_stay_with_the_post(self) -> None:
        post = Post.objects.get(code="qor-fp-mfs")
        assert post.organisation.code == "qor-mol"
        assert Draft.objects.filter(post=post).count() == 3
        now = post.holdings.on(AS_OF).get()
        assert (now.acting, now.person.code, now.home) == (True, "qor-p13", Organisation.objects.get(code="qor-mol"))
        assert PostHolding.objects.get(post=post, person__code="qor-p15").to_date == date(2024, 6, 30)
        vacant = [
            row for row in Post.objects.filter(network__code="qor-network") if not row.holdings.on(AS_OF).exists()
        ]
        assert {row.code for row in vacant} == {"qor-fp-mcy", "qor-fp-merush"}

    def test_a_joint_pledge_is_matched_by_a_donor(self) -> None:
        pledge, matching = (Commitment.objects.get(code=code) for code in ("QOR-P-01", "QOR-P-02"))
        pledgers = {part.organisation.code for part in pledge.participations.filter(role="pledger")}
        assert pledgers == {"qor-mfs", "qor-mol", "qor-mj", "qor-cso04"}
        assert list(matching.matches.all()) == [pledge]
        assert pledge.participations.get(role="matcher").amount == 800000
        assert pledge.milestones.filter(done_on=None).count() == 1
        assert Commitment.objects.filter(way="matching").count() == 2

    def test_recommendations_of_the_first_review_are_answered_in_every_way(self) -> None:
        rows = Recommendation.objects.filter(review__code="QOR-imrf-2022")
        assert rows.count() == 20
        assert rows.filter(edition__isnull=False, issued_on=date(2022, 5, 12)).count() == 20
        stances = Counter(Position.objects.filter(provision__recommendation__in=rows).values_list("stance", flat=True))
        assert stances == {"supported": 14, "supported_in_part": 3, "noted": 2}
        answered = defaultdict(set)
        for tie in Tie.objects.filter(purpose="answers", provision__recommendation__in=rows).select_related(
            "provision"
        ):
            answered[tie.provision.code].add(tie.commitment.state)
        assert answered["R04"] == {"dropped", "under_way"}
        assert answered["R14"] == answered["R15"] == {"dropped"}
        assert {"R18", "R20"}.isdisjoint(answered)
        assert Recommendation.objects.filter(issuer__code="qor-omb").count() == 2

    def test_the_first_review_was_cleared_by_two_persons_and_published_by_the_committee(self) -> None:
        review = Review.objects.get(code="QOR-imrf-2022")
        assert (review.state, review.publishing_body.code if review.publishing_body else "") == ("published", "qor-imc")
        given = Clearance.objects.filter(candidate__review=review)
        assert sorted(given.values_list("post__code", flat=True)) == ["qor-committee-chair", "qor-val-mj"]
        edition = Edition.objects.get(review=review)
        assert {"index.html", "review.pdf", "review.docx", "review.json"} <= set(edition.listed())
        text = (Shelf(settings.DATA_DIR).edition(edition.hash) / "review.json").read_text(encoding="utf-8")
        tree = json.loads(text)
        assert (tree["as_of"], tree["edition"]["number"]) == ("2022-05-12", 1)
        assert [one["code"] for one in tree["recommended"]] == [f"R{number:02}" for number in range(1, 21)]
        later = {proof["title"] for one in tree["objectives"] for proof in one["evidence"] if "202" in proof["title"]}
        assert later == set(), "nothing that was reported after the day"

    def test_the_recommendations_of_the_first_review_are_a_framework_of_the_second(self) -> None:
        review = Review.objects.get(code="QOR-imrf-2026")
        own = review.frameworks.exclude(code="gcm").get()
        assert own.provisions.filter(recommendation__edition__code="QOR-imrf-2022.v1").count() == 20

    def test_the_second_review_cites_documents_reports_and_claims(self) -> None:
        review = Review.objects.get(code="QOR-imrf-2026")
        cited = Citation.objects.filter(finding__review=review)
        assert cited.filter(document__isnull=False).exists()
        assert cited.filter(progress_report__isnull=False).count() == 2
        assert cited.filter(claim__isnull=False).count() == 1
        assert {"progress", "challenge", "opportunity", "emerging_issue", "next_step", "good_practice"} == set(
            review.findings.values_list("kind", flat=True)
        )
        assert review.findings.filter(confirmed_on=None).exists()
        assert review.findings.exclude(confirmed_by=None).exists()

    def test_ratings_without_name_are_more_than_two_on_one_measure_and_fewer_on_another(self) -> None:
        ratings = Counter(Contribution.objects.exclude(rating="").values_list("commitment__code", flat=True))
        assert ratings == {"QOR-M-026": 4, "QOR-M-061": 2}
        kinds = Counter(Contribution.objects.values_list("name_kind", flat=True))
        assert kinds == {"anonymous": 7, "named": 3, "withheld": 1}

    def test_two_bodies_disagree_and_one_conflict_stays_open(self) -> None:
        chosen = ClaimChoice.objects.filter(claim__network__place__code="QOR")
        assert {choice.claim.value for choice in chosen} == {"184,200", "1 July 2024"}
        open_ones = Claim.objects.filter(subject=NationalIndicator.objects.get(code="qor-guardian-in-three-days").urn)
        assert {claim.value for claim in open_ones} == {"91", "68"}

    def test_the_public_and_the_network_see_different_parts(self) -> None:
        viewers = (PUBLIC, network_viewer("qor-network"), EVERYBODY)
        for model in (Commitment, Document, ProgressReport):
            public, network, everybody = (
                model.objects.visible_to(viewer).filter(code__istartswith="qor").count() for viewer in viewers
            )
            assert 0 < public < network < everybody, model
        meetings = [Meeting.objects.visible_to(viewer).filter(code__startswith="qor").count() for viewer in viewers]
        assert meetings == [7, 8, 10]

    def test_every_classification_is_used_and_the_strictest_names_its_readers(self) -> None:
        used = set(Document.objects.values_list("classification", flat=True))
        assert used == {"public", "network", "restricted", "strictly_confidential"}
        secret = Document.objects.get(classification="strictly_confidential")
        assert NamedReader.objects.filter(urn=secret.urn).count() == 2
        reader = Viewer(networks=frozenset({"qor-network"}), person="qor-p21")
        assert secret in Document.objects.visible_to(reader)
        assert secret not in Document.objects.visible_to(network_viewer("qor-network"))

    def test_reports_from_mostly_done_on_have_evidence(self) -> None:
        for row in reports(rating__in=["mostly-done", "completed"]).exclude(state__in=["draft", "returned"]):
            assert Evidence.objects.filter(report=row).exists(), row.code

    def test_evidence_that_is_a_document_can_be_cited_by_title(self) -> None:
        proofs = Evidence.objects.filter(report__commitment__network__code="qor-network")
        worded = {row.text["en"] for row in proofs.filter(document=None)}
        assert not [
            words for words in worded if re.match("Minutes|Register|Yearly report|File|Record|Tables|Lists", words)
        ]
        for row in proofs.exclude(document=None).select_related("document", "report"):
            document = row.document
            assert document is not None
            assert document.title["en"]
            assert "ictional" in document.publisher
            assert document.published_on is not None
            if document.code.startswith("qor-ev-"):
                assert row.report.submitted_on is not None
                assert document.published_on <= row.report.submitted_on, document.code

    def test_a_document_is_no_more_open_than_the_measure_it_is_evidence_for(self) -> None:
        order = ("public", "network", "restricted", "strictly_confidential")
        for row in Evidence.objects.filter(document__code__startswith="qor-ev-").select_related(
            "document", "report__commitment"
        ):
            assert row.document is not None
            measure = row.report.commitment.classification
            assert order.index(row.document.classification) >= order.index(measure), row.document.code

    def test_a_second_load_changes_nothing(self) -> None:
        assert self.counts["commitments"] == Commitment.objects.filter(network__code="qor-network").count()
        before = Event.objects.count()
        for code in CODES:
            again = load(code, by=BY)
            assert again.skipped
            assert not again.counts
        assert Event.objects.count() == before

    def test_another_content_of_a_loaded_demonstration_is_refused(self) -> None:
        with transaction.atomic():
            network = Network.objects.get(code="geo-un-network")
            log(BY, LOADED, network, content="0" * 64)
            with pytest.raises(RefusedError, match="another version of the demonstration georgia"):
                load("georgia", by=BY)
            transaction.set_rollback(True)

    def test_the_load_leaves_events_of_every_act(self) -> None:
        verbs = Counter(Event.objects.filter(network="qor-network").values_list("verb", flat=True))
        assert verbs["commitment.proposed"] == 122
        written = [verbs[f"commitment.progress.{act}"] for act in ("reported", "drafted", "entered")]
        assert sum(written) == ProgressReport.objects.count()
        assert verbs["commitment.progress.accepted"] == ProgressReport.objects.accepted().count()
        assert verbs["commitment.dropped"] == 7
        assert verbs["commitment.matched"] == 2
        assert verbs["review.published"] == verbs[LOADED] == 1
        assert Event.objects.filter(verb="organisation.merged").count() == 1

    def test_a_source_without_address_and_a_vacant_post_are_refused(self) -> None:
        loading = Loading.begin("orvenia", BY)
        with pytest.raises(InputError, match="the source NOWHERE has no address"):
            loading.source({"source": ["NOWHERE"], "mark": "verified"})
        loading.posts["fp-merush"] = Post.objects.get(code="qor-fp-merush")
        with pytest.raises(InputError, match="nobody holds the post fp-merush on 2026-05-08"):
            holder(loading, "fp-merush", AS_OF)

    def test_only_the_operator_or_the_system_loads(self) -> None:
        holding = PostHolding.objects.get(post__code="qor-secretariat")
        with pytest.raises(RefusedError, match="may not run the installation"):
            load("georgia", by=Actor.holder(holding, AS_OF))

    def test_the_marking_sentences(self) -> None:
        assert marking("GEO") == (
            "Demonstration from public sources; not prepared by or for the Government of Georgia or the United Nations"
        )
        assert marking("QOR") == "Fictional country; every body, person and figure is invented for demonstration"
        assert marking("PRT") == ""
        for network in Network.objects.exclude(demonstration={}).select_related("place"):
            assert network.place is not None
            assert network.demonstration["en"] == marking(network.place.code)

    def test_an_unknown_demonstration_is_refused_with_the_known_ones(self) -> None:
        with pytest.raises(NotFoundError, match="georgia or orvenia"):
            load("atlantis", by=BY)  # type: ignore[arg-type]  # what a command might pass on
        assert issubclass(NotFoundError, InputError)
