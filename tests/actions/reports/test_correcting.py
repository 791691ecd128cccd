"""An accepted report is corrected by a new version; the former stays readable with the day and the reason."""

from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob, dora, fatima, holder, on
from tests.factories.reports import LETTER, PROOF, imported, report
from tests.factories.workplans import period
from waymark.actions.amending import amend, propose_change, withdraw
from waymark.actions.facts import Facts
from waymark.actions.reports import accept, correct, draft, hand_in, send_back, submit
from waymark.actions.reports.deciding import note_untouched
from waymark.actions.reports.rows import Report
from waymark.actions.workplans import lock_period, reopen_period
from waymark.gcm.errors import RefusedError
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.commitments.views import ReportView
from waymark.queries.organisations.reading import organisations_on
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.events import Event
from waymark.records.reports import ProgressReport
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

MEMBER = network_viewer("qor-network")


def first(day: date = date(2026, 2, 1)) -> ProgressReport:
    commitment(classification="public", on=date(2025, 1, 1))
    row = hand_in(by=on(day, alice()), report=report())
    return accept(by=on(day, bob()), row=row)


def better(
    row: ProgressReport, rating: str, day: date, reason: str = "The register was counted again"
) -> ProgressReport:
    said = report(rating=rating)
    new = correct(by=on(day, alice()), row=row, report=said, reason=reason)
    submit(by=on(day, alice()), row=new)
    return accept(by=on(day, bob()), row=new)


def seen(day: date, viewer: Viewer = PUBLIC) -> list[ReportView]:
    book = organisations_on(day, viewer, "en")
    items = commitments_of("QOR", viewer=viewer, day=day, language="en", organisations=book)
    return [view for item in items for view in item.reports]


def test_a_chain_of_three_counts_once_on_each_day() -> None:
    one = first()
    two = better(one, "begun", date(2026, 3, 1))
    three = better(two, "mostly-done", date(2026, 4, 1), reason="Two offices were forgotten")
    states = {row.code: (row.state, row.corrected_on) for row in ProgressReport.objects.order_by("id")}
    assert list(states.values()) == [
        ("corrected", date(2026, 3, 1)),
        ("corrected", date(2026, 4, 1)),
        ("accepted", None),
    ]
    assert [row.corrects for row in (two, three)] == [one, two]
    assert three.correction_reason == {"en": "Two offices were forgotten"}
    for day, rating, why in (
        (date(2026, 2, 28), "Partly done", ""),
        (date(2026, 3, 1), "Begun", "The register was counted again"),
        (date(2026, 3, 31), "Begun", "The register was counted again"),
        (date(2026, 4, 1), "Mostly done", "Two offices were forgotten"),
    ):
        for viewer in (PUBLIC, MEMBER):
            (view,) = seen(day, viewer)
            assert (view.rating, view.state, view.correction) == (rating, "accepted", why)
    assert ProgressReport.objects.visible_to(PUBLIC).count() == 3, "the former ones stay readable"
    assert Event.objects.filter(verb="commitment.progress.corrected").count() == 2


def test_until_it_is_accepted_the_former_counts_outside_and_stands_if_it_is_returned() -> None:
    row = first()
    new = correct(by=alice(), row=row, report=report(rating="begun"), reason="Counted again")
    day = date(2026, 6, 30)
    assert [view.rating for view in seen(day, MEMBER)] == ["Partly done"], "a draft is nobody's"
    submit(by=alice(), row=new)
    assert [view.rating for view in seen(day)] == ["Partly done"]
    both = [("Partly done", "accepted", False), ("Begun", "submitted", True)]
    assert [(view.rating, view.state, view.waits) for view in seen(date(2026, 6, 2), MEMBER)] == both
    note_untouched(by=Actor.system(), on=day)
    assert [(view.rating, view.state, view.waits) for view in seen(day)] == both, "its secretariat is late"
    new.refresh_from_db()
    send_back(by=bob(), row=new, note="By whom?")
    assert [(view.rating, view.state) for view in seen(day, MEMBER)] == [("Partly done", "accepted")]
    assert ProgressReport.objects.get(pk=row.pk).state == "accepted"


def test_a_correction_known_later_is_not_known_on_an_earlier_day() -> None:
    row = first()
    new = correct(by=on(date(2026, 3, 1), alice()), row=row, report=report(rating="begun"), reason="Counted again")
    submit(by=on(date(2026, 3, 1), alice()), row=new)
    accept(by=on(date(2026, 4, 1), bob()), row=new)
    for viewer in (PUBLIC, MEMBER):
        assert [view.rating for view in seen(date(2026, 3, 15), viewer)] == ["Partly done"]
        assert [view.rating for view in seen(date(2026, 4, 1), viewer)] == ["Begun"]


