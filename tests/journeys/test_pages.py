"""The built pages in Debian's Chromium: no request leaves, no error, accessible, narrow and wide, by keyboard."""

import json

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import REPOSITORY, Demonstrations

pytestmark = pytest.mark.slow

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("GEO-imrf-2026", "QOR-imrf-2026", "QOR-sdg")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
RUN = f"""axe.run(document, {json.dumps(RULES)}).then(found => [
    found.violations.map(rule => [rule.id, rule.nodes.slice(0, 3).map(node => node.target)]), found.passes.length])"""
"""What axe finds: rules that do not hold, with the first places, and the number of those that do."""


@pytest.fixture(scope="module", params=NAMES)
def address(request: pytest.FixtureRequest, demonstrations: Demonstrations) -> str:
    return (demonstrations.pages / request.param / "index.html").as_uri()


def open_page(browser: Browser, address: str, **options: object) -> tuple[Page, list[str]]:
    """The page and what went wrong: requests that would leave, errors on the console, failed scripts."""
    page = browser.new_page(**options)  # type: ignore[arg-type]  # playwright's own options
    wrong: list[str] = []
    page.on("request", lambda request: wrong.append(request.url) if request.url != address else None)
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    return page, wrong


def test_nothing_is_fetched_and_nothing_fails(browser: Browser, address: str) -> None:
    page, wrong = open_page(browser, address)
    assert wrong == []
    assert page.locator("h1").count() == 1
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


def test_all_is_there_without_scripts(browser: Browser, address: str) -> None:
    page, wrong = open_page(browser, address, java_script_enabled=False)
    assert wrong == []
    assert page.locator("script").count() == 0
    assert page.locator("h3").count() > 15
    assert page.locator("svg[role]").first.is_visible()
    page.close()


def test_the_first_tab_leads_to_the_text(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#text"
    assert page.locator("a.skip").bounding_box()["x"] >= 0  # type: ignore[index]  # it is shown when it has the focus
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.close()


def test_every_citation_leads_to_its_source_and_back(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address)
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert lost == []
    assert page.locator(".cites a").count() > 20
    page.close()
