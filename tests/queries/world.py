"""A small own world: one fictional country whose record holds one of everything that a review reads.

Words of records that are not public carry a canary, a word that occurs nowhere else: `zqnetw…` in the network's own
records, `zqrestr…` in restricted and strictly confidential ones.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.factories import (
    commitments,
    consultations,
    documents,
    frameworks,
    networks,
    organisations,
    people,
    places,
    reviews,
)
from waymark.actions import claims as claim_acts
from waymark.actions import commitments as acts
from waymark.actions import consultations as consultation_acts
from waymark.actions import meetings as meeting_acts
from waymark.actions import networks as network_acts
from waymark.actions import organisations as organisation_acts
from waymark.actions import reports as report_acts
from waymark.actions import reviews as review_acts
from waymark.actions import successions as succession_acts
from waymark.actions import workplans as workplan_acts
from waymark.actions.claims import ChoiceFacts, ClaimFacts
from waymark.actions.commitments import MilestoneFacts, Partner, Served
from waymark.actions.consultations import ContributionFacts
from waymark.actions.facts import Paper
from waymark.actions.meetings import AttendanceFacts, DecisionFacts, MeetingFacts, StatementFacts
from waymark.actions.networks import GroupFacts, MembershipFacts
from waymark.actions.organisations import NameFacts
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.recommendations import Advice
from waymark.actions.reviews import CitationFacts, FindingFacts
from waymark.actions.successions import SuccessionFacts
from waymark.actions.workplans import PeriodFacts
from waymark.engines.indicators.ingest import add
from waymark.engines.indicators.store import Store
from waymark.engines.printing.html import render_html
from waymark.papers.brief import brief_files
from waymark.papers.files import data_files, digest, manifest, pdf_remarks, review_json
from waymark.papers.listing import clearing_remarks
from waymark.papers.review import rendered, review_paper
from waymark.papers.sdg import paper_json, sdg_paper
from waymark.queries.reviews.data import review_data, review_scope
from waymark.queries.reviews.views import ReviewData
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.frameworks import Provision
from waymark.records.organisations import Organisation
from waymark.records.reports import ProgressReport, ReportingPeriod

BY = Actor.operator()
CYCLE = "imrf-2026"
DAY = date(2026, 5, 8)
VOTE = Paper(date(2018, 12, 19), words="Record of the vote")
MARKING = "Fictional country made for tests"

FIGURES = """series,place,disagg,unit,nature,year,value,detail
unsd:SI_POV_DAY1,QOR,,percent,C,2015,8,Office (fictional)
unsd:SI_POV_DAY1,QOR,,percent,C,2019,6,Office (fictional)
unsd:SI_POV_DAY1,QOR,,percent,C,2023,3.5,Office (fictional)
unsd:SI_POV_DAY1,QOR,,percent,E,2023,3.9,Estimate (fictional)
undesa:MIGRANT_STOCK,QOR,,number,C,2015,1000,Office (fictional)
undesa:MIGRANT_STOCK,QOR,,number,C,2024,1250,Office (fictional)
unsd:SL_EMP_INJUR,QOR,,per_100000_emp,C,2015,1.4,Office (fictional)
unsd:SL_EMP_INJUR,QOR,,per_100000_emp,C,2023,1.9,Office (fictional)
unsd:SL_EMP_INJUR,QOR,sex=female,per_100000_emp,C,2023,1.1,Office (fictional)
unsd:SL_EMP_INJUR,QOR,sex=male,per_100000_emp,C,2023,2.7,Office (fictional)
unsd:SG_REG_CENSUSN,QOR,,number,C,2022,1,Office (fictional)
unhcr:REFUGEES,QOR,,number,C,2023,500,Office (fictional)
unhcr:REFUGEES,QOR,,number,C,2024,520,Office (fictional)
unsd:SI_COV_VULN,QOR,,percent,C,2022,30,Office (fictional)
unsd:SI_POV_NAHC,QOR,,percent,C,2015,20,Office (fictional)
unsd:SI_POV_NAHC,QOR,,percent,C,2018,18,Office (fictional)
unsd:SH_XPD_EARN10,QOR,,percent,C,2021,<5,Office (fictional)
"""
"""Figures of the world, as the tidy reader takes them."""


@dataclass
class World:
    """Rows that tests ask for by name, and the canaries planted."""

    commitments: dict[str, Commitment] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    periods: dict[str, ReportingPeriod] = field(default_factory=dict)
    advice: dict[str, Provision] = field(default_factory=dict)
    network_words: set[str] = field(default_factory=set)
    hidden_words: set[str] = field(default_factory=set)
    planted: int = 0

    def canary(self, level: str) -> str:
        """A new word for a record of this classification."""
        number, self.planted = self.planted, self.planted + 1
        word = ("zqnetw" if level == "network" else "zqrestr") + chr(97 + number // 26) + chr(97 + number % 26)
        (self.network_words if level == "network" else self.hidden_words).add(word)
        return word

    def report(self, code: str, period: str, body: str, voice: str, rating: str, **fields: Any) -> ProgressReport:
        """A report that was filed, submitted on the period's due day and, if not told otherwise, accepted."""
        days = {key: fields.pop(key) for key in ("returned_on", "return_note", "accepted_on") if key in fields}
        if not days:
            days = {"accepted_on": date(2025, 9, 1)}
        given = {"narrative": f"Words of {voice.replace('_', ' ')}.", "evidence": (report_acts.Proof(text="Gazette"),)}
        said = report_acts.Report(
            commitment=self.commitments[code],
            period=self.periods[period],
            organisation=self.organisations[body],
            voice=voice,
            scale="completion-5",
            rating=rating,
            **(given | fields),
        )
        submitted = self.periods[period].due_date
        assert submitted
        filed = report_acts.Filed(said, Paper(submitted, words="Sheet of the period"), **days)
        return report_acts.enter_reports(by=BY, filed=[filed])[0]


