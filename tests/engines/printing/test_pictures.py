"""What readers' own programs make of a report: Chromium on screens and on paper, LibreOffice from DOCX."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests.engines.printing.samples import MARKING, empty, one, rich, right_to_left, years
from tests.office import saved_as
from waymark.engines.printing.blocks import Column, Heading, Table
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.html import render_html

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    (made / "rich.html").write_bytes(render_html(rich()))
    (made / "rtl.html").write_bytes(render_html(right_to_left()))
    heading = Heading(1, one("Statistics"), "a", hidden="of the first objective")
    (made / "years.html").write_bytes(render_html(replace(rich(1), blocks=(heading, years(22)))))
    return made


@pytest.mark.parametrize("name", ["rich", "rtl"])
@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_page_is_wider_than_its_screen(browser: Browser, folder: Path, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(requests) == 1
    page.close()


def test_the_marking_stays_in_sight_and_the_skip_link_appears_on_focus(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 600})
    page.goto((folder / "rich.html").as_uri())
    page.evaluate("window.scrollTo(0, 3000)")
    assert page.locator(".marking").bounding_box()["y"] == 0  # type: ignore[index]  # it is on the page
    assert page.locator(".skip").bounding_box()["y"] < 0  # type: ignore[index]  # it is on the page
    page.evaluate("window.scrollTo(0, 0)")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]  # it is on the page
    page.close()


def test_on_a_phone_one_line_of_the_marking_stays(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto((folder / "rich.html").as_uri())
    page.evaluate("window.scrollTo(0, 3000)")
    assert page.locator(".marking").bounding_box()["y"] < 0  # type: ignore[index]  # it is on the page
    line = page.evaluate(
        "(s => [s.content, s.position, parseFloat(s.height)])(getComputedStyle(document.body, '::before'))"
    )
    assert line[:2] == ['"Demonstration" / ""', "sticky"]
    assert 10 < line[2] < 26
    assert page.evaluate("document.elementFromPoint(160, 4) === document.body")
    page.close()


@pytest.mark.parametrize("width", [320, 500, 700, 1280])
def test_a_heading_that_is_jumped_to_stands_below_the_marking(browser: Browser, folder: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 600})
    page.goto((folder / "rich.html").as_uri())
    anchor = page.locator("main h3").nth(1).get_attribute("id")
    page.evaluate(f"location.hash = '#{anchor}'")
    top = page.locator(f"#{anchor}").bounding_box()["y"]  # type: ignore[index]  # it is on the page
    marking = page.locator(".marking").bounding_box()
    assert marking is not None
    below = marking["y"] + marking["height"] if width > 480 else 26
    assert below <= top < 200
    page.close()


def test_figures_and_tables_fill_the_page_and_text_keeps_its_measure(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((folder / "rich.html").as_uri())
    width = page.locator("main").bounding_box()["width"]  # type: ignore[index]  # it is on the page
    assert page.locator("#chart-1 .wide").bounding_box()["width"] == pytest.approx(width, abs=1)  # type: ignore[index]
    page.locator("summary").first.click()
    assert page.locator("figure table").first.bounding_box()["width"] == pytest.approx(width, abs=1)  # type: ignore[index]
    assert page.locator("main > p:not([class])").first.bounding_box()["width"] < 0.85 * width  # type: ignore[index]
    page.close()


def test_a_narrow_screen_shows_the_narrow_chart_and_tables_as_cards(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto((folder / "rich.html").as_uri())
    assert page.locator("#chart-1 .narrow").is_visible()
    assert not page.locator("#chart-1 .wide").is_visible()
    cells = page.locator("#measures-1 tbody tr").first.locator("th, td")
    tops = [cells.nth(place).bounding_box()["y"] for place in range(cells.count())]  # type: ignore[index]  # visible
    assert tops == sorted(set(tops))
    shown = page.evaluate("getComputedStyle(document.querySelector('#measures-1 td'), '::before').content")
    assert shown == '"Lead organisation"'
    page.close()


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("rich", 1280, "light"), ("rich", 320, "dark"), ("rtl", 640, "dark"), ("years", 1280, "light")],
)
def test_axe_finds_no_barrier(browser: Browser, folder: Path, name: str, width: int, scheme: str) -> None:
    # The page's own policy forbids scripts; the checker is let in here alone.
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
    page = context.new_page()
    page.goto((folder / f"{name}.html").as_uri())
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run().then(all => all.violations.map(one => [one.id, one.nodes[0].html]))")
    context.close()
    assert found == []


def test_years_stand_in_columns_where_there_is_room(browser: Browser, folder: Path) -> None:
    for width, columns in ((1280, 4), (320, 1)):
        page = browser.new_page(viewport={"width": width, "height": 600})
        page.goto((folder / "years.html").as_uri())
        heads = page.locator(".years tbody th")
        lefts = {round(heads.nth(place).bounding_box()["x"]) for place in range(heads.count())}  # type: ignore[index]  # visible
        assert len(lefts) == columns
        assert heads.all_text_contents() == [str(2000 + place) for place in range(22)]
        assert page.get_by_role("rowheader").count() == 22
        page.close()


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 26)")])
def test_the_page_follows_the_readers_choice_of_light(browser: Browser, folder: Path, scheme: str, paper: str) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
    page.goto((folder / "rich.html").as_uri())
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper
    page.close()


def test_the_printed_page_carries_the_marking_its_number_and_the_data_tables(browser: Browser, folder: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto((folder / "rich.html").as_uri())
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as paper:
        texts = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper]
    page.close()
    for place, text in enumerate(texts, start=1):
        assert MARKING in text
        assert f"Page {place} of {len(texts)}" in text
    assert "Births registered, per cent of children under five" in " ".join(texts)


@pytest.mark.parametrize("name", ["rich", "rtl"])
def test_libreoffice_opens_the_docx_whole(tmp_path: Path, name: str) -> None:
    (tmp_path / "report.docx").write_bytes(render_docx(rich() if name == "rich" else right_to_left()))
    with pypdfium2.PdfDocument(saved_as("pdf", tmp_path / "report.docx", tmp_path / "office")) as paper:
        texts = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper]
    assert len(texts) >= (10 if name == "rich" else 3)
    if name == "rich":
        assert all(MARKING in text for text in texts)
        assert f"Page 1 of {len(texts)}" in texts[0]
        assert sum("Lead organisation" in text for text in texts) >= 3
    assert "67.5" in " ".join(texts)


def test_no_head_of_the_docx_breaks_inside_a_word(tmp_path: Path) -> None:
    heads = {
        "Objective": 1.2,
        "Name": 3.4,
        "State": 1.3,
        "Commitments completed": 2,
        "Evidence": 1.2,
        "Statistics": 1.6,
    }
    columns = tuple(Column(one(head), width=width) for head, width in heads.items())
    row = tuple(
        one(cell) for cell in ("1", "Proof of legal identity for everyone", "under way", "half", "cited", "3/5")
    )
    (tmp_path / "report.docx").write_bytes(render_docx(replace(empty(), blocks=(Table(one("t"), columns, (row,)),))))
    with pypdfium2.PdfDocument(saved_as("pdf", tmp_path / "report.docx", tmp_path / "office")) as paper:
        text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in paper).split()
    assert [word for head in heads for word in head.split() if word not in text] == []
