"""What cannot be read is refused in one paragraph that names the file, the place, what was expected and what to do."""

import gzip
import io
import resource
import struct
import subprocess
import sys
import zipfile
import zlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from waymark.engines.indicators import archives, ingest
from waymark.gcm.errors import InputError

TIDY = "series,place,year,value\na,GEO,2015,1\n"


def refusal(path, **options):
    with pytest.raises(InputError) as caught:
        ingest.check(path, **options)
    words = str(caught.value)
    assert "\n" not in words
    assert "Expected:" in words
    assert path.name in words
    return words


def test_a_missing_file(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.csv")


def test_an_empty_file(write):
    assert "empty" in refusal(write("a.csv", ""))


def test_a_file_of_a_header_alone(write):
    assert "no valid row: 0 read" in refusal(write("a.csv", "series,place,year,value\n"))


def test_a_file_without_a_valid_row_says_why(write):
    words = refusal(write("a.csv", "series,place,year,value\na,Atlantis,2015,1\na,GEO,2015,..\n"))
    assert "2 read, 2 rejected (1 no value, 1 unknown area)" in words
    assert "row 2" in words


def test_an_empty_folder(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "empty" in refusal(folder)


def test_a_folder_without_statistics(write):
    assert "no reader knows" in refusal(write("folder/readme.txt", "Hello").parent)


def test_a_table_of_another_layout_names_its_first_row(write):
    assert '"Passport, Destination, Requirement"' in refusal(
        write("p.csv", "Passport,Destination,Requirement\nAFG,ALB,x\n")
    )


@pytest.mark.parametrize("content", [b"%PDF-1.7\n\x00\x01", b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256))])
def test_files_that_are_no_tables(write, content):
    assert "No table of statistics" in refusal(write("a.csv", content))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16(write, encoding):
    assert "look like UTF-16" in refusal(write("a.csv", TIDY.encode(encoding)))


def test_one_byte_encodings_name_the_row(write):
    words = refusal(write("a.csv", (TIDY + "a,Côte d'Ivoire,2015,1\n").encode("latin-1")))
    assert "row 3" in words
    assert "Windows-1252" in words


def test_a_value_outside_utf8_names_the_row(write):
    assert "row 3" in refusal(write("a.csv", (TIDY + "a,GEO,2016,1\u00a0234\n").encode("latin-1")))


def test_utf8_with_bom_is_read(write):
    assert ingest.check(write("a.csv", "\ufeff" + TIDY)).manifest.rows_stored == 1


def test_an_unclosed_quotation_mark_is_told_as_a_row_of_another_length(write):
    report = ingest.check(write("a.csv", TIDY + 'a,"GEO,2016,1\n' + "a,GEO,2017,1\n" * 3))
    assert (report.manifest.rows_stored, report.manifest.rejected_by_reason) == (1, {"ragged": 1})
    assert report.checked.rejects.column("value").to_pylist()[0].startswith('a,"GEO,2016')


