"""Statistics of a place: the headline series of each indicator, what the methods say, and what was not chosen."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from waymark.engines.indicators.added import Added
from waymark.engines.indicators.assessment import TOO_OLD_AFTER, Assessment, judged
from waymark.engines.indicators.keeping import DataVersion, data_version, statistics_up_to
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.methods import UNABLE, method
from waymark.engines.indicators.place_facts import ADDED_UP, COMPUTED, DECIDED, Figure, PlaceFacts, SeriesFacts
from waymark.gcm.derivations import derived_from
from waymark.gcm.indicators import IndicatorDefinition, for_series, indicators
from waymark.gcm.stock_types import REPLACED, type_words
from waymark.gcm.traits import NAMED_ONLY
from waymark.queries.indicators.course import answered, course, label, movement, without_aim
from waymark.queries.indicators.datasets import dataset_source
from waymark.queries.indicators.national import National
from waymark.queries.indicators.views import (
    AlternativeView,
    AssessmentView,
    Observation,
    StatisticView,
    VintageView,
    is_ours,
)
from waymark.queries.sources.reading import SourceBook

ONLY_YES = "the source writes only the answer yes"
"""Why nothing is judged of a series whose source names only those with the wanted answer."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of one place as of one day, by indicator code, and how old they are."""

    by_indicator: dict[str, StatisticView]
    vintage: VintageView
    unmeasured: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    """Of indicators without any figure: period, why it has no value, source."""
    held: Mapping[str, str] = field(default_factory=dict)
    """Of indicators of which figures are held and none is shown: why."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one place up to the years of some days, and what is known of the datasets."""

    version: DataVersion
    up_to: Mapping[int, PlaceFacts]
    added: Added | None = None
    with_added: Mapping[int, PlaceFacts] = field(default_factory=dict)
    """Of the indicators with figures that people typed: what is made from all sources together."""

    def on(self, day: date) -> Mapping[str, SeriesFacts]:
        """The figures that were there on a day, by the code of the indicator."""
        facts = self.up_to[self.version.year(day)].series
        if self.added is None:
            return facts
        return {**facts, **self.with_added[self.version.year(day, self.added)].series}

    def held(self, day: date) -> Mapping[str, str]:
        """Why nothing is shown on a day of indicators that have figures, by the code of the indicator."""
        held = self.up_to[self.version.year(day)].held
        if self.added is None:
            return held
        return {**held, **self.with_added[self.version.year(day, self.added)].held}


def figures_of(
    place: str, folder: Path, *, days: Iterable[date], kept: Path | None = None, added: Added | None = None
) -> Figures:
    """A place's figures from the installation's datasets in `folder`, the bundled ones, and those `added` by people.

    They are taken from the folder `kept` where they were kept, else made now, which loads much more.
    """
    now, on = data_version(folder), list(days)
    facts = statistics_up_to(place, {now.year(day) for day in on}, now, kept)
    if added is None:
        return Figures(now, facts)
    years = {now.year(day, added) for day in on}
    return Figures(now, facts, added, statistics_up_to(place, years, now, kept, added))


NOTHING_NATIONAL = National()
UNCHECKED = "meaning not checked"
"""Why nothing is shown of a series of which nobody has checked what a figure means: better none than one misread."""


def statistics_of(
    figures: Figures,
    *,
    day: date,
    methods: Sequence[str],
    sources: SourceBook,
    national: National = NOTHING_NATIONAL,
) -> Statistics:
    """The headline series of every defined indicator for which the place has a figure up to `day`'s year."""
    manifests, definitions = figures.version.manifests, (*indicators(), *national.definitions)
    facts, cited = figures.on(day), Cited(manifests, national, sources)
    views = {
        definition.code: statistic_view(definition, facts[definition.code], day, methods, cited)
        for definition in definitions
        if definition.code in facts and definition.direction_checked
    }
    codes = {definition.code for definition in definitions}
    held = {code: why for code, why in figures.held(day).items() if code in codes and code not in views}
    held |= {one.code: UNCHECKED for one in definitions if one.code in facts and not one.direction_checked}
    unmeasured = {
        definition.code: cited.missing(definition, day) for definition in definitions if definition.code not in views
    }
    return Statistics(views, vintage(views, manifests, len(definitions) - len(held), len(held), day), unmeasured, held)


