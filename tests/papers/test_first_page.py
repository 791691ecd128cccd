"""The first page of a review: the picture stands on the page of its sentences, and its cells lead to their chapters."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.engines.printing.samples import empty
from tests.engines.printing.test_pdf import pages
from tests.office import saved_as
from tests.papers.test_brief import EMPTY, LONG, full
from tests.papers.views import objective, review, statistic, view
from waymark.engines.charts import ProgressStrip, StripCell, progress_strip
from waymark.engines.printing import svg
from waymark.engines.printing.blocks import CitationEntry, CitationList, Figure, Heading, PageBreak, PrintedPaper, Run
from waymark.engines.printing.docx import Unmade, render_docx, scale_of
from waymark.engines.printing.docx_body import Body
from waymark.engines.printing.html import render_html
from waymark.engines.printing.pdf import render_pdf
from waymark.papers.front import glance
from waymark.papers.writer import Writer
from waymark.queries.networks.views import MemberView, NetworkView, OrganisationView
from waymark.queries.reviews.views import PositionView, ReviewData


def known(words: str = "") -> ReviewData:
    """A record without commitments, with all that is said of one: a vote, bodies with members, the age of figures."""
    body = view(OrganisationView, name=words or "Ministry", urn="urn:body:1", formerly=())
    members = tuple(view(MemberView, organisation=body, role="member", note=words) for _ in range(9))
    networks = tuple(
        view(NetworkView, name=f"{words}Network {letter}", urn=f"urn:{letter}", founded="2020-06-30", members=members)
        for letter in "ABCD"
    )
    vote = view(PositionView, holder=words or "Orvenia", subject="Compact", stance="voted for", note=f"{words} Said.")
    series = tuple(statistic(f"{words}{letter}", 80, 90) for letter in "ABC")
    named = (replace(objective(number), label="Dignified return and reintegration") for number in range(1, 24))
    return review(*named, networks=networks, positions=(vote,), statistics=series, place_name=words or "Orvenia")


RECORDS = {"full": full(), "long words": full(LONG), "known": known(), "known, long": known(LONG), "empty": EMPTY}


def first_chapter(data: ReviewData, *, full: bool) -> PrintedPaper:
    """The chapter of what matters first, with a page for each chapter and source to which it leads."""
    writer = Writer(data, full=full)
    told = glance(writer)
    series = [f"statistic-{name}" for name in data.statistics]
    anchors = [*(f"objective-{one.number}" for one in data.objectives), "objectives-unknown", *series]
    rest = tuple(Heading(2, (Run("Chapter"),), anchor) for anchor in anchors)
    sources = CitationList(tuple(CitationEntry(number, (Run("Source"),)) for number in writer.numbers.values()))
    title = Heading(1, (Run("What matters first"),), "glance")
    return replace(empty(), blocks=(title, *told, PageBreak(), *rest, *([sources] if sources.entries else [])))


def picture(data: ReviewData) -> Figure:
    return next(block for block in glance(Writer(data)) if isinstance(block, Figure))


@pytest.mark.parametrize("edition", ["usual", "full"])
@pytest.mark.parametrize("data", RECORDS.values(), ids=RECORDS)
def test_the_picture_stands_on_the_page_of_its_sentences(data: ReviewData, edition: str) -> None:
    texts = pages(render_pdf(first_chapter(data, full=edition == "full")))
    page = next(text for text in texts if "What matters first" in text)
    assert "Figure 1." in page


@pytest.mark.parametrize("data", [full(), known()], ids=["full", "known"])
def test_cells_lead_to_the_chapters_of_their_objectives(data: ReviewData) -> None:
    """On the page by links of the picture, in print by links over it; each is named by what its cell says."""
    ways = {f"#objective-{one.number}" for one in data.objectives}
    drawn = picture(data)
    for shape in (drawn.svg, drawn.narrow_svg):
        links = [link for link in svg.parse(shape).iter() if svg.local_name(link) == "a"]
        assert {link.get("href") for link in links} == ways
        assert all(link[0].text and link[0].text.strip() for link in links)
        assert {f"#{area.anchor}" for area in svg.areas(shape)} == ways
    paper = first_chapter(data, full=True)
    assert b'href="#objective-23"' in render_html(paper)
    with pikepdf.open(io.BytesIO(render_pdf(paper))) as file:
        found = {str(note.Dest) for note in file.pages[1].Annots if str(note.get("/Dest", "")).startswith("objective")}
    assert {f"#{anchor}" for anchor in found} == ways


def test_the_place_of_a_link_is_that_of_its_cell() -> None:
    data = full()
    areas = svg.areas(picture(data).svg)
    assert [round(area.x * len(areas)) for area in areas] == list(range(23)), "side by side, in order"
    assert all(area.x >= 0 and area.x + area.width <= 1.001 and area.y + area.height <= 1.001 for area in areas)
    cells = tuple(StripCell(number, "Name", 0, 1, "not_started", False, href=f"#{number}") for number in (1, 2))
    mirrored = svg.areas(progress_strip(ProgressStrip("T", "D", cells, language="ar", direction="rtl"), "k"))
    assert [(area.anchor, area.x) for area in mirrored] == [("1", 0.5), ("2", 0.0)]


def test_an_office_program_has_room_for_the_picture_too(tmp_path: Path) -> None:
    """Few words keep their size, many are set smaller; what is said after the picture has no say."""
    few, many = first_chapter(RECORDS["full"], full=False), first_chapter(RECORDS["long words"], full=False)
    scales = [scale_of(paper, Body(paper, Unmade(paper)).render()) for paper in (few, many)]
    assert scales[0] == 1.0
    assert scales[1] is not None
    assert scales[1] < 1
    path = tmp_path / "review.docx"
    path.write_bytes(render_docx(many))
    texts = pages(saved_as("pdf", path, tmp_path / "office").read_bytes())
    assert "Figure 1." in next(text for text in texts if "What matters first" in text)
