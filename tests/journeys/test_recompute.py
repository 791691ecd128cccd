"""Figures and counts of the built reviews, found again in the raw rows by code that knows no query and no engine."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
import yaml

from tests.journeys import raw_rows
from tests.journeys.conftest import REPOSITORY, Demonstrations
from tests.journeys.pages import Page, whole
from tests.queries.totals import STATUSES, check_all, check_bodies

pytestmark = pytest.mark.slow

CATALOGUE = REPOSITORY / "src" / "waymark" / "catalogue"
ORVENIA = CATALOGUE / "demonstrations" / "orvenia"
DAY, BEFORE = "2026-05-08", "imrf-2022"
ENDED = ("completed", "dropped", "superseded")
ORDER = ("completed", "under_way", "agreed", "proposed", "dropped", "superseded")

Raw = dict[str, set[tuple[int, float]]]
"""Series → (year, value) of the place."""


@pytest.fixture(scope="module", params=["QOR", "GEO"])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def folder(demonstrations: Demonstrations, place: str) -> Path:
    return demonstrations.pages / f"{place}-imrf-2026"


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page(whole(folder))


@pytest.fixture(scope="module")
def raw(place: str) -> Raw:
    """Every value of the place in the files that the demonstrations read, what is worked out from them, and sums."""
    found: Raw = defaultdict(set)
    rows: Iterator[dict[str, Any]]
    if place == "QOR":
        with (ORVENIA / "observations.csv").open(encoding="utf-8") as lines:
            rows = iter(list(csv.DictReader(lines)))
    else:
        held = raw_rows.bundled(place)
        known = raw_rows.definitions().values()
        totals = [one for item in known for one in raw_rows.sums(held.get(item["series"], ()), item, "")]
        rows = iter([*(row for series in held.values() for row in series), *totals])
    known_rows = list(rows)
    for series, year, value in worked_out(known_rows):
        found[series].add((year, value))
    for row in known_rows:
        if row["value"] not in ("", None) and str(row["value"])[0] not in "<>":
            found[row["series"]].add((int(row["year"]), float(row["value"])))
    for row in typed() if place == "QOR" else ():
        if row["value"] and row["value"][0] not in "<>":
            found[f"national:{row['indicator']}"].add((int(row["period"]), float(row["value"])))
    assert found
    return found


def worked_out(rows: list[dict[str, Any]]) -> Iterator[tuple[str, int, float]]:
    """Shares and changes from the parts of each dataset, and sums of crossings of two dimensions."""
    numbers = [
        {"dataset": "one", **row, "year": int(row["year"]), "value": float(row["value"])}
        for row in rows
        if row["value"] not in ("", None) and str(row["value"])[0] not in "<>"
    ]
    with (CATALOGUE / "indicators" / "derived.csv").open(encoding="utf-8") as lines:
        rules = [(row["series"], row["base"], row["rule"]) for row in csv.DictReader(lines)]
    for series, base, rule in rules:
        parts = [row for row in numbers if row["series"] == base]
        for total in parts:
            made = None if total["disagg"] else raw_rows.computed(rule, total, parts, series, base)
            if made is not None:
                yield series, total["year"], made["value"]
    sums: dict[tuple[Any, ...], float] = defaultdict(float)
    for row in numbers:
        crossing = row["disagg"].split("|")
        for part in crossing if len(crossing) == 2 else ():
            sums[row["series"], row["year"], row["dataset"], row["nature"], part] += row["value"]
    yield from ((key[0], key[1], total) for key, total in sums.items())


@pytest.fixture(scope="module")
def definitions(place: str) -> dict[str, dict[str, Any]]:
    """Indicator definitions by the code their section of a page is named after, the country's own ones too."""
    texts = {path.stem: path.read_text("utf-8") for path in (CATALOGUE / "indicators").glob("*.yaml")}
    found = {code: yaml.safe_load(text) for code, text in texts.items() if "series:" in text}
    if place == "QOR":
        for path in (ORVENIA / "indicators").glob("*.yaml"):
            form = yaml.safe_load(path.read_text("utf-8"))
            target = {"value": form["target"], "year": form["target_year"]}
            found[form["code"]] = {"series": f"national:{form['code']}", "target": target}
    return found


