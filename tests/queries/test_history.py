"""Histories: every act in words, for each reader what it may read, the names of persons of society for few."""

import re
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import commitments, consultations, frameworks, networks, organisations, people, reports
from tests.factories.reports import LETTER
from waymark.actions import commitments as commitment_acts
from waymark.actions import consultations as consultation_acts
from waymark.actions import organisations as organisation_acts
from waymark.actions import people as people_acts
from waymark.actions import reports as report_acts
from waymark.actions.acts import act
from waymark.actions.amending import amend, propose_change, withdraw
from waymark.actions.facts import facts_of
from waymark.actions.installation.erasing import erase_words
from waymark.actions.log import log
from waymark.actions.networks import MembershipFacts, NetworkFacts, admit, end_membership
from waymark.actions.storing import fresh, remove
from waymark.actions.successions import SuccessionFacts, merge
from waymark.engines.files.tables_out import csv_table
from waymark.engines.safekeeping.published import Published
from waymark.gcm.errors import NotFoundError
from waymark.queries.history.phases import shown_states
from waymark.queries.history.reading import history_of
from waymark.queries.history.table import table_of
from waymark.queries.history.views import History, Line
from waymark.queries.history.within import models
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.commitments import Commitment
from waymark.records.consultations import Contribution
from waymark.records.events import Event, EventRow
from waymark.records.permissions import viewer_of
from waymark.records.reports import ProgressReport
from waymark.records.states import CONTRIBUTION, PROGRESS_REPORT
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = pytest.mark.django_db

BY = Actor.operator(door="cli")
DAY = date(2025, 3, 3)
CODE = re.compile(r"urn:|\b[a-z]+_[a-z]+\b|\b[a-z0-9]+(?:-[a-z0-9]+)*-\d+\b|\bqor-|\b[0-9a-f]{16,}\b|\{|\}|None|\[\]")
"""What stands for a global id, a name of a field or of a verb, a code, a whole fingerprint, or data."""


def texts(history: History) -> Iterator[str]:
    """Every text that a reader is shown."""
    yield from (history.name, history.noun)
    for line in history.lines:
        who = line.who
        yield from (line.when, line.door, line.what, line.about, line.why, line.erased)
        yield from (who.name, who.post, who.organisation) if who else ()
        for row in line.rows:
            yield row.name
            for told in row.fields:
                yield from (told.field, told.before, told.after)
        for name, words in line.facts:
            yield from (name, words)


def said(history: History) -> str:
    return "\n".join(texts(history))


def seen_by(actor: Actor) -> Viewer:
    assert actor.holding is not None
    return viewer_of([actor.holding], people.TODAY)


def line(history: History, what: str) -> Line:
    (found,) = [one for one in history.lines if one.what.startswith(what)]
    return found


def fields(told: Line) -> dict[str, tuple[str, str]]:
    return {field.field: (field.before, field.after) for row in told.rows for field in row.fields}


@pytest.fixture
def measure() -> Commitment:
    """A public measure from its first draft to its end, with a report that was returned once."""
    kept = {"classification": "public"}
    row = commitments.commitment("m-7", title={"en": "Open offices", "ka": "გახსენი ოფისები"}, due_date=DAY, **kept)
    alice, bob = people.alice(), people.bob()
    commitment_acts.agree(by=bob, commitment=row, on=date(2025, 1, 2), reason="Everybody said yes.")
    commitment_acts.start(by=alice, commitment=row, on=date(2025, 2, 2))
    step = commitment_acts.set_milestone(
        by=alice,
        commitment=row,
        facts=commitment_acts.MilestoneFacts(title="First offices", due_date=date(2025, 6, 1)),
    )
    period = models()["reporting-period"]._default_manager
    first = reports.report(commitment=row, rating="begun", narrative="A SECRET OF THE DRAFT", evidence=())
    report = report_acts.draft(by=alice, report=first)
    period.update(title={"en": "First half of 2025"})
    second = replace(first, narrative="A third is open.", evidence=(reports.PROOF,))
    report_acts.revise(by=alice, row=report, report=second)
    report_acts.submit(by=people.on(date(2025, 7, 1), alice), row=report)
    report_acts.send_back(by=people.on(date(2025, 7, 3), bob), row=report, note="A WORD BETWEEN THEM")
    report_acts.revise(by=alice, row=report, report=replace(second, rating="partly-done", narrative="Half is open."))
    report_acts.submit(by=people.on(date(2025, 7, 5), alice), row=report)
    report_acts.accept(by=people.on(date(2025, 7, 9), bob), row=report)
    commitment_acts.reach_milestone(by=alice, milestone=step, on=date(2025, 5, 30))
    commitment_acts.drop(by=bob, commitment=row, on=date(2026, 1, 1), reason="The money went elsewhere.")
    return row


