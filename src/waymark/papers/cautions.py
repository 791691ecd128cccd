"""What has to be known beside a figure: sources that dispute it, migrants within it, what was reached and lost."""

from waymark.engines.printing.blocks import Run, Runs
from waymark.papers.choosing import disputed
from waymark.papers.groups import group_words
from waymark.papers.observations import shown_unit
from waymark.papers.words import joined, marked, phrase
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import StatisticView

APART = "migratory_status"
"""The dimension that tells migrants from others."""
LOST = ", lost"
"""How the remark of a method ends on a target that counted as met in an earlier year and no longer does."""


def about_all(statistic: StatisticView) -> bool:
    """Whether the figures are about all people and no group of them shows migrants apart."""
    return "whole_population" in statistic.traits and not groups_apart(statistic)


def groups_apart(statistic: StatisticView) -> list[tuple[str, int, float, str]]:
    """The latest figures of migrants and of others: group, year, value, source; none where one has no number."""
    own = [row for row in statistic.breakdown if row[0].startswith(f"{APART}=")]
    known = [(extra, year, value, source) for extra, year, value, source, *_ in own if value is not None]
    return known if len(known) == len(own) else []


def migrants_apart(writer: Writer, statistic: StatisticView) -> Runs:
    """`By migration status, in 2023: migrants 5.5, non-migrants 2.9.`; nothing where no group shows migrants."""
    found = groups_apart(statistic)
    if not found:
        return ()
    unit = shown_unit(statistic)
    said = [
        phrase(marked(group_words(extra)), " ", writer.number(value, unit, source)) for extra, _, value, source in found
    ]
    return phrase("By migration status, in ", writer.day(str(found[0][1])), ": ", joined(said), ".")


def dispute(writer: Writer, statistic: StatisticView) -> Runs:
    """What sources say that disagree on a series, where no value was chosen; nothing where none do."""
    if statistic.indicator not in disputed(writer.data):
        return ()
    told = [
        phrase(marked(f"{one.attribute}: " if one.attribute else ""),
               joined([phrase(marked(claim.value), writer.cite(claim.source)) for claim in one.claims], " or "))
        for one in writer.data.conflicts
        if one.subject.rpartition(":")[2] == statistic.indicator and not any(claim.chosen for claim in one.claims)
    ]  # fmt: skip
    return phrase("Sources disagree, ", joined(told, "; "), "; none is chosen.")


def lost(statistic: StatisticView) -> Runs:
    """That the target counted as met in an earlier year and no longer does."""
    flags = statistic.assessment.flags if statistic.assessment else ()
    said = [flag.removesuffix(LOST) for flag in flags if flag.endswith(LOST)]
    return phrase("The target was ", marked(said[0]), ", and is not any more.") if said else ()


def since_best(writer: Writer, statistic: StatisticView) -> Runs:
    """Of a series that improved and then turned: `lower than in 2018`; nothing of any other."""
    course = statistic.course
    if course is None or course.turned_at is None or course.since_base == course.last_step:
        return ()
    way = "lower" if course.latest_value < course.turned_at else "higher"
    return phrase(f"{way} than in ", writer.day(str(course.turned_in)))


def aside(*parts: Runs) -> Runs:
    """Words in brackets behind a name; nothing where there are none."""
    said = [part for part in parts if part]
    return phrase(Run(" ("), joined(said, "; "), ")") if said else ()
