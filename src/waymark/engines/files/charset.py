"""Which letters the bytes of a text are: from a mark at its beginning, from its form, or by a careful guess.

A guess is always said. What cannot be told is refused, because wrong letters that look right are worse than none.
"""

import codecs
import re
from dataclasses import dataclass

from waymark.gcm.errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, longer ones before those they begin with."""

NAMES = {
    "cp1252": "Western European (Windows-1252)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "cp866": "Cyrillic (DOS 866)",
    "cp1256": "Arabic (Windows-1256)",
    "gb18030": "Chinese (GB 18030)",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}

WIDER = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030",
}  # fmt: skip
"""Encodings that files name when they mean a larger one; browsers read them so too (encoding.spec.whatwg.org)."""

FREQUENT = {
    "cp1251": "оеаинтсрвлкмдпу",
    "koi8-r": "оеаинтсрвлкмдпу",
    "cp866": "оеаинтсрвлкмдпу",
    "cp1256": "اليمنوتربةعدفهس",
}
"""The fifteen most frequent letters of Russian (about 78 % of running text) and Arabic (about 82 %)."""

LEAST_FREQUENT_SHARE = 0.6
"""Share of the letters outside ASCII that must be frequent ones for a guess to stand."""

WESTERN_SHARE = 0.3
"""In Western European text fewer than this share of the letters lie outside ASCII; in other scripts nearly all do."""

STRAY_ZEROS = 0.01
"""Share of zero bytes that a text may hold by accident."""

SAMPLE = 200_000
"""Bytes that decide a guess."""

_WESTERN = re.compile("[À-ÖØ-öø-ÿŒœŸŠšŽž]")
_WESTERN_SIGNS = frozenset("€‚„…†‡‰‹‘’“”•–—™› ¡£§©ª«­®°±²³´µ¶·¹º»¼½¾¿")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and a sentence for the reader when that was a guess."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of `data`. `declared` is what the file says of itself; it is believed where the bytes allow it.

    Raises InputError when the letters cannot be told.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data[len(mark) :], encoding), encoding)
    wide = _wide(data)
    if wide:
        return Decoded(_strict(data, wide), wide, _guess(wide))
    if data.count(0, 0, SAMPLE) > len(data[:SAMPLE]) * STRAY_ZEROS:
        raise _unknown("it holds zero bytes, as programs and pictures do.")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    known = _declared(data, declared)
    if known:
        return known
    encoding = guessed(data[:SAMPLE])
    if not encoding:
        raise _unknown("its letters are in no encoding that can be told.")
    try:
        return Decoded(data.decode(encoding), encoding, _guess(encoding))
    except UnicodeDecodeError:
        raise _unknown("its letters are in no encoding that can be told.") from None


def utf8(data: bytes) -> str:
    """The text of `data` that must be UTF-8, with or without a mark. Raises InputError with the line that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "the file",
            "the text is not UTF-8",
            expected="text in UTF-8.",
            todo="Save the file again and choose UTF-8.",
            place=f"line {line}",
        ) from None


def guessed(sample: bytes) -> str:
    """The encoding of bytes that are not UTF-8, or "" when it cannot be told."""
    high = sum(byte >= 0x80 for byte in sample)
    letters = high + sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in sample)
    if not high:
        return "utf-8"
    if high < WESTERN_SHARE * letters:
        return "cp1252" if _western(sample) else ""
    if _chinese(sample):
        return "gb18030"
    shares = {encoding: _share(sample, encoding) for encoding in FREQUENT}
    best = max(shares, key=lambda encoding: (shares[encoding], encoding))
    return best if shares[best] >= LEAST_FREQUENT_SHARE else ""


def _share(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    beyond = [letter for letter in text if letter > "\x7f"]
    frequent = frozenset(FREQUENT[encoding])
    return sum(letter in frequent for letter in beyond) / max(1, len(beyond))


def _western(sample: bytes) -> bool:
    """Whether the bytes above ASCII are letters and signs of Western European text, letters among letters."""
    text = sample.decode("cp1252", "replace")
    beyond = [letter for letter in text if letter > "\x7f"]
    fit = sum(bool(_WESTERN.match(letter)) or letter in _WESTERN_SIGNS for letter in beyond)
    lone = len(re.findall("[À-ÖØ-Þ][À-ÖØ-Þ]{3,}", text)) + len(re.findall("[^\x00-\x7f]{5,}", text))
    return fit >= 0.95 * len(beyond) and lone <= 0.02 * len(beyond) + 1


def _chinese(sample: bytes) -> bool:
    """Whether the bytes read as GB 18030, nearly all pairs in the rows of frequent characters (B0–D7, A1–A3)."""
    text = sample.decode("gb18030", "replace")
    beyond = [letter for letter in text if letter > "\x7f"]
    pairs = [letter.encode("gb18030", "replace") for letter in beyond]
    frequent = sum(len(p) == 2 and (0xB0 <= p[0] <= 0xD7 or 0xA1 <= p[0] <= 0xA3) and p[1] >= 0xA1 for p in pairs)
    signs = sum((len(p) == 2 and p[0] == 0xA1) or p[:2] == b"\xa3\xac" for p in pairs)
    return frequent >= 0.97 * max(1, len(pairs)) and (signs > 0 or len(pairs) < 20)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of the beginning is nearly always the same small number."""
    head = data[:2000]
    if len(head) < 8 or len(data) % 2:
        return ""
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return ""


def _declared(data: bytes, declared: str) -> Decoded | None:
    if not declared:
        return None
    name = declared.strip().lower()
    name = WIDER.get(name, name)
    try:
        if not codecs.lookup(name)._is_text_encoding:
            return None
        return Decoded(data.decode(name), name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unknown(f"it says it is {encoding.upper()}, but byte {error.start:,} does not fit.") from None


def _guess(encoding: str) -> str:
    return (
        f"The file does not say how its letters are stored; it was read as {NAMES.get(encoding, encoding)}. "
        "If letters look wrong, save it as UTF-8."
    )


def _unknown(problem: str) -> InputError:
    todo = "Open it where it looks right and save it as UTF-8."
    return InputError("the file", problem, expected="text in UTF-8.", todo=todo)
