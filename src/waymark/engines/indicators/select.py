"""Which of several figures counts, by stated rules that never look at what the figures say.

The rules are ours (proposals): within one series and place the latest year with a number or a bound wins; of two with
the same latest year the country's own data (C, then CA), then the others in the order of NATURES; of two datasets the
newer one, year by year.
What was not chosen stays in sight as `alternatives`.
"""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.schema import KEY, OBSERVATIONS
from waymark.gcm.indicators import disaggregation

NATURES = ("C", "CA", "E", "G", "M", "N", "NA", "")
"""SDMX natures in the order in which they are preferred: country data, country data adjusted, then estimates."""

ROUNDING = 1e-9
"""Relative difference below which two sources say the same."""

ALTERNATIVES = pa.schema(
    [
        *OBSERVATIONS,
        pa.field("chosen_value", pa.float64()),
        pa.field("chosen_dataset", pa.string()),
        pa.field("chosen_nature", pa.string()),
    ]
)


def newest_per_year(observations: pa.Table, newest_first: Sequence[str] = ()) -> pa.Table:
    """One row per key and year, sorted by both; the rest is left out.

    Of several rows the one from the newest dataset counts: the first in `newest_first`, then datasets not named there
    by their id, the later id first (ids end in the edition). Within a dataset the whole year comes before a span of
    years, a span before a part of the year, and of parts the last; of equal rows the first in the file.
    """
    order = [*KEY, "year"]
    counted = observations.group_by(order).aggregate([([], "count_all")])
    if len(counted) == len(observations):
        return observations.sort_by([(name, "ascending") for name in order])
    ranked = _ranked(observations, newest_first)
    keys = [(name, "ascending") for name in (*order, "_dataset", "_period")]
    ranked = ranked.sort_by([*keys, ("period", "descending"), ("member", "ascending"), ("row", "ascending")])
    ranked = ranked.append_column("_place", pa.array(range(len(ranked)), pa.int64()))
    first = ranked.group_by(order, use_threads=False).aggregate([("_place", "min")])
    kept = pc.sort_indices(first, sort_keys=[("_place_min", "ascending")])
    return ranked.take(first["_place_min"].take(kept)).select(observations.column_names)


def _ranked(observations: pa.Table, newest_first: Sequence[str]) -> pa.Table:
    """The rows with the rank of their dataset and of their kind of period, 0 the best."""
    datasets = set(observations["dataset"].to_pylist())
    named = [name for name in newest_first if name in datasets]
    ranks = [*named, *sorted(datasets - set(named), reverse=True)]
    whole = pc.equal(observations["period"], pc.cast(observations["year"], pa.string()))
    span = pc.match_substring_regex(observations["period"], r"^\d{4}-\d{4}$")
    return observations.append_column(
        "_dataset", pc.index_in(observations["dataset"], pa.array(ranks, pa.string()))
    ).append_column("_period", pc.if_else(whole, 0, pc.if_else(span, 1, 2)))


def headline(
    observations: pa.Table, headline_dims: Mapping[str, str], *, unit: str = "", newest_first: Sequence[str] = ()
) -> pa.Table:
    """The rows of the one series of an indicator that a review shows first for a place: one row per year, sorted.

    `observations` are those of one indicator (one `series`) and one place; `headline_dims` names the dimensions and
    values of the headline, {} for the total; `unit` is the indicator's own, preferred when there is a choice. Empty
    when nothing has these dimensions. Raises ValueError when rows of several series or places are given.
    """
    for name in ("series", "place"):
        if len(pc.unique(observations[name])) > 1:
            raise ValueError(f"observations of one {name} are expected, several were given; filter them first")
    rows = observations.filter(pc.equal(observations["disagg"], disaggregation(headline_dims.items())))
    if unit and pc.any(pc.equal(rows["unit"], unit)).as_py():
        rows = rows.filter(pc.equal(rows["unit"], unit))
    if not len(rows):
        return rows
    best = min(_candidates(rows))
    chosen = pc.and_(pc.equal(rows["unit"], best[2]), pc.equal(rows["nature"], best[3]))
    return newest_per_year(rows.filter(chosen), newest_first)


def _candidates(rows: pa.Table) -> list[tuple[int, int, str, str]]:
    """Every unit and nature as (minus its latest year, rank of nature, unit, nature); the least wins.

    A bound ("<5") is what a source knows of its year, so it counts as a number does. A mark that says that there is no
    valid figure (N, NV) does not, since known figures would then vanish behind it.
    """
    found = []
    said = pc.or_(pc.is_valid(rows["value"]), pc.is_valid(rows["bound"]))
    numbered = rows.append_column("_number", pc.if_else(said, rows["year"], 0))
    groups = numbered.group_by(["unit", "nature"], use_threads=False).aggregate([("_number", "max")])
    for group in groups.to_pylist():
        nature = group["nature"]
        found.append((-group["_number_max"], nature_rank(nature), group["unit"], nature))
    return found


def nature_rank(nature: str) -> int:
    """Where a nature stands in the order of NATURES; an unknown one stands last."""
    return NATURES.index(nature) if nature in NATURES else len(NATURES)


def alternatives(observations: pa.Table, chosen: pa.Table) -> pa.Table:
    """Other values for the years of `chosen` (from `headline`), from another dataset, nature or row: ALTERNATIVES.

    Only rows of the same series, place, disaggregation and unit that hold a number which differs beyond rounding from
    the chosen one; sorted by year, dataset and nature. This is what "conflicting sources" shows.
    """
    picked = {(row["series"], row["place"], row["disagg"], row["unit"], row["year"]): row for row in chosen.to_pylist()}
    found = []
    for row in observations.to_pylist():
        held = picked.get((row["series"], row["place"], row["disagg"], row["unit"], row["year"]))
        if held is None or _same(row["value"], held["value"]):
            continue
        chosen_of = {f"chosen_{name}": held[name] for name in ("value", "dataset", "nature")}
        found.append({**row, **chosen_of})
    found.sort(key=lambda row: (row["year"], row["dataset"], row["nature"], row["member"], row["row"]))
    return pa.Table.from_pylist(found, schema=ALTERNATIVES)


def _same(value: float | None, held: float | None) -> bool:
    """Whether two figures do not contradict one another: equal beyond rounding, or one of them no number."""
    if value is None or held is None:
        return True
    return abs(value - held) <= ROUNDING * max(abs(value), abs(held))
