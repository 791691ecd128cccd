"""The command `waymark data`, as a person at a terminal sees it."""

import csv
import os
import pty
import re
import signal
import subprocess
import sys

import pytest

from tests.stops import WAYMARK, stopped
from waymark.interfaces.cli.main import main
from waymark.interfaces.cli.used import spans

pytestmark = pytest.mark.django_db

TIDY = (
    "series,place,year,value,unit\nbirths,GEO,2015,1,number\nbirths,GEO,2016,..,number\nbirths,Atlantis,2016,3,number\n"
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "births.csv").write_text(TIDY)
    return tmp_path


def run(capsys, *words):
    status = main(["data", *words])
    output = capsys.readouterr()
    assert "Traceback" not in output.err
    assert all(len(line) <= 80 for line in output.out.splitlines()), "readable at 80 columns"
    return status, output.out, output.err


def test_add_shows_the_arithmetic(capsys, home):
    status, out, err = run(capsys, "add", "births.csv", "--publisher", "Office", "--released", "2026")
    assert (status, err) == (0, "")
    assert "rows read 3 = stored 1 + rejected 2" in out
    assert re.search(r"1  no value\n +1  unknown area", out)
    assert "publisher Office; released 2026; retrieved unknown" in out
    assert (home / "var" / "datasets" / "births" / "manifest.json").exists()


def test_a_second_time_says_so(capsys):
    run(capsys, "add", "births.csv")
    _, out, _ = run(capsys, "add", "births.csv")
    assert "already has this file; nothing was changed" in out


def test_several_paths(capsys, home):
    (home / "deaths.csv").write_text(TIDY.replace("births", "deaths"))
    _, out, _ = run(capsys, "add", "births.csv", "deaths.csv")
    assert out.index("births: ") < out.index("deaths: ")
    status, _, err = run(capsys, "add", "births.csv", "deaths.csv", "--dataset", "x")
    assert status == 2
    assert "One name for several paths" in err


def test_list(capsys):
    _, out, _ = run(capsys, "list")
    assert "has no dataset yet" in out
    assert "Bundled with Waymark" in out
    run(capsys, "add", "births.csv")
    _, out, _ = run(capsys, "list")
    assert re.search(r"births +unknown +2015-2015 +1 +1 +2\n", out)


def test_check_a_path_without_storing(capsys, home):
    status, out, _ = run(capsys, "check", "births.csv", "--rejects", "rejects.csv")
    assert status == 0
    assert "Nothing was stored." in out
    assert not (home / "var").exists()
    with (home / "rejects.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file"], row["row"], row["column"], row["value"], row["reason"]) for row in rows] == [
        ("births.csv", "3", "value", "..", "no value"),
        ("births.csv", "4", "value", "3", "unknown area"),
    ]


def test_rejects_hold_no_formula_for_a_spreadsheet(capsys, home):
    text = "series,place,year,value,unit\na,GEO,2015,1,number\na,GEO,2016,=1+1,number\nb,GEO,2016,-5,percent\n"
    (home / "odd.csv").write_text(text)
    run(capsys, "check", "odd.csv", "--rejects", "rejects.csv")
    with (home / "rejects.csv").open(newline="") as file:
        assert [row["value"] for row in csv.DictReader(file)] == ["'=1+1", "-5"]


def test_check_a_dataset_and_the_whole_store(capsys, home):
    run(capsys, "add", "births.csv")
    _, out, _ = run(capsys, "check", "births", "--rejects", "rejects.csv")
    assert "2 rejected rows written to rejects.csv" in out
    status, out, _ = run(capsys, "check")
    assert (status, out) == (0, "births: whole\n1 datasets checked, 0 with faults.\n")
    (home / "var" / "datasets" / "births" / "rejects.parquet").write_bytes(b"x")
    status, out, _ = run(capsys, "check")
    assert status == 1
    assert "rejects.parquet was changed" in out


def test_rejects_that_cannot_be_written(capsys, home):
    (home / "file").write_text("x")
    status, _, err = run(capsys, "check", "births.csv", "--rejects", "file/rejects.csv")
    assert status == 4
    assert "cannot be written" in err


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("add", "nowhere.csv"), 2, "no such file"),
        (("check", "nowhere.csv"), 2, "no such file"),
        (("check", "nothing"), 2, "no such dataset"),
        (("coverage", "Atlantis"), 2, "Atlantis"),
        (("coverage", "GEO", "--as-of", "soon"), 2, "not a date"),
        (("bundle", "empty"), 2, "Nothing here may be bundled"),
    ],
)
def test_refusals_are_one_paragraph(capsys, home, words, status, said):
    (home / "empty").mkdir()
    found, out, err = run(capsys, *words)
    assert (found, out) == (status, "")
    assert said in err
    assert err.count("\n") == 1


def test_coverage_lists_gaps_per_objective(capsys, home):
    (home / "own.csv").write_text(
        "series,place,year,value,unit\n"
        + "".join(f"undesa:MIGRANT_STOCK,QOR,{year},5,number\n" for year in (2015, 2020, 2024))
    )
    run(capsys, "add", "own.csv")
    status, out, _ = run(capsys, "coverage", "Orvenia", "--as-of", "2026-05-08")
    assert status == 0
    assert out.startswith("Orvenia (QOR), as of 2026-05-08, for public:\n0 of ")
    assert re.search(r"undesa_migrant_stock +2015 to 2024 +direction none\n    no value in 2016-2019, 2021-2023\n", out)
    assert "no figures" in out


