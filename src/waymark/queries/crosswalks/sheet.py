"""The workbook of a suggested crosswalk, for a person to correct; `actions.crosswalks` reads it back."""

from waymark.engines.documents.tagging import Tagger
from waymark.engines.sheets.crosswalk import SheetRow, write_sheet
from waymark.queries.crosswalks.suggesting import (
    DECIDED,
    LEAST,
    CrosswalkView,
    GapsView,
    SuggestionView,
    crosswalk_gaps,
    suggested_crosswalk,
)
from waymark.records.viewers import Viewer

GAP_WORDS = {
    "objectives": "objective that no provision touches",
    "targets": "SDG target that no provision touches",
    "without_indicator": "linked, but no indicator speaks of it",
    "without_link": "provision without any link",
}
"""Field of GapsView → what the gap is called."""


def gap_rows(gaps: GapsView) -> list[tuple[str, str, str, str]]:
    """Every gap as a row: what is missing, framework, code, label."""
    return [
        (words, item.framework, item.code, item.label)
        for field, words in GAP_WORDS.items()
        for item in getattr(gaps, field)
    ]


def crosswalk_workbook(
    framework: str, viewer: Viewer, tagger: Tagger, *, least: float = LEAST
) -> tuple[bytes, CrosswalkView]:
    """The workbook of a framework as XLSX, and what stands in it. Raises NotFoundError for an unknown framework."""
    view = suggested_crosswalk(framework, viewer, tagger, least=least)
    gaps = crosswalk_gaps(framework, viewer)
    return write_sheet(view.framework, view.title, map(_row, view.rows), gap_rows(gaps)), view


def _row(view: SuggestionView) -> SheetRow:
    own = view.source.startswith(DECIDED)
    return SheetRow(
        provision=view.provision,
        kind=view.kind,
        words=view.words,
        framework=view.framework,
        code=view.code,
        label=view.label,
        score=view.score,
        reasons="; ".join(view.reasons),
        relation=view.relation,
        decision="yes" if view.linked else "",
        note=view.note if own else "",
        on_record=_on_record(view),
    )


def _on_record(view: SuggestionView) -> str:
    if not view.linked:
        return ""
    words = f"yes: {view.source}" if view.source else "yes"
    return f"{words} (stated from the other side)" if view.incoming else words
