"""The loop of a report through the pages: owed, written, checked, handed in, returned, answered, accepted."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories.accounts import DESK, signed_in
from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob, charlie, dora, emil, fatima, holder, known_to_all
from tests.factories.workplans import period
from waymark.actions.amending import amend
from waymark.actions.commitments import agree
from waymark.actions.facts import facts_of
from waymark.actions.networks import NetworkFacts
from waymark.records.actors import Actor
from waymark.records.reports import ProgressReport

pytestmark = pytest.mark.django_db

WRITE = f"{DESK}report/qor-m-001/2025-h1/implementer/"
ANSWERS = {
    "version": "0",
    "how_far": "partly-done",
    "narrative": "Half of the offices are open.",
    "reason": "",
    "language": "en",
    "where1": "Register of offices, page 3",
}


def owed() -> None:
    """A measure of the Ministry of Justice that was agreed before the period, which is over."""
    alice(), bob(), dora()
    period()
    agree(by=dora(), commitment=commitment(), on=date(2024, 12, 1))


def text(reply: Any) -> str:
    """What a page says, without its tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reply.content.decode()))


def written(client: Client, **given: str) -> ProgressReport:
    """A draft written through the form."""
    reply = client.post(WRITE, ANSWERS | given | {"save": "1"})
    assert reply.status_code == 302, text(reply)
    return ProgressReport.objects.get()


def test_a_report_is_owed_written_handed_in_and_accepted() -> None:
    owed()
    focal, officer = signed_in(alice()), signed_in(bob())
    page = text(focal.get(DESK))
    assert "One report is owed." in page
    assert "Start the report" in page

    reply = focal.post(WRITE, ANSWERS | {"check": "1"})
    assert reply.status_code == 302, text(reply)
    row = ProgressReport.objects.get()
    assert reply["Location"] == f"{DESK}reports/{row.code}/check/"
    checked = text(focal.get(reply["Location"]))
    assert "Partly done" in checked
    assert "Half of the offices are open." in checked
    assert "Register of offices, page 3" in checked
    assert "Nothing is sent yet." in checked

    focal.post(f"{DESK}reports/{row.code}/submit/", {"version": str(row.version)})
    row.refresh_from_db()
    assert row.state == "submitted"
    assert "Nothing waits for you." in text(focal.get(DESK))
    assert "One waits to be accepted." in text(officer.get(DESK))

    page = text(officer.get(f"{DESK}reports/{row.code}/"))
    assert "Accept the report" in page
    officer.post(f"{DESK}reports/{row.code}/accept/", {"version": str(row.version)})
    row.refresh_from_db()
    assert (row.state, row.accepted_by_person) == ("accepted", bob().person)
    assert "Nothing waits for you." in text(officer.get(DESK))


def test_a_returned_report_comes_back_with_the_question_and_is_answered() -> None:
    owed()
    focal, officer = signed_in(alice()), signed_in(bob())
    row = written(focal)
    focal.post(f"{DESK}reports/{row.code}/submit/")
    reply = officer.post(f"{DESK}reports/{row.code}/return/", {"note": "  "})
    assert reply.status_code == 409
    assert "What you can do" in text(reply), "the page still offers the two answers"
    officer.post(f"{DESK}reports/{row.code}/return/", {"note": "Which offices are meant?"})
    page = text(focal.get(DESK))
    assert "One report came back." in page
    assert "Which offices are meant?" in page
    form = focal.get(WRITE)
    assert "Which offices are meant?" in text(form)
    version = form.context["form"].initial["version"]
    focal.post(WRITE, ANSWERS | {"narrative": "Three of six are open.", "version": str(version), "check": "1"})
    focal.post(f"{DESK}reports/{row.code}/submit/")
    row.refresh_from_db()
    assert (row.state, row.narrative) == ("submitted", {"en": "Three of six are open."})


def test_where_the_network_asks_for_it_a_validator_releases_first() -> None:
    owed()
    emil()
    place = network()
    amend(by=bob(), row=place, facts=_released(place), reason="Decided on 1 March")
    focal, validator = signed_in(alice()), signed_in(emil())
    row = written(focal)
    assert "A validator of your organisation releases it first." in text(focal.get(f"{DESK}reports/{row.code}/check/"))
    assert "Hand in" not in text(focal.get(f"{DESK}reports/{row.code}/check/"))
    assert "One waits for your release." in text(validator.get(DESK))
    validator.post(f"{DESK}reports/{row.code}/release/")
    focal.post(f"{DESK}reports/{row.code}/submit/")
    row.refresh_from_db()
    assert (row.state, row.released_by_person) == ("submitted", emil().person)


def _released(place: Any) -> NetworkFacts:
    from dataclasses import replace

    return replace(facts_of(place, NetworkFacts), reports_released=True)


