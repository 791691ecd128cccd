"""The language of a passage: its letters decide first, then the small words of it, then a trained model.

Georgian, Arabic, Chinese, Russian, English, French and Spanish are told without the model, which takes more than half a
second to load. A text too short to tell, or without words, has no known language: "".
"""

import re
from collections import Counter
from functools import cache
from importlib import import_module
from typing import Any

from waymark.engines.documents.words.tokens import words

READ = 4000
"""Characters of a text that are looked at."""

LEAST_WORDS, LEAST_LETTERS = 4, 16
"""A text in Latin letters with fewer words or letters is too short to tell."""

MARGIN = 1.5
"""A language is clear when it has this many times the small words of the next one."""

LEAST_SAID, LEAST_SHARE = 1.5, 0.06
"""And its small words come to so much, and to this share of all words. A word of n languages counts 1/n for each."""

WHOLE = 27_720
"""What a word of one language counts: a number that divides evenly, so that sums do not depend on their order."""

MODEL_LETTERS, MODEL_SURE = 40, 0.8
"""The model is asked about texts of at least so many letters and believed from this probability on."""

SCRIPTS = {
    "latin": "A-Za-z\u00aa-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "georgian": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "arabic": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f",
    "han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f",
    "kana": "\u3040-\u30ff",
    "hangul": "\uac00-\ud7a3\u1100-\u11ff",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "hebrew": "\u05d0-\u05ea",
    "armenian": "\u0531-\u0587",
    "thai": "\u0e01-\u0e3a",
    "lao": "\u0e81-\u0eae",
    "khmer": "\u1780-\u17b3",
    "burmese": "\u1000-\u102a",
    "devanagari": "\u0904-\u0939",
    "bengali": "\u0985-\u09b9",
    "tamil": "\u0b85-\u0bb9",
    "sinhala": "\u0d85-\u0dc6",
    "ethiopic": "\u1200-\u135a",
}
LETTERS = {script: re.compile(f"[{ranges}]") for script, ranges in SCRIPTS.items()}
OF_A_SCRIPT = {
    "georgian": "ka", "hangul": "ko", "greek": "el", "armenian": "hy", "thai": "th", "lao": "lo", "khmer": "km",
    "burmese": "my", "bengali": "bn", "tamil": "ta", "sinhala": "si",
}  # fmt: skip
WEIGHTS = {"han": 3, "kana": 3, "hangul": 2}
"""One such character says about as much as so many letters."""

SMALL = {
    "en": "the of and to in for is are that with by on as be this from or an their has have which its at not it they"
    " was were been will who but also more these those such between through into other all can should may do no up",
    "fr": "les des et le la du en aux une dans un est pour par sur au ce que qui sont avec ces leur leurs plus ou il"
    " d l qu n se s elle ils ont été afin ainsi dont cette ses sa son lors entre comme mais pas tous toutes sans sous"
    " être peut doivent ce cet vers chez",
    "es": "de la los las el y en que del para con una por un se es su al como sus lo mas son este esta entre o no"
    " ser fue han ha sobre desde hasta cuando donde muy pero estos estas tambien ya les todos todas sin"
    " puede deben asi cada otros otras",
    "pt": "de e da do dos das que em os as para com uma no na um por nao ao se mais sao pela pelo como ou à",
    "it": "di e che il la della per in del le dei i delle un una con gli nel sono alla al da non si è",
    "de": "der die und den von zu das mit für fur des auf ist im dem nicht ein eine sich werden auch als bei",
    "nl": "de van het een en in te voor dat met op zijn is die niet aan er worden ook om naar",
    "ro": "de si in a la pe cu pentru din care este al ale unui sau mai au prin nu fi sunt",
    "ca": "de la i el les els que en per amb una del dels un als es al com o no aquest més",
    "sv": "och i att det som en av för for med den till är inte om ett på har de",
    "da": "og i at det som en af for med den til er ikke om et på har de der",
    "pl": "i w na z do się sie jest nie oraz dla o przez to od ze jak po",
    "tr": "ve bir bu için icin ile olarak da de olan gibi en çok daha ya",
    "id": "yang dan di dengan untuk dari dalam pada ini tidak adalah oleh atau ke sebagai",
    "sw": "ya na wa kwa katika za la ni cha kuwa kama hii hayo",
    "az": "və ve bu ilə üçün ucun olan bir da də edir onun",
}
SMALL_WORDS = {language: frozenset(words(text)) for language, text in SMALL.items()}
SAYS = {
    word: tuple(language for language, small in SMALL_WORDS.items() if word in small)
    for word in sorted(frozenset().union(*SMALL_WORDS.values()))
}
TOLD = ("en", "fr", "es")
"""Languages that their small words tell; the others are there to say that it is none of these."""

