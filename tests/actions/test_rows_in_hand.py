"""A row in hand: a stale copy is refused, only what differs is written, and the log is told of every change."""

from datetime import date
from typing import Any

import pytest

from tests.factories.commitments import commitment
from tests.factories.frameworks import framework, provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob
from tests.factories.reports import report
from tests.factories.workplans import period
from waymark.actions.acts import act
from waymark.actions.commitments import MilestoneFacts, agree, leave, match, set_milestone, start
from waymark.actions.log import log
from waymark.actions.reports import accept, draft, revise, send_back, submit
from waymark.actions.storing import fresh, held, relate, remove, store
from waymark.actions.workplans import lock_period
from waymark.gcm.errors import RefusedError, StaleError
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.events import Event
from waymark.records.record import Record
from waymark.records.reports import ProgressReport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

DAY = date(2026, 4, 1)


def copy(row: Record) -> Any:
    """The same row, read by somebody else."""
    return type(row)._default_manager.get(pk=row.pk)


def rows_of(verb: str) -> list[dict[str, Any]]:
    """What the last event of a verb says of rows."""
    event = Event.objects.filter(verb=verb).order_by("-number")[0]
    return list(event.detail.words.get("rows", []))


def test_an_accepted_report_is_not_returned_by_a_second_copy() -> None:
    row = submit(by=alice(), row=draft(by=alice(), report=report()))
    second = copy(row)
    accept(by=bob(), row=row)
    with pytest.raises(StaleError) as refusal:
        send_back(by=bob(), row=second, note="Which offices?")
    assert copy(row).state == "accepted"
    assert "was changed meanwhile: version 2 was read, and version 3 is on record." in str(refusal.value)
    assert (refusal.value.seen, refusal.value.now) == (2, 3)
    assert {one.field: (one.now, one.yours) for one in refusal.value.fields} == {
        "state": ("accepted", "submitted"),
        "accepted_on": ("2026-06-01", None),
        "accepted_by": (bob().post.urn, None),
        "accepted_by_person": (bob().person.urn, None),
    }


def test_what_a_caller_sets_on_its_copy_is_not_stored() -> None:
    row = submit(by=alice(), row=draft(by=alice(), report=report()))
    row.rating, row.source = "completed", "smuggled"
    accept(by=bob(), row=row)
    assert (row.rating, row.source) == (copy(row).rating, copy(row).source) == ("partly-done", "")


def test_one_copy_serves_one_writer_after_another_act() -> None:
    row = commitment()
    agree(by=bob(), commitment=row, on=DAY)
    start(by=bob(), commitment=row, on=DAY)
    assert (row.version, copy(row).version) == (3, 3)
    set_milestone(by=bob(), commitment=row, facts=MilestoneFacts(title="First"))
    assert copy(row).version == 3  # what lies in a row is not the row


def test_a_version_that_a_form_had_is_compared_with_the_record() -> None:
    row = commitment()
    agree(by=bob(), commitment=copy(row), on=DAY)

    @act
    def change(version: int) -> None:
        held(row, seen=version)

    change(2)
    with pytest.raises(StaleError, match="version 1 was read"):
        change(1)


def test_only_what_differs_is_written_and_told() -> None:
    row = commitment()

    @act
    def change(title: str) -> None:
        held(row)
        row.title = {"en": title}
        store(row)
        log(Actor.operator(), "commitment.tried", row)

    before = copy(row)
    change("Another title")
    assert rows_of("commitment.tried") == [
        {"urn": row.urn, "before": {"title": before.title}, "after": {"title": {"en": "Another title"}}}
    ]
    assert (row.version, row.created_at) == (before.version + 1, before.created_at)
    assert row.changed_at > before.changed_at
    change("Another title")
    assert rows_of("commitment.tried") == []
    assert copy(row).version == row.version == before.version + 1


def test_a_new_row_is_told_with_what_it_says() -> None:
    row = commitment()
    told = {one["urn"]: one for one in rows_of("commitment.proposed")}
    assert told[row.urn]["before"] is None
    assert told[row.urn]["after"]["network"] == network().urn
    assert told[row.urn]["after"]["title"] == {"en": "Measure qor-m-001"}
    part = row.participations.get()
    assert told[part.urn]["after"] == {
        "classification": "network",
        "code": part.code,
        "commitment": row.urn,
        "organisation": organisation().urn,
        "role": "lead",
    }


