"""How a report is written and handed in: draft, revise, release, submit; and corrected after it was accepted."""

from dataclasses import replace
from datetime import date, timedelta

from waymark.actions.acts import act
from waymark.actions.facts import Paper, Words, from_paper
from waymark.actions.log import log
from waymark.actions.reports.rows import Report, replace_evidence, row_of, store_evidence, write
from waymark.actions.reports.rules import Voices, check_content, check_period, check_scale
from waymark.actions.storing import by_language, fresh, held, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.people import PostHolding
from waymark.records.permissions import check_holder, check_release, check_report
from waymark.records.reports import ProgressReport
from waymark.records.states import PROGRESS_REPORT, next_state, state_label


@act
def draft(*, by: Actor, report: Report) -> ProgressReport:
    """Write a report down as a draft of the acting post; the voice rule holds from the first word."""
    check_holder(by)
    check_report(by, report.period, report.organisation, report.voice)
    _check(report)
    row = store(row_of(by, report))
    store_evidence(by, row, report.evidence)
    log(by, "commitment.progress.drafted", row, voice=report.voice)
    return row


@act
def hand_in(*, by: Actor, report: Report) -> ProgressReport:
    """Write a report and submit it in one, where no validator has to release it."""
    today = check_holder(by)
    check_report(by, report.period, report.organisation, report.voice)
    _check(report)
    row = row_of(by, report)
    check_content(row, proofs=len(report.evidence))
    _check_released(by, row)
    row.state, row.submitted_by_person = "submitted", by.person
    handed_in(row, today)
    store(row)
    store_evidence(by, row, report.evidence)
    log(by, "commitment.progress.reported", row, on=today, rating=row.rating)
    return row


def _check(report: Report) -> None:
    """Refuse a report in a voice, for a period or on a scale that it cannot have."""
    period = fresh(report.period)
    check_period(period, report.commitment, report.voice)
    Voices([report]).check(report)
    check_scale(report.scale, report.rating)


@act
def revise(*, by: Actor, row: ProgressReport, report: Report) -> ProgressReport:
    """Rewrite a report that was not handed in, or was returned: rating, words and evidence.

    Whose report it is does not change. One that was released is a draft again.
    """
    held(row)
    check_holder(by)
    check_report(by, row, row.organisation, row.voice, entered=row.entered_for)
    if row.state == "released":
        row.state = next_state(PROGRESS_REPORT, row, "revise")
        row.released_on, row.released_by, row.released_by_person = None, None, None
    elif row.state not in ("draft", "returned"):
        raise RefusedError("report.not_revised_now", report=row.code, state=state_label(row.state))
    check_scale(report.scale, report.rating)
    write(row, report)
    row.revised_by_person = by.person
    store(row)
    replace_evidence(by, row, report.evidence)
    log(by, "commitment.progress.revised", row)
    return row


@act
def release(*, by: Actor, row: ProgressReport) -> ProgressReport:
    """Release a report, as the validator of its own organisation; who wrote it does not release it."""
    held(row)
    today = check_holder(by)
    check_release(by, row)
    row.state = next_state(PROGRESS_REPORT, row, "release")
    _check_ready(row)
    row.released_on, row.released_by, row.released_by_person = today, by.post, by.person
    store(row)
    log(by, "commitment.progress.released", row, on=today)
    return row


@act
def submit(*, by: Actor, row: ProgressReport) -> ProgressReport:
    """Submit a report today. Blank is not accepted: a rating with evidence where the scale asks for it, or a reason."""
    held(row)
    today = check_holder(by)
    check_report(by, row, row.organisation, row.voice, entered=row.entered_for)
    after = next_state(PROGRESS_REPORT, row, "submit")
    _check_ready(row)
    _check_released(by, row)
    row.state, row.post, row.submitted_by_person = after, by.post or row.post, by.person
    handed_in(row, today)
    store(row)
    log(by, "commitment.progress.reported", row, on=today, rating=row.rating)
    return row


def _check_released(by: Actor, row: ProgressReport) -> None:
    """Refuse a report that its organisation's validator has to release first.

    What came on paper needs no release, until the body goes on with it itself.
    """
    on_paper = row.entered_for and not _by_its_body(by, row)
    if row.period.network.reports_released and row.state != "released" and not on_paper:
        raise RefusedError("report.not_released", report=row.code, organisation=row.organisation.code)


def _by_its_body(by: Actor, row: ProgressReport) -> bool:
    """Whether the report's own organisation hands it in, or wrote it anew."""
    if by.organisation is not None and by.organisation.pk == row.organisation_id:
        return True
    seats = PostHolding.objects.filter(person=row.revised_by_person, post__organisation=row.organisation)
    return row.revised_by_person is not None and seats.filter(post__keeper=row.keeper).exists()


def handed_in(row: ProgressReport, on: date) -> None:
    """Note the day on which a report was handed in, and the last day that the secretariat has to answer."""
    row.submitted_on, row.untouched = on, False
    row.accept_by = on + timedelta(days=row.period.network.days_to_accept)


def _check_ready(row: ProgressReport) -> None:
    """Refuse what cannot be handed in now."""
    period = fresh(row.period)
    check_period(period, row.commitment, row.voice)
    Voices([row]).check(row)
    check_content(row, proofs=row.evidence.count())


@act
def correct(
    *, by: Actor, row: ProgressReport, report: Report, reason: Words, paper: Paper | None = None
) -> ProgressReport:
    """Write a new version of an accepted report, for a reason that stays on record.

    The new version goes the way of every report; when it is accepted it takes the place of the former, which stays
    readable. What was entered for a body is corrected from a `paper` of it, or by the holder of its post. On what,
    for which period, by whom and in which voice stays as in the former, as does the class where none is given; the rest
    is what `report` says. Raises RefusedError for a report that is not accepted, or has a correction that waits.
    """
    held(row)
    check_holder(by)
    check_report(by, row, row.organisation, row.voice, paper=paper is not None)
    next_state(PROGRESS_REPORT, row, "correct")
    if not reason:
        raise RefusedError("report.corrected_without_reason", report=row.code)
    waiting = row.corrections.standing().first()
    if waiting is not None:
        raise RefusedError("report.correction_waits", report=row.code, correction=waiting.code)
    same = replace(report, commitment=row.commitment, period=row.period, organisation=row.organisation, voice=row.voice)
    _check(same)
    new = row_of(by, same, corrects=row)
    new.correction_reason = by_language(reason)
    for name, value in from_paper(by, new.period, paper).items():
        setattr(new, name, value)
    store(new)
    store_evidence(by, new, report.evidence)
    log(by, "commitment.progress.correction.drafted", new, of=row, reason=by_language(reason))
    return new