def test_a_correction_opens_nothing() -> None:
    row = accept(by=bob(), row=hand_in(by=alice(), report=report(classification="restricted")))
    new = correct(by=alice(), row=row, report=report(evidence=(PROOF,)), reason="Counted again")
    assert (new.classification, new.evidence.get().classification) == ("restricted", "restricted")
    assert ProgressReport.objects.visible_to(PUBLIC).count() == 0


def test_who_corrects_what_and_why() -> None:
    row, elsewhere = first(), holder("ivo", "focal_point", organisation("min-labour"))
    for by, words in ((fatima(), "does not speak for min-justice"), (Actor.operator(), "does not do this")):
        with pytest.raises(RefusedError, match=words):
            correct(by=by, row=row, report=report(), reason="Counted again")
    with pytest.raises(RefusedError, match="does not speak for min-justice"):
        correct(by=elsewhere, row=row, report=report(), reason="Counted again")
    with pytest.raises(RefusedError, match="give a reason"):
        correct(by=alice(), row=row, report=report(), reason="")
    new = correct(by=alice(), row=row, report=report(), reason="Counted again")
    with pytest.raises(RefusedError, match="waits already"):
        correct(by=alice(), row=row, report=report(), reason="Counted again")
    with pytest.raises(RefusedError, match="so one cannot correct it"):
        correct(by=alice(), row=new, report=report(), reason="Counted again")
    submit(by=alice(), row=new)
    with pytest.raises(RefusedError, match="may not return and accept"):
        accept(by=alice(), row=new)


def test_whose_report_it_is_does_not_change() -> None:
    row = first()
    said = report(period=period("p2"), organisation=organisation("min-labour"), voice="civil_society")
    new = correct(by=alice(), row=row, report=said, reason="Counted again")
    assert (new.period, new.organisation, new.voice) == (period(), organisation(), "implementer")


def test_what_was_entered_for_a_body_is_corrected_from_a_paper_or_by_itself() -> None:
    row = imported(report(), accepted_on=date(2025, 7, 9))
    with pytest.raises(RefusedError, match="may not report as implementer"):
        correct(by=bob(), row=row, report=report(), reason="A second letter")
    new = correct(by=bob(), row=row, report=report(rating="begun"), reason="A second letter", paper=LETTER)
    assert new.entered_for
    submit(by=bob(), row=new)
    accept(by=dora(), row=new)
    assert not correct(by=alice(), row=new, report=report(), reason="We counted ourselves").entered_for


def test_a_locked_period_takes_no_correction_and_keeps_its_reports() -> None:
    row = first()
    lock_period(by=bob(), period=period())
    with pytest.raises(RefusedError, match="is locked"):
        correct(by=alice(), row=row, report=report(), reason="Counted again")
    with pytest.raises(RefusedError, match="is locked"):
        withdraw(by=alice(), row=row, reason="Sent by mistake")
    reopen_period(by=bob(), period=period(), reason="The census came late")
    assert correct(by=alice(), row=row, report=report(), reason="Counted again").pk


def test_a_report_is_not_amended_but_withdrawn_and_entered_again() -> None:
    row = draft(by=alice(), report=report())
    with pytest.raises(RefusedError, match="revised until it is accepted, corrected after that"):
        amend(by=alice(), row=row, facts=Facts(note="Hm"), reason="A slip")
    with pytest.raises(RefusedError):
        propose_change(by=bob(), row=row, facts=Facts(note="Hm"), reason="A slip")
    with pytest.raises(RefusedError, match="may not report as implementer"):
        withdraw(by=bob(), row=row, reason="Sent by mistake")
    withdraw(by=alice(), row=row, reason="For another measure")
    assert not ProgressReport.objects.visible_to(OPERATOR_VIEWER).exists()
    again = draft(by=alice(), report=report())
    assert again.code == f"{row.code}-2"
    with pytest.raises(RefusedError, match="has a report on qor-m-001 for 2025-h1 as implementer already"):
        draft(by=alice(), report=report())


def test_what_took_the_place_of_another_is_corrected_not_withdrawn() -> None:
    row = first()
    new = better(row, "begun", date(2026, 3, 1))
    with pytest.raises(RefusedError, match="points to it"):
        withdraw(by=alice(), row=ProgressReport.objects.get(pk=row.pk), reason="Wrong")
    with pytest.raises(RefusedError, match="took the place of another one"):
        withdraw(by=alice(), row=new, reason="Wrong")
    waiting = correct(by=alice(), row=new, report=report(), reason="Counted again")
    withdraw(by=alice(), row=waiting, reason="It was right")
    assert correct(by=alice(), row=new, report=report(), reason="It was wrong after all").pk


def test_a_report_on_a_commitment_of_another_network_is_refused() -> None:
    far = period("far", network("other-network"))
    said = Report(commitment(), far, organisation(), "implementer", "completion-5", "begun")
    there = holder("alina", "focal_point", organisation(), network("other-network"))
    with pytest.raises(RefusedError, match="no reporting period of the network of qor-m-001"):
        hand_in(by=there, report=said)
