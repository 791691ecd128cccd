"""Every role against every verb, and each rule on its own: an inverted check fails here."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import TODAY, alice, appointed, bob, charlie, holder, known_to_all, person, post
from waymark.actions.appointments import end_holding
from waymark.actions.people import close_post
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import ANONYMOUS, OPERATOR_VIEWER, Actor
from waymark.records.people import Duty
from waymark.records.permissions import (
    check_implement,
    check_own_organisation,
    check_report,
    check_verb,
    may_verb,
    viewer_of,
)
from waymark.records.roles import ROLES, Verb

pytestmark = pytest.mark.django_db

EXPECTED = {
    "co_chair": "SEE_NETWORK SEE_RESTRICTED MANAGE_NETWORK CONFIRM_APPOINTMENT PROPOSE DECIDE ACCEPT_VALUE "
    "CLEAR_REVIEW PUBLISH_REVIEW",
    "secretariat_officer": "SEE_NETWORK SEE_RESTRICTED MANAGE_NETWORK MANAGE_PEOPLE KEEP_REGISTER PLAN PROPOSE DECIDE "
    "REPORT_SECRETARIAT ACCEPT_REPORT ACCEPT_VALUE CONSULT DRAFT_REVIEW PUBLISH_REVIEW",
    "focal_point": "SEE_NETWORK SEE_RESTRICTED PROPOSE IMPLEMENT REPORT_IMPLEMENTER ENTER_VALUE TAKE_POSITION",
    "alternate": "SEE_NETWORK SEE_RESTRICTED PROPOSE IMPLEMENT REPORT_IMPLEMENTER ENTER_VALUE",
    "validator": "SEE_NETWORK SEE_RESTRICTED RELEASE_REPORT CONFIRM_FINDING CLEAR_REVIEW TAKE_POSITION",
    "civil_society_reporter": "SEE_NETWORK PROPOSE IMPLEMENT REPORT_IMPLEMENTER REPORT_CIVIL_SOCIETY TAKE_POSITION",
    "observer": "SEE_NETWORK",
    "other": "",
}


def may(check: Callable[..., object], *given: object) -> bool:
    try:
        check(*given)
    except RefusedError:
        return False
    return True


def test_roles_are_those_agreed() -> None:
    assert {duty: {verb.name for verb in role.verbs} for duty, role in ROLES.items()} == {
        duty: set(verbs.split()) for duty, verbs in EXPECTED.items()
    }
    assert set(ROLES) == set(Duty.values)


@pytest.mark.parametrize("duty", EXPECTED)
def test_a_role_gives_its_verbs_in_its_network_only(duty: str) -> None:
    actor = holder("alice", duty, organisation())
    may = {verb.name for verb in Verb if may_verb(actor, verb, network())}
    assert may == set(EXPECTED[duty].split())
    assert not any(may_verb(actor, verb, network("other-network")) for verb in Verb)
    assert not any(may_verb(actor, verb, None) for verb in Verb)


def test_the_operator_sets_up_and_imports_and_decides_and_speaks_for_nobody() -> None:
    done = {verb for verb in Verb if may_verb(Actor.operator(), verb, network())}
    assert {verb.name for verb in set(Verb) - done} == {
        "CONFIRM_APPOINTMENT",
        "DECIDE",
        "IMPLEMENT",
        "REPORT_IMPLEMENTER",
        "REPORT_SECRETARIAT",
        "REPORT_CIVIL_SOCIETY",
        "RELEASE_REPORT",
        "ACCEPT_REPORT",
        "ENTER_VALUE",
        "ACCEPT_VALUE",
        "TAKE_POSITION",
        "CONSULT",
        "CONFIRM_FINDING",
        "CLEAR_REVIEW",
    }
    with pytest.raises(RefusedError, match="decides and speaks for nobody"):
        check_verb(Actor.operator(), Verb.DECIDE, network())


def test_the_system_installs_and_the_anonymous_does_nothing() -> None:
    assert {verb for verb in Verb if may_verb(Actor.system(), verb, None)} == {Verb.INSTALL}
    assert not any(may_verb(ANONYMOUS, verb, network()) for verb in Verb)


def test_refusal_says_who_what_where_and_whom_to_ask() -> None:
    with pytest.raises(RefusedError) as refusal:
        check_verb(alice(), Verb.DECIDE, network())
    assert str(refusal.value) == (
        "The post focal_point-min-justice-qor-network may not agree, drop and supersede commitments in the network "
        "qor-network. Ask a co-chair or secretariat officer of that network."
    )
    with pytest.raises(RefusedError, match=r"this installation\. Ask the operator of the installation"):
        check_verb(alice(), Verb.INSTALL, None)


@pytest.mark.parametrize(
    ("from_date", "to_date", "on", "may"),
    [
        (None, None, None, False),
        (None, None, date(2025, 1, 1), True),
        (date(2025, 1, 1), None, date(2025, 1, 1), True),
        (date(2025, 1, 1), None, date(2024, 12, 31), False),
        (date(2025, 1, 1), date(2025, 6, 30), date(2025, 6, 30), True),
        (date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1), False),
        (date(2025, 1, 1), date(2025, 6, 30), None, False),
    ],
)
def test_only_the_holder_of_the_day_acts(from_date: date | None, to_date: date | None, on: date, may: bool) -> None:
    seat = post("seat", "secretariat_officer", secretariat())
    holding = appointed(seat, person(), network(), from_date=from_date, to_date=to_date)
    assert may_verb(Actor.holder(holding, on), Verb.DECIDE, network()) is may


def test_a_holding_that_ended_on_an_unknown_day_gives_nothing() -> None:
    actor = bob()
    assert actor.holding
    end_holding(by=bob(), holding=actor.holding, on=None)
    assert not may_verb(actor, Verb.DECIDE, network())


def test_a_closed_post_gives_nothing() -> None:
    actor = bob()
    assert actor.post
    close_post(by=bob(), post=actor.post, on=date(2025, 1, 1))
    holding = actor.post.holdings.get()
    assert may_verb(Actor.holder(holding, date(2024, 12, 31)), Verb.DECIDE, network())
    assert not may_verb(Actor.holder(holding, date(2025, 1, 1)), Verb.DECIDE, network())


def test_a_post_acts_for_its_own_organisation_only() -> None:
    assert may(check_own_organisation, alice(), organisation(), "speak")
    assert not may(check_own_organisation, alice(), society(), "speak")
    assert not may(check_own_organisation, Actor.operator(), society(), "speak")
    assert not may(check_own_organisation, ANONYMOUS, society(), "speak")


def test_an_implementer_or_the_secretariat_carries_a_commitment_on() -> None:
    row = commitment()
    outsider = holder("fatima", "focal_point", organisation("min-labour"))
    assert may(check_implement, alice(), row)
    assert may(check_implement, bob(), row)
    assert not may(check_implement, outsider, row)
    assert not may(check_implement, charlie(), row)
    assert not may(check_implement, holder("dora", "observer", organisation()), row)


def test_a_participant_that_left_no_longer_carries_it_on() -> None:
    row = commitment()
    row.participations.update(to_date=date(2025, 1, 1))
    assert not may(check_implement, alice(), row)


def test_reports_are_made_in_the_voice_of_the_post_for_its_organisation() -> None:
    assert may(check_report, alice(), network(), organisation(), "implementer")
    assert not may(check_report, alice(), network(), organisation(), "secretariat")
    assert not may(check_report, alice(), network(), society(), "implementer")
    assert may(check_report, bob(), network(), secretariat(), "secretariat")
    assert not may(check_report, bob(), network(), secretariat(), "implementer")
    assert not may(check_report, charlie(), network(), secretariat(), "secretariat")


def test_viewer_of_a_person_joins_its_posts() -> None:
    known_to_all(person("alice"))
    focal, observer = alice(), holder("alice", "observer", society(), network("other-network"))
    other = holder("alice", "other", organisation("min-labour"))
    assert focal.holding
    assert observer.holding
    assert other.holding
    viewer = viewer_of([focal.holding, observer.holding, other.holding], TODAY)
    assert viewer.networks == {"qor-network", "other-network"}
    assert viewer.restricted == {"qor-network"}
    assert viewer.seats == {("qor-network", "min-justice"), ("other-network", "open-door")}
    assert viewer.person == "alice"
    assert viewer.audience == "network"
    assert viewer_of([], TODAY).audience == "public"
    assert OPERATOR_VIEWER.audience == "network"


def test_an_unknown_voice_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="voice 'average'"):
        check_report(Actor.operator(), network(), organisation(), "average")
