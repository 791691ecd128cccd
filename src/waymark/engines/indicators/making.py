"""Makes the statistics of one place from the observations: choose the headline series, assess them, note what differs.

Loads PyArrow, Ibis and DuckDB; what it makes is kept (`keeping`), so that reading needs none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.added import Added
from waymark.engines.indicators.assess import SeriesRule, measure_rows
from waymark.engines.indicators.assessment import Measured
from waymark.engines.indicators.breaks import find_breaks
from waymark.engines.indicators.deciding import decided
from waymark.engines.indicators.derive import with_base, with_computed
from waymark.engines.indicators.fitting import why_no_headline
from waymark.engines.indicators.groups import figure_of, groups
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.methods import METHODS
from waymark.engines.indicators.named import unnamed, years_named
from waymark.engines.indicators.parts import other_sums, with_totals
from waymark.engines.indicators.place_facts import Figure, PlaceFacts, SeriesFacts
from waymark.engines.indicators.schema import OBSERVATIONS
from waymark.engines.indicators.select import alternatives, ways
from waymark.engines.indicators.store import ORDER, Observations, all_observations, vintage
from waymark.engines.indicators.whole import ends_of, split, until
from waymark.gcm.assessing import EVEN_SPLIT
from waymark.gcm.derivations import derived_from
from waymark.gcm.indicators import IndicatorDefinition, indicators
from waymark.gcm.stock_types import SERIES as STOCK
from waymark.gcm.stock_types import is_type

Row = dict[str, Any]
"""An observation as a row of the table of observations."""

OWN_DATA = ("C", "CA")
"""Natures (SDMX) of what a country says of itself."""

ENOUGH = 2
"""Values from the baseline on that a comparison takes; a way of counting with fewer gives way to one that has them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the datasets: their ids, the one released last first; the release of each; the ends of some.

    `released` says when each was, "" where that is not known. `named`: of series whose source names only those with the
    wanted answer, the years in which it names any country.
    """

    newest_first: Sequence[str] = ()
    releases: Mapping[str, str] = field(default_factory=dict)
    ends: Mapping[str, str] = field(default_factory=dict)
    released: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, frozenset[int]] = field(default_factory=dict)


def series_rule(definition: IndicatorDefinition) -> SeriesRule:
    """How a series is judged, from its definition. A reference target binds no country, so it is not judged against."""
    binding = definition.target if definition.target and not definition.target.reference else None
    return SeriesRule(
        series=definition.series,
        direction=definition.judged_direction,
        target=binding.value if binding else None,
        of_baseline=binding is not None and binding.relation == "of baseline",
        even=EVEN_SPLIT if "even_split" in definition.traits else None,
        target_year=binding.year if binding else None,
        baseline_year=definition.baseline.year,
        percent=definition.unit.startswith("percent"),
        natural_limit=definition.natural_limit,
        binary="binary" in definition.traits,
        categorical="categorical" in definition.traits,
        growth_rate="growth_rate" in definition.traits,
        stock="stock" in definition.traits,
    )


def make(
    place: str,
    years: Sequence[int],
    stores: Sequence[Observations],
    manifests: Mapping[str, Manifest],
    added: Added | None = None,
) -> dict[int, PlaceFacts]:
    """The statistics of a place up to each of these years; its observations are read once.

    With figures `added` by people: those of the indicators concerned, from all sources together.
    """
    definitions = added.definitions if added else indicators()
    series = [definition.series for definition in definitions]
    series += [base for one, base in derived_from().items() if one in series]
    table = all_observations(*stores, series=series, places=[place], newest=False)
    if added:
        table = pa.concat_tables([table, added_table(place, added)]).sort_by(ORDER)
    typed = added.released if added else {}
    newest_first, released = newest_datasets(manifests, typed), days_released(manifests, typed)
    releases = {name: release_of(known) for name, known in manifests.items()}
    known = Known(newest_first, releases, ends_of(manifests), released, years_named(stores, definitions))
    return {year: up_to(place, year, table, definitions, known) for year in years}


def release_of(manifest: Manifest) -> str:
    """What tells releases apart: publisher, dataset and day; the dataset alone where the day is not known."""
    if manifest.released == "unknown":
        return manifest.id
    return "|".join((manifest.publisher, manifest.dataset, manifest.released))


def added_table(place: str, added: Added) -> pa.Table:
    """Typed figures as a table of observations: each is a dataset of its own."""
    same = {"place": place, "place_kind": "country", "detail": "", "member": "", "row": 0}
    return pa.Table.from_pylist([{**row._asdict(), **same} for row in added.rows], schema=OBSERVATIONS)


def days_released(manifests: Mapping[str, Manifest], added: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """How new each dataset is (`vintage`); `added` says it of typed figures."""
    return {**{name: vintage(one) for name, one in manifests.items()}, **added}


def newest_datasets(manifests: Mapping[str, Manifest], added: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Dataset ids, the one released last first (`vintage`); of two alike the later id wins."""
    released = days_released(manifests, added)
    return sorted(released, key=lambda name: (released[name], name), reverse=True)


