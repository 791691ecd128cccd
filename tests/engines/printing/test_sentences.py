"""Sentences: machine forms, citations, languages, refusals, and rounding that keeps direction and equality."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.printing.blocks import Run
from waymark.engines.printing.measures import figure
from waymark.engines.printing.sentences import (
    Claimed,
    CommitmentCounts,
    FollowUpCounts,
    Goal,
    Measured,
    after_break,
    assessed,
    at_limit,
    censored,
    commitment_counts,
    follow_up,
    measured_run,
    old,
    plain,
    sources_differ,
    too_old,
    trend,
)

UNITS = st.sampled_from(["percent", "number", "per_100000_pop", "index", "usd"])
VALUES = st.floats(-1e7, 1e7, allow_nan=False)


def kinds(runs, kind):
    return [(run.text, run.value, run.cites) for run in runs if run.kind == kind]


def test_figures_carry_their_exact_value_and_their_citations():
    runs = trend(
        "Cost",
        Measured(7.25, "percent", "2015", (1,)),
        Measured(5.0, "percent", "2023", (1, 2)),
        goal=Goal(3, 2030, cites=(4,)),
    )
    assert kinds(runs, "figure") == [
        ("7.3 per cent", "7.25", (1,)),
        ("5.0 per cent", "5", (1, 2)),
        ("2.3", "-2.25", ()),
        ("3 per cent", "3", (4,)),
    ]
    assert kinds(runs, "date") == [("2015", "2015", ()), ("2023", "2023", ()), ("2030", "2030", ())]


def test_the_share_of_a_change_is_signed_in_its_machine_form():
    runs = trend("Migrants", Measured(200, "number", "2015"), Measured(150, "number", "2020"))
    assert [value for _, value, _ in kinds(runs, "figure")] == ["200", "150", "-50", "-25"]


def test_a_share_beyond_tenfold_is_left_out():
    tenfold = trend("It", Measured(1, "number", "2015"), Measured(11, "number", "2020"))
    more = trend("It", Measured(1, "number", "2015"), Measured(12, "number", "2020"))
    assert plain(tenfold).endswith("a rise of 10 (1,000 per cent).")
    assert plain(more).endswith("a rise of 11.")


def test_counts_are_counts_and_codes_in_names_are_numbering():
    assert kinds(commitment_counts(CommitmentCounts(1200, completed=1200)), "count") == [
        ("1,200", "1200", ()),
        ("1,200", "1200", ()),
    ]
    assert kinds(follow_up(FollowUpCounts(2, still_open=2, cites=(7,))), "count")[0] == ("2", "2", (7,))
    runs = trend("Series 10.c.1", Measured(1, "number", "2015"), Measured(2, "number", "2016"))
    assert [run.text for run in runs if run.kind == "numbering"] == ["10", "1"]


def test_a_citation_of_a_mark_without_a_number_is_kept():
    runs = censored("Deaths", "NV", None, "number", "2018", cites=(3,))
    assert runs[-1].cites == (3,)
    assert censored("Deaths", "NV", None, "number", "2018")[-1].cites == ()


def test_dates_show_the_day_and_keep_the_iso_form():
    runs = too_old("Coverage", Measured(1.0, "percent", "2011Q1"), as_of="2026-05-08", limit=3)
    assert kinds(runs, "date") == [("Q1 2011", "2011Q1", ()), ("8 May 2026", "2026-05-08", ())]
    assert kinds(runs, "count") == [("3", "3", ())]
    assert "on 19 December 2018" in plain(
        trend("A vote", Measured(1, "number", "2018-12-19"), Measured(2, "number", "2019"))
    )


def test_a_language_without_phrases_is_served_in_english_and_says_so():
    arguments = ("Cost", Measured(1234.0, "number", "2015"), Measured(2345.0, "number", "2016"))
    english, georgian = trend(*arguments), trend(*arguments, language="ka")
    assert plain(georgian) == plain(english)
    assert {run.lang for run in georgian} == {"en"}
    assert {run.lang for run in english} == {run.lang for run in trend(*arguments, language="en-GB")} == {""}


def test_words_of_a_person_keep_their_own_language():
    claims = [Claimed("A", Run("ხმა", lang="ka")), Claimed("B", measured_run(Measured(1, "number", "2015")))]
    runs = sources_differ("Vote", claims, shown=0, rule="it is older", language="fr")
    assert {run.lang for run in runs} == {"ka", "en"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: trend("X", Measured(1, "percent", "2015"), Measured(1, "number", "2016")), "cannot be compared"),
        (lambda: assessed("fair", ""), "name the method"),
        (lambda: censored("X", "<", None, "percent", "2018"), "needs a bound"),
        (lambda: censored("X", "~", 1, "percent", "2018"), "none of <, >, N, NV"),
        (lambda: sources_differ("X", [Claimed("A", Run("a"))], shown=0, rule="r"), "two or more"),
        (lambda: sources_differ("X", [Claimed("A", Run("a"))] * 2, shown=2, rule="r"), "two or more"),
        (lambda: sources_differ("X", [Claimed("A", Run("a"))] * 2, shown=-1, rule="r"), "two or more"),
        (lambda: CommitmentCounts(3, completed=4), "do not make up 3"),
        (lambda: CommitmentCounts(3, completed=-1), "do not make up 3"),
        (lambda: CommitmentCounts(3, with_evidence=4), "do not make up 3"),
        (lambda: CommitmentCounts(-1), "do not make up -1"),
        (lambda: FollowUpCounts(3, acted_on=1), "do not make up 3"),
        (lambda: FollowUpCounts(1, accepted=2, still_open=1), "do not make up 1"),
    ],
)
def test_what_does_not_fit_together_is_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


@given(VALUES, VALUES, UNITS)
def test_rounding_changes_neither_direction_nor_equality(base, latest, unit):
    runs = trend("It", Measured(base, unit, "2015"), Measured(latest, unit, "2016"))
    text = plain(runs)
    first, second = shown(runs)
    if ": unchanged." in text:
        assert base == latest
    elif "almost unchanged" in text:
        assert base != latest
        assert first == second
    elif "a rise of" in text:
        assert base < latest
        assert first < second
    else:
        assert base > latest
        assert first > second
        assert "a fall of" in text


def shown(runs):
    """The two figures of a trend as a reader sees them."""
    figures = [run.text for run in runs if run.kind == "figure"][:2]
    return [float(re.match(r"−?[\d,.]+", text)[0].replace("−", "-").replace(",", "")) for text in figures]


@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1))
def test_the_change_shown_is_the_difference_of_the_figures_shown(base, latest):
    runs = trend("It", Measured(float(base), "percent", "2015"), Measured(float(latest), "percent", "2016"))
    figures = [run for run in runs if run.kind == "figure"]
    if len(figures) == 3:
        first, second = shown(runs)
        assert float(figures[2].text) == pytest.approx(abs(second - first))
        assert float(figures[2].value) == pytest.approx(float(latest - base))


def test_short_money_keeps_its_exact_value_and_its_direction():
    base, latest = Measured(4197312345, "cu_usd", "2015", (1,)), Measured(4197312346, "cu_usd", "2020")
    assert kinds(trend("Money", base, latest), "figure") == [
        ("4.20 billion current US dollars", "4197312345", (1,)),
        ("4.20 billion current US dollars", "4197312346", ()),
    ]
    assert "almost unchanged" in plain(trend("Money", base, latest))
    assert measured_run(Measured(-57_312_345.0, "cu_usd", "2020")).text == "−57.3 million current US dollars"
    assert measured_run(Measured(999_999.0, "cu_usd", "2020")).text == "999,999 current US dollars"
    assert measured_run(Measured(4_200_000.0, "cu_usd_m", "2020")).text == "4,200,000 million current US dollars"
    assert measured_run(Measured(4_200_000.0, "persons", "2020")).text == "4,200,000 persons"


def test_short_money_in_a_language_without_phrases():
    assert figure(Measured(4.2e9, "cu_usd", "2020", words=""), "ka")[0].text == "4,2 მილიარდი"


def test_a_figure_is_old_after_five_calendar_years():
    assert plain(old(Measured(1, "percent", "2020"), "2026-05-08")) != ""
    assert old(Measured(1, "percent", "2021"), "2026-05-08") == ()
    assert plain(old(Measured(1, "percent", "2020-2024"), "2026-05-08")) != ""
    assert old(Measured(1, "percent", "2015"), "2026-05-08", language="fr")[0].lang == "en"


@pytest.mark.parametrize(
    ("first", "last", "after", "year"), [(2019, 2015, 2022, 2022), (2015, 2022, 2022, 2022), (2015, 2019, 2020, 2022)]
)
def test_figures_on_the_wrong_side_of_a_break_are_refused(first, last, after, year):
    one, two, three = (Measured(1, "percent", str(at)) for at in (first, last, after))
    with pytest.raises(ValueError, match=f"break in {year}"):
        after_break("It", three, (one, two), year)


def test_two_values_are_not_both_the_end_of_a_scale():
    with pytest.raises(ValueError, match="end of a scale"):
        at_limit("It", Measured(100, "percent", "2022"), Measured(99, "percent", "2015"))
