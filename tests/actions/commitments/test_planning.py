"""What a measure brings about, how that is verified, what it rests on and costs: entered, corrected, withdrawn."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.factories.commitments import commitment
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation, society
from tests.factories.people import alice, bob, charlie, emil, fatima
from tests.factories.reports import accepted
from tests.factories.workplans import period
from waymark.actions.amending import accept_change, amend, propose_change, withdraw
from waymark.actions.commitments import (
    BudgetFacts,
    MeansFacts,
    MilestoneFacts,
    Partner,
    ResultFacts,
    RiskFacts,
    Served,
    agree,
    budget,
    drop,
    join,
    name_means,
    note_risk,
    plan_result,
    set_milestone,
    tie,
)
from waymark.gcm.errors import RefusedError
from waymark.records.actors import OPERATOR_VIEWER
from waymark.records.commitments import Participation, Tie
from waymark.records.plans import BudgetLine, MeansOfVerification, Result, Risk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office")]

OUTPUT = ResultFacts(kind="output", words="Ten offices", indicator="Offices open", baseline="2", target="10")
MONEY = BudgetFacts(
    currency="EUR",
    title="Rent",
    planned=Decimal(120000),
    available=Decimal(90000),
    spent=Decimal("41250.50"),
    year=2025,
)


def test_a_measure_is_planned_from_its_outputs_to_its_money() -> None:
    row = commitment()
    output = plan_result(by=alice(), commitment=row, facts=OUTPUT)
    outcome = plan_result(
        by=alice(), commitment=row, facts=ResultFacts(kind="outcome", words="Everybody is registered")
    )
    assert [output.code, outcome.code] == ["qor-m-001.o1", "qor-m-001.o2"]
    means = MeansFacts(
        words="The register of offices", result=output, provider=organisation(), how_often="each quarter"
    )
    assert name_means(by=alice(), commitment=row, facts=means).result == output
    risk = RiskFacts(kind="risk", words="The law is late", likelihood="high", effect="medium", answer="Rent by decree")
    assert note_risk(by=bob(), commitment=row, facts=risk).answer == {"en": "Rent by decree"}
    assumption = note_risk(
        by=alice(), commitment=row, facts=RiskFacts(kind="assumption", words="The towns give houses")
    )
    assert (assumption.kind, assumption.position) == ("assumption", 2)
    line = budget(by=alice(), commitment=row, facts=replace(MONEY, funder=organisation("donor", "un")))
    assert (line.planned, line.available, line.spent) == (Decimal(120000), Decimal(90000), Decimal("41250.50"))
    of_period = replace(MONEY, year=None, period=period(), planned=None, available=None)
    assert budget(by=alice(), commitment=row, facts=of_period).period == period()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(MONEY, currency=""), "need their currency"),
        (replace(MONEY, planned=None, available=None, spent=None), "planned, available or spent"),
        (replace(MONEY, spent=Decimal(-1)), "cannot be below 0"),
    ],
)
def test_what_a_line_of_a_budget_must_hold(facts: BudgetFacts, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        budget(by=alice(), commitment=commitment(), facts=facts)


def test_what_a_plan_points_to_is_its_own() -> None:
    row, other = commitment(), commitment("qor-m-002")
    far = plan_result(by=alice(), commitment=other, facts=OUTPUT)
    with pytest.raises(RefusedError, match=r"qor-m-002\.o1 is no result of qor-m-001"):
        name_means(by=alice(), commitment=row, facts=MeansFacts(words="The register", result=far))
    elsewhere = period("far", network("other-network"))
    with pytest.raises(RefusedError, match="is no reporting period of the network"):
        budget(by=alice(), commitment=row, facts=replace(MONEY, year=None, period=elsewhere))
    with pytest.raises(RefusedError, match="and not for both"):
        budget(by=alice(), commitment=row, facts=replace(MONEY, period=period()))
    with pytest.raises(RefusedError, match="Only a risk has a likelihood"):
        note_risk(by=alice(), commitment=row, facts=RiskFacts(kind="assumption", words="Peace", likelihood="low"))


def test_who_takes_part_plans_and_nobody_else() -> None:
    row = commitment()
    for actor, words in (
        (emil(), "may not start and complete"),
        (fatima(), "Only a participant of qor-m-001"),
        (charlie(), "may not start and complete"),
    ):
        for act, facts in (
            (plan_result, OUTPUT),
            (name_means, MeansFacts(words="The register")),
            (note_risk, RiskFacts(kind="risk", words="The law is late")),
            (budget, MONEY),
            (set_milestone, MilestoneFacts(title="First")),
        ):
            with pytest.raises(RefusedError, match=words):
                act(by=actor, commitment=row, facts=facts)  # type: ignore[operator]


def test_what_has_ended_is_planned_no_further_but_its_money_is_still_told() -> None:
    row = commitment()
    drop(by=bob(), commitment=row, on=date(2025, 3, 1), reason="No money")
    with pytest.raises(RefusedError, match="is dropped; it takes no changes"):
        plan_result(by=alice(), commitment=row, facts=OUTPUT)
    assert budget(by=alice(), commitment=row, facts=MONEY).pk


def plans() -> list[tuple[Any, Any, str]]:
    """One row of each noun, facts that correct it, and a field that then differs."""
    row = commitment()
    output = plan_result(by=alice(), commitment=row, facts=OUTPUT)
    return [
        (
            set_milestone(by=alice(), commitment=row, facts=MilestoneFacts(title="Frist")),
            MilestoneFacts(title="First"),
            "title",
        ),
        (output, replace(OUTPUT, target="12"), "target"),
        (
            name_means(by=alice(), commitment=row, facts=MeansFacts(words="Register")),
            MeansFacts(words="Books"),
            "words",
        ),
        (
            note_risk(by=alice(), commitment=row, facts=RiskFacts(kind="risk", words="A late law")),
            RiskFacts(kind="risk", words="A late law", effect="low"),
            "effect",
        ),
        (budget(by=alice(), commitment=row, facts=MONEY), replace(MONEY, spent=Decimal(50000)), "spent"),
    ]


def test_each_part_of_a_plan_is_corrected_by_who_takes_part_withdrawn_and_entered_again() -> None:
    for row, facts, field in plans():
        before = getattr(row, field)
        with pytest.raises(RefusedError, match="Only a participant"):
            amend(by=fatima(), row=row, facts=facts, reason="A slip")
        amend(by=alice(), row=row, facts=facts, reason="A slip")
        assert getattr(row, field) != before, field
        withdraw(by=alice(), row=row, reason="Entered twice")
        assert not type(row)._default_manager.visible_to(OPERATOR_VIEWER).exists(), row.noun
    for model, act, facts in (
        (Result, plan_result, OUTPUT),
        (MeansOfVerification, name_means, MeansFacts(words="Register")),
        (Risk, note_risk, RiskFacts(kind="risk", words="A late law")),
        (BudgetLine, budget, MONEY),
    ):
        act(by=alice(), commitment=commitment(), facts=facts)  # type: ignore[operator]
        assert model._default_manager.visible_to(OPERATOR_VIEWER).count() == 1  # type: ignore[attr-defined]


def test_a_result_that_is_verified_is_not_withdrawn_before_that() -> None:
    row = commitment()
    output = plan_result(by=alice(), commitment=row, facts=OUTPUT)
    means = name_means(by=alice(), commitment=row, facts=MeansFacts(words="The register", result=output))
    with pytest.raises(RefusedError, match="points to it"):
        withdraw(by=alice(), row=output, reason="Not ours")
    withdraw(by=alice(), row=means, reason="Not ours")
    withdraw(by=alice(), row=output, reason="Not ours")


def test_others_propose_a_change_of_a_plan_and_who_keeps_it_accepts() -> None:
    line = budget(by=alice(), commitment=commitment(), facts=MONEY)
    proposal = propose_change(by=fatima(), row=line, facts=replace(MONEY, spent=Decimal(1)), reason="Audit")
    accept_change(by=bob(), proposal=proposal)
    assert BudgetLine.objects.get().spent == Decimal(1)


def test_a_part_in_a_commitment_is_corrected_and_the_last_carrier_stays() -> None:
    row = commitment()
    part = row.participations.get()
    share = Partner(organisation(), "lead", share=Decimal(40), amount=Decimal(1000), currency="EUR")
    amend(by=bob(), row=part, facts=share, reason="The share was missing")
    assert (part.share, part.amount, part.currency) == (Decimal(40), Decimal(1000), "EUR")
    for facts in (
        replace(share, role="contributor"),
        replace(share, to_date=date(2025, 6, 30)),
        replace(share, end_unknown=True),
    ):
        with pytest.raises(RefusedError, match="would have no lead or pledger"):
            amend(by=bob(), row=part, facts=facts, reason="A slip")
    with pytest.raises(RefusedError, match="would have no lead or pledger"):
        withdraw(by=bob(), row=part, reason="Entered twice")
    with pytest.raises(RefusedError, match="may not agree, drop"):
        amend(by=alice(), row=part, facts=share, reason="More")
    join(by=bob(), commitment=row, partner=Partner(society(), "lead"))
    withdraw(by=bob(), row=part, reason="Entered twice")
    join(by=bob(), commitment=row, partner=share)
    assert Participation.objects.standing().filter(organisation=organisation()).count() == 1


def test_when_a_commitment_has_ended_its_last_carrier_may_go() -> None:
    row = commitment()
    drop(by=bob(), commitment=row, on=date(2025, 3, 1), reason="No money")
    withdraw(by=bob(), row=row.participations.get(), reason="It was another ministry")
    assert not row.participations.standing().exists()


def test_who_reported_stays_the_one_who_takes_part() -> None:
    accepted()
    part = Participation.objects.get()
    with pytest.raises(RefusedError, match="min-justice has reported on the commitment"):
        amend(by=bob(), row=part, facts=Partner(organisation("min-labour"), "lead"), reason="It was Labour")


def test_a_tie_is_corrected_withdrawn_and_made_again() -> None:
    row = commitment()
    agree(by=bob(), commitment=row, on=date(2025, 1, 1))
    link = row.ties.get()
    amend(by=bob(), row=link, facts=Served(provision("2")), reason="Another objective")
    assert link.provision == provision("2")
    withdraw(by=bob(), row=link, reason="It serves another one")
    tie(by=bob(), commitment=row, ties=[Served(provision("2")), Served(provision("1"))])
    assert sorted(one.provision.code for one in Tie.objects.standing()) == ["1", "2"]
    with pytest.raises(RefusedError, match="is tied to this provision for this purpose already"):
        tie(by=bob(), commitment=row, ties=[Served(provision("1"))])
