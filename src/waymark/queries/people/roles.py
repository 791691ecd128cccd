"""Persons of a demonstration who stand for the roles of a network, for a first look at its desk."""

from dataclasses import dataclass
from datetime import date

from waymark.gcm.wording import label
from waymark.queries.wording import in_language
from waymark.records.networks import Network
from waymark.records.people import Duty, Person, PostHolding
from waymark.records.permissions import in_office

ROLES_SHOWN = (
    Duty.FOCAL_POINT,
    Duty.VALIDATOR,
    Duty.SECRETARIAT_OFFICER,
    Duty.CO_CHAIR,
    Duty.CIVIL_SOCIETY_REPORTER,
)
"""The five roles of the loop of reports."""


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One who holds a role today: the person, the role and the post in words."""

    person: Person
    role: str
    post: str


def demonstrations() -> list[Network]:
    """The networks that are demonstrations."""
    return list(Network.objects.standing().exclude(demonstration={}).order_by("code"))


def one_of_each(network: Network, today: date, language: str) -> tuple[RoleHeld, ...]:
    """One holder of each role in a network; focal point and validator of the same body where there is one."""
    rows = PostHolding.objects.filter(post__network=network, shown=True, acting=False).select_related("post", "person")
    held = [row for row in rows.order_by("post__code", "id") if in_office(row, today)]
    by_duty = {duty: [row for row in held if row.post.duty == duty] for duty in ROLES_SHOWN}
    validated = {row.post.organisation_id for row in by_duty[Duty.VALIDATOR]}
    paired = [row for row in by_duty[Duty.FOCAL_POINT] if row.post.organisation_id in validated]
    by_duty[Duty.FOCAL_POINT] = paired or by_duty[Duty.FOCAL_POINT]
    if paired:
        body = paired[0].post.organisation_id
        by_duty[Duty.VALIDATOR].sort(key=lambda row: row.post.organisation_id != body)
    return tuple(
        RoleHeld(rows[0].person, label(duty, language), in_language(rows[0].post.title, language))
        for duty, rows in by_duty.items()
        if rows
    )
