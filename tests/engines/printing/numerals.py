"""Find numerals of a page that no element says the kind of."""

import unicodedata
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
HIDDEN = frozenset({"head", "style", "script", "template", "title", "desc", "metadata"})
KINDS = frozenset({"figure", "count", "date", "numbering"})


class Numerals(HTMLParser):
    """Walks a page, its SVG included, and keeps every visible word with a numeral outside the four kinds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool, bool]] = []
        self.unmarked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            _, hidden, marked = self.open[-1] if self.open else ("", False, False)
            classes = set((dict(attrs).get("class") or "").split())
            self.open.append((tag, hidden or tag in HIDDEN, marked or tag == "time" or bool(classes & KINDS)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An SVG element without content holds no text."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in VOID:
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        _, hidden, marked = self.open[-1] if self.open else ("", False, False)
        if not hidden and not marked:
            self.unmarked += [word for word in data.split() if any(is_numeral(character) for character in word)]


def is_numeral(character: str) -> bool:
    """A digit or number of any script (Unicode categories Nd, Nl, No)."""
    return unicodedata.category(character).startswith("N")


def unmarked_numerals(html: str) -> list[str]:
    """Every visible word of `html` with a numeral that is not marked as figure, count, date or numbering."""
    walker = Numerals()
    walker.feed(html)
    walker.close()
    return walker.unmarked
