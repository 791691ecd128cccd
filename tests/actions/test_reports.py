import time
from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.documents import document
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import alice, bob, charlie, dora, fatima, holder
from tests.factories.reports import PROOF, report
from tests.factories.workplans import period
from waymark.actions.commitments import Partner, join
from waymark.actions.networks import MembershipFacts, admit
from waymark.actions.reports import Filed, Proof, accept, draft, file_reports, revise, send_back, submit
from waymark.actions.workplans import lock_period
from waymark.gcm.errors import NotFoundError, RefusedError
from waymark.records.actors import Actor
from waymark.records.events import Event
from waymark.records.reports import Evidence, ProgressReport

pytestmark = pytest.mark.django_db

DAY = date(2025, 7, 3)


def test_a_report_is_drafted_submitted_returned_revised_and_accepted() -> None:
    row = draft(by=alice(), report=report())
    submit(by=alice(), row=row, on=DAY)
    send_back(by=bob(), row=row, on=date(2025, 7, 5), note="Which offices?")
    revise(by=alice(), row=row, report=report(narrative="The offices of Harmuk.", evidence=(PROOF, PROOF)))
    submit(by=alice(), row=row, on=date(2025, 7, 8))
    accept(by=bob(), row=row, on=date(2025, 7, 9), note="Thank you")
    row.refresh_from_db()
    assert (row.state, row.submitted_on, row.accepted_on) == ("accepted", date(2025, 7, 8), date(2025, 7, 9))
    assert (row.rating, row.post, row.accepted_by) == ("partly-done", alice().post, bob().post)
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
        (fatima, organisation, "civil_society", "Only a post of min-justice may report for it as civil society"),
        (charlie, secretariat, "secretariat", "may not report as secretariat in the network qor-network"),
        (dora, secretariat, "secretariat", "may not report as secretariat"),
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


def test_the_rules_of_voices_hold_for_the_operator_too() -> None:
    operator = Actor.operator()
    join(by=operator, commitment=commitment(), partner=Partner(secretariat(), "contributor"))
    cases = [
        (secretariat(), "secretariat", "is the secretariat of its network and does not take part"),
        (organisation("un-agency", "un"), "civil_society", "is an organisation of society"),
        (organisation("un-agency", "un"), "secretariat", "is the secretariat"),
        (society(), "implementer", "takes part in it"),
    ]
    for body, voice, words in cases:
        with pytest.raises(RefusedError, match=words):
            draft(by=operator, report=report(organisation=body, voice=voice))


def test_the_secretariat_of_another_network_is_none_here() -> None:
    other = organisation("other-secretariat", "un")
    admit(
        by=Actor.operator(),
        network=network("other-network"),
        organisation=other,
        facts=MembershipFacts(role="secretariat"),
    )
    with pytest.raises(RefusedError, match="is the secretariat of its network"):
        draft(by=Actor.operator(), report=report(organisation=other, voice="secretariat"))


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
        submit(by=alice(), row=row, on=DAY)
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
    assert submit(by=alice(), row=row, on=DAY).state == "submitted"


def test_scales_steps_and_periods_are_known() -> None:
    with pytest.raises(NotFoundError, match="splendid"):
        draft(by=alice(), report=report(rating="splendid"))
    with pytest.raises(NotFoundError, match="stars"):
        draft(by=alice(), report=report(scale="stars"))
    elsewhere = period("elsewhere", network("other-network"))
    with pytest.raises(RefusedError, match="no reporting period of the network"):
        draft(by=alice(), report=report(period=elsewhere))
    with pytest.raises(RefusedError, match="Evidence is a document, an address, or words"):
        draft(by=alice(), report=report(evidence=(Proof(),)))


def test_a_locked_period_takes_no_report() -> None:
    row = draft(by=alice(), report=report())
    lock_period(by=bob(), period=period())
    row = ProgressReport.objects.get()
    with pytest.raises(RefusedError, match="is locked"):
        submit(by=alice(), row=row, on=DAY)


def test_one_report_per_voice_and_period() -> None:
    draft(by=alice(), report=report())
    with pytest.raises(RefusedError, match="has a report on qor-m-001 for 2025-h1 as implementer already"):
        draft(by=alice(), report=report())


