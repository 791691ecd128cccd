"""Cuts a folded word to its stem, by its script and language: Snowball where it exists, rules of our own for the rest.

Words arrive without accents, so that a question typed without them finds the same. Where Snowball's rules look for an
accent (French "-ées", Arabic ta marbuta), it is put back at the end of the word first.
"""

import re

import Stemmer

from waymark.engines.documents.words.stemming_arabic import stem_arabic
from waymark.engines.documents.words.stemming_georgian import stem_georgian

SNOWBALL = {
    "en": "english", "fr": "french", "es": "spanish", "pt": "portuguese", "it": "italian", "de": "german",
    "nl": "dutch", "sv": "swedish", "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "da": "danish",
    "fi": "finnish", "hu": "hungarian", "ro": "romanian", "tr": "turkish", "ca": "catalan", "eu": "basque",
    "ga": "irish", "id": "indonesian", "lt": "lithuanian", "et": "estonian",
}  # fmt: skip
"""Languages in Latin letters → the name of Snowball's stemmer."""

NOT_RUSSIAN = frozenset({"uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"})
NOT_ARABIC = frozenset({"fa", "ur", "ps", "ku", "ckb"})
OTHER_SCRIPTS = (
    NOT_RUSSIAN
    | NOT_ARABIC
    | {"ka", "ru", "ar", "he", "yi", "zh", "ja", "ko", "th", "lo", "km", "my", "hy", "el", "hi"}
)
"""Languages not written in Latin letters: Latin words inside them are mostly English."""

BRITISH = re.compile(r"(?<=..)([iy])z(?=(?:e[ds]?|ers?|ing|ations?|ational|able)$)")
ENGLISH = {
    "programm": "program", "centr": "center", "defenc": "defens", "licenc": "licens", "offenc": "offens",
}  # fmt: skip
FRENCH_ENDINGS = (
    (re.compile(r"(travaill|demand|cherch|vend|entrepren|employ)euses?$"), r"\1eur"),
    (re.compile(r"(?<=..)ee(s?)$"), r"ée\1"),
    (re.compile(r"(?<=..)ite(s?)$"), r"ité\1"),
    (re.compile(r"(?<=..)ier(es?)$"), r"ièr\1"),
)
SPANISH = re.compile(r"(?<=..)(c|s)ion$")

_stemmers: dict[str, "Stemmer.Stemmer"] = {}


def stem(word: str, language: str) -> str:
    """The stem of a folded `word` in a text in `language` (two letters, "" when not known); never empty."""
    first = word[0]
    if first < "\u0250":
        return _latin(word, language)
    if "\u0400" <= first <= "\u052f":
        return word if language in NOT_RUSSIAN else _snowball("russian", word)
    if "\u10d0" <= first <= "\u10ff":
        return stem_georgian(word)
    if "\u0600" <= first <= "\u06ff":
        return word if language in NOT_ARABIC else stem_arabic(word)
    return word


def _latin(word: str, language: str) -> str:
    if word[0].isdigit():
        return word
    if language == "en" or language in OTHER_SCRIPTS:
        return _english(word)
    if language == "fr":
        for ending, accented in FRENCH_ENDINGS:
            word = ending.sub(accented, word)
        return _plain(_snowball("french", word))
    if language == "es":
        return _plain(_snowball("spanish", SPANISH.sub(r"\1ión", word)))
    name = SNOWBALL.get(language)
    return _plain(_snowball(name, word)) if name else word


def _english(word: str) -> str:
    """English with the British and the American spelling made one: organization, programme, labour."""
    cut = _snowball("english", BRITISH.sub(r"\1s", word))
    if cut.endswith("our") and len(cut) > 5:
        cut = f"{cut[:-3]}or"
    return ENGLISH.get(cut, cut)


def _snowball(name: str, word: str) -> str:
    stemmer = _stemmers.get(name)
    if stemmer is None:
        stemmer = _stemmers[name] = Stemmer.Stemmer(name, 0)
    return stemmer.stemWord(word) or word


def _plain(word: str) -> str:
    return word.translate(ACCENTS)


ACCENTS = str.maketrans("éèàâêîôûùçñíóúáü", "eeaaeiouucniouau")
"""What is left of the accents that were put back."""
