"""Running headers and footers and page numbers: recognised by repetition, removed, used as page labels."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from waymark.engines.documents.model import Flag
from waymark.engines.documents.parsers.pdf.glyphs import Fragment
from waymark.engines.documents.parsers.pdf.shapes import Rule

EDGE = 0.13
"""Furniture lies within this share of the page's height from its upper or lower edge; turned text anywhere."""

LEAST_PAGES = 3
"""A line is furniture when it stands at the same place on this many pages (two, when there are two)."""

LONGEST = 40
"""Letters of a footer whose words change from chapter to chapter and whose number goes on."""

WORDED, ANYWHERE = 12, -1
"""A line of this many letters is furniture at any height of the edges, when a quarter of the pages have it."""

NUMBER = re.compile(r"(?<![^\W_])(?:\d{1,4}|[ivxlc]{1,7})(?![^\W_])")
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

Key = tuple[str, int]
"""What a line says or counts, and the bin of its place."""


@dataclass(slots=True)
class Sheet:
    """A page as read: size, fragments, turned text, ruled lines, flags."""

    width: float
    height: float
    fragments: list[Fragment]
    turned: list[Fragment]
    rules: list[Rule]
    flags: list[Flag] = field(default_factory=list)
    label: str = ""
    """The page number found in the furniture."""
    damaged: bool = False
    """Whether the page could not be read."""


@dataclass(slots=True)
class _Candidate:
    """A line that may be furniture: its sheet, itself, what it says, and how it counts (key and number)."""

    index: int
    fragment: Fragment
    said: list[Key]
    counted: list[tuple[Key, str]]


def strip_furniture(sheets: list[Sheet]) -> None:
    """Take the furniture off the sheets and note the page numbers printed in it."""
    least = min(LEAST_PAGES, max(2, len(sheets)))
    usual = _usual_size(sheets)
    pages: dict[Key, set[int]] = defaultdict(set)
    candidates = [found for index, sheet in enumerate(sheets) for found in _candidates(index, sheet, usual)]
    for found in candidates:
        for key in [*found.said, *(key for key, _ in found.counted)]:
            pages[key].add(found.index)
    gone: set[int] = set()
    for found in candidates:
        sheet = sheets[found.index]
        label = next((label for key, label in found.counted if len(pages[key]) >= least), "")
        sheet.label = sheet.label or label
        often = max(least, len(sheets) // 4)
        if label or any(len(pages[key]) >= (often if key[1] == ANYWHERE else least) for key in found.said):
            gone.add(id(found.fragment))
    for sheet in sheets:
        sheet.fragments = [fragment for fragment in sheet.fragments if id(fragment) not in gone]
        sheet.turned = [fragment for fragment in sheet.turned if id(fragment) not in gone]


def _usual_size(sheets: list[Sheet]) -> float:
    """Size of most letters."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for fragment in sheet.fragments:
            sizes[round(fragment.size)] += len(fragment.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _candidates(index: int, sheet: Sheet, usual: float) -> list[_Candidate]:
    """Lines at the edges of a sheet, and its turned text."""
    found = []
    for fragment in sheet.fragments:
        if fragment.bottom < EDGE * sheet.height or fragment.top > (1 - EDGE) * sheet.height:
            counted = _counted(index, fragment) if fragment.size <= 1.15 * usual and len(fragment.text) <= 80 else []
            said = [(fragment.text, y) for y in _bins(fragment.top)]
            if len(fragment.text) >= WORDED and fragment.size <= 1.15 * usual:
                said.append((fragment.text, ANYWHERE))
            found.append(_Candidate(index, fragment, said, counted))
    for fragment in sheet.turned:
        found.append(_Candidate(index, fragment, [(fragment.text, y) for y in _bins(fragment.left)], []))
    return found


def _bins(place: float) -> tuple[int, int]:
    """Two overlapping bins of 8 points, so that places 4 points apart share one."""
    return int(place // 8) * 2, int((place + 4) // 8) * 2 + 1


def _counted(index: int, fragment: Fragment) -> list[tuple[Key, str]]:
    """Ways to read a line as one that counts the pages: the same words, or few words, and number minus index."""
    text, ways = fragment.text, []
    for match in list(NUMBER.finditer(text))[:4]:
        arabic = match[0].isdigit()
        offset = (int(match[0]) if arabic else roman(match[0])) - index
        rest = f"{text[: match.start()]}#{text[match.end() :]}" if len(text) > LONGEST else ""
        key = f"{rest}\0{'' if arabic else 'roman'}{offset}"
        ways += [((key, y), match[0]) for y in _bins(fragment.top)]
    return ways


def roman(text: str) -> int:
    """Value of a small Roman numeral."""
    total = 0
    for position, letter in enumerate(text):
        value = VALUES[letter]
        total += -value if any(VALUES[after] > value for after in text[position + 1 : position + 2]) else value
    return total
