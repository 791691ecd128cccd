"""How many pages the built reviews have, how full they are, and that what print leaves out stands in the data."""

import csv
import json
from html import escape
from pathlib import Path
from typing import Any

import numpy
import pypdfium2
import pytest

from tests.journeys.conftest import Demonstrations
from tests.journeys.pages import whole

pytestmark = pytest.mark.slow

MOST_PAGES = {"GEO-imrf-2026": 25, "QOR-imrf-2026": 52}
"""What was reached; the goals are 30 and 60. A change that needs more says so here."""
MARGIN, HEIGHT = 25, 297
LEAST_FILLED = 0.5
"""Share of the height that the text of a page reaches, but for the cover and the last page;
a head waits for its part."""


@pytest.fixture(params=sorted(MOST_PAGES))
def folder(request: pytest.FixtureRequest, demonstrations: Demonstrations) -> Path:
    return demonstrations.pages / str(request.param)


def reached(file: Path) -> list[float]:
    """How far down the text of each page goes, as a share of the height between the margins."""
    shares = []
    with pypdfium2.PdfDocument(file) as pdf:
        for page in pdf:
            dots = numpy.asarray(page.render(scale=0.5, grayscale=True).to_numpy()).squeeze()
            scale = dots.shape[0] / HEIGHT
            body = dots[round(MARGIN * scale) + 1 : round((HEIGHT - MARGIN) * scale)]
            (inked,) = numpy.nonzero((body < 200).any(axis=1))
            shares.append(float(inked.max() + 1) / body.shape[0] if inked.size else 0.0)
    return shares


def test_a_review_has_no_more_pages_than_were_reached_and_none_is_nearly_empty(folder: Path) -> None:
    shares = reached(folder / "review.pdf")
    assert len(shares) <= MOST_PAGES[folder.name]
    assert {page: round(share, 2) for page, share in enumerate(shares, 1) if share < LEAST_FILLED}.keys() <= {
        1, len(shares),
    }  # fmt: skip


def test_the_picture_follows_the_sentences(folder: Path) -> None:
    """The strip on their page; how new the figures are, which is taller, there or at the head of the next."""
    with pypdfium2.PdfDocument(folder / "review.pdf") as pdf:
        first, second = (pdf[page].get_textpage().get_text_range() for page in (1, 2))
    assert "What matters first" in first
    if folder.name.startswith("GEO"):
        assert 0 < (first + second).index("How new the newest figure is") < (first + second).index("Contents")
    else:
        assert first.index("What matters first") < first.index("Each cell stands for one objective")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [{key: value.removeprefix("'") for key, value in row.items()} for row in csv.DictReader(lines)]


def test_what_print_leaves_out_stands_in_the_tables(folder: Path) -> None:
    tree: dict[str, Any] = json.loads((folder / "review.json").read_bytes())
    numbers = {"": "", **{source["key"]: str(number) for number, source in enumerate(tree["sources"], 1)}}
    series = {one["indicator"]: one for part in tree["objectives"] for one in part["statistics"]}
    told = {row["indicator"]: row for row in rows(folder, "indicators")}
    assert told.keys() == series.keys()
    for code, one in series.items():
        assert (told[code]["meaning"], told[code]["caveats"]) == (one["meaning"], one["caveats"])
        assert told[code]["target"] == ("" if one["target"] is None else f"{one['target']:g}")
    groups = [
        (code, group[0], str(group[1]), numbers[group[3]]) for code, one in series.items() for group in one["breakdown"]
    ]
    assert sorted((r["indicator"], r["group"], r["year"], r["source"]) for r in rows(folder, "groups")) == sorted(
        groups
    )
    commitments = {item["urn"]: item for part in tree["objectives"] for item in part["commitments"]}
    reports = [
        (item["code"], one["voice"], one["organisation"], one["period"], one["rating"], one["narrative"])
        for item in commitments.values()
        for one in item["reports"]
    ]
    given = ("commitment", "voice", "organisation", "period", "rating", "narrative")
    assert sorted(tuple(row[name] for name in given) for row in rows(folder, "reports")) == sorted(reports)
    evidence = [
        (str(part["number"]), one["cited_in"], one["title"], one["page"], numbers[one["source"]])
        for part in tree["objectives"]
        for one in part["evidence"]
    ]
    given = ("objective", "cited_in", "title", "page", "source")
    assert sorted(tuple(row[name] for name in given) for row in rows(folder, "evidence")) == sorted(evidence)
    bodies = {name for item in commitments.values() for name in (*item["leads"], *item["partners"])}
    bodies |= {one["organisation"]["name"] for network in tree["networks"] for one in network["members"]}
    assert {row["organisation"] for row in rows(folder, "organisations")} == bodies


def test_every_series_and_every_report_is_told_on_the_page(folder: Path) -> None:
    page = whole(folder)
    tree: dict[str, Any] = json.loads((folder / "review.json").read_bytes())
    for part in tree["objectives"]:
        for one in part["statistics"]:
            assert f'id="statistic-{one["indicator"]}"' in page
    cells = page.count('data-label="Civil society"')
    assert cells == sum(len(part["commitments"]) for part in tree["objectives"])
    numbers = {source["key"]: number for number, source in enumerate(tree["sources"], 1)}
    for part in tree["objectives"]:
        for one in part["evidence"]:
            if one["source"]:
                assert f'href="#source-{numbers[one["source"]]}"' in page, one
            else:
                assert escape(one["title"].rstrip(".")) in page, "no document is held: it is named in words"
