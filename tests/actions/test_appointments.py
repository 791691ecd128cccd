"""Nobody appoints himself, nor those who accept, confirm or clear his work; the first ones come from a paper."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import OPERATOR, PAPER, TODAY, alice, bob, charlie, dora, emil, holder, person, post
from waymark.actions.amending import amend, withdraw
from waymark.actions.appointments import (
    HoldingFacts,
    appoint,
    confirm_appointment,
    end_holding,
    refuse_appointment,
)
from waymark.actions.facts import Paper, facts_of
from waymark.actions.people import PostFacts, close_post
from waymark.actions.storing import fresh
from waymark.gcm.errors import RefusedError
from waymark.records.actors import ANONYMOUS, Actor
from waymark.records.appointing import APPOINTING
from waymark.records.events import Event
from waymark.records.people import Duty, Person, PostHolding
from waymark.records.permissions import in_office, may_verb, viewer_of
from waymark.records.roles import ROLES, Verb
from waymark.records.viewers import PUBLIC, network_viewer

pytestmark = pytest.mark.django_db

JUDGING = {Verb.ACCEPT_REPORT, Verb.CONFIRM_FINDING, Verb.CLEAR_REVIEW, Verb.CONFIRM_APPOINTMENT}
"""The rights to accept, confirm or clear what others did."""


def entered(duty: str, who: str = "ivo", by: Actor | None = None, **facts: Any) -> PostHolding:
    """An appointment to a new post of a duty, entered by the officer."""
    seat = post(f"new-{duty}", duty, organisation("min-labour"))
    return appoint(by=by or bob(), post=seat, person=person(who), facts=HoldingFacts(**facts))


def test_every_duty_is_in_the_table_and_those_that_judge_wait() -> None:
    assert set(APPOINTING) == set(Duty.values)
    waiting = {duty for duty, row in APPOINTING.items() if row.waits}
    assert waiting == {duty for duty, role in ROLES.items() if role.verbs & JUDGING}
    assert all(row.reason.endswith(".") for row in APPOINTING.values())


@pytest.mark.parametrize("duty", Duty.values)
def test_who_judges_the_officers_work_waits_for_a_co_chair(duty: str) -> None:
    holding = entered(duty)
    assert (holding.entered_by, holding.entered_by_post) == (bob().person, bob().post)
    assert holding.state == ("waiting" if APPOINTING[duty].waits else "made")
    actor = Actor.holder(holding, TODAY)
    assert in_office(holding, TODAY) is not APPOINTING[duty].waits
    if APPOINTING[duty].waits:
        assert not any(may_verb(actor, verb, network()) for verb in Verb)
        assert viewer_of([holding], TODAY) == PUBLIC
        confirm_appointment(by=dora(), holding=holding)
        assert (holding.confirmed_on, holding.confirmed_by, holding.confirmed_by_post) == (
            TODAY, dora().person, dora().post,
        )  # fmt: skip
    assert {verb for verb in Verb if may_verb(actor, verb, network())} == ROLES[duty].verbs


@pytest.mark.parametrize("duty", Duty.values)
def test_nobody_appoints_himself(duty: str) -> None:
    holding = entered(duty, who="bob")
    assert holding.state == "waiting"
    assert not in_office(holding, TODAY)
    with pytest.raises(RefusedError, match="may not confirm appointments"):
        confirm_appointment(by=bob(), holding=holding)
    confirm_appointment(by=dora(), holding=holding)
    assert in_office(holding, TODAY)


def test_the_second_person_is_neither_the_appointed_nor_who_entered_it() -> None:
    olga = holder("olga", "co_chair", organisation("min-chair"))
    second = entered("validator", who="dora")
    with pytest.raises(RefusedError, match="Nobody confirms or refuses his own appointment"):
        confirm_appointment(by=dora(), holding=second)
    with pytest.raises(RefusedError, match="Nobody confirms or refuses his own appointment"):
        refuse_appointment(by=dora(), holding=second, reason="No time")
    confirm_appointment(by=olga, holding=second)
    both = entered("co_chair", who="bob")  # one person in two posts: officer and co-chair
    confirm_appointment(by=dora(), holding=both)
    as_chair = Actor.holder(both, TODAY)
    mine = entered("observer", who="bob")
    third = appoint(
        by=bob(), post=post("v2", "validator", organisation("v2")), person=person("kim"), facts=HoldingFacts()
    )
    with pytest.raises(RefusedError, match="is not its second person"):
        confirm_appointment(by=as_chair, holding=third)
    with pytest.raises(RefusedError, match="Nobody confirms or refuses his own"):
        confirm_appointment(by=as_chair, holding=mine)
    assert confirm_appointment(by=dora(), holding=third).state == "confirmed"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (bob, "may not confirm appointments"),
        (alice, "may not confirm appointments"),
        (emil, "may not confirm appointments"),
        (charlie, "may not confirm appointments"),
        (
            lambda: holder("far-chair", "co_chair", secretariat(), network("other-network")),
            "in the network qor-network",
        ),
        (lambda: OPERATOR, "confirmed or refused by a co-chair of the network, not by the operator"),
        (lambda: Actor.system(), "not by the system"),
        (lambda: ANONYMOUS, "not by "),
    ],
)
def test_only_a_co_chair_of_the_network_in_office_confirms(who: Any, words: str) -> None:
    actor = who()
    holding = entered("validator")
    for act in (
        lambda: confirm_appointment(by=actor, holding=holding),
        lambda: refuse_appointment(by=actor, holding=holding, reason="No"),
    ):
        with pytest.raises(RefusedError, match=words):
            act()
    assert PostHolding.objects.get(pk=holding.pk).state == "waiting"


def test_a_co_chair_who_has_left_or_not_begun_confirms_nothing() -> None:
    holding, chair = entered("validator"), dora()
    assert chair.holding
    end_holding(by=bob(), holding=chair.holding, on=date(2026, 5, 31))
    with pytest.raises(RefusedError, match="does not hold the post"):
        confirm_appointment(by=chair, holding=holding)
    confirm_appointment(by=replace(chair, today=date(2026, 5, 31)), holding=holding)  # the door said so on that day
    assert not in_office(holding, date(2026, 5, 30))
    assert in_office(holding, date(2026, 5, 31))


def test_what_was_refused_gives_nothing_and_the_post_is_free_again() -> None:
    holding = entered("validator")
    with pytest.raises(RefusedError, match="Say why"):
        refuse_appointment(by=dora(), holding=holding, reason="")
    with pytest.raises(RefusedError, match="The appointment of ivo to the post new-validator waits"):
        appoint(by=bob(), post=holding.post, person=person("kim"), facts=HoldingFacts())
    refuse_appointment(by=dora(), holding=holding, reason="The ministry named another")
    assert not in_office(holding, TODAY)
    with pytest.raises(RefusedError, match="was withdrawn"):
        confirm_appointment(by=dora(), holding=holding)
    assert not PostHolding.objects.visible_to(network_viewer("qor-network")).filter(pk=holding.pk).exists()
    words = Event.objects.get(verb="post.appointment.refused").detail.words
    assert words["changes"]["reason"] == {"en": "The ministry named another"}
    again = appoint(by=bob(), post=holding.post, person=person("ivo"), facts=HoldingFacts())
    confirm_appointment(by=dora(), holding=again)
    with pytest.raises(RefusedError, match="is confirmed"):
        confirm_appointment(by=dora(), holding=again)


def test_an_appointment_that_waits_is_known_to_the_network_only() -> None:
    seat = post("open-seat", "validator", organisation(), classification="public")
    holding = appoint(by=bob(), post=seat, person=person("ivo"), facts=HoldingFacts())
    assert holding.effective == "public"
    assert not PostHolding.objects.visible_to(PUBLIC).filter(pk=holding.pk).exists()
    assert not PostHolding.objects.visible_to(network_viewer("other-network")).filter(pk=holding.pk).exists()
    assert PostHolding.objects.visible_to(network_viewer("qor-network")).filter(pk=holding.pk).exists()
    assert not PostHolding.objects.on(TODAY).filter(pk=holding.pk).exists()
    confirm_appointment(by=dora(), holding=holding)
    assert PostHolding.objects.visible_to(PUBLIC).on(TODAY).filter(pk=holding.pk).exists()


class TestFirst:
    """While a network has no co-chair, or no officer, in office the operator enters one, from a paper."""

    def seat(self, duty: str, code: str = "") -> Any:
        return post(code or f"first-{duty}", duty, secretariat())

    def enter(
        self, duty: str, who: str = "ivo", code: str = "", today: date | None = TODAY, **more: Any
    ) -> PostHolding:
        by = Actor.operator(today=today)
        given = {"facts": HoldingFacts(), "paper": PAPER} | more
        return appoint(by=by, post=self.seat(duty, code), person=person(who), **given)

    def test_the_first_co_chair_and_officer_are_two_persons_each_from_a_paper(self) -> None:
        chair = self.enter("co_chair", who="ana")
        assert (chair.state, chair.paper_words, chair.paper_date) == ("made", PAPER.words, PAPER.date)
        assert (chair.entered_by, chair.entered_by_post, chair.entered_for) == (None, None, True)
        with pytest.raises(RefusedError, match="ana is co-chair of the network qor-network"):
            self.enter("secretariat_officer", who="ana")
        officer = self.enter("secretariat_officer")
        assert in_office(chair, TODAY)
        assert in_office(officer, TODAY)

    def test_not_without_a_paper_or_a_day(self) -> None:
        with pytest.raises(RefusedError, match="only from a paper"):
            self.enter("co_chair", paper=None)
        with pytest.raises(RefusedError, match="depends on the day"):
            self.enter("co_chair", today=None)

    @pytest.mark.parametrize("duty", sorted(set(Duty.values) - {"co_chair", "secretariat_officer", "other"}))
    def test_no_other_duty(self, duty: str) -> None:
        with pytest.raises(RefusedError, match="The operator does not appoint"):
            self.enter(duty)

    def test_a_post_that_gives_no_rights_is_a_fact_from_a_source(self) -> None:
        assert self.enter("other", paper=None).state == "made"

    @pytest.mark.parametrize("duty", ["co_chair", "secretariat_officer"])
    def test_no_second_one(self, duty: str) -> None:
        self.enter(duty)
        with pytest.raises(RefusedError, match="so the operator appoints none"):
            self.enter(duty, who="kim", code="second")

    def test_no_second_one_beside_who_begins_later(self) -> None:
        self.enter("co_chair", facts=HoldingFacts(from_date=date(2026, 7, 1)))
        with pytest.raises(RefusedError, match="so the operator appoints none"):
            self.enter("co_chair", who="kim", code="second")

    def test_again_in_a_vacancy(self) -> None:
        chair = dora().holding
        assert chair
        end_holding(by=bob(), holding=chair, on=date(2026, 5, 31))
        waiting = entered("co_chair")
        assert waiting.state == "waiting"
        again = self.enter("co_chair", who="kim", code="rotation")
        assert in_office(again, TODAY)
        confirm_appointment(by=Actor.holder(again, TODAY), holding=waiting)

    def test_an_officer_enters_from_a_paper_too(self) -> None:
        seat = post("fp", "focal_point", organisation())
        letter = Paper(date(2026, 5, 4), words="Letter 12/4 of the ministry")
        holding = appoint(by=bob(), post=seat, person=person("ivo"), facts=HoldingFacts(), paper=letter)
        assert (holding.paper_words, holding.state, holding.entered_by) == (letter.words, "made", bob().person)


class TestOperator:
    """What he does about who holds a post with rights, he does from a paper, or not at all."""

    def test_he_ends_a_holding_only_from_a_paper_and_the_log_names_it(self) -> None:
        row = entered("focal_point")
        with pytest.raises(RefusedError, match="only from a paper"):
            end_holding(by=OPERATOR, holding=row, on=TODAY)
        end_holding(by=OPERATOR, holding=row, on=date(2026, 5, 31), paper=PAPER)
        assert not in_office(row, TODAY)
        words = Event.objects.get(verb="post.left").detail.words["changes"]
        assert (words["paper"], words["paper_date"]) == (PAPER.words, str(PAPER.date))

    def test_he_corrects_and_withdraws_none(self) -> None:
        row = entered("focal_point")
        facts = replace(facts_of(row, HoldingFacts), to_date=date(2026, 5, 31))
        for act in (
            lambda: amend(by=OPERATOR, row=row, facts=facts, reason="A slip"),
            lambda: withdraw(by=OPERATOR, row=row, reason="A slip"),
        ):
            with pytest.raises(RefusedError, match="does not correct who holds the post"):
                act()
        assert in_office(row, TODAY)

    def test_he_closes_only_a_post_that_nobody_holds(self) -> None:
        row = entered("focal_point")
        with pytest.raises(RefusedError, match="only from a paper"):
            close_post(by=OPERATOR, post=row.post, on=TODAY)
        end_holding(by=bob(), holding=row, on=date(2026, 5, 31))
        assert close_post(by=OPERATOR, post=row.post, on=TODAY).closed_on == TODAY

    def test_a_holder_for_a_fixed_term_is_one_too(self) -> None:
        row = entered("focal_point")
        later = replace(facts_of(row, HoldingFacts), to_date=date(2027, 5, 31))
        amend(by=bob(), row=row, facts=later, reason="For a year")
        with pytest.raises(RefusedError, match="only from a paper"):
            close_post(by=OPERATOR, post=row.post, on=TODAY)
        assert in_office(row, TODAY)
        close_post(by=bob(), post=row.post, on=TODAY)
        assert fresh(row).to_date == TODAY

    def test_nobody_withdraws_a_post_that_somebody_holds(self) -> None:
        row = entered("focal_point")
        for actor in (OPERATOR, bob()):
            with pytest.raises(RefusedError, match="Somebody holds the post"):
                withdraw(by=actor, row=row.post, reason="A slip")
        assert in_office(row, TODAY)

    def test_of_a_post_without_rights_he_corrects_what_a_source_says(self) -> None:
        row = entered("other", by=OPERATOR)
        amend(by=OPERATOR, row=row, facts=replace(facts_of(row, HoldingFacts), acting=True), reason="A slip")
        end_holding(by=OPERATOR, holding=row, on=date(2026, 5, 31))
        withdraw(by=OPERATOR, row=row, reason="Another person was meant")
        close_post(by=OPERATOR, post=row.post, on=TODAY)


class TestCorrections:
    """A correction appoints nobody."""

    def longer(self, row: PostHolding, by: Actor, **facts: Any) -> None:
        amend(by=by, row=row, facts=replace(facts_of(row, HoldingFacts), **facts), reason="A slip")

    def test_nobody_corrects_his_own_holding(self) -> None:
        mine = bob().holding
        assert mine
        with pytest.raises(RefusedError, match="Nobody corrects for how long he holds"):
            self.longer(mine, bob(), to_date=date(2030, 1, 1))

    @pytest.mark.parametrize(
        "facts",
        [{"to_date": None}, {"to_date": date(2026, 7, 1)}, {"from_date": date(2025, 1, 1)}, {"from_date": None}],
    )
    def test_what_a_second_person_settled_does_not_become_longer(self, facts: dict[str, Any]) -> None:
        row = entered("validator", from_date=date(2026, 1, 1), to_date=date(2026, 6, 30))
        self.longer(row, bob(), from_date=date(2026, 1, 2))
        self.longer(row, bob(), from_date=date(2026, 1, 1))  # while it waits, it is corrected
        confirm_appointment(by=dora(), holding=row)
        with pytest.raises(RefusedError, match="a correction does not make it longer"):
            self.longer(row, bob(), **facts)
        self.longer(row, bob(), to_date=date(2026, 6, 1))
        self.longer(row, bob(), end_unknown=True, to_date=None)
        with pytest.raises(RefusedError, match="a correction does not make it longer"):
            self.longer(row, bob(), end_unknown=False, to_date=date(2026, 6, 1))

    def test_who_judges_nobody_is_corrected_freely(self) -> None:
        row = entered("focal_point", to_date=date(2026, 5, 31))
        assert not in_office(row, TODAY)
        self.longer(row, bob(), to_date=None)
        assert in_office(row, TODAY)

    def test_a_post_with_holders_keeps_duty_and_organisation(self) -> None:
        seat = entered("observer").post
        for facts in (
            PostFacts(organisation=seat.organisation, duty="validator"),
            PostFacts(organisation=society(), duty="observer"),
        ):
            with pytest.raises(RefusedError, match="has or had holders"):
                amend(by=bob(), row=seat, facts=facts, reason="Other")
        amend(by=bob(), row=seat, facts=replace(facts_of(seat, PostFacts), title="Watcher"), reason="Its name")

    def test_a_withdrawn_holding_gives_nothing(self) -> None:
        row = entered("focal_point")
        actor = Actor.holder(row, TODAY)
        assert may_verb(actor, Verb.PROPOSE, network())
        withdraw(by=bob(), row=row, reason="Another person was meant")
        assert not may_verb(actor, Verb.PROPOSE, network())
        assert viewer_of([row], TODAY) == PUBLIC
        assert Person.objects.standing().filter(code="ivo").exists()


class TestDays:
    """Authority is asked on the door's day, for acting and for reading."""

    @pytest.mark.parametrize(
        ("facts", "may"),
        [
            ({"from_date": date(2026, 6, 2)}, False),
            ({"from_date": date(2026, 6, 1)}, True),
            ({"to_date": date(2026, 5, 31)}, False),
            ({"to_date": date(2026, 6, 1)}, True),
            ({"end_unknown": True}, False),
        ],
    )
    def test_begun_and_not_ended(self, facts: dict[str, Any], may: bool) -> None:
        row = entered("focal_point", **facts)
        assert may_verb(Actor.holder(row, TODAY), Verb.PROPOSE, network()) is may
        assert bool(viewer_of([row], TODAY).networks) is may

    def test_yesterdays_right_and_a_closed_post(self) -> None:
        row = entered("focal_point")
        yesterday = Actor.holder(row, date(2026, 5, 31))
        close_post(by=bob(), post=row.post, on=TODAY)
        row = PostHolding.objects.select_related("post").get(pk=row.pk)
        assert not may_verb(Actor.holder(row, TODAY), Verb.PROPOSE, network())
        assert viewer_of([row], TODAY) == PUBLIC
        assert may_verb(replace(yesterday, holding=row), Verb.PROPOSE, network())

    def test_a_back_dated_appointment_gives_no_rights_of_former_days(self) -> None:
        row = entered("validator", from_date=date(2020, 1, 1))
        confirm_appointment(by=dora(), holding=row)
        assert not in_office(row, date(2026, 5, 31))
        assert in_office(row, TODAY)
