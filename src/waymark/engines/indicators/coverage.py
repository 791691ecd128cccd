"""What statistics a place has and what is missing, per objective: gaps are a finding.

It reads the figures that a review shows, so that both say the same: one selection, one word, one count. Nothing here
loads more than the standard library.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from waymark.engines.indicators.assessment import judged
from waymark.engines.indicators.methods import Method
from waymark.engines.indicators.methods import method as method_named
from waymark.engines.indicators.place_facts import SeriesFacts
from waymark.gcm.assessing import is_assessable
from waymark.gcm.indicators import IndicatorDefinition

ASSESSABLE = "assessable"
"""The one word for a statistic of which the method can say which way it went, as the review counts it."""

NO_FIGURES, CONTEXT, TOO_OLD = "no figures", "context", "too old"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One indicator under one objective for a place.

    `years` are those of the headline series with a number, `gaps` the years between the first and the last without one.
    `beside` are years with figures counted in another way. `groups` are the dimensions by which the latest year is
    broken down, `groups_missing` those that the definition expects beside them. `datasets` are the ids of the datasets
    of the headline series, in order of its years. `status` is ASSESSABLE, NO_FIGURES, or why it is not assessable.
    """

    objective: int
    indicator: str
    series: str
    years: tuple[int, ...]
    gaps: tuple[int, ...]
    beside: tuple[int, ...]
    groups: tuple[str, ...]
    groups_missing: tuple[str, ...]
    datasets: tuple[str, ...]
    status: str

    @property
    def assessable(self) -> bool:
        """Whether it counts as assessable."""
        return self.status == ASSESSABLE


def coverage(
    facts: Mapping[str, SeriesFacts], definitions: Iterable[IndicatorDefinition], as_of: date, method: str
) -> list[CoverageRow]:
    """One row per objective and indicator, sorted by both; `facts` are the figures of a place by indicator.

    `method` is the one by which the review counts. Raises NotFoundError for an unknown one.
    """
    chosen = method_named(method)
    found = [
        _row(definition, objective, facts.get(definition.code), as_of, chosen)
        for definition in definitions
        for objective in definition.objectives
    ]
    return sorted(found, key=lambda row: (row.objective, row.indicator))


def _row(
    definition: IndicatorDefinition, objective: int, facts: SeriesFacts | None, as_of: date, method: Method
) -> CoverageRow:
    """The coverage of one indicator."""
    shown = facts.chosen if facts else ()
    years = tuple(figure.year for figure in shown if figure.value is not None)
    groups = sorted({extra.partition("=")[0] for extra, _ in facts.groups}) if facts else []
    others = (
        {figure.year for figure in (*facts.before, *(one for _, one in facts.others), *facts.after)} if facts else set()
    )
    return CoverageRow(
        objective=objective,
        indicator=definition.code,
        series=definition.series,
        years=years,
        gaps=tuple(year for year in range(years[0], years[-1]) if year not in years) if years else (),
        beside=tuple(sorted(others - {figure.year for figure in shown})),
        groups=tuple(groups),
        groups_missing=tuple(name for name in definition.disaggregations if name not in groups),
        datasets=tuple(dict.fromkeys(figure.dataset for figure in shown)),
        status=_status(definition, facts, as_of, method),
    )


def _status(definition: IndicatorDefinition, facts: SeriesFacts | None, as_of: date, method: Method) -> str:
    """The one word: assessable, or why not."""
    if facts is None or facts.measured is None:
        return NO_FIGURES
    result = judged(facts.measured, method, as_of)
    if is_assessable(result.improving, definition.context):
        return TOO_OLD if result.old else ASSESSABLE
    return result.reason or CONTEXT
