"""A joint pledge by two ministries and an NGO is matched by a donor."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation, society
from tests.factories.people import TODAY, alice, bob, holder
from tests.factories.reports import report
from tests.factories.workplans import period
from waymark.actions.commitments import CommitmentFacts, Partner, Served, agree, join, match, propose, start
from waymark.actions.networks import MembershipFacts, admit
from waymark.actions.reports import accept, draft, submit
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment
from waymark.records.viewers import PUBLIC

pytestmark = pytest.mark.django_db


def joint_pledge() -> Commitment:
    partners = [
        Partner(organisation(), "pledger", share=Decimal(40)),
        Partner(organisation("min-labour"), "pledger", share=Decimal(40)),
        Partner(society(), "contributor", share=Decimal(20)),
    ]
    return propose(
        by=alice(),
        network=network(),
        code="pledge-1",
        partners=partners,
        ties=[Served(provision("3")), Served(provision("15")), Served(provision("10.7", "sdg", "target"))],
        on=date(2025, 1, 10),
        facts=CommitmentFacts(
            kind="pledge",
            way="partnership",
            title={"en": "Help desks in ten towns"},
            metric={"en": "desks open"},
            due_date=date(2026, 12, 31),
            classification="public",
        ),
    )


def donor_pledge(pledge: Commitment) -> Commitment:
    donor = organisation("donor", "foreign_state", name="Office of Distant Friends")
    admit(by=bob(), network=network(), organisation=donor, facts=MembershipFacts(role="partner"))
    desk = holder("gil", "focal_point", donor)
    matching = propose(
        by=desk,
        network=network(),
        code="pledge-2",
        partners=[Partner(donor, "pledger", amount=Decimal("500000.00"), currency="EUR")],
        on=date(2025, 2, 1),
        facts=CommitmentFacts(
            kind="pledge", way="matching", title={"en": "Double what the desks get"}, classification="public"
        ),
    )
    return match(by=desk, matching=matching, matched=pledge)


def test_pledge_and_match_stay_two_commitments_linked_to_one_another() -> None:
    pledge = joint_pledge()
    matching = donor_pledge(pledge)
    assert list(pledge.matched_by.all()) == [matching]
    assert list(matching.matches.all()) == [pledge]
    assert Commitment.objects.visible_to(PUBLIC).count() == 2
    assert pledge.participations.filter(role="pledger").count() == 2
    assert sum(part.share or 0 for part in pledge.participations.all()) == 100


def test_one_pledge_is_entered_once_and_serves_every_framework_it_is_tied_to() -> None:
    pledge = joint_pledge()
    assert {tie.provision.framework.code for tie in pledge.ties.all()} == {"gcm", "sdg"}


def test_each_partner_reports_as_implementer_and_in_no_other_voice() -> None:
    pledge = agree(by=bob(), commitment=joint_pledge(), on=date(2025, 1, 20))
    start(by=alice(), commitment=pledge, on=date(2025, 2, 1))
    rows = [
        draft(by=alice(), report=report(commitment=pledge)),
        draft(
            by=holder("fatima", "civil_society_reporter", society()),
            report=report(commitment=pledge, organisation=society()),
        ),
    ]
    for row in rows:
        submit(by=Actor.holder(row.post.holdings.get(), TODAY), row=row)  # type: ignore[union-attr]
        accept(by=bob(), row=row)
    assert pledge.reports.filter(state="accepted", voice="implementer").count() == 2
    with pytest.raises(RefusedError, match="open-door may not report on pledge-1 as civil society"):
        draft(
            by=holder("fatima", "civil_society_reporter", society()),
            report=report(commitment=pledge, organisation=society(), voice="civil_society", period=period("p2")),
        )


def test_a_third_ministry_joins_by_itself_and_no_other_does_it_for_it() -> None:
    pledge = joint_pledge()
    third = holder("hana", "focal_point", organisation("min-health"))
    join(by=third, commitment=pledge, partner=Partner(organisation("min-health"), "contributor"))
    with pytest.raises(RefusedError, match="agree, drop and supersede"):
        join(by=third, commitment=pledge, partner=Partner(organisation("min-finance"), "contributor"))
    join(by=bob(), commitment=pledge, partner=Partner(organisation("min-finance"), "contributor"))
    assert pledge.participations.count() == 5


def test_only_a_matching_pledge_matches_a_pledge() -> None:
    pledge = joint_pledge()
    with pytest.raises(RefusedError, match="cannot match"):
        match(by=alice(), matching=pledge, matched=pledge)
    matching = donor_pledge(pledge)
    with pytest.raises(RefusedError, match="cannot match itself"):
        match(by=bob(), matching=matching, matched=matching)