def up_to(
    place: str,
    year: int,
    observations: pa.Table,
    definitions: Sequence[IndicatorDefinition],
    known: Known,
) -> PlaceFacts:
    """The headline series of every one of these indicators for which the place has a figure up to the year.

    Figures of a part of a period take no part; where they come after what is shown, they stand beside it.
    """
    newest_first, releases = known.newest_first, known.releases
    table, parts = split(observations.filter(pc.less_equal(observations["year"], year)), known.ends)
    counted: dict[str, list[pa.Table]] = {}
    whole: dict[str, pa.Table] = {}
    held: dict[str, str] = {}
    for definition in definitions:
        own = table.filter(pc.equal(table["series"], definition.series))
        rows = with_base(own, table, newest_first, releases)
        rows = with_computed(definition, rows, table, newest_first)
        rows = with_totals(rows, definition.headline, definition.parts) if len(rows) else rows
        found = ways(rows, definition.headline, unit=definition.unit, newest_first=newest_first) if len(rows) else []
        if found:
            counted[definition.code], whole[definition.code] = found, rows
        elif why := _why_none(definition, own, rows, parts):
            held[definition.code] = why
    used = [definition for definition in definitions if definition.code in counted]
    chosen, results = _compared(counted, whole, used, newest_first)
    return PlaceFacts(
        place,
        year,
        {
            d.code: _with_parts(
                _series(d, chosen[d.code], counted[d.code], whole[d.code], results.get(d.code), known, year),
                _parts(d, parts, counted[d.code], known),
            )
            for d in used
        },
        held,
    )


ANOTHER_RELEASE = "another release"
PART_ALONE = "a part of a year alone"


def _why_none(definition: IndicatorDefinition, own: pa.Table, rows: pa.Table, parts: pa.Table) -> str:
    """Why nothing is shown of a series that has rows, "" where it has none.

    `own` are all its rows of whole years, `rows` those that go with their base, `parts` all rows of parts of years.
    """
    if len(rows):
        counts = rows.group_by(["unit", "disagg"], use_threads=False).aggregate([([], "count_all")]).to_pylist()
        return why_no_headline(definition, [(row["unit"], row["disagg"], row["count_all"]) for row in counts])
    if len(own):
        return ANOTHER_RELEASE
    return PART_ALONE if definition.series in parts["series"].to_pylist() else ""


def _with_parts(facts: SeriesFacts, parts: tuple[tuple[str, Figure], ...]) -> SeriesFacts:
    """The facts with later parts of years; a zero that goes on after zeros of a publisher is none of them."""
    filled = facts.chosen[-1].year in facts.filled
    return replace(facts, parts=tuple((to, one) for to, one in parts if one.value or not filled))


def _parts(
    definition: IndicatorDefinition, parts: pa.Table, counted: Sequence[pa.Table], known: Known
) -> tuple[tuple[str, Figure], ...]:
    """Figures of a part of a year that is later than every whole one, with the month to which each goes."""
    last = max(pc.max(line["year"]).as_py() for line in counted)
    rows = parts.filter(pc.and_(pc.equal(parts["series"], definition.series), pc.greater(parts["year"], last)))
    found = ways(rows, definition.headline, unit=definition.unit, newest_first=known.newest_first) if len(rows) else []
    numbers = [row for row in found[0].to_pylist() if row["value"] is not None] if found else []
    return tuple((until(row["period"], known.ends[row["dataset"]]), figure_of(row)) for row in numbers)


def _compared(
    counted: Mapping[str, Sequence[pa.Table]],
    whole: Mapping[str, pa.Table],
    definitions: Sequence[IndicatorDefinition],
    newest_first: Sequence[str],
) -> tuple[dict[str, pa.Table], dict[str, Measured]]:
    """For each indicator the way of counting that is shown and what the methods measure of it.

    It is the first with values enough to compare, so that one figure that is counted in a new way takes no former ones
    out of sight; the first of all where none has them.
    """
    chosen = {code: found[0] for code, found in counted.items()}
    results = _measured(chosen, whole, definitions, newest_first)
    waiting = [d for d in definitions if not _enough(results.get(d.code))]
    for turn in range(1, max((len(found) for found in counted.values()), default=0)):
        waiting = [d for d in waiting if turn < len(counted[d.code])]
        tried = {d.code: counted[d.code][turn] for d in waiting}
        found = _measured(tried, whole, waiting, newest_first)
        good = [d for d in waiting if _enough(found.get(d.code))]
        chosen |= {d.code: tried[d.code] for d in good}
        results |= {d.code: found[d.code] for d in good}
        waiting = [d for d in waiting if d not in good]
    return chosen, results


def _enough(measured: Measured | None) -> bool:
    return measured is not None and measured.inputs["points"] >= ENOUGH