def report_of(measure: Commitment) -> ProgressReport:
    return ProgressReport.objects.get(commitment=measure)


# from the first draft to the end


def test_a_commitment_reads_from_its_first_draft_to_its_end(measure: Commitment) -> None:
    history = history_of(measure.urn, OPERATOR_VIEWER, "en")
    assert (history.noun, history.name) == ("commitment", "“Open offices”")
    assert [one.what for one in history.lines] == [
        "The commitment was proposed.",
        "The commitment was agreed.",
        "The commitment was started.",
        "A milestone was set.",
        "A report was drafted.",
        "The report was revised.",
        "The report was submitted.",
        "The report was returned to its writer.",
        "The report was revised.",
        "The report was submitted.",
        "The report was accepted.",
        "A milestone was reached.",
        "The commitment was dropped.",
    ]
    first, agreed, last = history.lines[0], history.lines[1], history.lines[-1]
    assert [row.name for row in first.rows] == [
        "",
        "part in a commitment: Body min-justice, lead",
        "tie of a commitment: advances – Framework gcm, objective 1: Provision 1",
    ]
    assert [(field.before, field.after) for field in first.rows[0].fields if field.field == "Title"] == [
        ("", "Open offices"),
        ("", "გახსენი ოფისები (in Georgian)"),
    ]
    assert fields(agreed) == {"State": ("proposed", "agreed"), "Since": ("", "2 January 2025")}
    assert agreed.who is not None
    assert astuple(agreed.who) == ("Bob", "secretariat officer", "Agency for Journeys")
    assert agreed.why == "Everybody said yes."
    assert (fields(last)["State"], last.why) == (("under way", "dropped"), "The money went elsewhere.")
    assert re.fullmatch(r"\d+ \w+ \d{4}, \d\d:\d\d UTC", last.when)
    assert history.hidden == 0


@pytest.mark.parametrize("language", ["en", "ka", "ar"])
@pytest.mark.parametrize("who", ["operator", "members", "public"])
def test_no_code_and_no_name_of_a_field_stands_in_a_history(measure: Commitment, who: str, language: str) -> None:
    viewer = {"operator": OPERATOR_VIEWER, "members": network_viewer("qor-network"), "public": PUBLIC}[who]
    history = history_of(measure.urn, viewer, language)
    assert len(history.lines) == 13
    named = re.compile("Body min-justice|Network qor-network|Framework gcm")  # as the factories call them
    assert [text for text in texts(history) if CODE.search(named.sub("", text))] == []


def test_every_row_of_the_world_has_a_history_in_words(tmp_path: Path) -> None:
    from tests.factories.world import world

    rows = [row for row in world(tmp_path).values() if getattr(row, "noun", "")]
    assert {row.noun for row in rows} == set(models())  # type: ignore[attr-defined]
    told = 0
    for row in rows:
        history = history_of(row.urn, OPERATOR_VIEWER, "en")  # type: ignore[attr-defined]
        told += len(history.lines)
        assert "urn:" not in said(history)
        assert "there are no words" not in said(history)
        csv_table(*table_of(history))
    assert told > 60


def test_a_history_of_a_commitment_takes_at_most_twelve_questions(measure: Commitment) -> None:
    for viewer in (OPERATOR_VIEWER, PUBLIC, seen_by(people.alice())):
        with CaptureQueriesContext(connection) as asked:
            history_of(measure.urn, viewer, "en")
        assert len(asked) <= 12


