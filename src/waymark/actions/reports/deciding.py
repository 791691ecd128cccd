"""How a report is answered by the secretariat of its network: returned, accepted, or left without an answer."""

from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Words
from waymark.actions.log import Act, log, log_all
from waymark.actions.reports.rules import check_unlocked
from waymark.actions.storing import by_language, fresh, held, held_all, store
from waymark.gcm.errors import RefusedError
from waymark.gcm.lists import Voice
from waymark.records.actors import Actor
from waymark.records.permissions import check_accept, check_holder, check_verb
from waymark.records.reports import ProgressReport
from waymark.records.roles import Verb
from waymark.records.states import PROGRESS_REPORT, next_state


@act
def send_back(*, by: Actor, row: ProgressReport, note: Words = "", form: str = "") -> ProgressReport:
    """Return a submitted report with what is asked of its writer; the rating stays the writer's.

    Of society's voice the form is returned, for a reason of form from the closed list, and never what it says.
    """
    held(row)
    today = check_holder(by)
    check_accept(by, row)
    after = next_state(PROGRESS_REPORT, row, "return")
    check_unlocked(fresh(row.period))
    if row.voice == Voice.CIVIL_SOCIETY and not form:
        raise RefusedError("report.content_of_society", report=row.code, organisation=row.organisation.code)
    if not note and not form:
        raise RefusedError("report.returned_without_note", report=row.code)
    row.state, row.returned_on, row.untouched = after, today, False
    row.return_note, row.return_form = by_language(note), form
    row.returned_by, row.returned_by_person = by.post, by.person
    store(row)
    log(by, "commitment.progress.returned", row, on=today, note=by_language(note), form=form)
    return row


@act
def accept(*, by: Actor, row: ProgressReport, note: Words = "") -> ProgressReport:
    """Accept a submitted report today; nobody accepts what he wrote. A correction takes the place of the former."""
    held(row)
    today = check_holder(by)
    check_accept(by, row)
    row.state = next_state(PROGRESS_REPORT, row, "accept")
    row.accepted_on, row.untouched = today, False
    row.accepted_by, row.accepted_by_person = by.post, by.person
    store(row)
    log(by, "commitment.progress.accepted", row, on=today, note=by_language(note))
    if row.corrects is not None:
        _replaced(by, row.corrects, row, today)
    return row


def _replaced(by: Actor, former: ProgressReport, new: ProgressReport, on: date) -> None:
    """The report that was corrected: it no longer counts, and stays readable with the day and the reason."""
    fresh(former)
    former.state, former.corrected_on = next_state(PROGRESS_REPORT, former, "correct"), on
    store(former)
    log(by, "commitment.progress.corrected", former, on=on, by_report=new, reason=new.correction_reason)


@act
def note_untouched(*, by: Actor, on: date) -> list[ProgressReport]:
    """Note, once a day, which reports had no answer in the days that their networks give the secretariat.

    From then on they are shown as handed in and not yet accepted to everybody who may read accepted ones.
    """
    check_verb(by, Verb.INSTALL, None)
    waiting = ProgressReport.objects.standing().filter(state="submitted", untouched=False, accept_by__lt=on)
    rows = held_all(waiting.order_by("keeper", "pk"))
    for row in rows:
        row.untouched = True
        store(row)
    log_all(by, [Act("commitment.progress.untouched", row, {"since": row.accept_by}) for row in rows])
    return rows
