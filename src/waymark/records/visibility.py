"""Who sees a row: the class that holds for it, its keeper, its state, and the ties that show it elsewhere."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db.models import Q

from waymark.records.viewers import Viewer

if TYPE_CHECKING:
    from waymark.records.record import Record

R = TypeVar("R", bound="Record")

STRICTNESS = ("public", "network", "restricted", "strictly_confidential")
"""Classifications from the most open to the strictest."""

SETTLED = ("keeper", "effective", "sealed_by")
"""The columns that follow from a row and from what it lies in."""


def strictest(*classes: str) -> str:
    """The strictest of some classifications."""
    return max(classes, key=STRICTNESS.index)


def containers(row: "Record") -> Iterator["Record"]:
    """The records that a row lies in."""
    for path in row.contained_in:
        container = getattr(row, path)
        if container is not None:
            yield container


def settle(row: R) -> R:
    """Fill in the keeper of a row and the class that holds for it, from itself and from what it lies in."""
    inside = list(containers(row))
    row.keeper = row.found_keeper()
    row.effective = strictest(row.classification, *(one.effective for one in inside))
    sealed = [one.sealed_by for one in inside if one.sealed_by]
    row.sealed_by = row.urn if row.classification == STRICTNESS[-1] else sealed[0] if sealed else ""
    return row


@cache
def lying_in(model: "type[Record]") -> "tuple[tuple[type[Record], str], ...]":
    """The models whose rows lie in rows of `model`, with the key by which they do."""
    models: Any = apps.get_app_config("records").get_models()
    return tuple(
        (one, path)
        for one in models
        for path in getattr(one, "contained_in", ())
        if one._meta.get_field(path).related_model is model
    )


def visible_condition(model: "type[Record]", viewer: Viewer) -> Q:
    """The condition under which rows of `model` are visible to `viewer`, on the columns of the row itself.

    Public: everybody. Network: the members of its keeper, and of networks that a tie shows it to. Restricted: the posts
    of its keeper that may read such. Strictly confidential: who is named. What the installation keeps and nothing ties
    is public or the operator's only. Rows with a state ask that too.
    """
    if viewer.sees_all:
        return Q()
    allowed = Q(effective="public")
    if viewer.networks:
        here = Q(keeper__in=sorted(viewer.networks))
        tied = model.tied_to(viewer)
        allowed |= Q(effective="network") & (here if tied is None else here | tied)
    if viewer.restricted:
        allowed |= Q(effective="restricted", keeper__in=sorted(viewer.restricted))
    if viewer.person:
        readers: Any = apps.get_model("records", "NamedReader")  # by name: the models import this file
        named = readers.objects.filter(person__code=viewer.person).values("urn")
        allowed |= Q(effective="strictly_confidential", sealed_by__in=named)
    return allowed & model.shown_in_state(viewer)
