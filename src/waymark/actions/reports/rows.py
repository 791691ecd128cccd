"""What a report says, as it is given, and the rows that keep it with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from waymark.actions.documents.quoting import quoted
from waymark.actions.facts import Facts, Words
from waymark.actions.storing import by_language, free_code, held_all, remove, store, store_all
from waymark.gcm.errors import RefusedError
from waymark.gcm.lists import Voice
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.documents import Document, Passage
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_within_reach
from waymark.records.reports import Evidence, ProgressReport, ReportingPeriod


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
class Report(Facts):
    """What a report says. A rating on a scale, or the reason why there is none.

    The network of the period is the one that it is for: that of the commitment, or one that follows it.
    """

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


CONTENT = ("scale", "rating", "empty_reason", "source", "locator", "mark", "note")
"""What a writer changes in a report; whose report on what it is does not change."""


def row_of(by: Actor, report: Report, corrects: ProgressReport | None = None) -> ProgressReport:
    """A new report, not stored yet; who acts wrote it. One that corrects another has its class where none is given."""
    row = ProgressReport(
        commitment=report.commitment,
        period=report.period,
        organisation=report.organisation,
        code=_code(report, corrects),
        corrects=corrects,
        voice=report.voice,
        post=by.post,
        person=by.person,
        classification=report.classification or (corrects or report.commitment).classification,
    )
    return write(row, report)


def _code(report: Report, corrects: ProgressReport | None) -> str:
    """The code of a new report. Raises RefusedError when the organisation has one in this voice already."""
    base = f"{report.commitment.code}.{report.period.code}.{report.organisation.code}.{report.voice}"
    code = free_code(ProgressReport, base)
    if code == base:
        return code
    same = ProgressReport.objects.filter(commitment=report.commitment, period=report.period, voice=report.voice)
    if corrects is None and same.filter(organisation=report.organisation, withdrawn=False).exists():
        raise RefusedError(
            "report.made_already",
            organisation=report.organisation.code,
            commitment=report.commitment.code,
            period=report.period.code,
            voice=Voice(report.voice),
        )
    return code


def write(row: ProgressReport, report: Report) -> ProgressReport:
    """Set what a report says."""
    for name in CONTENT:
        setattr(row, name, getattr(report, name))
    row.narrative, row.reason = by_language(report.narrative), by_language(report.reason)
    return row


def evidence_of(row: ProgressReport, proofs: Sequence[Proof]) -> list[Evidence]:
    """The rows of some proofs, not stored yet."""
    return [
        Evidence(
            report=row,
            code=f"{row.code}.e{number}",
            document=proof.passage.document if proof.passage else proof.document,
            page=proof.page or (proof.passage.where[:40] if proof.passage else ""),
            passage=proof.passage,
            quotation=quoted(proof.passage, proof.quotation) if proof.passage else "",
            url=proof.url,
            text=by_language(proof.text),
            classification=row.classification,
        )
        for number, proof in enumerate(proofs, start=1)
    ]


def store_evidence(by: Actor, row: ProgressReport, proofs: Sequence[Proof]) -> None:
    """Store the evidence of a new report."""
    check_reach(by, row, proofs)
    store_all(Evidence, evidence_of(row, proofs))


def check_reach(by: Actor, row: ProgressReport, proofs: Sequence[Proof]) -> None:
    """Refuse a document that the members of the report's network may not read: evidence would show it to them."""
    for proof in proofs:
        check_within_reach(by, row.period, proof.passage.document if proof.passage else proof.document)


def replace_evidence(by: Actor, row: ProgressReport, proofs: Sequence[Proof]) -> None:
    """Let a report rest on these proofs; those that are as before stay the rows they are."""
    check_reach(by, row, proofs)
    wanted = {one.code: one for one in evidence_of(row, proofs)}
    for kept in held_all(row.evidence.all()):
        new = wanted.pop(kept.code, None)
        if new is None:
            remove(kept)
            continue
        for name in ("document_id", "page", "passage_id", "quotation", "url", "text", "classification"):
            setattr(kept, name, getattr(new, name))
        store(kept)
    store_all(Evidence, list(wanted.values()))
