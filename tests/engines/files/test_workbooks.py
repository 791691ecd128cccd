"""Workbooks are measured before they are laid out: what is too large is refused at once, the rest is read whole."""

import random
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.office import saved_as
from waymark.engines.documents.parsers.xlsx import parse
from waymark.engines.files.containers import package
from waymark.engines.files.limits import DOCUMENT, FORM, STATISTICS, Limits
from waymark.engines.files.workbooks import xlsx
from waymark.engines.files.workbooks.reading import workbook
from waymark.engines.files.workbooks.size import column_letters
from waymark.engines.indicators.archives import Source
from waymark.engines.indicators.tables import tables
from waymark.gcm.errors import InputError

Maker = Callable[..., Path]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SMALL = Limits(unpacked=2**20, rows=100, columns=20, cells=500, letters=1000)


@pytest.fixture
def raw(zip_of: Maker) -> Maker:
    """A maker of XLSX files from the XML of their one sheet, as no office program would write it."""

    def make(
        rows: str | bytes, *, shared: str = "", target: str = "worksheets/sheet1.xml", name: str = "a.xlsx"
    ) -> Path:
        if isinstance(rows, str):
            rows = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
        relation = f'<Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
        relations = relation.format("r1", "worksheet", target) + relation.format(
            "r2", "sharedStrings", "sharedStrings.xml"
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        parts: dict[str, str | bytes] = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{package}">'
            f"{relation.format('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{relations}</Relationships>',
            f"xl/{target}": rows,
        }
        if shared:
            parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
        return zip_of(name, parts)

    return make


@pytest.fixture
def ods_of(odt_of: Maker) -> Maker:
    """A maker of ODS files from the XML of the rows of their one table."""

    def make(rows: str) -> Path:
        rows = rows.replace("<row", "<table:table-row").replace("</row", "</table:table-row").replace(" n=", ROWS)
        rows = rows.replace("<cell", "<table:table-cell").replace("</cell", "</table:table-cell").replace(" m=", CELLS)
        return odt_of(f'<table:table table:name="S">{rows}</table:table>', name="a.ods", kind="spreadsheet")

    return make


ROWS, CELLS = " table:number-rows-repeated=", " table:number-columns-repeated="
ONE = ' office:value-type="float" office:value="1"'


def cells_of(path: Path, limits: Limits = STATISTICS) -> dict[str, list[list[object]]]:
    with workbook(path, limits) as book:
        return {sheet.name: [list(row) for row in sheet.lines()] for sheet in book.sheets()}


def refusal(path: Path, limits: Limits = STATISTICS) -> str:
    with pytest.raises(InputError) as refused:
        cells_of(path, limits)
    return str(refused.value)


READERS = """
import sys
from pathlib import Path
from waymark.engines.documents.parsers.xlsx import parse
from waymark.engines.indicators.archives import Source
from waymark.engines.indicators.tables import tables
from waymark.engines.sheets.crosswalk import read_sheet
from waymark.engines.sheets.provisions import read_provisions
from waymark.engines.sheets.reviews import read_review
from waymark.gcm.errors import InputError

def statistics(path):
    with Source(path) as source:
        return [table for member in source.members for table in tables(member)]

for read in (parse, statistics, read_sheet, read_provisions, read_review):
    try:
        print(read.__name__, "read it", read(Path(sys.argv[1])))
    except InputError as error:
        print(read.__name__, error)
"""


def test_every_reader_refuses_a_far_cell_and_lives(xlsx_of: Maker) -> None:
    path = xlsx_of({"S": {"A1": 1, "XFD1048576": 2}})
    assert path.stat().st_size < 6000
    done = subprocess.run([sys.executable, "-c", READERS, str(path)], capture_output=True, text=True, timeout=120)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert len(lines) == 5
    for line in lines:
        assert "cells lie between A1 and the last filled cells of its sheets, in sheet1 XFD1048576" in line or (
            "the filled cells of sheet1 reach to XFD1048576, too far out" in line
        )


