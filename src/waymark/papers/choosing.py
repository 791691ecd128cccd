"""What matters first, chosen by stated rules: which series, commitments and recommendations a short text names.

The rules are ours (proposals) and stand in docs/reference/brief.md. They look at what is in the data and at nothing
else; a rule that nothing fits gives None or an empty list, and then nothing is said.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from waymark.gcm.assessing import EVEN_SPLIT
from waymark.queries.commitments.views import CommitmentView, ReportView
from waymark.queries.indicators.views import Observation, StatisticView
from waymark.queries.reviews.views import ConflictView, ObjectiveView, RecommendationView, ReviewData

GOING_ON = ("agreed", "under_way")
"""States of what was promised and is not over."""
HANDED_IN = ("accepted", "submitted")
"""States of a report whose rating counts: what a late secretariat has not answered is shown as handed in."""
NEWEST_YEARS = 5
"""Years before the as-of date within which a figure still says something of today (one review cycle and a year)."""
CARRIES = 0.5
"""The share of a change from which on one step carries most of it."""
SWING, DOUBLE = 3, 2
"""Figures go up and down where the lowest and the highest are at least SWING times as far apart as the two compared,
and the highest is at least DOUBLE the lowest."""
LOCAL = "urn:waymark:local:"
DEEDS = ("position", "document", "meeting", "network")
"""Kinds of records that tell of the country's own deeds, in the order in which their conflicts are told."""
LATE = "9999-12-31"
"""Sorts a commitment without a due date last."""


def commitments(data: ReviewData) -> list[CommitmentView]:
    """Every commitment once, by its code."""
    once = {item.urn: item for objective in data.objectives for item in objective.commitments}
    return sorted(once.values(), key=lambda item: item.code)


def best_value(statistic: StatisticView) -> float | None:
    """The best value that a series can have: its lower limit or 0, its upper limit, or parity; None without one."""
    if "even_split" in statistic.traits:
        return EVEN_SPLIT
    if statistic.direction == "parity":
        return 1.0
    if statistic.direction == "up":
        return statistic.valid_max
    return (statistic.valid_min or 0.0) if statistic.direction == "down" else None


def yearly_change(statistic: StatisticView) -> float | None:
    """The share of the way from the base to the best value that a series went per year; below 0 when it went away.

    None where a method cannot judge it or no best value is known; minus infinity where it left the best value.
    """
    result, best = statistic.assessment, best_value(statistic)
    if not statistic.assessed or result is None or best is None:
        return None
    first, last = result.base_value, result.latest_value
    if first is None or last is None or not result.base_year or not result.latest_year:
        return None
    if statistic.direction == "parity" and best == 1:
        if min(first, last) <= 0:
            return None
        first, last = max(first, 1 / first), max(last, 1 / last)
    way, years = abs(best - first), result.latest_year - result.base_year
    if years <= 0:
        return None
    if way == 0:
        return -math.inf if last != best else None
    return (way - abs(best - last)) / way / years


def disputed(data: ReviewData) -> frozenset[str]:
    """The codes of the national indicators on which sources disagree and no value was chosen."""
    about = [one.subject for one in data.conflicts if not any(claim.chosen for claim in one.claims)]
    return frozenset(subject.rpartition(":")[2] for subject in about if ":national-indicator:" in subject)


def may_head(data: ReviewData, statistic: StatisticView) -> bool:
    """Whether a series may stand first in an edition: for the public only where its sources are cleared."""
    if data.audience != "public":
        return True
    closed = {source.key for source in data.sources if source.uncleared}
    return not closed & {seen.source for seen in statistic.observations}


def _changes(data: ReviewData) -> list[tuple[float, int, int, str, StatisticView]]:
    """Every series with a change that no source disputes; its sort keys are newer year, lower objective, code."""
    found, open_ones = [], disputed(data)
    for statistic in data.statistics.values():
        change, result = yearly_change(statistic), statistic.assessment
        if change is None or result is None or not may_head(data, statistic):
            continue
        if statistic.indicator not in open_ones:
            first = min(statistic.objectives, default=0)
            found.append((change, -(result.latest_year or 0), first, statistic.series, statistic))
    return found


def most_for_better(data: ReviewData) -> StatisticView | None:
    """The improving series that went the largest share of the way to its best value per year."""
    better = [one for one in _changes(data) if one[0] > 0 and _improving(one[4])]
    return min(better, key=lambda one: (-one[0], *one[1:4]))[4] if better else None


def most_for_worse(data: ReviewData) -> StatisticView | None:
    """The series that does not improve and went farthest away from its best value per year."""
    worse = [one for one in _changes(data) if one[0] < 0 and not _improving(one[4])]
    return min(worse, key=lambda one: one[:4])[4] if worse else None


def _improving(statistic: StatisticView) -> bool:
    return bool(statistic.assessment and statistic.assessment.improving)


def least_reported(data: ReviewData) -> CommitmentView | None:
    """Of what is agreed or under way, the commitment with most reports missing; then the earlier due date, the code."""
    missing = [item for item in commitments(data) if item.state in GOING_ON and item.reports_missing]
    return min(missing, key=lambda item: (-item.reports_missing, item.due or LATE, item.code), default=None)


