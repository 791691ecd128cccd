"""Stems of Georgian words: postpositions, cases and the plural are suffixes and are taken off from the end.

Order of a Georgian noun: stem, plural -ებ-, case, postposition, particle -ც. Vowel stems lose or keep their vowel
(მიგრაცია, მიგრაციის), so a last vowel is no part of the stem; some stems lose a vowel before their last consonant
(ქვეყანა, ქვეყნის), so that vowel goes too. After H. I. Aronson, "Georgian: A Reading Grammar" (1990), chapters on the
declension of nouns; the choice and order of rules is ours.
"""

import re

LEAST = 3
"""Letters that a stem keeps at least."""

VOWELS = "აეიოუ"
GENITIVE_ONES = ("ათვის", "თვის", "აგან", "გან", "კენ", "ადმი", "თანავე")
"""Postpositions that stand after the genitive, which comes off with them."""

AFTER_GENITIVE = ("ისა", "ის", "თა", "ს")
PLACES = ("ში", "ზე")
"""Postpositions that swallow the -ს of the dative."""

CASES = ("ისა", "ათა", "ითა", "ითი", "ის", "ით", "ად")
OLD_PLURAL = "თა"
ERGATIVE = "მა"
ENDS_IN_MA = ("ფორმა", "ნორმა", "ფირმა", "გრამა", "თემა")
PLURAL = "ებ"
FLEETING = re.compile(rf"(?<=[^{VOWELS}])[აეო](?=[ლმნრ]$)")
KEEPS_ITS_VOWEL = frozenset({"სახელ"})
"""Stems that would fall together with another word (სახელი, name; სახლი, house)."""


def stem_georgian(word: str) -> str:
    """The stem of a Georgian word in Mkhedruli letters."""
    root = root_georgian(word)
    return FLEETING.sub("", root) if len(root) > LEAST and root not in KEEPS_ITS_VOWEL else root


def root_georgian(word: str) -> str:
    """The stem with the vowel that only some of its forms have."""
    if len(word) <= LEAST:
        return word
    rest, settled = _postposition(_particle(word))
    if not settled:
        rest = _case(rest)
    rest = _vowels(rest)
    while rest.endswith(PLURAL) and len(rest) - len(PLURAL) >= LEAST:
        rest = _vowels(rest[: -len(PLURAL)])
    return rest


def _particle(word: str) -> str:
    """Without the particle -ც ("also")."""
    return word[:-1] if word.endswith("ც") and len(word) - 1 > LEAST else word


def _postposition(word: str) -> tuple[str, bool]:
    """Without its postposition, and whether the case went with it."""
    for ending in GENITIVE_ONES:
        if word.endswith(ending) and len(word) - len(ending) > LEAST:
            rest = word[: -len(ending)]
            for case in AFTER_GENITIVE:
                if rest.endswith(case) and len(rest) - len(case) >= LEAST:
                    return rest[: -len(case)], True
    for ending in PLACES:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            return word[: -len(ending)], True
    for ending in ("იდან", "დან", "ამდე", "მდე"):
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            return word[: -len(ending)], True
    if word.endswith("თან") and len(word) - 3 >= LEAST:
        rest = word[:-3]
        return (rest[:-1] if rest[-1] == "ს" and rest[-2] in VOWELS else rest), True
    return word, False


def _case(word: str) -> str:
    """Without one ending of a case."""
    for ending in CASES:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            return word[: -len(ending)]
    if word.endswith(OLD_PLURAL) and len(word) > LEAST + 2 and word[-3] not in VOWELS:
        return word[:-2]
    if word.endswith(ERGATIVE) and len(word) > LEAST + 1 and word[-3] not in VOWELS and not word.endswith(ENDS_IN_MA):
        return word[:-2]
    if word[-1] in "სმდ" and word[-2] in VOWELS and len(word) > LEAST:
        return word[:-1]
    if word[-1] == "ს" and len(word) > LEAST + 1:
        return word[:-1]
    if word.endswith("თი") and len(word) > LEAST + 2 and word[-3] in "ოუ":
        return word[:-2]
    return word


def _vowels(word: str) -> str:
    """Without its last vowels, at most two."""
    for _ in range(2):
        if len(word) > LEAST and word[-1] in VOWELS:
            word = word[:-1]
    return word
