"""Rows and columns as numbers, letters and patterns; what is measured is what the reader lays out."""

import re
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_rowcol_to_cell

from tests.engines.files.test_workbooks import cells_of, refusal
from waymark.engines.files.limits import Limits
from waymark.engines.files.workbooks import xlsx
from waymark.engines.files.workbooks.size import column_letters, column_number


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_have_letters_and_numbers(index: int, letters: str) -> None:
    assert column_letters(index) == letters
    assert column_number(letters) == index + 1


PLACES = st.dictionaries(
    st.tuples(st.integers(0, 60), st.integers(0, 40)),
    st.one_of(st.integers(-1000, 1000), st.text("ab<>&\"' \n", min_size=1, max_size=8).filter(str.strip)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PLACES)
def test_what_is_measured_is_what_the_reader_lays_out(tmp_path: Path, places: dict[tuple[int, int], object]) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for (row, column), value in places.items():
            sheet.write(row, column, value)
    rows, columns = max(row for row, _ in places) + 1, max(column for _, column in places) + 1
    exact = Limits(2**20, rows, columns, rows * columns, 10_000)
    lines = cells_of(path, exact)["Sheet1"]
    assert (len(lines), len(lines[0])) == (rows, columns)
    for (row, column), value in places.items():
        assert lines[row][column] == value, xl_rowcol_to_cell(row, column)
    for narrower in ("rows", "columns", "cells"):
        assert refusal(path, Limits(**{n: getattr(exact, n) - (n == narrower) for n in Limits.__slots__}))


@settings(max_examples=300)
@given(st.integers(1, 1_048_576), st.integers(0, 2_000_000))
def test_numbers_up_to_a_claim_have_a_pattern(most: int, number: int) -> None:
    fits = re.compile(xlsx._up_to(most)).fullmatch(str(number).encode())
    assert bool(fits) == (1 <= number <= most)
    assert re.compile(xlsx._up_to(most)).fullmatch(str(most).encode())
    assert not re.compile(xlsx._up_to(most)).fullmatch(str(most + 1).encode())


def test_columns_up_to_a_claim_have_a_pattern() -> None:
    for most in range(1, 703):
        fits = re.compile(xlsx._up_to_column(column_letters(most - 1)))
        for other in (1, most - 1, most, most + 1, 26, 27, 702, 703):
            assert bool(fits.fullmatch(column_letters(other - 1).encode())) == (0 < other <= most)
