"""What Waymark says of every series and place of a table, for the second writing to be compared with."""

from collections.abc import Iterable

import pyarrow as pa

from tests.spec.methods import second
from waymark.engines.indicators.assess import SeriesRule, measure_rows
from waymark.engines.indicators.breaks import find_breaks
from waymark.engines.indicators.making import series_rule
from waymark.engines.indicators.methods import METHODS
from waymark.engines.indicators.methods.method import BUNDLED_SERIES as BUNDLED_SERIES
from waymark.engines.indicators.methods.method import DATABASE_SERIES as DATABASE_SERIES
from waymark.engines.indicators.methods.method import Changes
from waymark.gcm.indicators import indicators

Said = tuple[str, str]


CATALOGUE_RULES = [series_rule(one) for one in indicators()]


def said(table: pa.Table, rules: Iterable[SeriesRule]) -> dict[tuple[str, ...], dict[str, Said]]:
    """Category and reason of each method, by key."""
    found = measure_rows(table, rules, methods=tuple(METHODS), breaks=find_breaks(table))
    return {
        tuple(one.inputs[name] for name in second.KEY): {
            name: (verdict.category, verdict.reason) for name, verdict in one.verdicts.items()
        }
        for one in found
    }


def changes(method: str, rule: str) -> Changes:
    """How many series a rule of ours changes, as the method's sources say; none for a rule it does not have."""
    counted = [source.changes for source in METHODS[method].sources if source.key == rule]
    return next((one for one in counted if one is not None), Changes(0, 0))