def make() -> World:
    """The world, made by acts."""
    world = World()
    networks.network("qor-network", demonstration=MARKING, founded_on=date(2021, 3, 1), description="Set up for tests.")
    _organisations(world)
    _periods(world)
    _recommendations(world)
    _commitments(world)
    _reports(world)
    _reviews(world)
    _meetings(world)
    _claims(world)
    _ratings(world)
    _hidden(world)
    return world


def _organisations(world: World) -> None:
    known = world.organisations
    known["justice"] = organisations.organisation()
    known["old"] = organisations.organisation("min-old", name="Ministry of Old Work")
    known["labour"] = organisations.organisation("min-labour", name="Ministry of Labour")
    known["agency"] = organisations.secretariat()
    known["society"] = organisations.society()
    network = networks.network()
    for name, role in (("justice", "co_chair"), ("old", "member"), ("labour", "member"), ("society", "partner")):
        network_acts.admit(
            by=BY,
            network=network,
            organisation=known[name],
            facts=MembershipFacts(role=role, from_date=date(2021, 3, 1), source="Register"),
        )
    left = organisations.organisation("left-early", "academia", name="School that left")
    member = network_acts.admit(
        by=BY, network=network, organisation=left, facts=MembershipFacts(role="member", from_date=date(2021, 3, 1))
    )
    network_acts.end_membership(by=BY, membership=member, on=date(2023, 1, 1), reason="It left")
    succession_acts.rename(
        by=BY,
        organisation=known["society"],
        named=NameFacts(name="Open Door and Window"),
        facts=SuccessionFacts(date=date(2025, 1, 1), act="Letter"),
    )
    network_acts.set_up_group(by=BY, network=network, code="group-data", facts=GroupFacts(name="Group on data"))
    people.post("open-post", "focal_point", known["labour"], title="Head of Work Abroad", classification="public")
    people.alice()


def _recommendations(world: World) -> None:
    before = reviews.review("qor-2022", cycle=reviews.cycle("imrf-2022"), place=places.orvenia(), title="First review")
    for code, objective, stance in (("R1", "1", "supported"), ("R2", "3", "supported_in_part"), ("R3", "7", "")):
        advice = Advice(code, f"Do what {code} says", concerns=(frameworks.provision(objective),))
        world.advice[code] = review_acts.recommend(by=BY, review=before, advice=advice).provision
        if stance:
            take_position(
                by=BY,
                on=world.advice[code],
                place=places.orvenia(),
                paper=VOTE,
                facts=PositionFacts(stance=stance, text="Yes, in steps"),
            )
    review_acts.add_finding(
        by=BY,
        review=before,
        facts=FindingFacts(kind="challenge", text="Few figures", provision=frameworks.provision("1")),
    )


def _periods(world: World) -> None:
    network = networks.network()
    for code, first, last, due in (
        ("2024-h1", date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 31)),
        ("2024-h2", date(2024, 7, 1), date(2024, 12, 31), date(2025, 1, 31)),
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 31)),
    ):
        world.periods[code] = workplan_acts.open_period(
            by=BY,
            network=network,
            code=code,
            facts=PeriodFacts(title=f"Half {code}", from_date=first, to_date=last, due_date=due),
        )


