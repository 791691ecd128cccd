"""Words of the record in the reader's language."""

from collections.abc import Mapping
from datetime import date

from waymark.gcm.language import LANGUAGES, format_date


def in_language(text: Mapping[str, str] | None, language: str) -> str:
    """`text` in `language`, else in English, else in the first language it has; "" when nothing was said."""
    if not text:
        return ""
    for wanted in (language, "en", *LANGUAGES):
        if text.get(wanted):
            return text[wanted]
    return next(iter(sorted(text.items())))[1]


def spoken(text: Mapping[str, str] | None, language: str) -> str:
    """The language that `said` answers in; "" when nothing was said."""
    words = in_language(text, language)
    return next((key for key, value in sorted((text or {}).items()) if value == words and words), "")


def iso(day: date | None) -> str:
    """A day as ISO 8601 text, "" when not known."""
    return day.isoformat() if day else ""


def format_days(first: date, last: date, language: str) -> str:
    """A span of days in words: "5–8 May 2026" in English, both days in full in other languages."""
    if first == last:
        return format_date(last.isoformat(), language)
    whole = f"{format_date(first.isoformat(), language)} – {format_date(last.isoformat(), language)}"
    if language == "en" and (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{format_date(last.isoformat(), language)}"
    return whole
