"""How a specification of the methods is written down: a series, its rule, and what each method must say.

The series is fictional: a made-up statistic of Orvenia (QOR, a code from the user-assigned range).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from waymark.engines.indicators.schema import OBSERVATIONS

AS_OF = date(2026, 5, 8)
PLACE = "QOR"


@dataclass(frozen=True)
class Row:
    """A value with something to say about it: a break before it, or a period that is not its year."""

    value: float | None
    break_before: bool = False
    period: str = ""


@dataclass(frozen=True)
class Result:
    """What a method must say; `value` and `score` are compared to six figures where given."""

    category: str
    reason: str = ""
    value: float | None = None
    score: float | None = None


def unable(reason: str) -> Result:
    return Result("unable", reason)


@dataclass(frozen=True)
class Example:
    """One sentence of the specification. `values` by year: a number, a censored text such as "<5", or a Row.

    `former` holds values of the same series in another unit or nature, by (unit, nature).
    """

    says: str
    values: Mapping[int, Any]
    unsd: Result
    opensdg: Result
    rule: Mapping[str, Any] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    opensdg_flags: tuple[str, ...] | None = None  # where they are not the same
    unit: str = "percent"
    nature: str = "C"
    former: Mapping[tuple[str, str], Mapping[int, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Chapter:
    """Examples about one thing, with a paragraph that leads in."""

    title: str
    text: str
    examples: tuple[Example, ...]


def observations(example: Example, series: str) -> pa.Table:
    """The example's values as observations of that series."""
    groups = {(example.unit, example.nature): example.values, **example.former}
    rows = []
    for (unit, nature), values in groups.items():
        for year, given in values.items():
            row = given if isinstance(given, Row) else Row(None if isinstance(given, str) else given)
            qualifier = given[:1] if isinstance(given, str) else ""
            rows.append(
                {
                    "dataset": "made-2026",
                    "series": series,
                    "place": PLACE,
                    "place_kind": "country",
                    "disagg": "",
                    "unit": unit,
                    "nature": nature,
                    "year": year,
                    "period": row.period or str(year),
                    "value": row.value,
                    "qualifier": given if given in ("N", "NV") else qualifier,
                    "bound": float(str(given)[1:]) if qualifier in ("<", ">") else None,
                    "break_before": row.break_before,
                    "detail": "",
                    "member": "",
                    "row": len(rows) + 1,
                }
            )
    return pa.Table.from_pylist(rows, schema=OBSERVATIONS)
