"""One valid row of every noun, for tests that go over all of them."""

import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import models

from tests.factories import (
    commitments,
    consultations,
    documents,
    frameworks,
    indicators,
    meetings,
    networks,
    organisations,
    people,
    places,
    reports,
    reviews,
    workplans,
)
from waymark.actions import claims as claim_acts
from waymark.actions import commitments as commitment_acts
from waymark.actions import consultations as consultation_acts
from waymark.actions import contacts as contact_acts
from waymark.actions import delegations as delegation_acts
from waymark.actions import documents as document_acts
from waymark.actions import drafts as draft_acts
from waymark.actions import meetings as meeting_acts
from waymark.actions import networks as network_acts
from waymark.actions import organisations as organisation_acts
from waymark.actions import readers as reader_acts
from waymark.actions import reviews as review_acts
from waymark.actions import successions as succession_acts
from waymark.actions import workplans as workplan_acts
from waymark.actions.amending import propose_change
from waymark.actions.claims import ChoiceFacts, ClaimFacts
from waymark.actions.commitments import BudgetFacts, MeansFacts, MilestoneFacts, ResultFacts, RiskFacts
from waymark.actions.consultations import AnswerFacts, ContributionFacts
from waymark.actions.contacts import ContactFacts
from waymark.actions.crosswalks import LinkFacts, link
from waymark.actions.delegations import DelegationFacts
from waymark.actions.facts import Paper, facts_of
from waymark.actions.installation.sealing import seal
from waymark.actions.meetings import AttendanceFacts, DecisionFacts, StatementFacts
from waymark.actions.networks import GroupFacts, SeatFacts
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.recommendations import Advice
from waymark.actions.reviews import CitationFacts, FindingFacts, SourceFacts
from waymark.actions.successions import SuccessionFacts
from waymark.actions.workplans import ExcuseFacts
from waymark.engines.safekeeping.published import Published
from waymark.records.accounts import User
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.events import Event, EventDetail, EventRow, LogHead
from waymark.records.people import NamedReader
from waymark.records.reports import DueDate

DAY = date(2025, 3, 3)


