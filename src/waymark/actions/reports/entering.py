"""How reports that bodies gave elsewhere, on a sheet or in a letter, are entered for them, each from its paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Paper, Words, from_paper
from waymark.actions.log import Act, log_all
from waymark.actions.reports.rows import Report, check_reach, evidence_of, row_of
from waymark.actions.reports.rules import Voices, check_content, check_place, check_scale, check_unlocked
from waymark.actions.reports.writing import handed_in
from waymark.actions.storing import by_language, fresh, store_all
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.permissions import check_report
from waymark.records.reports import Evidence, ProgressReport


@dataclass(frozen=True, slots=True)
class Filed:
    """A report from a paper, by default handed in on the day of the paper.

    What was answered to it in the past is given by an import only; the last state follows from the days.
    """

    report: Report
    paper: Paper
    submitted_on: date | None = None
    returned_on: date | None = None
    return_note: Words = ""
    return_form: str = ""
    accepted_on: date | None = None

    @property
    def handed_in(self) -> date:
        """The day on which it was handed in."""
        return self.submitted_on or self.paper.date

    @property
    def state(self) -> str:
        """The state its days lead to; a return after which nothing was sent again is the last word."""
        if self.accepted_on is not None:
            return "accepted"
        return "returned" if self.returned_on is not None and self.returned_on >= self.handed_in else "submitted"


@act
def enter_reports(*, by: Actor, filed: Sequence[Filed]) -> list[ProgressReport]:
    """Enter reports for the bodies that gave them on paper, all or none, under the rules of the single acts.

    An officer enters what was handed in, and another one accepts it. An import by the operator also brings what was
    answered in the past, and takes locked periods: the past is entered.
    """
    voices = Voices(one.report for one in filed)
    rows, proofs = [], []
    for one in filed:
        row = _entered(by, one, voices)
        check_reach(by, row, one.report.evidence)
        rows.append(row)
        proofs += evidence_of(row, one.report.evidence)
    store_all(ProgressReport, rows)
    store_all(Evidence, proofs)
    log_all(by, [Act("commitment.progress.entered", row, {"state": row.state}) for row in rows])
    return rows


def _entered(by: Actor, one: Filed, voices: Voices) -> ProgressReport:
    report = one.report
    check_report(by, report.period, report.organisation, report.voice, paper=True)
    if by.kind != "operator":
        check_unlocked(fresh(report.period))
        if one.state != "submitted":
            raise RefusedError("report.answered_on_paper", commitment=report.commitment.code)
    check_place(report.period, report.commitment, report.voice)
    voices.check(report)
    check_scale(report.scale, report.rating)
    row = row_of(by, report)
    if one.state != "returned":
        check_content(row, proofs=len(report.evidence))
    for name, value in from_paper(by, report.period, one.paper).items():
        setattr(row, name, value)
    handed_in(row, one.handed_in)
    row.state, row.accepted_on = one.state, one.accepted_on
    row.returned_on, row.return_note, row.return_form = one.returned_on, by_language(one.return_note), one.return_form
    row.submitted_by_person = by.person
    return row
