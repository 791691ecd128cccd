"""Who sees a row: the class that holds for it, its keeper, its state, and the ties that show it elsewhere."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Q
from django.db.models.expressions import RawSQL

from waymark.gcm.lists import Classification
from waymark.records.ties import ready
from waymark.records.viewers import Viewer

R = TypeVar("R")
"""A row of the record; `record.py` stands on this file, so its names are not imported here."""

STRICTNESS = tuple(Classification.values)
"""Classifications from the most open to the strictest."""

SETTLED = ("keeper", "effective", "sealed_by", "shown")
"""The columns that follow from a row and from what it lies in."""


def strictest(*classes: str) -> str:
    """The strictest of some classifications."""
    return max(classes, key=STRICTNESS.index)


def containers(row: Any) -> Iterator[Any]:
    """The records that a row lies in."""
    for path in row.contained_in:
        container = getattr(row, path)
        if container is not None:
            yield container


def settle(row: R) -> R:
    """Fill in the keeper of a row and the class that holds for it, from itself and from what it lies in."""
    kept: Any = row
    inside = list(containers(kept))
    kept.keeper = kept.found_keeper()
    kept.effective = strictest(kept.classification, *(one.effective for one in inside))
    kept.shown = not kept.withdrawn and all(one.shown for one in inside)
    kept.sealed_by = _seal(kept, {one.sealed_by for one in inside if one.sealed_by})
    return row


def _seal(kept: Any, around: set[str]) -> str:
    """The URN of the record whose named readers read a row, of those that seal what it lies in; "" for any other row.

    Who is named for the whole reads what lies in it, be it strictly confidential itself or not. What lies in two that
    name readers apart is read by those who are named for it alone, and for both before.
    """
    if len(around) == 1:
        return next(iter(around))
    return str(kept.urn) if around or kept.classification == STRICTNESS[-1] else ""


@cache
def lying_in(model: type[Any]) -> tuple[tuple[type[Any], str], ...]:
    """The models whose rows lie in rows of `model`, with the key by which they do."""
    models: Any = apps.get_app_config("records").get_models()
    return tuple(
        (one, path)
        for one in models
        for path in getattr(one, "contained_in", ())
        if one._meta.get_field(path).related_model is model
    )


def pointing_at(row: Any) -> Iterator[Any]:
    """The rows that stand and point to a row without being part of it, or cite it, so that it cannot go before them."""
    models: Any = apps.get_app_config("records").get_models()
    for model in models:
        if not hasattr(model, "contained_in"):
            continue
        part_of = set(model.contained_in) - set(model.rests_on)
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            if field.is_relation and field.related_model is type(row) and field.name not in part_of:
                yield from model._default_manager.filter(**{field.name: row, "shown": True}).distinct()


def visible_condition(model: type[Any], viewer: Viewer) -> Q:
    """The condition under which rows of `model` are visible to `viewer`, on the columns of the row itself.

    Public: everybody. Network: the members of its keeper, and of networks that a tie shows it to. Restricted: the posts
    of its keeper that may read such. Strictly confidential: who is named. What the installation keeps and nothing ties
    is public or the operator's only. Rows with a state ask that too; what was withdrawn nobody sees but in the history.
    """
    return Q(shown=True) & _allowed(model, viewer)


def remembered_condition(model: type[Any], viewer: Viewer) -> Q:
    """As `visible_condition`, for histories: what was withdrawn is still read by the members of who kept it."""
    kept = Q() if viewer.sees_all else Q(keeper__in=sorted(viewer.networks))
    return (Q(shown=True) | kept) & _allowed(model, viewer)


def _named(viewer: Viewer) -> Q:
    """What is strictly confidential and names the viewer as a reader."""
    return Q(effective=STRICTNESS[-1], sealed_by__in=_sealed_for(viewer.person))


@lru_cache(maxsize=1000)
def _sealed_for(person: str) -> RawSQL:
    """The global ids of what is strictly confidential and names the person as a reader."""
    readers: Any = apps.get_model("records", "NamedReader")  # by name: the models import this file
    return ready(readers.objects.filter(person__code=person).order_by().values("urn"))


def _allowed(model: type[Any], viewer: Viewer) -> Q:
    if viewer.sees_all:
        return Q()
    own: Q | None = model.read_only_by(viewer)
    if own is not None:
        return own & (~Q(effective=STRICTNESS[-1]) | _named(viewer))
    allowed = Q(effective="public")
    if viewer.networks:
        here = Q(keeper__in=sorted(viewer.networks))
        tied = model.tied_to(viewer)
        allowed |= Q(effective="network") & (here if tied is None else here | tied)
    if viewer.restricted:
        allowed |= Q(effective="restricted", keeper__in=sorted(viewer.restricted))
    if viewer.person:
        allowed |= _named(viewer)
    in_state: Q = model.shown_in_state(viewer)
    return allowed & in_state
