"""Follow every link of pages that lie beside one another, as a reader without a network would."""

import posixpath
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

OUTSIDE = ("http", "https", "mailto")
LOADING = frozenset({"src", "srcset", "poster", "data", "background", "action", "formaction"})
"""Attributes that would ask for a file."""
NAMING = ("aria-labelledby", "aria-describedby", "for", "headers")
"""Attributes whose words are ids of the same page."""


class Anchors(HTMLParser):
    """The ids of a page in their order, where its links lead, the ids it names, and what it would ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.named: list[str] = []
        self.asked: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        self.links += [given[key] for key in ("href", "xlink:href") if key in given]
        self.named += [word for key in NAMING for word in given.get(key, "").split()]
        self.asked += [f"<{tag} {key}>" for key in given if key in LOADING]
        if tag in ("link", "script", "iframe", "object", "embed", "base"):
            self.asked.append(f"<{tag}>")


def link_faults(files: Mapping[str, bytes]) -> list[str]:
    """What is wrong with the links of the pages among `files` (name → content).

    Each link that leads nowhere or is not relative, each element that asks for something, each id that stands twice.
    """
    pages = {name: Anchors(content.decode()) for name, content in files.items() if name.endswith(".html")}
    faults = []
    for name, page in pages.items():
        faults += [f"{name}: the id {one} stands twice" for one in sorted(set(page.ids)) if page.ids.count(one) > 1]
        faults += [f"{name}: nothing is called {one}" for one in page.named if one not in page.ids]
        faults += [f"{name}: {one} asks for something" for one in page.asked]
        faults += [f"{name}: {link} {wrong}" for link in page.links if (wrong := fault(name, link, files, pages))]
    return faults


def fault(name: str, link: str, files: Mapping[str, bytes], pages: Mapping[str, Anchors]) -> str:
    """What is wrong with a link of the page `name`, "" when nothing is."""
    to = urlsplit(link)
    if to.scheme:
        return "" if to.scheme in OUTSIDE and to.netloc + to.path else "is no address that a page may hold"
    if to.netloc or to.path.startswith("/") or not link:
        return "is not relative"
    file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(to.path))) if to.path else name
    if file not in files:
        return "leads to no file"
    return "leads to no place of its page" if to.fragment and to.fragment not in pages[file].ids else ""
