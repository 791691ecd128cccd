"""What becomes of organisations by law: renamed, merged, split, abolished; and what follows for all that they hold.

A succession keeps by URN what it ended, began, closed and moved, so that its day can be corrected in all of that, and
all of it taken back when the succession was entered wrongly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from waymark.actions.acts import act
from waymark.actions.facts import Amendable, Facts, take
from waymark.actions.log import log
from waymark.actions.organisations import NameFacts, name_it
from waymark.actions.storing import by_language, free_code, fresh, held_all, named_row, store
from waymark.actions.workplans.due import due_dates_of_bodies
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.appointing import gives_rights
from waymark.records.networks import Membership
from waymark.records.organisations import Organisation, OrganisationName, Succession, SuccessionKind
from waymark.records.people import Post, PostHolding
from waymark.records.permissions import check_verb
from waymark.records.record import Record
from waymark.records.reports import ProgressReport
from waymark.records.roles import Verb

ENDING = ("merged", "abolished")
"""Kinds of succession after which the organisation is no more; a split may end it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionFacts(Facts):
    """By which act of law an organisation became another, and from which day on, None when that is not known."""

    date: date | None
    act: str = ""


@act
def rename(*, by: Actor, organisation: Organisation, named: NameFacts, facts: SuccessionFacts) -> OrganisationName:
    """Give an organisation a new name from the day of the succession on; the old one stays for the days before."""
    fresh(organisation)
    check_verb(by, Verb.KEEP_REGISTER, organisation)
    step = _succeed("renamed", organisation, organisation, facts)
    ended = _end_names(organisation, facts.date)
    new = name_it(organisation, replace(named, from_date=facts.date))
    _did(step, ended=ended, begun=[new])
    log(by, "organisation.renamed", organisation, name=by_language(named.name), on=facts.date, act=facts.act)
    return new


@act
def merge(
    *, by: Actor, organisations: Sequence[Organisation], into: Organisation, facts: SuccessionFacts
) -> list[Succession]:
    """Merge organisations into another: memberships end, duties and posts go to the successor."""
    if not organisations:
        raise RefusedError("organisation.merger_of_nothing")
    for one in (*organisations, into):
        check_verb(by, Verb.KEEP_REGISTER, fresh(one))
    for one in organisations:
        _check_operator(by, one, facts)
    steps = []
    for organisation in organisations:
        step = _succeed("merged", organisation, into, facts)
        handed = _hand_over(organisation, into, facts.date)
        _did(step, **handed, ended=_end(organisation, facts.date, f"merged into {_called(into)}"))
        steps.append(step)
        due_dates_of_bodies([organisation.pk, into.pk])
        log(by, "organisation.merged", organisation, into=into, on=facts.date, act=facts.act)
    return steps


@act
def split(
    *,
    by: Actor,
    organisation: Organisation,
    into: Sequence[Organisation],
    facts: SuccessionFacts,
    ends: bool = False,
) -> list[Succession]:
    """Split an organisation: parts of it go to others. With `ends` it ceases; its duties go to the first of `into`."""
    if not into:
        raise RefusedError("organisation.split_into_nothing", organisation=organisation.code)
    for one in (organisation, *into):
        check_verb(by, Verb.KEEP_REGISTER, fresh(one))
    if ends:
        _check_operator(by, organisation, facts)
    steps = [_succeed("split", organisation, part, facts) for part in into]
    if ends:
        handed = _hand_over(organisation, into[0], facts.date)
        _did(steps[0], **handed, ended=_end(organisation, facts.date, "split"))
    due_dates_of_bodies([organisation.pk, *(part.pk for part in into)])
    log(by, "organisation.split", organisation, into=list(into), on=facts.date, act=facts.act)
    return steps


@act
def abolish(*, by: Actor, organisation: Organisation, facts: SuccessionFacts) -> Succession:
    """Abolish an organisation without successor.

    Its names, memberships and participations end, its posts are closed.
    """
    fresh(organisation)
    check_verb(by, Verb.KEEP_REGISTER, organisation)
    _check_operator(by, organisation, facts)
    step = _succeed("abolished", organisation, None, facts)
    ended = _end(organisation, facts.date, "abolished")
    closed = held_all(Post.objects.filter(organisation=organisation, closed_on__isnull=True))
    for post in closed:
        post.closed_on = facts.date
        store(post)
        ended += _end_all(post.holdings.open(), facts.date)
    _did(step, ended=ended, closed=closed)
    due_dates_of_bodies([organisation.pk])
    log(by, "organisation.abolished", organisation, on=facts.date, act=facts.act)
    return step


def _check_operator(by: Actor, organisation: Organisation, facts: SuccessionFacts) -> None:
    """The operator lets posts that give rights end or go on by an act of law only: named, with its day."""
    if facts.act and facts.date is not None:
        return
    for holding in PostHolding.objects.open().filter(post__organisation=organisation, post__closed_on__isnull=True):
        if gives_rights(by, holding.post):
            raise RefusedError("organisation.ended_without_act", organisation=organisation.code, post=holding.post.code)


def _called(organisation: Organisation) -> str:
    """The present name of an organisation, in English or the first language that it has one in."""
    row = organisation.names.open().first() or organisation.names.last()
    words = row.name if row else {}
    return str(words.get("en") or next(iter(words.values()), organisation.code))


def _succeed(kind: str, old: Organisation, new: Organisation | None, facts: SuccessionFacts) -> Succession:
    ended = old.successions.standing().filter(kind__in=ENDING).first()
    if ended is not None:
        raise RefusedError(
            "organisation.ended_already", organisation=old.code, on=ended.date, kind=SuccessionKind(ended.kind)
        )
    row = Succession(
        code=free_code(Succession, f"{old.code}.{kind}"),
        kind=kind,
        from_organisation=old,
        to_organisation=new,
        classification=old.classification,
    )
    return store(take(row, facts))


