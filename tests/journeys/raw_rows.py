"""The figures of a review worked out from the rows of its sources, by the rules as they are written.

No query and no engine is imported: definitions, totals and manifests are read from their files, rows as plain values.
"""

import csv
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from tests.journeys.pages import whole

REPOSITORY = Path(__file__).parents[2]
CATALOGUE = REPOSITORY / "src" / "waymark" / "catalogue"
NATURES = ["C", "CA", "E", "G", "M", "N", "NA", ""]
BASE_YEAR = 2015
EVEN = 50.0

Row = dict[str, Any]
Known = Mapping[str, Any]


def definitions() -> dict[str, dict[str, Any]]:
    """The catalogue's definitions, by code."""
    texts = {path.stem: path.read_text("utf-8") for path in (CATALOGUE / "indicators").glob("*.yaml")}
    return {code: yaml.safe_load(text) for code, text in texts.items() if "series:" in text}


def bundled(place: str) -> dict[str, list[Row]]:
    """The rows of the bundled table for a place, by series."""
    table = pq.read_table(CATALOGUE / "observations" / "observations.parquet", filters=[("place", "=", place)])
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        found[row["series"]].append(row)
    return found


def bundled_manifests() -> dict[str, dict[str, Any]]:
    """What is known of the bundled datasets, by id."""
    folder = CATALOGUE / "observations" / "manifests"
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def statistics(review: Path) -> dict[str, dict[str, Any]]:
    """The statistics that a built review holds, by indicator."""
    tree = json.loads((review / "review.json").read_text("utf-8"))
    return {one["indicator"]: one for objective in tree["objectives"] for one in objective["statistics"]}


def sources(review: Path) -> dict[str, dict[str, Any]]:
    """The numbered sources of a review, by key."""
    return {one["key"]: one for one in json.loads((review / "review.json").read_text("utf-8"))["sources"]}


def named(pairs: Iterable[tuple[str, str]]) -> str:
    """Dimensions and values as the column `disagg` writes them."""
    return "|".join(sorted(f"{name}={value}" for name, value in pairs))


def headline(rows: Sequence[Row], known: Known, newest: Sequence[str], last_year: int) -> list[Row]:
    """The rows that the review must show: those of the headline, one per year, else complete sums of the parts."""
    wanted = named(known["headline"].items())
    up_to = [row for row in rows if row["year"] <= last_year]
    fit = [row for row in up_to if row["disagg"] == wanted] + sums(up_to, known, wanted)
    if any(row["unit"] == known["unit"] for row in fit):
        fit = [row for row in fit if row["unit"] == known["unit"]]
    kinds: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in fit:
        kinds[row["unit"], row["nature"]].append(row)
    if not kinds:
        return []
    best = min(kinds, key=lambda kind: (-latest(kinds[kind]), NATURES.index(kind[1]), kind))
    years: dict[int, list[Row]] = defaultdict(list)
    for row in kinds[best]:
        years[row["year"]].append(row)
    return [first(years[year], newest) for year in sorted(years)]


def latest(rows: Sequence[Row]) -> int:
    """The last year with a number or a bound."""
    return max((row["year"] for row in rows if row["value"] is not None or row["bound"] is not None), default=0)


def first(rows: Sequence[Row], newest: Sequence[str]) -> Row:
    """Of several rows of a year that of the newest dataset; there the whole year before a span, a part last."""

    def order(row: Row) -> tuple[int, int]:
        whole = row["period"] == str(row["year"])
        span = re.fullmatch(r"\d{4}-\d{4}", row["period"]) is not None
        return newest.index(row["dataset"]), 0 if whole else 1 if span else 2

    return min(rows, key=order)


