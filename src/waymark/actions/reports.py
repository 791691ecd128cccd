"""What is done to progress reports: draft, submit, return, accept; the voice rule; many at once from a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from waymark.actions.acts import act
from waymark.actions.documents.quoting import quoted
from waymark.actions.log import Act, log, log_all
from waymark.actions.storing import fact, fresh, held, held_all, remove, said, store, store_all
from waymark.gcm.errors import RefusedError
from waymark.gcm.lists import EmptyReason, OrganisationKind
from waymark.gcm.scales import scale as scale_called
from waymark.gcm.vocabulary import terms
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.documents import Document, Passage
from waymark.records.networks import Network
from waymark.records.organisations import Organisation
from waymark.records.permissions import Verb, check_report, check_verb
from waymark.records.reports import Evidence, ProgressReport, ReportingPeriod, Voice
from waymark.records.states import PROGRESS_REPORT, next_state, state_label

Words = str | dict[str, str]

SOCIETY = {OrganisationKind.HUMAN_RIGHTS_INSTITUTION.value} | {
    word.code for word in terms("organisation-kinds") if word.group == "whole-of-society"
}
"""Kinds of organisations that may speak in the voice of civil society."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence for a report: a passage or a document with page, an address, or words that say where it lies.

    A `passage` brings its document and page; `quotation` is words of it, by default its first ones.
    """

    document: Document | None = None
    page: str = ""
    passage: Passage | None = None
    quotation: str = ""
    url: str = ""
    text: Words = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says. A rating on a scale, or the reason why there is none."""

    commitment: Commitment
    period: ReportingPeriod
    organisation: Organisation
    voice: str
    scale: str
    rating: str = ""
    empty_reason: str = ""
    narrative: Words = ""
    reason: Words = ""
    evidence: tuple[Proof, ...] = field(default_factory=tuple)
    classification: str = ""
    source: str = ""
    locator: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report with its way through the desk, as an imported record gives it; the last state follows from the days."""

    report: Report
    submitted_on: date | None = None
    returned_on: date | None = None
    return_note: Words = ""
    accepted_on: date | None = None

    @property
    def state(self) -> str:
        """The state its days lead to; a return after which nothing was sent again is the last word."""
        if self.submitted_on is None:
            return "draft"
        if self.accepted_on is not None:
            return "accepted"
        return "returned" if self.returned_on is not None and self.returned_on >= self.submitted_on else "submitted"


class _Voices:
    """Who takes part in which commitment and who is a network's secretariat, read once for many reports."""

    def __init__(self, commitments: Sequence[Commitment]) -> None:
        self.partners: dict[int, set[int]] = {}
        for commitment in Commitment.objects.filter(
            pk__in={commitment.pk for commitment in commitments}
        ).prefetch_related("participations"):
            parts = commitment.participations.all()
            self.partners[commitment.pk] = {part.organisation_id for part in parts}
        self.secretariats: dict[int, set[int]] = {}
        for network in Network.objects.filter(
            pk__in={commitment.network_id for commitment in commitments}
        ).prefetch_related("memberships"):
            seats = [seat for seat in network.memberships.all() if seat.role == "secretariat"]
            self.secretariats[network.pk] = {seat.organisation_id for seat in seats}

    def check(self, commitment: Commitment, organisation: Organisation, voice: str) -> None:
        """Refuse a voice the organisation does not have: a participant is an implementer and nothing else."""
        takes_part = organisation.pk in self.partners[commitment.pk]
        if voice == Voice.IMPLEMENTER:
            fits, refusal = takes_part, "report.not_an_implementer"
        elif voice == Voice.SECRETARIAT:
            fits = not takes_part and organisation.pk in self.secretariats[commitment.network_id]
            refusal = "report.not_the_secretariat"
        else:
            fits = not takes_part and organisation.kind in SOCIETY
            refusal = "report.not_of_society"
        if not fits:
            raise RefusedError(refusal, organisation=organisation.code, commitment=commitment.code, voice=Voice(voice))


