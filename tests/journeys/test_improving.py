"""Which series improve, and the strip's "n of m", worked out from the raw rows by the rules as they are written.

The rules are those of docs/reference/methods.md (UNSD Progress Chart, 2023) and the choice of the headline series. No
query and no engine is imported.
"""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.journeys.conftest import REPOSITORY, Demonstrations

pytestmark = pytest.mark.slow

CATALOGUE = REPOSITORY / "src" / "waymark" / "catalogue"
ORVENIA = CATALOGUE / "demonstrations" / "orvenia"
NATURES = ["C", "CA", "E", "G", "M", "N", "NA", ""]
BASE_YEAR, OLDEST, TARGET_YEAR = 2015, 2021, 2030

Rows = list[dict[str, str]]


def definitions() -> dict[str, dict[str, Any]]:
    texts = {path.stem: path.read_text("utf-8") for path in (CATALOGUE / "indicators").glob("*.yaml")}
    known = {code: yaml.safe_load(text) for code, text in texts.items() if "series:" in text}
    return known | {form["code"]: as_catalogued(form) for form in map(yaml.safe_load, forms())}


def forms() -> list[str]:
    """The forms of the country's own indicators."""
    return [path.read_text("utf-8") for path in sorted((ORVENIA / "indicators").glob("*.yaml"))]


def as_catalogued(form: dict[str, Any]) -> dict[str, Any]:
    """A form as the catalogue writes an indicator, with the total as headline."""
    return {
        **form,
        "series": form["code"],
        "headline": {},
        "traits": form.get("traits", []),
        "context": "",
        "target": {"value": form["target"], "year": form["target_year"], "reference": False},
        "ties": [{"objective": number} for number in form["objectives"]],
    }


def headline(rows: Rows, known: dict[str, Any]) -> list[tuple[int, float]]:
    """Years and values of the series shown: its dimensions, the nature with the latest year, country data first."""
    wanted = "|".join(sorted(f"{name}={value}" for name, value in known["headline"].items()))
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in rows:
        if row["disagg"] == wanted and row["value"] and row["value"][0] not in "<>":
            found[row["nature"]].append((int(row["year"]), float(row["value"])))
    if not found:
        return []
    nature = min(found, key=lambda name: (-max(found[name])[0], NATURES.index(name)))
    return sorted(found[nature])


def improves(points: list[tuple[int, float]], known: dict[str, Any]) -> bool | None:
    """Whether the default method sees the series improve; None when it cannot say."""
    traits = set(known["traits"])
    while "stock" in traits and points and points[0][1] == 0:
        points = points[1:]
    points = [point for point in points if point[0] >= BASE_YEAR]
    unjudged = known["direction"] == "none" or known["context"] or "growth_rate" in traits
    if unjudged or len(points) < 2 or points[-1][0] < OLDEST:
        return None
    target = known.get("target") or {}
    goal = None if not target or target["reference"] else float(target["value"])
    due = target["year"] if goal is not None else TARGET_YEAR
    sign = -1.0 if known["direction"] in ("down", "parity") else 1.0
    if known["direction"] == "parity":
        goal = max(goal or 1.0, 1 / (goal or 1.0))
        points = [(year, max(value, 1 / value)) for year, value in points]
    if "binary" in traits:
        return points[-1][1] == float(sign > 0)
    percent = known["unit"].startswith("percent")
    if goal is None:
        return by_rate(points, sign, known.get("natural_limit"), 1.0 if percent else 0.0)
    return by_target(points, sign, goal, due, 1.0 if percent and goal in (0, 100) else 0.0)


def moves_well(points: list[tuple[int, float]], known: dict[str, Any]) -> bool:
    """Whether the value itself moved the wanted way: yes and yes, or the end of a scale twice, is no improvement."""
    values = [value for year, value in points if year >= BASE_YEAR]
    first, last = values[0], values[-1]
    if known["direction"] == "parity":
        first, last = -max(first, 1 / first), -max(last, 1 / last)
    limit = known.get("natural_limit")
    if limit is not None and known["unit"].startswith("percent") and max(abs(first - limit), abs(last - limit)) <= 1:
        return False
    return last < first if known["direction"] == "down" else last > first


def at_limit(points: list[tuple[int, float]], known: dict[str, Any]) -> bool:
    """Whether a yes-or-no series had the wanted answer at both ends."""
    values = [value for year, value in points if year >= BASE_YEAR]
    return "binary" in known["traits"] and values[0] == values[-1] == float(known["direction"] == "up")


