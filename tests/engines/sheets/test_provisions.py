"""Official texts and spreadsheets of provisions are read row by row, or refused with the place named."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.sheets.provisions import COLUMNS, ProvisionRow, read_provisions
from waymark.gcm.errors import InputError

MARKDOWN = """# Objective 1
## Title: Count every lighthouse
We promise to count lighthouses.
We also promise to count them again.
To realize this commitment, we will draw from the following actions:
## Associated actions
- a. Count in spring.
- b. Count in autumn,
and write it down.
In bad weather:
- c. Count indoors.

# Objective 2
## Title: Paint every lighthouse
We promise to paint.
## Associated actions
- a. Choose a colour.
"""


def plain(rows: list[ProvisionRow]) -> list[tuple[str, ...]]:
    return [(row.code, row.parent, row.title, row.text, row.language, row.source) for row in rows]


def write_csv(path: Path, rows: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    else:
                        sheet.write(number, column, cell)
    return path


def test_markdown_gives_objectives_and_actions(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    rows = read_provisions(path)
    assert plain(rows) == [
        (
            "1",
            "",
            "Count every lighthouse",
            "We promise to count lighthouses. We also promise to count them again.",
            "en",
            "",
        ),
        ("1.a", "1", "", "Count in spring.", "en", ""),
        ("1.b", "1", "", "Count in autumn, and write it down.", "en", ""),
        ("1.c", "1", "", "Count indoors.", "en", ""),
        ("2", "", "Paint every lighthouse", "We promise to paint.", "en", ""),
        ("2.a", "2", "", "Choose a colour.", "en", ""),
    ]
    assert [row.heading for row in rows] == ["", "", "", "In bad weather", "", ""]
    assert rows[3].place == "line 11"
    assert {row.language for row in read_provisions(path, language="ka")} == {"ka"}


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("Some words first\n# Objective 1\n", 'cannot read "Some words first"', "line 1"),
        ("# Objective 1\n## Notes\n", 'cannot read "## Notes"', "line 2"),
        ("# Objective 1\n## Title: T\n## Associated actions\nno letter\n", 'cannot read "no letter"', "line 4"),
        ("# Objective 1\n## Title: T\n# Objective 1\n## Title: U\n", "the code 1 stands twice", "line 3"),
        ("# Objective 1\n\n", "neither title nor text", "line 1"),
        ("\n\n", "the file holds no provision", ""),
    ],
)
def test_markdown_that_cannot_be_read_names_the_line(tmp_path: Path, text: str, said: str, place: str) -> None:
    path = tmp_path / "text.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"text\.md") as refusal:
        read_provisions(path)
    assert said in str(refusal.value)
    assert refusal.value.place == place


def test_a_long_line_is_shortened_in_the_refusal(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text("x" * 100, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        read_provisions(path)
    assert "x" * 60 + "…" in str(refusal.value)
    assert "x" * 61 not in str(refusal.value)


def test_columns_in_any_order_and_titles_above_the_header(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "plan.csv",
        [
            ["Plan of Orvenia, code of conduct"],
            [],
            ["Text", "CODE", "language"],
            ["Build it", " A.1 ", "en"],
            ["", "", ""],
            ["ააშენე", "A.1", "ka"],
        ],
    )
    rows = read_provisions(path)
    assert plain(rows) == [("A.1", "", "", "Build it", "en", ""), ("A.1", "", "", "ააშენე", "ka", "")]
    assert rows[1].place == "line 6"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_bom_and_delimiters(tmp_path: Path, delimiter: str) -> None:
    rows = [["code", "title"], ["1", "One, two; three"]]
    path = write_csv(tmp_path / "a.csv", rows, delimiter=delimiter, encoding="utf-8-sig")
    assert plain(read_provisions(path)) == [("1", "", "One, two; three", "", "", "")]


def test_texts_longer_than_the_default_limit_of_a_csv_field(tmp_path: Path) -> None:
    long = "word " * 40_000
    path = write_csv(tmp_path / "a.csv", [["code", "text"], ["1", long]])
    before = csv.field_size_limit(131_072)  # of the whole process: other libraries raise it as well
    try:
        assert read_provisions(path)[0].text == long.strip()
        assert csv.field_size_limit() == 131_072
    finally:
        csv.field_size_limit(before)


def test_a_parent_may_be_known_from_elsewhere(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["code", "parent", "title"], ["1.z", "1", "New"]])
    with pytest.raises(InputError, match=r"the parent 1 of 1\.z is not known"):
        read_provisions(path)
    assert read_provisions(path, known={"1"})[0].parent == "1"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["code", "title"]], "the file holds no provision"),
        ([["kod", "titel"], ["1", "x"]], "no header row with known columns"),
        ([["x"]] * 20 + [["code", "title"], ["1", "x"]], "no header row with known columns"),
        ([["code", "title", "colour", ""], ["1", "x", "red", ""]], "unknown column colour"),
        ([["code", "title", "", "text"], ["1", "x", "", ""]], "unknown column (no name)"),
        ([["code", "title", "Title"], ["1", "x", "y"]], "the column title stands there twice"),
        ([["code", "title"], ["1", "x", "y"]], '"y" stands in a column without a name'),
        ([["code", "title"], ["1", "x"], ["", "y"]], "line 3: the row has no code"),
        ([["code", "title"], ["1", ""]], "1 has neither title nor text"),
        ([["code", "title"], ["1", "x"], ["1", "y"]], "the code 1 stands twice, first at line 2"),
        ([["code", "title", "language"], ["1", "x", "en"], ["1", "y", "EN"]], 'stands twice in the language "EN"'),
        ([["code", "title", "language"], ["1", "x", "English!"]], 'the language "English!" is not a code'),
        ([["code", "title", "parent"], ["1", "x", "2"]], "the parent 2 of 1 is not known"),
        ([["code", "title", "parent"], ["1", "x", "1"]], "1 stands under itself"),
        ([["code", "title", "parent"], ["1", "x", "2"], ["2", "y", "1"]], "1 stands under itself"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, rows: list[list[str]], said: str) -> None:
    path = write_csv(tmp_path / "plan.csv", rows)
    with pytest.raises(InputError) as refusal:
        read_provisions(path)
    assert said in str(refusal.value)
    assert str(refusal.value).startswith(str(path))


def test_a_header_in_the_twentieth_row_is_found(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["x"]] * 19 + [["code", "title"], ["1", "One"]])
    assert [row.code for row in read_provisions(path)] == ["1"]


def test_files_that_are_not_there_or_not_readable(tmp_path: Path) -> None:
    empty, folder, strange = tmp_path / "empty.csv", tmp_path / "folder.csv", tmp_path / "a.docx"
    empty.write_bytes(b"")
    folder.mkdir()
    strange.write_bytes(b"x")
    latin, quote = tmp_path / "latin.csv", tmp_path / "quote.csv"
    latin.write_bytes("code,title\n1,Café\n".encode("latin-1"))
    quote.write_text('code,title\n1,"open\n', encoding="utf-8")
    for path, said in (
        (tmp_path / "none.csv", "there is no such file"),
        (empty, "the file holds no provision"),
        (folder, "this is not a file"),
        (strange, 'cannot tell the format from the ending ".docx"'),
        (latin, "line 2: the text is not UTF-8"),
        (quote, "the table cannot be read"),
    ):
        with pytest.raises(InputError) as refusal:
            read_provisions(path)
        assert said in str(refusal.value)


def test_workbooks_that_cannot_be_used(tmp_path: Path) -> None:
    good = write_xlsx(tmp_path / "good.xlsx", {"S": [["code", "title"], ["1", "One"]]})
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(good.read_bytes()[:-200])
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "no workbook")
    two = write_xlsx(tmp_path / "two.xlsx", {"A": [["code", "title"]], "B": [["x"]]})
    blank = write_xlsx(tmp_path / "blank.xlsx", {"A": []})
    for path, said in (
        (cut, "it is cut off"),
        (other, "it is no workbook"),
        (two, "2 sheets are filled: A, B"),
        (blank, "no header row with known columns"),
    ):
        with pytest.raises(InputError) as refusal:
            read_provisions(path)
        assert said in str(refusal.value)


def test_codes_that_a_spreadsheet_turned_into_numbers_or_dates(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "whole.xlsx", {"S": [[], ["code", "parent", "title"], [1, None, 3.5], ["1.a", 1, 7]]})
    rows = read_provisions(whole)
    assert plain(rows) == [("1", "", "3.5", "", "", ""), ("1.a", "1", "7", "", "", "")]
    assert rows[0].place == "sheet S, row 3"
    for name, cell in (("fraction", 8.1), ("date", date(2026, 5, 1)), ("truth", True)):
        path = write_xlsx(tmp_path / f"{name}.xlsx", {"S": [["code", "title"], [cell, "x"]]})
        with pytest.raises(InputError, match="stored as a number or a date") as refusal:
            read_provisions(path)
        assert refusal.value.place == "sheet S, row 2"


WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="_"), max_size=30).map(
    str.strip
)
FILLED = WORDS.filter(bool)
ROWS = st.lists(
    st.tuples(
        st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,8}", fullmatch=True),
        st.booleans(),
        FILLED,
        WORDS,
        st.sampled_from(["", "en", "ka", "zh-Hant"]),
        WORDS,
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row[0],
)


@settings(max_examples=60)
@given(rows=ROWS, order=st.permutations(COLUMNS), delimiter=st.sampled_from(",;\t"))
def test_rows_written_are_rows_read(
    tmp_path: Path, rows: list[tuple[str, bool, str, str, str, str]], order: list[str], delimiter: str
) -> None:
    full = []
    for number, (code, under, title, text, language, source) in enumerate(rows):
        parent = rows[number - 1][0] if under and number else ""
        full.append((code, parent, title, text, language, source))
    table = [list(order)] + [[row[COLUMNS.index(name)] for name in order] for row in full]
    as_csv = write_csv(tmp_path / "rows.csv", table, delimiter=delimiter)
    as_xlsx = write_xlsx(tmp_path / "rows.xlsx", {"rows": [list(row) for row in table]})
    assert plain(read_provisions(as_csv)) == full
    assert plain(read_provisions(as_xlsx)) == full
