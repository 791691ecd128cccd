"""Methods of assessment in words."""

from waymark.engines.indicators.methods import METHODS
from waymark.engines.printing.blocks import Run, Runs
from waymark.papers.words import marked, phrase

OURS = "Waymark"
"""How a method's source says that a rule is our own."""

METHOD_NAMES = {
    "unsd-progress-chart-2023": "UNSD Progress Chart (edition of 2023)",
    "opensdg-2.4": "Open SDG (version 2.4)",
}
"""Short names for sentences; the identifier stands in the methods chapter."""


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
        Run("Source: ", style="muted"),
        marked(
            "; ".join(dict.fromkeys(source.where for source in known.sources if source.where != OURS)), style="muted"
        ),
        ". ",
        Run("Rules marked as ours are proposals.", style="muted")
        if any(s.where == OURS for s in known.sources)
        else "",
    )