def test_events_are_found_by_an_index(measure: Commitment) -> None:
    for rows in (Event.objects.filter(subject=measure.urn), EventRow.objects.filter(urn=measure.urn)):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # which reads a small table as a whole
                cursor.execute("SET LOCAL enable_seqscan = off")
        assert re.search(r"(?i)using (covering )?index|index scan|bitmap", rows.order_by().explain())


def test_the_lines_are_the_same_in_a_table(measure: Commitment) -> None:
    history = history_of(measure.urn, OPERATOR_VIEWER, "en")
    columns, rows = table_of(history)
    assert columns[:7] == ("Day", "Hour", "Person", "Post", "For whom", "Door", "What was done")
    agreed = [row for row in rows if row[6] == "The commitment was agreed."]
    assert agreed[0][2:] == (
        "Bob", "secretariat officer", "Agency for Journeys", "", "The commitment was agreed.", "",
        "commitment: “Open offices”", "changed",
        "State", "proposed", "agreed", "Everybody said yes.",
    )  # fmt: skip
    assert all(len(row) == len(columns) for row in rows)
    assert {row[6] for row in rows} == {one.what for one in history.lines}


def test_words_of_other_languages_name_their_language(measure: Commitment) -> None:
    history = history_of(measure.urn, OPERATOR_VIEWER, "ka")
    assert history.name == "“გახსენი ოფისები”"
    titles = [field.after for field in history.lines[0].rows[0].fields if "Open offices" in field.after]
    assert titles == ["Open offices (in ინგლისური)"]
    assert "(in " in history.lines[-1].why


def test_a_field_of_former_times_is_told_without_its_name(measure: Commitment) -> None:
    detail = Event.objects.get(verb="commitment.agreed").detail
    change = detail.words["rows"][0]
    change["before"] |= {"old_colour": "", "old_body": measure.network.urn}
    change["after"] |= {"old_colour": "blue", "old_body": None}
    detail.save()
    told = line(history_of(measure.urn, PUBLIC, "en"), "The commitment was agreed.").rows[0].fields
    assert [astuple(field) for field in told][-2:] == [
        ("A field that is no longer kept", "", ""),
        ("A field that is no longer kept", "", "blue"),
    ]


# what is new, and what is gone


def test_a_row_that_was_removed_says_what_it_said(measure: Commitment) -> None:
    report = report_acts.draft(
        by=people.fatima(),
        report=reports.report(
            commitment=measure, organisation=organisations.society(), voice="civil_society", rating="begun"
        ),
    )
    evidence = report.evidence.get()
    again = replace(reports.report(commitment=measure), evidence=(), rating="begun")
    report_acts.revise(by=people.fatima(), row=report, report=again)
    history = history_of(evidence.urn, OPERATOR_VIEWER, "en")
    assert history.name == "“Gazette 12 of 2025”"
    assert [[row.how for row in one.rows] for one in history.lines] == [["entered"], ["removed"]]
    assert "Gazette 12" in history.lines[1].rows[0].name
    for stranger in (PUBLIC, network_viewer("other-network"), seen_by(people.charlie())):
        with pytest.raises(NotFoundError, match="nothing that you may read"):
            history_of(evidence.urn, stranger, "en")
    assert "Gazette" in said(history_of(evidence.urn, seen_by(people.fatima()), "en"))


def test_what_was_removed_from_an_accepted_report_is_told_to_its_network_alone() -> None:
    alice, bob = people.on(DAY, people.alice()), people.on(DAY, people.bob())
    said_first = reports.report(commitment=commitments.commitment("m-8"))
    report = report_acts.draft(by=alice, report=said_first)
    evidence = report.evidence.get()
    report_acts.submit(by=alice, row=report)
    report_acts.send_back(by=bob, row=report, note="Which gazette?")
    other = report_acts.Proof(text="Gazette 13 of 2025")
    report_acts.revise(by=alice, row=report, report=replace(said_first, evidence=(other,)))
    report_acts.submit(by=alice, row=report)
    report_acts.accept(by=bob, row=report)
    assert "Gazette 12" in said(history_of(evidence.urn, network_viewer("qor-network"), "en"))
    for stranger in (PUBLIC, network_viewer("other-network"), seen_by(people.charlie())):
        with pytest.raises(NotFoundError, match="nothing that you may read"):
            history_of(evidence.urn, stranger, "en")


