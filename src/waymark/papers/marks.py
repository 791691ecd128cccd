"""The marks beside figures, such as [old] and [no direction], and the one legend that says what they mean."""

from waymark.engines.indicators.assessment import LIMIT_FLAG, OLD_FLAG
from waymark.engines.printing import remarks
from waymark.engines.printing.blocks import Block, BulletList, Notice
from waymark.papers.cautions import LOST, about_all, dispute
from waymark.papers.observations import period_of
from waymark.papers.words import phrase
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import CourseView, Observation, StatisticView

SAID_BY_MARKS = (
    "",
    "one point",
    "no baseline from 2015",
    "censored",
    "too old",
    "direction none",
    "at its limit",
    "break",
)
"""Reasons of methods that a mark, our word or a sentence says already."""


def remarks_of(statistic: StatisticView) -> list[str]:
    """What the assessment remarks, but for what a mark or the sentence says already, and counts of zeros, which the
    data files hold."""
    flags = statistic.assessment.flags if statistic.assessment else ()
    told = (OLD_FLAG, LIMIT_FLAG, "estimated values", "zero values")
    kept = [flag for flag in flags if not flag.startswith(told) and not flag.endswith(LOST)]
    return [f"target {flag}" if flag.startswith("met in") else flag for flag in kept]


def reason_words(statistic: StatisticView) -> str:
    """Why the method could not assess, "" where it could or where another mark says it."""
    result = statistic.assessment
    if result is None or result.label or statistic.context or statistic.direction == "none":
        return ""
    return "" if result.reason in SAID_BY_MARKS else result.reason


def is_old(writer: Writer, statistic: StatisticView) -> bool:
    """Whether the latest figure of a statistic is more than five years older than the as-of date."""
    latest = latest_number(statistic)
    return remarks.is_old(period_of(latest), writer.data.as_of)


def latest_number(statistic: StatisticView) -> Observation:
    """The latest observation with a number; without one, the latest."""
    known = [seen for seen in statistic.observations if seen.value is not None]
    return known[-1] if known else statistic.observations[-1]


def nature_mark(statistic: StatisticView, seen: Observation) -> str:
    """The mark of how a figure came about, as its source says it, or as the definition does where the source is silent;
    "" for a country's own figure."""
    return remarks.NATURES.get(seen.nature, "model" if "modelled" in statistic.traits and not seen.nature else "")


def mark_names(writer: Writer, statistic: StatisticView) -> list[str]:
    """The marks that stand beside the figures of a statistic."""
    latest = latest_number(statistic)
    course = statistic.course
    said = {
        "outside": bool(statistic.context),
        "no_direction": statistic.direction == "none" and not statistic.context,
        "population": about_all(statistic),
        "disputed": bool(dispute(writer, statistic)),
        "proxy": "proxy" in statistic.traits,
        "zero": "count_minimum" in statistic.traits and 0 in _said(latest, course),
        "too_few": course is not None and course.base_year is None and "binary" not in statistic.traits,
        "old": remarks.is_old(period_of(latest), writer.data.as_of),
        nature_mark(statistic, latest): bool(nature_mark(statistic, latest)),
        "added_up": statistic.added_up,
        "not_assessed": bool(reason_words(statistic)),
    }
    return [name for name, here in said.items() if here]


def _said(latest: Observation, course: CourseView | None) -> tuple[float | None, ...]:
    """The figures that the sentence of a series can name."""
    if course is None:
        return (latest.value,)
    return latest.value, course.base_value, course.previous_value, course.turned_at


def marks_legend(writer: Writer) -> list[Block]:
    """What the marks mean that this paper uses; it stands once, where the statistics begin."""
    told = [s for code, s in writer.data.statistics.items() if writer.shown is None or code in writer.shown]
    used = {name for statistic in told for name in mark_names(writer, statistic)}
    said = remarks.legend(used, language=writer.language)
    if not said:
        return []
    return [Notice("note", phrase("Marks beside figures"), (BulletList(said),))]
