"""Who reads which report of a list: drafts, what waits, what was returned, and what other networks keep."""

from datetime import date

import pytest

from tests.factories import commitments, networks, organisations, people, workplans
from tests.factories.reports import accepted, report
from waymark.actions.amending import withdraw
from waymark.actions.commitments import agree_following, end_following, propose_following
from waymark.actions.reports import accept, draft, hand_in, send_back
from waymark.queries.reports.reading import reports_of
from waymark.queries.reports.views import ListedReport, Promised
from waymark.records.actors import OPERATOR_VIEWER, Actor
from waymark.records.commitments import Commitment
from waymark.records.permissions import viewer_of
from waymark.records.viewers import PUBLIC, Viewer, network_viewer

pytestmark = pytest.mark.django_db

BY = Actor.operator()
NETWORK = network_viewer("qor-network")
OTHER = network_viewer("other-network")


def listed(
    viewer: Viewer = NETWORK, network: str = "qor-network", day: date = people.TODAY
) -> tuple[ListedReport, ...]:
    return reports_of(network, viewer=viewer, day=day, language="en").rows


def seen_by(actor: Actor) -> Viewer:
    assert actor.holding is not None
    return viewer_of([actor.holding], people.TODAY)


class TestStates:
    """Who reads a report on its way."""

    def test_a_draft_is_its_bodys_own(self) -> None:
        commitments.commitment(classification="public")
        row = draft(by=people.alice(), report=report())
        people.dora()
        for actor in (people.alice(), people.emil()):
            assert [one.urn for one in listed(seen_by(actor))] == [row.urn]
        for viewer in (
            *map(seen_by, (people.bob(), people.dora(), people.fatima(), people.charlie())),
            NETWORK,
            PUBLIC,
        ):
            assert listed(viewer) == ()

    def test_what_waits_and_what_was_returned_is_read_in_the_network_only(self) -> None:
        commitments.commitment(classification="public")
        row = hand_in(by=people.alice(), report=report())
        for state in ("submitted", "returned"):
            assert [one.state for one in listed()] == [state]
            assert listed(PUBLIC) == listed(seen_by(people.charlie())) == ()
            if state == "submitted":
                send_back(by=people.bob(), row=row, note="Why?")

    def test_what_was_accepted_is_read_by_all(self) -> None:
        commitments.commitment(classification="public")
        row = hand_in(by=people.alice(), report=report())
        accept(by=people.bob(), row=row)
        (shown,) = listed(PUBLIC)
        assert (shown.state, shown.handed_in, shown.decided, shown.entered_from) == (
            "accepted", "2026-06-01", "2026-06-01", "",
        )  # fmt: skip

    def test_it_waits_from_the_day_after_the_last_one_of_the_secretariat(self) -> None:
        row = hand_in(by=people.alice(), report=report())
        assert row.accept_by == date(2026, 6, 15)
        assert [one.unanswered for one in listed(day=date(2026, 6, 15))] == [False]
        assert [one.unanswered for one in listed(day=date(2026, 6, 16))] == [True]
        accept(by=people.bob(), row=row)
        assert [one.unanswered for one in listed(day=date(2026, 6, 16))] == [False]

    def test_what_was_withdrawn_is_not_listed(self) -> None:
        row = accepted()
        assert [one.version for one in listed()] == [1]
        withdraw(by=BY, row=row, reason="Entered twice")
        assert listed() == listed(OPERATOR_VIEWER) == ()

    def test_restricted_reports_are_for_the_posts_that_open_them(self) -> None:
        accepted(commitment=commitments.commitment(classification="restricted"))
        assert listed() == listed(PUBLIC) == ()
        assert len(listed(seen_by(people.bob()))) == 1


class TestOtherNetworks:
    """A list is of one network, and a report may outlive the reason why its commitment is read there."""

    def test_no_report_of_another_network_is_listed(self) -> None:
        row = accepted()
        there = commitments.commitment("other-1", network=networks.network("other-network"))
        other = accepted(commitment=there, period=workplans.period("there", networks.network("other-network")))
        assert [one.urn for one in listed(OPERATOR_VIEWER)] == [row.urn]
        assert [one.urn for one in listed(OTHER, "other-network")] == [other.urn]
        assert listed(OTHER) == listed(NETWORK, "other-network") == ()
        assert listed(OPERATOR_VIEWER, "no-network") == ()

    def test_a_commitment_that_is_followed_no_longer_is_not_named(self) -> None:
        row = commitments.commitment()
        asked = propose_following(by=people.bob(), commitment=row, network=networks.network("other-network"))
        following = agree_following(by=people.charlie(), following=asked)
        said = report(
            period=workplans.period("there", networks.network("other-network")),
            organisation=organisations.secretariat(), voice="secretariat",
        )  # fmt: skip
        hand_in(by=people.charlie(), report=said)
        (followed,) = listed(OTHER, "other-network")
        assert followed.commitment == Promised(row.urn, row.code, f"Measure {row.code}")
        end_following(by=people.charlie(), following=following, on=people.TODAY, reason="It is done")
        assert not Commitment.objects.visible_to(OTHER).exists()
        (after,) = listed(OTHER, "other-network")
        assert (after.urn, after.commitment) == (followed.urn, None)
