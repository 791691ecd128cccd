"""Every link and picture of the docs leads somewhere, every page is in the index, no generated page is stale."""

import re
from pathlib import Path

import pytest

from docs.generate import PAGES, pages, stale

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TOP = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
ALL = [*TOP, *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"!?\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[str]:
    """The relative targets of a page's links and pictures, outside code."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    return [one["target"] for one in LINK.finditer(text) if not re.match(r"[a-z]+:", one["target"])]


def anchors(page: Path) -> set[str]:
    """The anchors that headings of a page get on the usual code hosts."""
    text = CODE.sub("", page.read_text(encoding="utf-8")) if page.suffix == ".md" else ""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    found = []
    for target in links(page):
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            found.append(target)
    return found


@pytest.mark.parametrize("page", ALL, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_a_link_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# A heading, here\n", encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text("[x](no.md) ![y](no.png) [z](b.md#a-heading-here) [w](b.md#no) `[v](no)`\n", encoding="utf-8")
    assert broken(page) == ["no.md", "no.png", "b.md#no"]


def reachable(start: Path) -> set[Path]:
    """The pages that links lead to, from `start` on; a link to a folder leads to every page in it."""
    seen: set[Path] = set()
    todo = [start]
    while todo:
        page = todo.pop()
        if page in seen:
            continue
        seen.add(page)
        targets = [(page.parent / target.partition("#")[0]).resolve() for target in links(page)]
        for path in targets:
            todo += sorted(path.glob("*.md")) if path.is_dir() else [path] if path.suffix == ".md" else []
    return seen


def test_no_page_is_an_orphan() -> None:
    known = reachable(DOCS / "README.md")
    assert [str(page.relative_to(ROOT)) for page in ALL[len(TOP) :] if page not in known] == []
    assert DOCS / "README.md" in reachable(ROOT / "README.md")


def test_pictures_of_the_readme_are_small() -> None:
    pictures = list((DOCS / "images").iterdir())
    assert [path.name for path in pictures if path.stat().st_size > 200_000] == []
    assert (DOCS / "images" / "review.png").read_bytes().startswith(b"\x89PNG")


def test_no_generated_page_is_stale() -> None:
    made = pages()
    assert made.keys() == PAGES.keys()
    assert stale(made) == [], "run: make docs"


def test_a_stale_page_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("new\n", encoding="utf-8")
    assert stale({"a.md": "new\n", "b.md": "new\n", "c.md": "new\n"}, tmp_path) == ["a.md", "c.md"]


def test_every_page_that_says_it_is_made_from_code_is_made_by_the_generator() -> None:
    claims = [
        path.name
        for path in (DOCS / "reference").glob("*.md")
        if re.search(r"by `make docs`|is generated from|Generated from", path.read_text(encoding="utf-8"))
    ]
    assert sorted(claims) == sorted(name for name in PAGES if name.endswith(".md"))
