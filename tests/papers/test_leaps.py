"""Figures that are no one line: tenfold changes within a year, zeros between figures, figures that go up and down."""

from dataclasses import replace

import pytest

from tests.papers.views import review, statistic, view
from waymark.gcm.language import unit_kind
from waymark.papers import choosing
from waymark.papers.leaps import leap_sentence, leap_words, leaps, zeros_between
from waymark.papers.steps import step_words
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.indicators.views import Observation, StatisticView
from waymark.queries.sources.views import SourceView

WRITER = Writer(review(sources=(view(SourceView, key="known"),)))


def series(*values: float | None, unit: str = "cu_usd", nature: str = "", **given: object) -> StatisticView:
    made = statistic("a", 1, 2, direction="none", unit=unit, unit_label=unit, valid_max=None, **given)
    seen = tuple(
        view(Observation, year=2000 + place, value=value, nature=nature, source="known", period=str(2000 + place))
        for place, value in enumerate(values)
    )
    return replace(made, observations=seen)


@pytest.mark.parametrize("unit", ["cu_usd", "percent", "per_100000_pop"])
def test_more_than_tenfold_within_a_year_is_said_of_money_shares_and_rates_and_marked(unit: str) -> None:
    found = series(2, 25, 24, 2, 2, None, 2, 30, unit=unit)
    assert unit_kind(unit) in ("money", "percent", "rate")
    assert leaps(found) == (2001, 2003, 2007)
    assert plain(leap_sentence(WRITER, found)) == (
        "The figure changes more than tenfold within a year, from 2000 to 2001, from 2002 to 2003 and from 2006 to "
        "2007; the source gives no reason, so do not read these years as one line."
    )
    assert plain(leap_words(WRITER, found)) == ", more than tenfold change in 2001, 2003, 2007 (dotted mark)"


@pytest.mark.parametrize(
    "calm",
    [series(2, 20), series(2, None, 60), series(0, 50), series(-1, 50), series(2, 60, unit="number"), series(5)],
)
def test_ten_times_a_gap_a_zero_and_counts_are_no_such_change(calm: StatisticView) -> None:
    assert leaps(calm) == ()
    assert leap_sentence(WRITER, calm) == leap_words(WRITER, calm) == ()


def test_zeros_of_a_stock_between_figures_may_mean_that_nothing_was_recorded() -> None:
    stock = series(0, 3, 0, 0, None, 4, 0, unit="number", traits=("stock",))
    assert zeros_between(stock) == (2002, 2003)
    assert "zero in 2002–2003, between other figures" in plain(leap_sentence(WRITER, stock))
    own = series(3, 0, 4, unit="number", traits=("stock",), nature="C")
    assert zeros_between(own) == zeros_between(series(3, 0, 4, unit="number")) == ()


@pytest.mark.parametrize(
    ("values", "far"),
    [((20, 1, 23), (1, 23)), ((20, 19, 22), None), ((10, 30, 20), None), ((10, 41, 20), (10, 41)), ((10, 40), None),
     ((100, 90, 101), None), ((-5, 20, -4), None)],
)  # fmt: skip
def test_figures_go_up_and_down_where_the_ends_tell_little_of_the_way(
    values: tuple[float, ...], far: tuple[float, float] | None
) -> None:
    made = series(*values)
    found = choosing.swing(made, 0, len(values) - 1)
    assert (tuple(one.value for one in found) if found else None) == far
    said = plain(step_words(WRITER, made, 0, len(values) - 1))
    assert said.startswith("The figures go up and down between ") == bool(far)
    assert "one step" not in said or far is None


def test_what_goes_up_and_down_is_not_what_grew_most_and_no_step_goes_further_than_the_change() -> None:
    swings = statistic("swings", 20, 1, 1, 1, 1, 1, 90, direction="none")
    steady = statistic("steady", 10, 11, 12, 13, 14, 15, 16, direction="none")
    wild = statistic("wild", 10, 1, 1, 1, 1, 2, 14, direction="none")
    assert choosing.swing(swings, 0, 6) is None
    assert choosing.largest_step(swings, 0, 6) is None, "the last step goes further than the whole change"
    found = choosing.grown_most(review(statistics=(wild, steady)))
    assert found is not None
    assert found[0].series == "steady"
    assert choosing.grown_most(review(statistics=(wild,))) is None


@pytest.mark.parametrize(("audience", "cleared", "chosen"), [("public", False, False), ("network", False, True),
                                                             ("public", True, True)])  # fmt: skip
def test_what_is_not_cleared_stands_on_no_first_page_for_the_public(audience: str, cleared: bool, chosen: bool) -> None:
    source = view(SourceView, key="known", kind="dataset", publisher="Office", title="File", uncleared=not cleared)

    def of(one: StatisticView) -> StatisticView:
        return replace(one, observations=tuple(replace(seen, source="known") for seen in one.observations))

    grown = of(statistic("grown", *range(10, 17), direction="none"))
    better, worse = of(statistic("up", *range(10, 17))), of(statistic("down", *range(17, 10, -1), improving=False))
    data = review(statistics=(grown, better, worse), sources=(source,), audience=audience)
    found = choosing.grown_most(data)
    assert (found is not None) == chosen
    assert (choosing.most_for_better(data) is not None) == chosen
    assert (choosing.most_for_worse(data) is not None) == chosen
