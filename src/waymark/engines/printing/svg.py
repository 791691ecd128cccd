"""Charts on their way into a paper: checked, made unique within a page, set in a font that is there."""

import re
from collections.abc import Callable
from functools import lru_cache
from math import inf
from typing import NamedTuple
from xml.etree import ElementTree

from waymark.engines.printing.tokens import TEXT_WIDTH_MM

SVG = "http://www.w3.org/2000/svg"
TEXT_PIXELS = TEXT_WIDTH_MM / 25.4 * 96
LEAST_LETTERS = 11.0
"""Pixels of the smallest letters on paper, 8.25 points (a rule of ours): below it the narrow shape is printed."""
XLINK = "{http://www.w3.org/1999/xlink}href"
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
FORBIDDEN = frozenset({"script", "foreignObject", "iframe", "animate", "set", "animateTransform", "animateMotion"})
URL_ID = re.compile(r"url\((['\"]?)#([^)'\"]+)\1\)")
FONT_RULE = re.compile(r"font-family\s*:[^;}]*")
REFERENCES = frozenset({"aria-labelledby", "aria-describedby"})


def parse(svg: str) -> ElementTree.Element:
    """The root of a chart.

    Raises ValueError when it is not SVG, can run code, or asks for anything outside itself: a paper opens no
    connection.
    """
    if "<!DOCTYPE" in svg.upper():  # a document type could define entities that grow without end
        raise ValueError("a chart holds a document type, which a paper may not carry")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise ValueError(f"a chart is not well-formed SVG: {error}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError(f"a chart's root is {root.tag!r}, expected svg in the namespace {SVG}")
    for element in root.iter():
        name = local_name(element)
        if name in FORBIDDEN:
            raise ValueError(f"a chart holds <{name}>, which a paper may not carry")
        for key, value in element.attrib.items():
            outside = key in ("href", XLINK) and not value.startswith(("#", "data:image/png"))
            if key.lower().startswith("on") or outside or "url(http" in value:
                raise ValueError(f"a chart's <{name}> has {key}={value!r}, which a paper may not carry")
        if name == "style" and (
            "@import" in (element.text or "") or "url(" in (element.text or "").replace("url(#", "")
        ):
            raise ValueError("a chart's style sheet asks for something outside it")
    return root


def local_name(element: ElementTree.Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def inline(svg: str, prefix: str, alt: str, address: Callable[[str], str] = "#{}".format) -> str:
    """A chart for the middle of a page: its ids begin with `prefix`, so that no two charts share one.

    `address` tells where an anchor of the paper stands that the chart links to.
    A chart without a role of its own is given the role of an image and `alt` as its name.
    """
    root = parse(svg)
    own = {element.get("id") for element in root.iter()}
    for element in root.iter():
        for key, value in element.attrib.items():  # values change meanwhile, keys do not
            if key == "id":
                element.set(key, f"{prefix}-{value}")
            elif key in REFERENCES:
                element.set(key, " ".join(f"{prefix}-{part}" for part in value.split()))
            elif key in ("href", XLINK) and value[1:] in own:
                element.set(key, f"#{prefix}-{value[1:]}")
            elif key in ("href", XLINK) and value.startswith("#"):
                element.set(key, address(value[1:]))
            elif "url(#" in value:
                element.set(key, URL_ID.sub(lambda found: f"url(#{prefix}-{found[2]})", value))
        if local_name(element) == "style" and element.text:
            element.text = URL_ID.sub(lambda found: f"url(#{prefix}-{found[2]})", element.text)
    if not root.get("role"):
        root.set("role", "img")
        root.set("aria-label", alt)
    return ElementTree.tostring(root, encoding="unicode")


def for_print(svg: str, font: str) -> str:
    """A chart with every text in `font`, for a renderer that has no system fonts."""
    root = parse(svg)
    for element in root.iter():
        if "font-family" in element.attrib:
            element.set("font-family", font)
        style = element.get("style")
        if style and "font-family" in style:
            element.set("style", FONT_RULE.sub(f"font-family:{font}", style))
        if local_name(element) == "style" and element.text:
            element.text = FONT_RULE.sub(f"font-family:{font}", element.text)
    root.set("font-family", font)
    return ElementTree.tostring(root, encoding="unicode")


@lru_cache(maxsize=256)
def size(svg: str) -> tuple[float, float]:
    """Width and height of a chart in its own units, from its viewBox, else from width and height.

    Raises ValueError when it states neither.
    """
    root = parse(svg)
    box = root.get("viewBox", "").replace(",", " ").split()
    sides = box[2:] if len(box) == 4 else [root.get(key, "").removesuffix("px") for key in ("width", "height")]
    try:
        width, height = (float(side) for side in sides)
    except ValueError as error:
        raise ValueError("a chart states no size: expected a viewBox, or width and height in pixels") from error
    if width <= 0 or height <= 0:
        raise ValueError(f"a chart is {width} wide and {height} high; both must be above 0")
    return width, height


class Area(NamedTuple):
    """Where a chart leads: an anchor of the paper, and the corner and size of the place, as shares of the chart's."""

    anchor: str
    x: float
    y: float
    width: float
    height: float


def areas(svg: str) -> list[Area]:
    """The places of a chart that lead to an anchor of the paper: each link by the area that it holds (`Canvas.area`).

    A printed chart is one picture; its links are laid over it.
    """
    if "<a " not in svg:
        return []
    width, height = size(svg)
    found = []
    for link in parse(svg).iter(f"{{{SVG}}}a"):
        href = link.get("href", "")
        for rect in link.iter(f"{{{SVG}}}rect"):
            if href.startswith("#") and "area" in rect.get("class", "").split():
                x, y, wide, high = (float(rect.get(key, "0")) for key in ("x", "y", "width", "height"))
                found.append(Area(href[1:], x / width, y / height, wide / width, high / height))
    return found


def fits_print(svg: str) -> bool:
    """Whether a chart can stand on A4 with its letters at four fifths of their size or more, and legible."""
    width, _ = size(svg)
    return width <= 1.25 * TEXT_PIXELS and least_letters(svg) * min(1.0, TEXT_PIXELS / width) >= LEAST_LETTERS


@lru_cache(maxsize=256)
def least_letters(svg: str) -> float:
    """The size of a chart's smallest letters in its own units; infinite when it says none."""
    sizes = [element.get("font-size", "").removesuffix("px") for element in parse(svg).iter()]
    return min((float(size) for size in sizes if re.fullmatch(r"\d+(\.\d+)?", size)), default=inf)


def print_size(svg: str) -> tuple[float, float]:
    """Width and height in pixels at which a chart stands on A4: its own size, or the width of the text."""
    width, height = size(svg)
    shown = min(width, TEXT_PIXELS)
    return shown, height * shown / width


def print_shape(wide: str, narrow: str) -> str:
    """Which of a chart's two shapes is printed: the wide one when it fits, else the narrow one, when there is one."""
    return wide if not narrow or fits_print(wide) else narrow


def texts(svg: str) -> str:
    """The words a chart shows, for the check of scripts."""
    return " ".join(text for element in parse(svg).iter(f"{{{SVG}}}text") for text in element.itertext())
