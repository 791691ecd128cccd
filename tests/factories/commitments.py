from typing import Any

from tests.factories.facts import asked
from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from waymark.actions.commitments import CommitmentFacts, Partner, Served, propose
from waymark.records.actors import Actor
from waymark.records.commitments import Commitment


def commitment(code: str = "qor-m-001", **fields: Any) -> Commitment:
    """A measure led by the Ministry of Justice, tied to objective 1, proposed."""
    row = Commitment.objects.filter(code=code).first()
    if row is not None:
        return row
    given = {
        "network": network(),
        "kind": "measure",
        "title": f"Measure {code}",
        "partners": [Partner(organisation(), "lead")],
        "ties": [Served(provision())],
    } | fields
    return propose(by=Actor.operator(), code=code, **asked(CommitmentFacts, given))