def _check_content(report: Report, *, proofs: int) -> None:
    """Refuse a report that may not be submitted.

    No rating and no reason, both, or no evidence where the scale asks for it.
    """
    names = {
        "organisation": report.organisation.code,
        "commitment": report.commitment.code,
        "period": report.period.code,
        "scale": report.scale,
    }
    if bool(report.rating) == bool(report.empty_reason):
        raise RefusedError("report.rating_or_reason", **names, reasons=tuple(EmptyReason))
    if report.rating and scale_called(report.scale).step(report.rating).evidence_required and proofs == 0:
        raise RefusedError("report.without_evidence", **names, rating=report.rating)


def _check_scale(report: Report) -> None:
    steps = scale_called(report.scale)
    if report.rating:
        steps.step(report.rating)


def _check_period(period: ReportingPeriod, commitment: Commitment) -> None:
    if period.network_id != commitment.network_id:
        raise RefusedError("report.period_elsewhere", period=period.code, commitment=commitment.code)
    if period.locked:
        raise RefusedError("report.period_locked", period=period.code)


def _row(by: Actor, report: Report) -> ProgressReport:
    code = f"{report.commitment.code}.{report.period.code}.{report.organisation.code}.{report.voice}"
    return ProgressReport(
        commitment=report.commitment,
        period=report.period,
        organisation=report.organisation,
        code=code,
        voice=report.voice,
        scale=report.scale,
        rating=report.rating,
        empty_reason=report.empty_reason,
        narrative=said(report.narrative),
        reason=said(report.reason),
        post=by.post,
        classification=report.classification or report.commitment.classification,
        **fact(report.source, report.locator, report.mark),
    )


def _evidence(row: ProgressReport, proofs: Sequence[Proof]) -> list[Evidence]:
    return [
        Evidence(
            report=row,
            code=f"{row.code}.e{number}",
            document=proof.passage.document if proof.passage else proof.document,
            page=proof.page or (proof.passage.where[:40] if proof.passage else ""),
            passage=proof.passage,
            quotation=quoted(proof.passage, proof.quotation) if proof.passage else "",
            url=proof.url,
            text=said(proof.text),
            classification=row.classification,
        )
        for number, proof in enumerate(proofs, start=1)
    ]


@act
def draft(*, by: Actor, report: Report, on: date | None = None) -> ProgressReport:
    """Write a report down as a draft of the acting post; the voice rule holds from the first word."""
    network = report.commitment.network
    check_report(by, network, report.organisation, report.voice)
    _Voices([report.commitment]).check(report.commitment, report.organisation, report.voice)
    _check_period(fresh(report.period), report.commitment)
    _check_scale(report)
    row = _row(by, report)
    if ProgressReport.objects.filter(code=row.code).exists():
        raise RefusedError(
            "report.made_already",
            organisation=report.organisation.code,
            commitment=report.commitment.code,
            period=report.period.code,
            voice=Voice(report.voice),
        )
    store(row)
    store_all(Evidence, _evidence(row, report.evidence))
    log(by, "commitment.progress.drafted", row, voice=report.voice)
    return row


@act
def revise(*, by: Actor, row: ProgressReport, report: Report, on: date | None = None) -> ProgressReport:
    """Rewrite a draft or returned report: rating, words and evidence; whose report it is does not change."""
    held(row)
    check_report(by, row, row.organisation, row.voice)
    if row.state not in ("draft", "returned"):
        raise RefusedError("report.not_revised_now", report=row.code, state=state_label(row.state))
    _check_scale(report)
    row.scale, row.rating, row.empty_reason = report.scale, report.rating, report.empty_reason
    row.narrative, row.reason = said(report.narrative), said(report.reason)
    store(row)
    _replace_evidence(row, report.evidence)
    log(by, "commitment.progress.revised", row)
    return row