def test_what_is_gone_from_a_public_text_is_told_to_those_who_kept_it_only() -> None:
    row = frameworks.provision("9")
    text = row.framework

    @act
    def take_out() -> None:
        remove(fresh(row))
        log(BY, "framework.imported", text)

    take_out()
    for reader, told in ((OPERATOR_VIEWER, [row.urn]), (PUBLIC, []), (network_viewer("qor-network"), [])):
        lines = history_of(text.urn, reader, "en").lines
        assert [one.urn for entry in lines for one in entry.rows if one.how == "removed"] == told


def test_what_went_with_a_draft_is_told_to_its_organisation_alone(measure: Commitment) -> None:
    alice, none = people.alice(), reports.report(commitment=commitments.commitment("m-8"), rating="begun", evidence=())
    report = report_acts.draft(by=alice, report=none)
    report_acts.revise(by=alice, row=report, report=replace(none, evidence=(reports.PROOF,)))
    evidence = report.evidence.get()
    report_acts.revise(by=alice, row=report, report=none)
    report_acts.submit(by=people.on(DAY, alice), row=report)
    assert len(history_of(evidence.urn, seen_by(alice), "en").lines) == 2
    for viewer in (seen_by(people.bob()), seen_by(people.fatima()), network_viewer("qor-network"), PUBLIC):
        with pytest.raises(NotFoundError):
            history_of(evidence.urn, viewer, "en")
    assert "Gazette" not in said(history_of(report.urn, seen_by(people.bob()), "en"))


def test_a_proposal_to_rename_a_person_of_society_follows_the_rule_of_persons() -> None:
    fatima = people.fatima()
    assert fatima.person is not None
    known = facts_of(fatima.person, people_acts.PersonFacts)
    propose_change(by=fatima, row=fatima.person, facts=replace(known, name="Fatima Newname"), reason="She married.")
    for actor, shown in ((fatima, True), (people.bob(), True), (people.alice(), False)):
        words = said(history_of(fatima.person.urn, seen_by(actor), "en"))
        assert ("Newname" in words) is shown


def test_what_is_gone_keeps_its_class(measure: Commitment) -> None:
    alice, first = people.alice(), reports.report(commitment=commitments.commitment("m-8"), classification="restricted")
    report = report_acts.draft(by=alice, report=first)
    report_acts.submit(by=people.on(DAY, alice), row=report)
    report_acts.send_back(by=people.on(DAY, people.bob()), row=report, note="Why?")
    evidence = report.evidence.get()
    report_acts.revise(by=alice, row=report, report=replace(first, rating="begun", evidence=()))
    for actor in (alice, people.bob()):
        assert "Gazette" in said(history_of(evidence.urn, seen_by(actor), "en"))
    for viewer in (seen_by(people.fatima()), network_viewer("qor-network"), seen_by(people.charlie()), PUBLIC):
        with pytest.raises(NotFoundError):
            history_of(evidence.urn, viewer, "en")


def test_a_row_that_changed_with_something_else_finds_the_act(measure: Commitment) -> None:
    going = commitments.commitment("m-8", title="Open doors", classification="public")
    old, new = organisations.organisation(), organisations.organisation("min-new", name="Ministry of Doors")
    merged = SuccessionFacts(date=date(2025, 9, 1), act="Act 4")
    merge(by=BY, organisations=[old], into=new, facts=merged)
    part = going.participations.get(organisation=old)
    history = history_of(part.urn, PUBLIC, "en")
    assert [one.what for one in history.lines] == [
        "The commitment was proposed.",
        "The organisation was merged into another.",
    ]
    assert fields(history.lines[1]) == {"Until": ("", "31 August 2025")}
    told = line(history_of(going.urn, PUBLIC, "en"), "The organisation was merged")
    assert [row.name for row in told.rows] == [
        "part in a commitment: Ministry of Doors, lead",
        "part in a commitment: Body min-justice, lead",
    ]
    seat = line(history_of(old.urn, PUBLIC, "en"), "The organisation was merged")
    assert any("in “Open doors”" in row.name for row in seat.rows)


