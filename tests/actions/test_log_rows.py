"""Which rows an event tells of: its subject and what lies in it; histories find it by them."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.commitments import commitment
from tests.factories.frameworks import provision
from tests.factories.reports import LETTER, report
from tests.factories.workplans import period
from waymark.actions.acts import act
from waymark.actions.installation.erasing import erase_words
from waymark.actions.installation.sealing import seal
from waymark.actions.log import Act, log_all
from waymark.actions.reports import Filed, enter_reports
from waymark.actions.storing import held, store
from waymark.engines.safekeeping.published import Published
from waymark.queries.installation.log import verify_log
from waymark.records.actors import Actor
from waymark.records.events import Event, EventRow
from waymark.records.record import Record

pytestmark = pytest.mark.django_db

BY = Actor.operator()
LATER = date(2999, 1, 1)


def rows(event: Event) -> list[str]:
    return [row["urn"] for row in event.detail.words.get("rows", ())]


def test_each_of_many_acts_tells_of_its_own_rows() -> None:
    filed = [Filed(report(commitment=commitment(code), period=period()), LETTER) for code in ("m-1", "m-2", "m-3")]
    stored = enter_reports(by=BY, filed=filed)
    for row in stored:
        event = Event.objects.get(verb="commitment.progress.entered", subject=row.urn)
        assert rows(event) == [row.urn, row.evidence.get().urn]
        assert list(event.rows.values_list("urn", flat=True)) == [row.evidence.get().urn]


def test_acts_on_what_different_networks_keep_tell_each_of_its_own_rows() -> None:
    ours, text = commitment(), provision()

    @act
    def change(*, by: Actor, of: list[Record]) -> None:
        for row in of:
            held(row).note = "Changed together."  # type: ignore[attr-defined]
            store(row)
        log_all(by, [Act("commitment.tried", row) for row in of])

    change(by=BY, of=[ours, text])
    assert ours.keeper != text.keeper
    for row in (ours, text):
        event = Event.objects.get(verb="commitment.tried", subject=row.urn)
        assert event.network == row.keeper
        assert rows(event) == [row.urn]


def test_a_row_that_lies_in_none_of_the_subjects_is_told_by_the_first() -> None:
    first, second, other = commitment("m-1"), commitment("m-2"), commitment("m-3")

    @act
    def change(*, by: Actor) -> None:
        held(other).note = "Changed besides."
        store(other)
        log_all(by, [Act("commitment.tried", first), Act("commitment.tried", second)])

    change(by=BY)
    told = {event.subject: rows(event) for event in Event.objects.filter(verb="commitment.tried")}
    assert told == {first.urn: [other.urn], second.urn: []}


def test_the_rows_go_with_the_words_and_the_log_stays_whole(tmp_path: Path) -> None:
    commitment()
    folder = Published(tmp_path / "heads")
    seal(by=Actor.system(), day=LATER, published=folder)
    event = Event.objects.get(verb="commitment.proposed")
    assert EventRow.objects.filter(event=event).count() == len(rows(event)) - 1
    erase_words(by=BY, event=event, rule="R5", on=date(2026, 5, 8), published=folder)
    assert not EventRow.objects.filter(event=event).exists()
    assert verify_log(folder).faults == ()


@pytest.mark.parametrize("way", ["taken away", "added", "changed"])
def test_a_history_that_was_cut_is_seen(tmp_path: Path, way: str) -> None:
    commitment()
    folder = Published(tmp_path / "heads")
    seal(by=Actor.system(), day=LATER, published=folder)
    event = Event.objects.get(verb="commitment.proposed")
    if way == "taken away":
        event.rows.all()[:1].get().delete()
    elif way == "added":
        EventRow.objects.create(event=event, urn="urn:waymark:local:commitment:another")
    else:
        EventRow.objects.filter(pk=event.rows.all()[0].pk).update(urn="urn:waymark:local:commitment:another")
    (fault,) = verify_log(folder).faults
    assert f"entry {event.number}: changed: histories do not find it" in fault.words
