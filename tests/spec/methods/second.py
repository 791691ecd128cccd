"""A second writing of both methods, one series at a time in plain Python, from their texts and from nothing of ours.

It shares no code with what it checks: it reads the bundled observations and the definitions from their files. Texts:
the Basque statistics office's account of the UN Progress Chart of 2023 (EUSTAT-DES/site, _pages/en/metodologia.md,
10f3c702), and Open SDG's methodology with its code (open-sdg/open-sdg, docs/progress-methodology.md, 26d2e387;
open-sdg/sdg-build, sdg/ProgressMeasure.py, 139fede7). Rules of ours are named in OURS; each can be left out, which
tells how many series it changes.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import yaml

CATALOGUE = Path(__file__).parents[3] / "src" / "waymark" / "catalogue"
KEY = ("series", "place", "disagg", "unit", "nature")
OURS = (
    "context", "breaks", "fillers", "censored", "early", "parity", "steps", "lost", "negative", "time", "sides",
    "rounding",
)  # fmt: skip
"""The rules of ours: what each does stands beside the method's sources."""
UNABLE = "unable"
OLD_BEFORE = 2026 - 5
Said = tuple[str, str]
"""Category and reason; one of them is "" or "unable"."""


@dataclass(frozen=True)
class Rule:
    """What a definition says of a series."""

    direction: str
    target: float | None = None
    target_year: int = 2030
    of_baseline: bool = False
    even: float | None = None
    baseline_year: int = 2015
    percent: bool = False
    limit: float | None = None
    binary: bool = False
    categorical: bool = False
    growth_rate: bool = False
    stock: bool = False

    @property
    def sign(self) -> int:
        """The direction wanted: 1 more, -1 less (parity: less distance)."""
        return 1 if self.direction == "up" else -1


def definitions() -> dict[str, Rule]:
    """The rule of each series of the catalogue, from its YAML."""
    found = {}
    for path in sorted((CATALOGUE / "indicators").glob("*.yaml")):
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.stem == "questions":
            continue
        traits, stated = given["traits"], given["target"]
        stated = {} if stated is None or stated["reference"] else stated  # a global reference binds no country
        means = given.get("direction_checked", True) and "named_only" not in traits  # one answer alone shows no way
        found[given["series"]] = Rule(
            direction=given["direction"] if means else "none",
            target=stated.get("value"),
            target_year=stated.get("year", 2030),
            of_baseline=stated.get("relation") == "of baseline",
            even=50.0 if "even_split" in traits else None,
            baseline_year=given["baseline"]["year"],
            percent=given["unit"].startswith("percent"),
            limit=given["natural_limit"],
            binary="binary" in traits,
            categorical="categorical" in traits,
            growth_rate="growth_rate" in traits,
            stock="stock" in traits,
        )
    return found


@dataclass(frozen=True)
class Series:
    """The rows of one key, one a year; `since` is the first year of the present way of counting, 0 without a break."""

    rows: tuple[Mapping[str, Any], ...]
    since: int
    changed: bool


def bundled() -> pa.Table:
    """The bundled observations."""
    return pq.read_table(CATALOGUE / "observations" / "observations.parquet")


def series_of(table: pa.Table, wanted: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Series]]:
    """Every key of the wanted series, with its breaks."""
    names = set(wanted)
    columns = ("dataset", *KEY, "year", "period", "value", "bound", "break_before", "member", "row")
    rows = table.filter(pc.is_in(table["series"], pa.array(sorted(names), pa.string()))).select(columns).to_pylist()
    rows.sort(key=lambda row: tuple(row[name] for name in KEY))
    keyed = {key: _one_a_year(group) for key, group in groupby(rows, lambda row: tuple(row[name] for name in KEY))}
    spans: dict[tuple[str, ...], dict[tuple[str, ...], tuple[int, int]]] = {}
    for row in rows:
        if row["value"] is not None:
            key = tuple(row[name] for name in KEY)
            first, last = spans.setdefault(key[:3], {}).get(key[3:], (row["year"], row["year"]))
            spans[key[:3]][key[3:]] = (min(first, row["year"]), max(last, row["year"]))
    marked: dict[tuple[str, ...], int] = {}
    for row in rows:
        if row["break_before"]:
            key = tuple(row[name] for name in KEY)
            marked[key] = max(row["year"], marked.get(key, 0))
    for key, found in keyed.items():
        change = _changed(key[3:], spans.get(key[:3], {}))
        yield key, Series(found, max(marked.get(key, 0), change), change > 0)