def test_an_act_on_what_the_reader_may_not_read_tells_only_of_the_rows_that_it_may(measure: Commitment) -> None:
    old = organisations.organisation("hidden", name="HIDDEN BODY")
    new = organisations.organisation("min-new", name="Ministry of Doors")
    going = commitments.commitment("m-8", title="Open doors", classification="public")
    commitment_acts.join(by=people.bob(), commitment=going, partner=commitment_acts.Partner(old, "contributor"))
    type(old).objects.filter(pk=old.pk).update(classification="restricted", effective="restricted")
    old.refresh_from_db()
    merged = SuccessionFacts(date=date(2025, 9, 1), act="A SECRET DECREE")
    merge(by=BY, organisations=[old], into=new, facts=merged)
    history = history_of(going.urn, PUBLIC, "en")
    told = line(history, "It was changed by an act on something that is not shown to you.")
    assert (told.about, told.facts, told.why) == ("", (), "")
    assert told.rows[0].name == "part in a commitment: Ministry of Doors, contributor"
    assert "HIDDEN" not in said(history)
    assert "SECRET" not in said(history)


def test_a_line_without_words_says_when_and_by_which_rule_they_were_erased(measure: Commitment, tmp_path: Path) -> None:
    event = Event.objects.get(verb="commitment.proposed")
    part = measure.participations.get()
    assert EventRow.objects.filter(event=event).count() == 3
    erase_words(by=BY, event=event, rule="Rule 5", on=date(2026, 5, 8), published=Published(tmp_path / "heads"))
    erased = history_of(measure.urn, PUBLIC, "en").lines[0]
    assert erased.erased == "The words of this entry were erased on 8 May 2026 under the rule “Rule 5”."
    assert (erased.what, erased.who, erased.rows) == ("The commitment was proposed.", None, ())
    assert not EventRow.objects.filter(event=event).exists()  # a global id may hold the code of a person
    assert history_of(part.urn, OPERATOR_VIEWER, "en").lines == ()


# who reads what


def test_the_public_reads_of_a_report_what_was_accepted(measure: Commitment) -> None:
    history = history_of(measure.urn, PUBLIC, "en")
    assert "SECRET" not in said(history)
    assert "BETWEEN" not in said(history)
    accepted = line(history, "The report was accepted.")
    assert fields(accepted)["What was done"] == ("", "Half is open.")
    assert fields(accepted)["Rating"] == ("", "Partly done")
    assert any("Gazette 12" in row.name for row in accepted.rows)
    hidden = {one.what: one.hidden for one in history.lines if one.hidden}
    assert set(hidden) == {
        "A report was drafted.",
        "The report was revised.",
        "The report was submitted.",
        "The report was returned to its writer.",
    }


def test_a_draft_is_told_to_the_other_members_once_it_was_handed_in(measure: Commitment) -> None:
    history = history_of(measure.urn, seen_by(people.fatima()), "en")
    assert "SECRET" not in said(history)
    first, second = [one for one in history.lines if one.what == "The report was submitted."]
    assert fields(first)["What was done"] == ("", "A third is open.")
    assert fields(second)["State"] == ("returned", "submitted")
    assert line(history, "The report was returned").why == "A WORD BETWEEN THEM"
    assert "SECRET" in said(history_of(measure.urn, seen_by(people.alice()), "en"))


@pytest.mark.parametrize("noun", ["progress-report", "contribution"])
def test_what_is_told_follows_what_the_record_shows_in_each_state(noun: str) -> None:
    row: Any = reports.accepted() if noun == "progress-report" else _contribution("Good", classification="network")
    type(row)._default_manager.filter(pk=row.pk).update(classification="public", effective="public")
    viewers = [OPERATOR_VIEWER, PUBLIC, network_viewer("qor-network")]
    viewers += [seen_by(one) for one in (people.alice(), people.bob(), people.fatima(), people.charlie())]
    keeper, body = row.keeper, row.organisation.code if row.organisation else ""
    for state in PROGRESS_REPORT if noun == "progress-report" else CONTRIBUTION:
        days: dict[str, Any] = {}
        if noun == "progress-report":
            days = {"accepted_on": DAY if state in ("accepted", "corrected") else None}
            days |= {"corrected_on": DAY if state == "corrected" else None}
        note = {"return_note": {"en": "Why?"}} if state == "returned" else {}
        type(row)._default_manager.filter(pk=row.pk).update(state=state, **days, **note)
        for viewer in viewers:
            seen = type(row).objects.visible_to(viewer).filter(pk=row.pk).exists()
            assert (state in shown_states(noun, keeper, body, viewer)) is seen, (state, viewer)


