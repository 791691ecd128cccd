"""Figures of rankings, and their intervals."""

import pytest

from waymark.engines.documents.tagging.measuring import Figures, figures, interval, passage_figures


def test_one_label() -> None:
    assert passage_figures(["9", "10", "7"], {"9"}) == (1.0, 1.0, 1.0)
    assert passage_figures(["9", "10", "7"], {"7"}) == (0.0, 1.0, pytest.approx(1 / 3))
    assert passage_figures(["9", "10", "7", "8"], {"8"}) == (0.0, 0.0, 0.25)
    assert passage_figures(["9"], {"8"}) == (0.0, 0.0, 0.0)


def test_several_labels_count_the_first_found_and_share_the_recall() -> None:
    assert passage_figures(["9", "10", "7", "8"], {"10", "8"}) == (0.0, 0.5, 0.5)
    assert passage_figures(["1", "2", "3"], {"1", "2", "3", "4"}) == (1.0, 1.0, 1.0)


def test_means_over_passages() -> None:
    assert figures([["1", "2"], ["2", "1"]], [{"1"}, {"1"}]) == Figures(2, 0.5, 1.0, 0.75)
    assert figures([], []) == Figures(0, 0.0, 0.0, 0.0)


def test_an_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    low, high = interval([0.0, 1.0] * 50)
    assert 0.38 < low < 0.45 < 0.55 < high < 0.62
    assert interval([0.0, 1.0] * 50) == (low, high)
    assert interval([1.0]) == (1.0, 1.0)
    with pytest.raises(ValueError, match="values"):
        interval([])
