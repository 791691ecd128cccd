"""Which appointments wait for a second person, and why: one row for each duty.

An officer enters appointments. Nobody appoints himself, nor those who accept, confirm or clear his work: such an
appointment waits until a co-chair in office confirms it, who is neither the person appointed nor who entered it. While
a network has no co-chair in office, or no officer, the operator enters the appointment of one from a paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.people import Duty, Person, Post, PostHolding
from waymark.records.permissions import in_office
from waymark.records.states import IN_FORCE


@dataclass(frozen=True, slots=True)
class Appointing:
    """Whether the appointment to a duty waits for a second person, and the reason."""

    waits: bool
    reason: str


APPOINTING: Mapping[str, Appointing] = MappingProxyType(
    {
        Duty.CO_CHAIR: Appointing(
            True,
            "A co-chair accepts what the only officer wrote, clears and publishes reviews that officers drafted, and "
            "confirms the appointments that they enter.",
        ),
        Duty.SECRETARIAT_OFFICER: Appointing(
            True, "An officer accepts what another officer wrote, and enters appointments."
        ),
        Duty.VALIDATOR: Appointing(True, "A validator confirms findings and clears reviews that officers drafted."),
        Duty.FOCAL_POINT: Appointing(
            False, "A focal point speaks for its organisation; it accepts, confirms and clears nothing."
        ),
        Duty.ALTERNATE: Appointing(
            False, "An alternate stands in for a focal point; it accepts, confirms and clears nothing."
        ),
        Duty.CIVIL_SOCIETY_REPORTER: Appointing(
            False, "A reporter of society speaks for its organisation; it accepts, confirms and clears nothing."
        ),
        Duty.OBSERVER: Appointing(False, "An observer reads only."),
        Duty.OTHER: Appointing(False, "Such a post gives no rights."),
    }
)
"""Duty → whether an appointment to it waits. Whatever the duty, who would appoint himself waits."""

FIRST = (Duty.CO_CHAIR, Duty.SECRETARIAT_OFFICER)
"""The duties that the operator enters, while nobody in the network holds such a post."""


def waits_for_another(by: Actor, post: Post, person: Person) -> bool:
    """Whether an appointment that an officer enters waits for a second person."""
    return APPOINTING[post.duty].waits or person.pk in by.persons


def holders_of(duty: str, network: str, today: date | None) -> list[PostHolding]:
    """Who holds a post of a duty in a network on a day, or is appointed from a later day on."""
    rows = PostHolding.objects.standing().filter(post__duty=duty, keeper=network, state__in=IN_FORCE)
    return [
        row
        for row in rows.select_related("post", "person").order_by("id")
        if in_office(row, today) or _begins_later(row, today)
    ]


def _begins_later(row: PostHolding, today: date | None) -> bool:
    return today is not None and row.from_date is not None and today < row.from_date and in_office(row, row.from_date)


def check_operator_appoints(by: Actor, post: Post, person: Person, *, paper: bool) -> None:
    """Refuse the operator every appointment that gives rights, but the first ones, from a paper, of two persons."""
    if post.network is None or not gives_rights(by, post):
        return
    duty = Duty(post.duty)
    if duty not in FIRST:
        raise RefusedError("appointment.not_by_operator", duty=duty, network=post.network.code)
    if by.today is None:
        raise RefusedError("appointment.day_not_known", post=post.code)
    if not paper:
        raise RefusedError("appointment.without_paper", post=post.code)
    if holders_of(duty, post.network.code, by.today):
        raise RefusedError("appointment.not_the_first", duty=duty, network=post.network.code, on=by.today)
    for other in FIRST:
        if any(row.person_id == person.pk for row in holders_of(other, post.network.code, by.today)):
            raise RefusedError("appointment.same_person", person=person.code, duty=other, network=post.network.code)


def check_operator_ends(by: Actor, post: Post, *, paper: bool) -> None:
    """Refuse the operator to end that a post with rights is held, but from a paper."""
    if gives_rights(by, post) and not paper:
        raise RefusedError("appointment.ended_without_paper", post=post.code)


def check_operator_corrects(by: Actor, post: Post) -> None:
    """Refuse the operator to correct or withdraw that a post with rights is held: a correction has no paper."""
    if gives_rights(by, post):
        raise RefusedError("appointment.not_corrected_by_operator", post=post.code)


def gives_rights(by: Actor, post: Post) -> bool:
    """Whether the operator acts on a post that gives rights in a network."""
    return by.kind == "operator" and post.network is not None and post.duty != Duty.OTHER
