"""Calibration: curves from passages the head has not seen, and what they are worth."""

import numpy as np
import pytest

from waymark.engines.documents.tagging import settings
from waymark.engines.documents.tagging.calibration import LEAST_OF_A_LANGUAGE, _platt, calibrate, unseen, with_curves
from waymark.engines.documents.tagging.corpus import Example
from waymark.engines.documents.tagging.features import CLASSES
from waymark.engines.documents.tagging.settings import Curve, Settings
from waymark.engines.documents.tagging.training import Sources


def with_genres(sources: Sources) -> Sources:
    """Half of the passages as one genre, half as another."""
    rows = [
        Example(one.text, one.language, one.codes, one.origin, ("law", "news")[number % 2])
        for number, one in enumerate(sources.examples)
    ]
    return Sources(tuple(rows), sources.terms)


def held_out(count: int) -> list[Example]:
    return [Example(f"Remittances {n} of migrants and their fees.", "en", ("20",)) for n in range(count)]


def test_a_curve_finds_the_shares_that_were_true() -> None:
    made = np.random.default_rng(3)
    shares = made.uniform(0.02, 0.98, (4000, 1))
    true = Curve(0.5, -0.7)(shares.astype(np.float32))
    wanted = (made.uniform(size=shares.shape) < true).astype(np.float64)
    slope, shift = _platt(shares, wanted, np.full(4000, 1 / 4000))
    assert (slope, shift) == (pytest.approx(0.5, abs=0.08), pytest.approx(-0.7, abs=0.1))


def test_a_curve_exists_where_all_answers_are_right() -> None:
    shares = np.array([[0.9], [0.01], [0.99], [0.001]])
    slope, shift = _platt(shares, (shares > 0.5).astype(np.float64), np.full(4, 0.25))
    assert np.isfinite([slope, shift]).all()
    assert slope > 0


def test_each_genre_is_scored_by_a_head_that_has_not_seen_it(sources: Sources) -> None:
    given = with_genres(sources)
    scores, concepts = unseen(given, held_out(2))
    assert scores["best"].shape == (len(given.examples) + 2, len(CLASSES))
    assert len(concepts) == len(given.examples) + 2
    assert CLASSES[int(scores["best"][-1].argmax())] == "20"
    # A passage that stands in one genre only is not known to the head that scores it.
    alone = Sources((*given.examples, Example("Zebra quagga okapi", "en", ("5",), "example", "poem")), given.terms)
    assert CLASSES[int(unseen(alone, [])[0]["best"][-1].argmax())] != "5"


def test_every_tier_gets_its_curves(sources: Sources, given: Settings) -> None:
    found = calibrate(with_genres(sources), held_out(LEAST_OF_A_LANGUAGE), given)
    assert set(found) == {"best", "linear", "lexicon"}
    assert set(found["best"]["curves"]) == {"other", "en"}
    few = calibrate(with_genres(sources), held_out(LEAST_OF_A_LANGUAGE - 1), given)
    assert set(few["best"]["curves"]) == {"other"}


def test_curves_are_put_into_the_settings(sources: Sources, given: Settings) -> None:
    tier = {"head": 1, "lexicon": 0, "floor": 0.1, "none_shift": 0, "none_from": 0.6}
    now = {"measured": ["en"], "tiers": dict.fromkeys(("best", "linear", "lexicon"), tier)}
    found = calibrate(with_genres(sources), held_out(3), given)
    read = settings.read(with_curves(now, found))
    assert read.tiers["best"].none_from == 0.6
    assert read.tiers["best"].curve("ka") == Curve(*found["best"]["curves"]["other"])


def test_a_curve_keeps_the_order_and_stays_between_nought_and_one() -> None:
    scores = Curve(1.3, 0.4)(np.array([0.0, 0.2, 0.5, 1.0], np.float32))
    assert (np.diff(scores) > 0).all()
    assert 0 <= scores.min() <= scores.max() <= 1
    assert Curve(1.0, 0.0)(np.array([0.3], np.float32))[0] == pytest.approx(0.3)
    assert np.isfinite(Curve(1000.0, 0.0)(np.array([0.0, 1.0], np.float32))).all()