def _one_a_year(rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Of several rows of a year: the later dataset by its id, the whole year before a span before a part."""
    best: dict[int, Mapping[str, Any]] = {}
    ordered = sorted(rows, key=lambda row: (row["member"], row["row"]))
    ordered.sort(key=lambda row: str(row["period"]), reverse=True)
    ordered.sort(key=lambda row: 0 if row["period"] == str(row["year"]) else 1 if _span(row["period"]) else 2)
    ordered.sort(key=lambda row: str(row["dataset"]), reverse=True)
    for row in ordered:
        best.setdefault(row["year"], row)
    return tuple(best[year] for year in sorted(best))


def _span(period: str) -> bool:
    first, _, last = period.partition("-")
    return len(first) == len(last) == 4 and (first + last).isdigit()


def _changed(own: tuple[str, ...], spans: Mapping[tuple[str, ...], tuple[int, int]]) -> int:
    """The year in which this unit and nature took the place of another that had ended; 0 for none."""
    if own not in spans:
        return 0
    start = spans[own][0]
    if any(first < start <= last for first, last in spans.values()):
        return 0
    return start if any(last < start for _, last in spans.values()) else 0


@dataclass(frozen=True)
class Numbers:
    """The numbers of a series that count, by year in order; what was left out; the rule."""

    all: list[tuple[int, float]]
    rule: Rule
    broken: bool
    break_year: int
    changed: bool
    censored: bool

    @property
    def recent(self) -> list[tuple[int, float]]:
        """From the baseline year on."""
        return [pair for pair in self.all if pair[0] >= self.rule.baseline_year]


def numbers(series: Series, rule: Rule, without: str = "") -> Numbers:
    """What both methods go by."""
    pairs = [(row["year"], row["value"]) for row in series.rows]
    if without == "censored":
        pairs = [(row["year"], row["bound"] if row["value"] is None else row["value"]) for row in series.rows]
    real = [(year, value) for year, value in pairs if value is not None and abs(value) <= 1e300]
    since, filled = (0 if without == "breaks" else series.since), 0
    positive = next((year for year, value in real if value > 0), 0)
    if rule.stock and without != "fillers" and any(value == 0 and year < positive for year, value in real):
        filled = positive
    kept = [(year, value) for year, value in real if year >= max(since, filled)]
    return Numbers(
        all=kept,
        rule=rule,
        broken=filled <= since and any(year < since for year, _ in real),
        break_year=since,
        changed=series.changed and without != "breaks",
        censored=any(value is None or abs(value) > 1e300 for year, value in pairs if year >= rule.baseline_year),
    )


def _distance(value: float, rule: Rule, without: str) -> float | None:
    """A value as the methods take it: for parity, how far it is from parity; None for a ratio without inverse."""
    if rule.direction != "parity" or without == "parity":
        return value
    if rule.even is not None:
        return rule.even + abs(value - rule.even)
    return max(value, 1 / value) if value > 0 else None


def _goal(rule: Rule, base: float | None, without: str) -> float | None:
    """The target in the terms of `_distance`; None where there is none."""
    if rule.direction == "parity":
        given = (rule.even or 1.0) if rule.target is None else rule.target
        if without == "parity":
            return given
        return rule.even + abs(given - rule.even) if rule.even is not None else max(given, 1 / given)
    if rule.binary and rule.target is None:
        return 1.0 if rule.direction == "up" else 0.0
    if rule.of_baseline and rule.target is not None:
        return None if base is None else rule.target * base
    return rule.target


def _reaches(value: float, threshold: float, without: str) -> bool:
    return value >= threshold - (0 if without == "rounding" else 1e-9)


def _few(found: Numbers, *, all_years: bool) -> str:
    """Why fewer than two values count."""
    since = all_years or found.break_year > found.rule.baseline_year
    if (found.broken or found.changed) and since:
        return "break"
    if found.censored or not found.all:
        return "censored"
    return "one point" if all_years or found.recent else "no baseline from 2015"


def _rate(start: float, end: float, years: int) -> float | None:
    """The compound annual growth rate; None for a change of sign."""
    return (end / start) ** (1 / years) - 1 if start and end / start >= 0 else None


def unsd(series: Series, rule: Rule, without: str = "") -> Said:
    """The Progress Chart of 2023, as EUSTAT applies it."""
    if rule.direction == "none" and without != "context":
        return UNABLE, "direction none"
    if rule.growth_rate:
        return UNABLE, "growth rate needs expert judgement"
    found = numbers(series, rule, without)
    base = _unsd_baseline(found, without)
    latest = found.all[-1] if found.all else None
    if latest is None or (base is None and rule.of_baseline):
        return UNABLE, _few(found, all_years=True)
    y0, y = (None if pair is None else _distance(pair[1], rule, without) for pair in (base, latest))
    goal = _goal(rule, base[1] if base else None, without)
    if without == "parity" and rule.direction == "parity":
        if base is None and y != goal:
            return UNABLE, _few(found, all_years=True)
        rule = replace(rule, direction="up" if (y0 or 0.0) < (goal or 0.0) else "down")  # from the baseline's side
    near = 1.0 if rule.percent and goal in (0.0, 100.0) and not rule.of_baseline and rule.direction != "parity" else 0.0
    near = near if (goal == 100.0) == (rule.direction == "up") else 0.0
    if goal is not None and y is not None and rule.sign * (y - goal) >= -near:
        return "on track", ""
    if rule.binary:
        return "stagnation", ""
    if base is None:
        return UNABLE, _few(found, all_years=True)
    if goal is not None and y0 is not None and rule.sign * (goal - y0) <= 0 and without != "lost":
        return "stagnation", ""
    return _unsd_trend(rule, (base[0], y0), (latest[0], y), goal, without)


def _unsd_baseline(found: Numbers, without: str) -> tuple[int, float] | None:
    """2015, else the first available year after or before that leaves two values."""
    if len(found.recent) > 1:
        return found.recent[0]
    if without == "early" and found.recent and found.recent[0][0] == found.rule.baseline_year:
        return None
    return found.all[-2] if len(found.all) > 1 else None


def _unsd_trend(
    rule: Rule, first: tuple[int, float | None], last: tuple[int, float | None], goal: float | None, without: str
) -> Said:
    """The class by the projected share of the way, or by the growth rate."""
    (b, v_b), (t, v_t) = first, last
    if rule.categorical and without != "steps":
        return UNABLE, "steps without a rate"
    if v_b is None or v_t is None:
        return UNABLE, "ratio not above zero"
    if v_b == 0:
        return UNABLE, "baseline zero"
    rate = _rate(v_b, v_t, t - b)
    if rate is None:
        return UNABLE, "sign changes"
    if goal is None:
        wanted = rule.sign * rate * (-1 if v_b < 0 and without != "negative" else 1)
        cuts = ((0.02, "on track"), (0.005, "fair"))
        return next((name for cut, name in cuts if _reaches(wanted, cut, without)), "stagnation"), ""
    if rule.target_year <= b and without != "time":
        return UNABLE, "target year before baseline"
    if goal == v_b:
        return UNABLE, ""
    try:
        expected = v_t * (1 + rate) ** (rule.target_year - t) if v_t else 0.0
    except OverflowError:
        expected = math.copysign(math.inf, v_t)
    covered = (expected - v_b) / (goal - v_b)
    cuts = ((0.95, "on track"), (0.10, "fair"))
    return next((name for cut, name in cuts if _reaches(covered, cut, without)), "stagnation"), ""


def opensdg(series: Series, rule: Rule, without: str = "") -> Said:
    """Open SDG 2.4, after Statistics Canada. Parity stands in its own text."""
    without = "" if without == "parity" else without
    if rule.direction == "none" and without != "context":
        return UNABLE, "direction none"
    if rule.growth_rate:
        return UNABLE, "growth rate needs expert judgement"
    found = numbers(series, rule, without)
    recent = found.recent
    if not recent:
        return UNABLE, _few(found, all_years=False)
    base = recent[0]
    y0, y = (_distance(value, rule, without) for value in (base[1], recent[-1][1]))
    goal = _goal(rule, base[1] if len(recent) > 1 else None, without)
    goal = 0.001 if goal == 0 else goal
    if goal is not None and y is not None and rule.sign * (y - goal) >= 0:
        return "achieved", ""
    steps = rule.binary or (rule.categorical and without != "steps")
    if steps and goal is not None:
        return "not achieved", ""
    if len(recent) < 2:
        return UNABLE, _few(found, all_years=False)
    if steps:
        return UNABLE, "steps without a rate"
    if y0 is None or y is None:
        return UNABLE, "ratio not above zero"
    return _opensdg_trend(rule, (base[0], y0), (recent[-1][0], y), goal, without)


def _opensdg_trend(
    rule: Rule, first: tuple[int, float], last: tuple[int, float], goal: float | None, without: str
) -> Said:
    """The class by the ratio of the growth rates, or by the growth rate and the natural limit."""
    (t0, y0), (ti, yi) = first, last
    shrink = 1.0
    if goal is None and rule.limit is not None and abs(y0) < 2 * abs(rule.limit):
        far, limit = abs(y0), abs(rule.limit)
        shrink = 1 - ((far if far <= limit else 2 * limit - far) / limit) ** 4.44
    y0 = y0 or 0.001
    if goal is not None and goal == y0:
        return "deterioration", ""
    if y0 * yi < 0 or (goal is not None and y0 * goal < 0 and without != "sides"):
        return UNABLE, "sign changes"
    if goal is not None and rule.target_year <= t0 and (without != "time" or rule.target_year == t0):
        return UNABLE, "target year before baseline"
    rate = _rate(y0, yi, ti - t0)
    assert rate is not None
    value = (-1 if y0 < 0 else 1) * rule.sign * rate
    if goal is not None:
        value /= abs(complex(goal / y0) ** (1 / (rule.target_year - t0)) - 1)
    cuts = (0.95, 0.60, 0.0) if goal is not None else (0.015 * shrink, 0.005 * shrink, 0.0)
    names = ("on track", "moderate", "limited")
    found = (name for cut, name in zip(cuts, names, strict=True) if _reaches(value, cut, without))
    return next(found, "deterioration"), ""


METHODS = {"unsd-progress-chart-2023": unsd, "opensdg-2.4": opensdg}


def say(
    keys: Iterable[tuple[tuple[str, ...], Series]], rules: Mapping[str, Rule], without: str = ""
) -> dict[tuple[str, ...], dict[str, Said]]:
    """What each method says of every key, without one of the rules of ours where it is named."""
    return {
        key: {name: method(series, rules[key[0]], without) for name, method in METHODS.items()} for key, series in keys
    }


def changed(
    keys: Iterable[tuple[tuple[str, ...], Series]],
    rules: Mapping[str, Rule],
    written: Mapping[tuple[str, ...], Mapping[str, Said]],
    rule: str,
) -> dict[str, int]:
    """How many of the keys get another result without one of the rules of ours, by method."""
    other = say(keys, rules, rule)
    return {name: sum(written[key][name] != found[name] for key, found in other.items()) for name in METHODS}


def old(
    keys: Iterable[tuple[tuple[str, ...], Series]], written: Mapping[tuple[str, ...], Mapping[str, Said]]
) -> dict[str, int]:
    """How many have a category although their latest number is more than five years old in 2026, by method."""
    latest = {
        key: max((row["year"] for row in one.rows if row["value"] is not None), default=9999) for key, one in keys
    }
    aged = [key for key, year in latest.items() if year < OLD_BEFORE]
    return {name: sum(written[key][name][0] != UNABLE for key in aged) for name in METHODS}
