"""What is done to networks: found, admit, end a membership, set up working groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.storing import by_language, checked_code, free_code, held, store
from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.language import is_language
from waymark.gcm.zones import is_zone
from waymark.records.actors import Actor
from waymark.records.networks import Membership, Network, WorkingGroup, WorkingGroupMember
from waymark.records.organisations import Organisation
from waymark.records.permissions import check_verb, check_within_reach
from waymark.records.places import Place
from waymark.records.roles import Verb

WEEK = range(1, 8)
"""The days of a week by their ISO numbers; Monday is 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFacts(Facts):
    """What is said of a network, and how it counts its days.

    `time_zone` is an IANA name, `working_week` the ISO numbers of its working days, `quiet_days` the days on which
    nobody is reminded. With `reports_released` a validator of its organisation releases a report before it is
    submitted; the secretariat has `days_to_accept` to answer it. `demonstration` is the sentence that marks all its
    pages, if it is one.
    """

    kind: str
    level: str
    name: Words
    place: Place | None = None
    founded_on: date | None = None
    description: Words = ""
    languages: Sequence[str] = ()
    time_zone: str = ""
    working_week: Sequence[int] = ()
    quiet_days: Sequence[date | str] = ()
    reports_released: bool = False
    days_to_accept: int = 14
    demonstration: Words = ""

    def __post_init__(self) -> None:
        Facts.__post_init__(self)
        if self.time_zone and not is_zone(self.time_zone):
            raise InputError.coded("network.unknown_zone", zone=repr(self.time_zone))
        for language in self.languages:
            if not is_language(language):
                raise InputError.coded("network.unknown_language", language=repr(language))
        if len(set(self.working_week)) < len(self.working_week) or not set(self.working_week) <= set(WEEK):
            raise InputError.coded("network.no_week", days=tuple(str(day) for day in self.working_week))
        for day in self.quiet_days:
            if not _is_day(day):
                raise InputError.coded("network.no_day", day=repr(day))


def _is_day(day: date | str) -> bool:
    try:
        return isinstance(day, date) or bool(date.fromisoformat(day))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipFacts(Facts):
    """In which role an organisation belongs to a network, from when to when, and why that ended."""

    role: str
    from_date: date | None = None
    to_date: date | None = None
    end_unknown: bool = False
    end_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts(Facts):
    """What is said of a working group."""

    name: Words
    mandate: Words = ""
    outputs: Words = ""
    from_date: date | None = None
    to_date: date | None = None
    end_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFacts(Facts):
    """How an organisation takes part in a working group, from when to when."""

    co_lead: bool = False
    from_date: date | None = None
    to_date: date | None = None
    end_unknown: bool = False


@act
def found(*, by: Actor, code: str, facts: NetworkFacts) -> Network:
    """Found a network in this installation."""
    check_verb(by, Verb.INSTALL, None)
    row = store(take(Network(code=checked_code(code, "network")), facts))
    log(by, "network.founded", row, kind=row.kind, level=row.level)
    return row


@act
def admit(*, by: Actor, network: Network, organisation: Organisation, facts: MembershipFacts) -> Membership:
    """Admit an organisation in a role; an end is given only for a membership that is already over."""
    check_verb(by, Verb.MANAGE_NETWORK, network)
    check_within_reach(by, network, organisation)
    row = Membership(
        code=free_code(Membership, f"{network.code}.{organisation.code}.{facts.role}"),
        network=network,
        organisation=organisation,
    )
    store(take(row, facts))
    log(by, "network.member.admitted", row, organisation=organisation, role=row.role, from_date=row.from_date)
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
def set_up_group(*, by: Actor, network: Network, code: str, facts: GroupFacts) -> WorkingGroup:
    """Set up a working group."""
    check_verb(by, Verb.MANAGE_NETWORK, network)
    row = store(take(WorkingGroup(network=network, code=checked_code(code, "working-group")), facts))
    log(by, "network.group.set_up", row)
    return row


@act
def join_group(*, by: Actor, group: WorkingGroup, organisation: Organisation, facts: SeatFacts) -> WorkingGroupMember:
    """Add an organisation to a working group, perhaps as co-lead."""
    check_verb(by, Verb.MANAGE_NETWORK, group)
    check_within_reach(by, group, organisation)
    row = WorkingGroupMember(
        code=free_code(WorkingGroupMember, f"{group.code}.{organisation.code}"),
        working_group=group,
        organisation=organisation,
        classification=group.classification,
    )
    store(take(row, facts))
    log(by, "network.group.joined", row, organisation=organisation, co_lead=row.co_lead)
    return row


def _ask_network(by: Actor, row: Network, facts: NetworkFacts) -> None:
    """What marks a network as a demonstration stays, but for who runs the installation.

    Its place stays once figures are of it: they were counted there.
    """
    if facts.place != row.place and (row.indicators.exists() or row.national_values.exists()):
        raise RefusedError("network.place_stays", network=row.code)
    if by_language(facts.demonstration) != row.demonstration:
        check_verb(by, Verb.INSTALL, None)


def _leave_network(by: Actor, row: Network) -> None:
    """Who founds networks withdraws them."""
    check_verb(by, Verb.INSTALL, None)


AMENDS = {
    Network.noun: Amendable(NetworkFacts, Verb.MANAGE_NETWORK, ask=_ask_network, leave=_leave_network),
    Membership.noun: Amendable(MembershipFacts, Verb.MANAGE_NETWORK),
    WorkingGroup.noun: Amendable(GroupFacts, Verb.MANAGE_NETWORK),
    WorkingGroupMember.noun: Amendable(SeatFacts, Verb.MANAGE_NETWORK),
}
"""How what stands here is corrected."""
