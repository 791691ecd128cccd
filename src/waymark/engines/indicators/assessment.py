"""Assessments as values: what a method says of a series, made from what was measured and the day it is read.

What was measured is kept; how old it is, is judged each time it is read. An old figure keeps its category: its age is
said beside it. Nothing here loads more than the standard library.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from waymark.engines.indicators.methods import UNABLE, Method

KEY = ("series", "place", "disagg", "unit", "nature")
"""What makes one series of one place. A change of unit or nature starts another one (a break)."""

TOO_OLD_AFTER = 5
"""Years between the latest value and the as-of date: one review cycle plus one year of publication lag (our rule)."""

OLD_FLAG = "more than five years old"
"""The remark on every series whose latest value is older than TOO_OLD_AFTER, assessed or not."""

LIMIT_FLAG = "at its limit"
"""The remark on a series without a target whose baseline and latest value stand at its natural limit (our reading)."""

ESTIMATED = ("E", "G", "M")
"""Natures (SDMX) that are estimated, monitored or modelled by an agency, not reported by the country."""

INPUTS = (
    *KEY, "direction", "target", "target_year", "base_year", "base_value", "latest_year", "latest_value", "points",
    "early", "of_baseline", "at_limit", "zeros", "last_met_year", "censored", "ranges", "break_year", "before_break",
    "leading_zeros", "latest_end",
)  # fmt: skip
"""What is known of a series once for all methods: columns of `assess.assess`."""


_CARRIED = INPUTS[: INPUTS.index("points") + 1]

LEAST_POINTS = 2
"""Values that an early baseline leaves: itself and the latest."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one method says about one series of one place, with everything it was computed from.

    `category` is a code of the method, or "unable" with a `reason` of `methods.REASONS`. `improving` is our reading of
    the category (a proposal), None when unable. `value` is the method's progress measure (`Method.measure`), `score`
    its score where it has one. Values are in the unit of the series. `flags` are short remarks to show beside it.
    `old` says that the latest value is older than TOO_OLD_AFTER: the category stands, but is not counted.
    """

    series: str
    place: str
    disagg: str
    unit: str
    nature: str
    method: str
    version: str
    category: str
    improving: bool | None
    reason: str
    base_year: int | None
    base_value: float | None
    latest_year: int | None
    latest_value: float | None
    points: int
    target: float | None
    target_year: int
    direction: str
    value: float | None
    score: float | None
    flags: tuple[str, ...]
    old: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a method says of a series, whatever its age."""

    category: str
    reason: str
    value: float | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of one series whatever the day it is read: INPUTS, and a verdict for each method."""

    inputs: Mapping[str, Any]
    verdicts: Mapping[str, Verdict]


def judged(measured: Measured, chosen: Method, as_of: date) -> Assessment:
    """What a method says on a day: its verdict, with the age that the latest value has then."""
    return assessment(measured.inputs, chosen, measured.verdicts[chosen.id], as_of)


def is_too_old(latest: int | None, as_of: date) -> bool:
    """Whether the latest value, by the year in which its period ends, lies too far back on a day."""
    return latest is not None and latest < as_of.year - TOO_OLD_AFTER


def assessment(row: Mapping[str, Any], chosen: Method, verdict: Verdict, as_of: date) -> Assessment:
    """A verdict as a record, with what it was computed from and its remarks."""
    unable = verdict.category == UNABLE
    row = _as_seen(row, chosen)
    return Assessment(
        **{name: row[name] for name in _CARRIED},
        method=chosen.id,
        version=chosen.version,
        category=verdict.category,
        improving=None if unable else chosen.category(verdict.category).improving,
        reason=verdict.reason,
        value=verdict.value,
        score=verdict.score,
        flags=flags(row, as_of=as_of, unable=unable),
        old=is_too_old(row["latest_end"], as_of),
    )


def _as_seen(row: Mapping[str, Any], chosen: Method) -> Mapping[str, Any]:
    """The inputs as a method takes them: a baseline before the baseline year only where its text has one."""
    if not row["early"]:
        return row
    if chosen.early_baseline:
        return {**row, "points": LEAST_POINTS}
    only = bool(row["points"])
    seen = {
        "early": False,
        "base_year": row["latest_year"] if only else None,
        "base_value": row["latest_value"] if only else None,
    }
    return {**row, **seen, **({"target": None, "last_met_year": None} if row["of_baseline"] else {})}


def flags(row: Mapping[str, Any], *, as_of: date, unable: bool) -> tuple[str, ...]:
    """Short remarks on one row of `assess`, in a fixed order and in plain words.

    A met target of a series that is `unable` is dated: "target met" would read like a result of the method.
    """
    met, latest = row["last_met_year"], row["latest_year"]
    reached = met is not None and met == latest
    when = f" in {met}" if unable else ""
    remarks = {
        OLD_FLAG: is_too_old(row["latest_end"], as_of),
        f"baseline of an earlier year: {row['base_year']}": row["early"],
        LIMIT_FLAG: row["at_limit"],
        f"met{when}" if unable else "target met": reached and _meets(row),
        f"within one point of the target{when}": reached and not _meets(row),
        f"{_once(row)} in {met}, lost": met is not None and latest is not None and met < latest,
        "target year passed": row["target"] is not None and latest is not None and latest > row["target_year"],
        f"break in {row['break_year']}": row["break_year"] is not None,
        f"values before the break left out: {row['before_break']}": row["before_break"] > 0,
        f"leading zeros left out: {row['leading_zeros']}": row["leading_zeros"] > 0,
        f"censored values left out: {row['censored']}": row["censored"] > 0,
        f"zero values: {row['zeros']}": row["zeros"] > 0,
        f"estimated values: {row['points']}": row["nature"] in ESTIMATED and row["points"] > 0,
        "year range, first year used": row["ranges"],
    }
    return tuple(words for words, said in remarks.items() if said)


def _once(row: Mapping[str, Any]) -> str:
    """How a target counted as met in an earlier year: one of 0 or 100 counts from a point away."""
    return "met or within one point" if row["target"] in (0, 100) and row["direction"] != "parity" else "met"


def _meets(row: Mapping[str, Any]) -> bool:
    """Whether the latest value meets the target itself, not only to within a point of 0 or 100."""
    value, target = row["latest_value"], row["target"]
    if row["direction"] == "parity":
        return True
    return bool(value >= target if row["direction"] == "up" else value <= target)