def test_who_returns_and_accepts() -> None:
    row = submit(by=alice(), row=draft(by=alice(), report=report()), on=DAY)
    for actor in (alice(), dora(), charlie()):
        with pytest.raises(RefusedError, match="may not return and accept"):
            send_back(by=actor, row=row, on=DAY, note="Hm")
        with pytest.raises(RefusedError, match="may not return and accept"):
            accept(by=actor, row=row, on=DAY)
    with pytest.raises(RefusedError, match="say what is asked"):
        send_back(by=bob(), row=row, on=DAY, note="")


def test_nobody_accepts_the_report_of_the_own_post() -> None:
    own = report(organisation=secretariat(), voice="secretariat")
    row = submit(by=bob(), row=draft(by=bob(), report=own), on=DAY)
    with pytest.raises(RefusedError, match="another post must accept it"):
        accept(by=bob(), row=row, on=DAY)
    colleague = holder("kim", "secretariat_officer", organisation("second-office", "un"))
    assert accept(by=colleague, row=row, on=DAY).state == "accepted"


def test_only_a_draft_or_returned_report_is_revised_and_by_its_organisation() -> None:
    row = draft(by=alice(), report=report())
    with pytest.raises(RefusedError, match="Only a post of min-justice"):
        revise(by=holder("ivo", "focal_point", organisation("min-labour")), row=row, report=report())
    submit(by=alice(), row=row, on=DAY)
    with pytest.raises(RefusedError, match="is submitted; only a draft"):
        revise(by=alice(), row=row, report=report())
    with pytest.raises(RefusedError, match="is submitted, so one cannot submit it"):
        submit(by=alice(), row=row, on=DAY)


def test_filed_reports_come_in_the_state_their_days_say() -> None:
    cases = {
        "draft": Filed(report(period=period("a"))),
        "submitted": Filed(report(period=period("b")), submitted_on=DAY),
        "returned": Filed(
            report(period=period("c")), submitted_on=DAY, returned_on=date(2025, 7, 4), return_note="Why?"
        ),
        "accepted": Filed(report(period=period("d")), submitted_on=DAY, accepted_on=date(2025, 7, 4)),
    }
    again = Filed(report(period=period("e")), submitted_on=DAY, returned_on=date(2025, 7, 2), return_note="Once more")
    rows = file_reports(by=bob(), network=network(), filed=[*cases.values(), again])
    assert [row.state for row in rows] == [*cases, "submitted"]
    assert Event.objects.filter(verb="commitment.progress.filed").count() == 5


def test_filing_keeps_every_rule_and_is_whole_or_not_at_all() -> None:
    good = Filed(report(), submitted_on=DAY)
    bad = [
        (Filed(report(period=period("b"), rating=""), submitted_on=DAY), "needs a rating"),
        (Filed(report(period=period("b"), rating="completed", evidence=()), submitted_on=DAY), "requires evidence"),
        (Filed(report(period=period("b"), voice="secretariat"), submitted_on=DAY), "as secretariat"),
        (Filed(report(), submitted_on=DAY), "cannot be stored"),
        (Filed(report(period=period("far", network("other-network"))), submitted_on=DAY), "does not belong"),
    ]
    for one, words in bad:
        with pytest.raises(RefusedError, match=words):
            file_reports(by=bob(), network=network(), filed=[good, one])
        assert not ProgressReport.objects.exists()
    with pytest.raises(RefusedError, match="may not return and accept"):
        file_reports(by=alice(), network=network(), filed=[good])


def test_seven_hundred_reports_are_filed_in_seconds() -> None:
    periods = [period(f"p{number}") for number in range(7)]
    rows = [commitment(f"m-{number}") for number in range(100)]
    filed = [
        Filed(report(commitment=row, period=span), submitted_on=DAY, accepted_on=DAY)
        for row in rows
        for span in periods
    ]
    start = time.process_time()
    file_reports(by=Actor.operator(), network=network(), filed=filed)
    assert time.process_time() - start < 5
    assert ProgressReport.objects.count() == Evidence.objects.count() == 700


def test_evidence_is_a_document_with_its_page() -> None:
    row = draft(by=alice(), report=report(evidence=(Proof(document=document(), page="12"),)))
    assert (row.evidence.get().document, row.evidence.get().page) == (document(), "12")