def test_a_lone_far_cell_is_refused(raw: Maker) -> None:
    path = raw('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert "17,179,869,184 cells lie between A1 and the last filled cells" in refusal(path)
    assert "at most 20,000 rows and 50 columns" in refusal(path, FORM)


@pytest.mark.parametrize(
    "far",
    [
        "<c r='XFD1048576'><v>1</v></c>",
        '<c  r="XFD1048576"><v>1</v></c>',
        '<c\n r="XFD1048576"><v>1</v></c>',
        '<c s="0" r="XFD1048576"><v>1</v></c>',
        '<c r="xfd1048576"><v>1</v></c>',
        '<c r="XFD&#49;048576"><v>1</v></c>',
        '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>',
        f'<x:c xmlns:x="{MAIN}" r="XFD1048576"><x:v>1</x:v></x:c>',
        '<c r="XFD1048576" x="/>"><v>1</v></c>',
        '<c r="XFD1048576"><!-- --><v>1</v></c>',
        '<c r="XFC1048576"/><c><v>1</v></c>',
    ],
)
def test_a_far_cell_is_found_however_it_is_written(raw: Maker, far: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{far}</row>'
    assert "17,179,869,184 cells lie between A1" in refusal(raw(rows))


def test_a_sheet_under_the_name_of_a_picture_is_measured_too(raw: Maker) -> None:
    assert cells_of(raw('<row r="1"><c r="A1"><v>7</v></c></row>', target="media/image1.png")) == {"S": [[7.0]]}
    path = raw('<row r="9"><c r="XFD1048576"><v>1</v></c></row>', target="media/image1.png")
    assert "cells lie between A1" in refusal(path)


def test_formatted_cells_without_content_do_not_count(raw: Maker) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert cells_of(raw(rows), SMALL) == {"S": [[1.0]]}
    assert cells_of(raw(rows.replace('"', "'")), SMALL) == {"S": [[1.0]]}


def test_cells_without_a_place_follow_one_another(raw: Maker) -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c><v>3</v></c></row>'
    assert cells_of(raw(rows), SMALL) == {"S": [[1.0, 2.0], ["", ""], ["", ""], [3.0, ""]]}
    assert "too far out" in refusal(raw("<row>" + "<c><v>1</v></c>" * 21 + "</row>"), SMALL)


@pytest.mark.parametrize(
    ("last", "read"), [("T25", True), ("T26", False), ("A100", True), ("A101", False), ("U1", False)]
)
def test_limits_are_reached_and_not_passed(raw: Maker, last: str, read: bool) -> None:
    row = re.sub("[A-Z]", "", last)
    for cell in (f'<c r="{last}"><v>1</v></c>', f"<c r='{last}'><v>1</v></c>"):
        path = raw(f'<row r="{row}">{cell}</row>')
        if read:
            assert cells_of(path, SMALL)["S"][-1][-1] == 1.0
        else:
            assert re.search("too far out|cells lie between", refusal(path, SMALL))


def test_a_row_beyond_the_last_one_of_the_form_is_refused(raw: Maker) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="A{0}"><v>2</v></c></row>'
    assert len(cells_of(raw(rows.format(1_048_576)))["S"]) == 1_048_576
    assert "reach to A1048577, too far out" in refusal(raw(rows.format(1_048_577)))


def test_the_letters_of_shared_texts_count_as_often_as_they_are_shown(raw: Maker) -> None:
    def rows(count: int, text: int) -> str:
        return "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{text}</v></c></row>' for n in range(1, count + 1))

    shared = "<si><t>short</t></si><si><t>" + "x" * 200 + "</t></si>"
    assert len(cells_of(raw(rows(60, 0), shared=shared), SMALL)["S"]) == 60
    assert len(cells_of(raw(rows(5, 1), shared=shared), SMALL)["S"]) == 5
    assert "at most 1,000 letters" in refusal(raw(rows(6, 1), shared=shared), SMALL)


def test_the_letters_of_texts_in_the_sheet_count(raw: Maker) -> None:
    for kind, cell in (("inlineStr", "<is><t>{}</t></is>"), ("str", "<v>{}</v>")):
        for mark in '"', "'":
            rows = f"<row r={mark}1{mark}><c r={mark}A1{mark} t={mark}{kind}{mark}>{cell}</c></row>"
            assert cells_of(raw(rows.format("x" * 1000)), SMALL) == {"S": [["x" * 1000]]}
            assert "at most 1,000 letters" in refusal(raw(rows.format("x" * 1001)), SMALL)


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused_from_its_directory(raw: Maker) -> None:
    path = raw(random.Random(7).randbytes(530_000).hex())
    assert "it would unpack to 1.0 MB; it was not read. Expected: at most 1 MB unpacked" in refusal(path, SMALL)


def test_a_part_that_holds_more_than_the_directory_says_is_refused(raw: Maker) -> None:
    path = raw('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 1000)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
        sheet = archive.read(member)
    less = member.file_size - 900
    data = data.replace(member.file_size.to_bytes(4, "little"), less.to_bytes(4, "little"))
    path.write_bytes(data)
    assert "is damaged (Bad CRC-32" in refusal(path)
    forged = zlib.crc32(sheet[: less + 1]).to_bytes(4, "little")
    path.write_bytes(data.replace(member.CRC.to_bytes(4, "little"), forged))
    with package(path) as found, pytest.raises(InputError, match="grows beyond what it says"):
        list(found.chunks(member.filename))


def test_two_parts_of_the_same_name_are_refused(raw: Maker) -> None:
    path = raw('<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert "two of its parts have the same name" in refusal(path)


def test_a_binary_workbook_is_refused_by_its_name(zip_of: Maker) -> None:
    path = zip_of("a.xlsb", {"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\0"})
    assert "a binary workbook (XLSB)" in refusal(path)


@pytest.mark.parametrize(
    "rows",
    [
        f'<row n="4000000000"><cell{ONE}/></row>',
        f'<row><cell{ONE}/></row><row n="4000000000"><cell/></row><row><cell{ONE}/></row>',
        f'<row><cell m="4000000000"{ONE}/></row>',
        f'<row><cell m="4000000000"/><cell{ONE}/></row>',
        '<row n="4000000000"><cell m="1000"><text:p>x</text:p></cell></row>',
    ],
)
def test_repeated_rows_and_cells_of_ods_are_counted(ods_of: Maker, rows: str) -> None:
    assert "too far out" in refusal(ods_of(rows))


def test_ods_reads_what_keeps_within_the_limits(ods_of: Maker) -> None:
    rows = f'<row n="2"><cell m="2"{ONE}/></row><row n="2"><cell m="3"/></row><row><cell m="2"/><cell{ONE}/></row>'
    rows += '<row n="1048570"><cell m="16384"/></row>'
    ones, empty = [1.0, 1.0, ""], ["", "", ""]
    assert cells_of(ods_of(rows), SMALL) == {"S": [ones, ones, empty, empty, ["", "", 1.0]]}
    assert "at most 500 cells" in refusal(ods_of(f'<row n="51"><cell m="10"{ONE}/></row>'), SMALL)
    assert "at most 1,000 letters" in refusal(
        ods_of(f'<row n="11"><cell><text:p>{"x" * 91}</text:p></cell></row>'), SMALL
    )
    assert "repeats a part '-1' times" in refusal(ods_of(f'<row n="-1"><cell{ONE}/></row>'))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_what_libreoffice_saves_is_measured_and_read(tmp_path: Path, kind: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows: list[list[object]] = [[f"Text {n % 17} " + "ÿ文" * (n % 30), n * 1.5, f"{n}" * 40] for n in range(1, 400)]
    for row in rows:
        sheet.append(row)
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden["C4"], hidden["A2"] = "x", "y" * 30_000
    book.save(tmp_path / "a.xlsx")
    saved = saved_as(kind, tmp_path / "a.xlsx", tmp_path / "office")
    with workbook(saved, DOCUMENT) as opened:
        seen = {sheet.name: (sheet.hidden, list(sheet.lines())) for sheet in opened.sheets()}
    assert seen["Sheet"] == (False, rows)
    assert seen["Hidden"] == (True, [["", "", ""], ["y" * 30_000, "", ""], ["", "", ""], ["", "", "x"]])
    letters = sum(len(cell) for row in rows for cell in row if isinstance(cell, str)) + 30_001
    exact = Limits(unpacked=2**24, rows=399, columns=3, cells=399 * 3 + 4 * 3, letters=int(letters * 1.2))
    assert cells_of(saved, exact)
    for narrower in ("rows", "columns", "cells"):
        less = Limits(**{name: getattr(exact, name) - (name == narrower) for name in Limits.__slots__})
        assert re.search("too far out|cells lie between", refusal(saved, less)), narrower
    assert "letters" in refusal(saved, Limits(exact.unpacked, 399, 3, 2000, letters // 2))


@pytest.mark.slow
def test_a_far_cell_of_an_old_workbook_is_refused(tmp_path: Path, xlsx_of: Maker) -> None:
    saved = saved_as("xls", xlsx_of({"S": {"A1": 1, "IV65536": 2}}), tmp_path / "office")
    assert "16,777,216 cells lie between A1 and the last filled cells" in refusal(saved)


@pytest.mark.parametrize("claim", ["A1", "A1:B2", "A1:XFC1048576", "A1:ZZ1048575", "XFD1048576", "A1:AA01", "A1:"])
@pytest.mark.parametrize("far", ["XFD1048576", "AAA20000", "B1048576"])
def test_a_sheet_that_says_where_its_cells_end_is_not_believed_blindly(raw: Maker, claim: str, far: str) -> None:
    row = re.sub("[A-Z]", "", far)
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="{claim}"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    sheet += f'<row r="{row}"><c r="{far}"><v>1</v></c></row></sheetData></worksheet>'
    with package(raw(sheet.encode())) as found, pytest.raises(InputError, match=f"{far}"):
        xlsx.measure(found, Limits(2**20, 1_048_576, 16_384, 2_000_000, 1000))


def test_a_sheet_that_claims_more_than_it_has_is_measured_cell_by_cell(raw: Maker) -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData><row r="2"><c r="B2"><v>1</v></c>'
    assert cells_of(raw(f"{sheet}</row></sheetData></worksheet>".encode()), SMALL) == {"S": [["", ""], ["", 1.0]]}


def test_cells_that_are_filled_twice_count_twice(raw: Maker) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    claim = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:A1"/><sheetData>{{}}</sheetData></worksheet>'
    for rows in (row, row.replace('"', "'")):
        assert cells_of(raw(rows * 500), SMALL) == {"S": [[1.0]]}
        assert "501 cells lie between" in refusal(raw(rows * 501), SMALL)
        assert "501 cells lie between" in refusal(raw(claim.format(rows * 501).encode()), SMALL)


READ = """
import re, sys
from pathlib import Path
from waymark.engines.indicators.archives import Source
from waymark.engines.indicators.tables import tables
from waymark.gcm.errors import InputError

try:
    rows = 0
    with Source(Path(sys.argv[1])) as source:
        for table in (table for member in source.members for table in tables(member)):
            rows += sum(len(block.rows) for block in table.blocks(0, labels=(0, 1), values=(2,)))
    print(rows, "rows were read")
except InputError as error:
    print(error)
print(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1])
"""


def heavy(path: Path, rows: int, columns: int) -> Path:
    """A workbook whose sheet lies in it unpacked, written a thousand rows at a time."""
    letters = [column_letters(column) for column in range(columns)]
    with zipfile.ZipFile(path, "a") as archive, archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
        sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
        for first in range(1, rows + 1, 1000):
            for row in range(first, min(first + 1000, rows + 1)):
                cells = "".join(f'<c r="{column}{row}"><v>{row}.25</v></c>' for column in letters)
                sheet.write(f'<row r="{row}">{cells}</row>'.encode())
        sheet.write(b"</sheetData></worksheet>")
    return path


@pytest.mark.slow
def test_a_workbook_of_243_million_bytes_is_refused_in_little_memory(raw: Maker) -> None:
    path = heavy(raw(b"", target="none.xml"), 350_000, 20)
    assert path.stat().st_size > 243_000_000
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=300)
    said, peak = done.stdout.splitlines()
    assert "cells lie between A1 and the last filled cells" in said
    assert "at most 4,000,000 cells" in said
    assert int(peak) < 600 * 1024


@pytest.mark.parametrize(("rows", "full"), [(65_535, False), (65_536, True), (65_537, False), (1_048_576, True)])
def test_every_row_is_read_and_a_sheet_filled_to_the_last_one_says_so(raw: Maker, rows: int, full: bool) -> None:
    path = raw("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (1, rows)))
    with Source(path) as source:
        (table,) = [table for member in source.members for table in tables(member)]
        assert sum(len(block.rows) for block in table.blocks(0, labels=(), values=(0,))) == 1
        (block,) = [block for block in table.blocks(0, labels=(), values=(0,)) if len(block.rows)]
    assert block.rows.to_pylist() == [rows]
    words = f"The sheet S is filled to row {rows:,}, the last that a form of workbook has"
    assert table.notes == ([f"{words}; rows may have been cut off when it was saved"] if full else [])
    assert any("Rows may have been cut off" in note for note in parse(path).notes) == full