def test_what_is_missing_stands_at_its_field_and_nothing_is_lost() -> None:
    owed()
    focal = signed_in(alice())
    reply = focal.post(WRITE, ANSWERS | {"how_far": "", "check": "1"})
    assert reply.status_code == 422
    page = text(reply)
    assert "There is a problem" in page
    assert "Choose how far the work is, or why there is no rating." in page
    assert "Half of the offices are open." in page
    reply = focal.post(WRITE, ANSWERS | {"how_far": "completed", "where1": "", "check": "1"})
    assert "This rating needs at least one piece of evidence." in text(reply)
    reply = focal.post(WRITE, ANSWERS | {"how_far": "splendid", "save": "1"})
    assert "“splendid” is none of them" in text(reply)
    reply = focal.post(WRITE, ANSWERS | {"url1": "javascript:alert(1)", "save": "1"})
    assert "begins with https://" in text(reply)
    assert ProgressReport.objects.count() == 0, "nothing half-stored"


@pytest.mark.parametrize("bad", ["A\x00B", "right\u202eleft", "\ud800"])
def test_signs_that_nobody_sees_are_refused_in_words(bad: str) -> None:
    owed()
    reply = signed_in(alice()).post(
        WRITE, ANSWERS | {"narrative": bad.encode("utf-8", "replace").decode(), "save": "1"}
    )
    if reply.status_code == 302:  # what the browser cannot send comes in as a question mark
        assert "?" in str(ProgressReport.objects.get().narrative)
        return
    assert reply.status_code == 422
    assert "There is a problem" in text(reply)
    assert ProgressReport.objects.count() == 0