@pytest.mark.parametrize("kept", ["network", "restricted", "strictly_confidential"])
def test_words_of_what_is_not_public_are_in_no_public_history(kept: str) -> None:
    public = commitments.commitment("m-8", title="Open to all", classification="public")
    secret = commitments.commitment("m-9", title="CANARY", description="CANARY", classification=kept)
    commitment_acts.agree(by=people.bob(), commitment=secret, on=DAY, reason="CANARY")
    commitment_acts.agree(by=people.bob(), commitment=public, on=DAY)
    commitment_acts.supersede(
        by=people.bob(), commitment=public, successor=secret, on=DAY, reason="There is a better one."
    )
    history = history_of(public.urn, PUBLIC, "en")
    assert "CANARY" not in said(history)
    assert fields(line(history, "Another commitment"))["Superseded by"] == ("", "commitment, not shown to you")
    with pytest.raises(NotFoundError) as hidden:
        history_of(secret.urn, PUBLIC, "en")
    with pytest.raises(NotFoundError) as missing:
        history_of(secret.urn.replace("m-9", "m-99"), PUBLIC, "en")
    assert str(hidden.value).replace("m-9", "m-99") == str(missing.value)
    assert "CANARY" in said(history_of(secret.urn, OPERATOR_VIEWER, "en"))


def test_a_restricted_row_of_a_public_one_is_counted_and_not_told() -> None:
    body = organisations.organisation("shy", name="CANARY")
    row = commitments.commitment("m-8", title="Open to all", classification="public")
    commitment_acts.join(by=people.bob(), commitment=row, partner=commitment_acts.Partner(body, "contributor"))
    type(body).objects.filter(pk=body.pk).update(classification="restricted", effective="restricted")
    part = row.participations.get(organisation=body)
    type(part).objects.filter(pk=part.pk).update(classification="restricted", effective="restricted")
    told = line(history_of(row.urn, PUBLIC, "en"), "An organisation joined")
    assert (told.rows, told.facts) == ((), ())
    assert told.hidden == 4
    assert [row.name for row in line(history_of(row.urn, OPERATOR_VIEWER, "en"), "An organisation joined").rows] == [
        "part in a commitment: CANARY, contributor"
    ]
    assert "CANARY" not in said(history_of(row.urn, PUBLIC, "en"))


def test_what_was_withdrawn_stays_in_the_history_for_its_members(measure: Commitment) -> None:
    row = commitments.commitment("m-8", title="A mistake", classification="public")
    withdraw(by=people.bob(), row=row, reason="Entered twice.")
    for viewer in (OPERATOR_VIEWER, network_viewer("qor-network"), seen_by(people.alice())):
        last = history_of(row.urn, viewer, "en").lines[-1]
        assert (last.what, last.why) == ("The commitment was withdrawn.", "Entered twice.")
    for viewer in (PUBLIC, network_viewer("other-network"), seen_by(people.charlie())):
        with pytest.raises(NotFoundError):
            history_of(row.urn, viewer, "en")


def test_corrections_and_proposals_are_told(measure: Commitment) -> None:
    body = organisations.organisation()
    known = facts_of(body, organisation_acts.OrganisationFacts)
    amend(by=BY, row=body, facts=replace(known, website="https://justice.example"), reason="It moved.")
    propose_change(by=BY, row=body, facts=replace(known, website="https://doors.example"), reason="It moved again.")
    history = history_of(body.urn, OPERATOR_VIEWER, "en")
    corrected = line(history, "The organisation was corrected.")
    assert (fields(corrected)["Website"], corrected.why) == (("", "https://justice.example"), "It moved.")
    proposed = line(history, "A change was proposed to the keeper.")
    assert fields(proposed)["What is to be changed"] == ("", "Website: https://doors.example")


