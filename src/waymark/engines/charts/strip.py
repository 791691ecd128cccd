"""The progress strip: three facts per objective, side by side, told by shape and text before colour.

From top to bottom a cell shows the objective's number, the shape of the state, a vertical bar filled by the exact share
of commitments that implementers say are completed (its edge solid when evidence is cited, dotted when not), and how
many statistics improve of those that can be assessed.
"""

from waymark.engines.charts.drawing import (
    LINE,
    NARROW,
    SIZE,
    SMALL,
    WIDE,
    Canvas,
    Ink,
    Span,
    escape,
    text_width,
    wrapped,
)
from waymark.engines.charts.model import ProgressStrip, State, StripCell
from waymark.engines.charts.words import STATE_WORDS, completion_words, word
from waymark.gcm.language import Direction

_INKS: dict[State, Ink] = {
    "done": "done",
    "under_way": "under",
    "not_started": "muted",
    "dropped": "dropped",
    "unknown": "muted",
}
_BAR = 40.0
_CELL = 96.0
"""Height of a bar, and of a whole cell."""
_INSET = 2.5
"""Paper between the fill and the edge, so that a dotted edge is seen on a full bar too."""
_SEEN = 2.0
"""Of a bar, the least that is filled where one commitment is completed, and left where one is not."""


def progress_strip(strip: ProgressStrip, key: str, width: int | None = None) -> str:
    """The strip as SVG: one row (WIDE, 640), or one row per group (NARROW, 320; also for print).

    With links the picture is a group of links, each named by its sentence; without, it is one image.
    """
    wide = strip.layout == "row"
    canvas = Canvas(width or (WIDE if wide else NARROW), strip.direction)
    cells = {cell.number: cell for cell in strip.cells}
    if wide:
        step = canvas.width / max(len(cells), 1)
        for place, cell in enumerate(strip.cells):
            _cell(canvas, strip, cell, place * step + step / 2, 0.0, step)
        height = _CELL
    else:
        height = _groups(canvas, strip, cells)
    role = "group" if any(cell.href for cell in strip.cells) else "img"
    return canvas.svg(key, strip.title, strip.description, height, lang=strip.language, role=role)


def _groups(canvas: Canvas, strip: ProgressStrip, cells: dict[int, StripCell]) -> float:
    """One row per group below its label; all cells the same size. Returns the height."""
    longest = max((len(members) for _, members in strip.groups), default=1)
    step = min(canvas.width / longest, 46.0)
    y = 0.0
    for label, members in strip.groups:
        lines, cut = wrapped(label, canvas.width, SIZE, 2)
        for number, line in enumerate(lines):
            canvas.text(0, y + 13 + number * LINE, Span(line), size=SIZE, whole=label if cut and not number else "")
        y += len(lines) * LINE + 6
        for place, member in enumerate(members):
            _cell(canvas, strip, cells[member], place * step + step / 2, y, step)
        y += _CELL + 14
    return max(y - 14, 1.0)


def _cell(canvas: Canvas, strip: ProgressStrip, cell: StripCell, x: float, y: float, step: float) -> None:
    """One objective, in a link when it has a page."""
    said = escape(cell_words(cell, strip.language))
    if cell.href:
        canvas.parts.append(f'<a href="{escape(cell.href)}">')
    else:
        canvas.parts.append("<g>")
    canvas.parts.append(f"<title>{said}</title>")
    if cell.href:
        canvas.area(x - step / 2, y, (step, _CELL))
    number = Span(str(cell.number), "numbering", strong=True)
    canvas.text(x, y + 12, number, anchor="middle", size=SMALL)
    _state(canvas, cell.state, x, y + 25)
    bar(canvas, cell, (x, y + 36), min(step * 0.62, 22.0))
    size = 11.5 if text_width(cell.share, 11.5) <= step - 1 else 9.5
    share = Span(cell.share, "count", cell.share if cell.assessable else "")
    if not cell.assessable:
        share = Span(cell.share)
    canvas.text(x, y + 91, share, anchor="middle", size=size)
    canvas.parts.append("</a>" if cell.href else "</g>")


def bar(canvas: Canvas, cell: StripCell, at: tuple[float, float], thick: float, height: float = _BAR) -> None:
    """The vertical bar, its head in the middle `at`: paper, fill from the foot, hatching when unknown, and the edge
    that tells of evidence."""
    ink = _INKS[cell.state]
    x, y = at
    left = x - thick / 2
    canvas.box(left, y, (thick, height), "paper")
    if filled := _filled(cell, height - 2 * _INSET):
        canvas.box(left + _INSET, y + height - _INSET - filled, (thick - 2 * _INSET, filled), ink)
    if cell.fill is None:
        canvas.strokes([_hatch(left, y, (thick, height), rise * 10.0) for rise in range(-1, 5)], "muted")
    dotted = "" if cell.evidence else ' stroke-dasharray="0.1 3.6" stroke-linecap="round"'
    width = "1.5" if cell.evidence else "2"
    canvas.box(left, y, (thick, height), "paper", "ink", f' fill-opacity="0" stroke-width="{width}"{dotted}')


