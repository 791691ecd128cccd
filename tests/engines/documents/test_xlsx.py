"""Spreadsheets: rows with their place, values as a person sees them."""

import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.documents.cleaning import clean
from waymark.engines.documents.parsers.xlsx import parse, recognises, shown
from waymark.engines.files.workbooks.size import column_letters
from waymark.gcm.errors import InputError

Maker = Callable[..., Path]


def test_each_sheet_is_a_heading_and_each_row_a_block(xlsx_of: Maker) -> None:
    path = xlsx_of({"Plan 2024": {"B4": "Action", "C4": "Budget", "B5": "Train officers", "D5": 1200}, "Empty": {}})
    parsed = parse(path)
    assert [(block.kind, block.level, block.text, block.locator) for block in parsed.blocks] == [
        ("heading", 1, "Plan 2024", "Plan 2024"),
        ("row", 0, "Action | Budget", "Plan 2024!B4"),
        ("row", 0, "Train officers | 1200", "Plan 2024!B5"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-3.0, "-3"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1e+15"),
        (999_999_999_999_999.0, "999999999999999"),
        (math.inf, "inf"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2024, 5, 8), "2024-05-08"),
        (dt.datetime(2024, 5, 8), "2024-05-08"),
        (dt.datetime(2024, 5, 8, 9, 30), "2024-05-08 09:30:00"),
        (dt.time(9, 5), "09:05:00"),
        (dt.timedelta(hours=30, minutes=2), "30:02:00"),
        ("007", "007"),
    ],
)
def test_values_as_a_person_sees_them(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_have_their_letters(index: int, letters: str) -> None:
    assert column_letters(index) == letters


def test_wide_rows_are_divided_with_their_own_places(xlsx_of: Maker) -> None:
    cells = {f"{column_letters(index)}1": "word " * 100 for index in range(8)}
    blocks = parse(xlsx_of({"Wide": cells})).blocks[1:]
    assert [block.locator for block in blocks] == ["Wide!A1", "Wide!D1", "Wide!G1"]
    assert sum(block.text.count("word") for block in blocks) == 800


def test_formulas_are_not_worked_out(xlsx_of: Maker) -> None:
    blocks = parse(xlsx_of({"S": {"A1": "=1+1", "B1": '=HYPERLINK("http://127.0.0.1/")', "C1": "text"}})).blocks
    assert [block.text for block in blocks] == ["S", "text"]


def test_hidden_sheets_are_read_and_named(xlsx_of: Maker) -> None:
    parsed = parse(xlsx_of({"Open": {"A1": "a"}, "Deep": {"A1": "b"}}, hidden="Deep"))
    assert parsed.notes == ("Hidden sheets were read too: Deep.",)
    assert [block.text for block in parsed.blocks] == ["Open", "a", "Deep", "b"]


def test_ods_is_read_too(odt_of: Maker) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>Words</text:p></table:table-cell>'
    sheet = f'<table:table table:name="One"><table:table-row>{cell}{cell}</table:table-row></table:table>'
    path = odt_of(sheet, name="a.ods", kind="spreadsheet", meta_xml="<a SPACES><dc:title>A plan</dc:title></a>")
    parsed = parse(path)
    assert [(block.text, block.locator) for block in parsed.blocks] == [("One", "One"), ("Words | Words", "One!A1")]
    assert (parsed.title, parsed.media_type) == ("A plan", "application/vnd.oasis.opendocument.spreadsheet")


def test_macros_are_named_and_not_run(xlsx_of: Maker) -> None:
    import zipfile

    path = xlsx_of({"S": {"A1": "x"}}, name="a.xlsm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")
    parsed = parse(path)
    assert parsed.notes == ("Macros were not run.",)
    assert parsed.media_type == "application/vnd.ms-excel.sheet.macroEnabled.12"


def test_damaged_and_locked_workbooks_are_refused(zip_of: Maker, odt_of: Maker) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        parse(zip_of("a.xlsx", {"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}))
    with pytest.raises(InputError, match="password"):
        parse(odt_of("<a/>", kind="spreadsheet", manifest="<m><encryption-data/></m>"))
    with pytest.raises(InputError, match="not whole XML"):
        parse(odt_of("<table:table>", name="open.ods", kind="spreadsheet"))
    with pytest.raises(InputError, match="document type"):
        parse(zip_of("b.xlsx", {"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<!DOCTYPE a><a/>"}))


def test_only_workbooks_are_recognised() -> None:
    assert recognises(bytes.fromhex("d0cf11e0a1b11ae1"), frozenset({"Workbook"}))
    assert not recognises(bytes.fromhex("d0cf11e0a1b11ae1"), frozenset({"WordDocument"}))
    assert not recognises(b"PK\x03\x04", frozenset({"[Content_Types].xml", "word/document.xml"}))


CELL = st.one_of(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff=_"), min_size=1, max_size=20
    ),
    st.integers(-(10**9), 10**9),
    st.booleans(),
)


@settings(max_examples=30)
@given(st.lists(CELL, min_size=1, max_size=8))
def test_values_come_back(xlsx_of: Maker, values: list[object]) -> None:
    path = xlsx_of({"S": {f"{column_letters(index)}3": value for index, value in enumerate(values)}})
    expected = [clean(str(v).upper() if isinstance(v, bool) else str(v)) for v in values]
    found = [block.text for block in parse(path).blocks[1:]]
    assert " | ".join(found) == " | ".join(text for text in expected if text)
