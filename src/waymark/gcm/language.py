"""Languages we print: direction, names, and how each writes numbers, dates, periods, lists and plurals.

The patterns are those of the Unicode CLDR through Babel, with the United Nations' habits where they differ: English
dates as `8 December 2022`, and "per cent" in running text but "%" in tables and on axes. Digits are the Western ones
in every language (CLDR's default for Arabic, `ar`), so that a figure can be compared across language versions.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from babel.lists import format_list

from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import read_table
from waymark.gcm.periods import parse_period

Direction = Literal["ltr", "rtl"]
UnitKind = Literal["percent", "count", "money", "rate", "index"]
Place = Literal["text", "table"]

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es", "ka")
"""The six official languages of the United Nations in its order, then national ones."""

MINUS = "−"
LEFT_TO_RIGHT, RIGHT_TO_LEFT, POP = "\u2066", "\u2067", "\u2069"
"""Isolates of Unicode: they fence a run off from the direction of its surroundings, until `POP`."""

NO_BREAK = "\N{NO-BREAK SPACE}"

_MOST_DECIMALS = 12
WHOLE_PERCENT = 10
"""From this percentage on, two that differ by less than their one decimal shows are almost the same."""
_BEYOND_READING = 1e15

_BARE_UNITS = frozenset({"percent", "number", "bool", "index", "score", "ratio"})
"""Units whose name adds nothing after a number in a sentence; the indicator's own words follow instead."""
_MILLIONS = {"thousands": "thousand", "millions": "million", "billions": "billion"}
_PER_CENT = {"en": "per cent", "fr": "%", "ru": "%", "es": "%", "ka": "%", "ar": "%", "zh": "%"}


class NumberStyle(NamedTuple):
    """How one language writes numbers: its marks, and whether a four-figure number is grouped."""

    decimal: str
    group: str
    percent: str
    """Pattern of a percentage in a table, with `{}` for the number."""
    group_four: bool


@lru_cache(maxsize=64)
def base_language(language: str) -> str:
    """The supported language of a BCP 47 tag: `en` for `en-GB`. Raises NotFoundError for a language we do not print."""
    base = language.replace("_", "-").split("-", 1)[0].lower()
    if base not in LANGUAGES:
        raise NotFoundError(
            f"Language {language!r}",
            "there is no such language here",
            expected=f"one of {', '.join(LANGUAGES)}",
            todo="Choose one of these",
        )
    return base


@lru_cache(maxsize=16)
def locale(language: str) -> Locale:
    """Babel's locale. English is that of the United Kingdom, nearest to the United Nations' style."""
    base = base_language(language)
    return Locale.parse("en_GB" if base == "en" else base)


def direction(language: str) -> Direction:
    """Which way the language is written."""
    return "rtl" if base_language(language) == "ar" else "ltr"


def is_language(code: str) -> bool:
    """Whether a code is that of a language people speak, printed here or not: `ka`, `az`."""
    return code in locale("en").languages


def language_name(language: str, within: str = "") -> str:
    """The name of a language, in itself or in the language `within`; the tag when CLDR has no name for it."""
    try:
        spoken = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return language
    names = locale(within).languages if within else spoken.languages
    return str(names.get(spoken.language, language))


@lru_cache(maxsize=16)
def number_style(language: str) -> NumberStyle:
    """The marks of a language. Narrow and wide fixed spaces become the no-break space, which every font has."""
    base = base_language(language)
    symbols = locale(base).number_symbols
    symbols = symbols.get("latn", symbols)
    pattern = locale(base).percent_formats[None].pattern.replace("#,##0", "{}")
    group = str(symbols["group"])
    return NumberStyle(
        decimal=str(symbols["decimal"]),
        group=NO_BREAK if group.isspace() else group,
        percent="".join(NO_BREAK if letter.isspace() else letter for letter in pattern),
        group_four=base not in ("es", "ka"),  # CLDR minimumGroupingDigits is 2 there; Babel does not carry it
    )


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[UnitKind, str]]:
    """Kind and words of each unit of the catalogue (`indicators/units.csv`)."""
    found: dict[str, tuple[UnitKind, str]] = {}
    for row in read_table("indicators", "units.csv"):
        kind: UnitKind = "index"
        if row["kind"] in ("percent", "money", "rate"):
            kind = cast(UnitKind, row["kind"])
        elif row["kind"] == "number" and row["decimals"] == "0":
            kind = "count"
        found[row["code"]] = (kind, "" if row["code"] in _BARE_UNITS else _after_a_number(row["label"], kind))
    return found


