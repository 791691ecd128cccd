"""Statistics of a place: the headline series of each indicator, what the methods say, and what was not chosen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.assess import TOO_OLD_AFTER, Assessment, SeriesRule, assess_rows
from waymark.engines.indicators.breaks import find_breaks
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.methods import UNABLE
from waymark.engines.indicators.select import alternatives, headline
from waymark.engines.indicators.store import Store, all_observations, bundled
from waymark.gcm.indicators import IndicatorDefinition, indicators
from waymark.queries.indicators.views import AssessmentView, Observation, StatisticView, VintageView
from waymark.queries.sources.reading import SourceBook
from waymark.queries.sources.views import SourceView

Row = dict[str, Any]
"""An observation as a row of the table of observations."""

SMALL_COUNT = 5
"""Breakdowns of victims below this are not shown."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of one place as of one day, by indicator code, and how old they are."""

    by_indicator: dict[str, StatisticView]
    vintage: VintageView


def series_rule(definition: IndicatorDefinition) -> SeriesRule:
    """How a series is judged, from its definition. A reference target binds no country, so it is not judged against."""
    binding = definition.target if definition.target and not definition.target.reference else None
    return SeriesRule(
        series=definition.series,
        direction=definition.direction,
        target=binding.value if binding else None,
        target_year=binding.year if binding else None,
        baseline_year=definition.baseline.year,
        percent=definition.unit.startswith("percent"),
        natural_limit=definition.natural_limit,
        binary="binary" in definition.traits,
        categorical="categorical" in definition.traits,
        growth_rate="growth_rate" in definition.traits,
        stock="stock" in definition.traits,
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """All observations of one place for the defined series, from every dataset, and what is known of the datasets."""

    table: pa.Table
    manifests: dict[str, Manifest]


def figures_of(place: str, folder: Path) -> Figures:
    """Read a place's observations once: the installation's datasets in `folder`, then the bundled ones."""
    stores = (Store(folder), bundled())
    manifests = {known.id: known for store in reversed(stores) for known in store.datasets()}
    series = [definition.series for definition in indicators()]
    return Figures(all_observations(*stores, series=series, places=[place], newest=False), manifests)


def statistics_of(figures: Figures, *, day: date, methods: Sequence[str], sources: SourceBook) -> Statistics:
    """The headline series of every defined indicator for which the place has a figure up to `day`'s year."""
    manifests, definitions = figures.manifests, indicators()
    newest_first = newest_datasets(manifests)
    table = figures.table.filter(pc.less_equal(figures.table["year"], day.year))
    chosen: dict[str, pa.Table] = {}
    others: dict[str, pa.Table] = {}
    whole: dict[str, pa.Table] = {}
    for definition in definitions:
        rows = table.filter(pc.equal(table["series"], definition.series))
        if not rows.num_rows:
            continue
        picked = headline(rows, definition.headline, unit=definition.unit, newest_first=newest_first)
        if picked.num_rows:
            chosen[definition.code], others[definition.code] = picked, alternatives(rows, picked)
            whole[definition.code] = rows
    used = [d for d in definitions if d.code in chosen]
    results = assessed(chosen, whole, used, day, methods, newest_first)
    views = {}
    for definition in definitions:
        if definition.code in chosen:
            views[definition.code] = statistic_view(
                definition,
                chosen[definition.code],
                others[definition.code],
                whole[definition.code],
                results.get(definition.series, ()),
                manifests,
                sources,
            )
    return Statistics(views, vintage(views, manifests, len(definitions), day))


def newest_datasets(manifests: dict[str, Manifest]) -> list[str]:
    """Dataset ids, the one released last first; an unknown release counts as oldest, of two alike the later id wins."""
    return sorted(
        manifests, key=lambda i: ("" if manifests[i].released == "unknown" else manifests[i].released, i), reverse=True
    )


def assessed(
    chosen: dict[str, pa.Table],
    whole: dict[str, pa.Table],
    definitions: list[IndicatorDefinition],
    day: date,
    methods: Sequence[str],
    newest_first: Sequence[str],
) -> dict[str, tuple[Assessment, ...]]:
    """Results by series, in the order of `methods`; all series in one pass."""
    if not chosen:
        return {}
    table = pa.concat_tables(chosen.values())
    rows = assess_rows(
        table,
        [series_rule(d) for d in definitions],
        as_of=day,
        methods=methods,
        breaks=find_breaks(pa.concat_tables(whole.values())),
        newest_first=newest_first,
    )
    latest = {(row.series, row.method): row for row in rows}
    return {d.series: tuple(latest[(d.series, m)] for m in methods if (d.series, m) in latest) for d in definitions}


def statistic_view(
    definition: IndicatorDefinition,
    chosen: pa.Table,
    others: pa.Table,
    whole: pa.Table,
    results: Sequence[Assessment],
    manifests: dict[str, Manifest],
    sources: SourceBook,
) -> StatisticView:
    """One indicator of the place, with a source for every figure that it shows."""
    filled = leading_zeros(chosen) if "stock" in definition.traits else set()
    ordered = chosen.sort_by("year").to_pylist()
    observations = tuple(observation(row, manifests, sources, filled=row["year"] in filled) for row in ordered)
    earlier = counted_before(whole, ordered[0]) if any(result.reason == "break" for result in results) else []
    return StatisticView(
        indicator=definition.code,
        series=definition.series,
        framework_code=definition.framework_code,
        title=definition.title,
        short=definition.short,
        meaning=definition.meaning,
        unit=definition.unit,
        unit_label=definition.unit_label,
        direction=definition.direction,
        target=definition.target.value if definition.target else None,
        target_year=definition.target.year if definition.target else None,
        target_source=f"{definition.target.source}, {definition.target.locator}" if definition.target else "",
        target_mark=("reference" if definition.target.reference else definition.target.mark)
        if definition.target
        else "",
        traits=definition.traits,
        valid_min=definition.valid_min,
        valid_max=definition.valid_max,
        objectives=definition.objectives,
        context=definition.context,
        caveats=" ".join(definition.caveats),
        decision=definition.decision,
        disagg=definition.headline_disagg,
        observations=observations,
        before_break=tuple(observation(row, manifests, sources) for row in earlier),
        assessments=tuple(assessment_view(result) for result in results),
        breakdown=breakdown(definition, whole, observations[-1].year, manifests, sources),
        alternatives=tuple(
            (row["year"], row["value"], dataset_source(row, manifests, sources))
            for row in others.to_pylist()
            if row["value"] is not None
        ),
        source=observations[-1].source,
    )


def observation(row: Row, manifests: dict[str, Manifest], sources: SourceBook, *, filled: bool = False) -> Observation:
    """One value with its source; one that the publisher filled with zero is missing."""
    return Observation(
        year=row["year"],
        value=None if filled else row["value"],
        nature=row["nature"],
        source=dataset_source(row, manifests, sources),
        row=row["row"],
        qualifier="filled with zero" if filled else row["qualifier"],
        bound=row["bound"],
        period=row["period"],
    )


def counted_before(whole: pa.Table, first: Row) -> list[Row]:
    """Values of the same unit and group from before the way of counting changed, one per year, in order."""
    found: dict[int, Row] = {}
    for row in whole.sort_by([("year", "ascending"), ("nature", "ascending"), ("row", "ascending")]).to_pylist():
        same = row["disagg"] == first["disagg"] and row["unit"] == first["unit"]
        if same and row["nature"] != first["nature"] and row["year"] < first["year"] and row["value"] is not None:
            found.setdefault(row["year"], row)
    return list(found.values())


def leading_zeros(rows: pa.Table) -> set[int]:
    """Years before the first positive value that a publisher filled with zero: missing, by our rule for stocks."""
    filled = set()
    for row in rows.sort_by("year").to_pylist():
        if row["value"] is None or row["value"] == 0:
            filled.add(row["year"])
        else:
            return filled
    return set()


def assessment_view(result: Assessment) -> AssessmentView:
    """One result as the review keeps it: the category is "" when there is none."""
    return AssessmentView(
        method=result.method,
        version=result.version,
        category="" if result.category == UNABLE else result.category,
        improving=result.improving,
        reason=result.reason,
        base_year=result.base_year,
        base_value=result.base_value,
        latest_year=result.latest_year,
        latest_value=result.latest_value,
        target=result.target,
        target_year=result.target_year if result.target is not None else None,
        value=result.value,
        flags=result.flags,
    )


def breakdown(
    definition: IndicatorDefinition,
    rows: pa.Table,
    year: int,
    manifests: dict[str, Manifest],
    sources: SourceBook,
) -> tuple[tuple[str, int, float, str], ...]:
    """Values of the latest year by one more dimension than the headline, such as by sex.

    Small counts of victims are left out, so that nobody can be picked out.
    """
    base = set(filter(None, definition.headline_disagg.split("|")))
    found: dict[str, tuple[str, int, float, str]] = {}
    for row in (
        rows.filter(pc.equal(rows["year"], year)).sort_by([("disagg", "ascending"), ("row", "ascending")]).to_pylist()
    ):
        parts = set(filter(None, row["disagg"].split("|")))
        protected = "protected_small_counts" in definition.traits and (row["value"] or 0) < SMALL_COUNT
        if base <= parts and len(parts - base) == 1 and row["value"] is not None and not protected:
            extra = next(iter(parts - base))
            found.setdefault(extra, (extra, row["year"], row["value"], dataset_source(row, manifests, sources)))
    return tuple(found[extra] for extra in sorted(found))


def dataset_source(row: Row, manifests: dict[str, Manifest], sources: SourceBook) -> str:
    """The key of the source of one observation: its dataset and series; the year is noted as shown."""
    manifest = manifests[row["dataset"]]
    key = sources.add(
        SourceView(
            key=f"dataset:{row['dataset']}|{row['series']}",
            kind="dataset",
            publisher=manifest.publisher,
            title=manifest.title,
            series=row["series"],
            retrieved=manifest.retrieved,
            sha256=manifest.sha256,
            licence=manifest.licence,
            address=manifest.address,
            locator="; ".join(filter(None, (f"file {row['member']}" if row["member"] else "", obtained(manifest)))),
        )
    )
    sources.use_years(key, {row["year"]})
    return key


def obtained(manifest: Manifest) -> str:
    """Through which mirror a file came, where its manifest says so."""
    return next((note.partition(";")[0].lower() for note in manifest.notes if note.startswith("Obtained ")), "")


def vintage(views: dict[str, StatisticView], manifests: dict[str, Manifest], defined: int, day: date) -> VintageView:
    """How old the shown figures are: datasets with their release, most used first, and counts of old ones."""
    named = Counter(view.source.removeprefix("dataset:").partition("|")[0] for view in views.values())
    used = [name for name, _ in sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))]
    years = [seen.year for view in views.values() for seen in view.observations]
    first = [view.assessment for view in views.values() if view.assessment]
    return VintageView(
        datasets=tuple(
            (manifests[name].title, "" if manifests[name].released == "unknown" else manifests[name].released)
            for name in used
        ),
        latest_year=max(years) if years else None,
        series=len(views),
        too_old=sum(1 for result in first if result.reason == "too old"),
        without_data=defined - len(views),
        ended_early=sum(1 for view in views.values() if view.observations[-1].year < day.year - TOO_OLD_AFTER),
    )
