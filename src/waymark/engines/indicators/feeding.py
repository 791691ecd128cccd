"""What a dataset feeds: for each of its series the indicator, the rows that count, and why the others do not.

A row counts for the headline when it has the indicator's unit and the dimensions that its definition names; for the
groups when it has one dimension more. Of the rows that count for the headline, those of whole years that another
dataset gives too are shown from one of them: the release decides (`select`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.derive import with_base
from waymark.engines.indicators.fitting import judged_rows, parts_of, why_nothing
from waymark.engines.indicators.schema import KEY
from waymark.engines.indicators.select import newest_per_year
from waymark.gcm.derivations import derived_from
from waymark.gcm.indicators import IndicatorDefinition


@dataclass(frozen=True, slots=True)
class Fed:
    """One series of a dataset and what it feeds.

    `indicator` is "" when no definition has the series; `objectives` are those that the indicator serves. `rows` are
    all rows of the series, of them `headline` count for the headline and `groups` for its latest groups. `behind` are
    headline rows for which `by`, another dataset, is shown. `reasons` are (why they feed nothing, how many rows).
    """

    series: str
    indicator: str
    objectives: tuple[int, ...]
    rows: int
    headline: int = 0
    groups: int = 0
    behind: int = 0
    by: str = ""
    reasons: tuple[tuple[str, int], ...] = ()


def feeding(
    observations: pa.Table,
    others: pa.Table,
    definitions: Iterable[IndicatorDefinition],
    newest_first: Sequence[str],
    releases: Mapping[str, str] = MappingProxyType({}),
) -> list[Fed]:
    """What each series of one dataset feeds, those that feed an indicator first, then by name.

    `others` are the observations of the indicators' series in all other datasets; `newest_first` as in `select`,
    `releases` as in `making`.
    """
    known = {definition.series: definition for definition in definitions}
    counts = observations.group_by(["series", "unit", "disagg"], use_threads=False).aggregate([([], "count_all")])
    combinations: dict[str, list[tuple[str, str, int]]] = {}
    for row in counts.to_pylist():
        combinations.setdefault(row["series"], []).append((row["unit"], row["disagg"], row["count_all"]))
    found = []
    for series, rows in combinations.items():
        definition = known.get(series)
        if definition is None:
            found.append(Fed(series, "", (), sum(count for *_, count in rows)))
        else:
            fed = _fed(definition, rows, observations, others, newest_first)
            found.append(_without_base(fed, observations, others, newest_first, releases))
    return sorted(found, key=lambda one: (not one.headline, not one.indicator, one.series))


def _fed(
    definition: IndicatorDefinition,
    combinations: Sequence[tuple[str, str, int]],
    observations: pa.Table,
    others: pa.Table,
    newest_first: Sequence[str],
) -> Fed:
    base = parts_of(definition.headline_disagg)
    kinds: Counter[str] = Counter()
    for unit, disagg, count in combinations:
        kinds[judged_rows(definition, base, unit, disagg, combinations)[0]] += count
    behind, by = _behind(definition, observations, others, newest_first) if kinds["headline"] else (0, "")
    return Fed(
        series=definition.series,
        indicator=definition.code,
        objectives=definition.objectives,
        rows=sum(count for *_, count in combinations),
        headline=kinds["headline"],
        groups=kinds["groups"],
        behind=behind,
        by=by,
        reasons=why_nothing(definition, combinations),
    )


def _without_base(
    fed: Fed, observations: pa.Table, others: pa.Table, newest_first: Sequence[str], releases: Mapping[str, str]
) -> Fed:
    """The same without the headline rows of a derived series whose total is shown from another release."""
    base = derived_from().get(fed.series)
    if base is None or not fed.headline:
        return fed
    rows = observations.filter(
        pc.and_(pc.equal(observations["series"], fed.series), pc.equal(observations["disagg"], ""))
    )
    kept = with_base(rows, pa.concat_tables([observations, others]), newest_first, releases)
    lost = min(len(rows) - len(kept), fed.headline)
    if not lost:
        return fed
    reason = (f"another release gives the total that is shown ({base})", lost)
    return replace(fed, headline=fed.headline - lost, reasons=(*fed.reasons, reason))


def _behind(
    definition: IndicatorDefinition, observations: pa.Table, others: pa.Table, newest_first: Sequence[str]
) -> tuple[int, str]:
    """How many headline rows stand behind those of another dataset, and behind which most."""
    own, beside = (_headline_rows(table, definition) for table in (observations, others))
    keys = [*KEY, "year"]
    shown = newest_per_year(pa.concat_tables([own, beside]), newest_first).select([*keys, "dataset"])
    winners = own.select([*keys, "row", "dataset"]).join(shown, keys, right_suffix="_shown")
    lost = Counter(row["dataset_shown"] for row in winners.to_pylist() if row["dataset_shown"] != row["dataset"])
    by = min(lost, key=lambda name: (-lost[name], name), default="")
    return sum(lost.values()), by


def _headline_rows(table: pa.Table, definition: IndicatorDefinition) -> pa.Table:
    for name, value in (
        ("series", definition.series), ("unit", definition.unit), ("disagg", definition.headline_disagg),
    ):  # fmt: skip
        table = table.filter(pc.equal(table[name], value))
    return table