def _commitment(world: World, code: str, lead: str, *objectives: str, **fields: Any) -> Commitment:
    given = {
        "title": f"Measure {code}",
        "partners": [Partner(world.organisations[lead], "lead")],
        "ties": [
            Served(world.advice[number], "answers") if number in world.advice else Served(frameworks.provision(number))
            for number in objectives
        ],
        "on": date(2023, 1, 10),
        "start_date": date(2023, 2, 1),
        "due_date": date(2027, 12, 31),
        "classification": "public",
    } | fields
    world.commitments[code] = commitments.commitment(code, **given)
    return world.commitments[code]


def _commitments(world: World) -> None:
    labour = Partner(world.organisations["labour"], "contributor")
    running = _commitment(
        world,
        "qor-m-1",
        "justice",
        "1",
        "2",
        "R1",
        due_date=date(2025, 12, 31),
        partners=[Partner(world.organisations["justice"], "lead"), labour],
        metric="Offices open",
    )
    acts.agree(by=people.bob(), commitment=running, on=date(2023, 1, 20))
    acts.start(by=people.bob(), commitment=running, on=date(2023, 2, 1))
    step = acts.set_milestone(
        by=people.bob(), commitment=running, facts=MilestoneFacts(title="First office", due_date=date(2024, 1, 1))
    )
    acts.reach_milestone(by=people.bob(), milestone=step, on=date(2024, 1, 5))
    acts.set_milestone(by=people.bob(), commitment=running, facts=MilestoneFacts(title="Last office"))
    done = _commitment(world, "qor-m-2", "old", "1")
    acts.agree(by=people.bob(), commitment=done, on=date(2023, 1, 20))
    acts.start(by=people.bob(), commitment=done, on=date(2023, 2, 1))
    succession_acts.merge(
        by=BY,
        organisations=[world.organisations["old"]],
        into=world.organisations["labour"],
        facts=SuccessionFacts(date=date(2024, 7, 1)),
    )
    acts.complete(by=people.bob(), commitment=done, on=date(2025, 3, 1))
    dropped = _commitment(world, "qor-m-3", "labour", "3", "R2")
    acts.agree(by=people.bob(), commitment=dropped, on=date(2023, 2, 1))
    acts.drop(by=people.bob(), commitment=dropped, on=date(2024, 5, 1), reason="No money was found in 2024")
    replaced = _commitment(world, "qor-m-4", "labour", "3")
    acts.supersede(
        by=people.bob(), commitment=replaced, successor=running, on=date(2024, 5, 1), reason="Part of another"
    )
    agreed = _commitment(world, "qor-m-5", "justice", "4", start_date=date(2026, 3, 1))
    acts.agree(by=people.bob(), commitment=agreed, on=date(2026, 2, 1))
    _commitment(world, "qor-m-6", "justice", "5", on=date(2026, 6, 1))  # proposed after the day of the review
    pledge = _commitment(world, "qor-p-1", "labour", "6", "1.a", kind="pledge", start_date=date(2026, 2, 1))
    money = _commitment(world, "qor-p-2", "agency", "6", kind="pledge", way="matching", start_date=date(2026, 2, 1))
    acts.match(by=people.bob(), matching=money, matched=pledge)
    acts.tie(by=people.bob(), commitment=running, ties=[Served(frameworks.provision("10.7", "sdg", "target"))])


def _reports(world: World) -> None:
    paper = documents.document("gazette", title="Gazette of Orvenia", classification="public", url="https://a.example")
    world.report("qor-m-1", "2024-h1", "justice", "implementer", "begun")
    proof = report_acts.Proof(document=paper, page="7")
    world.report("qor-m-1", "2024-h2", "justice", "implementer", "partly-done", evidence=(proof,))
    world.report("qor-m-1", "2024-h2", "agency", "secretariat", "begun", evidence=())
    world.report("qor-m-1", "2024-h2", "society", "civil_society", "not-started", evidence=())
    world.report("qor-m-2", "2024-h1", "old", "implementer", "completed")
    world.report(
        "qor-m-2",
        "2024-h2",
        "labour",
        "implementer",
        "begun",
        narrative=f"Returned {world.canary('network')}",
        returned_on=date(2025, 2, 3),
        return_note="Say how many",
    )
    world.report("qor-p-1", "2024-h2", "agency", "secretariat", "", empty_reason="not_collected", evidence=())


