"""The desk in a browser, from the command that serves it to the report that counts: written, returned, accepted."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import REPOSITORY, Demonstrations

pytestmark = pytest.mark.slow
AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
LINK = re.compile(r"^  ([^:\n]+): [^\n]*\n\s+(http://127\.0\.0\.1:\d+/account/link/\S+)$", re.MULTILINE)
SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 320, "height": 640}}


@dataclass(frozen=True)
class Served:
    """A served installation: its address, and a link for each role of the fictional country's network."""

    address: str
    links: dict[str, str]
    data: Path


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


@pytest.fixture
def served(own: Demonstrations) -> Iterator[Served]:
    """`waymark serve` on a copy of the demonstrations, until the test ends."""
    port = free_port()
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    words = ["serve", "--port", str(port), "--workers", "1", "--reviews", str(own.pages)]
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "waymark", *words],
        env={**kept, "WAYMARK_DATA": str(own.data)},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        while said.count("/account/link/") < 7:
            line = process.stdout.readline()
            assert line, f"serve ended: {said}"
            said += line
        wait_for(port)
        links = dict(LINK.findall(said.split("Demonstration qor-network")[1]))
        yield Served(f"http://127.0.0.1:{port}", links, own.data)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    import time

    for _ in range(600):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nobody listens")


def signed_in(browser: Any, served: Served, role: str, size: str, **options: Any) -> Any:
    """A page of a role, after the button of its link."""
    page = browser.new_context(viewport=SIZES[size], **options).new_page()
    page.goto(served.links[role])
    page.click("main button")
    return page


def sound(page: Any) -> None:
    """No fault that axe names, nothing that stands out sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == [], page.url


@pytest.mark.parametrize(("size", "script"), [("wide", True), ("phone", False)])
def test_a_report_goes_the_whole_way(served: Served, browser: Any, size: str, script: bool) -> None:
    """A focal point writes what is owed; the officer asks, then accepts; without script and on a phone likewise."""
    focal = signed_in(browser, served, "focal point", size, java_script_enabled=script, bypass_csp=script)
    officer = signed_in(browser, served, "secretariat officer", size, java_script_enabled=script, bypass_csp=script)
    seen = [focal.url]
    assert "reports are owed" in focal.inner_text("main")
    assert "invented" in focal.inner_text("body"), "the demonstration says what it is on every page"
    if script:
        sound(focal)
    focal.click("text=Start the report")
    focal.click("text=Check answers")
    assert "There is a problem" in focal.inner_text("main")
    focal.check("#how-partly-done")
    focal.fill("#id_narrative", "Two of four lists are shared. <b>No tag</b> is one.")
    focal.fill("#id_where1", "Protocol of 3 March")
    if script:
        sound(focal)
    focal.click("text=Check answers")
    assert "<b>No tag</b>" in focal.inner_text("main")
    focal.click("text=Hand in")
    assert "The report is handed in." in focal.inner_text("main")
    report = focal.url

    officer.goto(report)
    if script:
        sound(officer)
    officer.fill("#note", "Which two lists?")
    officer.click("text=Return the report")
    assert "The report is returned." in officer.inner_text("main")

    focal.goto(seen[0])
    assert "Which two lists?" in focal.inner_text("main")
    focal.click("text=Answer the return")
    focal.fill("#id_narrative", "The lists of Arven and Tolvarra are shared.")
    focal.click("text=Check answers")
    focal.click("text=Hand in")

    officer.goto(report)
    officer.click("text=Accept the report")
    assert "It counts from today." in officer.inner_text("main")
    assert "The lists of Arven and Tolvarra are shared." in officer.inner_text("main")


def test_the_link_is_used_up_and_the_reviews_are_reached_from_the_first_page(served: Served, browser: Any) -> None:
    page = signed_in(browser, served, "validator", "wide")
    again = browser.new_context().new_page()
    again.goto(served.links["validator"])
    assert "This link no longer works" in again.inner_text("main")
    page.goto(served.address)
    page.click("text=Reviews that were built on this machine")
    page.click("text=Orvenia")
    assert "Orvenia" in page.title()