def _measured(
    chosen: Mapping[str, pa.Table],
    whole: Mapping[str, pa.Table],
    definitions: Sequence[IndicatorDefinition],
    newest_first: Sequence[str],
) -> dict[str, Measured]:
    """What the methods measure, by the code of the indicator; all series in one pass.

    A break counts up to the last year of what is chosen: what came later was counted another way.
    """
    if not chosen:
        return {}
    until = [
        whole[code].filter(pc.less_equal(whole[code]["year"], pc.max(line["year"]))) for code, line in chosen.items()
    ]
    found = measure_rows(
        pa.concat_tables(chosen.values()),
        [series_rule(definition) for definition in definitions],
        methods=tuple(METHODS),
        breaks=find_breaks(pa.concat_tables(until)),
        newest_first=newest_first,
    )
    codes = {definition.series: definition.code for definition in definitions}
    return {codes[one.inputs["series"]]: one for one in found}


def _series(
    definition: IndicatorDefinition,
    chosen: pa.Table,
    counted: Sequence[pa.Table],
    whole: pa.Table,
    measured: Measured | None,
    known: Known,
    until_year: int,
) -> SeriesFacts:
    ordered = chosen.sort_by("year").to_pylist()
    before, between, after = counted_otherwise(counted, ordered)
    held = pa.Table.from_pylist([*before, *between, *ordered, *after], schema=OBSERVATIONS)
    beside = pa.concat_tables([whole, other_sums(whole, definition.headline, definition.parts)])
    filled = leading_zeros(ordered) if "stock" in definition.traits else frozenset()
    broken = groups(definition, whole, ordered[-1], known.newest_first, filled)
    return SeriesFacts(
        chosen=tuple(figure_of(row) for row in ordered),
        others=_others(
            beside, held, between, lambda shown, other: decided(shown, other, counted, chosen, known.released)
        ),
        before=tuple(figure_of(row) for row in before),
        after=tuple(figure_of(row) for row in after),
        groups=broken.shown,
        withheld=broken.withheld,
        ended=broken.ended,
        crossed=broken.crossed,
        filled=filled,
        data_type=_data_type(definition, whole, known.newest_first),
        measured=measured,
        unnamed=unnamed({row["year"] for row in ordered}, known.named.get(definition.series, frozenset()), until_year),
    )


def _data_type(definition: IndicatorDefinition, whole: pa.Table, newest_first: Sequence[str]) -> tuple[str, str]:
    """From what data a migrant stock was derived, as the newest rows that say it do, and their dataset; ("", "")."""
    if definition.series != STOCK:
        return ("", "")
    told = {row["dataset"]: (row["year"], row["detail"]) for row in whole.sort_by("year").to_pylist()
            if not row["disagg"] and is_type(row["detail"])}  # fmt: skip
    found = next((name for name in newest_first if name in told), "")
    return (told[found][1], found) if found else ("", "")


def _others(
    whole: pa.Table, held: pa.Table, between: Sequence[Row], rule: Callable[[Row, Row], str]
) -> tuple[tuple[str, Figure], ...]:
    """Figures of the years of `held` that differ, each with the `rule` that decided, and those `between` with ""."""
    shown = {row["year"]: row for row in held.to_pylist()}
    differing = [row for row in alternatives(whole, held).to_pylist() if row["value"] is not None]
    found = [("", row) for row in between]
    found += [(rule(shown[row["year"]], row), row) for row in differing]
    found.sort(key=lambda pair: tuple(pair[1][name] for name in ("year", "dataset", "nature", "member", "row")))
    return tuple((words, figure_of(row)) for words, row in found)


def counted_otherwise(counted: Sequence[pa.Table], shown: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Figures of years that the shown way of counting has none for: before its first year, between, after its last.

    One per year, from the way that goes first; between its years numbers alone.
    """
    has = {row["year"] for row in shown}
    found: dict[int, Row] = {}
    for line in counted:
        for row in line.to_pylist():
            if row["year"] not in has and (row["value"] is not None or row["bound"] is not None):
                found.setdefault(row["year"], row)
    rows = [found[year] for year in sorted(found)]
    first, last = min(has), max(has)
    between = [row for row in rows if first < row["year"] < last and row["value"] is not None]
    return [row for row in rows if row["year"] < first], between, [row for row in rows if row["year"] > last]


def leading_zeros(ordered: Sequence[Row]) -> frozenset[int]:
    """Years before the first positive value that a publisher filled with zero: missing, by our rule for stocks.

    A series without any positive value is filled throughout, unless the country itself gives it: nobody knows then
    whether anything was counted, and a zero would say that it was.
    """
    filled = set()
    for row in ordered:
        if row["value"] is None or row["value"] == 0:
            filled.add(row["year"])
        else:
            return frozenset(filled)
    return frozenset() if any(row["nature"] in OWN_DATA for row in ordered) else frozenset(filled)