def typed() -> list[dict[str, str]]:
    """The values that people of the fictional country typed."""
    tables = (ORVENIA / "indicators").glob("*.csv")
    return [row for path in tables for row in csv.DictReader(path.read_text("utf-8").splitlines())]


def is_made_from(shown: float, values: set[float]) -> bool:
    """Whether a figure is one of the values, a difference of two, or a change of one to another in percent."""
    pairs = [(a, b) for a in values for b in values]
    made = [*values, *(abs(a - b) for a, b in pairs), *(abs(a - b) / abs(b) * 100 for a, b in pairs if b)]
    made += [a / b for a, b in pairs if b]
    return any(abs(abs(shown) - value) <= max(1e-9, 0.0501 * (abs(value) < 1000), abs(value) * 1e-9) for value in made)


def test_every_figure_of_a_statistic_is_in_the_raw_rows(
    page: Page, raw: Raw, definitions: dict[str, dict[str, Any]]
) -> None:
    checked = 0
    for value in page.values:
        if value.kind != "figure" or not value.section.startswith("statistic-"):
            continue
        spoken_of = page.links.get(value.paragraph, value.section)  # a sentence may stand for a series shown elsewhere
        definition = definitions[spoken_of.removeprefix("statistic-")]
        values = {number for _, number in raw[definition["series"]]}
        target = (definition.get("target") or {}).get("value")
        shown = float(value.value)
        same = any(abs(shown - number) < 1e-9 for number in (*values, *([target] if target is not None else [])))
        twins = [
            d["series"] for d in definitions.values() if d.get("framework_code") == definition.get("framework_code")
        ]
        beside = any(abs(shown - number) < 1e-9 for name in twins for _, number in raw[name])  # another series of it
        assert same or beside or is_made_from(shown, values), (definition["series"], value)
        checked += 1
    assert checked > 50


def test_every_cell_of_a_data_table_is_the_raw_value_of_its_year(
    page: Page, raw: Raw, definitions: dict[str, dict[str, Any]]
) -> None:
    checked = 0
    for grid in page.tables:
        if not grid.section.startswith("statistic-") or not grid.rows:
            continue
        definition = definitions[grid.section.removeprefix("statistic-")]
        series, target = definition["series"], definition.get("target") or {}
        known = raw[series] | {(target.get("year") or 0, float(target.get("value") or 0))}
        head = [cell[0].value if len(cell) == 1 and cell[0].kind == "date" else "" for cell in grid.rows[0]]
        for row in grid.rows[1:]:
            year = ""  # of the cell before: long tables are folded into pairs of year and value
            for number, cell in enumerate(row):
                if len(cell) == 1 and cell[0].kind == "date":
                    year = cell[0].value
                of = (head[number] if number < len(head) else "") or year
                if of and len(cell) == 1 and cell[0].kind == "figure" and len(of) == 4:
                    assert (int(of), float(cell[0].value)) in known, (series, of, cell[0])
                    checked += 1
    assert checked > 30


