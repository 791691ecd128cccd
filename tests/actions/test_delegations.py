"""A holder lends the rights of his post for some days: never more than he has, never to judge his own work."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat, society
from tests.factories.people import TODAY, alice, bob, charlie, dora, emil, fatima, holder, known_to_all, person, post
from tests.factories.reports import report
from waymark.actions.amending import accept_change, amend, propose_change, withdraw
from waymark.actions.appointments import HoldingFacts, appoint, confirm_appointment, end_holding
from waymark.actions.commitments import CommitmentFacts
from waymark.actions.delegations import LONGEST, DelegationFacts, delegate, end_delegation
from waymark.actions.drafts import save_draft
from waymark.actions.facts import facts_of
from waymark.actions.people import close_post
from waymark.actions.reports import draft
from waymark.gcm.errors import InputError, RefusedError
from waymark.records.actors import Actor
from waymark.records.delegations import Delegation
from waymark.records.drafts import Draft
from waymark.records.events import Event
from waymark.records.permissions import check_report, may_verb, viewer_of
from waymark.records.reports import ProgressReport
from waymark.records.roles import ROLES, Verb
from waymark.records.separation import same_hands

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

LAST = TODAY + timedelta(days=13)


def lent(by: Actor, to: Actor, *verbs: str, **facts: Any) -> Delegation:
    given = {"from_date": TODAY, "to_date": LAST, "reason": "On leave", "verbs": verbs} | facts
    assert to.person
    return delegate(by=by, person=to.person, facts=DelegationFacts(**given))


def acting(to: Actor, delegation: Delegation, today: date = TODAY) -> Actor:
    assert to.holding
    return Actor.holder(to.holding, today, "desk", delegation)


def rights(actor: Actor) -> set[Verb]:
    return {verb for verb in Verb if may_verb(actor, verb, network())}


def test_a_delegate_acts_with_the_rights_of_the_one_who_delegates_and_the_log_says_for_which_post() -> None:
    given = lent(alice(), emil())
    actor = acting(emil(), given)
    assert rights(actor) == ROLES["focal_point"].verbs
    assert (actor.post, actor.own_post, actor.person) == (alice().post, emil().post, emil().person)
    check_report(actor, network(), organisation(), "implementer")
    save = draft(by=actor, report=report())
    words = Event.objects.filter(subject=save.urn).order_by("-id")[0].detail.words["by"]
    assert words == {
        "kind": "holder",
        "person": emil().person.urn,  # type: ignore[union-attr]
        "post": emil().post.urn,  # type: ignore[union-attr]
        "for": organisation().urn,
        "for_post": alice().post.urn,  # type: ignore[union-attr]
        "door": "desk",
    }


def test_single_rights_can_be_lent_and_none_that_the_post_has_not() -> None:
    given = lent(bob(), alice(), "ACCEPT_REPORT")
    actor = acting(alice(), given)
    assert rights(actor) == {Verb.ACCEPT_REPORT}
    with pytest.raises(RefusedError, match="but not the right to create posts"):
        appoint(by=actor, post=post("x", "observer", organisation()), person=person("ivo"), facts=HoldingFacts())
    with pytest.raises(InputError, match="the post that delegates does not have it"):
        lent(alice(), emil(), "ACCEPT_REPORT")
    Delegation.objects.update(verbs=["ACCEPT_REPORT", "CLEAR_REVIEW"])  # as no act would store it
    given.refresh_from_db()
    assert rights(acting(alice(), given)) == {Verb.ACCEPT_REPORT}


@pytest.mark.parametrize(
    ("facts", "error", "words"),
    [
        ({"to_date": TODAY + timedelta(days=LONGEST)}, InputError, "would last 93 days"),
        ({"to_date": TODAY - timedelta(days=1)}, InputError, "would last 0 days"),
        ({"from_date": TODAY - timedelta(days=1)}, RefusedError, "does not begin on 2026-05-31"),
        ({"reason": ""}, RefusedError, "needs a reason"),
        ({"verbs": ("RULE",)}, InputError, "Name a right of the post"),
    ],
)
def test_a_delegation_has_days_and_a_reason(facts: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        lent(alice(), emil(), **facts)
    assert not Delegation.objects.exists()


def test_a_quarter_is_the_longest() -> None:
    assert lent(alice(), emil(), to_date=TODAY + timedelta(days=LONGEST - 1)).pk


def test_to_whom_and_by_whom() -> None:
    with pytest.raises(RefusedError, match="does not delegate to himself"):
        lent(alice(), alice())
    with pytest.raises(RefusedError, match="charlie holds no post in the network qor-network"):
        lent(alice(), charlie())
    with pytest.raises(RefusedError, match="ivo holds no post"):
        delegate(
            by=alice(), person=person("ivo"), facts=DelegationFacts(from_date=TODAY, to_date=LAST, reason="On leave")
        )
    with pytest.raises(RefusedError, match="has no rights to delegate"):
        lent(holder("kim", "other", organisation()), emil())
    with pytest.raises(RefusedError, match="Only the holder of a post delegates"):
        lent(Actor.operator(today=TODAY), emil())
    with pytest.raises(RefusedError, match="does not hold the post"):
        lent(replace(alice(), today=None), emil())


def test_what_was_lent_is_not_lent_on() -> None:
    actor = acting(emil(), lent(alice(), emil()))
    with pytest.raises(RefusedError, match="is not lent on"):
        lent(actor, fatima())


class TestOver:
    """A delegation gives nothing before, after, when ended, or when the one who delegates has no right himself."""

    def nothing(self, actor: Actor, given: Delegation) -> None:
        assert actor.holding
        own = viewer_of([actor.holding], actor.today or TODAY)
        assert rights(actor) == set()
        assert viewer_of([actor.holding], actor.today or TODAY, [given]) == own
        with pytest.raises(RefusedError, match="are not lent to"):
            draft(by=actor, report=report())

    @pytest.mark.parametrize("today", [TODAY + timedelta(days=1), LAST + timedelta(days=1)])
    def test_before_and_after(self, today: date) -> None:
        given = lent(alice(), emil(), from_date=TODAY + timedelta(days=2))
        self.nothing(acting(emil(), given, today), given)
        assert rights(acting(emil(), given, LAST)) == ROLES["focal_point"].verbs

    def test_ended_early_by_either_person_or_an_officer(self) -> None:
        for by in (alice, emil, bob):
            given = lent(alice(), emil())
            end_delegation(by=by(), delegation=given, reason="Back")
            self.nothing(acting(emil(), given), given)
            with pytest.raises(RefusedError, match="is over already"):
                end_delegation(by=by(), delegation=given, reason="Back")
        given = lent(alice(), emil())
        for outsider in (fatima, charlie):
            with pytest.raises(RefusedError, match="is ended by who gave it"):
                end_delegation(by=outsider(), delegation=given, reason="No")
        with pytest.raises(RefusedError, match="is ended by who gave it"):
            end_delegation(by=Actor.operator(today=TODAY), delegation=given, reason="No")
        with pytest.raises(RefusedError, match="Say why"):
            end_delegation(by=alice(), delegation=given, reason="")

    def test_withdrawn_and_never_changed(self) -> None:
        given = lent(alice(), emil())
        with pytest.raises(RefusedError, match="is not changed"):
            amend(by=bob(), row=given, facts=replace(facts_of(given, DelegationFacts), verbs=[]), reason="All")
        with pytest.raises(RefusedError, match="is not proposed"):
            propose_change(by=alice(), row=given, facts=facts_of(given, DelegationFacts), reason="All")
        withdraw(by=bob(), row=given, reason="Another person was meant")
        self.nothing(acting(emil(), given), given)

    def test_who_delegates_has_left(self) -> None:
        given = lent(alice(), emil())
        end_holding(by=bob(), holding=alice().holding, on=TODAY)  # type: ignore[arg-type]
        given = Delegation.objects.get()
        assert rights(acting(emil(), given)) == ROLES["focal_point"].verbs
        late = acting(emil(), given, TODAY + timedelta(days=1))
        self.nothing(late, given)

    def test_the_post_of_who_delegates_is_closed(self) -> None:
        given = lent(alice(), emil())
        close_post(by=bob(), post=alice().post, on=TODAY)  # type: ignore[arg-type]
        given = Delegation.objects.select_related("holding__post").get()
        self.nothing(acting(emil(), given), given)

    def test_the_appointment_of_who_delegates_is_gone(self) -> None:
        given = lent(alice(), emil())
        row = given.holding
        withdraw(by=bob(), row=given, reason="First")
        Delegation.objects.update(withdrawn=False, shown=True)
        withdraw_holding = type(row).objects.filter(pk=row.pk)
        withdraw_holding.update(state="waiting")
        given = Delegation.objects.select_related("holding__post").get()
        self.nothing(acting(emil(), given), given)

    def test_the_delegate_has_left_his_own_post(self) -> None:
        given, actor = lent(alice(), emil()), emil()
        end_holding(by=bob(), holding=actor.holding, on=date(2026, 5, 31))  # type: ignore[arg-type]
        assert rights(acting(actor, given)) == set()
        assert viewer_of([actor.holding], TODAY, [given]).networks == frozenset()  # type: ignore[list-item]

    def test_it_is_another_persons(self) -> None:
        given = lent(alice(), emil())
        self.nothing(acting(fatima(), given), given)

    def test_another_network_gives_nothing(self) -> None:
        given = lent(alice(), emil())
        assert not any(may_verb(acting(emil(), given), verb, network("other-network")) for verb in Verb)
        known_to_all(emil().person)  # type: ignore[arg-type]
        abroad = holder("emil", "observer", secretariat(), network("other-network"))
        self.nothing(acting(abroad, given), given)


class TestSeparation:
    """Who delegates and his delegate are taken for one, as writers and as judges."""

    def test_a_delegate_accepts_no_change_that_the_one_who_delegates_proposed(self) -> None:
        row = commitment()
        facts = replace(facts_of(row, CommitmentFacts), title="Ours")
        mine = propose_change(by=bob(), row=row, facts=facts, reason="Law 7")
        actor = acting(dora(), lent(bob(), dora()))
        with pytest.raises(RefusedError, match="Nobody accepts his own proposal"):
            accept_change(by=actor, proposal=mine)
        assert accept_change(by=dora(), proposal=mine).pk == row.pk  # in her own post she judges for herself

    def test_who_delegates_accepts_nothing_that_his_delegate_wrote_for_him(self) -> None:
        row = commitment()
        given = lent(bob(), alice(), "PROPOSE", "SEE_NETWORK")
        theirs = propose_change(
            by=acting(alice(), given), row=row, facts=replace(facts_of(row, CommitmentFacts), title="Ours"), reason="x"
        )
        with pytest.raises(RefusedError, match="Nobody accepts his own proposal"):
            accept_change(by=bob(), proposal=theirs)
        alone = propose_change(
            by=alice(), row=row, facts=replace(facts_of(row, CommitmentFacts), title="Mine"), reason="x"
        )
        assert accept_change(by=bob(), proposal=alone).pk == row.pk

    def test_same_hands(self) -> None:
        given = lent(bob(), alice())
        actor = acting(alice(), given)
        assert actor.person
        assert actor.post
        key = actor.person.pk
        assert same_hands(actor, key)
        assert same_hands(actor, bob().person.pk)  # type: ignore[union-attr]
        assert same_hands(bob(), key, actor.post.pk)
        assert not same_hands(bob(), key, alice().post.pk)  # type: ignore[union-attr]
        assert not same_hands(bob(), None, actor.post.pk)
        assert not same_hands(Actor.operator(), key, actor.post.pk)

    def test_a_co_chairs_delegate_confirms_neither_what_he_entered_nor_himself_nor_her(self) -> None:
        actor = acting(bob(), lent(dora(), bob()))
        theirs = appoint(
            by=bob(), post=post("v", "validator", organisation()), person=person("ivo"), facts=HoldingFacts()
        )
        with pytest.raises(RefusedError, match="is not its second person"):
            confirm_appointment(by=actor, holding=theirs)
        second = holder("olaf", "secretariat_officer", society())
        hers, his = (
            appoint(by=second, post=post(code, "validator", society()), person=who, facts=HoldingFacts())
            for code, who in (("v2", dora().person), ("v3", bob().person))
        )
        for row in (hers, his):
            with pytest.raises(RefusedError, match="Nobody confirms or refuses his own appointment"):
                confirm_appointment(by=actor, holding=row)
        third = appoint(
            by=second, post=post("v4", "validator", organisation()), person=person("kim"), facts=HoldingFacts()
        )
        confirm_appointment(by=actor, holding=third)
        assert (third.confirmed_by, third.confirmed_by_post) == (bob().person, dora().post)

    def test_an_officers_delegate_appoints_neither_himself_nor_him(self) -> None:
        actor = acting(alice(), lent(bob(), alice()))
        for code, who in (("o1", alice().person), ("o2", bob().person)):
            seat = post(code, "observer", organisation())
            assert appoint(by=actor, post=seat, person=who, facts=HoldingFacts()).state == "waiting"


class TestReading:
    """A delegate reads what he needs for what he was lent; an alternate what it must report on."""

    def test_restricted_papers_and_drafts_of_reports(self) -> None:
        body = organisation("min-labour")
        focal = holder("ivo", "focal_point", body)
        row = commitment("qor-m-9", classification="restricted", partners=_lead(body))
        draft(by=focal, report=report(commitment=row, organisation=body))
        reader = fatima()
        assert reader.holding
        assert not ProgressReport.objects.visible_to(viewer_of([reader.holding], TODAY)).exists()
        whole = lent(focal, reader)
        assert ProgressReport.objects.visible_to(viewer_of([reader.holding], TODAY, [whole])).exists()
        end_delegation(by=focal, delegation=whole, reason="Back")
        part = lent(focal, reader, "PROPOSE")
        assert not ProgressReport.objects.visible_to(viewer_of([reader.holding], TODAY, [part])).exists()

    def test_an_alternate_reads_and_reports(self) -> None:
        body = organisation("min-labour")
        row = commitment("qor-m-9", classification="restricted", partners=_lead(body))
        alternate = holder("ivo", "alternate", body)
        assert alternate.holding
        draft(by=alternate, report=report(commitment=row, organisation=body))
        viewer = viewer_of([alternate.holding], TODAY)
        assert ProgressReport.objects.visible_to(viewer).get().state == "draft"

    def test_drafts_stay_with_the_holder(self) -> None:
        actor, given = alice(), lent(alice(), emil())
        save_draft(by=actor, post=actor.post, title="Text", body={})  # type: ignore[arg-type]
        reader = viewer_of([emil().holding], TODAY, [given])  # type: ignore[list-item]
        assert not Draft.objects.visible_to(reader).exists()
        with pytest.raises(RefusedError, match="Only the holder"):
            save_draft(by=acting(emil(), given), post=actor.post, title="Text", body={})  # type: ignore[arg-type]

    def test_an_officers_delegate_is_an_officer_only_with_all_rights(self) -> None:
        reader = alice()
        assert reader.holding
        whole, part = lent(bob(), reader), lent(bob(), reader, "ACCEPT_REPORT")
        assert viewer_of([reader.holding], TODAY, [whole]).officer_of == {"qor-network"}
        assert viewer_of([reader.holding], TODAY, [part]).officer_of == frozenset()


def _lead(body: Any) -> Any:
    from waymark.actions.commitments import Partner

    return [Partner(body, "lead")]
