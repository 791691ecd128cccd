"""What is done to progress reports: write, release, hand in, answer, correct; enter from a paper; withdraw."""

from waymark.actions.facts import Amendable, Facts
from waymark.actions.reports.deciding import accept, note_untouched, send_back
from waymark.actions.reports.entering import Filed, enter_reports
from waymark.actions.reports.rows import Proof, Report
from waymark.actions.reports.rules import SOCIETY, check_unlocked
from waymark.actions.reports.writing import correct, draft, hand_in, release, revise, submit
from waymark.actions.storing import fresh
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.permissions import check_report
from waymark.records.reports import ProgressReport

__all__ = [
    "AMENDS", "SOCIETY", "Filed", "Proof", "Report", "accept", "correct", "draft", "enter_reports", "hand_in",
    "note_untouched", "release", "revise", "send_back", "submit",
]  # fmt: skip


def _check_right(by: Actor, row: ProgressReport) -> None:
    """Who reports withdraws; what was entered for a body also who enters."""
    check_report(by, row, row.organisation, row.voice, entered=row.entered_for)


def _check_amended(row: ProgressReport, _facts: Facts) -> None:
    """A report is changed by those who write it: revised, or corrected by a new version."""
    raise RefusedError("report.revised_or_corrected", report=row.code)


def _check_withdrawn(_by: Actor, row: ProgressReport) -> None:
    """What a locked period holds stays, and so does what took the place of another report."""
    check_unlocked(fresh(row.period))
    if row.corrects_id is not None and row.state == "accepted":
        raise RefusedError("report.correction_stands", report=row.code)


AMENDS = {ProgressReport.noun: Amendable(Facts, _check_right, check=_check_amended, leave=_check_withdrawn, open=False)}
"""How what stands here is withdrawn."""