def by_rate(points: list[tuple[int, float]], sign: float, limit: float | None, room: float) -> bool | None:
    """Without a target the yearly rate decides; a series at its natural limit has nothing left to improve."""
    (start, first), (end, last) = points[0], points[-1]
    if limit is not None and all(abs(value - limit) <= room for value in (first, last)):
        return None
    if first == 0 or first * last < 0:
        return None
    return sign * ((last / first) ** (1 / (end - start)) - 1) >= 0.005 - 1e-9


def by_target(points: list[tuple[int, float]], sign: float, goal: float, due: int, near: float) -> bool | None:
    """With a target: met, or the share of the way covered when the growth goes on to the target year."""
    (start, first), (end, last) = points[0], points[-1]
    if sign * (last - goal) >= -near:
        return True
    if first in (goal, 0) or first * last < 0 or due <= start:
        return None
    if sign * (goal - first) < 0:
        return False
    projected = first * (last / first) ** ((due - start) / (end - start))
    return (projected - first) / (goal - first) >= 0.10 - 1e-9


LIMIT: set[str] = set()
"""Indicators at their limit, as `judged` finds them."""


@pytest.fixture(scope="module")
def judged() -> dict[str, bool]:
    """Indicator → whether it improves, for those that can be assessed."""
    series: dict[str, Rows] = defaultdict(list)
    with (ORVENIA / "observations.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            series[row["series"]].append(row)
    for path in (ORVENIA / "indicators").glob("*.csv"):
        for row in csv.DictReader(path.read_text("utf-8").splitlines()):
            typed = {"year": row["period"], "disagg": row["disaggregation"], "nature": "C", "value": row["value"]}
            series[row["indicator"]].append(typed)
    found = {}
    for code, known in definitions().items():
        points = headline(series[known["series"]], known)
        verdict = improves(points, known) if known.get("direction_checked", True) else None
        if verdict is not None:
            found[code] = verdict and moves_well(points, known)
            LIMIT.update({code} if at_limit(points, known) else ())
    assert len(set(found.values())) == 2
    return found


@pytest.fixture(scope="module")
def folder(demonstrations: Demonstrations) -> Path:
    return demonstrations.pages / "QOR-imrf-2026"


def test_the_series_named_as_improving_and_not(folder: Path, judged: dict[str, bool]) -> None:
    html = (folder / "index.html").read_text("utf-8")

    def named(*labels: str) -> set[str]:
        items = [html[html.index(f">{label}: <") :].split("</li>", 1)[0] for label in labels if f">{label}: <" in html]
        return {code for item in items for code in re.findall(r'href="[^"#]*#statistic-([a-z0-9_-]+)"', item)}

    better = named("Improving", "Improving, about the whole population, migrants not shown apart")
    slow, rest = named("Better, but too little for the method"), named("Worsened", "Not improving")
    assert better == {code for code, verdict in judged.items() if verdict and code not in LIMIT}
    assert slow | rest == {code for code, verdict in judged.items() if not verdict and code not in LIMIT}
    assert slow
    assert rest
    assert not slow & rest
    tree = json.loads((folder / "review.json").read_text("utf-8"))
    statistics = {one["indicator"]: one for part in tree["objectives"] for one in part["statistics"]}
    for code in slow:
        points = statistics[code]["course"]
        sign = 1 if statistics[code]["direction"] == "up" else -1
        assert sign * (points["latest_value"] - points["base_value"]) > 0, code
    assert named("At their limit") == LIMIT != set()


def test_the_numbers_below_the_strip(folder: Path, judged: dict[str, bool]) -> None:
    html = (folder / "index.html").read_text("utf-8")
    strip = html[html.index('id="strip"') :].split("</figure>", 1)[0]
    cells = re.findall(r"<tr[^>]*>(.*?)</tr>", strip, re.S)
    shown = {}
    for cell in cells:
        words = [re.sub(r"<[^>]+>", "", part).strip() for part in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", cell, re.S)]
        if words and words[0].isdigit():
            shown[int(words[0])] = words[-1].partition(";")[0]
    ties = {code: {tie["objective"] for tie in known["ties"]} for code, known in definitions().items()}
    for number in range(1, 24):
        found = [verdict for code, verdict in judged.items() if number in ties[code] and code not in LIMIT]
        assert shown[number] == (f"{sum(found)}/{len(found)}" if found else "–"), number
    tree = json.loads((folder / "review.json").read_text("utf-8"))
    assert [row["objective"] for row in tree["comparison"]] == list(range(1, 24))
    for row in tree["comparison"]:
        found = [verdict for code, verdict in judged.items() if row["objective"] in ties[code]]
        assert row["improving_now"] == [sum(found), len(found)]