def test_a_file_says_what_it_feeds_and_why_not(capsys, home):
    (home / "own.csv").write_text(
        "series,place,year,value,unit,age\n"
        "unsd:SL_TLF_NEET,QOR,2021,5,percent,15-24\nunsd:SL_TLF_NEET,QOR,2022,6,percent,15-24\n"
        "unsd:FB_BNK_ACCSS,QOR,2022,71,percent,15-24\nunsd:FB_BNK_ACCSS,QOR,2023,71,percent,15-24\n"
        "births,QOR,2022,9,number,\n"
    )
    expected = (
        "  What it feeds (rows → indicator, and the objectives it serves):\n"
        "    unsd:SL_TLF_NEET: 2 of 2 rows → sl_tlf_neet, objectives 2, 18\n"
        "    unsd:FB_BNK_ACCSS: 0 of 2 rows → nothing\n"
        "      2 rows feed nothing: no row has age 15+; found: 15-24\n"
        "    1 row of 1 series feeds nothing, as no indicator has them: own:births\n"
    )
    for words in (("check", "own.csv"), ("add", "own.csv"), ("add", "own.csv"), ("check", "own")):
        _, out, _ = run(capsys, *words)
        assert expected in out, words


def test_an_older_release_stands_behind_the_newer(capsys, home):
    (home / "own.csv").write_text(
        "series,place,year,value,unit,age,nature\nunsd:SL_TLF_NEET,GEO,2018,5,percent,15-24,C\n"
    )
    _, out, _ = run(capsys, "add", "own.csv")
    assert (
        "      1 of its 1 headline rows stand behind a later release or a whole year,\n        most of unsd-sdg-" in out
    )
    _, out, _ = run(capsys, "add", "own.csv", "--replace", "--released", "2025")
    assert "stand behind" not in out


def test_spans_of_years():
    assert spans([2001, 2002, 2003, 2007]) == ["2001-2003", "2007"]
    assert spans([]) == []


def test_bundle_keeps_what_licences_and_indicators_allow(capsys, home):
    sources = home / "sources"
    sources.mkdir()
    header = "Country Name,Country Code,Indicator Name,Indicator Code,2019\n"
    (sources / "wb.csv").write_text(header + "Georgia,GEO,R,BM.TRF.PWKR.CD.DT,5\nGeorgia,GEO,P,SP.POP.TOTL,6\n")
    (sources / "idmc.csv").write_text("geo,t,cause,n\nGEO,2014,conflict,3\n")
    (sources / "own.csv").write_text(TIDY)
    (sources / "other.csv").write_text("a,b\n1,2\n")
    (sources / "note.txt").write_text("not looked at")
    status, out, _ = run_wide(capsys, "bundle", "sources", "--out", "figures")
    assert status == 0
    assert "left out: idmc.csv: reuse is not cleared" in out
    assert "left out: own.csv: reuse is not cleared" in out
    assert "left out: other.csv: The first row" in out
    assert "note.txt" not in out
    from waymark.engines.indicators.store import Bundle

    bundle = Bundle(home / "figures")
    assert [row["series"] for row in bundle.observations().to_pylist()] == ["wb:BM.TRF.PWKR.CD.DT"]
    (manifest,) = bundle.datasets()
    assert "Bundled: 1 of 2 observations" in manifest.notes[-1]
    first = {path.name: path.read_bytes() for path in (home / "figures").rglob("*.*")}
    run_wide(capsys, "bundle", "sources", "--out", "figures")
    assert {path.name: path.read_bytes() for path in (home / "figures").rglob("*.*")} == first, (
        "same sources, same bytes"
    )


def run_wide(capsys, *words):
    status = main(["data", *words])
    output = capsys.readouterr()
    return status, output.out, output.err


def test_a_bundle_that_cannot_be_written(capsys, home):
    (home / "sources").mkdir()
    (home / "sources" / "wb.csv").write_text(
        "Country Name,Country Code,Indicator Name,Indicator Code,2019\nGeorgia,GEO,R,BM.TRF.PWKR.CD.DT,5\n"
    )
    (home / "file").write_text("x")
    status, _, err = run_wide(capsys, "bundle", "sources", "--out", "file/figures")
    assert status == 4
    assert "cannot be written" in err


def terminal(home, *words, program=WAYMARK):
    """The command on a terminal of its own: its status and everything it wrote there."""
    main_end, other_end = pty.openpty()
    command = [sys.executable, "-c", program, "data", *words]
    process = subprocess.Popen(command, cwd=home, stdout=other_end, stderr=other_end, close_fds=True)
    os.close(other_end)
    seen = b""
    while True:
        try:
            part = os.read(main_end, 4096)
        except OSError:  # the other end was closed: the command has ended
            break
        if not part:
            break
        seen += part
    os.close(main_end)
    return process.wait(), seen.decode(errors="replace")


@pytest.mark.slow
def test_a_terminal_shows_rows_done(home):
    status, seen = terminal(home, "add", "births.csv")
    assert status == 0
    assert "3 rows" in seen
    assert "stored 1 + rejected 2" in seen


@pytest.mark.slow
@pytest.mark.parametrize(
    ("below", "at"),
    [
        ("large.csv", 1),
        ("var/datasets/.lock", 1),
        ("var/datasets/.incoming-large", 1),
        ("var/datasets/.incoming-large", 3),
    ],
)
def test_ctrl_c_leaves_nothing(home, below, at):
    rows = "".join(f"s{n % 50},GEO,{1900 + n // 50 % 150},{n},{n}\n" for n in range(50_000))
    (home / "large.csv").write_text("series,place,year,value,sample\n" + rows)
    status, seen = terminal(home, "add", "large.csv", program=stopped(WAYMARK, home / below, at, signal.SIGINT))
    assert status == 130
    assert "Traceback" not in seen
    left = home / "var" / "datasets"
    assert not left.exists() or {path.name for path in left.iterdir()} <= {".lock"}