CYRILLIC = (
    ("uk", "їєґ"), ("be", "ў"), ("mk", "ѓќѕ"), ("sr", "ђћљњџј"), ("tg", "ӣӯҳҷ"), ("kk", "ұәһ"), ("ky", "өү"),
)  # fmt: skip
RUSSIAN = re.compile(r"[ыэё]|ь(?!о)|\b(?:для|что|его|из|также|они|были|как)\b")
"""What Russian has and Bulgarian has not."""
ARABIC = (("ur", "ٹڈڑںےہھ"), ("ps", "ښځڼېۍ"), ("ckb", "ەێۆڕڵ"), ("fa", "پچژگکی"))
"""Letters that only these languages have; the first that a text has several of decides."""


def language_of(text: str) -> str:
    """The BCP 47 tag of the language that most of `text` is in; "" when it cannot be known."""
    text = text[:READ]
    counts = _letters(text)
    if not counts:
        return ""
    script = max(counts, key=lambda name: (counts[name] * WEIGHTS.get(name, 1), name))
    if counts.get("kana", 0) * 10 > counts.get("han", 0) > 0:
        script = "kana" if script in ("han", "kana") else script
    if script in OF_A_SCRIPT:
        return OF_A_SCRIPT[script]
    if script in ("han", "kana"):
        return "ja" if script == "kana" else "zh"
    if script == "cyrillic":
        return _cyrillic(text.lower(), counts["cyrillic"])
    if script == "arabic":
        return _by_letters(text, ARABIC, counts["arabic"]) or "ar"
    return _latin(text, counts["latin"]) if script == "latin" else _model(text, counts[script])


def _letters(text: str) -> dict[str, int]:
    """Script → how many of its letters are in `text`, none that has none."""
    if text.isascii():
        letters = sum(map(len, re.findall("[A-Za-z]+", text)))
        return {"latin": letters} if letters else {}
    counts = {script: len(pattern.findall(text)) for script, pattern in LETTERS.items()}
    return {script: count for script, count in counts.items() if count}


def _by_letters(text: str, table: tuple[tuple[str, str], ...], letters: int) -> str:
    """The first language of `table` with at least two of its own letters, and one in every hundred."""
    for language, own in table:
        count = sum(text.count(letter) for letter in own)
        if count >= max(2, letters // 100):
            return language
    return ""


def _cyrillic(text: str, letters: int) -> str:
    found = _by_letters(text, CYRILLIC, letters)
    if found:
        return found
    if RUSSIAN.search(text):
        return "ru"
    return "ru" if letters < MODEL_LETTERS else _model(text, letters) or "ru"


def _latin(text: str, letters: int) -> str:
    """By small words when one language has clearly the most, else by the model."""
    every = words(text)[:300]
    if len(every) < LEAST_WORDS or letters < LEAST_LETTERS:
        return ""
    counts = Counter(every)
    scores = dict.fromkeys(SMALL_WORDS, 0)
    for word in SAYS.keys() & counts.keys():
        for language in SAYS[word]:
            scores[language] += counts[word] * WHOLE // len(SAYS[word])
    ranked = sorted(scores, key=lambda language: (-scores[language], language))
    best, second = scores[ranked[0]], scores[ranked[1]]
    if ranked[0] in TOLD and best >= WHOLE * max(LEAST_SAID, LEAST_SHARE * len(every)) and best >= MARGIN * second:
        return ranked[0]
    return _model(text, letters)


def _model(text: str, letters: int) -> str:
    if letters < MODEL_LETTERS:
        return ""
    language, probability = _identifier().classify(text)
    return str(language) if probability >= MODEL_SURE else ""


@cache
def _identifier() -> Any:
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