def world(heads: Path | None = None, day: date = date(2999, 1, 1)) -> dict[str, models.Model]:
    """One row of each model, by the model's name in lower case; the log is sealed up to `day`, published in `heads`."""
    by = Actor.operator()
    network = networks.network()
    body, other = organisations.organisation(), organisations.organisation("min-labour")
    rows: list[models.Model] = [places.orvenia(), network, body, body.names.get()]
    rows.append(
        succession_acts.merge(
            by=by, organisations=[organisations.organisation("min-old")], into=other, facts=SuccessionFacts(date=DAY)
        )[0]
    )
    alice = people.alice()
    rows.append(contact_acts.enter_contact(by=by, of=people.person(), facts=ContactFacts(email="alice@example.org")))
    rows.append(User.objects.create_user(person=people.person()))
    lent = DelegationFacts(from_date=people.TODAY, to_date=people.TODAY, reason="On leave")
    rows.append(delegation_acts.delegate(by=alice, person=people.emil().person, facts=lent))  # type: ignore[arg-type]
    rows += [alice.person, alice.post, alice.holding]  # type: ignore[list-item]  # a holder has all three
    reader_acts.name_readers(by=by, record=body, persons=[people.person()])
    rows.append(NamedReader.objects.get())
    provision, second = frameworks.provision(), frameworks.provision("2")
    linked = link(by=by, from_provision=provision, to_provision=second, facts=LinkFacts(relation="relevant"))
    position = take_position(
        by=by,
        on=provision.framework,
        place=places.orvenia(),
        paper=Paper(DAY, words="Record of the vote"),
        facts=PositionFacts(stance="voted_for"),
    )
    rows += [provision.framework, provision, linked, position, network.memberships.get()]
    group = network_acts.set_up_group(by=by, network=network, code="group", facts=GroupFacts(name="Data"))
    rows += [group, network_acts.join_group(by=by, group=group, organisation=body, facts=SeatFacts())]
    rows += [workplans.workplan(), workplans.area(), workplans.period(), meetings.meeting()]
    excused = ExcuseFacts(organisation=other, reason="The flood")
    rows.append(workplan_acts.excuse(by=people.bob(), period=workplans.period(), facts=excused))
    meeting = meetings.meeting()
    rows.append(meeting_acts.note_attendance(by=by, meeting=meeting, facts=AttendanceFacts(organisation=body)))
    rows.append(
        meeting_acts.record_statement(by=by, meeting=meeting, facts=StatementFacts(summary="Words", organisation=body))
    )
    rows.append(meeting_acts.decide(by=by, meeting=meeting, facts=DecisionFacts(text="Go on")))
    row = commitments.commitment()
    rows += [row, row.changes.get(), row.participations.get(), row.ties.get()]
    rows.append(commitment_acts.set_milestone(by=people.bob(), commitment=row, facts=MilestoneFacts(title="First")))
    rows += _plan_rows(people.bob(), row)
    report = reports.accepted()
    rows += [report, report.evidence.get(), documents.document(), *_review_rows(by, report, provision)]
    rows += [documents.passage(), document_acts.judge(by=by, passage=documents.passage(), provision=provision)]
    consultation = consultations.consultation()
    given = consultation_acts.contribute(
        by=alice,
        consultation=consultation,
        on=date(2025, 2, 3),
        facts=ContributionFacts(text="Good", organisation=body, commitment=row),
    )
    reply = consultation_acts.answer(
        by=people.bob(), contribution=given, facts=AnswerFacts(kind="taken", reason="Right", date=DAY)
    )
    rows += [consultation, consultation.items.all()[0], given, reply]
    claim = claim_acts.record_claim(
        by=by, subject=row, attribute="start", facts=ClaimFacts(value="2024", source="Gazette")
    )
    rows += [claim, claim_acts.choose(by=by, claim=claim, facts=ChoiceFacts(rule="judgement", reason="The only one"))]
    rows += [indicators.indicator(), indicators.entered()]
    rows.append(draft_acts.save_draft(by=alice, post=alice.post, title="Draft", body={}))  # type: ignore[arg-type]
    changed = facts_of(body, organisation_acts.OrganisationFacts)
    rows.append(propose_change(by=by, row=body, facts=replace(changed, website="https://example.org"), reason="New"))
    rows += [Event.objects.all()[0], EventDetail.objects.all()[0], EventRow.objects.all()[0]]
    rows.append(LogHead.objects.get(network=network.code))
    with tempfile.TemporaryDirectory() as folder:
        rows += seal(by=by, day=day, published=Published(heads or Path(folder))).sealed
    return {type(one).__name__.lower(): one for one in rows}


def _plan_rows(by: Actor, row: Commitment) -> list[models.Model]:
    """What hangs on a commitment: a plan, who follows it, and the due date that comes when it is agreed."""
    result = commitment_acts.plan_result(by=by, commitment=row, facts=ResultFacts(kind="output", words="Offices"))
    means = commitment_acts.name_means(by=by, commitment=row, facts=MeansFacts(words="Gazette", result=result))
    risk = commitment_acts.note_risk(by=by, commitment=row, facts=RiskFacts(kind="risk", words="A late law"))
    money = BudgetFacts(currency="EUR", planned=Decimal(1000), year=2025)
    line = commitment_acts.budget(by=by, commitment=row, facts=money)
    far = networks.network("other-network")
    following = commitment_acts.propose_following(by=by, commitment=row, network=far)
    commitment_acts.agree(by=by, commitment=row, on=DAY)
    return [result, means, risk, line, following, DueDate.objects.get()]


def _review_rows(by: Actor, report: models.Model, provision: models.Model) -> list[models.Model]:
    review = reviews.review()
    source = review_acts.add_source(
        by=by, review=review, facts=SourceFacts(kind="file", title="Word", document=documents.document())
    )
    finding = review_acts.add_finding(
        by=by, review=review, facts=FindingFacts(kind="progress", text="It moves", provision=provision)
    )  # type: ignore[arg-type]
    citation = review_acts.cite(by=by, finding=finding, facts=CitationFacts(progress_report=report))  # type: ignore[arg-type]
    advice = Advice("R1", "Do more")
    recommendation = review_acts.recommend(by=by, review=review, advice=advice)
    edition = reviews.published(review)
    candidate = edition.candidate
    assert candidate is not None
    clearance = candidate.clearances.all()[0]
    withdrawal = review_acts.withdraw_edition(
        by=people.dora(), edition=edition, reason="A wrong figure", on=reviews.DAY
    )
    rows: list[models.Model] = [reviews.cycle(), review, source, finding, citation, recommendation]
    return [*rows, candidate, clearance, edition, withdrawal]
