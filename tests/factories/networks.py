from typing import Any

from tests.factories.organisations import secretariat
from tests.factories.places import orvenia
from waymark.actions.networks import admit, found
from waymark.records.actors import Actor
from waymark.records.networks import Network


def network(code: str = "qor-network", **fields: Any) -> Network:
    """A country network with its secretariat admitted."""
    row = Network.objects.filter(code=code).first()
    if row is not None:
        return row
    given = {"kind": "un_network", "level": "national", "name": f"Network {code}", "place": orvenia()} | fields
    row = found(by=Actor.operator(), code=code, **given)
    admit(by=Actor.operator(), network=row, organisation=secretariat(), role="secretariat")
    return row