def _after_a_number(label: str, kind: UnitKind) -> str:
    """A unit's label as it follows a number in English: `million US dollars`, `per 100,000 people`."""
    if kind == "percent":
        return label.removeprefix("per cent").strip()
    first, _, rest = label.partition(" ")
    if first in _MILLIONS:
        label = f"{_MILLIONS[first]} {rest.removeprefix('of ')}".strip()
    return re.sub(r"(?<=\d) (?=\d{3})", ",", label)


def unit_kind(unit: str) -> UnitKind:
    """What sort of number a unit code makes, which decides its decimals. An unknown code counts as an index."""
    if unit in _units():
        return _units()[unit][0]
    if unit.startswith("per_"):
        return "rate"
    if unit.startswith("percent"):
        return "percent"
    return "money" if "usd" in unit.split("_") else "index"


def unit_words(unit: str) -> str:
    """The unit in English words, "" for plain numbers and percentages; an unknown code is shown as it is."""
    if unit in _units():
        return _units()[unit][1]
    return unit.removeprefix("percent").replace("_", " ").strip()


def decimals_for(values: Iterable[float], kind: UnitKind) -> int:
    """How many decimals show these values side by side without false precision.

    Counts have none. Percentages have one. Rates, indices and money keep three significant figures of the largest,
    and at most two decimals. No value is rounded away to zero: beside larger ones the smallest keeps one significant
    figure, alone two (a percentage only below a tenth, so that it is written alike alone and beside others). Nobody
    gets more than its source wrote: a list of whole numbers stays whole.
    """
    sizes = [abs(value) for value in values]
    if not sizes:
        return 0
    written = max(decimals_written(size) for size in sizes)
    if kind == "count" and max(sizes) >= 1:
        return 0
    largest = max(sizes)
    wanted = 1 if kind in ("percent", "count") else 0 if largest >= 100 else 1 if largest >= 10 else 2
    figures = 1 if largest >= (0.1 if kind == "percent" else 1) else 2
    for size in sizes:
        if 0 < size < 1:
            wanted = max(wanted, figures - 1 - Decimal(repr(size)).adjusted())
    return min(wanted, written, _MOST_DECIMALS)


def decimals_apart(first: float, second: float, kind: UnitKind, extra: int = 2) -> int | None:
    """The fewest decimals, from `decimals_for` up, at which two different values also look different.

    None when even `extra` more decimals do not part them ("almost unchanged"). Equal values need no more. Percentages
    of ten and more get none beyond their one decimal: nobody counts to a hundredth of a point.
    """
    if kind == "percent" and min(abs(first), abs(second)) >= WHOLE_PERCENT:
        extra = 0
    least = decimals_for((first, second), kind)
    for decimals in range(least, least + extra + 1):
        if (rounded(first, decimals) == rounded(second, decimals)) == (first == second):
            return decimals
    return None


def rounded(value: float, decimals: int) -> Decimal:
    """The value as it is shown: halves go away from zero, on the number as written and not on its binary form."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def machine(value: float) -> str:
    """The exact number as programs read it: `12.3`, `79368`, `-0.5`; the counterpart of what is shown."""
    return repr(value).removesuffix(".0")


def format_number(value: float, language: str, decimals: int | None = None, kind: UnitKind = "index") -> str:
    """A number as the language writes it: grouped by thousands, its own decimal mark, a true minus sign.

    Without `decimals`, those of `decimals_for`. Zero never carries a sign. Raises ValueError for NaN and infinity.
    """
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"{value} is not a number that can be shown; show why it is unknown instead")
    style = number_style(language)
    exact = rounded(value, decimals_for((value,), kind) if decimals is None else decimals)
    if decimals is None and value and not exact:
        return _powers(value)
    whole, _, part = f"{abs(exact):f}".partition(".")
    if len(whole) > 4 or (len(whole) == 4 and style.group_four):
        whole = f"{int(whole):,}".replace(",", style.group)
    sign = MINUS if exact < 0 else ""
    return f"{sign}{whole}{style.decimal}{part}" if part else sign + whole


def format_quantity(
    value: float,
    unit: str,
    language: str,
    *,
    place: Place = "text",
    decimals: int | None = None,
    words: str | None = None,
) -> str:
    """A number with its unit: `12.3 per cent`, `12.3%` in a table, `79,368`, `4.1 per 100,000 people`.

    `unit` is a code of the observations; `words` replaces the unit's English words by those of the indicator.
    """
    kind = unit_kind(unit)
    number = format_number(value, language, decimals, kind)
    tail = unit_words(unit) if words is None else words
    if kind == "percent":
        number = percent(number, language, place)
    return f"{number} {tail}" if tail else number


def percent(number: str, language: str, place: Place = "text") -> str:
    """A formatted number as a percentage: "per cent" in English running text, the language's sign pattern elsewhere."""
    if place == "text" and base_language(language) == "en":
        return f"{number} {_PER_CENT['en']}"
    return number_style(language).percent.format(number)