def next_due(data: ReviewData) -> list[tuple[str, list[CommitmentView]]]:
    """What is agreed or under way and due from the as-of date on, day by day, all of a day by code."""
    due = [item for item in commitments(data) if item.state in GOING_ON and item.due >= data.as_of]
    return [(day, [item for item in due if item.due == day]) for day in sorted({item.due for item in due})]


@dataclass(frozen=True, slots=True)
class Voices:
    """The last ratings handed in on one commitment: of who leads it, of civil society, and of the secretariat."""

    commitment: CommitmentView
    lead: ReportView
    society: ReportView
    secretariat: ReportView | None

    @property
    def gap(self) -> float:
        """How far society's rating lies below the lead's, in shares of completion."""
        return (self.lead.share or 0.0) - (self.society.share or 0.0)


@dataclass(frozen=True, slots=True)
class Divide:
    """An objective and its commitments that both rated; `lower` are those that society rates below their lead."""

    objective: ObjectiveView
    rated: tuple[Voices, ...]
    lower: tuple[Voices, ...]

    @property
    def widest(self) -> Voices:
        """The one with the widest gap; then more voices, the newer report of society, the code."""
        return min(
            self.lower,
            key=lambda one: (-one.gap, one.secretariat is None, _newest_first(one.society.date), one.commitment.code),
        )


def _newest_first(day: str) -> int:
    return -date.fromisoformat(day).toordinal() if day else 0


def _rating(item: CommitmentView, voice: str, among: Iterable[str] = ()) -> ReportView | None:
    """The last rating handed in in a voice, of these organisations where some are named."""
    named = set(among)
    given = [
        report
        for report in item.reports
        if report.voice == voice and report.share is not None and report.state in HANDED_IN and not report.waits
    ]
    own = [report for report in given if report.organisation in named] if named else given
    return max(own, key=lambda report: (report.date, report.organisation), default=None)


def voices(item: CommitmentView) -> Voices | None:
    """The ratings of a commitment side by side, where its lead and civil society both gave one."""
    lead, society = _rating(item, "implementer", item.leads), _rating(item, "civil_society")
    if lead is None or society is None:
        return None
    return Voices(item, lead, society, _rating(item, "secretariat"))


def divides(data: ReviewData) -> list[Divide]:
    """Objectives where society rates something below its lead: most such commitments first, then the larger share of
    those that both rated, then the lower number."""
    found = []
    for objective in data.objectives:
        rated = tuple(told for item in objective.commitments if (told := voices(item)))
        lower = tuple(told for told in rated if told.gap > 0)
        if lower:
            found.append(Divide(objective, rated, lower))
    return sorted(found, key=lambda one: (-len(one.lower), -len(one.lower) / len(one.rated), one.objective.number))


def conflicts_of(data: ReviewData) -> list[ConflictView]:
    """Conflicts that concern the place: what it did itself first, then in the order of the data.

    One whose subject has no record, a topic, concerns the place when its words name it.
    """
    kinds = [(one, one.subject.removeprefix(LOCAL).partition(":")[0]) for one in data.conflicts]
    own = [(one, kind) for one, kind in kinds if kind != "topic" or _names(data.place_name, one)]
    return [one for one, _ in sorted(own, key=lambda pair: DEEDS.index(pair[1]) if pair[1] in DEEDS else len(DEEDS))]


def _names(place: str, conflict: ConflictView) -> bool:
    told = (conflict.subject_words, conflict.attribute, *(claim.value for claim in conflict.claims))
    return any(place.casefold() in words.casefold() for words in told)


def open_conflict(data: ReviewData) -> ConflictView | None:
    """The first conflict of sources about the place in which no value was chosen."""
    return next((one for one in conflicts_of(data) if not any(claim.chosen for claim in one.claims)), None)


def least_known(data: ReviewData) -> ObjectiveView | None:
    """The objective with most indicators that have no figure; of several the lower number."""
    without = [one for one in data.objectives if one.without_data]
    return min(without, key=lambda one: (-len(one.without_data), one.number), default=None)


def unanswered(data: ReviewData) -> list[RecommendationView]:
    """Recommendations of the last cycle that are dropped, then those that are open, each by code."""
    order = ("dropped", "open")
    left = [one for one in data.recommendations if one.status in order]
    return sorted(left, key=lambda one: (order.index(one.status), one.code))


def overdue(data: ReviewData) -> list[CommitmentView]:
    """Overdue commitments by due date and code."""
    return sorted((one for one in commitments(data) if one.overdue), key=lambda one: (one.due or LATE, one.code))


def long_proposed(data: ReviewData) -> list[CommitmentView]:
    """Commitments proposed more than a year before the as-of date, the oldest first."""
    year_ago = f"{int(data.as_of[:4]) - 1}{data.as_of[4:]}"
    found = [one for one in commitments(data) if one.state == "proposed" and "" < one.state_date < year_ago]
    return sorted(found, key=lambda one: (one.state_date, one.code))


