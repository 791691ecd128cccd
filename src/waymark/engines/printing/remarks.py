"""Sentences for figures that a trend would misread: counted anew, at the end of their scale, or old."""

from datetime import date

from waymark.engines.printing.blocks import Run, Runs
from waymark.engines.printing.measures import Measured, figure
from waymark.engines.printing.phrases import labelled, say, tongue, when, worded
from waymark.gcm.periods import parse_period

OLD_AFTER = 5
"""Years; the phrase says it in words."""


def after_break(
    name: str, first_after: Measured, before: tuple[Measured, Measured], year: int, *, language: str = "en"
) -> Runs:
    """A series counted anew from `year` on, with one figure since: the first after, the first and last before.

    The two before may be one and the same. Raises ValueError when the figure after the break is of an earlier year, or
    one before is not.
    """
    first, last = before
    starts = [parse_period(measured.period).start_year for measured in (first, last, first_after)]
    if not starts[0] <= starts[1] < year <= starts[2]:
        raise ValueError(f"{name}: figures of {starts} do not lie on their sides of a break in {year}")
    spoken = tongue(language)
    slots = {
        "name": worded(name),
        "latest": figure(first_after, spoken),
        "when": when(first_after.period, spoken),
        "year": (Run(str(year), "date", value=str(year)),),
        "first": figure(first, spoken, scale=False),
        "first_when": when(first.period, spoken),
    }
    if first == last:
        return labelled(say("after_break_one", spoken, **slots), language, spoken)
    slots |= {"last": figure(last, spoken, scale=False), "last_when": when(last.period, spoken)}
    return labelled(say("after_break", spoken, **slots), language, spoken)


def at_limit(name: str, latest: Measured, base: Measured | None = None, *, language: str = "en") -> Runs:
    """A series at the best value there can be, now and, when `base` is given, already then.

    The category of a method is not said with it: no change at the end of a scale is not stagnation.
    Raises ValueError when `base` has another value or unit.
    """
    spoken = tongue(language)
    slots = {"name": worded(name), "latest": figure(latest, spoken), "when": when(latest.period, spoken)}
    if base is None:
        return labelled(say("at_limit_once", spoken, **slots), language, spoken)
    if (base.value, base.unit) != (latest.value, latest.unit):
        raise ValueError(f"{name}: {base.value} and {latest.value} are not both the end of a scale")
    return labelled(say("at_limit", spoken, **slots, base_when=when(base.period, spoken)), language, spoken)


def old(latest: Measured, as_of: str, *, language: str = "en") -> Runs:
    """Says that a figure is more than five calendar years old on the as-of date, as methods count; else ()."""
    if parse_period(latest.period).start_year >= date.fromisoformat(as_of).year - OLD_AFTER:
        return ()
    spoken = tongue(language)
    return labelled(say("old", spoken), language, spoken)
