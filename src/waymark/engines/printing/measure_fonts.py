"""Measure which characters the fonts of print hold, and write `font_coverage.py`.

Run it after each new version of the typst wheel or of the package of fonts:
`python -m waymark.engines.printing.measure_fonts`.

Some of the fonts are inside the wheel's binary, so the compiler itself is asked: under PDF/UA-1 it refuses a document
and names every character that none of its fonts holds. All assigned characters of the interpreter's Unicode version
are tried.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from waymark.engines.printing.fonts import refused_of
from waymark.engines.printing.reading import is_printable

BATCH = 4000
LAST = 0x2FFFF
"""Beyond lie rare ideographs, tags and private use, which none of the fonts holds."""


def candidates() -> Iterator[str]:
    """Every assigned, printable character that stands for itself."""
    for code in range(0x20, LAST + 1):
        character = chr(code)
        if is_printable(character) and unicodedata.category(character) not in ("Cn", "Cs", "Cc", "Co", "Zl", "Zp"):
            yield character


def covered() -> list[str]:
    """Every character that the fonts hold, in order."""
    kept: list[str] = []
    for batch in batches(candidates(), BATCH):
        missing = refused_of(batch)
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
        '"""Characters that the fonts of print hold. Written by `measure_fonts.py`; do not edit."""\n\n'
        f'TYPST_VERSION = "{version("typst")}"\nFONTS_VERSION = "{version("pymupdf-fonts")}"\n'
        f'UNICODE_VERSION = "{unicodedata.unidata_version}"\n'
        'RANGES = """\n' + "\n".join(lines) + '\n"""\n"""Code points in hexadecimal, alone or first-last."""\n',
        encoding="utf-8",
    )
    return len(found)


if __name__ == "__main__":
    write(Path(__file__).with_name("font_coverage.py"))
