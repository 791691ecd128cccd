"""Styles of a Word file: which are headings, lists, titles and lines of the table of contents."""

import re
from dataclasses import dataclass

from lxml import etree

_HEADING = re.compile(
    r"(?:heading|titre|t[ií]tulo|заголовок|.?berschrift|titolo|标题|標題|عنوان|العنوان|სათაური|başlık)\s*([1-9])$"
)
_TITLE = frozenset({"title", "titre", "título", "titulo", "titel", "название", "标题", "العنوان", "სათაური"})
_CONTENTS = re.compile(r"(?:toc|tm|tdc|оглавление|verzeichnis|目录)\s*[1-9]$")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style of paragraphs means. `level` is the depth of a heading, 0 for none."""

    level: int = 0
    title: bool = False
    listed: bool = False
    contents: bool = False


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: etree._Element, name: str, attribute: str = "val") -> str:
    """The value of the first element of this name below."""
    for found in element.iter(f"{{*}}{name}"):
        return next((str(v) for key, v in found.attrib.items() if str(key).rpartition("}")[2] == attribute), "")
    return ""


def read_styles(root: etree._Element | None) -> tuple[dict[str, Style], str]:
    """Styles by their id, and the language the file is set to ("" when it says none).

    A style takes from the one it is based on what it does not say itself.
    """
    if root is None:
        return {}, ""
    own: dict[str, etree._Element] = {}
    language = ""
    for element in root:
        if _local(element) == "style":
            name = next((str(v) for key, v in element.attrib.items() if str(key).endswith("styleId")), "")
            own[name] = element
        elif _local(element) == "docDefaults":
            language = _value(element, "lang")
    return {name: _style(name, own) for name in own}, language


def _style(name: str, own: dict[str, etree._Element]) -> Style:
    level, title, listed, contents = 0, False, False, False
    seen: set[str] = set()
    plain_level = False
    while name in own and name not in seen:
        seen.add(name)
        element = own[name]
        called = (_value(element, "name") or name).strip().lower()
        heading = _HEADING.match(called)
        outline = _value(element, "outlineLvl")
        if not level and not plain_level:
            if outline.isascii() and outline.isdigit():
                level = int(outline) + 1 if int(outline) < 9 else 0
                plain_level = level == 0
            elif heading:
                level = int(heading[1])
            elif called in _TITLE:
                level, title = 1, True
        listed = listed or _value(element, "numId") not in ("", "0")
        contents = contents or bool(_CONTENTS.match(called))
        name = _value(element, "basedOn")
    return Style(level, title, listed, contents)
