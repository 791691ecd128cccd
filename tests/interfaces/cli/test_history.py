"""The command that shows a history: on 80 columns, for the audience named, and as a table."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories import commitments, people
from tests.factories.reports import LETTER
from waymark.actions import commitments as acts
from waymark.interfaces.cli.main import main
from waymark.records.actors import Actor

pytestmark = pytest.mark.django_db

CAPTURE = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def measure() -> str:
    """The global id of a measure that was agreed and dropped."""
    row = commitments.commitment(
        "m-7", title="Open offices \x1b[31m", description="Word " * 40, due_date=date(2026, 1, 1)
    )
    acts.agree(by=people.bob(), commitment=row, on=date(2025, 1, 2))
    acts.drop(
        by=Actor.operator(door="cli"),
        commitment=row,
        on=date(2025, 3, 1),
        reason="The money went elsewhere.",
        paper=LETTER,
    )
    return row.urn


def test_a_history_is_read_from_the_first_line_to_the_last(measure: str, capsys: CAPTURE) -> None:
    assert main(["history", "commitment:m-7", "--audience", "network:qor-network"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Commitment: “Open offices  [31m”\nShown to: network:qor-network\n\n")
    assert max(map(len, printed.splitlines())) <= 80
    assert "\x1b" not in printed
    last = printed.split("\n\n")[-1].splitlines()
    assert last[0].endswith(" UTC")
    assert last[1:] == [
        "The operator of this installation, through the command line",
        "  The commitment was dropped.",
        "    State: agreed → dropped",
        "    Since: 2 January 2025 → 1 March 2025",
        "    Why: The money went elsewhere.",
    ]
    assert "\nBob, secretariat officer, for Agency for Journeys\n  The commitment was agreed.\n" in printed
    assert "\n    Since: 2 January 2025 (was empty)\n" in printed
    assert "\n    Part in a commitment: Body min-justice, lead (entered)\n" in printed
    assert main(["history", measure, "--audience", "network:qor-network"]) == 0
    assert capsys.readouterr().out == printed


def test_the_holder_of_a_post_is_an_audience(measure: str, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch) -> None:
    people.fatima()
    code = "civil_society_reporter-open-door-qor-network"
    assert main(["history", measure, "--audience", f"post:{code}"]) == 0
    assert "Bob, secretariat officer" in capsys.readouterr().out
    assert main(["history", measure, "--audience", "post:nobody"]) == 2
    assert "nobody holds such a post today" in capsys.readouterr().err
    assert main(["history", measure, "--audience", "friends"]) == 2
    assert "operator, public, network:qor-network, or post:" in capsys.readouterr().err


def test_what_may_not_be_read_is_not_there(measure: str, capsys: CAPTURE) -> None:
    assert main(["history", measure, "--audience", "public"]) == 2
    refused = capsys.readouterr()
    assert refused.out == ""
    assert "nothing that you may read has this global id" in " ".join(refused.err.split())
    for wrong in ("m-7", "commitment:", "urn:waymark:elsewhere:commitment:m-7", "event:x:1"):
        assert main(["history", wrong]) == 2
        assert "nothing that you may read" in " ".join(capsys.readouterr().err.split())


def test_a_row_of_which_the_log_tells_nothing_says_so(capsys: CAPTURE) -> None:
    commitments.commitment()
    assert main(["history", "place:QOR"]) == 0
    assert "The log tells of nothing that was done to it here." in capsys.readouterr().out


def test_the_lines_are_written_as_a_table(measure: str, capsys: CAPTURE, tmp_path: Path) -> None:
    path = tmp_path / "new" / "history.csv"
    for _ in range(2):  # the second takes the place of the first
        assert main(["history", measure, "--csv", str(path)]) == 0
        assert "3 entries of commitment" in capsys.readouterr().out
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["After"] for row in rows if row["Field"] == "State"] == ["proposed", "agreed", "dropped"]
    assert rows[-1]["Why"] == "The money went elsewhere."
    assert rows[-1]["Door"] == "the command line"
    assert {row["Hour"][-4:] for row in rows} == {" UTC"}
    path.chmod(0o644)
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    assert main(["history", measure, "--csv", str(blocked / "history.csv")]) == 4
    assert "--csv" in capsys.readouterr().err


def test_it_is_told_in_another_language(measure: str, capsys: CAPTURE) -> None:
    assert main(["history", measure, "--lang", "ka"]) == 0
    printed = capsys.readouterr().out
    assert "იანვარი, 2025" in printed
    assert printed[0] == "ვ"  # Georgian has no capitals here
