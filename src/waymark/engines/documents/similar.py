"""Which files hold nearly the same text: a new version, a copy with another cover, the same file saved twice.

A text is seen as the set of its runs of three words. The 256 smallest hashes of that set are its fingerprint. Two
fingerprints give the share of runs that both texts have, among all runs of either; its standard error is 0.03 or less.
Sources: E. Cohen and H. Kaplan, "Summarizing data using bottom-k sketches", PODC 2007; A. Broder, "On the resemblance
and containment of documents", 1997.

When one word in twenty is changed here and there, a run of three stays whole with probability 0.95³ = 0.86, and the
share of common runs among all is 0.86 / (2 - 0.86) = 0.75. With one word in eleven it is 0.60; with one in five, 0.34.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

NEAR = 0.6
"""Texts that share this much are nearly the same: up to one word in eleven may differ."""

RUN = 3
"""Words of a run."""

KEPT = 256
"""Hashes of a fingerprint."""

LEAST = 20
"""Runs that a text must have to be compared; shorter texts are the same only when they are equal."""

Key = TypeVar("Key")

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_FACTORS = tuple(np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def fingerprint(text: str) -> tuple[int, ...]:
    """The fingerprint of a text: at most 256 whole numbers below 2⁶³, ascending, the same on every machine.

    Case, punctuation and the cut into lines and paragraphs do not count. Han characters count as words.
    """
    known: dict[str, int] = {}
    hashes = np.fromiter((_hash(word, known) for word in _WORD.findall(text.casefold())), dtype=np.uint64)
    if len(hashes) < RUN:
        return ()
    last = len(hashes) - RUN + 1
    with np.errstate(over="ignore"):
        mixed = _mix(sum((hashes[at : at + last] * _FACTORS[at] for at in range(RUN)), np.zeros(last, np.uint64)))
    return tuple(int(value) for value in np.unique(mixed >> np.uint64(1))[:KEPT])


def _hash(word: str, known: dict[str, int]) -> int:
    value = known.get(word)
    if value is None:
        value = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        known[word] = value
    return value


def _mix(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spread the bits, so that the smallest values are a fair sample (finaliser of SplitMix64, S. Vigna, 2015)."""
    values = (values ^ (values >> np.uint64(30))) * _FACTORS[1]
    values = (values ^ (values >> np.uint64(27))) * _FACTORS[2]
    return values ^ (values >> np.uint64(31))


def similarity(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """The share of runs of words that two texts have in common, from 0 to 1; 0 when one has none.

    Exact for texts of fewer than 256 runs, else an estimate from the 256 smallest hashes of both together.
    """
    if not a or not b:
        return 0.0
    smallest = sorted({*a, *b})
    if len(a) >= KEPT or len(b) >= KEPT:
        smallest = smallest[:KEPT]
    common = set(a) & set(b)
    return sum(value in common for value in smallest) / len(smallest)


def is_near(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether two texts are nearly the same (see `NEAR`). Short texts must be equal."""
    if min(len(a), len(b)) < LEAST:
        return bool(a) and a == b
    return similarity(a, b) >= NEAR


def nearest(own: tuple[int, ...], others: Mapping[Key, tuple[int, ...]]) -> tuple[Key, float] | None:
    """The key and similarity of the text that is nearest to this one, None when none is near. Ties go by the key."""
    found = [(-similarity(own, other), str(key), key) for key, other in others.items() if is_near(own, other)]
    if not found:
        return None
    score, _, key = min(found, key=lambda each: each[:2])
    return key, -score
