"""Which scripts the PDF can print: asked before anything is written.

The fonts are those of the typst wheel; `font_coverage.py` holds what they were measured to hold.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from waymark.engines.printing import svg
from waymark.engines.printing.blocks import Document, Figure
from waymark.engines.printing.font_coverage import RANGES
from waymark.engines.printing.reading import LABELS, every_block, every_runs, label, printable
from waymark.gcm.errors import InputError

UNFIT = frozenset({"DEVANAGARI"})
"""Scripts that the fonts hold only in a fixed width that tears joined letters apart (seen, typst 0.15): not fit."""

STAND_INS = str.maketrans({"✕": "✗"})
"""Signs that the fonts lack, and the sign of the same meaning and shape that they hold: the state "dropped"."""

SCRIPT_NAMES = {
    "CJK": "Han (Chinese, Japanese, Korean)",
    "IDEOGRAPHIC": "Han (Chinese, Japanese, Korean)",
    "HIRAGANA": "Hiragana (Japanese)",
    "KATAKANA": "Katakana (Japanese)",
    "HANGUL": "Hangul (Korean)",
}
"""First word of a character's Unicode name → the name of its script, where the two differ."""


@dataclass(frozen=True, slots=True)
class MissingScript:
    """Characters that the PDF cannot print: their script, the language of the words they stand in, and examples."""

    script: str
    language: str
    characters: str


def print_text(text: str) -> str:
    """`text` as the PDF prints it: without control characters, and with signs that its fonts hold."""
    return printable(text).translate(STAND_INS)


@cache
def held() -> frozenset[str]:
    """The characters that the fonts print well; about ten thousand."""
    found: set[str] = set()
    for part in RANGES.split():
        first, _, last = part.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    found -= {character for character in found if script_word(character) in UNFIT}
    return frozenset(found | {"\n", "\t", "\r"})


def script_word(character: str) -> str:
    """The first word of the character's Unicode name, which names its script for letters and marks."""
    return unicodedata.name(character, "UNNAMED").split()[0].split("-")[0]


def script_name(character: str) -> str:
    """The script or kind of a character in English words, such as Thai; for a sign its own name."""
    word = script_word(character)
    if unicodedata.category(character)[0] in "LM":
        return SCRIPT_NAMES.get(word, word.capitalize())
    return f"the sign {unicodedata.name(character, f'U+{ord(character):04X}').lower()}"


def language_name(tag: str) -> str:
    """The English name of a BCP 47 tag, or the tag where it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (ValueError, UnknownLocaleError):
        return tag


def unsupported_scripts(document: Document) -> list[MissingScript]:
    """Scripts in `document`, charts included, that the PDF's fonts lack, in order of script and language."""
    known = held()
    missing: dict[tuple[str, str], set[str]] = {}
    for tag, text in stretches(document):
        # The difference is asked for the whole stretch at once: most hold nothing unknown.
        for character in set(print_text(text)) - known:
            missing.setdefault((script_name(character), tag), set()).add(character)
    return [
        MissingScript(script, language_name(tag), "".join(sorted(characters)))
        for (script, tag), characters in sorted(missing.items())
    ]


def stretches(document: Document) -> list[tuple[str, str]]:
    """Language and text of everything that the PDF prints."""
    own = document.language
    found = [(own, text) for text in (document.title, document.running_head, document.marking)]
    found += [(own, label(document, key)) for key in LABELS]
    found += [(run.lang or own, run.text) for runs in every_runs(document) for run in runs]
    found += [
        (own, svg.texts(svg.print_shape(block.svg, block.narrow_svg)))
        for block in every_block(document)
        if isinstance(block, Figure)
    ]
    return found


def require_scripts(document: Document) -> None:
    """Raise InputError naming every script that the PDF's fonts lack, its language, and what to do."""
    missing = unsupported_scripts(document)
    if not missing:
        return
    parts = [f"{item.script} in words marked {item.language}, such as {item.characters[:5]}" for item in missing]
    raise InputError(
        document.title,
        f"the PDF cannot print these characters: {'; '.join(parts)}",
        expected="what the fonts of the typst wheel hold (Latin, Cyrillic, Greek, Georgian, Armenian, Arabic, Hebrew)",
        todo="Take the HTML or the DOCX, which use the reader's own fonts, or give these words in another script.",
    )
