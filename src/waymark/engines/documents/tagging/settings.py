"""Settings of the tiers and of their calibration, from catalogue/tagging/calibration.yaml.

They were chosen on a development set that no test passage is in. Scores of a tier become shares by a softmax; a share p
becomes a calibrated score 1 / (1 + exp(-(slope * ln(p / (1 - p)) + shift))), after Platt (1999), "Probabilistic outputs
for support vector machines".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from waymark.engines.documents.tagging.features import CONCEPTS, OBJECTIVES, Floats
from waymark.engines.documents.tagging.terms import CONTEXT, NONE
from waymark.gcm.files import read_yaml

Tier = Literal["best", "lexicon", "linear"]
TIERS: tuple[Tier, ...] = get_args(Tier)

_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Curve:
    """How a share becomes a calibrated score."""

    slope: float
    shift: float

    def __call__(self, shares: Floats) -> Floats:
        """The calibrated scores of shares."""
        inside = np.clip(shares, _LEAST, 1.0 - _LEAST)
        return np.asarray(
            1.0 / (1.0 + np.exp(-np.clip(self.slope * np.log(inside / (1.0 - inside)) + self.shift, -50.0, 50.0))),
            np.float32,
        )


@dataclass(frozen=True, slots=True)
class TierSettings:
    """How one tier turns evidence into scores.

    `head` and `lexicon` are what the head's scores and the logarithm of the lexicon's shares count; `floor` is added to
    a share before its logarithm is taken. `none_shift` is added to the score of "none of them", and `none_from` is the
    least calibrated score with which it is the answer. `curves` are by language, the entry "" for all others.
    """

    head: float
    lexicon: float
    floor: float
    none_shift: float
    none_from: float
    curves: Mapping[str, Curve]
    none_curve: Curve

    def curve(self, language: str) -> Curve:
        """The calibration for a language."""
        return self.curves.get(language) or self.curves[""]


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of every tier, and the languages whose errors were measured."""

    tiers: Mapping[Tier, TierSettings]
    measured: tuple[str, ...]


def shipped() -> Settings:
    """The settings of the catalogue."""
    return read(read_yaml("tagging", "calibration.yaml"))


def read(given: Mapping[str, Any]) -> Settings:
    """Settings from the plain values of a YAML file."""
    return Settings(
        {tier: _tier(given["tiers"][tier]) for tier in TIERS},
        tuple(given["measured"]),
    )


def _tier(given: Mapping[str, Any]) -> TierSettings:
    return TierSettings(
        head=float(given["head"]),
        lexicon=float(given["lexicon"]),
        floor=float(given["floor"]),
        none_shift=float(given["none_shift"]),
        none_from=float(given["none_from"]),
        curves={
            "" if language == "other" else language: Curve(float(pair[0]), float(pair[1]))
            for language, pair in given["curves"].items()
        },
        none_curve=Curve(*(float(value) for value in given["none_curve"])),
    )


_NONE_AT, _CONTEXT_AT = CONCEPTS.index(NONE), CONCEPTS.index(CONTEXT)


def combined(settings: TierSettings, head: Floats | None, concepts: Floats) -> Floats:
    """The scores of CLASSES of one passage, or of several (rows), in a tier.

    `head` holds the scores of the trained head (None where the tier has none), `concepts` the features of the same
    name. Without a head the score of "none" rests on the terms that speak for something else and on the absence of any
    word of migration.
    """
    count = len(OBJECTIVES)
    shares = np.log(concepts[..., -count:] + np.float32(settings.floor))
    scores = np.zeros((*concepts.shape[:-1], count + 1), np.float32)
    if head is not None:
        scores += np.float32(settings.head) * head
    else:
        scores[..., count] = concepts[..., _NONE_AT] - concepts[..., _CONTEXT_AT]
    scores[..., :count] += np.float32(settings.lexicon) * shares
    scores[..., count] += np.float32(settings.none_shift)
    return scores
