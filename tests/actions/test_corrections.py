"""What was entered of bodies, persons, networks and claims is corrected, or withdrawn and entered again."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from tests.factories.claims import claim
from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat
from tests.factories.people import alice, bob, charlie, person, post
from waymark.actions.amending import AMENDABLE, amend, propose_change, withdraw
from waymark.actions.appointments import HoldingFacts, appoint
from waymark.actions.claims import ChoiceFacts, ClaimFacts, choose, record_claim
from waymark.actions.facts import Facts, facts_of
from waymark.actions.networks import (
    GroupFacts,
    MembershipFacts,
    NetworkFacts,
    SeatFacts,
    admit,
    found,
    join_group,
    set_up_group,
)
from waymark.actions.organisations import NameFacts
from waymark.actions.people import PersonFacts, PostFacts, enter_person
from waymark.actions.successions import SuccessionFacts, abolish, merge, rename, split
from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.nouns import NOUNS
from waymark.records.actors import Actor
from waymark.records.claims import Claim, ClaimChoice
from waymark.records.networks import Membership, Network
from waymark.records.organisations import Organisation, OrganisationName, Succession
from waymark.records.people import Person, Post
from waymark.records.record import Record
from waymark.records.viewers import PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

OPERATOR = Actor.operator()
DAY, LATER = date(2024, 7, 1), date(2024, 9, 1)
GEORGIAN = (
    "საქართველოს ოკუპირებული ტერიტორიებიდან დევნილთა, შრომის, ჯანმრთელობისა "
    "და სოციალური დაცვის სამინისტროს მოადგილე ბრძანებით"
)
"""A Georgian name of 120 letters and more."""


def group() -> Any:
    row = network().working_groups.first()
    return row or set_up_group(by=bob(), network=network(), code="g1", facts=GroupFacts(name="Data"))


def seated() -> Any:
    return join_group(by=bob(), group=group(), organisation=organisation(), facts=SeatFacts())


def member() -> Membership:
    return admit(by=bob(), network=network(), organisation=organisation("member"), facts=MembershipFacts(role="member"))


def held() -> Any:
    seat = post("observer-seat", "observer", organisation())
    return appoint(by=bob(), post=seat, person=person("ivo"), facts=HoldingFacts())


def claimed() -> Claim:
    return record_claim(
        by=bob(), network=network(), subject=network(), attribute="founded", facts=ClaimFacts(value="2020", source="S")
    )


def chosen() -> ClaimChoice:
    return choose(by=bob(), claim=claimed(), facts=ChoiceFacts(rule="judgement", reason="Only one"))


def kept() -> Organisation:
    return organisation("ours", keeper=network())


def merged() -> Succession:
    return merge(by=bob(), organisations=[kept()], into=heir(), facts=SuccessionFacts(date=DAY))[0]


def heir() -> Organisation:
    return organisation("heir", keeper=network())


ROWS: dict[str, tuple[Callable[[], Any], type[Facts], dict[str, Any]]] = {
    "claim": (claimed, ClaimFacts, {"value": "2021", "date": DAY}),
    "claim-choice": (chosen, ChoiceFacts, {"rule": "official_record", "reason": "The act says so"}),
    "membership": (member, MembershipFacts, {"role": "partner", "from_date": DAY}),
    "network": (network, NetworkFacts, {"name": {"en": "Network", "ka": "ქსელი"}, "working_week": [1, 2, 3, 4, 5]}),
    "organisation-name": (lambda: kept().names.get(), NameFacts, {"name": {"en": "Ours", "ka": GEORGIAN}}),
    "person": (lambda: person("ivo"), PersonFacts, {"name": {"en": "Ivo", "ka": GEORGIAN}}),
    "post": (lambda: post("free", "observer", organisation()), PostFacts, {"title": "Watcher"}),
    "post-holding": (held, HoldingFacts, {"from_date": DAY, "acting": True}),
    "succession": (merged, SuccessionFacts, {"date": LATER, "act": "Act 12"}),
    "working-group": (group, GroupFacts, {"mandate": "Count well"}),
    "working-group-member": (seated, SeatFacts, {"co_lead": True}),
}


WORDED = ("title", "mandate", "reason")


@pytest.mark.parametrize("noun", ROWS)
def test_each_is_corrected_by_the_facts_it_was_entered_with(noun: str) -> None:
    make, kind, changes = ROWS[noun]
    row = make()
    assert row.noun == noun
    assert AMENDABLE[noun].facts is kind
    amend(by=bob(), row=row, facts=replace(facts_of(row, kind), **changes), reason="It was entered wrongly")
    now = facts_of(type(row)._default_manager.get(pk=row.pk), kind)
    said = {name: {"en": value} if name in WORDED else value for name, value in changes.items()}
    assert {name: getattr(now, name) for name in changes} == said


@pytest.mark.parametrize("noun", sorted(ROWS.keys() - {"network"}))
def test_each_is_withdrawn_and_leaves_every_list(noun: str) -> None:
    row = ROWS[noun][0]()
    if noun == "organisation-name":
        rename(by=bob(), organisation=row.organisation, named=NameFacts(name="New"), facts=SuccessionFacts(date=DAY))
        row.refresh_from_db()
    withdraw(by=bob(), row=row, reason="Entered twice")
    assert not type(row)._default_manager.standing().filter(pk=row.pk).exists()


@pytest.mark.parametrize("noun", ["membership", "working-group-member", "post-holding", "claim", "claim-choice"])
def test_what_was_withdrawn_can_be_entered_again(noun: str) -> None:
    make = ROWS[noun][0]
    first = make()
    if noun in ("claim", "claim-choice"):
        withdraw(by=bob(), row=first if noun == "claim" else first.claim, reason="A wrong source")
    else:
        withdraw(by=bob(), row=first, reason="Another body was meant")
    again = make()
    assert again.pk != first.pk
    assert list(type(first)._default_manager.standing().filter(pk__in=[first.pk, again.pk])) == [again]


@pytest.mark.parametrize("noun", ROWS)
def test_the_officer_of_another_network_corrects_and_withdraws_nothing(noun: str) -> None:
    make, kind, changes = ROWS[noun]
    row = make()
    with pytest.raises(RefusedError, match="in the network qor-network"):
        amend(by=charlie(), row=row, facts=replace(facts_of(row, kind), **changes), reason="Better")
    with pytest.raises(RefusedError, match="in the network qor-network"):
        withdraw(by=charlie(), row=row, reason="Better")


def test_every_fact_of_every_noun_is_a_field_of_it() -> None:
    models = {model.noun: model for model in apps.get_app_config("records").get_models() if issubclass(model, Record)}
    base = {one.name for one in fields(Facts)}
    for noun, how in AMENDABLE.items():
        model = models[noun]
        known = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
        assert {one.name for one in fields(how.facts)} - base <= known, noun
        assert noun in NOUNS


def test_an_organisation_keeps_its_last_name() -> None:
    with pytest.raises(RefusedError, match="the only name of ours"):
        withdraw(by=bob(), row=kept().names.get(), reason="Wrong")
    with pytest.raises(RefusedError, match="needs a name"):
        amend(by=bob(), row=kept().names.get(), facts=NameFacts(name=""), reason="Wrong")


def test_only_who_runs_the_installation_withdraws_a_network_or_its_mark() -> None:
    row = found(
        by=OPERATOR,
        code="fiction",
        facts=NetworkFacts(kind="other", level="national", name="F", demonstration="Fiction"),
    )
    officer = bob_of(row)
    with pytest.raises(RefusedError, match="in this installation"):
        amend(by=officer, row=row, facts=replace(facts_of(row, NetworkFacts), demonstration=""), reason="Real now")
    amend(by=officer, row=row, facts=replace(facts_of(row, NetworkFacts), languages=["ka", "en"]), reason="Known now")
    with pytest.raises(RefusedError, match="in this installation"):
        withdraw(by=bob(), row=network(), reason="Gone")


def bob_of(row: Network) -> Actor:
    from tests.factories.people import holder

    return holder("carl", "secretariat_officer", secretariat(), row)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"time_zone": "Asia/Tblisi"}, "there is no such zone"),
        ({"languages": ["ka", "kartuli"]}, "there is no such language"),
        ({"working_week": [0, 1]}, "not the days of a week"),
        ({"working_week": [1, 1]}, "not the days of a week"),
        ({"quiet_days": ["26 May"]}, "this is no day"),
        ({"mark": "verified"}, "must name its source"),
    ],
)
def test_a_network_with_impossible_facts_is_refused(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        NetworkFacts(kind="un_network", level="national", name="N", **facts)


def test_a_network_keeps_how_its_days_are_counted() -> None:
    row = found(
        by=OPERATOR,
        code="n",
        facts=NetworkFacts(
            kind="un_network", level="national", name="N", languages=("ka", "az"), time_zone="Asia/Tbilisi",
            working_week=(1, 2, 3, 4, 5), quiet_days=(date(2026, 5, 26),),
        ),
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.languages, row.time_zone) == (["ka", "az"], "Asia/Tbilisi")
    assert (row.working_week, row.quiet_days) == ([1, 2, 3, 4, 5], ["2026-05-26"])
    before = row.version
    amend(by=OPERATOR, row=row, facts=replace(facts_of(row, NetworkFacts), quiet_days=(date(2026, 5, 26),)), reason="x")
    assert row.version == before


def test_a_proposal_with_the_same_words_proposes_nothing() -> None:
    row = person("ivo")
    with pytest.raises(RefusedError, match="Nothing of what was given differs"):
        propose_change(by=alice(), row=row, facts=replace(facts_of(row, PersonFacts), name="Ivo"), reason="None")


def test_a_name_of_a_hundred_and_twenty_letters_is_kept_whole() -> None:
    assert len(GEORGIAN) >= 120
    row = enter_person(by=bob(), keeper=network(), code="long", facts=PersonFacts(name={"ka": GEORGIAN}))
    assert Person.objects.get(pk=row.pk).name == {"ka": GEORGIAN}


class TestSuccessions:
    def before(self) -> tuple[Organisation, Organisation]:
        old, new = kept(), heir()
        admit(by=bob(), network=network(), organisation=old, facts=MembershipFacts(role="member"))
        join_group(by=bob(), group=group(), organisation=old, facts=SeatFacts())
        post("fp-ours", "focal_point", old)
        commitment().participations.update(organisation=old)
        return old, new

    def state(self, body: Organisation) -> list[Any]:
        spans = (body.names, body.memberships, body.working_groups, body.participations)
        return [sorted((row.from_date, row.to_date) for row in manager.standing()) for manager in spans] + [
            Post.objects.filter(organisation=body).count()
        ]

    def test_a_corrected_day_is_that_of_all_that_followed(self) -> None:
        old, new = self.before()
        step = merge(by=bob(), organisations=[old], into=new, facts=SuccessionFacts(date=DAY))[0]
        amend(by=bob(), row=step, facts=SuccessionFacts(date=LATER, act="Act 12"), reason="The act says September")
        last = date(2024, 8, 31)
        assert self.state(old) == [[(None, last)]] * 4 + [0]
        assert [(row.from_date, row.to_date) for row in new.memberships.standing()] == [(LATER, None)]
        amend(by=bob(), row=step, facts=SuccessionFacts(date=None), reason="The day is not known")
        assert old.memberships.get().end_unknown
        amend(by=bob(), row=step, facts=SuccessionFacts(date=DAY), reason="Found again")
        assert self.state(old) == [[(None, date(2024, 6, 30))]] * 4 + [0]

    def test_what_was_changed_by_hand_since_keeps_its_day(self) -> None:
        old, new = self.before()
        step = merge(by=bob(), organisations=[old], into=new, facts=SuccessionFacts(date=DAY))[0]
        seat = old.memberships.get()
        amend(by=bob(), row=seat, facts=MembershipFacts(role="member", to_date=date(2024, 5, 1)), reason="Left earlier")
        amend(by=bob(), row=step, facts=SuccessionFacts(date=LATER), reason="September")
        assert old.memberships.get().to_date == date(2024, 5, 1)

    def test_a_merger_that_never_was_is_taken_back_whole(self) -> None:
        old, new = self.before()
        before = self.state(old), self.state(new)
        step = merge(by=bob(), organisations=[old], into=new, facts=SuccessionFacts(date=DAY))[0]
        assert self.state(old) != before[0]
        withdraw(by=bob(), row=step, reason="Another ministry was meant")
        assert (self.state(old), self.state(new)) == before
        assert old.memberships.get().end_reason == ""
        other = organisation("third", keeper=network())
        again = merge(by=bob(), organisations=[old], into=other, facts=SuccessionFacts(date=DAY))
        assert self.state(other)[-1] == 1
        assert again[0].code == "ours.merged-2"

    def test_a_merger_is_not_taken_back_below_a_later_one(self) -> None:
        old, new = self.before()
        step = merge(by=bob(), organisations=[old], into=new, facts=SuccessionFacts(date=DAY))[0]
        third = organisation("third", keeper=network())
        later = merge(by=bob(), organisations=[new], into=third, facts=SuccessionFacts(date=LATER))[0]
        with pytest.raises(RefusedError, match="Withdraw that later succession first"):
            withdraw(by=bob(), row=step, reason="Wrong")
        withdraw(by=bob(), row=later, reason="Wrong")
        withdraw(by=bob(), row=step, reason="Wrong")
        assert Post.objects.get(code="fp-ours").organisation == old

    def test_a_new_name_an_end_and_a_split_are_taken_back(self) -> None:
        old, _ = self.before()
        before = self.state(old)
        rename(by=bob(), organisation=old, named=NameFacts(name="New"), facts=SuccessionFacts(date=DAY))
        withdraw(by=bob(), row=old.successions.standing().get(), reason="The bill failed")
        assert self.state(old) == before
        assert OrganisationName.objects.standing().get(organisation=old).name == {"en": "Body ours"}
        seat = Post.objects.get(code="fp-ours")
        appoint(by=bob(), post=seat, person=person("ivo"), facts=HoldingFacts())
        step = abolish(by=bob(), organisation=old, facts=SuccessionFacts(date=DAY))
        withdraw(by=bob(), row=step, reason="The bill failed")
        assert self.state(old) == before
        seat.refresh_from_db()
        assert (seat.closed_on, seat.holdings.open().count()) == (None, 1)
        ended = split(by=bob(), organisation=old, into=[heir()], ends=True, facts=SuccessionFacts(date=DAY))
        withdraw(by=bob(), row=ended[0], reason="The bill failed")
        assert self.state(old) == before


class TestReach:
    """Nothing that a network keeps points to what another keeps and its members do not read."""

    def hidden(self) -> dict[str, Any]:
        far = network("other-network")
        return {
            "person": person("zoe", far),
            "organisation": organisation("hidden", keeper=far, classification="network"),
        }

    def test_a_person_of_another_network_is_not_appointed_here(self) -> None:
        seat = post("free", "observer", organisation())
        with pytest.raises(RefusedError, match="The person zoe is not for the members of the network qor-network"):
            appoint(by=bob(), post=seat, person=self.hidden()["person"], facts=HoldingFacts())

    def test_a_body_of_another_network_is_not_named_here(self) -> None:
        body = self.hidden()["organisation"]
        for act in (
            lambda: admit(by=bob(), network=network(), organisation=body, facts=MembershipFacts(role="member")),
            lambda: join_group(by=bob(), group=group(), organisation=body, facts=SeatFacts()),
            lambda: enter_person(
                by=bob(), keeper=network(), code="kim", facts=PersonFacts(name="Kim", organisation=body)
            ),
            lambda: amend(
                by=bob(), row=person("ivo"), facts=PersonFacts(name="Ivo", organisation=body), reason="Moved"
            ),
        ):
            with pytest.raises(RefusedError, match="The organisation hidden is not for the members"):
                act()

    def test_what_is_public_is_within_reach(self) -> None:
        body = organisation("open", keeper=network("other-network"))
        assert Organisation.objects.visible_to(PUBLIC).filter(pk=body.pk).exists()
        assert admit(by=bob(), network=network(), organisation=body, facts=MembershipFacts(role="member")).pk


def test_networks_choose_among_their_own_claims() -> None:
    mine, shared = chosen(), claim()
    choose(by=OPERATOR, claim=shared, facts=ChoiceFacts(rule="judgement", reason="Only one"))
    theirs = record_claim(
        by=charlie(), network=network("other-network"), subject=network(), attribute="founded",
        facts=ClaimFacts(value="2019", source="T"),
    )  # fmt: skip
    choose(by=charlie(), claim=theirs, facts=ChoiceFacts(rule="judgement", reason="Ours"))
    mine.refresh_from_db()
    assert mine.claim.value == "2020"
    assert ClaimChoice.objects.filter(attribute="founded").count() == 2
