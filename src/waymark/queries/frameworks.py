"""The frameworks on record, with how much of each there is."""

from dataclasses import dataclass

from django.db.models import Count, Q

from waymark.queries.wording import in_language
from waymark.records.frameworks import Framework
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """One framework: its provisions, those with official text among them, and its mark ("" when entered here)."""

    code: str
    title: str
    provisions: int
    with_text: int
    mark: str


def frameworks_on_record(viewer: Viewer, language: str = "en") -> tuple[FrameworkView, ...]:
    """Every framework that the viewer may see, by code."""
    texts = Count("provisions", filter=~Q(provisions__text={}))
    rows = Framework.objects.visible_to(viewer).annotate(count=Count("provisions"), texts=texts).order_by("code")
    return tuple(
        FrameworkView(row.code, in_language(row.title, language), row.count, row.texts, row.mark) for row in rows
    )
