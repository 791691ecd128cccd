"""Legal symbols: documents of the United Nations, conventions, acts of the European Union, numbered laws."""

import re
from collections.abc import Iterator

_UN = "A|E|S|ST|T|CCPR|CEDAW|CERD|CMW|CRC|CRPD|CAT|CED|HRI|ECE|ESCAP|FCCC"
_RESOLUTION = r"(?i:\b(?:resolution|résolution|resolución|резолюци[яиюей]+)\s+)"
_NUMBERED = r"(?i:\b(?:convention|convenio)\s+(?:no\.|n[°ºo]\.?|núm\.)\s?)"
_EU = "EU|UE|EC|CE|EEC|CEE"
_ACT = "Regulation|Directive|Decision|Règlement|Décision|Reglamento|Directiva|Decisión"
_LAW = "Law|Act|Decree|Order|Loi|Décret|Arrêté|Ley|Decreto|Real Decreto|Закон|Указ"

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern))
    for rule, pattern in (
        ("UN symbol", rf"\b(?:{_UN})(?:/[A-Z0-9][A-Za-z0-9.\-]*){{1,6}}\b(?:\s(?:Add|Corr|Rev)\.\d+)?"),
        ("resolution", _RESOLUTION + r"(?P<symbol>\d{1,4}(?:/\d{1,4})?(?:\s?\([XVILC0-9]+\))?)"),
        ("ILO convention", rf"\bC\.?\s?(?P<symbol>0?\d{{2,3}})\b(?=[^\d%]|$)|{_NUMBERED}(?P<number>\d{{1,3}})\b"),
        ("treaty series", r"\b(?P<symbol>(?:CETS|ETS|STCE|STE)\s(?:No\.\s?)?\d{1,3})\b"),
        (
            "EU act",
            rf"\b(?:{_ACT})\s(?P<symbol>\((?:{_EU})\)\s?(?:No\.?|n[°ºo])?\s?\d{{1,4}}/\d{{1,4}}|"
            rf"\d{{2,4}}/\d{{1,4}}/(?:{_EU}))",
        ),
        ("EU communication", r"\b(?P<symbol>(?:COM|SWD|JOIN)\(\d{4}\)\s?\d{1,4})\b"),
        ("numbered law", rf"\b(?:{_LAW})\s(?:No\.|No|N[°ºo]\.?|núm\.|№)\s?(?P<symbol>[\dA-Z][\w./\-]*\d)"),
    )
)
"""(rule, pattern); the symbol is the named group, or the whole match."""


def symbols(text: str) -> Iterator[tuple[str, str, str, int, int]]:
    """(words, symbol, rule, start, end) of each, the first rule that matches a place wins."""
    taken: list[tuple[int, int]] = []
    for rule, pattern in RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(first < end and start < last for first, last in taken):
                continue
            value = _value(rule, match)
            if value:
                taken.append((start, end))
                yield text[start:end], value, rule, start, end


def _value(rule: str, match: re.Match[str]) -> str:
    groups = {name: found for name, found in match.groupdict().items() if found}
    plain = " ".join((groups.get("symbol") or groups.get("number") or match[0]).split())
    if rule == "UN symbol":
        return plain if any(sign.isdigit() for sign in plain) else ""
    if rule == "ILO convention":
        return f"C{int(plain):03d}"
    if rule == "resolution":
        return f"resolution {plain}"
    return plain