def test_an_old_or_locked_workbook(write):
    assert "XLS" in refusal(write("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))


def test_a_truncated_workbook(write, workbook):
    content = workbook({"A": [["series", "place", "year", "value"], ["a", "GEO", 2015, 1]]})
    assert "damaged" in refusal(write("a.xlsx", content[: len(content) // 2]))


def test_a_workbook_whose_sheet_is_damaged(write, workbook):
    buffer = io.BytesIO(workbook({"A": [["series", "place", "year", "value"]]}))
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if "workbook.xml" in name else old.read(name))
    assert "a.xlsx: it is a workbook that cannot be read" in refusal(write("a.xlsx", out.getvalue()))


def test_a_zip_that_is_no_workbook_called_xlsx_inside_a_zip(zipped):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", TIDY)
    assert "No table of statistics" in refusal(zipped("nested.zip", {"inner.zip": inner.getvalue()}))


def test_a_truncated_parquet_file(write):
    assert "Parquet" in refusal(write("a.parquet", b"PAR1" + b"\0" * 100))


def parquet(*columns, **options):
    names = [name for name, _ in columns]
    buffer = io.BytesIO()
    pq.write_table(pa.table([column for _, column in columns], names), buffer, **options)
    return buffer.getvalue()


KNOWN = (("series", pa.array(["own:births"] * 50)), ("place", pa.array(["GEO"] * 50)), ("year", pa.array([2019] * 50)))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((*KNOWN, ("value", pa.array([[1.5]] * 50))), "The column value holds lists or records"),
        ((*KNOWN, ("value", pa.array([{"a": 1}] * 50))), "The column value holds lists or records"),
        ((*KNOWN, KNOWN[0], ("value", pa.array([1.5] * 50))), "Two columns are called series"),
    ],
)
def test_a_parquet_file_whose_columns_are_not_plain(write, columns, words):
    assert words in refusal(write("a.parquet", parquet(*columns)))


@pytest.mark.parametrize("at", [0, 49])
def test_a_parquet_file_with_text_outside_utf8(write, at):
    """The soak found it in the head; it may also stand below the rows that are looked at first."""
    places = ["GEO"] * 50
    places[at] = "Zzz"
    columns = (KNOWN[0], ("place", pa.array(places)), KNOWN[2], ("value", pa.array([1.5] * 50)))
    whole = parquet(*columns, compression="none", use_dictionary=False, write_statistics=False)
    spoiled = whole.replace(b"Zzz", b"Z\xff\xfe")
    assert spoiled != whole
    assert "The Parquet file is damaged" in refusal(write("a.parquet", spoiled))


def test_a_parquet_file_damaged_below_its_head(write):
    rows = 400_000
    columns = [(name, pa.array(column.to_pylist()[:1] * rows)) for name, column in KNOWN]
    columns.append(("value", pa.array([number / 7 for number in range(rows)])))
    whole = parquet(*columns, row_group_size=rows // 2)
    middle = len(whole) * 3 // 4
    words = refusal(write("a.parquet", whole[:middle] + b"\0" * 2000 + whole[middle + 2000 :]))
    assert "The Parquet file is damaged" in words


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Arrow's own, behind the wall unseen
def test_a_row_of_another_length_outside_utf8_is_told_by_its_encoding(write):
    words = refusal(write("a.csv", (TIDY + "a,GEO,2016,1,Côte,more\n").encode("latin-1")))
    assert "row 3" in words
    assert "Windows-1252" in words


@pytest.mark.parametrize("cut", [30, 100, 0.5, 0.9])
def test_a_truncated_zip(zipped, cut):
    path = zipped("a.zip", {"a.csv": TIDY * 200, "b.csv": TIDY})
    content = path.read_bytes()
    path.write_bytes(content[: cut if isinstance(cut, int) else int(len(content) * cut)])
    assert "damaged or cut short" in refusal(path)


def test_a_zip_with_a_damaged_member(zipped):
    path = zipped("a.zip", {"a.csv": TIDY * 200})
    content = bytearray(path.read_bytes())
    content[45:55] = b"\xff" * 10
    path.write_bytes(content)
    words = refusal(path)
    assert "damaged" in words
    assert "in a.csv" in words


def test_a_truncated_gz(write):
    assert "damaged or cut short" in refusal(write("a.csv.gz", gzip.compress(TIDY.encode() * 500)[:-20]))


def test_an_encrypted_zip(zipped):
    path = zipped("a.zip", {"a.csv": TIDY})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    path.write_bytes(content)
    assert "encrypted" in refusal(path)


def zip_bomb(path, megabytes=1200):
    zeros = b"\0" * 1024 * 1024
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.csv", "w") as member:
        for _ in range(megabytes):
            member.write(zeros)


def test_a_zip_bomb_is_refused_before_it_is_expanded(tmp_path):
    """Bar: less than 150 MB beside what starting Python and Arrow takes, of a member of 1,200 MB."""
    path = tmp_path / "bomb.zip"
    zip_bomb(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    words = refusal(path)
    assert "bomb.csv, which expands from" in words
    assert "not expanded" in words
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024


def test_a_workbook_that_is_a_bomb(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            for _ in range(64):
                member.write(b" " * 1024 * 1024)
    assert "would grow 1,028 times; it was not opened" in refusal(path)


def test_a_gz_bomb_stops_early(write):
    """A header we know, then a second gz part that expands about a thousand times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(packer.compress(b"a,GEO,2015,1\n" * 100_000) for _ in range(100)) + packer.flush()
    path = write("bomb.csv.gz", gzip.compress(b"series,place,year,value\n") + packed)
    assert "reading was stopped" in refusal(path)


def test_overlapping_members_are_refused(zipped):
    path = zipped("a.zip", {"a.csv": TIDY, "b.csv": TIDY})
    content = bytearray(path.read_bytes())
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = struct.pack("<I", 4)
    path.write_bytes(content)
    assert "overlap" in refusal(path)


def test_too_many_members(zipped, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    assert "not expanded" in refusal(zipped("a.zip", {"a.csv": TIDY, "b.csv": TIDY}))


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "/etc/evil.csv", "C:\\evil.csv", "a\u202ecsv.exe.csv", "x" * 300 + ".csv", "CON.csv"]
)
def test_names_inside_an_archive_are_only_shown(zipped, store, name):
    """Nothing is written under a name from an archive, and what is shown holds no control marks."""
    path = zipped("a.zip", {name: TIDY})
    ingest.add(path, store=store)
    (member,) = store.observations().column("member").to_pylist()
    assert "\u202e" not in member
    assert len(member) <= 121
    root = path.parent.parent
    written = {file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()}
    assert written == {
        "sources/a.zip",
        "datasets/.lock",
        *(f"datasets/a/{file}" for file in ("manifest.json", "observations.parquet", "rejects.parquet")),
    }


def test_a_symbolic_link_in_an_archive_is_only_text(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("passwords.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.csv", TIDY)
    report = ingest.check(path)
    assert report.manifest.rows_stored == 1
    assert "passwords.csv" in report.manifest.notes[0]


def test_a_file_in_a_closed_folder(write, tmp_path):
    path = write("a.csv", TIDY)
    closed = tmp_path / "closed"
    closed.mkdir()
    path.rename(closed / "a.csv")
    for folder in closed.parents:
        if folder.stat().st_uid == closed.stat().st_uid:
            folder.chmod(0o755)
    closed.chmod(0)
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from waymark.engines.indicators import ingest\n"
        "from waymark.gcm.errors import InputError\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "try: ingest.check(Path(sys.argv[1]))\n"
        "except InputError as refusal: print(refusal)\n"
    )
    command = [sys.executable, "-c", code, str(closed / "a.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    closed.chmod(0o755)
    assert "may not be read" in done.stdout, done.stderr


def test_an_unreadable_file(write):
    path = write("a.csv", TIDY)
    path.chmod(0)
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from waymark.engines.indicators import ingest\n"
        "from waymark.gcm.errors import InputError\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "try: ingest.check(Path(sys.argv[1]))\n"
        "except InputError as refusal: print(refusal)\n"
    )
    for folder in path.parents:
        if folder.stat().st_uid == path.stat().st_uid:
            folder.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert "may not be read" in done.stdout, done.stderr


def test_every_row_of_a_large_workbook_counts(write, workbook):
    """More rows than an old workbook could hold are read to the last."""
    rows = [["series", "place", "year", "value"], *(["a", "GEO", 1800 + n % 400, n] for n in range(66_000))]
    report = ingest.check(write("large.xlsx", workbook({"A": rows})))
    assert report.manifest.rows_read == 66_000
    assert report.manifest.rows_stored + report.manifest.rows_rejected == 66_000
    assert report.manifest.rejected_by_reason == {"contradicts": 65_600}


@pytest.mark.parametrize(("sign", "named"), [("\u202e", "U+202E"), ("\0", "U+0000"), ("\u2067", "U+2067")])
def test_a_label_with_a_sign_that_cannot_be_seen(write, sign, named):
    rows = "".join(f"own:births,GEO,{year},1,number\n" for year in range(2000, 2020)) * 300
    path = write("a.csv", f"series,place,year,value,unit\n{rows}own:bir{sign}ths,GEO,2021,2,number\n")
    words = refusal(path)
    assert "a.csv, row 6002: sign 8 of" in words
    assert named in words
