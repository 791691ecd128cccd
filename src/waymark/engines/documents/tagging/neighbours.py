"""The training passages nearest to a passage vote: a second opinion beside the weights of the words.

The likeness of two passages is the cosine of their words and pairs of words (`features.Vocabulary`). Each training
passage votes for its objectives with the fourth power of its likeness, so that the few nearest decide. With v the share
of the votes for a class, NEAR * ln(v + FLOOR) is added to the score of the class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from waymark.engines.documents.tagging.features import Floats, Whole

NEAR = 1.0
FLOOR = 0.01
"""A class without any vote loses at most ln(1 + 1 / FLOOR) of NEAR."""

RESERVE = 0.001
"""Votes held back for no class, so that passages that are all far away decide little; a usual whole is 0.005."""

Sparse = tuple[Whole, Floats]
"""Numbers of features, each once, and their values."""


class Votes(NamedTuple):
    """The votes for each class, and all votes together (a passage's shares sum to one)."""

    each: Floats
    whole: float

    def __add__(self, other: object) -> "Votes":
        if not isinstance(other, Votes):
            return NotImplemented
        return Votes(self.each + other.each, self.whole + other.whole)

    def scores(self) -> Floats:
        """What the votes add to the score of each class."""
        shares = self.each / np.float32(self.whole + RESERVE)
        return np.asarray(np.float32(NEAR) * np.log(shares + np.float32(FLOOR)), np.float32)


def votes(likeness: Floats, shares: Floats) -> Votes:
    """The votes of passages (their likeness to one passage) with their shares of the classes (n by c)."""
    fourth = np.square(np.square(np.maximum(likeness, np.float32(0.0))))
    return Votes(fourth @ shares, float(fourth.sum()))


@dataclass(frozen=True)
class Neighbours:
    """The training passages of one language, by feature: those with feature f are at starts[f] to starts[f + 1].

    `passages` are their numbers, `values` the feature's value in each; `shares` is n by c.
    """

    starts: NDArray[np.int32]
    passages: NDArray[np.int32]
    values: Floats
    shares: Floats

    def votes(self, places: Whole, values: Floats) -> Votes:
        """The votes for a passage given by its features."""
        common, lengths, dense = self._split
        asked = np.zeros(dense.shape[1], np.float32)
        columns = common[places]
        usual = columns >= 0
        asked[columns[usual]] = values[usual]
        first, lengths = self.starts[places], lengths[places]
        ends = np.cumsum(lengths)
        whole = int(ends[-1]) if len(ends) else 0
        at = np.repeat(first - (ends - lengths), lengths) + np.arange(whole, dtype=np.int32)
        products = self.values[at] * np.repeat(values, lengths)
        rare = np.bincount(self.passages[at], products, minlength=len(self.shares)).astype(np.float32)
        return votes(dense @ asked + rare, self.shares)

    @cached_property
    def _split(self) -> tuple[Whole, Whole, Floats]:
        """The column of each common feature in a full table (-1 for the others), how long each other one is, the table.

        A feature that stands in every eighth passage or more is common: a full table is then faster than a list.
        """
        lengths = np.diff(self.starts).astype(np.int32)
        chosen = np.flatnonzero(lengths * 8 > len(self.shares))
        common = np.full(len(lengths), -1, np.int32)
        common[chosen] = np.arange(len(chosen), dtype=np.int32)
        dense = np.zeros((len(self.shares), len(chosen)), np.float32)
        for column, feature in enumerate(chosen):
            held = slice(self.starts[feature], self.starts[feature + 1])
            dense[self.passages[held], column] = self.values[held]
        lengths[chosen] = 0
        return common, lengths, dense

    def longer(self, features: int) -> "Neighbours":
        """The same for a vocabulary that grew to so many features."""
        more = np.full(features + 1 - len(self.starts), len(self.passages), np.int32)
        return Neighbours(np.concatenate([self.starts, more]), self.passages, self.values, self.shares)


def neighbours(rows: Sequence[Sparse], shares: Floats, features: int) -> Neighbours:
    """Training passages (their words and their shares of the classes) laid out by feature, values in half precision."""
    owners = np.repeat(np.arange(len(rows), dtype=np.int32), [len(places) for places, _ in rows])
    empty = [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
    places = np.concatenate([*empty[0], *(places for places, _ in rows)])
    values = np.concatenate([*empty[1], *(values for _, values in rows)])
    order = np.argsort(places, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(places, minlength=features))]).astype(np.int32)
    return Neighbours(starts, owners[order], _half(values[order]), _half(shares))


def joined(first: Neighbours, second: Neighbours) -> Neighbours:
    """The passages of both, over one vocabulary."""
    features = len(first.starts) - 1
    numbers = [np.repeat(np.arange(features, dtype=np.int32), np.diff(one.starts)) for one in (first, second)]
    places = np.concatenate(numbers)
    order = np.argsort(places, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(places, minlength=features))]).astype(np.int32)
    owners = np.concatenate([first.passages, second.passages + np.int32(len(first.shares))])
    values = np.concatenate([first.values, second.values])
    return Neighbours(starts, owners[order], values[order], np.concatenate([first.shares, second.shares]))


def _half(values: Floats) -> Floats:
    """Rounded to half precision, in which they are stored, so that a fresh head scores as a loaded one."""
    return values.astype(np.float16).astype(np.float32)