# names of persons


def named(viewer: Viewer, urn: str, what: str) -> str:
    who = line(history_of(urn, viewer, "en"), what).who
    assert who is not None
    assert (who.post, who.organisation) == ("reporter of a civil society organisation", "Open Door")
    return who.name


def test_a_person_of_society_is_named_to_the_own_body_and_the_officers_only(measure: Commitment) -> None:
    fatima = people.fatima()
    own = reports.report(commitment=measure, organisation=organisations.society(), voice="civil_society")
    report = report_acts.draft(by=fatima, report=replace(own, rating="begun", evidence=(reports.PROOF,)))
    report_acts.submit(by=people.on(date(2025, 8, 1), fatima), row=report)
    report_acts.accept(by=people.on(date(2025, 8, 2), people.bob()), row=report)
    people_acts.Person.objects.filter(code="fatima").update(classification="public", effective="public")
    colleague = people.holder("gia", "observer", organisations.society())
    readers = {
        "own body": (seen_by(colleague), "Fatima"),
        "officer": (seen_by(people.bob()), "Fatima"),
        "co-chair": (seen_by(people.dora()), "Fatima"),
        "operator": (OPERATOR_VIEWER, "Fatima"),
        "ministry": (seen_by(people.alice()), ""),
        "validator": (seen_by(people.emil()), ""),
        "audience of the network": (network_viewer("qor-network"), ""),
        "officer elsewhere": (seen_by(people.charlie()), ""),
        "public": (PUBLIC, ""),
    }
    assert {who: named(viewer, report.urn, "A report was drafted.") for who, (viewer, _) in readers.items()} == {
        who: name for who, (_, name) in readers.items()
    }
    assert fatima.person is not None
    for viewer, name in readers.values():
        words = said(history_of(fatima.person.urn, viewer, "en"))
        assert ("Fatima" in words) is bool(name)
        assert "fatima" not in words
        for column in table_of(history_of(report.urn, viewer, "en"))[1]:
            assert ("Fatima" in column) is (bool(name) and column[3].startswith("reporter"))


def test_a_person_of_a_ministry_is_named_to_who_may_read_the_person(measure: Commitment) -> None:
    def who(viewer: Viewer) -> str:
        found = line(history_of(measure.urn, viewer, "en"), "The commitment was started.").who
        assert found is not None
        assert found.post == "focal point"
        return found.name

    assert [who(viewer) for viewer in (OPERATOR_VIEWER, network_viewer("qor-network"), PUBLIC)] == [
        "Alice",
        "Alice",
        "",
    ]


def test_where_a_person_may_not_be_named_the_post_stands() -> None:
    fatima = people.fatima()
    assert fatima.post is not None
    told = line(history_of(fatima.post.urn, seen_by(people.alice()), "en"), "A person was appointed")
    assert [row.name for row in told.rows] == [
        "holding of a post: the holder of the post of reporter of a civil society organisation, Open Door, "
        "reporter of a civil society organisation, Open Door"
    ]
    assert "Fatima" in said(history_of(fatima.post.urn, seen_by(people.bob()), "en"))


def test_on_request_no_body_of_society_is_named(measure: Commitment) -> None:
    fatima = people.fatima()
    own = reports.report(commitment=measure, organisation=organisations.society(), voice="civil_society")
    report = report_acts.draft(by=fatima, report=replace(own, rating="begun"))
    for viewer in (OPERATOR_VIEWER, seen_by(fatima)):
        history = history_of(report.urn, viewer, "en", discreet=True)
        who = history.lines[0].who
        assert who is not None
        assert astuple(who) == ("", "reporter of a civil society organisation", "a civil-society organisation")
        assert "Open Door" not in said(history)
        assert "Fatima" not in said(history)
        assert "a civil-society organisation, civil society" in history.name
    assert "Body min-justice" in said(history_of(measure.urn, OPERATOR_VIEWER, "en", discreet=True))


