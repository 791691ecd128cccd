"""What is done to organisations: register, rename, merge, split, abolish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, Words, take
from waymark.actions.log import log
from waymark.actions.storing import checked_code, fact, free_code, fresh, held_all, said, store
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.networks import Membership, Network
from waymark.records.organisations import Organisation, OrganisationName, Succession, SuccessionKind
from waymark.records.people import Post
from waymark.records.permissions import Verb, check_verb
from waymark.records.places import Place
from waymark.records.record import Record
from waymark.records.reports import ProgressReport


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts(Facts):
    """What is said of an organisation beside its names."""

    kind: str
    place: Place | None = None
    website: str = ""


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
    if not name:
        raise RefusedError("organisation.without_name", organisation=code)
    row = Organisation(code=checked_code(code, "organisation"), keeper=keeper.code if keeper else "")
    organisation = store(take(row, facts))
    _name(organisation, name, short_name, from_date, fact(facts.source, facts.locator, facts.mark, facts.note))
    log(by, "organisation.registered", organisation)
    return organisation


def _name(
    organisation: Organisation, name: Words, short_name: Words, from_date: date | None, known: dict[str, str]
) -> OrganisationName:
    row = OrganisationName(
        organisation=organisation,
        code=free_code(OrganisationName, f"{organisation.code}.name"),
        classification=organisation.classification,
        name=said(name),
        short_name=said(short_name),
        from_date=from_date,
        **known,
    )
    return store(row)


@act
def rename(
    *,
    by: Actor,
    organisation: Organisation,
    name: Words,
    on: date | None,
    short_name: Words = "",
    act: str = "",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> OrganisationName:
    """Give an organisation a new name from a day on (None.

    On a day that is not known); the old one stays for the days before.
    """
    fresh(organisation)
    check_verb(by, Verb.KEEP_REGISTER, organisation)
    known = fact(source, locator, mark)
    _end_names(organisation, on)
    new = _name(organisation, name, short_name, on, known)
    _succeed("renamed", organisation, organisation, on, act, known)
    log(by, "organisation.renamed", organisation, name=said(name), on=on, act=act)
    return new


@act
def merge(
    *,
    by: Actor,
    organisations: Sequence[Organisation],
    into: Organisation,
    on: date | None,
    act: str = "",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> list[Succession]:
    """Merge organisations into another from a day on: memberships end, duties and posts go to the successor."""
    if not organisations:
        raise RefusedError("organisation.merger_of_nothing")
    for one in (*organisations, into):
        check_verb(by, Verb.KEEP_REGISTER, fresh(one))
    known = fact(source, locator, mark)
    steps = []
    for organisation in organisations:
        steps.append(_succeed("merged", organisation, into, on, act, known))
        _hand_over(organisation, into, on)
        _end(organisation, on, f"merged into {into.code}")
        log(by, "organisation.merged", organisation, into=into, on=on, act=act)
    return steps


@act
def split(
    *,
    by: Actor,
    organisation: Organisation,
    into: Sequence[Organisation],
    on: date | None,
    act: str = "",
    ends: bool = False,
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> list[Succession]:
    """Split an organisation: parts of it go to others. With `ends` it ceases; its duties go to the first of `into`."""
    if not into:
        raise RefusedError("organisation.split_into_nothing", organisation=organisation.code)
    for one in (organisation, *into):
        check_verb(by, Verb.KEEP_REGISTER, fresh(one))
    known = fact(source, locator, mark)
    steps = [_succeed("split", organisation, part, on, act, known) for part in into]
    if ends:
        _hand_over(organisation, into[0], on)
        _end(organisation, on, "split")
    log(by, "organisation.split", organisation, into=list(into), on=on, act=act)
    return steps


@act
def abolish(
    *,
    by: Actor,
    organisation: Organisation,
    on: date | None,
    act: str = "",
    source: str = "",
    locator: str = "",
    mark: str = "",
) -> Succession:
    """Abolish an organisation without successor.

    Its names, memberships and participations end, its posts are closed.
    """
    fresh(organisation)
    check_verb(by, Verb.KEEP_REGISTER, organisation)
    step = _succeed("abolished", organisation, None, on, act, fact(source, locator, mark))
    _end(organisation, on, "abolished")
    for post in held_all(Post.objects.filter(organisation=organisation, closed_on__isnull=True)):
        post.closed_on = on
        store(post)
        _end_all(post.holdings.open(), on)
    log(by, "organisation.abolished", organisation, on=on, act=act)
    return step


def _succeed(
    kind: str, old: Organisation, new: Organisation | None, on: date | None, act: str, known: dict[str, str]
) -> Succession:
    ended = old.successions.filter(kind__in=["merged", "abolished"]).first()
    if ended is not None:
        raise RefusedError(
            "organisation.ended_already", organisation=old.code, on=ended.date, kind=SuccessionKind(ended.kind)
        )
    row = Succession(
        code=free_code(Succession, f"{old.code}.{kind}"),
        kind=kind,
        from_organisation=old,
        to_organisation=new,
        date=on,
        act=act,
        classification=old.classification,
        **known,
    )
    return store(row)


def _day_before(on: date | None) -> date | None:
    return on - timedelta(days=1) if on else None


def _end_names(organisation: Organisation, on: date | None) -> None:
    _end_all(organisation.names.open(), on)


def _end(organisation: Organisation, on: date | None, reason: str) -> None:
    """End names, memberships, participations and working-group seats that are still open."""
    _end_names(organisation, on)
    _end_all(organisation.memberships.open(), on, end_reason=reason)
    _end_all(organisation.participations.open(), on)
    _end_all(organisation.working_groups.open(), on)


def _end_all(spans: QuerySet[Any], on: date | None, **also: str) -> None:
    """End every span of a query on the day before `on`, None when that day is not known."""
    for row in held_all(spans):
        row.to_date, row.end_unknown = _day_before(on), on is None
        for name, value in also.items():
            setattr(row, name, value)
        store(row)


def _hand_over(old: Organisation, new: Organisation, on: date | None) -> None:
    """The successor takes memberships, seats and participations it does not hold yet, and every open post."""
    for member in old.memberships.open():
        held = new.memberships.open().filter(network_id=member.network_id, role=member.role)
        if not held.exists():
            code = free_code(Membership, f"{member.network.code}.{new.code}.{member.role}")
            _copy(member, code, organisation=new, from_date=on, end_reason="")
    for seat in old.working_groups.open():
        if not new.working_groups.open().filter(working_group_id=seat.working_group_id).exists():
            _copy(seat, free_code(type(seat), f"{seat.working_group.code}.{new.code}"), organisation=new, from_date=on)
    for part in old.participations.open().exclude(commitment__state__in=["completed", "dropped", "superseded"]):
        if not new.participations.open().filter(commitment_id=part.commitment_id, role=part.role).exists():
            code = free_code(type(part), f"{part.commitment.code}.{new.code}.{part.role}")
            _copy(part, code, organisation=new, from_date=on)
    for report in held_all(ProgressReport.objects.filter(organisation=old, state__in=["draft", "returned"])):
        same = ProgressReport.objects.filter(
            commitment_id=report.commitment_id, period_id=report.period_id, voice=report.voice, organisation=new
        )
        if not same.exists():
            report.organisation = new
            store(report)
    for post in held_all(Post.objects.filter(organisation=old, closed_on__isnull=True)):
        post.organisation = new
        store(post)


def _copy(row: Record, code: str, **changes: Any) -> None:
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "urn", "code", "version", "created_at", "changed_at", *changes)
    }
    store(type(row)(code=code, **fields, **changes))


AMENDS = {Organisation.noun: Amendable(OrganisationFacts, Verb.KEEP_REGISTER)}
"""How what stands here is corrected. Names are given with `rename`, or corrected as what they are."""