def newest(statistic: StatisticView) -> int | None:
    """The year of a series' newest figure, of a span of years the last."""
    return max((seen.end_year for seen in statistic.observations if seen.value is not None), default=None)


def recent(data: ReviewData) -> list[StatisticView]:
    """Series with a figure of the last years, by objective and series."""
    since = int(data.as_of[:4]) - NEWEST_YEARS
    kept = [one for one in data.statistics.values() if (newest(one) or 0) >= since]
    return sorted(kept, key=lambda one: (min(one.objectives, default=0), one.short, one.series))


def ended_early(data: ReviewData) -> list[StatisticView]:
    """Series whose latest year lies more than five years before the as-of date."""
    since = int(data.as_of[:4]) - NEWEST_YEARS
    return [one for one in data.statistics.values() if one.observations[-1].end_year < since]


def dataset_of(data: ReviewData, statistics: Sequence[StatisticView]) -> tuple[str, int]:
    """The dataset, by its title, from which most of these series come, and how many do; ("", 0) for no series."""
    titles = {source.key: source.title for source in data.sources if source.kind == "dataset"}
    named = Counter(titles.get(one.observations[-1].source, "") for one in statistics)
    found = [(-number, title) for title, number in named.items() if title]
    return (min(found)[1], -min(found)[0]) if found else ("", 0)


def grown_most(data: ReviewData) -> tuple[StatisticView, int, int] | None:
    """The series without a better direction whose newest figure is the largest multiple of its first from 2015 on.

    With the places of the two figures among its observations. Only newest figures of the last years count; one that is
    context, outside the Compact, only where there is no other. One whose figures go up and down is left out (`swing`),
    and one that may not be passed on (`may_head`).
    """
    found = []
    for statistic in recent(data):
        if statistic.direction != "none" or not may_head(data, statistic):
            continue
        places = _places(statistic)
        if places is None:
            continue
        times = _times(statistic)
        if math.isfinite(times) and swing(statistic, *places) is None:
            change = (bool(statistic.context), -times, statistic.series)
            found.append((change, (statistic, *places)))
    return min(found, key=lambda one: one[0])[1] if found else None


def grew_more(data: ReviewData, chosen: StatisticView) -> list[StatisticView]:
    """The series without a better direction that grew more than the one that `grown_most` chose.

    They were left out by its rules. Context counts only beside context: that it is left out is said.
    """
    every = [one for one in data.statistics.values() if one.direction == "none" and (chosen.context or not one.context)]
    return [one for one in every if _times(one) > _times(chosen)]


def _places(statistic: StatisticView) -> tuple[int, int] | None:
    """The places of the first figure from 2015 on and of the last; None where they are not two."""
    found = [place for place, seen in enumerate(statistic.observations) if seen.year >= 2015 and seen.value is not None]
    return (found[0], found[-1]) if len(found) > 1 else None


def _times(statistic: StatisticView) -> float:
    """What multiple of the first figure from 2015 on the last is; infinite where no multiple tells a growth."""
    places = _places(statistic)
    if places is None:
        return -math.inf
    first, last = (statistic.observations[place].value or 0.0 for place in places)
    if first > 0:
        return last / first
    return math.inf if last > first else -math.inf


def swing(statistic: StatisticView, first: int, last: int) -> tuple[Observation, Observation] | None:
    """The lowest and the highest figure between two places, where they are so far apart that the two show no way."""
    known = [one for one in statistic.observations[first : last + 1] if one.value is not None]
    if len(known) < 3:
        return None
    low, high = (choose(known, key=_value) for choose in (min, max))
    change = abs(_value(known[-1]) - _value(known[0]))
    far = _value(high) - _value(low) >= SWING * change and _value(high) >= DOUBLE * _value(low)
    return (low, high) if far and _value(low) >= 0 and _value(high) > 0 else None


def _value(seen: Observation) -> float:
    return seen.value or 0.0


def largest_step(statistic: StatisticView, first: int, last: int) -> tuple[int, int] | None:
    """The places of two figures that follow each other between which more than half of a change came.

    None where no step carries so much, where one goes further than the whole change, which others then undo, or where
    the change is one step alone.
    """
    known = [(place, seen.value) for place, seen in enumerate(statistic.observations) if seen.value is not None]
    within = [(place, value) for place, value in known if first <= place <= last]
    if len(within) < 3:
        return None
    change = within[-1][1] - within[0][1]
    steps = [(two[1] - one[1], one[0], two[0]) for one, two in pairwise(within)]
    step, start, end = max(steps, key=lambda one: one[0] if change > 0 else -one[0])
    return (start, end) if change and CARRIES < step / change <= 1 else None


def sorted_objectives(data: ReviewData, groups: Sequence[tuple[str, tuple[int, ...]]]) -> list[ObjectiveView]:
    """The objectives in the order of these groups."""
    by_number = {one.number: one for one in data.objectives}
    return [by_number[number] for _, members in groups for number in members]
