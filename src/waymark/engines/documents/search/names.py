"""Names across scripts: Tbilisi, თბილისში and Тбилиси get one key, so that a question in one finds the others.

Georgian letters are written by the national system of romanisation of 2002, Cyrillic ones by that of the United States
Board on Geographic Names, both without their apostrophes. Latin spellings vary ("kh" or "h", "ia" or "ya", "q" or
"k"), so a key folds the common variants together and leaves out doubled letters and last vowels. Two names may share
a key: what is found by it ranks below what is found by its own letters.
"""

import re

from waymark.engines.documents.words.stemming import stem
from waymark.engines.documents.words.stemming_arabic import without_particle
from waymark.engines.documents.words.stemming_georgian import root_georgian
from waymark.engines.documents.words.tokens import FOLDED, RAW, fold

LEAST = 3
"""Letters of a word or key that may be a name."""

OTHER, LATIN, PARTICLE = "~", "=", "+"
"""First sign of a key: of a word in Georgian or Cyrillic letters; of a Latin word with a capital; and of the second
reading of an Arabic word, which is no name but lies in the same field."""

FOREIGN = re.compile("[\u0400-\u06ff\u10a0-\u10ff\u1c90-\u1cbf]")
"""A letter of a word that has a key of the first or last sort."""

GEORGIAN = "აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh"
CYRILLIC = (
    "аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya іi їi єe"
    " ґg ўw"
)
ROMAN = str.maketrans({pair[0]: pair[1:] for pair in f"{GEORGIAN} {CYRILLIC}".split()})

VARIANTS = (
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("dzh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("ph", "p"),
    ("th", "t"), ("ck", "k"), ("tz", "ts"), ("x", "ks"), ("q", "k"), ("w", "v"), ("f", "p"),
    ("ya", "ia"), ("ja", "ia"), ("yu", "iu"), ("ju", "iu"), ("yo", "io"), ("jo", "io"), ("ye", "e"), ("je", "e"),
    ("y", "i"),
)  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")
LAST_VOWELS = re.compile(r"(?<=.{3})[aeiou]+$")


def key(latin: str) -> str:
    """The key of a folded Latin word."""
    for written, one in VARIANTS:
        latin = latin.replace(written, one)
    return LAST_VOWELS.sub("", DOUBLED.sub(r"\1", latin))


def is_other(word: str) -> bool:
    """Whether a folded word is in Georgian or Cyrillic letters."""
    return "\u10d0" <= word[0] <= "\u10ff" or "\u0400" <= word[0] <= "\u052f"


def is_arabic(word: str) -> bool:
    """Whether a folded word is in Arabic letters."""
    return "\u0600" <= word[0] <= "\u06ff"


def key_of_other(word: str) -> str:
    """The key of a folded Georgian or Cyrillic word."""
    root = root_georgian(word) if word[0] >= "\u10d0" else stem(word, "ru")
    return key(root.translate(ROMAN))


def keys(chunk: str) -> list[str]:
    """The keys under which what is written between two spaces is kept, with their first sign."""
    if chunk.isascii() and chunk.islower():
        return []
    found = []
    for raw in RAW.findall(chunk):
        for word in FOLDED.findall(fold(raw)) if len(raw) >= LEAST else ():
            if len(word) < LEAST:
                continue
            if is_other(word):
                found.append(OTHER + key_of_other(word))
            elif is_arabic(word):
                found += [PARTICLE + second] if (second := without_particle(word)) else []
            elif raw[0].isupper() and word.isalpha() and word < "\u0250":
                found.append(LATIN + key(word))
    return found


def keys_wanted(word: str) -> list[str]:
    """The keys to look for when a folded word is asked for."""
    if len(word) < LEAST:
        return []
    if is_other(word):
        wanted = key_of_other(word)
        return [OTHER + wanted, LATIN + wanted]
    if is_arabic(word):
        return [PARTICLE + stem(word, "ar")]
    return [OTHER + key(word)] if word.isalpha() and word < "\u0250" else []
