"""What was entered is corrected by who may, proposed by others, or withdrawn; the history keeps all of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from tests.factories.commitments import commitment
from tests.factories.networks import network
from tests.factories.organisations import organisation, secretariat
from tests.factories.people import alice, bob, charlie, fatima, holder
from tests.factories.reports import accepted
from waymark.actions.amending import AMENDABLE, accept_change, amend, decline_change, propose_change, withdraw
from waymark.actions.commitments import CommitmentFacts, MilestoneFacts, set_milestone
from waymark.actions.facts import Facts, facts_of
from waymark.actions.organisations import OrganisationFacts
from waymark.gcm.errors import InputError, RefusedError, StaleError
from waymark.records.actors import ANONYMOUS, OPERATOR_VIEWER, Actor
from waymark.records.commitments import Commitment, Milestone, Tie
from waymark.records.events import Event
from waymark.records.organisations import Organisation
from waymark.records.proposals import ChangeProposal
from waymark.records.viewers import PUBLIC, network_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

OPERATOR = Actor.operator()


def facts(**changes: Any) -> CommitmentFacts:
    return replace(facts_of(Commitment.objects.get(code="qor-m-001"), CommitmentFacts), **changes)


def last(verb: str) -> dict[str, Any]:
    return dict(Event.objects.filter(verb=verb).order_by("-id")[0].detail.words)


def test_every_fact_of_every_noun_is_a_field_of_it() -> None:
    models = {model.noun: model for model in apps.get_app_config("records").get_models() if hasattr(model, "noun")}
    for noun, how in AMENDABLE.items():
        meta = models[noun]._meta
        own, lists = {field.name for field in meta.concrete_fields}, {field.name for field in meta.many_to_many}
        shared = set(Facts.__dataclass_fields__) - own  # where a fact is from, which not every noun says
        facts = set(how.facts.__dataclass_fields__) - shared
        assert facts <= own | lists
        assert set(how.lists) == facts & lists


def test_a_correction_changes_what_differs_and_says_why() -> None:
    row = commitment()
    amend(by=bob(), row=row, facts=facts(title="Measure one", due_date=date(2027, 1, 1)), reason="A slip of the pen")
    row = Commitment.objects.get()
    assert (row.title, row.due_date, row.version) == ({"en": "Measure one"}, date(2027, 1, 1), 2)
    words = last("commitment.amended")
    assert words["changes"] == {"reason": {"en": "A slip of the pen"}}
    assert words["rows"][0]["after"] == {"title": {"en": "Measure one"}, "due_date": "2027-01-01"}


def test_a_correction_that_changes_nothing_is_not_logged() -> None:
    row = commitment()
    amend(by=bob(), row=row, facts=facts(), reason="None")
    assert not Event.objects.filter(verb="commitment.amended").exists()
    assert Commitment.objects.get().version == 1


def test_who_may_not_decide_proposes_and_the_keeper_accepts() -> None:
    row = commitment()
    with pytest.raises(RefusedError, match="may not agree"):
        amend(by=alice(), row=row, facts=facts(title="Mine"), reason="Better")
    proposal = propose_change(by=alice(), row=row, facts=facts(title="Ours", due_date=date(2027, 1, 1)), reason="Law 7")
    assert Commitment.objects.get().title == {"en": "Measure qor-m-001"}
    assert list(ChangeProposal.objects.visible_to(network_viewer("qor-network"))) == [proposal]
    assert not ChangeProposal.objects.visible_to(PUBLIC).exists()
    accept_change(by=bob(), proposal=proposal)
    row = Commitment.objects.get()
    assert (row.title, row.due_date) == ({"en": "Ours"}, date(2027, 1, 1))
    assert last("commitment.amended")["changes"]["reason"] == {"en": "Law 7"}
    assert last("change-proposal.accepted")["rows"][0]["after"] == {"state": "accepted"}
    with pytest.raises(RefusedError, match="is accepted"):
        accept_change(by=bob(), proposal=proposal)


def test_a_record_pointed_to_and_nothing_survive_a_proposal() -> None:
    row = organisation("late", keeper=network())
    changed = replace(facts_of(row, OrganisationFacts), place=None, website="https://example.org")
    proposal = propose_change(by=alice(), row=row, facts=changed, reason="Works everywhere")
    assert proposal.changes == {"place": None, "website": "https://example.org"}
    for answering in (accept_change, decline_change):
        with pytest.raises(RefusedError, match="is kept by the network qor-network, which answers"):
            answering(by=OPERATOR, proposal=proposal, answer="No")
    accept_change(by=bob(), proposal=proposal)
    assert Organisation.objects.get(code="late").place is None


def test_nobody_accepts_his_own_proposal_and_a_declined_one_changes_nothing() -> None:
    row = commitment()
    proposal = propose_change(by=bob(), row=row, facts=facts(title="Mine"), reason="Better")
    with pytest.raises(RefusedError, match="Nobody accepts his own proposal"):
        accept_change(by=bob(), proposal=proposal)
    colleague = holder("olga", "co_chair", organisation("min-labour"))
    with pytest.raises(RefusedError, match="Say why"):
        decline_change(by=colleague, proposal=proposal, answer="")
    with pytest.raises(RefusedError, match="may not agree"):
        decline_change(by=alice(), proposal=proposal, answer="No")
    decline_change(by=colleague, proposal=proposal, answer="The law says otherwise")
    assert (proposal.state, Commitment.objects.get().version) == ("declined", 1)


def test_who_does_not_read_a_row_proposes_no_change_of_it() -> None:
    row = commitment(classification="restricted")
    with pytest.raises(RefusedError, match="The commitment qor-m-001 is not on record for this post"):
        propose_change(by=fatima(), row=row, facts=facts(title="Ours"), reason="Law 7")
    with pytest.raises(RefusedError, match="is not on record for this post"):
        propose_change(by=charlie(), row=row, facts=facts(title="Ours"), reason="Law 7")
    with pytest.raises(RefusedError, match="Only the holder of a post proposes"):
        propose_change(by=ANONYMOUS, row=row, facts=facts(title="Ours"), reason="Law 7")
    assert not ChangeProposal.objects.exists()
    assert propose_change(by=alice(), row=row, facts=facts(title="Ours"), reason="Law 7").state == "waiting"


def test_a_proposal_about_what_changed_since_is_stale() -> None:
    row = commitment()
    proposal = propose_change(by=alice(), row=row, facts=facts(title="Ours"), reason="Law 7")
    amend(by=bob(), row=row, facts=facts(title="Theirs"), reason="Law 8")
    with pytest.raises(StaleError):
        accept_change(by=bob(), proposal=proposal)
    assert ChangeProposal.objects.get().state == "waiting"
    assert Commitment.objects.get().title == {"en": "Theirs"}


def test_a_correction_with_a_stale_copy_is_refused_with_both_versions() -> None:
    row, other = commitment(), Commitment.objects.get()
    amend(by=bob(), row=other, facts=facts(title="Theirs"), reason="Law 8")
    with pytest.raises(StaleError) as refusal:
        amend(by=bob(), row=row, facts=facts(title="Mine"), reason="Law 7")
    assert [one.field for one in refusal.value.fields] == ["title"]


def test_the_rules_of_the_noun_hold_for_a_correction_too() -> None:
    row = commitment()
    accepted()
    with pytest.raises(RefusedError, match="there are reports on it"):
        amend(by=bob(), row=row, facts=facts(kind="activity"), reason="Wrong")
    with pytest.raises(RefusedError, match="due before it starts"):
        amend(by=bob(), row=row, facts=facts(start_date=date(2026, 1, 1), due_date=date(2025, 1, 1)), reason="Wrong")
    with pytest.raises(RefusedError, match="Say why"):
        amend(by=bob(), row=row, facts=facts(title="New"), reason="")
    with pytest.raises(InputError, match="must name its source"):
        facts(mark="verified")
    assert Commitment.objects.get().version == 1


def test_what_is_withdrawn_leaves_every_list_with_what_lies_in_it_and_stays_in_the_log() -> None:
    row = commitment(classification="public")
    set_milestone(by=bob(), commitment=row, facts=MilestoneFacts(title="First"))
    withdraw(by=bob(), row=row, reason="Entered twice")
    for viewer in (PUBLIC, network_viewer("qor-network"), OPERATOR_VIEWER):
        for model in (Commitment, Milestone, Tie):
            assert not model._default_manager.visible_to(viewer).exists()  # type: ignore[attr-defined]
    assert not row.participations.open().exists()
    assert last("commitment.withdrawn")["changes"] == {"reason": {"en": "Entered twice"}}
    with pytest.raises(RefusedError, match="was withdrawn"):
        amend(by=bob(), row=row, facts=facts(title="Again"), reason="Back")
    with pytest.raises(RefusedError, match="was withdrawn"):
        withdraw(by=bob(), row=row, reason="Twice")


def test_what_others_point_to_is_not_withdrawn() -> None:
    body = organisation("lead", keeper=network())
    row = commitment("qor-m-002")
    row.participations.update(organisation=body)
    with pytest.raises(RefusedError, match=r"cannot be withdrawn: .*points to it"):
        withdraw(by=bob(), row=body, reason="Does not exist")
    assert Organisation.objects.get(code="lead").shown


def test_what_another_network_keeps_is_not_corrected_here() -> None:
    far = holder("zoe", "secretariat_officer", secretariat(), network("other-network"))
    row = commitment()
    with pytest.raises(RefusedError, match="in the network qor-network"):
        amend(by=far, row=row, facts=facts(title="Theirs"), reason="Better")
    with pytest.raises(RefusedError, match="in the network qor-network"):
        withdraw(by=far, row=row, reason="Better")


def test_a_noun_that_is_not_in_the_table_is_refused_by_name() -> None:
    row = commitment().changes.get()
    with pytest.raises(RefusedError, match="change of a commitment"):
        withdraw(by=OPERATOR, row=row, reason="Wrong")
