"""Whose name a reader gets: persons of bodies of society are named to their own body and to the network's officers.

All others read the post. What an event says of who wrote a contribution follows the same rule, and the wish of the
writer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from waymark.gcm.vocabulary import terms
from waymark.queries.nested import Nested
from waymark.queries.wording import in_language
from waymark.records.consultations import NameKind
from waymark.records.people import Person, PostHolding
from waymark.records.viewers import Viewer

SOCIETY = frozenset(term.code for term in terms("organisation-kinds") if term.group == "whole-of-society")
"""Kinds of organisations that are neither governmental nor between governments."""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation, as the rule asks for it."""

    code: str
    kind: str

    @property
    def of_society(self) -> bool:
        """Whether its persons are not named to everybody."""
        return self.kind in SOCIETY


@dataclass(frozen=True, slots=True)
class Held:
    """A post that a person holds or held: since when, who keeps it, and the bodies it ties the person to."""

    person: str
    post: str
    first: date | None
    keeper: str
    bodies: tuple[Body, ...]


FIELDS = (
    "person__urn", "post__urn", "from_date", "post__keeper", "post__organisation__code", "post__organisation__kind",
    "home__code", "home__kind", "person__organisation__code", "person__organisation__kind",
)  # fmt: skip


def posts_held(persons: Iterable[str]) -> dict[str, list[Held]]:
    """Person → every post that they hold or held, the first one first, whoever asks: the rule needs them all."""
    found: dict[str, list[Held]] = {}
    rows = PostHolding.objects.filter(person__urn__in=list(persons)).order_by("from_date", "id")
    for one in map(_held, rows.values_list(*FIELDS)):
        found.setdefault(one.person, []).append(one)
    return found


def _held(values: Sequence[Any]) -> Held:
    person, post, first, keeper, *bodies = values
    pairs = zip(bodies[::2], bodies[1::2], strict=True)
    return Held(person, post, first, keeper, tuple(Body(code, kind) for code, kind in pairs if code))


def may_name(viewer: Viewer, keeper: str, home: Body | None, held: Iterable[Held]) -> bool:
    """Whether the rule lets the viewer read the name of a person, kept by `keeper` and of the body `home`.

    The class of the row is another question.
    """
    if viewer.sees_all:
        return True
    posts = list(held)
    bodies = {*([home] if home else []), *(body for one in posts for body in one.bodies)}
    of_society = {body.code for body in bodies if body.of_society}
    if not of_society:
        return True
    keepers = {keeper, *(one.keeper for one in posts)} - {""}
    return bool(keepers & viewer.officer_of) or _speaks_for(viewer, of_society)


def person_names(persons: Iterable[int], viewer: Viewer, language: str) -> dict[int, str]:
    """Person → the name, for those whom the viewer may read and may know by name; of the others the post is read."""
    keys = set(persons)
    if not keys:
        return {}
    within = Nested(PostHolding.objects.all(), "person", FIELDS)
    rows = Person.objects.visible_to(viewer).filter(pk__in=keys).select_related("organisation").order_by("pk")
    named = {}
    for row in rows.annotate(held=within.within()):
        home = Body(row.organisation.code, row.organisation.kind) if row.organisation else None
        if may_name(viewer, row.keeper, home, map(_held, within.read(row.held))):
            named[row.pk] = in_language(row.name, language)
    return named


def may_name_writer(viewer: Viewer, values: Mapping[str, Any], keeper: str, body: Body | None) -> bool:
    """Whether the viewer may read who wrote a contribution: a withheld name is for officers and the own body."""
    if viewer.sees_all or keeper in viewer.officer_of:
        return True
    if body is not None and _speaks_for(viewer, {body.code}):
        return True
    return values.get("name_kind") == NameKind.NAMED and (body is None or not body.of_society)


def _speaks_for(viewer: Viewer, bodies: set[str]) -> bool:
    return any(organisation in bodies for _, organisation in viewer.seats)
