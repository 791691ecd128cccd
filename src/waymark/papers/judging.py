"""How many series can be judged, said in one of the sentences of what matters first, and how old the others are."""

from collections.abc import Sequence
from dataclasses import replace

from waymark.engines.printing.blocks import Matter, Runs
from waymark.engines.printing.measures import figure
from waymark.papers import choosing
from waymark.papers.methods import method_name
from waymark.papers.observations import measured, number, number_of, period_of
from waymark.papers.standing import AT_LIMIT, Standing, limit_words, standing
from waymark.papers.words import joined, marked, phrase, strong
from waymark.papers.writer import Writer, of_dataset
from waymark.queries.indicators.views import StatisticView

FEW = 3
"""So many series of a kind are named; of more the chapters tell."""


def judged(writer: Writer) -> Matter | None:
    """How many series can be judged, and why the others cannot."""
    every = list(writer.data.statistics.values())
    if not every:
        return None
    stand = standing(every)
    says = phrase(*_judged(writer, stand), *not_counted(writer), " Of ",
                  writer.counted(len(every), "series", "series"), " ", ages(writer), ".")  # fmt: skip
    head = "What can be judged" if stand.moving or stand.limit else "What cannot be judged"
    return Matter(phrase(head), says, marked(method_name(writer.data.methods[0])))


def _judged(writer: Writer, stand: Standing) -> Runs:
    """How many series improve of those that can be judged, and how the others stand; few are named."""
    if stand.moving:
        better = len(stand.improving)
        ways = " improves" if better == 1 else " improve"
        does = phrase(writer.count(better), ways) if better else phrase("none improves")
        said = strong("Of ", writer.count(stand.moving), " series that can be judged ", does)
        groups = [
            (phrase(writer.count(len(found)), one if len(found) == 1 else many), found)
            for found, one, many in _others(stand)
            if found
        ]
        if stand.limit:
            groups.append((limit_words(writer, stand.limit, " more"), stand.limit))
        told = [phrase(words, named(writer, found)) for words, found in groups]
        return phrase(said, named(writer, stand.improving), *(("; ", joined(told, "; ")) if told else ()), ".")
    if stand.limit:
        recent = len(choosing.recent(writer.data))
        limited = joined([marked(one.short) for one in stand.limit], "; ")
        at = ", at its limit." if len(stand.limit) == 1 else ", at their limit."
        return phrase(
            strong("Of ", writer.count(recent), " series with a recent figure ", writer.count(len(stand.limit)),
                   " can be judged"), ": ", limited, at,
        )  # fmt: skip
    return phrase(strong("No series with a recent figure can be called better or worse"), ".")


def _others(stand: Standing) -> list[tuple[tuple[StatisticView, ...], str, str]]:
    """The series that do not improve and are at no limit, by how they went, with the words for one and for several."""
    went = {one.indicator: one.assessment.movement if one.assessment else "" for one in stand.others}
    worse, slow = (tuple(one for one in stand.others if went[one.indicator] == way) for way in ("worsened", "improved"))
    rest = tuple(one for one in stand.others if one not in worse and one not in slow)
    return [
        (worse, " worsens", " worsen"),
        (slow, " gets better, but too little for the method", " get better, but too little for the method"),
        (rest, " does not improve", " do not improve"),
    ]


def named(writer: Writer, found: Sequence[StatisticView]) -> Runs:
    """The names of a few series after a colon, of one with its two figures; () for none and for many."""
    if not 0 < len(found) <= FEW:
        return ()
    names = [marked(one.short) for one in found]
    if len(found) == 1 and (figures := _two(writer, found[0])):
        names = [phrase(names[0], " (", figures, ")")]
    return phrase(": ", joined(names, ", "))


def _two(writer: Writer, statistic: StatisticView) -> Runs:
    """The latest figure and the base that were judged, () where they are one or the series is at its limit."""
    result = statistic.assessment
    seen = {one.year: one for one in statistic.observations if one.value is not None}
    if result is None or result.movement == AT_LIMIT or result.base_year == result.latest_year:
        return ()
    if result.base_year not in seen or result.latest_year not in seen:
        return ()
    latest, base = seen[result.latest_year], seen[result.base_year]
    now = figure(replace(measured(writer, statistic, latest), cites=()), writer.language)
    then = number(writer, statistic, number_of(statistic, base))
    return phrase(now, " in ", writer.day(period_of(latest)), ", ", then, " in ", writer.day(period_of(base)))


def not_counted(writer: Writer) -> Runs:
    """That older series have a category which is printed and not counted, where there are any."""
    old = writer.data.vintage.too_old
    if not old:
        return ()
    return phrase(" ", writer.count(old), " older one has" if old == 1 else " older ones have",
                  " a category, not counted.")  # fmt: skip


def ages(writer: Writer) -> Runs:
    """How many series end early and how many are of the last years; the parts add up to all."""
    early, new = writer.data.vintage.ended_early, len(choosing.recent(writer.data))
    rest = len(writer.data.statistics) - early - new
    said = phrase(
        writer.count(early), " ends" if early == 1 else " end", " more than five years ago",
        of_dataset(writer, early, *choosing.dataset_of(writer.data, choosing.ended_early(writer.data))), "; ",
        writer.count(new), " reaches" if new == 1 else " reach", " the last five years",
    )  # fmt: skip
    if not rest:
        return said
    counted = {one.indicator for one in (*choosing.recent(writer.data), *choosing.ended_early(writer.data))}
    left = [one for one in writer.data.statistics.values() if one.indicator not in counted]
    without = " has no number in these years" if rest == 1 else " have no number in these years"
    return phrase(said, "; ", writer.count(rest), without, _only_named(left))


def _only_named(found: Sequence[StatisticView]) -> Runs:
    """The names of a few series in brackets."""
    return phrase(" (", joined([marked(one.short) for one in found], ", "), ")") if 0 < len(found) <= FEW else ()