def _reviews(world: World) -> None:
    now = reviews.review(
        "qor-2026", place=places.orvenia(), publishing_body=world.organisations["justice"], title="Second review"
    )
    finding = review_acts.add_finding(
        by=BY,
        review=now,
        facts=FindingFacts(kind="progress", text="Offices opened in 3 towns", provision=frameworks.provision("1")),
    )
    paper = documents.document("census", title="Census tables", classification="public")
    review_acts.cite(by=BY, finding=finding, facts=CitationFacts(document=paper, page="3"))
    review_acts.confirm_finding(by=people.emil(), finding=finding, on=date(2026, 4, 1))
    review_acts.add_finding(
        by=BY, review=now, facts=FindingFacts(kind="next_step", text="Ask again", drafted_by_words="Secretariat")
    )
    take_position(
        by=BY,
        on=frameworks.framework(),
        place=places.orvenia(),
        paper=VOTE,
        facts=PositionFacts(
            stance="voted_for",
            date=date(2018, 12, 19),
            text="Words of the vote",
            mark="secondary",
            source="Record of the meeting <https://b.example>",
        ),
    )
    take_position(
        by=BY,
        on=frameworks.framework(),
        place=places.orvenia(),
        paper=VOTE,
        facts=PositionFacts(stance="noted", date=date(2027, 1, 1)),
    )


def _meetings(world: World) -> None:
    met = meeting_acts.hold(
        by=BY,
        network=networks.network(),
        code="m-2025",
        facts=MeetingFacts(
            kind="annual",
            title="Annual meeting",
            date=date(2025, 3, 3),
            venue="Harbour",
            summary="It met.",
            classification="public",
        ),
    )
    meeting_acts.note_attendance(by=BY, meeting=met, facts=AttendanceFacts(organisation=world.organisations["justice"]))
    meeting_acts.record_statement(
        by=BY, meeting=met, facts=StatementFacts(summary="We go on", organisation=world.organisations["justice"])
    )
    meeting_acts.record_statement(
        by=BY,
        meeting=met,
        facts=StatementFacts(summary="We ask more", organisation=world.organisations["labour"], capacity="A mayor"),
    )
    speaker = people.alice()
    meeting_acts.record_statement(
        by=BY,
        meeting=met,
        facts=StatementFacts(summary="I agree", person=speaker.person, post=speaker.post, capacity=""),
    )
    meeting_acts.decide(by=BY, meeting=met, facts=DecisionFacts(text="Meet again"))
    meeting_acts.hold(
        by=BY,
        network=networks.network(),
        code="m-month",
        facts=MeetingFacts(
            kind="annual",
            title="Meeting in a month",
            date=date(2025, 6, 1),
            date_precision="month",
            classification="public",
        ),
    )
    meeting_acts.hold(
        by=BY,
        network=networks.network(),
        code="m-2027",
        facts=MeetingFacts(kind="annual", title="Later", date=date(2027, 1, 1), classification="public"),
    )


def _claims(world: World) -> None:
    network, subject = networks.network(), world.commitments["qor-m-1"]
    first = claim_acts.record_claim(
        by=BY,
        subject=subject,
        attribute="start",
        network=network,
        facts=ClaimFacts(value="1 February 2023", source="Gazette"),
    )
    claim_acts.record_claim(
        by=BY,
        subject=subject,
        attribute="start",
        network=network,
        facts=ClaimFacts(value="1 March 2023", source="Paper"),
    )
    claim_acts.choose(by=BY, claim=first, facts=ChoiceFacts(rule="primary_source", reason="The gazette is the act"))
    for value, source in (("10", "One"), ("12", "Another")):
        claim_acts.record_claim(
            by=BY, subject=subject, attribute="offices", network=network, facts=ClaimFacts(value=value, source=source)
        )
    for source in ("One", "Another"):  # both say the same: no conflict
        claim_acts.record_claim(
            by=BY, subject=subject, attribute="agreed", network=network, facts=ClaimFacts(value="yes", source=source)
        )


def _ratings(world: World) -> None:
    consultation = consultations.consultation()
    given: dict[str, list[str]] = {"qor-m-1": ["begun", "begun", "partly-done"], "qor-m-2": ["begun", "not-started"]}
    for code, ratings in given.items():
        for rating in ratings:
            row = consultation_acts.contribute_anonymously(
                consultation=consultation,
                on=date(2025, 2, 3),
                facts=ContributionFacts(commitment=world.commitments[code], scale="completion-5", rating=rating),
            ).contribution
            consultation_acts.publish_contribution(by=people.bob(), contribution=row)


