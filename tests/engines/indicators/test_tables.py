"""Large texts are streamed in blocks; row numbers stay those of the file."""

import gzip
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from waymark.engines.indicators import blocks, ingest, tables
from waymark.gcm.errors import InputError

HEADER = "series,place,year,value,sample\n"


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of 64 kB instead of 32 MB."""
    monkeypatch.setattr(tables, "WHOLE", 0)


def long_text(rows, odd):
    lines = [f"a,GEO,2015,{n},{n}" for n in range(rows)]
    for at in odd:
        lines[at] = "one cell"
    return HEADER + "\n".join(lines) + "\n"


@pytest.mark.parametrize("packed", [False, True])
def test_row_numbers_across_blocks_and_odd_rows(write, read, small_blocks, packed):
    odd = [0, 1, 7_000, 19_998, 19_999]
    content = long_text(20_000, odd).encode()
    path = write("a.csv.gz", gzip.compress(content)) if packed else write("a.csv", content)
    observations, rejects, manifest = read(path)
    assert [r["row"] for r in rejects if r["reason"] == "ragged"] == [at + 2 for at in odd]
    assert all(o["row"] == o["value"] + 2 for o in observations)
    assert (manifest.rows_read, manifest.rows_stored) == (20_000, 19_995)


def test_blank_lines_are_no_rows_but_count_as_lines(write, read, small_blocks):
    text = HEADER + "\n\na,GEO,2015,1,x\n\n,,,,\na,GEO,2015,2,y\n\n"
    observations, _, manifest = read(write("a.csv", text))
    assert [o["row"] for o in observations] == [4, 7]
    assert manifest.rows_read == 2


def test_a_cell_longer_than_a_block_is_refused(write, small_blocks):
    path = write("a.csv", HEADER + 'a,GEO,2015,1,"' + "x" * 300_000 + "\n")
    with pytest.raises(InputError, match="quotation mark that is not closed"):
        ingest.check(path)


def test_the_head_ends_before_a_line_that_is_cut(write, read):
    text = "".join(f"{n},{'x' * 3_000}\n" for n in range(30)) + "series,place,year,value\n"
    with pytest.raises(InputError, match="no reader knows"):
        read(write("a.csv", text))


def test_other_delimiters(write, read):
    for mark in ";\t|":
        text = (HEADER + "a,GEO,2015,0.5,\n").replace(",", mark)
        assert read(write("a.csv", text))[0][0]["value"] == 0.5


def test_commas_in_quotation_marks_do_not_count_as_delimiters(write, read):
    text = 'series;place;year;value;note\na;GEO;2015;1;"one, two, three, four, five, six"\n'
    assert read(write("a.csv", text))[0][0]["detail"] == "one, two, three, four, five, six"


def test_parquet_with_dictionaries(write, read):
    table = pa.table(
        {"series": pa.array(["a"]).dictionary_encode(), "place": ["GEO"], "year": ["2015"], "value": ["<5"]}
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    observations, _, _ = read(write("a.parquet", buffer.getvalue()))
    assert (observations[0]["qualifier"], observations[0]["bound"]) == ("<", 5.0)


def test_an_empty_parquet_file(write):
    buffer = io.BytesIO()
    pq.write_table(pa.table({"series": pa.array([], pa.string()), "place": [], "year": [], "value": []}), buffer)
    with pytest.raises(InputError, match="no valid row: 0 read"):
        ingest.check(write("a.parquet", buffer.getvalue()))


@pytest.mark.parametrize(
    ("cell", "text"), [(2015.0, "2015"), (0.1, "0.1"), (1e20, "1e+20"), (" a ", "a"), (True, "True")]
)
def test_cells_as_text(cell, text):
    assert blocks.cell_text(cell) == text
