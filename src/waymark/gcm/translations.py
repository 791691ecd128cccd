"""The translations of our own words: gettext catalogues `locale/<language>/LC_MESSAGES/waymark.po`.

The .po file itself is read, made into the binary form in memory once for each language, and then looked up by the
standard library's gettext. No built file can be missing or older than its source. English needs no file.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

LOCALE = Path(__file__).parents[1] / "locale"
DOMAIN = "waymark"


def translation(language: str) -> gettext.NullTranslations:
    """The words of a BCP 47 language (`ka`, `ka-GE`); English for a language without a file."""
    base = language.replace("_", "-").split("-", 1)[0].lower()
    return _translation(base if base.isalpha() and base != "en" else "")


@cache
def _translation(base: str) -> gettext.NullTranslations:
    path = LOCALE / base / "LC_MESSAGES" / f"{DOMAIN}.po"
    return read(path, base) if base and path.is_file() else gettext.NullTranslations()


def read(path: Path, language: str) -> gettext.NullTranslations:
    """A .po file as gettext looks words up; what is marked as fuzzy or empty falls back to English."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open(encoding="utf-8") as file:
        words = read_po(file, locale=language)  # without it the plural forms are lost
    binary = BytesIO()
    write_mo(binary, words)
    binary.seek(0)
    return gettext.GNUTranslations(binary)