def test_no_year_of_a_table_is_left_out_of_the_page_data(folder: Path, raw: Raw) -> None:
    with (folder / "data" / "observations.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["value"]]
    assert rows
    for row in rows:
        assert (int(row["year"]), float(row["value"])) in raw[row["series"]], row
    last = {row["series"]: int(row["year"]) for row in rows}
    for series, year in last.items():
        assert year <= max(y for y, _ in raw[series])


def test_the_count_of_indicators_without_any_figure(
    page: Page, raw: Raw, definitions: dict[str, dict[str, Any]], folder: Path
) -> None:
    with (folder / "data" / "observations.csv").open(encoding="utf-8") as lines:
        shown = {row["series"] for row in csv.DictReader(lines)}
    assert shown <= {definition["series"] for definition in definitions.values()}
    counts = [int(v.value) for v in page.under("numbers", "count") if v.value.isdigit()]
    held = json.loads((folder / "review.json").read_text("utf-8"))["vintage"]["held"]
    assert len(definitions) - len(shown) - held in counts


class Record:
    """The demonstration's record, read by plain SQL: what the public may see, as it stood on the day."""

    def __init__(self, path: Path, place: str) -> None:
        self.sql = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.sql.row_factory = sqlite3.Row
        self.place = place

    def rows(self, query: str, **given: Any) -> list[sqlite3.Row]:
        return self.sql.execute(query, {"place": self.place, "day": DAY, **given}).fetchall()

    def commitments(self) -> dict[int, dict[str, Any]]:
        """Public commitments by id: code, state, when it ended, due, start, objectives."""
        found: dict[int, dict[str, Any]] = {}
        for row in self.rows(
            "select c.id, c.code, c.due_date, c.start_date, h.to_state, h.date, (select min(coalesce(a.date, ''))"
            " from records_commitmentchange a where a.commitment_id = c.id and a.to_state = 'agreed') agreed"
            " from records_commitment c"
            " join records_network n on n.id = c.network_id join records_place p on p.id = n.place_id"
            " join records_commitmentchange h on h.commitment_id = c.id"
            " where p.code = :place and c.classification = 'public' and n.classification = 'public'"
            " and h.classification = 'public' and (h.date is null or h.date <= :day) order by c.id, h.id"
        ):
            found[row["id"]] = {**dict(row), "objectives": set(), "answers": set()}
        for row in self.rows(
            "select t.commitment_id, t.purpose, v.code, f.code framework from records_tie t"
            " join records_provision v on v.id = t.provision_id join records_framework f on f.id = v.framework_id"
            " where t.classification = 'public'"
        ):
            item = found.get(row["commitment_id"])
            if item is not None and row["framework"] == "gcm" and row["code"].split(".")[0].isdigit():
                item["objectives"].add(int(row["code"].split(".")[0]))
            if item is not None and row["purpose"] == "answers":
                item["answers"].add(row["code"])
        return found

    def owed(self, commitments: dict[int, dict[str, Any]]) -> dict[int, tuple[int, int]]:
        """For each commitment how many reports were due, and how many of them the public does not read as handed in."""
        after = {row["from_organisation_id"]: row["to_organisation_id"] for row in self.rows(
            "select * from records_succession where kind = 'merged' and (date is null or date <= :day)"
        )}  # fmt: skip

        def now(body: int) -> int:
            while body in after:
                body = after[body]
            return body

        periods = self.rows(
            "select r.* from records_reportingperiod r join records_network n on n.id = r.network_id"
            " join records_place p on p.id = n.place_id where p.code = :place and r.due_date <= :day"
            " and r.classification = 'public'"
        )
        parts = self.rows("select * from records_participation where classification = 'public' and end_unknown = 0")
        given = {
            (row["commitment_id"], row["period_id"], now(row["organisation_id"]))
            for row in self.rows(
                "select * from records_progressreport where voice = 'implementer'"
                " and (state in ('accepted', 'corrected') or (state = 'submitted' and untouched))"
                " and submitted_on <= :day and classification = 'public'"
            )
        }
        networks = dict(self.rows("select id, network_id from records_commitment"))  # type: ignore[arg-type]  # pairs
        found = {}
        for key, item in commitments.items():
            due = {
                (key, period["id"], now(part["organisation_id"]))
                for period in periods
                for part in parts
                if period["network_id"] == networks[key]
                and part["commitment_id"] == key
                and part["role"] in ("lead", "pledger")
                and item["agreed"] is not None
                and max(item["agreed"], item["start_date"] or "") <= period["to_date"]
                and not (item["to_state"] in ENDED and item["date"] and item["date"] < period["from_date"])
                and (part["from_date"] or "") <= period["to_date"]
                and (part["to_date"] or "9999") >= period["to_date"]
            }
            found[key] = (len(due), len(due - given))
        return found


@pytest.fixture(scope="module")
def record(demonstrations: Demonstrations, place: str) -> Record:
    return Record(demonstrations.data / "waymark.sqlite3", place)


def overdue(item: dict[str, Any]) -> bool:
    return item["to_state"] not in ENDED and bool(item["due_date"]) and item["due_date"] < DAY


def in_words(items: list[dict[str, Any]]) -> list[int]:
    """The counts that the sentence on commitments gives, in its order."""
    states = Counter(item["to_state"] for item in items)
    late = sum(overdue(item) for item in items)
    return [len(items), *(states[state] for state in ORDER if states[state]), *([late] if late else [])]


def test_counts_of_commitments_under_each_objective(page: Page, record: Record) -> None:
    commitments, owed = record.commitments(), record.owed(record.commitments())
    for number in range(1, 24):
        items = [item for item in commitments.values() if number in item["objectives"]]
        counted = [int(v.value) for v in page.under(f"objective-{number}-commitments", "count")]
        if not items:
            assert counted == []
            continue
        assert counted[: len(in_words(items))] == in_words(items), number
        due = [owed[item["id"]] for item in items]
        if sum(d for d, _ in due):
            totals = [number for number in (sum(d for d, _ in due), sum(m for _, m in due)) if number]
            places = range(len(counted))
            assert any(counted[n : n + len(totals)] == totals for n in places), (number, totals, counted)


def test_counts_at_a_glance(page: Page, record: Record) -> None:
    commitments = {key: item for key, item in record.commitments().items() if item["objectives"]}
    items = list(commitments.values())
    states = Counter(item["to_state"] for item in items)
    owed = record.owed(commitments)
    by_status: Counter[str] = Counter()
    advice = record.rows(
        "select v.code from records_recommendation r join records_provision v on v.id = r.provision_id"
        " join records_review w on w.id = r.review_id join records_reviewcycle y on y.id = w.cycle_id"
        " join records_place p on p.id = r.place_id"
        " where p.code = :place and y.code = :before and r.classification = 'public'", before=BEFORE
    )  # fmt: skip
    everything = record.commitments().values()
    for row in advice:
        answers = [item["to_state"] for item in everything if row["code"] in item["answers"]]
        going = [state for state in answers if state not in ("dropped", "superseded")]
        if answers and not going:
            by_status["dropped"] += 1
        elif going and set(going) == {"completed"}:
            by_status["completed"] += 1
        elif set(going) & {"under_way", "completed"}:
            by_status["acted on"] += 1
        elif "agreed" in going:
            by_status["planned"] += 1
        else:
            by_status["open"] += 1
    expected = [
        len(items), *(states[state] for state in ORDER if states[state]), sum(overdue(item) for item in items),
        sum(due for due, _ in owed.values()), sum(missing for _, missing in owed.values()),
    ]  # fmt: skip
    counted = [int(v.value) for v in page.under("numbers", "count") if v.value.isdigit()]
    if not items:  # nothing on record is said in words and never printed as a zero
        assert not advice
        assert "none on record; whether there are any is not known" in " ".join(page.text)
        return
    assert counted[: len(expected)] == expected
    statuses = [by_status[status] for status in STATUSES if by_status[status]]
    followed = [len(advice), *statuses]
    assert any(counted[n : n + len(followed)] == followed for n in range(len(expected), len(counted))), counted


def test_every_total_is_that_of_its_rows(page: Page, folder: Path) -> None:
    check_all(json.loads((folder / "review.json").read_text("utf-8")), page)


def test_the_bodies_of_the_fictional_country_and_of_georgia(page: Page, folder: Path, place: str) -> None:
    tree = json.loads((folder / "review.json").read_text("utf-8"))
    assert check_bodies(tree, page) == {"QOR": 84, "GEO": 32}[place]


NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+(?![\d.]*[./]\w)")


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f\u00ad]+", "", text)


