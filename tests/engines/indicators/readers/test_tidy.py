"""Our own layout as CSV, workbook and Parquet."""

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.indicators import ingest
from waymark.engines.indicators.store import Store
from waymark.gcm.errors import InputError

HEADER = "series,place,year,value,unit,nature,sex,age,source,break\n"


def test_csv_with_dimensions_notes_and_breaks(write, read):
    text = (
        HEADER
        + "births,Georgia,2015,51,percent,c,female,15-24,Office,\nbirths,GE,2016,52,%,C,both sexes,total,Office,yes\n"
    )
    observations, _, manifest = read(write("own.csv", text))
    total, female = sorted(observations, key=lambda o: o["disagg"])
    assert (female["series"], female["place"], female["disagg"], female["detail"]) == (
        "own:births",
        "GEO",
        "age=15-24|sex=female",
        "Office",
    )
    assert (total["unit"], total["nature"], total["break_before"]) == ("percent", "C", True)
    assert manifest.reader == "tidy-csv"


def test_the_unit_rules_where_no_definition_does(write, read):
    text = (
        "series,place,year,value,unit\n"
        "a,GEO,2015,101,percent\na,GEO,2016,100,percent\na,GEO,2017,-1,percent\na,GEO,2015,900,index\n"
    )
    observations, rejects, _ = read(write("own.csv", text))
    assert {o["value"] for o in observations} == {100.0, 900.0}
    assert [(r["row"], r["reason"]) for r in rejects] == [(2, "out-of-range:0 to 100"), (4, "out-of-range:0 to 100")]


def test_title_lines_above_the_header_bom_and_semicolons(write, read):
    text = "\ufeffOur figures;;;\n;;;\nSeries;Place;Period;Value\na;GEO;2015-2019;12,5\na;GEO;2011Q1;1,234\n"
    observations, rejects, _ = read(write("own.csv", text))
    assert [(o["year"], o["period"], o["value"], o["row"]) for o in observations] == [
        (2011, "2011Q1", 1.234, 5),
        (2015, "2015-2019", 12.5, 4),
    ]
    assert rejects == []


def test_a_decimal_sign_that_nothing_shows_is_asked_for(write, read):
    text = "series;place;year;value\na;GEO;2015;1,234\n"
    path = write("own.csv", text + "a;GEO;2016;7\n")
    _, rejects, _ = read(path)
    assert [(r["row"], r["value"], r["reason"]) for r in rejects] == [(2, "1,234", "ambiguous")]
    assert read(path, decimal=".")[0][0]["value"] == 1234
    assert read(path, decimal=",")[0][0]["value"] == 1.234


def test_each_fault_of_a_row_is_named(write, read):
    text = (
        "series,place,year,value\n,GEO,2015,1\na,,2015,1\na,Atlantis,2015,1\na,GEO,,1\na,GEO,soon,1\na,GEO,2015,many\n"
        "a,GEO,2015,\na,GEO,2015,1,extra\n\na,GEO,2016,1\n"
    )
    observations, rejects, _ = read(write("own.csv", text))
    assert [o["row"] for o in observations] == [11]
    assert [(r["row"], r["reason"]) for r in rejects] == [
        (2, "no-series"),
        (3, "no-area"),
        (4, "unknown-area"),
        (5, "no-period"),
        (6, "unknown-period"),
        (7, "not-a-number"),
        (8, "no-value"),
        (9, "ragged"),
    ]


def test_workbook_with_merged_cells_hidden_sheet_and_numbers(write, workbook, read):
    rows = [
        ["Our figures"],
        ["series", "place", "year", "value", "sex"],
        ["a", "GEO", 2015, 1.5, "F"],
        ["", "", 2016, 2, "F"],
    ]
    second = [["series", "place", "year", "value"], ["b", "QOR", "2015", "1 234"]]
    observations, rejects, manifest = read(write("own.xlsx", workbook({"One": rows, "Two": second, "Notes": [["a"]]})))
    assert [(o["series"], o["place"], o["value"], o["member"], o["row"]) for o in observations] == [
        ("own:a", "GEO", 1.5, "One", 3),
        ("own:b", "QOR", 1234.0, "Two", 2),
    ]
    assert [(r["row"], r["reason"]) for r in rejects] == [(4, "no-area")], "a merged cell holds its value only once"
    assert manifest.reader == "tidy-xlsx"


