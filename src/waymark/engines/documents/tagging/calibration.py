"""How the calibration of the tiers is found: from passages that the scoring head has not seen.

Our own examples are scored one genre at a time by a head trained without that genre; labelled passages of others
(`held_out`) by a head trained on all of ours. Both count alike in each curve, however many there are. The curves are
those of Platt (1999), fitted by Newton's method; a language with fewer than LEAST_OF_A_LANGUAGE held-out passages
takes the curve of all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waymark.engines.documents.tagging import settings
from waymark.engines.documents.tagging.corpus import Example
from waymark.engines.documents.tagging.features import CLASSES, OBJECTIVES, Floats
from waymark.engines.documents.tagging.neighbours import votes
from waymark.engines.documents.tagging.rows import CONCEPT_SCALE, Rows
from waymark.engines.documents.tagging.settings import TIERS, Settings, Tier
from waymark.engines.documents.tagging.solver import BIAS, Array, fit, softmax
from waymark.engines.documents.tagging.training import PENALTY, Sources, compiled_lexicons

LEAST_OF_A_LANGUAGE = 20
RIDGE = 0.1
"""A little pull towards 0, so that a curve exists where all answers are right."""

STEPS = 100
"""Enough for scores; a head that is kept is fitted to the end."""

_LEAST = 1e-6


def calibrate(given: Sources, held_out: Sequence[Example], now: Settings) -> dict[Tier, dict[str, Any]]:
    """For each tier its `curves` by language (["other"] for the rest) and its `none_curve`, as [slope, shift].

    `now` says how each tier combines head and terms; its own curves are not used.
    """
    own = [one for one in given.examples if one.origin == "example"]
    scores, concepts = unseen(given, held_out)
    seen = np.arange(len(own) + len(held_out))
    weights = np.where(seen < len(own), 0.5 / max(1, len(own)), 0.5 / max(1, len(held_out)))
    passages = [*own, *held_out]
    found: dict[Tier, dict[str, Any]] = {}
    for tier in TIERS:
        using = now.tiers[tier]
        head = None if tier == "lexicon" else scores[tier]
        shares = softmax(settings.combined(using, head, concepts).astype(np.float64))
        wanted = np.array([[code in one.codes for code in CLASSES] for one in passages], np.float64)
        curves = {"other": _platt(shares[:, : len(OBJECTIVES)], wanted[:, : len(OBJECTIVES)], weights)}
        for language in sorted({one.language for one in passages}):
            chosen = np.array([one.language == language for one in passages])
            if int(chosen[len(own) :].sum()) >= LEAST_OF_A_LANGUAGE:
                some = np.ix_(chosen, np.arange(len(OBJECTIVES)))
                curves[language] = _platt(shares[some], wanted[some], _even(chosen, len(own)))
        none = _platt(shares[:, -1:], wanted[:, -1:], weights)
        found[tier] = {"curves": curves, "none_curve": none}
    return found


def unseen(given: Sources, held_out: Sequence[Example]) -> tuple[Mapping[Tier, Floats], Floats]:
    """Scores of the head for our examples and the held-out passages, by a head that has not seen them; and concepts.

    Rows are our examples in order, then the held-out passages. The tier "linear" has no concepts.
    """
    compiled = compiled_lexicons(given.terms)
    base = Rows(given.examples, compiled)
    rows = Rows([*given.examples, *held_out], compiled, base.vocabularies, base.table)
    count = len(given.examples)
    own = np.array([number for number, one in enumerate(given.examples) if one.origin == "example"], np.intp)
    new = np.arange(count, len(rows.examples))
    kernel, wanted, weights = rows.kernel(), rows.wanted(), rows.weights()
    scaled = rows.concepts.astype(np.float64) * CONCEPT_SCALE
    plain = kernel - scaled @ scaled.T
    likeness, shares = rows.words_kernel().astype(np.float32), wanted.astype(np.float32)
    found = {tier: np.zeros((len(rows.examples), len(CLASSES)), np.float32) for tier in ("best", "linear")}
    genres = np.array([one.genre if one.origin == "example" else "" for one in given.examples])
    parts = [(np.flatnonzero(genres == genre), np.flatnonzero(genres != genre)) for genre in sorted({*genres} - {""})]
    for asked, learned in [*parts, (new, np.arange(count))]:
        if not len(asked):
            continue
        dual = fit(kernel[np.ix_(learned, learned)], wanted[learned], weights[learned], PENALTY, steps=STEPS)
        near = np.array([votes(likeness[number, learned], shares[learned]).scores() for number in asked])
        found["best"][asked] = (kernel[np.ix_(asked, learned)] + BIAS) @ dual + near
        found["linear"][asked] = (plain[np.ix_(asked, learned)] + BIAS) @ dual + near
    order = np.concatenate([own, new])
    return {"best": found["best"][order], "linear": found["linear"][order]}, rows.concepts[order]


def _even(chosen: NDArray[np.bool_], own: int) -> Array:
    """Weights of the chosen rows, with half of the whole on either side of `own`."""
    ours = chosen & (np.arange(len(chosen)) < own)
    theirs = chosen & ~ours
    even = np.where(ours, 0.5 / max(1, int(ours.sum())), 0.5 / max(1, int(theirs.sum())))
    return np.asarray(even[chosen])


def _platt(shares: Array, wanted: Array, weights: Array) -> list[float]:
    """Slope and shift with which shares become the likeliest scores; `weights` are of rows and sum to one."""
    inside = np.clip(shares, _LEAST, 1.0 - _LEAST)
    given = np.log(inside / (1.0 - inside))
    rows = np.column_stack([given.ravel(), np.ones(given.size)])
    counted = np.repeat(weights * len(weights), shares.shape[1])
    found = np.array([1.0, 0.0])
    for _ in range(100):
        likely = _logistic(rows @ found)
        slope = rows.T @ (counted * (likely - wanted.ravel())) + RIDGE * (found - [1.0, 0.0])
        bend = rows.T @ (rows * (counted * likely * (1.0 - likely))[:, None]) + RIDGE * np.eye(2)
        step, reach = np.linalg.solve(bend, slope), 1.0
        # A full step of Newton's method may overshoot where the curve is flat.
        while reach > _LEAST and _loss(rows, found - reach * step, wanted, counted) > _loss(
            rows, found, wanted, counted
        ):
            reach /= 2.0
        found -= reach * step
        if np.abs(reach * step).max() < _LEAST:
            break
    return [round(float(value), 3) for value in found]


def _logistic(scores: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -50.0, 50.0))))


def _loss(rows: Array, curve: Array, wanted: Array, counted: Array) -> float:
    likely = np.clip(_logistic(rows @ curve), _LEAST, 1.0 - _LEAST)
    right = wanted.ravel()
    each = right * np.log(likely) + (1.0 - right) * np.log(1.0 - likely)
    return float(-(counted * each).sum() + RIDGE / 2.0 * np.square(curve - [1.0, 0.0]).sum())


def with_curves(now: Mapping[str, Any], found: Mapping[Tier, Mapping[str, Any]]) -> dict[str, Any]:
    """The plain settings `now` (as in the YAML file) with the curves that were found."""
    return {**now, "tiers": {tier: {**now["tiers"][tier], **found[tier]} for tier in TIERS}}
