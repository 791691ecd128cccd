"""Periods: every written form of the sources, refusals with words, and round trips."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.gcm.errors import InputError
from waymark.gcm.periods import FIRST_YEAR, LAST_YEAR, Period, parse_period

YEARS = st.integers(FIRST_YEAR, LAST_YEAR)


@pytest.mark.parametrize(
    ("written", "start", "end", "text", "kind"),
    [
        ("2015", 2015, 2015, "2015", "year"),
        (" 2015 ", 2015, 2015, "2015", "year"),
        ("2015.0", 2015, 2015, "2015", "year"),
        ("2011 [YR2011]", 2011, 2011, "2011", "year"),
        ("2015-2019", 2015, 2019, "2015-2019", "range"),
        ("2015–2019", 2015, 2019, "2015-2019", "range"),
        ("2015 / 2019", 2015, 2019, "2015-2019", "range"),
        ("2015/16", 2015, 2016, "2015-2016", "range"),
        ("1999/00", 1999, 2000, "1999-2000", "range"),
        ("2015-2015", 2015, 2015, "2015", "year"),
        ("2011Q1", 2011, 2011, "2011Q1", "quarter"),
        ("2011-Q4", 2011, 2011, "2011Q4", "quarter"),
        ("2011Q1 [YR2011Q1]", 2011, 2011, "2011Q1", "quarter"),
        ("2011S2", 2011, 2011, "2011S2", "half"),
        ("2011-H1", 2011, 2011, "2011S1", "half"),
        ("2019-07", 2019, 2019, "2019-07", "month"),
        ("2019M07", 2019, 2019, "2019-07", "month"),
        ("2009-10", 2009, 2009, "2009-10", "month"),
        ("2019-07-01", 2019, 2019, "2019-07-01", "day"),
        ("2020-02-29T00:00:00", 2020, 2020, "2020-02-29", "day"),
    ],
)
def test_reads_what_sources_write(written, start, end, text, kind):
    assert parse_period(written) == Period(start, end, text, kind)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "this is not a period"),
        ("soon", "this is not a period"),
        ("2015.5", "this is not a period"),
        ("12", "this is not a period"),
        ("201907", "this is not a period"),
        ("2011Q5", "this is not a period"),
        ("2015-16", "neither a month nor a span"),
        ("2019-13-01", "no such day"),
        ("2019-02-30", "no such day"),
        ("2019-00", "neither a month"),
        ("2019-2015", "the last year comes before the first"),
        ("1799", "lies outside 1800 to 2199"),
        ("2200", "lies outside 1800 to 2199"),
        ("2015-2900", "the year 2900 lies outside"),
        ("2011 [YR2012]", "in brackets differs"),
    ],
)
def test_refuses_with_words(written, words):
    with pytest.raises(InputError, match=words) as refusal:
        parse_period(written)
    assert repr(written) in str(refusal.value)
    assert "Expected: a year (2015)" in str(refusal.value)


def test_bounds_themselves_are_read():
    assert parse_period(str(FIRST_YEAR)).start_year == FIRST_YEAR
    assert parse_period(str(LAST_YEAR)).end_year == LAST_YEAR


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2015", "2015-01-01"), ("2015-2019", "2015-01-01"), ("2015S1", "2015-01-01"), ("2015S2", "2015-07-01"),
        ("2011Q4", "2011-10-01"), ("2019-12", "2019-12-01"), ("2019-07-14", "2019-07-14"),
    ],
)  # fmt: skip
def test_the_day_on_which_a_period_begins(written, day):
    assert parse_period(written).first_day.isoformat() == day


def test_only_a_span_of_years_is_a_range():
    assert parse_period("2015-2019").is_range
    assert not parse_period("2015").is_range
    assert not parse_period("2015Q1").is_range


@given(
    st.one_of(
        YEARS.map(str),
        YEARS.map(lambda year: f"{year}.0"),
        st.tuples(YEARS, YEARS).map(lambda pair: f"{min(pair)}-{max(pair)}"),
        st.tuples(YEARS, st.integers(1, 4)).map(lambda pair: f"{pair[0]}Q{pair[1]} [YR{pair[0]}Q{pair[1]}]"),
        st.tuples(YEARS, st.integers(1, 2)).map(lambda pair: f"{pair[0]}H{pair[1]}"),
        st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
        st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)).map(date.isoformat),
    )
)
def test_the_canonical_text_reads_back(written):
    period = parse_period(written)
    assert parse_period(str(period)) == period
    assert period.start_year <= period.end_year
    assert period.is_range == (period.start_year != period.end_year)


@given(st.text(max_size=14))
def test_any_text_is_a_period_or_a_refusal(written):
    try:
        period = parse_period(written)
    except InputError:
        return
    assert FIRST_YEAR <= period.start_year <= period.end_year <= LAST_YEAR
