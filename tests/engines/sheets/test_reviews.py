import datetime
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.sheets.reviews import KINDS, read_review
from waymark.gcm.errors import InputError

HEADER = "kind,provision,text,code,concerns,addressee,confirmed_on,source\n"


def write(folder: Path, text: str, name: str = "review.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def book(folder: Path, rows: list[list[object]], name: str = "review.xlsx") -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Findings"
    for row in rows:
        sheet.append(row)
    path = folder / name
    workbook.save(path)
    return path


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    text = HEADER + (
        "progress,7,Offices opened.,,,,2021-05-04,p. 3\n\n"
        'Recommendation,,"Open more, soon.",R1,"7; 13 sdg:10.7",min-justice,,\n'
    )
    rows = read_review(write(tmp_path, text)).rows
    assert [row.place for row in rows] == ["line 2", "line 4"]
    assert rows[0].confirmed_on == datetime.date(2021, 5, 4)
    assert (rows[1].kind, rows[1].code, rows[1].concerns) == ("recommendation", "R1", ("7", "13", "sdg:10.7"))
    assert (rows[1].text, rows[1].addressee, rows[1].language) == ("Open more, soon.", "min-justice", "en")


def test_semicolons_a_mark_of_order_and_a_title_above_are_understood(tmp_path: Path) -> None:
    text = "\ufeffOur review;;\n;;\nKind;Text;Confirmed on\nemerging issue;Heat;\n"
    (row,) = read_review(write(tmp_path, text)).rows
    assert (row.kind, row.text, row.place) == ("emerging_issue", "Heat", "line 4")


def test_a_workbook_keeps_numbers_and_days(tmp_path: Path) -> None:
    day = datetime.datetime(2021, 5, 4)
    path = book(tmp_path, [["kind", "provision", "text", "confirmed_on"], ["challenge", 7, "Costs", day], [None] * 4])
    (row,) = read_review(path).rows
    assert (row.provision, row.confirmed_on, row.place) == ("7", day.date(), "sheet Findings, row 2")


def test_json_holds_the_review_and_both_lists(tmp_path: Path) -> None:
    data = {
        "format": "waymark-earlier-review/1",
        "review": {"network": "n", "cycle": "c"},
        "findings": [{"kind": "progress", "text": "Good", "provision": "1"}],
        "recommendations": [{"code": "R1", "text": "Go on", "concerns": ["1", "2"]}],
    }
    read = read_review(write(tmp_path, json.dumps(data), "review.json"))
    assert read.head == {"network": "n", "cycle": "c"}
    assert [(row.place, row.kind) for row in read.rows] == [
        ('"findings" number 1', "progress"),
        ('"recommendations" number 1', "recommendation"),
    ]
    assert read.rows[1].concerns == ("1", "2")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("review.txt", "x", "the format .txt is not known"),
        ("review", "x", "the format without ending is not known"),
        ("review.csv", "", "the file is empty"),
        ("review.csv", "a,b\n1,2\n", "no header row was found"),
        ("review.csv", "kind,text\n", "no finding and no recommendation"),
        ("review.csv", "kind,text,colour\nprogress,x,red\n", "line 1: the column colour is not known"),
        ("review.csv", "kind,text,text\nprogress,x,y\n", "a column stands there twice"),
        ("review.csv", "kind,text\nrumour,x\n", "line 2: the kind is rumour"),
        ("review.csv", "kind,text\n,x\n", "line 2: the kind is empty"),
        ("review.csv", "kind,text\nprogress,\n", "line 2: the text is empty"),
        ("review.csv", "kind,text\nprogress\n", "line 2: the text is empty"),
        ("review.csv", "kind,text\nrecommendation,x\n", "line 2: the recommendation has no code"),
        ("review.csv", "kind,text,mark\nprogress,x,sure\n", "line 2: the mark is sure"),
        ("review.csv", "kind,text,confirmed_on\nprogress,x,May 2021\n", "line 2: confirmed_on is May 2021"),
        (
            "review.csv",
            "kind,text,code\nrecommendation,x,R1\nrecommendation,y,R1\n",
            "line 3: the code R1 stands in line 2 too",
        ),
        ("review.csv", 'kind,text\nprogress,"open\n' + "x" * 200000, "the table cannot be read"),
        ("review.json", "{", "this is not JSON"),
        ("review.json", "[]", "its format is list"),
        ("review.json", '{"format": "other"}', "its format is other"),
        (
            "review.json",
            '{"format": "waymark-earlier-review/1", "review": {"colour": "red"}}',
            '"review" has other fields',
        ),
        ("review.json", '{"format": "waymark-earlier-review/1", "findings": {}}', '"findings" is no list'),
        (
            "review.json",
            '{"format": "waymark-earlier-review/1", "findings": [{"kind": "progress", "text": "x", "colour": "red"}]}',
            "the field colour is not known",
        ),
        *(
            ("review.json", f'{{"format": "waymark-earlier-review/1", "{part}": [{row}]}}', words)
            for part, row, words in (
                ("findings", '{"kind": "progress"}', '"findings" number 1: the text is empty'),
                ("recommendations", '{"code": "R1"}', '"recommendations" number 1: the text is empty'),
                ("findings", '{"kind": "progress", "text": ["x"]}', '"findings" number 1, text: it is a list'),
                ("findings", '{"kind": "progress", "text": {"en": "x"}}', "text: it is an object"),
                ("findings", '{"kind": "progress", "text": true}', "text: it is true"),
                ("findings", '{"kind": {}, "text": "x"}', "kind: it is an object"),
                ("findings", '{"kind": "progress", "text": "x", "confirmed_on": []}', "confirmed_on: it is a list"),
                ("findings", '{"kind": "progress", "text": "x", "confirmed_on": false}', "confirmed_on: it is false"),
                ("recommendations", '{"code": "R1", "text": "x", "concerns": [[7]]}', "concerns: it is a list"),
                ("recommendations", '{"code": "R1", "text": "x", "concerns": {"7": 1}}', "concerns: it is an object"),
            )
        ),
        ("review.xlsx", "not a zip", "it is no workbook"),
    ],
)
def test_bad_files_are_refused_in_words(tmp_path: Path, name: str, text: str, words: str) -> None:
    path = write(tmp_path, text, name)
    with pytest.raises(InputError) as refusal:
        read_review(path)
    assert words in str(refusal.value)
    assert str(refusal.value).startswith(str(path))
    assert "Expected: " in str(refusal.value)


