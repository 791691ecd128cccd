"""Methods of assessment in words."""

from collections.abc import Sequence

from waymark.engines.indicators.methods import METHODS
from waymark.engines.printing.blocks import Run, Runs
from waymark.papers.words import marked, phrase
from waymark.queries.indicators.views import AssessmentView

OURS = "Waymark"
"""How a method's source says that a rule is our own."""

METHOD_NAMES = {
    "unsd-progress-chart-2023": "UNSD Progress Chart (2023)",
    "opensdg-2.4": "Open SDG (version 2.4)",
}
"""Short names for sentences; the identifier stands in the methods chapter."""

BACK, STILL, SOME, MUCH, DONE = range(5)
"""Parts of the way to a target: away from it, up to a tenth, up to 60 per cent, up to 95 per cent, all of it."""
CLASSES = {
    "on track": {DONE},
    "achieved": {DONE},
    "fair": {SOME, MUCH},
    "moderate": {MUCH},
    "limited": {STILL, SOME},
    "stagnation": {BACK, STILL},
    "deterioration": {BACK},
    "not achieved": {BACK, STILL},
}
"""Which parts of the way each class of a method covers: a scale of ours, on which classes of two methods compare."""


def differ(results: Sequence[AssessmentView]) -> bool:
    """Whether methods disagree on a series: only some can judge it, their classes share no part of the way, or only
    some call it progress."""
    if len({bool(one.category) for one in results}) > 1:
        return True
    parts = [CLASSES[one.category] for one in results if one.category]
    return bool(parts) and (not set.intersection(*parts) or len({one.improving for one in results}) > 1)


def method_name(method: str) -> str:
    """A method's name as sentences use it."""
    return METHOD_NAMES.get(method, method)


def method_words(method: str, *, first: bool) -> Runs:
    """One method: name, identifier, version, source, and whether it is the one shown first."""
    known = METHODS[method]
    role = "shown first" if first else "shown where it differs"
    return phrase(
        marked(method_name(method), style="strong"),
        " (",
        marked(known.id),
        ", version ",
        marked(known.version),
        "), ",
        role,
        ". ",
        "It measures: ",
        marked(known.measure),
        ". ",
        marked(known.limits),
        ". ",
        Run("Source: ", style="muted"),
        marked(
            "; ".join(
                dict.fromkeys(
                    part for source in known.sources if source.where != OURS for part in source.where.split("; ")
                )
            ),
            style="muted",
        ),
        ". ",
        Run("Rules marked as ours are proposals.", style="muted")
        if any(s.where == OURS for s in known.sources)
        else "",
    )
