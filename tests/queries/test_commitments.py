"""Commitments as of a day: states, duties, voices kept apart, ratings shown from three on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.factories import commitments, people
from tests.queries.world import DAY, World
from waymark.actions import commitments as acts
from waymark.actions.amending import amend
from waymark.actions.commitments import CommitmentFacts, Partner, join
from waymark.actions.facts import facts_of
from waymark.actions.workplans import ExcuseFacts, excuse, extend
from waymark.queries.commitments.reading import (
    SHOWN_FROM,
    commitments_of,
    contributor_ratings,
    latest_reports,
    state_on,
)
from waymark.queries.commitments.rows import CommitmentRow, commitments_read
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.organisations.reading import organisations_on
from waymark.records.commitments import Commitment, Participation
from waymark.records.reports import DueDate, ProgressReport
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

NETWORK = network_viewer("qor-network")


def read(day: date = DAY, viewer: Viewer = PUBLIC) -> dict[str, CommitmentView]:
    book = organisations_on(day, viewer, "en")
    return {i.code: i for i in commitments_of("QOR", viewer=viewer, day=day, language="en", organisations=book)}


def row_of(code: str, viewer: Viewer = NETWORK) -> CommitmentRow:
    """What is read of one commitment, before it is judged by a day."""
    return next(row for row in commitments_read("QOR", viewer).commitments if row.code == code)


def test_all_states_stand_as_they_were_on_the_day(record: World) -> None:
    assert {code: item.state for code, item in read().items()} == {
        "qor-m-1": "under_way",
        "qor-m-2": "completed",
        "qor-m-3": "dropped",
        "qor-m-4": "superseded",
        "qor-m-5": "agreed",
        "qor-p-1": "proposed",
        "qor-p-2": "proposed",
    }


def test_what_was_proposed_later_is_left_out_and_what_ended_later_still_runs(record: World) -> None:
    then = read(date(2023, 3, 1))
    assert {code: item.state for code, item in then.items()} == {
        "qor-m-1": "under_way", "qor-m-2": "under_way", "qor-m-3": "agreed", "qor-m-4": "proposed",
        "qor-m-5": "proposed", "qor-p-1": "proposed", "qor-p-2": "proposed",
    }  # fmt: skip
    assert "qor-m-6" in read(date(2026, 6, 1))
    assert "qor-m-6" not in read(date(2026, 5, 31))


def test_a_change_counts_from_its_own_day_on(record: World) -> None:
    assert read(date(2023, 1, 31))["qor-m-3"].state == "proposed"
    assert read(date(2024, 4, 30))["qor-m-3"].state == "agreed"
    ended = read(date(2024, 5, 1))["qor-m-3"]
    assert (ended.state, ended.reason, ended.state_date) == ("dropped", "No money was found in 2024", "2024-05-01")


def test_a_change_on_an_unknown_day_counts_as_made_before(record: World) -> None:
    item = record.commitments["qor-m-6"]
    item.changes.update(date=None)
    state = state_on(date(1990, 1, 1), row_of(item.code, PUBLIC).changes, "en")
    assert state is not None
    assert state.state == "proposed"


def test_overdue_is_only_what_runs_past_its_day(record: World) -> None:
    assert {code for code, item in read().items() if item.overdue} == {"qor-m-1"}
    assert not read(date(2025, 12, 31))["qor-m-1"].overdue
    assert read(date(2026, 1, 1))["qor-m-1"].overdue
    assert not read(date(2028, 1, 1))["qor-m-2"].overdue, "completed"


def test_reports_owed_by_period_and_lead(record: World) -> None:
    duty = {code: (item.reports_due, item.reports_missing) for code, item in read(viewer=NETWORK).items()}
    assert duty["qor-m-1"] == (2, 0)
    assert duty["qor-m-2"] == (2, 1), "one came before the merger; the returned one is still missing"
    assert duty["qor-m-3"] == (1, 1), "dropped in the first period"
    assert duty["qor-m-5"] == (0, 0), "it began after both periods"
    assert duty["qor-m-4"] == (0, 0), "replaced before anybody agreed to it"
    assert duty["qor-p-1"] == (0, 0)


def test_what_is_missing_has_its_period_and_what_waits_is_not_missing(record: World) -> None:
    item = read(viewer=NETWORK)["qor-m-2"]
    missing = ProgressReport.objects.get(commitment__code="qor-m-2", voice="implementer", state="returned")
    assert (item.periods_missing, item.reports_waiting) == ((missing.period.title["en"],), 0)
    row = record.commitments["qor-m-1"]
    own = ProgressReport.objects.filter(commitment=row, voice="implementer").order_by("period__to_date").last()
    assert own is not None
    type(own).objects.filter(pk=own.pk).update(
        state="submitted", accept_by=date(2025, 1, 31), accepted_on=None, untouched=True
    )
    for viewer in (NETWORK, PUBLIC):  # its secretariat is late, so the public reads it too
        item = read(viewer=viewer)["qor-m-1"]
        assert (item.reports_due, item.reports_missing, item.reports_waiting, item.periods_missing) == (2, 0, 1, ())


def test_what_is_missing_was_sent_back_or_did_not_come_or_may_wait_unseen(record: World) -> None:
    def parts(item: CommitmentView) -> tuple[int, int, int]:
        return item.reports_missing, item.reports_returned, item.reports_in_time

    assert [parts(read(viewer=viewer)["qor-m-2"]) for viewer in (NETWORK, PUBLIC)] == [(1, 1, 0), (1, 0, 0)], (
        "what was sent back is not public"
    )
    own = ProgressReport.objects.filter(commitment__code="qor-m-1", voice="implementer").order_by("period__to_date")
    period = own[0].period
    due = DueDate.objects.filter(period=period, organisation__in=own.values("organisation")).latest("due_date").due_date
    last = due + timedelta(days=period.network.days_to_accept)
    own.update(state="submitted", submitted_on=due, accept_by=last, accepted_on=None, untouched=True)
    for day, seen in ((last, (1, 0, 1)), (last + timedelta(days=1), (0, 0, 0))):
        assert parts(read(day, PUBLIC)["qor-m-1"]) == seen, "the public cannot say that it did not come"
        assert parts(read(day, NETWORK)["qor-m-1"]) == (0, 0, 0)
    own.update(submitted_on=date(2030, 1, 1))  # nothing came by that day
    assert parts(read(last, NETWORK)["qor-m-1"]) == (1, 0, 0), "its network sees what waits, so it knows"
    assert parts(read(last, PUBLIC)["qor-m-1"]) == (1, 0, 1)
    assert parts(read(last + timedelta(days=1), PUBLIC)["qor-m-1"])[2] == 0


def test_no_report_is_owed_before_its_day(record: World) -> None:
    assert read(date(2024, 7, 30))["qor-m-1"].reports_due == 0
    assert read(date(2024, 7, 31))["qor-m-1"].reports_due == 1


def duty_of(code: str) -> tuple[int, int, int]:
    """How many reports on a commitment are due, missing and excused, as its network reads it."""
    item = read(viewer=NETWORK)[code]
    return item.reports_due, item.reports_missing, item.reports_excused


def amended(row: Commitment, **changes: Any) -> None:
    """A commitment with changed facts; its due dates follow."""
    amend(by=people.bob(), row=row, facts=replace(facts_of(row, CommitmentFacts), **changes), reason="A slip")


def test_a_commitment_owes_from_the_period_it_began_in(record: World) -> None:
    row = record.commitments["qor-m-1"]
    for start, duty in ((date(2024, 6, 30), (2, 0, 0)), (date(2024, 7, 1), (1, 0, 0)), (None, (2, 0, 0))):
        amended(row, start_date=start)
        assert duty_of("qor-m-1") == duty


def test_only_leads_owe_and_only_while_they_lead(record: World) -> None:
    row = record.commitments["qor-m-1"]
    join(by=people.bob(), commitment=row, partner=Partner(record.organisations["old"], "lead"))
    part = row.participations.get(organisation=record.organisations["justice"], role="lead")
    assert duty_of("qor-m-1") == (4, 2, 0)
    for changes, duty in (
        ({"from_date": date(2024, 7, 1)}, (3, 2, 0)),
        ({"from_date": None, "to_date": date(2024, 6, 30)}, (3, 2, 0)),
        ({"to_date": date(2024, 6, 29)}, (2, 2, 0)),
        ({"to_date": None, "end_unknown": True}, (2, 2, 0)),
        ({"end_unknown": False, "role": "contributor"}, (2, 2, 0)),
    ):
        changed = replace(facts_of(part, Partner), **changes)
        amend(by=people.bob(), row=part, facts=changed, reason="A slip")
        assert duty_of("qor-m-1") == duty


def test_another_voice_does_not_pay_the_leads_duty(record: World) -> None:
    row = record.commitments["qor-m-1"]
    ProgressReport.objects.filter(commitment=row, voice="implementer").delete()
    assert duty_of("qor-m-1") == (2, 2, 0)


def test_who_is_excused_is_never_shown_as_missing(record: World) -> None:
    assert duty_of("qor-m-3") == (1, 1, 0)
    for body in ("labour", "justice"):
        facts = ExcuseFacts(organisation=record.organisations[body], reason="The flood")
        excuse(by=people.bob(), period=record.periods["2024-h1"], facts=facts)
    assert duty_of("qor-m-3") == (1, 0, 1)
    assert duty_of("qor-m-1") == (2, 0, 0), "what was handed in all the same is no excuse"


def test_another_day_for_one_organisation_counts_for_it(record: World) -> None:
    due = DueDate.objects.get(period=record.periods["2024-h1"], organisation=record.organisations["labour"])
    extend(by=people.bob(), due=due, to=date(2026, 9, 1), reason="The flood")
    assert duty_of("qor-m-3") == (0, 0, 0)
    assert duty_of("qor-m-1") == (2, 0, 0)


def test_voices_stand_apart_in_their_order_with_the_latest_period(record: World) -> None:
    reports = read()["qor-m-1"].reports
    assert [(r.voice, r.organisation, r.rating, r.share, r.period) for r in reports] == [
        ("implementer", "Body min-justice", "Partly done", 0.5, "Half 2024-h2"),
        ("secretariat", "Agency for Journeys", "Begun", 0.25, "Half 2024-h2"),
        ("civil_society", "Open Door and Window", "Not started", 0.0, "Half 2024-h2"),
    ]
    assert [r.evidence for r in reports] == [1, 0, 0]


def test_a_report_without_a_rating_says_why(record: World) -> None:
    (report,) = read()["qor-p-1"].reports
    assert (report.rating, report.share, report.empty_reason) == ("", None, "not_collected")


def test_the_report_of_a_merged_body_is_its_successors(record: World) -> None:
    (public,) = read()["qor-m-2"].reports
    assert (public.organisation, public.rating, public.state) == ("Ministry of Labour", "Completed", "accepted")
    (network,) = read(viewer=NETWORK)["qor-m-2"].reports
    assert (network.rating, network.state) == ("Begun", "returned"), "the latest period stands, returned and said so"
    assert read()["qor-m-2"].leads == ("Ministry of Labour",)


def test_of_two_reports_of_one_period_the_later_stands(record: World) -> None:
    rows = row_of("qor-m-1").reports
    known = commitments_read("QOR", NETWORK).periods
    book = organisations_on(DAY, PUBLIC, "en")
    assert latest_reports(rows[::-1], known, DAY, book, "en") == latest_reports(rows, known, DAY, book, "en")


def test_reports_submitted_after_the_day_are_not_read(record: World) -> None:
    assert [r.period for r in read(date(2025, 1, 30))["qor-m-1"].reports] == ["Half 2024-h1"]


def test_ratings_of_contributors_are_shown_from_three_on(record: World) -> None:
    items = read()
    assert SHOWN_FROM == 3
    assert (items["qor-m-1"].contributions, items["qor-m-1"].contribution_summary) == (3, "Begun: 2; Partly done: 1")
    assert (items["qor-m-2"].contributions, items["qor-m-2"].contribution_summary) == (0, "")
    assert contributor_ratings(row_of("qor-m-2", PUBLIC).ratings).total() == 2, "they are held back, not lost"


def test_ties_milestones_matches_and_partners(record: World) -> None:
    items = read()
    running = items["qor-m-1"]
    assert running.objectives == (1, 2)
    assert ("sdg", "10.7") in running.ties
    assert running.answers == ("R1",)
    assert (running.milestones_done, running.milestones) == (1, 2)
    assert (running.leads, running.partners) == (("Body min-justice",), ("Ministry of Labour",))
    assert items["qor-p-1"].objectives == (1, 6), "an action stands for its objective"
    assert items["qor-p-2"].matches == ("qor-p-1",)
    assert (running.metric, running.start, running.due) == ("Offices open", "2023-02-01", "2025-12-31")


def test_a_match_that_the_reader_may_not_see_is_not_named(record: World) -> None:
    hidden = commitments.commitment("qor-hidden", kind="pledge", classification="network", on=date(2023, 1, 10))
    acts.match(by=people.bob(), matching=record.commitments["qor-p-2"], matched=hidden)
    assert read()["qor-p-2"].matches == ("qor-p-1",)
    assert read(viewer=NETWORK)["qor-p-2"].matches == ("qor-hidden", "qor-p-1")


def test_a_tie_to_another_framework_leads_to_no_objective(record: World) -> None:
    item = read()["qor-m-1"]
    assert {("gcm", "2"), ("sdg", "10.7"), ("qor-2022-recommendations", "R1")} <= set(item.ties)
    assert item.objectives == (1, 2)


def test_past_participants_are_named_when_nobody_takes_part_now(record: World) -> None:
    parts = Participation.objects.filter(commitment=record.commitments["qor-m-1"])
    parts.filter(role="contributor").update(to_date=date(2024, 1, 1))
    assert read()["qor-m-1"].partners == ()
    parts.update(end_unknown=True, to_date=None)
    item = read()["qor-m-1"]
    assert (item.leads, item.partners) == (("Body min-justice",), ("Ministry of Labour",))


def test_a_view_is_a_value(record: World) -> None:
    item = read()["qor-m-1"]
    assert replace(item, title="Other") != item
    assert read()["qor-m-1"] == item