def test_other_encodings_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2: the text is not UTF-8"):
        read_review(write(tmp_path, "kind,text\nprogress,Türkiye\n", encoding="latin-1"))
    with pytest.raises(InputError, match="there is no such file"):
        read_review(tmp_path / "gone.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="there is no such file"):
        read_review(tmp_path / "folder.csv")


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    whole = book(tmp_path, [["kind", "text"], ["progress", "x"]])
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[:500])
    with pytest.raises(InputError, match="cut off"):
        read_review(cut)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "review.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(InputError, match="it is no workbook"):
        read_review(path)


def test_signs_that_cannot_be_seen_are_refused(tmp_path: Path) -> None:
    for column, words in (
        ("text", "a \u202eb"),
        ("text", "a\0b"),
        ("source", "\u2067open"),
        ("provision", "7\u2067x\u2069"),
    ):
        text = f"kind,text,{column if column != 'text' else 'source'}\n"
        text += f"progress,{words},\n" if column == "text" else f"progress,fine,{words}\n"
        with pytest.raises(InputError, match=rf"line 2, {column}: sign \d of .* is U\+"):
            read_review(write(tmp_path, text))
    assert read_review(write(tmp_path, "kind,text\nprogress,before \u2067שלום\u2069 after\n")).rows


def test_all_bad_rows_are_named_at_once(tmp_path: Path) -> None:
    text = "kind,text\nrumour,x\nprogress,fine\nprogress,\nrumour,y\n"
    with pytest.raises(InputError) as refusal:
        read_review(write(tmp_path, text))
    assert "line 2: the kind is rumour" in str(refusal.value)
    assert "2 more: line 4, line 5. Nothing was written." in str(refusal.value)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
ROWS = st.lists(st.tuples(st.sampled_from(KINDS), WORDS, st.dates()), min_size=1, max_size=8)


@given(ROWS)
def test_what_is_written_as_json_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list) -> None:
    findings = [
        {"kind": kind, "text": text, "code": f"R{number}", "confirmed_on": day.isoformat()}
        for number, (kind, text, day) in enumerate(rows)
    ]
    path = tmp_path_factory.mktemp("json") / "review.json"
    path.write_text(json.dumps({"format": "waymark-earlier-review/1", "findings": findings}), encoding="utf-8")
    assert [(row.kind, row.text, row.confirmed_on) for row in read_review(path).rows] == rows
