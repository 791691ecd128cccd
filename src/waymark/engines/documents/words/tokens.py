"""Words as search and tagging see them: folded (case, width, diacritics, variants of letters) and cut to their stem.

Everything is decided here and by Snowball's tables, so that every platform and every store gives the same tokens.

- `fold` makes the letters comparable; `words` are folded words; `tokens` are folded words cut to their stem;
  `spans` are tokens with the place in the text that they stand for.
- A word is a run of letters, digits and marks. An article or pronoun cut short before an apostrophe ("l'", "d'",
  "qu'") and the English "'s" and "'t" are no words.
- Scripts written without spaces (Chinese, Japanese kana, Thai, Lao, Khmer, Burmese) give pairs of characters as
  tokens and single characters as words, so that phrases and questions of one character can be answered.
- The stem follows the script of the word first, then the language of the text: an English passage that quotes a
  Georgian name has it stemmed as Georgian. Latin words in a text whose language is not known are only folded.
"""

import re
import unicodedata
from functools import cache

from waymark.engines.documents.words.stemming import stem

CACHED = 32_768
"""Written words, with the signs around them, remembered for each language before the memory is emptied."""

LONGEST = 60
"""Characters of a token; what is longer is no word of a language and is cut."""

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002fa1f"
)
"""Letters of scripts written without spaces between words."""
MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983"
    "\u09bc-\u09cd\u0a00-\u0a4d\u0a81-\u0acd\u0b01-\u0b4d\u0b80-\u0bcd\u0c00-\u0c4d\u0c80-\u0ccd\u0d00-\u0d4d\u0d80-\u0ddf"
    "\u135d-\u135f\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
)
"""Signs that belong to the letter before them: accents, vowel signs, joiners, the soft hyphen."""

CUT_SHORT = r"(?:[LDJMNSTCldjmnstc]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu)['’ʼ](?=[^\W\d_])|['’][SsTt](?![^\W_])"
RAW = re.compile(rf"{CUT_SHORT}|([{UNSPACED}]+|[^\W_{UNSPACED}]+(?:[{MARKS}]+[^\W_{UNSPACED}]*)*)")
FOLDED = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:[{MARKS}]+[^\W_{UNSPACED}]*)*")
UNSPACED_ONE = re.compile(rf"[{UNSPACED}]")

LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ı": "i",
    "ə": "e", "ς": "σ",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ء": "", "ـ": "",
    "ʼ": "'", "’": "'",
}  # fmt: skip
"""Letters without a decomposition that are read as others; hamza and the stretching tatweel fall away."""

DROPPED = ("\u00ad", "\u200b", "\u200c", "\u200d", "\ufeff")
KEPT = (("и\u0306", "й"), ("і\u0308", "ї"), ("у\u0306", "ў"))
"""Letters of their own, not accents: short i of Russian, yi of Ukrainian, short u of Belarusian."""


def _table() -> dict[int, str]:
    table = {ord(letter): other for letter, other in LETTERS.items()}
    dropped = (*range(0x300, 0x370), *range(0x483, 0x488), *range(0x591, 0x5C8), *range(0x610, 0x61B))
    dropped += (*range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6DD), *range(0x6DF, 0x6E5), 0x6E7, 0x6E8)
    dropped += (*range(0x6EA, 0x6EE), *range(0x1DC0, 0x1E00), *range(0x20D0, 0x20F1), *range(0xFE00, 0xFE30))
    table.update(dict.fromkeys((point for point in dropped if unicodedata.category(chr(point)) == "Mn"), ""))
    table.update({ord(sign): "" for sign in DROPPED})
    for zero in (0x660, 0x6F0):
        table.update({zero + digit: str(digit) for digit in range(10)})
    return table


TABLE = _table()


def fold(text: str) -> str:
    """`text` in lower case and compatibility form, without diacritics, its variant letters made one.

    "Évaluation" and "evaluation", "ё" and "е", "أ" and "ا", Georgian capitals and small letters give the same.
    Folding twice changes nothing more. Character counts may change.
    """
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    for apart, whole in KEPT:
        letters = letters.replace(apart, whole)
    return unicodedata.normalize("NFC", letters.translate(TABLE))


def words(text: str) -> list[str]:
    """The folded words of `text` in order, not stemmed; single characters in scripts without spaces."""
    return [word for chunk in text.split() for word in WORDS[chunk]]


def tokens(text: str, language: str) -> list[str]:
    """The folded and stemmed words of `text`, written in `language` (a BCP 47 tag, "" when not known), in order."""
    known = memory(language)
    return [token for chunk in text.split() for token in known[chunk]]


def spans(text: str, language: str) -> list[tuple[str, int, int]]:
    """The same tokens with the start and end, in characters, of what they stand for: text[start:end]."""
    known = memory(language)
    found: list[tuple[str, int, int]] = []
    for match in RAW.finditer(text):
        raw, start = match[1], match.start()
        if raw and len(raw) > 1 and UNSPACED_ONE.match(raw):
            found += [(pair, start + at, start + at + 2) for at, pair in enumerate(_pairs(raw))]
        elif raw:
            found += [(token, start, match.end()) for token in known[raw]]
    return found


def primary(language: str) -> str:
    """The language itself of a BCP 47 tag: "fr" of "fr-CA", "zh" of "zh-Hant"."""
    return language.replace("_", "-").partition("-")[0].lower()


def _pairs(run: str) -> list[str]:
    folded = fold(run)
    if len(folded) == len(run):
        return [folded[at : at + 2] for at in range(len(run) - 1)]
    return [fold(run[at : at + 2]) for at in range(len(run) - 1)]  # a sign that folds to several, or to none


class Words(dict[str, tuple[str, ...]]):
    """What is written between two spaces → its folded words. It fills itself, and empties itself when full.

    Most of a text is written as it was before, so that one look-up replaces folding, cutting and stemming.
    """

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        found = tuple(word for raw in RAW.findall(chunk) if raw for word in self.read(raw))
        if len(chunk) <= LONGEST and not UNSPACED_ONE.search(chunk):
            if len(self) >= CACHED:
                self.clear()
            self[chunk] = found
        return found

    def read(self, raw: str) -> list[str]:
        """The folded words of one written word."""
        return [word[:LONGEST] for word in FOLDED.findall(fold(raw))]


class Tokens(Words):
    """What is written between two spaces → its tokens in one language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def read(self, raw: str) -> list[str]:
        """The tokens of one written word, or of a run of characters without spaces."""
        if len(raw) > 1 and UNSPACED_ONE.match(raw):
            return _pairs(raw)
        return [stem(word[:LONGEST], self.language) for word in FOLDED.findall(fold(raw))]


WORDS = Words()


@cache
def _memory_of(language: str) -> Tokens:
    return Tokens(language)


def memory(language: str) -> Tokens:
    """What is remembered of a language: written chunk → tokens."""
    return _memory_of(language if len(language) == 2 else primary(language))
