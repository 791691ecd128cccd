"""From what data an estimate of a migrant stock was derived, as UN DESA marks it for each country ("B R").

The codes are those of the column "Type of data" of UN DESA, International Migrant Stock 2020; the notes of the workbook
explain them. Words in our own, shortened.
"""

import re

SERIES = "undesa:MIGRANT_STOCK"
"""The series whose rows bear the codes."""

TYPES: dict[str, str] = {
    "B": "derived from data on the foreign-born",
    "C": "derived from data on foreign citizens",
    "I": "imputed, since there were no data",
    "R": "refugees, asylum seekers and persons in similar situations were added where UNHCR or UNRWA reports them",
}
"""Code → what it means, in the order in which it is said."""

WRITTEN = re.compile(r"[BCIR](?: [BCIR])*")
REPLACED = (
    "The stock may include refugees; the source marks where it does.",
    "Definitions differ: foreign-born or foreign citizens.",
)
"""What a definition says in general and is left out where the source says it of the country."""


def is_type(detail: str) -> bool:
    """Whether the detail of a row is such a mark."""
    return WRITTEN.fullmatch(detail) is not None


def type_words(mark: str) -> str:
    """A mark in words: "B R" → "derived from data on the foreign-born; refugees … reports them"."""
    return "; ".join(words for code, words in TYPES.items() if code in mark.split())
