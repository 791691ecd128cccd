"""Every total that a review prints, counted again from the rows of its data without any query or paper."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tests.journeys.pages import Page

Tree = Mapping[str, Any]

STATES = ("completed", "under_way", "agreed", "proposed", "dropped", "superseded")
STATUSES = ("completed", "acted on", "planned", "dropped", "open")
VOICES = ("implementer", "secretariat", "civil_society")
ENDED = ("completed", "dropped", "superseded")


def totals(items: list[Tree], as_of: str) -> list[int]:
    """How many commitments, by state, and how many of them are overdue."""
    states = Counter(item["state"] for item in items)
    late = sum(item["state"] not in ENDED and "" < item["due"] < as_of for item in items)
    return [len(items), *(states[state] for state in STATES if states[state]), *([late] if late else [])]


def reports(items: list[Tree]) -> list[int]:
    """Reports due; missing, by kind where there are several; handed in and not accepted; excused: each where it is."""
    names = ("due", "missing", "returned", "in_time", "waiting", "excused")
    due, missing, returned, in_time, waiting, excused = (sum(i[f"reports_{name}"] for i in items) for name in names)
    kinds = [number for number in (missing - returned - in_time, in_time, returned) if number]
    found = [missing, *(kinds if len(kinds) > 1 else []), waiting, excused]
    return [due, *(number for number in found if number)]


def each_once(tree: Tree) -> list[Tree]:
    """The commitments of all objectives, each once."""
    return list({item["urn"]: item for one in tree["objectives"] for item in one["commitments"]}.values())


def statuses(rows: list[Tree]) -> list[int]:
    """Recommendations by what became of them, from the states of the commitments that answer each."""
    found: Counter[str] = Counter()
    for row in rows:
        states = {state for _, _, state in row["commitments"]}
        going = states - {"dropped", "superseded"}
        begun = "acted on" if going & {"under_way", "completed"} else "planned" if "agreed" in going else "open"
        found["dropped" if states and not going else "completed" if going == {"completed"} else begun] += 1
    return [found[status] for status in STATUSES if found[status]]


def numbers(page: Page, section: str) -> list[int]:
    """The counts that a page prints under a heading, in their order."""
    return [int(value.value) for value in page.under(section, "count") if value.value.isdigit()]


def holds(found: list[int], part: list[int]) -> bool:
    """Whether numbers stand one after the other among others."""
    return any(found[start : start + len(part)] == part for start in range(len(found)))


def check_numbers(tree: Tree, page: Page) -> None:
    items, counted = each_once(tree), numbers(page, "numbers")
    advice = [len(tree["recommendations"]), *statuses(tree["recommendations"])]
    series = {s["indicator"]: s for one in tree["objectives"] for s in one["statistics"]}
    judged = [s for s in series.values() if not s["context"] and first(s).get("improving") is not None]
    able = [s for s in judged if not first(s)["old"]]
    better = [s for s in able if first(s)["improving"]]
    if items:
        states = totals(items, "")
        late = sum(i["state"] not in ENDED and "" < i["due"] < tree["as_of"] for i in items)
        assert counted[: len(states) + 1] == [*states, late]
        assert holds(counted, reports(items))
    limit = [s for s in able if s not in better and first(s)["movement"] == "at its limit"]
    moving = [len(better), len(able) - len(limit)] if len(able) > len(limit) else []
    assert holds(counted, [*moving, *([len(limit)] if limit else [])])
    if tree["recommendations"]:
        assert holds(counted, advice)
        assert numbers(page, "follow-up")[: len(advice)] == advice


def first(statistic: Tree) -> Tree:
    """What the default method says."""
    found: list[Tree] = statistic["assessments"]
    return found[0] if found else {}


def check_bodies(tree: Tree, page: Page) -> int:
    """The table of bodies by kind, and the total before it; each body counts once. Returns how many there are."""
    kinds: dict[str, set[str]] = {}
    for network in tree["networks"]:
        for member in network["members"]:
            if not member["until"]:
                kinds.setdefault(member["organisation"]["kind"], set()).add(member["organisation"]["urn"])
    items = each_once(tree)
    acting = {body for item in items for body in item["bodies"]}
    spoke = {v: {r["organisation_urn"] for i in items for r in i["reports"] if r["voice"] == v} for v in VOICES}
    rows = [
        [len(bodies), len(bodies & acting), *(len(bodies & spoke[voice]) for voice in VOICES)]
        for row in tree["participation"]
        for bodies in [kinds.pop(row["kind"])]
    ]
    assert not kinds
    whole = [sum(column) for column in zip(*rows, strict=True)]
    grids = [grid for grid in page.tables if grid.section == "participation" and len(grid.rows) > 1]
    printed = [[int(cell[0].value) for cell in row[1:]] for grid in grids[:1] for row in grid.rows[1:]]
    told = [place for place, total in enumerate(whole) if place == 0 or total]  # no column of zeros
    assert printed == ([[row[place] for place in told] for row in [*rows, whole]] if rows else [])
    everybody = {m["organisation"]["urn"] for n in tree["networks"] for m in n["members"] if not m["until"]}
    if rows:
        assert whole[0] == len(everybody) == numbers(page, "participation")[0]
    return len(everybody)


def check_objectives(tree: Tree, page: Page) -> None:
    for one in tree["objectives"]:
        items, counted = one["commitments"], numbers(page, f"objective-{one['number']}-commitments")
        if not items:
            assert counted == []
            continue
        rated = [sum(any(r["voice"] == v and r["rating"] for r in i["reports"]) for i in items) for v in VOICES]
        owed = reports(items) if any(i["reports_due"] for i in items) else []
        expected = [*totals(items, tree["as_of"]), *rated, *owed]
        assert counted[: len(expected)] == expected, one["number"]


def check_comparison(tree: Tree, page: Page) -> None:
    """The columns of this cycle, and that a row is printed as it stands in the data."""
    grids = [grid for grid in page.tables if grid.section == "comparison" and len(grid.rows) > 1]
    printed = [[int(cell[0].value) for cell in row[1:5]] for grid in grids for row in grid.rows[1:] if len(row) == 7]
    if not any(row["commitments_before"] or row["commitments_now"] for row in tree["comparison"]):
        assert printed == [], "no column of zeros where no commitment is on record"
        return
    expected = []
    for row, one in zip(tree["comparison"], tree["objectives"], strict=True):
        now = Counter(item["state"] for item in one["commitments"])
        expected.append([row["commitments_before"], len(one["commitments"]), row["completed_before"], now["completed"]])
    assert printed == expected


def check_sources(tree: Tree) -> None:
    """One entry for one document, with its own fields."""
    seen: Counter[tuple[str, ...]] = Counter()
    for source in tree["sources"]:
        fields = ("publisher", "title", "series", "page", "locator", "address")
        seen[tuple(source[name] for name in fields)] += 1
        if source["kind"] == "document":
            seen[("at", source["address"])] += bool(source["address"])
            assert source["title"], source
            assert not source["publisher"] or source["publisher"] not in source["title"], source
            assert source["page"] == "" or source["page"] not in source["title"].split(), source
            assert " <" not in source["title"], source
            assert source["title"] != source["key"]
            assert source["publisher"] != "Record of this installation", source
    assert [entry for entry, times in seen.items() if times > 1] == []


def check_all(tree: Tree, page: Page) -> None:
    """All of the above."""
    check_numbers(tree, page)
    check_bodies(tree, page)
    check_objectives(tree, page)
    check_comparison(tree, page)
    check_sources(tree)
