"""The drawing surface of all charts: text that is measured, wrapped and marked; shapes that mirror; colours that print.

Colours are literal presentation attributes, so that Typst, office programs and paper show them; in a page the classes
of `CHART_CSS` restyle the same shapes from custom properties, which is how dark mode works.
"""

from functools import lru_cache
from typing import Literal, NamedTuple
from unicodedata import bidirectional, combining, east_asian_width

from waymark.gcm.language import LEFT_TO_RIGHT, POP, RIGHT_TO_LEFT, Direction

WIDE, NARROW = 640, 320
"""Widths in user units, which are CSS pixels at full size: a text column, and the narrowest screen."""

SIZE, SMALL = 13.0, 12.0
LINE = 16.0

FONTS = "system-ui, 'Noto Sans', 'DejaVu Sans', 'Liberation Sans', Arial, 'Libertinus Serif', sans-serif"

Ink = Literal["ink", "muted", "rule", "accent", "paper", "done", "under", "dropped"]
Anchor = Literal["start", "middle", "end"]
SpanKind = Literal["text", "figure", "count", "date", "numbering"]

LIGHT: dict[Ink, str] = {
    "ink": "#1b1f24",
    "muted": "#5b6470",
    "rule": "#d5d9de",
    "accent": "#0b5d6b",
    "paper": "#ffffff",
    "done": "#1f6f43",
    "under": "#8a6d00",
    "dropped": "#9a3324",
}
DARK: dict[Ink, str] = {
    "ink": "#e8eaed",
    "muted": "#a3acb8",
    "rule": "#3a4149",
    "accent": "#5fc3d2",
    "paper": "#14171a",
    "done": "#6cc792",
    "under": "#d9b84a",
    "dropped": "#e98a79",
}


def _css() -> str:
    """Custom properties for light, dark and paper, and one class per colour and use."""
    light = "".join(f"--wm-{name}:{colour};" for name, colour in LIGHT.items())
    dark = "".join(f"--wm-{name}:{colour};" for name, colour in DARK.items())
    uses = "".join(
        f".wm-chart .f-{name}{{fill:var(--wm-{name})}}.wm-chart .s-{name}{{stroke:var(--wm-{name})}}" for name in LIGHT
    )
    return (
        f".wm-chart{{{light}display:block;width:100%;height:auto}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]) .wm-chart{{{dark}}}}}"
        f"@media screen{{[data-theme=dark] .wm-chart{{{dark}}}}}"
        f"{uses}"
        ".wm-chart a:focus{outline:none}"
        ".wm-chart a:focus-visible .edge,.wm-chart a:hover .edge{stroke:var(--wm-accent);stroke-width:3}"
        ".wm-chart text{font-variant-numeric:tabular-nums}"
    )


CHART_CSS = _css()
"""One style sheet for every chart of a page."""


class Span(NamedTuple):
    """A stretch of text of one kind; `value` is its machine form. Digits inside a `text` span are part of a name."""

    text: str
    kind: SpanKind = "text"
    value: str = ""
    strong: bool = False


def escape(text: str) -> str:
    """Text safe in SVG content and attributes; characters that XML cannot hold are left out."""
    kept = text if text.isprintable() else "".join(c for c in text if c >= " " and not 0xD800 <= ord(c) <= 0xDFFF)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _letter_width(letter: str) -> float:
    """Width of a letter in ems, on the wide side of common sans faces (DejaVu Sans), so that nothing overlaps."""
    if combining(letter) or letter in "\u2066\u2067\u2068\u2069\u200e\u200f":
        return 0.0
    if letter in " .,:;'|!ijlI()[]/·\xa0":
        return 0.36
    if letter in "mwMW@%…—":
        return 0.95
    if letter.isdigit() or letter.isupper():
        return 0.68
    if east_asian_width(letter) in "WF":
        return 1.0
    return 0.61


_WIDTHS: dict[str, float] = {}


