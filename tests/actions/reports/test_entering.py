"""What a body handed in on paper is entered for it, with the paper and its day, and is shown so."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.commitments import commitment
from tests.factories.documents import document
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import alice, bob, dora, emil, fatima, holder, on
from tests.factories.reports import LETTER, report
from tests.factories.workplans import period
from waymark.actions.facts import Paper
from waymark.actions.reports import Filed, accept, correct, enter_reports, release, revise, send_back, submit
from waymark.actions.workplans import lock_period
from waymark.gcm.errors import InputError, RefusedError
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.organisations.reading import organisations_on
from waymark.records.actors import Actor
from waymark.records.events import Event
from waymark.records.networks import Network
from waymark.records.reports import Evidence, ProgressReport
from waymark.records.viewers import network_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

DAY = date(2025, 7, 3)
OPERATOR = Actor.operator()


def entered(by: Actor, **days: Any) -> ProgressReport:
    return enter_reports(by=by, filed=[Filed(report(), LETTER, **days)])[0]


def test_an_officer_enters_what_a_ministry_sent_and_another_accepts_it() -> None:
    row = entered(bob())
    assert (row.state, row.submitted_on, row.accept_by) == ("submitted", LETTER.date, date(2025, 7, 15))
    assert (row.entered_for, row.paper_words, row.paper_date) == (True, LETTER.words, LETTER.date)
    assert (row.person, row.organisation) == (bob().person, organisation())
    with pytest.raises(RefusedError, match="bob wrote, released or handed in"):
        accept(by=bob(), row=row)
    assert accept(by=dora(), row=row).state == "accepted", "the only officer wrote it, so a co-chair decides"
    words = Event.objects.get(verb="commitment.progress.entered").detail.words["rows"][0]["after"]
    assert (words["paper_words"], words["paper_date"]) == (LETTER.words, "2025-07-01")


def test_readers_see_from_which_paper_it_was_entered() -> None:
    entered(bob())
    sheet = Paper(DAY, document=document("sheet", title="Sheet of July"))
    enter_reports(by=OPERATOR, filed=[Filed(report(period=period("p2")), sheet)])
    viewer = network_viewer("qor-network")
    given = {"viewer": viewer, "day": date(2026, 5, 8), "language": "en"}
    book = organisations_on(date(2026, 5, 8), viewer, "en")
    (item,) = commitments_of("QOR", organisations=book, **given)  # type: ignore[arg-type]
    assert item.reports[0].entered_from == "a paper that is not shown here, 2025-07-03"
    ProgressReport.objects.filter(period__code="p2").delete()
    (item,) = commitments_of("QOR", organisations=book, **given)  # type: ignore[arg-type]
    assert item.reports[0].entered_from == "Letter 12/4 of the Ministry, 2025-07-01"


def test_a_paper_is_named_and_only_who_keeps_the_register_enters() -> None:
    with pytest.raises(InputError, match="a document on record, or words"):
        Paper(DAY)
    for actor in (
        alice(),
        dora(),
        fatima(),
        holder("zoe", "secretariat_officer", secretariat(), network("other-network")),
    ):
        with pytest.raises(RefusedError, match="may not register organisations"):
            entered(actor)
    assert not entered(OPERATOR).person


def test_who_reports_for_the_body_itself_goes_round_its_validator_with_no_paper() -> None:
    row = entered(OPERATOR, accepted_on=DAY)
    with pytest.raises(RefusedError, match="may not register organisations"):
        correct(by=alice(), row=row, report=report(), reason="A second letter", paper=LETTER)
    assert not correct(by=alice(), row=row, report=report(), reason="Counted again").entered_for


def test_an_officer_enters_no_answer_and_into_no_locked_period() -> None:
    for days in ({"accepted_on": DAY}, {"returned_on": DAY, "return_note": "Why?"}):
        with pytest.raises(RefusedError, match="another officer answers it here"):
            entered(bob(), **days)
    period()
    lock_period(by=bob(), period=period())
    with pytest.raises(RefusedError, match="is locked"):
        entered(bob())
    assert entered(OPERATOR, accepted_on=DAY).state == "accepted", "the past is imported"


def test_what_was_entered_and_returned_is_gone_on_with_by_who_entered_or_by_the_body() -> None:
    row = entered(OPERATOR)
    send_back(by=bob(), row=row, note="Which offices?")
    clerk = holder("kim", "secretariat_officer", organisation("second-office", "un"))
    revise(by=clerk, row=row, report=report(narrative="The offices of Harmuk."))
    with pytest.raises(RefusedError, match="may not register"):
        submit(by=fatima(), row=row)
    submit(by=on(date(2026, 6, 2), clerk), row=row)
    assert (row.submitted_on, row.revised_by_person) == (date(2026, 6, 2), clerk.person)
    send_back(by=bob(), row=row, note="And Tolvarra?")
    revise(by=alice(), row=row, report=report(narrative="The offices of Harmuk and Tolvarra."))
    assert submit(by=alice(), row=row).state == "submitted"
    assert accept(by=bob(), row=row).accepted_by_person == bob().person


def test_what_the_body_goes_on_with_itself_its_validator_releases() -> None:
    Network.objects.filter(code=network().code).update(reports_released=True)
    row = entered(OPERATOR)
    clerk = holder("kim", "secretariat_officer", organisation("second-office", "un"))
    send_back(by=bob(), row=row, note="Which offices?")
    with pytest.raises(RefusedError, match="is released by a validator of min-justice"):
        submit(by=alice(), row=row)
    revise(by=clerk, row=row, report=report(narrative="The offices of the second letter."))
    submit(by=clerk, row=row)
    send_back(by=bob(), row=row, note="And Tolvarra?")
    revise(by=alice(), row=row, report=report(narrative="The offices of Harmuk and Tolvarra."))
    for actor in (alice(), clerk):
        with pytest.raises(RefusedError, match="is released by a validator of min-justice"):
            submit(by=actor, row=row)
    release(by=emil(), row=row)
    assert submit(by=alice(), row=row).released_by_person == emil().person


def test_imported_reports_come_in_the_state_their_days_say() -> None:
    cases = {
        "submitted": Filed(report(period=period("b")), LETTER, submitted_on=DAY),
        "returned": Filed(
            report(period=period("c")), LETTER, submitted_on=DAY, returned_on=date(2025, 7, 4), return_note="Why?"
        ),
        "accepted": Filed(report(period=period("d")), LETTER, submitted_on=DAY, accepted_on=date(2025, 7, 4)),
    }
    again = Filed(
        report(period=period("e")), LETTER, submitted_on=DAY, returned_on=date(2025, 7, 2), return_note="Once more"
    )
    rows = enter_reports(by=OPERATOR, filed=[*cases.values(), again])
    assert [row.state for row in rows] == [*cases, "submitted"]
    assert Event.objects.filter(verb="commitment.progress.entered").count() == 4


def test_entering_keeps_every_rule_and_is_whole_or_not_at_all() -> None:
    good = Filed(report(), LETTER)
    bad = [
        (Filed(report(period=period("b"), rating=""), LETTER), "needs a rating"),
        (Filed(report(period=period("b"), rating="completed", evidence=()), LETTER), "requires evidence"),
        (Filed(report(period=period("b"), voice="secretariat"), LETTER), "as secretariat"),
        (Filed(report(), LETTER), "cannot be stored"),
        (Filed(report(period=period("far", network("other-network"))), LETTER), "no reporting period of the network"),
        (
            Filed(
                report(period=period("b"), organisation=society(), voice="civil_society"),
                LETTER,
                returned_on=DAY,
                return_note="Too harsh",
            ),
            "for a reason of form only",
        ),
    ]
    for one, words in bad:
        with pytest.raises(RefusedError, match=words):
            enter_reports(by=OPERATOR, filed=[good, one])
        assert not ProgressReport.objects.exists()


def test_seven_hundred_reports_are_imported_by_few_statements_each() -> None:
    periods = [period(f"p{number}") for number in range(7)]
    rows = [commitment(f"m-{number}") for number in range(100)]
    filed = [Filed(report(commitment=row, period=span), LETTER, accepted_on=DAY) for row in rows for span in periods]
    with CaptureQueriesContext(connection) as seen:
        enter_reports(by=OPERATOR, filed=filed)
    assert len(seen) <= 4 * 700
    assert ProgressReport.objects.count() == Evidence.objects.count() == 700
