"""Which networks an installation serves."""

from dataclasses import dataclass

from waymark.queries.wording import in_language
from waymark.records.networks import Network
from waymark.records.places import Place
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Served:
    """A network by its name and place; `demonstration` is the sentence that marks it, "" for a real one."""

    code: str
    name: str
    place: str
    demonstration: str


def networks_served(viewer: Viewer, language: str) -> tuple[Served, ...]:
    """The networks that the viewer may see, in the order of their names."""
    rows = Network.objects.visible_to(viewer).select_related("place")
    found = [
        Served(
            row.code,
            in_language(row.name, language),
            _place(row.place, language),
            in_language(row.demonstration, language),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.code)))


def _place(place: Place | None, language: str) -> str:
    return in_language(place.name, language) if place else ""
