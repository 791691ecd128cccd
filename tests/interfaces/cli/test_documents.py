"""The command `waymark documents`, as a person at a terminal sees it, on real files and a real record."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.factories import documents, frameworks, places
from waymark.interfaces.cli.main import main
from waymark.records.documents import Document, Tag

pytestmark = pytest.mark.django_db

MARKDOWN = f"""# Prices of transfers

## What families pay

{documents.REMITTANCES}

## Victims

{documents.TRAFFICKING}
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Path:
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "var"))
    settings.DATA_DIR = tmp_path / "var"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "prices.md").write_text(MARKDOWN, encoding="utf-8")
    for code in ("10", "20"):
        frameworks.provision(code)
    places.orvenia()
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str, width: int = 80) -> tuple[int, str, str]:
    status = main(["documents", *words])
    output = capsys.readouterr()
    assert "Traceback" not in output.err
    if width:
        assert [line for line in output.out.splitlines() if len(line) > width] == []
    return status, output.out, output.err


def test_add_list_show_and_read(capsys, home: Path) -> None:
    status, out, _ = run(capsys, "add", "prices.md", "--about", "QOR", "--publisher", "Ministry (fictional)")
    assert status == 0
    assert "doc-prices: " in out
    assert "1 file: 1 added, 0 already on record, 0 not read" in out
    assert "a review made for the public does not show" in " ".join(out.split())
    status, out, _ = run(capsys, "list")
    assert "Prices of transfers" in out
    assert "about QOR; network; en; 2 passages" in out
    status, out, _ = run(capsys, "list", "--audience", "public")
    assert out == "No document is on record. Add some with: waymark documents add PATH…\n"
    status, out, _ = run(capsys, "show", "doc-prices", "--passages")
    assert "publisher: Ministry (fictional)" in out
    assert "licence: not stated, so the file is never passed on" in out
    assert "Prices of transfers > What families pay" in out
    assert "suggested 0." in out or "suggested 1.00" in out


def test_add_a_second_time_and_a_version(capsys, home: Path) -> None:
    run(capsys, "add", "prices.md")
    _, out, _ = run(capsys, "add", "prices.md")
    assert "already on record as doc-prices; nothing was changed" in out
    (home / "prices-2.md").write_text(MARKDOWN + "\nOne more line.\n", encoding="utf-8")
    _, out, _ = run(capsys, "add", "prices-2.md")
    assert "shares most of its text with doc-prices." in " ".join(out.split())
    (home / "prices-3.md").write_text(MARKDOWN + "\nTwo more lines.\n", encoding="utf-8")
    _, out, _ = run(capsys, "add", "prices-3.md", "--replaces", "doc-prices")
    _, out, _ = run(capsys, "list")
    assert "newer version: doc-prices-3" in " ".join(out.split())


def test_what_is_said_of_a_file_on_record_is_taken_over(capsys, home: Path) -> None:
    run(capsys, "add", "prices.md")
    _, out, _ = run(capsys, "add", "prices.md", "--classification", "public", "--about", "QOR")
    assert "already on record as doc-prices; what you say of it was taken over" in out
    _, out, _ = run(capsys, "list", "--audience", "public")
    assert "about QOR; public" in out
    _, out, _ = run(capsys, "add", "prices.md")
    assert "nothing was changed" in out
    assert Document.objects.get().classification == "public"


def test_a_bad_file_costs_itself_only(capsys, home: Path) -> None:
    (home / "broken.docx").write_bytes(b"PK\x03\x04 this is no document")
    status, out, _ = run(capsys, "add", "broken.docx", "prices.md", "gone.pdf")
    words = " ".join(out.split())
    assert status == 1
    assert "set aside: broken.docx:" in words
    assert "gone.pdf: " in words
    assert "3 files: 1 added, 0 already on record, 2 not read" in words
    assert set(Document.objects.values_list("reading", flat=True)) == {"quarantined", "read"}
    _, out, _ = run(capsys, "list")
    assert "set aside" in out


def test_one_title_for_several_files_is_refused(capsys, home: Path) -> None:
    status, _, err = run(capsys, "add", "prices.md", "prices.md", "--title", "Prices")
    assert status == 2
    assert "--title or --replaces with 2 files" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "prices.md", "--network", "nowhere"), "--network nowhere: there is no such network here"),
        (("add", "prices.md", "--about", "Atlantis"), "Atlantis"),
        (("add", "prices.md", "--published", "May"), "this is not a date"),
        (("add", "prices.md", "--replaces", "doc-none"), "document 'doc-none': there is no such document"),
        (("show", "doc-none"), "there is no such document here"),
        (("passages",), "neither an objective nor a document"),
        (("passages", "--objective", "20", "--limit", "-1"), "--limit -1: nothing would be shown. Expected: 1 or more"),
        (("passages", "--objective", "24"), "there is no such objective. Expected: 1 to 23"),
        (("list", "--audience", "friends"), "there is no such audience"),
        (("judge", "none.1", "--objective", "20"), "there is no such passage"),
    ],
)
def test_what_cannot_be_done_is_said(capsys, words: tuple[str, ...], said: str) -> None:
    status, out, err = run(capsys, *words)
    assert status == 2
    assert out == ""
    assert said in err


