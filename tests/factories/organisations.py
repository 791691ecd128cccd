from typing import Any

from tests.factories.facts import asked
from tests.factories.places import orvenia
from waymark.actions.organisations import OrganisationFacts, register
from waymark.records.actors import Actor
from waymark.records.organisations import Organisation


def organisation(code: str = "min-justice", kind: str = "government", **fields: Any) -> Organisation:
    row = Organisation.objects.filter(code=code).first()
    if row is not None:
        return row
    given = {"name": f"Body {code}", "place": orvenia(), "kind": kind} | fields
    return register(by=Actor.operator(), code=code, **asked(OrganisationFacts, given))


def secretariat() -> Organisation:
    return organisation("iom-like", "un", name="Agency for Journeys")


def society() -> Organisation:
    return organisation("open-door", "civil_society", name="Open Door")
