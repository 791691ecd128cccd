"""The silence of a secretariat: what it leaves without an answer is shown as handed in, and it is the late one."""

from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import society
from tests.factories.people import alice, bob, fatima, on
from tests.factories.reports import report
from waymark.actions.amending import amend
from waymark.actions.facts import facts_of, given
from waymark.actions.networks import NetworkFacts
from waymark.actions.reports import accept, hand_in, note_untouched, revise, send_back, submit
from waymark.gcm.errors import RefusedError
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.commitments.views import ReportView
from waymark.queries.organisations.reading import organisations_on
from waymark.records.actors import Actor
from waymark.records.events import Event
from waymark.records.reports import ProgressReport
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

DAY = date(2026, 3, 2)
LAST = date(2026, 3, 16)
"""The last of the fourteen days that the secretariat has."""
AFTER = date(2026, 3, 17)


def handed_in() -> ProgressReport:
    commitment(classification="public", on=date(2025, 1, 1))
    said = report(organisation=society(), voice="civil_society", rating="not-started", evidence=())
    return hand_in(by=on(DAY, fatima()), report=said)


def seen(day: date, viewer: Viewer = PUBLIC) -> list[ReportView]:
    book = organisations_on(day, viewer, "en")
    items = commitments_of("QOR", viewer=viewer, day=day, language="en", organisations=book)
    return [view for item in items for view in item.reports]


def test_the_network_sees_from_the_day_after_its_days_that_its_secretariat_is_late() -> None:
    handed_in()
    member = network_viewer("qor-network")
    (waits,) = seen(LAST, member)
    assert (waits.state, waits.date, waits.unanswered) == ("submitted", "2026-03-02", False)
    (late,) = seen(AFTER, member)
    assert (late.state, late.date, late.unanswered) == ("submitted", "2026-03-02", True)


def test_society_is_not_silenced_by_silence() -> None:
    row = handed_in()
    assert note_untouched(by=Actor.system(), on=LAST) == []
    assert seen(AFTER) == []
    assert [one.pk for one in note_untouched(by=Actor.system(), on=AFTER)] == [row.pk]
    (shown,) = seen(AFTER)
    assert (shown.state, shown.rating, shown.unanswered) == ("submitted", "Not started", True)
    assert seen(LAST) == [], "on that day it was not late yet"
    assert note_untouched(by=Actor.system(), on=AFTER) == [], "once is enough"
    assert Event.objects.filter(verb="commitment.progress.untouched").count() == 1


def test_an_answer_ends_the_mark_and_a_return_hides_it_again() -> None:
    row = handed_in()
    note_untouched(by=Actor.operator(), on=AFTER)
    row.refresh_from_db()
    send_back(by=on(AFTER, bob()), row=row, form="incomplete")
    assert seen(AFTER) == []
    revise(by=fatima(), row=row, report=report(rating="not-started", evidence=(), reason="We saw two towns."))
    submit(by=on(date(2026, 3, 20), fatima()), row=row)
    assert row.accept_by == date(2026, 4, 3), "the days begin anew"
    assert not row.untouched
    accept(by=on(date(2026, 3, 21), bob()), row=row)
    (shown,) = seen(date(2026, 4, 30))
    assert (shown.state, shown.unanswered) == ("accepted", False)


def test_a_network_gives_its_secretariat_other_days() -> None:
    facts = given(facts_of(network(), NetworkFacts), {"days_to_accept": 30})
    amend(by=bob(), row=network(), facts=facts, reason="Decided in March")
    assert handed_in().accept_by == date(2026, 4, 1)


def test_only_the_clock_and_the_operator_note_it() -> None:
    handed_in()
    for actor in (alice(), bob(), fatima()):
        with pytest.raises(RefusedError, match="may not run the installation"):
            note_untouched(by=actor, on=AFTER)