def test_passages_by_objective_and_a_person_who_judges(capsys, home: Path) -> None:
    run(capsys, "add", "prices.md")
    _, out, _ = run(capsys, "passages", "--objective", "20")
    assert "doc-prices.1" in out
    assert "gcm 20" in out
    _, out, _ = run(capsys, "passages", "--objective", "20", "--format", "jsonl", width=0)
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows[0]["id"] == "doc-prices.1"
    assert rows[0]["tags"][0]["code"] == "20"
    status, out, _ = run(capsys, "judge", "doc-prices.1", "--objective", "20", "--verdict", "does_not", "--note", "No")
    assert (status, out) == (
        0,
        "doc-prices.1: does not speak to it (gcm 20).\nNo run of the tagger changes this.\n",
    )
    _, out, _ = run(capsys, "passages", "--objective", "20", "--least", "0.5")
    assert "doc-prices.1" not in out
    run(capsys, "judge", "doc-prices.1", "--verdict", "none")
    assert Tag.objects.by_persons().count() == 2
    status, _, err = run(capsys, "judge", "doc-prices.1", "--provision", "sdg:99.9")
    assert status == 2
    assert "provision 'sdg:99.9'" in err


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_tag_json_lines_row_for_row(capsys, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = [
        {"id": 7, "text": documents.REMITTANCES, "language": "en"},
        {"id": "b", "text": "", "language": "en"},
        {"id": "c", "text": documents.TRAFFICKING},
    ]
    (home / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in given) + "\n", encoding="utf-8")
    status, out, err = run(capsys, "tag", "rows.jsonl", width=0)
    assert (status, err) == (0, "")
    answers = lines(out)
    assert [row["id"] for row in answers] == [7, "b", "c"]
    assert [row["text"] for row in answers] == [row["text"] for row in given]  # type: ignore[index]
    assert answers[0]["objectives"][0]["code"] == 20  # type: ignore[index]
    assert answers[0]["objectives"][0]["reasons"]  # type: ignore[index]
    assert answers[1]["objectives"] == []
    assert answers[2]["objectives"][0]["code"] == 10  # type: ignore[index]
    assert answers[2]["language"] == "en"
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(given[0])))
    _, again, _ = run(capsys, "tag", "-", width=0)
    assert lines(again)[0] == answers[0]


def test_a_line_without_end_is_never_held(capsys, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waymark.interfaces.cli.documents.tag.LONGEST_LINE", 60)
    good = json.dumps({"id": "a", "text": "Labour"})
    long = json.dumps({"id": "b", "text": "x" * 400})
    (home / "rows.jsonl").write_text(f"{good}\n{long}\n{good.ljust(60)}\n{good.ljust(59)}\n{long}", encoding="utf-8")
    status, out, err = run(capsys, "tag", "rows.jsonl", width=0)
    assert status == 1
    assert [row["id"] for row in map(json.loads, out.splitlines())] == ["a", None, None, "a", None]
    assert [f"line {n}: it has more than 60 characters" in err for n in (1, 2, 3, 4, 5)] == [
        False, True, True, False, True,
    ]  # fmt: skip


def test_a_line_that_is_no_row_is_answered_in_its_place(capsys, home: Path) -> None:
    bad = ['{"id": "a"}', "not json", '{"id": "x", "text": "half a pair \\ud800", "page": true}', "[" * 100_000]
    (home / "rows.jsonl").write_text("\n".join(bad) + "\n", encoding="utf-8")
    status, out, err = run(capsys, "tag", "rows.jsonl", width=0)
    answers = lines(out)
    assert status == 1
    assert [("error" in row, row["id"]) for row in answers] == [(True, "a"), (True, None), (True, "x"), (True, None)]
    assert "rows.jsonl, line 2: this is not JSON" in err
    assert 'rows.jsonl, line 3: sign 13 of "half a pair \N{REPLACEMENT CHARACTER}" is U+D800' in err


def test_tag_a_document(capsys, home: Path) -> None:
    status, out, _ = run(capsys, "tag", "prices.md", width=0)
    answers = lines(out)
    assert status == 0
    assert [row["id"] for row in answers] == ["prices.md#1", "prices.md#2"]
    assert answers[0]["page"] is None
    _, out, _ = run(capsys, "tag", "prices.md", "--format", "text", "--tier", "lexicon", width=0)
    assert "objective 20" in out
    assert Document.objects.count() == 0
    assert not (home / "var").exists()