@dataclass(frozen=True, slots=True)
class Cited:
    """Where figures are from: the datasets, the values that people typed, and the sources used so far."""

    manifests: Mapping[str, Manifest]
    national: National
    sources: SourceBook

    def source(self, figure: Figure, series: str) -> str:
        """The key of the source of a figure."""
        typed = self.national.sources.get(figure.dataset)
        if typed is None:
            return dataset_source(figure, series, self.manifests, self.sources)
        key = self.sources.add(typed)
        self.sources.use_years(key, {figure.year})
        return key

    def origin(self, figure: Figure) -> str:
        """Whose figure it is: the dataset it lies in, or the body that gave a typed one."""
        typed = self.national.sources.get(figure.dataset)
        return figure.dataset if typed is None else f"given by {typed.publisher}"

    def joins(self, figures: Sequence[Figure]) -> tuple[int, ...]:
        """The years from which on figures are from somewhere else than those before."""
        return tuple(now.year for then, now in pairwise(figures) if self.origin(then) != self.origin(now))

    def missing(
        self, definition: IndicatorDefinition, day: date, shown: Collection[int] = ()
    ) -> tuple[tuple[str, str, str], ...]:
        """Period, reason and source of what has no value in years other than those `shown`."""
        found = self.national.why_none(definition, day, shown)
        return tuple((one.period, one.reason, self.sources.add(one.source)) for one in found)


def statistic_view(
    definition: IndicatorDefinition,
    facts: SeriesFacts,
    day: date,
    methods: Sequence[str],
    cited: Cited,
) -> StatisticView:
    """One indicator of the place, with a source for every figure that it shows."""

    def source(figure: Figure) -> str:
        computed = figure.detail.startswith(COMPUTED)
        return cited.source(figure, derived_from()[definition.series] if computed else definition.series)

    def shown(figure: Figure, *, filled: bool = False) -> Observation:
        return observation(figure, source(figure), filled=filled)

    observations = tuple(shown(figure, filled=figure.year in facts.filled) for figure in facts.chosen)
    before, after = (tuple(map(shown, figures)) for figures in (facts.before, facts.after))
    years = {one.year for one in (*before, *observations, *after) if one.value is not None or one.bound is not None}
    measured, inputs = facts.measured, facts.measured.inputs if facts.measured else {}
    results = [judged(measured, method(name), day) for name in methods] if measured else []
    target = stated_target(definition, results)
    return StatisticView(
        **(defined(definition) | {"caveats": caveats(definition, facts, cited.manifests)}),
        target=target,
        target_year=definition.target.year if definition.target and target is not None else None,
        observations=observations,
        before_break=before,
        assessments=tuple(assessment_view(result, definition, facts.filled) for result in results),
        breakdown=tuple(
            (extra, one.year, one.value, source(one), one.qualifier, one.bound) for extra, one in facts.groups
        ),
        alternatives=tuple(alternative(rule, one, source(one)) for rule, one in facts.others if one.value is not None),
        source=observations[-1].source,
        missing=cited.missing(definition, day, years),
        added_up=any(one.detail.startswith(ADDED_UP) for one in observations),
        course=course(definition, observations, inputs.get("base_year"), inputs.get("break_year")),
        after_break=after,
        joins=cited.joins(facts.chosen),
        withheld=facts.withheld,
        unnamed=facts.unnamed,
        ended=facts.ended,
        crossed=facts.crossed,
        computed_from=base_title(definition) if any(one.detail.startswith(COMPUTED) for one in observations) else "",
        parts=tuple((until, shown(figure)) for until, figure in facts.parts),
    )


def caveats(definition: IndicatorDefinition, facts: SeriesFacts, manifests: Mapping[str, Manifest]) -> str:
    """What to beware of; what the definition says in general is left out where the source says it of the place."""
    mark, dataset = facts.data_type
    if not mark or dataset not in manifests:
        return " ".join(definition.caveats)
    title = manifests[dataset].title
    general = [words for words in definition.caveats if words not in REPLACED]
    return " ".join((f"Of this country: {type_words(mark)} (as marked in {title}).", *general))


def defined(definition: IndicatorDefinition) -> dict[str, Any]:
    """What the definition says of a statistic, by the field of its view."""
    return {
        "indicator": definition.code,
        "series": definition.series,
        "framework_code": definition.framework_code,
        "title": definition.sliced(definition.title),
        "short": definition.sliced(definition.short),
        "meaning": definition.meaning,
        "unit": definition.unit,
        "unit_label": definition.unit_label,
        "direction": definition.direction,
        "target_source": target_words(definition),
        "target_mark": target_mark(definition),
        "traits": definition.traits,
        "valid_min": definition.valid_min,
        "valid_max": definition.valid_max,
        "objectives": definition.objectives,
        "context": definition.context,
        "caveats": " ".join(definition.caveats),
        "decision": definition.decision,
        "disagg": definition.headline_disagg,
        "disaggregations": definition.disaggregations,
        "slice": definition.slice_words,
        "axis": definition.sliced(definition.unit_label),
        "doubts": definition.doubts,
        "window": definition.window,
        "target_part": definition.target.value if definition.target and definition.target.relation != "value" else None,
        "target_short": target_short(definition),
    }


def base_title(definition: IndicatorDefinition) -> str:
    """The title of the series from which one is worked out, its code where no definition has it."""
    base = derived_from()[definition.series]
    known = for_series(base)
    return known.title if known else base