def _did(step: Succession, **what: Sequence[Record]) -> None:
    """Note with a succession what followed from it."""
    step.did = {name: [row.urn for row in rows] for name, rows in what.items() if rows}
    store(step)


def _day_before(on: date | None) -> date | None:
    return on - timedelta(days=1) if on else None


def _end_names(organisation: Organisation, on: date | None) -> list[Record]:
    return _end_all(organisation.names.open(), on)


def _end(organisation: Organisation, on: date | None, reason: str) -> list[Record]:
    """End names, memberships, participations and working-group seats that are still open."""
    return [
        *_end_names(organisation, on),
        *_end_all(organisation.memberships.open(), on, end_reason=reason),
        *_end_all(organisation.participations.open(), on),
        *_end_all(organisation.working_groups.open(), on),
    ]


def _end_all(spans: QuerySet[Any], on: date | None, **also: str) -> list[Record]:
    """End every span of a query on the day before `on`, None when that day is not known."""
    rows = held_all(spans)
    for row in rows:
        row.to_date, row.end_unknown = _day_before(on), on is None
        for name, value in also.items():
            setattr(row, name, value)
        store(row)
    return rows


def _hand_over(old: Organisation, new: Organisation, on: date | None) -> dict[str, list[Record]]:
    """The successor takes memberships, seats and participations it does not hold yet, and every open post."""
    begun: list[Record] = []
    for member in old.memberships.open():
        held = new.memberships.open().filter(network_id=member.network_id, role=member.role)
        if not held.exists():
            code = free_code(Membership, f"{member.network.code}.{new.code}.{member.role}")
            begun.append(_copy(member, code, organisation=new, from_date=on, end_reason=""))
    for seat in old.working_groups.open():
        if not new.working_groups.open().filter(working_group_id=seat.working_group_id).exists():
            code = free_code(type(seat), f"{seat.working_group.code}.{new.code}")
            begun.append(_copy(seat, code, organisation=new, from_date=on))
    for part in old.participations.open().exclude(commitment__state__in=["completed", "dropped", "superseded"]):
        if not new.participations.open().filter(commitment_id=part.commitment_id, role=part.role).exists():
            code = free_code(type(part), f"{part.commitment.code}.{new.code}.{part.role}")
            begun.append(_copy(part, code, organisation=new, from_date=on))
    moved: list[Any] = []
    for report in held_all(ProgressReport.objects.filter(organisation=old, state__in=["draft", "returned"])):
        same = ProgressReport.objects.filter(
            commitment_id=report.commitment_id, period_id=report.period_id, voice=report.voice, organisation=new
        )
        if not same.exists():
            moved.append(report)
    moved += held_all(Post.objects.filter(organisation=old, closed_on__isnull=True))
    for row in moved:
        row.organisation = new
        store(row)
    return {"begun": begun, "moved": moved}


def _copy(row: Record, code: str, **changes: Any) -> Record:
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "urn", "code", "version", "created_at", "changed_at", *changes)
    }
    return store(type(row)(code=code, **fields, **changes))


def _rows(step: Succession, name: str) -> Iterator[Any]:
    """The rows of one sort that a succession acted on and that stand, each held."""
    for urn in step.did.get(name, ()):
        row = fresh(named_row(urn))
        if row.shown:
            yield row


def _move_day(by: Actor, step: Succession, before: SuccessionFacts) -> None:
    """Bring what a succession ended and began to its corrected day, where it still has the former one."""
    if before.date == step.date:
        return
    for row in _rows(step, "ended"):
        if _ended_by(row, before.date):
            row.to_date, row.end_unknown = _day_before(step.date), step.date is None
            store(row)
    for row in _rows(step, "begun"):
        if row.from_date == before.date:
            row.from_date = step.date
            store(row)
    for row in _rows(step, "closed"):
        if row.closed_on == before.date:
            row.closed_on = step.date
            store(row)


def _ended_by(row: Any, on: date | None) -> bool:
    """Whether a span has the end that a succession of the day gave it."""
    return bool(row.to_date == _day_before(on) and row.end_unknown == (on is None))


def _take_back(by: Actor, step: Succession) -> None:
    """Take back what a succession did, where nobody changed it since. Raises RefusedError when another came after."""
    heir = step.to_organisation
    if heir is not None and heir.successions.standing().filter(did__has_key="ended", id__gt=step.pk).exists():
        raise RefusedError("organisation.succeeded_since", organisation=heir.code)
    for row in _rows(step, "begun"):
        if row.from_date == step.date:
            row.withdrawn = True
            store(row)
    for row in _rows(step, "ended"):
        if _ended_by(row, step.date):
            row.to_date, row.end_unknown = None, False
            if hasattr(row, "end_reason"):
                row.end_reason = ""
            store(row)
    for row in _rows(step, "closed"):
        if row.closed_on == step.date:
            row.closed_on = None
            store(row)
    for row in _rows(step, "moved"):
        if row.organisation_id == step.to_organisation_id and getattr(row, "state", "draft") in ("draft", "returned"):
            row.organisation = step.from_organisation
            store(row)


def _duties_follow(_by: Actor, step: Succession) -> None:
    due_dates_of_bodies([pk for pk in (step.from_organisation_id, step.to_organisation_id) if pk is not None])


AMENDS = {
    Succession.noun: Amendable(
        SuccessionFacts, Verb.KEEP_REGISTER, moved=_move_day, leave=_take_back, follow=_duties_follow
    ),
}
"""How what stands here is corrected."""
