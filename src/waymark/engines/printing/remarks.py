"""Short marks beside a figure, such as [old]: what each means is said once, in a legend.

A sentence that stood under every second figure would no longer be read; a mark is, and the legend tells it.
"""

from collections.abc import Iterable
from datetime import date

from waymark.engines.printing.blocks import Run, Runs
from waymark.engines.printing.phrases import labelled, say, tongue, worded
from waymark.gcm.periods import parse_period

OLD_AFTER = 5
"""Years; the phrase says it in words."""

MARKS = (
    "disputed", "outside", "population", "no_direction", "proxy", "zero", "too_few", "old", "estimate", "model",
    "monitored", "added_up", "not_assessed",
)  # fmt: skip
"""All marks, in the order in which they stand."""

NATURES = {"E": "estimate", "M": "model", "G": "monitored"}
"""SDMX natures that are marked: an estimate, a model's result, a global monitor's figure."""


def is_old(period: str, as_of: str) -> bool:
    """Whether a figure of a period is more than five calendar years old on the as-of date, counted from its end."""
    return parse_period(period).end_year < date.fromisoformat(as_of).year - OLD_AFTER


def marks(names: Iterable[str], *, reason: str = "", language: str = "en") -> Runs:
    """The marks of a figure in one bracket, in the order of MARKS; () for none.

    `reason` is why a method could not assess, in its words, for the mark "not_assessed". Raises ValueError for a name
    that is no mark.
    """
    wanted = set(names)
    if unknown := wanted - set(MARKS):
        raise ValueError(f"{', '.join(sorted(unknown))}: no mark; known are {', '.join(MARKS)}")
    spoken = tongue(language)
    said = [say(f"mark_{name}", spoken, reason=worded(reason)) for name in MARKS if name in wanted]
    if not said:
        return ()
    runs: list[Run] = [Run("[")]
    for place, words in enumerate(said):
        runs += [Run("; ")] * bool(place) + list(words)
    text = "".join(run.text for run in (*runs, Run("]")))
    return labelled((Run(text, style="muted"),), language, spoken)


def legend(names: Iterable[str], *, language: str = "en") -> tuple[Runs, ...]:
    """What each of these marks means, one sentence each, in the order of MARKS."""
    wanted, spoken = set(names), tongue(language)
    return tuple(labelled(say(f"legend_{name}", spoken), language, spoken) for name in MARKS if name in wanted)
