"""What is entered from a paper points to no document that the members of the network do not read."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.factories.commitments import commitment
from tests.factories.consultations import consultation
from tests.factories.documents import document
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import bob
from tests.factories.reports import report
from waymark.actions.commitments import agree
from waymark.actions.consultations import ContributionFacts, contribute
from waymark.actions.facts import Paper
from waymark.actions.reports import Filed, enter_reports
from waymark.gcm.errors import RefusedError

pytestmark = pytest.mark.django_db

DAY = date(2025, 2, 3)


def _agreed(paper: Paper) -> None:
    agree(by=bob(), commitment=commitment(), on=DAY, paper=paper)


def _reported(paper: Paper) -> None:
    enter_reports(by=bob(), filed=[Filed(report(), paper)])


def _contributed(paper: Paper) -> None:
    facts = ContributionFacts(text="Good", organisation=organisation())
    contribute(by=bob(), consultation=consultation(), on=DAY, facts=facts, paper=paper)


@pytest.mark.parametrize("enters", [_agreed, _reported, _contributed])
def test_a_paper_of_another_network_is_named_by_nobody_here(enters: Callable[[Paper], None]) -> None:
    far = document("far", network=network("other-network"), classification="network")
    with pytest.raises(RefusedError, match="The document far is not for the members of the network qor-network"):
        enters(Paper(DAY, far))
    enters(Paper(DAY, document("near", network=network(), classification="network")))
