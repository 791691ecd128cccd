"""The review as web pages: which chapter is a file, what the first page says and how soon it is there."""

import gzip
import re
from dataclasses import replace

import pytest

from tests.engines.printing.links import link_faults
from tests.papers.views import commitment, objective, report, review, statistic, view
from waymark.papers.pages import first, review_starts, size, web_pages
from waymark.papers.review import review_paper
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import CourseView
from waymark.queries.reviews.views import ReviewData
from waymark.queries.sources.views import SourceView

FIRST_VIEW, NEXT = 60_000, 25_000
"""The most bytes, as a server sends them, of the first page and of a later one."""

BESIDE = {"review.pdf": b"a" * 1_960_000, "review.docx": b"b" * 88_600, "brief.html": b"", "review.json": b"{}"}


def little_known() -> ReviewData:
    """One objective with a commitment and a series that ends early; of the others nothing is known."""
    office = view(SourceView, key="office", kind="dataset", publisher="Office", title="Figures")
    rise = view(
        CourseView, base_year=2015, base_value=1.0, previous_year=2016, previous_value=2.0, latest_year=2017,
        latest_value=3.0, since_base="rise", last_step="rise", movement="improved",
    )  # fmt: skip
    old = statistic("a", 1, 2, 3, objectives=(7,), source="office", course=rise, title="A")
    old = replace(old, observations=tuple(replace(seen, source="office") for seen in old.observations))
    known = objective(7, commitment("M-1", report(0.5)), statistics=(old,))
    return review(known, statistics=(old,), sources=(office,))


def pages(data: ReviewData, *, full: bool = False, beside: dict[str, bytes] | None = None) -> dict[str, bytes]:
    document = review_paper(data, "0" * 64, full=full)
    return web_pages(document, data, review_starts(document, data), beside or {})


@pytest.mark.parametrize("full", [False, True])
def test_the_first_view_of_an_empty_country_is_soon_there(full: bool) -> None:
    made = pages(review(), full=full)
    sizes = {name: len(gzip.compress(content)) for name, content in made.items()}
    assert sizes["index.html"] <= FIRST_VIEW
    assert max(sizes.values()) <= NEXT
    assert link_faults(made) == []
    assert len(made) == (29 if full else 7)
    assert not re.search(rb"<(?:link|img|script|iframe)[ >]", b"".join(made.values()))


def test_what_is_known_of_an_objective_has_a_page_and_the_rest_a_table() -> None:
    made = pages(little_known())
    assert [name for name in made if "objective" in name] == [
        "chapters/objectives.html",
        "chapters/objective-7.html",
        "chapters/objectives-unknown.html",
    ]
    assert link_faults(made) == []
    strip = made["index.html"].decode().split('id="strip"')[1].split("</figure>")[0]
    linked = re.findall(r'<a href="([^"]*)"', strip)
    assert linked.count("chapters/objective-7.html") == 2, "in the wide and the narrow shape"
    assert linked.count("chapters/objectives-unknown.html") == 44


def test_the_page_of_an_objective_says_what_its_own_marks_mean() -> None:
    made = {name: content.decode() for name, content in pages(little_known()).items()}
    assert "[old]" in made["chapters/objective-7.html"].split("Marks beside figures")[0], "the mark itself"
    for name in ("chapters/objective-7.html", "chapters/objectives.html"):
        assert "[old]" in made[name].split("Marks beside figures")[1], name
    assert "Marks beside figures" not in pages(review(), full=True)["chapters/objective-7.html"].decode()


def test_the_first_page_leads_to_what_is_there_with_the_size_of_what_takes_long() -> None:
    page = pages(little_known(), beside=BESIDE)["index.html"].decode()
    ways = re.findall(r'<li><a href="([^"]*)">(.*?)</a></li>', page.split('class="ways"')[1].split("</nav>")[0])
    told = [(href, re.sub(r"<[^>]*>", "", words)) for href, words in ways]
    assert told == [
        ("#contents", "All chapters"),
        ("brief.html", "Two-page brief"),
        ("review.pdf", "PDF, 2.0 MB"),
        ("review.docx", "Word, 89 kB"),
        ("#files", "Data"),
    ]
    listed = page.split('id="files"')[1].split("</main>")[0]
    assert re.findall(r'href="([^"]*)"', listed) == [
        "review.pdf",
        "review.docx",
        "brief.html",
        "review.json",
        "MANIFEST",
    ]
    assert 'id="files"' not in pages(little_known())["index.html"].decode()


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "0 kB"), (999, "1 kB"), (64_261, "64 kB"), (999_499, "999 kB"), (1_000_000, "1.0 MB"), (1_966_336, "2.0 MB")],
)
def test_the_size_of_a_file(number: int, words: str) -> None:
    assert size(Writer(review()), number).text == words


@pytest.mark.parametrize(
    ("audience", "words"), [("public", "made for the public"), ("network", "made for members of the network")]
)
def test_the_first_line_says_the_day_the_reader_and_the_edition(audience: str, words: str) -> None:
    says = plain(first(Writer(review(audience=audience)), {}).says)
    assert says == f"Forum · as of 8 May 2026 · {words} · working copy, not cleared and not published"
