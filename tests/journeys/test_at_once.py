"""Eight commands at once on one installation: each ends well, no file is lost, none is stored twice."""

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.factories.documents import REMITTANCES
from tests.journeys.conftest import ON_POSTGRESQL, REPOSITORY, asked

pytestmark = [] if ON_POSTGRESQL else [pytest.mark.slow]


def at_once(environment: Mapping[str, str], commands: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    """Start all commands together; status, output and errors of each."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "waymark", *words],
            cwd=REPOSITORY,
            env=dict(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for words in commands
    ]
    ended = []
    for command in running:
        said, refused = command.communicate(timeout=600)
        ended.append((command.returncode, said, refused))
    return ended


def test_eight_commands_at_once_on_an_empty_folder_lose_and_double_nothing(
    record_environment: dict[str, str], tmp_path: Path
) -> None:
    """Six files of the same name, one file given six times, and a set-up and an import beside them."""
    commands = [
        ["setup"],
        ["frameworks", "import", str(tmp_path / "plan.csv"), "--framework", "plan", "--title", "Plan"],
    ]
    (tmp_path / "plan.csv").write_text(
        "code,title,text\n1,Remittances,Lower the fees of transfers.\n2,Work,Fair hiring.\n"
    )
    for number in range(6):
        folder = tmp_path / f"from-{number}"
        folder.mkdir()
        (folder / "note.txt").write_text(f"Number {number}. {REMITTANCES}")
        (folder / "same.txt").write_text(f"The same everywhere. {REMITTANCES}")
        commands.append(["documents", "add", str(folder)])
    for status, said, refused in at_once(record_environment, commands):
        assert status == 0, refused or said
        assert not re.search("Traceback|locked", said + refused)
    rows = asked(record_environment, "select code, sha256, reading from records_document where sha256 <> '' order by 1")
    assert [code for code, _, _ in rows] == ["doc-note", *(f"doc-note-{n}" for n in range(2, 7)), "doc-same"]
    assert len({sha256 for _, sha256, _ in rows}) == 7
    assert {reading for _, _, reading in rows} == {"read"}
    numbers = asked(record_environment, "select network, number from records_event order by 1, 2")
    assert numbers == [("", number) for number in range(1, len(numbers) + 1)]
    assert asked(record_environment, "select count(*) from records_framework where code = 'plan'") == [(1,)]
