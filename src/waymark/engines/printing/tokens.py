"""The tokens of the look, said once for the HTML, PDF and DOCX of a paper.

Sizes are CSS pixels (96 to the inch); `points` turns them into printer's points. Colours are pairs of light and dark;
print uses the light ones. Every colour that carries words stands at 4.5:1 or more on its paper (a test measures it).
"""

from typing import Final, NamedTuple

SIZES: Final = (12.8, 16.0, 19.2, 23.0, 27.6, 33.2)
"""Type sizes in pixels, a scale of 1.2 from 16: small, text, and headings of level 4 up to the title."""

SPACES: Final = (4, 8, 12, 16, 24, 32, 48, 64)
"""Steps of space, in pixels."""

TEXT_LEADING: Final = 1.5
HEADING_LEADING: Final = 1.2
MEASURE: Final = 70
"""Characters in a line of running text."""

PAGE_MARGIN_MM: Final = 25
BRIEF_MARGIN_MM: Final = 20
PAGE_WIDTH_MM: Final = 210
PAGE_HEIGHT_MM: Final = 297
TEXT_WIDTH_MM: Final = PAGE_WIDTH_MM - 2 * PAGE_MARGIN_MM

SANS: Final = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'
"""Fonts of pages: the reader's own, nothing is fetched."""
PRINT_FONT: Final = "FiraGO"
"""Font of the PDF (`typefaces`): one design for Latin, Cyrillic, Greek, Georgian, Arabic, Hebrew and more."""
PRINT_FONTS: Final = (PRINT_FONT, "Noto Sans Symbols2", "Noto Sans Math")
"""Families of print in the order in which they are asked for a sign."""
OFFICE_FONT: Final = "Calibri"
"""Font of the DOCX; office programs put their own in its place where it is missing."""


class Colour(NamedTuple):
    """A colour on light and on dark paper, as #rrggbb."""

    light: str
    dark: str


COLOURS: Final = {
    "ink": Colour("#1b1f24", "#e8eaed"),
    "paper": Colour("#ffffff", "#14171a"),
    "muted": Colour("#5b6470", "#a9b1bb"),
    "accent": Colour("#0b5d6b", "#5fc3d2"),
    "done": Colour("#1f6f43", "#6cc495"),
    "under-way": Colour("#8a6d00", "#d9b84a"),
    "not-started": Colour("#5b6470", "#a9b1bb"),
    "dropped": Colour("#9a3324", "#e58a7b"),
}
"""Colours of words and signs. The light ones are the house's; the dark states are lighter tints of the same hues."""

LINES: Final = {"rule": Colour("#d5d9de", "#3a4047"), "wash": Colour("#f5f6f7", "#1c2024")}
"""Colours that carry no words: rules, and the ground of a table's head."""

EDGES: Final = {
    "demonstration": ("double", "ink"),
    "warning": ("solid", "dropped"),
    "proposal": ("dashed", "accent"),
    "context": ("solid", "muted"),
    "gap": ("dotted", "not-started"),
    "note": ("solid", "accent"),
}
"""Notice role → shape of its edge, then its colour. The shape and the title say what the colour shows."""


def points(pixels: float) -> float:
    """`pixels` of 1/96 inch as points of 1/72 inch."""
    return round(pixels * 0.75, 2)


def css_variables() -> str:
    """The tokens as custom properties: light on `:root`, dark where the reader's system asks for it."""
    every = {**COLOURS, **LINES}
    shared = [f"--size-{step}:{size / 16:g}rem" for step, size in enumerate(SIZES)]
    shared += [f"--space-{step}:{space}px" for step, space in enumerate(SPACES, start=1)]
    shared += [f"--measure:{MEASURE}ch", f"--leading:{TEXT_LEADING}", f"--leading-heading:{HEADING_LEADING}"]
    shared += [f"--sans:{SANS}", f"--page-margin:{PAGE_MARGIN_MM}mm"]
    light = [f"--{name}:{colour.light}" for name, colour in every.items()]
    dark = [f"--{name}:{colour.dark}" for name, colour in every.items()]
    edges = "".join(
        f".notice.{role}{{border-inline-start-style:{shape};border-inline-start-color:var(--{colour})}}"
        for role, (shape, colour) in EDGES.items()
    )
    return (
        f":root{{{';'.join(shared + light)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{';'.join(dark)}}}}}\n{edges}\n"
    )


def print_tokens() -> dict[str, object]:
    """The tokens of print, as the PDF template reads them: sizes and spaces in points, colours of light paper."""
    return {
        "sizes": [points(size) for size in SIZES],
        "spaces": [points(space) for space in SPACES],
        "colours": {name: colour.light for name, colour in {**COLOURS, **LINES}.items()},
        "edges": {role: list(edge) for role, edge in EDGES.items()},
        "margin": PAGE_MARGIN_MM,
        "brief_margin": BRIEF_MARGIN_MM,
        "fonts": list(PRINT_FONTS),
    }
