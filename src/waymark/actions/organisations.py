"""What is done to organisations: register, rename. What becomes of them by law is in `successions.py`."""

from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, free_code, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.networks import Network
from waymark.records.organisations import Organisation, OrganisationName
from waymark.records.permissions import check_verb
from waymark.records.places import Place
from waymark.records.roles import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts(Facts):
    """What is said of an organisation beside its names."""

    kind: str
    place: Place | None = None
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFacts(Facts):
    """What an organisation was called, and from when to when."""

    name: Words
    short_name: Words = ""
    from_date: date | None = None
    to_date: date | None = None
    end_unknown: bool = False


@act
def register(
    *,
    by: Actor,
    code: str,
    name: Words,
    facts: OrganisationFacts,
    short_name: Words = "",
    from_date: date | None = None,
    keeper: Network | None = None,
) -> Organisation:
    """Register an organisation under its present name; the network `keeper` keeps it, or the installation."""
    check_verb(by, Verb.KEEP_REGISTER, keeper)
    row = Organisation(code=checked_code(code, "organisation"), keeper=keeper.code if keeper else "")
    organisation = store(take(row, facts))
    known = fact(facts.source, facts.locator, facts.mark, facts.note)
    name_it(organisation, NameFacts(name=name, short_name=short_name, from_date=from_date, **known))
    log(by, "organisation.registered", organisation)
    return organisation


def name_it(organisation: Organisation, facts: NameFacts) -> OrganisationName:
    """Store a name of an organisation, as part of an act."""
    row = OrganisationName(
        organisation=organisation,
        code=free_code(OrganisationName, f"{organisation.code}.name"),
        classification=organisation.classification,
    )
    _check_name(row, facts)
    return store(take(row, facts))


def _check_name(row: OrganisationName, facts: NameFacts) -> None:
    if not facts.name:
        raise RefusedError("organisation.without_name", organisation=row.organisation.code)


def _leave_name(by: Actor, row: OrganisationName) -> None:
    """No organisation is left without a name."""
    if not row.organisation.names.standing().exclude(pk=row.pk).exists():
        raise RefusedError("organisation.last_name", organisation=row.organisation.code)


AMENDS = {
    Organisation.noun: Amendable(OrganisationFacts, Verb.KEEP_REGISTER),
    OrganisationName.noun: Amendable(NameFacts, Verb.KEEP_REGISTER, check=_check_name, leave=_leave_name),
}
"""How what stands here is corrected."""
