"""The nearest training passages vote with the fourth power of their likeness."""

import numpy as np
import pytest

from waymark.engines.documents.tagging.neighbours import FLOOR, NEAR, Votes, joined, neighbours, votes

SHARES = np.array([[1, 0], [0, 1], [0.5, 0.5]], np.float32)
ROWS = [
    (np.array([0, 1], np.int32), np.array([0.5, 0.25], np.float32)),
    (np.array([3], np.int32), np.array([1.0], np.float32)),
    (np.array([1, 3], np.int32), np.array([0.5, 0.5], np.float32)),
]


def asked() -> tuple[np.ndarray, np.ndarray]:
    return np.array([1, 3], np.int32), np.array([1.0, 0.5], np.float32)


def test_likeness_is_the_inner_product_and_votes_its_fourth_power() -> None:
    found = neighbours(ROWS, SHARES, 4).votes(*asked())
    likeness = np.array([0.25, 0.5, 0.75], np.float32)
    assert found.each.tolist() == pytest.approx((likeness**4 @ SHARES).tolist())
    assert found.whole == pytest.approx(float((likeness**4).sum()))
    assert votes(likeness, SHARES).each.tolist() == found.each.tolist()


def test_votes_against_count_for_nothing() -> None:
    assert votes(np.array([-1, 0, 0], np.float32), SHARES).whole == 0.0


def test_without_votes_no_class_gains() -> None:
    scores = neighbours(ROWS, SHARES, 4).votes(np.array([2], np.int32), np.array([1.0], np.float32)).scores()
    assert scores.tolist() == pytest.approx([NEAR * np.log(FLOOR)] * 2)
    nothing = neighbours([], SHARES[:0], 4).votes(*asked())
    assert (nothing.whole, nothing.each.tolist()) == (0.0, [0.0, 0.0])
    assert neighbours(ROWS, SHARES, 4).votes(np.zeros(0, np.int32), np.zeros(0, np.float32)).whole == 0.0


def test_few_far_neighbours_count_less_than_near_ones() -> None:
    far, near = (Votes(np.array([size, 0], np.float32), size).scores() for size in (1e-6, 1.0))
    assert near[0] - near[1] > far[0] - far[1]


def test_two_sets_of_passages_vote_as_one() -> None:
    apart = [neighbours(ROWS[:2], SHARES[:2], 4), neighbours(ROWS[2:], SHARES[2:], 4)]
    whole = neighbours(ROWS, SHARES, 4).votes(*asked())
    for found in (joined(*apart).votes(*asked()), apart[0].votes(*asked()) + apart[1].votes(*asked())):
        assert found.each.tolist() == pytest.approx(whole.each.tolist())
        assert found.whole == pytest.approx(whole.whole)


def test_a_grown_vocabulary_changes_nothing() -> None:
    grown = neighbours(ROWS, SHARES, 4).longer(9)
    assert grown.votes(*asked()).whole == neighbours(ROWS, SHARES, 4).votes(*asked()).whole
    assert grown.votes(np.array([8], np.int32), np.array([1.0], np.float32)).whole == 0.0
