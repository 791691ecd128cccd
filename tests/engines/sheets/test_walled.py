"""Sheets behind the wall: the same rows as the bare readers give, and no row that they would not write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from waymark.engines.files.walls.kinds import SHEET
from waymark.engines.files.walls.wall import Wall
from waymark.engines.sheets import walled
from waymark.engines.sheets.crosswalk import SheetRow, read_sheet, write_sheet
from waymark.engines.sheets.provisions import read_provisions
from waymark.engines.sheets.reviews import read_review
from waymark.gcm.errors import InputError

REVIEW = """{"format": "waymark-earlier-review/1", "review": {"network": "n"}, "findings": [
{"kind": "progress", "text": "Więcej – 移民", "confirmed_on": "2025-03-31", "provision": "7"}],
"recommendations": [{"code": "R1", "text": "Do it", "concerns": ["7", "8"]}]}"""


def test_a_review_is_the_one_without_walls(tmp_path: Path) -> None:
    path = tmp_path / "review.json"
    path.write_text(REVIEW, encoding="utf-8")
    assert walled.review(path) == read_review(path)


def test_provisions_are_those_without_walls(tmp_path: Path) -> None:
    path = tmp_path / "strategy.csv"
    path.write_text("code,parent,title,text,language\n1,,One,,en\n1.1,1,მიგრაცია,words,ka\n2.1,2,Two,,\n", "utf-8")
    assert walled.provisions(path, known=["2"]) == read_provisions(path, known=["2"])
    with pytest.raises(InputError, match=r"the parent 2 of 2\.1 is not known") as caught:
        walled.provisions(path)
    assert caught.value.given == str(path)
    assert caught.value.place == "line 4"
    text = tmp_path / "text.md"
    text.write_text("# Objective 1\n\n## Title: Data\n\nWords.\n\n## Associated actions\n\n- a. Do it\n", "utf-8")
    assert walled.provisions(text, language="fr") == read_provisions(text, language="fr")


def test_a_crosswalk_is_the_one_without_walls(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    rows = [SheetRow("1", "gcm", "7", decision="yes", score=0.5), SheetRow("2", "sdg", "10.7", decision="perhaps")]
    path.write_bytes(write_sheet("strategy", "Strategy", rows, []))
    read = walled.crosswalk(path)
    assert read == read_sheet(path)
    assert (len(read.rows), len(read.faults)) == (1, 1)


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (walled.review, "x"),
        (walled.review, "0 "),
        (walled.review, '1 ["row", "", "progress", "t"]\\n'),
        (walled.review, '1 ["file", {}, []]'),
        (walled.review, '2 ["file", {}, []]\\n'),
        (walled.review, '2 ["file", {}, []]\\n["file", {}, []]\\n'),
        (walled.review, '1 ["file", {"code": 7}, []]\\n'),
        (walled.review, '1 ["provision", "1", "", "", "", "", "", "", ""]\\n'),
        (walled.provisions, '1 ["provision", "1", "", "", "", "", "", "", 3]\\n'),
        (walled.provisions, '1 ["provision", "1\\xff", "", "", "", "", "", "", ""]\\n'),
        (
            walled.provisions,
            '2 ["provision", "1", "", "", "", "", "", "", ""]\\n["refused", "a", "b", "c", "d", ""]\\n',
        ),
        (walled.provisions, "0 " + "[" * 5000 + "\\n"),
        (walled.crosswalk, '1 ["row", "1", "gcm"]\\n'),
        (walled.crosswalk, "0 "),
    ],
)
def test_a_lying_result_is_not_taken(
    acting: Callable[..., Wall], tmp_path: Path, read: Callable[..., object], words: str
) -> None:
    path = tmp_path / "table.xlsx"
    path.write_text(f"put {words}")
    with pytest.raises(InputError) as caught:
        read(path, wall=acting(SHEET))
    assert str(caught.value).startswith(f"{path}: ")
    assert "reader" in caught.value.problem
    assert caught.value.todo
