"""Measure which characters the typst wheel's fonts can print, and write `font_coverage.py`.

Run it after each new version of the wheel: `python -m waymark.engines.printing.measure_fonts`.

The fonts are inside the wheel's binary, so the compiler itself is asked: under PDF/UA-1 it refuses a document and names
every character that none of its fonts holds. All assigned characters of the interpreter's Unicode version are tried.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import typst

from waymark.engines.printing.reading import is_printable
from waymark.engines.printing.tokens import PRINT_FONT
from waymark.engines.printing.typesetting import to_pdf

BATCH = 4000
SOURCE = f"""#set document(title: "coverage")
#set text(font: "{PRINT_FONT}", size: 6pt)
#for line in sys.inputs.document.split("\\n") [#line #parbreak()]
""".encode()
REFUSED = re.compile(r'the text `"(.*?)"` could not be displayed')
ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
LAST = 0x2FFFF
"""Beyond lie rare ideographs, tags and private use, which the fonts of the wheel do not hold."""


def candidates() -> Iterator[str]:
    """Every assigned, printable character that stands for itself."""
    for code in range(0x20, LAST + 1):
        character = chr(code)
        if is_printable(character) and unicodedata.category(character) not in ("Cn", "Cs", "Cc", "Co", "Zl", "Zp"):
            yield character


def refused(characters: Iterable[str]) -> set[str]:
    """Those of `characters` that no font of the wheel holds."""
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


def covered() -> list[str]:
    """Every character that the fonts hold, in order."""
    kept: list[str] = []
    for batch in batches(candidates(), BATCH):
        missing = refused(batch)
        kept += [character for character in batch if character not in missing]
    return kept


def batches(characters: Iterator[str], length: int) -> Iterator[list[str]]:
    """`characters` in lists of `length`, the last one shorter."""
    while batch := list(islice(characters, length)):
        yield batch


def ranges(characters: Iterable[str]) -> list[tuple[int, int]]:
    """First and last code point of each unbroken stretch."""
    found: list[tuple[int, int]] = []
    for code in map(ord, characters):
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def write(path: Path) -> int:
    """Write the module of ranges; the number of ranges is returned."""
    found = ranges(covered())
    words = [f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in found]
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > 110:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    path.write_text(
        '"""Characters that the fonts of the typst wheel hold. Written by `measure_fonts.py`; do not edit."""\n\n'
        f'TYPST_VERSION = "{version("typst")}"\nUNICODE_VERSION = "{unicodedata.unidata_version}"\n'
        'RANGES = """\n' + "\n".join(lines) + '\n"""\n"""Code points in hexadecimal, alone or first-last."""\n',
        encoding="utf-8",
    )
    return len(found)


if __name__ == "__main__":
    write(Path(__file__).with_name("font_coverage.py"))
