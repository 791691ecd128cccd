"""Which of several figures counts, by stated rules that never look at what the figures say.

The rules are ours (proposals). A *way of counting* is one nature of a series, or what of it lies before a marked break.
Of several ways the one with the latest year goes first; of two with the same latest year the country's own data (C,
then CA), then the others in the order of NATURES. Within a way, of two datasets the one released last gives the figure,
year by year; a whole year goes before a part of it, and what is no figure (N, NV) after all that is one, whatever the
release. A figure in another unit than that of its indicator does not count. What was not chosen stays in sight as
`alternatives`.
"""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.schema import KEY, OBSERVATIONS
from waymark.gcm import natures
from waymark.gcm.indicators import disaggregation

NATURES = tuple(natures.NATURES)
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
    by their id, the later id first (ids end in the release). Before that, whatever the dataset, a number or a bound
    comes before a mark that there is none (N, NV), the whole year before a span of years, a span before a part of the
    year. Within a dataset, of parts the last; of equal rows the first in the file.
    """
    order = [*KEY, "year"]
    counted = observations.group_by(order).aggregate([([], "count_all")])
    if len(counted) == len(observations):
        return observations.sort_by([(name, "ascending") for name in order])
    ranked = _ranked(observations, newest_first)
    keys = [(name, "ascending") for name in (*order, "_mark", "_period", "_dataset")]
    ranked = ranked.sort_by([*keys, ("period", "descending"), ("member", "ascending"), ("row", "ascending")])
    ranked = ranked.append_column("_place", pa.array(range(len(ranked)), pa.int64()))
    first = ranked.group_by(order, use_threads=False).aggregate([("_place", "min")])
    kept = pc.sort_indices(first, sort_keys=[("_place_min", "ascending")])
    return ranked.take(first["_place_min"].take(kept)).select(observations.column_names)


def _ranked(observations: pa.Table, newest_first: Sequence[str]) -> pa.Table:
    """The rows with the rank of their dataset, of their kind of period, and of what they say; 0 is the best."""
    datasets = set(observations["dataset"].to_pylist())
    named = [name for name in newest_first if name in datasets]
    ranks = [*named, *sorted(datasets - set(named), reverse=True)]
    whole = pc.equal(observations["period"], pc.cast(observations["year"], pa.string()))
    span = pc.match_substring_regex(observations["period"], r"^\d{4}-\d{4}$")
    figure = pc.or_(pc.is_valid(observations["value"]), pc.is_valid(observations["bound"]))
    return (
        observations.append_column("_dataset", pc.index_in(observations["dataset"], pa.array(ranks, pa.string())))
        .append_column("_period", pc.if_else(whole, 0, pc.if_else(span, 1, 2)))
        .append_column("_mark", pc.if_else(figure, 0, 1))
    )


def headline(
    observations: pa.Table, headline_dims: Mapping[str, str], *, unit: str = "", newest_first: Sequence[str] = ()
) -> pa.Table:
    """The rows of the one series of an indicator that a review shows first for a place: one row per year, sorted.

    `observations` are those of one indicator (one `series`) and one place; `headline_dims` names the dimensions and
    values of the headline, {} for the total; `unit` is the indicator's own, the only one that counts when it is given.
    Empty when nothing has these dimensions and this unit. Raises ValueError when rows of several series or places are
    given.
    """
    found = ways(observations, headline_dims, unit=unit, newest_first=newest_first)
    return found[0] if found else observations.slice(0, 0)


def ways(
    observations: pa.Table, headline_dims: Mapping[str, str], *, unit: str = "", newest_first: Sequence[str] = ()
) -> list[pa.Table]:
    """Every way in which the series of an indicator was counted, as `headline` gives one, the first to show first.

    A later way counts where the earlier ones have too few figures to compare. Raises ValueError like `headline`.
    """
    for name in ("series", "place"):
        if len(pc.unique(observations[name])) > 1:
            raise ValueError(f"observations of one {name} are expected, several were given; filter them first")
    rows = observations.filter(pc.equal(observations["disagg"], disaggregation(headline_dims.items())))
    rows = rows.filter(pc.equal(rows["unit"], unit)) if unit else rows
    if not len(rows):
        return []
    found = []
    for latest, rank, own_unit, nature in _candidates(rows):
        own = pc.and_(pc.equal(rows["unit"], own_unit), pc.equal(rows["nature"], nature))
        line = newest_per_year(rows.filter(own), newest_first)
        found.append(((latest, rank, own_unit, nature, 0), line))
        starts = pc.unique(line.filter(line["break_before"])["year"]).to_pylist()
        for number, start in enumerate(reversed(starts), start=1):
            part = line.filter(pc.less(line["year"], start))
            if len(part):
                found.append(((-pc.max(part["year"]).as_py(), rank, own_unit, nature, number), part))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


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