def pdf_text(folder: Path) -> str:
    with pypdfium2.PdfDocument(folder / "review.pdf") as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def docx_text(folder: Path) -> str:
    with zipfile.ZipFile(io.BytesIO((folder / "review.docx").read_bytes())) as archive:
        tree = ElementTree.fromstring(archive.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join("".join(t.text or "" for t in p.iter(f"{space}t")) for p in tree.iter(f"{space}p"))


def test_pdf_and_docx_carry_the_figures_and_counts_of_the_page(page: Page, folder: Path) -> None:
    numbers = {
        match
        for v in page.values
        if v.kind in ("figure", "count") and not v.folded
        for match in re.findall(r"[\d.,]*\d", v.text)
    }
    assert len(numbers) > 100
    for text in (squeezed(pdf_text(folder)), squeezed(docx_text(folder))):
        assert sorted(number for number in numbers if number not in text) == []


def test_pdf_and_docx_carry_no_other_figure(folder: Path) -> None:
    text_of_pages = re.sub(r"<[^>]*>", " ", whole(folder))
    known = set(NUMBER.findall(text_of_pages))
    assert sorted(set(NUMBER.findall(docx_text(folder))) - known) == []
    text = squeezed(text_of_pages)
    assert sorted(number for number in set(NUMBER.findall(pdf_text(folder))) if number not in text) == []
