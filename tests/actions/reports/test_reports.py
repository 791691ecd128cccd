from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.documents import document
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import (
    TODAY,
    alice,
    appointed,
    bob,
    charlie,
    dora,
    emil,
    fatima,
    holder,
    known_to_all,
    on,
    person,
)
from tests.factories.reports import LETTER, PROOF, report
from tests.factories.workplans import period
from waymark.actions.appointments import end_holding
from waymark.actions.commitments import Partner, join
from waymark.actions.networks import MembershipFacts, admit
from waymark.actions.reports import Proof, accept, draft, hand_in, release, revise, send_back, submit
from waymark.actions.workplans import lock_period, reopen_period
from waymark.gcm.errors import NotFoundError, RefusedError
from waymark.records.actors import Actor
from waymark.records.events import Event
from waymark.records.networks import Network
from waymark.records.reports import ProgressReport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

DAY = date(2025, 7, 3)


def handed_in() -> ProgressReport:
    return submit(by=alice(), row=draft(by=alice(), report=report()))


def test_a_report_is_drafted_submitted_returned_revised_and_accepted() -> None:
    row = draft(by=on(DAY, alice()), report=report())
    submit(by=on(DAY, alice()), row=row)
    assert (row.submitted_on, row.accept_by) == (DAY, date(2025, 7, 17))
    send_back(by=on(date(2025, 7, 5), bob()), row=row, note="Which offices?")
    revise(by=alice(), row=row, report=report(narrative="The offices of Harmuk.", evidence=(PROOF, PROOF)))
    submit(by=on(date(2025, 7, 8), alice()), row=row)
    accept(by=on(date(2025, 7, 9), bob()), row=row, note="Thank you")
    row.refresh_from_db()
    assert (row.state, row.submitted_on, row.accepted_on) == ("accepted", date(2025, 7, 8), date(2025, 7, 9))
    assert (row.rating, row.post, row.accepted_by) == ("partly-done", alice().post, bob().post)
    assert (row.person, row.submitted_by_person) == (alice().person, alice().person)
    assert (row.returned_by_person, row.accepted_by_person) == (bob().person, bob().person)
    assert row.evidence.count() == 2
    verbs = [event.verb for event in Event.objects.filter(subject=row.urn).order_by("number")]
    assert verbs == [
        f"commitment.progress.{act}" for act in ("drafted", "reported", "returned", "revised", "reported", "accepted")
    ]


