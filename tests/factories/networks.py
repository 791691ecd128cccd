from typing import Any

from tests.factories.facts import asked
from tests.factories.organisations import secretariat
from tests.factories.places import orvenia
from waymark.actions.networks import MembershipFacts, NetworkFacts, admit, found
from waymark.records.actors import Actor
from waymark.records.networks import Network


def network(code: str = "qor-network", **fields: Any) -> Network:
    """A country network with its secretariat admitted."""
    row = Network.objects.filter(code=code).first()
    if row is not None:
        return row
    given = {"kind": "un_network", "level": "national", "name": f"Network {code}", "place": orvenia()} | fields
    row = found(by=Actor.operator(), code=code, **asked(NetworkFacts, given))
    admit(by=Actor.operator(), network=row, organisation=secretariat(), facts=MembershipFacts(role="secretariat"))
    return row