def _hidden(world: World) -> None:
    """A record of every noun at every classification that is not public."""
    network = networks.network()
    for level in ("network", "restricted", "strictly_confidential"):
        short = level[:3]

        def word(level: str = level) -> str:
            return world.canary(level)

        facts = organisation_acts.OrganisationFacts(kind="academia", place=places.orvenia(), classification=level)
        body = organisation_acts.register(by=BY, code=f"body-{short}", name=word(), keeper=network, facts=facts)
        world.organisations[level] = body
        network_acts.admit(
            by=BY,
            network=network,
            organisation=body,
            facts=MembershipFacts(role="member", source=word(), classification=level),
        )
        if level == "restricted":  # a body that is hidden takes part in something that is not
            acts.join(by=people.bob(), commitment=world.commitments["qor-m-5"], partner=Partner(body, "contributor"))
        item = _commitment(
            world, f"qor-{short}", "justice", "8", title=word(), metric=word(), classification=level,
            partners=[Partner(world.organisations["justice"], "lead"), Partner(body, "contributor")],
        )  # fmt: skip
        acts.agree(by=people.bob(), commitment=item, on=date(2023, 3, 1), reason=word())
        paper = documents.document(
            f"paper-{short}", title=word(), classification=level, url=f"https://{word()}.example"
        )
        proof = report_acts.Proof(document=paper)
        if level == "restricted":  # a report that is hidden on a commitment that is not
            world.report(
                "qor-m-1",
                "2024-h1",
                "agency",
                "secretariat",
                "begun",
                evidence=(),
                narrative=word(),
                classification=level,
            )
        world.report(f"qor-{short}", "2024-h1", "justice", "implementer", "begun", narrative=word(), evidence=(proof,))
        now = reviews.review("qor-2026")
        found = FindingFacts(
            kind="challenge", text=word(), provision=frameworks.provision("8"), drafted_by_words=word(),
            classification=level,
        )  # fmt: skip
        finding = review_acts.add_finding(by=BY, review=now, facts=found)
        review_acts.cite(by=BY, finding=finding, facts=CitationFacts(document=paper))
        review_acts.add_finding(
            by=BY, review=now, facts=FindingFacts(kind="challenge", text=word(), classification=level)
        )
        met = meeting_acts.hold(
            by=BY,
            network=network,
            code=f"m-{short}",
            facts=MeetingFacts(
                kind="annual", title=word(), venue=word(), summary=word(), date=date(2025, 4, 4), classification=level
            ),
        )
        meeting_acts.record_statement(
            by=BY, meeting=met, facts=StatementFacts(summary=word(), organisation=body, capacity=word())
        )
        meeting_acts.decide(by=BY, meeting=met, facts=DecisionFacts(text=word()))
        for value in (word(), word()):
            claim_acts.record_claim(
                by=BY, subject=world.commitments["qor-m-1"], attribute=f"hidden {short}", network=network,
                facts=ClaimFacts(value=value, source=word(), classification=level),
            )  # fmt: skip
        noted = PositionFacts(stance="noted", text=word(), source=word(), classification=level)
        take_position(by=BY, on=frameworks.framework(), organisation=body, paper=VOTE, facts=noted)
        network_acts.set_up_group(
            by=BY, network=network, code=f"group-{short}", facts=GroupFacts(name=word(), classification=level)
        )


@dataclass(frozen=True)
class Built:
    """What was made of the world: data, blocks and files for each audience, and the canaries."""

    data: dict[str, ReviewData]
    files: dict[str, dict[str, bytes]]
    documents: dict[str, Any]
    sdg: bytes
    sdg_page: bytes
    world: World


def figures(folder: Path, more: str = "") -> Path:
    """The world's figures, and `more` lines, ingested below `folder`; returns the folder of datasets."""
    source = folder / "figures.csv"
    source.write_text(FIGURES + more, encoding="utf-8")
    add(
        source,
        store=Store(folder / "datasets"),
        dataset="orvenia-test",
        publisher="Office (fictional)",
        title="Figures",
    )
    return folder / "datasets"


def build(folder: Path) -> Built:
    """Make the world and read it for both audiences."""
    world, store = make(), figures(folder)
    data, files, written = {}, {}, {}
    for audience in ("public", "network"):
        data[audience] = review_data(review_scope("QOR", CYCLE, audience=audience), folder=store)  # type: ignore[arg-type]
        content = review_json(data[audience])
        document = review_paper(data[audience], digest(content))
        written[audience] = document
        beside = {**brief_files(data[audience]), "review.json": content, **data_files(data[audience])}
        files[audience] = {**rendered(document, data[audience], beside), **beside}
        files[audience]["MANIFEST"] = manifest(
            files[audience], [*clearing_remarks(data[audience]), *pdf_remarks(document)]
        )
    by_target = render_html(sdg_paper(data["public"], "0" * 64))
    return Built(data, files, written, paper_json(data["public"]), by_target, world)