def test_an_act_that_tells_nothing_fails_and_changes_nothing() -> None:
    row = commitment()

    @act
    def change() -> None:
        held(row).title = {"en": "In secret"}
        store(row)

    with pytest.raises(AssertionError, match=f"change changed {row.urn} and told the log nothing of it"):
        change()
    assert copy(row).title == {"en": "Measure qor-m-001"}


def test_nothing_is_stored_outside_an_act_or_without_being_held() -> None:
    row = copy(commitment())
    row.title = {"en": "New"}
    with pytest.raises(AssertionError, match="is stored without being held"):
        store(row)
    with pytest.raises(AssertionError, match="is changed outside an act"):
        store(Commitment(network=network(), code="loose", kind="measure", title={"en": "Loose"}))


def test_what_a_refused_inner_act_did_is_neither_stored_nor_told() -> None:
    row = commitment()

    @act
    def inner() -> None:
        held(row).title = {"en": "Inner"}
        store(row)
        raise RefusedError("list.nothing_yet")

    @act
    def outer() -> None:
        with pytest.raises(RefusedError):
            inner()
        fresh(row).baseline = "12"
        store(row)
        log(Actor.operator(), "commitment.tried", row)

    outer()
    assert rows_of("commitment.tried") == [{"urn": row.urn, "before": {"baseline": ""}, "after": {"baseline": "12"}}]
    assert copy(row).title == {"en": "Measure qor-m-001"}


def test_a_list_of_others_is_a_field() -> None:
    first, second = (
        commitment(code, kind="pledge", way=way) for code, way in (("m1", "matching"), ("m2", "individual"))
    )
    stale = copy(first)
    match(by=bob(), matching=first, matched=second)
    assert rows_of("commitment.matched") == [
        {"urn": first.urn, "before": {"matches": []}, "after": {"matches": [second.urn]}}
    ]
    assert first.version == copy(first).version == 2
    with pytest.raises(StaleError):
        match(by=bob(), matching=stale, matched=second)


def test_what_is_removed_is_told_with_what_it_said() -> None:
    row = provision("9")

    @act
    def withdraw() -> None:
        remove(fresh(row))
        log(Actor.operator(), "framework.tried", framework())

    withdraw()
    (told,) = rows_of("framework.tried")
    assert (told["urn"], told["after"]) == (row.urn, None)
    assert told["before"]["label"] == {"en": "Provision 9"}
    with pytest.raises(RefusedError, match="no longer on record"):
        withdraw()


def test_evidence_that_stays_keeps_its_row() -> None:
    said = report()
    row = draft(by=alice(), report=said)
    kept = row.evidence.get()
    revise(by=alice(), row=row, report=report(narrative="Longer"))
    assert row.evidence.get().pk == kept.pk
    told = [sorted(one["after"]) for one in rows_of("commitment.progress.revised")]
    assert told == [["narrative", "revised_by_person"]]
    revise(by=alice(), row=row, report=report(narrative="Longer", rating="not-started", evidence=()))
    gone = next(one for one in rows_of("commitment.progress.revised") if one["urn"] == kept.urn)
    assert gone["after"] is None


def test_a_consequence_needs_no_copy_of_its_own() -> None:
    row = commitment()
    held_by_another = copy(row)
    agree(by=bob(), commitment=held_by_another, on=DAY)
    part = row.participations.get()
    with pytest.raises(RefusedError, match="lead"):
        leave(by=bob(), participation=part, on=DAY)


def test_a_period_locked_by_another_copy_takes_no_report() -> None:
    said = report()
    lock_period(by=Actor.operator(), period=copy(period()))
    assert said.period.locked is False
    with pytest.raises(RefusedError, match="locked"):
        draft(by=alice(), report=said)
    assert not ProgressReport.objects.exists()


def test_the_same_list_again_changes_nothing() -> None:
    row = commitment()

    @act
    def change() -> bool:
        return relate(held(row), "matches", [])

    assert change() is False
    assert row.version == 1
