"""Words on their way into a web page: escaped, and their digits marked."""

import re
from html import escape

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
    parts: list[str] = []
    for character in printable(text):
        digit = character.isdigit()
        if digit and parts and parts[-1].startswith("<"):
            parts[-1] = parts[-1].removesuffix("</span>") + character + "</span>"
        else:
            parts.append(f'<span class="numbering">{character}</span>' if digit else escape(character))
    return "".join(parts)


def numbering(number: int) -> str:
    """A number that the page itself gives."""
    return f'<span class="numbering">{number}</span>'


def align(side: str) -> str:
    """The class of a cell aligned to `side`."""
    return "" if side == "start" else f' class="{side}"'