def _contribution(text: str, **given: Any) -> Contribution:
    facts = consultation_acts.ContributionFacts(text=text, name="Nobody Known", **given)
    return consultation_acts.contribute(
        by=BY, consultation=consultations.consultation(), on=date(2025, 2, 3), facts=facts, paper=LETTER
    )


def test_a_withheld_name_is_for_officers(measure: Commitment) -> None:
    row = _contribution("Good", name_kind="withheld", organisation=organisations.society())
    consultation_acts.publish_contribution(by=people.bob(), contribution=row)
    for viewer, shown in (
        (PUBLIC, False),
        (seen_by(people.alice()), False),
        (seen_by(people.bob()), True),
        (seen_by(people.fatima()), True),
        (OPERATOR_VIEWER, True),
    ):
        words = said(history_of(row.urn, viewer, "en"))
        assert ("Nobody Known" in words) is shown
        assert ("Open Door" in words) is shown
        assert "Good" in words


def test_who_signs_a_contribution_is_named_unless_a_body_of_society_signs() -> None:
    signed, hidden = _contribution("Good"), _contribution("Fair", name_kind="withheld")
    society = _contribution("Bad", organisation=organisations.society())
    for row in (signed, hidden, society):
        consultation_acts.publish_contribution(by=people.bob(), contribution=row)
    shown = ["Nobody Known" in said(history_of(row.urn, PUBLIC, "en")) for row in (signed, hidden, society)]
    assert shown == [True, False, False]


def test_the_door_and_the_program_have_words(measure: Commitment) -> None:
    row = commitments.commitment("m-8", title="Another")
    commitment_acts.agree(by=BY, commitment=row, on=DAY, paper=LETTER)
    commitment_acts.start(by=Actor.operator("night job", door="telegraph"), commitment=row, on=DAY, paper=LETTER)
    entered, agreed, started = history_of(row.urn, OPERATOR_VIEWER, "en").lines
    assert (entered.door, agreed.door, started.door) == ("", "the command line", "another door")
    assert [one.who.name for one in (agreed, started) if one.who] == [
        "the operator of this installation",
        "the operator of this installation (night job)",
    ]


@pytest.mark.parametrize(("zone", "away"), [("", "UTC"), ("Asia/Tbilisi", "UTC+4"), ("America/Caracas", "UTC-4")])
def test_hours_are_those_of_the_network(measure: Commitment, zone: str, away: str) -> None:
    type(measure.network).objects.filter(pk=measure.network_id).update(time_zone=zone)
    first = history_of(measure.urn, PUBLIC, "en").lines[0]
    assert re.search(rf", \d\d:\d\d {re.escape(away)}$", first.when)
    assert first.at == Event.objects.get(verb="commitment.proposed").at


def test_what_a_network_works_by_is_said_in_words() -> None:
    row = networks.network()
    known = facts_of(row, NetworkFacts)
    works = replace(
        known, time_zone="Asia/Tbilisi", languages=("ka", "en"), working_week=(1, 5), quiet_days=("2026-01-07",)
    )
    amend(by=BY, row=row, facts=works, reason="Asked the secretariat.")
    told = fields(line(history_of(row.urn, PUBLIC, "en"), "The network was corrected."))
    assert told == {
        "Works in the languages": ("", "Georgian and English"),
        "Time zone": ("", "Asia/Tbilisi"),
        "Working days": ("", "Monday and Friday"),
        "Days without reminders": ("", "7 January 2026"),
    }


def test_a_network_tells_of_its_members_and_groups() -> None:
    row = networks.network()
    joined = MembershipFacts(role="partner", from_date=DAY)
    seat = admit(by=BY, network=row, organisation=organisations.society(), facts=joined)
    end_membership(by=BY, membership=seat, on=date(2025, 6, 1), reason="It closed.")
    history = history_of(row.urn, PUBLIC, "en")
    assert history.lines[-2].about == "membership: Open Door, partner"
    assert (history.lines[-1].what, history.lines[-1].why) == ("A membership was ended.", "It closed.")
    assert history_of(organisations.society().urn, PUBLIC, "en").lines[-1].about == (
        "membership: Open Door, partner, in “Network qor-network”"
    )
