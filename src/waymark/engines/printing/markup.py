"""Words on their way into a web page: escaped, and their digits marked."""

import re
from html import escape
from itertools import groupby

from waymark.engines.printing.reading import printable

ESCAPED = re.compile(r"[&<>\"']")


def css_string(text: str) -> str:
    """`text` as a CSS string that can neither end early nor close the style element."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in " ".join(text.split())) + '"'


def text_of(text: str) -> str:
    """`text` escaped for HTML, without characters that no page may hold."""
    shown = printable(text)
    return escape(shown) if ESCAPED.search(shown) else shown  # most words need nothing, and a page has many


def with_numbering(text: str) -> str:
    """Plain words of the frame around a paper, each group of digits marked as numbering."""
    parts = ((digits, "".join(group)) for digits, group in groupby(printable(text), key=str.isdigit))
    return "".join(f'<span class="numbering">{part}</span>' if digits else escape(part) for digits, part in parts)


def numbering(number: int) -> str:
    """A number that the page itself gives."""
    return f'<span class="numbering">{number}</span>'


def align(side: str) -> str:
    """The class of a cell aligned to `side`."""
    return "" if side == "start" else f' class="{side}"'
