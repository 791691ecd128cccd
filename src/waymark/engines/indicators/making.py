"""Makes the statistics of one place from the observations: choose the headline series, assess them, note what differs.

Loads PyArrow, Ibis and DuckDB; what it makes is kept (`keeping`), so that reading needs none of them.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.added import COUNTRY_DATA, Added
from waymark.engines.indicators.assess import SeriesRule, measure_rows
from waymark.engines.indicators.assessment import Measured
from waymark.engines.indicators.breaks import find_breaks
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.methods import METHODS
from waymark.engines.indicators.parts import with_totals
from waymark.engines.indicators.place_facts import Figure, PlaceFacts, SeriesFacts
from waymark.engines.indicators.schema import OBSERVATIONS
from waymark.engines.indicators.select import alternatives, headline, nature_rank, newest_per_year
from waymark.engines.indicators.store import ORDER, Observations, all_observations
from waymark.gcm.indicators import IndicatorDefinition, indicators

Row = dict[str, Any]
"""An observation as a row of the table of observations."""

OWN_DATA = ("C", "CA")
"""Natures (SDMX) of what a country says of itself."""

EVEN_SPLIT = 50.0
"""Per cent: the goal of a share of one of two groups."""
SMALL_COUNT = 5
"""Breakdowns of victims below this are not shown."""


def series_rule(definition: IndicatorDefinition) -> SeriesRule:
    """How a series is judged, from its definition. A reference target binds no country, so it is not judged against."""
    binding = definition.target if definition.target and not definition.target.reference else None
    return SeriesRule(
        series=definition.series,
        direction=definition.direction,
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
    table = all_observations(*stores, series=series, places=[place], newest=False)
    if added:
        table = pa.concat_tables([table, added_table(place, added)]).sort_by(ORDER)
    newest_first = newest_datasets(manifests, added.released if added else {})
    return {year: _up_to(place, year, table, newest_first, definitions) for year in years}


def added_table(place: str, added: Added) -> pa.Table:
    """Typed figures as a table of observations: each is a dataset of its own, from the country itself."""
    same = {"place": place, "place_kind": "country", "nature": COUNTRY_DATA, "detail": "", "member": "", "row": 0}
    return pa.Table.from_pylist([{**row._asdict(), **same} for row in added.rows], schema=OBSERVATIONS)


def newest_datasets(manifests: Mapping[str, Manifest], added: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Dataset ids, the one released last first; an unknown release counts as oldest, of two alike the later id wins.

    `added` says of typed figures when each was released.
    """
    released = {name: "" if known.released == "unknown" else known.released for name, known in manifests.items()}
    released |= added
    return sorted(released, key=lambda name: (released[name], name), reverse=True)


def _up_to(
    place: str,
    year: int,
    observations: pa.Table,
    newest_first: Sequence[str],
    definitions: Sequence[IndicatorDefinition],
) -> PlaceFacts:
    """The headline series of every one of these indicators for which the place has a figure up to the year."""
    table = observations.filter(pc.less_equal(observations["year"], year))
    chosen: dict[str, pa.Table] = {}
    whole: dict[str, pa.Table] = {}
    for definition in definitions:
        rows = table.filter(pc.equal(table["series"], definition.series))
        if not rows.num_rows:
            continue
        rows = with_totals(rows, definition.headline, definition.parts)
        picked = headline(rows, definition.headline, unit=definition.unit, newest_first=newest_first)
        if picked.num_rows:
            chosen[definition.code], whole[definition.code] = picked, rows
    used = [definition for definition in definitions if definition.code in chosen]
    results = _measured(chosen, whole, used, newest_first)
    return PlaceFacts(
        place,
        year,
        {d.code: _series(d, chosen[d.code], whole[d.code], results.get(d.series), newest_first) for d in used},
    )


def _measured(
    chosen: Mapping[str, pa.Table],
    whole: Mapping[str, pa.Table],
    definitions: Sequence[IndicatorDefinition],
    newest_first: Sequence[str],
) -> dict[str, Measured]:
    """What the methods measure, by series; all series in one pass."""
    if not chosen:
        return {}
    found = measure_rows(
        pa.concat_tables(chosen.values()),
        [series_rule(definition) for definition in definitions],
        methods=tuple(METHODS),
        breaks=find_breaks(pa.concat_tables(whole.values())),
        newest_first=newest_first,
    )
    return {one.inputs["series"]: one for one in found}


def _series(
    definition: IndicatorDefinition,
    chosen: pa.Table,
    whole: pa.Table,
    measured: Measured | None,
    newest_first: Sequence[str],
) -> SeriesFacts:
    ordered = chosen.sort_by("year").to_pylist()
    broken = measured is not None and any(verdict.reason == "break" for verdict in measured.verdicts.values())
    others = alternatives(whole, chosen).to_pylist()
    return SeriesFacts(
        chosen=tuple(_figure(row) for row in ordered),
        others=tuple(_figure(row) for row in others if row["value"] is not None),
        before=tuple(_figure(row) for row in counted_before(whole, ordered[0])) if broken else (),
        groups=breakdown(definition, whole, ordered[-1], newest_first),
        filled=leading_zeros(ordered) if "stock" in definition.traits else frozenset(),
        measured=measured,
    )


def _figure(row: Row) -> Figure:
    return Figure(*(row[name] for name in Figure._fields))


def counted_before(whole: pa.Table, first: Row) -> list[Row]:
    """Values of the same unit and group from before the way of counting changed, one per year, in order."""
    found: dict[int, Row] = {}
    for row in whole.sort_by([("year", "ascending"), ("nature", "ascending"), ("row", "ascending")]).to_pylist():
        same = row["disagg"] == first["disagg"] and row["unit"] == first["unit"]
        if same and row["nature"] != first["nature"] and row["year"] < first["year"] and row["value"] is not None:
            found.setdefault(row["year"], row)
    return list(found.values())


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


def breakdown(
    definition: IndicatorDefinition, rows: pa.Table, latest: Row, newest_first: Sequence[str] = ()
) -> tuple[tuple[str, Figure], ...]:
    """Values and bounds of the year of the `latest` figure by one more dimension than the headline, such as by sex.

    Of several for one group the rules of the headline choose: its unit alone, its nature before the others, of these
    the dataset released last. Small counts of victims are left out, so that nobody can be picked out.
    """
    base = set(filter(None, definition.headline_disagg.split("|")))
    found: dict[str, Figure] = {}
    same = pc.and_(pc.equal(rows["year"], latest["year"]), pc.equal(rows["unit"], latest["unit"]))
    said = pc.or_(pc.is_valid(rows["value"]), pc.is_valid(rows["bound"]))
    per_nature = newest_per_year(rows.filter(pc.and_(same, said)), newest_first).to_pylist()
    for row in sorted(per_nature, key=lambda row: (row["nature"] != latest["nature"], nature_rank(row["nature"]))):
        parts = set(filter(None, row["disagg"].split("|")))
        protected = "protected_small_counts" in definition.traits and (row["value"] or 0) < SMALL_COUNT
        if base <= parts and len(parts - base) == 1 and not protected:
            found.setdefault(next(iter(parts - base)), _figure(row))
    return tuple(sorted(found.items()))
