"""What the figures say in a few lines: which series improve, which worsen, and which cannot be judged and why."""

from collections import Counter
from collections.abc import Sequence

from waymark.engines.printing.blocks import BulletList, Run, Runs
from waymark.papers.cautions import about_all, aside, dispute, since_best
from waymark.papers.methods import method_name
from waymark.papers.standing import standing
from waymark.papers.steps import up_and_down
from waymark.papers.words import joined, marked, phrase
from waymark.papers.writer import Chapter, Writer
from waymark.queries.indicators.views import StatisticView

OUTSIDE = "for context, outside the Compact"
NO_DIRECTION = "without a better direction"
OLD = "with a category from a figure of more than five years ago"
FEW = "with too few figures that compare"
UNABLE = "that the method cannot assess"
TOO_FEW = ("one point", "no baseline from 2015", "censored", "break")
"""Reasons of methods that a further figure would lift."""
REASONS = (NO_DIRECTION, OUTSIDE, OLD, FEW, UNABLE)
"""Why a series does not count among those that are judged, in the order in which it is said."""


def in_short(writer: Writer) -> Chapter:
    """Which series improve, worsen or stand at their limit, those that the method cannot judge, and why not."""
    every = list(writer.data.statistics.values())
    stand = standing(every)
    if not stand.moving and not stand.limit:
        words = phrase("No series of this place can be assessed with the figures held.")
        return (BulletList((words, *not_judged(writer, every))),)
    slow = [one for one in stand.others if movement(one) == "improved"]
    worse = [one for one in stand.others if movement(one) == "worsened"]
    groups = (
        ("Improving", [one for one in stand.improving if not about_all(one)]),
        ("Improving, about the whole population, migrants not shown apart", [*filter(about_all, stand.improving)]),
        ("Better, but too little for the method", slow),
        ("At their limit", stand.limit),
        ("Worsened", worse),
        ("Not improving", [one for one in stand.others if one not in slow and one not in worse]),
    )
    items = [named(writer, label, found) for label, found in groups if found]
    method = method_name(writer.data.methods[0])
    judged = phrase("Assessed by ", marked(method), ", from the latest figures held; the method does not say why.")
    return (BulletList((*items, *not_judged(writer, every), judged)),)


def named(writer: Writer, label: str, found: Sequence[StatisticView]) -> Runs:
    """Series by their names, each with what has to be known beside it."""
    said = [
        phrase(
            statistic_link(one),
            aside(phrase("sources disagree") if dispute(writer, one) else (),
                  phrase("goes up and down") if up_and_down(one) else (),
                  since_best(writer, one) if label.startswith("Improving") and not up_and_down(one) else ()),
        )
        for one in found
    ]  # fmt: skip
    return phrase(Run(f"{label}: ", style="strong"), joined(said, "; "), ".")


def not_judged(writer: Writer, every: Sequence[StatisticView]) -> list[Runs]:
    """How many series are not judged and why, each once; those that moved all the same are named."""
    left = [one for one in every if not one.assessed]
    if not left:
        return []
    counts = Counter(map(why_not, left))
    reasons = joined([phrase(writer.count(counts[why]), f" {why}") for why in REASONS if counts[why]], "; ")
    said = phrase(
        Run("Not assessed: ", style="strong"), writer.count(len(left)), " of ",
        writer.counted(len(every), "series", "series"), ". ", reasons, ".",
    )  # fmt: skip
    moved = [
        (way, [one for one in left if why_not(one) in (FEW, UNABLE) and one.course and one.course.movement == way])
        for way in ("improved", "worsened")
    ]
    return [*(named(writer, f"{way.capitalize()}, but not assessed", found) for way, found in moved if found), said]


def why_not(statistic: StatisticView) -> str:
    """Why a series is not judged, one of REASONS."""
    result = statistic.assessment
    if statistic.context:
        return OUTSIDE
    if statistic.direction == "none":
        return NO_DIRECTION
    if statistic.too_old:
        return OLD
    return FEW if result is not None and result.reason in TOO_FEW else UNABLE


def movement(statistic: StatisticView) -> str:
    """Our word for the change that a method judged."""
    return statistic.assessment.movement if statistic.assessment else ""


def statistic_link(statistic: StatisticView) -> Runs:
    """A series by its short name, a link to where it stands."""
    return marked(statistic.short, href=f"#statistic-{statistic.indicator}")
