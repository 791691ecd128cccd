"""`waymark frameworks suggest`, `link` and `gaps` as a person uses them."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.factories.classes import classify
from tests.factories.frameworks import framework, provision
from waymark.actions.crosswalks import LinkFacts, link
from waymark.actions.frameworks import ProvisionFacts, enter_provision
from waymark.interfaces.cli import frameworks_suggest
from waymark.interfaces.cli.main import main
from waymark.records.actors import Actor
from waymark.records.frameworks import Crosswalk, Provision

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def plan() -> None:
    for code, label in (("13", "Alternatives to detention"), ("20", "Remittances"), ("9", "Counter smuggling")):
        enter_provision(
            by=OPERATOR, framework=framework("gcm"), code=code, facts=ProvisionFacts(kind="objective", label=label)
        )
    provision("10.c", "sdg", "target")
    for code, title in (("M1", "Lower the cost of remittances"), ("M2", "Alternatives to detention"), ("M3", "=A1+1")):
        enter_provision(
            by=OPERATOR, framework=framework("plan"), code=code, facts=ProvisionFacts(kind="measure", title=title)
        )


def refused(capsys: pytest.CaptureFixture[str], *words: str, status: int = 2) -> str:
    assert main(["frameworks", *words]) == status
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "Traceback" not in error
    return error


def decide(path: Path, **decisions: str) -> None:
    """Write a decision into the first row of a provision."""
    book = openpyxl.load_workbook(path)
    sheet = book["Suggestions"]
    for row in sheet.iter_rows(min_row=2):
        said = decisions.pop(str(row[0].value), "")
        row[9].value = said or row[9].value
    book.save(path)


def test_a_sheet_is_written_corrected_and_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "suggest", "plan"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("plan: 3 provisions; ")
    assert "provisions without either: 1." in out.replace("\n  ", " ")
    assert "waymark frameworks link plan-crosswalk.xlsx --framework plan" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    decide(Path("plan-crosswalk.xlsx"), M1="yes", M2="no")

    assert main(["frameworks", "link", "plan-crosswalk.xlsx", "--framework", "plan", "--mark", "verified"]) == 0
    out = capsys.readouterr().out.replace("\n  ", " ")
    assert out.startswith(
        "plan from plan-crosswalk.xlsx: links: 1 new, 0 changed, 0 removed, 0 as they were; suggestions: 1 rej"
    )
    one = Crosswalk.objects.get()
    assert (one.from_provision.code, one.to_provision.code, one.mark) == ("M1", "20", "verified")

    assert main(["frameworks", "suggest", "plan", "--out", "next.xlsx"]) == 0
    assert "links on record: 1;" in capsys.readouterr().out.replace("\n  ", " ")


def test_links_of_others_that_stay_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    start, end = Provision.objects.get(code="M1"), Provision.objects.get(code="20")
    link(by=OPERATOR, from_provision=start, to_provision=end, facts=LinkFacts(relation="relevant", source="Gazette"))
    assert main(["frameworks", "suggest", "plan", "--out", "a.xlsx"]) == 0
    decide(Path("a.xlsx"), M1="no")
    capsys.readouterr()
    assert main(["frameworks", "link", "a.xlsx", "--framework", "plan"]) == 0
    assert "Kept although the sheet says no" in (out := capsys.readouterr().out)
    assert "  M1 and gcm 20 (Gazette)" in out
    assert Crosswalk.objects.count() == 1


def test_the_least_score_and_the_audience_are_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "suggest", "plan", "--least", "1", "--out", "none.xlsx"]) == 0
    assert "suggestions: 0;" in capsys.readouterr().out
    classify(Provision.objects.filter(code="M1"), "restricted")
    assert main(["frameworks", "suggest", "plan", "--audience", "public", "--out", "public.xlsx"]) == 0
    assert capsys.readouterr().out.startswith("plan: 2 provisions")
    assert main(["frameworks", "gaps", "plan", "--audience", "public"]) == 0
    assert "M1" not in capsys.readouterr().out


def test_languages_that_cannot_be_read_or_were_not_measured_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    Provision.objects.filter(code="M1").update(title={"cy": "Gostwng cost anfon arian"})
    Provision.objects.filter(code="M2").update(title={"ka": "დაკავების ალტერნატივები"})
    assert main(["frameworks", "suggest", "plan"]) == 0
    out = capsys.readouterr().out.replace("\n  ", " ")
    assert "nothing is suggested: cy." in out
    assert "was not measured in: ka." in out


def test_gaps_as_text_and_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    start = Provision.objects.get(code="M1")
    for code in ("20", "9"):
        link(
            by=OPERATOR,
            from_provision=start,
            to_provision=Provision.objects.get(code=code),
            facts=LinkFacts(relation="relevant"),
        )
    assert main(["frameworks", "gaps", "plan"]) == 0
    out = capsys.readouterr().out
    assert "Objective that no provision touches: 1\n  13 Alternatives to detention\n" in out
    assert "Linked, but no indicator speaks of it: none\n" in out
    assert "Provision without any link: 2\n  M2 Alternatives to detention\n  M3 =A1+1\n" in out
    assert main(["frameworks", "gaps", "plan", "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "gap,framework,code,label"
    assert "objective that no provision touches,gcm,13,Alternatives to detention" in lines
    assert lines[-1] == "provision without any link,plan,M3,'=A1+1"


def test_what_cannot_be_done_is_refused_in_one_paragraph(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no framework has this code" in refused(capsys, "suggest", "nowhere")
    assert "no framework has this code" in refused(capsys, "gaps", "nowhere")
    assert "no framework has this code" in refused(capsys, "link", "a.xlsx", "--framework", "nowhere")
    assert "this is no score" in refused(capsys, "suggest", "plan", "--least", "1.5")
    assert "this is no score" in refused(capsys, "suggest", "plan", "--least", "nan")
    assert "no XLSX file" in refused(capsys, "suggest", "plan", "--out", "a.csv")
    assert "there is no such file" in refused(capsys, "link", "a.xlsx", "--framework", "plan")
    assert "no such audience" in refused(capsys, "gaps", "plan", "--audience", "nobody")
    assert not list(Path().glob("*.xlsx"))


def test_a_file_that_may_hold_decisions_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("plan-crosswalk.xlsx").write_bytes(b"mine")
    assert "it may hold somebody's decisions" in refused(capsys, "suggest", "plan")
    assert Path("plan-crosswalk.xlsx").read_bytes() == b"mine"


def test_a_folder_that_cannot_be_written_leaves_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(frameworks_suggest.Path, "replace", full)
    assert "the disk is full" in refused(capsys, "suggest", "plan", "--out", "sub/a.xlsx", status=4)
    assert list(Path("sub").iterdir()) == []


def test_a_bad_cell_stores_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "suggest", "plan"]) == 0
    decide(Path("plan-crosswalk.xlsx"), M1="perhaps", M2="yes")
    capsys.readouterr()
    error = refused(capsys, "link", "plan-crosswalk.xlsx", "--framework", "plan")
    assert 'Suggestions J2 says "perhaps" and must be yes or no' in error
    assert not Crosswalk.objects.exists()
