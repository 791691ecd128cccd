"""The built pages in Debian's Chromium: no request leaves, no error, accessible, narrow and wide, by keyboard."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import REPOSITORY, Demonstrations
from tests.journeys.pages import pages_of

pytestmark = pytest.mark.slow

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
PAPERS = ("GEO-imrf-2026", "QOR-imrf-2026", "QOR-sdg")
FIRST = tuple(f"{name}/index.html" for name in PAPERS)
CHAPTERS = (
    "GEO-imrf-2026/chapters/objective-1.html",
    "GEO-imrf-2026/chapters/objectives-unknown.html",
    "GEO-imrf-2026/chapters/annexes.html",
    "QOR-imrf-2026/chapters/process.html",
    "QOR-imrf-2026/chapters/objectives.html",
    "QOR-imrf-2026/chapters/objective-15.html",
    "QOR-imrf-2026/chapters/follow-up.html",
    "QOR-imrf-2026/chapters/methods.html",
    "QOR-sdg/chapters/target-10.7.html",
)
"""One page of each kind, the longest ones among them."""
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
BEHIND = """(document.querySelector('main').compareDocumentPosition(document.activeElement)
    & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING)) > 0"""
RUN = f"""axe.run(document, {json.dumps(RULES)}).then(found => [
    found.violations.map(rule => [rule.id, rule.nodes.slice(0, 3).map(node => node.target)]), found.passes.length])"""
"""What axe finds: rules that do not hold, with the first places, and the number of those that do."""


@pytest.fixture(scope="module", params=(*FIRST, *CHAPTERS))
def address(request: pytest.FixtureRequest, demonstrations: Demonstrations) -> str:
    return (demonstrations.pages / request.param).as_uri()


@pytest.fixture(scope="module", params=PAPERS)
def folder(request: pytest.FixtureRequest, demonstrations: Demonstrations) -> Path:
    return demonstrations.pages / request.param


def open_page(browser: Browser, address: str, **options: object) -> tuple[Page, list[str]]:
    """The page and what went wrong: requests that would leave, errors on the console, failed scripts."""
    page = browser.new_page(**options)  # type: ignore[arg-type]  # playwright's own options
    wrong: list[str] = []
    page.on("request", lambda request: wrong.append(request.url) if request.url != address else None)
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    return page, wrong


def test_nothing_is_fetched_and_nothing_fails(browser: Browser, folder: Path) -> None:
    page, asked, wrong = browser.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    addresses = [(folder / name).as_uri() for name in pages_of(folder)]
    for address in addresses:
        page.goto(address)
        assert page.locator("h1").count() == 1, address
    assert asked == addresses
    assert wrong == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str) -> None:
    assert AXE.exists(), "axe-core is not installed. Run: npm ci"
    page, _ = open_page(browser, address, color_scheme=scheme, bypass_csp=True)
    page.evaluate(AXE.read_text("utf-8"))
    violations, passed = page.evaluate(RUN)
    assert violations == []
    assert passed > 10
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    page, _ = open_page(browser, address, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_all_is_there_without_scripts(browser: Browser, folder: Path) -> None:
    page, wrong = open_page(browser, (folder / "index.html").as_uri(), java_script_enabled=False)
    assert wrong == []
    assert page.locator("script").count() == 0
    assert page.locator("details").first.is_visible()
    read = [page.locator("h1").inner_text()]
    while (onward := page.locator('a[rel="next"]')).count():
        onward.click()
        read.append(page.locator("h1").inner_text())
    assert len(read) == len(set(read)) == len(pages_of(folder))
    page.close()


def test_a_cell_of_the_strip_opens_its_objective_and_the_way_leads_back(browser: Browser, folder: Path) -> None:
    if folder.name == "QOR-sdg":
        pytest.skip("a report by target has no strip")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((folder / "index.html").as_uri())
    cell = page.locator('#strip .wide a[href$="objective-7.html"]')
    cell.click()
    assert page.locator("h1").inner_text().startswith("Objective 7")
    page.locator(".way a").first.click()
    assert page.url.endswith("index.html")
    page.locator("#objective-7 a").click()
    assert page.locator("h1").inner_text().startswith("Objective 7")
    page.close()


def test_a_printed_chapter_shows_its_text_and_sources_without_the_ways(browser: Browser, folder: Path) -> None:
    name = next(name for name, html in pages_of(folder).items() if name != "index.html" and "<details>" in html)
    page, _ = open_page(browser, (folder / name).as_uri())
    page.emulate_media(media="print")
    for ways in (".way", ".turn", ".skip"):
        assert page.locator(ways).is_hidden()
    assert page.locator("#sources-here").is_visible()
    assert page.locator("details table").first.is_visible()
    page.close()


def test_the_first_tab_leads_to_the_text(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#text"
    assert page.locator("a.skip").bounding_box()["x"] >= 0  # type: ignore[index]  # it is shown when it has the focus
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(BEHIND), "what comes next is in the text, or after it where the text has no link"
    page.close()
