"""Tables of texts that persons fill in: one reader, and limits that are said."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.files.delimited import rows, rows_of_form
from waymark.engines.files.limits import FORM, Limits
from waymark.engines.files.tables_out import csv_table
from waymark.gcm.errors import InputError

SMALL = Limits(unpacked=200, rows=4, columns=3, cells=10, letters=100)


def read(
    text: str | bytes, limits: Limits = FORM, header: re.Pattern[str] | None = None
) -> list[tuple[int, list[str]]]:
    return list(rows_of_form(text.encode() if isinstance(text, str) else text, limits, header))


def refusal(text: str | bytes, limits: Limits = FORM) -> str:
    with pytest.raises(InputError) as refused:
        read(text, limits)
    return str(refused.value)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", ",;\t")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_with_the_number_of_their_first_line(mark: bytes, separator: str, end: str) -> None:
    text = f'code{separator}title{end}1{separator}"two{end}lines"{end}{end}2{separator}ა{end}'
    assert read(mark + text.encode()) == [
        (1, ["code", "title"]),
        (2, ["1", f"two{end}lines"]),
        (4, []),
        (5, ["2", "ა"]),
    ]


def test_the_header_tells_the_separator() -> None:
    text = "a title, with commas, and more\ncode;text\n1;one, two, three\n"
    assert read(text, header=re.compile("code"))[2] == (3, ["1", "one, two, three"])


def test_limits_are_reached_and_not_passed() -> None:
    assert len(read("a,b\n" * 4, SMALL)) == 4
    assert "at most 4 rows" in refusal("a,b\n" * 5, SMALL)
    assert len(read("a,b,c\n" * 3 + "a\n", SMALL)) == 4
    assert "at most 10 cells" in refusal("a,b,c\n" * 4, SMALL)
    assert read("a,b,c,,\n", SMALL)
    assert "row 1 has 4 cells; it was not read. Expected: at most 3 columns" in refusal("a,b,c,d\n", SMALL)
    assert read("a" * 200, SMALL)
    assert "at most 0 MB" in refusal("a" * 201, SMALL)


def test_what_is_no_table_is_refused_with_its_line() -> None:
    assert "line 2: the text is not UTF-8" in refusal(b"a,b\n1,\xe9\n")
    assert "line 2: the table cannot be read" in refusal('a,b\n1,"open\n')
    assert "line 2: the table cannot be read" in refusal('a,b\n"x"y,1\n')


def test_a_cell_may_be_as_long_as_the_file_and_the_limit_of_the_process_stays() -> None:
    before = csv.field_size_limit()
    reading = rows("x" * 200_000 + ",y\n1,2\n", ",", 300_000)
    assert len(next(reading)[2][0]) == 200_000
    assert csv.field_size_limit() == before
    assert next(reading)[2] == ["1", "2"]
    with pytest.raises(InputError, match="cannot be read"):
        list(rows("x" * 200_000, ",", 1000))
    assert csv.field_size_limit() == before


CELLS = st.text(st.sampled_from("=+-@'\"\r\n\t ,;ab\u2028\u00a0ა5"), min_size=1, max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_we_wrote_comes_back(table: list[list[str]]) -> None:
    assert [cells for _, cells in read(csv_table(["code", "text"], table))] == [["code", "text"], *table]
