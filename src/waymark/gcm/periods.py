"""Periods: what sources write for a year, a span of years, a half-year, a quarter, a month or a day.

One parser for every reader. Written forms seen in real sources: `2015`, `2015.0` (UNSD long CSV), `2015-2019`
(surveys), `2011Q1` and `2011Q1 [YR2011Q1]` (World Bank corridors), `2011 [YR2011]` (World Bank DataBank), `2019-07`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from waymark.gcm.errors import InputError

PeriodKind = Literal["year", "range", "half", "quarter", "month", "day"]

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Years outside these bounds are taken for a mistake (a code or a value in the column of years)."""

_EXPECTED = (
    "a year (2015), years (2015-2019), a half-year (2015S1), a quarter (2015Q1), a month (2015-07), a day (2015-07-01)"
)
_BRACKET = re.compile(r"\s*\[YR(?P<inside>[^\]]*)\]$")
_FORMS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("year", re.compile(r"(?P<year>\d{4})(?:\.0+)?")),
    ("range", re.compile(r"(?P<year>\d{4})\s*[-–—/]\s*(?P<end>\d{4})")),
    ("range", re.compile(r"(?P<year>\d{4})/(?P<short>\d{2})")),
    ("quarter", re.compile(r"(?P<year>\d{4})-?Q(?P<part>[1-4])")),
    ("half", re.compile(r"(?P<year>\d{4})-?[SH](?P<part>[12])")),
    ("month", re.compile(r"(?P<year>\d{4})-?M?(?P<part>(?<=-)\d{2}|(?<=M)\d{2})")),
    ("day", re.compile(r"(?P<year>\d{4})-(?P<part>\d{2})-(?P<day>\d{2})(?:T00:00(?::00)?Z?)?")),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time.

    `text` is the canonical form, which `parse_period` reads back to an equal Period: `2015`, `2015-2019`, `2015S1`,
    `2011Q1`, `2019-07`, `2019-07-01`. `start_year` and `end_year` are the same except for a range.
    """

    start_year: int
    end_year: int
    text: str
    kind: PeriodKind

    @property
    def is_range(self) -> bool:
        """Whether it spans several years; methods then use the first one and flag it (a rule of ours)."""
        return self.kind == "range"

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        if self.kind == "day":
            return date.fromisoformat(self.text)
        months = {"half": 6, "quarter": 3, "month": 1}.get(self.kind)
        return date(self.start_year, (int(self.text[5:]) - 1) * months + 1 if months else 1, 1)

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        if self.kind == "day":
            return self.first_day
        months = {"half": 6, "quarter": 3, "month": 1}.get(self.kind, 12)
        year, month = divmod(self.end_year * 12 + self.first_day.month - 1 + months, 12)
        return date(year, month + 1, 1) - timedelta(days=1)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_period(written: str) -> Period:
    """The period that a source's words stand for.

    A two-figure end is read only after a slash (`2015/16`); after a hyphen `2009-10` is October 2009 (ISO 8601), and
    what is no month is refused rather than guessed. A range of one year is that year.
    Raises InputError when the words are no period, its year lies outside 1800 to 2199, or a range runs backwards.
    """
    text = written.strip()
    bracket = _BRACKET.search(text)
    if bracket:
        text = text[: bracket.start()].strip()
        if bracket["inside"].strip() != text:
            raise _refusal(written, "the period in brackets differs from the one before it")
    for kind, form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _built(written, kind, match.groupdict())
    raise _refusal(written, "this is not a period")


def spans(years: Iterable[int]) -> list[str]:
    """Years in order, those that follow one another as a span: 2010, 2015, 2016 → "2010", "2015-2016"."""
    found: list[list[int]] = []
    for year in sorted(set(years)):
        if found and year == found[-1][-1] + 1:
            found[-1].append(year)
        else:
            found.append([year])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in found]


def _built(written: str, kind: PeriodKind, parts: dict[str, str | None]) -> Period:
    """The checked period of one matched form."""
    year = int(parts["year"] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _refusal(written, f"the year {year} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    if kind == "year":
        return Period(year, year, str(year), "year")
    if kind == "range":
        return _range(written, year, parts)
    part = int(parts["part"] or 0)
    if kind in ("quarter", "half"):
        return Period(year, year, f"{year}{'Q' if kind == 'quarter' else 'S'}{part}", kind)
    try:
        day = date(year, part, int(parts.get("day") or 1))
    except ValueError:
        problem = "it is neither a month nor a span of years that can be read with certainty"
        raise _refusal(written, problem if kind == "month" else "there is no such day") from None
    return Period(year, year, day.isoformat() if kind == "day" else f"{year}-{part:02d}", kind)


def _range(written: str, year: int, parts: dict[str, str | None]) -> Period:
    """A span of years; the end may be given by its last two figures."""
    short = parts.get("short")
    end = int(parts.get("end") or 0) if short is None else year - year % 100 + int(short)
    if short is not None and end < year:
        end += 100
    if not FIRST_YEAR <= end <= LAST_YEAR:
        raise _refusal(written, f"the year {end} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    if end < year:
        raise _refusal(written, "the last year comes before the first")
    if end == year:
        return Period(year, year, str(year), "year")
    return Period(year, end, f"{year}-{end}", "range")


def _refusal(written: str, problem: str) -> InputError:
    """The one refusal of this module."""
    todo = "Correct the period, or leave the row out"
    return InputError(f"Period {written!r}", problem, expected=_EXPECTED, todo=todo)
