"""Which signs the PDF can print, and what stands for those that it cannot: their code points in brackets.

`font_coverage.py` holds what the fonts of print (`typefaces`) were measured to hold; of a folder of more fonts the
compiler is asked.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import typst
from babel import Locale, UnknownLocaleError

from waymark.engines.printing import svg
from waymark.engines.printing.blocks import Figure, PrintedPaper
from waymark.engines.printing.font_coverage import RANGES
from waymark.engines.printing.reading import LABELS, every_block, every_runs, label, printable
from waymark.engines.printing.tokens import PRINT_FONTS
from waymark.engines.printing.typefaces import more
from waymark.engines.printing.typesetting import to_pdf

FAMILIES = "(" + ", ".join(f'"{name}"' for name in PRINT_FONTS) + ")"
SOURCE = f"""#set document(title: "coverage")
#set text(font: {FAMILIES}, size: 6pt)
#for line in sys.inputs.document.split("\\n") [#line #parbreak()]
""".encode()
REFUSED = re.compile(r'the text `"(.*?)"` could not be displayed')
ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
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
    """`text` as the PDF prints it: without control characters, and each sign that its fonts lack as its code point."""
    return printable(text).translate(SIGNS)


class Signs(dict[int, int | str]):
    """Code point → what is printed: itself, or itself in brackets, such as [U+4E2D]."""

    def __missing__(self, code: int) -> int | str:
        """Signs are asked for once each."""
        self[code] = found = code if chr(code) in held() else f"[U+{code:04X}]"
        return found


SIGNS = Signs()


def refused_of(characters: Iterable[str]) -> set[str]:
    """Those of `characters` that no font holds."""
    try:
        to_pdf(SOURCE, "\n".join(characters), 0)
    except typst.TypstError as error:
        texts = REFUSED.findall(error.diagnostic)
        if not texts:
            raise
        return {character for text in texts for character in unescaped(text)}
    return set()


def unescaped(text: str) -> str:
    """A string literal of Typst as the text it stands for."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


@cache
def held() -> frozenset[str]:
    """The characters that the fonts of print hold; about twelve thousand."""
    found: set[str] = set()
    for part in RANGES.split():
        first, _, last = part.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found | {"\n", "\t", "\r"})


def lacking(characters: Iterable[str]) -> set[str]:
    """Those of some characters that no font holds; with a folder of more fonts the compiler is asked."""
    unknown = set(characters) - held()
    left = {character for character in unknown if SIGNS.get(ord(character)) != ord(character)}
    if left and more():
        refused = refused_of(sorted(left))
        SIGNS.update({ord(character): ord(character) for character in left - refused})
        left = refused
    return left


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


def unsupported_scripts(paper: PrintedPaper) -> list[MissingScript]:
    """Scripts in `paper`, charts included, that the PDF's fonts lack, in order of script and language."""
    found = stretches(paper)
    unknown = lacking({character for _, text in found for character in printable(text)})
    missing: dict[tuple[str, str], set[str]] = {}
    for tag, text in found if unknown else ():
        # The difference is asked for the whole stretch at once: most hold nothing unknown.
        for character in set(printable(text)) & unknown:
            missing.setdefault((script_name(character), tag), set()).add(character)
    return [
        MissingScript(script, language_name(tag), "".join(sorted(characters)))
        for (script, tag), characters in sorted(missing.items())
    ]


def stretches(paper: PrintedPaper) -> list[tuple[str, str]]:
    """Language and text of everything that the PDF prints."""
    own = paper.language
    found = [(own, text) for text in (paper.title, paper.running_head, paper.marking)]
    found += [(own, label(paper, key)) for key in LABELS]
    found += [(run.lang or own, run.text) for runs in every_runs(paper) for run in runs]
    found += [
        (own, svg.texts(svg.print_shape(block.svg, block.narrow_svg)))
        for block in every_block(paper)
        if isinstance(block, Figure)
    ]
    return found


def told(missing: list[MissingScript]) -> str:
    """The sentence that a paper and a command say of signs that the PDF lacks; "" when it lacks none."""
    if not missing:
        return ""
    scripts = ", ".join(dict.fromkeys(item.script for item in missing))
    first = missing[0].characters[0]
    return (
        f"The fonts of this PDF do not hold {scripts}. Such signs stand as code points in brackets, such as "
        f"[U+{ord(first):04X}]; the page and the Word file show them."
    )
