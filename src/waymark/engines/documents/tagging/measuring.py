"""How good a ranking is: whether the label comes first, is among three, and how far down it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

FIRST = 3
"""Recall is taken over so many first codes."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over `count` passages: first code a label; labels among the first three; 1 / rank of the first label.

    With one label a passage these are top-1 precision, recall at 3 and mean reciprocal rank. All 0 when `count` is 0.
    """

    count: int
    first: float
    among_three: float
    reciprocal: float


def passage_figures(ranking: Sequence[str], labels: Collection[str]) -> tuple[float, float, float]:
    """The three figures of one passage; a label that the ranking does not hold counts as never found."""
    places = [place for place, code in enumerate(ranking, start=1) if code in labels]
    within = sum(place <= FIRST for place in places) / min(FIRST, len(labels))
    return float(bool(places) and places[0] == 1), within, 1.0 / places[0] if places else 0.0


def figures(rankings: Sequence[Sequence[str]], labels: Sequence[Collection[str]]) -> Figures:
    """The figures of passages in order; `labels` must not be empty for any."""
    rows = [passage_figures(ranking, known) for ranking, known in zip(rankings, labels, strict=True)]
    if not rows:
        return Figures(0, 0.0, 0.0, 0.0)
    first, within, reciprocal = (float(value) for value in np.mean(rows, axis=0))
    return Figures(len(rows), first, within, reciprocal)


def interval(values: Sequence[float], *, draws: int = 2000, seed: int = 20261124) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean of `values` (percentiles 2.5 and 97.5 of `draws` means).

    The draws are the same in every run. Raises ValueError for no values.
    """
    if not values:
        raise ValueError("an interval needs values")
    given = np.asarray(values, np.float64)
    chosen = np.random.default_rng(seed).integers(0, len(given), (draws, len(given)))
    low, high = np.percentile(given[chosen].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)