def _replace_evidence(row: ProgressReport, proofs: Sequence[Proof]) -> None:
    """Let a report rest on these proofs; those that are as before stay the rows they are."""
    wanted = {one.code: one for one in _evidence(row, proofs)}
    for kept in held_all(row.evidence.all()):
        new = wanted.pop(kept.code, None)
        if new is None:
            remove(kept)
            continue
        for name in ("document_id", "page", "passage_id", "quotation", "url", "text", "classification"):
            setattr(kept, name, getattr(new, name))
        store(kept)
    store_all(Evidence, list(wanted.values()))


def _as_report(row: ProgressReport) -> Report:
    return Report(
        row.commitment, row.period, row.organisation, row.voice, row.scale, row.rating, row.empty_reason
    )  # what the content rule looks at


@act
def submit(*, by: Actor, row: ProgressReport, on: date) -> ProgressReport:
    """Submit a report. Blank is not accepted: a rating with evidence where the scale asks for it, or a reason."""
    held(row)
    check_report(by, row, row.organisation, row.voice)
    after = next_state(PROGRESS_REPORT, row, "submit")
    _Voices([row.commitment]).check(row.commitment, row.organisation, row.voice)
    _check_period(fresh(row.period), row.commitment)
    _check_content(_as_report(row), proofs=row.evidence.count())
    row.state, row.submitted_on, row.post = after, on, by.post or row.post
    store(row)
    log(by, "commitment.progress.reported", row, on=on, rating=row.rating)
    return row


@act
def send_back(*, by: Actor, row: ProgressReport, on: date, note: Words) -> ProgressReport:
    """Return a submitted report with what is asked of its writer; the rating stays the writer's."""
    held(row)
    check_verb(by, Verb.ACCEPT_REPORT, row)
    after = next_state(PROGRESS_REPORT, row, "return")
    if not note:
        raise RefusedError("report.returned_without_note", report=row.code)
    row.state, row.returned_on, row.return_note = after, on, said(note)
    store(row)
    log(by, "commitment.progress.returned", row, on=on, note=said(note))
    return row


@act
def accept(*, by: Actor, row: ProgressReport, on: date, note: Words = "") -> ProgressReport:
    """Accept a submitted report; nobody accepts the report of the own post."""
    held(row)
    check_verb(by, Verb.ACCEPT_REPORT, row)
    after = next_state(PROGRESS_REPORT, row, "accept")
    if by.post is not None and row.post_id == by.post.pk:
        raise RefusedError("report.own_report", post=by.post.code, report=row.code)
    row.state, row.accepted_on, row.accepted_by = after, on, by.post
    store(row)
    log(by, "commitment.progress.accepted", row, on=on, note=said(note))
    return row


@act
def file_reports(*, by: Actor, network: Network, filed: Sequence[Filed]) -> list[ProgressReport]:
    """Enter many reports of one network at once, in the states their days lead to, under the rules of the single acts.

    Only who may accept reports in the network may do this. Locked periods are taken: the past is entered.
    """
    check_verb(by, Verb.ACCEPT_REPORT, network)
    voices = _Voices([one.report.commitment for one in filed])
    rows, proofs = [], []
    for one in filed:
        report = one.report
        if report.commitment.network_id != network.pk or report.period.network_id != network.pk:
            raise RefusedError("report.of_another_network", commitment=report.commitment.code, network=network.code)
        voices.check(report.commitment, report.organisation, report.voice)
        _check_scale(report)
        if one.state in ("submitted", "accepted"):
            _check_content(report, proofs=len(report.evidence))
        row = _row(by, report)
        row.state, row.submitted_on, row.accepted_on = one.state, one.submitted_on, one.accepted_on
        row.returned_on, row.return_note = one.returned_on, said(one.return_note)
        rows.append(row)
        proofs += _evidence(row, report.evidence)
    store_all(ProgressReport, rows)
    store_all(Evidence, proofs)
    log_all(by, [Act("commitment.progress.filed", row, {"state": row.state}) for row in rows])
    return rows
