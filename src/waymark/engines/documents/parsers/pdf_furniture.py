"""Running headers and footers and page numbers: recognised by repetition, removed, used as page labels."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from waymark.engines.documents.model import Flag
from waymark.engines.documents.parsers.pdf_glyphs import Fragment
from waymark.engines.documents.parsers.pdf_shapes import Rule

EDGE = 0.13
"""Furniture lies within this share of the page's height from its upper or lower edge (for turned text: any edge)."""

LEAST_PAGES = 3
"""A line is furniture when it stands at the same place on this many pages (two, when there are two)."""

NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,7}")


@dataclass(slots=True)
class Sheet:
    """A page as read: size, fragments, turned fragments, ruled lines, flags."""

    width: float
    height: float
    fragments: list[Fragment]
    turned: list[Fragment]
    rules: list[Rule]
    flags: list[Flag] = field(default_factory=list)
    furniture: set[int] = field(default_factory=set)
    """Positions in `fragments` of headers, footers and page numbers."""
    label: str = ""


def printed_labels(sheets: list[Sheet]) -> list[str]:
    """Mark the furniture of each sheet; give the page numbers printed in it ("" where there is none)."""
    least = min(LEAST_PAGES, max(2, len(sheets)))
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    numbered: dict[tuple[str, int], set[int]] = defaultdict(set)
    found: list[tuple[int, int, list[tuple[str, int]], list[tuple[tuple[str, int], str]]]] = []
    for index, sheet in enumerate(sheets):
        for position, fragment in enumerate(sheet.fragments):
            if not _edge(sheet, fragment):
                continue
            keys = [(fragment.text, y) for y in _bins(fragment.top)]
            counted = [
                ((f"{rest}\0{offset}", y), label)
                for rest, offset, label in _numbers(fragment.text, index)
                for y in _bins(fragment.top)
            ]
            for key in keys:
                places[key].add(index)
            for key, _ in counted:
                numbered[key].add(index)
            found.append((index, position, keys, counted))
    labels = [""] * len(sheets)
    for index, position, keys, counted in found:
        sheet = sheets[index]
        label = next((label for key, label in counted if len(numbered[key]) >= least), "")
        if label:
            labels[index] = labels[index] or label
        if label or any(len(places[key]) >= least for key in keys):
            sheet.furniture.add(position)
    return labels


def without_furniture(sheet: Sheet) -> list[Fragment]:
    """The fragments of a sheet that are no furniture."""
    if not sheet.furniture:
        return sheet.fragments
    return [fragment for position, fragment in enumerate(sheet.fragments) if position not in sheet.furniture]


def _edge(sheet: Sheet, fragment: Fragment) -> bool:
    return fragment.bottom < EDGE * sheet.height or fragment.top > (1 - EDGE) * sheet.height


def _bins(y: float) -> tuple[int, int]:
    """Two overlapping bins of 8 points, so that places 4 points apart share one."""
    return int(y // 8) * 2, int((y + 4) // 8) * 2 + 1


def _numbers(text: str, index: int) -> list[tuple[str, int, str]]:
    """Ways to read a line as furniture with a page number: the rest, number minus index, the number as printed."""
    ways = []
    for match in NUMBER.finditer(text):
        if text[: match.start()][-1:].isalnum() or text[match.end() :][:1].isalnum():
            continue
        rest = text[: match.start()] + "#" + text[match.end() :]
        value = int(match[0]) if match[0].isdigit() else roman(match[0])
        if value and len(text) <= 80:
            kind = "" if match[0].isdigit() else "roman"
            ways.append((rest + kind, value - index, match[0]))
    return ways[:4]


def roman(text: str) -> int:
    """Value of a small Roman numeral, 0 when it is none."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = values[letter]
        total += -value if following and values[following] > value else value
    return total
