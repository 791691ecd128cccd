"""The command itself: help, unknown commands, refusals in one paragraph, Ctrl-C, a reader that goes away."""

import subprocess
import sys
from pathlib import Path

import pytest

from waymark.gcm.errors import InputError, NotFoundError, OutputError, RefusedError, WaymarkError
from waymark.interfaces.cli import review
from waymark.interfaces.cli.main import COMMANDS, main, parser_for

WORDS = ["review", "GEO", "--cycle", "imrf-2026", "--out", "x"]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in text] == []


@pytest.mark.parametrize("words", [[], ["revue"], ["review"], ["review", "GEO"], [*WORDS, "--audience", "friends"]])
def test_wrong_words_are_refused_with_status_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_only_the_named_command_is_loaded() -> None:
    code = "import sys; from waymark.interfaces.cli.main import parser_for; parser_for(['review']); "
    code += "print('waymark.interfaces.cli.demo' in sys.modules, 'waymark.interfaces.cli.review' in sys.modules)"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (InputError("a", "b", expected="c", todo="d"), 2),
        (NotFoundError("a", "b", expected="c", todo="d"), 2),
        (RefusedError("contribution.no_such_receipt"), 3),
        (OutputError("Not written."), 4),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_refusal_has_its_status_and_one_paragraph(
    refusal: BaseException, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(arguments: object) -> int:
        raise refusal

    monkeypatch.setattr(review, "run", run)
    assert main(WORDS) == status
    error = capsys.readouterr().err
    assert error.startswith("waymark review: ")
    assert error.count("\n") == 1


def test_a_refusal_is_followed_by_what_to_do_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(arguments: object) -> int:
        raise InputError.coded("review.last_day_unknown", cycle="imrf-2034")

    monkeypatch.setattr(review, "run", run)
    assert main(WORDS) == 2
    error = capsys.readouterr().err
    assert error.startswith("waymark review: cycle imrf-2034: the last day of this cycle is not known")
    assert error.endswith("Give the date. Add --as-of YYYY-MM-DD.\n")


def test_a_broken_rule_that_no_act_worded_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    from django.db import transaction

    from waymark.records.networks import Network

    def run(arguments: object) -> int:
        with transaction.atomic():
            Network(code="n", kind="club").save()
        return 0

    monkeypatch.setattr(review, "run", run)
    assert main(WORDS) == 3
    assert capsys.readouterr().err == (
        "waymark review: The record refuses this, and nothing was stored. "
        "One of its values is not in its closed list. Choose a value of the list.\n"
    )


def test_a_defect_of_ours_is_told_in_a_paragraph_and_its_details_are_kept_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def run(arguments: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path))
    monkeypatch.setattr(review, "run", run)
    for _ in range(2):
        assert main(WORDS) == 5
        said = capsys.readouterr().err
    (kept,) = (tmp_path / "defects").iterdir()
    assert str(kept) in said
    assert "ZeroDivisionError" in kept.read_text("utf-8")
    assert said.count("\n") == 1
    monkeypatch.setenv("WAYMARK_DEBUG", "1")
    assert main(WORDS) == 5
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_goes_away_stops_quietly(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom waymark.interfaces.cli import review\nfrom waymark.interfaces.cli.main import main\n"
        "def run(arguments):\n    raise BrokenPipeError\nreview.run = run\n"
        f"sys.exit(main({WORDS!r}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert result.returncode == 141
    assert result.stderr == ""


def test_refusals_say_what_was_given_expected_and_to_do() -> None:
    error = InputError("--as-of x", "this is not a date", expected="YYYY-MM-DD", todo="Write it so", place="line 3")
    assert str(error) == "--as-of x, line 3: this is not a date. Expected: YYYY-MM-DD. Write it so."
    assert WaymarkError.exit_code == 2


def test_a_command_keeps_its_own_options() -> None:
    arguments = parser_for(["review"]).parse_args(WORDS)
    assert (arguments.place, arguments.cycle, arguments.out, arguments.lang) == ("GEO", "imrf-2026", Path("x"), "en")
