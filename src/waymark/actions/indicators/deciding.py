"""How a value of an indicator is answered in its network: returned, or accepted into the statistics."""

from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Words
from waymark.actions.log import log
from waymark.actions.storing import by_language, fresh, held, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.indicators import NationalValue
from waymark.records.permissions import check_holder, check_verb
from waymark.records.roles import Verb
from waymark.records.states import NATIONAL_VALUE, next_state


@act
def return_value(*, by: Actor, row: NationalValue, note: Words) -> NationalValue:
    """Return a value to the body that says it, with what is asked."""
    held(row)
    today = _check_answers(by, row)
    after = next_state(NATIONAL_VALUE, row, "return")
    if not note:
        raise RefusedError("value.returned_without_note", value=row.code)
    row.state, row.returned_on, row.return_note = after, today, by_language(note)
    row.returned_by, row.returned_by_person = by.post, by.person
    store(row)
    log(by, "value.returned", row, on=today, note=by_language(note))
    return row


@act
def accept_value(*, by: Actor, row: NationalValue) -> NationalValue:
    """Accept a value into the statistics today; nobody accepts what he wrote. A correction replaces the former."""
    held(row)
    today = _check_answers(by, row)
    row.state = next_state(NATIONAL_VALUE, row, "accept")
    row.accepted_on, row.accepted_by, row.accepted_by_person = today, by.post, by.person
    store(row)
    log(by, "value.accepted", row, on=today)
    if row.corrects is not None:
        _replaced(by, row.corrects, row, today)
    return row


def _check_answers(by: Actor, row: NationalValue) -> date:
    today = check_holder(by)
    check_verb(by, Verb.ACCEPT_VALUE, row)
    if by.person is not None and by.persons & set(row.writers.values_list("pk", flat=True)):
        raise RefusedError("value.own_value", person=by.person.code, value=row.code)
    return today


def _replaced(by: Actor, former: NationalValue, new: NationalValue, on: date) -> None:
    """The value that was corrected: it no longer counts, and stays in the history with the day and the reason."""
    fresh(former)
    former.state, former.corrected_on = next_state(NATIONAL_VALUE, former, "correct"), on
    store(former)
    log(by, "value.corrected", former, on=on, by_value=new, reason=new.correction_reason)
