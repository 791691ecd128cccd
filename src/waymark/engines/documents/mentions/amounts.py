"""Amounts of money: a number with a currency, written as people of each language write it."""

import re
from collections.abc import Iterator
from decimal import Decimal

SIGNS = {"€": "EUR", "£": "GBP", "₾": "GEL", "US$": "USD", "$": "USD", "¥": "", "₽": "RUB"}
"""Sign → ISO 4217 code, "" for one that several currencies share. "$" alone is read as the United States dollar."""

WORDS = {
    "USD": (
        r"(?:US|U\.S\.|United States)\s?dollars?|dollars? (?:des États-Unis|américains?)|"
        r"dólares(?: estadounidenses| de los Estados Unidos)?|долларов США|აშშ დოლარ\w*|دولار(?: أمريكي)?|美元"
    ),
    "EUR": r"euros?|евро|ევრო\w*|يورو|欧元",
    "GEL": r"Georgian lari|lari(?:s)?|ლარ\w*|лари",
    "CHF": r"Swiss francs?|francs suisses|francos suizos|瑞士法郎",
}
"""Names of currencies in running text."""

SCALES = {
    1_000: r"thousand|mille|mil(?!l)|тыс(?:\.|яч\w*)|ათას\w*|ألف|千",
    10_000: r"万",
    1_000_000: r"million|millions|millones|millón|mn|m(?![\w²])|млн|миллион\w*|მლნ|მილიონ\w*|مليون|ملايين|百万",
    100_000_000: r"亿",
    1_000_000_000: r"billion|billions|milliards?|mil millones|bn|млрд|миллиард\w*|მლრდ|მილიარდ\w*|مليار",
}
"""What a number is multiplied by. "Billion" is read as in English; French and Spanish say milliard, mil millones."""

_CODES = "USD|EUR|GBP|GEL|CHF|CAD|AUD|SEK|NOK|DKK|JPY|CNY|RUB|TRY|XOF|XAF|MXN|COP|PEN|CLP|ARS|BRL"
_GROUP = r"[.,\u0020\u00a0\u202f']"
_NUMBER = rf"(?P<number>\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
_SCALE = "|".join(f"(?P<s{factor}>{words})" for factor, words in sorted(SCALES.items(), reverse=True))
_SIGN = "|".join(re.escape(sign) for sign in SIGNS if SIGNS[sign])
_NAMED = "|".join(f"(?P<n{code}>{words})" for code, words in WORDS.items())
_OF = r"(?:\s?(?:de|d['’])\s?|\s?)"
_AFTER = rf"(?<![A-Za-z0-9.,]){_NUMBER}(?:\s?(?:{_SCALE}))?{_OF}(?P<sign>(?:{_CODES})\b|{_SIGN}|{_NAMED})"
RULES = (
    (
        "currency before the number",
        re.compile(rf"(?<![\w$])(?P<sign>{_SIGN}|{_CODES})\s?{_NUMBER}(?:\s?(?:{_SCALE})(?!\w))?"),
    ),
    ("currency after the number", re.compile(_AFTER, re.IGNORECASE)),
)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


def amounts(text: str, language: str) -> Iterator[tuple[str, str, str, int, int]]:
    """(words, "EUR 2500000", rule, start, end) of each amount. A number whose marks cannot be read is left out."""
    taken: list[tuple[int, int]] = []
    for rule, pattern in RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            number = parse(match["number"], language)
            code = _currency(match)
            if number is None or not code or any(first < end and start < last for first, last in taken):
                continue
            taken.append((start, end))
            value = number * _factor(match)
            plain = value.to_integral_value() if value == value.to_integral_value() else value.normalize()
            yield text[start:end], f"{code} {plain:f}", rule, start, end


def _currency(match: re.Match[str]) -> str:
    for name, found in match.groupdict().items():
        if found and name.startswith("n") and name != "number":
            return name[1:]
    sign = match["sign"]
    return SIGNS.get(sign) or (sign.upper() if re.fullmatch(_CODES, sign, re.IGNORECASE) else "")


def _factor(match: re.Match[str]) -> int:
    return next((int(n[1:]) for n, found in match.groupdict().items() if found and n[1:].isdigit()), 1)


def parse(number: str, language: str) -> Decimal | None:
    """The value of a number as people write it; None when its marks contradict each other.

    Blanks and apostrophes group. With both marks the last one is the decimal. One mark alone groups when exactly three
    digits follow it and the language groups with it, as in 2,500 (English) or 2.500 (Spanish).
    """
    plain = re.sub(r"[\s\u00a0\u202f']", "", number)
    if "," in plain and "." in plain:
        decimal = max(",", ".", key=plain.rfind)
        group = "." if decimal == "," else ","
        whole, _, part = plain.rpartition(decimal)
        return None if decimal in whole else Decimal(f"{whole.replace(group, '')}.{part}")
    mark = "," if "," in plain else "."
    if plain.count(mark) > 1:
        return Decimal(plain.replace(mark, "")) if _GROUPED.fullmatch(plain) else None
    groups = mark == "," if language.startswith(("en", "zh", "ar")) else mark == "."
    if mark in plain and groups and _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(mark, ""))
    return Decimal(plain.replace(",", "."))