def test_words_of_a_form_stand_as_words() -> None:
    owed()
    focal = signed_in(alice())
    row = written(focal, narrative="<script>alert(1)</script><b>bold</b>")
    page = focal.get(f"{DESK}reports/{row.code}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_two_who_write_at_once_lose_nothing() -> None:
    owed()
    focal = signed_in(alice())
    row = written(focal)
    seen = focal.get(WRITE).context["form"].initial["version"]
    second = signed_in(holder("anna", "alternate", organisation()))
    reply = second.post(WRITE, ANSWERS | {"narrative": "Four are open.", "version": str(seen), "save": "1"})
    assert reply.status_code == 302
    reply = focal.post(WRITE, ANSWERS | {"narrative": "Five are open.", "version": str(seen), "save": "1"})
    assert reply.status_code == 409
    page = text(reply)
    assert "Somebody saved this report after you opened it." in page
    assert "Five are open." in page
    assert "Four are open." in page
    row.refresh_from_db()
    assert row.narrative == {"en": "Four are open."}
    now = reply.context["form"].data["version"]
    focal.post(WRITE, ANSWERS | {"narrative": "Four or five are open.", "version": now, "save": "1"})
    row.refresh_from_db()
    assert row.narrative == {"en": "Four or five are open."}


def test_a_button_pressed_twice_answers_already_received() -> None:
    owed()
    focal = signed_in(alice())
    row = written(focal)
    version = str(row.version)
    for _ in range(2):
        reply = focal.post(f"{DESK}reports/{row.code}/submit/", {"version": version}, follow=True)
    assert "This was received already. Nothing was changed." in text(reply)
    row.refresh_from_db()
    assert row.state == "submitted"


def test_the_last_answer_is_taken_over_by_a_button_without_script() -> None:
    owed()
    focal, officer = signed_in(alice()), signed_in(bob())
    row = written(focal)
    focal.post(f"{DESK}reports/{row.code}/submit/")
    row.refresh_from_db()
    officer.post(f"{DESK}reports/{row.code}/accept/")
    _next_period()
    where = f"{DESK}report/qor-m-001/2025-h2/implementer/"
    assert "Half of the offices are open." in text(focal.get(where))
    reply = focal.post(where, {"version": "0", "narrative": "", "reason": "typed", "language": "en", "take": "all"})
    form = reply.context["form"]
    assert form["how_far"].value() == "partly-done"
    assert form["narrative"].value() == "Half of the offices are open."
    assert form["reason"].value() == "typed"
    assert ProgressReport.objects.count() == 1, "taking over stores nothing"


def _next_period() -> None:
    from waymark.actions.workplans import PeriodFacts, open_period

    facts = PeriodFacts(
        title="2025-h2", from_date=date(2025, 7, 1), to_date=date(2025, 12, 31), due_date=date(2026, 1, 31)
    )
    open_period(by=Actor.operator(), network=network(), code="2025-h2", facts=facts)


def test_nobody_else_finds_the_pages_of_a_report() -> None:
    owed()
    row = written(signed_in(alice()))
    outsider, society = signed_in(charlie()), signed_in(fatima())
    page = f"{DESK}reports/{row.code}/"
    assert outsider.get(page).status_code == 404, "another network"
    assert outsider.get(DESK).status_code == 404
    assert society.get(page).status_code == 404, "a draft is its organisation's own"
    assert Client().get(page)["Location"].startswith("/account/sign-in/")
    assert society.get(WRITE).status_code == 404 or "Open Door" not in text(society.get(WRITE))
    for verb in ("submit", "release", "accept", "return"):
        assert society.post(f"{page}{verb}/").status_code == 404
        assert outsider.post(f"{page}{verb}/").status_code == 404
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_report_has_its_page_in_its_own_network_alone() -> None:
    """Who holds posts in two networks acts in the one that the address names, on what that one keeps."""
    owed()
    focal = signed_in(alice())
    row = written(focal)
    focal.post(f"{DESK}reports/{row.code}/submit/")
    both = charlie()
    assert both.person is not None
    known_to_all(both.person)
    holder("charlie", "observer", organisation("min-labour"))
    visitor = signed_in(both)
    assert visitor.get(f"{DESK}reports/{row.code}/").status_code == 200
    for verb in ("", "check/"):
        assert visitor.get(f"/desk/other-network/reports/{row.code}/{verb}").status_code == 404
    for verb in ("submit", "release", "accept", "return"):
        assert visitor.post(f"/desk/other-network/reports/{row.code}/{verb}/").status_code == 404


def test_of_society_the_form_is_returned_for_a_reason_of_the_list() -> None:
    owed()
    society, officer = signed_in(fatima()), signed_in(bob())
    where = WRITE.replace("implementer", "civil_society")
    assert society.post(where, ANSWERS | {"save": "1"}).status_code == 302
    row = ProgressReport.objects.get()
    society.post(f"{DESK}reports/{row.code}/submit/")
    assert "what society says is its own" in text(officer.get(f"{DESK}reports/{row.code}/"))
    assert officer.post(f"{DESK}reports/{row.code}/return/", {"note": "Say more."}).status_code == 409
    officer.post(f"{DESK}reports/{row.code}/return/", {"form": "unreadable", "note": "The file is empty."})
    row.refresh_from_db()
    assert (row.state, row.return_form) == ("returned", "unreadable")


def test_what_may_not_be_done_has_no_button_and_is_refused() -> None:
    owed()
    focal = signed_in(alice())
    row = written(focal)
    focal.post(f"{DESK}reports/{row.code}/submit/")
    page = text(focal.get(f"{DESK}reports/{row.code}/"))
    assert "Accept the report" not in page
    assert "Return the report" not in page
    reply = focal.post(f"{DESK}reports/{row.code}/accept/")
    assert reply.status_code == 409
    assert "This was not done" in text(reply)
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_right_that_ended_is_gone_at_the_next_request() -> None:
    from waymark.actions.appointments import end_holding

    owed()
    focal = signed_in(alice())
    assert focal.get(DESK).status_code == 200
    held = alice().holding
    assert held is not None
    end_holding(by=bob(), holding=held, on=date(2025, 1, 1))
    assert focal.get(DESK).status_code == 404
    assert "hold no post in office today" in text(focal.get("/desk/"))


def test_only_what_the_form_asks_is_taken() -> None:
    owed()
    row = written(signed_in(alice()), state="accepted", accepted_on="2025-01-01", organisation="open-door", voice="x")
    assert (row.state, row.organisation.code, row.voice) == ("draft", "min-justice", "implementer")


def test_a_get_changes_nothing() -> None:
    owed()
    focal = signed_in(alice())
    row = written(focal)
    before = list(ProgressReport.objects.values())
    for where in (DESK, WRITE, f"{DESK}reports/{row.code}/", f"{DESK}reports/{row.code}/check/"):
        assert focal.get(where).status_code == 200
    for verb in ("submit", "release", "accept", "return"):
        assert focal.get(f"{DESK}reports/{row.code}/{verb}/").status_code == 405
    assert list(ProgressReport.objects.values()) == before


def test_a_form_that_another_site_made_is_refused_in_words() -> None:
    owed()
    focal = signed_in(alice(), enforce_csrf_checks=True)
    reply = focal.post(WRITE, ANSWERS | {"save": "1"})
    assert reply.status_code == 403
    assert "The form was not taken" in text(reply)
    assert ProgressReport.objects.count() == 0


@pytest.mark.parametrize("where", [DESK, WRITE])
def test_pages_ask_the_record_few_questions(where: str, django_assert_max_num_queries: Any) -> None:
    owed()
    focal = signed_in(alice())
    focal.get(where)
    with django_assert_max_num_queries(12):
        focal.get(where)
