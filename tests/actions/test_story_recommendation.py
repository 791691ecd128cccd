"""A recommendation is supported in part and turned into two measures, of which one is dropped."""

from datetime import date

import pytest

from tests.factories.frameworks import framework, provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob, dora
from tests.factories.reviews import cycle, published, review
from waymark.actions.commitments import CommitmentFacts, Partner, Served, agree, drop, propose, start
from waymark.actions.positions import PositionFacts, take_position
from waymark.actions.recommendations import Advice, RecommendationFacts, enter_outside_recommendations
from waymark.actions.reviews.findings import recommend
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.frameworks import Provision
from waymark.records.reviews import Recommendation

pytestmark = pytest.mark.django_db


def issued() -> Recommendation:
    """A recommendation of the published review of 2022."""
    row = review("qor-2022", cycle=cycle("imrf-2022"))
    advice = Advice("R1", {"en": "Give every newcomer a lawyer."}, (provision("7"), provision("13")))
    recommendation = recommend(by=bob(), review=row, advice=advice)
    published(row, on=date(2022, 5, 17))
    recommendation.refresh_from_db()
    return recommendation


def measure(code: str, answers: Provision) -> Commitment:
    return propose(
        by=alice(),
        network=network(),
        code=code,
        partners=[Partner(organisation(), "lead")],
        ties=[Served(answers, "answers"), Served(provision("7"))],
        on=date(2022, 9, 1),
        facts=CommitmentFacts(kind="measure", title=f"Measure {code}"),
    )


def test_a_recommendation_is_a_provision_issued_by_the_edition() -> None:
    recommendation = issued()
    assert recommendation.edition is not None
    assert recommendation.edition.code == "qor-2022.v1"
    assert recommendation.issued_on == date(2022, 5, 17)
    assert recommendation.provision.kind == "recommendation"
    assert recommendation.provision.framework.code == "qor-2022-recommendations"
    concerned = recommendation.provision.links_out.filter(relation="concerns")
    assert {link.to_provision.code for link in concerned} == {"7", "13"}


def test_it_is_supported_in_part_answered_by_two_measures_and_one_is_dropped() -> None:
    answered = issued().provision
    position = take_position(
        by=alice(),
        on=answered,
        organisation=organisation(),
        keeper=network(),
        facts=PositionFacts(
            stance="supported_in_part", date=date(2022, 8, 1), text="For children and persons in detention."
        ),
    )
    assert position.post is not None
    first, second = measure("m-1", answered), measure("m-2", answered)
    agree(by=bob(), commitment=first, on=date(2022, 10, 1))
    start(by=alice(), commitment=first, on=date(2022, 11, 1))
    agree(by=bob(), commitment=second, on=date(2022, 10, 1))
    with pytest.raises(RefusedError, match="give a reason"):
        drop(by=dora(), commitment=second, on=date(2023, 3, 1), reason="")
    drop(by=dora(), commitment=second, on=date(2023, 3, 1), reason="No money in the budget of 2023.")
    ties = answered.ties.filter(purpose="answers").select_related("commitment")
    assert {tie.commitment.code: tie.commitment.state for tie in ties} == {"m-1": "under_way", "m-2": "dropped"}
    last = second.changes.last()
    assert last is not None
    assert (last.reason, last.date) == ({"en": "No money in the budget of 2023."}, date(2023, 3, 1))
    assert last.post == dora().post


def test_an_outside_body_recommends_too() -> None:
    rows = enter_outside_recommendations(
        by=Actor.operator(),
        framework=framework("upr-qor"),
        issuer=organisation("council", "international"),
        advice=[
            Advice(
                "119.1",
                "Protect children on the move.",
                (provision("7"),),
                facts=RecommendationFacts(source="Report of the council"),
            )
        ],
        issued_on=date(2021, 6, 1),
    )
    assert rows[0].review is None
    assert rows[0].issuer is not None
    assert rows[0].provision.source == "Report of the council"


def test_nobody_takes_a_position_for_another_body() -> None:
    with pytest.raises(RefusedError, match="does not speak for min-labour"):
        take_position(
            by=alice(),
            on=provision(),
            organisation=organisation("min-labour"),
            keeper=network(),
            facts=PositionFacts(stance="noted"),
        )
