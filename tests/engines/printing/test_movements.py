"""How a series went: machine forms, citations, languages, refusals, and rounding that keeps direction and equality."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.printing.measures import Goal, Measured, figure
from waymark.engines.printing.movements import censored, counted_anew, course, judged, target
from waymark.engines.printing.reading import words

UNITS = st.sampled_from(["percent", "number", "per_100000_pop", "index", "usd"])
VALUES = st.floats(-1e7, 1e7, allow_nan=False)


def kinds(runs, kind):
    return [(run.text, run.value, run.cites) for run in runs if run.kind == kind]


def test_figures_carry_their_exact_value_and_their_citations():
    latest, base = Measured(5.0, "percent", "2023", (1, 2)), Measured(7.25, "percent", "2015", (1,))
    runs = (*course("Cost", latest, base), *target(Goal(3, 2030, cites=(4,)), "percent"))
    assert kinds(runs, "figure") == [
        ("5.0 per cent", "5", (1, 2)),
        ("7.3 per cent", "7.25", (1,)),
        ("2.3", "-2.25", ()),
        ("3 per cent", "3", (4,)),
    ]
    assert kinds(runs, "date") == [("2023", "2023", ()), ("2015", "2015", ()), ("2030", "2030", ())]


def test_the_share_of_a_change_is_signed_in_its_machine_form():
    runs = course("Migrants", Measured(150, "number", "2020"), Measured(200, "number", "2015"))
    assert [value for _, value, _ in kinds(runs, "figure")] == ["150", "200", "-50", "-25"]


def test_a_share_beyond_tenfold_is_left_out():
    tenfold = course("It", Measured(220, "number", "2020"), Measured(20, "number", "2015"))
    more = course("It", Measured(240, "number", "2020"), Measured(20, "number", "2015"))
    assert words(tenfold).endswith("(by 200, or 1,000 per cent).")
    assert words(more).endswith("(by 220).")


def test_a_count_that_starts_small_has_no_share_and_a_rate_has_one():
    few = course("Victims", Measured(8, "number", "2015"), Measured(4, "number", "2014"))
    enough = course("Victims", Measured(40, "number", "2015"), Measured(20, "number", "2014"))
    rate = course("Deaths", Measured(8, "per_1000_live_births", "2015"), Measured(4, "per_1000_live_births", "2014"))
    assert words(few).endswith("up from 4 in 2014 (by 4).")
    assert words(enough).endswith("(by 20, or 100 per cent).")
    assert words(rate).endswith("(by 4, or 100 per cent).")


def test_codes_in_names_are_numbering():
    runs = course("Series 10.c.1", Measured(2, "number", "2016"), Measured(1, "number", "2015"))
    assert [run.text for run in runs if run.kind == "numbering"] == ["10", "1"]


def test_a_citation_of_a_mark_without_a_number_is_kept():
    runs = censored("Deaths", "NV", None, "number", "2018", cites=(3,))
    assert runs[-1].cites == (3,)
    assert censored("Deaths", "NV", None, "number", "2018")[-1].cites == ()


def test_dates_show_the_day_and_keep_the_iso_form():
    runs = course("Coverage", Measured(1.0, "percent", "2011Q1"))
    assert kinds(runs, "date") == [("Q1 2011", "2011Q1", ())]
    assert "on 19 December 2018" in words(
        course("A vote", Measured(2, "number", "2019"), Measured(1, "number", "2018-12-19"))
    )


def test_a_language_without_phrases_is_served_in_english_and_says_so():
    arguments = ("Cost", Measured(2345.0, "number", "2016"), Measured(1234.0, "number", "2015"))
    english, georgian = course(*arguments), course(*arguments, language="ka")
    assert words(georgian) == words(english)
    assert {run.lang for run in georgian} == {"en"}
    assert {run.lang for run in english} == {run.lang for run in course(*arguments, language="en-GB")} == {""}


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (lambda: course("X", Measured(1, "percent", "2016"), Measured(1, "number", "2015")), "cannot be compared"),
        (lambda: judged("", "fair", ""), "name the method"),
        (lambda: censored("X", "<", None, "percent", "2018"), "needs a bound"),
        (lambda: censored("X", "~", 1, "percent", "2018"), "none of <, >, N, NV"),
    ],
)
def test_what_does_not_fit_together_is_refused(wrong, problem):
    with pytest.raises(ValueError, match=problem):
        wrong()


@given(VALUES, VALUES, UNITS)
def test_rounding_changes_neither_direction_nor_equality(base, latest, unit):
    runs = course("It", Measured(latest, unit, "2016"), Measured(base, unit, "2015"))
    text = words(runs)
    if ", as in" in text:
        assert base == latest
        return
    if "almost as in" in text:
        assert base != latest
        return
    second, first = shown(runs)
    if "up from" in text:
        assert base < latest
        assert first < second
    else:
        assert base > latest
        assert first > second
        assert "down from" in text


def shown(runs):
    """The latest figure and the base as a reader sees them."""
    figures = [run.text for run in runs if run.kind == "figure"][:2]
    return [float(re.match(r"−?[\d,.]+", text)[0].replace("−", "-").replace(",", "")) for text in figures]


@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1))
def test_the_change_shown_is_the_difference_of_the_figures_shown(base, latest):
    runs = course("It", Measured(float(latest), "percent", "2016"), Measured(float(base), "percent", "2015"))
    figures = [run for run in runs if run.kind == "figure"]
    if len(figures) == 3:
        second, first = shown(runs)
        assert float(figures[2].text) == pytest.approx(abs(second - first))
        assert float(figures[2].value) == pytest.approx(float(latest - base))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((-9, -8, -7, -2), "The smallest difference since 2015 was in 2017: 2 more persons left than came."),
        ((-9, -8, -7, -20), "The largest difference since 2015 was in 2017: 20 more persons left than came."),
        ((9, 8, -7, -20), "The lowest balance since 2015 was in 2017: 20 more persons left than came."),
        ((-9, 8, -7, 20), "The highest balance since 2015 was in 2017: 20 more persons came than left."),
    ],
)
def test_the_extreme_of_a_balance_is_named_by_its_size_where_all_lie_on_one_side(values, said):
    base, previous, latest, extreme = (
        Measured(value, "number", year, words="persons")
        for value, year in zip(values, ("2015", "2019", "2020", "2017"), strict=True)
    )
    assert words(course("Net migration", latest, base, previous, extreme)).endswith(said)


def test_short_money_keeps_its_exact_value_and_its_direction():
    base, latest = Measured(4197312345, "cu_usd", "2015", (1,)), Measured(4197312346, "cu_usd", "2020")
    assert kinds(course("Money", latest, base), "figure") == [
        ("4.20 billion current US dollars", "4197312346", ()),
    ]
    assert "almost as in 2015" in words(course("Money", latest, base))
    assert figure(Measured(-57_312_345.0, "cu_usd", "2020"), "en")[0].text == "−57.3 million current US dollars"
    assert figure(Measured(999_999.0, "cu_usd", "2020"), "en")[0].text == "999,999 current US dollars"
    assert figure(Measured(4_200_000.0, "cu_usd_m", "2020"), "en")[0].text == "4,200,000 million current US dollars"
    assert figure(Measured(4_200_000.0, "persons", "2020"), "en")[0].text == "4,200,000 persons"


def test_short_money_in_a_language_without_phrases():
    assert figure(Measured(4.2e9, "cu_usd", "2020", words=""), "ka")[0].text == "4,2 მილიარდი"


@pytest.mark.parametrize(("years", "year"), [((2015, 2022), 2022), ((2023,), 2022), ((), 2022)])
def test_figures_on_the_wrong_side_of_a_break_are_refused(years, year):
    with pytest.raises(ValueError, match=f"before {year}"):
        counted_anew(year, [Measured(1, "percent", str(at)) for at in years])


def test_a_figure_almost_as_before_takes_no_part_in_the_decimals_of_others():
    latest, base = Measured(10.0, "percent", "2020"), Measured(12.0, "percent", "2015")
    runs = course("It", latest, base, Measured(10.00001, "percent", "2019"))
    assert words(runs).endswith("The figure before, in 2019, was almost the same.")


def test_a_turn_that_is_printed_like_the_figure_beside_it_is_not_named():
    given = [Measured(value, "percent", year) for value, year in ((40.0, "2023"), (10.0, "2015"))]
    previous, close = Measured(17.04, "percent", "2022"), Measured(17.01, "percent", "2020")
    clear = Measured(5.0, "percent", "2020")
    assert "2020" not in words(course("It", *given, previous, close))
    assert "lowest" in words(course("It", *given, previous, clear))


def test_a_series_that_turned_at_its_base_does_not_say_so():
    latest, base = Measured(10.0, "percent", "2020"), Measured(12.0, "percent", "2015")
    assert "turned" not in words(course("It", latest, base, Measured(9.0, "percent", "2019"), base))


@pytest.mark.parametrize("name", ["It", "Net migration"])
@pytest.mark.parametrize(
    ("base", "previous", "latest", "extreme", "turns"),
    [
        (10, 2, 4, 1, True), (10, 2, 4, 12, False), (2, 10, 8, 12, True), (2, 10, 8, 1, False),
        (2, 3, 4, 9, False), (2, 3, 4, 1, False), (9, 8, 7, 12, False), (9, 8, 7, 1, False),
    ],
)  # fmt: skip
def test_a_turn_is_at_the_end_of_the_whole_way_and_any_other_extreme_is_named_as_one(
    name, base, previous, latest, extreme, turns
):
    given = [
        Measured(value, "number", year, words="persons")
        for value, year in ((latest, "2020"), (base, "2015"), (previous, "2019"), (extreme, "2017"))
    ]
    said = words(course(name, *given))
    if name == "Net migration":
        side, more = "largest" if extreme > latest else "smallest", "person" if extreme == 1 else "persons"
        assert said.endswith(f"The {side} difference since 2015 was in 2017: {extreme} more {more} came than left.")
        return
    side = "highest" if extreme > latest else "lowest"
    assert ("turned after 2017" in said) is turns
    assert (f"The {side}" in said) is not turns