@pytest.mark.parametrize(
    ("actor", "organisation_of", "voice", "words"),
    [
        (alice, organisation, "secretariat", "may not report as secretariat"),
        (alice, organisation, "civil_society", "may not report as civil society"),
        (bob, secretariat, "implementer", "may not report as implementer"),
        (fatima, society, "implementer", "open-door may not report on qor-m-001 as implementer"),
        (fatima, organisation, "civil_society", "does not speak for min-justice"),
        (charlie, secretariat, "secretariat", "may not report as secretariat in the network qor-network"),
        (dora, secretariat, "secretariat", "may not report as secretariat"),
        (emil, organisation, "implementer", "may not report as implementer"),
        (Actor.operator, organisation, "implementer", "The operator of the installation does not do this"),
    ],
)
def test_nobody_reports_in_another_voice(actor, organisation_of, voice: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        draft(by=actor(), report=report(organisation=organisation_of(), voice=voice))
    assert not ProgressReport.objects.exists()


def test_each_voice_stands_beside_the_others() -> None:
    draft(by=alice(), report=report())
    draft(by=bob(), report=report(organisation=secretariat(), voice="secretariat", rating="begun"))
    draft(by=fatima(), report=report(organisation=society(), voice="civil_society", rating="not-started"))
    ratings = ProgressReport.objects.order_by("id").values_list("voice", "rating")
    assert list(ratings) == [
        ("implementer", "partly-done"),
        ("secretariat", "begun"),
        ("civil_society", "not-started"),
    ]


def test_a_post_gives_no_voice_that_its_organisation_does_not_have() -> None:
    agency = organisation("un-agency", "un")
    reporter = holder("uma", "civil_society_reporter", agency)
    with pytest.raises(RefusedError, match="is an organisation of society"):
        draft(by=reporter, report=report(organisation=agency, voice="civil_society"))
    officer = holder("vera", "secretariat_officer", agency)
    with pytest.raises(RefusedError, match="is the secretariat"):
        draft(by=officer, report=report(organisation=agency, voice="secretariat"))
    with pytest.raises(RefusedError, match="takes part in it"):
        draft(by=holder("wim", "focal_point", society()), report=report(organisation=society()))
    join(by=bob(), commitment=commitment(), partner=Partner(secretariat(), "contributor"))
    with pytest.raises(RefusedError, match="is the secretariat of its network and does not take part"):
        draft(by=bob(), report=report(organisation=secretariat(), voice="secretariat"))


def test_the_secretariat_of_another_network_is_none_here() -> None:
    other = organisation("other-secretariat", "un")
    admit(
        by=Actor.operator(),
        network=network("other-network"),
        organisation=other,
        facts=MembershipFacts(role="secretariat"),
    )
    with pytest.raises(RefusedError, match="is the secretariat of its network"):
        draft(by=holder("olga", "secretariat_officer", other), report=report(organisation=other, voice="secretariat"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rating": ""}, "needs a rating on the scale completion-5, or the reason"),
        ({"empty_reason": "not_applicable"}, "and not both"),
        ({"rating": "mostly-done", "evidence": ()}, "requires evidence"),
        ({"rating": "completed", "evidence": ()}, "requires evidence"),
    ],
)
def test_what_may_not_be_submitted(fields: dict[str, object], words: str) -> None:
    row = draft(by=alice(), report=report(**fields))
    with pytest.raises(RefusedError, match=words):
        submit(by=alice(), row=row)
    assert ProgressReport.objects.get().state == "draft"


@pytest.mark.parametrize(
    "fields",
    [
        {"rating": "partly-done", "evidence": ()},
        {"rating": "mostly-done"},
        {"rating": "no-evidence", "evidence": ()},
        {"rating": "", "empty_reason": "not_yet_due", "evidence": ()},
        {"scale": "georgia-5", "rating": "fully-done", "evidence": (Proof(url="https://example.org/a"),)},
    ],
)
def test_what_may_be_submitted(fields: dict[str, object]) -> None:
    row = draft(by=alice(), report=report(**fields))
    assert submit(by=alice(), row=row).state == "submitted"


def test_scales_steps_and_periods_are_known() -> None:
    with pytest.raises(NotFoundError, match="splendid"):
        draft(by=alice(), report=report(rating="splendid"))
    with pytest.raises(NotFoundError, match="stars"):
        draft(by=alice(), report=report(scale="stars"))
    elsewhere = period("elsewhere", network("other-network"))
    known_to_all(person())
    far = holder("alice", "focal_point", organisation(), network("other-network"))
    with pytest.raises(RefusedError, match="may not report as implementer in the network other-network"):
        draft(by=alice(), report=report(period=elsewhere))
    with pytest.raises(RefusedError, match="no reporting period of the network"):
        draft(by=far, report=report(period=elsewhere))
    with pytest.raises(RefusedError, match="Evidence is a document, an address, or words"):
        draft(by=alice(), report=report(evidence=(Proof(),)))


def test_a_locked_period_takes_no_report_and_gives_none_back() -> None:
    row = draft(by=alice(), report=report())
    sent = submit(by=fatima(), row=draft(by=fatima(), report=report(organisation=society(), voice="civil_society")))
    lock_period(by=bob(), period=period())
    row = ProgressReport.objects.get(pk=row.pk)
    with pytest.raises(RefusedError, match="is locked"):
        submit(by=alice(), row=row)
    with pytest.raises(RefusedError, match="is locked"):
        send_back(by=bob(), row=sent, form="incomplete")
    with pytest.raises(RefusedError, match="is locked"):
        draft(by=bob(), report=report(organisation=secretariat(), voice="secretariat"))
    assert accept(by=bob(), row=sent).state == "accepted"
    reopen_period(by=bob(), period=period(), reason="The census came late")
    assert submit(by=alice(), row=row).state == "submitted"


def test_one_report_per_voice_and_period() -> None:
    draft(by=alice(), report=report())
    with pytest.raises(RefusedError, match="has a report on qor-m-001 for 2025-h1 as implementer already"):
        draft(by=alice(), report=report())


def test_who_returns_and_accepts() -> None:
    row = handed_in()
    for actor in (alice(), dora(), charlie()):
        with pytest.raises(RefusedError, match="may not return and accept"):
            send_back(by=actor, row=row, note="Hm")
        with pytest.raises(RefusedError, match="may not return and accept"):
            accept(by=actor, row=row)
    with pytest.raises(RefusedError, match="say what is asked"):
        send_back(by=bob(), row=row, note="")


def test_nobody_accepts_what_he_wrote_in_whichever_post() -> None:
    said = report(organisation=secretariat(), voice="secretariat")
    row = submit(by=bob(), row=draft(by=bob(), report=said))
    second = holder("bob", "secretariat_officer", organisation("second-office", "un"))
    for actor in (bob(), second):
        with pytest.raises(RefusedError, match="bob wrote, released or handed in the report"):
            accept(by=actor, row=row)
        with pytest.raises(RefusedError, match="another person must decide"):
            send_back(by=actor, row=row, note="Hm")
    colleague = deputy("kim")
    assert accept(by=colleague, row=row).accepted_by_person == colleague.person


def test_who_revised_or_handed_in_does_not_accept_either() -> None:
    said = report(organisation=secretariat(), voice="secretariat")
    wrote, revised, sent, decides = (
        holder(name, "secretariat_officer", secretariat()) if name == "bob" else deputy(name)
        for name in ("bob", "rita", "sam", "kim")
    )
    row = draft(by=wrote, report=said)
    revise(by=revised, row=row, report=said)
    submit(by=sent, row=row)
    for actor in (wrote, revised, sent):
        with pytest.raises(RefusedError, match="another person must decide"):
            accept(by=actor, row=row)
    assert accept(by=decides, row=row).state == "accepted"


def deputy(name: str, of: Actor | None = None) -> Actor:
    """Somebody who acts in the post of another, by default that of the secretariat's officer."""
    seat = (of or bob()).post
    assert seat
    return Actor.holder(appointed(seat, person(name), network(), acting=True), TODAY)


def test_a_co_chair_accepts_what_the_only_officer_in_office_wrote() -> None:
    said = report(organisation=secretariat(), voice="secretariat")
    row = submit(by=bob(), row=draft(by=bob(), report=said))
    other = handed_in()
    with pytest.raises(RefusedError, match="may not return and accept"):
        accept(by=dora(), row=other)
    chair = holder("bob", "co_chair", organisation("min-labour"))
    with pytest.raises(RefusedError, match="another person must decide"):
        accept(by=chair, row=row)
    later = holder("lee", "secretariat_officer", organisation("second-office", "un"))
    with pytest.raises(RefusedError, match="may not return and accept"):
        accept(by=dora(), row=row)
    assert later.holding
    end_holding(by=Actor.operator(), holding=later.holding, on=date(2026, 5, 31), paper=LETTER)
    assert accept(by=dora(), row=row).accepted_by_person == dora().person


def test_the_day_of_handing_in_and_of_an_answer_is_the_day_of_the_door() -> None:
    """Nobody dates back: the acts take no day, and the operator, who has none, reports and decides nothing."""
    row = handed_in()
    assert (row.submitted_on, row.accept_by) == (TODAY, date(2026, 6, 15))
    accept(by=on(date(2026, 6, 9), bob()), row=row)
    assert row.accepted_on == date(2026, 6, 9)
    late = draft(by=alice(), report=report(period=period("late")))
    for act in (
        lambda: submit(by=Actor.operator(), row=late),
        lambda: revise(by=Actor.operator(), row=late, report=report()),
        lambda: accept(by=Actor.operator(), row=late),
        lambda: send_back(by=Actor.operator(), row=late, note="Hm"),
    ):
        with pytest.raises(RefusedError, match="The operator of the installation does not do this"):
            act()


def test_of_society_only_the_form_is_returned() -> None:
    said = report(organisation=society(), voice="civil_society", rating="not-started", evidence=())
    row = submit(by=fatima(), row=draft(by=fatima(), report=said))
    with pytest.raises(RefusedError, match="is its own"):
        send_back(by=bob(), row=row, note="It is not that bad")
    with pytest.raises(RefusedError, match="closed list"):
        send_back(by=bob(), row=row, form="too_harsh")
    row = ProgressReport.objects.get()
    assert row.state == "submitted"
    send_back(by=bob(), row=row, form="unreadable", note="The second file")
    assert (row.state, row.return_form, row.rating) == ("returned", "unreadable", "not-started")


def test_a_network_may_ask_that_a_validator_of_the_organisation_releases() -> None:
    Network.objects.filter(code=network().code).update(reports_released=True)
    row = draft(by=alice(), report=report())
    with pytest.raises(RefusedError, match="is released by a validator of min-justice before"):
        submit(by=alice(), row=row)
    both = deputy("alice", emil())
    elsewhere = holder("nora", "validator", organisation("min-labour"))
    for actor, words in (
        (alice(), "may not release"),
        (both, "another person must decide"),
        (elsewhere, "Only a validator of min-justice"),
    ):
        with pytest.raises(RefusedError, match=words):
            release(by=actor, row=row)
    release(by=emil(), row=row)
    assert (row.state, row.released_on, row.released_by_person) == ("released", TODAY, emil().person)
    revise(by=alice(), row=row, report=report(narrative="Two thirds of the offices."))
    assert (row.state, row.released_by_person) == ("draft", None)
    release(by=emil(), row=row)
    assert submit(by=alice(), row=row).state == "submitted"
    send_back(by=bob(), row=row, note="Which offices?")
    with pytest.raises(RefusedError, match="is released by a validator"):
        submit(by=alice(), row=row)
    release(by=emil(), row=row)
    submit(by=alice(), row=row)
    officer = holder("emil", "secretariat_officer", organisation("second-office", "un"))
    with pytest.raises(RefusedError, match="another person must decide"):
        accept(by=officer, row=row)
    assert accept(by=bob(), row=row).state == "accepted"


def test_a_report_is_written_and_handed_in_at_once_under_the_same_rules() -> None:
    row = hand_in(by=on(DAY, alice()), report=report())
    assert (row.state, row.submitted_on, row.person, row.evidence.count()) == ("submitted", DAY, alice().person, 1)
    with pytest.raises(RefusedError, match="another person must decide"):
        accept(by=deputy("alice"), row=row)
    with pytest.raises(RefusedError, match="requires evidence"):
        hand_in(by=alice(), report=report(period=period("p2"), rating="completed", evidence=()))
    with pytest.raises(RefusedError, match="does not speak for min-justice"):
        hand_in(by=fatima(), report=report(voice="civil_society"))
    with pytest.raises(RefusedError, match="has a report on qor-m-001 for 2025-h1 as implementer already"):
        hand_in(by=alice(), report=report())
    Network.objects.filter(code=network().code).update(reports_released=True)
    with pytest.raises(RefusedError, match="is released by a validator"):
        hand_in(by=alice(), report=report(period=period("p2")))


def test_a_report_that_may_not_be_submitted_is_not_released() -> None:
    row = draft(by=alice(), report=report(rating=""))
    with pytest.raises(RefusedError, match="needs a rating"):
        release(by=emil(), row=row)


def test_only_a_draft_or_returned_report_is_revised_and_by_its_organisation() -> None:
    row = draft(by=alice(), report=report())
    with pytest.raises(RefusedError, match="does not speak for min-justice"):
        revise(by=holder("ivo", "focal_point", organisation("min-labour")), row=row, report=report())
    submit(by=alice(), row=row)
    with pytest.raises(RefusedError, match="is submitted; only a draft"):
        revise(by=alice(), row=row, report=report())
    with pytest.raises(RefusedError, match="is submitted, so one cannot submit it"):
        submit(by=alice(), row=row)


def test_evidence_is_a_document_with_its_page_that_the_network_may_read() -> None:
    shown = document(classification="public")
    row = draft(by=alice(), report=report(evidence=(Proof(document=shown, page="12"),)))
    assert (row.evidence.get().document, row.evidence.get().page) == (shown, "12")
    hidden = Proof(document=document("secret"))
    with pytest.raises(RefusedError, match="document secret is not for the members of the network qor-network"):
        revise(by=alice(), row=row, report=report(evidence=(hidden,)))
    with pytest.raises(RefusedError, match="document secret is not for the members"):
        draft(by=alice(), report=report(period=period("p2"), evidence=(hidden,)))