def stated_target(definition: IndicatorDefinition, results: Sequence[Assessment]) -> float | None:
    """The target in the unit of the series: as stated, or worked out from the baseline that the first method takes."""
    if definition.target is None or definition.target.relation == "value":
        return definition.target.value if definition.target else None
    return results[0].target if results else None


def target_words(definition: IndicatorDefinition) -> str:
    """Where the target is stated, "" without one."""
    target = definition.target
    return ", ".join(filter(None, (target.source, target.locator))) if target else ""


def target_short(definition: IndicatorDefinition) -> str:
    """Where the target is stated, in few words: a catalogue's own is our proposal."""
    target = definition.target
    if target is None:
        return ""
    if is_ours(definition.series, target.mark):
        return "our proposal"
    source = target.source.partition(",")[0].removesuffix(" for Sustainable Development")
    return ", ".join(filter(None, (source, target.locator.partition(",")[0])))


def target_mark(definition: IndicatorDefinition) -> str:
    """How far the target was checked, "reference" for one that binds no country, "" without one."""
    target = definition.target
    if target is None:
        return ""
    return "reference" if target.reference else target.mark


def observation(figure: Figure, source: str, *, filled: bool = False) -> Observation:
    """One value with its source; one that the publisher filled with zero is missing."""
    return Observation(
        year=figure.year,
        value=None if filled else figure.value,
        nature=figure.nature,
        source=source,
        row=figure.row,
        qualifier="filled with zero" if filled else figure.qualifier,
        bound=figure.bound,
        period=figure.period,
        detail=figure.detail,
    )


def alternative(rule: str, figure: Figure, source: str) -> AlternativeView:
    """A figure with a number that is not shown, and the words of the rule. Raises ValueError without a number."""
    if figure.value is None:
        raise ValueError(f"{source}: the figure of {figure.year} has no number, so it differs from none")
    return AlternativeView(
        year=figure.year,
        value=figure.value,
        source=source,
        nature=figure.nature,
        period=figure.period,
        detail=figure.detail,
        decided=DECIDED[rule] if rule else "",
    )


def assessment_view(
    result: Assessment, definition: IndicatorDefinition, filled: Collection[int] = ()
) -> AssessmentView:
    """One result as the review keeps it: the category is "" when there is none.

    A zero of a year that the publisher filled in is no value.
    """
    stated = definition.target is not None and not definition.target.reference
    ours = definition.target is not None and is_ours(definition.series, definition.target.mark)
    first, last = result.base_value, result.latest_value
    moved = first is not None and last is not None and result.base_year != result.latest_year
    meant = movement(definition, first, last) if moved and first is not None and last is not None else ""
    return AssessmentView(
        method=result.method,
        version=result.version,
        category="" if result.category == UNABLE else result.category,
        improving=None if result.improving is None else result.improving and meant == "improved",
        reason=ONLY_YES if NAMED_ONLY in definition.traits else result.reason,
        base_year=result.base_year,
        base_value=None if result.base_year in filled else result.base_value,
        latest_year=result.latest_year,
        latest_value=None if result.latest_year in filled else result.latest_value,
        target=result.target if stated else None,
        target_year=result.target_year if stated and result.target is not None else None,
        value=result.value,
        flags=without_aim(result.flags, target_stated=stated, ours=ours),
        label=label(
            result.method,
            result.category,
            target_stated=stated,
            ours=ours,
            answered=answered(definition, result.latest_year, result.latest_value),
        ),
        movement=meant,
        old=result.old,
    )


def datasets_of(view: StatisticView) -> set[str]:
    """The datasets of all observations of a statistic."""
    shown = (*view.before_break, *view.observations, *view.after_break, *(one for _, one in view.parts))
    return {one.source.removeprefix("dataset:").partition("|")[0] for one in shown}


def vintage(
    views: dict[str, StatisticView], manifests: Mapping[str, Manifest], defined: int, held: int, day: date
) -> VintageView:
    """How old the shown figures are: datasets with their release, most used first, and counts of old ones."""
    named = Counter(name for view in views.values() for name in datasets_of(view))
    used = [name for name, _ in sorted(named.items(), key=lambda pair: (-pair[1], pair[0])) if name in manifests]
    years = [seen.end_year for view in views.values() for seen in view.observations]
    return VintageView(
        datasets=tuple(
            (manifests[name].title, "" if manifests[name].released == "unknown" else manifests[name].released)
            for name in used
        ),
        latest_year=max(years) if years else None,
        series=len(views),
        too_old=sum(1 for view in views.values() if view.too_old),
        without_data=defined - len(views),
        held=held,
        ended_early=sum(1 for view in views.values() if view.observations[-1].end_year < day.year - TOO_OLD_AFTER),
    )
