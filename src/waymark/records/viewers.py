"""Who reads: a viewer, and the condition under which a record is visible to one."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from django.apps import apps
from django.db.models import Q

if TYPE_CHECKING:
    from waymark.records.record import Record


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who reads. Without networks it is the public.

    `networks` are codes of the networks whose working papers it may read, `restricted` those whose restricted records
    its posts open, `organisations` the codes it speaks for, `person` the code under which strictly confidential
    records name it. `sees_all` is the operator of the installation, who holds the database anyway.
    """

    networks: frozenset[str] = field(default_factory=frozenset)
    restricted: frozenset[str] = field(default_factory=frozenset)
    organisations: frozenset[str] = field(default_factory=frozenset)
    person: str = ""
    sees_all: bool = False

    @property
    def audience(self) -> str:
        """`public` or `network`, as printed on what is made for this viewer."""
        return "network" if self.networks or self.sees_all else "public"


PUBLIC = Viewer()
"""Everybody: no account, no network."""


def network_viewer(network: str) -> Viewer:
    """The audience of one network: what all its members may read, nothing restricted."""
    return Viewer(networks=frozenset({network}))


def visible_condition(model: "type[Record]", viewer: Viewer, prefix: str = "") -> Q:
    """The condition under which rows of `model` are visible to `viewer`; `prefix` is the path to it in a query.

    A row is visible when its own classification allows it and every record that contains it is visible too.
    """
    if viewer.sees_all:
        return Q()
    level = f"{prefix}classification"
    allowed = Q(**{level: "public"})
    if viewer.networks:
        allowed |= Q(**{level: "network"}) & _within(model, prefix, viewer.networks)
    if viewer.restricted:
        allowed |= Q(**{level: "restricted"}) & _within(model, prefix, viewer.restricted)
    if viewer.person:
        readers = apps.get_model("records", "NamedReader")  # by name: the models import this file
        named = readers.objects.filter(person__code=viewer.person).values("urn")
        allowed |= Q(**{level: "strictly_confidential", f"{prefix}urn__in": named})
    for path in model.contained_in:
        key = model._meta.get_field(path)
        container = cast("type[Record]", key.related_model)
        inner = visible_condition(container, viewer, f"{prefix}{path}__")
        if key.null:
            inner |= Q(**{f"{prefix}{path}__isnull": True})
        allowed &= inner
    return allowed


def _within(model: "type[Record]", prefix: str, networks: frozenset[str]) -> Q:
    """Rows of these networks; what belongs to no network is open to the members of any."""
    if not model.network_path:
        return Q()
    path = f"{prefix}{model.network_path}"
    return Q(**{f"{path}__in": sorted(networks)}) | Q(**{f"{path}__isnull": True})