@lru_cache(maxsize=4096)
def compact_number(value: float, language: str, kind: UnitKind = "index") -> str:
    """A short form for axes, from a million up (`1.5 million`, `150万`); smaller numbers are written out.

    Money keeps the decimals that it has in sentences (`4.20 billion`).

    Beyond reading (from 10 to the 15th, or below a millionth) it falls back to powers of ten: `3e+17`.
    """
    if abs(value) >= _BEYOND_READING or 0 < abs(value) < 1 / 1_000_000:
        return _powers(value)
    if abs(value) < 1_000_000:
        return format_number(value, language)
    formats = locale(language).compact_decimal_formats
    patterns = (formats.get("long") or formats["short"])["other"]
    power = max(int(key) for key in patterns if int(key) <= abs(value))
    pattern = patterns[str(power)].pattern
    figures = pattern.count("0")
    scaled = float(Decimal(repr(value)) / Decimal(power) * Decimal(10) ** (figures - 1))
    shown = scaled if kind == "money" else float(f"{scaled:.3g}")
    number = format_number(scaled, language, decimals_for((shown,), kind))
    return str(pattern.replace("0" * figures, number).replace("'", ""))


def power_words(number: str, power: int, language: str) -> str:
    """A number that is written already, in a power of ten from a million up: `324.5 million`, `4,2 მილიარდი`."""
    formats = locale(language).compact_decimal_formats
    patterns = (formats.get("long") or formats["short"])["other"]
    pattern = patterns[str(power)].pattern
    if pattern.count("0") > 1:  # a language that counts in other powers has no word for this one
        return f"{number} × 10^{len(str(power)) - 1}"
    return str(pattern.replace("0", number).replace("'", ""))


@lru_cache(maxsize=4096)
def format_date(iso: str, language: str) -> str:
    """A day, month or year of ISO 8601: `8 December 2022`, `December 2022`, `2022`. Raises InputError otherwise."""
    period = parse_period(iso)
    if period.kind == "day":
        day = date.fromisoformat(period.text)
        pattern = "d MMMM y" if base_language(language) == "en" else "long"
        return str(babel_dates.format_date(day, pattern, locale=locale(language)))
    return format_period(period.text, language)


@lru_cache(maxsize=4096)
def format_period(written: str, language: str) -> str:
    """A period in the language's form: `2015`, `2015–2019`, `Q1 2011`, `July 2019`. Raises InputError for no period."""
    period = parse_period(written)
    if period.kind == "day":
        return format_date(period.text, language)
    if period.kind == "range":
        return f"{period.start_year}–{period.end_year}"
    if period.kind in ("month", "quarter"):
        month = int(period.text[5:7]) if period.kind == "month" else 3 * int(period.text[5:]) - 2
        skeleton = "yMMMM" if period.kind == "month" else "yQQQ"
        return str(babel_dates.format_skeleton(skeleton, date(period.start_year, month, 1), locale=locale(language)))
    return period.text  # a year; a half-year keeps its code, as CLDR has no name for it


def join_list(items: Sequence[str], language: str) -> str:
    """Items as a list in a sentence: `a, b and c`. "" when there are none."""
    return str(format_list(list(items), locale=locale(language))) if items else ""


def plural(number: int, forms: Mapping[str, str], language: str) -> str:
    """The form of a word that goes with a whole number, by CLDR category (`one`, `few`, …); `other` when none fits."""
    return forms.get(locale(language).plural_form(number), forms["other"])


def _powers(value: float) -> str:
    """A number as a few figures and a power of ten."""
    return f"{value:.3g}".replace("-", MINUS)


@lru_cache(maxsize=4096)
def decimals_written(size: float) -> int:
    """Decimals of a number as Python writes it; the tail of a division counts, so the caller caps it."""
    exponent = Decimal(repr(size)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