def test_parquet_with_typed_columns(write, read):
    table = pa.table(
        {
            "series": ["a", "a"],
            "place": ["GEO", None],
            "year": [2015, 2016],
            "value": [1.5, None],
            "sex": ["female", "male"],
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    observations, rejects, manifest = read(write("own.parquet", buffer.getvalue()))
    assert [(o["value"], o["disagg"], o["row"]) for o in observations] == [(1.5, "sex=female", 1)]
    assert [(r["row"], r["reason"]) for r in rejects] == [(2, "no-area")]
    assert manifest.reader == "tidy-parquet"


def test_what_the_store_wrote_can_be_read_again(write, read, store):
    text = (
        HEADER + "births,GEO,2015,51,percent,C,female,15-24,Office,\n"
        "births,GEO,2016,<5,percent,C,female,15-24,Office,yes\nbirths,001,2016,9,percent,C,,,,\n"
    )
    ingest.add(write("own.csv", text), store=store, dataset="own")
    stored = store.observations()
    again, _, _ = read(store.paths()[0])
    keep = (
        "series",
        "place",
        "place_kind",
        "disagg",
        "unit",
        "nature",
        "year",
        "period",
        "value",
        "break_before",
        "detail",
    )
    plain = [row for row in stored.to_pylist() if row["value"] is not None]
    assert [{k: row[k] for k in keep} for row in again] == [{k: row[k] for k in keep} for row in plain]


word = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz_"), min_size=1, max_size=6).filter(lambda w: w.strip("_"))
rows = st.lists(
    st.tuples(
        word,
        st.sampled_from(["GEO", "ARM", "QOR", "001"]),
        st.integers(1950, 2050),
        st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0),
        st.sampled_from(["female", "male", ""]),
        st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=10),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda row: (row[0], row[1], row[2], row[4]),
)


@settings(max_examples=40)
@given(rows)
def test_tidy_round_trip(tmp_path, written):
    """What is written in the tidy layout is stored as it stands, and nothing is lost."""
    path = tmp_path / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["series", "place", "year", "value", "sex", "note", "unit"])
        writer.writerows([*row, "index"] for row in written)
    report = ingest.check(path)
    stored = {
        (o["series"], o["place"], o["year"], o["disagg"]): o["value"] for o in report.checked.observations.to_pylist()
    }
    expected = {(f"own:{s}", p, y, f"sex={x}" if x else ""): v for s, p, y, v, x, _ in written}
    assert stored == expected
    assert report.checked.rejects.num_rows == 0


def test_a_dimension_named_like_the_tidy_disagg_column(write, read):
    text = "series,place,year,value,disagg\na,GEO,2015,1,sex=F|age=Y15T24\na,GEO,2015,2,\n"
    observations, _, _ = read(write("own.csv", text))
    assert sorted(o["disagg"] for o in observations) == ["", "age=15-24|sex=female"]


@pytest.mark.parametrize("gap", ["series", "place", "value"])
def test_a_table_without_a_needed_column_is_not_taken(write, read, gap):
    text = "series,place,year,value\na,GEO,2015,1\n".replace(gap, "other", 1)
    with pytest.raises(Exception, match="no reader knows"):
        read(write("own.csv", text))
    assert not Store(write("x", "").parent / "datasets").datasets()


@pytest.mark.parametrize("lines", [0, 3, 4, 5, 39])
def test_the_header_is_found_below_lines_of_text(write, read, lines):
    text = "Our figures,,,\n" * lines + "series,place,year,value\na,GEO,2015,1\n"
    assert read(write("own.csv", text))[0][0]["row"] == lines + 2


def test_a_header_far_below_is_not_looked_for(write, read):
    text = "Our figures,,,\n" * 40 + "series,place,year,value\na,GEO,2015,1\n"
    with pytest.raises(InputError, match="no reader knows"):
        read(write("own.csv", text))