def _filled(cell: StripCell, height: float) -> float:
    """How much of a bar is filled: the exact share, but for the ends, so that only none looks empty and all full."""
    if not cell.fill or cell.fill == 1:
        return height * (cell.fill or 0)
    return min(max(cell.fill * height, _SEEN), height - _SEEN)


def _hatch(
    left: float, y: float, size: tuple[float, float], rise: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """One stroke of the hatching, cut off at the bar's ends."""
    thick, height = size
    rise = min(rise, height)
    low, high = rise + thick * 0.7, rise
    start, end = (left, y + low), (left + thick, y + high)
    if high < 0:
        end = (left + thick * low / (low - high), y)
    if low > height:
        start = (left + thick * (low - height) / (low - high), y + height)
    return start, end


def _state(canvas: Canvas, state: State, x: float, y: float) -> None:
    """Disc done, half disc under way, ring not started, cross dropped, question mark unknown."""
    ink = _INKS[state]
    if state == "dropped":
        canvas.line((x - 4, y - 4), (x + 4, y + 4), ink, 2.2)
        canvas.line((x - 4, y + 4), (x + 4, y - 4), ink, 2.2)
    elif state == "unknown":
        canvas.text(x, y + 4.5, Span("?"), anchor="middle", ink=ink, size=SMALL)
    else:
        canvas.dot(x, y, 4.6, ink, hollow=state != "done")
        if state == "under_way":
            canvas.half(x, y, 4.6, ink)


def cell_words(cell: StripCell, language: str = "en") -> str:
    """The three facts of a cell in one plain sentence each. English stands in for languages without these words."""
    evidence = "Evidence is cited" if cell.evidence else "No evidence is cited"
    if cell.assessable:
        statistics = f"{cell.improving or 0} of {cell.assessable} statistics that can be assessed improve"
    else:
        statistics = "No statistic can be assessed"
    completion = f"Commitments completed, as implementers say: {completion_words(cell)}"
    return f"Objective {cell.number}, {cell.label} ({STATE_WORDS[cell.state]}). {completion}. {evidence}. {statistics}."


def strip_words(cells: tuple[StripCell, ...], language: str = "en") -> list[str]:
    """What the strip shows, cell by cell in words: its text alternative and the source of the table below it."""
    return [cell_words(cell, language) for cell in cells]


def strip_key(key: str, language: str = "en", direction: Direction = "ltr", width: int = WIDE) -> str:
    """How to read the strip: each shape, fill and edge with its word."""
    canvas = Canvas(width, direction)
    title = word("how_to_read", language)
    other = "" if title.language == language else title.language
    x, y = 0.0, 0.0
    for state in ("done", "under_way", "not_started", "dropped", "unknown"):
        x, y = _key_item(canvas, x, y, STATE_WORDS[state], other)
        _state(canvas, state, x - _key_width(STATE_WORDS[state]) + 8, y + 16)
    samples = (
        StripCell(0, "", 1, 2, "under_way", evidence=True),
        StripCell(0, "", 0, 1, "not_started", evidence=True),
        StripCell(0, "", 0, 1, "not_started", evidence=False),
        StripCell(0, "", 0, 0, "unknown", evidence=False),
    )
    x, y = 0.0, y + 34.0
    for sample, said in zip(samples, ("half", "with_evidence", "no_evidence", "unknown_share"), strict=True):
        words = word(said, language).text
        x, y = _key_item(canvas, x, y, words, other, height=52.0)
        bar(canvas, sample, (x - _key_width(words) + 10, y), 16.0)
    lines, _ = wrapped(word("share_key", language).text, width, SMALL, 3)
    y += 62.0
    for line in lines:
        canvas.text(0, y, Span(line), ink="muted", size=SMALL, lang=other)
        y += 15.0
    return canvas.svg(key, title.text, title.text, y - 8, lang=language)


def _key_width(words: str) -> float:
    return 26.0 + text_width(words, SMALL) + 14.0


def _key_item(canvas: Canvas, x: float, y: float, words: str, lang: str, height: float = 26.0) -> tuple[float, float]:
    """Write the words of a sample at the next free place; returns where the place after it starts."""
    if x and x + _key_width(words) > canvas.width:
        x, y = 0.0, y + height
    canvas.text(x + 24, y + 20, Span(words), size=SMALL, lang=lang)
    return x + _key_width(words), y
