"""What the steps of a series say: one that carries most of its change, or two of one rate that nobody counted anew."""

from waymark.engines.printing.blocks import Runs
from waymark.engines.printing.measures import Measured, figure
from waymark.gcm.language import unit_kind
from waymark.papers.choosing import largest_step, swing
from waymark.papers.leaps import swing_words
from waymark.papers.lines import between_datasets
from waymark.papers.words import phrase
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import StatisticView

SAME_RATE = 0.001
"""Of two yearly rates: the share of the first by which the second may differ and still be the same, to three digits."""
STEPS = 3
"""Figures that two steps take."""


def same_rate(statistic: StatisticView) -> float | None:
    """The yearly rate, in per cent, at which an estimate changed in each of its last two steps, the same to three
    digits; None where it is not the same. Then the latest figure may be the one before, carried forward (our rule).
    """
    known = [seen for seen in statistic.observations if seen.value is not None][-STEPS:]
    estimated = "modelled" in statistic.traits and all(seen.value for seen in known)
    if len(known) < STEPS or not estimated or unit_kind(statistic.unit) not in ("count", "money"):
        return None
    (one, first), (two, middle), (three, last) = ((seen.year, seen.value or 0.0) for seen in known)
    if min(first, middle, last) <= 0:
        return None
    before, after = (middle / first) ** (1 / (two - one)) - 1, (last / middle) ** (1 / (three - two)) - 1
    return after * 100 if before and abs(after - before) <= SAME_RATE * abs(before) else None


def same_rate_sentence(writer: Writer, statistic: StatisticView) -> Runs:
    """That the last steps have one rate, () where they have not."""
    rate = same_rate(statistic)
    if rate is None:
        return ()
    return phrase(
        "The last two steps have the same rate (", figure(Measured(rate, "percent", "", words=""), writer.language, 1),
        " a year), so the latest figure may be carried forward and not counted anew.",
    )  # fmt: skip


def step_sentence(writer: Writer, statistic: StatisticView) -> Runs:
    """The one step in which more than half of the change since the base came, () where none did.

    Of two steps none is one of several; that figures go up and down is said from three figures on (`choosing.swing`).
    """
    ends = compared(statistic)
    if ends is None:
        return ()
    known = [seen for seen in statistic.observations[ends[0] : ends[1] + 1] if seen.value is not None]
    return step_words(writer, statistic, *ends) if len(known) > STEPS or up_and_down(statistic) else ()


def compared(statistic: StatisticView) -> tuple[int, int] | None:
    """The places of base and latest figure; None where they are not compared, or are as good as one."""
    course = statistic.course
    if course is None or course.base_year is None or course.since_base == "none" or between_datasets(statistic):
        return None
    places = {seen.year: place for place, seen in enumerate(statistic.observations)}
    return places[course.base_year], places[course.latest_year]


def up_and_down(statistic: StatisticView) -> bool:
    """Whether the figures since the base go up and down so far that the two ends show no way (`choosing.swing`)."""
    ends = compared(statistic)
    return ends is not None and swing(statistic, *ends) is not None


def step_words(writer: Writer, statistic: StatisticView, first: int, last: int) -> Runs:
    """The one step that carries most of the change between the figures at two places, or that there is no one way."""
    found = swing(statistic, first, last)
    if found is not None:
        return swing_words(writer, statistic, found)
    places = largest_step(statistic, first, last)
    if places is None:
        return ()
    start, end = (writer.day(seen.period or str(seen.year)) for seen in map(statistic.observations.__getitem__, places))
    return phrase("Most of the change came from ", start, " to ", end, ".")
