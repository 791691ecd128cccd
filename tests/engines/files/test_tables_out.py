"""CSV that we write: one row stays one row for every reader, nothing is run, and all of it comes back."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office import saved_as
from waymark.engines.files.tables_out import csv_line, csv_table, harmless, restored

DANGEROUS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\x01=1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\u2028=1+1",
    "\ttext",
    "'=1+1",
    "''=1+1",
    "' =1+1",
    "'\n=1",
    '=HYPERLINK("http://127.0.0.1/?"&A1)',
    "-",
    "--5",
    "-5 and more",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_program_would_run_gets_an_apostrophe_and_comes_back(text: str) -> None:
    assert harmless(text).startswith("'")
    assert restored(harmless(text)) == text


@pytest.mark.parametrize("line", ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_line_in_a_text_is_as_harmless_as_its_beginning(line: str) -> None:
    text = f"first{line}=1+1{line}{line} @x{line}'-y{line}fine"
    assert harmless(text) == f"first{line}'=1+1{line}{line}' @x{line}''-y{line}fine"
    assert restored(harmless(text)) == text


@pytest.mark.parametrize("text", ["-5", "+5", "-1,234.5", "-1e-5", "'quoted'", "a=b", "'tis", "x\ny", "1-2", ""])
def test_numbers_keep_their_sign_and_words_stay(text: str) -> None:
    assert harmless(text) == restored(text) == text


@pytest.mark.parametrize("text", ["'-5", "''-5", "'+1.5"])
def test_an_apostrophe_before_a_number_comes_back(text: str) -> None:
    assert restored(harmless(text)) == text


def test_values_of_every_kind() -> None:
    row = (None, -3.0, 0.1, True, 1e300, -7, Decimal("-1.50"), date(2026, 5, 8), "a;b", " x", 'say "no"')
    assert csv_line(row) == ',-3,0.1,True,1e+300,-7,-1.50,2026-05-08,"a;b"," x","say ""no"""\n'
    assert csv_table(["a"], [[""], [None]]) == b'a\n""\n""\n'


def test_a_bare_carriage_return_starts_no_row() -> None:
    line = csv_line(["a\r=1+1", "b"])
    assert line == '"a\r\'=1+1",b\n'


@pytest.mark.parametrize("point", [*range(1, 32), *range(0x7F, 0xA0), 0x2028, 0x2029])
def test_every_control_sign_is_quoted(point: int) -> None:
    assert csv_line([f"a{chr(point)}b", "c"]) == f'"a{chr(point)}b",c\n'


LETTERS = st.text(st.sampled_from("=+-@＝＠'\"\r\n\t ,;ab\x0b\x85\u2028\u00a0\u200b\x01\ufeff5"), max_size=12)


@settings(max_examples=500)
@given(LETTERS | st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back(text: str) -> None:
    assert restored(harmless(text)) == text


TABLE = st.lists(st.lists(LETTERS, min_size=3, max_size=3), min_size=1, max_size=6)


@settings(max_examples=200)
@given(TABLE)
def test_another_reader_finds_the_same_rows(rows: list[list[str]]) -> None:
    content = csv_table(["a", "b", "c"], rows).decode()
    read = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    assert [[restored(cell) for cell in row] for row in read[1:]] == rows


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLE)
def test_duckdb_finds_the_same_rows(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_table(["a", "b", "c"], rows))
    options = "header = true, delim = ',', quote = '\"', escape = '\"', all_varchar = true, auto_detect = false"
    names = "columns = {'a': 'VARCHAR', 'b': 'VARCHAR', 'c': 'VARCHAR'}, nullstr = '\\N'"
    with duckdb.connect() as session:
        read = session.execute(f"from read_csv('{path}', {options}, {names})").fetchall()
    assert [[restored(cell or "") for cell in row] for row in read] == rows


@pytest.mark.slow
def test_a_spreadsheet_runs_nothing_and_shows_every_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    texts = [text for text in DANGEROUS if "\x01" not in text and "\u2028" not in text]
    path.write_bytes(csv_table(["n", "text", "value"], [(n, text, -n) for n, text in enumerate(texts, 1)]))
    sheet = openpyxl.load_workbook(saved_as("xlsx", path, tmp_path / "office")).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == list(range(1, len(texts) + 1))
    assert [row[2].value for row in rows] == [-n for n in range(1, len(texts) + 1)]
    assert {row[1].data_type for row in rows} == {"s"}
    for text, row in zip(texts, rows, strict=True):
        if text.isascii():  # without being asked it does not read UTF-8
            assert restored(row[1].value).replace("\r", "\n") == text.replace("\r", "\n")
