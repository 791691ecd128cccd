"""The workbook of a suggested crosswalk: what is written is read back, and what cannot be used is named by its cell."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import saved_as
from waymark.engines.sheets.crosswalk import (
    COLUMNS,
    GAPS,
    HOW_TO,
    SUGGESTIONS,
    Fault,
    SheetRow,
    faults_refusal,
    read_sheet,
    relations,
    write_sheet,
)
from waymark.gcm.errors import InputError

ROW = SheetRow(
    "G1.1",
    "gcm",
    "8",
    kind="measure",
    words='=HYPERLINK("http://x")',
    label="Save lives",
    score=0.25,
    reasons="rescue; sea",
    decision="yes",
    note="seen on page 3",
    on_record="yes: Gazette",
)
GAP = ("objective that no provision touches", "gcm", "3", "Information")


def written(path: Path, *rows: SheetRow) -> Path:
    path.write_bytes(write_sheet("strategy", "A strategy", rows, [GAP]))
    return path


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    """The workbook after somebody worked on its first sheet in another program."""
    book = openpyxl.load_workbook(path)
    change(book[SUGGESTIONS])
    book.save(path)
    return path


def plain(row: SheetRow) -> SheetRow:
    """What is read back of a row: nothing of the columns that only help to decide."""
    return replace(row, kind="", words="", label="", score=None, reasons="", on_record="")


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_sheet(path)
    return str(caught.value)


def test_three_sheets_with_typed_cells_and_choices(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", ROW, SheetRow("G2", relation="", reasons="nothing scores 0.20 or more"))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [SUGGESTIONS, GAPS, HOW_TO]
    sheet = book[SUGGESTIONS]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    cells = dict(zip(COLUMNS, sheet[2], strict=True))
    assert {name: cell.data_type for name, cell in cells.items() if name != "score"} == dict.fromkeys(
        set(COLUMNS) - {"score"}, "s"
    )
    assert (cells["score"].value, cells["words"].value, cells["code"].value) == (0.25, ROW.words, "8")
    assert sheet.freeze_panes == "A2"
    choices = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert choices["J2:J503"] == '"yes,no"'
    assert choices["D2:D503"] == '"gcm,sdg"'
    assert sheet.column_dimensions["C"].width > 40
    assert [cell.value for cell in book[GAPS][2]] == list(GAP)
    help_ = [cell.value for cell in book[HOW_TO]["B"]]
    assert help_[0] == "strategy"
    assert len(help_) == 6
    assert "--framework strategy" in help_[5]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert write_sheet("s", "S", [ROW], [GAP]) == write_sheet("s", "S", [ROW], [GAP])


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", ROW, SheetRow("G2", relation=""), replace(ROW, code="8.10", framework="sdg"))
    read = read_sheet(path)
    assert read.framework == "strategy"
    assert read.faults == []
    assert read.rows == [
        replace(plain(ROW), place=2),
        replace(plain(ROW), code="8.10", framework="sdg", place=4),
    ]


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
ROWS = st.builds(
    SheetRow,
    provision=WORDS,
    framework=st.sampled_from(("gcm", "sdg")),
    code=WORDS,
    relation=st.sampled_from(relations()),
    decision=st.sampled_from(("", "yes", "no")),
    note=st.lists(WORDS, max_size=3).map(" ".join),
    words=st.text(max_size=900),
    reasons=st.text(max_size=30),
    score=st.none() | st.floats(0, 1),
)


@settings(max_examples=60)
@given(st.lists(ROWS, max_size=5))
def test_any_words_come_back(rows: list[SheetRow]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read = read_sheet(written(Path(folder) / "a.xlsx", *rows))
    assert read.faults == []
    assert read.rows == [replace(plain(row), place=place) for place, row in enumerate(rows, start=2)]


def test_long_texts_are_cut_and_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", replace(ROW, words="x" * 601, label="a\x00b\ud800c", reasons="y" * 600))
    cells = dict(zip(COLUMNS, openpyxl.load_workbook(path)[SUGGESTIONS][2], strict=True))
    assert cells["words"].value == "x" * 599 + "…"
    assert cells["reasons"].value == "y" * 600
    assert cells["label"].value == "a b c"


def test_a_row_is_as_high_as_its_longest_cell(tmp_path: Path) -> None:
    short, long, chinese = replace(ROW, words="x"), replace(ROW, words="word " * 40), replace(ROW, words="移徙" * 40)
    sheet = openpyxl.load_workbook(written(tmp_path / "a.xlsx", short, long, chinese))[SUGGESTIONS]
    heights = [sheet.row_dimensions[number].height or 15 for number in (2, 3, 4)]
    assert heights == [15, 15 * 5, 15 * 4]


def test_a_person_may_add_sort_and_write_loosely(tmp_path: Path) -> None:
    def work(sheet: Any) -> None:
        sheet.append([None] * len(COLUMNS))
        sheet.append(["G2", None, None, " SDG ", "10.7", None, None, None, None, "No", None, None])
        sheet.append(
            ["\u200fG3\u200e", None, None, "gcm", 7, None, None, None, "concerns", "YES", " two\n lines ", None]
        )

    read = read_sheet(changed(written(tmp_path / "a.xlsx", ROW), work))
    assert read.faults == []
    assert read.rows[1:] == [
        SheetRow("G2", "sdg", "10.7", "relevant", "no", place=4),
        SheetRow("G3", "gcm", "7", "concerns", "yes", "two lines", place=5),
    ]


def test_every_bad_cell_is_named_at_once(tmp_path: Path) -> None:
    def work(sheet: Any) -> None:
        sheet["J2"] = "maybe"
        sheet["I2"] = "as-printed"
        sheet["D3"] = "gmc"
        sheet["E3"] = 8.1
        sheet["A4"] = date(2026, 7, 10)
        sheet["E4"] = None
        sheet["M4"] = "beside"
        sheet["A5"] = None

    path = changed(written(tmp_path / "a.xlsx", ROW, ROW, ROW, ROW), work)
    read = read_sheet(path)
    assert read.rows == []
    assert {fault.place.removeprefix("Suggestions ") for fault in read.faults} == {
        "J2", "I2", "D3", "E3", "A4", "M4", "A5",
    }  # fmt: skip
    words = str(faults_refusal(path, read.faults))
    assert 'Suggestions J2 says "maybe" and must be yes or no' in words
    assert 'I2 says "as-printed" and must be relevant or as-worded or concerns' in words
    assert "E3 holds the number or date 8.1, and codes are text" in words
    assert "7 cells cannot be used" in words
    assert words.index("I2") < words.index("J2") < words.index("D3") < words.index("A5")
    assert words.endswith("Nothing was stored.")


def test_a_decision_without_a_code_is_a_fault_and_an_undecided_row_without_one_is_none(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", SheetRow("G1", relation="", decision="yes"), SheetRow("G2", note="think of it"))
    assert [fault.place for fault in read_sheet(path).faults] == ["Suggestions D2", "Suggestions E2"]


def test_many_faults_are_counted(tmp_path: Path) -> None:
    faults = [Fault(f"Suggestions J{number}", "is bad") for number in range(2, 152)]
    words = str(faults_refusal(tmp_path / "a.xlsx", faults))
    assert "150 cells cannot be used" in words
    assert "Suggestions J101 is bad; and 50 more" in words
    assert "Suggestions J102" not in words


def test_changed_columns_are_refused_with_their_cells(tmp_path: Path) -> None:
    def work(sheet: Any) -> None:
        sheet["J1"] = "verdict"
        sheet["M1"] = "remarks"
        sheet["A1"] = None

    words = refusal(changed(written(tmp_path / "a.xlsx", ROW), work))
    assert 'Suggestions A1 is "" and must be "provision"' in words
    assert 'J1 is "verdict" and must be "decision"' in words
    assert 'M1 is "remarks" and must be empty' in words


def test_a_removed_column_is_refused(tmp_path: Path) -> None:
    words = refusal(changed(written(tmp_path / "a.xlsx", ROW), lambda sheet: sheet.delete_cols(2)))
    assert 'Suggestions B1 is "words" and must be "kind"' in words
    assert 'L1 is "" and must be "on record"' in words


def test_an_empty_first_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet(SUGGESTIONS)
    assert "12 cells cannot be used" in refusal(path)


def test_a_file_that_is_no_such_workbook_is_refused(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "gone.xlsx")
    for name, content, words in (
        ("a.ods", b"x", "no XLSX file"),
        ("a.xlsx", b"", "it is no workbook"),
        ("b.xlsx", b"PK\x03\x04rubbish", "it is cut off"),
    ):
        (tmp_path / name).write_bytes(content)
        assert words in refusal(tmp_path / name)
    other = tmp_path / "other.xlsx"
    with xlsxwriter.Workbook(str(other)) as book:
        book.add_worksheet("Sheet1")
    assert "there is no sheet Suggestions; the sheets are Sheet1" in refusal(other)


def test_a_cell_far_out_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    for far in ("XFD1048576", "AY2", "A20001"):
        path = changed(written(tmp_path / "a.xlsx", ROW), lambda sheet, far=far: sheet.__setitem__(far, "x"))
        assert "too far out" in refusal(path) or "cells lie between A1 and" in refusal(path)
        assert refusal(path).endswith("Nothing was stored.")


def test_the_last_row_and_column_of_a_form_are_read(tmp_path: Path) -> None:
    for last in ("AX2", "A20000"):
        path = changed(written(tmp_path / "a.xlsx", ROW), lambda sheet, last=last: sheet.__setitem__(last, " "))
        assert read_sheet(path).rows


@settings(max_examples=150)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject, tmp_path: Path) -> None:
    whole = write_sheet("strategy", "A strategy", [ROW], [GAP])
    part = data.draw(st.sampled_from(("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "")))
    content = bytearray(zipfile.ZipFile(io.BytesIO(whole)).read(part) if part else whole)
    start = data.draw(st.integers(0, len(content) - 1))
    content[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    path = tmp_path / "a.xlsx"
    if part:
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(name, bytes(content) if name == part else old.read(name))
    else:
        path.write_bytes(bytes(content))
    with suppress(InputError):
        read_sheet(path)


@pytest.mark.slow
def test_libreoffice_saves_it_unchanged(tmp_path: Path) -> None:
    rows = (ROW, SheetRow("G2", relation=""), replace(ROW, provision="G3", framework="sdg", code="8.10", note="=1+1"))
    path = written(tmp_path / "a.xlsx", *rows)
    saved = saved_as("xlsx:Calc MS Excel 2007 XML", path, tmp_path / "office")
    assert read_sheet(saved) == read_sheet(path)
    sheet = openpyxl.load_workbook(saved)[SUGGESTIONS]
    assert sheet["K4"].value == "=1+1"
    assert sheet["K4"].data_type == "s"
    assert any(one.formula1 == '"yes,no"' for one in sheet.data_validations.dataValidation)