def sums(rows: Sequence[Row], known: Known, wanted: str) -> list[Row]:
    """The totals that the source does not give: only where every part is there as a number, from one dataset."""
    parts = known.get("parts") or {}
    if not parts:
        return []
    names = [named([*known["headline"].items(), *zip(parts, one, strict=True)]) for one in product(*parts.values())]
    given = {(row["unit"], row["year"]) for row in rows if row["disagg"] == wanted}
    groups: dict[tuple[Any, ...], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row["disagg"] in names and (row["unit"], row["year"]) not in given and row["value"] is not None:
            groups[row["dataset"], row["unit"], row["nature"], row["year"], row["period"]][row["disagg"]] = row
    return [
        {**found[names[0]], "disagg": wanted, "value": sum(row["value"] for row in found.values())}
        for found in groups.values()
        if len(found) == len(names)
    ]


def figures(rows: Sequence[Row], known: Known) -> list[tuple[Any, ...]]:
    """Year, period, value, sign, bound, nature and row of each figure; zeros before a stock's first number are none."""
    never = not any(row["value"] for row in rows) and any(row["nature"] in ("C", "CA") for row in rows)
    found, begun = [], "stock" not in known["traits"] or never
    for row in rows:
        begun = begun or bool(row["value"])
        value = row["value"] if begun else None
        sign = row["qualifier"] if begun else "filled with zero"
        found.append((row["year"], row["period"], value, sign, row["bound"], row["nature"], row["row"]))
    return found


def newest_first(manifests: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Dataset ids, the one released last first; one of unknown release is as new as its last year."""
    released = {
        name: str(one["years"][1]) if one["released"] == "unknown" else one["released"]
        for name, one in manifests.items()
    }
    return sorted(released, key=lambda name: (released[name], name), reverse=True)


def shown(statistic: Known) -> list[tuple[Any, ...]]:
    """The figures of a statistic as the review holds them."""
    names = ("year", "period", "value", "qualifier", "bound", "nature", "row")
    return [tuple(seen[name] for name in names) for seen in statistic["observations"]]


def wrong_course(statistic: Known, known: Known) -> list[str]:
    """What the review says of the way of its numbers that the numbers do not say."""
    points = [(seen["year"], seen["value"]) for seen in statistic["observations"] if seen["value"] is not None]
    course = statistic["course"]
    if not points or course is None:
        return [] if not points and course is None else ["a course without numbers, or numbers without a course"]
    broken = [int(flag[-4:]) for flag in statistic["assessments"][0]["flags"] if flag.startswith("break in ")]
    points = [point for point in points if not broken or point[0] >= broken[0]]
    base = base_of(points)
    said = {
        "latest": (points[-1], (course["latest_year"], course["latest_value"])),
        "base": (base or (None, None), (course["base_year"], course["base_value"])),
        "previous": (
            points[-2] if len(points) > 1 else (None, None),
            (course["previous_year"], course["previous_value"]),
        ),
        "since base": (way(base, points[-1]), course["since_base"]),
        "last step": (way(points[-2] if len(points) > 1 else None, points[-1]), course["last_step"]),
    }
    faults = [
        f"{name}: {of} is said, the rows say {is_}"
        for name, (is_, of) in said.items()
        if is_ != of and not (of == "none" and name in ("since base", "last step") and alike(is_, name, base, points))
    ]
    return (
        faults
        + wrong_turn(course, base, points, statistic["unit"])
        + wrong_movement(statistic, known, base, points[-1])
    )


def base_of(points: Sequence[tuple[int, float]]) -> tuple[int, float] | None:
    """The first value since 2015 where another one follows, else the one before the latest; None for a lone value."""
    since = [point for point in points if point[0] >= BASE_YEAR]
    if len(since) > 1:
        return since[0]
    return points[-2] if len(points) > 1 else None


def alike(_way: str, name: str, base: tuple[int, float] | None, points: Sequence[tuple[int, float]]) -> bool:
    """Whether a step is too small to show: less than a thousandth of the larger figure."""
    start = base if name == "since base" else points[-2]
    return start is not None and abs(points[-1][1] - start[1]) <= 0.001 * max(abs(points[-1][1]), abs(start[1]), 1)


def way(start: tuple[int, float] | None, end: tuple[int, float]) -> str:
    if start is None:
        return ""
    return "none" if start[1] == end[1] else "rise" if end[1] > start[1] else "fall"


def wrong_turn(
    course: Known, base: tuple[int, float] | None, points: Sequence[tuple[int, float]], unit: str
) -> list[str]:
    """What is named is the end of the whole way where the last step goes against it, else the figure furthest outside.

    Either is named only from a twentieth of the largest figure on, or, of percentages, from one point on.
    """
    if base is None:
        return [] if course["turned_in"] is None else ["a turn without a base"]
    values = [value for year, value in points if year >= base[0]]
    low, high = sorted((base[1], points[-1][1]))
    over, under = (max(values) - high, max(values)), (low - min(values), min(values))
    tried = [over, under] if over[0] == under[0] else [max(over, under)]
    if {course["since_base"], course["last_step"]} == {"rise", "fall"}:
        tried.insert(0, over if course["since_base"] == "rise" else under)
    least = 1.0 if unit.startswith("percent") else float("inf")
    worth = [
        value for out, value in tried if out > 0 and out >= min(0.05 * max(abs(low), abs(high), abs(value)), least)
    ]
    if course["turned_at"] is None and not worth:
        return []
    named = worth if over[0] == under[0] else worth[:1]
    return [] if course["turned_at"] in named else [f"turned at {course['turned_at']}, the rows say {worth}"]


def wrong_movement(statistic: Known, known: Known, base: tuple[int, float] | None, end: tuple[int, float]) -> list[str]:
    """Better and worse follow from the definition's direction; at both ends of a scale nothing is better."""
    said, direction = statistic["course"]["movement"], known["direction"]
    means = (
        known.get("direction_checked", True) and "named_only" not in known["traits"]
    )  # one answer alone shows no way
    direction = direction if means else "none"
    if base is None or direction == "none":
        return [] if said == "" else [f"{said!r} without a base or a direction"]
    first, last = base[1], end[1]
    if said == "at its limit":
        limit = float(direction == "up") if "binary" in known["traits"] else known["natural_limit"]
        near = 1.0 if known["unit"].startswith("percent") else 0.0
        return [] if all(abs(value - limit) <= near for value in (first, last)) else ["not at its limit"]
    if said == "unchanged":
        return [] if abs(first - last) <= 0.001 * max(abs(first), abs(last), 1) else ["not unchanged"]
    if "even_split" in known["traits"]:
        first, last = abs(first - EVEN), abs(last - EVEN)
    elif direction == "parity":
        first, last = max(first, 1 / first), max(last, 1 / last)
    better = last > first if direction == "up" else last < first
    return [] if said == ("improved" if better else "worsened") else [f"{said!r} from {first} to {last}"]


def totals() -> set[tuple[str, str]]:
    """Values of dimensions that mean no breakdown."""
    with (CATALOGUE / "indicators" / "totals.csv").open(encoding="utf-8") as lines:
        return {(row["dimension"], row["value"]) for row in csv.DictReader(lines)}


def sentence(page: str, indicator: str) -> str:
    """The words of a statistic: of its item in a list, else of the paragraph after its heading."""
    after = page[page.index(f'id="statistic-{indicator}"') :]
    item = page.find(f'<li id="statistic-{indicator}"')
    paragraph = re.search(r"<(p|li)[^>]*>(.*?)</\1>", page[item:] if item >= 0 else after, re.S)
    assert paragraph is not None, indicator
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", paragraph[2])).strip()


def faults_of(review: Path, rows: Mapping[str, Sequence[Row]], manifests: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Everything in which a built review and the rows of its sources differ, indicator by indicator."""
    known, held, cited = definitions(), statistics(review), sources(review)
    last_year = int(json.loads((review / "review.json").read_text("utf-8"))["as_of"][:4])
    page = whole(review)
    newest, faults = newest_first(manifests), []
    for code, definition in known.items():
        own = fitting(rows, definition["series"], newest, manifests)
        expected = headline(own, definition, newest, last_year)
        statistic = held.get(code)
        due = bool(expected) and definition.get("direction_checked", True)  # what nobody checked is held, not shown
        if not due or statistic is None:
            faults += [f"{code}: held {statistic is not None}, rows {len(expected)}"] * (due != (statistic is not None))
            continue
        said = [
            f"{was} in the review, {due} in the rows"
            for was, due in zip(shown(statistic), figures(expected, definition), strict=False)
            if was != due
        ]
        said += ["other years"] * (len(shown(statistic)) != len(expected))
        said += ["another unit"] * (
            statistic["unit"] != expected[-1]["unit"] and statistic["unit"] != definition["unit"]
        )
        said += wrong_words(statistic, definition, sentence(page, code))
        said += wrong_sources(statistic, expected, cited, manifests)
        said += wrong_course(statistic, definition)
        said += wrong_parts(statistic, rows[definition["series"]], definition, manifests, last_year)
        faults += [f"{code}: {one}" for one in said]
    return faults


def fitting(
    rows: Mapping[str, Sequence[Row]], series: str, newest: Sequence[str], manifests: Mapping[str, Mapping[str, Any]]
) -> list[Row]:
    """The rows of a series; of a share or a change those whose total is shown from the same release."""
    with (CATALOGUE / "indicators" / "derived.csv").open(encoding="utf-8") as lines:
        base, rule = {row["series"]: (row["base"], row["rule"]) for row in csv.DictReader(lines)}.get(
            series, (None, "")
        )
    own = [row for row in rows.get(series, ()) if not of_a_part(row, manifests[row["dataset"]])]
    if base is None:
        return own

    def release(row: Row) -> tuple[str, ...]:
        known = manifests[row["dataset"]]
        return tuple(known[name] for name in ("publisher", "dataset", "released"))

    years: dict[int, list[Row]] = defaultdict(list)
    for row in rows.get(base, ()):
        if not row["disagg"] and not of_a_part(row, manifests[row["dataset"]]):
            years[row["year"]].append(row)
    total = {year: release(first(found, newest)) for year, found in years.items()}
    kept = [row for row in own if total.get(row["year"], release(row)) == release(row)]
    have = {row["year"] for row in kept if not row["disagg"]}
    totals = {year: first(found, newest) for year, found in years.items()}
    made = [computed(rule, row, rows.get(base, ()), series, base) for year, row in totals.items() if year not in have]
    return kept + [row for row in made if row is not None]


def computed(rule: str, total: Row, rows: Sequence[Row], series: str, base: str) -> Row | None:
    """A share or a change worked out from the rows of the dataset of the total, None where it lacks a part."""
    own = [row for row in rows if row["dataset"] == total["dataset"] and row["value"] is not None]
    again = {"series": series, "unit": "percent", "disagg": "", "from": base}
    if rule.startswith("share:"):
        part = next((r for r in own if r["disagg"] == rule[6:] and r["year"] == total["year"]), None)
        return part and {**part, **again, "value": 100 * part["value"] / total["value"]}
    after = sorted((r for r in own if not r["disagg"] and r["year"] > total["year"]), key=lambda r: int(r["year"]))
    if rule != "yearly change" or not after:
        return None
    span = after[0]["year"] - total["year"]
    value = 100 * math.log(after[0]["value"] / total["value"]) / span
    return {**total, **again, "period": f"{total['year']}-{after[0]['year']}", "value": value}


def of_a_part(row: Row, manifest: Mapping[str, Any]) -> bool:
    """Whether a whole year is claimed that ends after the month to which its file is complete."""
    end = manifest["complete_to"]
    return bool(end) and row["period"] == str(row["year"]) and f"{row['year']}-12" > end[:7]


def wrong_parts(
    statistic: Known, rows: Sequence[Row], known: Known, manifests: Mapping[str, Mapping[str, Any]], last_year: int
) -> list[str]:
    """Where figures of a part of a year are lacking that come after every whole one, or others are said."""
    last = statistic["observations"][-1]["year"]
    due = {
        (row["year"], row["value"], end if end[:4] == str(row["year"]) else "")
        for row in rows
        if of_a_part(row, manifests[row["dataset"]]) and last < row["year"] <= last_year
        if row["disagg"] == named(known["headline"].items()) and row["value"] is not None
        if row["value"] or statistic["observations"][-1]["qualifier"] != "filled with zero"
        for end in [manifests[row["dataset"]]["complete_to"]]
    }
    said = {(seen["year"], seen["value"], until) for until, seen in statistic["parts"]}
    return [] if said == due else [f"parts of years {said}, the rows say {due}"]


def wrong_words(statistic: Known, known: Known, words: str) -> list[str]:
    """Where the slice of a headline, the unit or the direction is not said, or another one is."""
    faults = []
    if statistic["disagg"] != named(known["headline"].items()):
        faults.append(f"disagg {statistic['disagg']!r}")
    if statistic["direction"] != known["direction"]:
        faults.append(f"direction {statistic['direction']!r}")
    window = known.get("window", "")
    last = f"in the {window} to {statistic['observations'][-1]['year']}"
    if not words.startswith(
        statistic["title"].replace(f"in the last {window}", last) if window else statistic["title"]
    ):
        faults.append(f"the sentence does not begin with the title: {words}")
    if bool(known["headline"]) != bool(statistic["slice"]):
        faults.append(f"slice {statistic['slice']!r}")
    for place in ("title", "short", "axis"):
        if statistic["slice"].casefold() not in statistic[place].casefold():
            faults.append(f"{place} does not name {statistic['slice']!r}")
    if statistic["added_up"] and "[" not in words:
        faults.append("a sum without its mark")
    if statistic["target"] is None and re.search(r"target (met|achieved)|“[^”]*\btarget\b", words, re.IGNORECASE):
        faults.append(f"a target that nobody states: {words}")
    return faults


def wrong_sources(
    statistic: Known, expected: Sequence[Row], cited: Known, manifests: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Where a figure cites another dataset than its row is from, or the source differs from the manifest."""
    faults = []
    for seen, row in zip(statistic["observations"], expected, strict=False):
        source, manifest = cited[seen["source"]], manifests[row["dataset"]]
        pairs = [(source[name], manifest[name]) for name in ("publisher", "title", "sha256", "licence", "retrieved")]
        if source["series"] != row.get("from", statistic["series"]) or any(said != known for said, known in pairs):
            faults.append(f"{seen['year']} cites {seen['source']}, its row is from {row['dataset']}")
    return faults