@lru_cache(maxsize=8192)
def text_width(text: str, size: float = SIZE) -> float:
    """Estimated width in user units, without any font at hand."""
    total = 0.0
    for letter in text:
        width = _WIDTHS.get(letter)
        if width is None:
            width = _WIDTHS[letter] = _letter_width(letter)
        total += width
    return total * size


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float, size: float = SIZE, most: int = 3) -> tuple[tuple[str, ...], bool]:
    """Lines no wider than `width`, and whether words were cut off. Words longer than a line are broken inside."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width, size):
        longer = f"{line} {piece}" if line and not piece.startswith("\u200b") else line + piece.lstrip("\u200b")
        if line and text_width(longer, size) > width:
            lines.append(line)
            line = piece.lstrip("\u200b")
        else:
            line = longer
    if line:
        lines.append(line)
    if len(lines) <= most:
        return tuple(lines), False
    last = lines[most - 1]
    kept = next((end for end in range(len(last), 0, -1) if text_width(last[:end] + "…", size) <= width), 0)
    return (*lines[: most - 1], last[:kept].rstrip(" ,;:") + "…"), True


def _pieces(text: str, width: float, size: float) -> list[str]:
    """Words, with those too long for a line cut up; a continued piece starts with a zero-width space."""
    pieces: list[str] = []
    for piece in text.split():
        start = ""
        for letter in piece:
            if start.strip("\u200b") and text_width(start + letter, size) > width:
                pieces.append(start)
                start = "\u200b"
            start += letter
        pieces.append(start)
    return pieces


def _marked(span: Span, mirrored: bool) -> str:
    """The markup of a span: every digit in an element that says what it is."""
    text = escape(span.text)
    if span.kind != "text":
        value = f' data-value="{escape(span.value)}"' if span.value else ""
        weight = ' font-weight="600"' if span.strong else ""
        fenced = f"{LEFT_TO_RIGHT}{text}{POP}" if mirrored else text
        return f'<tspan class="{span.kind}"{value}{weight}>{fenced}</tspan>'
    if any(letter.isdigit() for letter in text):
        text = _digits_marked(text)
    return f'<tspan font-weight="600">{text}</tspan>' if span.strong else text


def _digits_marked(text: str) -> str:
    """Digits of a name in a tspan of class `numbering`; escaped entities hold none."""
    parts: list[str] = []
    inside = False
    for letter in text:
        if letter.isdigit() != inside:
            parts.append("</tspan>" if inside else '<tspan class="numbering">')
            inside = not inside
        parts.append(letter)
    if inside:
        parts.append("</tspan>")
    return "".join(parts)


class Canvas:
    """Collects shapes; `x` counts from the side where reading starts, and is turned round for right-to-left."""

    def __init__(self, width: float, direction: Direction) -> None:
        self.width = width
        self.mirrored = direction == "rtl"
        self.parts: list[str] = []

    def _x(self, x: float) -> str:
        return _short(self.width - x if self.mirrored else x)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], ink: Ink, width: float = 1.0, dash: str = ""
    ) -> None:
        """A straight line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{self._x(start[0])}" y1="{_short(start[1])}" x2="{self._x(end[0])}" y2="{_short(end[1])}" '
            f'class="s-{ink}" stroke="{LIGHT[ink]}" stroke-width="{width:g}"{dashes}/>'
        )

    def polyline(self, points: list[tuple[float, float]], ink: Ink, width: float, dash: str = "") -> None:
        """A line through points."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        path = " ".join(f"{self._x(x)},{_short(y)}" for x, y in points)
        self.parts.append(
            f'<polyline points="{path}" fill="none" class="s-{ink}" stroke="{LIGHT[ink]}" stroke-width="{width:g}" '
            f'stroke-linejoin="round" stroke-linecap="round"{dashes}/>'
        )

    def dot(self, x: float, y: float, radius: float, ink: Ink, hollow: bool = False) -> None:
        """A dot; a hollow one is an estimate."""
        fill: Ink = "paper" if hollow else ink
        self.parts.append(
            f'<circle cx="{self._x(x)}" cy="{_short(y)}" r="{radius:g}" class="f-{fill} s-{ink}" '
            f'fill="{LIGHT[fill]}" stroke="{LIGHT[ink]}" stroke-width="1.5"/>'
        )

    def strokes(self, pairs: list[tuple[tuple[float, float], tuple[float, float]]], ink: Ink) -> None:
        """Separate thin lines as one path, for hatching."""
        path = "".join(f"M{self._x(x)} {_short(y)}L{self._x(u)} {_short(v)}" for (x, y), (u, v) in pairs)
        self.parts.append(f'<path d="{path}" class="s-{ink}" stroke="{LIGHT[ink]}" stroke-width="1"/>')

    def half(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """The half of a disc where reading starts."""
        sweep = 1 if self.mirrored else 0
        self.parts.append(
            f'<path d="M{self._x(x)} {_short(y - radius)}a{radius:g} {radius:g} 0 0 {sweep} 0 {2 * radius:g}z" '
            f'class="f-{ink}" fill="{LIGHT[ink]}"/>'
        )

    def box(
        self, x: float, y: float, size: tuple[float, float], fill: Ink, edge: Ink | None = None, more: str = ""
    ) -> None:
        """A rectangle from its corner at the reading start; `more` are further attributes."""
        width, height = size
        corner = self.width - x - width if self.mirrored else x
        stroke = f' stroke="{LIGHT[edge]}"' if edge else ""
        classes = f"f-{fill} s-{edge}" if edge else f"f-{fill}"
        classes += " edge" if edge else ""
        self.parts.append(
            f'<rect x="{_short(corner)}" y="{_short(y)}" width="{_short(width)}" height="{_short(height)}" '
            f'class="{classes}" fill="{LIGHT[fill]}"{stroke}{more}/>'
        )

    def area(self, x: float, y: float, size: tuple[float, float], *, framed: bool = False) -> None:
        """The whole place of a link, from its corner at the reading start: nothing is drawn there, but a finger, the
        PDF and a frame around what has the focus (`framed`) need it."""
        width, height = size
        corner = self.width - x - width if self.mirrored else x
        self.parts.append(
            f'<rect x="{_short(corner)}" y="{_short(y)}" width="{_short(width)}" height="{_short(height)}" '
            f'class="area{" edge" if framed else ""}" fill="none" pointer-events="all"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        *spans: Span,
        anchor: Anchor = "start",
        ink: Ink = "ink",
        size: float = SIZE,
        whole: str = "",
        lang: str = "",
    ) -> None:
        """A line of text on its baseline. `whole`: the full text of a shortened one; `lang`: when it differs."""
        side = anchor if not self.mirrored or anchor == "middle" else {"start": "end", "end": "start"}[anchor]
        placed = f' text-anchor="{side}"' if side != "start" else ""
        inner = "".join(_marked(span, self.mirrored) for span in spans)
        if self.mirrored and (
            len(spans) > 1 or any(bidirectional(c) in ("R", "AL") for span in spans for c in span.text)
        ):
            inner = f"{RIGHT_TO_LEFT}{inner}{POP}"
        said = f' lang="{lang}" xml:lang="{lang}"' if lang else ""
        tip = f"<title>{escape(whole)}</title>" if whole else ""
        self.parts.append(
            f'<text x="{self._x(x)}" y="{_short(y)}"{placed} font-size="{size:g}" class="f-{ink}" '
            f'fill="{LIGHT[ink]}"{said}>{tip}{inner}</text>'
        )

    def svg(self, key: str, title: str, description: str, height: float, *, lang: str, role: str = "img") -> str:
        """The whole picture: named, described, as wide as its place, with ids that start with `key`."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="wm-chart" role="{role}" '
            f'aria-labelledby="{key}-title" aria-describedby="{key}-desc" lang="{lang}" direction="ltr" '
            f'viewBox="0 0 {self.width:g} {_short(height)}" font-family="{FONTS}">'
            f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(description)}</desc>'
            f"{''.join(self.parts)}</svg>"
        )


def _short(number: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
