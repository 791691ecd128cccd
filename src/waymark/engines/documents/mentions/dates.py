"""Dates and deadlines in seven languages: days, months of a year, and years that a deadline names."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from babel import Locale

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "ka")
REACH = 28
"""The words of a deadline stand at most so many characters before its date (or after it, in Chinese and Georgian)."""

BEFORE = {
    "en": (
        r"\b(?:by|before|until|no later than|not later than|due(?: on| by)?|deadline(?: is| of|:)?)"
        r"\s(?:the\s)?(?:end\sof\s)?"
    ),
    "fr": (
        r"(?:\bd['’]ici(?: à| au| le| la fin de)?|\bavant(?: le| la fin de| fin)?|"
        r"\bau plus tard(?: le| en| fin)?|\bjusqu['’](?:au|en|à))\s"
    ),
    "es": r"\b(?:antes (?:del|de)|a más tardar(?: el| en)?|hasta(?: el)?|para(?: el| fines de| finales de)?)\s",
    "ru": r"(?:\b(?:до|не позднее|к|к концу|до конца)\s)",
    "ar": r"(?:بحلول|قبل|حتى|في موعد أقصاه)\s(?:نهاية\s)?(?:عام\s|سنة\s)?",
    "ka": r"(?:არაუგვიანეს|უნდა დასრულდეს)\s",
}
"""Words before the date that make it a deadline."""
AFTER = {"zh": r"(?:年底|底)?(?:之前|以前|前)", "ka": r"(?:\sწლ(?:ის|ამდე)(?:\sბოლომდე)?)?-?მდე|\sწლამდე"}
"""Words after the date that make it a deadline."""


class When(NamedTuple):
    """A date: its ISO 8601 value (year, month or day), the rule, whether it is a deadline, and where it stands."""

    value: str
    rule: str
    deadline: bool
    start: int
    end: int


@lru_cache(maxsize=16)
def _months(language: str) -> dict[str, int]:
    """Names of months, in every form that the Unicode CLDR gives, in small letters."""
    forms = Locale.parse(language).months
    names = {
        name.lower().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in forms[context][width].items()
        if len(name) > 2 and not name[0].isdigit()
    }
    if language == "ka":  # cases are endings: the stem is what all forms share
        names = {name[:-1] if name[-1] in "იო" else name: number for name, number in names.items()}
    return names


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    month = f"(?P<month>{names})" + (r"\w{0,4}" if language == "ka" else r"\.?")
    year = r"(?P<year>(?:19|20)\d\d)"
    of = {"es": r"\s+de(?:l)?\s+", "fr": r"\s+", "ar": r"\s+"}.get(language, r"\s+")
    day = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th|-?ე)?"
    rows = [
        ("ISO date", r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<nmonth>\d\d)-(?P<day>\d\d)(?![\d-])"),
        ("Chinese date", r"(?P<year>(?:19|20)\d\d)\s?年\s?(?P<nmonth>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?"),
        ("day month year", rf"(?<!\d){day}(?:{of}){month}(?:,?{of}|\s+){year}(?!\d)"),
        ("month day, year", rf"\b{month}\s+{day},?\s+{year}(?!\d)"),
        ("year month day", rf"{year}\sწლის\s{day}\s{month}"),
        ("month year", rf"\b{month}(?:{of}|\s+){year}(?!\d)"),
        ("year day month", rf"(?<!\d){day}\s{month},\s?{year}"),
    ]
    return tuple((rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in rows)


_YEAR = re.compile(r"(?<![\d/.,-])(?P<year>20\d\d)(?![\d/.,-]?\d)")


def dates(text: str, language: str) -> Iterator[When]:
    """The dates in a text. Two-number days such as 03/04/2025 are left out: nobody can know which is the month."""
    spoken = language.partition("-")[0] if language.partition("-")[0] in LANGUAGES else "en"
    taken: list[tuple[int, int]] = []
    for rule, pattern in _patterns(spoken):
        for match in pattern.finditer(text):
            if _overlaps(match, taken):
                continue
            taken.append(match.span())  # a day that does not exist is not read as its month either
            if value := _value(match, spoken):
                yield When(value, rule, _deadline(text, match, spoken), *match.span())
    for match in _YEAR.finditer(text):
        if not _overlaps(match, taken) and _deadline(text, match, spoken):
            yield When(match["year"], "year of a deadline", True, *match.span())


def _overlaps(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in taken)


def _value(match: re.Match[str], language: str) -> str:
    parts = match.groupdict()
    named = (parts.get("month") or "").lower().rstrip(".")
    number = int(parts["nmonth"]) if parts.get("nmonth") else _months(language).get(named, 0)
    if not 1 <= number <= 12:
        return ""
    year = int(parts["year"])
    if not parts.get("day"):
        return f"{year:04d}-{number:02d}"
    try:
        return date(year, number, int(parts["day"])).isoformat()
    except ValueError:
        return ""


def _deadline(text: str, match: re.Match[str], language: str) -> bool:
    before, after = BEFORE.get(language), AFTER.get(language)
    head = text[max(match.start() - REACH, 0) : match.start()]
    if before and re.search(rf"{before}$", head, re.IGNORECASE):
        return True
    return bool(after and re.match(after, text[match.end() : match.end() + REACH]))
