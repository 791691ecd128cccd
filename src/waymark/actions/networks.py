"""What is done to networks: found, admit, end a membership, set up working groups."""

from datetime import date

from waymark.actions.acts import act
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, free_code, held, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.networks import Membership, Network, WorkingGroup, WorkingGroupMember
from waymark.records.organisations import Organisation
from waymark.records.permissions import Verb, check_verb
from waymark.records.places import Place

Words = str | dict[str, str]


@act
def found(
    *,
    by: Actor,
    code: str,
    kind: str,
    level: str,
    name: Words,
    place: Place | None = None,
    founded_on: date | None = None,
    description: Words = "",
    demonstration: Words = "",
    classification: str = "public",
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Network:
    """Found a network in this installation. `demonstration` is the sentence that marks all its pages, if it is one."""
    check_verb(by, Verb.INSTALL, None)
    row = Network(
        code=checked_code(code, "network"),
        kind=kind,
        level=level,
        name=said(name),
        place=place,
        founded_on=founded_on,
        description=said(description),
        demonstration=said(demonstration),
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row)
    log(by, "network.founded", row, kind=kind, level=level)
    return row


@act
def admit(
    *,
    by: Actor,
    network: Network,
    organisation: Organisation,
    role: str,
    from_date: date | None = None,
    to_date: date | None = None,
    end_unknown: bool = False,
    classification: str = "public",
    source: str = "",
    locator: str = "",
    mark: str = "",
    note: str = "",
) -> Membership:
    """Admit an organisation in a role; an end is given only for a membership that is already over."""
    check_verb(by, Verb.MANAGE_NETWORK, network)
    row = Membership(
        code=free_code(Membership, f"{network.code}.{organisation.code}.{role}"),
        network=network,
        organisation=organisation,
        role=role,
        from_date=from_date,
        to_date=to_date,
        end_unknown=end_unknown,
        classification=classification,
        **fact(source, locator, mark, note),
    )
    store(row)
    log(by, "network.member.admitted", row, organisation=organisation, role=role, from_date=from_date)
    return row


@act
def end_membership(*, by: Actor, membership: Membership, on: date | None, reason: str) -> Membership:
    """End a membership; `on` is its last day, None when that is not known."""
    held(membership)
    check_verb(by, Verb.MANAGE_NETWORK, membership)
    if membership.to_date is not None or membership.end_unknown:
        raise RefusedError("membership.ended_already", membership=membership.code)
    if not reason:
        raise RefusedError("membership.end_without_reason", membership=membership.code)
    membership.to_date, membership.end_unknown, membership.end_reason = on, on is None, reason
    store(membership)
    log(by, "network.member.left", membership, on=on, reason=reason)
    return membership


@act
def set_up_group(
    *,
    by: Actor,
    network: Network,
    code: str,
    name: Words,
    mandate: Words = "",
    outputs: Words = "",
    from_date: date | None = None,
    classification: str = "public",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> WorkingGroup:
    """Set up a working group."""
    check_verb(by, Verb.MANAGE_NETWORK, network)
    row = WorkingGroup(
        network=network,
        code=checked_code(code, "working-group"),
        name=said(name),
        mandate=said(mandate),
        outputs=said(outputs),
        from_date=from_date,
        classification=classification,
        **fact(source, locator, mark),
    )
    store(row)
    log(by, "network.group.set_up", row)
    return row


@act
def join_group(
    *,
    by: Actor,
    group: WorkingGroup,
    organisation: Organisation,
    co_lead: bool = False,
    from_date: date | None = None,
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> WorkingGroupMember:
    """Add an organisation to a working group, perhaps as co-lead."""
    check_verb(by, Verb.MANAGE_NETWORK, group)
    row = WorkingGroupMember(
        code=free_code(WorkingGroupMember, f"{group.code}.{organisation.code}"),
        working_group=group,
        organisation=organisation,
        co_lead=co_lead,
        from_date=from_date,
        classification=group.classification,
        **fact(source, locator, mark),
    )
    store(row)
    log(by, "network.group.joined", row, organisation=organisation, co_lead=co_lead)
    return row
